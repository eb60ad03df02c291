package travel

import (
	"context"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/state"
)

// Replay gives the board of a moment to begin, which owns it from then on, and
// then every input up to and including another moment to apply, in order: for
// whoever wants to know what happened between two steps of Fold. Errors: as of
// Board, and the functions' own.
func (e *Engine) Replay(ctx context.Context, from, to time.Time, begin func(*state.Board) error, apply func(state.Input) error) error {
	rec, err := e.Board(ctx, from)
	if err != nil {
		return err
	}
	until, ok, err := e.journal.SeqAt(ctx, to.UTC().Round(0))
	if err != nil {
		return err
	}
	if err := begin(rec.Board); err != nil || !ok {
		return err
	}
	p := &pass{e: e, seq: rec.Seq}
	return p.run(ctx, until, func(entry eventlog.Entry) error {
		p.seq = entry.Seq
		return apply(state.Input{At: entry.At, Fact: entry.Fact})
	})
}
