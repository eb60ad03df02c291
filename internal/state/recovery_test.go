package state_test

import (
	"slices"
	"testing"
	"time"

	"callboard/internal/state"
)

// A customer gives up twice and is spoken to, whoever called whom: one entry
// with two attempts, closed by the contact.
func TestCallbackUntilSomebodySpeaks(t *testing.T) {
	for name, c := range map[string]struct {
		contact func(tl *teller)
		how     state.How
	}{
		"called back": {func(tl *teller) {
			out := state.Party{FlowID: "o1", User: "501", Number: "201"}
			tl.event(state.NewCall, "O", dateY, out, state.Party{FlowID: "o2", Number: customer.Number})
			tl.event(state.Connected, "O", dateY, out, state.Party{FlowID: "o2", Number: customer.Number})
		}, state.CalledBack},
		"called again": {func(tl *teller) {
			again, answers := customer, anna
			again.FlowID, answers.FlowID = "c9", "a9"
			tl.event(state.NewCall, "C", dateY, again, answers)
			tl.event(state.Connected, "C", dateY, again, answers)
		}, state.CalledAgain},
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
			r := tl.b.Recovery()
			if len(r.Open) != 1 || len(r.Closed) != 0 || tl.b.Waiting().Open != 1 || !tl.b.Waiting().Oldest.Equal(r.Open[0].First) {
				t.Fatalf("ledger %+v; want one customer who waits", r)
			}
			e := r.Open[0]
			last := e.Last()
			if e.Attempts != 2 || e.Number != customer.Number || last.Wait().Round(time.Second) != 20*time.Second || last.Call != 2 || e.ID != 1 ||
				len(last.Rung) != 1 || last.Rung[0].User != anna.User || e.CallsNow != 2 || r.Twice != 1 || r.TwiceWaiting != 1 {
				t.Fatalf("entry %+v of %+v; want two attempts of 20 s at Anna's telephone", e, r)
			}
			c.contact(tl)
			r = tl.b.Recovery()
			if len(r.Open) != 0 || len(r.Closed) != 1 || tl.b.Waiting().Open != 0 {
				t.Fatalf("after a talk: %+v; want the entry closed", r)
			}
			if closed := r.Closed[0].Closed; closed.How != c.how || closed.By.User != anna.User || closed.Talk != 0 || closed.Call != 3 {
				t.Errorf("closed %+v; want %v by Anna, still talking", closed, c.how)
			}
		})
	}
}

// Nobody can call an anonymous caller back; they are counted, each once.
func TestAnonymousIsCountedOnly(t *testing.T) {
	tl := newTeller(state.Config{})
	nameless := []string{"", "anonymous", "unknown", "Anonymous@anonymous.invalid", "sip:anonymous@192.0.2.1:5060", "sip:@192.0.2.1", "Withheld 2", "Bakery"}
	for _, number := range nameless {
		caller, callee := state.Party{FlowID: "c" + number, Number: number}, anna
		callee.FlowID = "a" + number
		tl.event(state.NewCall, "A"+number, dateX, caller, callee)
		tl.event(state.HungUp, "A"+number, dateX, caller, callee)
	}
	if r := tl.b.Recovery(); len(r.Open) != 0 || r.Anonymous != len(nameless) || r.Twice != 0 {
		t.Errorf("ledger %+v; want %d callers without a number and no entry", r, len(nameless))
	}
}

// Text that is no plain number, but that a customer can be called by, stays as
// it was given and is an entry.
func TestOddNumbersAreEntries(t *testing.T) {
	tl := newTeller(state.Config{})
	odd := []string{"0800-FLOWERS", "0205550101;ext=12", "*31*0205550101", "sip:anna@customer.example", "bram@192.0.2.1", "112"}
	for _, number := range odd {
		caller, callee := state.Party{FlowID: "c" + number, Number: number}, anna
		callee.FlowID = "a" + number
		tl.event(state.NewCall, "A"+number, dateX, caller, callee)
		tl.wait(time.Second)
		tl.event(state.HungUp, "A"+number, dateX, caller, callee)
	}
	var got []string
	for _, e := range tl.b.Recovery().Open {
		got = append(got, e.Number)
	}
	if !slices.Equal(got, odd) {
		t.Errorf("entries %q, want %q", got, odd)
	}
}
