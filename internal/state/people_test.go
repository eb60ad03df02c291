package state_test

import (
	"testing"
	"time"

	"callboard/internal/state"
)

// Each person and each line gets what is theirs, a transferred call counts at
// the line by which it came in and for both who talked.
func TestPeopleAndLinesOfTheDay(t *testing.T) {
	tl := newTeller(state.Config{})
	tl.fact(state.Name{Kind: state.NameUser, OID: "501", Text: "Anna", Number: "201"})
	tl.fact(state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"})
	tl.consult()
	variant{id: "Z", flows: "R1", announce: "none", order: "XYY"}.transferTo(tl, dateY)
	tl.fact(state.Event{Type: state.NewCall, CallID: "L", Caller: state.Party{FlowID: "q1", Number: "+31305550118"}, Callee: state.Party{FlowID: "q2", User: "501"}, Line: "1601"})
	tl.fact(state.Event{Type: state.Missed, CallID: "L", Caller: state.Party{FlowID: "q1", Number: "+31305550118"}, Callee: state.Party{FlowID: "q2", User: "501"}})
	tl.fact(state.Event{Type: state.HungUp, CallID: "L", Caller: state.Party{FlowID: "q1", Number: "+31305550118"}, Callee: state.Party{FlowID: "q2", User: "501"}, Line: "1601"})

	people := tl.b.People()
	want := map[string]state.Person{
		"501": {User: "501", Name: "Anna", Number: "201", Answered: 1, Missed: 1, Talk: 2*time.Minute + 35*time.Second + 60*time.Millisecond, TalkInside: 30*time.Second + 40*time.Millisecond},
		"502": {User: "502", Number: "202", Answered: 1, TalkInside: 30*time.Second + 40*time.Millisecond}, // still talks to the customer
	}
	for _, p := range people {
		p.Idle, p.IdleAtLeast = time.Time{}, false
		if p != want[p.User] {
			t.Errorf("person %+v, want %+v", p, want[p.User])
		}
	}
	if len(people) != len(want) {
		t.Errorf("%d people, want %d", len(people), len(want))
	}
	lines := tl.b.LineDays()
	if len(lines) != 1 || lines[0] != (state.LineDay{Line: "1601", Name: "Sales", Offered: 1, Unanswered: 1}) {
		t.Errorf("lines %+v; want Sales with one call, unanswered", lines)
	}
}
