package travel

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/state"
)

// A Journal is what the record is read from: eventlog.Disk is one. It gives
// also what is on no disk yet.
type Journal interface {
	Bounds(ctx context.Context) (eventlog.Bounds, error)
	Read(ctx context.Context, after, until uint64, fn func(eventlog.Entry) error) error
	SeqAt(ctx context.Context, at time.Time) (seq uint64, ok bool, err error)
	Span(ctx context.Context) (from, to time.Time, err error)
	SnapshotBefore(ctx context.Context, seq uint64) (eventlog.Snapshot, bool, error)
}

// A Ledger is what the history knows of moments worth a look: history.Store is
// one.
type Ledger interface {
	Gaps(ctx context.Context, from, to time.Time) ([]history.Gap, error)
	Alarms(ctx context.Context, from, to time.Time) ([]history.Alarm, error)
	Calls(ctx context.Context, f history.Filter, after history.Cursor, limit int) ([]history.Call, history.Cursor, error)
}

// Config is what an Engine needs to know besides the journal.
type Config struct {
	State    state.Config     // as the live board's
	Zone     *time.Location   // of the times on screen; nil means UTC
	Language string           // as the live hub's
	Build    string           // as the live hub's
	Setup    func() hub.Setup // rules and teams in effect now; nil means none
	Now      func() time.Time // the live hub's clock; nil means time.Now
	Ledger   Ledger           // nil knows of no gaps and alarms
	MostHubs int              // different moments shown at once; 0 means 8
	Log      *slog.Logger     // nil discards
}

// An Engine makes boards of the past. Safe for concurrent use.
type Engine struct {
	journal Journal
	cfg     Config
	ctx     context.Context
	cancel  context.CancelFunc
	folding chan struct{} // a token for each fold under way
	running sync.WaitGroup

	jumps   atomic.Uint64 // boards made
	checks  atomic.Uint64 // codes compared
	differs atomic.Uint64 // of these, not the same

	mu    sync.Mutex // guards what follows
	hubs  map[moment]*visit
	first first
}

// Stats are counters since the process began.
type Stats struct {
	Jumps, Checks, Differ uint64
	Hubs                  int // private hubs now
}

// folders is how many boards are made at once: the live board needs the rest
// of the machine.
const folders = 2

// New returns an engine over a journal. It must be closed.
func New(journal Journal, cfg Config) *Engine {
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Setup == nil {
		cfg.Setup = func() hub.Setup { return hub.Setup{} }
	}
	if cfg.Now == nil {
		cfg.Now = func() time.Time { return time.Now().UTC().Round(0) }
	}
	if cfg.MostHubs <= 0 {
		cfg.MostHubs = 8
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{journal: journal, cfg: cfg, folding: make(chan struct{}, folders), hubs: map[moment]*visit{}}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	return e
}

// Close ends all private hubs and waits for them.
func (e *Engine) Close() {
	e.cancel()
	e.mu.Lock()
	for _, v := range e.hubs {
		v.drop()
	}
	clear(e.hubs)
	e.mu.Unlock()
	e.running.Wait()
}

// Stats are the engine's counters.
func (e *Engine) Stats() Stats {
	e.mu.Lock()
	defer e.mu.Unlock()
	return Stats{Jumps: e.jumps.Load(), Checks: e.checks.Load(), Differ: e.differs.Load(), Hubs: len(e.hubs)}
}

// Span is the stretch of time of which there is a record: to now, as long as
// the process that writes it runs. ErrNone if there is none.
func (e *Engine) Span(ctx context.Context) (from, to time.Time, err error) {
	from, _, err = e.journal.Span(ctx)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	if from.IsZero() {
		return time.Time{}, time.Time{}, ErrNone
	}
	bounds, err := e.journal.Bounds(ctx)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	if bounds.First > 1 { // what the first entries build on is gone: the record begins with the next kept picture
		if from, err = e.firstKept(ctx, bounds); err != nil {
			return time.Time{}, time.Time{}, err
		}
	}
	if rounded := from.Truncate(time.Second); rounded.Before(from) {
		from = rounded.Add(time.Second)
	}
	return from.UTC(), e.cfg.Now().UTC().Truncate(time.Second), nil
}

// within checks that there is a record of a moment.
func (e *Engine) within(ctx context.Context, at time.Time) error {
	from, to, err := e.Span(ctx)
	if err != nil {
		return err
	}
	if later := at.Truncate(time.Second).After(to); later || at.Before(from) {
		return &OutsideError{At: at, From: from, To: to, Later: later}
	}
	return nil
}

// first is the oldest kept picture there was when it was looked for.
type first struct {
	epoch  string
	behind uint64 // the first entry then
	at     time.Time
}

// firstKept finds the oldest kept picture, before which nothing can be shown
// once the journal's beginning is gone. ErrNone if there is none.
func (e *Engine) firstKept(ctx context.Context, b eventlog.Bounds) (time.Time, error) {
	e.mu.Lock()
	known := e.first
	e.mu.Unlock()
	if known.epoch == b.Epoch && known.behind == b.First {
		return known.at, nil
	}
	// It is behind the first entries: look for it between ever nearer ends.
	low, high := b.First-1, b.Last
	found, ok, err := e.journal.SnapshotBefore(ctx, high)
	if err == nil && !ok {
		err = ErrNone
	}
	for err == nil && low < found.Seq {
		middle := low + (found.Seq-low)/2
		kept, ok, failed := e.journal.SnapshotBefore(ctx, middle)
		switch {
		case failed != nil:
			err = failed
		case ok:
			found = kept
		default:
			low = middle + 1
		}
	}
	if err != nil {
		return time.Time{}, err
	}
	e.mu.Lock()
	e.first = first{b.Epoch, b.First, found.At}
	e.mu.Unlock()
	return found.At, nil
}
