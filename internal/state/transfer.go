package state

import (
	"slices"
	"time"
)

// An attendant transfer (dossier section 11.1): a customer C talks with A, A
// consults B, A hands C over. The PBX hangs up C–A, then A–B, then A–B once
// more under the same id; whether C–B is announced is not promised. From the
// two ended calls and the doubled hang-up the board infers C–B.

// A weakPair are two ended calls that look like a transfer without its proof,
// the doubled hang-up. If that does not come within the window, the PBX is
// asked what is up.
type weakPair struct {
	due      time.Time
	x, y     *tombstone
	one, two string // the parties that would remain
}

// inferTransfer looks for the other half of a transfer after a hang-up of t,
// first or repeated.
func (b *Board) inferTransfer(t *tombstone) {
	if t.used || !t.sig.complete() {
		return
	}
	for side, key := range [2]string{t.sig.caller, t.sig.callee} {
		near := 0
		o := t
		if !t.latest[side] {
			o = b.lastTomb[key]
		}
		for ; o != nil && near < partnerCap; o, near = o.next(key), near+1 {
			if t.endedAt.Sub(o.endedAt) > transferWindow {
				break
			}
			if b.transfer(t, o, Side(side)) {
				return
			}
		}
	}
}

// next is the next older ended call of a party.
func (t *tombstone) next(key string) *tombstone {
	if t.sig.caller == key {
		return t.older[CallerSide]
	}
	return t.older[CalleeSide]
}

// transfer tries t and o as the halves of a transfer by the party that t has
// on side. It reports whether they were used up.
func (b *Board) transfer(t, o *tombstone, side Side) bool {
	if o == t || o.used || o.callID == t.callID || !o.sig.complete() || !(t.connected || o.connected) {
		return false
	}
	if d := t.endedAt.Sub(o.endedAt); d > transferWindow || d < -transferWindow {
		return false
	}
	shared := t.sig.caller
	if side == CalleeSide {
		shared = t.sig.callee
	}
	otherOf := func(s signature) string {
		if s.caller == shared {
			return s.callee
		}
		return s.caller
	}
	if otherOf(t.sig) == otherOf(o.sig) || otherOf(t.sig) == shared || otherOf(o.sig) == shared {
		return false // more than one party in common, or a call with oneself
	}
	x, y := b.halves(t, o, shared)
	if !x.connected {
		return false
	}
	if !b.inside(x.party(shared)) && b.inside(x.otherParty(shared)) && b.inside(y.otherParty(shared)) {
		return false // a customer who talked with two colleagues in turn: customers hand nobody over
	}
	if y.unseen && y.hangups < 2 && !y.hinted {
		return false // one hang-up of a call never seen says too little
	}
	strong := x.hangups > 1 || y.hangups > 1 || x.hinted || y.hinted
	if !strong {
		if x.hangups > 0 && y.hangups > 0 {
			b.weak.push(weakPair{b.now.Add(transferWindow), x, y, x.other(shared), y.other(shared)})
		}
		return false
	}
	// From here on the evidence is spent, whatever comes of it (rule g).
	x.used, y.used = true, true
	if x.hangups > 1 {
		b.doubled--
	}
	if y.hangups > 1 {
		b.doubled--
	}
	j := b.mergeJourneys(x.journey, y.journey)
	customer, colleague := x.other(shared), y.other(shared)
	if r := b.joining(customer, colleague); r != nil {
		b.markTransferred(r, x, x.party(shared))
		return true // announced already
	}
	if b.overAlready(customer, colleague) {
		return true
	}
	if b.cfg.NoInference || b.inferenceOff() {
		b.ask("a transfer that was not announced")
		return true
	}
	b.infer(x, y, shared, j)
	return true
}

// halves tells the customer's call X from the consultation Y: X was connected
// and has the party from outside; if both do, it is the one that began first.
func (b *Board) halves(t, o *tombstone, shared string) (x, y *tombstone) {
	x, y = t, o
	outside := func(s *tombstone) bool { return s.connected && !b.inside(s.otherParty(shared)) }
	switch {
	case outside(t) != outside(o):
		if outside(o) {
			x, y = o, t
		}
	case t.connected != o.connected:
		if o.connected {
			x, y = o, t
		}
	case o.startedAt.Before(t.startedAt) || o.startedAt.Equal(t.startedAt) && o.seq < t.seq:
		x, y = o, t
	}
	return x, y
}

// other is the key of the party that is not shared.
func (t *tombstone) other(shared string) string {
	if t.sig.caller == shared {
		return t.sig.callee
	}
	return t.sig.caller
}

func (t *tombstone) otherParty(shared string) *Party {
	if t.sig.caller == shared {
		return &t.callee
	}
	return &t.caller
}

func (t *tombstone) party(shared string) *Party {
	if t.sig.caller == shared {
		return &t.caller
	}
	return &t.callee
}

// joining finds the live call that has just these two parties.
func (b *Board) joining(one, two string) *record {
	want := signature{caller: one, callee: two}
	for i := len(b.order) - 1; i >= 0; i-- {
		if b.order[i].seg.sameParties(want) {
			return b.order[i]
		}
	}
	return nil
}

// overAlready finds, a moment ago, the hang-up of a conversation between these
// two, announced or not: it overtook the proof of its own transfer.
func (b *Board) overAlready(one, two string) bool {
	want := signature{caller: one, callee: two}
	near := 0
	for t := b.lastTomb[one]; t != nil && near < partnerCap; t, near = t.next(one), near+1 {
		if (t.unseen || !t.used) && t.sig.sameParties(want) && b.now.Sub(t.endedAt) <= 2*transferWindow {
			return true
		}
	}
	return false
}

// infer puts the conversation on the board that must be going on: C from X
// with B from Y in A's place (rule b).
func (b *Board) infer(x, y *tombstone, shared string, j *journey) {
	r := b.open("", Talking)
	c := &r.call
	colleague := b.named(y.otherParty(shared))
	c.Caller, c.Callee = b.named(&x.caller), colleague
	r.seg = signature{x.sig.callerFlow, colleague.FlowID, x.sig.caller, y.other(shared)}
	gone := CalleeSide
	if x.sig.caller == shared { // A had called C: B takes A's place as the caller
		gone = CallerSide
		c.Caller, c.Callee = colleague, b.named(&x.callee)
		r.seg = signature{colleague.FlowID, x.sig.calleeFlow, y.other(shared), x.sig.callee}
	}
	r.inferredAt = b.now
	b.passed(r, b.bySeq[x.seq])
	r.sources = append(r.sources, x.callID, y.callID)
	for _, f := range []string{x.sig.callerFlow, x.sig.calleeFlow, y.sig.callerFlow, y.sig.calleeFlow} {
		if f != "" {
			r.flows = append(r.flows, f)
		}
	}
	r.date = x.date
	c.Inferred, c.Transferred, c.Former = true, true, b.named(x.party(shared))
	c.Doubt = Doubt{Kind: DoubtInferred, From: b.now}
	c.Line, c.LineName = x.line, b.lines[x.line]
	c.StartedAt, c.StartAtLeast = x.startedAt, x.startAtLeast
	c.ConnectedAt, c.TalkAtLeast = x.connectedAt, x.talkAtLeast
	c.PairSince = b.now
	c.Legs = make([]Leg, 0, len(x.legs)+1)
	for _, l := range x.legs {
		if l.Side == gone && l.State != LegGone {
			l.State, l.Until = LegGone, b.now
		}
		c.Legs = append(c.Legs, l)
	}
	c.Legs, _ = addLeg(c.Legs, Leg{Side: gone, Party: colleague, State: LegConnected, Inferred: true, Since: b.now, Answered: b.now})
	b.inferred = append(b.inferred, r)
	b.direct(r)
	r.journey = j
	b.joinJourney(r)
	b.talks(r)
	r.note(b.now, nil, EffectInferred, c.Doubt)
	b.reschedule(r)
}

// hasFlow reports that a flow took part in what an inference came from.
func (r *record) hasFlow(flow string) bool { return flow != "" && slices.Contains(r.flows, flow) }

// relatedInferred finds the inferred call that an event may be about: its id
// is one of the sources, one of its flows took part, or its parties are the
// call's two. A reused id that contradicts in every other respect is no match.
func (b *Board) relatedInferred(callID string, sig signature) *record {
	for i := len(b.inferred) - 1; i >= 0; i-- {
		r := b.inferred[i]
		if !r.call.Inferred {
			continue
		}
		flow := r.hasFlow(sig.callerFlow) || r.hasFlow(sig.calleeFlow)
		strange := sig.complete() && !sig.sharesParty(r.seg) && !flow
		strange = strange || !flow && sig.callerFlow != "" && sig.calleeFlow != "" && !sig.sameParties(r.seg)
		if sig.sameParties(r.seg) || (flow || slices.Contains(r.sources, callID)) && !strange && r.couldBe(sig) {
			return r
		}
	}
	return nil
}

// couldBe reports that no named party of sig is a stranger to the inferred
// call: somebody who was not in it speaks of another conversation.
func (r *record) couldBe(sig signature) bool {
	known := func(k string) bool { return k == "" || k == r.seg.caller || k == r.seg.callee }
	return known(sig.caller) && known(sig.callee)
}

// adopt gives an inferred call the id and the facts of the event that
// announces it at last.
func (b *Board) adopt(r *record, ev *Event, sig signature) {
	c := &r.call
	c.CallID = ev.CallID
	b.byID[ev.CallID] = r
	if !ev.Date.IsZero() {
		r.date = ev.Date
	}
	if sig.caller != "" && sig.caller == r.seg.callee || sig.callee != "" && sig.callee == r.seg.caller {
		b.turn(r) // the inference had to guess who is called the caller
	}
	if ev.Caller.FlowID != "" || ev.Callee.FlowID != "" {
		r.seg = sig.filled(r.seg)
	}
	b.announced(r)
	b.fill(r, ev, sig)
	b.heard(r, ev, EffectAdopted)
	b.reschedule(r)
}

// turn makes the caller the callee and the other way round.
func (b *Board) turn(r *record) {
	c := &r.call
	c.Caller, c.Callee = c.Callee, c.Caller
	s := r.seg
	r.seg = signature{s.calleeFlow, s.callerFlow, s.callee, s.caller}
	legs := make([]Leg, 0, len(c.Legs))
	for _, l := range c.Legs {
		l.Side = CallerSide + CalleeSide - l.Side
		legs, _ = addLeg(legs, l)
	}
	c.Legs = legs
	b.direct(r)
}

// announced ends the inference of a call: the feed has spoken of it.
func (b *Board) announced(r *record) {
	c := &r.call
	c.Inferred = false
	if c.Doubt.Kind == DoubtInferred || c.Doubt.Kind == DoubtUnmatched {
		c.Doubt = Doubt{}
	}
	legs := r.legs(0)
	for i := range legs {
		legs[i].Inferred = false
	}
	c.Legs = legs
	b.touch(r)
}

// markTransferred notes on an announced survivor who handed it over.
func (b *Board) markTransferred(r *record, from *tombstone, former *Party) {
	if r.call.Transferred {
		return
	}
	r.call.Transferred, r.call.Former = true, b.named(former)
	b.passed(r, b.bySeq[from.seq])
	b.touch(r)
}

// transferHint takes a callTransferredEvent as proof for a weak pair (rule d).
func (b *Board) transferHint(ev *Event) {
	t := b.tombs[ev.CallID]
	if t != nil && b.now.Sub(t.endedAt) > transferWindow {
		t = nil
	}
	for t != nil && t.before != nil && b.now.Sub(t.before.endedAt) <= transferWindow {
		t = t.before // the oldest of them first
	}
	for ; t != nil; t = t.after {
		t.hinted = true
		b.inferTransfer(t)
	}
	if r := b.byID[ev.CallID]; r != nil { // the hang-ups are still to come
		r.hintedAt = b.now
		b.heard(r, ev, EffectNone)
		b.reschedule(r)
	}
}

// inferenceOff watches the cost of the rule: where the PBX doubles hang-ups
// for other reasons too (over 20 % of them), a doubled one proves nothing and
// only the snapshot is believed.
func (b *Board) inferenceOff() bool {
	if b.hangups >= 400 {
		b.hangups, b.doubled = b.hangups/2, b.doubled/2
	}
	limit := 5 // 20 %
	if b.inferOff {
		limit = 10 // back on under 10 %
	}
	off := b.hangups >= 50 && b.doubled*limit > b.hangups
	if off && !b.inferOff {
		b.tally(InferenceOff, "")
	}
	b.inferOff = off
	return off
}

// fireWeak asks the PBX about transfers that were never proven (rule c).
func (b *Board) fireWeak() {
	for b.weak.len() > 0 && !b.weak.first().due.After(b.now) {
		w := b.weak.pop()
		if !w.x.used && !w.y.used && b.joining(w.one, w.two) == nil {
			b.ask("two calls of one user ended together")
		}
	}
}
