package state

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A timed input is one step of a day that is told more than once.
type timed struct {
	at   time.Time
	fact Fact
}

// day draws inputs of a busy day that do not depend on the board, with pauses
// long enough for every timer.
func day(rt *rapid.T) []timed {
	s := &stream{draw: rt}
	at := taleDay
	inputs := []timed{{at, Link{State: LinkUp}}, {at, Snapshot{RequestedAt: at}}}
	var events []Event
	for range s.lot(5, "calls") + 1 {
		events = append(events, s.add()...)
	}
	for _, ev := range s.spoil(events, 6, 8, 4) {
		pauses := []time.Duration{50 * time.Millisecond, time.Second, 4 * time.Second, 40 * time.Second, 6 * time.Minute, 31 * time.Minute, 5 * time.Hour}
		at = at.Add(pauses[s.lot(len(pauses), "pause")])
		switch s.lot(12, "also") {
		case 0:
			inputs = append(inputs, timed{at, Link{State: LinkDown, Code: "refused", Reason: "The PBX refuses the connection"}},
				timed{at.Add(time.Second), Link{State: LinkUp}})
			at = at.Add(2 * time.Second)
		case 1:
			inputs = append(inputs, timed{at, Snapshot{RequestedAt: at, Channels: []Channel{
				{CallID: ev.CallID, Role: RoleCaller, Up: true, Name: "Vera"}, {CallID: ev.CallID, Role: RoleCallee, Up: true},
			}}})
		case 2:
			inputs = append(inputs, timed{at, SnapshotFailed{}})
		}
		inputs = append(inputs, timed{at, ev})
	}
	return inputs
}

// TestSameInputsSameChanges replays a day: the changes are deeply equal.
func TestSameInputsSameChanges(t *testing.T) {
	checks(t, 300, func(rt *rapid.T) {
		inputs := day(rt)
		one, two := New(Config{Zone: amsterdam(t)}), New(Config{Zone: amsterdam(t)})
		for i, in := range inputs {
			first := slices.Clone(one.Apply(Input{in.at, in.fact}))
			second := two.Apply(Input{in.at, in.fact})
			if !reflect.DeepEqual(first, second) {
				rt.Fatalf("input %d, told twice, changed\n%+v\nand\n%+v", i, first, second)
			}
		}
	})
}

// TestTimersInAnyPieces tells a day three times: with timers fired by Apply
// alone, one deadline after the other, and in odd pieces of time. The changes
// are the same, whoever lets the time pass and however often.
func TestTimersInAnyPieces(t *testing.T) {
	checks(t, 300, func(rt *rapid.T) {
		inputs := day(rt)
		end := inputs[len(inputs)-1].at.Add(13 * time.Hour)
		piece := time.Duration(rapid.IntRange(1, 5_000).Draw(rt, "piece")) * time.Second
		tell := func(pass func(b *Board, until time.Time, keep func([]Change))) (*Board, []Change) {
			b := New(Config{Zone: amsterdam(t)})
			var all []Change
			keep := func(changes []Change) { all = append(all, changes...) }
			for _, in := range inputs {
				pass(b, in.at, keep)
				keep(b.Apply(Input{in.at, in.fact}))
			}
			pass(b, end, keep)
			keep(b.Advance(end))
			return b, all
		}
		byApply, first := tell(func(*Board, time.Time, func([]Change)) {})
		byDeadline, second := tell(func(b *Board, until time.Time, keep func([]Change)) {
			for n := 0; ; n++ {
				due, ok := b.NextDeadline()
				if !ok || due.After(until) {
					return
				}
				keep(b.Advance(due))
				if next, ok := b.NextDeadline(); ok && !next.After(due) {
					rt.Fatalf("after Advance to the deadline %v the next one is %v: the owner would spin", due, next)
				}
				if n > 10_000 {
					rt.Fatalf("ten thousand deadlines before %v", until)
				}
			}
		})
		byPieces, third := tell(func(b *Board, until time.Time, keep func([]Change)) {
			if b.now.IsZero() { // the first input starts the clock
				return
			}
			for at := b.now.Add(piece); at.Before(until); at = at.Add(piece) {
				keep(b.Advance(at))
			}
		})
		for name, other := range map[string][]Change{"one deadline at a time": second, "in odd pieces": third} {
			if !reflect.DeepEqual(first, other) {
				rt.Fatalf("advanced %s, the changes differ:\n%s", name, differ(first, other))
			}
		}
		for name, b := range map[string]*Board{"one deadline at a time": byDeadline, "in odd pieces": byPieces} {
			if !reflect.DeepEqual(look(byApply), look(b)) {
				rt.Fatalf("advanced %s, the board differs", name)
			}
		}
	})
}

// TestTimeNeverRunsBackwards gives inputs with clocks that jump back: the
// board keeps the latest time it has seen, ages never become negative.
func TestTimeNeverRunsBackwards(t *testing.T) {
	b := New(Config{})
	w := newWatch(b)
	at := connectBoth(b)
	w.version = b.Version()
	tale := shortTales[0]
	for i, ev := range tale.events {
		at := at.Add(time.Duration(i*7%5) * time.Second)
		w.step(t, b.Apply(Input{at, ev}))
	}
	before := b.now
	if changes := b.Advance(before.Add(-time.Hour)); len(changes) > 0 || !b.now.Equal(before) {
		t.Errorf("Advance into the past made %d changes and the board's time %v, was %v", len(changes), b.now, before)
	}
}

// TestDeadlineIsNeverLeftBehind looks at the next deadline after every input:
// it lies in the future of the board.
func TestDeadlineIsNeverLeftBehind(t *testing.T) {
	checks(t, 300, func(rt *rapid.T) {
		b := New(Config{})
		for i, in := range day(rt) {
			b.Apply(Input{in.at, in.fact})
			b.Advance(in.at)
			if due, ok := b.NextDeadline(); ok && !due.After(in.at) {
				rt.Fatalf("input %d at %v: the next deadline is %v", i, in.at, due)
			}
		}
	})
}

func differ(a, b []Change) string {
	for i := range min(len(a), len(b)) {
		if !reflect.DeepEqual(a[i], b[i]) {
			return fmt.Sprintf("%d: %+v\n%d: %+v", i, a[i], i, b[i])
		}
	}
	return fmt.Sprintf("%d and %d changes", len(a), len(b))
}
