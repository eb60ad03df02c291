package access

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
)

// running is a service whose Run is under way, in a bubble.
func running(t *testing.T, o Options) (s *Service, stop func()) {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	o.Hash = cheap
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	return s, func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestLengthsOfSessions(t *testing.T) {
	if s := open(t, Options{}); s.opt.Idle != 8*time.Hour || s.opt.Total != 24*time.Hour || s.opt.Reveal != 15*time.Minute {
		t.Errorf("%+v", s.opt)
	}
}

func TestSessionsIdleAndEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// Minutes in place of hours, as Run looks every second.
		s, stop := running(t, Options{Idle: 8 * time.Minute, Total: 24 * time.Minute})
		defer stop()
		add(t, s, "anna", Supervisor)
		var idle, busy, looks client
		for _, c := range []*client{&idle, &busy, &looks} {
			if _, err := c.signIn(t, s, "anna", secret); err != nil {
				t.Fatal(err)
			}
		}
		// An open page is use, though nobody clicks.
		held, release := s.Hold(context.Background(), looks.who(s))
		defer release()
		for range 8 {
			time.Sleep(time.Minute - time.Second/4)
			busy.who(s)
		}
		time.Sleep(3 * time.Second)
		if who := idle.who(s); who.Kind != Nobody {
			t.Error("a session without use goes on")
		}
		if busy.who(s).Kind != Person || looks.who(s).Kind != Person || context.Cause(held) != nil {
			t.Error("a session in use ended")
		}
		for range 16 {
			time.Sleep(time.Minute - time.Second)
			busy.who(s)
		}
		time.Sleep(20 * time.Second)
		if busy.who(s).Kind != Nobody || looks.who(s).Kind != Nobody {
			t.Error("a session of more than its time goes on")
		}
		if context.Cause(held) != ErrEnded {
			t.Errorf("the stream of a session that is over: %v", context.Cause(held))
		}
		if n := len(s.Sessions(0)); n != 0 {
			t.Errorf("%d sessions are listed", n)
		}
		time.Sleep(2 * time.Minute)
		var rows int
		if err := s.file.Read.QueryRow("SELECT count(*) FROM session").Scan(&rows); err != nil || rows != 0 {
			t.Errorf("%d sessions stay in the file, %v", rows, err)
		}
	})
}

// TestStreamsEndWithTheirRight: within a second, for every way in which a right
// ends, done here or by another process.
func TestStreamsEndWithTheirRight(t *testing.T) {
	ctx := context.Background()
	change := func(edit func(*Account)) func(*Service, Account, Who) error {
		return func(s *Service, a Account, _ Who) error {
			_, err := s.Change(ctx, operator, a.ID, func(a *Account) error { edit(a); return nil })
			return err
		}
	}
	for name, c := range map[string]struct {
		do   func(*Service, Account, Who) error
		goes bool // the stream goes on
		in   bool // the person is signed in still
	}{
		"disabled":         {do: change(func(a *Account) { a.Disabled = true })},
		"removed":          {do: func(s *Service, a Account, _ Who) error { return s.Remove(ctx, operator, a.ID) }},
		"another role":     {do: change(func(a *Account) { a.Role = Viewer }), in: true},
		"a higher role":    {do: change(func(a *Account) { a.Role = Administrator }), in: true},
		"another level":    {do: change(func(a *Account) { a.OwnLevel, a.Level = true, privacy.Counts }), in: true},
		"another scope":    {do: change(func(a *Account) { a.Scope = privacy.NewScope([]string{"Sales"}, nil) }), in: true},
		"another name":     {do: change(func(a *Account) { a.Name = "Somebody" }), goes: true, in: true},
		"another password": {do: func(s *Service, a Account, _ Who) error { return s.SetPassword(ctx, operator, a.ID, secret+"!") }},
		"session ended":    {do: func(s *Service, _ Account, w Who) error { return s.EndSession(ctx, operator, w.Session) }},
		"all ended":        {do: func(s *Service, a Account, _ Who) error { return s.EndAll(ctx, operator, a.ID) }},
		"the others ended": {do: func(s *Service, _ Account, w Who) error { _, err := s.EndOthers(ctx, w); return err }, goes: true, in: true},
		"somebody else's":  {do: func(s *Service, a Account, _ Who) error { return s.EndAll(ctx, operator, a.ID+1) }, goes: true, in: true},
	} {
		for where, elsewhere := range map[string]bool{" here": false, " elsewhere": true} {
			t.Run(name+where, func(t *testing.T) {
				dir := t.TempDir()
				synctest.Test(t, func(t *testing.T) {
					s, stop := running(t, Options{Dir: dir})
					defer stop()
					a := add(t, s, "anna", Supervisor)
					add(t, s, "bob", Administrator)
					var c2 client
					who, err := c2.signIn(t, s, "anna", secret)
					if err != nil {
						t.Fatal(err)
					}
					held, release := s.Hold(ctx, who)
					defer release()
					by := s
					if elsewhere {
						if by, err = New(Options{Dir: dir, Hash: cheap}); err != nil {
							t.Fatal(err)
						}
						defer by.Close()
					}
					if err := c.do(by, a, who); err != nil {
						t.Fatal(err)
					}
					time.Sleep(time.Second + time.Millisecond)
					if cause := context.Cause(held); (cause == nil) != c.goes || cause != nil && cause != ErrEnded {
						t.Errorf("the stream: %v, goes on: %v", cause, c.goes)
					}
					was := c2.cookies[CookieName]
					now := c2.who(s)
					if (now.Kind == Person) != c.in {
						t.Errorf("signed in: %+v", now)
					}
					if c.in && !c.goes && c2.cookies[CookieName] == was {
						t.Error("other rights, and the same token")
					}
					if again := c2.who(s); again != now {
						t.Errorf("the new token is of %+v, the old one was of %+v", again, now)
					}
				})
			})
		}
	}
}

func TestStreamsOfPrograms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := running(t, Options{})
		defer stop()
		ctx := context.Background()
		first, one, err := s.AddToken(ctx, operator, NewToken{Name: "report", Expires: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		_, two, err := s.AddToken(ctx, operator, NewToken{Name: "screen", Role: Supervisor, Expires: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		var held [2]context.Context
		for i, token := range []string{one, two} {
			who, err := s.ByToken(ctx, token, home)
			if err != nil {
				t.Fatal(err)
			}
			var release func()
			held[i], release = s.Hold(ctx, who)
			defer release()
		}
		if err := s.RevokeToken(ctx, operator, first.ID); err != nil {
			t.Fatal(err)
		}
		if context.Cause(held[0]) != ErrEnded || context.Cause(held[1]) != nil {
			t.Errorf("one of two was revoked: %v, %v", context.Cause(held[0]), context.Cause(held[1]))
		}
		if _, err := s.ByToken(ctx, one, home); !errors.Is(err, ErrRefused) {
			t.Errorf("a revoked token: %v", err)
		}
		time.Sleep(time.Hour + time.Second)
		if context.Cause(held[1]) != ErrEnded {
			t.Error("the stream of an expired token goes on")
		}
		if _, err := s.ByToken(ctx, two, home); !errors.Is(err, ErrRefused) {
			t.Errorf("an expired token: %v", err)
		}
		if err := s.RevokeToken(ctx, operator, first.ID); !errors.Is(err, ErrUnknown) {
			t.Errorf("revoked twice: %v", err)
		}
	})
}

func TestWrongTokens(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	_, token, err := s.AddToken(ctx, operator, NewToken{Name: "report", Expires: tomorrow()})
	if err != nil {
		t.Fatal(err)
	}
	if len(token) < len(TokenPrefix)+43 {
		t.Errorf("a token of %d characters has less than 256 bits", len(token))
	}
	later := 0
	for i := range 3 * tokenTries {
		wrong := []string{"", TokenPrefix, token[:len(token)-1], token + "A", "x" + token[1:]}[i%5]
		who, err := s.ByToken(ctx, wrong, home)
		if _, ok := errors.AsType[*LaterError](err); ok {
			later++
		} else if !errors.Is(err, ErrRefused) {
			t.Fatalf("a wrong token: %+v, %v", who, err)
		}
	}
	if later == 0 {
		t.Error("wrong tokens may come for ever")
	}
	if who, err := s.ByToken(ctx, token, home); err != nil || who.Kind != Program || who.Name != "report" {
		t.Errorf("the right one, from where wrong ones came: %+v, %v", who, err)
	}
	for field, n := range map[string]NewToken{
		"name": {Expires: tomorrow()}, "expires": {Name: "x"}, "role": {Name: "x", Role: 7, Expires: tomorrow()}, "level": {Name: "x", Lens: privacy.Lens{Level: 9}, Expires: tomorrow()},
		"scope": {Name: "x", Lens: privacy.Lens{Scope: "?"}, Expires: tomorrow()},
	} {
		if wrong, ok := errors.AsType[*FieldError](second(s.AddToken(ctx, operator, n))); !ok || wrong.Field != field {
			t.Errorf("%+v: not a word of %s", n, field)
		}
	}
	for _, at := range []time.Time{time.Now().Add(-time.Second), time.Now().Add(MaxTokenLife + time.Hour)} {
		if _, _, err := s.AddToken(ctx, operator, NewToken{Name: "x", Expires: at}); err == nil {
			t.Errorf("a token until %v", at)
		}
	}
}

func second(_ Token, _ string, err error) error { return err }

func TestCookies(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := open(t, Options{})
		s.SecureBy(func(*http.Request) bool { return secure })
		a := add(t, s, "anna", Viewer)
		var c client
		w := httptest.NewRecorder()
		if _, err := s.Start(w, c.request(), a, home); err != nil {
			t.Fatal(err)
		}
		name := CookieName
		if secure {
			name = SecureCookieName
		}
		found := false
		for _, k := range w.Result().Cookies() {
			if !k.HttpOnly || k.Secure != secure || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" {
				t.Errorf("cookie %+v", k)
			}
			if k.Name == name {
				found = true
				if len(k.Value) < 43 || !k.Expires.IsZero() || k.MaxAge != 0 {
					t.Errorf("the session's cookie: %+v", k)
				}
			}
		}
		if !found {
			t.Errorf("there is no %s", name)
		}
	}
}

// TestNoFixation: a token that somebody planted is never a session's, and signing
// in again makes a new one.
func TestNoFixation(t *testing.T) {
	s := open(t, Options{})
	add(t, s, "anna", Viewer)
	c := client{cookies: map[string]string{CookieName: "planted-planted-planted-planted-planted-plan"}}
	if _, err := c.signIn(t, s, "anna", secret); err != nil {
		t.Fatal(err)
	}
	first := c.cookies[CookieName]
	if first == "planted-planted-planted-planted-planted-plan" {
		t.Fatal("the planted token is the session's")
	}
	old := client{cookies: map[string]string{CookieName: first}}
	if _, err := c.signIn(t, s, "anna", secret); err != nil {
		t.Fatal(err)
	}
	if c.cookies[CookieName] == first || old.who(s).Kind != Nobody {
		t.Error("the former token goes on")
	}
	if n := len(s.Sessions(0)); n != 1 {
		t.Errorf("%d sessions of one browser", n)
	}
	for _, bad := range []string{"", "x", first + first + first + first, "../../x", strings.Repeat("A", 43), strings.Repeat("A", 200)} {
		if who := (&client{cookies: map[string]string{CookieName: bad}}).who(s); who.Kind != Nobody {
			t.Errorf("%q is %+v", bad, who)
		}
	}
}

// TestSessionsOutliveARestart, and what they may see does not grow by it.
func TestSessionsOutliveARestart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, Options{Dir: dir})
	a, err := s.Add(context.Background(), operator, NewAccount{Login: "anna", Role: Supervisor, OwnLevel: true, Level: privacy.Initials, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	var c client
	who, err := c.signIn(t, s, "anna", secret)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Reveal(context.Background(), who, "a customer asked"); err != nil {
		t.Fatal(err)
	}
	want := c.who(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, Options{Dir: dir})
	if got := c.who(s); got != want || got.ID != a.Ref() {
		t.Errorf("after a restart %+v, before it %+v", got, want)
	}
}

// TestRevealEnds by itself, and with it the stream that showed numbers.
func TestRevealEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := running(t, Options{})
		defer stop()
		ctx := context.Background()
		if _, err := s.Add(ctx, operator, NewAccount{Login: "anna", Role: Supervisor, OwnLevel: true, Level: privacy.Initials, Password: secret}); err != nil {
			t.Fatal(err)
		}
		add(t, s, "bob", Viewer)
		var c, v client
		who, err := c.signIn(t, s, "anna", secret)
		if err != nil {
			t.Fatal(err)
		}
		viewer, err := v.signIn(t, s, "bob", secret)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Reveal(ctx, viewer, "I would like to see them"); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("a viewer: %v", err)
		}
		for _, reason := range []string{"", "  ", "abc", string(make([]byte, 300))} {
			if _, err := s.Reveal(ctx, who, reason); err == nil {
				t.Errorf("the reason %q is taken", reason)
			}
		}
		before := c.cookies[CookieName]
		if _, err := s.Reveal(ctx, who, "calls back +31 20 555 0101"); err != nil {
			t.Fatal(err)
		}
		shown := c.who(s)
		if !shown.Lens.Clear() || c.cookies[CookieName] == before {
			t.Errorf("more is seen, by the same token: %+v", shown)
		}
		held, release := s.Hold(ctx, shown)
		defer release()
		time.Sleep(DefaultReveal - time.Second)
		if context.Cause(held) != nil {
			t.Error("it ended before its time")
		}
		time.Sleep(2 * time.Second)
		if context.Cause(held) != ErrEnded || c.who(s).Lens.Level != privacy.Initials {
			t.Error("numbers are shown for ever")
		}
		list, err := s.Audit(ctx, AuditQuery{Event: NumbersShown})
		if err != nil || len(list) != 1 || list[0].Reason != "calls back +31 20 ···" {
			t.Errorf("the audit log: %+v, %v", list, err)
		}
	})
}
