package keeper

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// smallDisk is a file system of its own with so many bytes; the test is skipped
// where nobody may mount one.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("callboard", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no small disk without the right to mount one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// wait waits until a condition of the status holds.
func (l *life) wait(what string, ok func(Status) bool) Status {
	l.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		s := l.k.Status()
		if ok(s) {
			return s
		}
		if time.Now().After(end) {
			l.t.Fatalf("%s: %+v", what, s)
		}
	}
}

// The disk fills up, or turns read-only, under the running board: the board
// goes on, the pause is said and counted, and everything that happened
// meanwhile is on the disk once it takes something again. The record of gaps
// names the pause.
func TestTheDiskIsAway(t *testing.T) {
	for _, tt := range []struct {
		cause      string
		away, back func(t *testing.T, dir string)
	}{
		{"full", func(t *testing.T, dir string) {
			f, err := os.Create(filepath.Join(dir, "filler"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for _, n := range []int{1 << 16, 1 << 12, 1} { // to the last byte
				for {
					if _, err := f.Write(make([]byte, n)); err != nil {
						break
					}
				}
			}
		}, func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "filler")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(tt.cause, func(t *testing.T) {
			dir := smallDisk(t, "24m")
			l := begin(t, dir, noon)
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
			tt.away(t, dir)
			for l.k.Status().Paused.IsZero() && n < 40_000 {
				calls(50)
				time.Sleep(2 * time.Millisecond)
			}
			s := l.wait("a pause", func(s Status) bool { return s.Cause == tt.cause })
			if s.Pauses == 0 {
				t.Error("the pause is not counted")
			}
			calls(30)
			l.board(func(b *state.Board) {
				if got := b.Today().Unanswered; got != n {
					t.Errorf("the board counts %d of %d calls", got, n)
				}
			})
			tt.back(t, dir)
			l.wait("no pause", func(s Status) bool { return s.Paused.IsZero() && s.Unwritten == 0 })
			l.settle()
			day, err := l.k.store.Day(t.Context(), noon)
			if err != nil || len(day) != n {
				t.Errorf("the history has %d of %d journeys, %v", len(day), n, err)
			}
			named := false
			for end := time.Now().Add(10 * time.Second); !named && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
				gaps, err := l.k.store.Gaps(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
				if err != nil {
					t.Fatal(err)
				}
				for _, g := range gaps {
					named = named || g.Kind == history.GapDisk && g.Code == tt.cause && !g.To.Before(g.From)
				}
			}
			if !named {
				t.Error("the record of gaps does not name the pause")
			}
			l.end()
		})
	}
}

// Whatever byte of a file of the data folder is spoilt: the next start comes
// up with a board, and a file that cannot be used is kept beside the new one.
func TestSpoiltBytes(t *testing.T) {
	origin := t.TempDir()
	l := begin(t, origin, noon)
	l.up(noon)
	at := noon
	for n := range 60 {
		at = at.Add(2 * time.Second)
		l.tell(at, state.NewCall, n)
		if n%2 == 0 {
			l.tell(at, state.Connected, n)
		}
		if n < 55 {
			l.tell(at, state.HungUp, n)
		}
	}
	l.settle()
	l.end()
	files := map[string][]byte{}
	for _, name := range []string{JournalFile, history.FileName, LockFile} {
		raw, err := os.ReadFile(filepath.Join(origin, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = raw
	}
	aside := 0
	for name, whole := range files {
		for at := 0; at < len(whole) || at == 0; at += stride(at, len(whole)) {
			if len(whole) == 0 {
				break
			}
			dir := t.TempDir()
			for other, raw := range files {
				if other == name {
					raw = append([]byte(nil), raw...)
					raw[at] ^= 0xff
				}
				if err := os.WriteFile(filepath.Join(dir, other), raw, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			k, err := open(Options{Dir: dir, Now: noon.Add(time.Hour), NextCall: 1}, quick)
			if err != nil {
				t.Fatalf("byte %d of %s: %v", at, name, err)
			}
			today := k.Board().Today()
			if err := k.Close(); err != nil {
				t.Errorf("byte %d of %s: Close: %v", at, name, err)
			}
			broken, err := filepath.Glob(filepath.Join(dir, name+".broken-*"))
			if err != nil {
				t.Fatal(err)
			}
			aside += len(broken)
			if today.Offered == 0 && len(broken) == 0 && len(k.Status().Notes) == 0 {
				t.Errorf("byte %d of %s: the day is gone without a word", at, name)
			}
		}
	}
	if aside == 0 {
		t.Error("no broken file was ever kept aside, so nothing was spoilt")
	}
}

// stride tries some bytes of the header and of the rest, in make test more.
func stride(at, size int) int {
	header, parts := 13, 8
	if os.Getenv("KILLS") != "" {
		header, parts = 2, 48
	}
	if at < 100 {
		return header
	}
	return max(size/parts, 1)
}

// What a page shows of a folder in use is one line and no more.
func TestLockedErrorIsOneLine(t *testing.T) {
	if text := (&LockedError{"/data"}).Error(); strings.ContainsAny(text, "\n") || !strings.Contains(text, "/data") {
		t.Error(text)
	}
}

// Appending costs the live path next to nothing.
func BenchmarkApply(b *testing.B) {
	for _, kept := range []bool{false, true} {
		b.Run(fmt.Sprintf("kept=%v", kept), func(b *testing.B) {
			l, err := start(b, Options{Dir: b.TempDir(), Now: noon, NextCall: 1}, usualPace)
			if err != nil {
				b.Fatal(err)
			}
			h := l.h
			if !kept {
				h = bare()
			}
			h.Apply(state.Input{At: noon, Fact: state.Link{State: state.LinkUp}})
			at, n := noon, 0
			for b.Loop() {
				n++
				at = at.Add(time.Millisecond)
				kind := state.NewCall
				if n%2 == 0 {
					kind = state.HungUp
				}
				h.Apply(state.Input{At: at, Fact: callEvent(kind, n/2)})
			}
			b.StopTimer()
			l.end()
		})
	}
}

// What an input waits for, with everything behind it at work.
func BenchmarkOnInput(b *testing.B) {
	l, err := start(b, Options{Dir: b.TempDir(), Now: noon, NextCall: 1}, usualPace)
	if err != nil {
		b.Fatal(err)
	}
	at := noon
	for b.Loop() {
		at = at.Add(time.Millisecond)
		l.k.OnInput(state.Input{At: at, Fact: state.Proof{RoundTrip: time.Millisecond}})
	}
	b.StopTimer()
	l.end()
}
