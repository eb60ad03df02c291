package privacy

import (
	"slices"
	"strconv"

	"callboard/internal/state"
)

// Somebody whose scope names teams sees their own colleagues by name. Who of
// another team takes part in a call of the scope is told by that team alone,
// and by "•••" where there is none: that somebody of them talked is part of the
// call, who it was is not. A scope of lines alone knows no own colleagues, so
// everybody who takes its calls is told as they are.
//
// The team stands as name and in the place of the oid, so that a party stays a
// colleague's and nothing else finds one.

// elsewhere reports a colleague outside of the scope.
func (s *Sight) elsewhere(p *state.Party) bool {
	if !s.OwnTeams || s.in(p) {
		return false
	}
	oid := p.User
	if oid == "" && p.Number != "" {
		oid = s.UserOf(p.Number)
		if oid != "" && s.UserIn(oid, "", "") {
			return false
		}
	}
	return oid != "" || s.TeamOf("", p.Name, p.Number) != ""
}

// other is what is told of a colleague outside of the scope.
func (s *Sight) other(p *state.Party) state.Party {
	oid := p.User
	if oid == "" && p.Number != "" {
		oid = s.UserOf(p.Number)
	}
	team := s.teamKey(oid, p.Name, p.Number)
	if team == "" {
		team = Hidden
	}
	return state.Party{User: team, Name: team}
}

// teamKey is a team as it stands in the place of somebody of it; empty if there
// is none, or its name would be taken for a person's key.
func (s *Sight) teamKey(oid, name, number string) string {
	if s.TeamOf == nil {
		return ""
	}
	team := s.TeamOf(oid, name, number)
	if team == "" || s.Known != nil && s.Known(team) || s.colleague(team) {
		return ""
	}
	return s.LineName(team)
}

// key is somebody of a journey, by oid or by number where none is known, as may
// be told.
func (s *Sight) key(key string) string {
	known := s.Known == nil || s.Known(key)
	if p := (state.Party{Number: key}); s.OwnTeams && !s.UserIn(key, "", key) {
		if known {
			p = state.Party{User: key}
		}
		if s.elsewhere(&p) {
			return s.other(&p).User
		}
	}
	if known || !s.Masked() {
		return key
	}
	if team := s.teamKey("", "", key); team != "" { // a member known by nothing else
		return team
	}
	return s.Lens.Number(key, s.colleague(key))
}

// blanks takes out of a call's own id, or the PBX's word on how it began, what
// may hold the extension of somebody outside of the scope.
func (s *Sight) blanks(parties ...*state.Party) bool {
	if s.Masked() {
		return true
	}
	return slices.ContainsFunc(parties, s.elsewhere)
}

// A crowd tells people of one journey apart who look the same.
type crowd struct {
	outside map[string]string // outsiders, as "#1"
	others  map[string]string // colleagues outside of the scope, as "Sales", "Sales #2"
	teams   map[string]int
}

func newCrowd() *crowd {
	return &crowd{outside: map[string]string{}, others: map[string]string{}, teams: map[string]int{}}
}

// mark is what tells an outsider from others.
func (c *crowd) mark(who string) string {
	if c.outside[who] == "" {
		c.outside[who] = "#" + strconv.Itoa(len(c.outside)+1)
	}
	return c.outside[who]
}

// key is what tells a colleague outside of the scope from others of the team.
func (c *crowd) key(who, team string) string {
	if c.others[who] == "" {
		c.teams[team]++
		c.others[who] = team
		if n := c.teams[team]; n > 1 {
			c.others[who] += " #" + strconv.Itoa(n)
		}
	}
	return c.others[who]
}
