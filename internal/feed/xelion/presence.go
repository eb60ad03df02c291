package xelion

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"callboard/internal/state"
)

const (
	presenceGap   = time.Minute // between two lists (dossier section 8)
	presenceAge   = time.Hour   // before a list that was refused is asked for again
	mostPresences = 10_000
	longestWord   = 80 // runes of a status or a message
)

// A presenceChange is one presenceListEvent (dossier section 7.3).
type presenceChange struct {
	Presence state.Presence
	Version  int64 // -1 if it has none
}

// presenceOf reads one entry of the list or of an event. It is empty where
// the entry says nothing of anybody.
func presenceOf(v value) (p state.Presence) {
	p.ID, _ = v.member("id").text()
	p.Name, _ = v.member("name").text()
	p.Status, _ = v.member("status").text()
	p.Message, _ = v.member("message").text()
	who := v.member("addressable").object()
	p.Addressable, _ = who.member("oid").text()
	if p.Name == "" {
		p.Name, _ = who.member("commonName").text()
	}
	p.Status, p.Message = short(p.Status), short(p.Message)
	return p
}

// short keeps the beginning of a text that somebody typed.
func short(s string) string {
	if r := []rune(s); len(r) > longestWord {
		return strings.TrimSpace(string(r[:longestWord-1])) + "…"
	}
	return s
}

// presenceChange reads the body of a presenceListEvent. Anything but a removal
// puts the entry in (dossier section 7.1).
func (d *decoder) presence(m *Message, body value) {
	m.Kind, m.Type = KindPresence, "presenceListEvent"
	m.Presence.Version = -1
	if body.kind != kindObject {
		m.Kind = KindOther
		return
	}
	if text, ok := body.member("version").text(); ok && text != "" {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
			m.Presence.Version = n
		} else {
			d.note(m, state.BadField, "presenceListEvent.version")
		}
	}
	entry := body.member("presence")
	if entry.kind != kindObject {
		m.Kind = KindOther // a list of another shape says nothing we could use
		return
	}
	m.Presence.Presence = presenceOf(entry.object())
	update, _ := body.member("updateType").text()
	m.Presence.Presence.Gone = strings.EqualFold(update, "remove")
	if p := m.Presence.Presence; p.ID == "" && p.Addressable == "" && p.Name == "" {
		m.Kind = KindOther
	}
}

// presences keeps what the PBX says of people up to date while a connection
// lasts: the list once, then its changes. It is optional in every way: a PBX
// that has no such list, or forbids it, says nothing, and nothing is shown.
type presences struct {
	c   *Client
	log *slog.Logger

	mu      sync.Mutex // guards all that follows
	next    time.Time  // before this, no list is asked for
	version int64      // of the last change; 0 before the first of a connection
	asking  bool       // a list is under way: changes are kept, for it may be older
	kept    []state.Input
	reset   chan struct{} // holds one token while a list is wanted
}

func newPresences(c *Client, log *slog.Logger) *presences {
	return &presences{c: c, log: log, reset: make(chan struct{}, 1)}
}

// change takes one event. A version that does not rise means that something was
// lost, or that the PBX began anew: the list is read again.
func (s *presences) change(l *link, at time.Time, ch presenceChange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch.Version >= 0 {
		if s.version > 0 && ch.Version <= s.version {
			select {
			case s.reset <- struct{}{}:
			default:
			}
		}
		s.version = ch.Version
	}
	if s.asking && len(s.kept) < mostPresences {
		s.kept = append(s.kept, state.Input{At: at, Fact: ch.Presence})
		return
	}
	l.gate.pass(at, ch.Presence)
}

// run reads the list after the snapshot, and again whenever a version says so,
// at least a minute apart.
func (s *presences) run(ctx context.Context, l *link) {
	s.mu.Lock()
	s.version = 0
	select { // of a connection before this one
	case <-s.reset:
	default:
	}
	s.mu.Unlock()
	select {
	case <-ctx.Done():
		return
	case <-l.caughtUp:
	}
	for {
		s.mu.Lock()
		wait := time.Until(s.next)
		s.mu.Unlock()
		if !pauseFor(ctx, max(wait, s.c.rest.pausedFor())) {
			return
		}
		if s.c.rest.pausedFor() > 0 {
			continue
		}
		s.read(ctx, l)
		select {
		case <-ctx.Done():
			return
		case <-s.reset:
		}
	}
}

// read asks for the list and hands it on with the changes that came meanwhile.
func (s *presences) read(ctx context.Context, l *link) {
	s.mu.Lock()
	s.asking, s.kept = true, nil
	select { // this list answers every wish up to now
	case <-s.reset:
	default:
	}
	s.mu.Unlock()
	var all state.PresenceList
	err := s.c.pages(ctx, pathPresence, listsQuery, func(v value) {
		if p := presenceOf(v); len(all.Entries) < mostPresences && (p.ID != "" || p.Addressable != "" || p.Name != "") {
			all.Entries = append(all.Entries, p)
		}
	})
	if ctx.Err() == nil {
		s.c.rest.judge("presence", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asking, s.next = false, time.Now().Add(presenceGap)
	switch {
	case ctx.Err() != nil:
		s.next = time.Time{}
		return
	case err == nil:
		l.gate.pass(now(), all)
		s.log.Debug("presence read", "entries", len(all.Entries))
	case refusedForGood(err):
		s.next = time.Now().Add(presenceAge)
		s.log.Info("the PBX gives no list of presence; nothing is shown of it", "code", refuse(err).Code)
	default: // it could not answer now; what it says by itself is still its word
		s.next = time.Now().Add(pauseTime)
		select {
		case s.reset <- struct{}{}:
		default:
		}
	}
	for _, in := range s.kept {
		l.gate.pass(in.At, in.Fact)
	}
	s.kept = nil
}
