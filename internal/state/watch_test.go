package state

import (
	"testing"
	"time"
)

// failer is what a test and a rapid check have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

var _ failer = (*testing.T)(nil)

// A watch holds a board to what must be true after every step of any story.
type watch struct {
	board   *Board
	version uint64
	ids     map[uint64]bool // calls that ended: their number never comes back
}

func newWatch(b *Board) *watch {
	return &watch{board: b, version: b.Version(), ids: map[uint64]bool{}}
}

// step looks at the changes of one Apply or Advance, and at the board.
func (w *watch) step(t failer, changes []Change) {
	t.Helper()
	for _, c := range changes {
		if c.Version != w.version+1 {
			t.Fatalf("version %d follows %d: versions rise by one", c.Version, w.version)
		}
		w.version = c.Version
		switch c.Kind {
		case CallUpsert:
			if w.ids[c.Call.Seq] {
				t.Fatalf("call %d is back after it ended: a number is never used again", c.Call.Seq)
			}
			w.row(t, c.Call)
		case CallRemoved:
			if w.ids[c.Call.Seq] {
				t.Fatalf("call %d ended twice", c.Call.Seq)
			}
			w.ids[c.Call.Seq] = true
		}
	}
	if w.version != w.board.Version() {
		t.Fatalf("the board is at version %d, its changes at %d", w.board.Version(), w.version)
	}
	w.today(t)
	seqs := uint64(0)
	for c := range w.board.Calls() {
		if c.Seq <= seqs {
			t.Fatalf("calls are not in the order of their numbers: %d after %d", c.Seq, seqs)
		}
		seqs = c.Seq
		w.row(t, c)
	}
}

// row checks one row by itself.
func (w *watch) row(t failer, c Call) {
	t.Helper()
	now := w.board.now
	for _, at := range []struct {
		name string
		time time.Time
	}{{"started", c.StartedAt}, {"connected", c.ConnectedAt}, {"pair since", c.PairSince}, {"journey start", c.JourneyStart}} {
		if at.time.After(now) {
			t.Fatalf("call %d: %s at %v is in the future of %v: its age would be negative", c.Seq, at.name, at.time, now)
		}
	}
	if !c.ConnectedAt.IsZero() && c.ConnectedAt.Before(c.StartedAt) && !c.StartAtLeast {
		t.Fatalf("call %d talks since %v, before it began at %v", c.Seq, c.ConnectedAt, c.StartedAt)
	}
	if (c.Phase == Talking) == c.ConnectedAt.IsZero() {
		t.Fatalf("call %d is %v with talk since %v", c.Seq, c.Phase, c.ConnectedAt)
	}
	if c.Confidence != Confirmed && c.Doubt.String() == "" {
		t.Fatalf("call %d is %v without a reason in words", c.Seq, c.Confidence)
	}
	for _, p := range []Party{c.Caller, c.Callee, c.Former} {
		mustBeOnePerson(t, c, p)
	}
	callee := false
	for i, l := range c.Legs {
		if l.Side == CallerSide && callee {
			t.Fatalf("call %d: leg %d is a caller's after a callee's: %+v", c.Seq, i, c.Legs)
		}
		mustBeOnePerson(t, c, l.Party)
		callee = callee || l.Side == CalleeSide
		if (l.State == LegGone) == l.Until.IsZero() {
			t.Fatalf("call %d: leg %d is %v until %v", c.Seq, i, l.State, l.Until)
		}
	}
}

// today checks the sums of the counters against the journeys that are open.
func (w *watch) today(t failer) {
	t.Helper()
	d := w.board.Today()
	for _, n := range []int{d.Offered, d.Answered, d.Unanswered, d.Missed, d.Outbound, d.Internal, d.WaitCount, int(d.WaitTotal)} {
		if n < 0 {
			t.Fatalf("a counter is negative: %+v", d)
		}
	}
	if d.Answered+d.Unanswered > d.Offered || d.WaitCount > d.Answered {
		t.Fatalf("more answered and unanswered than offered, or more waits than answers: %+v", d)
	}
}

// mustBeOnePerson checks that nobody lends fields to somebody else: in tests a
// call log is named after the number it belongs to.
func mustBeOnePerson(t failer, c Call, p Party) {
	t.Helper()
	if p.CallLog != "" && p.Number != "" && p.CallLog != "log of "+p.Number {
		t.Fatalf("call %d: %s has the %s: two people mixed up", c.Seq, p.Number, p.CallLog)
	}
}
