package hub

import (
	"slices"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// GapsOf are the interruptions that the board itself remembers, oldest first,
// with how many of their calls that a lens shows are still in doubt.
func (h *Hub) GapsOf(l privacy.Lens) []GapFact {
	s, done := h.seeing(l)
	defer done()
	h.mu.Lock()
	defer h.mu.Unlock()
	gaps := h.board.Gaps()
	out := make([]GapFact, len(gaps))
	for i, g := range gaps {
		out[i] = GapFact{Gap: g, Kind: KindOf(g.Code), InDoubt: len(taken(s, h.ghosts(g.From)))}
	}
	return out
}

// Ghosts are the calls of an interruption that nothing has confirmed or ended
// since, by Seq, as a lens shows them.
func (h *Hub) Ghosts(l privacy.Lens, from time.Time) []state.Call {
	s, done := h.seeing(l)
	defer done()
	h.mu.Lock()
	calls := taken(s, h.ghosts(from))
	h.mu.Unlock()
	if s == nil {
		return calls
	}
	out := make([]state.Call, 0, len(calls))
	for _, c := range calls {
		if c, ok := s.Call(c); ok && s.Level != privacy.Counts {
			out = append(out, c)
		}
	}
	return out
}

// taken are the calls of a list that belong to a scope.
func taken(s *privacy.Sight, calls []state.Call) []state.Call {
	if s == nil || !s.Scoped() {
		return calls
	}
	return slices.DeleteFunc(calls, func(c state.Call) bool { return !s.Takes(&c) })
}

// ghosts are the calls of an interruption that nothing has confirmed or ended
// since. h.mu is held.
func (h *Hub) ghosts(from time.Time) []state.Call {
	var out []state.Call
	for call := range h.board.Calls() {
		if ofGap(&call) && call.Doubt.From.UnixMilli() == from.UnixMilli() {
			out = append(out, call)
		}
	}
	return out
}

// ofGap reports a call that is in doubt because of an interruption.
func ofGap(call *state.Call) bool {
	return call.Confidence == state.Unconfirmed && (call.Doubt.Kind == state.DoubtGap || call.Doubt.Kind == state.DoubtNoSnapshot)
}

// DismissGhosts takes calls of an interruption off the board on a person's word
// that they are ghosts: those of calls, or with none named all that are in doubt
// now. It is one step: either all are dismissed or none is. One that has ended
// already is no error, what was wanted is so. It returns those that it ended.
// Errors: ErrNotFound for a call nobody knows or that the lens does not show,
// ErrConfirmed for one that the feed stands behind by now, that is in doubt for
// another reason, or while the feed is away and nobody can judge.
func (h *Hub) DismissGhosts(l privacy.Lens, from time.Time, calls []uint64) (dismissed []uint64, err error) {
	s, seen := h.seeing(l)
	defer seen()
	h.mu.Lock()
	all := taken(s, h.ghosts(from))
	if len(calls) == 0 {
		for i := range all {
			calls = append(calls, all[i].Seq)
		}
	}
	var take []uint64
	for _, seq := range calls {
		history, ok := h.board.History(seq)
		at := slices.IndexFunc(all, func(c state.Call) bool { return c.Seq == seq })
		switch {
		case !ok || s != nil && s.Scoped() && !s.TakesPast(&history.Call):
			err = ErrNotFound
		case !history.Live:
			continue
		case at < 0 || !dismissible(&all[at]):
			err = ErrConfirmed
		case !slices.Contains(take, seq):
			take = append(take, seq)
		}
		if err != nil {
			h.mu.Unlock()
			return nil, err
		}
	}
	var done []func()
	for _, seq := range take {
		done = append(done, h.apply(state.Input{Fact: state.Dismissal{Seq: seq}}, time.Now()))
	}
	h.mu.Unlock()
	for _, f := range done {
		f()
	}
	return take, nil
}
