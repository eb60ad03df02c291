package hub

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

var updateJourneys = flag.Bool("update", false, "write the golden journeys anew")

// A tale is a sequence of call events as the dossier documents it, told to the
// hub with the time between them.
type tale struct {
	name  string
	steps []step
}

type step struct {
	after time.Duration
	fact  state.Fact
}

// The parties of the tales, with one flow each.
var (
	taleC  = state.Party{FlowID: "fC", Number: "+31205550101", SyncID: "K-10442", SyncSource: "CRM", CallLog: "9001"}
	taleA1 = state.Party{FlowID: "fA1", User: "501", Number: "201"}
	taleA2 = state.Party{FlowID: "fA2", User: "501", Number: "201"}
	taleB  = state.Party{FlowID: "fB", User: "502", Number: "202"}
)

// phone is one of the telephones of a line.
func phone(n int) state.Party {
	return state.Party{FlowID: fmt.Sprintf("fP%d", n), User: fmt.Sprintf("51%d", n), Number: fmt.Sprintf("21%d", n)}
}

// said is an event of a call between two parties, so long after the last one.
func said(seconds float64, typ state.EventType, id string, from, to state.Party) step {
	e := state.Event{Type: typ, CallID: id, Caller: from, Callee: to, Duration: -1}
	if typ == state.NewCall && from.User == "" {
		e.Line, e.Initiation = "1601", "INBOUND"
	}
	return step{time.Duration(seconds * float64(time.Second)), e}
}

func then(seconds float64, fact state.Fact) step {
	return step{time.Duration(seconds * float64(time.Second)), fact}
}

// transferred is the documented attendant transfer up to the doubled hang-up
// (dossier section 11.1).
func transferred() []step {
	return []step{
		said(0, state.NewCall, "X", taleC, taleA1), said(6, state.Connected, "X", taleC, taleA1),
		said(30, state.NewCall, "Y", taleA2, taleB), said(4, state.Connected, "Y", taleA2, taleB),
		said(15, state.HungUp, "X", taleC, taleA1), said(.1, state.HungUp, "Y", taleA2, taleB), said(.1, state.HungUp, "Y", taleA2, taleB),
	}
}

func tales() []tale {
	none := state.Party{}
	hunt := []step{said(0, state.NewCall, "X", taleC, phone(1))}
	for n := 2; n <= 5; n++ {
		hunt = append(hunt, said(0, state.NewCall, "X", taleC, phone(n)))
	}
	hunt = append(hunt, said(9, state.Connected, "X", taleC, phone(3)))
	for _, n := range []int{1, 2, 4} {
		hunt = append(hunt, said(.05, state.ChannelHungUp, "X", none, phone(n)))
	}
	list := state.Snapshot{Channels: []state.Channel{
		{CallID: "X", ChannelID: "c1", Up: true, Role: state.RoleCaller, Name: "Kuipers", FlowID: "fC", Number: "+31205550101"},
		{CallID: "X", ChannelID: "c2", Up: true, Role: state.RoleCallee, Name: "Anna de Vries", FlowID: "fA1", Number: "201"},
	}}
	return []tale{
		{"transfer, inferred", append(transferred(), then(20, state.Proof{}))},
		{"transfer, inferred and proven", append(transferred(), said(60, state.HungUp, "X", taleC, taleB))},
		{"transfer, inferred and denied by the list", append(transferred(),
			then(60, state.Link{State: state.LinkDown, Code: "lost", Reason: "The connection to the PBX was lost"}),
			then(5, state.Link{State: state.LinkUp}), then(0, state.Snapshot{}))},
		{"transfer, announced", append(transferred(), said(.1, state.NewCall, "Z", taleC, taleB), said(.1, state.Connected, "Z", taleC, taleB), said(40, state.HungUp, "Z", taleC, taleB))},
		{"transfer, announced before the hang-ups", append(append(transferred()[:4:4],
			said(15, state.Connected, "Z", taleC, taleB), said(.1, state.HungUp, "X", taleC, taleA1)), transferred()[5:]...)},
		{"blind transfer", []step{
			said(0, state.NewCall, "X", taleC, taleA1), said(6, state.Connected, "X", taleC, taleA1), said(20, state.HungUp, "X", taleC, taleA1),
			said(.1, state.NewCall, "Z", taleC, taleB), said(5, state.Connected, "Z", taleC, taleB), then(30, state.Proof{}),
		}},
		{"hunting, five phones, the third answers", append(hunt, then(20, state.Proof{}))},
		{"hunting in turn, nobody", []step{
			said(0, state.NewCall, "X", taleC, phone(1)), said(12, state.ChannelHungUp, "X", none, phone(1)), said(.1, state.Missed, "X", taleC, phone(1)),
			said(.4, state.NewCall, "X", taleC, phone(2)), said(12, state.ChannelHungUp, "X", none, phone(2)), said(3, state.HungUp, "X", taleC, phone(2)),
		}},
		{"hunting, one phone twice, still ringing", []step{
			said(0, state.NewCall, "X", taleC, phone(1)), said(8, state.ChannelHungUp, "X", none, phone(1)),
			said(.5, state.NewCall, "X", taleC, phone(2)), said(8, state.ChannelHungUp, "X", none, phone(2)),
			said(.5, state.NewCall, "X", taleC, func() state.Party { p := phone(1); p.FlowID = "fP1b"; return p }()), then(4, state.Proof{}),
		}},
		{"hunting, one newCall for all phones", []step{
			said(0, state.NewCall, "X", taleC, phone(1)), said(7, state.Connected, "X", taleC, phone(2)),
			said(.05, state.ChannelHungUp, "X", none, phone(1)), said(.05, state.ChannelHungUp, "X", none, phone(3)), then(10, state.Proof{}),
		}},
		{"missed by all", []step{
			said(0, state.NewCall, "X", taleC, phone(1)), said(0, state.NewCall, "X", taleC, phone(2)), said(25, state.HungUp, "X", taleC, phone(1)),
			said(.1, state.Missed, "X", taleC, phone(1)), said(.1, state.Missed, "X", taleC, phone(2)),
		}},
		{"waiting on the line", []step{
			said(0, state.NewCall, "X", taleC, state.Party{FlowID: "fQ", Number: "88800100"}), said(40, state.NewCall, "X", taleC, taleA1), said(5, state.Connected, "X", taleC, taleA1),
			then(10, state.Proof{}),
		}},
		{"a gap that nothing confirmed", []step{
			said(0, state.NewCall, "X", taleC, taleA1), said(6, state.Connected, "X", taleC, taleA1), then(10, state.Proof{}),
			then(2, state.Link{State: state.LinkDown, Code: "lost", Reason: "The connection to the PBX was lost"}),
			then(30, state.Link{State: state.LinkUp}), then(0, state.SnapshotFailed{}), then(20, state.Proof{}),
		}},
		{"a gap, then the list shows it", []step{
			said(0, state.NewCall, "X", taleC, taleA1), said(6, state.Connected, "X", taleC, taleA1),
			then(10, state.Link{State: state.LinkDown, Code: "lost", Reason: "The connection to the PBX was lost"}),
			then(30, state.Link{State: state.LinkUp}), then(0, list), then(20, state.Proof{}),
		}},
		{"first seen on a list", []step{then(0, list), then(30, state.Proof{})}},
		{"one side left, suspect", []step{
			said(0, state.NewCall, "X", taleC, taleA1), said(6, state.Connected, "X", taleC, taleA1), said(20, state.ChannelHungUp, "X", none, taleA1),
			then(40, state.Proof{}),
		}},
		{"dismissed", []step{
			said(0, state.NewCall, "X", taleC, taleA1), said(6, state.Connected, "X", taleC, taleA1), said(20, state.ChannelHungUp, "X", none, taleA1),
			then(40, state.Dismissal{Seq: 2}),
		}},
	}
}

// What the page of a call shows of each tale stands in testdata/journeys: what
// is drawn, who was rung, and how sure the board is.
func TestJourneysOfTheDossier(t *testing.T) {
	for _, tale := range tales() {
		t.Run(tale.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h, stop := run(t, Options{State: state.Config{Zone: time.UTC}})
				defer stop()
				feedIn(h, liveFacts()...)
				feedIn(h, state.Name{Kind: state.NameLine, OID: "1601", Text: "Verkoop", Number: "88800100"})
				for user, name := range map[string]string{"501": "Anna de Vries", "502": "Bas Jansen", "511": "Thijs Dekker", "512": "Sem Bakker", "513": "Lotte Mulder", "514": "Daan Smit", "515": "Femke Smit"} {
					feedIn(h, state.Name{Kind: state.NameUser, OID: user, Text: name, Number: "2" + user[1:]})
				}
				time.Sleep(time.Minute)
				for _, s := range tale.steps {
					for end := time.Now().Add(s.after); ; { // proofs of life, while there is a link
						left := time.Until(end)
						time.Sleep(min(left, 5*time.Second))
						if left <= 5*time.Second {
							break
						}
						if h.board.Linked() {
							feedIn(h, state.Proof{RoundTrip: time.Millisecond})
						}
					}
					if snap, ok := s.fact.(state.Snapshot); ok {
						snap.RequestedAt = time.Now()
						s.fact = snap
					}
					if _, ok := s.fact.(state.Proof); ok && !h.board.Linked() {
						continue
					}
					feedIn(h, s.fact)
				}
				synctest.Wait()
				time.Sleep(300 * time.Millisecond)
				var seq uint64 // the newest call of the tale
				h.Read(func(b *state.Board, _ time.Time) { seq = b.NextCall() - 1 })
				pic, err := h.Picture(t.Context(), Query{Page: PageCall, Call: seq})
				if err != nil {
					t.Fatal(err)
				}
				check(t, filepath.Join("testdata", "journeys", strings.NewReplacer(" ", "-", ",", "").Replace(tale.name)+".txt"), drawn(pic.Call))
			})
		})
	}
}

// check compares a text with its golden file.
func check(t *testing.T, file, got string) {
	t.Helper()
	if *updateJourneys {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: want\n%s\ngot\n%s", file, want, got)
	}
}

// drawn is the page of a call as text: bars are from–to in thousandths of the
// axis.
func drawn(d *views.CallDetail) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("%s: %s", d.Word, d.Why)
	p("%s | %s", strings.TrimSpace(d.Ended+" "+d.State.Word), strings.Join(d.Summary, " | "))
	p("\nlanes")
	for _, l := range d.Journey.Lanes.Rows {
		p("  %s %s", l.Party.Name, l.Party.Number)
		for _, bar := range l.Bars {
			p("    %4d–%-4d %-8s %s", bar.From, bar.To, bar.Kind, bar.Title)
		}
	}
	for _, j := range d.Journey.Lanes.Joins {
		p("  join at %d of %d and %d, inferred %v", j.At, j.From, j.To, j.Inferred)
	}
	for _, g := range d.Journey.Lanes.Gaps {
		p("  gap %d–%d %s", g.From, g.To, g.Title)
	}
	for _, m := range d.Journey.Lanes.Marks {
		p("  mark %d.%d %s", m.At, m.Row, m.Text)
	}
	p("  now %d", d.Journey.Lanes.Now)
	for _, l := range d.Journey.Ladders {
		p("\nladder %s| %s | now %d", strings.TrimLeft(l.Head+" ", " "), l.Note, l.Now)
		for _, r := range l.Rungs {
			p("  %s %s", r.Party.Name, r.Party.Number)
			for _, ring := range r.Rings {
				tick := ""
				if ring.Answer {
					tick = ", tick"
				}
				p("    %4d–%-4d %-8s %s: %s %s%s", ring.From, ring.To, ring.Kind, ring.When, ring.Outcome, ring.Age.Text, tick)
			}
		}
	}
	p("\nfacts")
	for _, f := range append(d.Facts, d.Records...) {
		dashed := ""
		if f.Dashed {
			dashed = " (not proven)"
		}
		p("  %s: %s%s", f.Label, f.Value, dashed)
	}
	p("  dismiss: %s", d.Dismiss)
	p("\nevents: %s", d.EntryNote)
	for _, e := range d.Entries {
		p("  %s %-15s %-3s %-7s %s", e.After, e.Event, e.Times, e.Leg, e.Proves)
	}
	return b.String()
}
