package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// goodPassword is that of everybody here.
const goodPassword = "three green bottles"

// accountsToSetUp is a file of accounts that tells set-up codes.
func accountsToSetUp(t *testing.T, onSetup func(string)) *access.Service {
	t.Helper()
	s, err := access.New(access.Options{Dir: t.TempDir(), Hash: access.HashParams{Time: 1, Memory: 8, Threads: 1}, OnSetup: onSetup})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// people are those of the tests: an administrator, a supervisor from whom
// numbers are hidden, a viewer of one team.
func people(t *testing.T, s *access.Service) (boss, lead, viewer access.Account) {
	t.Helper()
	add := func(n access.NewAccount) access.Account {
		n.Password = goodPassword
		a, err := s.Add(context.Background(), operator, n)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	return add(access.NewAccount{Login: "lotte", Name: "Lotte", Role: access.Administrator}),
		add(access.NewAccount{Login: "daan", Name: "Daan", Role: access.Supervisor, OwnLevel: true, Level: privacy.LastThree}),
		add(access.NewAccount{Login: "noor", Name: "Noor", Role: access.Viewer, Scope: privacy.NewScope([]string{"Sales"}, nil)})
}

// A browser keeps cookies and shows pages; it follows no redirect.
type browser struct {
	t *testing.T
	c *http.Client
}

func (h *house) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := h.client()
	c.Jar = jar
	return &browser{t, c}
}

// seenPage is what a browser got.
type seenPage struct {
	status int
	header http.Header
	to     string // where it leads
	body   string
}

func (b *browser) do(r *http.Request) seenPage {
	b.t.Helper()
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	res, err := b.c.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	body := read(b.t, res)
	checkHeaders(b.t, r.Method+" "+r.URL.Path, res)
	return seenPage{res.StatusCode, res.Header, res.Header.Get("Location"), body}
}

func (b *browser) get(path string) seenPage {
	b.t.Helper()
	r, err := http.NewRequest("GET", "http://localhost"+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(r)
}

// post sends a form from a page of ours; fields are names and values in turn.
func (b *browser) post(path string, fields ...string) seenPage {
	b.t.Helper()
	return b.do(b.form(path, fields...))
}

func (b *browser) form(path string, fields ...string) *http.Request {
	b.t.Helper()
	v := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		v.Add(fields[i], fields[i+1])
	}
	r, err := http.NewRequest("POST", "http://localhost"+path, io.NopCloser(strings.NewReader(v.Encode())))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// foreign is the same form from another site.
func (b *browser) foreign(path string, fields ...string) seenPage {
	b.t.Helper()
	r := b.form(path, fields...)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	return b.do(r)
}

func (b *browser) signIn(login string) {
	b.t.Helper()
	if p := b.post("/signin", "user", login, "password", goodPassword); p.status != http.StatusSeeOther || p.to != "/" {
		b.t.Fatalf("%s is not in: %d to %q: %.400s", login, p.status, p.to, p.body)
	}
}

// wants holds a page against its status and texts; one that begins with "!" must not be there.
func (p seenPage) wants(t *testing.T, what string, status int, texts ...string) {
	t.Helper()
	if p.status != status {
		t.Errorf("%s: status %d, want %d: %.600s", what, p.status, status, p.body)
	}
	for _, text := range texts {
		if bad, is := strings.CutPrefix(text, "!"); is && strings.Contains(p.body, bad) {
			t.Errorf("%s contains %q", what, bad)
		} else if !is && !strings.Contains(p.body, text) {
			t.Errorf("%s does not contain %q: %.3000s", what, text, p.body)
		}
	}
}

// leads holds a page against where it leads.
func (p seenPage) leads(t *testing.T, what, to string) {
	t.Helper()
	if p.status != http.StatusSeeOther || p.to != to {
		t.Errorf("%s: %d to %q, want 303 to %q: %.600s", what, p.status, p.to, to, p.body)
	}
}

// guardedHouse is a house with accounts.
func guardedHouse(t *testing.T, s *access.Service) *house {
	t.Helper()
	h := open(t, func(c *Config) { c.Access = s }, nil)
	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() { ran <- s.Run(ctx) }()
	stop := h.stop
	h.stop = func() (took time.Duration) {
		took = stop()
		cancel()
		if err := <-ran; err != nil {
			t.Errorf("access: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("access: %v", err)
		}
		return took
	}
	return h
}
