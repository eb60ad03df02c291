package hub

import (
	"cmp"
	"context"
	"slices"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/privacy"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
	"callboard/views"
)

// Past is what is kept of whole days, for the numbers of them, as the lens of
// whoever reads them shows it.
type Past struct {
	From, To time.Time // midnights of the zone: the days from From to before To
	Journeys []state.Journey
	Known    bool              // Callboard watched in these days, so that none kept means none
	Complete bool              // all of it, without a gap
	Users    map[string]string // names by oid, of those that the board does not know any more
	Lines    map[string]string
}

// A Named is a line or a user.
type Named struct{ OID, Name, Number, Team string }

// A Directory is who and which lines there are, each in order of their names.
type Directory struct {
	Lines, Users []Named
	Teams        []string // as the file spells them
}

// Directory lists what calls of the past are chosen by, as a lens shows it.
func (h *Hub) Directory(l privacy.Lens) Directory {
	p := h.shadow(l, Past{})
	d := Directory{Teams: slices.Clone(p.setup.Teams.Names())}
	list := func(of map[string]member) []Named {
		var out []Named
		for _, oid := range byName(of) {
			m := of[oid]
			out = append(out, Named{oid, m.name, m.number, m.team})
		}
		return out
	}
	d.Lines, d.Users = list(p.company.lines), list(p.company.users)
	return d
}

// TeamsOf are the teams that a lens knows: those of its scope, or all.
func (h *Hub) TeamsOf(l privacy.Lens) *teams.Teams { return scopedTeams(h.Setup().Teams, l) }

// StillUp counts the customers of today who came in and whose call is up: they
// are not over, so that no history has them.
func (h *Hub) StillUp(q Query) int {
	p, done, err := h.behind(q)
	defer done()
	if err != nil {
		p = h.painter.passing(q.Sees())
	}
	p.readDay(h.clock.now())
	match, n := p.chosen(q.scope()), 0
	for i := range p.day.journeys {
		if j := &p.day.journeys[i]; j.Up() && j.Counted && j.Kind != state.Outbound && j.Kind != state.Internal && (match == nil || match(j)) {
			n++
		}
	}
	return n
}

// Choice says of a journey, as the query's lens shows it, whether it belongs to
// the line, person and team of the query; nil takes all. It is that of this
// moment: who belongs to a team may change.
func (h *Hub) Choice(q Query) func(*state.Journey) bool {
	return h.shadow(q.Sees(), Past{Complete: true}).chosen(q.scope())
}

// Sight is what a lens shows as of this moment, for values that are no longer on
// the board. It shares nothing with what paints; nobody waits for it. Safe for
// concurrent use.
func (h *Hub) Sight(l privacy.Lens) *privacy.Sight {
	return h.shadow(privacy.Lens{}, Past{}).sightOf(l)
}

// shadow is a painter of days that are over, as a lens shows them. It shares
// nothing with the one that paints the board, so that nobody waits for it.
func (h *Hub) shadow(l privacy.Lens, past Past) *painter {
	live := &h.painter
	live.mu.Lock()
	live.absorb()
	p := &painter{
		h: h, setup: live.setup, feed: state.Feed{State: state.Live},
		company: live.company.cloned(),
	}
	live.mu.Unlock()
	if !past.Known {
		p.feed.State = state.Quiet // nothing proves a zero
	}
	fill := func(list map[string]member, names map[string]string, team func(oid, name string) string) {
		for oid, name := range names {
			if m := list[oid]; m.name == "" {
				m.name, m.team = name, cmp.Or(m.team, team(oid, name))
				list[oid] = m
			}
		}
	}
	fill(p.company.users, past.Users, func(oid, name string) string { return p.setup.Teams.OfUser(oid, name, "") })
	fill(p.company.lines, past.Lines, func(oid, name string) string { return p.setup.Teams.OfLine(oid, name, "") })
	p.today = state.Today{Since: past.From, Complete: past.Complete}
	p.day = daybook{journeys: past.Journeys, past: true, made: 1}
	if l.Clear() {
		return p
	}
	o := *p
	o.root, o.lens, o.sight = p, l, p.sightOf(l)
	o.setup.Teams = scopedTeams(p.setup.Teams, l)
	o.company = o.projected(&p.company)
	return &o
}

// pastComposer makes the numbers of days that are over, as of their end.
func (h *Hub) pastComposer(q Query, past Past) *composer {
	end := past.To.Add(-time.Second)
	if now := h.clock.now(); now.Before(end) {
		end = now
	}
	c := h.shadow(q.Sees(), past).composer(newView(h.speaking(q)), end)
	return c
}

// PastNumbers is the page of the numbers of days that are over, made like that
// of today.
func (h *Hub) PastNumbers(ctx context.Context, q Query, past Past) (*views.Numbers, error) {
	c := h.pastComposer(q, past)
	on, hw := &c.words.OnNumbers, &c.words.OnHistory
	s := c.q.scope()
	n := c.numbers(s)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	chosen := kpi.Name(cmp.Or(c.q.Number, string(kpi.Names[0])))
	if !slices.Contains(pastNames, chosen) {
		return nil, &QueryError{Field: "n", Value: c.q.Number, Want: "a number of whole days: " + oneOf(texts(pastNames)), Choices: texts(pastNames)}
	}
	var days string
	if last := c.local(past.To.Add(-time.Second)); last.Format(time.DateOnly) != c.local(past.From).Format(time.DateOnly) {
		days = sprintf(hw.RangeFmt, c.words.Day(c.local(past.From)), c.words.Date(last))
	} else {
		days = c.words.Day(c.local(past.From)) + " " + c.local(past.From).Format("2006")
	}
	page := &views.Numbers{Title: on.Title, Note: sprintf(hw.NumbersOfFmt, days)}
	switch {
	case !past.Known:
		page.Note += ". " + hw.NumbersNone
	case !past.Complete:
		page.Note += ", " + hw.NumbersGap
	}
	page.Bar.Filters = append(page.Bar.Filters, views.Filter{
		ID: "day", Label: days, Active: true, Clear: c.with(func(q *Query) { q.Day = "" }),
		Options: []views.Option{{Label: days, Chosen: true, URL: c.q.URL()}, {Label: hw.NumbersToday, URL: c.with(func(q *Query) { q.Day = "" })}},
	})
	c.addPlaces(&page.Bar.Filters)
	for _, name := range pastNames {
		f := n.Figure(name)
		row := c.numberRow(f, c.atLeast(f, n))
		row.Current = name == chosen
		if name == kpi.NLongest {
			row.Label = hw.LongestWait
		}
		page.Rows = append(page.Rows, row)
		if row.Current {
			page.Open = c.explain(n, f, row)
		}
	}
	page.Calls = c.callsBehind(n, chosen, s, &page.Open)
	return page, nil
}

// pastNames are the numbers of days that are over: nobody rings in them any
// more, and the PBX's notices of missed calls are not kept.
var pastNames = slices.DeleteFunc(slices.Clone(kpi.Names), func(n kpi.Name) bool {
	return n == kpi.NMissed || n == kpi.NRinging
})

// beyond reports that a number of the past was on the wrong side of its target.
func (c *composer) beyond(f kpi.Figure, r rules.Rules) bool {
	if !f.Known {
		return false
	}
	switch f.Name {
	case kpi.NServiceLevel:
		return r.Level.Under > 0 && float64(wholePercent(f)) < r.Level.Under && f.Sample >= r.Level.Least
	case kpi.NAnswerRate:
		return r.Answer.Under > 0 && float64(wholePercent(f)) < r.Answer.Under && f.Sample >= r.Answer.Least
	case kpi.NASA:
		return r.ASA.Over > 0 && f.Value > r.ASA.Over && f.Sample >= r.ASA.Least
	}
	return false
}

// PastDay is the same for programs.
func (h *Hub) PastDay(q Query, past Past) Day {
	c := h.pastComposer(q, past)
	p, s := c.p, c.q.scope()
	n := c.numbers(s)
	level := p.rules().ServiceLevel
	d := Day{AsOf: c.moment, Since: past.From, Known: past.Known, Complete: past.Complete, Level: level}
	for _, name := range pastNames {
		d.add(c, n, n.Figure(name), s)
	}
	return d
}
