package web

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Every form of the site refuses what is larger than any form of it, in words
// and before it reads on: announced or not.
func TestOversizedForms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := stage(t)
		forms := 0
		for _, d := range th.site.doors {
			if d.Method != http.MethodPost {
				continue
			}
			forms++
			for _, announced := range []bool{true, false} {
				body := &endless{left: maxBody + 1}
				res := th.ask("administrator", "POST", at(d), func(r *http.Request) {
					r.Body, r.ContentLength = io.NopCloser(body), -1
					if announced {
						r.ContentLength = maxBody + 1
					}
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				})
				text, err := readAll(res)
				if err != nil {
					t.Fatal(err)
				}
				read := maxBody + 1 - body.left
				switch {
				case announced && res.StatusCode != http.StatusRequestEntityTooLarge:
					t.Errorf("%s: an announced %d bytes were answered with %d", d.Pattern, maxBody+1, res.StatusCode)
				case announced && read > 0:
					t.Errorf("%s: %d bytes were read for nothing", d.Pattern, read)
				case announced && !strings.Contains(text, "larger than any form"):
					t.Errorf("%s: refused without words: %.300s", d.Pattern, text)
				case !announced && read > wordBytes+bufio.MaxScanTokenSize/2:
					t.Errorf("%s: %d bytes were read", d.Pattern, read)
				case !announced && read > 0 && res.StatusCode != http.StatusRequestEntityTooLarge:
					t.Errorf("%s: bytes without end were answered with %d", d.Pattern, res.StatusCode)
				}
			}
		}
		th.end()
		t.Logf("%d forms", forms)
	})
}

// endless is a body that goes on.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left, 4096)
	for i := range p[:n] {
		p[i] = 'a'
	}
	e.left -= n
	return n, nil
}

// Who sends a form by the drop is told so, and is gone after half a minute; who
// sends headers by the drop after five seconds. Nobody else waits for them.
func TestSlowSenders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		for _, c := range []struct {
			name, head  string
			least, most time.Duration
			want        string
		}{
			{"body", "POST /notice HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\ntext=", 29 * time.Second, 36 * time.Second, "408 Request Timeout"},
			{"head", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 4 * time.Second, 6 * time.Second, ""},
		} {
			conn, err := h.pipes.dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			gone := make(chan struct{})
			go func() {
				defer close(gone)
				io.WriteString(conn, c.head)
				for {
					time.Sleep(time.Second)
					if _, err := io.WriteString(conn, "a"); err != nil {
						return
					}
				}
			}()
			got, err := io.ReadAll(conn)
			took := time.Since(began)
			if err != nil && len(got) == 0 && c.want != "" {
				t.Errorf("%s: %v", c.name, err)
			}
			if took < c.least || took > c.most {
				t.Errorf("%s: a slow sender was held for %v", c.name, took)
			}
			if !strings.Contains(string(got), c.want) {
				t.Errorf("%s: was answered %.200q, want %s", c.name, got, c.want)
			}
			conn.Close()
			<-gone
		}
		h.stop()
	})
}

// More headers than any browser sends are refused before anything looks at them.
func TestManyHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		ask := func(n, size int) int {
			r, err := http.NewRequest("GET", "http://localhost/", nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range n {
				r.Header.Set(fmt.Sprint("X-Much-", i), strings.Repeat("a", size))
			}
			res, err := h.client().Do(r)
			if err != nil {
				return 0 // refused while we still wrote
			}
			res.Body.Close()
			return res.StatusCode
		}
		if got := ask(20, 100); got != http.StatusOK {
			t.Errorf("ordinary headers were answered with %d", got)
		}
		for _, c := range [][2]int{{1, 20_000}, {200, 100}, {2000, 10}} {
			if got := ask(c[0], c[1]); got != http.StatusRequestHeaderFieldsTooLarge && got != 0 {
				t.Errorf("%d headers of %d bytes were answered with %d", c[0], c[1], got)
			}
		}
		h.stop()
	})
}

// After signing in nobody is led away from this server.
func TestNobodyIsLedAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		q := h.site.look(httptest.NewRequest("GET", "/", nil))
		for _, to := range []string{
			"https://evil.example", "//evil.example", "///evil.example", `\\evil.example`, `/\evil.example`, `/\/evil.example`, "http:evil.example",
			"javascript:alert(1)", "data:text/html,x", "/\tevil", "/\r\nLocation: https://evil.example", "evil.example", "", "%2F%2Fevil.example",
			"https:/evil.example", " //evil.example", "/\x00", "//user@evil.example/", "?to=//evil.example", "#//evil.example",
		} {
			if localPath(to) {
				t.Errorf("%q counts as a path of ours", to)
			}
			got := back(to, q)
			u, err := url.Parse(got)
			if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, `/\`) {
				t.Errorf("%q leads to %q", to, got)
			}
		}
		for to, want := range map[string]string{
			"/missed?team=Service&sort=age": "/signin?to=%2Fmissed%3Fteam%3DService%26sort%3Dage", "/": "/signin", "//evil.example": "/signin",
			`/\evil.example`: "/signin", "/history": "/signin?to=%2Fhistory",
		} {
			if got := signInTo(to, ""); got != want {
				t.Errorf("%s is asked to sign in at %s, want %s", to, got, want)
			}
		}
		h.stop()
	})
}
