package state_test

import (
	"strconv"
	"syscall"
	"testing"
	"time"

	"callboard/internal/state"
)

// BenchmarkImage takes and reads images of a board with 1,000 live calls, and
// of one at the end of a day with 50,000 journeys. The limits: 100 ms to take
// the latter, 60 ms to read it.
func BenchmarkImage(b *testing.B) {
	for name, board := range map[string]*state.Board{"live=1000": liveBoard(1000), "day=50000": dayBoard(50_000)} {
		image, err := board.Image()
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/take", func(b *testing.B) {
			b.ReportAllocs()
			began := cpuTime()
			for b.Loop() {
				if _, err := board.Image(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(image)), "image-B")
			b.ReportMetric((cpuTime()-began).Seconds()*1000/float64(b.N), "cpu-ms/op")
		})
		b.Run(name+"/read", func(b *testing.B) {
			b.ReportAllocs()
			began := cpuTime()
			for b.Loop() {
				if _, err := state.FromImage(state.Config{}, image); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((cpuTime()-began).Seconds()*1000/float64(b.N), "cpu-ms/op")
		})
	}
}

// BenchmarkCode measures the board's code with 1,000 live calls: every ten
// seconds on the live path.
func BenchmarkCode(b *testing.B) {
	board := liveBoard(1000)
	for b.Loop() {
		if board.Code() == 0 {
			b.Fatal("no code")
		}
	}
}

func liveBoard(live int) *state.Board {
	board := state.New(state.Config{})
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	board.Apply(state.Input{At: at, Fact: state.Link{State: state.LinkUp}})
	board.Apply(state.Input{At: at, Fact: state.Snapshot{RequestedAt: at}})
	for n := range 5 * 3 * live {
		at = at.Add(20 * time.Millisecond)
		board.Apply(state.Input{At: at, Fact: mixedDay(n, live)})
	}
	return board
}

// dayBoard is a board at the end of a day of so many calls, each of a number
// of its own.
func dayBoard(journeys int) *state.Board {
	board := state.New(state.Config{})
	at := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	board.Apply(state.Input{At: at, Fact: state.Link{State: state.LinkUp}})
	board.Apply(state.Input{At: at, Fact: state.Snapshot{RequestedAt: at}})
	for u := range 300 {
		board.Apply(state.Input{At: at, Fact: state.Name{Kind: state.NameUser, OID: strconv.Itoa(5000 + u), Text: "User " + strconv.Itoa(u), Number: strconv.Itoa(200 + u)}})
	}
	pace := 16 * time.Hour / time.Duration(journeys)
	for n := range journeys {
		at = at.Add(pace)
		text := func(prefix string) string { return prefix + strconv.Itoa(n) }
		ev := state.Event{
			Type: state.NewCall, CallID: text("SIP/trunk1-"), Date: at.Truncate(time.Second), Line: strconv.Itoa(1601 + n%8), Duration: -1,
			Caller: state.Party{FlowID: text("c"), Number: text("+3120"), CallLog: text("log"), Addressable: text("a")},
			Callee: state.Party{FlowID: text("d"), User: strconv.Itoa(5000 + n%300), Number: strconv.Itoa(200 + n%300)},
		}
		for i, typ := range []state.EventType{state.NewCall, state.Connected, state.HungUp} {
			if n%9 == 0 && typ == state.Connected {
				continue
			}
			ev.Type = typ
			board.Apply(state.Input{At: at.Add(time.Duration(i) * 100 * time.Millisecond), Fact: ev})
		}
	}
	return board
}

// cpuTime is what the process has used so far, garbage collection included: on
// a busy machine it says more than the time that passed.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
