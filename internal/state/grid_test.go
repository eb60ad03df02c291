package state_test

import (
	"fmt"
	"testing"
	"time"

	"callboard/internal/state"
)

// The grid of the dossier's sections 13 and 14: every way in which a PBX may
// tell (or not tell) the conversation that remains after an attendant
// transfer. 3 ids × 2 readings of the flows × 7 announcements × 3 orders of
// the hang-ups × 2 forms of the doubled one = 252.
type variant struct {
	id       string // of C–B: "Z", "X" or "Y"
	flows    string // "R1": C's and B's flow; "R2": C's and A's old one
	announce string // "none", "connected", "both"
	when     string // "before", "between", "after" the hang-ups
	order    string // "XYY", "YYX", "YXY"
	blanked  bool   // the doubled hang-up leaves out its caller
}

func (v variant) String() string {
	dup := "complete"
	if v.blanked {
		dup = "caller blanked"
	}
	return fmt.Sprintf("%s/%s/%s/%s/%s/%s", v.id, v.flows, v.announce, v.when, v.order, dup)
}

func grid() []variant {
	var all []variant
	for _, id := range []string{"Z", "X", "Y"} {
		for _, flows := range []string{"R1", "R2"} {
			for _, order := range []string{"XYY", "YYX", "YXY"} {
				for _, blanked := range []bool{false, true} {
					all = append(all, variant{id, flows, "none", "after", order, blanked})
					for _, announce := range []string{"connected", "both"} {
						for _, when := range []string{"before", "between", "after"} {
							all = append(all, variant{id, flows, announce, when, order, blanked})
						}
					}
				}
			}
		}
	}
	return all
}

var (
	gridStart = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	dateX     = gridStart
	dateY     = gridStart.Add(2 * time.Minute)
	customer  = state.Party{FlowID: "fC", Number: "+31205550101"}
	anna      = state.Party{FlowID: "fA1", User: "501", Number: "201"}
	annaAsks  = state.Party{FlowID: "fA2", User: "501", Number: "201"}
	bas       = state.Party{FlowID: "fB", User: "502", Number: "202"}
)

// A teller feeds a board one event after the other, some milliseconds apart.
type teller struct {
	b  *state.Board
	at time.Time
}

func newTeller(cfg state.Config) *teller {
	tl := &teller{b: state.New(cfg), at: gridStart}
	tl.fact(state.Link{State: state.LinkUp})
	tl.fact(state.Snapshot{RequestedAt: tl.at})
	return tl
}

func (tl *teller) fact(f state.Fact) []state.Change {
	tl.at = tl.at.Add(20 * time.Millisecond)
	return tl.b.Apply(state.Input{At: tl.at, Fact: f})
}

func (tl *teller) event(typ state.EventType, id string, date time.Time, caller, callee state.Party) {
	tl.fact(state.Event{Type: typ, CallID: id, Date: date, Caller: caller, Callee: callee, Duration: -1})
}

// consult brings the story to the moment before the transfer: C talks with A,
// A talks with B.
func (tl *teller) consult() {
	tl.event(state.NewCall, "X", dateX, customer, anna)
	tl.wait(9 * time.Second)
	tl.event(state.Connected, "X", dateX, customer, anna)
	tl.wait(2 * time.Minute)
	tl.event(state.NewCall, "Y", dateY, annaAsks, bas)
	tl.wait(5 * time.Second)
	tl.event(state.Connected, "Y", dateY, annaAsks, bas)
	tl.wait(30 * time.Second)
}

// wait lets time pass with the proofs of life that a healthy link gives.
func (tl *teller) wait(d time.Duration) {
	for end := tl.at.Add(d); tl.at.Before(end); {
		tl.at = tl.at.Add(min(10*time.Second, end.Sub(tl.at)))
		tl.b.Apply(state.Input{At: tl.at, Fact: state.Proof{}})
	}
}

// survivor is the signature under which the PBX speaks of C–B.
func (v variant) survivor() (caller, callee state.Party) {
	caller, callee = customer, bas
	if v.flows == "R2" {
		callee.FlowID = "fA1"
	}
	return caller, callee
}

func (v variant) announceTo(tl *teller, date time.Time) {
	caller, callee := v.survivor()
	if v.announce == "both" {
		tl.event(state.NewCall, v.id, date, caller, callee)
	}
	tl.event(state.Connected, v.id, date, caller, callee)
}

// transferTo plays the hang-ups of the transfer and the announcement.
func (v variant) transferTo(tl *teller, date time.Time) {
	if v.announce != "none" && v.when == "before" {
		v.announceTo(tl, date)
	}
	told := 0
	for i, id := range v.order {
		switch id {
		case 'X':
			tl.event(state.HungUp, "X", dateX, customer, anna)
		case 'Y':
			caller := annaAsks
			if told++; told == 2 && v.blanked {
				caller = state.Party{}
			}
			tl.event(state.HungUp, "Y", dateY, caller, bas)
		}
		if i == 0 && v.announce != "none" && v.when == "between" {
			v.announceTo(tl, date)
		}
	}
	if v.announce != "none" && v.when == "after" {
		v.announceTo(tl, date)
	}
}

func (tl *teller) mustBe(t *testing.T, when string, want int) {
	t.Helper()
	for c := range tl.b.Calls() {
		if want == 1 && (c.Caller.Number != customer.Number || c.Callee.User != bas.User) {
			t.Errorf("%s: the row shows %q with %q, want the customer with Bas", when, c.Caller.Key(), c.Callee.Key())
		}
		if want == 1 && c.Phase != state.Talking {
			t.Errorf("%s: the customer and Bas are shown %v, want talking", when, c.Phase)
		}
		if want == 1 && (!c.Transferred || c.Former.User != anna.User) {
			t.Errorf("%s: the row does not say that Anna handed the call on (transferred %v, former %q)", when, c.Transferred, c.Former.Key())
		}
	}
	if n := tl.b.Len(); n != want {
		t.Errorf("%s: %d calls on the board, want %d", when, n, want)
	}
}

func (tl *teller) mustCountOne(t *testing.T) {
	t.Helper()
	if d := tl.b.Today(); d.Offered != 1 || d.Answered != 1 || d.Unanswered != 0 || d.Internal != 0 {
		t.Errorf("counted offered %d, answered %d, unanswered %d, internal %d; want one journey, answered",
			d.Offered, d.Answered, d.Unanswered, d.Internal)
	}
}

func TestTransferGrid(t *testing.T) {
	all := grid()
	if len(all) != 252 {
		t.Fatalf("the grid has %d variants, want the dossier's 252", len(all))
	}
	dates := map[string]time.Time{
		"date of X": dateX, "date of Y": dateY, "own date": dateY.Add(40 * time.Second), "no date": {},
	}
	for _, v := range all {
		for name, date := range dates {
			t.Run(v.String()+"/"+name, func(t *testing.T) {
				tl := newTeller(state.Config{})
				tl.consult()
				v.transferTo(tl, date)
				tl.mustBe(t, "after the transfer", 1)
				tl.mustCountOne(t)
				tl.wait(time.Minute)
				tl.mustBe(t, "a minute later", 1)
				caller, callee := v.survivor()
				tl.event(state.HungUp, v.id, date, caller, callee)
				tl.mustBe(t, "after the last hang-up", 0)
				tl.event(state.HungUp, v.id, date, caller, callee)
				tl.mustBe(t, "after the last hang-up told twice", 0)
				tl.mustCountOne(t)
			})
		}
	}
}

// The last hang-up may lack a party, both parties or both flows: 1,008 runs
// for each of the dates above.
func TestTransferGridWithBlanksInTheLastHangUp(t *testing.T) {
	blank := func(p state.Party) state.Party { return state.Party{FlowID: p.FlowID} }
	noFlow := func(p state.Party) state.Party { p.FlowID = ""; return p }
	keep := func(p state.Party) state.Party { return p }
	forms := map[string][2]func(state.Party) state.Party{
		"no caller":  {blank, keep},
		"no callee":  {keep, blank},
		"no parties": {blank, blank},
		"no flows":   {noFlow, noFlow},
	}
	for _, v := range grid() {
		for form, f := range forms {
			for _, date := range []time.Time{dateX, dateY, dateY.Add(40 * time.Second), {}} {
				t.Run(fmt.Sprintf("%v/%s/%s", v, form, date.Format("150405")), func(t *testing.T) {
					tl := newTeller(state.Config{})
					tl.consult()
					v.transferTo(tl, date)
					tl.wait(time.Minute)
					caller, callee := v.survivor()
					tl.event(state.HungUp, v.id, date, f[0](caller), f[1](callee))
					tl.mustBe(t, "after the last hang-up", 0)
					tl.mustCountOne(t)
				})
			}
		}
	}
}

// A consultation without a transfer leaves no phantom.
func TestConsultationWithoutTransfer(t *testing.T) {
	tl := newTeller(state.Config{})
	tl.consult()
	tl.event(state.HungUp, "Y", dateY, annaAsks, bas)
	tl.wait(20 * time.Second)
	if n := tl.b.Len(); n != 1 {
		t.Fatalf("%d calls after the consultation, want the customer's alone", n)
	}
	tl.event(state.HungUp, "X", dateX, customer, anna)
	tl.wait(time.Minute)
	tl.mustBe(t, "after both hung up", 0)
}
