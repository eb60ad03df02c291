package hub

import (
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// A keeper of inputs for tests: what a journal would hold.
type kept struct{ inputs []state.Input }

func (k *kept) take(in state.Input) uint64 {
	k.inputs = append(k.inputs, in)
	return uint64(len(k.inputs))
}

// replay applies what was kept to a board of its own and holds every code
// against the one that was told with it.
func (k *kept) replay(t *testing.T) *state.Board {
	t.Helper()
	b := state.New(state.Config{})
	ticks := 0
	for i, in := range k.inputs {
		if _, set := in.Fact.(state.ClockSet); !set && in.At.Before(b.Now()) {
			t.Fatalf("input %d (%T) is of %v, the board is at %v", i, in.Fact, in.At, b.Now())
		}
		if tick, ok := in.Fact.(state.Tick); ok {
			ticks++
			b.Advance(in.At)
			if got := b.Code(); got != tick.Code {
				t.Fatalf("tick %d at %v: the replay has code %x, the board had %x", ticks, in.At, got, tick.Code)
			}
		}
		b.Apply(in)
	}
	if ticks == 0 {
		t.Fatal("no tick came")
	}
	return b
}

// Everything that changes the board comes by the one door: who replays what was
// kept has the same board at every moment, and at the end.
func TestAReplayEqualsTheBoard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k kept
		h, stop := run(t, Options{OnInput: k.take})
		feedIn(h, liveFacts()...)
		for n := range 40 {
			feedIn(h, call(n).rings())
			time.Sleep(1300 * time.Millisecond)
			if n%3 == 0 {
				feedIn(h, call(n).answers())
			}
			if n%4 != 1 {
				feedIn(h, call(n).hangsUp())
			}
			// News that was read before the timers of this moment had fired.
			h.Apply(state.Input{At: time.Now().Add(-700 * time.Millisecond), Fact: state.Proof{RoundTrip: time.Millisecond}})
		}
		oversleep(h, time.Minute)
		h.lookAtClock()
		feedIn(h, state.Link{State: state.LinkUp}, state.SnapshotFailed{})
		if err := h.Dismiss(privacy.Lens{}, someDoubtful(h)); err != nil {
			t.Errorf("Dismiss: %v", err)
		}
		var open state.Callback
		h.Read(func(b *state.Board, _ time.Time) { open = b.Recovery().Open[0] })
		if _, err := h.Say(privacy.Lens{}, state.Word{Entry: open.ID, Kind: state.WordClaim, By: "Anna"}); err != nil {
			t.Errorf("Say: %v", err)
		}
		time.Sleep(10 * time.Minute) // proof is lost, silence speaks
		stop()
		h.Stop()
		h.Stop()
		feedIn(h, call(99).rings())
		last := k.inputs[len(k.inputs)-1]
		if link, ok := last.Fact.(state.Link); !ok || link.State != state.LinkDown || link.Code != state.Stopped {
			t.Errorf("the last input is %#v", last.Fact)
		}
		if err := h.Dismiss(privacy.Lens{}, 1); err != ErrStopped {
			t.Errorf("Dismiss after the end: %v", err)
		}
		if _, err := h.Say(privacy.Lens{}, state.Word{Entry: open.ID, Kind: state.WordUndo, By: "Anna"}); err != ErrStopped {
			t.Errorf("Say after the end: %v", err)
		}
		b := k.replay(t)
		if b.Code() != h.board.Code() || b.Version() != h.board.Version() {
			t.Errorf("at the end the replay has code %x and version %d, the board %x and %d", b.Code(), b.Version(), h.board.Code(), h.board.Version())
		}
	})
}

// someDoubtful is a call that an operator may dismiss.
func someDoubtful(h *Hub) (seq uint64) {
	h.Read(func(b *state.Board, _ time.Time) {
		for c := range b.Calls() {
			if dismissible(&c) {
				seq = c.Seq
			}
		}
	})
	return seq
}

// Somebody sets the machine's clock, back or a little forward: from the next
// connection on the wall's time counts, all times of the board have moved with
// it, no age is negative, and a replay agrees.
func TestTheClockIsSet(t *testing.T) {
	for _, by := range []time.Duration{-time.Hour, -90 * time.Second, -2 * time.Second, -500 * time.Millisecond, 400 * time.Millisecond, 5 * time.Second} {
		t.Run(by.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var k kept
				h := New(Options{OnInput: k.take})
				// The bubble's wall cannot be set. So the hub's clock is off from
				// the start, and what is told before the link is made anew is
				// told by it.
				at := *h.clock.at.Load()
				at.wall = at.wall.Add(-by)
				h.clock.at.Store(&at)
				h.mu.Lock()
				for _, f := range append(liveFacts(), call(1).rings()) {
					h.take(state.Input{Fact: f}, time.Now())
				}
				h.mu.Unlock()
				time.Sleep(8 * time.Second)
				feedIn(h, call(1).answers())
				time.Sleep(30 * time.Second)
				var c state.Call
				h.Read(func(b *state.Board, now time.Time) {
					c, _ = b.Call(2)
					if age := now.Sub(c.StartedAt).Round(time.Second); age != 38*time.Second {
						t.Errorf("before it is noticed the age is %s", age)
					}
				})
				feedIn(h, state.Link{State: state.LinkDown, Code: "lost"}, state.Link{State: state.LinkUp}, state.SnapshotFailed{})
				h.tick()
				h.Read(func(b *state.Board, now time.Time) {
					c, _ = b.Call(2)
					if off := time.Until(now).Abs(); off > 0 {
						t.Errorf("the hub's clock is %s off the wall's", off)
					}
					limit := time.Duration(0)
					if by.Abs() < clockStep {
						limit = by.Abs() // time servers do that all day
					}
					if age := now.Sub(c.StartedAt); (age - 38*time.Second).Abs() > limit {
						t.Errorf("the age is %s", age)
					}
					if talk := now.Sub(c.ConnectedAt); (talk - 30*time.Second).Abs() > limit {
						t.Errorf("the talk lasts %s", talk)
					}
					for _, g := range b.Gaps() {
						if g.To.Before(g.From) {
							t.Errorf("a gap from %v to %v", g.From, g.To)
						}
					}
				})
				if b := k.replay(t); b.Code() != h.board.Code() {
					t.Error("the replay is another board")
				}
			})
		})
	}
}
