package feed

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"callboard/internal/state"
)

// Limits of the pause between attempts (protocol dossier, section 4.4).
const (
	FirstPause     = time.Second      // upper end of the first pause
	LongestPause   = 60 * time.Second // upper end of any pause without a word of the PBX
	StableAfter    = 60 * time.Second // a connection that lived so long starts the ladder anew
	PermanentPause = 5 * time.Minute  // after a refusal that waiting will not cure
)

// Keep connects for ever and returns ctx's error when ctx ends. The pause
// before attempt n is random between zero and the n-th step of a ladder from
// FirstPause, doubling, to LongestPause; only a connection that was up for
// StableAfter starts the ladder anew, so a link that flaps is not hammered. A
// Refusal's own Wait replaces the pause.
//
// Attempts are counted from 1 after each loss of an open link. LinkDialing
// carries the number of the attempt that starts, LinkDown the number of the one
// planned for NextTry.
func Keep(ctx context.Context, c Connector, sink Sink, log *slog.Logger) error {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	defer leave(ctx, c)
	step, attempt := 0, 1
	for ctx.Err() == nil {
		sink.Apply(state.Input{At: now(), Fact: state.Link{State: state.LinkDialing, Attempt: attempt}})
		seen := &upWatch{sink: sink}
		err := c.Connect(ctx, seen)
		if ctx.Err() != nil {
			break
		}
		up := seen.since()
		if up.IsZero() {
			attempt++
		} else {
			attempt = 1
			if time.Since(up) >= StableAfter {
				step = 0
			}
		}
		why := explain(err)
		wait := pause(step, why)
		step++
		log.Warn("no connection to the PBX", "code", why.Code, "reason", why.Reason, "permanent", why.Permanent, "wait", wait.Round(time.Millisecond), "attempt", attempt)
		at := now()
		sink.Apply(state.Input{At: at, Fact: state.Link{
			State: state.LinkDown, Code: why.Code, Reason: why.Reason, Attempt: attempt, NextTry: at.Add(wait),
		}})
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return ctx.Err()
}

// leave gives the connector its moment even though ctx has ended.
func leave(ctx context.Context, c Connector) {
	l, ok := c.(Leaver)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), LeaveTime)
	defer cancel()
	l.Leave(ctx)
}

// explain finds the Refusal in err. An error that has none is told without its
// text, which may hold an address with a secret in it.
func explain(err error) *Refusal {
	if why, ok := errors.AsType[*Refusal](err); ok {
		return why
	}
	return &Refusal{Code: "lost", Reason: "The connection to the PBX was lost"}
}

// pause is the time to wait after the failure numbered step, counted from 0.
func pause(step int, why *Refusal) time.Duration {
	switch {
	case why.Wait > 0:
		return why.Wait
	case why.Permanent:
		return PermanentPause
	}
	top := LongestPause
	if step < 6 {
		top = min(top, FirstPause<<step)
	}
	return rand.N(top) + time.Millisecond
}

// upWatch notes when the link came up as the inputs pass by.
type upWatch struct {
	sink Sink

	mu sync.Mutex // guards up
	up time.Time
}

func (w *upWatch) Apply(in state.Input) {
	if l, ok := in.Fact.(state.Link); ok && l.State == state.LinkUp {
		w.mu.Lock()
		w.up = time.Now()
		w.mu.Unlock()
	}
	w.sink.Apply(in)
}

func (w *upWatch) since() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.up
}

// now is the present as inputs carry it: with its monotonic reading, which UTC
// would take off, so that the owner of the board can put it on a clock that no
// step of the machine's moves.
func now() time.Time { return time.Now() }
