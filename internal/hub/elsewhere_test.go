package hub

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// Teams that have to do with each other all day: of a colleague in another team
// nothing is told but the team, on no page, in no answer and at no level.
func TestColleaguesOutsideOfAScopeAreTheirTeam(t *testing.T) {
	if raceOn {
		t.Skip("takes a minute under the race detector, without which make test runs it again")
	}
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{MaxViews: 500, Zone: time.UTC, Setup: firmSetup(t, firmTeams), Build: "test"})
		f := newFirm(h, 11)
		for i, c := range f.customers { // names of customers are made of those of colleagues; here they stay apart
			feedIn(h, state.Name{Kind: state.NameAddressable, OID: c.Addressable, Text: "Klant" + strconv.Itoa(i) + "x"})
		}
		h.painter.paint()
		found := &leaks{}
		for _, u := range f.staff[4:] {
			found.texts = append(found.texts, strings.Fields(u.name)[0], strings.Fields(u.name)[1], ">"+u.number+"<", `"`+u.number+`"`, u.oid)
		}
		var views []*Viewer
		var names []string
		lenses := []privacy.Lens{}
		for _, level := range []privacy.Level{privacy.Full, privacy.LastThree, privacy.Initials} {
			lenses = append(lenses, privacy.Lens{Level: level, Scope: privacy.NewScope([]string{"grunwick"}, []string{"1603"})})
		}
		for _, lens := range lenses {
			for _, p := range append(lensPages[:len(lensPages):len(lensPages)], struct{ page, query string }{PageBoard, "user=50020"}, struct{ page, query string }{PageBoard, "team=Holloway"}) {
				q := mustQuery(t, p.page, p.query)
				q.Lens = lens
				v, err := h.Join(q, "")
				if err != nil {
					t.Fatal(err)
				}
				views, names = append(views, v), append(names, lens.Level.String()+" "+p.page+"?"+p.query)
			}
		}
		wanted := map[string]bool{"Zebrina": false, "Holloway": false, f.staff[0].number: false, "+3197": false}
		look := func(what string, v any) {
			b, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			for want, told := range wanted {
				wanted[want] = told || strings.Contains(string(b), want)
			}
			found.look(t, what, []byte(strings.ReplaceAll(string(b), "50020", ""))) // what the viewer asked for
		}
		inTeam := 0
		for range 40 {
			f.step()
			h.painter.paint()
			for i, v := range views {
				for {
					batch, _ := v.look()
					if len(batch.Events) == 0 {
						break
					}
					for _, e := range batch.Events {
						look(names[i], string(e.Data))
					}
				}
			}
			for _, lens := range lenses {
				look("calls", h.Look(lens).Calls)
				look("ledger", h.Ledger(lens).Ledger)
				look("directory", h.Directory(lens))
				for seq := uint64(1); seq <= uint64(f.next)+5; seq += 2 {
					history, _, ok := h.History(lens, seq)
					if !ok {
						continue
					}
					look("history", history)
					q := mustQuery(t, PageCall, fmt.Sprintf("call=%d", seq))
					q.Lens = lens
					if pic, err := h.Picture(t.Context(), q); err == nil {
						look("page of a call", string(pic.Snapshot))
					}
				}
			}
			for _, c := range h.Look(lenses[0]).Calls {
				for _, p := range []state.Party{c.Caller, c.Callee} {
					if p.User == "Holloway" && p.Name == "Holloway" && p.Number == "" {
						inTeam++
					}
				}
			}
		}
		for want, told := range wanted {
			if !told {
				t.Errorf("%q is told nowhere", want)
			}
		}
		if inTeam == 0 {
			t.Error("no call has somebody of another team: this test proves nothing")
		}
	})
}

// A page whose viewer gets a scope, or another one, keeps no row that it had: it
// may name somebody who is now told by their team.
func TestARowOfAScopeIsAnotherRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Zone: time.UTC, Setup: firmSetup(t, firmTeams), Build: "test"})
		f := newFirm(h, 11)
		for range 20 {
			f.step()
		}
		seen := map[string]privacy.Scope{}
		for _, scope := range []privacy.Scope{"", privacy.NewScope([]string{"Grunwick"}, nil), privacy.NewScope([]string{"Grunwick", "Holloway"}, nil)} {
			p, err := h.Picture(t.Context(), Query{Page: PageBoard, Lens: privacy.Lens{Scope: scope}})
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range p.Items {
				if !strings.HasPrefix(it.ID, "c") {
					continue
				}
				key := it.ID + " " + it.Rev
				if was, known := seen[key]; known {
					t.Errorf("%s is a row of %q and of %q", key, was, scope)
				}
				seen[key] = scope
			}
		}
		if len(seen) < 6 {
			t.Errorf("%d rows: this proves little", len(seen))
		}
	})
}

// A scope of lines alone knows no own colleagues: who takes the line's calls is
// told.
func TestAScopeOfLinesNamesWhoTakesTheirCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Zone: time.UTC, Setup: firmSetup(t, firmTeams), Build: "test"})
		f := newFirm(h, 11)
		lens := privacy.Lens{Scope: privacy.NewScope(nil, []string{"1602"})}
		named := 0
		for range 60 {
			f.step()
			for _, c := range h.Look(lens).Calls {
				for _, u := range f.staff {
					if c.Callee.User == u.oid && c.Callee.Name == u.name && c.Callee.Number == u.number {
						named++
					}
				}
			}
		}
		if named == 0 {
			t.Error("nobody is named")
		}
	})
}

// Members whom the file of teams knows by their number alone are in their team
// for whoever does not see numbers, too.
func TestMembersByNumberAreInTheirTeamAtEveryLevel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const mobile = "+31612345678"
		h := New(Options{Zone: time.UTC, Build: "test", Setup: firmSetup(t, "teams:\n  - name: Outdoor\n    users: [\""+mobile+"\", \"Piet Buiten\"]\n")})
		f := newFirm(h, 5)
		call := func(id string, to state.Party) {
			ev := state.Event{Type: state.NewCall, CallID: id, Caller: f.customers[0], Callee: to, Line: "1601", Duration: -1}
			ev.Caller.FlowID, ev.Callee.FlowID = id+"a", id+"b"
			feedIn(h, ev)
			ev.Type = state.Connected
			feedIn(h, ev)
			time.Sleep(10 * time.Second)
			feedIn(h, state.Proof{RoundTrip: time.Millisecond})
		}
		feedIn(h, state.Name{Kind: state.NameAddressable, OID: "piet", Text: "Piet Buiten"})
		call("one", state.Party{Number: mobile})
		call("two", state.Party{Number: "+31687654321", Addressable: "piet"})
		call("three", f.party(f.staff[0]))
		for _, level := range []privacy.Level{privacy.Full, privacy.LastThree, privacy.Initials, privacy.Counts} {
			for _, page := range []string{PageBoard, PageNumbers} {
				q := mustQuery(t, page, "team=Outdoor&n=answered")
				q.Lens.Level = level
				p, err := h.Picture(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				if rows := strings.Count(string(p.Snapshot), `"id":"c`); page == PageBoard && level < privacy.Counts && rows != 2 {
					t.Errorf("%s: %d rows of the team, want 2", level, rows)
				}
				if page != PageNumbers {
					continue
				}
				day, err := h.Day(q)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range day.Numbers {
					if n.Name == "answered" && n.Value != 1 { // a journey knows people by oid or number
						t.Errorf("%s: answered %+v, want 1 of the team", level, n.Figure)
					}
				}
			}
		}
	})
}
