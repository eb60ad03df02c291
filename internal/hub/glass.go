package hub

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
)

// What a painter knows of the board is what its lens lets through: the clear
// painter follows the board itself, every other one the clear one, by way of a
// privacy.Sight. Its mirror, its company, its day and its alarms hold nothing
// else, so that no composer and no template can show what somebody may not see.
// What is not in the mirror is asked for here and only here (glass_test.go).

// mostLenses bounds the painters besides the clear one.
const mostLenses = 32

// sightOf is a lens with what the painter knows of the company. p.mu is held
// whenever it is used.
func (p *painter) sightOf(l privacy.Lens) *privacy.Sight {
	s := &privacy.Sight{Lens: l}
	s.Colleague = func(number string) bool { return p.company.own[number] }
	s.Known = func(oid string) bool {
		m, known := p.company.users[oid]
		return known && (m.name != "" || m.number != "")
	}
	s.UserOf = func(number string) string { return p.company.whose[number] }
	if l.Scope.All() {
		return s
	}
	chosen := func(list []string) map[string]bool {
		m := make(map[string]bool, len(list))
		for _, name := range list {
			m[fold(name)] = true
		}
		return m
	}
	inTeams, inLines := chosen(l.Scope.Teams()), chosen(l.Scope.Lines())
	s.LineIn = func(oid, name string) bool {
		return len(inLines) > 0 && (inLines[fold(oid)] || name != "" && inLines[fold(name)] || inLines[fold(p.company.lines[oid].name)]) ||
			len(inTeams) > 0 && inTeams[fold(p.teamOfLine(oid, name))]
	}
	s.UserIn = func(oid, name, number string) bool {
		return len(inTeams) > 0 && inTeams[fold(p.teamOfUser(oid, name, number))]
	}
	delete(inLines, "")
	delete(inTeams, "")
	return s
}

// through is the painter of a lens; it begins one where there is none. p is the
// clear painter, p.mu is held, and the board is absorbed. Error:
// ErrTooManyViews.
func (p *painter) through(l privacy.Lens, now time.Time) (*painter, error) {
	if l.Clear() {
		return p, nil
	}
	if o := p.lenses[l]; o != nil {
		o.used = now
		return o, nil
	}
	if len(p.lenses) >= mostLenses && !p.dropLens() {
		return nil, ErrTooManyViews
	}
	o := p.passing(l)
	o.used = now
	if p.lenses == nil {
		p.lenses = map[privacy.Lens]*painter{}
	}
	p.lenses[l] = o
	return o, nil
}

// passing is a painter of a lens that nothing keeps.
func (p *painter) passing(l privacy.Lens) *painter {
	n := newPainter(p.h)
	o := &n
	o.mu, o.root, o.lens, o.sight = p.mu, p, l, p.sightOf(l)
	o.resetup()
	o.begin()
	o.watch = newWatch(p.watch.alarmsWithin(o))
	o.watch.late = true
	if blind := p.feed.State != state.Live && p.feed.State != state.Quiet; blind {
		o.watch.engine.Known(p.feed.Since)
	}
	o.evaluate(p.h.clock.now())
	return o
}

// painters are the clear one and those of lenses. p.mu is held.
func (p *painter) painters() []*painter {
	out := make([]*painter, 1, 1+len(p.lenses))
	out[0] = p
	for _, o := range p.lenses {
		out = append(out, o)
	}
	return out
}

// viewed are the lenses of the views that are alive.
func (p *painter) viewed() map[privacy.Lens]bool {
	in := map[privacy.Lens]bool{}
	for _, v := range p.h.views.all() {
		in[v.look.lens] = true
	}
	return in
}

// dropLens lets the painter go that nobody has looked through for the longest.
func (p *painter) dropLens() bool {
	in := p.viewed()
	var oldest *painter
	for l, o := range p.lenses {
		if !in[l] && (oldest == nil || o.used.Before(oldest.used)) {
			oldest = o
		}
	}
	if oldest == nil {
		return false
	}
	delete(p.lenses, oldest.lens)
	return true
}

// tidyLenses lets the painters go that nobody looks through any more. due is
// when the next one would go.
func (p *painter) tidyLenses(now time.Time) (due time.Time) {
	if len(p.lenses) == 0 {
		return time.Time{}
	}
	in := p.viewed()
	for l, o := range p.lenses {
		if in[l] {
			o.used = now
			continue
		}
		if end := o.used.Add(viewGrace); now.Before(end) {
			due = earlier(due, end)
		} else {
			delete(p.lenses, l)
		}
	}
	return due
}

// begin takes everything over from the clear painter.
func (p *painter) begin() {
	r := p.root
	p.feed, p.gaps, p.paused, p.notice = r.feed, r.gaps, r.paused, r.notice
	p.takeToday()
	p.takeCompany()
	p.waiting, p.ended = p.waitingNow(), p.endedNow()
	p.version++
}

// follow takes over what the clear painter has just absorbed. p.mu is held.
func (p *painter) follow(d *dirty) {
	r := p.root
	p.feed, p.gaps, p.paused = r.feed, r.gaps, r.paused
	if d.today {
		p.takeToday()
	}
	if p.companyOf != r.company.names {
		p.takeCompany()
		p.waiting, p.ended = p.waitingNow(), p.endedNow()
	} else {
		for seq := range d.calls {
			p.takeCall(seq)
		}
		if d.ledger {
			p.waiting = p.waitingNow()
		}
		if d.ended {
			p.ended = p.endedNow()
		}
	}
	p.version++
}

// takeToday takes the counters over. Those of a scope are counted from its
// journeys when they are asked for; see scopedToday.
func (p *painter) takeToday() {
	p.today = p.root.today
	if p.sight.Scoped() {
		t := p.root.today
		p.today = state.Today{Day: t.Day, Since: t.Since, Complete: t.Complete}
	}
}

// takeCompany projects lines and people, and all calls: who is a colleague and
// who belongs to the scope may have changed.
func (p *painter) takeCompany() {
	r := p.root
	p.company = p.projected(&r.company)
	p.companyOf = r.company.names
	p.present = nil
	kept := p.order[:0:0]
	for _, m := range r.order {
		if c, ok := p.sight.Call(m.call); ok {
			kept = append(kept, &mirrored{call: c})
		}
	}
	p.order = kept
	clear(p.calls)
	for _, m := range p.order {
		p.calls[m.call.Seq] = m
	}
}

// takeCall projects a call of the clear painter's mirror.
func (p *painter) takeCall(seq uint64) {
	m := p.root.calls[seq]
	var call state.Call
	ok := m != nil
	if ok {
		call, ok = p.sight.Call(m.call)
	}
	if !ok {
		p.drop(seq)
		return
	}
	p.put(call)
}

// projected is a company as the lens shows it, with the teams of the scope.
func (p *painter) projected(k *company) company {
	out := newCompany()
	out.names, out.others = k.names, map[string]string{}
	s, of := p.sight, p.setup.Teams
	for oid, m := range k.users {
		person, in := s.Person(state.Person{User: oid, Name: m.name, Number: m.number})
		if !in {
			out.others[oid] = s.Lens.Name(m.name, true)
			continue
		}
		team := m.team
		if s.Scoped() {
			team = of.OfUser(oid, m.name, m.number)
		}
		out.users[person.User] = member{name: person.Name, number: person.Number, team: team, seen: m.seen}
	}
	for oid, m := range k.lines {
		if l, in := s.PhoneLine(state.PhoneLine{Line: oid, Name: m.name, Number: m.number}); in {
			team := m.team
			if s.Scoped() {
				team = of.OfLine(oid, m.name, m.number)
			}
			out.lines[oid] = member{name: l.Name, number: l.Number, team: team, seen: m.seen}
		}
	}
	return out
}

// resetup takes the files over. A scope knows its own teams only; what is
// wrong with a file is for those who see everything.
func (p *painter) resetup() {
	p.setup = p.root.setup
	p.setup.Teams = scopedTeams(p.setup.Teams, p.lens)
	if !p.lens.Clear() {
		p.setup.refused = "" // it may name members of teams
	}
	p.sight = p.root.sightOf(p.lens)
}

func scopedTeams(of *teams.Teams, l privacy.Lens) *teams.Teams {
	if l.Scope.All() {
		return of
	}
	return of.Only(l.Scope.Teams())
}

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
	if p.sight.Scoped() {
		p.root.readDay(p.h.clock.now())
	}
	return p.root.ledgerOf(p.sight, r)
}

// waitingNow is the ledger in short.
func (p *painter) waitingNow() state.Waiting {
	w := p.root.waiting
	if !p.sight.Scoped() {
		return w
	}
	p.h.mu.Lock()
	open := p.h.board.Recovery().Open
	p.h.mu.Unlock()
	open = p.sight.Callbacks(open)
	w.Open, w.Oldest = len(open), time.Time{}
	for i := range open {
		w.Oldest = earlier(w.Oldest, open[i].First)
	}
	return w
}

// oldest is since when the first of the customers waits.
func (p *painter) waitingOf() (n int, oldest time.Time) {
	if p.sight != nil && p.sight.Scoped() {
		return p.waiting.Open, p.waiting.Oldest
	}
	p.h.mu.Lock()
	defer p.h.mu.Unlock()
	w := p.h.board.Waiting()
	return w.Open, w.Oldest
}

// endedNow are the calls that ended lately.
func (p *painter) endedNow() []state.Ended {
	if !p.sight.Scoped() && !p.sight.Masked() {
		return p.root.ended
	}
	list := p.root.ended
	if p.sight.Scoped() { // those of the scope may be further back
		p.h.mu.Lock()
		list = p.h.board.RecentEnded(endedLooked)
		p.h.mu.Unlock()
	}
	var out []state.Ended
	for i := range list {
		if e, ok := p.sight.Ended(list[i]); ok && len(out) < endedShown {
			out = append(out, e)
		}
	}
	return out
}

// endedLooked is how far back calls that ended are looked for.
const endedLooked = 500

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

// callers counts the customers of a scope who came in today, by the normal form
// of their number, and those who gave up without one. p is the clear painter.
func (p *painter) callers(s *privacy.Sight) (calls map[string]int, nameless int) {
	calls = map[string]int{}
	for i := range p.day.journeys {
		j := &p.day.journeys[i]
		if !j.Counted || j.Kind == state.Outbound || j.Kind == state.Internal || !s.TakesJourney(j) {
			continue
		}
		if key := p.normal(j.Customer.Number); key != "" {
			calls[key]++
		} else if !j.Up() && j.Answered.IsZero() && !j.Lost {
			nameless++
		}
	}
	return calls, nameless
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

// ledgerOf is a ledger as a lens shows it; its counts are those of the scope. p
// is the clear painter, whose day was read.
func (p *painter) ledgerOf(s *privacy.Sight, r state.Recovery) state.Recovery {
	if !s.Scoped() {
		r.Open, r.Closed = s.Callbacks(r.Open), s.Callbacks(r.Closed)
		return r
	}
	calls, nameless := p.callers(s)
	r.Anonymous, r.Twice, r.TwiceWaiting = nameless, 0, 0
	for _, n := range calls {
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
			e.CallsNow = calls[key]
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

// alarmsWithin are the alarms that are up, as far as a lens shows what they are
// about, for its own watch to go on from.
func (w *watch) alarmsWithin(p *painter) []rules.Episode {
	var out []rules.Episode
	for i := range w.up {
		a := &w.up[i]
		if a.Subject&rules.Part != 0 || a.Subject == 0 && p.sight.Scoped() || a.Subject != 0 && p.calls[a.Subject] == nil {
			continue
		}
		out = append(out, rules.Episode{Kind: a.Kind, Call: a.Subject, From: a.Raised, Value: a.Value})
	}
	return out
}

// counts reports that the lens shows how many only.
func (p *painter) counts() bool { return p.lens.Level == privacy.Counts }

// cloned is a company that shares nothing.
func (k *company) cloned() company {
	out := *k
	out.lines, out.users = maps.Clone(k.lines), maps.Clone(k.users)
	return out
}
