package teams

import (
	"callboard/internal/plain"
	"callboard/internal/strictyaml"
)

const (
	maxTeams   = 500
	maxMembers = 20000 // users and lines each, over all teams
	maxName    = 64    // characters of a team's name
	maxText    = 120   // characters that name a member
)

// Load reads a file. An error is one line: file, line, what is wrong, what is
// expected; it is a *strictyaml.Error.
//
//	teams:
//	  - name: Sales
//	    users: [201, Anna de Vries]
//	    lines: [Sales, "+31205550201"]
func Load(path string) (*Teams, error) {
	root, err := strictyaml.Read(path)
	if err != nil {
		return nil, err
	}
	return read(root)
}

// Parse is Load of a file's content; name stands for it in errors.
func Parse(name string, data []byte) (*Teams, error) {
	root, err := strictyaml.Parse(name, data)
	if err != nil {
		return nil, err
	}
	return read(root)
}

func read(root strictyaml.Node) (*Teams, error) {
	t := &Teams{users: register{by: map[string]int{}}, lines: register{by: map[string]int{}}}
	lineOf := map[string]int{} // folded name → line of the file
	given := false
	team := func(n strictyaml.Node) error {
		at := len(t.list)
		t.list = append(t.list, Team{})
		named := false
		err := n.Fields(map[string]func(strictyaml.Node) error{
			"name": func(n strictyaml.Node) error {
				name, err := n.Text("the team's name", 1, maxName)
				if err != nil {
					return err
				}
				if line, twice := lineOf[plain.Fold(name)]; twice {
					return n.Wrong("expected another name, line %d has this team already", line)
				}
				lineOf[plain.Fold(name)], named = n.Line(), true
				t.list[at].Name = name
				return nil
			},
			"users": func(n strictyaml.Node) (err error) {
				t.list[at].Users, err = t.users.read(n, at, "users by number, name or oid", "a user by number, name or oid")
				return err
			},
			"lines": func(n strictyaml.Node) (err error) {
				t.list[at].Lines, err = t.lines.read(n, at, "lines by number, name or oid", "a line by number, name or oid")
				return err
			},
		})
		if err == nil && !named {
			err = n.Wrong("expected the key name, and with it users, lines or both")
		}
		return err
	}
	err := root.Fields(map[string]func(strictyaml.Node) error{
		"teams": func(n strictyaml.Node) error {
			items, err := n.Items("teams, each with name, users and lines")
			if err != nil {
				return err
			}
			given = true
			if len(items) > maxTeams {
				return items[maxTeams].Wrong("expected at most %d teams", maxTeams)
			}
			for _, item := range items {
				if err := team(item); err != nil {
					return err
				}
			}
			return nil
		},
	})
	if err == nil && !given {
		err = root.Wrong("expected the key teams")
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// read takes the members of a team in.
func (r *register) read(n strictyaml.Node, team int, whats, what string) ([]string, error) {
	items, err := n.Items(whats)
	if err != nil {
		return nil, err
	}
	texts := make([]string, 0, len(items))
	for _, item := range items {
		text, err := item.Text(what, 1, maxText)
		if err != nil {
			return nil, err
		}
		key := keyOf(text)
		if i, twice := r.by[key]; twice {
			return nil, item.Wrong("expected each once and in one team, line %d has it already", r.members[i].Line)
		}
		if len(r.members) >= maxMembers {
			return nil, item.Wrong("expected at most %d in all", maxMembers)
		}
		r.by[key] = len(r.members)
		r.members = append(r.members, Member{text, item.Line(), team})
		texts = append(texts, text)
	}
	return texts, nil
}
