package web

import (
	"net/http"
	"sync"
	"time"

	"callboard/internal/hub"
	"callboard/internal/state"
)

// healthWait is how long the hub may take to answer before it counts as stuck.
const healthWait = time.Second

// pulse asks the hub for a sign of life, with at most one question open.
type pulse struct {
	mu   sync.Mutex    // guards open
	open chan struct{} // closed when the hub has answered; nil when none waits
}

// ask returns a channel that closes when the hub has answered.
func (p *pulse) ask(h *hub.Hub) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		answered := make(chan struct{})
		p.open = answered
		go func() {
			h.Read(func(*state.Board, time.Time) {})
			p.mu.Lock()
			p.open = nil
			p.mu.Unlock()
			close(answered)
		}()
	}
	return p.open
}

// healthz says that the process works: the hub answers.
func (s *site) healthz(w http.ResponseWriter, r *http.Request) error {
	timeout := time.NewTimer(healthWait)
	defer timeout.Stop()
	select {
	case <-s.pulse.ask(s.Hub):
		s.send(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
	case <-timeout.C:
		s.send(w, r, http.StatusServiceUnavailable, "text/plain; charset=utf-8", []byte("the board did not answer within 1 s\n"))
	case <-r.Context().Done():
	}
	return nil
}

// readyz says whether the board can be relied on right now, and if not why.
func (s *site) readyz(w http.ResponseWriter, r *http.Request) error {
	var feed state.Feed
	s.Hub.Read(func(b *state.Board, _ time.Time) { feed = b.Feed() })
	if feed.State == state.Live {
		s.send(w, r, http.StatusOK, "text/plain; charset=utf-8", []byte("live\n"))
		return nil
	}
	s.send(w, r, http.StatusServiceUnavailable, "text/plain; charset=utf-8", []byte(feed.State.String()+": "+reason(feed)+"\n"))
	return nil
}

// reason is why the board is not live, in one sentence; empty while it is.
func reason(feed state.Feed) string {
	switch {
	case feed.State == state.Live:
		return ""
	case feed.Reason != "":
		return feed.Reason
	}
	return "No proof from the PBX yet"
}
