package access

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/privacy"
)

// A Right is one thing that somebody may do. Every route of the web names one.
type Right uint8

// The rights. Open is no right at all: whoever asks is answered.
const (
	Open       Right = iota // sign-in, pairing, health, files without data
	Watch                   // the live stream of a page one may see
	Look                    // pages and the API
	Act                     // words about missed customers, dismissals, notices, reviews
	Export                  // files of past calls
	Reveal                  // see hidden numbers for a while, with a reason
	Pair                    // displays: pair, name, re-point, revoke
	Try                     // try other limits on the record
	Administer              // people, their sessions, tokens, the audit log
)

// A Role is what a person or a program is here for; it grants rights.
type Role uint8

// The roles, each with the rights of the one before.
const (
	Viewer        Role = iota // sees
	Supervisor                // sees and acts
	Administrator             // also decides who else may
)

var roles = []string{"viewer", "supervisor", "administrator"}

// Roles are the words of all roles, the least first.
func Roles() []string { return slices.Clone(roles) }

// String is the word of a role, as it stands in settings and commands.
func (r Role) String() string { return roles[min(int(r), len(roles)-1)] }

// ParseRole reads the word of a role.
func ParseRole(word string) (Role, bool) {
	i := slices.Index(roles, word)
	return Role(max(i, 0)), i >= 0
}

// Level is what the role sees through unless its account says otherwise.
func (r Role) Level() privacy.Level {
	if r == Viewer {
		return privacy.LastThree
	}
	return privacy.Full
}

// A Kind is what sort of party asks.
type Kind uint8

// The kinds. The zero value is somebody of whom nothing is known.
const (
	Nobody  Kind = iota
	Person       // signed in with a browser
	Program      // brings a token
	Display      // a paired screen: one view, read only
	Local        // whoever is on this machine, where sign-in is off: an administrator
)

// Who is the party behind a request. It is a value: what it may do is as of
// when it was asked for, see Service.Hold for how long that stands.
type Who struct {
	Kind    Kind
	ID      string // of the party, stable, for the audit log: "user:3", "display:7"
	Session string // of this sign-in; empty for programs and displays
	Name    string // as others see it
	Role    Role
	Lens    privacy.Lens // what it sees through
	View    string       // address that a display shows, "/wall?..."; empty for others
	Until   time.Time    // when this sign-in ends at the latest; zero is never
	Shown   time.Time    // until then this session sees hidden numbers, see Service.Reveal; zero is not at all
}

// Person is the number of the account behind a Who of that kind.
func (w Who) Person() (id int64, ok bool) {
	if w.Kind != Person {
		return 0, false
	}
	text, ok := strings.CutPrefix(w.ID, "user:")
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil
}

// May reports a right.
func (w Who) May(r Right) bool {
	switch {
	case r == Open:
		return true
	case w.Kind == Nobody:
		return false
	case w.Kind == Local:
		return true
	case w.Kind == Display:
		return r == Watch
	case r == Watch || r == Look:
		return true
	case r == Administer:
		return w.Role == Administrator
	}
	return w.Role >= Supervisor
}
