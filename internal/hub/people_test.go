package hub

import (
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// The pages of people, lines and missed customers follow one customer who gives
// up at Anna's telephone and is called back by her.
func TestPeopleLinesMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		anna := state.Party{FlowID: "a1", User: "501", Number: "201"}
		customer := state.Party{FlowID: "c1", Number: "+31205550101"}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()}) // the first event proves the feed
		feedIn(h, state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"},
			state.Name{Kind: state.NameUser, OID: "502", Text: "Bas Jansen", Number: "202"},
			state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"})
		event := func(typ state.EventType, id string, caller, callee state.Party) {
			feedIn(h, state.Event{Type: typ, CallID: id, Caller: caller, Callee: callee, Line: "1601", Duration: -1})
			time.Sleep(2 * time.Second)
		}
		event(state.NewCall, "X", customer, anna)
		people := picture1(t, h, PagePeople, "").People
		if len(people.Tiles) < 2 || people.Tiles[0].Name != "Anna de Vries" || people.Tiles[0].State.Word != "Ringing" || people.Tiles[0].With != "+31 20 555 01 01" {
			t.Fatalf("while Anna's telephone rings: %+v", people.Tiles)
		}
		if free := people.Tiles[len(people.Tiles)-1]; free.State.Word != "No call seen" {
			t.Errorf("Bas is shown as %q", free.State.Word)
		}
		if rows := picture1(t, h, PageLines, "").Lines.Rows; len(rows) != 1 || rows[0].Name != "Sales" || rows[0].Ringing != "1" || rows[0].Offered != "1" || rows[0].Rate != "n/a" {
			t.Errorf("lines while it rings: %+v", rows)
		}
		time.Sleep(40 * time.Second)
		feedIn(h, state.Proof{})
		time.Sleep(2 * time.Second)
		if tile := picture1(t, h, PagePeople, "").People.Tiles[0]; !tile.Alarm {
			t.Errorf("past the limit: %+v", tile)
		}
		event(state.Missed, "X", customer, anna)
		event(state.HungUp, "X", customer, anna)
		if m := picture1(t, h, PageMissed, "").Missed; len(m.Rows) != 1 || m.Rows[0].Caller.Number != "+31 20 555 01 01" || m.Rows[0].Line != "Sales" {
			t.Errorf("after the customer gave up: %+v", m)
		}
		if rows := picture1(t, h, PageLines, "").Lines.Rows; rows[0].Unanswered != "1" || rows[0].Rate != "0 %" {
			t.Errorf("lines after the customer gave up: %+v", rows)
		}
		back, called := anna, customer
		back.FlowID, called.FlowID = "a2", "c2"
		event(state.NewCall, "Y", back, called)
		event(state.Connected, "Y", back, called)
		if m := picture1(t, h, PageMissed, "").Missed; len(m.Rows) != 0 || m.Empty.Kind != "quiet" {
			t.Errorf("after Anna called back: %+v", m)
		}
		tile := picture1(t, h, PagePeople, "").People.Tiles[0]
		if tile.State.Word != "Talking out" || tile.Counts != "1 missed" {
			t.Errorf("Anna calls back: %+v", tile)
		}
	})
}

// Before the first call event nobody is called free, nothing is zero.
func TestPeopleBeforeAnyProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()},
			state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"})
		time.Sleep(2 * time.Second)
		people := picture1(t, h, PagePeople, "").People
		if people.Known || len(people.Tiles) != 1 || people.Tiles[0].State.Word != "–" {
			t.Errorf("unproven: %+v", people)
		}
		if m := picture1(t, h, PageMissed, "").Missed; m.Empty.Kind != "unproven" {
			t.Errorf("unproven: nobody to call back is claimed: %+v", m)
		}
	})
}
