package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/history"
	"callboard/internal/keeper"
	"callboard/internal/state"
)

// staff adds to a past what is kept of two people of the company beside their
// calls: accounts, one of them an administrator's.
func staff(t *testing.T, dir string) {
	t.Helper()
	s, err := access.New(access.Options{Dir: dir, Hash: access.HashParams{Time: 1, Memory: 8, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	for login, n := range map[string]access.NewAccount{
		"anna": {Name: "Anna", Role: access.Supervisor}, "root": {Name: "Rik", Role: access.Administrator},
	} {
		n.Login, n.Password = login, "three green bottles"
		if _, err := s.Add(t.Context(), operator(), n); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.AddToken(t.Context(), access.Who{ID: "user:1", Name: "Anna"}, access.NewToken{Name: "script", Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// All that is kept of somebody of the company is given out, and taken away, with
// their account; what they did stays in the audit log.
func TestErasePerson(t *testing.T) {
	dir, store := pastOf(t)
	if _, err := store.Backup(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	store.Close()
	staff(t, dir)
	at := []string{"--data-dir", dir, "--time-zone", "UTC"}
	do := func(command string, args ...string) (int, string, string) {
		return tell(t, append(append([]string{command}, at...), args...)...)
	}

	code, out, errs := do("export", "--rows", "everything", "--person", "anna")
	var got struct {
		Person          struct{ Name, Extension, OID string }
		Calls, Journeys []struct{ ID string }
		Account         struct{ Login, Role string }
		Audit           []struct{ Event string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitOK || got.Person.OID != "501" || got.Person.Extension != "201" || len(got.Calls) != 2 || len(got.Journeys) != 2 ||
		got.Account.Login != "anna" || got.Account.Role != "supervisor" || len(got.Audit) == 0 {
		t.Errorf("exit %d, %v\n%s%s", code, err, out, errs)
	}
	if code, out, _ := do("erase", "--person", "201", "--dry-run"); code != exitOK || !strings.Contains(out, "Anna, extension 201, oid 501, the account anna") || !strings.Contains(out, "2 calls and 2 journeys") {
		t.Errorf("exit %d\n%s", code, out)
	}
	for _, args := range [][]string{{"--person", "nobody"}, {"--person", "anna", "--number", "5"}, {}} {
		if code, _, errs := do("erase", args...); code != exitUsage {
			t.Errorf("%q: exit %d\n%s", args, code, errs)
		}
	}
	if !holds(t, dir, `"501"`) {
		t.Fatal("a try without consequences had some")
	}

	code, out, errs = do("erase", "--person", "anna")
	if code != exitOK || !strings.HasPrefix(out, "erased from 2 calls, 2 journeys, 0 entries") || !strings.Contains(out, " 1 backups") || !strings.Contains(out, "stands in the place of Anna") || !strings.Contains(out, "the account is removed") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	store, err := history.Open(dir, history.Options{Guest: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	journeys, _, err := store.Journeys(t.Context(), history.Filter{}, history.Cursor{}, 10)
	if err != nil || len(journeys) != 2 || len(journeys[0].RangAt) != 1 || !strings.HasPrefix(journeys[0].RangAt[0], "erased-") || journeys[0].Rung != 1 || journeys[0].RangAt[0] != journeys[1].RangAt[0] {
		t.Errorf("%+v, %v", journeys, err)
	}
	for _, file := range []string{filepath.Join(dir, "backups"), dir} {
		if holdsBut(t, file, "Anna", access.FileName) || holdsBut(t, file, `"501"`, access.FileName) {
			t.Errorf("%s still has the person", file)
		}
	}
	s, err := access.New(access.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.AccountOf("anna"); err == nil || len(s.Accounts()) != 1 || !strings.HasPrefix(s.Tokens()[0].Maker, "erased-") {
		t.Errorf("the account stayed, or its owner's name: %+v", s.Tokens())
	}
	entries, err := s.Audit(t.Context(), access.AuditQuery{Event: access.Erased})
	if err != nil || len(entries) != 1 || strings.Contains(entries[0].Reason, "Anna") {
		t.Errorf("%+v, %v", entries, err)
	}
	if code, _, errs := do("erase", "--person", "root"); code == exitOK || !strings.Contains(errs, "administrator") {
		t.Errorf("the last administrator was removed: exit %d %s", code, errs)
	}
}

// Whoever uses the folder is asked.
func TestErasePersonBesideTheService(t *testing.T) {
	dir, store := pastOf(t)
	store.Close()
	k, err := keeper.Open(keeper.Options{Dir: dir, State: state.Config{}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- k.Run(ctx) }()
	code, out, errs := tell(t, "erase", "--data-dir", dir, "--time-zone", "UTC", "--person", "501")
	if code != exitOK || !strings.HasPrefix(out, "erased from 2 calls, 2 journeys, ") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	stop()
	<-ran
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	if holds(t, dir, "Anna") {
		t.Error("the name is still there")
	}
}
