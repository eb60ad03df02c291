package state

import (
	"fmt"
	"testing"
	"time"
)

// The day's list is bounded and says when it lacks something; the counters go
// on, and midnight begins a new list.
func TestDayIsBounded(t *testing.T) {
	b := New(Config{})
	at := connectBoth(b)
	for i := range dayCap + 10 {
		for _, ev := range about(fmt.Sprint(i), 0, side(fmt.Sprintf("f%d", i), fmt.Sprint(1_000_000+i), ""), side(fmt.Sprintf("a%d", i), "201", "501"), "", NewCall, HungUp) {
			b.Apply(Input{at.Add(time.Duration(i) * time.Millisecond), ev})
		}
		if full := b.JourneysOverflow(); full != (i >= dayCap) {
			t.Fatalf("after %d journeys overflow is %v", i+1, full)
		}
	}
	if n := len(b.Journeys()); n != dayCap || b.Today().Offered != dayCap+10 {
		t.Errorf("%d journeys listed and %d counted, want %d and %d", n, b.Today().Offered, dayCap, dayCap+10)
	}
	b.Apply(Input{at.Add(12 * time.Hour), about("up", 0, custC, annaX, "", NewCall)[0]})
	version := b.DayVersion()
	b.Advance(at.Add(24 * time.Hour))
	list := b.Journeys()
	if b.JourneysOverflow() || b.DayVersion() == version || len(list) > 1 {
		t.Errorf("after midnight: overflow %v, version %d after %d, %d journeys", b.JourneysOverflow(), b.DayVersion(), version, len(list))
	}
}

// A line learnt late is the journey's, also where another part of it knew.
func TestLineLearntLate(t *testing.T) {
	b := New(Config{})
	at := connectBoth(b)
	ring := about("X", 0, custC, annaX, "", NewCall)[0]
	b.Apply(Input{at, ring})
	if j := b.Journeys()[0]; j.Line != "" {
		t.Fatalf("line %q before any was told", j.Line)
	}
	b.Apply(Input{at.Add(time.Second), about("X", 0, custC, annaX, "1601", Connected)[0]})
	b.Apply(Input{at.Add(2 * time.Second), Name{Kind: NameLine, OID: "1601", Text: "Sales"}})
	if j := b.Journeys()[0]; j.Line != "1601" || j.LineName != "Sales" {
		t.Errorf("line %q %q, want 1601 Sales", j.Line, j.LineName)
	}
	if days := b.LineDays(); len(days) != 1 || days[0].Offered != 1 || days[0].Answered != 1 {
		t.Errorf("by line %+v", days)
	}
	if j := b.Journeys()[0]; !j.WaitKnown || j.Answered.Sub(j.Start) != time.Second || len(j.Users) != 1 || j.Rung != 1 {
		t.Errorf("%+v", j)
	}
}

// Who shares the slices of a journey sees them stand still.
func TestJourneysAreNotModified(t *testing.T) {
	b := New(Config{})
	at := connectBoth(b)
	b.Apply(Input{at, about("X", 0, custC, annaX, "1601", NewCall)[0]})
	before := b.Journeys()[0]
	b.Apply(Input{at.Add(time.Second), about("X", 0, custC, annaX, "1601", Connected)[0]})
	b.Apply(Input{at.Add(time.Second), about("Y", 0, again(custC, custC.FlowID), side("fZ", "909", "909"), "1601", NewCall)[0]})
	b.Journeys()
	if len(before.Calls) != 1 || len(before.Users) != 0 || len(before.RangAt) != 1 || !before.Answered.IsZero() {
		t.Errorf("a journey handed out has changed: %+v", before)
	}
}
