package web

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/views"
)

// missedCSV is the list of a page as a file for a spreadsheet: UTF-8 with its
// mark, which Excel wants, and no cell that a spreadsheet would run. A list that
// nobody can vouch for is refused: a file has no banner above it.
func (s *site) missedCSV(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageMissed)
	if err != nil {
		return err
	}
	open, closed, known, err := s.sight(r).Callbacks(q)
	if err != nil {
		return err
	}
	if !known {
		return failed(http.StatusServiceUnavailable, func(w *views.ErrorWords) views.Trouble { return w.Missed.NotKnown })
	}
	if err := s.exported(r, "customers to call back"+missedWords(q)); err != nil {
		return err
	}
	m := &views.WordsOf(q.Speaks).OnMissed
	out := bytes.NewBufferString("\ufeff")
	file := csv.NewWriter(out)
	file.UseCRLF = true
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = tame(cells[i])
		}
		file.Write(cells) // into memory, cannot fail
	}
	row(m.FileState, m.FileWaitingSince, m.FileName, m.FileNumber, m.FileLine, m.FileLast, m.FileRang, m.FileRung, m.FileTries, m.FileCalls,
		m.FileBacks, m.FileClaimed, m.FileNote, m.FileClosed, m.FileHow, m.FileBy, m.FileTalk, m.FileText)
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(s.Hub.Zone()).Format("2006-01-02 15:04:05")
	}
	seconds := func(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }
	line := func(e *state.Callback) {
		last, k := e.Last(), &e.Closed
		state := "open"
		rang, talk, how, by := "", "", "", partyName(&k.By)
		switch {
		case !e.IsOpen():
			state, how = "closed", k.How.String()
		case e.ClaimedBy != "":
			state = "claimed"
		}
		if last.WaitKnown {
			rang = seconds(last.Wait())
		}
		if k.Talk > 0 {
			talk = seconds(k.Talk)
		}
		if k.Name != "" {
			by = k.Name
		}
		var rung []string
		for i := range last.Rung {
			rung = append(rung, partyName(&last.Rung[i]))
		}
		row(state, at(e.First), e.Customer.Name, e.Customer.Number, cmp.Or(last.LineName, last.Line), at(last.Ended), rang, strings.Join(rung, ", "),
			strconv.Itoa(e.Attempts), strconv.Itoa(e.CallsNow), strconv.Itoa(e.Backs), e.ClaimedBy, e.Note, at(k.At), how, by, talk, k.Text)
	}
	for i := range open {
		line(&open[i])
	}
	for i := range closed {
		line(&closed[i])
	}
	file.Flush()
	w.Header().Set("Content-Disposition", `attachment; filename="missed-`+s.sight(r).Now().In(s.Hub.Zone()).Format(time.DateOnly)+`.csv"`)
	s.send(w, r, http.StatusOK, "text/csv; charset=utf-8", out.Bytes())
	return nil
}

// missedWords say what was chosen of the list.
func missedWords(q hub.Query) (said string) {
	for _, f := range [][2]string{{"state", q.State}, {"line", q.Line}, {"team", q.Team}} {
		if f[1] != "" {
			said += ", " + f[0] + " " + f[1]
		}
	}
	return said
}

// tame keeps a spreadsheet from taking a text for a formula: what begins with
// one of its signs gets an apostrophe in front, telephone numbers with their
// "+" as well.
func tame(s string) string {
	s = views.CleanSentence(s)
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func partyName(p *state.Party) string { return cmp.Or(p.Name, p.Number) }
