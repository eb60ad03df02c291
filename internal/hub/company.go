package hub

import (
	"cmp"
	"maps"
	"slices"

	"callboard/internal/state"
	"callboard/internal/teams"
)

// A company is who and which lines there are, as the PBX listed them and as
// calls showed them. It belongs to the painter.
type company struct {
	lines map[string]member // by oid
	users map[string]member
	names uint64 // rises when a line or user came or got another name, number or team

	own    map[string]bool   // numbers of the company's lines and people, as the PBX lists them; replaced, never written to
	whose  map[string]string // user by extension, the same
	others map[string]string // through a lens: names of users who are not in its scope, for calls they take part in
}

// A member is a line or a user.
type member struct {
	name, number string
	team         string // as the file spells it, "" for none
	seen         bool   // a call showed it
}

func newCompany() company {
	return company{lines: map[string]member{}, users: map[string]member{}}
}

// take puts in what the board knows, in place of what it knew before. What
// calls have shown stays.
func (k *company) take(people []state.Person, lines []state.PhoneLine, of *teams.Teams) {
	listed := make(map[string]bool, len(people)+len(lines))
	before := k.own
	k.own, k.whose = make(map[string]bool, len(people)+len(lines)), make(map[string]string, len(people))
	for i := range people {
		p := &people[i]
		listed[p.User] = true
		if p.Number != "" {
			k.own[p.Number], k.whose[p.Number] = true, p.User
		}
		k.put(k.users, p.User, member{name: p.Name, number: p.Number, team: of.OfUser(p.User, p.Name, p.Number)})
	}
	k.drop(k.users, listed)
	clear(listed)
	for i := range lines {
		l := &lines[i]
		listed[l.Line] = true
		if l.Number != "" {
			k.own[l.Number] = true
		}
		k.put(k.lines, l.Line, member{name: l.Name, number: l.Number, team: of.OfLine(l.Line, l.Name, l.Number)})
	}
	k.drop(k.lines, listed)
	if !maps.Equal(before, k.own) {
		k.names++
	}
}

// learn keeps what a call shows of lines and people.
func (k *company) learn(c *state.Call, of *teams.Teams) {
	if c.Line != "" {
		old := k.lines[c.Line]
		name := cmp.Or(c.LineName, old.name)
		if !old.seen || old.name != name {
			k.put(k.lines, c.Line, member{name: name, number: old.number, team: of.OfLine(c.Line, name, old.number), seen: true})
		}
	}
	for _, party := range [...]*state.Party{&c.Caller, &c.Callee} {
		if party.User == "" || party.Name == "" {
			continue
		}
		if old := k.users[party.User]; !old.seen || old.name != party.Name {
			number := cmp.Or(old.number, party.Number)
			k.put(k.users, party.User, member{name: party.Name, number: number, team: of.OfUser(party.User, party.Name, number), seen: true})
		}
	}
}

func (k *company) put(list map[string]member, oid string, m member) {
	old, known := list[oid]
	m.seen = m.seen || old.seen
	switch {
	case !known && len(list) < namesKept:
		k.names++
	case !known || old == m:
		return
	case old.name != m.name || old.number != m.number || old.team != m.team:
		k.names++
	}
	list[oid] = m
}

// drop forgets what is not listed and was in no call.
func (k *company) drop(list map[string]member, listed map[string]bool) {
	for oid, m := range list {
		if !m.seen && !listed[oid] {
			delete(list, oid)
			k.names++
		}
	}
}

// regroup puts everybody into the teams of another file.
func (k *company) regroup(of *teams.Teams) {
	for oid, m := range k.users {
		m.team = of.OfUser(oid, m.name, m.number)
		k.users[oid] = m
	}
	for oid, m := range k.lines {
		m.team = of.OfLine(oid, m.name, m.number)
		k.lines[oid] = m
	}
	k.names++
}

// nameOf is what a user is called; empty if that is not known.
func (k *company) nameOf(oid string) string { return cmp.Or(k.users[oid].name, k.others[oid]) }

// byName lists the oids of lines or users in order of their names.
func byName(list map[string]member) []string {
	type named struct{ oid, key string }
	all := make([]named, 0, len(list))
	for oid, m := range list {
		all = append(all, named{oid, fold(cmp.Or(m.name, m.number, oid))})
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.oid, b.oid)) })
	out := make([]string, len(all))
	for i := range all {
		out[i] = all[i].oid
	}
	return out
}

// teamOfUser is the team of somebody in a call; number is what is known of
// people without an oid.
func (p *painter) teamOfUser(oid, name, number string) string {
	if m, known := p.company.users[oid]; known && oid != "" {
		return m.team
	}
	if team := p.setup.Teams.OfUser(oid, name, number); team != "" || p.root == nil {
		return team
	}
	team, _ := p.setup.Teams.Named(oid) // a lens tells some by their team
	return team
}

func (p *painter) teamOfLine(oid, name string) string {
	if m, known := p.company.lines[oid]; known {
		return m.team
	}
	return p.setup.Teams.OfLine(oid, name, "")
}

// inTeam reports whether a call belongs to a team (folded).
func (p *painter) inTeam(m *mirrored, team string) bool { return slices.Contains(p.teamsOf(m), team) }

// teamsOf are the teams (folded) that a call belongs to: that of its line, and
// those of who is in the call or whose telephone rings for it.
func (p *painter) teamsOf(m *mirrored) []string {
	if p.setup.Teams == nil {
		return nil
	}
	if m.teams == nil || m.teamsOf != p.company.names {
		m.teams, m.teamsOf = []string{}, p.company.names
		note := func(team string) { m.teams = withTeam(m.teams, team) }
		person := func(s *state.Party) { note(p.teamOfUser(s.User, s.Name, s.Number)) }
		call := &m.call
		if call.Line != "" {
			note(p.teamOfLine(call.Line, call.LineName))
		}
		person(&call.Caller)
		person(&call.Callee)
		for i := range call.Legs {
			if call.Legs[i].State != state.LegGone {
				person(&call.Legs[i].Party)
			}
		}
	}
	return m.teams
}

// journeyTeams are the teams (folded) that a journey belongs to: that of its
// line, and those of who talked with the customer or whose telephone rang.
func (p *painter) journeyTeams(j *state.Journey) (teams []string) {
	if p.setup.Teams == nil {
		return nil
	}
	if j.Line != "" {
		teams = withTeam(teams, p.teamOfLine(j.Line, j.LineName))
	}
	for _, u := range j.Users {
		teams = withTeam(teams, p.teamOfUser(u, "", u))
	}
	for _, u := range j.RangAt {
		teams = withTeam(teams, p.teamOfUser(u, "", u))
	}
	return teams
}

func withTeam(list []string, team string) []string {
	if team = fold(team); team != "" && !slices.Contains(list, team) {
		return append(list, team)
	}
	return list
}

// takes reports whether a call belongs to the view.
func (c *composer) takes(m *mirrored) bool {
	f := &c.v.filter
	return (f.team == "" || c.p.inTeam(m, f.team)) && f.match(m)
}
