package web

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
	"callboard/internal/state"
)

// Who reads the metrics: this machine, administrators, and the token; never
// whoever a proxy brings.
func TestMetricsAreNotForEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const token = "0123456789abcdef-metrics"
		s := accounts(t)
		h := open(t, func(c *Config) { c.Access, c.MetricsToken = s, token }, nil)
		admin, _ := signedIn(t, s, account(t, s, "admin", access.Administrator, privacy.Lens{}))
		viewer, _ := signedIn(t, s, account(t, s, "viewer", access.Viewer, privacy.Lens{Level: privacy.LastThree}))
		header := func(name, value string) func(*http.Request) {
			return func(r *http.Request) { r.Header.Set(name, value) }
		}
		for _, c := range []struct {
			what, from string
			bring      func(*http.Request)
			want       int
		}{
			{"this machine", "127.0.0.1:5000", nobody, 200},
			{"this machine over IPv6", "[::1]:5000", nobody, 200},
			{"a page in a browser on this machine", "127.0.0.1:5000", header("Sec-Fetch-Site", "cross-site"), 403},
			{"a proxy on this machine", "127.0.0.1:5000", header("X-Forwarded-For", "127.0.0.1"), 401},
			{"a proxy that says so otherwise", "127.0.0.1:5000", header("Forwarded", "for=127.0.0.1"), 401},
			{"a proxy that names no client", "127.0.0.1:5000", header("Via", "1.1 proxy"), 401},
			{"another machine", "192.0.2.1:5000", nobody, 401},
			{"another machine that claims to be this one", "192.0.2.1:5000", header("X-Forwarded-For", "127.0.0.1"), 401},
			{"an administrator", "192.0.2.1:5000", admin.bring, 200},
			{"a viewer", "192.0.2.1:5000", viewer.bring, 403},
			{"the token", "192.0.2.1:5000", bearing(token), 200},
			{"the token through a proxy", "127.0.0.1:5000", func(r *http.Request) { bearing(token)(r); r.Header.Set("X-Forwarded-For", "192.0.2.9") }, 200},
			{"a part of the token", "192.0.2.1:5000", bearing(token[:10]), 401},
			{"a wrong token on this machine", "127.0.0.1:5000", bearing("wrong"), 401},
			{"an empty token", "192.0.2.1:5000", bearing(""), 401},
			{"a password", "192.0.2.1:5000", header("Authorization", "Basic "+token), 401},
		} {
			r := httptest.NewRequest("GET", "http://localhost/metrics", nil)
			r.RemoteAddr = c.from
			c.bring(r)
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("%s was answered with %d, want %d", c.what, w.Code, c.want)
			}
			if shown := strings.Contains(w.Body.String(), "dashboard_feed_up"); shown != (c.want == 200) {
				t.Errorf("%s: metrics are shown: %v", c.what, shown)
			}
		}
		h.stop()
		s.Close()
	})
}

// Who may not is told who may, in their language, and who is nobody where to
// sign in.
func TestRefusalsAreInWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := stage(t)
		for _, c := range []struct {
			role, method, path string
			status             int
			header, value      string
			says               []string
		}{
			{"viewer", "POST", "/notice", 403, "Content-Language", "en", []string{"Not for you", "Supervisors and administrators", "You are signed in as Guest viewer, a viewer."}},
			{"viewer", "GET", "/missed.csv?lang=nl", 403, "Content-Language", "nl", []string{`lang="nl"`, "Niet voor u", "teamleiders en beheerders", "kijker"}},
			{"supervisor", "GET", "/admin/people?lang=de", 403, "Content-Language", "de", []string{"Nicht für Sie", "Nur Administratoren", "Teamleiter"}},
			{"viewer", "POST", "/api/v1/calls/1/dismiss", 403, "Content-Type", "application/problem+json", []string{`"status":403`, "Supervisors"}},
			{"nobody", "GET", "/api/v1/board", 401, "WWW-Authenticate", `Bearer realm="callboard"`, []string{`"status":401`, "Sign in first"}},
			{"nobody", "GET", "/events?page=board", 401, "Content-Type", "application/problem+json", []string{"Sign in first"}},
			{"wrong-token", "GET", "/api/v1/board", 401, "WWW-Authenticate", `Bearer realm="callboard", error="invalid_token"`, []string{"Token refused"}},
			{"token-viewer", "GET", "/missed", 403, "Content-Type", "text/html; charset=utf-8", []string{"Not for programs"}},
			{"nobody", "GET", "/missed?team=Service&lang=nl", 303, "Location", "/signin?lang=nl&to=%2Fmissed%3Fteam%3DService%26lang%3Dnl", nil},
			{"expired", "GET", "/", 303, "Location", "/signin", nil},
			{"disabled", "POST", "/notice", 303, "Location", "/signin", nil},
			{"signed-out", "GET", "/missed.csv", 303, "Location", "/signin", nil},
			{"display", "GET", "/missed", 303, "Location", "/tv", nil},
			{"viewer", "GET", "/missed", 200, "Vary", "Cookie", []string{`data-may="look"`}},
			{"supervisor", "GET", "/missed", 200, "Vary", "Cookie", []string{`data-may="look act export try pair"`}},
		} {
			res := th.ask(c.role, c.method, c.path, nil)
			body, err := readAll(res)
			if err != nil {
				t.Fatal(err)
			}
			what := c.role + " " + c.method + " " + c.path
			if res.StatusCode != c.status || !strings.Contains(res.Header.Get(c.header), c.value) {
				t.Errorf("%s: %d, %s is %q; want %d, %q", what, res.StatusCode, c.header, res.Header.Get(c.header), c.status, c.value)
			}
			for _, text := range c.says {
				if !strings.Contains(body, text) {
					t.Errorf("%s does not say %q", what, text)
				}
			}
			if c.status != http.StatusOK && strings.Contains(body, "555") {
				t.Errorf("%s: a refusal holds a number", what)
			}
		}
		th.end()
	})
}

// What somebody writes stands under the name of their account, whatever the
// form or a cookie says; a program's under its own beside the one it speaks for.
func TestWordsStandUnderTheirAuthor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := stage(t)
		th.gaveUp()
		entry := ""
		th.hub.Read(func(b *board, _ time.Time) {
			if open := b.Recovery().Open; len(open) > 0 {
				entry = strconv.FormatUint(open[0].ID, 10)
			}
		})
		if entry == "" {
			t.Fatal("nobody is to be called back")
		}
		author := func() (by string) {
			th.hub.Read(func(b *board, _ time.Time) { by = b.Recovery().Open[0].ClaimedBy })
			return by
		}
		for _, c := range []struct{ role, path, form, want string }{
			{"supervisor", "/missed/" + entry + "/claim", "", "Guest supervisor"},
			{"supervisor", "/missed/" + entry + "/claim", "by=Somebody+Else", "Guest supervisor"},
			{"administrator", "/api/v1/missed/" + entry + "/claim", "by=Eva", "Guest administrator"},
			{"token-supervisor", "/api/v1/missed/" + entry + "/claim", "by=Eva", "Eva (robot supervisor)"},
			{"token-supervisor", "/api/v1/missed/" + entry + "/claim", "", "robot supervisor"},
			{"token-administrator", "/api/v1/missed/" + entry + "/claim", "by=" + strings.Repeat("x", 60), strings.Repeat("x", state.NameMost-1) + "…"},
		} {
			res := th.ask(c.role, "POST", c.path, func(r *http.Request) {
				fresh := httptest.NewRequest("POST", c.path, strings.NewReader(c.form))
				r.Body, r.ContentLength = fresh.Body, fresh.ContentLength
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.AddCookie(&http.Cookie{Name: nameCookie, Value: "Mallory"})
			})
			body, _ := readAll(res)
			if got := author(); got != c.want {
				t.Errorf("%s wrote %q: it stands under %q, want %q (%d %.200s)", c.role, c.form, got, c.want, res.StatusCode, body)
			}
			if len(res.Header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s: a name is remembered: %q", c.role, res.Header.Values("Set-Cookie"))
			}
			th.ask("administrator", "POST", "/api/v1/missed/"+entry+"/undo", nil)
		}
		page, _ := readAll(th.ask("supervisor", "GET", "/missed", nil))
		if strings.Contains(page, `id="my-name"`) || !strings.Contains(page, `type="hidden" name="by" value="Guest supervisor"`) {
			t.Error("the page asks for a name that is known")
		}
		th.end()
	})
}

// One party's streams, and those from one address, leave room for others, and
// whoever is one too many is told when to come back.
func TestOneTooManyStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		h := open(t, func(c *Config) { c.Access, c.Streams = s, Streams{All: 5, Each: 3} }, nil)
		h.up()
		h.calls()
		var guests []guest
		for _, name := range []string{"eva", "jan", "ali"} {
			g, _ := signedIn(t, s, account(t, s, name, access.Viewer, privacy.Lens{Level: privacy.LastThree}))
			guests = append(guests, g)
		}
		try := func(g guest) (end func(), full bool) {
			r, err := http.NewRequest("GET", "http://localhost/events?page=board", nil)
			if err != nil {
				t.Fatal(err)
			}
			g.bring(r)
			res, err := h.client().Do(r)
			if err != nil || res.StatusCode != http.StatusOK {
				t.Fatalf("%v %v", res, err)
			}
			first := make([]byte, 11)
			if _, err := res.Body.Read(first); err != nil {
				t.Fatal(err)
			}
			return func() { res.Body.Close() }, string(first) == "event: bye\n"
		}
		var ends []func()
		for i, c := range []struct {
			who  int
			full bool
		}{{0, false}, {0, false}, {0, false}, {0, true}, {1, false}, {1, false}, {1, true}, {2, true}} {
			end, full := try(guests[c.who])
			if full != c.full {
				t.Errorf("stream %d, of guest %d: one too many is %v, want %v", i, c.who, full, c.full)
			}
			ends = append(ends, end)
		}
		for _, end := range ends {
			end()
		}
		time.Sleep(time.Second)
		h.site.crowd.mu.Lock()
		left := h.site.crowd.all
		h.site.crowd.mu.Unlock()
		if left != 0 {
			t.Errorf("%d streams are counted when all have left", left)
		}
		if end, full := try(guests[0]); full {
			t.Error("nobody is there, and there is no room")
		} else {
			end()
		}
		h.stop()
		s.Close()
	})
}
