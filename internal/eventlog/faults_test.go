package eventlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// The full disk is played by a bound on the file's pages where a real one
// (loop_test.go) cannot be made. The live side notices nothing, what waits is
// counted, and all is there in order afterwards.
func TestFull(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	if _, err := d.Writer().Exec("PRAGMA max_page_count=20"); err != nil {
		t.Fatal(err)
	}
	outage(t, d, "full", "the disk is full", func() {
		if _, err := d.Writer().Exec("PRAGMA max_page_count=1000000"); err != nil {
			t.Fatal(err)
		}
	})
	_ = d.Close()
	inOrder(t, mustOpen(t, path, brisk), 2001)
}

func TestReadOnly(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	if _, err := d.Writer().Exec("PRAGMA query_only=1"); err != nil {
		t.Fatal(err)
	}
	// A new descriptor is tried too, after twenty tries in vain, and this
	// fault does not outlive it.
	outage(t, d, "read-only", "the disk or folder is read-only", func() {
		_, _ = d.Writer().Exec("PRAGMA query_only=0")
	})
	_ = d.Close()
	inOrder(t, mustOpen(t, path, brisk), 2001)
}

// outage appends 2,000 entries to a Disk of which one is durable and that will
// take nothing until end is called.
func outage(t *testing.T, d *Disk, code, why string, end func()) {
	t.Helper()
	followed := make(chan uint64, 1)
	go func() {
		var last uint64
		_ = d.Follow(context.Background(), 0, func(e Entry) error {
			if last = e.Seq; last == 2001 {
				return io.EOF
			}
			return nil
		})
		followed <- last
	}()
	began := time.Now()
	var slowest time.Duration
	for i := 2; i <= 2001; i++ {
		one := time.Now()
		put(t, d, Entry{At: noon.Add(time.Duration(i) * time.Second), Fact: state.Dismissal{Seq: uint64(i)}})
		slowest = max(slowest, time.Since(one))
	}
	t.Logf("2000 entries appended in %v, the slowest in %v", time.Since(began), slowest)
	wait(t, "paused", func() bool { return !d.Status().Paused.IsZero() })
	if last := <-followed; last != 2001 {
		t.Errorf("a follower came to %d of 2001 while the disk took nothing", last)
	}
	s := d.Status()
	if s.Code != code || s.Why != why || s.Pauses != 1 || s.Queue == 0 || s.Paused.Before(began) {
		t.Errorf("paused as %+v, want %q", s, code)
	}
	end()
	durable(t, d, 2001)
	if s := d.Status(); !s.Paused.IsZero() || s.Code != "" || s.Queue != 0 || s.GivenUp != 0 || s.Pauses != 1 || s.Tries == 0 {
		t.Errorf("afterwards %+v", s)
	}
	inOrder(t, d, 2001)
}

// inOrder checks that all marks up to n are there.
func inOrder(t *testing.T, d *Disk, n int) {
	t.Helper()
	got := all(t, d, 0, uint64(n))
	if len(got) != n {
		t.Fatalf("%d entries of %d", len(got), n)
	}
	for i, e := range got {
		if e.Seq != uint64(i+1) || e.Fact.(state.Dismissal).Seq != e.Seq {
			t.Fatalf("entry %d is %+v", i+1, e)
		}
	}
}

// Beyond the bound the oldest are given up: a hole, which is written down and
// which no follower passes unawares.
func TestQueueBound(t *testing.T) {
	o := brisk
	o.Queue = 1000
	path := journal(t)
	d := mustOpen(t, path, o)
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	if _, err := d.Writer().Exec("PRAGMA query_only=1"); err != nil {
		t.Fatal(err)
	}
	at := func(i int) time.Time { return noon.Add(time.Duration(i) * time.Second) }
	for i := 2; i <= 5001; i++ {
		put(t, d, mark(i, at(i)))
		if i%1000 == 0 { // tries fail in between
			time.Sleep(15 * time.Millisecond)
		}
	}
	s := d.Status()
	if s.Queue != 1000 || s.GivenUp != 4000 || s.Last != 5001 || s.Durable != 1 {
		t.Errorf("with the queue full: %+v", s)
	}
	if _, err := d.Writer().Exec("PRAGMA query_only=0"); err != nil {
		t.Logf("opened anew meanwhile: %v", err)
	}
	durable(t, d, 5001)
	check := func(d *Disk) {
		t.Helper()
		holes, err := d.Holes(t.Context())
		if err != nil || len(holes) == 0 {
			t.Fatalf("holes: %v, %v", holes, err)
		}
		givenUp, next := 0, uint64(2)
		for _, h := range holes {
			if h.First != next {
				t.Errorf("a hole begins at %d, want %d: %+v", h.First, next, holes)
			}
			next = h.Last + 1
			givenUp += h.GivenUp
		}
		if givenUp != 4000 || next != 4002 || !holes[0].From.Equal(at(2)) || !holes[len(holes)-1].To.Equal(at(4001)) {
			t.Errorf("holes are %+v", holes)
		}
		got := all(t, d, 0, 5001)
		if len(got) != 1001 || got[0].Seq != 1 || got[1].Seq != 4002 || got[1000].Fact.(state.Dismissal).Seq != 5001 {
			t.Errorf("%d entries are left", len(got))
		}
		var told []uint64
		err = d.Follow(t.Context(), 0, func(e Entry) error { told = append(told, e.Seq); return nil })
		if lost, ok := errors.AsType[*LostError](err); !ok || lost.After != 1 || lost.First != 4002 || len(told) != 1 {
			t.Errorf("a follower meets the hole with %v after %v", err, told)
		}
	}
	check(d)
	_ = d.Close()
	check(mustOpen(t, path, o))
}

// Closing ends within three seconds, also while another process holds the file:
// no shutdown waits for a disk.
func TestCloseWhileHeld(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	f, err := sqlitefile.Open(path, schema, sqlitefile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := f.Write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	put(t, d, mark(2, noon))
	time.Sleep(50 * time.Millisecond) // the writer waits for the lock
	began := time.Now()
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("closing took %v", took)
	}
	_ = tx.Rollback()
	_ = f.Close()
	inOrder(t, mustOpen(t, path, brisk), 1)
}

// A file that proves damaged while it is in use gives way to a new one: same
// epoch, the sequence goes on, and what memory has is in it.
func TestDamagedInUse(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	for i := 1; i <= 3000; i++ {
		put(t, d, mark(i, noon.Add(time.Duration(i)*time.Second)))
	}
	durable(t, d, 3000)
	epoch := d.Status().Epoch
	if _, err := d.Writer().Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, _ := f.Stat()
	junk := make([]byte, info.Size()-4096)
	for i := range junk {
		junk[i] = 0xa5
	}
	if _, err := f.WriteAt(junk, 4096); err != nil {
		t.Fatal(err)
	}
	// Not closed before the Disk is: closing would drop SQLite's locks.
	t.Cleanup(func() { _ = f.Close() })
	for i := 3001; i <= 3100; i++ {
		put(t, d, mark(i, noon.Add(time.Duration(i)*time.Second)))
	}
	_ = d.Read(t.Context(), 0, 5, func(Entry) error { return nil }) // whoever meets it first
	wait(t, "another file", func() bool { return d.Status().Renewed == 1 })
	durable(t, d, 3100)
	s := d.Status()
	// SQLite may have taken a few into the file whose damage it had not met.
	if s.Epoch != epoch || s.Last != 3100 || s.First == 0 || s.First > 3101-uint64(brisk.Ring) || !s.Paused.IsZero() {
		t.Errorf("after it %+v, want the epoch %s and all that memory had", s, epoch)
	}
	if _, err := os.Stat(s.File.Broken); err != nil || s.File.Why == "" {
		t.Errorf("kept aside: %v, said: %+v", err, s.File)
	}
	for i, e := range all(t, d, s.First-1, 3100) {
		if want := s.First + uint64(i); e.Seq != want || e.Fact.(state.Dismissal).Seq != want {
			t.Fatalf("entry %d is %+v", want, e)
		}
	}
	_ = d.Close()
	d = mustOpen(t, path, brisk)
	if s := d.Status(); s.Epoch != epoch || s.Last != 3100 {
		t.Errorf("opened again %+v", s)
	}
}

// Somebody deletes the file under the running program: it is noticed, and a
// new one goes on.
func TestRemovedInUse(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	for _, p := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(p); err != nil {
			t.Fatal(err)
		}
	}
	wait(t, "the loss is noticed", func() bool { return d.Status().Renewed == 1 })
	last := put(t, d, mark(2, noon))
	durable(t, d, last)
	_ = d.Close()
	inOrder(t, mustOpen(t, path, brisk), 2)
}

// A program that begins while the disk takes nothing goes on without it, and
// takes the file in later, behind all that it holds.
func TestBeginsPaused(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write what nobody may: loop_test.go does it with a mount")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.db")
	d := mustOpen(t, path, brisk)
	put(t, d, mark(1, noon))
	_ = d.Close()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	beginsPaused(t, path, "read-only", func() { _ = os.Chmod(dir, 0o700) })
}

// beginsPaused opens a journal of one entry whose disk takes nothing until end.
func beginsPaused(t *testing.T, path, code string, end func()) {
	t.Helper()
	began := time.Now()
	d := mustOpen(t, path, brisk)
	if took := time.Since(began); took > time.Second {
		t.Errorf("beginning took %v", took)
	}
	if s := d.Status(); s.Paused.IsZero() || s.Code != code || s.Epoch != "" {
		t.Fatalf("begun as %+v", s)
	}
	first := put(t, d, mark(2, noon))
	put(t, d, mark(3, noon))
	if got := all(t, d, first-1, first+1); len(got) != 2 {
		t.Errorf("%d entries can be read", len(got))
	}
	err := d.Follow(t.Context(), 0, func(Entry) error { return nil })
	if lost, ok := errors.AsType[*LostError](err); !ok || lost.First != first {
		t.Errorf("following from the start: %v, want a LostError that names %d", err, first)
	}
	end()
	durable(t, d, first+1)
	s := d.Status()
	if s.Epoch == "" || !s.Paused.IsZero() || s.First != 1 {
		t.Errorf("afterwards %+v", s)
	}
	got := all(t, d, 0, first+1)
	if len(got) != 3 || got[0].Seq != 1 || got[1].Seq != first {
		t.Errorf("the file holds %+v", got)
	}
	holes, err := d.Holes(t.Context())
	if err != nil || len(holes) != 1 || holes[0].First != 2 || holes[0].Last != first-1 || holes[0].GivenUp != 0 {
		t.Errorf("holes are %+v, %v", holes, err)
	}
	_ = d.Close()
	d = mustOpen(t, path, brisk)
	if next := put(t, d, mark(4, noon)); next != first+2 {
		t.Errorf("the next process goes on with %d, want %d", next, first+2)
	}
}

// TestEveryByte changes the bytes of a journal in turn: each of the header's
// page that is not zero, and elsewhere a stride that is prime, 97 bytes (601 in
// -short and under the race detector, and only the header itself whole). Every time the journal opens and goes on, and no entry is told
// otherwise than it was: it is as it was, or an UnreadableEntry, or it is
// missing and the file was put aside or begun anew.
func TestEveryByte(t *testing.T) {
	dir := quickDir(t)
	whole := filepath.Join(dir, "whole.db")
	d := mustOpen(t, whole, Options{})
	const n = 100
	want := map[uint64]Entry{}
	for i := 1; i <= n; i++ {
		e := typical(i, noon.Add(time.Duration(i)*time.Second))
		e.Seq = put(t, d, e)
		want[e.Seq] = e
		d.RecordFrame(Frame{At: e.At, Body: []byte("frame")})
	}
	if err := d.SaveSnapshot(t.Context(), Snapshot{Seq: 50, At: noon, Image: fmt.Append(nil, "an image ", time.Now())}); err != nil {
		t.Fatal(err)
	}
	_ = d.Close()
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	stride := 97
	sample := testing.Short() || raceDetector
	if sample {
		stride = 601
	}
	var same, spoilt, anew int
	path := filepath.Join(dir, "journal.db")
	for at := range good {
		if (at >= 4096 || at >= 100 && (sample || good[at] == 0)) && at%stride != 0 {
			continue
		}
		bad := append([]byte(nil), good...)
		bad[at] ^= 0xff
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(path, Options{})
		if err != nil {
			t.Fatalf("byte %d changed: %v", at, err)
		}
		found := map[uint64]bool{}
		err = d.Read(t.Context(), 0, 1<<40, func(e Entry) error {
			w := want[e.Seq]
			switch odd, ok := e.Fact.(state.Oddity); {
			case ok && odd.Kind == UnreadableEntry:
				spoilt++
			case w.Fact == nil || e.Fact != w.Fact || !e.At.Equal(w.At):
				t.Errorf("byte %d changed: entry %d is told as %+v", at, e.Seq, e)
			}
			found[e.Seq] = true
			return nil
		})
		report := d.Status().File
		switch {
		case err != nil:
			t.Errorf("byte %d changed: %v", at, err)
		case report.Broken != "":
			anew++
			if len(found) != 0 {
				t.Errorf("byte %d changed: begun anew with %d entries", at, len(found))
			}
			if kept, err := os.ReadFile(report.Broken); err != nil || string(kept) != string(bad) {
				t.Errorf("byte %d changed: the broken file is not kept as it was: %v", at, err)
			}
		case len(found) != n && d.Status().Unreadable == 0:
			t.Errorf("byte %d changed: %d of %d entries, and not a word of it", at, len(found), n)
		default:
			same++
		}
		_, _, _ = d.SnapshotBefore(t.Context(), n)
		_ = d.Frames(t.Context(), noon, noon.Add(time.Hour), func(Frame) error { return nil })
		last := put(t, d, mark(1, noon.Add(time.Hour)))
		if err := d.Close(); err != nil {
			t.Errorf("byte %d changed: closing: %v", at, err)
		}
		if at%97 == 0 {
			d := mustOpen(t, path, Options{})
			if s := d.Status(); s.Last != last {
				t.Errorf("byte %d changed: what was appended then is lost: %+v", at, s)
			}
			_ = d.Close()
		}
		for _, p := range []string{path, path + "-wal", path + "-shm"} {
			_ = os.Remove(p)
		}
	}
	t.Logf("of %d bytes: %d times as it was or with %d entries spoilt, %d times begun anew", len(good), same, spoilt, anew)
	if same == 0 || spoilt == 0 || anew == 0 {
		t.Error("one of the outcomes never came: this test would prove little")
	}
}

// quickDir is a folder in memory where there is one.
func quickDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "eventlog-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
