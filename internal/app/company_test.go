package app

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/access"
	"callboard/internal/hub"
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

// Settings that were read again are in effect for the groups too, and in the
// audit log.
func TestSettingsThatAreReadAgain(t *testing.T) {
	a, err := New(Options{
		Listen: "127.0.0.1:0", DataDir: t.TempDir(), Zone: time.UTC, Login: "oidc",
		PBX:     PBX{URL: "http://127.0.0.1:1", Tenant: "master", User: "board", Password: "open sesame", UserSpace: "test"},
		Company: &oidc.Config{Issuer: "http://127.0.0.1:1", Client: "board", Redirect: "http://127.0.0.1:1" + CompanyBack},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.Use(hub.Setup{Rules: rules.Default()})
	entries, err := a.access.Audit(t.Context(), access.AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(entries, func(e access.Entry) bool { return e.Event == access.SettingsTaken }) {
		t.Errorf("the audit log has %+v", entries)
	}
}
