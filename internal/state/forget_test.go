package state

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestForget plays calls of one customer, however written, among others: after
// the number was asked to be forgotten it is nowhere in the board's memory, and
// the board works on.
func TestForget(t *testing.T) {
	b := New(Config{Settle: true, Normal: dutch})
	at := connectBoth(b)
	anna := annaX
	told := func(id string, second int, caller, callee Party, types ...EventType) {
		at = feedAll(b, at, facts(about(id, second, caller, callee, "1601", types...))...)
	}
	her := func(flow, number string) Party {
		return Party{FlowID: flow, Number: number, Addressable: "7001", CallLog: "log of " + number, Name: "Vera"}
	}
	at = feedAll(b, at, Name{Kind: NameAddressable, OID: "7001", Text: "Vera Vos"}, Name{Kind: NameUser, OID: "501", Text: "Anna", Number: "201"})
	told("A", 0, her("f1", "+31205550101"), again(anna, "a1"), NewCall, HungUp)
	told("B", 10, her("f2", "0205550101"), again(anna, "a2"), NewCall, Connected, HungUp)
	told("C", 20, again(anna, "a3"), her("f3", "020 555 0101"), NewCall, HungUp)
	told("D", 30, her("f4", "+31205550101"), again(anna, "a4"), NewCall, Missed, HungUp)
	told("E", 40, custE, bramY, NewCall, Connected)
	told("F", 50, her("f5", "+31 20 555 0101"), side("fz", "203", "503"), NewCall, Connected)
	b.Journeys()
	digits := []string{"5550101", "555 0101", "Vera", "7001\x00"}
	image, _ := b.Image()
	if !bytes.Contains(image, []byte(digits[0])) {
		t.Fatal("the number was never there: this test would prove nothing")
	}
	open := len(b.Recovery().Open)
	live, today := b.Len(), b.Today()
	at = feedAll(b, at, Forget{Number: "+31205550101"})
	image, _ = b.Image()
	for _, d := range digits {
		if i := bytes.Index(image, []byte(d)); i >= 0 {
			t.Errorf("%q is still there: …%q", d, image[max(i-40, 0):min(i+40, len(image))])
		}
	}
	if !bytes.Contains(image, []byte("+31205550777")) || !bytes.Contains(image, []byte(Erased)) {
		t.Error("another customer's number is gone as well, or nothing stands in the place of the one")
	}
	r := b.Recovery()
	if open != 1 || len(r.Open) != 0 || r.Anonymous != 2 {
		t.Errorf("the ledger had %d open entries and has %+v", open, r)
	}
	if b.Len() != live || b.Today() != today {
		t.Errorf("calls or counters changed: %+v, was %+v", b.Today(), today)
	}
	restored, err := FromImage(b.cfg, image)
	if err != nil {
		t.Fatal(err)
	}
	for _, board := range []*Board{b, restored} { // the live call ends as ever
		feedAll(board, at, about("F", 50, her("f5", "+31205550101"), side("fz", "203", "503"), "1601", HungUp)[0])
		if board.Len() != live-1 || len(board.Tallies()) > 1 {
			t.Errorf("%d calls are up, odd: %+v", board.Len(), board.Tallies())
		}
	}
}

// TestForgetFrozen erases from what is kept of journeys long over.
func TestForgetFrozen(t *testing.T) {
	b := New(Config{})
	at := crowd(b, connectBoth(b), 0, 20)
	at = crowd(b, at.Add(11*time.Minute), 1_000_000, 1)
	if len(b.frozen) < 10 {
		t.Fatalf("%d journeys are frozen: this test would prove nothing", len(b.frozen))
	}
	number := b.frozen[3].Customer.Number
	feedAll(b, at, Forget{Number: number})
	image, _ := b.Image()
	if bytes.Contains(image, []byte(number)) {
		t.Errorf("%s is still there", number)
	}
	n := 0
	for _, j := range b.Journeys() {
		if j.Customer.Number == Erased {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d journeys are of an erased number", n)
	}
}

// TestForgetAnywhere forgets any number of any day at any moment: no digit of
// it is left, and the board made anew from its image goes on alike.
func TestForgetAnywhere(t *testing.T) {
	checks(t, 100, func(rt *rapid.T) {
		s := &stream{draw: rt}
		b, w := New(Config{Settle: true}), &twin{}
		inputs := day(rt)
		stop := s.lot(len(inputs), "moment")
		number := "+3120000000" + string(rune('1'+s.lot(8, "number")))
		for i, in := range inputs {
			if i == stop && i > 0 {
				b.Apply(Input{in.at, Forget{Number: number}})
				image, _ := b.Image()
				if at := bytes.Index(image, []byte(number)); at >= 0 {
					rt.Fatalf("%s is still there: …%q", number, image[max(at-40, 0):min(at+40, len(image))])
				}
				w.renew(rt, b)
			}
			changes := slices.Clone(b.Apply(Input{in.at, in.fact}))
			if w.board != nil {
				w.mustBe(rt, b, changes, w.board.Apply(Input{in.at, in.fact}))
			}
		}
	})
}

// TestWithout takes a number out of facts as they are logged.
func TestWithout(t *testing.T) {
	match := func(number string) bool { return strings.HasSuffix(number, "5550101") }
	ev := about("A", 0, custC, annaX, "1601", NewCall)[0]
	got, changed := Without(ev, match)
	if e := got.(Event); !changed || e.Caller.Number != Erased || e.Caller.CallLog != "" || e.Caller.FlowID != "fC" || e.Callee != annaX {
		t.Errorf("%+v", got)
	}
	if ev.Caller.Number != "+31205550101" {
		t.Error("the fact itself was changed")
	}
	snap := Snapshot{Channels: []Channel{{CallID: "A", Number: "0205550101", Name: "Vera"}, {CallID: "A", Number: "201", Name: "Anna"}}}
	got, changed = Without(snap, match)
	if s := got.(Snapshot); !changed || s.Channels[0].Number != Erased || s.Channels[0].Name != "" || s.Channels[1] != snap.Channels[1] || snap.Channels[0].Name != "Vera" {
		t.Errorf("%+v", got)
	}
	for _, fact := range []Fact{Event{}, about("A", 0, custE, annaX, "1601", NewCall)[0], Link{State: LinkUp}, Tick{}} {
		if got, changed := Without(fact, match); changed || !reflect.DeepEqual(got, fact) {
			t.Errorf("%+v became %+v", fact, got)
		}
	}
	if got, changed := Without(Forget{Number: "+31205550101"}, match); !changed || got != (Tick{}) {
		t.Errorf("the request itself: %+v", got)
	}
}

// A number is also taken out of what was written about others, in whatever way
// it stands there, and nothing else with it.
func TestForgetWhatWasWritten(t *testing.T) {
	is := New(Config{Normal: dutch}).matcher("+31205550101")
	for text, want := range map[string]string{
		"ring her sister 020 555 0101 first":       "ring her sister erased first",
		"(020) 555 01 01, or +31205550101":         "erased, or erased",
		"020-5550101/020-5550102":                  "020-5550101/020-5550102", // one run that is neither
		"+31205550101 020 555 0102":                "erased 020 555 0102",
		"order 20555010 of 2026-11-22, 12.50 euro": "order 20555010 of 2026-11-22, 12.50 euro",
		"":          "",
		"no digits": "no digits",
	} {
		if got, found := eraseIn(text, is); got != want || found != (got != text) {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	b := New(Config{Normal: dutch})
	at := connectBoth(b)
	at = feedAll(b, at, facts(about("A", 0, custC, annaX, "1601", NewCall, HungUp))...)
	at = feedAll(b, at, facts(about("B", 10, custE, again(annaX, "a2"), "1601", NewCall, HungUp))...)
	open := b.Recovery().Open
	if len(open) != 2 {
		t.Fatalf("%d customers wait", len(open))
	}
	for _, e := range open {
		text := "husband of 020 555 0101"
		if e.Customer.Number == custC.Number {
			text = "has a blue door"
		}
		at = feedAll(b, at, Word{Entry: e.ID, Kind: WordNote, By: "Vera", Text: text})
	}
	feedAll(b, at, Forget{Number: "+31205550101"})
	image, _ := b.Image()
	left := b.Recovery().Open
	if len(left) != 1 || left[0].Note != "husband of erased" {
		t.Errorf("%+v", left)
	}
	for _, gone := range []string{"blue door", "555 0101", "5550101"} {
		if bytes.Contains(image, []byte(gone)) {
			t.Errorf("%q is still there", gone)
		}
	}
	fact, changed := Without(Word{Entry: 1, Kind: WordNote, Text: "of 020 555 0101"}, is)
	if w := fact.(Word); !changed || w.Text != "of erased" {
		t.Errorf("%+v", fact)
	}
}
