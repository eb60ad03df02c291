package access

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
)

func TestFieldsOfAccounts(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	add(t, s, "anna", Administrator)
	for _, c := range []struct {
		n     NewAccount
		field string
		fault Fault
	}{
		{NewAccount{}, "login", Missing},
		{NewAccount{Login: "  "}, "login", Missing},
		{NewAccount{Login: "ANNA"}, "login", Taken},
		{NewAccount{Login: "two words"}, "login", Malformed},
		{NewAccount{Login: "a\x00b"}, "login", Malformed},
		{NewAccount{Login: "a\u202eb"}, "login", Malformed},
		{NewAccount{Login: "a\xff"}, "login", Malformed},
		{NewAccount{Login: strings.Repeat("a", MaxLogin+1)}, "login", TooLong},
		{NewAccount{Login: "bob", Name: strings.Repeat("a", MaxName+1)}, "name", TooLong},
		{NewAccount{Login: "bob", Name: "B\u202eob"}, "name", Malformed},
		{NewAccount{Login: "bob", Role: 9}, "role", Malformed},
		{NewAccount{Login: "bob", OwnLevel: true, Level: 9}, "level", Malformed},
		{NewAccount{Login: "bob", Scope: "nonsense"}, "scope", Malformed},
		{NewAccount{Login: "bob", Password: "short"}, "password", TooShort},
	} {
		_, err := s.Add(ctx, operator, c.n)
		if wrong, ok := errors.AsType[*FieldError](err); !ok || wrong.Field != c.field || wrong.Fault != c.fault {
			t.Errorf("%+v: %v, want %s %s", c.n, err, c.field, c.fault)
		}
	}
	if n := len(s.Accounts()); n != 1 {
		t.Errorf("%d accounts", n)
	}
	b, err := s.Add(ctx, operator, NewAccount{Login: " bob ", Name: "  Bob   Builder ", Scope: privacy.NewScope([]string{"Sales"}, nil)})
	if err != nil || b.Login != "bob" || b.Name != "Bob Builder" || b.CanSignIn() {
		t.Errorf("%+v, %v", b, err)
	}
	if b.Lens() != (privacy.Lens{Level: privacy.LastThree, Scope: privacy.NewScope([]string{"Sales"}, nil)}) {
		t.Errorf("a viewer sees through %+v", b.Lens())
	}
	// The number of an account that went is never given again.
	if err := s.Remove(ctx, operator, b.ID); err != nil {
		t.Fatal(err)
	}
	if c := add(t, s, "bob", Viewer); c.ID <= b.ID {
		t.Errorf("bob had number %d, the next one has %d", b.ID, c.ID)
	}
	for _, err := range []error{
		s.Remove(ctx, operator, 99), s.SetPassword(ctx, operator, 99, secret),
		func() error { _, err := s.Change(ctx, operator, 99, func(*Account) error { return nil }); return err }(),
	} {
		if !errors.Is(err, ErrUnknown) {
			t.Errorf("nobody has number 99: %v", err)
		}
	}
}

// ways in which somebody stops being an administrator.
var ways = map[string]func(s *Service, id int64) error{
	"removed": func(s *Service, id int64) error { return s.Remove(context.Background(), operator, id) },
	"disabled": func(s *Service, id int64) error {
		_, err := s.Change(context.Background(), operator, id, func(a *Account) error { a.Disabled = true; return nil })
		return err
	},
	"another role": func(s *Service, id int64) error {
		_, err := s.Change(context.Background(), operator, id, func(a *Account) error { a.Role = Supervisor; return nil })
		return err
	},
}

func TestTheLastAdministratorStays(t *testing.T) {
	for name, way := range ways {
		s := open(t, Options{})
		a, b := add(t, s, "anna", Administrator), add(t, s, "bob", Administrator)
		add(t, s, "carl", Supervisor)
		// One without a way in does not count.
		if _, err := s.Add(context.Background(), operator, NewAccount{Login: "dora", Role: Administrator}); err != nil {
			t.Fatal(err)
		}
		if err := way(s, a.ID); err != nil {
			t.Errorf("%s, with another administrator: %v", name, err)
		}
		if err := way(s, b.ID); !errors.Is(err, ErrLastAdministrator) {
			t.Errorf("the last one %s: %v", name, err)
		}
		if s.SetupNeeded() {
			t.Errorf("%s: nobody administers", name)
		}
	}
}

// TestTwoProcessesKeepAnAdministrator: as many as there are try to go at once,
// in two processes' worth of services on one file.
func TestTwoProcessesKeepAnAdministrator(t *testing.T) {
	dir := t.TempDir()
	one, two := open(t, Options{Dir: dir}), open(t, Options{Dir: dir})
	var ids []int64
	for i := range 6 {
		ids = append(ids, add(t, one, fmt.Sprintf("admin%d", i), Administrator).ID)
	}
	if err := two.read(context.Background()); err != nil {
		t.Fatal(err)
	}
	var went atomic.Int32
	var all sync.WaitGroup
	n := 0
	for _, id := range ids {
		for _, way := range ways {
			s := []*Service{one, two}[n%2]
			n++
			all.Go(func() {
				switch err := way(s, id); {
				case err == nil:
					went.Add(1)
				case !errors.Is(err, ErrLastAdministrator) && !errors.Is(err, ErrUnknown):
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if err := one.read(context.Background()); err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, a := range one.Accounts() {
		if a.administers() {
			left++
		}
	}
	if left == 0 || went.Load() == 0 {
		t.Errorf("%d administrators are left, %d acts were taken", left, went.Load())
	}
}

// TestNoWordInTheFile: neither passwords nor tokens stand in it.
func TestNoWordInTheFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, Options{Dir: dir})
	add(t, s, "anna", Administrator)
	var c client
	if _, err := c.signIn(t, s, "anna", secret); err != nil {
		t.Fatal(err)
	}
	_, token, err := s.AddToken(context.Background(), operator, NewToken{Name: "report", Expires: tomorrow()})
	if err != nil {
		t.Fatal(err)
	}
	code, _, err := s.Invite(context.Background(), operator, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for what, word := range map[string]string{"a password": secret, "a session's token": c.cookies[CookieName], "a program's token": token, "an invitation": code} {
			if word == "" || strings.Contains(string(data), word) {
				t.Errorf("%s stands in %s", what, filepath.Base(f))
			}
		}
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(f), info.Mode())
		}
	}
}

func TestInvitation(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	a, err := s.Add(ctx, operator, NewAccount{Login: "anna", Role: Administrator})
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := s.Invite(ctx, operator, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	code, _, err := s.Invite(ctx, operator, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "nonsense", first} {
		if _, err := s.Accept(ctx, wrong, secret); !errors.Is(err, ErrSetupCode) {
			t.Errorf("%q is taken: %v", wrong, err)
		}
	}
	if _, err := s.Accept(ctx, code, "short"); err == nil {
		t.Error("a short password is taken")
	}
	if got, err := s.Accept(ctx, code, secret); err != nil || got.ID != a.ID || !got.CanSignIn() {
		t.Fatal(got, err)
	}
	if _, err := s.Accept(ctx, code, secret); !errors.Is(err, ErrSetupCode) {
		t.Errorf("used twice: %v", err)
	}
	if _, err := s.SignIn(ctx, Attempt{Login: "anna", Password: secret, Addr: home}); err != nil {
		t.Error(err)
	}
}

func TestSetUp(t *testing.T) {
	var told []string
	s := open(t, Options{OnSetup: func(code string) { told = append(told, code) }})
	ctx := context.Background()
	code, _ := s.SetupCode()
	if again, _ := s.SetupCode(); again != code || len(told) != 1 || told[0] != code || len(code) < 26 {
		t.Fatalf("codes %q, %q; told %q", code, again, told)
	}
	if _, err := s.SetUp(ctx, code+"A", "anna", "", secret); !errors.Is(err, ErrSetupCode) {
		t.Errorf("a wrong code: %v", err)
	}
	if _, err := s.SetUp(ctx, code, "anna", "", "short"); err == nil || errors.Is(err, ErrSetupCode) {
		t.Errorf("a short password: %v", err)
	}
	// Two at once: one of them is the first administrator.
	var ok atomic.Int32
	var both sync.WaitGroup
	for _, name := range []string{"anna", "bob"} {
		both.Go(func() {
			if _, err := s.SetUp(ctx, code, name, "", secret); err == nil {
				ok.Add(1)
			} else if !errors.Is(err, ErrSetupCode) {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if ok.Load() != 1 || s.SetupNeeded() || len(s.Accounts()) != 1 || s.Accounts()[0].Role != Administrator {
		t.Errorf("%d set it up: %+v", ok.Load(), s.Accounts())
	}
	if code, _ := s.SetupCode(); code != "" || s.SetupValid(told[0]) {
		t.Error("there is an administrator, and a code as well")
	}
}

// TestABrokenFileDoesNotOpenTheHouse: nobody is let in by what is left, and it
// is said.
func TestABrokenFileDoesNotOpenTheHouse(t *testing.T) {
	dir := t.TempDir()
	s := open(t, Options{Dir: dir})
	add(t, s, "anna", Administrator)
	var c client
	if _, err := c.signIn(t, s, "anna", secret); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(strings.Repeat("what is this? ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	var log logged
	s = open(t, Options{Dir: dir, Log: log.logger()})
	if who := c.who(s); who.Kind != Nobody {
		t.Errorf("an old cookie opens: %+v", who)
	}
	if _, err := c.signIn(t, s, "anna", secret); !errors.Is(err, ErrRefused) {
		t.Errorf("an old password: %v", err)
	}
	if !s.SetupNeeded() || !strings.Contains(log.String(), "BROKEN") || !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("needs a set-up %v; the log says %s", s.SetupNeeded(), log.String())
	}
	if list, err := s.Audit(context.Background(), AuditQuery{Event: FileBroken}); err != nil || len(list) != 1 {
		t.Errorf("the audit log: %+v, %v", list, err)
	}
}

// TestWhatIsForgotten: networks somebody does not come from any more, and links
// that nobody used.
func TestWhatIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Options{}) // nothing runs: three days of looking at the file every second are not what this is about
		ctx := context.Background()
		a := add(t, s, "anna", Administrator)
		var c client
		if _, err := c.signIn(t, s, "anna", secret); err != nil {
			t.Fatal(err)
		}
		code, until, err := s.Invite(ctx, operator, a.ID)
		if err != nil || time.Until(until) != InviteLife {
			t.Fatal(until, err)
		}
		rows := func() (n int) {
			if err := s.file.Read.QueryRow("SELECT (SELECT count(*) FROM place) + (SELECT count(*) FROM invite)").Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if rows() != 2 {
			t.Fatalf("%d rows", rows())
		}
		time.Sleep(InviteLife)
		if _, err := s.Accept(ctx, code, secret+"!"); !errors.Is(err, ErrSetupCode) {
			t.Errorf("a link that ran out: %v", err)
		}
		s.doing.Lock()
		err = s.trim(ctx, time.Now().Add(placeLife+time.Hour))
		s.doing.Unlock()
		if err != nil || rows() != 0 {
			t.Errorf("%d rows stay, %v", rows(), err)
		}
	})
}
