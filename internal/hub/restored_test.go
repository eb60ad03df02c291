package hub

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// restored is a board as a new process finds it: of a feed that was live until
// a crash some time ago.
func restored(calls int, ago time.Duration) *state.Board {
	b := state.New(state.Config{})
	at := time.Now().Add(-ago).UTC()
	facts := liveFacts()
	for n := range calls {
		facts = append(facts, call(n).rings(), call(n).answers())
	}
	facts = append(facts, state.Link{State: state.LinkDown, Code: state.Crashed, Reason: "Callboard ended without a word and begins again"})
	for _, f := range facts {
		b.Apply(state.Input{At: at, Fact: f})
	}
	return b
}

// The first page after a restart shows what was known, as of then, and never
// says that there are no calls or paints a zero.
func TestTheFirstPageAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, calls := range []int{0, 3} {
			h := New(Options{Board: restored(calls, 40*time.Second)})
			look := func(when, live string) {
				t.Helper()
				p := picture1(t, h, PageBoard, "")
				rows := 0
				for _, it := range p.Items {
					if strings.HasPrefix(it.ID, "c") {
						rows++
					}
				}
				if p.Live != live || rows != calls {
					t.Errorf("%s: %s with %d rows, want %s and %d", when, p.Live, rows, live, calls)
				}
				if e := p.Board.Empty; calls == 0 && (e.Title == "" || strings.Contains(e.Title, "No calls")) {
					t.Errorf("%s: an empty board says %q", when, e.Title)
				}
				for _, n := range p.Board.Headlines {
					if n.Value == "0" && (n.ID != "missed" && calls == 0 || n.ID == "talking") {
						t.Errorf("%s: %s is painted as zero", when, n.ID)
					}
					if n.ID == "missed" && !strings.HasPrefix(n.Value, "≥ ") {
						t.Errorf("%s: customers to call back: %q, want a least", when, n.Value)
					}
				}
			}
			look("before the link is up", "doubtful")
			feedIn(h, state.Link{State: state.LinkUp})
			look("before the list is there", "doubtful")
		}
	})
}
