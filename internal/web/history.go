package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

// History is what is kept of the past: history.Store is one.
type History interface {
	Rows
	Journeys(ctx context.Context, f history.Filter, after history.Cursor, limit int) ([]state.Journey, history.Cursor, error)
	Newer(ctx context.Context, f history.Filter, before history.Cursor, limit int) ([]state.Journey, error)
	Count(ctx context.Context, f history.Filter) (int, error)
	Tallies(ctx context.Context, f history.Filter) ([]history.Tally, error)
	Hours(ctx context.Context, from, to time.Time, scope history.Scope) ([]history.Hour, error)
	Day(ctx context.Context, day time.Time) ([]state.Journey, error)
	Gaps(ctx context.Context, from, to time.Time) ([]history.Gap, error)
	Names(ctx context.Context) (users, lines map[string]string, err error)
	Span(ctx context.Context) (first, last time.Time, err error)
}

const (
	// pastRows is how many calls a page of the past lists.
	pastRows = 50
	// everyDirection is the choice of calls in any direction: without a choice
	// the page shows customers who came in, as the board counts them.
	everyDirection = "all"
)

// pastFields are the fields of the page's address that choose calls, without the
// days.
var pastFields = []string{"number", "q", "user", "line", "team", "direction", "outcome", "waited", "talked"}

// A past is one request for the page of the past.
type past struct {
	s      *site
	rec    *reading
	q      hub.Query
	words  *views.Words
	values url.Values // of the address, that count
	filter history.Filter
	dir    string // the direction in effect
	zone   *time.Location
	now    time.Time
	from   time.Time // midnights around the chosen calls
	to     time.Time
	days   int
	files  bool      // may be saved
	begun  time.Time // start of the first call that is kept; zero if none is
	before history.Cursor
	gaps   []history.Gap
	who    hub.Directory
	users  map[string]string // names by oid
	lines  map[string]string
}

// history is the page "/history".
func (s *site) history(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageHistory)
	if err != nil {
		return err
	}
	rec, err := s.readingOf(r.Context(), q.Lens)
	if err != nil {
		return err
	}
	p := &past{s: s, rec: rec, q: q, files: who(r).May(access.Export), words: views.WordsOf(q.Speaks), zone: s.Hub.Zone(), now: s.Hub.Now()}
	if err := p.parse(r.Context(), r.URL.Query()); err != nil {
		return err
	}
	picture, err := s.Hub.Picture(r.Context(), q)
	if err != nil {
		return err
	}
	page := views.HistoryPage{Chrome: s.live(q, picture, p.words.OnHistory.Title), Strip: picture.Strip}
	if !s.keeps() {
		page.History = p.nothing()
	} else if page.History, err = p.compose(r.Context()); err != nil {
		return err
	}
	page.Chrome.Spoken = choices(q, here(r))
	page.Chrome.BackURL = here(r)(q)
	return s.show(w, r, q, views.HistoryPageView(page))
}

// parse reads the address. Without a day it shows today.
func (p *past) parse(ctx context.Context, v url.Values) error {
	p.values = url.Values{}
	for _, name := range append([]string{"day", "from", "to"}, pastFields...) {
		if value := strings.TrimSpace(v.Get(name)); value != "" {
			p.values.Set(name, value)
		}
	}
	for _, name := range []string{"from", "to"} { // an empty field of a form
		if p.values.Has(name) && p.values.Get("day") != "" {
			p.values.Del("day")
		}
	}
	read := url.Values{}
	maps.Copy(read, p.values)
	if after := v.Get("after"); after != "" {
		read.Set("after", after)
	}
	if before := v.Get("before"); before != "" {
		var err error
		if p.before, err = history.ParseCursor(before); err != nil {
			return &hub.QueryError{Field: "before", Value: before, Want: "what a link of the page gave"}
		}
	}
	p.dir = p.values.Get("direction")
	switch {
	case p.dir == everyDirection:
		read.Del("direction")
	case p.dir == "" && !p.values.Has("q") && !p.values.Has("number") && !p.values.Has("user"):
		p.dir = state.Inbound.String()
		read.Set("direction", p.dir)
	case p.dir == "": // who looks for somebody looks everywhere
		p.dir = everyDirection
	}
	if !read.Has("day") && !read.Has("from") && !read.Has("to") {
		read.Set("day", "today")
	}
	read.Set("rows", history.RowsJourneys)
	var err error
	if p.filter, err = history.ParseFilter(read, p.zone, p.now); err != nil {
		return err
	}
	f := &p.filter
	if _, today := history.DayOf(p.now, p.zone); f.To.IsZero() || f.To.After(today) {
		f.To = today
	}
	if !f.From.IsZero() && !f.From.Before(f.To) {
		return &hub.QueryError{Field: cmp.Or(first(read, "day", "from"), "from"), Value: cmp.Or(read.Get("day"), read.Get("from")), Want: "a time that has begun"}
	}
	if f.Team != "" {
		if err = p.rec.team(ctx, f); err != nil {
			return err
		}
	}
	return p.rec.allowed(f)
}

func first(v url.Values, names ...string) string {
	for _, name := range names {
		if v.Has(name) {
			return name
		}
	}
	return ""
}

// read gets what the page needs besides its rows.
func (p *past) read(ctx context.Context) (err error) {
	if p.begun, _, err = p.rec.Span(ctx); err != nil {
		return err
	}
	if p.users, p.lines, err = p.rec.Names(ctx); err != nil {
		return err
	}
	p.who = p.rec.directory()
	for _, u := range p.who.Users {
		if u.Name != "" {
			p.users[u.OID] = u.Name
		}
	}
	for _, l := range p.who.Lines {
		if l.Name != "" {
			p.lines[l.OID] = l.Name
		}
	}
	f := &p.filter
	if f.From.IsZero() {
		if f.From = p.begun; f.From.IsZero() || !f.From.Before(f.To) {
			f.From, _ = history.DayOf(f.To.Add(-time.Second), p.zone)
		}
	}
	p.from, _ = history.DayOf(f.From, p.zone)
	_, p.to = history.DayOf(f.To.Add(-time.Nanosecond), p.zone)
	p.days = daysBetween(p.from, p.to)
	p.gaps, err = p.rec.Gaps(ctx, p.from.AddDate(0, 0, -8), p.to)
	p.gaps = slices.DeleteFunc(p.gaps, func(g history.Gap) bool { return !g.Hides() })
	return err
}

// daysBetween counts days from one midnight to another, of which some have 23 or
// 25 hours.
func daysBetween(from, to time.Time) int {
	return int((to.Sub(from) + 12*time.Hour) / (24 * time.Hour))
}

// compose makes the page.
func (p *past) compose(ctx context.Context) (views.History, error) {
	hw := &p.words.OnHistory
	if err := p.read(ctx); err != nil {
		return views.History{}, err
	}
	rows, newer, older, err := p.page(ctx)
	if err != nil {
		return views.History{}, err
	}
	tally, err := p.tally(ctx)
	if err != nil {
		return views.History{}, err
	}
	n := tally.sum(p.from, p.to).all()
	if !p.whole() {
		if n, err = p.rec.Count(ctx, p.unpaged()); err != nil {
			return views.History{}, err
		}
	}
	h := views.History{Title: hw.Title, Heading: hw.Title, Bar: p.bar(n), Notice: p.notice()}
	if h.Chart, err = p.chart(ctx, tally); err != nil {
		return h, err
	}
	h.Rows = p.rows(rows, tally)
	if len(rows) == 0 {
		h.Empty = p.empty()
		return h, nil
	}
	h.Span = sprintf(hw.SpanFmt, p.moment(rows[0].Start), p.moment(rows[len(rows)-1].Start))
	if older {
		h.Older = p.link(func(v url.Values) { v.Set("after", history.CursorOf(&rows[len(rows)-1]).String()) })
	}
	if newer {
		h.Newest = p.link(nil)
		h.Newer = p.link(func(v url.Values) { v.Set("before", history.CursorOf(&rows[0]).String()) })
	}
	if p.now.Before(p.to) {
		h.AsOf = p.words.AsOf + " " + p.now.In(p.zone).Format(time.TimeOnly)
		h.Refresh = !newer && p.now.Before(p.filter.To)
	}
	return h, nil
}

// page is the calls that the page lists, and whether there are newer and older
// ones.
func (p *past) page(ctx context.Context) (rows []state.Journey, newer, older bool, err error) {
	f, after := p.unpaged(), p.filter.After
	if !p.before.IsZero() {
		rows, err = p.rec.Newer(ctx, f, p.before, pastRows+1)
		if err != nil || len(rows) > pastRows { // the one too many is the newest
			return rows[max(len(rows)-pastRows, 0):], true, true, err
		}
		after = history.Cursor{} // the beginning: whole
	}
	rows, next, err := p.rec.Journeys(ctx, f, after, pastRows)
	return rows, !after.IsZero(), !next.IsZero(), err
}

// whole reports a choice of whole days, today's as far as it has come.
func (p *past) whole() bool {
	return !p.filter.From.After(later(p.from, p.begun)) && (p.filter.To.Equal(p.to) || p.now.Before(p.filter.To))
}

// unpaged is the filter without its place in the list.
func (p *past) unpaged() history.Filter {
	f := p.filter
	f.After = history.Cursor{}
	return f
}

// link is the page with something of its choice changed; it begins at the newest
// call.
func (p *past) link(change func(url.Values)) string {
	v := url.Values{}
	maps.Copy(v, p.values)
	if p.q.Lang != "" {
		v.Set("lang", p.q.Lang)
	}
	if p.q.Theme != "" {
		v.Set("theme", p.q.Theme)
	}
	if p.q.Mask != "" {
		v.Set("mask", p.q.Mask)
	}
	if change != nil {
		change(v)
	}
	return (&url.URL{Path: "/history", RawQuery: v.Encode()}).String()
}

// with is the page with one field changed; "" takes it out.
func (p *past) with(name, value string) string {
	return p.link(func(v url.Values) { setOrDrop(v, name, value) })
}

func setOrDrop(v url.Values, name, value string) {
	if value == "" {
		v.Del(name)
	} else {
		v.Set(name, value)
	}
}

// span is the page with other days, or another part of one.
func (p *past) span(from, to string) string {
	return p.link(func(v url.Values) { between(v, from, to) })
}

func between(v url.Values, from, to string) {
	v.Del("day")
	v.Del("from")
	v.Del("to")
	if to == "" || from == to {
		setOrDrop(v, "day", from)
		return
	}
	v.Set("from", from)
	v.Set("to", to)
}

// moment prints a time of day, with its date where the page has several days.
func (p *past) moment(t time.Time) string {
	local := t.In(p.zone)
	if p.days > 1 {
		return p.words.Day(local) + ", " + local.Format(time.TimeOnly)
	}
	return local.Format(time.TimeOnly)
}

func (p *past) today() time.Time { from, _ := history.DayOf(p.now, p.zone); return from }

// filtered reports a choice beyond the days.
func (p *past) filtered() bool {
	return slices.ContainsFunc(pastFields, func(name string) bool { return p.values.Has(name) })
}

// notice says what the page cannot know.
func (p *past) notice() string {
	hw := &p.words.OnHistory
	if p.s.HistoryPaused != nil && p.now.Before(p.to) {
		if since := p.s.HistoryPaused(); !since.IsZero() {
			return sprintf(hw.PausedFmt, since.In(p.zone).Format("15:04"))
		}
	}
	begun := p.begun
	switch {
	case begun.IsZero() || !p.from.Before(begun):
		return ""
	case begun.Before(p.to) && p.days == 1:
		return sprintf(hw.BeforeWatchedFmt, begun.In(p.zone).Format("15:04"))
	case begun.Before(p.to):
		return sprintf(hw.BeforeKeptFmt, p.words.Date(begun.In(p.zone)))
	}
	return ""
}

// empty says why there are no rows.
func (p *past) empty() views.Empty {
	w, hw := p.words, &p.words.OnHistory
	if p.rec.lens.Level >= privacy.Counts {
		return views.Empty{Kind: "filtered", Title: w.OnPast.CountsOnly, Text: w.OnPast.CountsOnlyText}
	}
	begun := p.begun
	e := views.Empty{Kind: "filtered", Title: hw.NoneThen, Text: hw.NoneThenText}
	switch {
	case p.filtered():
		e = views.Empty{Kind: "filtered", Title: hw.NoneMatch, Text: hw.NoneMatchText, Link: w.ClearFilters, LinkTo: p.unfiltered()}
		if p.dir != everyDirection {
			e.Link, e.LinkTo = hw.Everywhere, p.with("direction", everyDirection)
		}
	case begun.IsZero():
		e.Title, e.Text = hw.NothingKept, hw.NothingKeptText
	case !begun.Before(p.to):
		e.Title, e.Text = hw.NothingKept, sprintf(hw.NothingKeptSinceFmt, w.Date(begun.In(p.zone)))
		e.Link, e.LinkTo = w.Day(begun.In(p.zone)), p.span(begun.In(p.zone).Format(time.DateOnly), "")
	case p.now.Before(p.to) && p.days == 1:
		e.Title, e.Text = hw.NoneToday, hw.NoneTodayText
	}
	return e
}

// unfiltered is the page of the same days without any choice.
func (p *past) unfiltered() string {
	return p.link(func(v url.Values) {
		for _, name := range pastFields {
			v.Del(name)
		}
	})
}

// nothing is the page while no history is kept at all.
func (p *past) nothing() views.History {
	hw := &p.words.OnHistory
	return views.History{
		Title: hw.Title, Heading: hw.Title, Bar: views.HistoryBar{Action: "/history"},
		Empty: views.Empty{Kind: "filtered", Title: hw.NoHistory, Text: hw.NoHistoryText, Link: p.words.StatusPage, LinkTo: hub.Query{Page: hub.PageStatus, Lang: p.q.Lang, Theme: p.q.Theme, Mask: p.q.Mask}.URL()},
	}
}
