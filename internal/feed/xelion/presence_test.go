package xelion_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/state"
)

// The list is read once a connection, pages of a hundred; then events tell.
func TestPresenceListThenChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{Users: 150})
		w := newWorld(t, pbx, nil)
		after(10 * time.Second)
		lists := facts[state.PresenceList](w.tape)
		if len(lists) != 1 || len(lists[0].Entries) != 150 {
			t.Fatalf("%d lists; want one of 150 people", len(lists))
		}
		if p := lists[0].Entries[0]; p.ID == "" || p.Addressable == "" || p.Name == "" || p.Status == "" {
			t.Errorf("an entry lacks what the PBX said: %+v", p)
		}
		who := lists[0].Entries[7]
		pbx.SetPresence(who.ID, "Thuiswerken", "tot 5\u202e uur\x07")
		after(time.Second)
		told := facts[state.Presence](w.tape)
		want := state.Presence{ID: who.ID, Addressable: who.Addressable, Name: who.Name, Status: "Thuiswerken", Message: "tot 5 uur"}
		if !slices.Contains(told, want) {
			t.Errorf("told %+v, want %+v among it", told, want)
		}
		if n := pbx.Counters().Requests[fakepbx.Presence]; n != 2 {
			t.Errorf("%d requests for 150 people, want 2", n)
		}
		pbx.CutSockets(fakepbx.CutAbrupt)
		after(3 * time.Minute)
		if n := len(facts[state.PresenceList](w.tape)); n != 2 {
			t.Errorf("%d lists after a reconnect, want 2", n)
		}
	})
}

// A version that does not rise makes the list read anew, at least a minute
// apart however many there are.
func TestPresenceVersionThatDoesNotRise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(10 * time.Second)
		say := func(version any) {
			pbx.Emit("presenceListEvent", map[string]any{"updateType": "insert", "version": version,
				"presence": map[string]any{"id": "501", "status": "available"}})
			after(time.Second)
		}
		for version := range 5 {
			say(version + 100)
		}
		say(nil)
		after(5 * time.Minute)
		if n := len(facts[state.PresenceList](w.tape)); n != 1 {
			t.Errorf("%d lists while versions rise, want 1", n)
		}
		for range 30 {
			say(50)
		}
		if n := len(facts[state.PresenceList](w.tape)); n != 2 {
			t.Errorf("%d lists after versions that do not rise, want one more", n)
		}
		after(5 * time.Minute)
		if n := len(facts[state.PresenceList](w.tape)); n != 3 {
			t.Errorf("%d lists five minutes later, want 3: what came meanwhile is asked once", n)
		}
	})
}

// A PBX without such a list is asked once an hour at most, however often the
// connection is made anew, and nothing else suffers.
func TestPresenceRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{Presence: "refused"})
		w := newWorld(t, pbx, nil)
		for range 5 {
			after(3 * time.Minute)
			pbx.CutSockets(fakepbx.CutClean)
		}
		after(3 * time.Minute)
		if n := pbx.Counters().Requests[fakepbx.Presence]; n != 1 {
			t.Errorf("%d requests for a list that does not exist, want 1", n)
		}
		if n := len(facts[state.PresenceList](w.tape)); n != 0 {
			t.Errorf("%d lists from a PBX that has none", n)
		}
		if len(namesOf(w, state.NameUser)) == 0 {
			t.Error("names are not read any more")
		}
	})
}

// Where versions come in any order the list puts right what was lost.
func TestPresenceDisordered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{Presence: "disordered", Seed: 3})
		w := newWorld(t, pbx, nil)
		after(10 * time.Second)
		_, users, _ := pbx.Company()
		for i := range 60 {
			pbx.SetPresence(users[i%len(users)].User, []string{"offline", "available"}[i/len(users)%2], "")
			after(2 * time.Second)
		}
		if n := len(facts[state.PresenceList](w.tape)); n < 2 || n > 4 {
			t.Errorf("%d lists in two minutes of disorder, want 2 to 4", n)
		}
	})
}
