// Package teams says which users and lines of the PBX belong together. The
// PBX knows no teams; a file names them.
package teams

import (
	"slices"

	"callboard/internal/plain"
)

// Teams is an immutable list of teams. The nil value is none. Safe for
// concurrent use.
type Teams struct {
	list         []Team
	users, lines register
}

// A Team is named by people; Users and Lines name members as the file does:
// by number, name or oid.
type Team struct {
	Name         string
	Users, Lines []string
}

// A Who is a user or line as the PBX knows it. Empty fields are unknown.
type Who struct{ OID, Name, Number string }

// A Member is a user or line as the file names it.
type Member struct {
	Text string
	Line int // of the file
	team int
}

// A register finds members by what they are called.
type register struct {
	members []Member
	by      map[string]int // comparable form → place in members
}

// keyOf is the comparable form of a member: a number without spaces and the
// like, or a name without case and accents.
func keyOf(text string) string {
	if n := plain.Number(text); n != "" && !hasLetter(n) {
		return n
	}
	return plain.Fold(text)
}

func hasLetter(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '+' && r != '*' && r != '#' {
			return true
		}
	}
	return false
}

// find looks for an oid, else a number, else a name; -1 if it is no member.
func (r *register) find(w Who) int {
	for _, text := range [...]string{w.OID, w.Number, w.Name} {
		if text == "" {
			continue
		}
		if i, ok := r.by[keyOf(text)]; ok {
			return i // -1: a member of a team that was left out
		}
	}
	return -1
}

// Names lists the teams in the order of the file.
func (t *Teams) Names() []string {
	if t == nil {
		return nil
	}
	names := make([]string, len(t.list))
	for i := range t.list {
		names[i] = t.list[i].Name
	}
	return names
}

// List is the teams in the order of the file. The caller must not change it.
func (t *Teams) List() []Team {
	if t == nil {
		return nil
	}
	return t.list
}

// Only is the list of some teams, by name without regard to case and accents.
// Who belongs to another belongs to none.
func (t *Teams) Only(names []string) *Teams {
	if t == nil {
		return nil
	}
	out := &Teams{}
	place := make([]int, len(t.list)) // of each team in out; -1 if it is left out
	for i, team := range t.list {
		place[i] = -1
		if slices.ContainsFunc(names, func(name string) bool { return plain.Fold(name) == plain.Fold(team.Name) }) {
			place[i] = len(out.list)
			out.list = append(out.list, team)
		}
	}
	out.users, out.lines = t.users.only(place), t.lines.only(place)
	return out
}

// only keeps the members of teams that have a place, which is their team then.
// A text still means the member that it means in the whole file.
func (r *register) only(place []int) register {
	out := register{by: make(map[string]int, len(r.by))}
	moved := make([]int, len(r.members))
	for i, m := range r.members {
		if m.team = place[m.team]; m.team >= 0 {
			moved[i] = len(out.members)
			out.members = append(out.members, m)
		} else {
			moved[i] = -1
		}
	}
	for text, i := range r.by {
		out.by[text] = moved[i]
	}
	return out
}

// Named is a team's name as the file spells it, found without regard to case
// and accents.
func (t *Teams) Named(name string) (string, bool) {
	if t != nil {
		for i := range t.list {
			if plain.Fold(t.list[i].Name) == plain.Fold(name) {
				return t.list[i].Name, true
			}
		}
	}
	return "", false
}

// OfUser is the team of a user known by any of oid, name and extension; empty
// if none. The file's oids win over its numbers, and those over its names.
func (t *Teams) OfUser(oid, name, number string) string {
	if t == nil {
		return ""
	}
	return t.of(&t.users, Who{oid, name, number})
}

// OfLine is the team of a line.
func (t *Teams) OfLine(oid, name, number string) string {
	if t == nil {
		return ""
	}
	return t.of(&t.lines, Who{oid, name, number})
}

func (t *Teams) of(r *register, w Who) string {
	if i := r.find(w); i >= 0 {
		return t.list[r.members[i].team].Name
	}
	return ""
}

// Unknown lists the members of the file that are none of the users and lines
// which the PBX knows, in the order of the file, users first.
func (t *Teams) Unknown(users, lines []Who) []Member {
	if t == nil {
		return nil
	}
	return append(t.users.unknown(users), t.lines.unknown(lines)...)
}

func (r *register) unknown(known []Who) []Member {
	found := make([]bool, len(r.members))
	for _, w := range known {
		for _, text := range [...]string{w.OID, w.Number, w.Name} {
			if i, ok := r.by[keyOf(text)]; ok && i >= 0 && text != "" {
				found[i] = true
			}
		}
	}
	var out []Member
	for i, m := range r.members {
		if !found[i] {
			out = append(out, m)
		}
	}
	return out
}
