package hub

import (
	"time"

	"callboard/internal/state"
)

// All inputs enter the model through one door: take puts the time of the board
// on them, has them kept, and applies them. So whoever reads what was kept gets
// the same board. What the passing of time does needs no input: every input
// brings its time along.

// tickPeriod is how often the hub says that it lives and what its board is.
const tickPeriod = 10 * time.Second

// take is called with h.mu held and reports whether anything changed. The time
// of an input is never before the board's: two inputs that overtook each other,
// or a timer, must not look otherwise in a replay.
func (h *Hub) take(in state.Input, arrived time.Time) (changed bool) {
	in.At = h.clock.of(in.At)
	if now := h.board.Now(); in.At.Before(now) {
		in.At = now
	}
	if h.opt.OnInput != nil {
		h.seq = h.opt.OnInput(in)
	}
	return h.note(h.board.Apply(in), arrived)
}

// tick tells the code of the board, so that a replay can be held against it.
func (h *Hub) tick() {
	if h.opt.OnInput == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.shut {
		return
	}
	at := h.clock.now()
	if now := h.board.Now(); at.Before(now) {
		at = now
	}
	changed := h.note(h.board.Advance(at), time.Now())
	changed = h.take(state.Input{At: at, Fact: state.Tick{Code: h.board.Code()}}, time.Now()) || changed
	if changed {
		signal(h.wake)
	}
}

// clockStep is how far the machine's clock must have been set for the times of
// the board to move along; time servers push it by less.
const clockStep = time.Second

// resetClock takes the wall's time over when a link comes up. If somebody set
// the machine's clock meanwhile, all times of the board move along: no age
// turns negative, none jumps. It is called with h.mu held.
func (h *Hub) resetClock() {
	by := h.clock.behind()
	if by.Abs() < clockStep {
		h.clock.anchor()
		return
	}
	h.opt.Log.Warn("the machine's clock was set", "seconds", by.Seconds())
	h.take(state.Input{Fact: state.ClockSet{By: by}}, time.Now())
	h.clock.anchor()
	signal(h.timers)
}

// begin takes over the board the hub begins with, and brings it to the present:
// what it shows is as of when it was last written, and doubtful or blind by now.
func (h *Hub) begin() {
	h.dirty.feed, h.dirty.today = true, true
	if h.board == nil {
		h.board = state.New(h.opt.State)
		return
	}
	if now := h.clock.now(); now.After(h.board.Now()) {
		h.board.Advance(now)
	}
	for c := range h.board.Calls() {
		h.dirty.calls[c.Seq] = note{call: c}
	}
	h.dirty.ended, h.dirty.ledger, h.dirty.names = true, true, true
	h.company = h.board.Company()
}

// Image is the board as it is, with the place of the last input in it. A
// follower that lost its way begins anew from it. Errors are those of
// state.Board.Image.
func (h *Hub) Image() (image []byte, seq uint64, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	image, err = h.board.Image()
	return image, h.seq, err
}

// Stop lets nothing enter any more. The last input says that this process
// stopped in order, so that the next one knows since when nothing is known.
// It is called once, after Run and whatever brings inputs have ended.
func (h *Hub) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.shut {
		return
	}
	h.take(state.Input{Fact: state.Link{State: state.LinkDown, Code: state.Stopped, Reason: "Callboard was stopped and begins again"}}, time.Now())
	h.shut = true
}
