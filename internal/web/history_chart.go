package web

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/views"
)

// A tally is how many calls began in an hour or in a day, by their start.
type tally map[int64]count

// count is calls by what became of them; lost are those of which no answer and
// no end was seen.
type count struct{ answered, unanswered, lost int }

func (n count) all() int { return n.answered + n.unanswered + n.lost }

func (n *count) add(m count) {
	n.answered += m.answered
	n.unanswered += m.unanswered
	n.lost += m.lost
}

// manyDays is from how many days on a chart is counted from the table of hours
// where that can be: over weeks there are too many calls to look at each.
const manyDays = 9

// tally counts the days of the page by hour, or by day where there are several.
func (p *past) tally(ctx context.Context) (tally, error) { return p.count(ctx, p.from, p.to) }

// count counts the calls of the page's choice that began in other days.
func (p *past) count(ctx context.Context, from, to time.Time) (tally, error) {
	t := tally{}
	if scope, ok := p.plain(); ok && p.days >= manyDays {
		hours, err := p.rec.Hours(ctx, from, to, scope)
		for i := range hours {
			h := &hours[i]
			t.add(p.slot(h.Start), count{h.Answered, h.Unanswered, h.Offered - h.Answered - h.Unanswered})
		}
		return t, err
	}
	f := p.unpaged()
	f.From, f.To = from, to
	hours, err := p.rec.Tallies(ctx, f)
	for _, h := range hours {
		t.add(p.slot(h.Start), count{h.Answered, h.Unanswered, h.Lost})
	}
	return t, err
}

func (t tally) add(at time.Time, n count) {
	sum := t[at.Unix()]
	sum.add(n)
	t[at.Unix()] = sum
}

// sum adds up what began from a moment on and before another.
func (t tally) sum(from, to time.Time) (n count) {
	for at, m := range t {
		if at >= from.Unix() && at < to.Unix() {
			n.add(m)
		}
	}
	return n
}

// plain reports a choice that the table of hours can count: customers who came
// in, by line or team.
func (p *past) plain() (history.Scope, bool) {
	f := &p.filter
	if f.Direction != state.Inbound.String() || f.Number != "" || f.Text != "" || f.User != "" || f.Outcome != "" || f.Waited != 0 || f.Talked != 0 || f.Line != "" && f.Team != "" {
		return history.Scope{}, false
	}
	scope := history.Scope{Lines: f.TeamLines, Users: f.TeamUsers}
	if f.Team != "" && len(scope.Lines)+len(scope.Users) == 0 {
		return scope, false // an empty scope would be all
	}
	if f.Line != "" {
		for oid, name := range p.lines {
			if strings.EqualFold(oid, f.Line) || strings.EqualFold(name, f.Line) {
				scope.Lines = append(scope.Lines, oid)
			}
		}
		if len(scope.Lines) == 0 {
			return scope, false
		}
	}
	return p.rec.counted(scope)
}

// slot is the beginning of the hour or the day in which a moment lies.
func (p *past) slot(t time.Time) time.Time {
	if p.days > 1 {
		day, _ := history.DayOf(t, p.zone)
		return day
	}
	return hourOf(t, p.zone)
}

// hourOf is the beginning of the hour of the zone: there are zones that are half
// an hour off.
func hourOf(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	return t.Add(-time.Duration(local.Minute())*time.Minute - time.Duration(local.Second())*time.Second - time.Duration(local.Nanosecond()))
}

// least reports that something between two moments was not seen.
func (p *past) least(from, to time.Time) bool {
	if p.now.Before(to) {
		to = p.now
	}
	if p.begun.After(from) && p.begun.Before(to) {
		return true // there may have been calls before the first that is kept
	}
	return slices.ContainsFunc(p.gaps, func(g history.Gap) bool { return g.From.Before(to) && (g.To.IsZero() || g.To.After(from)) })
}

// counted prints a count of a stretch of time, "≥ 29" if a gap touches it.
func (p *past) counted(n int, from, to time.Time) string {
	text := p.words.Count(n)
	if p.least(from, to) {
		return sprintf(p.words.AtLeastFmt, text)
	}
	return text
}

// chart draws the days of the page.
func (p *past) chart(ctx context.Context, t tally) (views.Chart, error) {
	hw := &p.words.OnHistory
	c := views.Chart{Title: hw.PerHour}
	if p.days > 1 {
		c.Title = hw.PerDay
	}
	before, err := p.weekAgo(ctx)
	if err != nil {
		return c, err
	}
	starts := p.starts(t, before)
	all := t.sum(p.from, p.to)
	if len(starts) == 0 || all.all() == 0 && len(before) == 0 {
		return views.Chart{}, nil // what stands in the place of the table says why
	}
	open := all.lost > 0
	c.Heads = []string{hw.Hour, hw.Total, hw.Answered, hw.Unanswered}
	c.Legend = []views.Legend{{Kind: "answered", Label: hw.Answered}, {Kind: "unanswered", Label: hw.Unanswered}}
	if p.days > 1 {
		c.Heads[0] = hw.Day
	}
	if open {
		c.Heads = append(c.Heads, hw.Open)
		c.Legend = append(c.Legend, views.Legend{Kind: "open", Label: hw.Open})
	}
	if before != nil {
		name := p.words.Day(p.weekBefore(p.from).In(p.zone))
		c.Heads = append(c.Heads, name)
		c.Legend = append(c.Legend, views.Legend{Kind: "before", Label: name})
	}
	slots := make([]views.ChartSlot, len(starts)-1)
	for i := range slots {
		slots[i] = p.slotOf(starts[i], starts[i+1], t, before, open, len(slots))
	}
	views.DrawChart(&c, slots)
	c.Gaps = p.hatches(starts[0], starts[len(starts)-1])
	if slices.ContainsFunc(c.Gaps, func(g views.ChartGap) bool { return g.Title != hw.NotKept }) {
		c.Legend = append(c.Legend, views.Legend{Kind: "gap", Label: hw.Gaps})
	}
	c.Sums, err = p.sums(ctx, all)
	return c, err
}

// starts are the beginnings of the bars and the end of the last: all days, or
// the hours from the first with a call to the last, those of the week before
// and the usual ones included.
func (p *past) starts(t, before tally) (starts []time.Time) {
	if p.days > 1 {
		for at := p.from; !at.After(p.to); _, at = history.DayOf(at, p.zone) {
			starts = append(starts, at)
		}
		return starts
	}
	const usualFirst, usualLast = 8, 17
	first, last := usualFirst, usualLast
	note := func(at int64) {
		hour := time.Unix(at, 0).In(p.zone).Hour()
		first, last = min(first, hour), max(last, hour)
	}
	for at := range t {
		note(at)
	}
	for at := range before {
		note(at)
	}
	if p.now.Before(p.to) {
		note(p.now.Unix())
	}
	end := p.to
	for at := p.from; at.Before(p.to); at = at.Add(time.Hour) {
		if hour := at.In(p.zone).Hour(); hour >= first && hour <= last {
			starts = append(starts, at)
			end = at.Add(time.Hour)
		}
	}
	return append(starts, end)
}

// weekBefore is the same time of day a week before.
func (p *past) weekBefore(t time.Time) time.Time { return t.In(p.zone).AddDate(0, 0, -7) }

// weekAgo counts the same weekday a week before, of a page of one day; nil if
// nothing of it is kept.
func (p *past) weekAgo(ctx context.Context) (tally, error) {
	from, to := p.weekBefore(p.from), p.weekBefore(p.to)
	if p.days > 1 || p.begun.IsZero() || !p.begun.Before(to) {
		return nil, nil
	}
	return p.count(ctx, from, to)
}

// slotOf is one bar before it is drawn.
func (p *past) slotOf(from, to time.Time, t, before tally, open bool, of int) views.ChartSlot {
	w, hw := p.words, &p.words.OnHistory
	n := t[from.Unix()]
	local := from.In(p.zone)
	s := views.ChartSlot{Answered: n.answered, Unanswered: n.unanswered, Open: n.lost, Before: -1}
	b := &s.Bar
	future := !from.Before(p.now) || !p.begun.IsZero() && !p.begun.Before(to) // still to come, or not kept: unknown either way
	running := !future && p.now.Before(to)
	value := p.counted(n.all(), from, to)
	if p.days > 1 {
		b.Row, b.URL = w.Day(local), p.span(local.Format(time.DateOnly), "")
		b.Name, b.Minor = p.dayName(local, of)
	} else {
		next := to.In(p.zone)
		b.Name, b.Row = local.Format("15"), sprintf(hw.HourFmt, local.Format("15:04"), next.Format("15:04"))
		b.Minor = of > 14 && local.Hour()%2 == 1
		b.URL = p.span(stamp(local), stamp(next))
		b.Chosen = p.filter.From.Equal(from) && p.filter.To.Equal(to)
		if b.Chosen {
			b.URL = p.span(p.from.In(p.zone).Format(time.DateOnly), "") // once more shows the day again
		}
	}
	b.Title = sprintf(hw.BarFmt, b.Row, value, w.Count(n.answered), w.Count(n.unanswered))
	if n.lost > 0 {
		b.Title += ", " + sprintf(hw.BarOpenFmt, w.Count(n.lost))
	}
	if p.least(from, to) && !future {
		b.Title += ", " + hw.BarGap
	}
	b.Running = running
	switch {
	case future:
		value = "–"
	case running:
		b.Value = sprintf(hw.SoFarFmt, value)
		b.Title += ", " + p.words.OnLines.SoFar
	case n.all() > 0 || p.least(from, to):
		b.Value = value
	}
	b.Cells = []string{value, w.Count(n.answered), w.Count(n.unanswered)}
	if future {
		b.Cells = []string{"–", "–", "–"}
	}
	if open {
		b.Cells = append(b.Cells, w.Count(n.lost))
	}
	if before != nil {
		at, end := p.weekBefore(from), p.weekBefore(to)
		cell := "–"
		if p.begun.Before(end) {
			s.Before = before[at.Unix()].all()
			cell = p.counted(s.Before, at, end)
		}
		b.Cells = append(b.Cells, cell)
	}
	return s
}

// stamp is a moment as the address of the page has it: with its offset where the
// clock shows an hour twice or not at all, else without.
func stamp(local time.Time) string {
	plain := local.Format("2006-01-02T15:04")
	if again, err := time.ParseInLocation("2006-01-02T15:04", plain, local.Location()); err == nil && again.Equal(local) {
		return plain
	}
	return local.Format(time.RFC3339)
}

// dayName is what stands below the bar of a day: every day of few, of many the
// Mondays.
func (p *past) dayName(local time.Time, of int) (name string, minor bool) {
	switch {
	case of <= 8:
		return p.words.Day(local), of > 4 && local.Weekday()%2 == 0
	case of <= 33:
		return strconv.Itoa(local.Day()), local.Weekday() != time.Monday
	case local.Weekday() == time.Monday && of <= 120:
		_, week := local.ISOWeek()
		return p.words.ShortDay(local), week%3 != 0
	case local.Day() == 1:
		return p.words.ShortDay(local), local.Month()%3 != 1
	}
	return "", false
}

// hatches are the gaps between two moments, as places of the chart.
func (p *past) hatches(from, to time.Time) (out []views.ChartGap) {
	hw := &p.words.OnHistory
	length := to.Sub(from)
	gaps := slices.DeleteFunc(slices.Clone(p.gaps), func(g history.Gap) bool { return !g.To.IsZero() && !g.To.After(p.begun) })
	place := func(t time.Time) int { return int(min(max(t.Sub(from), 0), length) * 1000 / length) }
	free := 0                // up to where labels stand
	if p.begun.After(from) { // not kept, which is not none
		x := max(place(p.begun), 9)
		g := views.ChartGap{Width: x, Title: hw.NotKept}
		if x > 90 {
			g.Inside, free = hw.NotKept, x
		}
		out = append(out, g)
	}
	for _, g := range gaps {
		end := g.To
		open := end.IsZero() || end.After(p.now)
		if open {
			end = p.now
		}
		if !g.From.Before(to) || !end.After(from) || g.From.After(p.now) {
			continue
		}
		local := g.From.In(p.zone)
		at := local.Format("15:04")
		if p.days > 1 {
			at = p.words.Day(local) + " " + at
		}
		label := sprintf(hw.GapFmt, at, views.FormatAge(end.Sub(g.From), open))
		const thin = 9
		hatch := views.ChartGap{X: place(g.From), Title: label}
		hatch.Width = max(place(end)-hatch.X, thin)
		if hatch.X+hatch.Width > 1000 {
			hatch.X = 1000 - hatch.Width
		}
		const room = 140 // of a label
		switch {
		case p.days > 1:
		case hatch.X+hatch.Width+room <= 1000 && hatch.X >= free:
			hatch.Label, free = label, hatch.X+hatch.Width+room
		case hatch.X-room >= free:
			hatch.Label, hatch.Before, free = label, true, hatch.X
		}
		out = append(out, hatch)
	}
	return out
}

// sums is the sentence above the chart: "Until 13:10: ≥ 149, last Tuesday 137".
func (p *past) sums(ctx context.Context, all count) ([]views.ChartSum, error) {
	hw := &p.words.OnHistory
	until := p.to
	word := hw.InAll + ":"
	if p.now.Before(p.to) {
		until = p.now
	}
	if p.now.Before(p.to) && p.days == 1 {
		word = sprintf(hw.UntilFmt, p.now.In(p.zone).Format("15:04"))
	}
	sums := []views.ChartSum{{Word: word, Value: p.counted(all.all(), p.from, until), URL: p.explained(ctx, p.from, p.to, all.all())}}
	if _, plain := p.plain(); plain && p.now.Before(p.to) {
		if n := p.s.Hub.StillUp(hub.Query{Line: p.filter.Line, Team: p.filter.Team, Lens: p.q.Lens}); n > 0 {
			sums = append(sums, views.ChartSum{Word: hw.GoingOn, Value: p.words.Count(n), URL: around(p.q, hub.PageBoard)})
		}
	}
	from, to := p.weekBefore(p.from), p.weekBefore(until)
	name := sprintf(hw.LastWeekdayFmt, p.words.Calendar.Weekdays[p.from.In(p.zone).Weekday()])
	switch {
	case p.days == 7:
		name = hw.WeekBefore
	case p.days > 1:
		return sums, nil
	}
	if p.begun.IsZero() || p.begun.After(from) {
		return sums, nil
	}
	f := p.unpaged()
	f.From, f.To = from, to
	n, err := p.rec.Count(ctx, f)
	return append(sums, views.ChartSum{Word: name, Value: p.counted(n, from, to), URL: p.explained(ctx, p.weekBefore(p.from), p.weekBefore(p.to), n)}), err
}

// explained is where a count of whole days is explained, or its calls are: a
// choice that the page of numbers does not know has only the latter, as have
// days with calls that are listed and not counted, because they were up before
// Callboard watched.
func (p *past) explained(ctx context.Context, from, to time.Time, n int) string {
	first, last := from.In(p.zone).Format(time.DateOnly), to.Add(-time.Second).In(p.zone).Format(time.DateOnly)
	f := &p.filter
	scope, plain := p.plain()
	if !plain || daysBetween(from, to) > hub.MostDays {
		return p.span(first, last)
	}
	if !p.now.Before(to) {
		hours, err := p.rec.Hours(ctx, from, to, scope)
		for i := range hours {
			n -= hours[i].Offered
		}
		if err != nil || n != 0 {
			return p.span(first, last)
		}
	}
	q := hub.Query{Page: hub.PageNumbers, Number: "offered", Line: f.Line, Team: f.Team, Lang: p.q.Lang, Theme: p.q.Theme, Mask: p.q.Mask}
	if !p.now.Before(to) {
		q.Day = first
		if last != first {
			q.Day += ".." + last
		}
	}
	return q.URL()
}
