package access

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"callboard/internal/privacy"
)

func anna() External {
	return External{
		Issuer: "https://id.example", Subject: "4711", Login: "anna", Name: "Anna de Vries",
		Role: Supervisor, Scope: privacy.NewScope([]string{"Sales"}, nil),
	}
}

func TestACompanyAccountIsItsIssuerAndSubject(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	local := add(t, s, "anna", Administrator)
	first, err := s.SignInCompany(ctx, anna())
	if err != nil {
		t.Fatal(err)
	}
	if first.ID == local.ID || first.Login != "anna-2" || first.Role != Supervisor || first.Scope != anna().Scope || first.Password {
		t.Errorf("the first sign-in made %+v", first)
	}
	renamed := anna()
	renamed.Login, renamed.Name = "a.jansen", "Anna Jansen"
	again, err := s.SignInCompany(ctx, renamed)
	if err != nil || again.ID != first.ID || again.Name != "Anna Jansen" || again.Login != "anna-2" {
		t.Errorf("under another name it is %+v, %v; want the same account", again, err)
	}
	for _, other := range []func(*External){
		func(x *External) { x.Subject = "4712" },
		func(x *External) { x.Issuer = "https://id.example/" },
	} {
		x := anna()
		other(&x)
		if a, err := s.SignInCompany(ctx, x); err != nil || a.ID == first.ID || a.ID == local.ID {
			t.Errorf("somebody else with the same names is %+v, %v", a, err)
		}
	}
	for _, nobody := range []External{{Issuer: "https://id.example"}, {Subject: "4711"}} {
		if _, err := s.SignInCompany(ctx, nobody); !errors.Is(err, ErrRefused) {
			t.Errorf("%+v: %v", nobody, err)
		}
	}
}

func TestACompanyAccountHasTheRightsOfItsLatestSignIn(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	add(t, s, "boss", Administrator)
	a, err := s.SignInCompany(ctx, anna())
	if err != nil {
		t.Fatal(err)
	}
	less := anna()
	less.Role, less.Scope, less.OwnLevel, less.Level = Viewer, privacy.NewScope([]string{"Office"}, nil), true, privacy.Counts
	if a, err = s.SignInCompany(ctx, less); err != nil || a.Role != Viewer || a.Lens() != (privacy.Lens{Level: privacy.Counts, Scope: less.Scope}) {
		t.Errorf("after another group: %+v, %v", a, err)
	}
	if _, err := s.Change(ctx, operator, a.ID, func(a *Account) error { a.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignInCompany(ctx, anna()); !errors.Is(err, ErrRefused) {
		t.Errorf("a disabled account signs in: %v", err)
	}
}

func TestSessionsEndWithTheLastGroup(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	add(t, s, "boss", Administrator)
	a, err := s.SignInCompany(ctx, anna())
	if err != nil {
		t.Fatal(err)
	}
	b := &client{}
	w := httptest.NewRecorder()
	if _, err := s.Start(w, b.request(), a, home); err != nil {
		t.Fatal(err)
	}
	b.take(w)
	held, release := s.Hold(ctx, s.Who(nil, b.request()))
	defer release()
	stranger := anna()
	stranger.Subject = "4712"
	s.CompanyLeft(ctx, stranger)
	if held.Err() != nil || s.Who(nil, b.request()).Kind != Person {
		t.Fatal("somebody else's last group ended it")
	}
	s.CompanyLeft(ctx, anna())
	<-held.Done()
	if cause := context.Cause(held); !errors.Is(cause, ErrEnded) {
		t.Errorf("the stream ended with %v", cause)
	}
	if who := s.Who(nil, b.request()); who.Kind != Nobody {
		t.Errorf("the session goes on as %+v", who)
	}
}

func TestRefusedCompanyAccountsInTheAuditLog(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	for range 100 {
		s.CompanyRefused(ctx, home, "state", false)
	}
	s.CompanyRefused(ctx, home, "nonce", true)
	entries, err := s.Audit(ctx, AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range entries {
		if e.Event == SignInRefused {
			said = append(said, e.Address+" "+e.Reason)
		}
	}
	if len(said) != 1 || said[0] != "192.0.2.0/24 company account: nonce" {
		t.Errorf("at once there is %q", said)
	}
	if list := s.refused.entries(); len(list) != 1 || list[0].Reason != "100 tries" {
		t.Errorf("counted: %+v", list)
	}
}

func TestLoginNamesOfCompanyAccounts(t *testing.T) {
	for _, test := range []struct{ login, want string }{
		{"anna", "anna"}, {"Anna de Vries", "AnnadeVries"}, {"", "company-4711"}, {" \t\u202e", "company-4711"},
		{strings.Repeat("x", 100), strings.Repeat("x", MaxLogin-5)},
	} {
		if got := companyLogin(External{Login: test.login, Subject: "4711"}); got != test.want {
			t.Errorf("%q: %q, want %q", test.login, got, test.want)
		}
	}
}
