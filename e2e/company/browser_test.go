package company

import (
	"crypto/rand"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/company/provider"
)

const soon = 15 * time.Second // on a busy machine

// groups are those of the settings file.
const groups = `
sign-in:
  groups:
    - {group: callboard-admins, role: administrator}
    - {group: sales-leads, role: supervisor, teams: [Verkoop]}
    - {group: staff, role: viewer}
`

// A world is a provider and a board that knows it.
type world struct {
	*provider.Provider
	board  *board.Process
	secret string
	dir    string // data folder of the board
}

// begin runs both; change may alter the provider's options. more are flags of
// the board.
func begin(t *testing.T, change func(*provider.Options), more ...string) *world {
	t.Helper()
	addr := freeAddress(t)
	opt := provider.Options{Client: "callboard", Secret: "canary-" + rand.Text(), Redirect: "http://" + addr + "/signin/company/back", SignedOut: "http://" + addr + "/signedout"}
	if change != nil {
		change(&opt)
	}
	p, err := provider.Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	w := &world{Provider: p, secret: opt.Secret, dir: t.TempDir()}
	w.Add("anna", provider.Person{Subject: "4711", Name: "Anna Zuidcanary", Email: "anna@canary.example", Groups: []string{"staff", "cooks"}, AMR: []string{"pwd", "otp"}, ACR: "gold"})
	w.Add("lea", provider.Person{Subject: "4712", Name: "Lea Noordcanary", Groups: []string{"sales-leads", "staff"}})
	w.Add("boss", provider.Person{Subject: "4713", Name: "Bo Oostcanary", Groups: []string{"callboard-admins"}})
	w.Add("cook", provider.Person{Subject: "4714", Name: "Kim Westcanary", Groups: []string{"cooks"}})
	w.start(t, addr, more...)
	return w
}

func freeAddress(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

func (w *world) start(t *testing.T, addr string, more ...string) {
	t.Helper()
	settings := filepath.Join(t.TempDir(), "settings.yaml")
	secret := filepath.Join(t.TempDir(), "secret")
	for file, text := range map[string]string{settings: groups, secret: w.secret + "\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{
		"demo", "--listen", addr, "--public-url", "http://" + addr, "--data-dir", w.dir, "--users", "20", "--calls-per-minute", "200", "--seed", "1",
		"--login", "oidc", "--settings", settings, "--oidc-issuer", w.Issuer, "--oidc-client-id", "callboard", "--log-level", "debug",
	}
	if w.secret != "" {
		args = append(args, "--oidc-client-secret-file", secret)
	}
	b, err := board.Start(t.Context(), binary, []string{"TMPDIR=" + t.TempDir()}, append(args, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	w.board = b
	t.Cleanup(func() {
		b.Kill()
		if t.Failed() {
			t.Logf("the board's log:\n%s", b.Log())
		}
	})
}

// A browser keeps cookies and follows where it is led, step by step.
type browser struct {
	t      *testing.T
	w      *world
	client *http.Client
}

func (w *world) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, w, &http.Client{Jar: jar, Timeout: soon, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// An answer is a page that was led to.
type answer struct {
	url    *url.URL
	status int
	header http.Header
	body   string
}

// step asks once; the next address is where it leads, nil if nowhere.
func (b *browser) step(r *http.Request) (answer, *url.URL) {
	b.t.Helper()
	got, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(io.LimitReader(got.Body, 8<<20))
	if err != nil {
		b.t.Fatal(err)
	}
	next, _ := got.Location()
	return answer{r.URL, got.StatusCode, got.Header, string(body)}, next
}

// get asks for an address and follows it, but not to where stop says.
func (b *browser) get(address string, stop func(*url.URL) bool) (answer, *url.URL) {
	b.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		b.t.Fatal(err)
	}
	for range 10 {
		r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, u.String(), nil)
		if err != nil {
			b.t.Fatal(err)
		}
		a, next := b.step(r)
		if next == nil || stop != nil && stop(next) {
			return a, next
		}
		u = next
	}
	b.t.Fatalf("%s leads round and round", address)
	return answer{}, nil
}

// page asks for a page of the board.
func (b *browser) page(path string) answer {
	b.t.Helper()
	a, _ := b.get(b.w.board.URL(path), nil)
	return a
}

// back reports the address to which the provider sends people back.
func back(u *url.URL) bool { return u.Path == "/signin/company/back" }

// toBack goes as far as somebody gets who signs in at the provider: the address
// that leads back to the board, not yet asked for.
func (b *browser) toBack(user, to string) *url.URL {
	b.t.Helper()
	form, _ := b.get(b.w.board.URL("/signin/company?to="+url.QueryEscape(to)), nil)
	if form.url.Path != "/login" {
		b.t.Fatalf("instead of the provider's page there is %s with %d: %s", form.url.Path, form.status, text(form.body))
	}
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.w.Issuer+"/login", strings.NewReader(url.Values{"id": {form.url.Query().Get("id")}, "user": {user}}.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, next := b.step(r)
	if next == nil {
		b.t.Fatalf("the provider does not know %s", user)
	}
	_, next = b.get(next.String(), back)
	if next == nil {
		b.t.Fatal("the provider does not lead back")
	}
	return next
}

// signIn does all of it.
func (b *browser) signIn(user, to string) answer {
	b.t.Helper()
	a, _ := b.get(b.toBack(user, to).String(), nil)
	return a
}

// in reports whether the board knows who this is.
func (b *browser) in() bool {
	b.t.Helper()
	a := b.page("/api/v1/board")
	if a.status != http.StatusOK && a.status != http.StatusUnauthorized {
		b.t.Fatalf("/api/v1/board answers %d: %s", a.status, a.body)
	}
	return a.status == http.StatusOK
}

// text is a page without its markup, for messages.
func text(page string) string {
	var out strings.Builder
	depth := 0
	for _, r := range page {
		switch r {
		case '<':
			depth++
		case '>':
			depth--
			out.WriteByte(' ')
		default:
			if depth == 0 {
				out.WriteRune(r)
			}
		}
	}
	s := strings.Join(strings.Fields(out.String()), " ")
	return s[:min(len(s), 600)]
}

// eventually asks a condition of the outside world until it holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	over := time.After(soon)
	for !holds() {
		select {
		case <-again.C:
		case <-over:
			t.Fatalf("%s did not happen in %v", what, soon)
		}
	}
}

// without drops a cookie of the board.
func (b *browser) without(name string) *browser {
	return b.rewrite(name, func(c *http.Cookie) { c.MaxAge = -1 })
}

// spoil changes a cookie of the board in its middle.
func (b *browser) spoil(name string) *browser {
	return b.rewrite(name, func(c *http.Cookie) {
		v := []byte(c.Value)
		v[len(v)/2] ^= 1
		c.Value = string(v)
	})
}

func (b *browser) rewrite(name string, change func(*http.Cookie)) *browser {
	b.t.Helper()
	u, err := url.Parse(b.w.board.URL("/"))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			c.Path = "/"
			change(c)
			b.client.Jar.SetCookies(u, []*http.Cookie{c})
			return b
		}
	}
	b.t.Fatalf("there is no cookie %s", name)
	return nil
}
