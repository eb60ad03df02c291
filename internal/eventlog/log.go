package eventlog

import (
	"context"
	"time"

	"callboard/internal/state"
)

// An Entry is one input in the order of all inputs.
type Entry struct {
	Seq  uint64    // given by the log, rises by one
	At   time.Time // of arrival, on the clock of whoever appends; a fold uses nothing else
	ID   string    // what is told: a repeat within two minutes is dropped; empty is never a repeat
	Fact state.Fact
}

// Bounds say what a log holds.
type Bounds struct {
	Epoch       string // another one: the store was lost or made anew, and sequences mean something else
	First, Last uint64 // of the entries that can be followed; both 0 if there are none, Last < First if all were dropped
}

// A Log is the order of all inputs. Implementations pass the suite of package
// logtest and are safe for concurrent use.
type Log interface {
	// Append gives entries their sequence, in order, and returns the last one
	// given. It waits for no disk and no follower. Their Seq is ignored.
	Append(ctx context.Context, entries ...Entry) (last uint64, err error)
	// Follow calls fn with every entry after a sequence, in order, and waits
	// for more until ctx ends (then it returns ctx's error within 100 ms), fn
	// fails, or the log is closed. Where entries after it were dropped
	// already, it returns a *LostError without having called fn.
	Follow(ctx context.Context, after uint64, fn func(Entry) error) error
	Bounds(ctx context.Context) (Bounds, error)
	Close() error
}
