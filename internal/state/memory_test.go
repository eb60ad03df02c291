package state

import (
	"fmt"
	"testing"
	"time"
)

// crowd plays calls that share nothing: each with its own id, parties and
// flows, a transfer among them now and then, a missed notice, a lost hang-up.
func crowd(b *Board, at time.Time, from, calls int) time.Time {
	for i := from; i < from+calls; i++ {
		at = at.Add(200 * time.Millisecond)
		customer := side(fmt.Sprintf("fC%d", i), fmt.Sprintf("+3120%07d", i), "")
		anna := side(fmt.Sprintf("fA%d", i), fmt.Sprint(2000+i), fmt.Sprint(500_000+i))
		id := fmt.Sprintf("SIP/t-%08x", i)
		for _, ev := range about(id, i, customer, anna, "1601", NewCall, Missed, Connected, HungUp) {
			b.Apply(Input{at, ev})
		}
		if i%10 == 0 {
			bram := side(fmt.Sprintf("fB%d", i), fmt.Sprint(900_000+i), fmt.Sprint(900_000+i))
			for _, ev := range about(id+"y", i, again(anna, fmt.Sprintf("fA2%d", i)), bram, "", NewCall, Connected, HungUp, HungUp) {
				b.Apply(Input{at, ev})
			}
			b.Apply(Input{at, about(id+"z", i, customer, bram, "", HungUp)[0]})
		}
	}
	return at
}

// sizes is what a board keeps beside its live calls.
func sizes(b *Board) map[string]int {
	return map[string]int{
		"tombstones by id": len(b.tombs), "tombstones in line": b.tombQueue.len(),
		"newest tombstone by party": len(b.lastTomb), "journeys by flow": len(b.journeys), "journeys that ended": b.oldJourneys.len(),
		"missed notices": len(b.missed), "missed notices in line": b.missedQueue.len(), "users with a customer": len(b.talking),
		"weak pairs": b.weak.len(), "inferred": len(b.inferred), "timers": len(b.timers), "live by id": len(b.byID), "live": len(b.order),
	}
}

// TestMemoryShrinksAfterSilence fills the board with thousands of calls. Ten
// minutes after the last one nothing of them is kept but the ring of calls
// that ended lately.
func TestMemoryShrinksAfterSilence(t *testing.T) {
	b := New(Config{})
	at := crowd(b, connectBoth(b), 0, 3_000)
	if n := len(b.tombs); n < 2_500 {
		t.Fatalf("only %d ids are remembered: this test would prove nothing", n)
	}
	b.Advance(at.Add(tombstoneLife + time.Minute))
	// The next call finds a clean house.
	crowd(b, at.Add(tombstoneLife+2*time.Minute), 1_000_001, 1)
	for what, n := range sizes(b) {
		if n > 8 {
			t.Errorf("%s: %d kept after ten minutes of silence", what, n)
		}
	}
	if len(b.bySeq) > endedCap+len(b.order) || len(b.ended) > endedCap {
		t.Errorf("%d calls by number and %d in the ring of the last %d", len(b.bySeq), len(b.ended), endedCap)
	}
}

// TestMemoryIsBounded tells more calls in ten minutes than the caps allow.
func TestMemoryIsBounded(t *testing.T) {
	calls := 30_000
	if testing.Short() || raceOn {
		t.Log("thinned out: 24 000 calls instead of 30 000, because of -short or the race detector")
		calls = 24_000
	}
	b := New(Config{})
	at := connectBoth(b)
	for i := range calls {
		for _, ev := range about(fmt.Sprint(i), 0, side(fmt.Sprintf("f%d", i), fmt.Sprint(i), ""), annaX, "", NewCall, HungUp) {
			b.Apply(Input{at.Add(time.Duration(i) * time.Millisecond), ev})
		}
	}
	for what, n := range sizes(b) {
		if n > 2*tombstoneCap+2 { // each has two parties and two flows
			t.Errorf("%s: %d, over the cap of %d conversations", what, n, tombstoneCap)
		}
	}
	for i := range 2 * addressableCap {
		b.Apply(Input{at.Add(time.Hour), Name{Kind: NameAddressable, OID: fmt.Sprint(i), Text: "x"}})
	}
	if len(b.addressable) > addressableCap || b.addrQueue.len() > addressableCap {
		t.Errorf("%d names of addressables, over the cap of %d", len(b.addressable), addressableCap)
	}
}

// TestOneCallIsBounded lets one call hunt for ever.
func TestOneCallIsBounded(t *testing.T) {
	b := New(Config{})
	at := connectBoth(b)
	b.Apply(Input{at, about("X", 0, custC, annaX, "1601", NewCall)[0]})
	for i := range 1_000 {
		phone := side(fmt.Sprintf("f%d", i), fmt.Sprint(3000+i), fmt.Sprint(6000+i))
		b.Apply(Input{at, about("X", 0, custC, phone, "1601", NewCall)[0]})
		b.Apply(Input{at, about("X", 0, lost1, phone, "", ChannelHungUp)[0]})
	}
	h, ok := b.History(1)
	if !ok || len(h.Entries) > entryCap || h.Dropped == 0 {
		t.Errorf("%d entries and %d dropped, want at most %d and some dropped", len(h.Entries), h.Dropped, entryCap)
	}
	if n := len(h.Call.Legs); n > legCap || h.Call.Legs[0].Side != CallerSide {
		t.Errorf("%d legs, want at most %d and the caller's first", n, legCap)
	}
	if h.Entries[0].Effect != EffectCreated {
		t.Errorf("the timeline begins with %v, not with how the call came up", h.Entries[0].Effect)
	}
}

// TestMemoryOfMadeUpPeople hears of a new colleague, a new line and a missed
// call at every event, and never of the end of a call.
func TestMemoryOfMadeUpPeople(t *testing.T) {
	b := New(Config{})
	at := connectBoth(b)
	for i := range 3 * tombstoneCap {
		at = at.Add(time.Millisecond)
		user := Party{User: fmt.Sprint("u", i), Number: fmt.Sprint(100_000 + i)}
		b.Apply(Input{at, Event{Type: Missed, CallID: fmt.Sprint("c", i), Callee: user, Line: fmt.Sprint("l", i)}})
	}
	for what, n := range map[string]int{"extensions": len(b.extensions), "people of today": len(b.userDays), "lines of today": len(b.lineDays)} {
		if n > companyCap {
			t.Errorf("%s: %d kept, at most %d", what, n, companyCap)
		}
	}
	if len(b.missed) > tombstoneCap || b.missedQueue.len() > tombstoneCap {
		t.Errorf("%d missed notices kept, %d in line, at most %d", len(b.missed), b.missedQueue.len(), tombstoneCap)
	}
	if b.Today().Missed != 3*tombstoneCap {
		t.Errorf("%d missed calls counted of %d", b.Today().Missed, 3*tombstoneCap)
	}
}
