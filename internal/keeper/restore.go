package keeper

import (
	"context"
	"errors"
	"fmt"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/state"
)

// snapshotTries is how many snapshots are looked at before the board is made
// another way.
const snapshotTries = 12

// restore makes the board that is shown: from a snapshot and what follows it,
// by replaying a whole journal that is short, or from the history.
func (k *Keeper) restore(ctx context.Context) {
	bounds, err := k.journal.Bounds(ctx)
	if err != nil {
		k.log.Error("the journal cannot be read", "error", err)
	}
	k.epoch = bounds.Epoch
	k.appended.Store(bounds.Last)
	if !k.fits(ctx, bounds) || !k.fromJournal(ctx, bounds) {
		k.fromHistory(ctx)
		return
	}
	k.resume()
}

// fits reports whether journal and history are of one past. A history that
// knows later entries than the journal has belongs to one that was lost.
func (k *Keeper) fits(ctx context.Context, b eventlog.Bounds) bool {
	if b.Last == 0 {
		return false
	}
	epoch, applied, err := k.store.Applied(ctx)
	return err != nil || epoch != b.Epoch || applied <= b.Last
}

// fromJournal makes the board from the journal alone and reports whether that
// could be done.
func (k *Keeper) fromJournal(ctx context.Context, b eventlog.Bounds) bool {
	board, seq := k.fromSnapshot(ctx, k.opt.State, b.Last)
	switch {
	case board != nil:
		k.status.From = "snapshot"
	case b.First <= 1 && b.Last <= k.pace.replay:
		board, seq = k.base(ctx, k.opt.State), 0
		k.status.From = "journal"
	default:
		return false
	}
	err := k.read(ctx, seq, b.Last, func(e eventlog.Entry) {
		k.status.Tail++
		board.Apply(state.Input{At: e.At, Fact: e.Fact})
	})
	if err != nil {
		k.log.Warn("the journal cannot be read to its end", "error", err)
		return false
	}
	k.shown = board
	return true
}

// fromSnapshot makes a board from the newest usable snapshot at or before an
// entry; nil if there is none.
func (k *Keeper) fromSnapshot(ctx context.Context, cfg state.Config, at uint64) (*state.Board, uint64) {
	for range snapshotTries {
		s, ok, err := k.disk.SnapshotBefore(ctx, at)
		if err != nil {
			k.log.Warn("snapshots cannot be read", "error", err)
			return nil, 0
		}
		if !ok {
			return nil, 0
		}
		board, err := state.FromImage(cfg, s.Image)
		if err == nil {
			return board, s.Seq
		}
		k.log.Warn("a snapshot cannot be used", "entry", s.Seq, "at", s.At, "error", err)
		k.note(NoteSnapshot, fmt.Sprintf("The snapshot of %s cannot be used: %v", s.At.Format(time.RFC3339), err))
		if s.Seq == 0 {
			return nil, 0
		}
		at = s.Seq - 1
	}
	return nil, 0
}

// read calls fn with the entries after one and up to another.
func (k *Keeper) read(ctx context.Context, after, until uint64, fn func(eventlog.Entry)) error {
	if after >= until {
		return nil
	}
	return k.disk.Read(ctx, after, until, func(e eventlog.Entry) error {
		fn(e)
		return ctx.Err()
	})
}

// resume tells the restored board, by the log, what happened since its last
// entry: nothing was heard, the clock may have been set, and ids go on.
func (k *Keeper) resume() {
	b := k.shown
	if f := b.Feed(); b.Linked() || f.Code != state.Stopped && f.Code != state.Crashed {
		k.tell(state.Link{State: state.LinkDown, Code: state.Crashed, Reason: "Callboard ended without a word and begins again"})
	}
	if back := b.Now().Sub(k.opt.Now); back > time.Second {
		k.log.Warn("this machine's clock is behind the journal", "seconds", back.Seconds())
		k.note(NoteClock, fmt.Sprintf("The clock of this machine is %s behind the journal; all times were moved along", back.Round(time.Second)))
		k.tell(state.ClockSet{By: -back})
	}
	k.tell(state.Numbering{Next: k.opt.NextCall})
}

// tell appends a fact at the board's own time and applies it.
func (k *Keeper) tell(f state.Fact) {
	in := state.Input{At: k.shown.Now(), Fact: f}
	if in.At.IsZero() {
		in.At = k.opt.Now
	}
	k.OnInput(in)
	k.shown.Apply(in)
}

// fromHistory makes a board that knows today's journeys and no call, and the
// journal's first snapshot from it.
func (k *Keeper) fromHistory(ctx context.Context) {
	journeys, gaps, known := k.today(ctx, k.opt.Now)
	if !known && k.appended.Load() == 0 {
		k.status.From = "nothing" // the first start
		k.shown = state.New(k.opt.State)
		k.tell(state.Numbering{Next: k.opt.NextCall})
		return
	}
	k.status.From = "history"
	k.note(NoteJournal, "The journal of before is gone or cannot be used; the board begins with what the history knows of today")
	k.log.Warn("the board begins with what the history knows of today", "epoch", k.epoch, "journeys", len(journeys))
	k.shown = state.Remember(k.opt.State, k.opt.Now, journeys, gaps)
	k.tell(state.Numbering{Next: k.opt.NextCall})
	own := k.opt.State
	own.Settle = true
	k.own, k.seq = state.Remember(own, k.opt.Now, journeys, gaps), k.appended.Load()
	k.own.Apply(state.Input{At: k.shown.Now(), Fact: state.Numbering{Next: k.opt.NextCall}})
	k.own.Settled() // all of it is in the history
	k.keepImage(true)
}

// today is what the history knows of the day of a moment; known is whether it
// has ever known anything.
func (k *Keeper) today(ctx context.Context, now time.Time) (journeys []state.Journey, gaps []state.Gap, known bool) {
	epoch, _, err := k.store.Applied(ctx)
	if err != nil || epoch == "" {
		return nil, nil, false
	}
	if journeys, err = k.store.Day(ctx, now); err != nil {
		k.log.Warn("the history of today cannot be read", "error", err)
	}
	from, to := history.DayOf(now, k.opt.State.Zone)
	list, err := k.store.Gaps(ctx, from, to)
	if err != nil {
		k.log.Warn("the gaps of today cannot be read", "error", err)
	}
	for _, g := range list {
		if g.Kind == history.GapDisk || g.Kind == history.GapClock { // the board never knew of them
			continue
		}
		end := g.To
		if end.IsZero() {
			end = now
		}
		gaps = append(gaps, state.Gap{From: g.From, To: end, Code: g.Code, Reason: g.Reason, Touched: g.Touched, Lost: g.Lost})
	}
	return journeys, gaps, true
}

// ownBoard makes the keeper's own board: where the history ends, or at the
// newest snapshot where that is not known or no longer in the journal.
func (k *Keeper) ownBoard(ctx context.Context) (*state.Board, uint64, error) {
	cfg := k.opt.State
	cfg.Settle = true
	b, err := k.journal.Bounds(ctx)
	if err != nil {
		return nil, 0, err
	}
	from, same := b.Last, true
	if k.store.Away() == nil {
		epoch, applied, err := k.store.Applied(ctx)
		if err != nil {
			return nil, 0, err
		}
		if from, same = 0, epoch == b.Epoch; same {
			from = min(applied, b.Last)
		}
	}
	if board, seq := k.fromSnapshot(ctx, cfg, from); board != nil {
		return board, seq, nil
	}
	board, seq := k.oldest(ctx, cfg, b)
	switch {
	case board != nil && seq <= b.First && !same: // of a journal that began with the history of a day
	case b.First <= 1:
		return k.base(ctx, cfg), 0, nil
	case board == nil:
		return nil, 0, errNoBoard
	default: // what the history lacks is no longer there
		k.note(NoteHole, "The history lacks what the journal no longer has")
	}
	return board, seq, nil
}

// base is the board before a journal's first entry: an empty one, or one that
// knows the day where the history is older than the journal.
func (k *Keeper) base(ctx context.Context, cfg state.Config) *state.Board {
	epoch, _, err := k.store.Applied(ctx)
	if err != nil || epoch == "" || epoch == k.epoch {
		return state.New(cfg)
	}
	now := k.opt.Now
	if from := k.disk.Status().From; !from.IsZero() {
		now = from
	}
	journeys, gaps, _ := k.today(ctx, now)
	b := state.Remember(cfg, now, journeys, gaps)
	b.Settled() // all of it is in the history
	return b
}

var errNoBoard = errors.New("keeper: no snapshot to begin with")

// oldest is the board of the oldest usable snapshot.
func (k *Keeper) oldest(ctx context.Context, cfg state.Config, b eventlog.Bounds) (board *state.Board, seq uint64) {
	for at := b.Last; ; at = seq - 1 {
		older, s := k.fromSnapshot(ctx, cfg, at)
		if older == nil {
			return board, seq
		}
		board, seq = older, s
		if seq < b.First {
			return board, seq
		}
	}
}
