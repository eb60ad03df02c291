package history

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"callboard/internal/state"
)

// amsterdam is a zone with summer time.
var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return zone
}()

// noon is a moment from which tests count.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, opt Options) *Store {
	t.Helper()
	return openIn(t, t.TempDir(), opt)
}

func openIn(t testing.TB, dir string, opt Options) *Store {
	t.Helper()
	s, err := Open(dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func put(t testing.TB, s *Store, b Batch) {
	t.Helper()
	if err := s.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// must unwraps an answer of a store.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// A company makes calls up: lines 1601 to 1604, users 501 to 520 with the
// extensions 201 to 220, and customers. What it makes is whole: each call is one
// journey but for those handed on.
type company struct {
	rand          *rand.Rand
	seq, journeys uint64
}

func newCompany(seed uint64) *company { return &company{rand: rand.New(rand.NewPCG(seed, seed))} }

func (c *company) colleague() state.Party {
	n := c.rand.IntN(20) + 1
	return state.Party{User: fmt.Sprint(500 + n), Number: fmt.Sprint(200 + n), Name: fmt.Sprintf("Colleague %02d", n)}
}

func (c *company) customer() state.Party {
	n := c.rand.IntN(400)
	return state.Party{Number: fmt.Sprintf("+3120555%04d", n), Name: fmt.Sprintf("Customer %d", n), FlowID: fmt.Sprintf("flow-%d", c.seq)}
}

func (c *company) length(most time.Duration) time.Duration {
	return time.Duration(c.rand.Int64N(int64(most))) + time.Millisecond
}

// journey makes one journey with its calls that begins at a moment.
func (c *company) journey(at time.Time) (state.Journey, []state.SettledCall) {
	c.journeys++
	c.seq++
	kind := []state.Direction{state.Inbound, state.Inbound, state.Inbound, state.Inbound, state.Outbound, state.Internal, state.Unknown}[c.rand.IntN(7)]
	line := fmt.Sprint(1601 + c.rand.IntN(4))
	agent, other, outside := c.colleague(), c.colleague(), c.customer()
	caller, callee := outside, agent
	j := state.Journey{ID: c.journeys, Kind: kind, Customer: outside, Line: line, LineName: "Line " + line,
		Calls: []uint64{c.seq}, Counted: c.rand.IntN(20) > 0, Start: at, StartKnown: c.rand.IntN(20) > 0}
	call := state.Call{Seq: c.seq, CallID: fmt.Sprintf("SIP/trunk1-%08x", c.seq), Journey: j.ID, Direction: kind, Line: line, LineName: j.LineName,
		StartedAt: at, StartAtLeast: !j.StartKnown, Phase: state.Ringing, Confidence: state.Confirmed}
	switch kind {
	case state.Outbound:
		caller, callee = agent, outside
		j.Line, j.LineName, call.Line, call.LineName = "", "", "", ""
	case state.Internal:
		caller, callee = agent, other
		j.Customer, j.Line, j.LineName, call.Line, call.LineName = state.Party{}, "", "", "", ""
	}
	call.Caller, call.Callee = caller, callee
	ring := c.length(45 * time.Second)
	end := at.Add(ring)
	answered := c.rand.IntN(4) > 0
	outcome := state.EndedHungUp
	if c.rand.IntN(25) == 0 {
		outcome = state.EndedLost
	}
	legs := []state.Leg{
		{Side: state.CallerSide, Party: caller, State: state.LegConnected, Since: at},
		{Side: state.CalleeSide, Party: callee, State: state.LegRinging, Since: at.Add(time.Second)},
	}
	if kind == state.Inbound {
		j.RangAt = []string{callee.User}
		if other.User != callee.User && c.rand.IntN(2) == 0 {
			legs = append(legs, state.Leg{Side: state.CalleeSide, Party: other, State: state.LegGone, Since: at.Add(2 * time.Second), Until: end, Missed: !answered})
			j.RangAt = append(j.RangAt, other.User)
		}
		j.Rung = len(j.RangAt)
	}
	settled := state.SettledCall{}
	pbx := time.Duration(-1)
	if answered {
		talk := c.length(8 * time.Minute)
		call.Phase, call.ConnectedAt, call.PairSince = state.Talking, end, end
		legs[1].State, legs[1].Answered = state.LegConnected, end
		j.Answered, j.WaitKnown = end, j.StartKnown
		end = end.Add(talk)
		pbx = talk.Round(time.Second)
		settled.Talk, settled.Answered = talk, true
		if outcome == state.EndedHungUp && kind != state.Internal {
			j.Talk, j.Talks = talk, 1
		}
		switch kind {
		case state.Outbound:
			j.Users = []string{agent.User}
		case state.Internal:
			j.Users = []string{agent.User, other.User}
		default:
			j.Users = []string{callee.User}
		}
	}
	call.Legs = legs
	j.Ended, j.Lost = end, outcome != state.EndedHungUp
	settled.Ended = state.Ended{Call: call, At: end, Outcome: outcome, Answered: answered, Talk: settled.Talk, PBXDuration: pbx}
	return j, []state.SettledCall{settled}
}

// stretch makes journeys evenly over a stretch of time.
func (c *company) stretch(from time.Time, length time.Duration, n int) (journeys []state.Journey, calls []state.SettledCall) {
	for i := range n {
		j, some := c.journey(from.Add(length / time.Duration(n) * time.Duration(i)).Add(c.length(time.Second)))
		journeys = append(journeys, j)
		calls = append(calls, some...)
	}
	return journeys, calls
}

// ids are the numbers of calls.
func ids(calls []Call) (list []uint64) {
	for i := range calls {
		list = append(list, calls[i].Seq)
	}
	return list
}
