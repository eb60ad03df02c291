package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGroupsOfTheSignInService(t *testing.T) {
	r, err := Parse("s.yaml", []byte(`
sign-in:
  groups:
    - group: callboard-admins
      role: administrator
    - {group: sales-leads, role: supervisor, teams: [Sales], lines: [1602, Storing]}
    - {group: everybody, role: viewer, level: counts}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []SignInGroup{
		{Group: "callboard-admins", Role: "administrator"},
		{Group: "sales-leads", Role: "supervisor", Teams: []string{"Sales"}, Lines: []string{"1602", "Storing"}},
		{Group: "everybody", Role: "viewer", Level: "counts"},
	}
	if diff := cmp.Diff(want, r.SignIn); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	for _, test := range []struct{ group, want string }{
		{"{role: viewer}", `s.yaml:3: sign-in.groups[0]: expected group and role`},
		{"{group: a}", `s.yaml:3: sign-in.groups[0]: expected a role: viewer, supervisor or administrator`},
		{"{group: a, role: boss}", `s.yaml:3: sign-in.groups[0].role: "boss": expected viewer, supervisor or administrator`},
		{"{group: a, role: Viewer}", `s.yaml:3: sign-in.groups[0].role: "Viewer": expected viewer, supervisor or administrator`},
		{"{group: a, role: viewer, level: some}", `s.yaml:3: sign-in.groups[0].level: "some": expected full, last-three, initials or counts`},
		{"{group: '', role: viewer}", `s.yaml:3: sign-in.groups[0].group: expected the group's name as the sign-in service tells it, not nothing`},
		{"{group: a, role: viewer, teams: []}", `s.yaml:3: sign-in.groups[0].teams: expected a list of teams by name, or nothing at all, not even the key`},
		{"{group: a, role: viewer, teams: Sales}", `s.yaml:3: sign-in.groups[0].teams: "Sales": expected a list of teams by name`},
		{"{group: a, role: viewer, lines: ['']}", `s.yaml:3: sign-in.groups[0].lines[0]: expected a name, not nothing`},
		{"{group: a, role: administrator, lines: [1]}", `s.yaml:3: sign-in.groups[0]: expected no teams and lines, an administrator decides who sees them`},
		{"{group: a, role: viewer}\n  - {group: a, role: viewer}", `s.yaml:4: sign-in.groups[1].group: "a": expected another group, line 3 has this one already`},
		{"{group: a, roles: viewer}", `s.yaml:3: sign-in.groups[0]: "roles": unknown key, expected group, level, lines, role or teams`},
		{"a", `s.yaml:3: sign-in.groups[0]: "a": expected group, level, lines, role or teams`},
	} {
		_, err := Parse("s.yaml", []byte("sign-in:\n  groups:\n  - "+test.group+"\n"))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s\n got %v\nwant %s", test.group, err, test.want)
		}
	}
	if text := Default().YAML(); !strings.Contains(text, "sign-in:") {
		t.Error("the printed settings do not show how groups are named")
	}
}
