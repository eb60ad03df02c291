package privacy

import (
	"net/url"
	"slices"
)

// A Scope is the teams and lines whose calls may be seen; the zero value is
// all. It is the canonical form of its lists, so equal scopes are ==.
type Scope string

// NewScope makes a scope of teams, by name, and lines, by oid or name. Without
// any it is everything.
func NewScope(teams, lines []string) Scope {
	v := url.Values{}
	for name, list := range map[string][]string{"team": teams, "line": lines} {
		list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
		slices.Sort(list)
		if list = slices.Compact(list); len(list) > 0 {
			v[name] = list
		}
	}
	return Scope(v.Encode())
}

// All reports that nothing is left out.
func (s Scope) All() bool { return s == "" }

// Teams and Lines are what the scope was made of, in order.
func (s Scope) Teams() []string { return s.list("team") }

// Lines are the lines by oid or name, in order.
func (s Scope) Lines() []string { return s.list("line") }

func (s Scope) list(name string) []string {
	v, _ := url.ParseQuery(string(s)) // made by NewScope
	return v[name]
}

// A Lens is what somebody sees through: comparable, the zero value sees all.
type Lens struct {
	Level Level
	Scope Scope
}

// Clear reports a lens that hides nothing.
func (l Lens) Clear() bool { return l == Lens{} }
