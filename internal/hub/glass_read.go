package hub

import (
	"cmp"
	"slices"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// What composers ask the board for besides the mirror, each as the lens shows it.

// history is all that is known of a call that is up or ended lately.
func (p *painter) history(seq uint64) (state.History, bool) {
	p.h.mu.Lock()
	h, ok := p.h.board.History(seq)
	p.h.mu.Unlock()
	switch {
	case !ok || p.sight == nil:
		return h, ok
	case p.sight.Level == privacy.Counts:
		return state.History{}, false // no call by itself
	}
	return p.sight.History(h)
}

// health is how the feed is, which is of the whole company, and how many calls
// are up.
func (p *painter) health() (pulse state.Pulse, gaps []state.Gap, list []state.Tally, events map[state.EventType]int, live int) {
	b := p.h.board
	p.h.mu.Lock()
	pulse, gaps, list, events, live = b.Pulse(), b.Gaps(), b.Tallies(), b.EventCounts(), b.Len()
	p.h.mu.Unlock()
	if p.sight != nil {
		live = len(p.order)
		for i := range list {
			list[i].Sample = "" // raw text of the feed
		}
	}
	return pulse, gaps, list, events, live
}

// newest is the last of some calls whose page there is; 0 if there is none.
func (p *painter) newest(calls []uint64) uint64 {
	p.h.mu.Lock()
	defer p.h.mu.Unlock()
	for _, seq := range slices.Backward(calls) {
		if !p.h.board.Knows(seq) {
			continue
		}
		if p.sight != nil {
			if h, _ := p.h.board.History(seq); p.sight.Level == privacy.Counts || p.sight.Scoped() && !p.sight.TakesPast(&h.Call) {
				continue
			}
		}
		return seq
	}
	return 0
}

// ghosts are the calls of an interruption that nothing has confirmed or ended
// since.
func (p *painter) ghosts(from time.Time) []state.Call {
	p.h.mu.Lock()
	calls := p.h.ghosts(from)
	p.h.mu.Unlock()
	return p.calm(calls)
}

// inDoubt counts the calls in doubt because of interruptions, and those.
func (p *painter) inDoubt() (calls, gaps int) {
	of := map[int64]bool{}
	p.h.mu.Lock()
	defer p.h.mu.Unlock()
	for call := range p.h.board.Calls() {
		if ofGap(&call) && (p.sight == nil || p.sight.Takes(&call)) {
			calls++
			of[call.Doubt.From.UnixMilli()] = true
		}
	}
	return calls, len(of)
}

// calm are the calls of a list that may be seen, as they may be.
func (p *painter) calm(calls []state.Call) []state.Call {
	if p.sight == nil {
		return calls
	}
	out := make([]state.Call, 0, len(calls))
	for _, c := range calls {
		if c, ok := p.sight.Call(c); ok {
			out = append(out, c)
		}
	}
	return out
}

// people are the users of the PBX with what is counted of them today.
func (p *painter) people() []state.Person {
	p.h.mu.Lock()
	people := p.h.board.People()
	p.h.mu.Unlock()
	if p.sight == nil {
		return people
	}
	out := make([]state.Person, 0, len(people))
	for i := range people {
		if person, ok := p.sight.Person(people[i]); ok {
			out = append(out, person)
		}
	}
	if p.sight.Level >= privacy.Initials { // else the order would tell more than the names
		slices.SortStableFunc(out, func(a, b state.Person) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.User, b.User))
		})
	}
	return out
}

// recovery is the ledger of customers to call back.
func (p *painter) recovery() state.Recovery {
	p.h.mu.Lock()
	r := p.h.board.Recovery()
	p.h.mu.Unlock()
	if p.sight == nil {
		return r
	}
	if !p.sight.Scoped() {
		return p.root.ledgerOf(p.sight, r, nil)
	}
	p.root.readDay(p.h.clock.now())
	if in := p.came; in == nil || in.made != p.root.day.made || in.names != p.root.company.names || in.setup != p.root.setup.number {
		p.came = p.root.callers(p.sight)
	}
	return p.root.ledgerOf(p.sight, r, p.came)
}
