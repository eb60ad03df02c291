package state

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestTicksAndReplay tells a day as its owner does: the clock moves between the
// inputs, timers fire in between, every ten seconds a tick takes the board's
// code. An input never bears a time before the board's own. Told again from
// nothing but those inputs, by somebody who lets no time pass, reads nothing
// and asks for nothing, every tick finds the same code, and the boards are
// equal to the last byte.
func TestTicksAndReplay(t *testing.T) {
	checks(t, 200, func(rt *rapid.T) {
		s := &stream{draw: rt}
		cfg := Config{Zone: amsterdam(t), Settle: true}
		live := New(cfg)
		var log []Input
		tell := func(in Input) {
			if in.At.Before(live.Now()) {
				in.At = live.Now()
			}
			log = append(log, in)
			live.Apply(in)
			live.SnapshotWanted()
			live.ReconnectWanted()
		}
		inputs := day(rt)
		for i, in := range inputs {
			if i == 0 { // nothing before it: the first input starts the clock
				tell(Input{in.at, in.fact})
				continue
			}
			if s.lot(3, "advance") > 0 {
				from := inputs[i-1].at
				if gap := in.at.Sub(from); gap > 0 {
					live.Advance(from.Add(gap * time.Duration(s.lot(12, "share")) / 10)) // also too far
				}
			}
			if s.lot(4, "tick") == 0 {
				at := live.Now().Add(time.Duration(s.lot(3000, "later")) * time.Millisecond)
				live.Advance(at)
				tell(Input{at, Tick{Code: live.Code()}})
			}
			if s.lot(5, "read") == 0 {
				live.Journeys()
				live.Recovery()
				live.People()
			}
			if s.lot(15, "clock") == 0 {
				tell(Input{live.Now(), ClockSet{By: time.Duration(s.lot(120, "by")-60) * time.Minute}})
			}
			if s.lot(15, "stopped") == 0 {
				tell(Input{live.Now(), Link{State: LinkDown, Code: Crashed}})
			}
			tell(Input{in.at, in.fact})
		}
		again := New(cfg)
		for i, in := range log {
			if tick, ok := in.Fact.(Tick); ok {
				again.Advance(in.At)
				if again.Code() != tick.Code {
					rt.Fatalf("input %d: the replay has another code than was taken", i)
				}
			}
			again.Apply(in)
		}
		live.Advance(again.Now()) // to the last input: a tick may have been the last to move the time
		again.Advance(live.Now())
		if live.Code() != again.Code() {
			rt.Fatalf("the boards differ in the end")
		}
		for _, b := range []*Board{live, again} { // what only readers and askers leave behind
			b.Settled()
			b.SnapshotWanted()
			b.ReconnectWanted()
			slices.SortFunc(b.day, func(x, y *journey) int { return int(x.id) - int(y.id) })
		}
		one, _ := live.Image()
		two, _ := again.Image()
		if !bytes.Equal(one, two) {
			rt.Fatalf("the images differ: %d and %d bytes", len(one), len(two))
		}
	})
}
