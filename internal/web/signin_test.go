package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
)

func TestSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		people(t, s)
		h := guardedHouse(t, s)
		h.up()
		h.calls()
		b := h.browser(t)
		b.get("/missed?line=1601").leads(t, "a page before signing in", "/signin?to=%2Fmissed%3Fline%3D1601")
		page := b.get("/signin?to=%2Fmissed%3Fline%3D1601")
		page.wants(t, "the form", 200, `name="to" value="/missed?line=1601"`, `autocomplete="username"`, `autocomplete="current-password"`,
			"No telephone number is shown", "Not live", `data-live="blind"`, "Sign in to see this page", `lang="nl"`,
			"!data-stream=\"/", "!p-strip", "!+31", "!app.js", "!onpaste", "!Bakery &lt;Noord")
		// One text for all reasons, and the same form again.
		wrong := b.post("/signin", "user", "lotte", "password", "not this one", "to", "/missed?line=1601")
		wrong.wants(t, "a wrong password", 403, "User or password is not right.", `value="lotte"`, `value="/missed?line=1601"`, "!not this one")
		nobody := b.post("/signin", "user", "lotti", "password", goodPassword, "to", "/missed?line=1601")
		if got, want := strings.ReplaceAll(nobody.body, "lotti", "lotte"), wrong.body; nobody.status != wrong.status || clockless(got) != clockless(want) {
			t.Errorf("an unknown user is told apart from a wrong password:\n%s\n%s", got, want)
		}
		b.foreign("/signin", "user", "lotte", "password", goodPassword).wants(t, "a form of another site", 403, "!User or password")
		b.get("/").leads(t, "a page after all this", "/signin")
		in := b.post("/signin", "user", "lotte", "password", goodPassword, "to", "/missed?line=1601")
		in.leads(t, "signing in", "/missed?line=1601")
		if c := in.header.Get("Set-Cookie"); !strings.Contains(c, "HttpOnly") {
			t.Errorf("the cookie is readable: %s", c)
		}
		b.get("/signin?to=/history").leads(t, "the form for who is in", "/history")
		b.get("/").wants(t, "the board", 200, "Lotte", "/signout", "/admin/people", "/admin/audit", "+31 20 555 01 01")
		h.stop()
	})
}

// clockless is a page without the moment it was made at.
func clockless(page string) string {
	return regexp.MustCompile(`data-now="\d+"|\d\d:\d\d:\d\d`).ReplaceAllString(page, "")
}

func TestSignInLeadsOnlyHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		people(t, s)
		h := guardedHouse(t, s)
		for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "\n/x"} {
			b := h.browser(t)
			b.post("/signin", "user", "noor", "password", goodPassword, "to", to).leads(t, "to "+to, "/")
			b.get("/signin?to="+strings.ReplaceAll(to, "\n", "%0a")).leads(t, "who is in, to "+to, "/")
		}
		h.stop()
	})
}

func TestTooManyTriesSayWhen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		people(t, s)
		h := guardedHouse(t, s)
		b := h.browser(t)
		for range 200 {
			p := b.post("/signin", "user", "lotte", "password", "guessing")
			if p.status == http.StatusForbidden {
				continue
			}
			p.wants(t, "too many tries", http.StatusTooManyRequests, "Too many tries. Try again at 0")
			if p.header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			h.stop()
			return
		}
		t.Error("nobody asked for patience in 200 tries")
		h.stop()
	})
}

// Signing out ends the page's stream within 5 s, and in a browser's other tabs
// too; nothing of the session is of use any more.
func TestSignOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		_, lead, _ := people(t, s)
		h := guardedHouse(t, s)
		h.up()
		b, other := h.browser(t), h.browser(t)
		b.signIn("daan")
		other.signIn("daan")
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://localhost/events?page=board", nil)
		if err != nil {
			t.Fatal(err)
		}
		stream, err := b.c.Do(r)
		if err != nil || stream.StatusCode != 200 {
			t.Fatalf("no stream: %v %v", err, stream)
		}
		ended := make(chan time.Time, 1)
		go func() {
			_, _ = readAll(stream)
			ended <- time.Now()
		}()
		synctest.Wait()
		b.foreign("/signout").wants(t, "another site's sign-out", 403)
		b.get("/signout").wants(t, "a link that signs out", 405)
		at := time.Now()
		out := b.post("/signout?lang=nl")
		out.leads(t, "signing out", "/signedout?lang=nl")
		if got := out.header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
			t.Errorf("Clear-Site-Data is %q", got)
		}
		if took := (<-ended).Sub(at); took > 5*time.Second {
			t.Errorf("the stream went on for %s", took)
		}
		b.get("/signedout?lang=nl").wants(t, "the page behind it", 200, "Uitgelogd", "Weer inloggen", "!+31")
		b.get("/").leads(t, "the board", "/signin")
		if list := s.Sessions(lead.ID); len(list) != 1 {
			t.Errorf("sessions: %+v", list)
		}
		other.get("/").wants(t, "another browser", 200, "Daan")
		h.stop()
	})
}

func TestSetUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var codes []string
		s := accountsToSetUp(t, func(code string) { codes = append(codes, code) })
		h := guardedHouse(t, s)
		h.up()
		b := h.browser(t)
		b.get("/signin").wants(t, "the door of an empty house", 200, "Nobody can sign in here yet", `!name="password"`)
		if len(codes) != 1 {
			t.Fatalf("%d links were printed", len(codes))
		}
		b.get("/setup").wants(t, "without a code", 200, `name="code"`, "10 minutes")
		b.get("/setup?code=guess").wants(t, "a wrong code", 403, "cannot be used", "a new one was just written there", "!guess")
		// The code goes into a cookie, and out of the address.
		to := b.get("/setup?code=" + codes[0])
		to.leads(t, "the right code", "/setup")
		if c := to.header.Get("Set-Cookie"); !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Lax") || !strings.Contains(c, "Max-Age=900") {
			t.Errorf("cookie: %s", c)
		}
		b.get("/setup").wants(t, "the form", 200, `name="login"`, `autocomplete="new-password"`, "first administrator", "!"+codes[0])
		for _, wrong := range [][]string{
			{"login", "", "name", "Lotte", "password", goodPassword, "A user has"},
			{"login", "lo tte", "name", "Lotte", "password", goodPassword, "A user has"},
			{"login", "lotte", "name", strings.Repeat("x", 90), "password", goodPassword, "A name has"},
			{"login", "lotte", "name", "Lotte", "password", "short", "A password has at least"},
			{"login", "lotte", "name", "Lotte", "password", strings.Repeat("y z", 900), "A password has at most"},
			{"login", "lotte", "name", "Lotte", "password", "lottelotte", "can be guessed"},
		} {
			n := len(wrong) - 1
			b.post("/setup", wrong[:n]...).wants(t, "setting up with "+wrong[n], 422, wrong[n], "!"+goodPassword)
		}
		b.foreign("/setup", "login", "eve", "name", "Eve", "password", goodPassword).wants(t, "another site's set-up", 403)
		done := b.post("/setup", "login", "lotte", "name", "Lotte", "password", goodPassword)
		done.leads(t, "setting up", "/")
		b.get("/").wants(t, "the board", 200, "What next", "Add people", "Lotte")
		b.get("/people").wants(t, "another page", 200, "!What next")
		// The link was for once.
		late := h.browser(t)
		late.get("/setup?code="+codes[0]).wants(t, "the code once more", 403, "cannot be used", "Ask an administrator")
		late.post("/setup", "code", codes[0]).wants(t, "the code typed", 403, "cannot be used")
		late.post("/setup", "login", "eve", "name", "Eve", "password", goodPassword).wants(t, "no code at all", 403)
		if list := s.Accounts(); len(list) != 1 || list[0].Role != access.Administrator {
			t.Errorf("accounts: %+v", list)
		}
		time.Sleep(25 * time.Hour)
		b.signIn("lotte")
		b.get("/").wants(t, "the board a day later", 200, "!What next")
		h.stop()
	})
}

// A code that is too old is none, and whoever opens the page finds a new one in the log.
func TestSetUpCodeGrowsOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var codes []string
		s := accountsToSetUp(t, func(code string) { codes = append(codes, code) })
		h := guardedHouse(t, s)
		b := h.browser(t)
		b.get("/setup")
		b.get("/setup?code="+codes[0]).leads(t, "the code", "/setup")
		time.Sleep(access.SetupLife)
		b.post("/setup", "login", "lotte", "name", "Lotte", "password", goodPassword).wants(t, "too late", 403, "cannot be used", `name="code"`)
		if len(codes) != 2 || codes[0] == codes[1] {
			t.Fatalf("codes: %d", len(codes))
		}
		b.post("/setup?lang=de", "code", codes[1]).leads(t, "the new one, typed", "/setup?lang=de")
		b.get("/setup?lang=de").wants(t, "its form", 200, "Callboard einrichten", `name="login"`)
		h.stop()
	})
}

func TestWithoutAccountsThereAreNoPagesOfThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		b := h.browser(t)
		for _, path := range []string{"/account", "/admin/people", "/admin/people/1", "/admin/people/1/remove", "/admin/programs", "/admin/programs/1/revoke", "/admin/audit", "/admin/audit.csv", "/setup"} {
			b.get(path).wants(t, path, 404, "Sign-in is switched off")
		}
		for _, path := range []string{"/signin", "/account/password", "/account/end", "/account/end-others", "/admin/people", "/admin/people/1", "/admin/people/1/end", "/admin/programs", "/reveal", "/reveal/hide", "/setup"} {
			b.post(path).wants(t, path, 404)
		}
		b.get("/signin?to=/missed").leads(t, "the door", "/missed")
		b.get("/signedout").leads(t, "signed out", "/")
		b.post("/signout").leads(t, "signing out", "/signedout")
		b.get("/").wants(t, "the board", 200, "!/signout", "!who-name", "!What next")
		h.stop()
	})
}

// Where the network may come in the clear, every page that crosses it says so.
func TestEveryPageSaysThatItIsNotEncrypted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		boss, _, _ := people(t, s)
		h := open(t, func(c *Config) { c.Access, c.Plain, c.Loopback = s, true, false }, nil)
		h.up()
		in, _ := signedIn(t, s, boss)
		ask := func(path, from string, as func(*http.Request)) string {
			r := httptest.NewRequest("GET", "http://192.0.2.1"+path, nil)
			r.RemoteAddr = from
			as(r)
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			if w.Code != 200 {
				t.Fatalf("%s: status %d", path, w.Code)
			}
			return w.Body.String()
		}
		const said = "Not encrypted: numbers can be read on this network"
		for _, path := range []string{"/", "/missed", "/history", "/status", "/account", "/admin/people", "/admin/audit"} {
			if !strings.Contains(ask(path, "192.0.2.9:1234", in.bring), said) {
				t.Errorf("%s does not say that it is not encrypted", path)
			}
			if strings.Contains(ask(path, "127.0.0.1:1234", in.bring), said) {
				t.Errorf("%s says so on the machine itself", path)
			}
		}
		for _, path := range []string{"/signin", "/signedout", "/setup"} {
			if !strings.Contains(ask(path, "192.0.2.9:1234", nobody), said) {
				t.Errorf("%s does not say that it is not encrypted", path)
			}
		}
		h.stop()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
