package travel_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/state"
	"callboard/internal/travel"
)

// BenchmarkJump measures the way to any second of a day with five events a
// second, with a kept picture every quarter of an hour, as older ones are. It
// reports the middle and the slowest of all jumps in milliseconds.
func BenchmarkJump(b *testing.B) {
	disk, from, to := busyDay(b, 12*time.Hour, 5)
	engine := travel.New(disk, travel.Config{Now: func() time.Time { return to }})
	defer engine.Close()
	random := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	b.ResetTimer()
	for b.Loop() {
		at := from.Add(time.Duration(random.Int64N(int64(to.Sub(from))))).Truncate(time.Second).Add(time.Second)
		began := time.Now()
		rec, err := engine.Board(context.Background(), at)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		if rec.Board.Len() == 0 || rec.Differ > 0 {
			b.Fatalf("%d calls at %s, %d codes differ", rec.Board.Len(), at, rec.Differ)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}

// busyDay fills a journal with calls that ring for 15 s and talk for two
// minutes, and with what a live board notes besides.
func busyDay(b *testing.B, length time.Duration, perSecond float64) (disk *eventlog.Disk, from, to time.Time) {
	b.Helper()
	ctx := context.Background()
	disk, err := eventlog.Open(filepath.Join(b.TempDir(), "journal.db"), eventlog.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { disk.Close() })
	board := state.New(state.Config{})
	from = time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	var last uint64
	tell := func(at time.Time, fact state.Fact) {
		board.Advance(at)
		if _, ok := fact.(state.Tick); ok {
			fact = state.Tick{Code: board.Code()}
		}
		if last, err = disk.Append(ctx, eventlog.Entry{At: at, Fact: fact}); err != nil {
			b.Fatal(err)
		}
		board.Apply(state.Input{At: at, Fact: fact})
	}
	event := func(n int, kind state.EventType) state.Event {
		return state.Event{Type: kind, CallID: fmt.Sprintf("SIP/trunk-%08x", n), Line: fmt.Sprint(1600 + n%8), Duration: -1,
			Caller: state.Party{FlowID: fmt.Sprintf("c%d", n), Number: fmt.Sprintf("+3120%07d", n*7919%10000000)},
			Callee: state.Party{FlowID: fmt.Sprintf("a%d", n), User: fmt.Sprint(5000 + n%400), Number: fmt.Sprint(200 + n%400)}}
	}
	tell(from, state.Link{State: state.LinkUp})
	tell(from, state.Snapshot{RequestedAt: from})
	step := time.Duration(3 * float64(time.Second) / perSecond) // a call is three events
	ring, talk := 15*time.Second, 2*time.Minute
	kept, ticked := time.Time{}, from
	for n := 0; ; n++ {
		at := from.Add(time.Duration(n) * step)
		if at.Sub(from) > length {
			return disk, from, at
		}
		for ; !ticked.After(at); ticked = ticked.Add(10 * time.Second) {
			tell(ticked, state.Proof{RoundTrip: time.Millisecond})
			tell(ticked, state.Tick{})
		}
		tell(at, event(n, state.NewCall))
		if m := n - int(ring/step); m >= 0 {
			tell(at, event(m, state.Connected))
		}
		if m := n - int((ring+talk)/step); m >= 0 {
			tell(at, event(m, state.HungUp))
		}
		if at.Sub(kept) >= 15*time.Minute {
			kept = at
			image, err := board.Image()
			if err != nil {
				b.Fatal(err)
			}
			if err := disk.SaveSnapshot(ctx, eventlog.Snapshot{Seq: last, At: board.Now(), Image: image}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
