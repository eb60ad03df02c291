package web

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// shownCode is the code in a page.
var shownCode = regexp.MustCompile(`id="tv-code"[^>]*>([2-9A-Z]{4} [2-9A-Z]{4})<`)

func codeIn(t *testing.T, p seenPage) string {
	t.Helper()
	m := shownCode.FindStringSubmatch(p.body)
	if m == nil {
		t.Fatalf("no code in a page of %d: %.300s", p.status, p.body)
	}
	return m[1]
}

func standingOf(t *testing.T, b *browser) map[string]any {
	t.Helper()
	var s map[string]any
	if err := json.Unmarshal([]byte(b.get("/tv/state?w=1920&h=1080&build=v1").body), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// A display from its code to its end, with people who sign in.
func TestADisplayIsPairedByASupervisor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		h := open(t, func(c *Config) { c.Access = s }, nil)
		people(t, s)
		h.up()
		h.calls()
		screen, boss, viewer := h.browser(t), h.browser(t), h.browser(t)
		boss.signIn("lotte")
		viewer.signIn("noor")

		first := screen.get("/tv")
		code := codeIn(t, first)
		if strings.Contains(first.body, "Bakery") || strings.Contains(first.body, "5550101") {
			t.Error("a screen that is not paired is told something")
		}
		if again := codeIn(t, screen.get("/tv")); again != code {
			t.Errorf("asked again it shows %s, not %s", again, code)
		}
		if st := standingOf(t, screen); st["state"] != "waits" || st["code"] != code {
			t.Errorf("it waits as %v", st)
		}
		if p := viewer.post("/pair", "code", code, "form", "1", "name", "Mine", "days", "90"); p.status != http.StatusForbidden {
			t.Errorf("a viewer pairs: %d", p.status)
		}
		if p := boss.foreign("/pair", "code", code, "form", "1", "name", "Mine", "days", "90"); p.status != http.StatusForbidden {
			t.Errorf("another site pairs: %d", p.status)
		}
		if p := boss.post("/pair", "code", "0000 0000"); p.status != http.StatusBadRequest || !strings.Contains(p.body, "no code") {
			t.Errorf("what can be no code: %d", p.status)
		}
		if p := boss.post("/pair", "code", "2222 2222"); p.status != http.StatusNotFound {
			t.Errorf("a code nobody shows: %d", p.status)
		}
		if p := boss.post("/pair", "code", strings.ToLower(code)); p.status != http.StatusOK || !strings.Contains(p.body, "1920 × 1080") || !strings.Contains(p.body, "Firefox on Linux") {
			t.Errorf("the code leads to %d, and not to where the screen is", p.status)
		}
		for field, value := range map[string]string{"name": "", "days": "12345", "networks": "not a network", "inches": "-1"} {
			form := []string{"code", code, "form", "1", "view", "/wall", "name", "Reception", "days", "90", field, value}
			if field == "name" || field == "days" { // the first of two counts
				form = []string{"code", code, "form", "1", "view", "/wall", field, value, "name", "Reception", "days", "90"}
			}
			if p := boss.post("/pair", form...); p.status != http.StatusBadRequest || !strings.Contains(p.body, `role="alert"`) {
				t.Errorf("%s %q is taken: %d", field, value, p.status)
			}
		}
		if p := boss.post("/pair", "code", code, "form", "1", "view", "/wall", "name", "Reception", "days", "90", "level", "full"); p.status != http.StatusSeeOther {
			t.Fatalf("not paired: %d %.400s", p.status, p.body)
		}
		if st := standingOf(t, screen); st["state"] != "shows" {
			t.Errorf("then it is %v", st)
		}
		wall := screen.get("/tv")
		if !strings.Contains(wall.body, `data-page="wall"`) || !strings.Contains(wall.body, `data-display="Reception"`) || !strings.Contains(wall.body, "/events?display=1") {
			t.Fatalf("it shows %.300s", wall.body)
		}
		token := screenToken(screen)
		if strings.Contains(wall.body, token) || wall.header.Get("Referrer-Policy") != "no-referrer" {
			t.Error("the token stands in the page, or leaves with a link")
		}
		// It sees its own view and nothing else.
		for path, want := range map[string]int{"/": 303, "/history": 303, "/wall?layout=people": 303, "/displays": 303, "/api/v1/board": 403, "/missed.csv": 403, "/poll?page=board": 200, "/poll?display=1&page=status": 200, "/poll?display=1&at=2000-01-01T00:00:01Z": 403} {
			p := screen.get(path)
			if p.status != want || want == 303 && p.to != "/tv" {
				t.Errorf("%s answers %d to %q, want %d", path, p.status, p.to, want)
			}
			if want == 200 && !strings.Contains(p.body, "w-caller") {
				t.Errorf("%s shows another view than its own: %.200s", path, p.body)
			}
		}
		list := boss.get("/displays")
		if !strings.Contains(list.body, "Reception") || !strings.Contains(list.body, "1920 × 1080") {
			t.Error("the inventory does not know it")
		}
		if p := boss.post("/displays/1/revoke"); p.status != http.StatusSeeOther {
			t.Fatalf("not switched off: %d", p.status)
		}
		if p := screen.get("/poll?display=1"); p.status != http.StatusUnauthorized {
			t.Errorf("switched off its poll answers %d", p.status)
		}
		if p := screen.get("/"); p.status != http.StatusSeeOther || p.to != "/tv" {
			t.Errorf("a screen that was a display is sent to %q", p.to)
		}
		off := screen.get("/tv")
		if !strings.Contains(off.body, "This display was switched off") || !strings.Contains(off.body, "Reception") || strings.Contains(off.body, "5550101") {
			t.Errorf("switched off it shows %.300s", off.body)
		}
		if p := screen.get("/tv"); codeIn(t, p) == code || !strings.Contains(p.body, "Reception") {
			t.Error("then there is no new code beside what it was")
		}
		if screenToken(screen) == token {
			t.Error("it keeps the token it had")
		}
		entries, err := s.Audit(t.Context(), access.AuditQuery{})
		if err != nil {
			t.Fatal(err)
		}
		found := map[access.Event]int{}
		for _, e := range entries {
			found[e.Event]++
			if strings.HasPrefix(string(e.Event), "display") && (e.Subject != "display:1" || e.Name != "Lotte") {
				t.Errorf("the audit log says %+v", e)
			}
		}
		if found[access.DisplayPaired] != 1 || found[access.DisplayRevoked] != 1 {
			t.Errorf("the audit log has %v", found)
		}
		h.stop()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func screenToken(b *browser) string {
	r, _ := http.NewRequest("GET", "http://localhost/tv", nil)
	for _, c := range b.c.Jar.Cookies(r.URL) {
		if c.Name == displayCookie {
			return c.Value
		}
	}
	return ""
}

// The cookie of a display, over TLS and without.
func TestTheCookieOfADisplay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		for _, c := range []struct {
			name   string
			secure bool
		}{{"display", false}, {"__Host-display", true}} {
			ask := func(method string) *http.Response {
				r := httptest.NewRequest(method, "/tv", nil)
				r.Host = "localhost"
				if c.secure {
					r.TLS = &tls.ConnectionState{}
				}
				w := httptest.NewRecorder()
				h.handler.ServeHTTP(w, r)
				return w.Result()
			}
			cookies := ask("GET").Cookies()
			if len(cookies) != 1 {
				t.Fatalf("%s: %d cookies", c.name, len(cookies))
			}
			got := cookies[0]
			if got.Name != c.name || got.Secure != c.secure || !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Path != "/" || got.Domain != "" || got.MaxAge != 400*24*3600 || len(got.Value) != 43 {
				t.Errorf("%+v", got)
			}
			if n := len(ask("HEAD").Cookies()); n != 0 {
				t.Errorf("HEAD begins something: %d cookies", n)
			}
		}
		h.stop()
	})
}

// Once a week the stream brings the next token; the old one is an alarm then.
func TestAStreamRotatesTheToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		g := pairedScreen(t, h, access.Settings{Name: "Reception"})
		c := h.client()
		stream := func(token string) (fresh string, status int) {
			r, err := http.NewRequest("GET", "http://localhost/events?display=1", nil)
			if err != nil {
				t.Fatal(err)
			}
			if token == "" {
				g.bring(r)
			} else {
				r.AddCookie(&http.Cookie{Name: displayCookie, Value: token})
			}
			res, err := c.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			for _, c := range res.Cookies() {
				fresh = c.Value
			}
			return fresh, res.StatusCode
		}
		first, status := stream("")
		if status != 200 || first == "" {
			t.Fatalf("the first stream: %d", status)
		}
		time.Sleep(2 * time.Minute)
		if same, _ := stream(first); same != first {
			t.Error("a new token before its week is over")
		}
		time.Sleep(7 * 24 * time.Hour)
		next, _ := stream(first)
		if next == first || next == "" {
			t.Fatal("after a week there is no new token")
		}
		if again, _ := stream(first); again != next {
			t.Error("the answer was lost, and the next token is another one")
		}
		time.Sleep(2 * time.Minute)
		if _, status := stream(next); status != 200 {
			t.Fatalf("the next token: %d", status)
		}
		if _, status := stream(first); status != 401 {
			t.Errorf("the old token: %d", status)
		}
		if _, status := stream(next); status != 401 {
			t.Errorf("after the theft the true screen goes on: %d", status)
		}
		if l, err := h.site.Displays.Display(t.Context(), g.id); err != nil || l.State != access.PairedStolen {
			t.Errorf("it is %+v, %v", l.State, err)
		}
		h.stop()
	})
}

// Nobody gives a display more than they see themselves.
func TestNobodyGivesADisplayMoreThanTheyHave(t *testing.T) {
	for _, c := range []struct{ asked, own, want privacy.Scope }{
		{"", "", ""},
		{privacy.NewScope([]string{"Sales"}, nil), "", privacy.NewScope([]string{"Sales"}, nil)},
		{"", privacy.NewScope([]string{"Sales"}, nil), privacy.NewScope([]string{"Sales"}, nil)},
		{privacy.NewScope([]string{"Support"}, nil), privacy.NewScope([]string{"Sales"}, nil), privacy.NewScope([]string{"Sales"}, nil)},
		{privacy.NewScope([]string{"Support", "Sales"}, nil), privacy.NewScope([]string{"Sales", "Admin"}, nil), privacy.NewScope([]string{"Sales"}, nil)},
		{privacy.NewScope(nil, []string{"1601"}), privacy.NewScope([]string{"Sales"}, []string{"1601", "1602"}), privacy.NewScope(nil, []string{"1601"})},
	} {
		if got := within(c.asked, c.own); got != c.want {
			t.Errorf("%q within %q is %q, want %q", c.asked, c.own, got, c.want)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		h := open(t, func(c *Config) { c.Access = s }, nil)
		people(t, s)
		screen, lead := h.browser(t), h.browser(t)
		lead.signIn("daan")
		code := codeIn(t, screen.get("/tv"))
		if p := lead.post("/pair", "code", code, "form", "1", "view", "/wall", "name", "Mine", "days", "90", "level", "full"); p.status != http.StatusSeeOther {
			t.Fatal(p.status)
		}
		if l, err := s.Displays().Display(t.Context(), 1); err != nil || l.Level != privacy.LastThree {
			t.Errorf("who sees no full numbers pairs a display that shows them: %v, %v", l.Level, err)
		}
		h.stop()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Every page leads to the wall view nearest to it.
func TestNearestWall(t *testing.T) {
	for page, want := range map[string]string{
		"/": "/wall", "/?line=1601&dir=inbound": "/wall?dir=inbound&line=1601", "/people?team=Sales": "/wall?layout=people&team=Sales",
		"/lines": "/wall?layout=numbers", "/lines?team=Sales": "/wall?layout=line&team=Sales", "/numbers?line=1601": "/wall?layout=numbers&line=1601",
		"/missed": "/wall?layout=numbers", "/wall?layout=people&inches=75": "/wall?inches=75&layout=people",
		"/?at=2026-11-22T13:10:06Z": "/wall", "/history": "", "/status": "", "/calls/42": "", "https://evil.example/": "", "//evil.example/wall": "", "/wall?layout=nonsense": "",
	} {
		q, _, ok := nearestWall(page)
		if got := q.URL(); ok != (want != "") || ok && got != want {
			t.Errorf("%s leads to %q (%v), want %q", page, got, ok, want)
		}
	}
}

// The sign-in shows the code of its screen, which becomes a display by it.
func TestTheSignInShowsACode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		h := open(t, func(c *Config) { c.Access = s }, nil)
		people(t, s)
		h.up()
		screen, boss := h.browser(t), h.browser(t)
		boss.signIn("lotte")
		code := codeIn(t, screen.get("/signin"))
		if again := codeIn(t, screen.get("/tv")); again != code {
			t.Errorf("its own page shows %s, the sign-in %s", again, code)
		}
		if p := boss.post("/pair", "code", code, "form", "1", "view", "/wall?layout=numbers", "name", "Mine", "days", "7"); p.status != http.StatusSeeOther {
			t.Fatal(p.status)
		}
		if p := screen.get("/tv"); !strings.Contains(p.body, `data-display="Mine"`) {
			t.Error("it does not become a display")
		}
		h.stop()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// An administrator finds the way from the displays to everything else they
// decide about, as from those pages; a supervisor, who has no other, none.
func TestDisplaysAreAmongAnAdministratorsPages(t *testing.T) {
	inArchive(t, func(a *archive) {
		tabs := regexp.MustCompile(`(?s)<nav class="ad-tabs".*?</nav>`)
		admin, supervisor := a.person(access.Administrator, privacy.Full, ""), a.person(access.Supervisor, privacy.Full, "")
		for _, path := range []string{"/displays", "/pair"} {
			_, page := a.get(admin, path)
			bar := tabs.FindString(page)
			for _, to := range []string{"/admin/people", "/admin/programs", "/admin/audit", `href="/displays" aria-current="page"`} {
				if !strings.Contains(bar, to) {
					t.Errorf("%s has no %s: %s", path, to, bar)
				}
			}
			if status, page := a.get(supervisor, path); status != http.StatusOK || tabs.MatchString(page) || strings.Contains(page, "/admin/") {
				t.Errorf("%s as a supervisor: %d, %s", path, status, tabs.FindString(page))
			}
		}
	})
}
