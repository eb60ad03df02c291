package keeper

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// hold keeps files to itself as another program would, until let go.
func hold(t *testing.T, names ...string) func(*testing.T, string) func() {
	return func(t *testing.T, dir string) func() {
		t.Helper()
		var all []*sql.DB
		for _, name := range names {
			db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.Join(dir, name)}).String())
			if err != nil {
				t.Fatal(err)
			}
			db.SetMaxOpenConns(1)
			if _, err := db.Exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE"); err != nil {
				t.Fatal(err)
			}
			all = append(all, db)
		}
		return func() {
			for _, db := range all {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// mount makes a folder another one, as a mount does.
func mount(t *testing.T, dir string, flags uintptr) func() {
	t.Helper()
	if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("nothing can be mounted: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND|flags, ""); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND, ""); err != nil {
			t.Error(err)
		}
	}
}

// A folder that cannot be used when the service starts: the board is there at
// once and counts, the pause is said, and everything is kept again as soon as
// it can be, without another start. The history then has what the former
// process could not tell it, what happened meanwhile, and what comes after.
func TestBeginsWithoutItsFiles(t *testing.T) {
	for _, tt := range []struct {
		name, cause string
		away        func(t *testing.T, dir string) (back func())
	}{
		{"the history is held", "busy", hold(t, history.FileName)},
		{"both are held", "busy", hold(t, history.FileName, JournalFile)},
		{"the journal is held", "busy", hold(t, JournalFile)},
		{"read-only", "read-only", func(t *testing.T, dir string) func() { return mount(t, dir, syscall.MS_RDONLY) }},
		{"the folder is not there", "missing", func(t *testing.T, dir string) func() {
			if err := os.Rename(dir, dir+".away"); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := os.Rename(dir+".away", dir); err != nil {
					t.Fatal(err)
				}
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			slow := quick
			slow.write = time.Hour // this process tells the history nothing
			l, err := start(t, Options{Dir: dir, Now: noon, NextCall: 1, Log: testLog(t)}, slow)
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
			if err := l.k.disk.WaitDurable(t.Context(), l.k.appended.Load()); err != nil {
				t.Fatal(err)
			}
			l.crash()

			back := tt.away(t, dir)
			began := time.Now()
			at = at.Add(time.Minute)
			l, err = start(t, Options{Dir: dir, Now: at, NextCall: 1001, Log: testLog(t)}, quick)
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("beginning took %v", took)
			}
			l.up(at)
			calls(10)
			s := l.wait("a pause", func(s Status) bool { return s.Cause == tt.cause })
			if s.Pauses == 0 {
				t.Error("the pause is not counted")
			}
			seen := 0
			l.board(func(b *state.Board) { seen = b.Today().Unanswered })
			if seen != n && seen != 10 { // with the journal, or without it
				t.Errorf("the board counts %d of %d calls", seen, n)
			}
			back()
			l.wait("no pause", func(s Status) bool { return s.Paused.IsZero() && s.Unwritten == 0 && s.Epoch != "" })
			calls(5)
			l.has(n, at)
			gaps, err := l.k.store.Gaps(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			named := false
			for _, g := range gaps {
				named = named || g.Kind == history.GapDisk && g.Code == tt.cause
			}
			if !named {
				t.Errorf("the record of gaps does not name the pause: %+v", gaps)
			}
			if s := l.k.Status(); s.Mismatches > 0 {
				t.Errorf("afterwards %+v", s)
			}
			l.end()

			l, err = start(t, Options{Dir: dir, Now: at.Add(time.Minute), NextCall: 2001, Log: testLog(t)}, quick)
			if err != nil {
				t.Fatal(err)
			}
			calls(5)
			l.has(n, at)
			l.end()
		})
	}
}

// has waits until the history has so many journeys on a day.
func (l *life) has(n int, day time.Time) {
	l.t.Helper()
	got := 0
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		list, err := l.k.store.Day(l.t.Context(), day)
		if err != nil {
			l.t.Fatal(err)
		}
		if got = len(list); got == n {
			return
		}
	}
	l.t.Fatalf("the history has %d of %d journeys: %+v", got, n, l.k.Status())
}
