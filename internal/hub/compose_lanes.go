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
		out.Rows = append(out.Rows, views.Lane{Party: c.party(c.p.named(p))})
		return rows[key]
	}
	for _, p := range parts {
		call, until := p.call, p.end
		caller := lane(call.Caller)
		for j := range call.Legs {
			leg := &call.Legs[j]
			row := lane(leg.Party)
			if row < 0 || leg.Since.IsZero() {
				continue
			}
			out.Rows[row].Bars = append(out.Rows[row].Bars, c.legBars(call, leg, until, at)...)
			if answered := answeredAt(call, leg); leg.Side == state.CalleeSide && !answered.IsZero() && caller >= 0 && caller != row {
				out.Joins = append(out.Joins, views.Join{At: at(answered), From: min(caller, row), To: max(caller, row), Inferred: leg.Inferred})
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
	if !leg.Answered.IsZero() {
		return leg.Answered
	}
	if leg.Side == state.CallerSide || leg.State == state.LegConnected {
		return call.ConnectedAt
	}
	return time.Time{}
}

// legBars are what one leg did: it rang, then it talked.
func (c *composer) legBars(call *state.Call, leg *state.Leg, until time.Time, at func(time.Time) int) []views.LaneBar {
	end := until
	if !leg.Until.IsZero() {
		end = leg.Until
	}
	answered := answeredAt(call, leg)
	other := call.Callee
	if leg.Side == state.CalleeSide {
		other = call.Caller
	}
	var bars []views.LaneBar
	add := func(from, to time.Time, kind, label string) {
		if from.IsZero() || to.Before(from) {
			return
		}
		length := views.FormatAge(to.Sub(from), false)
		bar := views.LaneBar{From: at(from), To: at(to), Kind: kind, Title: label + ", " + length}
		if bar.To-bar.From >= 120 {
			bar.Label = bar.Title
		}
		bar.To = max(bar.To, bar.From+3) // a moment is seen too
		bars = append(bars, bar)
	}
	rungUntil, kind := answered, "rings"
	if answered.IsZero() {
		rungUntil = end
		if leg.State == state.LegGone {
			kind = "rang"
		}
	}
	if rungUntil.After(leg.Since) {
		word := c.words.Ringing
		if leg.Side == state.CallerSide {
			word = c.words.Waited
		}
		add(leg.Since, rungUntil, kind, word)
	}
	if answered.IsZero() {
		return bars
	}
	switch {
	case leg.Inferred || call.Inferred && leg.State == state.LegConnected && answered.Equal(call.Doubt.From):
		kind = "inferred"
	case call.Direction == state.Internal:
		kind = "consult"
	default:
		kind = "talk"
	}
	label := c.words.Talking + " with " + c.called(c.p.named(other))
	if kind == "inferred" {
		label += ", inferred"
	}
	add(answered, end, kind, label)
	return bars
}
