package keeper

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"callboard/internal/state"
)

// A simDay is a busy day of a company, the same for every process that asks: a
// seed and a minute decide the calls that begin in it.
type simDay struct {
	seed    uint64
	minutes int
	rate    int // calls that begin in a minute
}

// simStart is when days begin: ahead of every wall clock, so that no board of
// them ages by one.
var simStart = time.Date(2031, 3, 5, 8, 0, 0, 0, time.UTC)

const simLongest = 14 * time.Minute // of a call, ring and talk

func (d simDay) end() time.Time { return simStart.Add(time.Duration(d.minutes) * time.Minute) }

// A simCall is what the company knows of one call.
type simCall struct {
	n                           int
	ring, answer, hangup        time.Time // answer is zero if nobody did
	dir                         int       // 0 in, 1 out, 2 inside
	user, other, customer, line int
}

// begun are the calls that begin in a minute. No two moments are the same, and
// none is a whole second.
func (d simDay) begun(minute int) []simCall {
	if minute < 0 || minute >= d.minutes {
		return nil
	}
	r := rand.New(rand.NewPCG(d.seed, uint64(minute)))
	calls := make([]simCall, d.rate)
	for i := range calls {
		n := minute*d.rate + i
		c := simCall{n: n, user: r.IntN(60), other: r.IntN(60), customer: r.IntN(4000), line: r.IntN(3)}
		offset := time.Duration(1+n%900_000) * time.Microsecond
		c.ring = simStart.Add(time.Duration(minute)*time.Minute + time.Duration(r.IntN(60))*time.Second + offset)
		c.dir = []int{0, 0, 0, 0, 0, 0, 1, 1, 1, 2}[r.IntN(10)]
		rings := time.Duration(2+r.IntN(35)) * time.Second
		c.hangup = c.ring.Add(rings)
		if r.IntN(10) > 2 {
			c.answer = c.hangup
			c.hangup = c.answer.Add(time.Duration(5+r.IntN(400)) * time.Second)
			if r.IntN(12) == 0 {
				c.hangup = c.answer.Add(simLongest - time.Minute)
			}
		}
		calls[i] = c
	}
	return calls
}

func (c *simCall) id() string { return fmt.Sprintf("SIP/trunk1-%08x", c.n) }

func (c *simCall) event(kind state.EventType) state.Event {
	colleague := func(u int) state.Party {
		return state.Party{User: fmt.Sprintf("5%03d", u), Number: fmt.Sprintf("2%02d", u)}
	}
	customer := state.Party{Number: fmt.Sprintf("+3120555%04d", c.customer)}
	e := state.Event{Type: kind, CallID: c.id(), Date: c.ring.Truncate(time.Second), Duration: -1}
	switch c.dir {
	case 0:
		e.Caller, e.Callee, e.Line = customer, colleague(c.user), fmt.Sprintf("160%d", c.line)
	case 1:
		e.Caller, e.Callee = colleague(c.user), customer
	default:
		e.Caller, e.Callee = colleague(c.user), colleague(60+c.other)
	}
	e.Caller.FlowID, e.Callee.FlowID = fmt.Sprintf("fr%d", c.n), fmt.Sprintf("fe%d", c.n)
	if kind == state.HungUp && !c.answer.IsZero() {
		e.Duration = c.hangup.Sub(c.answer).Truncate(time.Second)
	}
	return e
}

// inputs are what the feed brings after one moment and up to another, and the
// ticks of the hub, whose codes are filled in by whoever applies them.
func (d simDay) inputs(after, until time.Time) []state.Input {
	var list []state.Input
	add := func(at time.Time, f state.Fact) {
		if !at.IsZero() && at.After(after) && !at.After(until) {
			list = append(list, state.Input{At: at, Fact: f})
		}
	}
	first := int(after.Sub(simStart)/time.Minute) - int(simLongest/time.Minute) - 2
	for m := first; m <= int(until.Sub(simStart)/time.Minute); m++ {
		for _, c := range d.begun(m) {
			add(c.ring, c.event(state.NewCall))
			if !c.answer.IsZero() {
				add(c.answer, c.event(state.Connected))
			} else if c.dir == 0 {
				add(c.hangup.Add(-time.Microsecond/2), c.event(state.Missed))
			}
			add(c.hangup, c.event(state.HungUp))
		}
	}
	for at := simStart; !at.After(until); at = at.Add(10 * time.Second) {
		add(at, state.Tick{})
	}
	slices.SortFunc(list, func(a, b state.Input) int { return a.At.Compare(b.At) })
	return list
}

// list is the PBX's list of active channels at a moment.
func (d simDay) list(at time.Time) state.Snapshot {
	s := state.Snapshot{RequestedAt: at}
	first := int(at.Sub(simStart)/time.Minute) - int(simLongest/time.Minute) - 2
	for m := max(first, 0); m <= int(at.Sub(simStart)/time.Minute); m++ {
		for _, c := range d.begun(m) {
			if c.ring.After(at) || !c.hangup.After(at) {
				continue
			}
			e := c.event(state.NewCall)
			up := !c.answer.IsZero() && !c.answer.After(at)
			for _, side := range []struct {
				role  state.Role
				party state.Party
				up    bool
			}{{state.RoleCaller, e.Caller, up}, {state.RoleCallee, e.Callee, up}} {
				s.Channels = append(s.Channels, state.Channel{
					CallID: c.id(), ChannelID: c.id() + "-" + side.party.FlowID, Up: side.up, Role: side.role,
					FlowID: side.party.FlowID, Number: side.party.Number, Created: c.ring,
				})
			}
		}
	}
	slices.SortFunc(s.Channels, func(a, b state.Channel) int { return cmp.Compare(a.ChannelID, b.ChannelID) })
	return s
}

// play applies inputs, gives each tick the board's code, and calls between
// after each.
func (l *life) play(list []state.Input, between func(i int)) {
	for i, in := range list {
		if _, ok := in.Fact.(state.Tick); ok {
			l.board(func(b *state.Board) {
				b.Advance(in.At)
				in.Fact = state.Tick{Code: b.Code()}
			})
		}
		l.h.Apply(in)
		between(i)
	}
}

// link brings the link up at a moment, with the PBX's list.
func (l *life) link(d simDay, at time.Time) {
	l.h.Apply(state.Input{At: at, Fact: state.Link{State: state.LinkUp}})
	l.h.Apply(state.Input{At: at, Fact: d.list(at)})
}
