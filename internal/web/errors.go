package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"unicode"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/static"
	"callboard/views"
)

// A fault is an error with an answer for the person or program that asked.
// Nothing else about an error leaves the process.
type fault struct {
	status int
	say    trouble
	detail string // for programs in the place of what it says, in English
	field  string // of the query, if one is wrong
}

// trouble picks what a person reads from the words of a language.
type trouble func(*views.ErrorWords) views.Trouble

// english is the fault for programs and logs.
func (f *fault) english() views.Trouble {
	t := f.say(&views.English.Errors)
	t.Text = cmp.Or(f.detail, t.Text)
	return t
}

func (f *fault) Error() string { return f.english().Title + ": " + f.english().Text }

func failed(status int, say trouble) *fault { return &fault{status: status, say: say} }

func badField(field, detail string) error {
	return &fault{http.StatusBadRequest, wrongField, detail, field}
}

func wrongField(w *views.ErrorWords) views.Trouble { return views.Trouble{Title: w.BadField} }

// wrongValue says which field of a query cannot be used, and what can.
func wrongValue(q *hub.QueryError) trouble {
	return func(w *views.ErrorWords) views.Trouble {
		text := fmt.Sprintf(w.BadFieldFmt, q.Field, q.Quoted())
		switch {
		case len(q.Choices) > 0:
			text += " " + fmt.Sprintf(w.ChoicesFmt, strings.Join(q.Choices, ", "))
		case q.Most > q.Least:
			text += " " + fmt.Sprintf(w.RangeFmt, strconv.FormatFloat(q.Least, 'f', -1, 64), strconv.FormatFloat(q.Most, 'f', -1, 64))
		}
		return views.Trouble{Title: w.BadField, Text: text}
	}
}

func noPage(w *views.ErrorWords) views.Trouble     { return w.NoPage }
func noCall(w *views.ErrorWords) views.Trouble     { return w.NoCall }
func stillCall(w *views.ErrorWords) views.Trouble  { return w.StillCall }
func noFile(w *views.ErrorWords) views.Trouble     { return w.NoFile }
func tooMany(w *views.ErrorWords) views.Trouble    { return w.TooMany }
func restarting(w *views.ErrorWords) views.Trouble { return w.Restarting }
func broken(w *views.ErrorWords) views.Trouble     { return w.Fault }
func readOnly(w *views.ErrorWords) views.Trouble   { return w.ReadOnly }
func crossSite(w *views.ErrorWords) views.Trouble  { return w.CrossSite }
func wrongHost(w *views.ErrorWords) views.Trouble  { return w.WrongHost }
func pastProxy(w *views.ErrorWords) views.Trouble  { return w.PastProxy }

// classify finds the answer to an error; whatever it does not know is ours.
func classify(err error) *fault {
	var f *fault
	var q *hub.QueryError
	var past *history.FilterError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &large):
		return failed(http.StatusRequestEntityTooLarge, bodyTooLarge)
	case errors.As(err, &q):
		return &fault{http.StatusBadRequest, wrongValue(q), q.Error(), q.Field}
	case errors.As(err, &past):
		q = &hub.QueryError{Field: past.Field, Value: past.Value, Want: past.Want, Choices: past.Choices, Least: past.Least, Most: past.Most}
		return &fault{http.StatusBadRequest, wrongValue(q), q.Error(), q.Field}
	case errors.Is(err, hub.ErrNotFound):
		return failed(http.StatusNotFound, noCall)
	case errors.Is(err, hub.ErrConfirmed):
		return failed(http.StatusConflict, stillCall)
	case errors.Is(err, hub.ErrHidden):
		return failed(http.StatusConflict, textHidden)
	case errors.Is(err, static.ErrUnknown):
		return failed(http.StatusNotFound, noFile)
	case errors.Is(err, hub.ErrTooManyViews):
		return failed(http.StatusServiceUnavailable, tooMany)
	case errors.Is(err, hub.ErrStopped), errors.Is(err, context.Canceled):
		return failed(http.StatusServiceUnavailable, restarting)
	}
	return failed(http.StatusInternalServerError, broken)
}

// A handler answers a request or says why it could not, before it wrote.
type handler func(w http.ResponseWriter, r *http.Request) error

// handle makes a route of a handler.
func (s *site) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}

// fail is the one place that answers an error.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if to, ok := errors.AsType[*sent](err); ok {
		seeOther(w, r, to.to) // cannot fail
		return
	}
	f := classify(err)
	logged := ""
	if f.status >= http.StatusInternalServerError && r.Context().Err() == nil {
		id := rand.Text()[:8]
		logged = " (" + id + ")"
		s.log.Error("request failed", slog.String("id", id), slog.String("route", routeOf(r)), slog.String("error", masked(err)))
	}
	for _, name := range []string{"ETag", "Content-Encoding", "Content-Disposition", "Last-Modified", "Content-Language"} {
		w.Header().Del(name)
	}
	if f.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	if forProgram(r) {
		said := f.english()
		body, _ := json.Marshal(problem{"about:blank", said.Title, f.status, said.Text + logged, f.field}) // strings and a number always encode
		s.send(w, r, f.status, "application/problem+json", body)
		return
	}
	q := s.look(r)
	r = s.seen(s.tongue(w, r, q.Speaks), q)
	said := f.say(&views.WordsOf(q.Speaks).Errors)
	chrome := s.chrome(q, said.Title)
	chrome.Spoken = choices(q, here(r))
	var page bytes.Buffer
	err = views.ErrorPageView(views.ErrorPage{
		Chrome: chrome, Status: f.status, Title: said.Title, Text: said.Text + logged,
	}).Render(context.WithoutCancel(r.Context()), &page)
	if err != nil {
		s.log.Error("error page failed", slog.String("error", masked(err)))
		s.send(w, r, f.status, "text/plain; charset=utf-8", []byte(strconv.Itoa(f.status)+" "+said.Title+"\n"))
		return
	}
	s.send(w, r, f.status, "text/html; charset=utf-8", page.Bytes())
}

// masked is a cause for the log without digits: it may quote a caller's number.
func masked(cause any) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, fmt.Sprint(cause))
}

// problem is an error for programs (RFC 9457), with the wrong field named.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Field  string `json:"field,omitempty"`
}

// forProgram tells whether what is asked for is nothing that a person looks at.
func forProgram(r *http.Request) bool {
	p := r.URL.Path
	return doorOf(r).Sort == Data || strings.HasPrefix(p, "/api/") || p == "/events" || p == "/poll" || p == "/metrics"
}

// recovered turns a panic of one request into its error; the process and all
// other requests go on.
func (s *site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t := &tracked{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler { //nolint:errorlint // it is compared by identity everywhere
				panic(p)
			}
			s.metrics.panics.Inc()
			s.log.Error("panic", slog.String("route", routeOf(r)), slog.String("panic", masked(p)), slog.String("stack", string(debug.Stack())))
			if t.wrote {
				panic(http.ErrAbortHandler) // half an answer must not look whole
			}
			s.fail(w, r, errors.New("panic"))
		}()
		next.ServeHTTP(t, r)
	})
}

// tracked knows whether an answer has begun.
type tracked struct {
	http.ResponseWriter
	wrote bool
}

func (t *tracked) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func (t *tracked) WriteHeader(status int) {
	t.wrote = true
	t.ResponseWriter.WriteHeader(status)
}

func (t *tracked) Write(p []byte) (int, error) {
	t.wrote = true
	return t.ResponseWriter.Write(p)
}
