package state

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestEveryOrder tells each short tale in every order of its events. Whatever
// the order, two minutes after the storm no conversation is left, and nothing
// at all once the timers ran out, or after one list that names no call; no
// customer is counted twice; and the same order told twice gives equal boards.
func TestEveryOrder(t *testing.T) {
	for _, tale := range shortTales {
		t.Run(tale.name, func(t *testing.T) {
			every := 1
			if testing.Short() || raceOn {
				every = 23 // a prime, so that no event sits still
				t.Logf("thinned out: one order in %d, because of -short or the race detector", every)
			}
			n, orders := 0, 0
			eachOrder(tale.events, func(events []Event) {
				if n++; n%every != 0 {
					return
				}
				orders++
				tale.inOrder(t, events, 100*time.Millisecond, true)
			})
			t.Logf("%d events, %d orders", len(tale.events), orders)
		})
	}
}

// inOrder tells the events on two boards at once and lets each come to rest in
// its own way. Only if every hang-up is among them (whole) may nobody be left
// talking after two minutes.
func (tale *tale) inOrder(t *testing.T, events []Event, pace time.Duration, whole bool) {
	t.Helper()
	one, two := New(Config{}), New(Config{})
	at := connectBoth(one, two)
	for i := range events {
		at = at.Add(pace)
		one.Apply(Input{at, events[i]})
		two.Apply(Input{at, events[i]})
		if one.Version() != two.Version() {
			t.Fatalf("the same order has two outcomes at event %d\n%s", i+1, titles(events))
		}
		tale.mustNotExceed(t, one.Today(), events)
	}
	if !reflect.DeepEqual(look(one), look(two)) {
		t.Fatalf("the same order has two outcomes:\n%v\n%v\n%s", look(one), look(two), titles(events))
	}
	one.Advance(at.Add(2 * time.Minute))
	for c := range one.Calls() {
		if whole && (c.Phase != Ringing || !tale.rings) {
			t.Fatalf("still up two minutes after every hang-up came: %s\n%s", ghosts(one), titles(events))
		}
	}
	one.Advance(at.Add(13 * time.Hour))
	if one.Len() > 0 {
		t.Fatalf("ghosts after 13 h of silence: %s\n%s", ghosts(one), titles(events))
	}
	at = at.Add(5 * time.Second)
	two.Apply(Input{at, Snapshot{RequestedAt: at}})
	if two.Len() > 0 {
		t.Fatalf("ghosts after a list that names no call: %s\n%s", ghosts(two), titles(events))
	}
	tale.mustNotExceed(t, two.Today(), events)
}

// TestRepeatedAndLost tells each tale in its own order with one event doubled,
// tripled or lost.
func TestRepeatedAndLost(t *testing.T) {
	for _, tale := range shortTales {
		for times, name := range map[int]string{0: "lost", 1: "as it is", 2: "doubled", 3: "tripled"} {
			for i, ev := range tale.events {
				t.Run(fmt.Sprintf("%s/%s %s %s", tale.name, ev.Type, ev.CallID, name), func(t *testing.T) {
					var events []Event
					for j, e := range tale.events {
						n := 1
						if i == j {
							n = times
						}
						for range n {
							events = append(events, e)
						}
					}
					tale.inOrder(t, events, max(tale.pace, 100*time.Millisecond), times > 0)
					board := New(Config{})
					at := connectBoth(board)
					for _, e := range events {
						at = at.Add(max(tale.pace, time.Second))
						board.Apply(Input{at, e})
					}
					if times > 0 && board.Len() > 0 {
						t.Errorf("every hang-up came, and still up: %s", ghosts(board))
					}
					if got := board.Today(); times > 0 && tale.counts(got) != tale.counts(Today{
						Offered: tale.offered, Answered: tale.answered, Unanswered: tale.unanswered,
						Outbound: tale.outbound, Internal: tale.internal, Missed: tale.missed,
					}) {
						t.Errorf("counted %s, want offered %d answered %d unanswered %d outbound %d internal %d missed %d", counters(got),
							tale.offered, tale.answered, tale.unanswered, tale.outbound, tale.internal, tale.missed)
					}
				})
			}
		}
	}
}

func (tale *tale) counts(d Today) [6]int {
	return [6]int{d.Offered, d.Answered, d.Unanswered, d.Outbound, d.Internal, d.Missed}
}

// mustNotExceed checks that no journey is in the counters twice. In a wrong
// order an answer may stay unseen, and a consultation may stand for itself.
func (tale *tale) mustNotExceed(t *testing.T, d Today, events []Event) {
	t.Helper()
	if d.Offered+d.Outbound > tale.offered+tale.outbound || d.Answered > tale.answered ||
		d.Internal > max(tale.internal, 1) || d.Missed > tale.missed || d.Answered+d.Unanswered > d.Offered {
		t.Fatalf("a journey is counted twice: %s\n%s", counters(d), titles(events))
	}
}

// look is all that a board shows of itself.
func look(b *Board) []any {
	return []any{b.Version(), slices.Collect(b.Calls()), b.RecentEnded(20), b.Today(), b.Feed(), b.Tallies()}
}

// connectBoth brings boards up with an empty list of calls.
func connectBoth(boards ...*Board) time.Time {
	at := taleDay
	for _, b := range boards {
		b.Apply(Input{at, Link{State: LinkUp}})
		b.Apply(Input{at, Snapshot{RequestedAt: at}})
	}
	return at
}

// eachOrder calls f with every order of the events; orders that differ only in
// which of two equal events comes first are told once. f must not keep the
// slice.
func eachOrder(events []Event, f func([]Event)) {
	order := make([]int, len(events)) // equal events have equal numbers
	for i := range events {
		order[i] = slices.Index(events, events[i])
	}
	told := make([]Event, len(events))
	for more := true; more; more = nextOrder(order) {
		for i, n := range order {
			told[i] = events[n]
		}
		f(told)
	}
}

// nextOrder makes the next order in dictionary sequence; false after the last.
func nextOrder(order []int) bool {
	i := len(order) - 2
	for i >= 0 && order[i] >= order[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(order) - 1
	for order[j] <= order[i] {
		j--
	}
	order[i], order[j] = order[j], order[i]
	slices.Reverse(order[i+1:])
	return true
}

func TestEachOrderTellsEveryOrderOnce(t *testing.T) {
	seen := map[string]bool{}
	n := 0
	eachOrder(shortTales[0].events[4:], func(events []Event) { n++; seen[titles(events)] = true })
	if n != 12 || len(seen) != 12 { // X, Y, Y, Z: 4! / 2
		t.Fatalf("%d orders, %d of them different, want 12", n, len(seen))
	}
}

func titles(events []Event) string {
	var text strings.Builder
	for i, e := range events {
		text.WriteString(fmt.Sprintf("%2d %-14s %s %s > %s\n", i+1, e.Type, e.CallID, cmp.Or(e.Caller.Key(), "–"), cmp.Or(e.Callee.Key(), "–")))
	}
	return text.String()
}

func ghosts(b *Board) string {
	s := &teller{day: taleDay}
	var text strings.Builder
	for c := range b.Calls() {
		text.WriteString("\n" + s.row(c))
	}
	return text.String()
}
