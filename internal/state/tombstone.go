package state

import (
	"slices"
	"time"
)

// A tombstone remembers a conversation that ended, so that late and doubled
// news of it is recognised, and so that the two halves of a transfer can be
// put together (dossier sections 10.1 and 11.1). It is kept for ten minutes.
type tombstone struct {
	callID    string
	sig       signature
	caller    Party
	callee    Party
	date      time.Time
	endedAt   time.Time
	hangups   int  // how often its hang-up was told
	connected bool // it ever talked
	used      bool // explains a transfer already; each does so once
	unseen    bool // a hang-up without anything before it
	hinted    bool // a callTransferredEvent named it
	lost      bool // ended because a list of active calls lacked it

	seq          uint64 // the call it belonged to
	journey      *journey
	line         string
	startedAt    time.Time
	startAtLeast bool
	connectedAt  time.Time
	talkAtLeast  bool
	legs         []Leg

	older         [2]*tombstone // earlier one of the caller, of the callee
	latest        [2]bool       // it is Board.lastTomb of the caller, of the callee
	before, after *tombstone    // the next older and newer one of the same id
}

// bury makes a tombstone for the conversation sig of a call.
func (b *Board) bury(r *record, callID string, sig signature, hangups int) *tombstone {
	c := &r.call
	t := &tombstone{
		callID: callID, sig: sig, date: r.date, endedAt: b.now, hangups: hangups,
		connected: c.Phase == Talking, seq: c.Seq, journey: r.journey, line: c.Line,
		startedAt: c.StartedAt, startAtLeast: c.StartAtLeast,
		connectedAt: c.ConnectedAt, talkAtLeast: c.TalkAtLeast, legs: c.Legs,
		hinted: !r.hintedAt.IsZero() && b.now.Sub(r.hintedAt) <= transferWindow,
		caller: *b.partyOf(c, CallerSide, sig.callerFlow, sig.caller),
		callee: *b.partyOf(c, CalleeSide, sig.calleeFlow, sig.callee),
	}
	b.keep(t)
	return t
}

// unannounced makes a tombstone for a hang-up of a conversation of which
// nothing was told before.
func (b *Board) unannounced(ev *Event, sig signature) *tombstone {
	t := &tombstone{
		callID: ev.CallID, sig: sig, date: ev.Date, endedAt: b.now, hangups: 1, unseen: true,
		caller: ev.Caller, callee: ev.Callee,
	}
	b.keep(t)
	return t
}

// aside notes what a hang-up names beside the call that it ended or belongs
// to: news of it is late from now on, and it proves no transfer.
func (b *Board) aside(ev *Event, sig signature) { b.unannounced(ev, sig).used = true }

// partyOf finds the party that a former conversation of a call had on a side.
func (b *Board) partyOf(c *Call, side Side, flow, key string) *Party {
	present := &c.Caller
	if side == CalleeSide {
		present = &c.Callee
	}
	if key == "" || b.key(present) == key {
		return present
	}
	for i := len(c.Legs) - 1; i >= 0; i-- {
		l := &c.Legs[i]
		if l.Side == side && b.key(&l.Party) == key && fits(flow, l.Party.FlowID) {
			return &l.Party
		}
	}
	return present
}

func (b *Board) keep(t *tombstone) {
	b.purge()
	if t.before = b.tombs[t.callID]; t.before != nil {
		t.before.after = t
	}
	b.tombs[t.callID] = t
	b.tombQueue.push(t)
	for side, key := range [2]string{t.sig.caller, t.sig.callee} {
		if key == "" {
			continue
		}
		if prev := b.lastTomb[key]; prev != nil {
			if b.now.Sub(prev.endedAt) <= 2*transferWindow {
				t.older[side] = prev
			} // else the chain is cut here: nobody walks further, and it may be freed
			prev.supersede(key)
		}
		t.latest[side] = true
		b.lastTomb[key] = t
	}
}

// supersede notes that a newer one of a party was kept.
func (t *tombstone) supersede(key string) {
	if t.sig.caller == key {
		t.latest[CallerSide] = false
	}
	if t.sig.callee == key {
		t.latest[CalleeSide] = false
	}
}

// markLatest finds out anew which ended calls are the last of their parties.
func (b *Board) markLatest() {
	for _, t := range b.tombQueue.items[b.tombQueue.head:] {
		for side, key := range [2]string{t.sig.caller, t.sig.callee} {
			t.latest[side] = key != "" && b.lastTomb[key] == t
		}
	}
}

// purge forgets what is older than its life, or over the cap.
func (b *Board) purge() {
	for b.tombQueue.len() > 0 {
		t := b.tombQueue.first()
		if b.now.Sub(t.endedAt) <= tombstoneLife && b.tombQueue.len() < tombstoneCap {
			break
		}
		b.tombQueue.pop()
		// Tombstones of one id are in order of age, so the oldest is first.
		if t.after != nil {
			t.after.before, t.after = nil, nil
		} else {
			delete(b.tombs, t.callID)
		}
		for side, key := range [2]string{t.sig.caller, t.sig.callee} {
			if t.latest[side] {
				delete(b.lastTomb, key)
			}
		}
		t.older = [2]*tombstone{}
	}
	b.purgeJourneys()
	b.purgeMissed()
}

// buried finds the newest tombstone of an id that satisfies ok.
func (b *Board) buried(callID string, ok func(*tombstone) bool) *tombstone {
	return b.buriedFrom(b.tombs[callID], ok)
}

// buriedFrom finds it from the newest one of its id on.
func (b *Board) buriedFrom(newest *tombstone, ok func(*tombstone) bool) *tombstone {
	for t := newest; t != nil; t = t.before {
		if b.now.Sub(t.endedAt) <= tombstoneLife && ok(t) {
			return t
		}
	}
	return nil
}

// tookPart reports that sig speaks of an ended conversation: the two agree, or
// sig names its caller and one of the phones that rang for it.
func (b *Board) tookPart(t *tombstone, sig signature) bool {
	if t.sig.agrees(sig) {
		return true
	}
	if sig.callee == "" || !fits(sig.caller, t.sig.caller) || !fits(sig.callerFlow, t.sig.callerFlow) {
		return false
	}
	for i := range t.legs {
		l := &t.legs[i]
		if l.Side == CalleeSide && l.Party.FlowID == sig.calleeFlow && b.key(&l.Party) == sig.callee {
			return true
		}
	}
	return false
}

// alsoRang notes one more phone that rang for an ended conversation.
func (t *tombstone) alsoRang(p *Party) {
	if !p.Blank() && p.FlowID != "" && len(t.legs) < 32 {
		t.legs = append(slices.Clip(t.legs), Leg{Side: CalleeSide, Party: *p, State: LegGone})
	}
}

// dated takes the date of the conversation from its hang-up: what came before
// may have known only the date of another one under the same id.
func (t *tombstone) dated(ev *Event) {
	if ev.Date.After(t.date) {
		t.date = ev.Date
	}
}

// told counts a repeated hang-up of an ended conversation.
func (b *Board) told(t *tombstone, ev *Event) {
	t.hangups++
	if t.hangups == 1 && t.lost && b.now.Sub(t.endedAt) > lieAfter {
		b.listLied()
	}
	t.dated(ev)
	r := b.bySeq[t.seq]
	if t.hangups == 2 {
		if !t.used {
			b.doubled++
		}
		b.tally(DoubledHangUp, "")
	}
	if r != nil && !r.repeat(HungUp, EffectDoubled) {
		r.note(b.now, nil, EffectDuplicate, Doubt{})
	}
	b.inferTransfer(t)
}
