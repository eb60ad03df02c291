package web

import (
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"callboard/internal/history"
	"callboard/internal/privacy"
	"callboard/static"
	"callboard/views"
)

// Rows are the rows of the past, to be streamed; *history.Store is one. Nothing
// is written before the first rows were read; an error after that leaves half
// an answer. Errors: those of the writer, of a disk, of the context.
type Rows interface {
	WriteCSV(ctx context.Context, w io.Writer, f history.Filter) error
	WriteJSON(ctx context.Context, w io.Writer, f history.Filter) error
	// Members are the users and lines among those ever seen for which the
	// functions hold, by oid or extension.
	Members(ctx context.Context, user func(oid, name, number string) bool, line func(oid, name string) bool) (users, lines []string, err error)
}

// rowsDeadline is how long one chunk of an export may take to leave.
const rowsDeadline = 30 * time.Second

func historyOff(*views.ErrorWords) views.Trouble {
	return views.Trouble{Title: "History is off", Text: "The history file cannot be used, or none is kept. The status page says why."}
}

// rowsFilter reads the query of an export. A team is who is in it today.
func (s *site) rowsFilter(r *http.Request, rec *reading) (history.Filter, error) {
	if !s.keeps() {
		return history.Filter{}, failed(http.StatusServiceUnavailable, historyOff)
	}
	f, err := history.ParseFilter(r.URL.Query(), s.Hub.Zone(), s.Hub.Now())
	if err == nil {
		err = rec.allowed(&f)
	}
	if err != nil || f.Team == "" {
		return f, err
	}
	teams := s.Hub.TeamsOf(rec.lens)
	if _, ok := teams.Named(f.Team); !ok {
		return f, &history.FilterError{Field: "team", Value: f.Team, Want: "the name of a team of the teams file", Choices: teams.Names()}
	}
	return f, rec.team(r.Context(), &f)
}

// apiHistory is a page of ended calls, or journeys.
func (s *site) apiHistory(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.reading(r)
	if err != nil {
		return err
	}
	f, err := s.rowsFilter(r, rec)
	if err != nil {
		return err
	}
	f.Limit = cmp.Or(f.Limit, history.DefaultLimit)
	return s.stream(w, r, "application/json", "", func(w io.Writer) error { return rec.WriteJSON(r.Context(), w, f) })
}

// apiHistoryCSV is all of them in a file, however many there are.
func (s *site) apiHistoryCSV(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.reading(r)
	if err != nil {
		return err
	}
	f, err := s.rowsFilter(r, rec)
	if err != nil {
		return err
	}
	if rec.lens.Level >= privacy.Counts { // a file of no rows tells nothing
		return failed(http.StatusForbidden, countsOnly)
	}
	if err := s.exported(r, f.Words()); err != nil {
		return err
	}
	name := fmt.Sprintf("callboard-%s-%s.csv", cmp.Or(f.Rows, history.RowsCalls), s.Hub.Now().In(s.Hub.Zone()).Format(time.DateOnly))
	return s.stream(w, r, "text/csv; charset=utf-8; header=present", name, func(w io.Writer) error { return rec.WriteCSV(r.Context(), w, f) })
}

// stream sends what is written piece by piece, compressed where that is
// understood, each piece with a deadline of its own: an export may take long, a
// reader that stopped reading may not. An error after the first piece breaks the
// connection, so that half a file does not look whole.
func (s *site) stream(w http.ResponseWriter, r *http.Request, kind, file string, write func(io.Writer) error) error {
	out := &pieces{w: w, ctl: http.NewResponseController(w), begin: func(h http.Header) {
		h.Set("Content-Type", kind)
		if file != "" {
			h.Set("Content-Disposition", `attachment; filename="`+file+`"`)
		}
	}}
	if r.Method == http.MethodHead {
		out.header()
		return nil
	}
	var to io.Writer = out
	vary(w.Header(), "Accept-Encoding")
	if static.AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		z := packers.Get().(*gzip.Writer)
		defer packers.Put(z)
		z.Reset(out)
		out.packed, to = true, z
	}
	err := write(to)
	if z, ok := to.(*gzip.Writer); ok && err == nil {
		err = z.Close()
	}
	if err == nil {
		return nil
	}
	if !out.begun {
		return err
	}
	if r.Context().Err() == nil {
		s.log.Warn("export broken off", "route", routeOf(r), "error", masked(err))
	}
	panic(http.ErrAbortHandler)
}

// pieces writes an answer whose head goes out with the first of it.
type pieces struct {
	w      http.ResponseWriter
	ctl    *http.ResponseController
	begin  func(http.Header)
	packed bool
	begun  bool
}

func (p *pieces) header() {
	p.begun = true
	p.begin(p.w.Header())
	if p.packed {
		p.w.Header().Set("Content-Encoding", "gzip")
	}
	p.w.WriteHeader(http.StatusOK)
}

func (p *pieces) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if !p.begun {
		p.header()
	}
	// An error means that the writer knows no deadlines, as in a test.
	_ = p.ctl.SetWriteDeadline(time.Now().Add(rowsDeadline))
	return p.w.Write(b)
}
