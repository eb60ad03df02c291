package hub

import (
	"cmp"
	"slices"
	"time"

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
	type part struct {
		call *state.Call
		end  time.Time // of the call; the present while it is up
	}
	parts := []part{{&h.Call, end}}
	for i := range h.Parts {
		p := &h.Parts[i]
		part := part{&p.Call, p.EndedAt}
		if p.Live {
			part.end = c.moment
		}
		parts = append(parts, part)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.call.Seq, b.call.Seq) })
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

	var out views.Lanes
	rows := map[string]int{}
	lane := func(p state.Party) int {
		key := cmp.Or(p.Key(), p.Name, p.FlowID)
		if i, ok := rows[key]; ok {
			return i
		}
		if len(out.Rows) == mostLanes {
			return -1
		}
		rows[key] = len(out.Rows)
		out.Rows = append(out.Rows, views.Lane{Party: c.party(c.named(p))})
		return rows[key]
	}
	// A call that grew out of another tells that one's legs again: a bar that
	// begins where one of its kind begins already is left out.
	draw := func(row int, bar views.LaneBar) {
		if row < 0 {
			return
		}
		for _, b := range out.Rows[row].Bars {
			if b.Kind == bar.Kind && b.From == bar.From {
				return
			}
		}
		out.Rows[row].Bars = append(out.Rows[row].Bars, bar)
	}
	for _, p := range parts {
		call := p.call
		caller := lane(call.Caller)
		if waited, ok := c.waitBar(call, p.end, at); ok {
			draw(caller, waited)
		}
		for j := range call.Legs {
			leg := &call.Legs[j]
			if leg.Side == state.CallerSide || leg.Since.IsZero() {
				continue
			}
			row := lane(leg.Party)
			for _, bar := range c.legBars(call, leg, p.end, at) {
				draw(row, bar)
				if bar.Kind == "rings" || bar.Kind == "rang" {
					continue
				}
				mirrored := c.laneBar(bar.Kind, answeredAt(call, leg), legEnd(leg, p.end), leg.Party, at)
				draw(caller, mirrored)
				join := views.Join{At: bar.From, From: min(caller, row), To: max(caller, row), Inferred: bar.Kind == "inferred"}
				if caller >= 0 && row >= 0 && caller != row && !slices.Contains(out.Joins, join) {
					out.Joins = append(out.Joins, join)
				}
			}
		}
	}
	step := tickSteps[len(tickSteps)-1]
	for _, s := range tickSteps {
		if span/s <= 8 {
			step = s
			break
		}
	}
	for t := time.Duration(0); t <= span; t += step {
		out.Ticks = append(out.Ticks, views.Tick{At: int(t * 1000 / span), Text: views.FormatAge(t, false)})
	}
	out.Now = -1
	if h.Live {
		out.Now, out.NowText = at(end), c.words.Now+" "+views.FormatAge(end.Sub(start), h.Call.StartAtLeast)
	}
	return out
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
	text := c.words.Talking + " with " + c.called(c.named(with))
	if kind == "inferred" {
		text += ", inferred"
	}
	text += ", " + views.FormatAge(to.Sub(from), false)
	bar := bounded(views.LaneBar{From: at(from), To: at(to), Kind: kind, Title: text})
	if bar.To-bar.From >= 150 {
		bar.Label = text
	}
	return bar
}

// bounded keeps a moment wide enough to be seen.
func bounded(b views.LaneBar) views.LaneBar {
	b.To = max(b.To, b.From+3)
	return b
}
