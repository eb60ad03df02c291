package state

import (
	"slices"
	"time"
)

// create opens a call from its first event.
func (b *Board) create(ev *Event, sig signature, phase Phase) *record {
	r := b.open(ev.CallID, phase)
	r.date, r.seg, r.rang = ev.Date, sig, phase == Ringing
	c := &r.call
	c.Caller, c.Callee, c.Line = ev.Caller, ev.Callee, ev.Line
	b.name(&c.Caller)
	b.name(&c.Callee)
	c.LineName = b.lines[ev.Line]
	legs := make([]Leg, 0, 3) // calls that come in often ring at a second telephone
	legState := LegRinging
	if phase == Talking {
		legState = LegConnected
		c.ConnectedAt, c.PairSince = b.now, b.now
		// The ringing was not witnessed, so the start is the PBX's word.
		if start, ok := b.believe(ev.Date); ok {
			c.StartedAt = start
		} else {
			c.StartAtLeast = true
		}
	}
	if !ev.Caller.Blank() || ev.Caller.FlowID != "" {
		l := Leg{Side: CallerSide, Party: c.Caller, State: legState, Since: c.StartedAt}
		if phase == Talking {
			l.Answered = b.now
		}
		legs = append(legs, l)
	}
	if !ev.Callee.Blank() || ev.Callee.FlowID != "" || ev.Line != "" {
		l := Leg{Side: CalleeSide, Party: c.Callee, State: legState, Since: c.StartedAt}
		if phase == Talking {
			l.Answered = b.now
		}
		legs = append(legs, l)
	}
	c.Legs = legs
	b.direct(r)
	b.joinJourney(r)
	if phase == Talking {
		b.talks(r)
	}
	return r
}

// fill completes what is blank in a call from a further event about it.
func (b *Board) fill(r *record, ev *Event, sig signature) {
	c := &r.call
	r.seg = r.seg.filled(sig)
	if r.date.IsZero() {
		r.date = ev.Date
	}
	changed := b.fillSide(r, CallerSide, &ev.Caller)
	changed = b.fillSide(r, CalleeSide, &ev.Callee) || changed
	if c.Line == "" && ev.Line != "" {
		c.Line, c.LineName, changed = ev.Line, b.lines[ev.Line], true
	}
	changed = b.startKnown(c, ev.Date) || changed
	if changed {
		b.touch(r)
		b.direct(r)
		b.joinJourney(r)
	}
}

// startKnown takes the PBX's date for the start of a call that was up already
// when it was first seen.
func (b *Board) startKnown(c *Call, date time.Time) bool {
	if !c.StartAtLeast {
		return false
	}
	start, ok := b.believe(date)
	if !ok || !start.Before(c.StartedAt) {
		return false
	}
	c.StartedAt, c.StartAtLeast = start, false
	return true
}

// fillSide merges an event's party into the present one of a side and its leg.
func (b *Board) fillSide(r *record, side Side, p *Party) bool {
	c := &r.call
	present := &c.Caller
	if side == CalleeSide {
		present = &c.Callee
	}
	if p.Blank() && p.FlowID == "" && p.Name == "" {
		return false
	}
	merged := *present
	if !fits(b.key(&merged), b.key(p)) || !merge(&merged, p) {
		return false
	}
	b.name(&merged)
	i := b.findLeg(c.Legs, side, present)
	if i < 0 {
		i = b.findLeg(c.Legs, side, p)
	}
	*present = merged
	legs := r.legs(1)
	if i >= 0 {
		legs[i].Party = merged
	} else {
		late := Leg{Side: side, Party: merged, State: LegConnected, Since: b.now}
		if c.Phase == Ringing {
			late.State = LegRinging
		}
		legs, _ = addLeg(legs, late)
	}
	c.Legs = legs
	return true
}

// rings adds a phone that rings, or fills in one that is known; it reports
// whether there was anything new.
func (b *Board) rings(r *record, ev *Event, sig signature) bool {
	c := &r.call
	if r.date.IsZero() {
		r.date = ev.Date
	}
	news := b.fillSide(r, CallerSide, &ev.Caller)
	if c.Line == "" && ev.Line != "" {
		c.Line, c.LineName, news = ev.Line, b.lines[ev.Line], true
	}
	if !ev.Callee.Blank() || ev.Callee.FlowID != "" {
		legs := c.Legs
		i := b.findLeg(legs, CalleeSide, &ev.Callee)
		switch {
		case i < 0 || legs[i].State == LegGone && ev.Callee.FlowID != "" && legs[i].Party.FlowID != ev.Callee.FlowID:
			if len(legs) < legCap { // behind the end of what readers were given
				legs, i = append(legs, Leg{Side: CalleeSide, State: LegRinging, Since: b.now}), len(legs)
				legs[i].Party = ev.Callee
				b.name(&legs[i].Party)
			} else {
				legs, i = addLeg(r.legs(1), Leg{Side: CalleeSide, Party: b.named(&ev.Callee), State: LegRinging, Since: b.now})
			}
			c.Legs, news = legs, true
			r.changedAt = b.now
			c.Callee = legs[i].Party
			r.seg.callee, r.seg.calleeFlow = sig.callee, sig.calleeFlow
		case legs[i].State == LegGone: // late news of a phone that stopped
		default:
			merged := legs[i].Party
			if merge(&merged, &ev.Callee) {
				b.name(&merged)
				legs = r.legs(0)
				legs[i].Party = merged
				c.Legs, news = legs, true
				c.Callee = legs[i].Party
				r.seg = r.seg.filled(sig)
				r.seg.callee = b.key(&c.Callee)
			}
		}
	}
	if news {
		b.touch(r)
		b.direct(r)
		b.joinJourney(r)
	}
	return news
}

// answer turns a ringing call into a conversation.
func (b *Board) answer(r *record, ev *Event, sig signature) {
	c := &r.call
	c.Phase, c.ConnectedAt, c.PairSince = Talking, b.now, b.now
	b.startKnown(c, ev.Date)
	if r.date.IsZero() {
		r.date = ev.Date
	}
	if c.Line == "" && ev.Line != "" {
		c.Line, c.LineName = ev.Line, b.lines[ev.Line]
	}
	legs := r.legs(0)
	legs = b.connectLeg(legs, CallerSide, &ev.Caller, &c.Caller)
	legs = b.connectLeg(legs, CalleeSide, &ev.Callee, &c.Callee)
	// The line's own leg is a queue; whoever answered took the call out of it.
	for i := range legs {
		if l := &legs[i]; l.Side == CalleeSide && l.State == LegRinging && b.isLine(&l.Party, c.Line) {
			l.State, l.Until = LegGone, b.now
		}
	}
	// A call has one caller: whoever else called has handed it on.
	if talks := presentLeg(legs, CallerSide); talks >= 0 && legs[talks].State == LegConnected {
		for i := range legs {
			if l := &legs[i]; l.Side == CallerSide && l.State == LegRinging {
				l.State, l.Until = LegGone, b.now
			}
		}
	}
	if anyRings(legs) {
		r.linger = b.now.Add(otherLegsLinger)
	}
	c.Legs = legs
	seg := sig
	if sig.callee == "" && sig.calleeFlow == "" {
		seg.callee, seg.calleeFlow = b.key(&c.Callee), c.Callee.FlowID
	}
	seg = seg.filled(signature{r.seg.callerFlow, c.Callee.FlowID, r.seg.caller, b.key(&c.Callee)})
	r.seg = seg
	r.changedAt = b.now
	b.touch(r)
	b.direct(r)
	b.joinJourney(r)
	b.talks(r)
}

// anyRings reports that a phone still rings.
func anyRings(legs []Leg) bool {
	for i := range legs {
		if legs[i].Side == CalleeSide && legs[i].State == LegRinging {
			return true
		}
	}
	return false
}

// connectLeg marks the leg of the party that talks on a side, adds it if it
// was not known, and makes it the present party. An event that leaves the side
// out means the only leg there is.
func (b *Board) connectLeg(legs []Leg, side Side, p, present *Party) []Leg {
	i := -1
	if p.Blank() && p.FlowID == "" {
		i = presentLeg(legs, side)
	} else if i = b.findLeg(legs, side, p); i < 0 || legs[i].State == LegGone && p.FlowID != legs[i].Party.FlowID {
		legs, i = addLeg(legs, Leg{Side: side, Party: b.named(p), Since: b.now})
	}
	if i < 0 {
		return legs
	}
	l := &legs[i]
	merge(&l.Party, p)
	b.name(&l.Party)
	if l.State != LegConnected || l.Answered.IsZero() {
		l.Answered = b.now
	}
	l.State = LegConnected
	l.Missed = false
	*present = l.Party
	return legs
}

// switchTo makes another pair of parties the present conversation of a call
// (callConnected / CONNECTED): a transfer under the same id. Talk goes on for
// the customer, so ConnectedAt stays.
func (b *Board) switchTo(r *record, ev *Event, sig signature) {
	c := &r.call
	b.spoken(r, true)
	oldCaller, oldCallee := c.Caller, c.Callee
	r.former = append(r.former, r.seg)
	legs := r.legs(2)
	legs, callerLeft := b.replaceSide(legs, CallerSide, &ev.Caller, &c.Caller)
	legs, calleeLeft := b.replaceSide(legs, CalleeSide, &ev.Callee, &c.Callee)
	c.Legs = legs
	r.seg = sig.filled(signature{c.Caller.FlowID, c.Callee.FlowID, b.key(&c.Caller), b.key(&c.Callee)})
	r.halfAt = time.Time{}
	if callerLeft || calleeLeft { // who is no longer there has handed the call on
		b.passed(r, nil)
		c.Transferred, c.Former = true, oldCallee
		if k := b.key(&oldCallee); k == r.seg.caller || k == r.seg.callee {
			c.Former = oldCaller
		}
	}
	c.PairSince = b.now
	b.touch(r)
	b.direct(r)
	b.joinJourney(r)
	b.talks(r)
}

// replaceSide makes p the present party of a side; the leg of the former one
// is gone. It reports whether there was a change of person.
func (b *Board) replaceSide(legs []Leg, side Side, p, present *Party) ([]Leg, bool) {
	if p.Blank() || b.key(p) == b.key(present) {
		i := presentLeg(legs, side)
		if i >= 0 {
			merge(&legs[i].Party, p)
			*present = legs[i].Party
		}
		return legs, false
	}
	for i := range legs {
		if legs[i].Side == side && legs[i].State != LegGone {
			legs[i].State, legs[i].Until = LegGone, b.now
		}
	}
	legs, i := addLeg(legs, Leg{Side: side, Party: b.named(p), State: LegConnected, Since: b.now, Answered: b.now})
	had := b.key(present) != ""
	*present = legs[i].Party
	return legs, had
}

// isFormer reports that sig means a conversation that the call has left.
func (r *record) isFormer(sig signature) bool {
	return slices.ContainsFunc(r.former, func(f signature) bool { return f.agrees(sig) })
}

// closeFormer takes the former conversation that sig means off the list of
// those whose hang-up is still due.
func (r *record) closeFormer(sig signature) (signature, bool) {
	i := slices.IndexFunc(r.former, func(f signature) bool { return f.agrees(sig) })
	if i < 0 {
		return signature{}, false
	}
	f := r.former[i]
	r.former = slices.Delete(r.former, i, i+1)
	return f, true
}

// direct derives the direction from which sides are colleagues.
func (b *Board) direct(r *record) {
	c := &r.call
	d := Unknown
	switch caller, callee := b.inside(&c.Caller), b.inside(&c.Callee); {
	case caller && callee:
		d = Internal
	case caller:
		d = Outbound
	case callee:
		d = Inbound
	}
	if d != c.Direction {
		c.Direction = d
		b.touch(r)
	}
}

// customerUser is the colleague of a conversation with somebody outside.
func (b *Board) customerUser(r *record) string {
	switch r.call.Direction {
	case Inbound:
		return b.key(&r.call.Callee)
	case Outbound:
		return b.key(&r.call.Caller)
	}
	return ""
}

// silent takes a call off the list of those in which somebody talks to a
// customer.
func (b *Board) silent(r *record) {
	if r.talksAs == "" {
		return
	}
	if b.talking[r.talksAs] == r {
		delete(b.talking, r.talksAs)
	}
	r.talksAs = ""
}

// talks looks whether a colleague who now talks to a customer seems to talk to
// another one already: then one of the two hang-ups was probably lost. A
// consultation outside looks the same, so the older call is only watched for a
// minute.
func (b *Board) talks(r *record) {
	u := b.customerUser(r)
	if u == "" {
		return
	}
	if r.call.Direction == Inbound {
		b.ofUser(u).answered++
	}
	b.silent(r)
	prev := b.talking[u]
	b.talking[u], r.talksAs = r, u
	if prev == nil || prev == r || !prev.live || prev.call.Phase != Talking || b.customerUser(prev) != u {
		return
	}
	if prev.journey == r.journey || prev.excused >= r.call.Seq {
		return
	}
	prev.rival, prev.rivalAt = r.call.Seq, b.now
	b.reschedule(prev)
}
