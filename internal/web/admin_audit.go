package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/views"
)

const (
	auditPath = "/admin/audit"
	auditRows = 50
	// proofLife is how long a check of the whole log is told again: it reads
	// every entry.
	proofLife = 10 * time.Second
)

// proofs remembers the last check of the audit log.
type proofs struct {
	mu    sync.Mutex
	at    time.Time
	proof access.Proof
	err   error
}

// of checks the log, unless that was done a moment ago. One check runs at a time.
func (p *proofs) of(ctx context.Context, s *access.Service) (access.Proof, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at.IsZero() || time.Since(p.at) > proofLife {
		proof, err := s.Verify(ctx)
		var chain *access.ChainError
		if err != nil && !errors.As(err, &chain) { // it was not read to its end: that says nothing
			return proof, err
		}
		p.at, p.proof, p.err = time.Now(), proof, err
	}
	return p.proof, p.err
}

// auditQuery reads the filters of the log from an address.
func (s *site) auditQuery(v url.Values) (q access.AuditQuery, err error) {
	q.Party, q.Event, q.Limit = v.Get("who"), access.Event(v.Get("what")), auditRows
	if len(q.Party) > 40 {
		return q, &hub.QueryError{Field: "who", Value: q.Party, Want: "somebody of the list"}
	}
	if q.Event != "" && views.English.OnAccess.Acts[string(q.Event)] == "" {
		return q, &hub.QueryError{Field: "what", Value: string(q.Event), Want: "an event of the list"}
	}
	if text := v.Get("day"); text != "" {
		q.From, err = time.ParseInLocation(time.DateOnly, text, s.Hub.Zone())
		if err != nil {
			return q, &hub.QueryError{Field: "day", Value: text, Want: "a day such as 2026-11-22"}
		}
		q.To = q.From.AddDate(0, 0, 1)
	}
	if text := v.Get("before"); text != "" {
		if q.Before, err = strconv.ParseInt(text, 10, 64); err != nil || q.Before < 1 {
			return q, &hub.QueryError{Field: "before", Value: text, Want: "the number of an entry"}
		}
	}
	return q, nil
}

// auditPage is "/admin/audit".
func (s *site) auditPage(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	query, err := s.auditQuery(v)
	if err != nil {
		return err
	}
	a, err := s.admin(r, "audit", func(on *views.AccessWords) string { return on.Audit })
	if err != nil {
		return err
	}
	query.Limit++ // to know whether there are older ones
	entries, err := s.Access.Audit(r.Context(), query)
	if err != nil {
		return err
	}
	names := s.partyNames(a.on)
	kept := url.Values{} // filters, for every link of the page
	for _, name := range []string{"who", "what", "day"} {
		if v.Get(name) != "" {
			kept.Set(name, v.Get(name))
		}
	}
	to := func(path string, more ...string) string {
		u, _ := url.Parse(own(path, a.q)) // made by own
		values := u.Query()
		for name := range kept {
			values.Set(name, kept.Get(name))
		}
		for i := 0; i+1 < len(more); i += 2 {
			values.Set(more[i], more[i+1])
		}
		u.RawQuery = values.Encode()
		return u.String()
	}
	p := views.AuditPage{
		Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs, Action: auditPath, Day: kept.Get("day"), Hidden: a.chrome.Keep,
		Who: names.picks(a.on, query.Party), What: actPicks(a.on, string(query.Event)),
		JSON: to(auditPath + ".jsonl"), CSV: to(auditPath + ".csv"),
	}
	if len(kept) > 0 {
		p.All = own(auditPath, a.q)
	}
	if len(entries) > auditRows {
		entries = entries[:auditRows]
		p.Older = to(auditPath, "before", strconv.FormatInt(entries[auditRows-1].ID, 10))
	}
	if query.Before > 0 {
		p.Newest = to(auditPath)
	}
	for _, e := range entries {
		p.Rows = append(p.Rows, s.auditRow(a, names, e))
	}
	proof, err := s.proofs.of(r.Context(), s.Access)
	var chain *access.ChainError
	switch {
	case errors.As(err, &chain):
		p.Broken, p.Chain = true, fmt.Sprintf(a.on.BrokenFmt, chain.ID)
	case err != nil:
		return err
	default:
		p.Chain = a.on.Verified.Of(int(proof.Entries))
	}
	return s.show(w, r, a.q, views.AuditPageView(p))
}

func (s *site) auditRow(a *adminPage, names parties, e access.Entry) views.AuditRow {
	at := e.At.In(s.Hub.Zone())
	row := views.AuditRow{
		Number: strconv.FormatInt(e.ID, 10), At: a.words.Date(at) + ", " + at.Format(time.TimeOnly), What: a.on.Acts[string(e.Event)],
		Who: e.Name, Of: orDash(names.name(e.Subject)), From: orDash(e.Address), Note: auditNote(a.words, e),
	}
	if row.What == "" { // of a newer build
		row.What = string(e.Event)
	}
	if row.Who == "" {
		row.Who = orDash(names.name(e.Party))
	}
	if e.Subject == e.Party { // what somebody does with their own is of nobody else
		row.Of = "–"
	}
	return row
}

// parties are the names behind what the log calls "user:3", in order.
type parties []views.Pick

// partyNames are all people and programs, and who did what without signing in.
func (s *site) partyNames(on *views.AccessWords) parties {
	var list parties
	for _, x := range s.Access.Accounts() {
		list = append(list, views.Pick{Value: x.Ref(), Label: x.Name})
	}
	for _, t := range s.Access.Tokens() {
		list = append(list, views.Pick{Value: t.Ref(), Label: t.Name})
	}
	return list
}

// name is that of a party; what it does not know stays as it is.
func (p parties) name(ref string) string {
	for _, x := range p {
		if x.Value == ref {
			return x.Label
		}
	}
	return ref
}

func (p parties) picks(on *views.AccessWords, chosen string) []views.Pick {
	picks := append([]views.Pick{{Label: on.AnyWho}}, p...)
	if chosen != "" && !slices.ContainsFunc(picks, func(x views.Pick) bool { return x.Value == chosen }) {
		picks = append(picks, views.Pick{Value: chosen, Label: chosen})
	}
	return choose(picks, chosen)
}

func actPicks(on *views.AccessWords, chosen string) []views.Pick {
	var picks []views.Pick
	for event, word := range on.Acts {
		picks = append(picks, views.Pick{Value: event, Label: word})
	}
	slices.SortFunc(picks, func(a, b views.Pick) int {
		if a.Label != b.Label && a.Label < b.Label {
			return -1
		}
		return 1
	})
	return choose(append([]views.Pick{{Label: on.AnyWhat}}, picks...), chosen)
}

func choose(picks []views.Pick, chosen string) []views.Pick {
	for i := range picks {
		picks[i].Chosen = picks[i].Value == chosen
	}
	return picks
}

// auditFile is the log as a file, in one of its forms.
func (s *site) auditFile(form, kind string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.Access == nil {
			return failed(http.StatusNotFound, accountsOff)
		}
		query, err := s.auditQuery(r.URL.Query())
		if err != nil {
			return err
		}
		query.Before = 0
		name := "callboard-audit-" + s.Hub.Now().In(s.Hub.Zone()).Format(time.DateOnly) + "." + form
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
		if r.Method == http.MethodHead {
			return nil
		}
		// A file may take long to send; one write does not.
		out := &unhurried{w: w, c: http.NewResponseController(w)}
		if err := s.Access.ExportAudit(r.Context(), who(r), query, form, out); err != nil {
			if !out.wrote {
				w.Header().Del("Content-Disposition")
				return err
			}
			panic(http.ErrAbortHandler) // half a file must not look whole
		}
		return nil
	}
}

// unhurried gives each write of a long answer its own time.
type unhurried struct {
	w     http.ResponseWriter
	c     *http.ResponseController
	wrote bool
}

func (u *unhurried) Write(p []byte) (int, error) {
	u.wrote = true
	_ = u.c.SetWriteDeadline(time.Now().Add(30 * time.Second)) // see bounded
	return u.w.Write(p)
}
