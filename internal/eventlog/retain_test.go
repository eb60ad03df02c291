package eventlog

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"callboard/internal/state"
)

// Age and bytes bound the file; what is deleted is deleted from the old end.
func TestRetention(t *testing.T) {
	o := brisk
	o.Keep, o.MaxBytes = time.Hour, 1<<20
	path := journal(t)
	d := mustOpen(t, path, o)
	// Two hours of small entries: the first is too old.
	for i := range 7200 {
		put(t, d, mark(i, noon.Add(time.Duration(i)*time.Second)))
	}
	durable(t, d, 7200)
	if err := d.SaveSnapshot(t.Context(), Snapshot{Seq: 5000, At: noon}); err != nil {
		t.Fatal(err)
	}
	wait(t, "an hour is kept", func() bool { return d.Status().First == 3600 })
	if from, _, err := d.Span(t.Context()); err != nil || !from.Equal(noon.Add(3599*time.Second)) {
		t.Errorf("the journal begins at %v, %v", from, err)
	}
	lost := &LostError{}
	if err := d.Follow(t.Context(), 10, func(Entry) error { t.Error("called"); return nil }); !errors.As(err, &lost) || lost.First != 3600 {
		t.Errorf("following what was deleted: %v", err)
	}
	if got := all(t, d, 0, 3610); len(got) != 11 || got[0].Seq != 3600 {
		t.Errorf("reading over what was deleted gives %d entries", len(got))
	}
	// Three megabytes within the hour: too much.
	big := strings.Repeat("x", 1000)
	for i := range 3000 {
		put(t, d, Entry{At: noon.Add(7200 * time.Second), Fact: state.Oddity{Kind: "x", Sample: fmt.Sprint(i, big)}})
	}
	durable(t, d, 10200)
	wait(t, "the bytes are bounded", func() bool { return d.Status().First > 8000 })
	if _, ok, err := d.SnapshotBefore(t.Context(), 1<<40); ok || err != nil {
		t.Errorf("a snapshot with nothing to go on from is kept: %v", err)
	}
	s := d.Status()
	if s.Bytes > 12<<20 || s.Last != 10200 || s.First > 10000 {
		t.Errorf("after it %+v", s)
	}
	if got := all(t, d, s.First-1, 10200); uint64(len(got)) != 10200-s.First+1 {
		t.Errorf("%d entries from %d to 10200", len(got), s.First)
	}
	// All is too old but the newest, which holds the sequence.
	put(t, d, mark(1, noon.Add(1000*time.Hour)))
	wait(t, "all but the newest is deleted", func() bool {
		first, _, ok, err := d.firstOnDisk(t.Context())
		return ok && err == nil && first == 10201
	})
	_ = d.Close()
	d = mustOpen(t, path, o)
	if next := put(t, d, mark(2, noon.Add(1001*time.Hour))); next != 10202 {
		t.Errorf("the next entry is %d", next)
	}
}

func TestFramesRetention(t *testing.T) {
	o := brisk
	o.FramesBytes, o.FramesKeep = 20<<10, time.Hour
	d := mustOpen(t, journal(t), o)
	rng := rand.New(rand.NewPCG(1, 2))
	body := make([]byte, 1000)
	for i := range 400 {
		for k := range body {
			body[k] = byte(rng.Uint32()) // cannot be compressed
		}
		d.RecordFrame(Frame{At: noon.Add(time.Duration(i) * time.Second), Body: body})
		if i%50 == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
	wait(t, "the recorder's bytes are bounded", func() bool { s := d.Status(); return s.FrameBytes <= 20<<10 && s.Frames-s.FramesLost == 400 })
	put(t, d, mark(1, noon.Add(100*time.Hour)))
	wait(t, "the recorder's age is bounded", func() bool { return d.Status().FrameBytes == 0 })
}

// A long outage takes little memory: what waits is kept as bodies.
func TestMemoryOfAnOutage(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector multiplies memory")
	}
	d := mustOpen(t, journal(t), Options{Commit: 5 * time.Millisecond, Retry: 10 * time.Millisecond})
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	if _, err := d.Writer().Exec("PRAGMA max_page_count=20"); err != nil {
		t.Fatal(err)
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for i := range 1 << 16 {
		put(t, d, typical(i, noon))
	}
	limit := uint64(28 << 20) // 80 bytes and a body of 188 each, in a class of 208 bytes; with facts it is 50 MB
	wait(t, "what waits is small", func() bool { return heap()-before < limit })
	t.Logf("65536 entries wait in %d MB", (heap()-before)>>20)
	if s := d.Status(); s.Queue != 1<<16 || s.Code != "full" {
		t.Errorf("%+v", s)
	}
}
