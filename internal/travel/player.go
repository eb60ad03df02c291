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
	// ahead is how many entries a player reads at once.
	ahead = 512
	// pollPause is how long a player waits for entries that are not there yet.
	pollPause = 500 * time.Millisecond
	// present is how near to now a player has come to it.
	present = 2 * time.Second
)

// play feeds a hub from the journal as its clock goes on, until it has come to
// now or ctx ends. Entries and timers come in the order of the live board:
// nothing is applied early, and no timer fires ahead of an entry before it.
func (e *Engine) play(ctx context.Context, h *hub.Hub, rec *Recorded) {
	log := e.cfg.Log.With("from", rec.At)
	seq, note := rec.Seq, rec.Record
	var queue []eventlog.Entry
	for ctx.Err() == nil {
		read := e.cfg.Now()
		if len(queue) == 0 {
			full := errors.New("enough")
			err := e.journal.Read(ctx, seq, seq+1<<20, func(entry eventlog.Entry) error {
				queue = append(queue, entry)
				if len(queue) == ahead {
					return full
				}
				return nil
			})
			if err != nil && !errors.Is(err, full) {
				if ctx.Err() == nil {
					log.Warn("the record cannot be played on", "error", err)
					h.Reach(h.Now())
				}
				return
			}
		}
		if now := h.Now(); read.Sub(now) < present {
			if read.Before(now) { // a fast clock has run ahead of what can be known
				now = read
			}
			h.Advance(now)
			h.Reach(now)
			return
		}
		// Whatever is in no file yet was later than this.
		horizon := read.Add(-present / 2)
		due, timed := deadline(h)
		var wait time.Duration
		switch {
		case timed && (len(queue) == 0 || due.Before(queue[0].At)) && due.Before(horizon):
			if wait = h.Until(due); wait == 0 {
				h.Advance(due)
				continue
			}
		case len(queue) > 0:
			if wait = h.Until(queue[0].At); wait == 0 {
				entry := queue[0]
				queue, seq = queue[1:], entry.Seq
				e.feed(h, entry, &note)
				continue
			}
		default:
			wait = pollPause
		}
		timer := time.NewTimer(min(wait, time.Second)) // now comes nearer meanwhile
		select {
		case <-ctx.Done():
			timer.Stop()
		case <-timer.C:
		}
	}
}

// feed applies one entry, and compares codes at a tick.
func (e *Engine) feed(h *hub.Hub, entry eventlog.Entry, note *hub.Record) {
	note.Entries++
	if note.Hole != (hub.Hole{}) && entry.At.After(note.Hole.To) {
		note.Hole = hub.Hole{}
	}
	if tick, ok := entry.Fact.(state.Tick); ok && tick.Code != 0 {
		h.Advance(entry.At)
		var code uint64
		h.Read(func(b *state.Board, _ time.Time) { code = b.Code() })
		e.compare(note, entry.At, code, tick.Code)
		h.SetRecord(*note)
	}
	h.Apply(state.Input{At: entry.At, Fact: entry.Fact})
}

// deadline is when the next timer of a hub's board is due.
func deadline(h *hub.Hub) (due time.Time, ok bool) {
	h.Read(func(b *state.Board, _ time.Time) { due, ok = b.NextDeadline() })
	return due, ok
}
