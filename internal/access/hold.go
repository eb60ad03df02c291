package access

import (
	"context"
	"strconv"
	"time"
)

// A hold is one stream, under the rights with which it began.
type hold struct {
	who Who
	end context.CancelCauseFunc
}

// Hold returns a context that is cancelled with the cause ErrEnded within a
// second of the end of what w may: signed out, revoked, disabled, removed,
// expired, or with another role, level, scope or view than w has. While it is
// held a session does not idle. Call release when the stream is over; it may be
// called more than once.
func (s *Service) Hold(ctx context.Context, w Who) (_ context.Context, release func()) {
	ctx, end := context.WithCancelCause(ctx)
	if w.Kind == Local {
		return ctx, func() { end(nil) }
	}
	h := &hold{w, end}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holds[h] = struct{}{}
	if w.Session != "" {
		s.held[w.Session]++
	}
	if !s.same(h, time.Now()) {
		s.drop(h, ErrEnded)
	}
	return ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.drop(h, nil)
	}
}

// drop ends one. It needs mu.
func (s *Service) drop(h *hold, cause error) {
	if _, ok := s.holds[h]; !ok {
		return
	}
	delete(s.holds, h)
	if id := h.who.Session; id != "" {
		if s.held[id]--; s.held[id] <= 0 {
			delete(s.held, id)
		}
		if e := s.byID[id]; e != nil {
			e.seen = time.Now()
		}
	}
	h.end(cause)
}

// recheck ends all whose right ended. It needs mu.
func (s *Service) recheck(now time.Time) {
	for h := range s.holds {
		if !s.same(h, now) {
			s.drop(h, ErrEnded)
		}
	}
}

// same reports that the party of a stream may still exactly what it might when
// the stream began. It needs mu.
func (s *Service) same(h *hold, now time.Time) bool {
	is, ok := s.now(h.who, now)
	return ok && is.Role == h.who.Role && is.Lens == h.who.Lens && is.View == h.who.View
}

// Now is what a party may at this moment, whatever it might when it was asked
// for; false when it may nothing any more.
func (s *Service) Now(w Who) (Who, bool) {
	if w.Kind == Local {
		return w, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now(w, time.Now())
}

// now needs mu.
func (s *Service) now(w Who, now time.Time) (is Who, ok bool) {
	switch w.Kind {
	case Person:
		if e := s.byID[w.Session]; e != nil {
			is, ok = s.whoOf(e, now)
		}
	case Program:
		is, ok = s.program(w.ID, now)
	case Display:
		is, ok = s.display(w.ID, now)
	}
	return is, ok && is.ID == w.ID
}

// userRef is the audit log's word for an account.
func userRef(id int64) string { return "user:" + strconv.FormatInt(id, 10) }
