package state

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Config are the knobs of the model. The zero value gives the dossier's
// figures (sections 10 to 12) with UTC as zone.
type Config struct {
	Zone        *time.Location // of the day boundary; nil means UTC
	NoInference bool           // switch transfer inference off (dossier 11.1 f)
	FirstCall   uint64         // Seq of the first call; 0 means 1

	// Normal gives a telephone number the form in which the recovery ledger
	// compares it; nil compares numbers as given. It must be pure.
	Normal func(number string) string

	Settle bool // keep what comes to an end until Settled is asked for
}

// A Board is the model; see the package comment.
type Board struct {
	cfg     Config
	now     time.Time // time of the present input or timer; never runs backwards
	version uint64
	changes []Change // answer of the present Apply or Advance, used again

	nextSeq     uint64
	nextJourney uint64

	byID     map[string]*record // PBX id → live call
	bySeq    map[uint64]*record // our id → live call, or one that ended lately
	order    []*record          // live calls by Seq
	inferred []*record          // live calls that came from an inference, announced or not
	dirty    []*record          // rows to publish at the end of the step
	timers   timerHeap
	ended    []*record // ring of calls that ended lately
	endedPos int

	tombs     map[string]*tombstone // PBX id → its newest ended call
	tombQueue queue[*tombstone]
	lastTomb  map[string]*tombstone // party → its newest ended call
	weak      queue[weakPair]       // transfers that may yet be proven
	hangups   int                   // ended by hang-up, lately
	doubled   int                   // of these, told twice and not explained by a transfer
	inferOff  bool

	journeys    map[string]*journey // flow → journey
	oldJourneys queue[*journey]     // without a live call, by their end
	talking     map[string]*record  // user → newest call with a customer

	extensions       map[string]string // extension → user oid
	longestExtension int               // in bytes
	users            map[string]string // oid → name
	lines            map[string]string
	lineNumbers      map[string]string
	addressable      map[string]string
	addrQueue        queue[string] // oldest first
	extOf            map[string]string
	addressOf        map[string]string // user → oid of the user's addressable
	presences        map[string]told   // by Presence.key
	company          uint64            // changes of who and which lines there are

	feed      Feed
	pulse     Pulse
	conn      LinkState
	everUp    bool
	watching  time.Time // first connection; zero before
	settled   bool      // a snapshot was applied, or refused, since the link came up
	gaps      []Gap
	strangers int // consecutive snapshots that shared no id with the board
	idsDiffer bool
	lies      int // calls that hung up after a list had lacked them
	want      string
	restart   string // why the link should be made anew
	hush      hush
	upSince   time.Time
	lastAsk   time.Time
	skews     []time.Duration // receive time minus date of the last new calls, oldest first

	day         []*journey // today's, and those that are still up, but for:
	frozen      []*Journey // those that nothing can change any more, by Start, then ID
	stale       int        // of day, that no longer belong there
	dayVersion  uint64
	dayOverflow bool
	nameVersion uint64 // rises with every name learnt

	userDays map[string]*userDay // user → today's counts
	idle     map[string]*idle    // user → end of the last call
	lineDays map[string]*share   // line → today's counts

	contacts  map[string]*contact // normal form of a number → what happened with it
	listed    []*contact          // those with entries of the recovery ledger, in the order they got one
	anonymous int                 // journeys that gave up without a number today
	twice     int                 // contacts that called twice or more today
	dropped   int                 // entries that made room for newer ones
	waiting   Waiting
	lastTold  Waiting

	today       Today
	published   Today
	midnight    time.Time              // when the day rolls over; zero before the first input
	missed      map[missedKey]struct{} // notices counted lately
	missedQueue queue[missedNotice]

	tallies map[Anomaly]*Tally
	counts  [Transferred + 1]int
	spare   *record // one record ready for use again

	unsettled settlement // with Config.Settle
}

// New returns an empty board that is blind until a Link and a Snapshot arrive.
func New(cfg Config) *Board {
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	b := &Board{
		cfg:       cfg,
		nextSeq:   max(cfg.FirstCall, 1) - 1,
		feed:      Feed{State: Blind, Code: "starting", Reason: "Not connected to the PBX yet"},
		today:     Today{Complete: true},
		published: Today{Complete: true},
	}
	b.makeMaps()
	return b
}

func (b *Board) makeMaps() {
	b.byID = make(map[string]*record)
	b.bySeq = make(map[uint64]*record)
	b.tombs = make(map[string]*tombstone)
	b.lastTomb = make(map[string]*tombstone)
	b.journeys = make(map[string]*journey)
	b.talking = make(map[string]*record)
	b.extensions = make(map[string]string)
	b.extOf = make(map[string]string)
	b.addressOf = make(map[string]string)
	b.presences = make(map[string]told)
	b.userDays = make(map[string]*userDay)
	b.idle = make(map[string]*idle)
	b.lineDays = make(map[string]*share)
	b.contacts = make(map[string]*contact)
	b.users = make(map[string]string)
	b.lines = make(map[string]string)
	b.lineNumbers = make(map[string]string)
	b.addressable = make(map[string]string)
	b.missed = make(map[missedKey]struct{})
	b.tallies = make(map[Anomaly]*Tally)
}

// Apply takes one input and returns the changes it caused, valid until the
// next Apply or Advance. It first fires the timers due at or before in.At.
func (b *Board) Apply(in Input) []Change {
	b.changes = b.changes[:0]
	b.advance(in.At)
	switch f := in.Fact.(type) { // times are taken as UTC: neither zone nor monotonic reading tells two boards apart
	case Event:
		f.Date = f.Date.UTC()
		b.event(&f)
	case Snapshot:
		b.snapshot(f)
	case SnapshotFailed:
		b.snapshotFailed()
	case Link:
		f.NextTry = f.NextTry.UTC()
		b.link(f)
	case Numbering:
		b.number(f)
	case Proof:
		b.pulse.RoundTrip = f.RoundTrip
		b.prove()
	case Name:
		b.learn(f)
	case Presence:
		b.tellPresence(f)
	case PresenceList:
		b.tellPresences(f)
	case Oddity:
		b.tally(f.Kind, f.Sample)
	case Word:
		b.say(f)
	case Dismissal:
		if r := b.bySeq[f.Seq]; r != nil && r.live {
			r.note(b.now, nil, EffectDismissed, Doubt{})
			b.end(r, EndedDismissed)
		}
	case ClockSet:
		b.setClock(f.By)
	case Forget:
		b.forget(f.Number)
	case ForgetColleague:
		b.forgetColleague(f)
	}
	b.publish()
	b.advance(b.now) // what the input itself made due
	return b.changes
}

// Advance fires all timers due at or before now, in order of their due time,
// and returns the changes, valid until the next Apply or Advance.
func (b *Board) Advance(now time.Time) []Change {
	b.changes = b.changes[:0]
	b.advance(now)
	return b.changes
}

// publish turns what the step touched into changes.
func (b *Board) publish() {
	for _, r := range b.dirty {
		if !r.dirty {
			continue
		}
		r.dirty = false
		if r.live {
			b.news(r.journey.root())
			b.leftNow(r)
			b.tellCall(CallUpsert, r)
		}
	}
	b.dirty = b.dirty[:0]
	if b.today != b.published {
		b.published = b.today
		b.change(TodayChanged).Today = b.today
	}
	b.announce()
	if b.waiting != b.lastTold {
		b.lastTold = b.waiting
		b.change(RecoveryChanged).Waiting = b.waiting
	}
}

// change adds a change to the answer. It is written where the answer of an
// earlier step lay: a change is large, and most of it is zero.
func (b *Board) change(kind ChangeKind) *Change {
	b.version++
	if n := len(b.changes); n < cap(b.changes) {
		b.changes = b.changes[:n+1]
	} else {
		b.changes = append(b.changes, Change{})
	}
	c := &b.changes[len(b.changes)-1]
	switch calls := kind == CallUpsert || kind == CallRemoved; {
	case calls && (c.Kind == CallUpsert || c.Kind == CallRemoved): // Call is replaced by the caller
		c.Outcome = 0
	case c.Kind == kind:
	case c.Kind != 0:
		*c = Change{}
	}
	c.Version, c.Kind = b.version, kind
	return c
}

// tellCall adds the change of a call's row, or its last row.
func (b *Board) tellCall(kind ChangeKind, r *record) {
	c := b.change(kind)
	r.call.Rev = b.version
	c.Call = r.call
	if kind == CallRemoved {
		c.Outcome = r.outcome
	}
}

func (b *Board) touch(r *record) {
	if !r.dirty {
		r.dirty = true
		b.dirty = append(b.dirty, r)
	}
}

// reschedule puts a call's timer where its present state wants it.
func (b *Board) reschedule(r *record) {
	b.timers.set(r, r.deadline())
}

// open puts a new call on the board.
func (b *Board) open(callID string, phase Phase) *record {
	r := b.spare
	b.spare = nil
	if r == nil {
		r = &record{}
	} else {
		*r = record{
			former: r.former[:0], sources: r.sources[:0], flows: r.flows[:0],
			entries: r.entries[:0],
		}
	}
	b.nextSeq++
	r.live, r.heapPos, r.lastEvent, r.changedAt, r.pbxDuration = true, -1, b.now, b.now, -1
	r.call = Call{Seq: b.nextSeq, CallID: callID, Phase: phase, StartedAt: b.now}
	if callID != "" {
		b.byID[callID] = r
	}
	b.bySeq[r.call.Seq] = r
	b.order = append(b.order, r)
	b.touch(r)
	return r
}

// end takes a call off the board.
func (b *Board) end(r *record, how Outcome) {
	if !r.live {
		return
	}
	r.live, r.dirty = false, false
	r.outcome, r.endedAt = how, b.now
	b.allLeft(r, how)
	if b.byID[r.call.CallID] == r {
		delete(b.byID, r.call.CallID)
	}
	if i, ok := find(b.order, r.call.Seq); ok {
		b.order = cutOut(b.order, i)
	}
	if i := slices.Index(b.inferred, r); i >= 0 {
		b.inferred = slices.Delete(b.inferred, i, i+1)
	}
	b.timers.drop(r)
	b.silent(r)
	b.tellCall(CallRemoved, r)
	if how != EndedReplaced { // the other row goes on telling
		b.spoken(r, how == EndedHungUp)
	}
	b.leftAlone(r)
	b.leaveJourney(r)
	b.settle(r)
	b.remember(r)
}

// find is the place of a call in a list by Seq. Numbers count up by one, so
// that first and last call already say much about where it can be.
func find(list []*record, seq uint64) (int, bool) {
	n := len(list)
	if n == 0 || seq < list[0].call.Seq || seq > list[n-1].call.Seq {
		return 0, false
	}
	from := max(n-1-int(min(list[n-1].call.Seq-seq, uint64(n))), 0)
	to := min(int(min(seq-list[0].call.Seq, uint64(n)))+1, n)
	i, ok := slices.BinarySearchFunc(list[from:to], seq, func(o *record, seq uint64) int { return cmp.Compare(o.call.Seq, seq) })
	return from + i, ok
}

// cutOut takes element i out of a list by moving the shorter side: calls that
// end are mostly among the oldest.
func cutOut(list []*record, i int) []*record {
	if i >= len(list)/2 {
		return slices.Delete(list, i, i+1)
	}
	copy(list[1:], list[:i])
	list[0] = nil
	return list[1:]
}

// remember keeps an ended call in the ring and frees the oldest one there.
func (b *Board) remember(r *record) {
	if len(b.ended) < endedCap {
		b.ended = append(b.ended, r)
		return
	}
	old := b.ended[b.endedPos]
	delete(b.bySeq, old.call.Seq)
	b.spare = old
	b.ended[b.endedPos] = r
	b.endedPos = (b.endedPos + 1) % endedCap
}

// NextCall is the Seq that the next call will get.
func (b *Board) NextCall() uint64 { return b.nextSeq + 1 }

// Version is the number of changes so far.
func (b *Board) Version() uint64 { return b.version }

// Calls iterates over the live calls in order of Seq.
func (b *Board) Calls() iter.Seq[Call] {
	return func(yield func(Call) bool) {
		for _, r := range b.order {
			if !yield(r.call) {
				return
			}
		}
	}
}

// Len is the number of live calls.
func (b *Board) Len() int { return len(b.order) }

// Call returns a live call.
func (b *Board) Call(seq uint64) (Call, bool) {
	r := b.bySeq[seq]
	if r == nil || !r.live {
		return Call{}, false
	}
	return r.call, true
}

// Feed is what the board claims about itself.
func (b *Board) Feed() Feed { return b.feed }

// Pulse are the times that move with every message.
func (b *Board) Pulse() Pulse { return b.pulse }

// Today are the counters of the present day.
func (b *Board) Today() Today { return b.today }

// Gaps are the interruptions of the feed, oldest first, the last 200.
func (b *Board) Gaps() []Gap { return slices.Clone(b.gaps) }

// EventCounts says how many events of each type were applied.
func (b *Board) EventCounts() map[EventType]int {
	m := make(map[EventType]int, len(EventTypes))
	for _, t := range EventTypes {
		m[t] = b.counts[t]
	}
	return m
}

// SnapshotWanted tells once that the board would like a fresh snapshot, and why.
func (b *Board) SnapshotWanted() (reason string, ok bool) {
	reason, b.want = b.want, ""
	return reason, reason != ""
}

// RecentEnded returns up to n calls that ended lately, newest first.
func (b *Board) RecentEnded(n int) []Ended {
	n = min(n, len(b.ended))
	out := make([]Ended, 0, n)
	for i := range n {
		pos := len(b.ended) - 1 - i
		if len(b.ended) == endedCap {
			pos = (b.endedPos - 1 - i + 2*endedCap) % endedCap
		}
		out = append(out, b.ended[pos].ended())
	}
	return out
}

// ended tells of a call that is over.
func (r *record) ended() Ended {
	e := Ended{Call: r.call, At: r.endedAt, Outcome: r.outcome, Answered: r.call.Phase == Talking, PBXDuration: r.pbxDuration}
	if e.Answered && !r.call.ConnectedAt.IsZero() {
		e.Talk = r.endedAt.Sub(r.call.ConnectedAt)
	}
	return e
}

// History returns all that is known of a call that is up or ended lately.
func (b *Board) History(seq uint64) (History, bool) {
	r := b.bySeq[seq]
	if r == nil {
		return History{}, false
	}
	h := History{
		Call: r.call, Live: r.live, Outcome: r.outcome, EndedAt: r.endedAt, PBXDuration: r.pbxDuration,
		Entries: slices.Clone(r.entries), Dropped: r.dropped,
	}
	if r.journey != nil {
		for _, s := range r.journey.seqs {
			o := b.bySeq[s]
			if o == nil {
				continue
			}
			h.Journey = append(h.Journey, o.call)
			if n := b.lineNumbers[o.call.Line]; n != "" && !slices.Contains(h.LineNumbers, n) {
				h.LineNumbers = append(h.LineNumbers, n)
			}
			if o != r {
				h.Parts = append(h.Parts, Part{Call: o.call, Live: o.live, Outcome: o.outcome, EndedAt: o.endedAt, Entries: slices.Clone(o.entries)})
			}
		}
	}
	return h, true
}
