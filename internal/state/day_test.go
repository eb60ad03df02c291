package state

import (
	"fmt"
	"testing"
	"time"
)

// The day's list is bounded and says when it lacks something; the counters go
// on, and midnight begins a new list.
func TestDayIsBounded(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine and long: make test runs it once more, without the race detector")
	}
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

// Yesterday's journey is told anew when its answer comes late: it was rung
// before midnight, and who looks at the day has read it already.
func TestLateAnswerOfYesterday(t *testing.T) {
	b := New(Config{})
	midnight := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	at := midnight.Add(-time.Minute)
	ev := Event{CallID: "SIP/1", Caller: Party{Number: "+31205550101", FlowID: "a"}, Callee: Party{Number: "201", User: "501", FlowID: "b"}}
	say := func(after time.Duration, kind EventType) []Journey {
		at = at.Add(after)
		ev.Type = kind
		b.Apply(Input{At: at, Fact: ev})
		return b.Journeys()
	}
	b.Apply(Input{At: at, Fact: Link{State: LinkUp}})
	b.Apply(Input{At: at, Fact: Snapshot{RequestedAt: at}})
	say(time.Second, NewCall)
	if j := say(2*time.Minute, HungUp); len(j) != 1 || !j[0].Answered.IsZero() {
		t.Fatalf("after the hang-up: %+v", j)
	}
	if j := say(time.Second, Connected); len(j) != 1 || j[0].Answered.IsZero() {
		t.Errorf("after the late answer: %+v", j)
	}
}
