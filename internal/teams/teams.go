// Package teams says which users and lines of the PBX belong together. The
// PBX knows no teams; a file names them.
package teams

// Teams is an immutable list of teams. The nil value is none. Safe for
// concurrent use.
type Teams struct {
	list []Team
}

// A Team is named by people; Users and Lines name members as the file does:
// by number, name or oid.
type Team struct {
	Name         string
	Users, Lines []string
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

// OfUser is the team of a user known by any of oid, name and extension; empty
// if none.
func (t *Teams) OfUser(oid, name, number string) string { panic("stub") }

// OfLine is the team of a line.
func (t *Teams) OfLine(oid, name, number string) string { panic("stub") }

// Load reads a file. An error is one line: file, line, what is wrong, what is
// expected.
func Load(path string) (*Teams, error) { panic("stub") }
