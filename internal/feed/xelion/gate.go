package xelion

import (
	"sync"
	"time"

	"callboard/internal/feed"
	"callboard/internal/state"
)

// mostHeld bounds the events held back until the snapshot is there (dossier
// section 12).
const mostHeld = 10_000

// gate is the one way of a connection to its sink. It keeps inputs in order,
// one at a time, and holds call events back until the snapshot that they
// change has been handed over.
type gate struct {
	mu   sync.Mutex // guards all that follows and every call of sink
	sink feed.Sink
	open bool
	held []state.Input
}

// event hands on a call event or holds it. It reports false when there is no
// room to hold more; the connection is then of no use.
func (g *gate) event(in state.Input) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open {
		g.sink.Apply(in)
		return true
	}
	if len(g.held) >= mostHeld {
		return false
	}
	g.held = append(g.held, in)
	return true
}

// pass hands on an input that needs no snapshot.
func (g *gate) pass(at time.Time, fact state.Fact) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sink.Apply(state.Input{At: at, Fact: fact})
}

// snapshot hands on a snapshot or the news that there is none, then the events
// held so far in the order in which they came.
func (g *gate) snapshot(at time.Time, fact state.Fact) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sink.Apply(state.Input{At: at, Fact: fact})
	for _, in := range g.held {
		g.sink.Apply(in)
	}
	g.held, g.open = nil, true
}

// now is the present as inputs carry it: with its monotonic reading, which UTC
// would take off, so that the owner of the board can put it on a clock that no
// step of the machine's moves.
func now() time.Time { return time.Now() }
