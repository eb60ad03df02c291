package state_test

import (
	"fmt"
	"testing"
	"time"

	"callboard/internal/state"
)

// BenchmarkApply measures one event on a board that keeps 1,000 calls up: a
// day's mix of calls that ring, hunt, are answered and hung up, every tenth
// transferred. The limits: 3 µs and 2 allocations an event.
func BenchmarkApply(b *testing.B) {
	const live = 1000
	script := mixedDay(live)
	board := state.New(state.Config{})
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	board.Apply(state.Input{At: at, Fact: state.Link{State: state.LinkUp}})
	board.Apply(state.Input{At: at, Fact: state.Snapshot{RequestedAt: at}})
	next := 0
	apply := func() {
		at = at.Add(20 * time.Millisecond)
		board.Apply(state.Input{At: at, Fact: script(next)})
		next++
	}
	for board.Len() < live || next < 30_000 { // tombstones and ended calls as in mid-day
		apply()
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		apply()
	}
	b.ReportMetric(float64(board.Len()), "live")
}

// mixedDay returns the events of an endless day by their number; each call
// starts `live` calls before it ends. The events are made beforehand for one
// round and get their ids anew, so that making them costs the benchmark next
// to nothing.
func mixedDay(live int) func(n int) state.Fact {
	const perCall = 5
	events := make([]state.Fact, 0, live*4*perCall)
	calls := live * 4
	at := func(call, step int) state.Event {
		ev := state.Event{
			CallID:   fmt.Sprintf("SIP/trunk1-%08x", call),
			Date:     time.Date(2026, 11, 22, 8, 0, call%60, 0, time.UTC),
			Caller:   state.Party{FlowID: fmt.Sprintf("c%d", call), Number: fmt.Sprintf("+3120555%04d", call)},
			Callee:   state.Party{FlowID: fmt.Sprintf("d%d", call), User: fmt.Sprint(500 + call%200), Number: fmt.Sprint(200 + call%200)},
			Line:     "1601",
			Duration: -1,
		}
		second := state.Party{FlowID: fmt.Sprintf("e%d", call), User: fmt.Sprint(500 + (call+1)%200), Number: fmt.Sprint(200 + (call+1)%200)}
		switch step {
		case 0:
			ev.Type = state.NewCall
		case 1:
			ev.Type, ev.Callee = state.NewCall, second
		case 2:
			ev.Type = state.Connected
		case 3:
			ev.Type, ev.Caller, ev.Callee = state.ChannelHungUp, state.Party{}, second
		case 4:
			ev.Type = state.HungUp
		}
		return ev
	}
	for i := range calls {
		for step := range perCall - 1 {
			events = append(events, at(i, step))
		}
		events = append(events, at((i+calls-live)%calls, perCall-1))
	}
	return func(n int) state.Fact { return events[n%len(events)] }
}
