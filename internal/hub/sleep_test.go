package hub

import (
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// oversleep puts the hub's clock behind the wall's, as a suspended machine
// does: the monotonic clock stood still meanwhile.
func oversleep(h *Hub, d time.Duration) {
	at := *h.clock.at.Load()
	at.mono = at.mono.Add(d)
	h.clock.at.Store(&at)
}

// A machine that wakes knows that it has slept: the feed is lost since its last
// proof, ages count the sleep, and the link is made anew.
func TestWakingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		h := New(Options{OnReconnectWanted: func(why string) { asked = append(asked, why) }})
		// The bubble's two clocks cannot part, so all this is told as of an hour
		// ago, when the machine fell asleep.
		asleep := time.Now().Round(0).Add(-time.Hour)
		oversleep(h, time.Hour)
		h.mu.Lock()
		for _, f := range append(liveFacts(), call(1).rings(), call(1).answers(), state.Proof{RoundTrip: time.Millisecond}) {
			h.board.Apply(state.Input{At: asleep, Fact: f})
		}
		h.mu.Unlock()
		h.lookAtClock()
		if now := h.Now(); !now.Equal(time.Now()) {
			t.Errorf("the hub's clock says %v at %v", now, time.Now())
		}
		if len(asked) != 1 || asked[0] != state.Suspended {
			t.Errorf("reconnects asked for: %q", asked)
		}
		var c state.Call
		h.Read(func(b *state.Board, _ time.Time) { c, _ = b.Call(2) })
		feed, gaps := h.board.Feed(), h.board.Gaps()
		if feed.State != state.Blind || feed.Code != state.Suspended || len(gaps) != 1 || c.Confidence != state.Unconfirmed {
			t.Fatalf("after an hour: feed %v %q, %d gaps, the call is %v", feed.State, feed.Code, len(gaps), c.Confidence)
		}
		feedIn(h, state.Link{State: state.LinkUp}, state.SnapshotFailed{})
		h.Read(func(b *state.Board, _ time.Time) { c, _ = b.Call(2) })
		if got := h.board.Gaps()[0]; got.To.Sub(got.From) != time.Hour {
			t.Errorf("the gap lasted %s, want the sleep", got.To.Sub(got.From))
		}
		if age := h.Now().Sub(c.ConnectedAt); age != time.Hour {
			t.Errorf("the call's age is %s, want the sleep", age)
		}
		h.lookAtClock()
		if len(asked) != 1 {
			t.Errorf("reconnects asked for, awake: %q", asked[1:])
		}
	})
}

// News that arrives with the waking finds the gap marked already; a step that a
// time server makes is no sleep.
func TestWakingUpToOldNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		oversleep(h, 8*time.Second)
		feedIn(h, state.Proof{RoundTrip: time.Millisecond})
		if !h.board.Linked() {
			t.Fatal("eight seconds of a time server took the link away")
		}
		oversleep(h, 3*time.Minute)
		feedIn(h, call(2).rings())
		if f := h.board.Feed(); h.board.Linked() || f.State == state.Live || len(h.board.Gaps()) != 1 {
			t.Errorf("old news after a sleep: linked %v, feed %v, %d gaps", h.board.Linked(), f.State, len(h.board.Gaps()))
		}
	})
}
