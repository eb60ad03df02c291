package app

import (
	"context"
	"log/slog"
	"sync"
)

// A firstLine holds back what is logged until the line from which outside
// programs read the address was written: the parts have things to say before
// there is one. Safe for concurrent use.
type firstLine struct {
	next slog.Handler
	held *heldLines // shared by all that were made from one
}

// heldLines are what was logged too early, in order.
type heldLines struct {
	mu    sync.Mutex // guards what follows
	open  bool
	lines []func()
}

func newFirstLine(next slog.Handler) *firstLine {
	return &firstLine{next: next, held: &heldLines{}}
}

// Enabled is the next handler's word.
func (f *firstLine) Enabled(ctx context.Context, level slog.Level) bool {
	return f.next.Enabled(ctx, level)
}

// Handle writes or holds a line.
func (f *firstLine) Handle(ctx context.Context, r slog.Record) error {
	f.held.mu.Lock()
	defer f.held.mu.Unlock()
	if f.held.open {
		return f.next.Handle(ctx, r)
	}
	r = r.Clone()
	f.held.lines = append(f.held.lines, func() { f.next.Handle(ctx, r) }) // nobody is left to tell of an error
	return nil
}

// WithAttrs and WithGroup share what is held.
func (f *firstLine) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &firstLine{f.next.WithAttrs(attrs), f.held}
}

func (f *firstLine) WithGroup(name string) slog.Handler {
	return &firstLine{f.next.WithGroup(name), f.held}
}

// release writes what was held; from now on nothing is. first, if any, comes
// before all of it.
func (f *firstLine) release(first func(slog.Handler)) {
	f.held.mu.Lock()
	defer f.held.mu.Unlock()
	if first != nil {
		first(f.next)
	}
	f.held.open = true
	for _, line := range f.held.lines {
		line()
	}
	f.held.lines = nil
}
