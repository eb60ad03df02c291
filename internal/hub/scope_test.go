package hub

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// Two teams that have nothing to do with each other: what one sees never tells
// of the other, in no frame, while the feed goes and comes back and while the
// files change; and what it counts is what there is.
func TestAScopeTellsNothingOfAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		setup := firmSetup(t, firmTeams)
		h := New(Options{MaxViews: 500, Zone: time.UTC, Setup: setup, Build: "test"})
		f := newFirm(h, 3)
		f.apart = true
		h.painter.paint()
		scopes := []struct {
			lens  privacy.Lens
			owns  []int // of the three parts of the company
			found *leaks
			views []*Viewer
		}{
			{lens: privacy.Lens{Scope: privacy.NewScope([]string{"grunwick"}, nil)}, owns: []int{0}},
			{lens: privacy.Lens{Scope: privacy.NewScope([]string{"Holloway"}, nil), Level: privacy.LastThree}, owns: []int{1}},
			{lens: privacy.Lens{Scope: privacy.NewScope(nil, []string{"Oddmarket"})}, owns: []int{2}},
			{lens: privacy.Lens{Scope: privacy.NewScope([]string{"Holloway"}, []string{"1603"})}, owns: []int{1, 2}},
			{lens: privacy.Lens{Scope: privacy.NewScope([]string{"Nobody of this name"}, nil)}},
		}
		teams := []string{"Grunwick", "Holloway", "\x00"}
		// Names of customers are made of those of colleagues; here they stay apart.
		for i, c := range f.customers {
			feedIn(h, state.Name{Kind: state.NameAddressable, OID: c.Addressable, Text: "Klant" + strconv.Itoa(i) + "x"})
		}
		foreign := func(owns []int) *leaks {
			l := &leaks{}
			for part := range 3 {
				if slices.Contains(owns, part) {
					continue
				}
				for _, u := range f.staff[4*part : 4*part+4] {
					l.texts = append(l.texts, strings.Fields(u.name)[0], ">"+u.number+"<", u.oid)
				}
				l.texts = append(l.texts, f.lines[part].Name, f.lines[part].Line+`"`, teams[part])
				l.hides(f.lines[part].Number, false)
				for c := part; c < 18; c += 3 {
					l.hides(f.customers[c].Number, false)
				}
			}
			return l
		}
		for i := range scopes {
			s := &scopes[i]
			s.found = foreign(s.owns)
			for _, p := range lensPages {
				q := mustQuery(t, p.page, strings.ReplaceAll(p.query, "team=Grunwick", "dir=inbound"))
				q.Lens = s.lens
				v, err := h.Join(q, "")
				if err != nil {
					t.Fatal(err)
				}
				s.views = append(s.views, v)
			}
		}
		say := func(l *leaks, what string, v any) {
			b, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			l.look(t, what, b)
		}
		checked := 0
		for n := range 60 {
			f.step()
			switch n {
			case 20:
				feedIn(h, state.Link{State: state.LinkDown, Code: "half-open", Reason: "The line is cut."})
				h.painter.paint()
				time.Sleep(25 * time.Second)
			case 22:
				feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now().UTC()})
				f.up = nil
			case 40: // a team is no more
				h.Use(firmSetup(t, firmTeams[:strings.Index(firmTeams, "  - name: Holloway")]))
				h.Refuse("teams.yaml:3: Grunwick Oddmarket Zebrina Philomeen, expected something else")
				for i, owns := range [][]int{{0}, {}, {2}, {2}, {}} {
					scopes[i].owns, scopes[i].found = owns, foreign(owns)
				}
			}
			h.painter.paint()
			for i := range scopes {
				s := &scopes[i]
				for at, v := range s.views {
					for {
						batch, _ := v.look()
						if len(batch.Events) == 0 {
							break
						}
						for _, e := range batch.Events {
							s.found.look(t, string(s.lens.Scope)+" "+lensPages[at].page+"?"+lensPages[at].query, e.Data)
						}
					}
				}
				look := h.Look(s.lens)
				say(s.found, "calls", look.Calls)
				say(s.found, "ledger", h.Ledger(s.lens).Ledger)
				say(s.found, "directory", h.Directory(s.lens))
				for seq := uint64(1); seq <= uint64(f.next)+5; seq += 3 {
					if history, _, ok := h.History(s.lens, seq); ok {
						say(s.found, "history", history)
					}
				}
				checked += recount(t, h, f, s.lens, s.owns)
			}
		}
		if checked == 0 {
			t.Error("nothing was counted")
		}
	})
}

// recount counts what belongs to some parts of a company whose teams have
// nothing to do with each other, from the board itself, and compares.
func recount(t *testing.T, h *Hub, f *firm, l privacy.Lens, owns []int) (n int) {
	t.Helper()
	users, lines := map[string]bool{}, map[string]bool{}
	for _, part := range owns {
		lines[f.lines[part].Line] = true
		if part < 2 { // the third has no team, so it is a line only
			for _, u := range f.staff[4*part : 4*part+4] {
				users[u.oid] = true
			}
		}
	}
	var calls []uint64
	var today state.Today
	open := 0
	h.Read(func(b *state.Board, _ time.Time) {
		for c := range b.Calls() {
			in := lines[c.Line] || users[c.Caller.User] || users[c.Callee.User]
			for _, leg := range c.Legs {
				in = in || leg.State != state.LegGone && users[leg.Party.User]
			}
			if in {
				calls = append(calls, c.Seq)
			}
		}
		for _, j := range b.Journeys() {
			in := lines[j.Line]
			for _, u := range append(slices.Clone(j.Users), j.RangAt...) {
				in = in || users[u]
			}
			if !in || !j.Counted {
				continue
			}
			switch j.Kind {
			case state.Internal:
				today.Internal++
			case state.Outbound:
				today.Outbound++
			default:
				today.Offered++
				if !j.Answered.IsZero() {
					today.Answered++
				} else if !j.Up() && !j.Lost {
					today.Unanswered++
				}
			}
		}
		for _, p := range b.People() {
			if users[p.User] {
				today.Missed += p.Missed
			}
		}
		for _, e := range b.Recovery().Open {
			in := lines[e.Last().Line]
			for _, p := range e.Last().Rung {
				in = in || users[p.User]
			}
			if in {
				open++
			}
		}
	})
	look := h.Look(l)
	got := make([]uint64, len(look.Calls))
	for i := range look.Calls {
		got[i] = look.Calls[i].Seq
	}
	if !slices.Equal(got, calls) {
		t.Fatalf("%s: calls %v, want %v", l.Scope, got, calls)
	}
	is := look.Today
	is.Day, is.Since, is.Complete, is.WaitTotal, is.WaitCount = "", time.Time{}, false, 0, 0
	if is != today {
		t.Fatalf("%s: today %+v, want %+v", l.Scope, is, today)
	}
	if n := len(h.Ledger(l).Ledger.Open); n != open {
		t.Fatalf("%s: %d to call back, want %d", l.Scope, n, open)
	}
	pic, err := h.Picture(t.Context(), Query{Page: PageBoard, Lens: l})
	if err != nil {
		t.Fatal(err)
	}
	var rows []uint64
	for _, it := range pic.Items {
		if seq, err := strconv.ParseUint(strings.TrimPrefix(it.ID, "c"), 10, 64); err == nil {
			rows = append(rows, seq)
		}
	}
	slices.SortFunc(rows, cmp.Compare)
	if pic.Live == "live" && !slices.Equal(rows, calls) {
		t.Fatalf("%s: rows %v, want %v", l.Scope, rows, calls)
	}
	return len(calls) + today.Offered
}
