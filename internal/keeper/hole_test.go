package keeper

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/state"
)

// fill writes into a folder until its disk takes no byte more.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	name := filepath.Join(dir, "filler")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, n := range []int{1 << 16, 1 << 12, 1} {
		for {
			if _, err := f.Write(make([]byte, n)); err != nil {
				break
			}
		}
	}
	return func() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

// A disk that is full for so long that entries are given up: what happened
// meanwhile is counted on the board, and in the history once there is room.
// Looking for what is gone happens once, not again and again.
func TestADiskThatIsFullForTooLong(t *testing.T) {
	dir := smallDisk(t, "24m")
	p := quick
	p.journal.Queue, p.waiting = 150, 8
	opt := Options{Dir: dir, Now: noon, NextCall: 1, Log: testLog(t)}
	l, err := start(t, opt, p)
	if err != nil {
		t.Fatal(err)
	}
	l.up(noon)
	at, n := noon, 0
	calls := func(count int) {
		for range count {
			n++
			at = at.Add(time.Second)
			l.tell(at, state.NewCall, n)
			l.tell(at, state.HungUp, n)
		}
	}
	calls(20)
	l.settle()
	free := fill(t, dir)
	stuck := uint64(0)
	for end := time.Now().Add(30 * time.Second); ; {
		if s := l.k.Status(); s.Waiting >= p.waiting && s.GivenUp > stuck+200 {
			break
		} else if s.Waiting < p.waiting {
			stuck = s.GivenUp
		}
		calls(10)
		time.Sleep(2 * time.Millisecond)
		if time.Now().After(end) {
			t.Fatalf("nothing is given up: %+v", l.k.Status())
		}
	}
	images := l.asked.Load()
	time.Sleep(50 * time.Millisecond)
	if more := l.asked.Load() - images; more > 3 {
		t.Errorf("the board that is shown was asked for %d times in the twentieth of a second", more)
	}
	free()
	l.wait("no pause", func(s Status) bool { return s.Paused.IsZero() && s.Unwritten == 0 })
	calls(30)
	l.settle()
	l.board(func(b *state.Board) {
		if got := b.Today().Unanswered; got != n {
			t.Errorf("the board counts %d of %d calls", got, n)
		}
	})
	if day, err := l.k.store.Day(t.Context(), noon); err != nil || len(day) != n {
		t.Errorf("the history has %d of %d journeys, %v", len(day), n, err)
	}
	if s := l.k.Status(); s.Mismatches > 0 || s.Lag > 0 {
		t.Errorf("afterwards %+v", s)
	}
	l.end()
}
