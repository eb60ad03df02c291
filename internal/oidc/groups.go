package oidc

import (
	"maps"
	"slices"
	"strings"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// A Group says what a group at the provider may do here.
type Group struct {
	Name  string // exactly as the claim has it
	Role  access.Role
	Level privacy.Level // how plainly its people see numbers; counts only if Own
	Own   bool          // Level stands, and not what is usual for the role
	Scope privacy.Scope
}

// A Grant is what somebody may by their groups.
type Grant struct {
	Role  access.Role
	Level privacy.Level
	Own   bool // Level is not what is usual for the role, and stands
	Scope privacy.Scope
}

// grant is what the groups of a person give them; false for nothing. The
// highest role wins. Groups of that role add up: their scopes join, and the
// mildest of their levels stands. Groups of a lower role add nothing, so that
// whoever leads one team and may look at all does not come to lead them all.
func grant(known []Group, member []string) (g Grant, ok bool) {
	var teams, lines []string
	all := false
	for _, k := range known {
		if !slices.Contains(member, k.Name) || ok && k.Role < g.Role {
			continue
		}
		level := k.Role.Level()
		if k.Own {
			level = k.Level
		}
		if !ok || k.Role > g.Role {
			g, ok = Grant{Role: k.Role, Level: level}, true
			teams, lines, all = nil, nil, false
		}
		g.Level = min(g.Level, level)
		all = all || k.Scope.All()
		teams = append(teams, k.Scope.Teams()...)
		lines = append(lines, k.Scope.Lines()...)
	}
	if !ok {
		return Grant{}, false
	}
	if !all {
		g.Scope = privacy.NewScope(teams, lines)
	}
	if g.Own = g.Level != g.Role.Level(); !g.Own {
		g.Level = privacy.Full
	}
	return g, true
}

// groupsIn are the groups that claims name under a claim; false if the claim is
// not there. The claim is a list of names, one name, or an object with the names
// as its keys, as some providers tell roles. A name of a claim that is not there
// as it stands is a path with dots, as in realm_access.roles.
func groupsIn(claims map[string]any, claim string) ([]string, bool) {
	value, ok := claims[claim]
	if !ok {
		for at, rest := claims, claim; ; {
			var name string
			var more bool
			name, rest, more = strings.Cut(rest, ".")
			value, ok = at[name]
			if !ok || !more {
				break
			}
			if at, ok = value.(map[string]any); !ok {
				break
			}
		}
	}
	if !ok || value == nil {
		return nil, false
	}
	switch v := value.(type) {
	case string:
		return []string{v}, true
	case map[string]any:
		return slices.Sorted(maps.Keys(v)), true
	case []any:
		names := make([]string, 0, len(v))
		for _, item := range v {
			if name, ok := item.(string); ok {
				names = append(names, name)
			}
		}
		return names, true
	}
	return nil, false
}
