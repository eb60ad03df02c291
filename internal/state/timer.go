package state

import "time"

// NextDeadline says when the next timer is due; ok is false if none is.
func (b *Board) NextDeadline() (due time.Time, ok bool) {
	sooner := func(t time.Time) {
		if !t.IsZero() && (!ok || t.Before(due)) {
			due, ok = t, true
		}
	}
	if len(b.timers) > 0 {
		sooner(b.timers[0].due)
	}
	if b.weak.len() > 0 {
		sooner(b.weak.first().due)
	}
	sooner(b.linkDeadline())
	sooner(b.hush.deadline())
	sooner(b.midnight)
	return due, ok
}

// advance fires the timers due at or before now, each at its own time.
func (b *Board) advance(now time.Time) {
	now = now.UTC().Round(0)
	if b.now.IsZero() {
		b.now = now
		f := b.feed
		f.Since = now
		b.publishFeed(f)
		b.rollDay()
		b.publish()
	}
	for {
		due, ok := b.NextDeadline()
		if !ok || due.After(now) {
			break
		}
		if due.After(b.now) {
			b.now = due.UTC()
		}
		switch {
		case !b.midnight.After(b.now):
			b.rollDay()
		case b.weak.len() > 0 && !b.weak.first().due.After(b.now):
			b.fireWeak()
		case !b.linkDeadline().IsZero() && !b.linkDeadline().After(b.now):
			b.refreshFeed()
		case !b.hush.deadline().IsZero() && !b.hush.deadline().After(b.now):
			b.fireHush()
		default:
			b.fire(b.timers[0].of)
		}
		b.publish()
	}
	if now.After(b.now) {
		b.now = now
	}
}

// fire does what is due for a call.
func (b *Board) fire(r *record) {
	c := &r.call
	past := func(from time.Time, d time.Duration) bool {
		return !from.IsZero() && !b.now.Before(from.Add(d))
	}
	stale, end, kind := ringingStale, ringingEnd, DoubtRingingLong
	if c.Phase == Talking {
		stale, end, kind = talkingStale, talkingEnd, DoubtTalkingLong
	}
	switch {
	case !r.linger.IsZero() && past(r.linger, 0):
		r.linger = time.Time{}
		legs := r.legs(0)
		for i := range legs {
			if legs[i].Side == CalleeSide && legs[i].State == LegRinging {
				legs[i].State, legs[i].Until = LegGone, b.now
				b.touch(r)
			}
		}
		c.Legs = legs
	case r.missedAndAlone() && past(r.changedAt, missedLimit), past(r.lastEvent, end):
		b.expire(r)
		return
	case c.Inferred && past(r.inferredAt, inferredEnd):
		b.expire(r)
		return
	case c.Inferred && !r.asked && past(r.inferredAt, inferredAsk):
		r.asked = true
		b.ask("an inferred call was never confirmed")
	case c.Confidence != Suspect && past(r.halfAt, halfLimit):
		b.doubt(r, Suspect, Doubt{Kind: DoubtHalf, From: r.halfAt})
		b.ask("one side left a call and no hang-up came")
	case c.Confidence != Suspect && r.rival != 0 && past(r.rivalAt, rivalLimit):
		rival := b.bySeq[r.rival]
		if rival != nil && rival.live && rival.call.Phase == Talking {
			b.tally(Contradiction, "")
			b.doubt(r, Suspect, Doubt{Kind: DoubtContradict, From: r.rivalAt})
			b.ask("one user seems to talk to two customers")
		}
		r.excused, r.rival = max(r.excused, r.rival), 0
	case past(r.lastEvent, stale):
		b.doubt(r, Suspect, Doubt{Kind: kind, From: r.lastEvent})
		b.ask("a call has been silent for long")
	}
	b.reschedule(r)
}

// expire ends a call of which nothing was heard past the last limit.
func (b *Board) expire(r *record) {
	b.tally(AgedOut, "")
	r.note(b.now, nil, EffectExpired, Doubt{})
	b.bury(r, r.call.CallID, r.seg, 0)
	b.end(r, EndedLost)
}

// askEvery keeps the board from asking for snapshots on doubts alone more
// often than the PBX's rate rules like (dossier section 8).
const askEvery = 30 * time.Second

// ask notes that a snapshot would settle a doubt.
func (b *Board) ask(reason string) {
	if b.idsDiffer || !b.lastAsk.IsZero() && b.now.Sub(b.lastAsk) < askEvery {
		return
	}
	b.want, b.lastAsk = reason, b.now
}
