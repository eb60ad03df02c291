package oidc

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

func scope(teams ...string) privacy.Scope { return privacy.NewScope(teams, nil) }

var known = []Group{
	{Name: "everybody", Role: access.Viewer},
	{Name: "sales-leads", Role: access.Supervisor, Scope: scope("Sales")},
	{Name: "service-leads", Role: access.Supervisor, Scope: privacy.NewScope([]string{"Service"}, []string{"1602"})},
	{Name: "masked-leads", Role: access.Supervisor, Scope: scope("Office"), Level: privacy.LastThree, Own: true},
	{Name: "strict-leads", Role: access.Supervisor, Scope: scope("Stock"), Level: privacy.Counts, Own: true},
	{Name: "admins", Role: access.Administrator},
}

func TestGrants(t *testing.T) {
	for name, test := range map[string]struct {
		member []string
		want   Grant
		none   bool
	}{
		"nothing":                       {member: nil, none: true},
		"a group nobody named":          {member: []string{"cooks"}, none: true},
		"a name in another case":        {member: []string{"Admins"}, none: true},
		"a viewer":                      {member: []string{"cooks", "everybody"}, want: Grant{Role: access.Viewer}},
		"a lead sees the team":          {member: []string{"sales-leads"}, want: Grant{Role: access.Supervisor, Scope: scope("Sales")}},
		"a lead of two":                 {member: []string{"service-leads", "sales-leads"}, want: Grant{Role: access.Supervisor, Scope: privacy.NewScope([]string{"Sales", "Service"}, []string{"1602"})}},
		"looking at all leads not all":  {member: []string{"everybody", "sales-leads"}, want: Grant{Role: access.Supervisor, Scope: scope("Sales")}},
		"the same in the other order":   {member: []string{"sales-leads", "everybody"}, want: Grant{Role: access.Supervisor, Scope: scope("Sales")}},
		"an administrator is over all":  {member: []string{"sales-leads", "admins", "everybody"}, want: Grant{Role: access.Administrator}},
		"a level of the group":          {member: []string{"strict-leads"}, want: Grant{Role: access.Supervisor, Scope: scope("Stock"), Level: privacy.Counts, Own: true}},
		"the mildest level":             {member: []string{"strict-leads", "masked-leads"}, want: Grant{Role: access.Supervisor, Scope: scope("Office", "Stock"), Level: privacy.LastThree, Own: true}},
		"a plain lead beside":           {member: []string{"masked-leads", "sales-leads"}, want: Grant{Role: access.Supervisor, Scope: scope("Office", "Sales")}},
		"a level goes with higher role": {member: []string{"strict-leads", "admins"}, want: Grant{Role: access.Administrator}},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := grant(known, test.member)
			if ok == test.none || got != test.want {
				t.Errorf("got %+v, %v; want %+v, %v", got, ok, test.want, !test.none)
			}
		})
	}
}

// Whatever the groups and their order: the role is the highest of those one is
// in, and everything that a scope shows was given by a group of that role.
func TestGrantsAddUpWithinTheRole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation(known).Draw(t, "order")
		member := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"everybody", "sales-leads", "service-leads", "masked-leads", "strict-leads", "admins", "cooks"}), rapid.ID[string]).Draw(t, "member")
		got, ok := grant(order, member)
		again, okAgain := grant(known, member)
		if ok != okAgain || got != again {
			t.Fatalf("the order of the settings matters: %+v, %+v", got, again)
		}
		teams := map[string]bool{}
		highest, any := access.Viewer, false
		for _, k := range known {
			for _, m := range member {
				if k.Name == m {
					highest, any = max(highest, k.Role), true
				}
			}
		}
		if ok != any || ok && got.Role != highest {
			t.Fatalf("role %v, %v; the highest of %v is %v", got.Role, ok, member, highest)
		}
		for _, k := range known {
			for _, m := range member {
				if k.Name == m && k.Role == highest {
					for _, team := range k.Scope.Teams() {
						teams[team] = true
					}
				}
			}
		}
		for _, team := range got.Scope.Teams() {
			if !teams[team] {
				t.Fatalf("%v see %s, which no group of that role gives", member, team)
			}
		}
	})
}

func TestGroupsInClaims(t *testing.T) {
	read := func(text string) claims {
		c, ok := readClaims([]byte(text))
		if !ok {
			t.Fatalf("%s cannot be read", text)
		}
		return c
	}
	for _, test := range []struct {
		claims, claim string
		want          []string
		ok            bool
	}{
		{`{"groups":["a","b"]}`, "groups", []string{"a", "b"}, true},
		{`{"groups":"a"}`, "groups", []string{"a"}, true},
		{`{"groups":[]}`, "groups", []string{}, true},
		{`{"groups":["a",7,null,["b"]]}`, "groups", []string{"a"}, true},
		{`{"roles":{"b":{"1":"x"},"a":{}}}`, "roles", []string{"a", "b"}, true},
		{`{"realm_access":{"roles":["a"]}}`, "realm_access.roles", []string{"a"}, true},
		{`{"https://x.example/groups":["a"]}`, "https://x.example/groups", []string{"a"}, true},
		{`{"realm_access":["roles"]}`, "realm_access.roles", nil, false},
		{`{"groups":null}`, "groups", nil, false},
		{`{"groups":7}`, "groups", nil, false},
		{`{"Groups":["a"]}`, "groups", nil, false},
		{`{}`, "groups", nil, false},
		{`{}`, "a.b.c", nil, false},
	} {
		got, ok := groupsIn(read(test.claims), test.claim)
		if diff := cmp.Diff(test.want, got); ok != test.ok || diff != "" {
			t.Errorf("%s in %s: %v, %v", test.claim, test.claims, got, ok)
		}
	}
}
