package hub

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// The line of the week before comes without anybody waiting for it, also where
// its disk takes long; a disk that fails leaves the chart as it is, and is asked
// again after a minute.
func TestTheWeekBeforeIsNeverWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const slow = 3 * time.Second
		asked, fails := []time.Time{}, true
		h := New(Options{Past: func(_ context.Context, day time.Time, lines, users []string) (PastHours, error) {
			asked = append(asked, day)
			time.Sleep(slow)
			if fails {
				return PastHours{}, errors.New("the disk is away")
			}
			return PastHours{Counts: [24]int{0: 6}, Known: true}, nil
		}})
		ctx, stop := context.WithCancel(t.Context())
		ran := make(chan error, 1)
		go func() { ran <- h.Run(ctx) }()
		now := func(f state.Fact) { h.Apply(state.Input{At: time.Now(), Fact: f}) }
		now(state.Link{State: state.LinkUp})
		now(state.Snapshot{RequestedAt: time.Now()})
		now(state.Event{Type: state.NewCall, CallID: "c1", Date: time.Now(), Duration: -1, Line: "1601",
			Caller: state.Party{FlowID: "f1", Number: "+31205550101"}, Callee: state.Party{FlowID: "f2", Number: "201", User: "501"}})
		path := func() string {
			t.Helper()
			began := time.Now()
			p, err := h.Picture(t.Context(), Query{Page: PageBoard})
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took > 0 {
				t.Errorf("the board waited %v for the week before", took)
			}
			return p.Board.Side.Hours.Path
		}
		v, err := h.Join(Query{Page: PageBoard}, "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		settle := func(d time.Duration) { time.Sleep(d); now(state.Proof{}); synctest.Wait() }
		if got := path(); got != "" {
			t.Errorf("a line before anything was read: %q", got)
		}
		settle(slow + time.Second)
		if got := path(); got != "" || len(asked) != 1 {
			t.Errorf("after a failure the line is %q, asked %d times", got, len(asked))
		}
		fails = false
		for range 13 {
			settle(5 * time.Second)
		}
		now(state.Event{Type: state.NewCall, CallID: "c2", Date: time.Now(), Duration: -1, Line: "1601",
			Caller: state.Party{FlowID: "f3", Number: "+31205550102"}, Callee: state.Party{FlowID: "f4", Number: "202", User: "502"}})
		settle(time.Second)
		settle(slow + time.Second)
		if got := path(); !strings.HasPrefix(got, "M0 0H") {
			t.Errorf("the line is %q, want one over the whole height", got)
		}
		for _, day := range asked {
			if want := h.Now().Truncate(24*time.Hour).AddDate(0, 0, -7); !day.Equal(want) {
				t.Errorf("asked for %v, want %v", day, want)
			}
		}
		stop()
		if err := <-ran; err != nil {
			t.Error(err)
		}
	})
}
