package hub

import (
	"context"
	"strconv"
	"strings"
	"time"

	"callboard/views"
)

// PastHours are the customers who came in on a day of the past, by the hour of
// the zone.
type PastHours struct {
	Counts [24]int
	Known  bool // it was watched: else zeros mean nothing
	Least  bool // something of it was not seen
}

const (
	// pastLife is how long a day of the past is not asked for again; one that is
	// not known may come to be.
	pastLife    = time.Minute
	pastTimeout = 10 * time.Second
	pastScopes  = 500
)

// A pastDay is a day of the past of one scope as the painter last heard of it.
type pastDay struct {
	PastHours
	day   time.Time // its midnight
	asked time.Time
	busy  bool
}

// weekAgo is the same weekday of the week before, of a scope; nil while that is
// not known. It is asked for beside the painting, which never waits for a disk:
// what comes is painted then.
func (c *composer) weekAgo(s scope) *pastDay {
	p, ask := c.p, c.p.h.opt.Past
	if ask == nil || s.lineless || s.user != "" {
		return nil
	}
	midnight := c.midnight().In(p.h.opt.Zone)
	day := midnight.AddDate(0, 0, -7)
	e := p.past[s]
	if e == nil || !e.day.Equal(day) {
		if p.past == nil || len(p.past) >= pastScopes {
			p.past = map[scope]*pastDay{}
		}
		e = &pastDay{day: day}
		p.past[s] = e
	}
	if !e.busy && c.now.Sub(e.asked) >= pastLife {
		if lines, users, any := p.members(s); any {
			e.busy, e.asked = true, c.now
			go p.learnPast(e, ask, lines, users)
		}
	}
	if !e.Known {
		return nil
	}
	return e
}

// learnPast asks for a day and has it painted.
func (p *painter) learnPast(e *pastDay, ask func(context.Context, time.Time, []string, []string) (PastHours, error), lines, users []string) {
	ctx, cancel := context.WithTimeout(context.Background(), pastTimeout)
	defer cancel()
	hours, err := ask(ctx, e.day, lines, users)
	if err != nil {
		p.h.opt.Log.Warn("history not read for a chart", "error", err)
	}
	p.mu.Lock()
	e.busy = false
	changed := err == nil && hours != e.PastHours
	if changed {
		e.PastHours = hours
		p.version++
	}
	p.mu.Unlock()
	if changed {
		signal(p.h.wake)
	}
}

// members are the lines and users that a scope means: none for all of them, and
// false where it means nobody.
func (p *painter) members(s scope) (lines, users []string, any bool) {
	if s == (scope{}) {
		if p.sight == nil || !p.sight.Scoped() {
			return nil, nil, true
		}
		for oid := range p.company.lines {
			lines = append(lines, oid)
		}
		for oid := range p.company.users {
			users = append(users, oid)
		}
		return lines, users, len(lines)+len(users) > 0
	}
	for oid, m := range p.company.lines {
		if s.line != "" && (fold(oid) == s.line || fold(m.name) == s.line) || s.team != "" && fold(m.team) == s.team {
			lines = append(lines, oid)
		}
	}
	for oid, m := range p.company.users {
		if s.team != "" && s.line == "" && fold(m.team) == s.team {
			users = append(users, oid)
		}
	}
	return lines, users, len(lines)+len(users) > 0
}

// drawWeekAgo puts the week before into a chart as a line, whose scale is that
// of the bars.
func (c *composer) drawWeekAgo(h *views.Hours, e *pastDay, from, to, step, most int) {
	w := c.words
	h.Before = sprintf(w.OnHistory.LineFmt, w.Day(e.day))
	var said []string
	var path strings.Builder
	for hour := from; hour <= to; hour++ {
		n := e.Counts[hour]
		y := h.Height - 1 - n*(h.Height-1)/most
		letter := "V"
		if hour == from {
			letter = "M0 "
		}
		path.WriteString(letter + strconv.Itoa(y) + "H" + strconv.Itoa((hour-from+1)*step-hoursGap/2))
		value := w.Count(n)
		if e.Least {
			value = sprintf(w.AtLeastFmt, value)
		}
		said = append(said, sprintf(w.OnLines.HourFmt, twoDigits(hour), twoDigits((hour+1)%24), value))
	}
	h.Path = path.String()
	h.BeforeText = w.Day(e.day) + ": " + strings.Join(said, "; ")
}
