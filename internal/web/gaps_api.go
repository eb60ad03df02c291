package web

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"time"

	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
)

// The record of interruptions as JSON, with the board's rules: a time that is
// unknown is absent, a list that is empty is there.

type gapsJSON struct {
	Epoch string        `json:"epoch"`
	AsOf  instant       `json:"asOf"`
	Kept  bool          `json:"kept"` // false: the record cannot be read, so there are those of this process only
	Gaps  []gapFactJSON `json:"gaps"` // newest first
	Next  string        `json:"next,omitempty"`
}

type gapFactJSON struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"` // feed, process, disk, clock
	From       instant    `json:"from"`
	To         instant    `json:"to,omitzero"`
	Seconds    *float64   `json:"seconds,omitempty"` // absent while it lasts
	Code       string     `json:"code"`
	Reason     string     `json:"reason"`
	Touched    *int       `json:"unconfirmed,omitempty"` // of all calls: absent for who sees a part of them
	Lost       *int       `json:"endsLost,omitempty"`
	InDoubt    int        `json:"inDoubt"`
	Counts     bool       `json:"countsAtLeast"`
	ReviewedBy string     `json:"reviewedBy,omitempty"`
	ReviewedAt instant    `json:"reviewedAt,omitzero"`
	Calls      []callJSON `json:"calls,omitempty"`     // of one interruption: those in doubt
	Dismissed  []string   `json:"dismissed,omitempty"` // in answer to dismiss
}

func gapFactOf(g *hub.GapFact, l privacy.Lens) gapFactJSON {
	out := gapFactJSON{
		ID: strconv.FormatInt(g.ID(), 10), Kind: g.Kind, From: instant(g.From), To: instant(g.To), Code: g.Code, Reason: g.Reason,
		InDoubt: g.InDoubt, Counts: g.Kind == hub.GapFeed || g.Kind == hub.GapProcess,
		ReviewedBy: g.ReviewedBy, ReviewedAt: instant(g.ReviewedAt),
	}
	if touched, lost := g.Touched, g.Lost; l.Scope.All() {
		if g.Kind == hub.GapClock { // its size is in the reason
			touched = 0
		}
		out.Touched, out.Lost = &touched, &lost
	}
	if !g.To.IsZero() {
		out.Seconds = secondsOf(g.To.Sub(g.From).Round(time.Millisecond))
	}
	return out
}

// mostGaps is how many interruptions one answer can hold.
const mostGaps = 1000

// apiGaps is the list: from and to (RFC 3339) or day, kind, state, after, limit.
func (s *site) apiGaps(w http.ResponseWriter, r *http.Request) error {
	values := r.URL.Query()
	q, err := hub.ParseQuery(hub.PageGaps, values)
	if err != nil {
		return err
	}
	choice := s.chooseGaps(q)
	for field, to := range map[string]*time.Time{"from": &choice.from, "to": &choice.to} {
		text := values.Get(field)
		if text == "" {
			continue
		}
		if q.Day != "" {
			return &hub.QueryError{Field: "day", Value: q.Day, Want: "a day alone, or from and to"}
		}
		at, ok := hub.Moment(text, s.Hub.Zone())
		if !ok {
			return &hub.QueryError{Field: field, Value: text, Want: "a time such as 2026-11-22T13:00:00Z"}
		}
		*to = at
	}
	if !choice.from.Before(choice.to) {
		return &hub.QueryError{Field: "to", Value: values.Get("to"), Want: "a time after from"}
	}
	if text := values.Get("limit"); text != "" {
		choice.limit, err = strconv.Atoi(text)
		if err != nil || choice.limit < 1 || choice.limit > mostGaps {
			return &hub.QueryError{Field: "limit", Value: text, Want: sprintf("a whole number from 1 to %d", mostGaps), Least: 1, Most: mostGaps}
		}
	}
	rec, err := s.reading(r)
	if err != nil {
		return err
	}
	all, kept := rec.gaps(r.Context(), choice.from, choice.to)
	page, next := choice.pick(all, q.After)
	out := gapsJSON{Epoch: s.Hub.Epoch(), AsOf: instant(s.Hub.Now()), Kept: kept, Gaps: []gapFactJSON{}}
	for i := range page {
		out.Gaps = append(out.Gaps, gapFactOf(&page[i], rec.lens))
	}
	if next != 0 {
		out.Next = strconv.FormatInt(next, 10)
	}
	return s.sendJSON(w, r, out)
}

// apiGap is one interruption with its calls that are in doubt.
func (s *site) apiGap(w http.ResponseWriter, r *http.Request) error { return s.tellGap(w, r, nil) }

func (s *site) tellGap(w http.ResponseWriter, r *http.Request, dismissed []uint64) error {
	q, err := s.gapQuery(r)
	if err != nil {
		return err
	}
	rec, err := s.readingOf(r.Context(), q.Lens)
	if err != nil {
		return err
	}
	g, _, err := rec.gap(r.Context(), q.Gap)
	if err != nil {
		return err
	}
	out := gapFactOf(&g, rec.lens)
	calls := s.Hub.Ghosts(q.Sees(), g.From)
	for i := range calls {
		out.Calls = append(out.Calls, callOf(&calls[i]))
	}
	for _, seq := range dismissed {
		out.Dismissed = append(out.Dismissed, strconv.FormatUint(seq, 10))
	}
	return s.sendJSON(w, r, out)
}

// A gapWord is the body of what a program does with an interruption.
type gapWord struct {
	Calls []string `json:"calls"`
	All   bool     `json:"all"`
	By    string   `json:"by"`
	Epoch string   `json:"epoch"`
}

// gapBody reads a form or JSON.
func gapBody(w http.ResponseWriter, r *http.Request) (body gapWord, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/json" {
		if err = posted(w, r); err != nil {
			return body, err
		}
		return gapWord{Calls: r.PostForm["call"], All: r.PostForm.Get("what") == "all", By: r.PostForm.Get("by"), Epoch: r.PostForm.Get("epoch")}, nil
	}
	in := json.NewDecoder(http.MaxBytesReader(w, r.Body, wordBytes))
	in.DisallowUnknownFields() // "call" would dismiss none
	if err = in.Decode(&body); err == nil && in.More() {
		err = errors.New("more than one object")
	}
	return body, unsent(err, "body: expected a JSON object with calls (texts) or all, by, and epoch.")
}

// apiGapDismiss dismisses calls of an interruption: "calls", or "all".
func (s *site) apiGapDismiss(w http.ResponseWriter, r *http.Request) error {
	q, err := s.gapQuery(r)
	if err != nil {
		return err
	}
	body, err := gapBody(w, r)
	if err != nil {
		return err
	}
	if body.Epoch != "" && body.Epoch != s.Hub.Epoch() {
		return errEpoch
	}
	calls, err := callNumbers(body.Calls)
	switch {
	case err != nil:
		return err
	case body.All && len(calls) > 0:
		return badField("all", "all: expected either all or calls.")
	case !body.All && len(calls) == 0:
		return badField("calls", "calls: expected the numbers of calls in doubt, or all.")
	}
	dismissed, err := s.dismissGhosts(r, q.Gap, calls)
	if err != nil {
		return err
	}
	slices.Sort(dismissed)
	return s.tellGap(w, r, dismissed)
}

// apiGapReviewed marks an interruption as looked at by "by", else by the name
// that the browser keeps.
func (s *site) apiGapReviewed(w http.ResponseWriter, r *http.Request) error {
	q, err := s.gapQuery(r)
	if err != nil {
		return err
	}
	body, err := gapBody(w, r)
	if err != nil {
		return err
	}
	by, ok := said(body.By, state.NameMost)
	if name := signature(r, body.By); name != "" {
		by, ok = name, true
	}
	if by == "" {
		by = s.viewerName(r)
	}
	if !ok || by == "" {
		return badField("by", sprintf("by: expected a name of at most %d characters.", state.NameMost))
	}
	if err := s.markReviewed(r, q.Gap, by); err != nil {
		return err
	}
	return s.tellGap(w, r, nil)
}
