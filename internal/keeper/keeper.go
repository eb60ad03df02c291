package keeper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// JournalFile is the journal in the data folder.
const JournalFile = "journal.db"

// Options of a Keeper. Zero durations and sizes mean the defaults of the
// packages they are for.
type Options struct {
	Dir   string       // data folder, which exists
	State state.Config // of the board that is shown
	Held  *os.File     // of Lock, given back by Close; nil takes the lock here

	NextCall uint64 // no call gets an id below it

	JournalKeep  time.Duration
	JournalBytes int64
	HistoryKeep  time.Duration

	Now time.Time    // the present by this machine's clock; zero asks it
	Log *slog.Logger // nil discards; is never told a number or a name
}

// How often things are done. Tests that hurry have others.
type pace struct {
	write    time.Duration // looks for what can be written
	snapshot time.Duration // by the time of the entries
	little   uint64        // entries since the last snapshot for which none is made
	replay   uint64        // entries replayed where no snapshot can be used
	waiting  int           // lots of rows that wait for the history before following pauses
	journal  eventlog.Options
}

// By the time usualPace.waiting lots wait, more entries went by than a journal
// keeps whose disk takes nothing: some ten thousand rows.
var usualPace = pace{write: 500 * time.Millisecond, snapshot: 5 * time.Minute, little: 100, replay: 200_000, waiting: 256}

// A Keeper keeps what the board is told; see the package comment.
type Keeper struct {
	opt  Options
	log  *slog.Logger
	pace pace

	locking sync.Mutex // guards held
	held    *os.File   // nil while the folder cannot be written to

	journal eventlog.Log
	disk    *eventlog.Disk // the same
	store   *history.Store // its file may not be there yet
	epoch   string         // of the journal

	shown    *state.Board // for the hub, as it begins
	begun    uint64       // the last entry in it
	appended atomic.Uint64

	board Shown // see Watch

	mu        sync.Mutex // guards what follows
	own       *state.Board
	seq       uint64        // of the last entry in it
	untaken   int           // entries since rows were taken from it
	clocks    []history.Gap // the clock was set, since rows were taken
	waiting   []rows        // taken from it, and not in the history yet
	images    images        // to be written as snapshots
	refound   *refound      // a board to go on with, from its entry on
	refoundAt time.Time
	status    account

	asked    time.Time // for requests; by the writing goroutine alone
	reopened time.Time // last try of the history; likewise
}

// Open takes the data folder, opens what is in it and restores the board.
// Errors: a *LockedError, a *sqlitefile.NewerError. Anything else that is wrong
// with the folder is no error: the board begins all the same, Status says what
// is not kept, and that resumes as soon as it can.
func Open(opt Options) (*Keeper, error) { return open(opt, usualPace) }

func open(opt Options, p pace) (_ *Keeper, err error) {
	k := &Keeper{opt: opt, log: opt.Log, pace: p, held: opt.Held}
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	if k.opt.Now.IsZero() {
		k.opt.Now = time.Now()
	}
	k.opt.Now = k.opt.Now.Round(0).UTC()
	k.opt.State.Settle = false
	if k.opt.State.Zone == nil {
		k.opt.State.Zone = time.UTC
	}
	if k.held == nil {
		if k.held, err = Lock(opt.Dir); err != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			k.shut()
		}
	}()
	began := time.Now()
	if err := k.openHistory(); err != nil {
		return nil, err
	}
	if err := k.openJournal(); err != nil {
		return nil, err
	}
	k.numbers(context.Background())
	k.restore(context.Background())
	k.begun = k.appended.Load()
	k.log.Info("restored", "from", k.status.From, "entries", k.status.Tail, "calls", k.shown.Len(), "took", time.Since(began).Round(time.Millisecond))
	return k, nil
}

func (k *Keeper) openHistory() error {
	store, err := history.Open(k.opt.Dir, history.Options{
		Zone: k.opt.State.Zone, Normal: k.opt.State.Normal, Keep: k.opt.HistoryKeep, Log: k.log, Late: true,
	})
	if newer, ok := errors.AsType[*sqlitefile.NewerError](err); ok {
		return newer
	}
	if err != nil {
		return err
	}
	k.store = store
	if why := store.Away(); why != nil {
		k.failed(why)
	}
	return nil
}

// numbers sees to it that no call gets an id that one in the history has, also
// where the file that remembers the next one was lost, or cannot be reached
// together with the history: there are fewer calls than seconds.
func (k *Keeper) numbers(ctx context.Context) {
	if k.store.Away() != nil {
		if k.opt.NextCall <= 1 {
			k.opt.NextCall = uint64(k.opt.Now.Sub(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)) / time.Second)
		}
		return
	}
	last, err := k.store.Last(ctx)
	if err != nil {
		k.log.Warn("the last id of the history cannot be read", "error", err)
	}
	k.opt.NextCall = max(k.opt.NextCall, last+1)
}

// openJournal opens the journal; one whose file cannot be opened yet goes on in
// memory until it can.
func (k *Keeper) openJournal() error {
	o := k.pace.journal
	o.Keep, o.MaxBytes, o.Log, o.Allowed = k.opt.JournalKeep, k.opt.JournalBytes, k.log, k.allowed
	disk, err := eventlog.Open(filepath.Join(k.opt.Dir, JournalFile), o)
	if newer, ok := errors.AsType[*sqlitefile.NewerError](err); ok {
		return newer
	}
	if err != nil {
		return err
	}
	k.disk, k.journal = disk, disk
	return nil
}

// allowed takes the folder's lock where that could not be done at the start: a
// file that comes later may be another process's by then.
func (k *Keeper) allowed() error {
	k.locking.Lock()
	defer k.locking.Unlock()
	if k.held != nil {
		return nil
	}
	held, err := Lock(k.opt.Dir)
	if err != nil {
		return fmt.Errorf("%w: %w", sqlitefile.ErrHeld, err)
	}
	k.held = held
	return nil
}

// reopen tries now and then to open the history where it could not be at first.
// What it lacks is then told from the journal. It is for the writing goroutine.
func (k *Keeper) reopen() {
	if k.store.Away() == nil || time.Since(k.reopened) < k.pace.write {
		return
	}
	why := k.allowed()
	if why == nil {
		why = k.store.Reopen()
	}
	k.reopened = time.Now() // opening may have waited for a lock
	if why != nil {
		k.failed(why)
		return
	}
	k.written(history.Batch{})
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.epoch != "" {
		k.anew()
	}
}

// anew has the keeper's own board begin again where the history ends. k.mu is
// held.
func (k *Keeper) anew() {
	k.own, k.refound, k.waiting, k.clocks = nil, nil, nil, nil
	k.images = images{}
}

// Board is the restored board, for the hub; it is the hub's from then on.
func (k *Keeper) Board() *state.Board { return k.shown }

// Log is the order of all inputs.
func (k *Keeper) Log() eventlog.Log { return k.journal }

// Journal is the log with its file.
func (k *Keeper) Journal() *eventlog.Disk { return k.disk }

// History is what is over. Its methods fail as long as its file cannot be used.
func (k *Keeper) History() *history.Store { return k.store }

// OnInput appends an input and gives its place. It fits hub.Options.OnInput.
func (k *Keeper) OnInput(in state.Input) uint64 {
	seq, err := k.journal.Append(context.Background(), eventlog.Entry{At: in.At, Fact: in.Fact})
	if err != nil { // closed: what comes after the end is nobody's
		return k.appended.Load()
	}
	k.appended.Store(seq)
	return seq
}

// Close ends after Run: it takes in what came last, writes what is left within
// about a second, takes a last snapshot and gives the folder back.
func (k *Keeper) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	k.finish(ctx)
	return k.shut()
}

// closeTime is how long the last writing may take: the process promises to end
// within three seconds.
const closeTime = time.Second

func (k *Keeper) shut() error {
	var errs []error
	if k.store != nil {
		errs = append(errs, k.store.Close())
	}
	if k.journal != nil {
		errs = append(errs, k.journal.Close())
	}
	if k.held != nil {
		errs = append(errs, k.held.Close())
	}
	return errors.Join(errs...)
}
