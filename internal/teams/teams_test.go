package teams

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/strictyaml"
)

const good = `# who belongs together
teams:
  - name: Verkoop
    users: [201, "202", Anna de Vries, 0501]
    lines:
      - Verkoop
      - +31 20 555 02 01
  - name: Büro Zürich
    users: [Zoë Peters]
  - name: Leer
`

func TestMembers(t *testing.T) {
	teams, err := Parse("teams.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Verkoop", "Büro Zürich", "Leer"}, teams.Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		line              bool
		oid, name, number string
		want              string
	}{
		{oid: "9", name: "Somebody", number: "201", want: "Verkoop"},
		{oid: "202", want: "Verkoop"},
		{oid: "9", name: "ANNA DE VRIES", number: "299", want: "Verkoop"},
		{number: "0501", want: "Verkoop"},
		{number: "501"}, // not the same number
		{name: "Zoe\u0308 peters", want: "Büro Zürich"},
		{name: "Zoe Peters", want: "Büro Zürich"},
		{name: "Zoe"},
		{},
		{line: true, oid: "1601", name: "verkoop", want: "Verkoop"},
		{line: true, number: "+31205550201", want: "Verkoop"},
		{line: true, number: "+31 (20) 555-0201", want: "Verkoop"},
		{line: true, name: "Anna de Vries"}, // a user, no line
		{name: "Verkoop"},                   // a line, no user
	} {
		got := teams.OfUser(c.oid, c.name, c.number)
		if c.line {
			got = teams.OfLine(c.oid, c.name, c.number)
		}
		if got != c.want {
			t.Errorf("%+v is in team %q", c, got)
		}
	}
	if name, ok := teams.Named("BURO zurich"); !ok || name != "Büro Zürich" {
		t.Errorf("Named found %q, %v", name, ok)
	}
	if _, ok := teams.Named("Support"); ok {
		t.Error("Named found a team that is not there")
	}
}

// An oid of the file wins over a number, and that over a name.
func TestOrderOfMatching(t *testing.T) {
	teams, err := Parse("t", []byte("teams: [{name: A, users: [Anna]}, {name: B, users: [201]}, {name: C, users: [501]}]"))
	if err != nil {
		t.Fatal(err)
	}
	if got := teams.OfUser("501", "Anna", "201"); got != "C" {
		t.Errorf("by oid: %q", got)
	}
	if got := teams.OfUser("7", "Anna", "201"); got != "B" {
		t.Errorf("by number: %q", got)
	}
}

func TestUnknown(t *testing.T) {
	teams, err := Parse("t", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	users := []Who{{"501", "Anna de Vries", "201"}, {"0501", "Zoë Peters", ""}}
	got := teams.Unknown(users, []Who{{"1", "Verkoop", ""}})
	want := []string{"202", "+31 20 555 02 01"}
	var texts []string
	for _, m := range got {
		texts = append(texts, m.Text)
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Fatalf("members nobody knows (-want +got):\n%s", diff)
	}
	if got[0].Line != 4 || got[1].Line != 7 {
		t.Errorf("lines %d and %d, want 4 and 7", got[0].Line, got[1].Line)
	}
}

func TestNone(t *testing.T) {
	var none *Teams
	if none.OfUser("1", "2", "3") != "" || none.OfLine("1", "2", "3") != "" || none.Names() != nil || none.Unknown(nil, nil) != nil || none.List() != nil {
		t.Error("no teams have a member")
	}
}

// Every mistake is one line with file, line, field, value and expectation.
func TestMistakes(t *testing.T) {
	big := "teams: [{name: A, users: [" + strings.Repeat("x", strictyaml.MaxSize) + "]}]"
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "t.yaml:1: expected the key teams"},
		{"comment", "# nothing\n", "t.yaml:1: expected the key teams"},
		{"not YAML", "teams: [", "t.yaml:1: not YAML: did not find expected node content"},
		{"tab", "teams:\n\t- name: A\n", "t.yaml:2: not YAML: found character that cannot start any token"},
		{"unknown key", "team: []", `t.yaml:1: "team": unknown key, expected teams`},
		{"unknown key of a team", "teams:\n  - name: A\n    colour: red", `t.yaml:3: teams[0]: "colour": unknown key, expected lines, name or users`},
		{"key twice", "teams: []\nteams: []", `t.yaml:2: "teams": expected once, it is on line 1 already`},
		{"no list", "teams: {A: [201]}", `t.yaml:1: teams: expected a list of teams, each with name, users and lines`},
		{"scalar", "teams: Sales", `t.yaml:1: teams: "Sales": expected a list of teams, each with name, users and lines`},
		{"team is text", "teams: [Sales]", `t.yaml:1: teams[0]: "Sales": expected lines, name or users`},
		{"no name", "teams:\n  - users: [201]", `t.yaml:2: teams[0]: expected the key name, and with it users, lines or both`},
		{"empty name", "teams:\n  - name: ''", `t.yaml:2: teams[0].name: expected the team's name, not nothing`},
		{"null name", "teams:\n  - name:", `t.yaml:2: teams[0].name: expected the team's name`},
		{"blank member", "teams:\n  - name: A\n    users: [201, ' ']", `t.yaml:3: teams[0].users[1]: " ": expected a user by number, name or oid, not nothing`},
		{"null member", "teams:\n  - name: A\n    users:\n      -\n", `t.yaml:4: teams[0].users[0]: expected a user by number, name or oid`},
		{"list in list", "teams: [{name: A, lines: [[1]]}]", `t.yaml:1: teams[0].lines[0]: expected a line by number, name or oid`},
		{"users as text", "teams: [{name: A, users: 201}]", `t.yaml:1: teams[0].users: "201": expected a list of users by number, name or oid`},
		{"bool", "teams: [{name: A, users: [true]}]", `t.yaml:1: teams[0].users[0]: "true": expected a user by number, name or oid, in quotes if that is one`},
		{"team twice", "teams:\n  - name: Büro\n  - name: BURO", `t.yaml:3: teams[1].name: "BURO": expected another name, line 2 has this team already`},
		{"in two teams", "teams:\n  - name: A\n    users: [Anna]\n  - name: B\n    users: [anna]", `t.yaml:5: teams[1].users[0]: "anna": expected each once and in one team, line 3 has it already`},
		{"number in two teams", "teams:\n  - name: A\n    lines: ['+31 20 1']\n  - name: B\n    lines: ['+31-201']", `t.yaml:5: teams[1].lines[0]: "+31-201": expected each once and in one team, line 3 has it already`},
		{"twice in one", "teams: [{name: A, users: [1, 1]}]", `t.yaml:1: teams[0].users[1]: "1": expected each once and in one team, line 1 has it already`},
		{"long name", "teams: [{name: " + strings.Repeat("ä", 65) + "}]", `t.yaml:1: teams[0].name: "` + strings.Repeat("ä", 65) + `": expected the team's name of at most 64 characters`},
		{"line break", "teams: [{name: \"A\\nB\"}]", `t.yaml:1: teams[0].name: "A\nB": expected the team's name in one line without control characters`},
		{"anchor", "teams: &a []", `t.yaml:1: expected plain values, no anchors (&) and no aliases (*)`},
		{"bomb", "a: &a [x,x]\nb: &b [*a,*a]\nteams: [*b,*b]", `t.yaml:1: expected plain values, no anchors (&) and no aliases (*)`},
		{"merge", "teams: [{<<: {name: A}}]", `t.yaml:1: teams[0]: "<<": unknown key, expected lines, name or users`},
		{"tag", "teams: !!set {}", `t.yaml:1: expected plain values, no tags (!)`},
		{"two documents", "teams: []\n---\nteams: []", `t.yaml:2: expected one document, here begins another`},
		{"not UTF-8", "teams:\n  - name: \xff", `t.yaml:2: expected text in UTF-8 without control characters`},
		{"zero byte", "teams: []\n\x00", `t.yaml:2: expected text in UTF-8 without control characters`},
		{"too big", big, "t.yaml: expected at most 1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "t.yaml")
			if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path)
			if err == nil {
				t.Fatal("accepted")
			}
			if err.Error() != c.want {
				t.Errorf("got  %s\nwant %s", err, c.want)
			}
			e, ok := errors.AsType[*strictyaml.Error](err)
			if !ok {
				t.Fatalf("%T is no *strictyaml.Error", err)
			}
			if e.Value != "" && strings.Contains(e.Quiet(), `"`+e.Value+`"`) {
				t.Errorf("a log line would name %q: %s", e.Value, e.Quiet())
			}
		})
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none.yaml")); err == nil || err.Error() != "none.yaml: expected a file that can be read: no such file or directory" {
		t.Errorf("a file that is not there: %v", err)
	}
}

// Whatever stands in the file, there is an answer, and an error is one line.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("teams: [{name: A, users: [&x *x]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		teams, err := Parse("t", data)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("more than one line: %q", err)
			}
			return
		}
		for _, team := range teams.List() {
			for _, u := range team.Users {
				if got := teams.OfUser("", u, ""); got != team.Name {
					t.Errorf("%q is in %q, not found there but in %q", u, team.Name, got)
				}
			}
		}
	})
}

// Teams are read by the hub's pure parts, so nothing of the house may come in
// through them.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "callboard/") && name != "callboard/internal/plain" && name != "callboard/internal/strictyaml" {
			t.Errorf("package teams imports %s: it reads a file and compares names, nothing else", name)
		}
	}
}
