package hub

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"maps"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/rules"
	"callboard/internal/state"
)

// Errors of this package that callers tell apart with errors.Is.
var (
	ErrNotFound     = errors.New("no such call on the board or among those that ended lately")
	ErrTooManyViews = errors.New("too many different views are being looked at")
	ErrStopped      = errors.New("the board is shutting down")
)

const (
	defaultMaxViews = 128
	defaultBeat     = 5 * time.Second
)

// Options are what a hub needs to know. The zero value works.
type Options struct {
	State      state.Config
	Build      string         // of this process, told to pages
	Zone       *time.Location // of the times on screen; nil means State.Zone, else UTC
	Language   string         // "en", "nl", "de" for viewers who ask for none; else their browsers decide, or English
	MaxViews   int            // different views looked at at once; 0 means 128
	BeatPeriod time.Duration  // 0 means 5 s
	Setup      Setup          // at the start; see Use
	Notice     Notice         // of the last process; see SetNotice
	Log        *slog.Logger   // nil discards

	// Past tells of a day of the past, which begins at a midnight, how many
	// customers came in by these lines or to these users; all, if none are named.
	// It may take its time: it is never called under a lock. Nil: charts have no
	// week before.
	Past func(ctx context.Context, day time.Time, lines, users []string) (PastHours, error)

	// OnSnapshotWanted asks the feed for a fresh snapshot. It must not block.
	OnSnapshotWanted func(reason string)
	// OnReconnectWanted asks the feed to make its link anew: it lives, but no
	// longer brings call events. It must not block.
	OnReconnectWanted func(reason string)
	// OnEventToFrame hears, for each painting that made a frame, the time from
	// the oldest input in it to its bytes. It must not block.
	OnEventToFrame func(d time.Duration)
	// OnNotice keeps a notice over a restart; without text it forgets it.
	OnNotice func(Notice) error
	// OnAlarm hears of each alarm of a call or of the whole board when it is
	// raised, and once more when it is over. It must not block or call the hub.
	OnAlarm func(rules.Episode)
	// Alarms are those that were up when the last process ended: one that goes
	// on is not raised anew.
	Alarms []rules.Episode
	// PBX tells of the far end for the status page; nil shows nothing of it.
	PBX func() PBX

	// Board is what the hub begins with: one restored from the journal, which
	// is the hub's from then on. nil begins with an empty, blind one.
	Board *state.Board
	// OnInput keeps each input that enters the model, in their order, with the
	// time it is applied at, and gives its place in that order. It is called
	// with the hub's lock held: it must be quick and must not call the hub.
	// With it the hub also tells a state.Tick every 10 s.
	OnInput func(state.Input) (seq uint64)
	// Storage tells of journal and history; nil shows nothing of them. It is
	// asked every second and must not block.
	Storage func() Storage
	// At makes the hub a recorded one: its clock tells that moment, and from
	// then on Rate seconds for each that passes, 0 standing still. Whoever
	// feeds it says when its timers fire (Advance): they never fire by
	// themselves. Zero is a live hub.
	At   time.Time
	Rate float64
	// Record says what a recorded hub shows; see SetRecord.
	Record Record
}

// PBX is what the status page says about the far end. Empty fields are left
// out.
type PBX struct {
	Host, Tenant, Product, Version, Build, UserSpace string
	ConnectedSince, TokenUntil                       time.Time
	Reconnects                                       int
	Messages                                         map[string]int // that the socket brought since the start, by kind
}

// Stats are counters since the process began, and what is up now.
type Stats struct {
	Changes    uint64                   // changes of the board
	RowRenders uint64                   // rows rendered, over all presentations
	Frames     map[string]uint64        // painted, by page
	Views      int                      // alive
	Viewers    map[string]int           // by page
	Calls      map[string]int           // up now, by state.Phase.String()
	Removed    map[state.Outcome]uint64 // calls that left the board
}

// Hub is the live board; see the package comment. Safe for concurrent use.
type Hub struct {
	opt    Options
	epoch  string
	start  time.Time
	clock  *clock
	moment map[string]string // fields that all addresses of a recorded board carry; nil on a live one

	mu      sync.Mutex // guards what follows up to the blank line
	board   *state.Board
	dirty   dirty
	changes uint64
	removed map[state.Outcome]uint64
	company uint64    // of the board when it was last noted
	armed   time.Time // when the timers' goroutine wakes by itself; zero if never
	seq     uint64    // of the last input, as OnInput gave it
	shut    bool      // nothing enters any more; see Stop
	paused  pause     // of writing, when it was last looked at

	duration atomic.Pointer[DurationFact] // nil: nothing is known of it
	touched  atomic.Uint64                // facts applied; histories may have grown with each
	lookers  atomic.Int32                 // views of single calls alive
	frame    atomic.Uint64                // number of the newest frame, hub-wide
	renders  atomic.Uint64
	beat     atomic.Pointer[beat]
	record   atomic.Pointer[Record]
	inUse    atomic.Pointer[Setup]
	timers   chan struct{} // an earlier deadline came up
	pings    chan struct{} // somebody asks whether the loop turns
	proofs   chan struct{} // a proof of life came: one token
	wake     chan struct{} // something may have to be painted
	stopped  chan struct{} // closed when Run ended
	stopOnce sync.Once

	painter painter
	views   *viewSet
}

// dirty is what changed since the painter last looked, conflated to the latest.
type dirty struct {
	calls  map[uint64]note
	feed   bool
	today  bool
	ended  bool
	ledger bool
	names  bool      // who and which lines there are
	store  bool      // whether journal and history are kept
	since  time.Time // arrival of the oldest input in it; has a monotonic reading
}

// note is the latest that is known of a call: its row, or that it is gone.
type note struct {
	call state.Call
	gone bool
}

// New returns a hub whose board is blind until the feed speaks, or shows what
// Options.Board knew when it was last written, as of then. It shows pictures at
// once; frames and beats need Run.
func New(opt Options) *Hub {
	if opt.Zone == nil {
		opt.Zone = opt.State.Zone
	}
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	if opt.MaxViews <= 0 {
		opt.MaxViews = defaultMaxViews
	}
	if opt.BeatPeriod <= 0 {
		opt.BeatPeriod = defaultBeat
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	h := &Hub{
		opt: opt, epoch: newEpoch(), clock: newClock(opt.At, opt.Rate),
		board:   opt.Board,
		dirty:   dirty{calls: map[uint64]note{}},
		removed: map[state.Outcome]uint64{},
		timers:  make(chan struct{}, 1),
		pings:   make(chan struct{}),
		proofs:  make(chan struct{}, 1),
		wake:    make(chan struct{}, 1),
		stopped: make(chan struct{}),
	}
	h.moment = opt.carried()
	h.record.Store(&opt.Record)
	h.start = h.clock.now()
	h.begin()
	h.views = newViewSet(opt.MaxViews)
	h.painter = newPainter(h)
	h.painter.watch = newWatch(opt.Alarms)
	h.painter.watch.tell = opt.OnAlarm
	if feed := h.board.Feed(); feed.State != state.Live && feed.State != state.Quiet {
		h.painter.watch.engine.Known(feed.Since)
	}
	start := h.painter.setup.Setup
	h.inUse.Store(&start)
	h.beat.Store(h.pulse())
	return h
}

// newEpoch names a life of the model with 64 random bits.
func newEpoch() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// Epoch names this life of the model: 16 hexadecimal digits.
func (h *Hub) Epoch() string { return h.epoch }

// Build is the build pages are told.
func (h *Hub) Build() string { return h.opt.Build }

// Now is the hub's clock: UTC, immune to steps of the wall clock.
func (h *Hub) Now() time.Time { return h.clock.now() }

// Zone is the zone of the times on screen.
func (h *Hub) Zone() *time.Location { return h.opt.Zone }

// Apply puts one input into the model. Its time, and times inside it, are put
// on the hub's clock; a zero time is now.
func (h *Hub) Apply(in state.Input) {
	arrived := time.Now()
	if in.At != in.At.Round(0) && in.At.Before(arrived) {
		arrived = in.At // read at the socket by the same monotonic clock
	}
	h.mu.Lock()
	if h.shut {
		h.mu.Unlock()
		return
	}
	done := h.apply(in, arrived)
	h.mu.Unlock()
	done()
}

// apply is Apply with h.mu held; the result, called without it, tells who
// waits for news.
func (h *Hub) apply(in state.Input, arrived time.Time) (done func()) {
	slept := h.awake()
	switch fact := in.Fact.(type) {
	case state.Link:
		if fact.State == state.LinkUp {
			h.resetClock()
		}
		if !fact.NextTry.IsZero() {
			fact.NextTry = h.clock.of(fact.NextTry)
		}
		in.Fact = fact
	case state.Snapshot:
		if !fact.RequestedAt.IsZero() {
			fact.RequestedAt = h.clock.of(fact.RequestedAt)
		}
		in.Fact = fact
	}
	_, proof := in.Fact.(state.Proof)
	changed := h.take(in, arrived)
	due, timed := h.board.NextDeadline()
	sooner := timed && (h.armed.IsZero() || due.Before(h.armed))
	wants := h.wants()
	return func() {
		slept()
		h.touched.Add(1)
		if changed || h.lookers.Load() > 0 {
			signal(h.wake)
		}
		if sooner {
			signal(h.timers)
		}
		if proof { // pages show its age; in quiet hours nothing else tells them
			signal(h.proofs)
		}
		wants()
	}
}

// Say takes an operator's word about a customer to call back into the model,
// if the model allows it, and gives the entry as it is then, as the lens shows
// it. Errors are those of state.Board.Allows; ErrNoEntry also for an entry that
// the lens does not show.
func (h *Hub) Say(l privacy.Lens, w state.Word) (state.Callback, error) {
	s, seen := h.seeing(l)
	defer func() { seen() }()
	h.mu.Lock()
	err := h.board.Allows(w)
	e, ok := h.board.Callback(w.Entry)
	if s != nil && (!ok || s.Level == privacy.Counts || !s.TakesCallback(&e)) {
		err = state.ErrNoEntry
	}
	if err == nil && w.Kind == state.WordNote {
		w.Text, err = rewritten(l.Level, e.Note, w.Text, func(level privacy.Level) string {
			return privacy.Said(level, e.Note)
		})
	}
	if h.shut {
		err = ErrStopped
	}
	if err != nil {
		h.mu.Unlock()
		return state.Callback{}, err
	}
	changed := h.take(state.Input{Fact: w}, time.Now())
	e, _ = h.board.Callback(w.Entry)
	wants := h.wants()
	h.mu.Unlock()
	if s != nil {
		e, _ = s.Callback(e)
	}
	seen()
	seen = func() {}

	h.touched.Add(1)
	if changed || h.lookers.Load() > 0 {
		signal(h.wake)
	}
	wants()
	h.painter.showMissed()
	return e, nil
}

// wants takes what the board would like of the feed; the result asks for it.
// It is called with h.mu held, the result without: the feed may call back.
func (h *Hub) wants() func() {
	snapshot, list := h.board.SnapshotWanted()
	restart, anew := h.board.ReconnectWanted()
	return func() {
		if list && h.opt.OnSnapshotWanted != nil {
			h.opt.OnSnapshotWanted(snapshot)
		}
		if anew && h.opt.OnReconnectWanted != nil {
			h.opt.OnReconnectWanted(restart)
		}
	}
}

// note keeps the latest of each change for the painter. It is called with
// h.mu held and reports whether there is anything.
func (h *Hub) note(changes []state.Change, arrived time.Time) bool {
	named := h.company != h.board.Company()
	if named {
		h.company = h.board.Company()
		h.dirty.names, h.dirty.ended = true, true // calls that ended lately bear names too
	}
	if len(changes) == 0 {
		return named
	}
	for i := range changes {
		c := &changes[i]
		switch c.Kind {
		case state.CallUpsert:
			h.dirty.calls[c.Call.Seq] = note{call: c.Call}
		case state.CallRemoved:
			h.dirty.calls[c.Call.Seq] = note{call: c.Call, gone: true}
			h.dirty.ended = true
			h.removed[c.Outcome]++
		case state.TodayChanged:
			h.dirty.today = true
		case state.FeedChanged:
			h.dirty.feed = true
		case state.RecoveryChanged:
			h.dirty.ledger = true
		}
	}
	if h.dirty.since.IsZero() {
		h.dirty.since = arrived
	}
	h.changes += uint64(len(changes))
	return true
}

// Run fires the board's timers, paints and beats until ctx ends; then it
// returns nil. It is called once.
func (h *Hub) Run(ctx context.Context) error {
	var both sync.WaitGroup
	both.Go(func() { h.runTimers(ctx) })
	both.Go(func() { h.painter.run(ctx) })
	both.Wait()
	h.stopOnce.Do(func() { close(h.stopped) })
	return nil
}

// runTimers fires the board's timers when they are due, and beats.
func (h *Hub) runTimers(ctx context.Context) {
	beats := time.NewTicker(h.opt.BeatPeriod)
	defer beats.Stop()
	looks := time.NewTicker(sleepLook)
	defer looks.Stop()
	ticks := time.NewTicker(tickPeriod)
	defer ticks.Stop()
	if h.clock.recorded { // it neither sleeps nor tells anything to the record
		looks.Stop()
		ticks.Stop()
	}
	alarm := time.NewTimer(time.Hour)
	defer alarm.Stop()
	for {
		h.mu.Lock()
		due, ok := h.board.NextDeadline()
		h.armed = due
		h.mu.Unlock()
		alarm.Stop()
		if ok && !h.clock.recorded {
			alarm.Reset(max(due.Sub(h.clock.now()), 0))
		}
		select {
		case <-ctx.Done():
			return
		case <-h.timers:
		case <-h.pings:
		case <-alarm.C:
			h.advance()
		case <-h.proofs:
			h.beatNow()
		case <-beats.C:
			h.beatNow()
		case <-looks.C:
			h.lookAtClock()
			h.lookStorage()
		case <-ticks.C:
			h.tick()
		}
	}
}

// advance fires the timers that are due.
func (h *Hub) advance() { h.Advance(h.clock.now()) }

// Advance fires the board's timers that are due by a moment. A live hub does
// so by itself; of a recorded one it is its feeder who does.
func (h *Hub) Advance(to time.Time) {
	h.mu.Lock()
	changed := h.note(h.board.Advance(to), time.Now())
	wants := h.wants()
	h.mu.Unlock()
	h.touched.Add(1)
	if changed || h.lookers.Load() > 0 {
		signal(h.wake)
	}
	wants()
}

// Ping returns once the board's loop has turned and its painter is between two
// paintings, or when Run has ended. Whoever waits in vain has found a board that
// is stuck; it waits as long as that lasts.
func (h *Hub) Ping() {
	select {
	case h.pings <- struct{}{}:
	case <-h.stopped:
		return
	}
	h.painter.mu.Lock() // that it was free for a moment is the answer
	defer h.painter.mu.Unlock()
}

// Read gives one consistent look at the board. f must not keep b, call the
// hub or take long: inputs wait for it.
func (h *Hub) Read(f func(b *state.Board, now time.Time)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(h.board, h.clock.now())
}

// Viewers counts the readers by page.
func (h *Hub) Viewers() map[string]int { return h.views.viewers() }

// Stats are the hub's own counters for metrics.
func (h *Hub) Stats() Stats {
	s := Stats{RowRenders: h.renders.Load(), Viewers: h.views.viewers(), Calls: map[string]int{
		state.Ringing.String(): 0, state.Talking.String(): 0,
	}}
	s.Frames, s.Views = h.views.count()
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.board.Calls() {
		s.Calls[c.Phase.String()]++
	}
	s.Changes, s.Removed = h.changes, maps.Clone(h.removed)
	return s
}

// eventID names a frame over all lives of the process.
func (h *Hub) eventID(n uint64) string { return h.epoch + "-" + strconv.FormatUint(n, 10) }

// signal wakes a goroutine that looks again by itself: one token is enough.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
