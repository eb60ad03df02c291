package xelion

import (
	"container/list"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"callboard/internal/state"
)

const (
	listsAge    = time.Hour // users and lines are not read more often
	lookupGap   = 500 * time.Millisecond
	unknownAge  = 10 * time.Minute // before an oid without a name is asked for again
	mostNames   = 5_000
	mostQueued  = 256
	listsQuery  = "limit=100"
	mostOIDText = 64 // bytes of an oid that may go into a request
)

// names learns what users, lines and addressables are called. Calls never wait
// for it: it works behind them, one request at a time, and pauses when the PBX
// asks for less.
type names struct {
	session *session
	rest    *rest
	log     *slog.Logger
	work    chan struct{} // holds one token while there may be work

	mu      sync.Mutex // guards all that follows
	users   map[string]bool
	lines   map[string]bool
	next    time.Time                // before this, users and lines are not read again
	stale   bool                     // an oid came that the lists do not have
	queue   []string                 // addressables to look up, oldest first
	queued  map[string]bool          // in queue, or being looked up
	known   map[string]*list.Element // of recent, by oid
	recent  *list.List               // of looked, the latest used first
	allowed bool                     // addressables may be read
}

// looked is one addressable that was asked for.
type looked struct {
	oid   string
	found bool
	at    time.Time
}

func newNames(r *rest, s *session, log *slog.Logger) *names {
	return &names{
		session: s, rest: r, log: log, work: make(chan struct{}, 1), users: map[string]bool{}, lines: map[string]bool{},
		queued: map[string]bool{}, known: map[string]*list.Element{}, recent: list.New(), allowed: true,
	}
}

// want notes the oids of an event whose names are not known. It never blocks.
func (n *names) want(e state.Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, p := range [2]*state.Party{&e.Caller, &e.Callee} {
		if p.User != "" {
			if !n.users[p.User] {
				n.stale = true
			}
			if n.users[p.User] {
				continue // the user's own name says it
			}
		}
		n.enqueue(p.Addressable)
	}
	if e.Line != "" && !n.lines[e.Line] {
		n.stale = true
	}
	if n.stale || len(n.queue) > 0 {
		select {
		case n.work <- struct{}{}:
		default:
		}
	}
}

// enqueue wants the name of an addressable; n.mu is held.
func (n *names) enqueue(oid string) {
	if oid == "" || len(oid) > mostOIDText || n.queued[oid] || !n.allowed {
		return
	}
	if e, ok := n.known[oid]; ok {
		n.recent.MoveToFront(e)
		if was := e.Value.(looked); was.found || time.Since(was.at) < unknownAge {
			return
		}
	}
	if len(n.queue) < mostQueued {
		n.queue = append(n.queue, oid)
		n.queued[oid] = true
	}
}

// run reads names while a connection lasts, after its first snapshot.
func (n *names) run(ctx context.Context, l *link) {
	select {
	case <-ctx.Done():
		return
	case <-l.caughtUp:
	}
	for {
		if !pauseFor(ctx, n.rest.pausedFor()) {
			return
		}
		n.mu.Lock()
		lists := n.next.IsZero() || (n.stale && !time.Now().Before(n.next))
		oid := ""
		if !lists && len(n.queue) > 0 {
			oid = n.queue[0]
			n.queue = n.queue[1:]
		}
		n.mu.Unlock()
		switch {
		case lists:
			n.readLists(ctx, l)
		case oid != "":
			n.lookUp(ctx, l, oid)
			if !pauseFor(ctx, lookupGap) {
				return
			}
		default:
			select {
			case <-ctx.Done():
				return
			case <-n.work:
			}
		}
	}
}

// readLists reads lines, then users, whose extension is that of their line.
// It is tried again after an hour if an oid turned up that was not listed, and
// earlier if the PBX could not answer.
func (n *names) readLists(ctx context.Context, l *link) {
	lines, users := map[string]bool{}, map[string]bool{}
	numbers := map[string]string{}
	err := l.c.pages(ctx, pathLines, listsQuery, func(v value) {
		if n, ok := lineOf(v); ok && len(lines) < mostNames {
			lines[n.OID], numbers[n.OID] = true, n.Number
			l.gate.pass(now(), n)
		}
	})
	n.rest.judge("phonelines", err)
	failed := err != nil && !refusedForGood(err)
	if ctx.Err() == nil && n.rest.pausedFor() <= 0 {
		err = l.c.pages(ctx, pathUsers, listsQuery, func(v value) {
			if n, ok := userOf(v, numbers); ok && len(users) < mostNames {
				users[n.OID] = true
				l.gate.pass(now(), n)
			}
		})
		n.rest.judge("users", err)
		failed = failed || (err != nil && !refusedForGood(err))
	}
	if ctx.Err() != nil {
		return // the next connection tries again
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.next, n.stale = time.Now().Add(listsAge), failed
	if failed {
		n.next = time.Now().Add(pauseTime)
	}
	for oid := range lines {
		n.lines[oid] = true
	}
	for oid := range users {
		n.users[oid] = true
	}
	n.log.Debug("names read", "users", len(users), "lines", len(lines))
}

// lookUp asks for one addressable and remembers the answer, also when there is
// none.
func (n *names) lookUp(ctx context.Context, l *link, oid string) {
	defer func() {
		n.mu.Lock()
		delete(n.queued, oid)
		n.mu.Unlock()
	}()
	a, err := n.session.call(ctx, http.MethodGet, pathAddressables+url.PathEscape(oid), nil)
	if ctx.Err() != nil {
		return
	}
	n.rest.judge("addressables", err)
	text := ""
	if err == nil {
		l.c.record(now(), FrameGet+pathAddressables+url.PathEscape(oid), a.body.raw)
		text, _ = named(a.body.object())
	}
	n.mu.Lock()
	if refused := refusedForGood(err); refused && !n.rest.hasWorked("addressables") && !notFound(err) {
		n.allowed = false // this account may not read them: do not ask for each
		n.queue, n.queued = nil, map[string]bool{}
	}
	if e, ok := n.known[oid]; ok {
		n.recent.Remove(e)
	}
	n.known[oid] = n.recent.PushFront(looked{oid, text != "", time.Now()})
	forgotten := ""
	if n.recent.Len() > mostNames {
		last := n.recent.Remove(n.recent.Back()).(looked)
		delete(n.known, last.oid)
		if last.found {
			forgotten = last.oid
		}
	}
	n.mu.Unlock()
	if text != "" {
		l.gate.pass(now(), state.Name{Kind: state.NameAddressable, OID: oid, Text: text})
	}
	if forgotten != "" {
		l.gate.pass(now(), state.Name{Kind: state.NameAddressable, OID: forgotten})
	}
}
