package hub

import (
	"time"

	"callboard/internal/state"
)

// A machine that was suspended wakes in the belief that no time has passed: its
// timers and the monotonic clock stood still, and the socket looks as it did.
// Only the wall's clock knows. What happened meanwhile nobody told, so the feed
// counts as lost from its last proof on and the link is made anew, before any
// old news is taken for fresh.

// sleepLook is how often the clocks are compared.
const sleepLook = time.Second

// awake compares the clocks and, if the machine has slept, marks the gap and
// takes the wall's time over. It is called with h.mu held; the result, called
// without it, tells who waits. A clock that somebody puts forward by more than
// ten seconds looks the same, and costs a reconnect.
func (h *Hub) awake() (done func()) {
	slept := h.clock.behind()
	if slept < sleepLimit {
		return func() {}
	}
	lost := h.board.Linked()
	changed := false
	if lost {
		changed = h.take(state.Input{Fact: state.Link{
			State: state.LinkDown, Code: state.Suspended, Reason: "This machine was suspended for a while, so nothing was heard", Attempt: 1,
		}}, time.Now())
	}
	h.clock.anchor()
	changed = h.note(h.board.Advance(h.clock.now()), time.Now()) || changed
	wants := h.wants()
	return func() {
		h.opt.Log.Warn("the machine was suspended, or its clock set", "seconds", int(slept.Seconds()))
		h.touched.Add(1)
		if changed || h.lookers.Load() > 0 {
			signal(h.wake)
		}
		signal(h.timers)
		wants()
		if lost && h.opt.OnReconnectWanted != nil {
			h.opt.OnReconnectWanted(state.Suspended)
		}
	}
}

// lookAtClock compares the clocks by itself.
func (h *Hub) lookAtClock() {
	h.mu.Lock()
	if h.shut {
		h.mu.Unlock()
		return
	}
	done := h.awake()
	h.mu.Unlock()
	done()
}
