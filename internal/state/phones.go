package state

import "time"

// channelHungUp handles the row channelHungUp: a leg goes, the call stays.
func (b *Board) channelHungUp(ev *Event, sig signature) {
	r := b.byID[ev.CallID]
	if r == nil {
		if t := b.tombs[ev.CallID]; t != nil { // ENDED: ignore
			t.alsoRang(&ev.Callee)
			return
		}
		if r = b.byFlow(sig.callerFlow); r == nil {
			r = b.byFlow(sig.calleeFlow)
		}
		if r == nil {
			b.tally(ChannelUnknown, "")
			return
		}
	}
	// Which side left: the one the event names. Flow ids may be filled on both.
	side, party := CalleeSide, &ev.Callee
	caller := !ev.Caller.Blank()
	callee := !ev.Callee.Blank() || ev.Line != ""
	both := caller && callee
	switch {
	case caller && !callee:
		side, party = CallerSide, &ev.Caller
	case !caller && !callee && ev.Callee.FlowID == "" && ev.Caller.FlowID != "":
		side, party = CallerSide, &ev.Caller
	}
	legs := r.legs(0)
	i := b.findLeg(legs, side, party)
	if i >= 0 && both && !others(legs, i) {
		i = -1 // both sides filled: never take the last callee away (section 11.2)
	}
	if i < 0 && side == CalleeSide && !party.Blank() && !both { // it rang and nobody told
		b.heard(r, ev, EffectLegGone)
		r.call.Legs, _ = addLeg(legs, Leg{Side: side, Party: b.named(party), State: LegGone, Since: b.now, Until: b.now})
		b.touch(r)
		b.reschedule(r)
		return
	}
	if i < 0 || legs[i].State == LegGone {
		b.heard(r, ev, EffectDuplicate)
		b.reschedule(r)
		return
	}
	took := legs[i].State == LegConnected || side == CallerSide && r.call.Phase == Ringing // the call cannot go on without it
	legs[i].State, legs[i].Until = LegGone, b.now
	r.call.Legs = legs
	r.changedAt = b.now
	if !anyRings(legs) {
		r.linger = time.Time{}
	}
	b.heard(r, ev, EffectLegGone)
	if took && (r.call.Phase == Talking || side == CallerSide) {
		r.halfAt = b.now
	}
	b.touch(r)
	b.reschedule(r)
}

// others reports that a side has a further leg that is not gone.
func others(legs []Leg, i int) bool {
	for j := range legs {
		if j != i && legs[j].Side == legs[i].Side && legs[j].State != LegGone {
			return true
		}
	}
	return false
}

type missedKey struct{ callID, callee string }

type missedNotice struct {
	key missedKey
	at  time.Time
}

// purgeMissed forgets notices that are as old as tombstones get, or too many.
func (b *Board) purgeMissed() {
	for b.missedQueue.len() > 0 {
		if b.now.Sub(b.missedQueue.first().at) <= tombstoneLife && b.missedQueue.len() < tombstoneCap {
			return
		}
		delete(b.missed, b.missedQueue.pop().key)
	}
}

// missedCall handles the row missedCall: one notice per call and callee.
func (b *Board) missedCall(ev *Event) {
	key := missedKey{ev.CallID, b.key(&ev.Callee)}
	_, seen := b.missed[key]
	if !seen {
		b.purgeMissed()
		b.missed[key] = struct{}{}
		b.missedQueue.push(missedNotice{key, b.now})
		b.today.Missed++
		b.ofUser(b.userOf(&ev.Callee)).missed++
	}
	r := b.byID[ev.CallID]
	if r == nil {
		if t := b.tombs[ev.CallID]; t != nil {
			t.alsoRang(&ev.Callee)
			if old := b.bySeq[t.seq]; old != nil && !old.live {
				if seen {
					old.repeat(Missed, EffectDuplicate)
				} else {
					old.note(b.now, ev, EffectMissed, Doubt{})
				}
			}
		}
		return
	}
	if seen {
		b.heard(r, ev, EffectDuplicate)
		b.reschedule(r)
		return
	}
	if r.call.Phase == Talking {
		b.tally(MissedConnected, "")
	}
	legs := r.legs(1)
	i := b.findLeg(legs, CalleeSide, &ev.Callee)
	switch {
	case i < 0 && !ev.Callee.Blank():
		legs, _ = addLeg(legs, Leg{Side: CalleeSide, Party: b.named(&ev.Callee), State: LegGone, Missed: true, Since: b.now, Until: b.now})
	case i >= 0 && legs[i].State != LegConnected:
		legs[i].Missed = true
		if legs[i].State == LegRinging {
			// Whoever missed it rings no longer; the call may go on elsewhere.
			legs[i].State, legs[i].Until = LegGone, b.now
		}
	}
	r.call.Legs = legs
	r.changedAt = b.now
	b.touch(r)
	b.heard(r, ev, EffectMissed)
	b.reschedule(r)
}
