package eventlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// brisk commits and tries again sooner, and keeps little in memory.
var brisk = Options{Commit: 5 * time.Millisecond, Retry: 10 * time.Millisecond, Ring: 16}

func mustOpen(t testing.TB, path string, o Options) *Disk {
	t.Helper()
	d, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func journal(t testing.TB) string { return filepath.Join(t.TempDir(), "journal.db") }

func put(t testing.TB, d *Disk, e ...Entry) uint64 {
	t.Helper()
	last, err := d.Append(context.Background(), e...)
	if err != nil {
		t.Fatal(err)
	}
	return last
}

// mark is a small entry that can be told from others.
func mark(n int, at time.Time) Entry { return Entry{At: at, Fact: state.Dismissal{Seq: uint64(n)}} }

func durable(t testing.TB, d *Disk, seq uint64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := d.WaitDurable(ctx, seq); err != nil {
		t.Fatalf("entry %d is not on disk: %v; %+v", seq, err, d.Status())
	}
}

// wait waits until something is so.
func wait(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in 20 s not: %s", what)
		}
	}
}

func all(t testing.TB, d *Disk, after, until uint64) (es []Entry) {
	t.Helper()
	if err := d.Read(context.Background(), after, until, func(e Entry) error { es = append(es, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return es
}

func TestRead(t *testing.T) {
	d := mustOpen(t, journal(t), brisk)
	const n = 600
	for i := range n {
		put(t, d, mark(i+1, noon.Add(time.Duration(i)*time.Second)))
		if i == n/2 {
			durable(t, d, n/2)
		}
	}
	for _, c := range []struct{ after, until, first, last uint64 }{
		{0, n, 1, n}, {0, 1 << 40, 1, n}, {0, 1, 1, 1}, {255, 257, 256, 257}, {290, 310, 291, 310}, {n - 1, n, n, n}, {n, n + 5, 0, 0}, {20, 20, 0, 0}, {9, 3, 0, 0},
	} {
		got := all(t, d, c.after, c.until)
		if c.first == 0 {
			if len(got) != 0 {
				t.Errorf("after %d until %d: %d entries, want none", c.after, c.until, len(got))
			}
			continue
		}
		if uint64(len(got)) != c.last-c.first+1 {
			t.Fatalf("after %d until %d: %d entries, want %d to %d", c.after, c.until, len(got), c.first, c.last)
		}
		for i, e := range got {
			if want := c.first + uint64(i); e.Seq != want || e.Fact.(state.Dismissal).Seq != want {
				t.Fatalf("after %d until %d: entry %d is %+v", c.after, c.until, want, e)
			}
		}
	}
	if err := d.Read(t.Context(), 0, n, func(e Entry) error { return os.ErrInvalid }); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("the error of who reads is lost: %v", err)
	}
}

// SeqAt is held against a search through everything, with a clock that is set
// back and forth, in memory and on disk.
func TestSeqAt(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	rng := rand.New(rand.NewPCG(1, 2))
	at := noon
	var entries []Entry
	for i := range 400 {
		switch step := rng.IntN(20); {
		case step == 0:
			at = at.Add(-time.Duration(rng.IntN(3600)) * time.Second)
		case step == 1:
			at = at.Add(time.Duration(rng.IntN(3600)) * time.Second)
		default:
			at = at.Add(time.Duration(rng.IntN(3)) * time.Second)
		}
		entries = append(entries, mark(i, at))
	}
	last := put(t, d, entries...)
	check := func(when string) {
		t.Helper()
		before := uint64(0)
		step := 7
		if raceDetector || testing.Short() {
			step = 211
		}
		for s := -10; s < 40000; s += step {
			ask := noon.Add(time.Duration(s) * time.Second)
			want, mono := uint64(0), time.Time{}
			for i, e := range entries {
				if e.At.After(mono) {
					mono = e.At
				}
				if !mono.After(ask) {
					want = uint64(i + 1)
				}
			}
			got, ok, err := d.SeqAt(t.Context(), ask)
			if err != nil || ok != (want > 0) || got != want {
				t.Fatalf("%s: at %v is %d %v, %v; want %d", when, ask, got, ok, err, want)
			}
			if got < before {
				t.Fatalf("%s: a later time gives an earlier entry", when)
			}
			before = got
		}
	}
	check("in memory and on disk")
	durable(t, d, last)
	if from, to, err := d.Span(t.Context()); err != nil || !from.Equal(noon.Add(entries[0].At.Sub(noon))) || to.Before(from) {
		t.Errorf("span is %v to %v, %v", from, to, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = mustOpen(t, path, brisk)
	check("opened again")
	got := all(t, d, 0, last)
	for i, e := range got {
		if !e.At.Equal(entries[i].At) || e.Seq != uint64(i+1) {
			t.Fatalf("entry %d has the time %v, want %v", e.Seq, e.At, entries[i].At)
		}
	}
	if next := put(t, d, mark(1, noon.Add(-time.Hour))); next != last+1 {
		t.Errorf("after reopening under a clock set back the next entry is %d", next)
	}
	if seq, _, err := d.SeqAt(t.Context(), noon.Add(100*time.Hour)); err != nil || seq != last+1 {
		t.Errorf("the last of all is %d, %v", seq, err)
	}
}

func TestSnapshots(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	image := func(i int) []byte {
		return append(bytes.Repeat([]byte("image of a board "), 2000), fmt.Sprint(i)...)
	}
	if _, ok, err := d.SnapshotBefore(t.Context(), 1<<40); ok || err != nil {
		t.Errorf("an empty journal has a snapshot: %v %v", ok, err)
	}
	// One a minute for five hours.
	for i := range 300 {
		seq := put(t, d, mark(i, noon.Add(time.Duration(i)*time.Minute)))
		if err := d.SaveSnapshot(t.Context(), Snapshot{Seq: seq, At: noon.Add(time.Duration(i) * time.Minute), Image: image(i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, seq := range []uint64{300, 299, 250, 241, 1} {
		s, ok, err := d.SnapshotBefore(t.Context(), seq)
		if err != nil || !ok || s.Seq != seq || !s.At.Equal(noon.Add(time.Duration(seq-1)*time.Minute)) || !bytes.Equal(s.Image, image(int(seq-1))) {
			t.Errorf("before %d stands the snapshot %d of %v, %v", seq, s.Seq, s.At, err)
		}
	}
	// Before the last hour one in a quarter of an hour: an image is never
	// further away than that.
	for seq := uint64(1); seq <= 300; seq++ {
		if s, ok, err := d.SnapshotBefore(t.Context(), seq); err != nil || !ok || seq-s.Seq > 15 {
			t.Fatalf("before %d the nearest snapshot is %d, %v %v", seq, s.Seq, ok, err)
		}
	}
	if n := d.Status().Snapshots; n != 60+1+16 {
		t.Errorf("%d snapshots are kept, want 61 of the last hour and 16 of the four before", n)
	}
	list, err := d.Snapshots(t.Context())
	if err != nil || len(list) != 77 || list[0].Seq != 1 || list[76].Seq != 300 || !list[76].At.Equal(noon.Add(299*time.Minute)) {
		t.Errorf("the list of snapshots has %d, %v", len(list), err)
	}
	// A spoilt one is passed over.
	if _, err := d.Writer().Exec("UPDATE snapshot SET image=x'0102030405' WHERE seq=300"); err != nil {
		t.Fatal(err)
	}
	if s, ok, err := d.SnapshotBefore(t.Context(), 300); err != nil || !ok || s.Seq != 299 || d.Status().Unreadable == 0 {
		t.Errorf("with the newest spoilt it is %d, %v %v, %d unreadable", s.Seq, ok, err, d.Status().Unreadable)
	}
	// It never knows more than the journal that follows it.
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := d.SaveSnapshot(ctx, Snapshot{Seq: 4711, At: noon}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a snapshot of an entry that is not on disk: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = mustOpen(t, path, brisk)
	if s, ok, err := d.SnapshotBefore(t.Context(), 1<<62); err != nil || !ok || s.Seq != 299 || d.Status().Snapshots != 77 {
		t.Errorf("opened again the newest is %d, %v %v", s.Seq, ok, err)
	}
}

func TestFrames(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	text := func(i int) string {
		return fmt.Sprintf(`{"notificationType":"newCallEvent","object":{"callId":"SIP/trunk1-%08x","number":"+3120555%04d"}}`, i, i)
	}
	record := func(from, to int) {
		for i := from; i < to; i++ {
			d.RecordFrame(Frame{At: noon.Add(time.Duration(i) * time.Second), Kind: "newCallEvent", Body: []byte(text(i))})
			if i%500 == 0 { // not all at once: nobody can
				time.Sleep(10 * time.Millisecond)
			}
		}
	}
	check := func(from, to int) {
		t.Helper()
		next := from
		if err := d.Frames(t.Context(), noon.Add(time.Duration(from)*time.Second), noon.Add(time.Duration(to-1)*time.Second), func(f Frame) error {
			if string(f.Body) != text(next) || f.Kind != "newCallEvent" || !f.At.Equal(noon.Add(time.Duration(next)*time.Second)) {
				t.Fatalf("frame %d is %s %q of %v", next, f.Kind, f.Body, f.At)
			}
			next++
			return nil
		}); err != nil || next != to {
			t.Fatalf("frames from %d to %d end at %d: %v", from, to, next, err)
		}
	}
	check(0, 0)
	record(0, 5000)
	check(0, 5000)
	check(1234, 4321)
	wait(t, "blocks on disk", func() bool { return d.Status().FrameBytes > 0 })
	if s := d.Status(); s.Frames != 5000 || s.FramesLost != 0 || s.FrameBytes > 5000*100/3 {
		t.Errorf("%d frames, %d lost, %d bytes on disk", s.Frames, s.FramesLost, s.FrameBytes)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = mustOpen(t, path, brisk)
	check(0, 5000)
	record(5000, 5100)
	check(4900, 5100)
	d.RecordFrame(Frame{At: noon, Body: make([]byte, mostBody+1)})
	if s := d.Status(); s.FramesLost != 1 {
		t.Errorf("a giant frame is not counted as lost: %+v", s)
	}
	if err := d.Frames(t.Context(), noon, noon.Add(time.Hour), func(Frame) error { return os.ErrInvalid }); !errors.Is(err, os.ErrInvalid) {
		t.Errorf("the error of who reads is lost: %v", err)
	}
}

// What is erased is nowhere in the files any more.
func TestScrub(t *testing.T) {
	path := journal(t)
	d := mustOpen(t, path, brisk)
	const secret, other = "+31205559999", "+31205550000"
	number := func(i int) string {
		if i%7 == 3 {
			return secret
		}
		return other
	}
	const n = 800
	for i := range n {
		put(t, d, Entry{At: noon.Add(time.Duration(i) * time.Second), Fact: state.Event{Type: state.NewCall, CallID: fmt.Sprint(i), Caller: state.Party{Number: number(i)}}})
		d.RecordFrame(Frame{At: noon.Add(time.Duration(i) * time.Second), Kind: "x", Body: []byte(number(i))})
		if i == n/2 {
			durable(t, d, n/2)
		}
	}
	durable(t, d, n/2)
	for i := range 3 {
		if err := d.SaveSnapshot(t.Context(), Snapshot{Seq: uint64(100 + i), At: noon, Image: fmt.Append(nil, "image ", i, secret)}); err != nil {
			t.Fatal(err)
		}
	}
	changed, err := d.Scrub(t.Context(), func(f state.Fact) (state.Fact, bool) {
		e, ok := f.(state.Event)
		if !ok || e.Caller.Number != secret {
			return f, false
		}
		e.Caller.Number = ""
		return e, true
	})
	if err != nil || changed != n/7 {
		t.Errorf("%d entries changed, %v; want %d", changed, err, n/7)
	}
	snaps, err := d.ScrubSnapshots(t.Context(), func(s Snapshot) ([]byte, bool, error) {
		switch s.Seq {
		case 100:
			return s.Image, false, nil
		case 101:
			return []byte("clean"), true, nil
		}
		return nil, false, os.ErrInvalid
	})
	if err != nil || snaps != 2 {
		t.Errorf("%d snapshots changed or deleted, %v; want 2", snaps, err)
	}
	if s, ok, err := d.SnapshotBefore(t.Context(), n); err != nil || !ok || string(s.Image) != "clean" {
		t.Errorf("the newest image is %q, %v %v", s.Image, ok, err)
	}
	if _, err := d.Writer().Exec("DELETE FROM snapshot WHERE seq=100"); err != nil { // it was to keep the number
		t.Fatal(err)
	}
	got := all(t, d, 0, n)
	if len(got) != n {
		t.Fatalf("%d entries are left of %d", len(got), n)
	}
	for i, e := range got {
		want := number(i)
		if want == secret {
			want = ""
		}
		if ev, ok := e.Fact.(state.Event); !ok || ev.Caller.Number != want || ev.CallID != fmt.Sprint(i) {
			t.Fatalf("entry %d is %+v, want the number %q", e.Seq, e.Fact, want)
		}
	}
	if err := d.Frames(t.Context(), noon, noon.Add(time.Hour), func(f Frame) error { return fmt.Errorf("a frame is left") }); err != nil {
		t.Error(err)
	}
	durable(t, d, n)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(path + "*")
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(secret)) {
			t.Errorf("the erased number still stands in %s", filepath.Base(f))
		}
		if f == path && !bytes.Contains(content, []byte(other)) {
			t.Error("the other number is not in the file either: this test would prove nothing")
		}
	}
}

// A journal of a newer build is refused, and stays.
func TestNewer(t *testing.T) {
	path := journal(t)
	wider := schema
	wider.Migrations = append(append([]string{}, schema.Migrations...), "CREATE TABLE more(x)")
	f, err := sqlitefile.Open(path, wider, sqlitefile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	if _, err := Open(path, brisk); err == nil {
		t.Error("opened")
	} else if _, ok := errors.AsType[*sqlitefile.NewerError](err); !ok {
		t.Errorf("refused with %v", err)
	}
}

// An entry of a kind that a newer build wrote is left out, one that is spoilt
// becomes an oddity; neither stops anybody, and no sequence is lost.
func TestStrangeEntries(t *testing.T) {
	d := mustOpen(t, journal(t), brisk)
	for i := range 60 {
		put(t, d, mark(i, noon.Add(time.Duration(i)*time.Second)))
	}
	durable(t, d, 60)
	strange := []byte{99, 0xa0}
	strange = append(strange, 0, 0, 0, 0)
	n := sum(7, noon.Add(6*time.Second).UnixNano(), 0, "", strange[:2])
	strange[2], strange[3], strange[4], strange[5] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	if _, err := d.Writer().Exec("UPDATE journal SET body=? WHERE seq=7", strange); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Writer().Exec("UPDATE journal SET at=at+1 WHERE seq=9"); err != nil {
		t.Fatal(err)
	}
	var got []Entry
	enough := errors.New("enough")
	if err := d.Follow(t.Context(), 0, func(e Entry) error {
		if got = append(got, e); e.Seq == 60 {
			return enough
		}
		return nil
	}); !errors.Is(err, enough) {
		t.Fatal(err)
	}
	if len(got) != 59 || got[5].Seq != 6 || got[6].Seq != 8 {
		t.Errorf("%d entries, %d after %d; want 59, without the 7th", len(got), got[6].Seq, got[5].Seq)
	}
	if diff := cmp.Diff(state.Fact(state.Oddity{Kind: UnreadableEntry}), got[7].Fact); got[7].Seq != 9 || diff != "" {
		t.Errorf("the spoilt entry is %+v", got[7])
	}
	if s := d.Status(); s.Unknown != 1 || s.Unreadable != 1 {
		t.Errorf("%d unknown, %d unreadable; want 1 and 1", s.Unknown, s.Unreadable)
	}
	if seq, ok, err := d.SeqAt(t.Context(), noon.Add(8*time.Second)); err != nil || !ok || seq != 8 {
		t.Errorf("a time is found by the spoilt entry: %d %v %v", seq, ok, err)
	}
}
