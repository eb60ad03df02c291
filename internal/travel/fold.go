package travel

import (
	"context"
	"errors"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/hub"
	"callboard/internal/state"
)

const (
	// chunk is how many entries are read at once: a reader that takes long
	// keeps the file from being trimmed.
	chunk = 4096
	// silence is how far apart two entries can be while the journal is
	// written: the live board notes a tick every ten seconds.
	silence = 15 * time.Second
	// unreadable is how many kept pictures of another build are passed over.
	unreadable = 12
)

// A Recorded is the board of one moment. It belongs to the caller.
type Recorded struct {
	Board *state.Board
	At    time.Time
	Seq   uint64 // last entry that went into it
	hub.Record
}

// A pass is a board on its way through the journal.
type pass struct {
	e     *Engine
	board *state.Board
	seq   uint64
	last  time.Time // of the last entry
	rec   hub.Record
}

// Board makes the board of a moment. Errors: *OutsideError, ErrNone, ctx's and
// the journal's.
func (e *Engine) Board(ctx context.Context, at time.Time) (*Recorded, error) {
	at = at.UTC().Round(0)
	if err := e.within(ctx, at); err != nil {
		return nil, err
	}
	select {
	case e.folding <- struct{}{}:
		defer func() { <-e.folding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-e.ctx.Done():
		return nil, ErrClosed
	}
	until, ok, err := e.journal.SeqAt(ctx, at)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrNone
	}
	p, err := e.begin(ctx, until, at)
	if err != nil {
		return nil, err
	}
	if err := p.run(ctx, until, func(entry eventlog.Entry) error { p.apply(entry); return nil }); err != nil {
		return nil, err
	}
	p.board.Advance(at)
	if p.rec.Hole == (hub.Hole{}) {
		p.rec.Hole = e.holeAt(ctx, p, at)
	}
	e.jumps.Add(1)
	return &Recorded{Board: p.board, At: at, Seq: p.seq, Record: p.rec}, nil
}

// begin gives a board to go on from: the newest kept picture at or before an
// entry, or an empty one where the journal goes back to its beginning.
func (e *Engine) begin(ctx context.Context, until uint64, at time.Time) (*pass, error) {
	for range unreadable {
		kept, ok, err := e.journal.SnapshotBefore(ctx, until)
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		board, err := state.FromImage(e.cfg.State, kept.Image)
		switch {
		case err == nil:
			return &pass{e: e, board: board, seq: kept.Seq, last: kept.At, rec: hub.Record{From: kept.At}}, nil
		case !errors.Is(err, state.ErrImage):
			return nil, err
		case kept.Seq == 0:
			return nil, e.unreached(ctx, at)
		}
		e.cfg.Log.Warn("a kept picture of the board cannot be used", "at", kept.At, "error", err)
		until = kept.Seq - 1
	}
	bounds, err := e.journal.Bounds(ctx)
	if err != nil {
		return nil, err
	}
	if bounds.First > 1 {
		return nil, e.unreached(ctx, at)
	}
	return &pass{e: e, board: state.New(e.cfg.State)}, nil
}

// unreached says that entries are there, but nothing they could build on.
func (e *Engine) unreached(ctx context.Context, at time.Time) error {
	from, to, err := e.Span(ctx)
	if err != nil {
		return err
	}
	return &OutsideError{At: at, From: from, To: to}
}

// run gives every entry up to and including until to fn, in order.
func (p *pass) run(ctx context.Context, until uint64, fn func(eventlog.Entry) error) error {
	for p.seq < until {
		if err := ctx.Err(); err != nil {
			return err
		}
		began := p.seq
		err := p.e.journal.Read(ctx, p.seq, min(p.seq+chunk, until), fn)
		if err != nil {
			return err
		}
		if p.seq == began { // entries that were given up; what comes behind them counts
			p.seq = min(p.seq+chunk, until)
		}
	}
	return nil
}

// apply puts one entry into the board, and compares codes at a tick.
func (p *pass) apply(entry eventlog.Entry) {
	if p.seq > 0 && entry.Seq != p.seq+1 && p.last.Before(entry.At) {
		p.rec.Hole = hub.Hole{From: p.last, To: entry.At, Code: holeUnsaved}
	}
	if p.rec.From.IsZero() {
		p.rec.From = entry.At
	}
	p.seq, p.last = entry.Seq, entry.At
	p.rec.Entries++
	if tick, ok := entry.Fact.(state.Tick); ok && tick.Code != 0 {
		p.board.Advance(entry.At)
		p.e.compare(&p.rec, entry.At, p.board.Code(), tick.Code)
	}
	p.board.Apply(state.Input{At: entry.At, Fact: entry.Fact})
}

// compare notes whether a board came to the code that was noted live.
func (e *Engine) compare(rec *hub.Record, at time.Time, is, was uint64) {
	e.checks.Add(1)
	rec.Checked, rec.Equal = at, is == was
	if !rec.Equal {
		rec.Differ++
		e.differs.Add(1)
		e.cfg.Log.Warn("a replayed board differs from the one that was live", "at", at)
	}
}

// holeUnsaved is the code of a hole of the file; those of the process have the
// board's own.
const holeUnsaved = "unsaved"

// holeAt tells whether a moment lies where nothing was recorded.
func (e *Engine) holeAt(ctx context.Context, p *pass, at time.Time) hub.Hole {
	if at.Sub(p.last) <= silence {
		return hub.Hole{}
	}
	hole := hub.Hole{From: p.last, Code: holeUnsaved}
	if gaps := p.board.Gaps(); len(gaps) > 0 {
		if g := gaps[len(gaps)-1]; g.To.IsZero() && ofProcess(g.Code) {
			hole.From, hole.Code = g.From, g.Code
		}
	}
	// The entry behind the hole may be the first of another process, which says
	// itself when the one before it ended.
	behind := errors.New("found")
	err := e.journal.Read(ctx, p.seq, p.seq+chunk, func(entry eventlog.Entry) error {
		if !entry.At.After(at) {
			return nil
		}
		hole.To = entry.At
		if link, ok := entry.Fact.(state.Link); ok && link.State == state.LinkDown && ofProcess(link.Code) {
			hole.Code = link.Code
		}
		return behind
	})
	if err != nil && !errors.Is(err, behind) {
		e.cfg.Log.Warn("the end of a hole was not found", "error", err)
	}
	if hole.To.IsZero() && e.cfg.Now().Sub(at) <= silence { // the present: nothing has happened yet
		return hub.Hole{}
	}
	return hole
}

// ofProcess reports codes of gaps in which this program did not run.
func ofProcess(code string) bool {
	return code == "stopped" || code == "crashed" || code == state.Suspended
}

// Fold replays a stretch of the record and calls fn with the board at from,
// from+step and so on up to to. fn must not keep the board. A moment without a
// record is shown as the board was when the record stopped. Errors: as of Board,
// and fn's.
func (e *Engine) Fold(ctx context.Context, from, to time.Time, step time.Duration, fn func(b *state.Board, now time.Time) error) error {
	from, to = from.UTC().Round(0), to.UTC().Round(0)
	if step <= 0 {
		step = time.Second
	}
	rec, err := e.Board(ctx, from)
	if err != nil {
		return err
	}
	until, _, err := e.journal.SeqAt(ctx, to)
	if err != nil {
		return err
	}
	p := &pass{e: e, board: rec.Board, seq: rec.Seq, last: from, rec: rec.Record}
	next := from
	steps := func(before time.Time) error {
		for ; next.Before(before) && !next.After(to); next = next.Add(step) {
			p.board.Advance(next)
			if err := fn(p.board, next); err != nil {
				return err
			}
		}
		return nil
	}
	err = p.run(ctx, until, func(entry eventlog.Entry) error {
		if err := steps(entry.At); err != nil {
			return err
		}
		p.apply(entry)
		return nil
	})
	if err != nil {
		return err
	}
	return steps(to.Add(1))
}
