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

// A Shown is the board that people see: hub.Hub is one.
type Shown interface {
	// Image is the board with the place of the last input in it.
	Image() (image []byte, seq uint64, err error)
	// Apply takes an input in.
	Apply(state.Input)
}

// Watch says which board is shown, for the case that the keeper's own turns
// out to be another one, and for requests to erase a number. It is called
// before Run.
func (k *Keeper) Watch(s Shown) { k.board = s }

// A refound is a board to go on with from an entry on.
type refound struct {
	board *state.Board
	seq   uint64
}

// Why following ends without its context.
var (
	errFull = errors.New("keeper: more rows wait for the history than may")
	errAnew = errors.New("keeper: to be followed from another place")
)

// follow keeps the keeper's own board up with the log until ctx ends.
func (k *Keeper) follow(ctx context.Context) {
	for ctx.Err() == nil {
		after, err := k.begin(ctx)
		if err == nil {
			err = k.journal.Follow(ctx, after, k.entry)
		}
		lost, gone := errors.AsType[*eventlog.LostError](err)
		switch {
		case ctx.Err() != nil, errors.Is(err, eventlog.ErrClosed):
			return
		case errors.Is(err, errAnew):
			continue
		case gone && k.full(): // there is no place for what another board would tell
		case gone, errors.Is(err, errNoBoard):
			k.log.Warn("entries are gone before the history had them", "error", err)
			k.note(NoteHole, "Entries were lost before the history had them")
			if k.refind() {
				k.retell()
				continue
			}
			if gone {
				k.skip(lost.First - 1)
			}
		case !errors.Is(err, errFull):
			k.log.Warn("the journal cannot be followed", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(k.pace.write):
		}
	}
}

// begin gives the keeper its own board where it has none, and says after which
// entry to follow.
func (k *Keeper) begin(ctx context.Context) (after uint64, err error) {
	k.mu.Lock()
	if r := k.refound; k.own == nil && r != nil {
		k.goOn(r)
	}
	have, after := k.own != nil, k.seq
	k.mu.Unlock()
	if have {
		return after, nil
	}
	board, seq, err := k.ownBoard(ctx)
	if err != nil {
		return 0, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.own, k.seq = board, seq
	k.images.seq, k.images.at = seq, board.Now()
	return seq, nil
}

// goOn takes another board. k.mu is held.
func (k *Keeper) goOn(r *refound) {
	if k.own != nil {
		k.take() // what the old one knew to be over is over all the same
	}
	k.own, k.seq, k.refound = r.board, r.seq, nil
	k.keepImage(true)
}

// full reports that no more rows may wait for the history.
func (k *Keeper) full() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.waiting) >= k.pace.waiting
}

// retell goes on at once with the board that was found, and takes from it all
// that is over: nobody knows what of it the entries that are gone have told.
func (k *Keeper) retell() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.refound == nil {
		return
	}
	k.goOn(k.refound)
	if s := k.own.Over(); !s.Empty() {
		k.waiting = append(k.waiting, rows{k.seq, s, nil})
	}
}

func (k *Keeper) skip(to uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seq = max(k.seq, to)
}

// entry takes one entry of the log into the keeper's own board.
func (k *Keeper) entry(e eventlog.Entry) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	r := k.refound
	switch {
	case k.own == nil:
		return errAnew
	case len(k.waiting) >= k.pace.waiting:
		return errFull
	case e.Seq <= k.seq:
		return nil
	case r != nil && r.seq <= k.seq: // one that is behind: from there once more
		k.goOn(r)
		return errAnew
	case r != nil && e.Seq > r.seq:
		k.goOn(r)
	}
	if tick, ok := e.Fact.(state.Tick); ok {
		k.own.Advance(e.At)
		k.compare(e, tick.Code)
	}
	if set, ok := e.Fact.(state.ClockSet); ok {
		k.clockSet(e.At, set.By)
	}
	k.own.Apply(state.Input{At: e.At, Fact: e.Fact})
	k.seq = e.Seq
	if k.untaken++; k.untaken >= takeEvery {
		k.take()
	}
	return nil
}

// clockNoted is how far the clock must have been set for the record of gaps to
// have it: people compare times of the log with those of other machines only to
// the second or so.
const clockNoted = 3 * time.Second

// clockSet keeps for the record of gaps that this machine's clock was set, at
// the last moment of the clock as it went before. A replay comes to the same
// entry. k.mu is held.
func (k *Keeper) clockSet(at time.Time, by time.Duration) {
	size := by.Abs().Round(time.Second)
	if size < clockNoted {
		return
	}
	g := history.Gap{Kind: history.GapClock, From: at, To: at, Code: history.ClockForward, Touched: int(size / time.Second)}
	way := "forward"
	if by < 0 {
		g.Code, way = history.ClockBack, "back"
	}
	g.Reason = fmt.Sprintf("This machine's clock was put %s by %s", way, size)
	k.clocks = append(k.clocks, g)
}

// compare holds the code of a tick against the board's own. k.mu is held.
func (k *Keeper) compare(e eventlog.Entry, code uint64) {
	if code == 0 {
		return
	}
	s := &k.status
	s.Codes++
	s.LastCode = e.At
	if k.own.Code() == code {
		return
	}
	s.Mismatches++
	s.LastMismatch = e.At
	if now := time.Now(); now.Sub(k.refoundAt) > refindPause {
		k.refoundAt = now
		k.log.Error("the journal tells another board than the one that was shown", "entry", e.Seq, "at", e.At)
		k.noteLocked(NoteRefound, "A replay of the journal came to another board than the one that was shown, and goes on from that one")
		go k.refind()
	}
}

// refindPause is the least time between two boards taken from the hub.
const refindPause = time.Minute

// refind takes the board that is shown to go on with.
func (k *Keeper) refind() bool {
	if k.board == nil {
		return false
	}
	image, seq, err := k.board.Image()
	if err != nil {
		k.log.Error("the board that is shown gives no image", "error", err)
		return false
	}
	board, err := state.FromImage(k.settling(), image)
	if err != nil {
		k.log.Error("the image of the board that is shown cannot be used", "error", err)
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if seq == 0 { // it has heard nothing since it was restored
		seq = k.begun
	}
	k.refound = &refound{board, seq}
	return true
}

// settling is the configuration of the keeper's own board.
func (k *Keeper) settling() state.Config {
	cfg := k.opt.State
	cfg.Settle = true
	return cfg
}
