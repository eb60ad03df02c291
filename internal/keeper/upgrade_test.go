package keeper

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/state"
)

// A build with another model cannot use the snapshots of the last one. What is
// counted today is right at once all the same, from the journal where that is
// whole and short, else from the history; a call that was up when the build was
// changed is there or comes back, and is in the history once.
func TestSnapshotsOfAnotherBuild(t *testing.T) {
	for _, tt := range []struct {
		from   string
		replay uint64
		up     int // calls on the board as it begins
	}{{"journal", 200_000, 1}, {"history", 1, 0}} {
		t.Run(tt.from, func(t *testing.T) {
			dir := t.TempDir()
			l := begin(t, dir, noon)
			l.up(noon)
			at := noon
			for n := range 20 {
				at = at.Add(time.Second)
				l.tell(at, state.NewCall, n)
				l.tell(at, state.HungUp, n)
			}
			l.tell(at, state.NewCall, 20)
			l.tell(at, state.Connected, 20)
			l.settle()
			l.end()
			db, err := sql.Open("sqlite", filepath.Join(dir, JournalFile))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec("DELETE FROM snapshot"); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			p := quick
			p.replay = tt.replay
			at = at.Add(time.Minute)
			if l, err = start(t, Options{Dir: dir, Now: at, NextCall: 1001, Log: testLog(t)}, p); err != nil {
				t.Fatal(err)
			}
			if from := l.k.Status().From; from != tt.from {
				t.Errorf("the board begins from the %s", from)
			}
			l.board(func(b *state.Board) {
				if got := b.Today(); got.Unanswered != 20 || got.Complete || b.Len() != tt.up {
					t.Errorf("at the start %+v, %d calls are up", got, b.Len())
				}
				for c := range b.Calls() {
					if c.Confidence == state.Confirmed {
						t.Errorf("nobody confirms %+v", c)
					}
				}
			})
			l.up(at)
			l.tell(at.Add(time.Second), state.HungUp, 20)
			l.tell(at.Add(2*time.Second), state.NewCall, 21)
			l.tell(at.Add(3*time.Second), state.HungUp, 21)
			l.settle()
			day, err := l.k.store.Day(t.Context(), noon)
			if err != nil || len(day) < 21 || len(day) > 22 {
				t.Errorf("the history has %d journeys, %v", len(day), err)
			}
			l.end()
		})
	}
}
