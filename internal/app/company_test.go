package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/access"
	"callboard/internal/oidc"
	"callboard/internal/privacy"
	"callboard/internal/rules"
)

func TestGroupsOfTheSettingsFile(t *testing.T) {
	got := companyGroups(rules.Rules{SignIn: []rules.SignInGroup{
		{Group: "admins", Role: "administrator"},
		{Group: "leads", Role: "supervisor", Teams: []string{"Sales"}, Lines: []string{"1602"}},
		{Group: "all", Role: "viewer", Level: "counts"},
		{Group: "odd", Role: "boss"},
		{Group: "odder", Role: "viewer", Level: "some"},
	}})
	want := []oidc.Group{
		{Name: "admins", Role: access.Administrator},
		{Name: "leads", Role: access.Supervisor, Scope: privacy.NewScope([]string{"Sales"}, []string{"1602"})},
		{Name: "all", Role: access.Viewer, Level: privacy.Counts, Own: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	for _, word := range rules.Roles {
		if _, ok := access.ParseRole(word); !ok {
			t.Errorf("the settings file knows the role %s, sign-in does not", word)
		}
	}
	for _, word := range rules.Levels {
		if _, ok := privacy.ParseLevel(word); !ok {
			t.Errorf("the settings file knows the level %s, privacy does not", word)
		}
	}
	if len(rules.Roles) != len(access.Roles()) || len(rules.Levels) != len(privacy.Levels()) {
		t.Error("the settings file lacks a role or a level")
	}
}
