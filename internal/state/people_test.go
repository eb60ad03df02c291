package state_test

import (
	"testing"
	"time"

	"callboard/internal/state"
)

// A customer gives up twice and is called back: one entry, two attempts, and
// it closes when somebody speaks to the customer, whoever called whom.
func TestUnreturnedUntilSomebodySpeaks(t *testing.T) {
	for name, contact := range map[string]func(tl *teller){
		"called back": func(tl *teller) {
			out := state.Party{FlowID: "o1", User: "501", Number: "201"}
			tl.event(state.NewCall, "O", dateY, out, state.Party{FlowID: "o2", Number: customer.Number})
			tl.event(state.Connected, "O", dateY, out, state.Party{FlowID: "o2", Number: customer.Number})
		},
		"called again": func(tl *teller) {
			again, answers := customer, anna
			again.FlowID, answers.FlowID = "c9", "a9"
			tl.event(state.NewCall, "C", dateY, again, answers)
			tl.event(state.Connected, "C", dateY, again, answers)
		},
	} {
		t.Run(name, func(t *testing.T) {
			tl := newTeller(state.Config{})
			for i, id := range []string{"A", "B"} {
				caller, callee := customer, anna
				caller.FlowID, callee.FlowID = "c"+id, "a"+id
				tl.event(state.NewCall, id, dateX.Add(time.Duration(i)*time.Minute), caller, callee)
				tl.wait(20 * time.Second)
				tl.event(state.HungUp, id, dateX.Add(time.Duration(i)*time.Minute), caller, callee)
				tl.wait(10 * time.Second)
			}
			list := tl.b.Unreturned()
			if len(list) != 1 || list[0].Attempts != 2 || list[0].Number != customer.Number || list[0].Waited.Round(time.Second) != 20*time.Second || list[0].Call != 2 {
				t.Fatalf("unreturned %+v; want one customer with two attempts of 20 s", list)
			}
			contact(tl)
			if list := tl.b.Unreturned(); len(list) != 0 || tl.b.Returned() != 1 {
				t.Errorf("after a talk %d unreturned, %d returned; want 0 and 1", len(list), tl.b.Returned())
			}
		})
	}
}

// Nobody can call an anonymous caller back.
func TestAnonymousIsNotUnreturned(t *testing.T) {
	tl := newTeller(state.Config{})
	for _, number := range []string{"", "anonymous", "unknown"} {
		tl.event(state.NewCall, "A"+number, dateX, state.Party{FlowID: "c" + number, Number: number}, anna)
		tl.event(state.HungUp, "A"+number, dateX, state.Party{FlowID: "c" + number, Number: number}, anna)
	}
	if list := tl.b.Unreturned(); len(list) != 0 {
		t.Errorf("%d callers without a number are to be called back", len(list))
	}
}

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
