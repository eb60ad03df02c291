package hub

import (
	"errors"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// ErrConfirmed says that a call cannot be dismissed: the feed stands behind it.
var ErrConfirmed = errors.New("the feed confirms this call")

// dismissible reports that a person may call it a ghost: the board itself is
// not sure of it, and not merely because the feed is away right now, when
// nobody can judge.
func dismissible(c *state.Call) bool {
	away := c.Doubt.Kind == state.DoubtGap && c.Doubt.To.IsZero()
	return c.Confidence != state.Confirmed && !away
}

// Dismiss takes a call off the board on a person's word that it is a ghost.
// One that has ended already, however it did, is no error: what was wanted is
// so. Errors: ErrNotFound also for one that the lens does not show, ErrConfirmed,
// ErrStopped. There is no way back; if the call lives after all, its next event
// or the next list of active calls brings it up again.
func (h *Hub) Dismiss(l privacy.Lens, seq uint64) error {
	s, seen := h.seeing(l)
	defer seen()
	h.mu.Lock()
	history, ok := h.board.History(seq)
	var done func()
	var err error
	switch {
	case h.shut:
		err = ErrStopped
	case !ok || s != nil && (s.Level == privacy.Counts || s.Scoped() && !s.TakesPast(&history.Call)):
		err = ErrNotFound
	case !history.Live:
	case !dismissible(&history.Call):
		err = ErrConfirmed
	default:
		done = h.apply(state.Input{Fact: state.Dismissal{Seq: seq}}, time.Now())
	}
	h.mu.Unlock()
	if done != nil {
		done()
	}
	return err
}
