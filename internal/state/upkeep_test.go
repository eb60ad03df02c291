package state

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// upkeep looks for what would make the board miss something it remembers: its
// lists and maps point at each other, and look-ups rely on that.
func upkeep(b *Board) error {
	flows := 0
	for f, j := range b.journeys {
		if j.merged != nil || !slices.Contains(j.flows, f) {
			return fmt.Errorf("flow %s leads to a journey that does not know it", f)
		}
	}
	seen := make(map[*journey]bool)
	for _, j := range b.journeys {
		if !seen[j] {
			seen[j], flows = true, flows+len(j.flows)
		}
	}
	if flows != len(b.journeys) {
		return fmt.Errorf("journeys know %d flows, the board %d", flows, len(b.journeys))
	}
	queued := b.tombQueue.items[b.tombQueue.head:]
	chained := 0
	for id, t := range b.tombs {
		if t.after != nil {
			return fmt.Errorf("of %s a newer ended call is known", id)
		}
		for ; t != nil; t = t.before {
			chained++
			if t.callID != id || t.before != nil && t.before.after != t {
				return fmt.Errorf("the ended calls of %s are no chain", id)
			}
		}
	}
	if chained != len(queued) {
		return fmt.Errorf("%d ended calls are known by id, %d in line", chained, len(queued))
	}
	latest := 0
	for _, t := range queued {
		for side, key := range [2]string{t.sig.caller, t.sig.callee} {
			if is := key != "" && b.lastTomb[key] == t; is != t.latest[side] && (t.sig.caller != t.sig.callee) {
				return fmt.Errorf("the last ended call of %s: is %v, says %v", key, is, t.latest[side])
			} else if is {
				latest++
			}
		}
	}
	if latest < len(b.lastTomb) {
		return fmt.Errorf("%d parties have a last call, %d are in line", len(b.lastTomb), latest)
	}
	for i := range b.timers {
		t := &b.timers[i]
		if t.of.heapPos != i || i > 0 && t.before(&b.timers[(i-1)/4]) {
			return fmt.Errorf("timer %d is out of place", i)
		}
		if !t.due.Equal(t.of.deadline()) {
			return fmt.Errorf("call %d is due at %v, its timer at %v", t.of.call.Seq, t.of.deadline(), t.due)
		}
	}
	for i, r := range b.order {
		if at, ok := find(b.order, r.call.Seq); !ok || at != i {
			return fmt.Errorf("call %d is found at %d, not at %d", r.call.Seq, at, i)
		}
	}
	for _, c := range b.contacts {
		for i := range c.talks {
			if j := c.talks[i].journey; !slices.Contains(j.spokeTo, c) || c.talkOf(j) != &c.talks[i] {
				return fmt.Errorf("a talk with %s is not known to its journey", c.key)
			}
		}
	}
	return nil
}

// TestUpkeep plays days in which everything happens that moves things between
// lists: transfers, ids that come back, lost hang-ups, one flow in many calls,
// numbers erased, and the time that lets things be forgotten.
func TestUpkeep(t *testing.T) {
	rounds := 30
	if raceOn {
		rounds = 3
	}
	for seed := range uint64(rounds) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		b := New(Config{})
		at := connectBoth(b)
		pick := func(prefix string, n int) string { return fmt.Sprint(prefix, rnd.IntN(n)) }
		party := func() Party {
			p := Party{FlowID: pick("f", 60), Number: pick("+3120555", 30)}
			if rnd.IntN(2) == 0 {
				n := rnd.IntN(20)
				p.User, p.Number = fmt.Sprint("u", n), fmt.Sprint(2000+n)
			}
			return p
		}
		events := 400
		if seed == 0 {
			events = 3000 // until a journey has as many calls as it may
		}
		for range events {
			at = at.Add(time.Duration(rnd.IntN(4000)) * time.Millisecond)
			if rnd.IntN(100) == 0 {
				at = at.Add(tombstoneLife)
			}
			switch rnd.IntN(60) {
			case 0:
				b.Apply(Input{at, Forget{Number: pick("+3120555", 30)}})
			case 1:
				n := rnd.IntN(20)
				b.Apply(Input{at, ForgetColleague{User: fmt.Sprint("u", n), Number: fmt.Sprint(2000 + n), As: Pseudonym(string(rune('a' + n)))}})
			case 2:
				b.Apply(Input{at, Link{State: LinkDown, Code: "x"}})
				b.Apply(Input{at, Link{State: LinkUp}})
				b.Apply(Input{at, Snapshot{RequestedAt: at}})
			default:
				b.Apply(Input{at, Event{
					Type: EventTypes[rnd.IntN(len(EventTypes))], CallID: pick("c", 25), Date: at.Truncate(time.Second),
					Caller: party(), Callee: party(), Line: pick("l", 3), Duration: -1,
				}})
			}
			if err := upkeep(b); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
}
