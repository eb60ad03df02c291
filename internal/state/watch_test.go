package state

import (
	"reflect"
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

	steps      int
	dayVersion uint64
	day        []Journey // as it was told at dayVersion
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
	if w.steps++; w.steps%3 == 0 {
		w.journeys(t)
	}
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

// journeys checks the day's journeys: told as they are, in order, each call in
// one of them, and adding up to the counters.
func (w *watch) journeys(t failer) {
	t.Helper()
	b := w.board
	list := b.Journeys()
	if w.dayVersion == b.DayVersion() && w.day != nil && !reflect.DeepEqual(w.day, list) {
		t.Fatalf("the day is at version %d still, and its journeys changed: %+v became %+v", w.dayVersion, w.day, list)
	}
	w.dayVersion, w.day = b.DayVersion(), list
	open := make(map[uint64]*journey, len(b.day))
	for _, j := range b.day {
		open[j.id] = j
	}
	of := map[uint64]uint64{}
	sum := Today{}
	for i := range list {
		j := &list[i]
		mine := open[j.ID]
		if mine == nil { // nothing of it changes any more
			mine = &journey{}
		} else if fresh := b.tell(mine); !reflect.DeepEqual(j, fresh) {
			t.Fatalf("journey %d is told as %+v and is now %+v", j.ID, *j, *fresh)
		}
		if i > 0 && (j.Start.Before(list[i-1].Start) || j.Start.Equal(list[i-1].Start) && j.ID <= list[i-1].ID) {
			t.Fatalf("journey %d follows %d", j.ID, list[i-1].ID)
		}
		for _, seq := range j.Calls {
			if other, taken := of[seq]; taken {
				t.Fatalf("call %d belongs to journeys %d and %d", seq, other, j.ID)
			}
			of[seq] = j.ID
		}
		switch {
		case j.Talk < 0 || j.Talks == 0 && j.Talk != 0:
			t.Fatalf("journey %d talked %v in %d", j.ID, j.Talk, j.Talks)
		case !j.Ended.IsZero() && j.Talk > b.now.Sub(j.Start):
			t.Fatalf("journey %d talked %v since %v, and it is %v: %+v, spans %+v", j.ID, j.Talk, j.Start, b.now, *j, mine.spans)
		case j.WaitKnown && (j.Answered.IsZero() || !j.StartKnown):
			t.Fatalf("journey %d: a wait is known without both ends: %+v", j.ID, *j)
		case j.Answered.After(b.now) || j.Start.After(b.now) || j.Ended.After(b.now):
			t.Fatalf("journey %d lies in the future of %v: %+v", j.ID, b.now, *j)
		case j.Rung != len(j.RangAt):
			t.Fatalf("journey %d rang %d times at %q", j.ID, j.Rung, j.RangAt)
		}
		if !j.Counted {
			continue
		}
		switch j.Kind {
		case Internal:
			sum.Internal++
		case Outbound:
			sum.Outbound++
		default:
			sum.Offered++
			switch {
			case !j.Answered.IsZero():
				sum.Answered++
			case j.Ended.IsZero() || j.Lost:
			default:
				sum.Unanswered++
			}
		}
	}
	d := b.Today()
	if got, want := [...]int{sum.Offered, sum.Answered, sum.Unanswered, sum.Outbound, sum.Internal}, [...]int{d.Offered, d.Answered, d.Unanswered, d.Outbound, d.Internal}; got != want && !b.dayOverflow {
		t.Fatalf("journeys come to %v, the counters to %v: %+v", got, want, list)
	}
	for c := range b.Calls() {
		if _, listed := of[c.Seq]; !listed && !b.dayOverflow {
			t.Fatalf("call %d is up and in no journey of the day", c.Seq)
		}
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
