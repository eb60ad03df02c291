package web

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/embed"
	"callboard/internal/privacy"
)

// emptyAccounts is a file of people without anybody in it; it must be made outside of
// a bubble, as it has goroutines for the life of the process.
func emptyAccounts(t *testing.T) *access.Service {
	t.Helper()
	people, err := access.New(access.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { people.Close() })
	return people
}

// embedHouse is a board with sign-in whose views one intranet may frame.
func embedHouse(t *testing.T, people *access.Service) (*house, *embed.Book) {
	t.Helper()
	book := embed.Open(t.TempDir())
	h := open(t, func(c *Config) {
		c.Access, c.Embeds = people, book
		c.EmbedParents, c.EmbedLevel = []string{"https://intranet.example", "https://www.example:8443"}, privacy.LastThree
	}, nil)
	return h, book
}

// inFrame is what a browser sends that loads a page into a frame of another site.
func inFrame(path string, cookies ...*http.Cookie) *http.Request {
	r := httptest.NewRequest("GET", "http://localhost"+path, nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	r.Header.Set("Sec-Fetch-Dest", "iframe")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return r
}

func TestFramesOfOtherPages(t *testing.T) {
	people := emptyAccounts(t)
	synctest.Test(t, func(t *testing.T) {
		h, book := embedHouse(t, people)
		h.up()
		h.calls()
		ask := func(r *http.Request) *http.Response {
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			return w.Result()
		}
		view, err := EmbedView("calls", url.Values{"theme": {"light"}})
		if err != nil {
			t.Fatal(err)
		}
		f, token, err := book.Add(embed.Frame{Name: "Intranet", View: view, Level: privacy.Full, Until: time.Now().Add(time.Hour)}, time.Now())
		if err != nil {
			t.Fatal(err)
		}

		// Without its key a frame shows no call, whatever address it gives.
		for _, path := range []string{"/embed/calls", "/embed/calls?frame=" + f.ID, "/embed/calls?frame=" + f.ID + "&k=" + token, "/embed/numbers"} {
			res := ask(inFrame(path))
			body := read(t, res)
			policies := res.Header.Values("Content-Security-Policy")
			if res.StatusCode != 403 || len(policies) != 1 || !strings.Contains(policies[0], "frame-ancestors https://intranet.example https://www.example:8443;") {
				t.Errorf("%s without its key: %d, %q", path, res.StatusCode, policies)
			}
			if !strings.Contains(body, "Not live") || strings.Contains(body, "31205550101") || strings.Contains(body, "Bakery") {
				t.Errorf("%s without its key has %.2000s", path, body)
			}
		}

		// The script in it shows the key.
		open := func(site, key string) *http.Response {
			r := httptest.NewRequest("POST", "http://localhost/embed/open", strings.NewReader(url.Values{"k": {key}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", site)
			return ask(r)
		}
		for _, wrong := range []struct{ site, key string }{{"cross-site", token}, {"same-site", token}, {"same-origin", token + "x"}, {"same-origin", ""}} {
			if res := open(wrong.site, wrong.key); res.StatusCode != 403 || len(res.Cookies()) > 0 {
				t.Errorf("%+v: %d, %v", wrong, res.StatusCode, res.Cookies())
			}
		}
		res := open("same-origin", token)
		cookies := res.Cookies()
		if res.StatusCode != 204 || len(cookies) != 1 {
			t.Fatalf("the key: %d, %v", res.StatusCode, cookies)
		}
		c := cookies[0]
		if c.Name != "__Host-callboard-frame-"+f.ID || !c.HttpOnly || !c.Secure || !c.Partitioned || c.SameSite != http.SameSiteNoneMode || c.Path != "/" || c.Domain != "" || !c.Expires.Equal(f.Until) {
			t.Errorf("the cookie is %s", c)
		}

		// With it the view is there, masked as the board has it at the most, and
		// with nothing to press or to follow.
		res = ask(inFrame("/embed/calls?frame="+f.ID, c))
		body := read(t, res)
		if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Content-Security-Policy"), "frame-ancestors https://intranet.example https://www.example:8443;") {
			t.Errorf("with its key: %d, %q", res.StatusCode, res.Header.Values("Content-Security-Policy"))
		}
		if !strings.Contains(body, "Anna") || strings.Contains(body, "30123456") {
			t.Errorf("the view is not the masked one: %.3000s", body)
		}
		if found := regexp.MustCompile(`(?i)<(a|form|button|input|select|textarea|details|area|dialog)\b|\bhref="/[^s]|kept|manifest|desk|alerts`).FindAllString(body, -1); len(found) > 0 {
			t.Errorf("the view has %q", found)
		}
		if strings.Contains(body, token) || strings.Contains(body, "cbe_") {
			t.Error("the key is in the page")
		}

		// The key opens this view and nothing else.
		stream := regexp.MustCompile(`data-stream="([^"]+)"`).FindStringSubmatch(body)
		if stream == nil {
			t.Fatal("the view has no stream")
		}
		address := strings.ReplaceAll(stream[1], "&amp;", "&")
		poll := strings.Replace(address, "/events", "/poll", 1)
		own := func(path string) *http.Request {
			r := httptest.NewRequest("GET", "http://localhost"+path, nil)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			r.AddCookie(c)
			return r
		}
		if res := ask(own(poll)); res.StatusCode != 200 || strings.Contains(read(t, res), "30123456") {
			t.Errorf("its poll: %d", res.StatusCode)
		}
		for _, path := range []string{poll + "&layout=people", "/poll?page=board&frame=" + f.ID, "/poll?page=wall&layout=numbers&mask=full&frame=" + f.ID, "/poll?page=people&frame=" + f.ID} {
			res := ask(own(path))
			body := read(t, res)
			if strings.Contains(body, "30123456") || strings.Contains(body, "p-wall-people") || strings.Contains(body, "p-wall-numbers") || strings.Contains(body, "p-headlines") || !strings.Contains(body, "p-wall-head") {
				t.Errorf("%s is answered with something else than the frame's view: %d %.1000s", path, res.StatusCode, body)
			}
		}
		for _, path := range []string{
			poll + "&at=2000-01-01T00:00:00Z", strings.Replace(poll, f.ID, "aaaaaaaa", 1), "/poll?page=wall&frame=",
			"/poll?page=wall", "/api/v1/board", "/api/v1/board?frame=" + f.ID, "/", "/wall?frame=" + f.ID, "/history?frame=" + f.ID,
		} {
			if res := ask(own(path)); res.StatusCode == 200 {
				t.Errorf("the key of a frame opens %s", path)
			}
		}
		if res := ask(inFrame("/embed/people?frame="+f.ID, c)); res.StatusCode != 403 {
			t.Errorf("the key of one view opens another: %d", res.StatusCode)
		}
		// No other page goes into a frame.
		for _, path := range []string{"/", "/wall", "/signin", "/healthz", "/nothing"} {
			res := ask(inFrame(path, c))
			if !strings.Contains(res.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("%s may be framed: %q", path, res.Header.Get("Content-Security-Policy"))
			}
		}

		// Taken back, it ends within seconds, and leads to the page that says so.
		req, _ := http.NewRequest("GET", "http://localhost"+address, nil)
		req.AddCookie(c)
		live, err := h.client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer live.Body.Close()
		ended := make(chan string, 1)
		go func() {
			var last string
			for lines := bufio.NewScanner(live.Body); lines.Scan(); {
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					last = data
				}
			}
			ended <- last
		}()
		time.Sleep(10 * time.Second)
		if _, err := book.Revoke(f.ID, time.Now()); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if last := <-ended; time.Since(begun) > 5*time.Second || !strings.Contains(last, "/embed/calls?frame="+f.ID) {
			t.Errorf("the stream ended after %v with %s", time.Since(begun), last)
		}
		if res := ask(inFrame("/embed/calls?frame="+f.ID, c)); res.StatusCode != 403 {
			t.Errorf("taken back: %d", res.StatusCode)
		}
		h.stop()
	})
}

// Where no page may frame anything, there is nothing to frame.
func TestNoFramesUnlessChosen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		for _, path := range []string{"/embed/calls", "/embed/numbers", "/embed/people", "/embed/line", "/embed/open"} {
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
			if w.Code != 404 || !strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("%s: %d, %q", path, w.Code, w.Header().Get("Content-Security-Policy"))
			}
		}
		h.stop()
	})
}

// Where sign-in is off, frames see what the setting lets them.
func TestFramesOnAMachineOfOnesOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, func(c *Config) {
			c.EmbedParents, c.EmbedLevel = []string{"https://intranet.example"}, privacy.LastThree
		}, nil)
		h.up()
		h.calls()
		for _, path := range []string{"/embed/calls", "/embed/calls?mask=full", "/embed/calls?mask=nonsense", "/embed/calls?mask=initials"} {
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, inFrame(path))
			if body := w.Body.String(); w.Code != 200 || strings.Contains(body, "30123456") || !regexp.MustCompile(`data-stream="[^"]*mask=(last-three|initials)`).MatchString(body) {
				t.Errorf("%s: %d, %.3000s", path, w.Code, body)
			}
		}
		h.stop()
	})
}
