package xelion_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/state"
)

func namesOf(w *world, kind state.NameKind) map[string]state.Name {
	out := map[string]state.Name{}
	for _, n := range facts[state.Name](w.tape) {
		if n.Kind == kind {
			out[n.OID] = n
		}
	}
	return out
}

func TestUsersAndLinesAreReadOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{Users: 250})
		w := newWorld(t, pbx, nil)
		after(10 * time.Second)
		_, users, lines := pbx.Company()
		gotUsers, gotLines := namesOf(w, state.NameUser), namesOf(w, state.NameLine)
		for _, u := range users {
			if gotUsers[u.User].Text != u.Name {
				t.Errorf("user %s is called %q, want %q", u.User, gotUsers[u.User].Text, u.Name)
			}
		}
		for oid, name := range lines {
			if gotLines[oid].Text != name {
				t.Errorf("line %s is called %q, want %q", oid, gotLines[oid].Text, name)
			}
		}
		if n := pbx.Counters().Requests[fakepbx.Users]; n != 3 {
			t.Errorf("%d requests for 250 users, want 3 pages of 100", n)
		}
		pbx.CutSockets(fakepbx.CutAbrupt)
		after(30 * time.Minute)
		if n := pbx.Counters().Requests[fakepbx.Users]; n != 3 {
			t.Errorf("users read again after a reconnect: %d requests", n)
		}
		// A new colleague: the lists are read again, an hour after the last time.
		for range 120 {
			pbx.Emit("newCallEvent", map[string]any{"callId": "X", "calleeUser": "999999"})
			after(time.Minute)
		}
		if n := pbx.Counters().Requests[fakepbx.Users]; n != 6 && n != 9 {
			t.Errorf("%d requests for users in two and a half hours with an unknown one, want 6 or 9", n)
		}
	})
}

func TestAddressablesAreLookedUpSlowlyAndOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flying, most := 0, 0
		answer := func(w http.ResponseWriter, r *http.Request) {
			flying++
			most = max(most, flying)
			time.Sleep(100 * time.Millisecond)
			flying--
			if strings.HasSuffix(r.URL.Path, "9") {
				http.Error(w, `{"errorCode":10100}`, http.StatusNotFound)
				return
			}
			fmt.Fprintf(w, `{"object":{"commonName":"Name of %s","objectType":"Person"}}`, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
		}
		pbx := &scripted{t: t, lists: map[string]http.HandlerFunc{}}
		for i := range 20 {
			pbx.lists[fmt.Sprintf("addressables/70%02d", i)] = answer
		}
		w := newWorld(t, pbx, nil)
		after(5 * time.Second)
		begin := time.Now()
		say := func() {
			for i := range 20 {
				pbx.send(fmt.Sprintf(`{"notificationType":"newCallEvent","notification":{"callId":"X","callerAddressable":"70%02d"}}`, i))
			}
		}
		say()
		say()
		after(15 * time.Second)
		names := namesOf(w, state.NameAddressable)
		if len(names) != 18 || names["7003"].Text != "Name of 7003" {
			t.Errorf("%d names, 7003 is %q; want 18 of 20, two are unknown", len(names), names["7003"].Text)
		}
		if most != 1 {
			t.Errorf("%d requests at once, want 1", most)
		}
		requests := func() (n int, last time.Time) {
			for i := range 20 {
				for _, at := range pbx.times(fmt.Sprintf("addressables/70%02d", i)) {
					n++
					if at.After(last) {
						last = at
					}
				}
			}
			return n, last
		}
		n, last := requests()
		if n != 20 || last.Sub(begin) < 9*time.Second {
			t.Errorf("%d requests within %v, want 20 at two a second at most", n, last.Sub(begin))
		}
		say()
		after(5 * time.Minute)
		if n, _ := requests(); n != 20 {
			t.Errorf("%d requests after the same calls again, want none more", n)
		}
		after(6 * time.Minute)
		say()
		after(time.Minute)
		if n, _ := requests(); n != 22 {
			t.Errorf("%d requests ten minutes later, want the two unknown ones again", n)
		}
	})
}

func TestNamesThatMayNotBeReadAreNotAskedForAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		for _, e := range []fakepbx.Endpoint{fakepbx.Users, fakepbx.PhoneLines, fakepbx.Addressables} {
			pbx.SetRefusal(e, 403, 10101, 0)
		}
		w := newWorld(t, pbx, nil)
		after(time.Second)
		for i := range 100 {
			pbx.Emit("newCallEvent", map[string]any{"callId": "X", "callerAddressable": fmt.Sprint(i), "calleeUser": "501"})
			after(time.Second)
		}
		r := pbx.Counters().Requests
		if r[fakepbx.Users] != 1 || r[fakepbx.PhoneLines] != 1 || r[fakepbx.Addressables] > 1 {
			t.Errorf("asked %d, %d and %d times for what is forbidden, want once each", r[fakepbx.Users], r[fakepbx.PhoneLines], r[fakepbx.Addressables])
		}
		if n := len(facts[state.Event](w.tape)); n != 100 {
			t.Errorf("%d events, want 100: names must not matter to them", n)
		}
		w.want("links", w.links(), []string{"up"})
	})
}
