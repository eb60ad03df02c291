package rules

import (
	"slices"
	"strings"

	"callboard/internal/strictyaml"
)

// A SignInGroup says what a group of the company's sign-in service may do here.
type SignInGroup struct {
	Group        string   // as the service tells it, letter for letter
	Role         string   // one of Roles
	Teams, Lines []string // whose calls they see; none of both is all
	Level        string   // one of Levels; empty is what is usual for the role
}

// Roles and Levels are the words of internal/access and internal/privacy, which
// limits know nothing of; a test of whoever reads them holds them together.
var (
	Roles  = []string{"viewer", "supervisor", "administrator"}
	Levels = []string{"full", "last-three", "initials", "counts"}
)

const (
	maxGroups    = 200
	maxGroupName = 200 // characters; some services tell addresses
	maxScope     = 100 // teams, and lines, of a group
	maxScopeName = 60  // characters
)

func (r *Rules) readSignIn(n strictyaml.Node) error {
	return n.Fields(fields{"groups": r.readGroups})
}

func (r *Rules) readGroups(n strictyaml.Node) error {
	items, err := n.Items("groups, each with group and role")
	if err != nil {
		return err
	}
	if len(items) > maxGroups {
		return items[maxGroups].Wrong("expected at most %d groups", maxGroups)
	}
	r.SignIn = nil
	lines := map[string]int{} // group → line of the file
	for _, item := range items {
		var g SignInGroup
		err := item.Fields(fields{
			"group": func(n strictyaml.Node) (err error) {
				if g.Group, err = n.Text("the group's name as the sign-in service tells it", 1, maxGroupName); err != nil {
					return err
				}
				if line, twice := lines[g.Group]; twice {
					return n.Wrong("expected another group, line %d has this one already", line)
				}
				lines[g.Group] = n.Line()
				return nil
			},
			"role":  oneWord(&g.Role, Roles),
			"level": oneWord(&g.Level, Levels),
			"teams": names(&g.Teams, "teams by name"),
			"lines": names(&g.Lines, "lines by oid or name"),
		})
		switch {
		case err != nil:
			return err
		case g.Group == "":
			return item.Wrong("expected group and role")
		case g.Role == "":
			return item.Wrong("expected a role: %s", list(Roles))
		case g.Role == "administrator" && len(g.Teams)+len(g.Lines) > 0:
			return item.Wrong("expected no teams and lines, an administrator decides who sees them")
		}
		r.SignIn = append(r.SignIn, g)
	}
	return nil
}

// oneWord reads one of a few words.
func oneWord(to *string, words []string) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		s, _ := n.Scalar()
		if !slices.Contains(words, s) {
			return n.Wrong("expected %s", list(words))
		}
		*to = s
		return nil
	}
}

// list joins words as a sentence does.
func list(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// names reads a list of names.
func names(to *[]string, what string) func(strictyaml.Node) error {
	return func(n strictyaml.Node) error {
		items, err := n.Items(what)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return n.Wrong("expected a list of %s, or nothing at all, not even the key", what)
		}
		if len(items) > maxScope {
			return items[maxScope].Wrong("expected at most %d", maxScope)
		}
		*to = nil
		for _, item := range items {
			name, err := item.Text("a name", 1, maxScopeName)
			if err != nil {
				return err
			}
			*to = append(*to, name)
		}
		return nil
	}
}

// groups writes the list, or how one would look.
func (w *writer) groups(all []SignInGroup) {
	w.gap()
	w.line(0, "", "# Who may sign in with a company account (--login oidc): groups of the sign-in service.")
	w.line(0, "", "# role: viewer, supervisor or administrator; the highest of somebody's groups counts.")
	w.line(0, "", "# teams, lines: whose calls they see, without both all. level: full, last-three, initials or counts.")
	if len(all) == 0 {
		w.line(0, "", "# sign-in:")
		w.line(0, "", "#   groups:")
		w.line(0, "", "#     - {group: callboard-admins, role: administrator}")
		w.line(0, "", "#     - {group: sales-leads, role: supervisor, teams: [Sales]}")
		return
	}
	w.head(0, "sign-in", "")
	w.head(1, "groups", "")
	for _, g := range all {
		var text strings.Builder
		text.WriteString("- {group: " + quoted(g.Group) + ", role: " + g.Role)
		for _, more := range []struct {
			key   string
			names []string
		}{{"teams", g.Teams}, {"lines", g.Lines}} {
			if len(more.names) > 0 {
				var said []string
				for _, name := range more.names {
					said = append(said, quoted(name))
				}
				text.WriteString(", " + more.key + ": [" + strings.Join(said, ", ") + "]")
			}
		}
		if g.Level != "" {
			text.WriteString(", level: " + g.Level)
		}
		w.line(2, text.String()+"}", "")
	}
}
