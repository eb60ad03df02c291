package hub

import (
	"slices"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// The counts of a scope: counted from its journeys, as those of the board are of all.

// readThrough takes the day's journeys over from the clear painter.
func (p *painter) readThrough(now time.Time) (due time.Time) {
	r, b := p.root, &p.day
	due = r.readDay(now)
	if b.made > 0 && b.version == r.day.made && b.names == r.company.names && b.setup == r.setup.number {
		return due
	}
	b.journeys, b.overflow = p.sight.Journeys(r.day.journeys), r.day.overflow
	b.version, b.read, b.names, b.setup = r.day.made, r.day.read, r.company.names, r.setup.number
	b.made++
	return due
}

// rereadDay takes the day's journeys over at once. p is the clear painter, h.mu
// is held besides p.mu.
func (p *painter) rereadDay(now time.Time) {
	b := &p.day
	if version := p.h.board.DayVersion(); b.made == 0 || version != b.version {
		b.journeys, b.overflow = p.h.board.Journeys(), p.h.board.JourneysOverflow()
		b.version, b.read = version, now
		b.made++
	}
}

// callers are the customers of a scope who came in today.
type callers struct {
	made, names uint64         // of the clear painter's day and company that they were counted from,
	setup       int            // and its setup
	calls       map[string]int // by the normal form of their number
	nameless    int            // gave up without one
}

// callers counts those of a scope. p is the clear painter, whose day was read.
func (p *painter) callers(s *privacy.Sight) *callers {
	in := &callers{made: p.day.made, names: p.company.names, setup: p.setup.number, calls: map[string]int{}}
	for i := range p.day.journeys {
		j := &p.day.journeys[i]
		if !j.Counted || j.Kind == state.Outbound || j.Kind == state.Internal || !s.TakesJourney(j) {
			continue
		}
		if key := p.normal(j.Customer.Number); key != "" {
			in.calls[key]++
		} else if !j.Up() && j.Answered.IsZero() && !j.Lost {
			in.nameless++
		}
	}
	return in
}

// normal is a number in the form in which the ledger compares it.
func (p *painter) normal(number string) string {
	if compactNumber(number) == "" {
		return ""
	}
	if normal := p.h.opt.State.Normal; normal != nil {
		return normal(number)
	}
	return number
}

// ledgerOf is a ledger as a lens shows it; its counts are those of the scope,
// made of who came in. p is the clear painter.
func (p *painter) ledgerOf(s *privacy.Sight, r state.Recovery, in *callers) state.Recovery {
	if !s.Scoped() {
		r.Open, r.Closed = s.Callbacks(r.Open), s.Callbacks(r.Closed)
		return r
	}
	r.Anonymous, r.Twice, r.TwiceWaiting = in.nameless, 0, 0
	for _, n := range in.calls {
		if n > 1 {
			r.Twice++
		}
	}
	waits := map[string]bool{}
	list := func(all []state.Callback, open bool) []state.Callback {
		out := make([]state.Callback, 0, len(all))
		for i := range all {
			key := p.normal(all[i].Customer.Number)
			e, ok := s.Callback(all[i])
			if !ok {
				continue
			}
			e.CallsNow = in.calls[key]
			if open && e.CallsNow > 1 && !waits[key] {
				waits[key] = true
				r.TwiceWaiting++
			}
			out = append(out, e)
		}
		return out
	}
	r.Open, r.Closed = list(r.Open, true), list(r.Closed, false)
	slices.SortStableFunc(r.Open, func(x, y state.Callback) int { return x.First.Compare(y.First) })
	return r
}

// scopedToday are the counters of today as the lens shows them.
func (p *painter) scopedToday(now time.Time) state.Today {
	if p.sight == nil || !p.sight.Scoped() {
		return p.today
	}
	p.root.readDay(now)
	p.h.mu.Lock()
	people := p.h.board.People()
	p.h.mu.Unlock()
	return p.root.countScope(p.sight, p.today, people, now)
}

// countScope counts the journeys and notices of a scope. p is the clear painter,
// whose day was read; t gives the day.
func (p *painter) countScope(s *privacy.Sight, t state.Today, people []state.Person, now time.Time) state.Today {
	t = state.Today{Day: t.Day, Since: t.Since, Complete: t.Complete && !p.day.overflow}
	for i := range p.day.journeys {
		j := &p.day.journeys[i]
		switch {
		case !j.Counted || !s.TakesJourney(j):
		case j.Kind == state.Internal:
			t.Internal++
		case j.Kind == state.Outbound:
			t.Outbound++
		default:
			t.Offered++
			switch {
			case !j.Answered.IsZero():
				t.Answered++
				if wait, known := j.Wait(now); known {
					t.WaitTotal += wait
					t.WaitCount++
				}
			case !j.Up() && !j.Lost:
				t.Unanswered++
			}
		}
	}
	for i := range people {
		if person := &people[i]; s.UserIn(person.User, person.Name, person.Number) {
			t.Missed += person.Missed
		}
	}
	return t
}
