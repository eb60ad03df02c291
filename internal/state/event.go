package state

import "time"

// event routes a call event. The cells of the dossier's table in section 10.2
// are named in the comments as row/column.
func (b *Board) event(ev *Event) {
	if int(ev.Type) < len(b.counts) {
		b.counts[ev.Type]++
	}
	b.pulse.LastEvent = b.now
	b.pulse.Proven = true
	if b.conn == LinkUp {
		b.hush.heard(b.now)
	}
	b.prove()
	if ev.CallID == "" && ev.Type != ChannelHungUp {
		b.tally(EventWithoutCallID, "")
		if ev.Type != HungUp { // a hang-up may still be known by its flows or parties
			return
		}
	}
	if ev.Type == NewCall || ev.Type == Connected { // later ones name nobody new
		b.learnExtension(&ev.Caller)
		b.learnExtension(&ev.Callee)
	}
	sig := b.signatureOf(ev)
	b.unite(ev.CallID, sig)
	switch ev.Type {
	case NewCall:
		b.newCall(ev, sig)
	case Connected:
		b.connected(ev, sig)
	case HungUp:
		b.hungUp(ev, sig)
	case ChannelHungUp:
		b.channelHungUp(ev, sig)
	case Missed:
		b.missedCall(ev)
	case Transferred:
		b.transferHint(ev)
	}
}

// heard notes an event on its call: whatever it says, the call is known to
// the PBX at this moment.
func (b *Board) heard(r *record, ev *Event, effect Effect) {
	r.lastEvent = b.now
	if effect != EffectDuplicate || !r.repeat(ev.Type, effect) {
		r.note(b.now, ev, effect, Doubt{})
	}
	b.confirm(r)
}

// confirm takes doubt off a call.
func (b *Board) confirm(r *record) {
	c := &r.call
	r.excused = max(r.excused, r.rival)
	r.rival = 0
	if c.Confidence == Confirmed {
		return
	}
	if c.Doubt.Kind == DoubtHalf {
		r.halfAt = b.now // news, but still no hang-up: the watch begins anew
	}
	c.Confidence = Confirmed
	c.Doubt = Doubt{}
	if c.Inferred {
		c.Doubt = Doubt{Kind: DoubtInferred, From: r.inferredAt}
	}
	r.note(b.now, nil, EffectConfirmed, Doubt{})
	b.touch(r)
}

// doubt lowers a call's confidence.
func (b *Board) doubt(r *record, level Confidence, d Doubt) {
	c := &r.call
	if c.Confidence == level && c.Doubt == d {
		return
	}
	c.Confidence, c.Doubt = level, d
	r.note(b.now, nil, EffectDoubt, d)
	b.touch(r)
}

// reused reports that an event under a live id speaks of another call: a new
// date, and flows that are all new (newCall / RINGING and CONNECTED).
func (r *record) reused(ev *Event, sig signature) bool {
	return !ev.Date.IsZero() && !r.date.IsZero() && !ev.Date.Equal(r.date) && sig.otherFlows(r.seg)
}

// newCall handles the row newCall.
func (b *Board) newCall(ev *Event, sig signature) {
	r := b.byID[ev.CallID]
	if r != nil && r.reused(ev, sig) {
		b.supersede(r)
		r = nil
	}
	if r != nil {
		switch {
		case b.lateFor(r, ev, sig):
			return
		case r.call.Phase == Ringing: // RINGING: merge, or one more phone rings
			if b.rings(r, ev, sig) {
				b.heard(r, ev, EffectRings)
			} else {
				b.heard(r, ev, EffectDuplicate)
			}
		default: // CONNECTED: no state change
			if sig.agrees(r.seg) {
				b.fill(r, ev, sig)
			}
			b.heard(r, ev, EffectDuplicate)
			b.tally(DuplicateEvent, "")
		}
		b.reschedule(r)
		return
	}
	// ENDED: news of a call that has ended comes too late.
	newest := b.tombs[ev.CallID]
	if t := b.buriedFrom(newest, func(t *tombstone) bool { return b.tookPart(t, sig) && !newerDate(ev.Date, t.date) }); t != nil {
		b.late(t, ev)
		return
	}
	if i := b.relatedInferred(ev.CallID, sig); i != nil { // inferred: adopt
		b.adopt(i, ev, sig)
		return
	}
	b.measureSkew(ev)
	r = b.create(ev, sig, Ringing)
	r.again = !ev.Date.IsZero() && b.buriedFrom(newest, func(t *tombstone) bool {
		return t.date.Equal(ev.Date) && t.sig.caller == sig.caller && t.sig.callerFlow == sig.callerFlow
	}) != nil
	b.heard(r, ev, EffectCreated)
	b.reschedule(r)
}

// newerDate reports that an event was initiated clearly after a call that has
// ended under its id: the id came back, perhaps after a restart of the PBX,
// and the same two people talk again (dossier section 9).
func newerDate(ev, ended time.Time) bool {
	return !ev.IsZero() && !ended.IsZero() && ev.Sub(ended) > time.Second
}

// connected handles the row callConnected.
func (b *Board) connected(ev *Event, sig signature) {
	r := b.byID[ev.CallID]
	if r != nil && r.reused(ev, sig) && !sig.sharesParty(r.seg) {
		b.supersede(r)
		r = nil
	}
	switch {
	case r != nil && b.lateFor(r, ev, sig):
		return
	case r != nil && r.call.Phase == Ringing:
		b.answer(r, ev, sig)
		b.heard(r, ev, EffectAnswered)
	case r != nil && sig.agrees(r.seg):
		b.fill(r, ev, sig)
		b.heard(r, ev, EffectDuplicate)
		if r.call.Inferred {
			b.announced(r)
		} else if n := len(r.entries); n > 0 && r.entries[n-1].Times > 1 {
			b.tally(DuplicateEvent, "")
		}
	case r != nil && (r.isFormer(sig) || b.endedNow(ev, sig)):
		b.heard(r, ev, EffectLate)
		b.tally(LateEvent, "")
	case r != nil:
		b.switchTo(r, ev, sig)
		b.heard(r, ev, EffectSwitched)
	default:
		if t := b.buried(ev.CallID, func(t *tombstone) bool { return b.tookPart(t, sig) && !newerDate(ev.Date, t.date) }); t != nil {
			b.late(t, ev)
			return
		}
		if i := b.relatedInferred(ev.CallID, sig); i != nil {
			b.adopt(i, ev, sig)
			return
		}
		r = b.create(ev, sig, Talking)
		b.heard(r, ev, EffectCreated)
		if r.call.JourneyCalls <= 1 { // a survivor of a transfer is no oddity
			b.tally(ConnectedUnknown, "")
		}
	}
	b.reschedule(r)
}

// endedNow reports that the conversation sig was hung up only just now. After
// the grace time it may well be that the customer was handed back.
func (b *Board) endedNow(ev *Event, sig signature) bool {
	return b.buried(ev.CallID, func(t *tombstone) bool {
		return t.sig.identical(sig) && !newerDate(ev.Date, t.date) && b.now.Sub(t.endedAt) <= graceTime
	}) != nil
}

// lateFor sorts out news that came under the id of a ringing call and belongs
// to one that has ended: in all where r seems to be more of it, else only if it
// ended just now.
func (b *Board) lateFor(r *record, ev *Event, sig signature) bool {
	if r.call.Phase != Ringing || sig.agrees(r.seg) {
		return false
	}
	t := b.buried(ev.CallID, func(t *tombstone) bool {
		return !newerDate(ev.Date, t.date) &&
			(r.again && b.tookPart(t, sig) || t.sig.identical(sig) && b.now.Sub(t.endedAt) <= graceTime)
	})
	if t == nil {
		return false
	}
	b.late(t, ev)
	return true
}

// hungUp handles the row callHungUp.
func (b *Board) hungUp(ev *Event, sig signature) {
	if r := b.byID[ev.CallID]; r != nil && ev.CallID != "" {
		b.hungUpLive(r, ev, sig)
		return
	}
	// Without a live call under its id: the six tests below the table, in order.
	identical := b.buried(ev.CallID, func(t *tombstone) bool { return t.sig.identical(sig) && !newerDate(ev.Date, t.date) })
	if identical != nil { // (1)
		b.told(identical, ev)
		return
	}
	related := b.relatedInferred(ev.CallID, sig)
	if related != nil && related.seg.sameParties(sig) { // (2)
		b.hangUp(related, ev, sig, EffectEnded)
		return
	}
	mature := related != nil && b.now.Sub(related.inferredAt) > graceTime
	if t := b.buried(ev.CallID, func(t *tombstone) bool { return t.sig.agrees(sig) }); t != nil && !mature { // (3)
		b.told(t, ev)
		return
	}
	if t := b.buried(ev.CallID, func(t *tombstone) bool { return b.tookPart(t, sig) }); t != nil && !mature {
		b.late(t, ev) // of another phone that rang: no second hang-up of t
		b.aside(ev, sig)
		return
	}
	if mature { // (4)
		b.hangUp(related, ev, sig, EffectEnded)
		return
	}
	if r := b.samePair(sig, related); r != nil { // (5)
		if !r.call.Inferred {
			b.tally(IDChanged, "")
		}
		b.hangUp(r, ev, sig, EffectEnded)
		return
	}
	// (6) Only a tombstone: the events before it will come late, or never.
	b.tally(HungUpUnknown, "")
	b.inferTransfer(b.unannounced(ev, sig))
}

// hungUpLive handles callHungUp / RINGING and CONNECTED.
func (b *Board) hungUpLive(r *record, ev *Event, sig signature) {
	agrees := sig.agrees(r.seg) || r.call.Phase == Ringing && b.meansALeg(r, sig)
	var closed *tombstone
	if !agrees || !sig.complete() {
		closed = b.buried(ev.CallID, func(t *tombstone) bool { return t.sig.agrees(sig) })
	}
	fresh := func(at time.Time) bool { return b.now.Sub(at) <= graceTime }
	switch {
	// A hang-up with blanks that fits both what goes on and a part that was
	// left just now means that part: it must not end what goes on.
	case agrees && !sig.complete() && closed != nil && fresh(closed.endedAt),
		agrees && !sig.complete() && r.isFormer(sig) && fresh(r.call.PairSince):
		if !b.closePart(r, ev, sig) {
			b.told(closed, ev)
		}
	case agrees:
		if r.call.FromSnapshot { // who it was is learnt at the last moment
			b.fill(r, ev, sig)
		}
		b.hangUp(r, ev, sig, EffectEnded)
		return
	case r.call.Phase == Talking && b.closePart(r, ev, sig):
	case closed != nil:
		b.told(closed, ev)
	default: // the id wins
		b.tally(HangUpDisagrees, "")
		b.hangUp(r, ev, sig, EffectDisagrees)
		return
	}
	r.lastEvent = b.now
	b.reschedule(r)
}

// meansALeg reports that a hang-up of a ringing call names its caller and one
// of the phones that rang: which of them it names is up to the PBX.
func (b *Board) meansALeg(r *record, sig signature) bool {
	if !fits(sig.caller, r.seg.caller) || !fits(sig.callerFlow, r.seg.callerFlow) {
		return false
	}
	for i := range r.call.Legs {
		l := &r.call.Legs[i]
		if l.Side == CalleeSide && fits(sig.callee, b.key(&l.Party)) && fits(sig.calleeFlow, l.Party.FlowID) {
			return true
		}
	}
	return false
}

// closePart hangs up a former part of a call that goes on; it reports whether
// the event means one.
func (b *Board) closePart(r *record, ev *Event, sig signature) bool {
	part, ok := r.closeFormer(sig)
	if !ok {
		return false
	}
	r.note(b.now, ev, EffectClosed, Doubt{})
	b.confirm(r)
	b.hangups++
	b.inferTransfer(b.bury(r, ev.CallID, part.filled(sig), 1))
	return true
}

// hangUp ends a call by its hang-up.
func (b *Board) hangUp(r *record, ev *Event, sig signature, effect Effect) {
	r.lastEvent = b.now
	r.pbxDuration = ev.Duration
	r.note(b.now, ev, effect, Doubt{})
	told := r.seg.filled(sig)
	if sig.complete() && effect == EffectEnded { // its own word, so that a second one is known to be the same
		told = sig.filled(r.seg)
	}
	if effect == EffectDisagrees { // news of the conversation it names is late from now on, too
		b.aside(ev, sig)
		told = r.seg
	}
	for _, part := range r.former { // their hang-ups are still due
		b.bury(r, ev.CallID, part, 0)
	}
	t := b.bury(r, ev.CallID, told, 1)
	if effect == EffectEnded {
		t.dated(ev)
	}
	b.hangups++
	b.end(r, EndedHungUp)
	b.inferTransfer(t)
}

// supersede ends a call whose id came back with another one: its hang-up was
// lost (section 11.4).
func (b *Board) supersede(r *record) {
	b.tally(Superseded, "")
	r.note(b.now, nil, EffectSuperseded, Doubt{})
	b.bury(r, r.call.CallID, r.seg, 0)
	b.end(r, EndedSuperseded)
}

// late notes news of a call that has ended.
func (b *Board) late(t *tombstone, ev *Event) {
	b.tally(LateEvent, "")
	if r := b.bySeq[t.seq]; r != nil && !r.live {
		r.note(b.now, ev, EffectLate, Doubt{})
	}
	if j := t.journey.root(); ev.Type == Connected && j != nil { // answered it was, some time before it ended
		d := Inbound
		if b.inside(&t.caller) && b.inside(&t.callee) {
			d = Internal
		}
		if f := j.faceOf(d); f.answered.IsZero() {
			f.answered, f.waited = t.endedAt, false
			b.news(j) // also of yesterday's, which no longer counts
			b.count(j)
		}
	}
	if ev.Type == Connected {
		b.spokeLate(t, ev)
	}
}

// byFlow finds a live call in which a flow takes part.
func (b *Board) byFlow(flow string) *record {
	if flow == "" {
		return nil
	}
	for _, r := range b.order {
		for i := range r.call.Legs {
			if r.call.Legs[i].Party.FlowID == flow {
				return r
			}
		}
	}
	return nil
}

// samePair finds the live call that a hang-up under another id must mean: its
// two flows are the call's, or, for an inferred one, two of those it came from.
func (b *Board) samePair(sig signature, related *record) *record {
	if sig.callerFlow == "" || sig.calleeFlow == "" {
		return nil
	}
	for _, r := range b.order {
		if r.seg.samePair(sig) {
			return r
		}
	}
	if related != nil && related.hasFlow(sig.callerFlow) && related.hasFlow(sig.calleeFlow) {
		return related
	}
	return nil
}
