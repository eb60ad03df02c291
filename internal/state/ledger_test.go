package state

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"
)

// A customer gives up and is called back, told in every order: nobody waits for
// a call-back that they had, and nobody who got none goes missing. What the
// orders may differ in is whether the attempt is known at all.
func TestCallbackInEveryOrder(t *testing.T) {
	out, called := side("o1", "203", "503"), side("o2", "+31205550101", "")
	events := about("X", 0, side("c1", "+31205550101", ""), side("a1", "201", "501"), "1601", NewCall, HungUp)
	events = append(events, about("O", 60, out, called, "", NewCall, Connected, HungUp)...)
	told := 0
	eachOrder(events, func(order []Event) {
		told++
		at := func(id string, typ EventType) int {
			return slices.IndexFunc(order, func(e Event) bool { return e.CallID == id && e.Type == typ })
		}
		talk := at("O", Connected) // an answer told after the end lies between the beginning and the end
		if end := at("O", HungUp); end < talk {
			talk = end
			if begin := at("O", NewCall); begin < end {
				talk = begin
			}
		}
		want := 0
		if at("X", NewCall) < at("X", HungUp) && talk < at("X", NewCall) {
			want = 1
		}
		one, two := New(Config{}), New(Config{})
		connectBoth(one, two)
		now := taleDay
		for _, e := range order {
			now = now.Add(7 * time.Second)
			e := e
			one.Apply(Input{now, e})
			two.Apply(Input{now, e})
		}
		r := one.Recovery()
		if len(r.Open) != want || len(r.Open)+len(r.Closed) > 1 {
			t.Errorf("%d open and %d closed, want %d open:\n%s", len(r.Open), len(r.Closed), want, titles(order))
		}
		if !reflect.DeepEqual(r, two.Recovery()) {
			t.Errorf("the same tale has two ledgers:\n%s", titles(order))
		}
	})
	if told != 120 {
		t.Fatalf("%d orders, want 120", told)
	}
}

// A PBX that makes numbers up, one that rings for ever under the same number,
// and an operator who never stops are bounded.
func TestLedgerIsBounded(t *testing.T) {
	b := New(Config{})
	now := connectBoth(b)
	call := func(n int, number string) {
		id := fmt.Sprint("X", n)
		now = now.Add(time.Second)
		caller, callee := side("c"+id, number, ""), side("a"+id, "201", "501")
		b.Apply(Input{now, Event{Type: NewCall, CallID: id, Caller: caller, Callee: callee, Duration: -1}})
		b.Apply(Input{now, Event{Type: HungUp, CallID: id, Caller: caller, Callee: callee, Duration: -1}})
	}
	for n := range companyCap + 2000 {
		call(n, fmt.Sprintf("+3120%07d", n))
	}
	r := b.Recovery()
	if len(r.Open) != openCap || len(r.Closed) != 0 || r.Dropped != companyCap+2000-openCap {
		t.Fatalf("%d open, %d closed, %d dropped; want %d, 0 and the rest", len(r.Open), len(r.Closed), r.Dropped, openCap)
	}
	if len(b.contacts) > companyCap+openCap {
		t.Errorf("%d numbers are kept", len(b.contacts))
	}
	for n := range 3 * attemptCap {
		call(100_000+n, "+31205550101")
	}
	entry := b.Recovery().Open[openCap-1]
	if entry.Attempts != 3*attemptCap || len(entry.Tries) > attemptCap || entry.CallsNow != 3*attemptCap {
		t.Errorf("of one number %d attempts, %d listed, %d calls", entry.Attempts, len(entry.Tries), entry.CallsNow)
	}
	for n := range 3 * wordCap { // notes replace each other; done and undo go on until it is too much
		now = now.Add(time.Second)
		b.Apply(Input{now, Word{entry.ID, WordNote, "Eva", fmt.Sprint(n)}})
		b.Apply(Input{now, Word{entry.ID, WordDone, "Eva", fmt.Sprint(n)}})
		b.Apply(Input{now, Word{entry.ID, WordUndo, "Eva", ""}})
	}
	c := b.contacts["+31205550101"]
	if len(c.words) > wordCap+1 {
		t.Errorf("%d words of one number are kept, bound %d", len(c.words), wordCap)
	}
	if got, _ := b.Callback(entry.ID); got.Note != fmt.Sprint(3*wordCap-1) {
		t.Errorf("the last note is lost: %q", got.Note)
	}
	// Closed entries are bounded, too, and midnight takes them.
	for _, e := range b.Recovery().Open {
		b.Apply(Input{now, Word{e.ID, WordDone, "Eva", ""}})
	}
	for n := range openCap {
		call(200_000+n, fmt.Sprintf("+3130%07d", n))
	}
	for _, e := range b.Recovery().Open {
		b.Apply(Input{now, Word{e.ID, WordDone, "Eva", ""}})
	}
	if r := b.Recovery(); len(r.Closed) > closedCap {
		t.Errorf("%d closed entries are kept, bound %d", len(r.Closed), closedCap)
	}
	b.Advance(now.Add(24 * time.Hour))
	if r := b.Recovery(); len(r.Closed)+r.Twice+r.Anonymous+len(b.contacts) > 0 {
		t.Errorf("of yesterday's settled ones %d are left, of %d numbers", len(r.Closed), len(b.contacts))
	}
}

// Who waits for a week is given up at midnight.
func TestOpenEntriesEnd(t *testing.T) {
	b := New(Config{})
	now := connectBoth(b)
	caller, callee := side("c1", "+31205550101", ""), side("a1", "201", "501")
	b.Apply(Input{now, Event{Type: NewCall, CallID: "X", Caller: caller, Callee: callee, Duration: -1}})
	b.Apply(Input{now.Add(20 * time.Second), Event{Type: HungUp, CallID: "X", Caller: caller, Callee: callee, Duration: -1}})
	b.Advance(now.Add(7 * 24 * time.Hour))
	if r := b.Recovery(); len(r.Open) != 1 {
		t.Fatalf("after a week %d wait, want 1", len(r.Open))
	}
	b.Advance(now.Add(8 * 24 * time.Hour))
	if r := b.Recovery(); len(r.Open) != 0 || b.Waiting().Open != 0 || len(b.contacts) != 0 {
		t.Errorf("after eight days %d wait, %d numbers are kept", len(r.Open), len(b.contacts))
	}
}

// Words come from outside: what is too long, nameless or no text is refused.
func TestWordsAreChecked(t *testing.T) {
	b := New(Config{})
	now := connectBoth(b)
	caller, callee := side("c1", "+31205550101", ""), side("a1", "201", "501")
	b.Apply(Input{now, Event{Type: NewCall, CallID: "X", Caller: caller, Callee: callee, Duration: -1}})
	b.Apply(Input{now, Event{Type: HungUp, CallID: "X", Caller: caller, Callee: callee, Duration: -1}})
	long := make([]byte, TextMost+1)
	for i := range long {
		long[i] = 'x'
	}
	before := b.Version()
	for _, w := range []Word{
		{1, WordDone, "", ""}, {1, WordDone, string(long[:NameMost+1]), ""}, {1, WordNote, "Eva", string(long)},
		{1, WordNote, "Eva", "two\nlines"}, {1, WordNote, "E\x00va", ""}, {1, WordNote, "Eva", "\xff"}, {1, 0, "Eva", ""}, {1, 9, "Eva", ""},
	} {
		b.Apply(Input{now, w})
		if err := b.Allows(w); err != ErrWord {
			t.Errorf("%+v: %v, want %v", w, err, ErrWord)
		}
	}
	if b.Version() != before {
		t.Error("a word that is refused changed the board")
	}
	if err := b.Allows(Word{1, WordNote, "Eva", string(long[:TextMost])}); err != nil {
		t.Errorf("a text of just %d characters: %v", TextMost, err)
	}
}
