package state

import (
	"slices"
	"time"
)

// Limits of the model (dossier sections 10 and 11 where not said otherwise).
const (
	transferWindow  = 3 * time.Second  // two calls of one transfer end within it (W)
	graceTime       = 5 * time.Second  // a hang-up this soon after an inference may be a late duplicate
	tombstoneLife   = 10 * time.Minute // how long news of an ended call is recognised
	tombstoneCap    = 20_000
	otherLegsLinger = 10 * time.Second // legs that keep ringing after the answer without being told gone
	halfLimit       = 30 * time.Second // one side left, no hang-up
	rivalLimit      = time.Minute      // two customer calls of one user; shorter is a consultation
	missedLimit     = time.Minute      // missed, no leg left, no hang-up
	ringingStale    = 30 * time.Minute
	ringingEnd      = 2 * time.Hour
	talkingStale    = 4 * time.Hour
	talkingEnd      = 12 * time.Hour
	inferredAsk     = 50 * time.Minute
	inferredEnd     = 60 * time.Minute
	startClamp      = 24 * time.Hour // a start further back than this is not believed
	snapshotSlack   = 2 * time.Second
	entryCap        = 200
	legCap          = 100
	partnerCap      = 64 // ended calls of one party looked at for a transfer; a queue may have many in the window
	endedCap        = 1_000
	addressableCap  = 5_000
	companyCap      = 10_000 // extensions, people and lines of a day; more is no company but a PBX that makes oids up
	gapCap          = 200
)

// A record is one call with what the board needs beside its row. It outlives
// the call for a while so that its page can be read, then it is used again.
type record struct {
	call    Call
	date    time.Time   // when the call was initiated, as the PBX says
	seg     signature   // the present conversation
	former  []signature // conversations under this id that were left and not yet hung up
	journey *journey
	talksAs string // key of Board.talking, where it was put last

	// Of a conversation that was inferred; kept after it was announced, since
	// late news of the two calls it came from must still be told from its own.
	inferredAt time.Time
	sources    []string // ids of the two calls
	flows      []string // all their flows

	lastEvent time.Time // last event, or snapshot that showed it
	changedAt time.Time // when the legs last changed without an answer
	linger    time.Time // when the other legs stop; zero if none ring
	halfAt    time.Time // a talking side left
	rival     uint64    // seq of the user's newer customer call
	rivalAt   time.Time
	hintedAt  time.Time // a callTransferredEvent named it
	rang      bool      // its ringing was witnessed
	again     bool      // a call of the same id, date and caller has ended: more of it, or late news of it
	excused   uint64    // rival that a snapshot has shown to be no contradiction
	asked     bool      // a snapshot was asked for before it ages out

	live    bool
	dirty   bool
	heapPos int // in Board.timers, -1 if absent

	outcome     Outcome
	endedAt     time.Time
	pbxDuration time.Duration
	transfers   int // how often the conversation passed to other people

	entries []Entry
	dropped int
}

// note adds a line to the call's timeline. Beyond the bound the middle is
// dropped: beginning and end explain a call best.
func (r *record) note(at time.Time, ev *Event, effect Effect, doubt Doubt) {
	if len(r.entries) >= entryCap {
		r.entries = slices.Delete(r.entries, entryCap/2, entryCap/2+1)
		r.dropped++
	}
	if len(r.entries) < cap(r.entries) {
		r.entries = r.entries[:len(r.entries)+1]
	} else {
		r.entries = append(r.entries, Entry{})
	}
	e := &r.entries[len(r.entries)-1] // written where it lies: an event is large
	e.At, e.Effect, e.Times, e.Doubt = at, effect, 1, doubt
	if ev != nil {
		e.Event = *ev
	} else {
		e.Event = Event{}
	}
}

// repeat counts a doubled event on the line of the first one, where there is
// one of the same type; it reports whether it found it.
func (r *record) repeat(typ EventType, effect Effect) bool {
	for i := len(r.entries) - 1; i >= 0; i-- {
		e := &r.entries[i]
		if e.Event.Type == typ {
			e.Times++
			if effect == EffectDoubled {
				e.Effect = EffectDoubled
			}
			return true
		}
	}
	return false
}

// legs returns a copy of the legs that may be changed and published again.
func (r *record) legs(extra int) []Leg {
	return append(make([]Leg, 0, len(r.call.Legs)+extra), r.call.Legs...)
}

// addLeg adds a leg behind those of its side, the caller's side first, and
// says where it stands now. A call that hunts for ever forgets its oldest
// phones.
func addLeg(legs []Leg, l Leg) ([]Leg, int) {
	if len(legs) >= legCap {
		old := slices.IndexFunc(legs, func(o Leg) bool { return o.State == LegGone })
		if old < 0 {
			old = slices.IndexFunc(legs, func(o Leg) bool { return o.Side == CalleeSide && o.State == LegRinging })
		}
		if old >= 0 {
			legs = slices.Delete(legs, old, old+1)
		}
	}
	i := len(legs)
	for l.Side == CallerSide && i > 0 && legs[i-1].Side == CalleeSide {
		i--
	}
	return slices.Insert(legs, i, l), i
}

// findLeg finds the leg of a party: by flow, else by who it is. A leg whose
// party is still blank (a queue, a snapshot row) is the first named one's.
func (b *Board) findLeg(legs []Leg, side Side, p *Party) int {
	key := b.key(p)
	placeholder := -1
	for i := range legs {
		l := &legs[i]
		if l.Side != side {
			continue
		}
		lk := b.key(&l.Party)
		if p.FlowID != "" && l.Party.FlowID == p.FlowID && fits(key, lk) {
			return i
		}
		if key != "" && lk == key && fits(p.FlowID, l.Party.FlowID) {
			return i
		}
		if lk == "" && l.State != LegGone && (placeholder < 0) {
			placeholder = i
		}
	}
	// Same party under another flow: a side that moved to a new channel.
	if key != "" {
		for i := range legs {
			if legs[i].Side == side && legs[i].State != LegGone && b.key(&legs[i].Party) == key {
				return i
			}
		}
	}
	return placeholder
}

// presentLeg is the index of the leg that talks on a side, else of the only
// one left, else -1.
func presentLeg(legs []Leg, side Side) int {
	only := -1
	for i := range legs {
		if legs[i].Side != side || legs[i].State == LegGone {
			continue
		}
		if legs[i].State == LegConnected {
			return i
		}
		if only >= 0 {
			return -1
		}
		only = i
	}
	return only
}

// merge fills the blanks of a party from an event; what is known stays.
func merge(dst, src *Party) (changed bool) {
	fill := func(d *string, s string) {
		if *d == "" && s != "" {
			*d, changed = s, true
		}
	}
	fill(&dst.FlowID, src.FlowID)
	fill(&dst.User, src.User)
	fill(&dst.UserAddressable, src.UserAddressable)
	fill(&dst.Number, src.Number)
	fill(&dst.Addressable, src.Addressable)
	fill(&dst.SyncID, src.SyncID)
	fill(&dst.SyncSource, src.SyncSource)
	fill(&dst.CallLog, src.CallLog)
	fill(&dst.Name, src.Name)
	return changed
}

// deadline is when the next timer of a live call is due.
func (r *record) deadline() time.Time {
	var due time.Time
	sooner := func(t time.Time) {
		if due.IsZero() || t.Before(due) {
			due = t
		}
	}
	c := &r.call
	stale, end := ringingStale, ringingEnd
	if c.Phase == Talking {
		stale, end = talkingStale, talkingEnd
	}
	if c.Doubt.Kind != DoubtRingingLong && c.Doubt.Kind != DoubtTalkingLong {
		sooner(r.lastEvent.Add(stale))
	}
	sooner(r.lastEvent.Add(end))
	if !r.linger.IsZero() {
		sooner(r.linger)
	}
	if !r.halfAt.IsZero() && c.Confidence != Suspect {
		sooner(r.halfAt.Add(halfLimit))
	}
	if r.rival != 0 && c.Confidence != Suspect {
		sooner(r.rivalAt.Add(rivalLimit))
	}
	if c.Inferred {
		if r.asked {
			sooner(r.inferredAt.Add(inferredEnd))
		} else {
			sooner(r.inferredAt.Add(inferredAsk))
		}
	}
	if r.missedAndAlone() {
		sooner(r.changedAt.Add(missedLimit))
	}
	return due
}

// missedAndAlone reports a ringing call of which a callee was told missed and
// which has no callee leg left: its hang-up may never come (section 11.3), or
// has come already, if all of this is late news.
func (r *record) missedAndAlone() bool {
	if r.call.Phase != Ringing {
		return false
	}
	missed := r.again
	for i := range r.call.Legs {
		l := &r.call.Legs[i]
		if l.Side == CalleeSide && l.State != LegGone {
			return false
		}
		missed = missed || l.Missed
	}
	return missed
}
