package access

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// A hash takes a core and 46 MiB for a while, so two are made at a time, where
// that leaves the board a core, and of strangers one: the board goes on, and
// whoever was here before has a place, or the next one.
const (
	hashSlots     = 2
	strangerSlots = 1
	mostKnown     = 32 // waiting
	mostStrangers = 32
	knownWait     = 10 * time.Second
	strangerWait  = 2800 * time.Millisecond
	queueDelay    = 2 * time.Second // before who found no place should try again
)

// waiting says where somebody stands in the queue.
type waiting struct {
	known   bool          // a browser or network from which this person signed in before
	score   float64       // of a stranger: how often it was tried from there lately; fewer goes first
	account uint64        // of a stranger: whose password is tried
	pace    time.Duration // and how far apart strangers' tries of it must be
}

// A waiter is one of them; turn is closed when it is theirs, or gone when
// somebody better took their place.
type waiter struct {
	waiting
	turn, gone chan struct{}
}

// A hasher lets few hashes be made at once. Safe for concurrent use.
type hasher struct {
	slots           int // at a time
	mu              sync.Mutex
	busy, strangers int
	most            int // busy at once since the start, for tests
	known           []*waiter
	strange         []*waiter            // in order of arrival
	next            map[uint64]time.Time // of an account: when a stranger may try again
	wake            *time.Timer
}

func newHasher() *hasher {
	slots := min(hashSlots, max(1, runtime.GOMAXPROCS(0)-1))
	return &hasher{slots: slots, next: map[uint64]time.Time{}}
}

// do calls f when there is a place for it, or returns a *LaterError, or the
// error of ctx.
func (h *hasher) do(ctx context.Context, w waiting, f func()) error {
	e := &waiter{w, make(chan struct{}), make(chan struct{})}
	patience := strangerWait
	h.mu.Lock()
	if w.known {
		patience = knownWait
		if len(h.known) >= mostKnown {
			h.mu.Unlock()
			return &LaterError{queueDelay}
		}
		h.known = append(h.known, e)
	} else {
		h.strange = append(h.strange, e)
		if len(h.strange) > mostStrangers {
			worst := h.worst()
			close(h.strange[worst].gone)
			h.strange = append(h.strange[:worst], h.strange[worst+1:]...)
		}
	}
	h.serve()
	h.mu.Unlock()

	timer := time.NewTimer(patience)
	defer timer.Stop()
	var err error
	select {
	case <-e.turn:
	case <-e.gone:
		return &LaterError{queueDelay}
	case <-timer.C:
		err = &LaterError{queueDelay}
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil && h.leave(e) {
		return err
	}
	select {
	case <-e.gone:
		return &LaterError{queueDelay}
	default: // it was their turn at that very moment
	}
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.busy--
		if !w.known {
			h.strangers--
		}
		h.serve()
	}()
	f()
	return nil
}

// leave takes a waiter out who does not wait any longer; false if they do not
// wait any more.
func (h *hasher) leave(e *waiter) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, list := range []*[]*waiter{&h.known, &h.strange} {
		for i, x := range *list {
			if x == e {
				*list = append((*list)[:i:i], (*list)[i+1:]...)
				return true
			}
		}
	}
	return false
}

// worst is who gives way: most tries, and of equals the one who waits longest.
func (h *hasher) worst() int {
	worst := 0
	for i, e := range h.strange {
		if e.score > h.strange[worst].score {
			worst = i
		}
	}
	return worst
}

// serve lets in whoever can be. It needs mu.
func (h *hasher) serve() {
	for h.busy < h.slots && len(h.known) > 0 {
		e := h.known[0]
		h.known = h.known[1:]
		h.enter(e)
	}
	now := time.Now()
	for h.busy < h.slots && h.strangers < strangerSlots && len(h.strange) > 0 {
		best, soonest := -1, time.Time{}
		for i, e := range h.strange {
			if next := h.next[e.account]; e.pace > 0 && now.Before(next) {
				if soonest.IsZero() || next.Before(soonest) {
					soonest = next
				}
				continue
			}
			if best < 0 || e.score <= h.strange[best].score { // of equals the last: under an attack those before gave up long ago
				best = i
			}
		}
		if best < 0 {
			h.later(soonest.Sub(now))
			return
		}
		e := h.strange[best]
		h.strange = append(h.strange[:best:best], h.strange[best+1:]...)
		if e.pace > 0 {
			h.paced(e, now)
		}
		h.strangers++
		h.enter(e)
	}
}

// enter gives a waiter the turn.
func (h *hasher) enter(e *waiter) {
	h.busy++
	h.most = max(h.most, h.busy)
	close(e.turn)
}

// paced notes when the next stranger may try the same account.
func (h *hasher) paced(e *waiter, now time.Time) {
	const most = 10000 // accounts that are attacked at once
	if len(h.next) >= most {
		for k, next := range h.next {
			if !now.Before(next) {
				delete(h.next, k)
			}
		}
		if len(h.next) >= most {
			clear(h.next)
		}
	}
	h.next[e.account] = now.Add(e.pace)
}

// later looks again.
func (h *hasher) later(d time.Duration) {
	if h.wake != nil {
		h.wake.Stop()
	}
	h.wake = time.AfterFunc(d, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.serve()
	})
}
