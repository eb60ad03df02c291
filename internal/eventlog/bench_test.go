package eventlog

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/state"
)

// typical is an event as full as a PBX makes them: 718 bytes as JSON.
func typical(i int, at time.Time) Entry {
	return Entry{At: at, Fact: state.Event{
		Type: state.EventTypes[i%5], CallID: fmt.Sprintf("SIP/trunk1-%08x", i), Date: at.Truncate(time.Second), Initiation: "external", Duration: -1,
		Caller: state.Party{FlowID: fmt.Sprintf("2026-11-22-10:00:00-%08x", 2*i), Number: fmt.Sprintf("+3120555%04d", i%10000), Addressable: "70123456", CallLog: fmt.Sprint(9000000 + i)},
		Callee: state.Party{FlowID: fmt.Sprintf("2026-11-22-10:00:00-%08x", 2*i+1), User: "501234", UserAddressable: "60123456", Number: "201", CallLog: fmt.Sprint(9100000 + i)},
		Line:   "160123",
	}}
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestSizeOfAnEvent: a body of a usual event is at most 220 bytes.
func TestSizeOfAnEvent(t *testing.T) {
	sum := 0
	for i := range 100 {
		sum += len(body(t, typical(i, noon).Fact)) + 4
	}
	t.Logf("%d bytes", sum/100)
	if sum/100 > 220 {
		t.Errorf("a usual event takes %d bytes, want at most 220", sum/100)
	}
}

// BenchmarkAppend is what the live path pays, in a burst without end while the
// writer works. max-µs is the longest of all, which is the scheduler's on a
// busy machine.
func BenchmarkAppend(b *testing.B) {
	d, err := Open(filepath.Join(b.TempDir(), "journal.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	e := typical(1, noon)
	b.ReportAllocs()
	var worst time.Duration
	slow := 0
	for b.Loop() {
		began := time.Now()
		if _, err := d.Append(b.Context(), e); err != nil {
			b.Fatal(err)
		}
		if took := time.Since(began); took > 10*time.Microsecond {
			slow++
			worst = max(worst, took)
		}
	}
	b.ReportMetric(float64(worst.Microseconds()), "max-µs")
	b.ReportMetric(float64(slow)/float64(b.N)*1e6, "over10µs/million")
}

// BenchmarkWrite is the whole way of an entry, disk included.
func BenchmarkWrite(b *testing.B) {
	d, err := Open(filepath.Join(b.TempDir(), "journal.db"), Options{Commit: time.Millisecond})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	b.ReportAllocs()
	i, last := 0, uint64(0)
	for b.Loop() {
		i++
		if last, err = d.Append(b.Context(), typical(i, noon.Add(time.Duration(i)*time.Millisecond))); err != nil {
			b.Fatal(err)
		}
		if i%4096 == 0 {
			if err := d.WaitDurable(b.Context(), last); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := d.WaitDurable(b.Context(), last); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRead is one entry of a replay.
func BenchmarkRead(b *testing.B) {
	const n = 20000
	d, err := Open(filepath.Join(b.TempDir(), "journal.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for i := range n {
		if _, err := d.Append(b.Context(), typical(i, noon.Add(time.Duration(i)*time.Millisecond))); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.WaitDurable(b.Context(), n); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := d.Read(b.Context(), 0, n, func(Entry) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/entry")
}

// BenchmarkSeqAt jumps about in a journal of a hundred thousand entries.
func BenchmarkSeqAt(b *testing.B) {
	const n = 100000
	d, err := Open(filepath.Join(b.TempDir(), "journal.db"), Options{Queue: n})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for i := range n {
		if _, err := d.Append(b.Context(), typical(i, noon.Add(time.Duration(i)*time.Second))); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.WaitDurable(b.Context(), n); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if seq, ok, err := d.SeqAt(b.Context(), noon.Add(time.Duration(i*7919%n)*time.Second)); err != nil || !ok || seq != uint64(i*7919%n+1) {
			b.Fatal(seq, ok, err)
		}
	}
}

// TestAppendIsCheap: the live path pays at most 10 µs for an entry in the mean
// of a burst, while the writer is at work on it.
func TestAppendIsCheap(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector says nothing of time")
	}
	d := mustOpen(t, journal(t), Options{Commit: time.Millisecond})
	const n = 50000
	e := typical(1, noon)
	began := time.Now()
	for range n {
		put(t, d, e)
	}
	each := time.Since(began) / n
	t.Logf("%v an entry", each)
	if each > 10*time.Microsecond {
		t.Errorf("appending takes %v, want at most 10 µs", each)
	}
	if allocs := testing.AllocsPerRun(1000, func() { put(t, d, e) }); allocs > 30 { // the writer's are counted too
		t.Errorf("appending allocates %v times", allocs)
	}
}
