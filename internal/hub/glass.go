package hub

import (
	"maps"
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
	s.TeamOf = p.teamOfUser
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
	inLines := chosen(l.Scope.Lines())
	named, inTeams := chosen(l.Scope.Teams()), map[string]bool{} // as the scope and as the file spells them
	for _, name := range p.setup.Teams.Names() {
		inTeams[name] = named[fold(name)]
	}
	s.LineIn = func(oid, name string) bool {
		return len(inLines) > 0 && (inLines[fold(oid)] || name != "" && inLines[fold(name)] || inLines[fold(p.company.lines[oid].name)]) ||
			len(inTeams) > 0 && inTeams[p.teamOfLine(oid, name)]
	}
	s.UserIn = func(oid, name, number string) bool {
		return len(inTeams) > 0 && inTeams[p.teamOfUser(oid, name, number)]
	}
	delete(inLines, "")
	delete(inTeams, "")
	s.OwnTeams = len(named) > 0
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
	n := &news{h: p.h}
	p.waiting, p.ended = p.waitingNow(n), p.endedNow(n)
	p.version++
}

// follow takes over what the clear painter has just absorbed. p.mu is held.
func (p *painter) follow(d *dirty, n *news) {
	r := p.root
	p.feed, p.gaps, p.paused = r.feed, r.gaps, r.paused
	if d.today {
		p.takeToday()
	}
	if p.companyOf != r.company.names {
		p.takeCompany()
		p.waiting, p.ended = p.waitingNow(n), p.endedNow(n)
	} else {
		for seq := range d.calls {
			p.takeCall(seq)
		}
		if d.ledger {
			p.waiting = p.waitingNow(n)
		}
		if d.ended {
			p.ended = p.endedNow(n)
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
			if !s.OwnTeams { // else no call names them
				out.others[oid] = s.Lens.Name(m.name, true)
			}
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

// news is what several lenses need of the board at the same moment, read once.
type news struct {
	h     *Hub
	open  []state.Callback // customers to call back; nil: not read yet
	ended []state.Ended    // further back than the clear painter shows them; the same
}

func (n *news) openNow() []state.Callback {
	if n.open == nil {
		n.h.mu.Lock()
		n.open = append([]state.Callback{}, n.h.board.Recovery().Open...)
		n.h.mu.Unlock()
	}
	return n.open
}

func (n *news) endedNow() []state.Ended {
	if n.ended == nil {
		n.h.mu.Lock()
		n.ended = append([]state.Ended{}, n.h.board.RecentEnded(endedLooked)...)
		n.h.mu.Unlock()
	}
	return n.ended
}

// waitingNow is the ledger in short.
func (p *painter) waitingNow(n *news) state.Waiting {
	w := p.root.waiting
	if !p.sight.Scoped() {
		return w
	}
	w.Open, w.Oldest = 0, time.Time{}
	for _, e := range n.openNow() {
		if e, ok := p.sight.Callback(e); ok {
			w.Open++
			w.Oldest = earlier(w.Oldest, e.First)
		}
	}
	return w
}

// waitingOf is how many customers wait, and since when the first of them does.
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
func (p *painter) endedNow(n *news) []state.Ended {
	list := p.root.ended
	if p.sight.Scoped() { // those of the scope may be further back
		list = n.endedNow()
	}
	var out []state.Ended
	for i := range list {
		if len(out) == endedShown {
			break
		}
		if e, ok := p.sight.Ended(list[i]); ok {
			out = append(out, e)
		}
	}
	return out
}

// endedLooked is how far back calls that ended are looked for.
const endedLooked = 200

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
