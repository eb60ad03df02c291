package hub

import (
	"cmp"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// A doing is what one person does now, the most important first.
type doing uint8

const (
	doesRingTooLong doing = iota
	doesRing
	doesTalk
	doesTalkInside
	doesNothing
	doings int = iota
)

// A present is a person with what the person does now.
type present struct {
	state.Person
	team string // as the file spells it
	what doing
	call *state.Call // nil for who is in none
	with state.Party
	text string // name, folded, and number, to find by typing
}

// since is how long the person does what it does.
func (b *present) since() (since time.Time, atLeast bool) {
	if b.call == nil {
		return b.Idle, b.IdleAtLeast
	}
	return inState(b.call)
}

// A roster is everybody at one version of the mirror, by name. All views of
// people share it.
type roster struct {
	version uint64
	names   uint64
	until   time.Time // when somebody's telephone will have rung too long; zero if never
	people  []present
}

// roster makes the roster, or finds the one of this version. p.mu is held.
func (c *composer) roster() *roster {
	p := c.p
	if r := p.present; r != nil && r.version == p.version && r.names == p.company.names && (r.until.IsZero() || c.moment.Before(r.until)) {
		return r
	}
	people := p.people()
	r := &roster{version: p.version, names: p.company.names, people: make([]present, len(people))}
	found := map[string]present{}
	r.until = p.whoDoesWhat(people, c.moment, found)
	for i := range people {
		b, busy := found[people[i].User]
		if !busy {
			b.what = doesNothing
		}
		b.Person = people[i]
		b.team = p.teamOfUser(b.User, b.Name, b.Number)
		b.text = fold(b.Name) + "\n" + compactNumber(b.Number)
		r.people[i] = b
	}
	p.present = r
	return r
}

// whoDoesWhat finds what each person does. Somebody who talks while another
// telephone call rings talks. until is when a ringing will have been too long.
func (p *painter) whoDoesWhat(people []state.Person, moment time.Time, found map[string]present) (until time.Time) {
	extensions := make(map[string]string, len(people))
	for i := range people {
		if people[i].Number != "" && people[i].Number != privacy.Hidden {
			extensions[people[i].Number] = people[i].User
		}
	}
	note := func(s state.Party, b present) {
		user := cmp.Or(s.User, extensions[s.Number])
		old, known := found[user]
		if user != "" && (!known || b.what < old.what && old.what != doesTalk || b.what == doesTalk && old.what != doesTalk) {
			found[user] = b
		}
	}
	for _, m := range p.order {
		call := &m.call
		if call.Phase == state.Talking {
			what := doesTalk
			if call.Direction == state.Internal {
				what = doesTalkInside
			}
			note(call.Caller, present{what: what, call: call, with: call.Callee})
			note(call.Callee, present{what: what, call: call, with: call.Caller})
			continue
		}
		g, turns := p.groupOf(call, moment)
		until = earlier(until, turns)
		what := doesRing
		if g == needsPerson {
			what = doesRingTooLong
		}
		if call.Direction != state.Inbound { // who calls out is busy with it
			note(call.Caller, present{what: doesRing, call: call, with: call.Callee})
		}
		for i := range call.Legs {
			if leg := &call.Legs[i]; leg.Side == state.CalleeSide && leg.State == state.LegRinging {
				note(leg.Party, present{what: what, call: call, with: call.Caller})
			}
		}
	}
	return until
}

// A tally counts people by what they do.
type tally [doings]count

func (t *tally) add(b *present) {
	if b.call == nil {
		t[doesNothing].sure++
	} else {
		t[b.what].add(b.call)
	}
}

// ringing are the people whose telephones ring, whether too long or not.
func (t *tally) ringing() count {
	return count{t[doesRing].sure + t[doesRingTooLong].sure, t[doesRing].doubt + t[doesRingTooLong].doubt}
}

func (t *tally) all() (n int) {
	for i := range t {
		n += t[i].all()
	}
	return n
}
