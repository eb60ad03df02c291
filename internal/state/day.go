package state

import (
	"slices"
	"time"
)

// A Journey is what today's numbers are made of: all calls of one customer
// conversation, joined by flow ids (dossier section 9). A transferred call is
// one journey. Times are the board's own measurements unless said otherwise.
type Journey struct {
	ID       uint64
	Kind     Direction // Unknown counts as Inbound: somebody who waits
	Customer Party     // who came in first, or was called; blank of an internal journey
	Line     string    // oid of the line by which it came in
	LineName string
	Users    []string // who talked with the customer, in order, each once; oids, or extensions where no oid is known. Of an internal journey: both
	RangAt   []string // colleagues whose telephones rang before the answer, or in vain, each once; named as in Users
	Calls    []uint64 // Seq of its calls, oldest first

	Day        string        // "2026-11-22": the day it began, in the board's zone
	Counted    bool          // it began today while we watched, so it is one of the day's; others are listed as long as they are up
	Start      time.Time     // when the customer's first call came up; of an internal journey, the first call
	StartKnown bool          // false: it was up before we watched; no wait is known
	Answered   time.Time     // first talk with the customer; zero if there was none
	WaitKnown  bool          // both ends of the wait were witnessed: Answered minus Start is it
	Ended      time.Time     // of the last call; zero while one is up; if Lost, when it was last known to be up
	Lost       bool          // its end was not seen: without an answer it counts neither as answered nor as unanswered
	Talk       time.Duration // of ended conversations with the customer whose both ends were witnessed; time told twice counts once, consultations do not count
	Talks      int           // how many those are: one for each colleague who had the customer in turn
	Rung       int           // how many telephones those of RangAt are
	Doubt      bool          // a call of it is unconfirmed or suspect
}

// Wait is how long the customer has waited, or did until the answer or the
// end; false if that is not known.
func (j *Journey) Wait(now time.Time) (time.Duration, bool) {
	if !j.StartKnown || j.Start.IsZero() {
		return 0, false
	}
	switch {
	case !j.Answered.IsZero():
		return j.Answered.Sub(j.Start), j.WaitKnown
	case !j.Ended.IsZero():
		return j.Ended.Sub(j.Start), !j.Lost
	}
	return now.Sub(j.Start), true
}

// Up reports that a call of the journey is up.
func (j *Journey) Up() bool { return j.Ended.IsZero() }

// dayCap bounds the journeys listed of one day: one call a second for fourteen
// hours. Counters go on beyond it, the list does not.
const dayCap = 50_000

// Journeys are today's journeys, and those of before that are still up, by
// Start, then ID. The result is the caller's; the slices in it are shared and
// never modified. Readers compare DayVersion first: after busy days this is
// megabytes.
func (b *Board) Journeys() []Journey {
	b.tidyDay()
	for _, j := range b.day {
		if j.told == nil || j.toldNames != b.nameVersion {
			j.told, j.toldNames = b.tell(j), b.nameVersion
		}
	}
	slices.SortFunc(b.day, func(x, y *journey) int {
		return x.told.compare(y.told)
	})
	out := make([]Journey, 0, len(b.day)+len(b.frozen))
	rest := b.frozen
	for _, j := range b.day {
		for len(rest) > 0 && rest[0].before(j.told) {
			out, rest = append(out, b.renamed(rest[0])), rest[1:]
		}
		out = append(out, *j.told)
	}
	for _, t := range rest {
		out = append(out, b.renamed(t))
	}
	return out
}

// DayVersion rises whenever Journeys or People may answer differently.
func (b *Board) DayVersion() uint64 { return b.dayVersion }

// JourneysOverflow reports that today had more journeys than are listed, so
// that what is counted from Journeys is a least.
func (b *Board) JourneysOverflow() bool { return b.dayOverflow }

// list puts a journey on the list of the day.
func (b *Board) list(j *journey) {
	if j.listed {
		return
	}
	if len(b.day)-b.stale+len(b.frozen) >= dayCap {
		b.dayOverflow = true
		return
	}
	j.listed = true
	b.day = append(b.day, j)
}

// news notes that a journey is to be told anew.
func (b *Board) news(j *journey) {
	if j != nil {
		j.told = nil
		b.thaw(j)
		b.unsettle(j)
	}
	b.dayVersion++
}

// newDay takes the journeys that are over off the list.
func (b *Board) newDay() {
	kept := make([]*journey, 0, 64)
	for _, j := range b.day {
		if j.merged == nil && j.live > 0 {
			j.told = nil
			kept = append(kept, j)
		} else {
			j.listed = false
		}
	}
	b.day, b.frozen, b.stale, b.dayOverflow = kept, nil, 0, false
	b.dayVersion++
}

// tell makes the public face of a journey.
func (b *Board) tell(j *journey) *Journey {
	f := j.face()
	customer := j.customer
	if j.called != nil && (j.kind == Outbound || b.inside(&customer)) { // who calls may be learnt to be a colleague later
		customer = *j.called
	}
	room := new(journeyRoom) // one piece of memory: there are many
	t := &room.Journey
	*t = Journey{
		ID: j.id, Kind: j.kind, Customer: b.named(&customer), Line: j.line, LineName: b.lines[j.line],
		Users: b.people(j.users, room.users[:0]), Calls: append(room.calls[:0:len(room.calls)], j.seqs...),
		Day:     j.day,
		Counted: j.counted && j.day == b.today.Day, Start: f.start, StartKnown: f.known, Answered: f.answered, WaitKnown: f.waited && f.known,
		Talks: talks(j.spans),
	}
	t.Customer.FlowID, t.Customer.CallLog = "", "" // of one call, not of who it was
	if j.kind == Internal {
		t.Customer = Party{}
	} else if key := b.key(&customer); key != "" { // of whom it was not known at first who is the customer
		t.Users = slices.DeleteFunc(t.Users, func(u string) bool { return u == key })
	}
	t.Talk = length(j.spans)
	rung := f.rung
	if j.live == 0 {
		t.Ended, t.Lost = j.overAt, j.unsure
		if j.unsure {
			t.Ended = j.lastSeen
		}
	} else {
		rung = slices.Clone(rung)
		for _, seq := range j.seqs {
			if r := b.bySeq[seq]; r != nil && r.live && r.journey.root() == j {
				t.Doubt = t.Doubt || r.call.Confidence != Confirmed
				if r.call.Direction != Internal || j.kind == Internal {
					rung = b.addRung(rung, f.answered, &r.call)
				}
			}
		}
	}
	t.RangAt = b.people(rung, room.rang[:0])
	t.Rung = len(t.RangAt)
	return t
}

// A journeyRoom is a Journey with room for the lists of most.
type journeyRoom struct {
	Journey
	calls [1]uint64
	users [1]string
	rang  [2]string
}

// people names each of some parties once, by oid where it is known by now.
// They are put into room if there is enough.
func (b *Board) people(keys, room []string) []string {
	if len(keys) == 0 {
		return nil
	}
	out := room
	if len(keys) > cap(room) {
		out = make([]string, 0, len(keys))
	}
	for _, key := range keys {
		if user, ok := b.colleague(key); ok {
			key = user
		}
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}

// addRung adds the colleagues' telephones at which a call rang before the answer
// it led to, or in vain. The line itself is none, nor is a customer's.
func (b *Board) addRung(keys []string, answered time.Time, c *Call) []string {
	if c.Direction == Outbound || !answered.IsZero() && c.StartedAt.After(answered) {
		return keys
	}
	for i := range c.Legs {
		l := &c.Legs[i]
		if l.Side != CalleeSide || l.Party.Blank() || b.isLine(&l.Party, c.Line) || len(keys) >= legCap {
			continue
		}
		if !l.Answered.IsZero() && l.Answered.After(answered) { // it took over later
			continue
		}
		if key := b.key(&l.Party); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// A span is a stretch of talk of a customer with one colleague.
type span struct {
	from, to time.Time
	since    time.Time // the customer was on the line since then: from, or the talk that was handed on
}

// talks counts stretches. One that began during another and was over with it
// is a consultation with somebody outside.
func talks(spans []span) (n int) {
	for i, s := range spans {
		consult := false
		for k, o := range spans {
			consult = consult || k != i && s.from.After(o.from) && s.from.Before(o.to) && !s.to.After(o.to.Add(transferWindow))
		}
		if !consult {
			n++
		}
	}
	return n
}

// length is how long a customer was on the line, told once where stretches
// overlap.
func length(spans []span) (d time.Duration) {
	if len(spans) == 1 {
		return max(spans[0].to.Sub(spans[0].since), 0)
	}
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(x, y span) int { return x.since.Compare(y.since) })
	var until time.Time
	for _, s := range spans {
		if s.since.Before(until) {
			s.since = until
		}
		if s.to.After(s.since) {
			d += s.to.Sub(s.since)
			until = s.to
		}
	}
	return d
}

// spoken adds a talk that ends, or passes to other people, to its journey and
// to the people who had it. seen tells that its end was witnessed; else it
// lasted at least until it was last heard of, which people keep and the
// journey's average does not.
func (b *Board) spoken(r *record, seen bool) {
	c := &r.call
	if c.Phase != Talking || c.PairSince.IsZero() {
		return
	}
	until := b.now
	if !seen {
		until = r.lastEvent
	}
	from := c.PairSince
	if from.Before(b.today.Since) {
		from = b.today.Since
	}
	if d := until.Sub(from); d > 0 {
		switch c.Direction {
		case Internal:
			b.ofUser(b.key(&c.Caller)).inside += d
			b.ofUser(b.key(&c.Callee)).inside += d
		case Inbound, Outbound:
			b.ofUser(b.customerUser(r)).talk += d
		}
	}
	j := r.journey.root()
	begun := !c.TalkAtLeast || c.PairSince.After(c.ConnectedAt)
	if j == nil || !seen || !begun || c.Direction == Internal || len(j.spans) >= journeyCap {
		return
	}
	s := span{from: c.PairSince, to: until, since: c.PairSince}
	if r.inferredAt.Equal(s.from) && !c.TalkAtLeast && !c.ConnectedAt.IsZero() {
		s.since = c.ConnectedAt // the customer was never off the line
	}
	j.spans = append(j.spans, s)
}

// Knows reports whether a call is up or ended so lately that its history is
// kept.
func (b *Board) Knows(seq uint64) bool { return b.bySeq[seq] != nil }
