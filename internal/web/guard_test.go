package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What a page of another site may do with a browser of ours: look at nothing
// by script, change nothing. Going to a page by a link is everybody's right.
func TestRequestsFromOtherSites(t *testing.T) {
	type header struct{ site, origin string }
	cases := []struct {
		header
		page, reads, writes int // GET /, GET /api/v1/board, POST /
	}{
		{header{"", ""}, 200, 200, 405}, // a program
		{header{"none", ""}, 200, 200, 405},
		{header{"same-origin", ""}, 200, 200, 405},
		{header{"same-origin", "http://localhost"}, 200, 200, 405},
		{header{"same-site", ""}, 200, 403, 403},
		{header{"same-site", "http://other.localhost"}, 200, 403, 403},
		{header{"cross-site", ""}, 200, 403, 403},
		{header{"cross-site", "https://evil.example"}, 200, 403, 403},
		{header{"cross-site", "null"}, 200, 403, 403},
		{header{"something-new", ""}, 200, 403, 403},
		{header{"", "http://localhost"}, 200, 200, 405}, // an old browser
		{header{"", "https://evil.example"}, 200, 403, 403},
		{header{"", "null"}, 200, 403, 403},
		{header{"", "http://localhost:81"}, 200, 403, 403},
	}
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		ask := func(method, path string, c header) *http.Response {
			r := httptest.NewRequest(method, "http://localhost"+path, nil)
			if c.site != "" {
				r.Header.Set("Sec-Fetch-Site", c.site)
			}
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			res := w.Result()
			res.Request = r
			checkHeaders(t, method+" "+path, res)
			return res
		}
		for _, c := range cases {
			if got := ask("GET", "/", c.header).StatusCode; got != c.page {
				t.Errorf("%+v: page answered %d, want %d", c.header, got, c.page)
			}
			for _, path := range []string{"/api/v1/board", "/poll?page=board"} {
				if got := ask("GET", path, c.header).StatusCode; got != c.reads {
					t.Errorf("%+v: %s answered %d, want %d", c.header, path, got, c.reads)
				}
			}
			if res := ask("HEAD", "/events?page=board", c.header); res.StatusCode != c.reads {
				t.Errorf("%+v: the stream answered %d, want %d", c.header, res.StatusCode, c.reads)
			} else if c.reads == 403 && res.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%+v: refused as %s", c.header, res.Header.Get("Content-Type"))
			}
			if got := ask("POST", "/", c.header).StatusCode; got != c.writes {
				t.Errorf("%+v: POST answered %d, want %d", c.header, got, c.writes)
			}
		}
		h.stop()
	})
}

func TestAPanicIsOneRequestsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		h := open(t, func(c *Config) {
			c.Log = textLog(&log)
			c.Storybook = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Has("late") {
					w.Write([]byte("half"))
				}
				panic("secret of the inside")
			})
		}, nil)
		c := h.client()
		res, err := c.Get("http://localhost/storybook")
		if err != nil {
			t.Fatal(err)
		}
		body := read(t, res)
		checkHeaders(t, "GET /storybook", res)
		if res.StatusCode != 500 || strings.Contains(body, "secret") || !strings.Contains(body, "Something went wrong") {
			t.Errorf("a panic was answered with %d: %.300s", res.StatusCode, body)
		}
		if !strings.Contains(log.String(), "secret of the inside") {
			t.Error("a panic was not logged")
		}
		if res, err := c.Get("http://localhost/storybook?late"); err == nil {
			if _, err := readAll(res); err == nil {
				t.Error("half an answer looks whole")
			}
		}
		res, err = c.Get("http://localhost/metrics")
		if err != nil {
			t.Fatal(err)
		}
		if body := read(t, res); !strings.Contains(body, "dashboard_panics_total 2") {
			t.Error("panics were not counted")
		}
		h.stop()
	})
}

// An error of ours is told in words that give nothing away.
func TestInternalsNeverReachTheBrowser(t *testing.T) {
	f := classify(errors.New("dial tcp 10.0.0.7: password=hunter2"))
	if f.status != 500 || strings.Contains(f.detail+f.title, "hunter2") {
		t.Errorf("an unknown error became %+v", f)
	}
}

// A board whose lock is never given back is not healthy, and asking again and
// again does not pile up goroutines.
func TestHealthNoticesAStuckBoard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		release, held := make(chan struct{}), make(chan struct{})
		go h.hub.Read(func(*board, time.Time) { close(held); <-release })
		<-held
		c := h.client()
		for range 3 {
			began := time.Now()
			res, err := c.Get("http://localhost/healthz")
			if err != nil {
				t.Fatal(err)
			}
			read(t, res)
			if res.StatusCode != 503 || time.Since(began) > 1100*time.Millisecond {
				t.Errorf("a stuck board answered %d after %v", res.StatusCode, time.Since(began))
			}
		}
		close(release)
		res, err := c.Get("http://localhost/healthz")
		if err != nil {
			t.Fatal(err)
		}
		if read(t, res); res.StatusCode != 200 {
			t.Errorf("a board that turns again answered %d", res.StatusCode)
		}
		h.stop()
	})
}

func TestNewNeedsItsFiles(t *testing.T) {
	if _, err := New(Config{Files: emptyFiles(t), Metrics: NewMetrics(nil)}); err == nil {
		t.Error("started without its style sheet")
	}
}
