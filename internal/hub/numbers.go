package hub

import (
	"cmp"
	"slices"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/privacy"
	"callboard/internal/state"
)

// numbersPause is the least time between two readings of the day's journeys,
// and between two reckonings of the same numbers.
const numbersPause = time.Second

// A scope is a choice of journeys: those that came in by a line, in which a
// person took part, that belong to a team. Folded; empty chooses all.
type scope struct {
	line, user, team string
	lineless         bool // those that came in by no line
}

// scope is the part of a query that bears on journeys. What it chooses of the
// calls going on, like their state, does not.
func (q Query) scope() scope {
	s := scope{line: fold(q.Line), user: fold(q.User), team: fold(q.Team)}
	if s.user != "" && q.Sees().Level == privacy.Counts {
		s.user = nobody
	}
	return s
}

// nobody is a person that there is not: counts of one are no counts.
const nobody = "\x00"

// A daybook is the day as the painter last read it, with the numbers made of
// it. painter.mu guards it.
type daybook struct {
	names    uint64 // through a lens: of the clear painter's company in journeys,
	setup    int    // and its setup
	journeys []state.Journey
	overflow bool   // there were more
	version  uint64 // of the board's day in journeys
	read     time.Time
	made     uint64 // rises with every reading
	past     bool   // it is not today's and stays as it is
	numbers  map[scope]*reckoned
}

// reckoned are the numbers of a scope.
type reckoned struct {
	n     kpi.Numbers
	made  uint64 // of the daybook
	names uint64 // of the company: who belongs to a team
	rules kpi.ServiceLevel

	moment time.Time // that they are of
}

// scopesKept bounds the numbers kept: a view, a line or a team each has some.
const scopesKept = 1000

// readDay takes the day's journeys over, at most once a second. due is when to
// look again because there is news already; zero if there is none.
func (p *painter) readDay(now time.Time) (due time.Time) {
	b := &p.day
	if b.past {
		return time.Time{}
	}
	if p.root != nil {
		return p.readThrough(now)
	}
	p.h.mu.Lock()
	defer p.h.mu.Unlock()
	version := p.h.board.DayVersion()
	if b.made > 0 && version == b.version {
		return time.Time{}
	}
	if next := b.read.Add(numbersPause); b.made > 0 && now.Before(next) {
		return next
	}
	b.journeys, b.overflow = p.h.board.Journeys(), p.h.board.JourneysOverflow()
	b.version, b.read = version, now
	b.made++
	return time.Time{}
}

// numbers are those of a scope as of the view's moment. They are shared: the
// caller must not change them. The view is painted again when they would be
// others.
func (c *composer) numbers(s scope) *kpi.Numbers {
	n, due := c.p.reckon(s, c.now, c.moment)
	if !c.pic.moment.IsZero() { // ages stand still, so only news changes them
		due = c.p.readDay(c.now)
	}
	c.dueAt(due)
	return n
}

// reckon makes the numbers of a scope as of a moment, or finds them. due is
// when they would be others without a change of the board, or can be.
func (p *painter) reckon(s scope, now, moment time.Time) (n *kpi.Numbers, due time.Time) {
	due = p.readDay(now)
	level := p.rules().ServiceLevel
	r := p.day.numbers[s]
	switch {
	case r == nil, r.made != p.day.made, r.names != p.company.names, r.rules != level,
		!r.n.Turns.IsZero() && !moment.Before(r.n.Turns),
		moment.Before(r.moment): // the feed was lost: what was counted since its last proof proves nothing
		if len(p.day.numbers) >= scopesKept || p.day.numbers == nil {
			p.day.numbers = map[scope]*reckoned{}
		}
		r = &reckoned{made: p.day.made, names: p.company.names, rules: level}
		r.moment = moment
		r.n = kpi.Of(p.day.journeys, level, moment, p.chosen(s))
		p.day.numbers[s] = r
	}
	return &r.n, earlier(due, r.n.Turns)
}

// dueAt asks for a painting without a change.
func (c *composer) dueAt(t time.Time) { c.v.due = earlier(c.v.due, t) }

// numbersComplete reports that nothing of today is missing as far as is known:
// else numbers are a least.
func (c *composer) numbersComplete() bool { return c.p.today.Complete && !c.p.day.overflow }

// chosen says of a journey whether it belongs to a scope; nil takes all.
func (p *painter) chosen(s scope) func(*state.Journey) bool {
	if s == (scope{}) {
		return nil
	}
	number := compactNumber(s.user)
	isUser := func(u string) bool {
		m := p.company.users[u]
		return fold(u) == s.user || fold(m.name) == s.user || number != "" && compactNumber(cmp.Or(m.number, u)) == number
	}
	inTeam := func(u string) bool { return fold(p.teamOfUser(u, "", u)) == s.team }
	return func(j *state.Journey) bool {
		if s.lineless && j.Line != "" {
			return false
		}
		if s.line != "" && fold(j.Line) != s.line && fold(j.LineName) != s.line {
			return false
		}
		if s.user != "" && !slices.ContainsFunc(j.Users, isUser) && !slices.ContainsFunc(j.RangAt, isUser) {
			return false
		}
		return s.team == "" || j.Line != "" && fold(p.teamOfLine(j.Line, j.LineName)) == s.team ||
			slices.ContainsFunc(j.Users, inTeam) || slices.ContainsFunc(j.RangAt, inTeam)
	}
}
