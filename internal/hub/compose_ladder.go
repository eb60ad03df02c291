package hub

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

const (
	// huntPause is the silence after which further ringing of the same call is
	// another hunt: a transfer under the same id, not the next telephone.
	huntPause = 30 * time.Second
	// together is how far apart the answer of one telephone and the end of the
	// ringing of the others are told.
	together = time.Second
)

// A hunt is the search of one call for somebody who answers.
type hunt struct {
	call  *state.Call
	first bool // of the journey
	from  time.Time
	to    time.Time // latest end of its ringing so far
	rings []rung
}

// A rung is one telephone that rang once.
type rung struct {
	party    state.Party
	from, to time.Time
	atLeast  bool // it rang before from, too
	untold   bool // when it rang was not told
	kind     string
	answered bool
	running  bool
	outcome  string
	age      views.Age
}

// ladders says of all calls of a journey who was rung, from when to when, and
// what came of it. A call that grew out of another tells that one's legs
// again: those are left out.
func (c *composer) ladders(parts []lanePart, h *state.History) []views.Ladder {
	type key struct {
		who   string
		since time.Time
	}
	seen, known := map[key]bool{}, map[string]bool{}
	var hunts []*hunt
	for _, p := range parts {
		var open *hunt // of this call
		for j := range p.call.Legs {
			leg := &p.call.Legs[j]
			k := key{personOf(leg.Party), leg.Since}
			if leg.Side == state.CallerSide || leg.Since.IsZero() || leg.Inferred || c.isQueue(leg.Party, h) || seen[k] {
				continue
			}
			seen[k] = true
			r := c.rungOf(p, leg)
			if r.answered && r.untold && known[k.who] {
				continue // was in the talk before already: a transfer rings nobody twice
			}
			known[k.who] = true
			if open == nil || r.from.Sub(open.to) > huntPause {
				open = &hunt{call: p.call, first: len(hunts) == 0, from: r.from, to: r.to}
				hunts = append(hunts, open)
			}
			open.rings = append(open.rings, r)
			open.from = earlier(open.from, r.from)
			if r.to.After(open.to) {
				open.to = r.to
			}
		}
	}
	slices.SortStableFunc(hunts, func(a, b *hunt) int { return a.from.Compare(b.from) })
	ladders := make([]views.Ladder, 0, len(hunts))
	for _, hunt := range hunts {
		ladders = append(ladders, c.ladder(hunt))
	}
	return ladders
}

// personOf is who a party is, whatever is known of it.
func personOf(p state.Party) string {
	if p.User == "" && strings.HasPrefix(p.Addressable, "#") { // of a lens: equal masks of two people
		return p.Addressable
	}
	return cmp.Or(p.Key(), p.Name, p.FlowID)
}

// isQueue reports a leg that is no telephone: the line itself in which a call
// waits, or nobody yet.
func (c *composer) isQueue(p state.Party, h *state.History) bool {
	return p.Key() == "" && p.Name == "" || p.User == "" && p.Number != "" && slices.Contains(h.LineNumbers, p.Number)
}

// rungOf says what came of one telephone's ringing.
func (c *composer) rungOf(p lanePart, leg *state.Leg) rung {
	w, call := &c.words.OnCall, p.call
	missed := leg.Missed || p.missed[personOf(leg.Party)]
	r := rung{
		party: c.named(leg.Party), from: leg.Since, kind: "rang",
		atLeast: call.FromSnapshot || call.StartAtLeast && leg.Since.Equal(call.StartedAt),
	}
	gone := leg.State == state.LegGone && !leg.Until.IsZero()
	r.to = p.end
	if gone {
		r.to = leg.Until
	}
	length := func() string { return lengthFrom(r.from, r.to, r.atLeast) }
	if at := answeredAt(call, leg); !at.IsZero() {
		r.to, r.kind, r.answered = at, "rings", true
		if r.outcome = w.RingUntold; r.to.After(r.from) {
			r.outcome = sprintf(w.AnsweredAfterFmt, length())
		} else {
			r.untold, r.to = true, r.from
		}
		return r
	}
	taker, taken := c.takerOf(call, leg)
	switch {
	case !taken.IsZero() && !(p.live && !gone) && !r.to.Before(taken.Add(-together)):
		// No telephone rings on once another one has the call: what says that it
		// stopped may come later.
		r.to = earlier(r.to, taken)
		if r.to.Before(r.from) {
			r.to = r.from
		}
		r.outcome = sprintf(w.StoppedFmt, length(), taker)
	case gone && !r.to.After(r.from):
		r.untold, r.outcome = true, w.RangUntold
	case !gone && p.live && call.Confidence != state.Confirmed:
		r.kind = "unproven"
		if !p.doubt.IsZero() && p.doubt.After(r.from) {
			r.to = p.doubt
		}
		r.outcome = sprintf(w.EndUnseenFmt, length())
		return r
	case !gone && p.live:
		r.kind, r.running, r.outcome, r.age = "rings", true, w.StillRinging, age(r.from, r.atLeast, c.moment)
	case !gone && p.lost:
		r.kind, r.outcome = "unproven", sprintf(w.EndUnseenFmt, length())
	case !gone || !p.live && !r.to.Before(p.end.Add(-together)):
		r.outcome = sprintf(w.UntilEndFmt, length())
	case missed:
		r.outcome = sprintf(w.MissedAtFmt, length())
		return r
	default:
		r.outcome = sprintf(w.LetRingFmt, length())
	}
	if missed {
		r.outcome += w.MissedToo
	}
	return r
}

// takerOf is who answered a call first after one of its telephones began to
// ring, and when; zero if nobody else did.
func (c *composer) takerOf(call *state.Call, leg *state.Leg) (who string, at time.Time) {
	for i := range call.Legs {
		o := &call.Legs[i]
		if o == leg || o.Side == state.CallerSide || o.Inferred {
			continue
		}
		if t := answeredAt(call, o); t.After(leg.Since) && (at.IsZero() || t.Before(at)) {
			party := c.named(o.Party)
			if who, at = c.called(party), t; party.User != "" {
				who = c.firstName(party)
			}
		}
	}
	return who, at
}

// ladder draws one hunt.
func (c *composer) ladder(h *hunt) views.Ladder {
	w := &c.words.OnCall
	slices.SortStableFunc(h.rings, func(a, b rung) int { return a.from.Compare(b.from) })
	out := views.Ladder{Now: -1}
	if !h.first {
		format := w.RungByFmt
		if h.call.Caller.User == "" { // a customer who was handed on
			format = w.RungForFmt
		}
		out.Head = sprintf(format, c.called(c.named(h.call.Caller)), c.clock(h.from))
	}
	span := max(h.to.Sub(h.from), 5*time.Second) * 103 / 100
	at := func(t time.Time) int { return int(min(max(t.Sub(h.from)*1000/span, 0), 1000)) }
	rows := map[string]int{}
	var answer time.Time
	var wasted time.Duration
	wastedAtLeast := false
	for _, r := range h.rings {
		key := personOf(r.party)
		row, ok := rows[key]
		if !ok {
			row = len(out.Rungs)
			rows[key] = row
			out.Rungs = append(out.Rungs, views.Rung{Party: c.party(r.party)})
		}
		ring := views.Ring{
			From: at(r.from), To: max(at(r.to), at(r.from)+4), Kind: r.kind, Answer: r.answered,
			When: c.clock(r.from) + " – " + c.clock(r.to), Outcome: r.outcome, Age: r.age,
		}
		switch {
		case r.untold:
			ring.Kind, ring.To, ring.When = "", ring.From, c.clock(r.from)
		case r.running:
			ring.When, out.Now = c.clock(r.from)+" –", at(r.to)
		}
		out.Rungs[row].Rings = append(out.Rungs[row].Rings, ring)
		switch {
		case r.answered:
			answer = earlier(answer, r.to)
		case !r.running:
			wasted += r.to.Sub(r.from)
			wastedAtLeast = wastedAtLeast || r.atLeast || r.untold || r.kind == "unproven"
		}
	}
	if answer.After(h.from) {
		out.Note = sprintf(w.UntilAnsweredFmt, lengthFrom(h.from, answer, h.rings[0].atLeast))
	}
	if wasted >= time.Second {
		note := sprintf(w.WastedFmt, views.FormatAge(wasted, wastedAtLeast))
		out.Note = spaced(out.Note, note)
	}
	out.Ticks = axis(span, 5)
	return out
}
