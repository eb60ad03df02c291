package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"callboard/internal/hub"
	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/views"
)

// What cannot be done with an interruption.
var (
	errNoGap = failed(http.StatusNotFound, func(w *views.ErrorWords) views.Trouble { return w.Ledger.NoGap })
	errEpoch = failed(http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Ledger.Epoch })
	errEmpty = failed(http.StatusBadRequest, func(w *views.ErrorWords) views.Trouble { return w.Ledger.Chosen })
	errFirst = failed(http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Ledger.Marked })
	errLapse = failed(http.StatusServiceUnavailable, func(w *views.ErrorWords) views.Trouble { return w.Ledger.NotKept })
	errStill = failed(http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.Ledger.Behind })
)

// gapsShown is how many interruptions a page lists.
const gapsShown = 50

// A gapChoice is what a list of interruptions shows of those there are.
type gapChoice struct {
	from, to    time.Time
	kind, state string
	limit       int
}

// chooseGaps reads the fields of a list.
func (s *site) chooseGaps(q hub.Query) gapChoice {
	c := gapChoice{from: ever, to: never, kind: q.Kind, state: q.State, limit: gapsShown}
	if day, err := time.Parse(time.DateOnly, q.Day); err == nil {
		y, m, d := day.Date()
		c.from, c.to = state.Midnight(y, m, d, s.Hub.Zone()), state.Midnight(y, m, d+1, s.Hub.Zone())
	}
	return c
}

// takes reports whether a list shows an interruption.
func (c *gapChoice) takes(g *hub.GapFact) bool {
	switch {
	case c.kind != "" && g.Kind != c.kind:
		return false
	case c.state == "open":
		return g.ReviewedBy == ""
	case c.state == "doubt":
		return g.InDoubt > 0
	}
	return true
}

// pick takes a page out of what there is, newest first, from the one that began
// before a moment on; next is the moment for the page after, zero if it is the
// last.
func (c *gapChoice) pick(all []hub.GapFact, before int64) (page []hub.GapFact, next int64) {
	for i := len(all) - 1; i >= 0; i-- {
		g := &all[i]
		if before != 0 && g.ID() >= before || !c.takes(g) {
			continue
		}
		if len(page) == c.limit {
			return page, page[len(page)-1].ID()
		}
		page = append(page, *g)
	}
	return page, 0
}

// gapsPage is "/gaps".
func (s *site) gapsPage(w http.ResponseWriter, r *http.Request) error {
	q, p, err := s.picture(r, hub.PageGaps)
	if err != nil {
		return err
	}
	rec, err := s.readingOf(r.Context(), q.Lens)
	if err != nil {
		return err
	}
	words := views.WordsOf(q.Speaks)
	o := &words.OnLedger
	choice := s.chooseGaps(q)
	all, _ := rec.gaps(r.Context(), choice.from, choice.to)
	page, next := choice.pick(all, q.After)
	with := func(set func(*hub.Query)) string {
		other := q
		other.After = 0
		set(&other)
		return other.URL()
	}
	open, doubt, total := 0, 0, 0
	for i := range all {
		g := &all[i]
		if q.Kind != "" && g.Kind != q.Kind {
			continue
		}
		total++
		if g.ReviewedBy == "" {
			open++
		}
		if g.InDoubt > 0 {
			doubt++
		}
	}
	chip := func(id, label, state string, n int) views.Choice {
		return views.Choice{ID: id, Label: label, Count: words.Count(n), Chosen: q.State == state, URL: with(func(q *hub.Query) { q.State = state })}
	}
	list := views.GapList{
		Chips:   []views.Choice{chip("all", o.All, "", total), chip("open", o.NotReviewed, "open", open), chip("doubt", o.WithDoubt, "doubt", doubt)},
		Summary: o.Gaps.Of(len(page)), AsOf: sprintf(o.ListAsOfFmt, s.clockText(s.Hub.Now())),
		JSON: "/api/v1/gaps" + queryOf(hub.Query{Page: q.Page, Day: q.Day, Kind: q.Kind, State: q.State}),
		Day:  q.Day, Rows: s.Hub.GapLines(q, page), Empty: o.NoneEver,
	}
	if q.Kind != "" || q.State != "" || q.Day != "" || q.After != 0 {
		list.Empty = o.NoneMatch
	}
	if lasted := kpi.Lasted(kpi.Unseen(unseen(page), ever, s.Hub.Now())); lasted > 0 {
		list.Summary += ", " + sprintf(o.InAllFmt, views.FormatAge(lasted.Truncate(time.Second), false))
	}
	kinds := views.Filter{ID: "kind", Label: o.AllKinds, Active: q.Kind != ""}
	if kinds.Active {
		kinds.Label, kinds.Clear = o.Kinds[q.Kind], with(func(q *hub.Query) { q.Kind = "" })
	}
	kinds.Options = append(kinds.Options, views.Option{Label: o.AllKinds, Chosen: q.Kind == "", URL: with(func(q *hub.Query) { q.Kind = "" })})
	for _, kind := range hub.GapKinds {
		kinds.Options = append(kinds.Options, views.Option{Label: o.Kinds[kind], Chosen: q.Kind == kind, URL: with(func(q *hub.Query) { q.Kind = kind })})
	}
	list.Filters = append(list.Filters, kinds)
	list.Hidden = hidden(hub.Query{Page: q.Page, Kind: q.Kind, State: q.State, Lang: q.Lang, Theme: q.Theme, Mask: q.Mask})
	if q.Day != "" {
		list.AllDays = with(func(q *hub.Query) { q.Day = "" })
	}
	if next != 0 {
		list.Older = with(func(q *hub.Query) { q.After = next })
	}
	list.Since = s.since(r, rec, words)
	return s.show(w, r, q, views.GapsPageView(views.GapsPage{Chrome: s.live(q, p, o.Title), Strip: p.Strip, Live: *p.Gaps, List: list}))
}

// since says since when there is a record of interruptions.
func (s *site) since(r *http.Request, rec *reading, w *views.Words) string {
	o := &w.OnLedger
	var since time.Time
	s.Hub.Read(func(b *state.Board, _ time.Time) { since = b.Today().Since })
	format := o.SinceMemoryFmt
	if first, ok := rec.keptSince(r.Context()); ok {
		format = o.SinceFmt
		if !first.IsZero() && (since.IsZero() || first.Before(since)) {
			since = first
		}
	}
	if since.IsZero() {
		return o.NotKept
	}
	local := since.In(s.Hub.Zone())
	return sprintf(format, w.Date(local), local.Format("15:04"))
}

// clockText is a time of day on the board's clock.
func (s *site) clockText(t time.Time) string { return t.In(s.Hub.Zone()).Format(time.TimeOnly) }

// hidden are the fields that a form carries on.
func hidden(q hub.Query) []views.Field {
	var fields []views.Field
	v := q.Values()
	for _, name := range []string{"kind", "state", "day", "shift", "lang", "theme", "mask"} {
		if value := v.Get(name); value != "" {
			fields = append(fields, views.Field{Name: name, Value: value})
		}
	}
	return fields
}

// gapQuery is the query of the page of one interruption.
func (s *site) gapQuery(r *http.Request) (hub.Query, error) {
	q, err := s.query(r, hub.PageGap)
	if err != nil {
		return q, err
	}
	q.Gap, err = strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil || q.Gap <= 0 {
		return q, errNoGap
	}
	return q, nil
}

// gapPage is "/gaps/…".
func (s *site) gapPage(w http.ResponseWriter, r *http.Request) error {
	q, err := s.gapQuery(r)
	if err != nil {
		return err
	}
	return s.showGap(w, r, q, http.StatusOK, "")
}

func (s *site) showGap(w http.ResponseWriter, r *http.Request, q hub.Query, status int, complaint string) error {
	rec, err := s.readingOf(r.Context(), q.Lens)
	if err != nil {
		return err
	}
	g, kept, err := rec.gap(r.Context(), q.Gap)
	if err != nil {
		return err
	}
	p, err := s.Hub.Picture(r.Context(), q)
	if err != nil {
		return err
	}
	detail := s.Hub.GapDetail(q, g)
	detail.Who, detail.CanMark, detail.Error = s.viewerName(r), kept && g.ReviewedBy == "", complaint
	return s.showStatus(w, r, q, status, views.GapPageView(views.GapPage{
		Chrome: s.live(q, p, detail.Title), Strip: p.Strip, Live: *p.Gap, Items: p.Items, Gap: detail,
	}))
}

// gapDismiss takes calls of an interruption off the board: those whose boxes are
// ticked, or all that the board has in doubt.
func (s *site) gapDismiss(w http.ResponseWriter, r *http.Request) error {
	q, err := s.gapQuery(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	if epoch := r.PostForm.Get("epoch"); epoch != "" && epoch != s.Hub.Epoch() {
		return errEpoch
	}
	var calls []uint64
	if r.PostForm.Get("what") != "all" {
		if calls, err = callNumbers(r.PostForm["call"]); err != nil {
			return err
		}
		if len(calls) == 0 {
			return errEmpty
		}
	}
	if _, err := s.dismissGhosts(r, q.Gap, calls); err != nil {
		return err
	}
	return seeOther(w, r, q.URL())
}

// dismissGhosts dismisses calls of an interruption that there is.
func (s *site) dismissGhosts(r *http.Request, id int64, calls []uint64) ([]uint64, error) {
	rec, err := s.reading(r)
	if err != nil {
		return nil, err
	}
	g, _, err := rec.gap(r.Context(), id)
	if err != nil {
		return nil, err
	}
	dismissed, err := s.Hub.DismissGhosts(who(r).Lens, g.From, calls)
	if errors.Is(err, hub.ErrConfirmed) {
		return nil, errStill
	}
	return dismissed, err
}

// callNumbers reads numbers of calls.
func callNumbers(texts []string) ([]uint64, error) {
	var out []uint64
	for _, text := range texts {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil || n == 0 {
			return nil, &hub.QueryError{Field: "call", Value: text, Want: "the number of a call, as the list gives it"}
		}
		out = append(out, n)
	}
	return out, nil
}

// gapReviewed marks an interruption as looked at.
func (s *site) gapReviewed(w http.ResponseWriter, r *http.Request) error {
	q, err := s.gapQuery(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	by, ok := said(r.PostForm.Get("by"), state.NameMost)
	name := signature(r, "")
	if name != "" {
		by, ok = name, true
	}
	if !ok || by == "" {
		words := &views.WordsOf(q.Speaks).OnLedger
		return s.showGap(w, r, q, http.StatusBadRequest, sprintf(words.ErrNameFmt, state.NameMost))
	}
	if err := s.markReviewed(r, q.Gap, by); err != nil {
		return err
	}
	if name == "" {
		s.remember(w, r, by)
	}
	return seeOther(w, r, q.URL())
}

// markReviewed marks an interruption as looked at, once.
func (s *site) markReviewed(r *http.Request, id int64, by string) error {
	rec, err := s.reading(r)
	if err != nil {
		return err
	}
	g, kept, err := rec.gap(r.Context(), id)
	switch {
	case err != nil:
		return err
	case !kept:
		return errLapse
	}
	return s.review(r.Context(), &g, by)
}
