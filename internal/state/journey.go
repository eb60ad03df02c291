package state

import (
	"slices"
	"time"
)

// A journey is all calls of one customer conversation, joined by flow ids
// (dossier section 9). Counters count journeys, so a transferred call counts
// once.
type journey struct {
	id      uint64
	start   time.Time
	known   bool // the start was witnessed, or the PBX's date is believed
	flows   []string
	seqs    []uint64
	calls   int
	live    int
	talks   []conversation // that connected, for "transferred"
	kind    Direction      // of the customer; Internal if there is none
	named   bool           // kind was decided by a customer
	counted bool           // it began while we watched, so it is in today's counters
	faces   [2]face        // of the calls among colleagues, of those with a customer
	unsure  bool           // its last call did not end by a hang-up
	day     string
	share   share
	endedAt time.Time
	merged  *journey

	customer Party    // who came in first
	called   *Party   // by the first call, where that was not seen to come in
	line     string   // by which line
	users    []string // keys of those who talked with the customer
	spans    []span   // ended talks with the customer
	lastSeen time.Time
	overAt   time.Time // end of the last call; where that was not told, when its last telephone stopped
	void     bool      // its only call turned out to be another one on the board

	listed    bool // in Board.day
	frozen    bool // in Board.frozen instead, told
	queued    int  // how often in Board.oldJourneys
	restless  bool // in Board.unsettled
	settled   bool // was told as over
	told      *Journey
	toldNames uint64
	usersRoom [1]string // most need no more
	rungRoom  [2]string
	spansRoom [1]span
	flowsRoom [3]string
	seqsRoom  [1]uint64

	// Its place in the recovery ledger.
	reachOf, reach string     // the customer's number and its normal form
	contact        *contact   // where it counts as a call that came in
	spokeTo        []*contact // customers that somebody spoke to in it
	nameless       bool       // gave up without a number
}

// A conversation is two parties who talked in a journey.
type conversation struct {
	sig            signature
	caller, callee Party
}

// A face is how a journey looks to one sort of its calls. A customer's wait is
// measured on the customer's calls alone: the colleagues who later take part
// may have been talking before.
type face struct {
	start    time.Time
	known    bool
	answered time.Time // zero before the first talk
	waited   bool      // from ring to answer it was witnessed
	rung     []string  // keys of the telephones that rang before, of calls that are over
}

// merge takes what came first from either.
func (f *face) merge(o face) {
	if f.start.IsZero() || !o.start.IsZero() && o.start.Before(f.start) {
		f.start, f.known = o.start, o.known
	}
	if f.answered.IsZero() || !o.answered.IsZero() && o.answered.Before(f.answered) {
		f.answered, f.waited = o.answered, o.waited
	}
	if len(o.rung) > 0 && (f.answered.IsZero() || !o.start.After(f.answered)) { // else it rang after the answer
		rung := slices.Clip(f.rung)
		for _, key := range o.rung {
			if !slices.Contains(rung, key) {
				rung = append(rung, key)
			}
		}
		f.rung = rung
	}
}

// face is the one that counts: the customer's, if there is a customer.
func (j *journey) face() face {
	f := j.faces[1]
	if j.kind == Internal || f.start.IsZero() {
		f.merge(j.faces[0])
	}
	if !f.answered.IsZero() && f.start.After(f.answered) { // told out of order: it began some time before
		f.start, f.known = f.answered, false
	}
	return f
}

// faceOf is the face that a call belongs to.
func (j *journey) faceOf(d Direction) *face {
	if d == Internal {
		return &j.faces[0]
	}
	return &j.faces[1]
}

// journeyCap bounds the calls of one journey: no customer is handed on so
// often, but a PBX that gives all calls one flow id would join them all.
const journeyCap = 200

// root is the journey that this one was merged into, or itself.
func (j *journey) root() *journey {
	for j != nil && j.merged != nil {
		j = j.merged
	}
	return j
}

// joinJourney puts a call into the journey of its flows, a new one if there is
// none, and merges those that turn out to be one.
func (b *Board) joinJourney(r *record) {
	c := &r.call
	j := r.journey.root()
	for i := range c.Legs {
		f := c.Legs[i].Party.FlowID
		if f == "" || j.owns(f) {
			continue
		}
		if o := b.journeys[f].root(); o != nil && o != j && o.calls < journeyCap {
			if j == nil {
				j = o
			} else {
				j = b.mergeJourneys(j, o)
			}
		}
	}
	if j == nil {
		b.nextJourney++
		j = &journey{id: b.nextJourney, start: c.StartedAt, known: !c.StartAtLeast, counted: !c.FromSnapshot, day: b.today.Day}
		j.users, j.spans, j.faces[1].rung = j.usersRoom[:0], j.spansRoom[:0], j.rungRoom[:0]
		j.flows, j.seqs = j.flowsRoom[:0], j.seqsRoom[:0]
	}
	r.journey = j
	b.list(j)
	b.news(j)
	b.place(j, c)
	if !slices.Contains(j.seqs, c.Seq) {
		j.seqs = append(j.seqs, c.Seq)
		j.calls++
		j.live++
		j.void = false
	}
	for i := range c.Legs {
		f := c.Legs[i].Party.FlowID
		if f == "" || j.owns(f) {
			continue
		}
		if was := b.journeys[f].root(); was != j {
			if was != nil { // it is full
				was.flows = slices.DeleteFunc(was.flows, func(o string) bool { return o == f })
			}
			b.journeys[f] = j
			j.flows = append(j.flows, f)
		}
	}
	// The customer's direction decides; a consultation does not change it.
	if !j.named && c.Direction != Internal {
		j.kind, j.named = c.Direction, c.Direction != Unknown
	} else if j.kind == Unknown && len(j.seqs) == 1 {
		j.kind = c.Direction
	}
	b.markHandedOn(r, j)
	if c.Phase == Talking && len(j.talks) < 32 && !j.talked(&r.seg) {
		j.talks = append(j.talks, conversation{r.seg, c.Caller, c.Callee})
	}
	b.look(r, j)
	b.count(j)
	b.inTouch(r)
	b.describe(r, j)
}

// owns reports that a flow is known to be one of a journey's. It looks at the
// first ones only, which are all there are of most.
func (j *journey) owns(flow string) bool {
	if j == nil {
		return false
	}
	return slices.Contains(j.flows[:min(len(j.flows), 8)], flow)
}

func (j *journey) talked(sig *signature) bool {
	for i := range j.talks {
		if j.talks[i].sig == *sig {
			return true
		}
	}
	return false
}

// look brings what a journey knows of its first ringing and talking in line
// with a call, and notes who talks.
func (b *Board) look(r *record, j *journey) {
	c := &r.call
	f := j.faceOf(c.Direction)
	// The PBX's date is in whole seconds: of that alone no start moves that was
	// witnessed.
	dated := !r.rang && r.inferredAt.IsZero() && f.known && f.start.Sub(c.StartedAt) < time.Second
	if f.start.IsZero() || c.StartedAt.Before(f.start) && !dated {
		f.start, f.known = c.StartedAt, !c.StartAtLeast
	}
	if c.Phase != Talking {
		return
	}
	if first := f.answered.IsZero(); first || c.ConnectedAt.Before(f.answered) {
		f.answered, f.waited = c.ConnectedAt, r.rang && !c.TalkAtLeast && f.known
		if first && c.Direction != Internal && r.rang && !c.TalkAtLeast { // both ends of the wait were witnessed
			b.wait(j, c.ConnectedAt.Sub(f.start))
		}
	}
	talks := func(p *Party) {
		if key := b.key(p); key != "" && !slices.Contains(j.users, key) && len(j.users) < journeyCap {
			j.users = append(j.users, key)
		}
	}
	switch {
	case c.Direction == Outbound:
		talks(&c.Caller)
	case c.Direction != Internal:
		talks(&c.Callee)
	case j.kind == Internal:
		talks(&c.Caller)
		talks(&c.Callee)
	}
}

// place notes who came in by which line; a line learnt late takes over what was
// counted without one.
func (b *Board) place(j *journey, c *Call) {
	if j.customer.Number == "" && !b.inside(&c.Caller) {
		j.customer = c.Caller
	}
	if j.called == nil && c.Direction != Inbound && !c.Callee.Blank() {
		p := c.Callee
		j.called = &p
	}
	if j.line == "" && c.Line != "" {
		b.moveToLine(j, c.Line)
	}
}

// moveToLine counts a journey at the line by which it turned out to have come.
func (b *Board) moveToLine(j *journey, line string) {
	if j.day == b.today.Day {
		b.ofLine(j.line).add(share{}, j.share)
		b.ofLine(line).add(j.share, share{})
	}
	j.line = line
}

// wait notes how long a customer waited; only the first answer counts.
func (b *Board) wait(j *journey, d time.Duration) {
	if d >= 0 && j.kind != Outbound && j.kind != Internal && j.counted && j.day == b.today.Day {
		b.today.WaitTotal += d - j.share.wait
		b.today.WaitCount += 1 - j.share.waits
		j.share.wait, j.share.waits = d, 1
	}
}

// describe copies what a row shows of its journey.
func (b *Board) describe(r *record, j *journey) {
	c := &r.call
	start := j.start
	if !j.known {
		start = time.Time{}
	}
	if c.Journey != j.id || c.JourneyCalls != j.calls || !c.JourneyStart.Equal(start) {
		c.Journey, c.JourneyCalls, c.JourneyStart = j.id, j.calls, start
		b.touch(r)
	}
}

// markHandedOn finds out whether the customer of a call talked with somebody
// else before: an earlier conversation of the journey shares one side, and the
// other side is a different person.
func (b *Board) markHandedOn(r *record, j *journey) {
	c := &r.call
	if c.Transferred || len(j.talks) == 0 {
		return
	}
	for i := len(j.talks) - 1; i >= 0; i-- {
		was := j.talks[i].sig
		if was == r.seg || was.sameParties(r.seg) || !r.seg.complete() || !was.complete() {
			continue
		}
		caller, callee := &j.talks[i].caller, &j.talks[i].callee
		switch {
		case r.seg.caller == was.caller || r.seg.callee == was.caller:
			if r.call.Direction == Internal && !b.inside(callee) { // this is the consultation, the customer waits
				continue
			}
			c.Former = b.named(callee)
		case r.seg.caller == was.callee || r.seg.callee == was.callee:
			if r.call.Direction == Internal && !b.inside(caller) {
				continue
			}
			c.Former = b.named(caller)
		default:
			continue
		}
		if !b.inside(&c.Former) && (b.inside(&c.Caller) != b.inside(&c.Callee)) {
			c.Former = Party{} // a colleague with two customers is no transfer
			continue
		}
		c.Transferred = true
		b.passed(r, b.recordOf(j, was))
		b.touch(r)
		return
	}
}

// mergeJourneys makes one journey of two; the one that began first stays.
func (b *Board) mergeJourneys(x, y *journey) *journey {
	x, y = x.root(), y.root()
	if x == nil || y == nil || x == y || x.calls+y.calls > journeyCap {
		if x == nil {
			return y
		}
		return x
	}
	if y.start.Before(x.start) || y.start.Equal(x.start) && y.id < x.id {
		x, y = y, x
	}
	b.thaw(y)
	b.uncount(y)
	b.unfollow(y)
	b.joinTalks(y, x)
	y.merged = x
	b.unsettle(y)
	for _, f := range y.flows {
		b.journeys[f] = x
	}
	x.flows = append(x.flows, y.flows...)
	x.seqs = append(x.seqs, y.seqs...)
	slices.Sort(x.seqs)
	x.calls += y.calls
	x.live += y.live
	x.talks = append(x.talks, y.talks...)
	if y.named && !x.named {
		x.kind, x.named = y.kind, true
	}
	for i := range x.faces {
		x.faces[i].merge(y.faces[i])
	}
	if y.customer.Number != "" && x.customer.Number == "" {
		x.customer = y.customer
	}
	if y.called != nil && (y.kind == Outbound || x.called == nil) {
		x.called = y.called
	}
	for _, key := range y.users {
		if !slices.Contains(x.users, key) {
			x.users = append(x.users, key)
		}
	}
	x.spans = append(x.spans, y.spans...)
	if y.overAt.After(x.overAt) {
		x.overAt = y.overAt
	}
	if y.lastSeen.After(x.lastSeen) {
		x.lastSeen = y.lastSeen
	}
	if y.line != "" && x.line == "" {
		b.moveToLine(x, y.line)
	}
	b.list(x)
	b.news(x)
	if y.endedAt.After(x.endedAt) {
		x.endedAt = y.endedAt
	}
	for _, s := range x.seqs {
		if r := b.bySeq[s]; r != nil && r.journey.root() == x {
			r.journey = x
			if r.live {
				b.describe(r, x)
			}
		}
	}
	b.count(x)
	return x
}

// leaveJourney notes the end of a call in its journey.
func (b *Board) leaveJourney(r *record) {
	j := r.journey.root()
	if j == nil {
		return
	}
	j.live--
	b.news(j)
	f := j.faceOf(r.call.Direction)
	f.rung = b.addRung(f.rung, f.answered, &r.call)
	j.overAt = b.now
	if r.outcome != EndedHungUp && r.missedAndAlone() {
		j.overAt = r.changedAt
	}
	j.void = r.outcome == EndedReplaced && j.calls == 1
	if r.lastEvent.After(j.lastSeen) {
		j.lastSeen = r.lastEvent
	}
	j.unsure = r.outcome != EndedHungUp && !r.missedAndAlone()
	j.endedAt = b.now
	b.count(j)
	b.hungUpOn(j)
	if j.live == 0 {
		j.queued++
		b.oldJourneys.push(j)
	}
}

// purgeJourneys forgets journeys that ended as long ago as tombstones live.
func (b *Board) purgeJourneys() {
	for b.oldJourneys.len() > 0 {
		j := b.oldJourneys.first()
		last := j.queued == 1 && j.live == 0 // else it is told again behind
		if last && b.now.Sub(j.endedAt) <= tombstoneLife && b.oldJourneys.len() <= tombstoneCap {
			return
		}
		b.oldJourneys.pop()
		j.queued--
		if j.merged != nil || !last {
			continue
		}
		for _, f := range j.flows {
			delete(b.journeys, f)
		}
		j.flows, j.talks = nil, nil
		b.freeze(j)
	}
}
