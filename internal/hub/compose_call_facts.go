package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// callFacts are what a person wants to know of a call at a glance.
func (c *composer) callFacts(h *state.History, parts []lanePart) []views.Fact {
	w, on, call := c.words, &c.words.OnCall, &h.Call
	started := c.clock(call.StartedAt)
	if call.StartAtLeast && !call.StartedAt.IsZero() {
		started = sprintf(on.AtLatestFmt, started)
	}
	facts := []views.Fact{
		{Label: w.Started, Value: started},
		{Label: w.Line, Value: c.line(call)},
		{Label: w.Direction, Value: on.Directions[call.Direction]},
	}
	if waited := c.waited(h); waited != "" {
		facts = append(facts, views.Fact{Label: w.Waited, Value: waited})
	}
	facts = append(facts, c.talks(parts)...)
	gone := 0
	for i := range call.Legs {
		if call.Legs[i].State == state.LegGone {
			gone++
		}
	}
	legs := views.Fact{Label: w.Legs, Value: strconv.Itoa(len(call.Legs))}
	if gone > 0 && h.Live {
		legs.Value = spaced(legs.Value, on.LegsGone.Of(gone))
	}
	facts = append(facts, legs, views.Fact{Label: on.GapsTouched, Value: c.gapsTouched(parts)}, views.Fact{Label: on.CountsAs, Value: c.countsAs(parts)})
	if !h.Live && h.PBXDuration >= 0 {
		facts = append(facts, views.Fact{Label: on.PBXDuration, Value: c.durationOf(h.PBXDuration)})
	}
	return facts
}

// waited is how long the call has rung; empty where that is not known. While
// it rings the number at the top runs.
func (c *composer) waited(h *state.History) string {
	on, call := &c.words.OnCall, &h.Call
	if call.StartedAt.IsZero() || call.Transferred || call.TalkAtLeast {
		return ""
	}
	if call.ConnectedAt.IsZero() {
		switch {
		case h.Live && call.Phase == state.Ringing:
			return on.StillWaiting
		case h.Live:
			return ""
		}
		return sprintf(on.NotAnsweredFmt, lengthFrom(call.StartedAt, h.EndedAt, call.StartAtLeast || h.Outcome != state.EndedHungUp))
	}
	length := lengthFrom(call.StartedAt, call.ConnectedAt, call.StartAtLeast)
	if call.Direction != state.Inbound {
		return length
	}
	return sprintf(on.WaitedLimitFmt, length, views.FormatAge(c.p.setup.Rules.Ringing.Age(), false))
}

// talks are with whom the customer talked, and how long.
func (c *composer) talks(parts []lanePart) []views.Fact {
	on := &c.words.OnCall
	type talk struct {
		who   string
		since time.Time
	}
	seen := map[talk]bool{}
	var facts []views.Fact
	for _, p := range parts {
		for i := range p.call.Legs {
			leg := &p.call.Legs[i]
			at := answeredAt(p.call, leg)
			k := talk{personOf(leg.Party), at}
			if leg.Side == state.CallerSide || at.IsZero() || seen[k] || p.call.Direction == state.Internal && len(parts) > 1 {
				continue
			}
			seen[k] = true
			party := c.named(leg.Party)
			who := c.called(party)
			if party.User != "" {
				who = c.firstName(party)
			}
			f := views.Fact{Label: sprintf(on.WithFmt, who), Dashed: leg.Inferred && !p.proven || !p.doubt.IsZero() && leg.Until.IsZero()}
			switch {
			case leg.Until.IsZero() && p.live:
				f.Value = sprintf(on.SinceFmt, c.clock(at))
			case leg.Until.IsZero():
				f.Value = lengthFrom(at, p.end, p.call.TalkAtLeast)
				if p.lost && p.doubt.After(at) {
					f.Value = lengthFrom(at, p.doubt, true)
				}
			default:
				f.Value = lengthFrom(at, leg.Until, p.call.TalkAtLeast && at.Equal(p.call.ConnectedAt))
			}
			facts = append(facts, f)
		}
	}
	return facts
}

// gapsTouched counts the interruptions of the feed during the journey.
func (c *composer) gapsTouched(parts []lanePart) string {
	var start, end time.Time
	for _, p := range parts {
		start = earlier(start, p.call.StartedAt)
		if p.end.After(end) {
			end = p.end
		}
	}
	gaps := c.gapsWithin(start, end)
	if len(gaps) == 0 {
		return c.words.None
	}
	var length time.Duration
	open := false
	for _, g := range gaps {
		if g.To.IsZero() {
			open = true
			continue
		}
		length += g.To.Sub(g.From)
	}
	return spaced(c.words.OnCall.Gaps.Of(len(gaps)), views.FormatAge(length, open))
}

// countsAs says what the journey is in today's numbers: one call, however
// often it was handed on.
func (c *composer) countsAs(parts []lanePart) string {
	on := &c.words.OnCall
	in, out, talked, live, lost := false, false, false, false, false
	for _, p := range parts {
		switch p.call.Direction {
		case state.Internal:
			continue
		case state.Outbound:
			out = true
		default:
			in = true
		}
		talked = talked || !p.call.ConnectedAt.IsZero()
		live = live || p.live
		lost = p.lost
	}
	switch {
	case in && talked:
		return on.CountsAnswered
	case in && live:
		return on.CountsWaiting
	case in && lost:
		return on.NoLonger
	case in:
		return on.CountsUnanswered
	case out:
		return on.CountsOutbound
	}
	return on.CountsInternal
}

// records are what the PBX files the call under: its ids, the logs of both
// sides, and the contact of a synchronised customer system.
func (c *composer) records(h *state.History) []views.Fact {
	on, call := &c.words.OnCall, &h.Call
	var facts []views.Fact
	add := func(label, value string, copied bool) {
		value = views.CleanSentence(value)
		if value == "" {
			return
		}
		f := views.Fact{Label: label, Value: value}
		if copied {
			f.Copy = value
		}
		if slices.Contains(facts, f) {
			return
		}
		facts = append(facts, f)
	}
	for _, p := range []*state.Party{&call.Caller, &call.Callee} {
		if p.SyncID != "" && !c.look.masked() {
			add(cmp.Or(views.CleanText(p.SyncSource), on.Contact), p.SyncID, true)
		}
	}
	add(on.CallLogCaller, call.Caller.CallLog, true)
	add(on.CallLogCallee, call.Callee.CallLog, true)
	for i := range h.Entries {
		if raw := h.Entries[i].Event.Initiation; raw != "" {
			add(on.Began, raw, false)
			break
		}
	}
	add(on.CallID, call.CallID, true)
	return facts
}

func (c *composer) legRows(h *state.History) []views.LegRow {
	w, on := c.words, &c.words.OnCall
	rows := make([]views.LegRow, 0, len(h.Call.Legs))
	for i := range h.Call.Legs {
		leg := &h.Call.Legs[i]
		if !h.Live && leg.State != state.LegGone { // the end of the call was the end of its legs
			over := *leg
			over.State, over.Until = state.LegGone, h.EndedAt
			leg = &over
		}
		row := views.LegRow{
			Side: w.Caller, Party: c.party(leg.Party), Mark: legMark(leg),
			Since: c.clock(leg.Since), Answered: c.clock(leg.Answered), Until: c.clock(leg.Until),
		}
		if leg.Side == state.CalleeSide {
			row.Side = w.Callee
		}
		switch {
		case leg.State == state.LegRinging && leg.Side == state.CallerSide:
			row.State = on.Calling
		case leg.State == state.LegRinging:
			row.State = on.Ringing
		case leg.State == state.LegConnected:
			row.State = on.Talking
		default:
			row.State = on.Gone
		}
		switch {
		case leg.Inferred:
			row.Note = on.NoteInferred
		case leg.Missed:
			row.Note = on.NoteMissed
		case h.Call.Legs[i].State == state.LegGone && leg.Answered.IsZero() && leg.Side == state.CalleeSide:
			row.Note = on.NoteStopped
		}
		rows = append(rows, row)
	}
	return rows
}
