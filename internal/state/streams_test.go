package state

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A stream is the calls of some minutes as bare events, for tests that lose,
// double and shuffle them. Every call has parties of its own, so a fault in
// one may not show in another.
type stream struct {
	draw   *rapid.T
	calls  int
	offers int  // journeys of customers who came in
	all    int  // journeys
	once   bool // its hang-ups are not doubled: where two calls of one user end together, that is the mark of a transfer
}

func (s *stream) party(flow string, inside bool) Party {
	s.calls++
	if inside {
		return side(flow, fmt.Sprintf("%d", 2000+s.calls), fmt.Sprintf("%d", 5000+s.calls))
	}
	return side(flow, fmt.Sprintf("+3120%07d", s.calls), "")
}

// again gives a party another channel.
func again(p Party, flow string) Party {
	p.FlowID = flow
	return p
}

// add tells one more call story, of a kind drawn by lot, and returns its events.
func (s *stream) add() []Event {
	s.all++
	n := s.all
	id := func(letter string) string { return fmt.Sprintf("SIP/t-%04d%s", n, letter) }
	flow := func(letter string) string { return fmt.Sprintf("f%d%s", n, letter) }
	second := 10 * n
	customer, anna, bram := s.party(flow("C"), false), s.party(flow("A"), true), s.party(flow("B"), true)
	kind := s.lot(7, "kind")
	s.once = kind == 4
	switch kind {
	case 0: // answered
		s.offers++
		return about(id("X"), second, customer, anna, "1601", NewCall, Connected, HungUp)
	case 1: // abandoned
		s.offers++
		return about(id("X"), second, customer, anna, "1601", NewCall, HungUp)
	case 2: // outbound
		return about(id("X"), second, anna, customer, "", NewCall, Connected, HungUp)
	case 3: // internal
		return about(id("X"), second, anna, bram, "", NewCall, Connected, HungUp)
	case 4: // consultation without transfer
		s.offers++
		return tell(
			about(id("X"), second, customer, anna, "1601", NewCall, Connected),
			about(id("Y"), second+3, again(anna, flow("A2")), bram, "", NewCall, Connected, HungUp),
			about(id("X"), second, customer, anna, "1601", HungUp),
		)
	default: // attendant transfer, announced or not, the survivor under Z, X or Y
		s.offers++
		over := []string{id("Z"), id("X"), id("Y")}[s.lot(3, "survivor")]
		survivor := tell()
		if s.lot(2, "announced") == 0 {
			survivor = about(over, second, customer, bram, "", NewCall, Connected)
		}
		return tell(
			about(id("X"), second, customer, anna, "1601", NewCall, Connected),
			about(id("Y"), second+3, again(anna, flow("A2")), bram, "", NewCall, Connected),
			about(id("X"), second, customer, anna, "1601", HungUp),
			about(id("Y"), second+3, again(anna, flow("A2")), bram, "", HungUp, HungUp),
			survivor,
			about(over, second, customer, bram, "", HungUp),
		)
	}
}

// spoil loses, doubles and shuffles events. Each hang-up arrives at least once.
// One event in lose is lost and one in double comes twice; 0 means none.
func (s *stream) spoil(events []Event, lose, double, reach int) []Event {
	oneIn := func(n int, label string) bool { return n > 0 && s.lot(n, label) == n-1 }
	var out []Event
	for _, ev := range events {
		if ev.Type != HungUp && oneIn(lose, "lost") {
			continue
		}
		if oneIn(2, "without caller's call log") {
			ev.Caller.CallLog = ""
		}
		if oneIn(2, "without callee's call log") {
			ev.Callee.CallLog = ""
		}
		out = append(out, ev)
		if oneIn(double, "doubled") && !(s.once && ev.Type == HungUp) {
			out = append(out, ev)
		}
	}
	for i := range out { // each event moves by up to reach places
		j := min(len(out)-1, i+s.lot(reach+1, "moved"))
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// lot draws a number under n.
func (s *stream) lot(n int, label string) int { return rapid.IntRange(0, n-1).Draw(s.draw, label) }

// checks runs a property so often, from a fixed seed unless -rapid.seed gives
// another; fewer times, saying so, under -short or the race detector.
func checks(t *testing.T, rounds int, property func(*rapid.T)) {
	t.Helper()
	if testing.Short() || raceOn {
		t.Logf("thinned out: %d of %d rounds, because of -short or the race detector", rounds/20, rounds)
		rounds /= 20
	}
	set := func(name, value, unless string) {
		f := flag.Lookup(name)
		if f.Value.String() == unless {
			was := f.Value.String()
			if err := f.Value.Set(value); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.Value.Set(was) })
		}
	}
	set("rapid.checks", fmt.Sprint(rounds), "100")
	set("rapid.seed", "20261122", "0")
	set("rapid.nofailfile", "true", "false") // the seed says it all
	rapid.Check(t, property)
}

// play applies events at a pace and holds the board to the watch.
func play(t failer, b *Board, at time.Time, pace time.Duration, events []Event) time.Time {
	t.Helper()
	w := newWatch(b)
	for _, ev := range events {
		at = at.Add(pace)
		w.step(t, b.Apply(Input{at, ev}))
	}
	return at
}

// TestSpoiltStreams plays 20 000 streams of one call story each, shuffled as
// far as it goes, with events doubled and lost, where each hang-up arrives at
// least once: never is a conversation left over, and no journey is counted
// twice (dossier section 14).
func TestSpoiltStreams(t *testing.T) {
	checks(t, 20_000, func(rt *rapid.T) {
		s := &stream{draw: rt}
		events := s.spoil(s.add(), 7, 5, 12)
		b := New(Config{})
		at := play(rt, b, connectBoth(b), 300*time.Millisecond, events)
		b.Advance(at.Add(2 * time.Minute))
		if b.Len() > 0 {
			rt.Fatalf("left over %s\n%s", ghosts(b), titles(events))
		}
		if d := b.Today(); d.Offered+d.Outbound > 1 || d.Internal > 1 {
			rt.Fatalf("one journey counts %s\n%s", counters(d), titles(events))
		}
	})
}
