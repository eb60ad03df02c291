package access

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"callboard/internal/privacy"
)

// cheap are hash parameters that cost nothing, where the hash is not the point.
var cheap = HashParams{Time: 1, Memory: 8, Threads: 1}

const secret = "three green bottles"

var home = netip.MustParseAddr("192.0.2.7")

// operator stands for whoever may do anything.
var operator = Who{Kind: Local, ID: "local", Name: "operator"}

func open(t *testing.T, o Options) *Service {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	if o.Hash == (HashParams{}) {
		o.Hash = cheap
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func add(t *testing.T, s *Service, login string, role Role) Account {
	t.Helper()
	a, err := s.Add(context.Background(), operator, NewAccount{Login: login, Role: role, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A client is a browser: it keeps cookies.
type client struct {
	cookies map[string]string
	agent   string
}

func (c *client) request() *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("User-Agent", c.agent)
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r
}

// take keeps what an answer sets.
func (c *client) take(w *httptest.ResponseRecorder) {
	if c.cookies == nil {
		c.cookies = map[string]string{}
	}
	for _, k := range w.Result().Cookies() {
		if k.MaxAge < 0 {
			delete(c.cookies, k.Name)
			continue
		}
		c.cookies[k.Name] = k.Value
	}
}

func (c *client) signIn(t *testing.T, s *Service, login, password string) (Who, error) {
	t.Helper()
	r, w := c.request(), httptest.NewRecorder()
	a, err := s.SignIn(r.Context(), Attempt{Login: login, Password: password, Addr: home, Device: s.Device(r)})
	if err != nil {
		return Who{}, err
	}
	who, err := s.Start(w, r, a, home)
	if err != nil {
		t.Fatal(err)
	}
	c.take(w)
	return who, nil
}

func (c *client) who(s *Service) Who {
	w := httptest.NewRecorder()
	who := s.Who(w, c.request())
	c.take(w)
	return who
}

func TestSignInAndOut(t *testing.T) {
	s := open(t, Options{})
	a := add(t, s, "anna", Supervisor)
	c := &client{agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
	if _, err := c.signIn(t, s, "anna", "something else"); !errors.Is(err, ErrRefused) {
		t.Fatalf("a wrong password: %v", err)
	}
	if who := c.who(s); who.Kind != Nobody {
		t.Fatalf("not signed in, and %+v", who)
	}
	if _, err := c.signIn(t, s, " ANNA ", secret); err != nil {
		t.Fatal(err)
	}
	who := c.who(s)
	if who.Kind != Person || who.ID != a.Ref() || who.Role != Supervisor || !who.Lens.Clear() {
		t.Fatalf("signed in as %+v", who)
	}
	list := s.Sessions(a.ID)
	if len(list) != 1 || list[0].Browser != "Firefox on Linux" || list[0].Network != "192.0.2.0/24" {
		t.Fatalf("sessions: %+v", list)
	}
	held, release := s.Hold(context.Background(), who)
	defer release()
	w := httptest.NewRecorder()
	if err := s.End(w, c.request()); err != nil {
		t.Fatal(err)
	}
	if context.Cause(held) != ErrEnded {
		t.Fatalf("the stream goes on: %v", context.Cause(held))
	}
	if who := c.who(s); who.Kind != Nobody {
		t.Fatalf("signed out, and %+v", who)
	}
}

func TestReveal(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	a, err := s.Add(ctx, operator, NewAccount{Login: "anna", Role: Supervisor, OwnLevel: true, Level: privacy.LastThree, Password: secret})
	if err != nil {
		t.Fatal(err)
	}
	var c client
	who, err := c.signIn(t, s, "anna", secret)
	if err != nil {
		t.Fatal(err)
	}
	held, release := s.Hold(ctx, who)
	defer release()
	until, err := s.Reveal(ctx, who, "calls back a customer")
	if err != nil {
		t.Fatal(err)
	}
	if context.Cause(held) != ErrEnded {
		t.Error("the stream with hidden numbers goes on")
	}
	if now := c.who(s); !now.Lens.Clear() || !now.Shown.Equal(until) || time.Until(until) > DefaultReveal {
		t.Errorf("numbers are shown until %v: %+v", until, now)
	}
	if err := s.Conceal(ctx, c.who(s)); err != nil {
		t.Fatal(err)
	}
	if now := c.who(s); now.Lens.Level != privacy.LastThree || !now.Shown.IsZero() {
		t.Errorf("hidden again: %+v", now)
	}
	if list, err := s.Audit(ctx, AuditQuery{Event: NumbersShown}); err != nil || len(list) != 1 || list[0].Party != a.Ref() || list[0].Reason != "calls back a customer" {
		t.Errorf("the audit log: %+v, %v", list, err)
	}
	if p, err := s.Verify(ctx); err != nil || p.Entries == 0 {
		t.Errorf("verify: %+v, %v", p, err)
	}
}

// A logged is what was logged.
type logged struct {
	mu  sync.Mutex
	all strings.Builder
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

func (l *logged) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func tomorrow() time.Time { return time.Now().Add(24 * time.Hour) }
