package hub

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"

	"callboard/internal/state"
	"callboard/views"
)

// mostLanes bounds the people drawn; a hunt over a whole company is told by
// the table of legs.
const mostLanes = 12

// tickSteps are the distances of the time axis's marks; the first that gives
// at most eight is used.
var tickSteps = []time.Duration{
	5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour,
}

// lanes draws the journey of a call: a lane for each person, bars for what
// their telephone did, joins where two began to talk.
func (c *composer) lanes(h *state.History, end time.Time) views.Lanes {
	parts := c.laneParts(h, end)
	var start time.Time
	for _, p := range parts {
		start = earlier(start, p.call.StartedAt)
		for j := range p.call.Legs {
			start = earlier(start, p.call.Legs[j].Since)
		}
		if p.end.After(end) {
			end = p.end
		}
	}
	if start.IsZero() || !end.After(start) {
		return views.Lanes{Now: -1}
	}
	span := max(end.Sub(start)*104/100, 10*time.Second) // room for "now" at the right
	at := func(t time.Time) int { return int(min(max(t.Sub(start)*1000/span, 0), 1000)) }

	d := &laneDrawing{c: c, rows: map[string]int{}}
	for _, p := range parts {
		d.part(p, at)
	}
	d.ticks(span)
	d.out.Now = -1
	if h.Live {
		d.out.Now, d.out.NowText = at(end), c.words.Now+" "+views.FormatAge(end.Sub(start), h.Call.StartAtLeast)
	}
	return d.out
}

// A lanePart is one call of a journey.
type lanePart struct {
	call *state.Call
	end  time.Time // of the call; the present while it is up
}

// laneParts are the calls of a journey, oldest first.
func (c *composer) laneParts(h *state.History, end time.Time) []lanePart {
	parts := []lanePart{{&h.Call, end}}
	for i := range h.Parts {
		p := &h.Parts[i]
		part := lanePart{&p.Call, p.EndedAt}
		if p.Live {
			part.end = c.moment
		}
		parts = append(parts, part)
	}
	slices.SortStableFunc(parts, func(a, b lanePart) int { return cmp.Compare(a.call.Seq, b.call.Seq) })
	return parts
}

// A laneDrawing is a journey's picture in the making.
type laneDrawing struct {
	c    *composer
	out  views.Lanes
	rows map[string]int // person → lane
}

// lane is the lane of a party, a new one if need be; -1 where no more fit.
func (d *laneDrawing) lane(p state.Party) int {
	key := cmp.Or(p.Key(), p.Name, p.FlowID)
	if i, ok := d.rows[key]; ok {
		return i
	}
	if len(d.out.Rows) == mostLanes {
		return -1
	}
	d.rows[key] = len(d.out.Rows)
	d.out.Rows = append(d.out.Rows, views.Lane{Party: d.c.party(d.c.named(p))})
	return d.rows[key]
}

// bar puts a bar into a lane. A call that grew out of another tells that one's
// legs again: a bar that begins where one of its kind begins already is left
// out.
func (d *laneDrawing) bar(row int, bar views.LaneBar) {
	if row < 0 {
		return
	}
	for _, b := range d.out.Rows[row].Bars {
		if b.Kind == bar.Kind && b.From == bar.From {
			return
		}
	}
	d.out.Rows[row].Bars = append(d.out.Rows[row].Bars, bar)
}

// part draws one call: the caller's wait, what each callee's telephone did,
// and who talked with whom. at places a moment on the axis.
func (d *laneDrawing) part(p lanePart, at func(time.Time) int) {
	c, call := d.c, p.call
	caller := d.lane(call.Caller)
	if waited, ok := c.waitBar(call, p.end, at); ok {
		d.bar(caller, waited)
	}
	for j := range call.Legs {
		leg := &call.Legs[j]
		if leg.Side == state.CallerSide || leg.Since.IsZero() {
			continue
		}
		row := d.lane(leg.Party)
		for _, bar := range c.legBars(call, leg, p.end, at) {
			d.bar(row, bar)
			if bar.Kind == "rings" || bar.Kind == "rang" {
				continue
			}
			d.bar(caller, c.laneBar(bar.Kind, answeredAt(call, leg), legEnd(leg, p.end), leg.Party, at))
			join := views.Join{At: bar.From, From: min(caller, row), To: max(caller, row), Inferred: bar.Kind == "inferred"}
			if caller >= 0 && row >= 0 && caller != row && !slices.Contains(d.out.Joins, join) {
				d.out.Joins = append(d.out.Joins, join)
			}
		}
	}
}

// ticks marks the time axis.
func (d *laneDrawing) ticks(span time.Duration) {
	step := tickSteps[len(tickSteps)-1]
	for _, s := range tickSteps {
		if span/s <= 8 {
			step = s
			break
		}
	}
	for t := time.Duration(0); t <= span; t += step {
		d.out.Ticks = append(d.out.Ticks, views.Tick{At: int(t * 1000 / span), Text: views.FormatAge(t, false)})
	}
}

// answeredAt is when a leg began to talk; zero if it never did.
func answeredAt(call *state.Call, leg *state.Leg) time.Time {
	if leg.Answered.IsZero() && leg.State == state.LegConnected {
		return call.ConnectedAt
	}
	return leg.Answered
}

// legEnd is when a leg was over, the end of its call if it lasted so long.
func legEnd(leg *state.Leg, end time.Time) time.Time {
	if leg.Until.IsZero() {
		return end
	}
	return leg.Until
}

// waitBar is the time in which the caller heard it ring.
func (c *composer) waitBar(call *state.Call, end time.Time, at func(time.Time) int) (bar views.LaneBar, ok bool) {
	kind, until := "rings", call.ConnectedAt
	if until.IsZero() {
		until = end
		if c.p.calls[call.Seq] == nil {
			kind = "rang"
		}
	}
	if call.Inferred || call.StartedAt.IsZero() || !until.After(call.StartedAt) {
		return bar, false
	}
	return bounded(views.LaneBar{
		From: at(call.StartedAt), To: at(until), Kind: kind, Title: c.words.Waited + ", " + views.FormatAge(until.Sub(call.StartedAt), false),
	}), true
}

// legBars are what a callee's leg did: it rang, then it talked.
func (c *composer) legBars(call *state.Call, leg *state.Leg, end time.Time, at func(time.Time) int) []views.LaneBar {
	end = legEnd(leg, end)
	answered := answeredAt(call, leg)
	rung, kind := answered, "rings"
	if answered.IsZero() {
		rung = end
		if leg.State == state.LegGone || c.p.calls[call.Seq] == nil {
			kind = "rang"
		}
	}
	var bars []views.LaneBar
	if rung.After(leg.Since) {
		bars = append(bars, bounded(views.LaneBar{
			From: at(leg.Since), To: at(rung), Kind: kind, Title: c.words.Ringing + ", " + views.FormatAge(rung.Sub(leg.Since), false),
		}))
	}
	if answered.IsZero() || end.Before(answered) {
		return bars
	}
	switch {
	case leg.Inferred:
		kind = "inferred"
	case call.Direction == state.Internal:
		kind = "consult"
	default:
		kind = "talk"
	}
	return append(bars, c.laneBar(kind, answered, end, call.Caller, at))
}

// laneBar is a talk with somebody.
func (c *composer) laneBar(kind string, from, to time.Time, with state.Party, at func(time.Time) int) views.LaneBar {
	length := views.FormatAge(to.Sub(from), false)
	told := func(name string) string {
		text := c.words.Talking + " with " + name
		if kind == "inferred" {
			text += ", inferred"
		}
		return text + ", " + length
	}
	party := c.named(with)
	brief := c.called(party)
	if party.User != "" {
		brief = c.firstName(party)
	}
	bar := bounded(views.LaneBar{From: at(from), To: at(to), Kind: kind, Title: told(c.called(party))})
	for _, label := range []string{told(brief), length} {
		if 20+7*utf8.RuneCountInString(label) <= (bar.To-bar.From)*laneWidth/1000 {
			bar.Label = label
			break
		}
	}
	return bar
}

// laneWidth is the narrowest that lanes are drawn beside a table, in pixels: a
// label must fit its bar there.
const laneWidth = 540

// bounded keeps a moment wide enough to be seen.
func bounded(b views.LaneBar) views.LaneBar {
	b.To = max(b.To, b.From+3)
	return b
}
