package company

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"callboard/e2e/company/provider"
)

func TestSignInWithACompanyAccount(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	b := w.browser(t)
	if b.in() {
		t.Fatal("the board answers somebody unknown")
	}
	if a := b.signIn("anna", "/missed?sort=age"); a.status != http.StatusOK || a.url.RequestURI() != "/missed?sort=age" {
		t.Fatalf("after signing in there is %s with %d: %s", a.url.RequestURI(), a.status, text(a.body))
	}
	if !b.in() {
		t.Fatal("signed in, the board does not answer")
	}
	if a := b.page("/backtest"); a.status != http.StatusForbidden {
		t.Errorf("a viewer gets a supervisor's page: %d", a.status)
	}
	// Who came by another name of this machine goes on under the one that the
	// provider knows, as cookies are of a name.
	other := w.browser(t)
	_, port, _ := strings.Cut(w.board.Addr, ":")
	form, _ := other.get("http://localhost:"+port+"/signin/company?to=/missed", nil)
	if form.url.Path != "/login" {
		t.Fatalf("by another name there is %s with %d", form.url, form.status)
	}
	if a := other.signIn("anna", "/missed"); a.status != http.StatusOK || a.url.Path != "/missed" {
		t.Errorf("by another name one comes to %s with %d", a.url, a.status)
	}
	for _, c := range other.client.Jar.Cookies(&url.URL{Scheme: "http", Host: "localhost:" + port, Path: "/"}) {
		t.Errorf("a cookie %s stays under the other name", c.Name)
	}
	// Where the address leads to is ours, whatever it says.
	for _, to := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"} {
		if a := w.browser(t).signIn("anna", to); a.status != http.StatusOK || a.url.Path != "/" || "http://"+a.url.Host != w.board.URL("") {
			t.Errorf("to=%s leads to %s with %d", to, a.url, a.status)
		}
	}
	w.nothingInLog(t)
}

// nothingInLog looks for what must never stand there.
func (w *world) nothingInLog(t *testing.T) {
	t.Helper()
	log := w.board.Log()
	if !strings.Contains(log, "level=") {
		t.Fatal("there is no log to look at")
	}
	for _, secret := range []string{w.secret, "canary", "eyJ", "code=", "state=", "4711", "nonce="} {
		if secret != "" && strings.Contains(log, secret) {
			t.Errorf("the log has %q:\n%s", secret, log)
		}
	}
}

func TestWhatTheBoardAsksOfTheProvider(t *testing.T) {
	t.Parallel()
	w := begin(t, nil, "--oidc-acr", "gold,platinum", "--oidc-scopes", "profile,email,groups")
	b := w.browser(t)
	_, next := b.get(w.board.URL("/signin/company"), func(u *url.URL) bool { return strings.HasSuffix(u.Path, "/authorize") })
	if next == nil {
		t.Fatal("it does not lead to the provider")
	}
	q := next.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": "callboard", "scope": "openid profile email groups", "code_challenge_method": "S256",
		"redirect_uri": w.board.URL("/signin/company/back"), "acr_values": "gold platinum",
	} {
		if q.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, q.Get(name), want)
		}
	}
	for name, least := range map[string]int{"state": 43, "nonce": 43, "code_challenge": 43} {
		if len(q.Get(name)) < least {
			t.Errorf("%s is %q: that can be guessed", name, q.Get(name))
		}
	}
	_, again := b.get(w.board.URL("/signin/company?other="), func(u *url.URL) bool { return strings.HasSuffix(u.Path, "/authorize") })
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if again.Query().Get(name) == q.Get(name) {
			t.Errorf("%s is the same in two sign-ins", name)
		}
	}
	if again.Query().Get("prompt") != "select_account" {
		t.Error("another account was asked for, and the provider is not told")
	}
	for _, c := range b.client.Jar.Cookies(next) {
		if strings.Contains(c.Value, q.Get("state")) || strings.Contains(c.Value, q.Get("nonce")) {
			t.Error("the cookie tells the state or the nonce")
		}
	}
}

// lines are the lines of the calls that somebody sees.
func (b *browser) lines() map[string]bool {
	b.t.Helper()
	a := b.page("/api/v1/board")
	var board struct {
		Calls []struct{ Line struct{ Name string } }
	}
	if err := json.Unmarshal([]byte(a.body), &board); err != nil {
		b.t.Fatalf("%d, %v", a.status, err)
	}
	lines := map[string]bool{}
	for _, c := range board.Calls {
		lines[c.Line.Name] = true
	}
	return lines
}

func TestGroupsAreRolesAndScopes(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*provider.Options){
		"in the ID token":               nil,
		"at the user info endpoint":     func(o *provider.Options) { o.InUserInfo = true },
		"signed with an elliptic curve": func(o *provider.Options) { o.ES256 = true },
		"without a secret":              func(o *provider.Options) { o.Secret = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := begin(t, change)
			anna, lea, boss := w.browser(t), w.browser(t), w.browser(t)
			anna.signIn("anna", "/")
			lea.signIn("lea", "/")
			boss.signIn("boss", "/")
			for _, test := range []struct {
				of     *browser
				name   string
				status map[string]int
			}{
				{anna, "a viewer", map[string]int{"/": 200, "/backtest": 403, "/admin/people": 403}},
				{lea, "a supervisor", map[string]int{"/": 200, "/backtest": 200, "/admin/people": 403}},
				{boss, "an administrator", map[string]int{"/": 200, "/backtest": 200, "/admin/people": 200}},
			} {
				for path, want := range test.status {
					if a := test.of.page(path); a.status != want {
						t.Errorf("%s gets %d at %s, want %d", test.name, a.status, path, want)
					}
				}
			}
			eventually(t, "calls of several lines", func() bool { return len(boss.lines()) > 2 })
			for line := range lea.lines() { // calls of her people among each other and to the outside have none
				if line != "" && line != "Verkoop" {
					t.Errorf("a lead of Verkoop sees calls of %s", line)
				}
			}
			if a := boss.page("/admin/people"); !strings.Contains(a.body, "Anna Zuidcanary") {
				t.Error("the administrator does not see who signed in")
			}
			cook := w.browser(t)
			if a := cook.signIn("cook", "/"); a.status != http.StatusForbidden || !strings.Contains(a.body, "No access to Callboard") || cook.in() {
				t.Errorf("somebody of no group gets %d: %s", a.status, text(a.body))
			}
			w.nothingInLog(t)
		})
	}
}

func TestARoleIsThatOfTheLatestSignIn(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	lea := w.browser(t)
	lea.signIn("lea", "/")
	if a := lea.page("/backtest"); a.status != http.StatusOK {
		t.Fatalf("a supervisor gets %d", a.status)
	}
	w.Add("lea", provider.Person{Subject: "4712", Name: "Lea Noordcanary", Groups: []string{"staff"}})
	phone := w.browser(t)
	phone.signIn("lea", "/")
	for name, b := range map[string]*browser{"where she signed in": phone, "where she was signed in": lea} {
		if a := b.page("/backtest"); a.status != http.StatusForbidden {
			t.Errorf("after she left the group, %s, she gets %d", name, a.status)
		}
	}
	w.Add("lea", provider.Person{Subject: "4712", Name: "Lea Noordcanary"})
	tablet := w.browser(t)
	if a := tablet.signIn("lea", "/"); a.status != http.StatusForbidden {
		t.Errorf("without any group she gets %d", a.status)
	}
	for name, b := range map[string]*browser{"tablet": tablet, "phone": phone, "desk": lea} {
		if b.in() {
			t.Errorf("without any group her %s is still in", name)
		}
	}
}

func TestTheProviderIsDown(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	anna := w.browser(t)
	anna.signIn("anna", "/")
	late := w.browser(t)
	next := late.toBack("lea", "/")
	w.Down(true)
	if a, _ := late.get(next.String(), nil); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "Company account not reached") {
		t.Errorf("while it is down there is %d: %s", a.status, text(a.body))
	}
	if !anna.in() {
		t.Error("who was in is out")
	}

	// A board that starts now comes up all the same.
	data, addr := w.dir, freeAddress(t)
	if _, _, err := w.board.Stop(soon); err != nil {
		t.Fatal(err)
	}
	w.start(t, strings.TrimPrefix(w.board.URL(""), "http://"))
	_, _ = data, addr
	if !anna.in() {
		t.Error("who was in is out after the restart")
	}
	stranger := w.browser(t)
	if a := stranger.page("/signin/company"); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "Company account not reached") || a.header.Get("Retry-After") == "" {
		t.Errorf("while it is down there is %d: %s", a.status, text(a.body))
	}
	w.Down(false)
	eventually(t, "that the provider is found", func() bool {
		a, _ := stranger.get(w.board.URL("/signin/company"), nil)
		return a.url.Path == "/login"
	})
	if stranger.signIn("boss", "/"); !stranger.in() {
		t.Error("nobody signs in after it came back")
	}
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	if b := w.browser(t); b.signIn("anna", "/").status != http.StatusOK || !b.in() {
		t.Fatal("nobody signs in")
	}
	old := w.Key()
	if err := w.Rotate(); err != nil {
		t.Fatal(err)
	}
	if b := w.browser(t); b.signIn("anna", "/").status != http.StatusOK || !b.in() {
		t.Error("nobody signs in with the new key")
	}
	w.Mend(func(a *provider.Answer) { a.SignWith(old, nil) })
	if b := w.browser(t); b.signIn("anna", "/").status != http.StatusForbidden || b.in() {
		t.Error("a key that is published no more still signs")
	}
}
