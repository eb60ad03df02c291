package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/hub"
	"callboard/static"
	"callboard/views"
)

// What a page of another site may do with a browser of ours: look at nothing
// by script, change nothing. Going to a page by a link is everybody's right.
func TestRequestsFromOtherSites(t *testing.T) {
	// A header is what a browser says of where a request comes from:
	// Sec-Fetch-Site, -Mode, -Dest, Origin.
	type header struct{ site, mode, dest, origin string }
	cases := []struct {
		header
		page, reads, writes int // GET /, GET data and files, POST
	}{
		{header{"", "", "", ""}, 200, 200, 405}, // a program
		{header{"none", "navigate", "document", ""}, 200, 200, 405},
		{header{"none", "", "", ""}, 200, 200, 405},
		{header{"same-origin", "cors", "empty", ""}, 200, 200, 405},
		{header{"same-origin", "navigate", "document", ""}, 200, 200, 405},
		{header{"same-origin", "cors", "empty", "http://localhost"}, 200, 200, 405},
		{header{"same-site", "navigate", "document", ""}, 200, 403, 403}, // a link on another port
		{header{"same-site", "no-cors", "script", ""}, 403, 403, 403},
		{header{"same-site", "cors", "empty", "http://other.localhost"}, 403, 403, 403},
		{header{"cross-site", "navigate", "document", ""}, 200, 403, 403}, // a link
		{header{"cross-site", "navigate", "document", "null"}, 200, 403, 403},
		{header{"cross-site", "navigate", "iframe", ""}, 403, 403, 403},
		{header{"cross-site", "navigate", "object", ""}, 403, 403, 403},
		{header{"cross-site", "navigate", "embed", ""}, 403, 403, 403},
		{header{"cross-site", "no-cors", "script", ""}, 403, 403, 403},
		{header{"cross-site", "no-cors", "image", ""}, 403, 403, 403},
		{header{"cross-site", "no-cors", "style", ""}, 403, 403, 403},
		{header{"cross-site", "no-cors", "video", ""}, 403, 403, 403},
		{header{"cross-site", "no-cors", "document", ""}, 403, 403, 403}, // not what a browser says
		{header{"cross-site", "cors", "empty", "https://evil.example"}, 403, 403, 403},
		{header{"cross-site", "cors", "empty", "null"}, 403, 403, 403},
		{header{"cross-site", "websocket", "websocket", "https://evil.example"}, 403, 403, 403},
		{header{"cross-site", "", "", ""}, 403, 403, 403},
		{header{"something-new", "cors", "empty", ""}, 403, 403, 403},
		{header{"", "", "", "http://localhost"}, 200, 200, 405}, // an old browser
		{header{"", "", "", "https://evil.example"}, 403, 403, 403},
		{header{"", "", "", "null"}, 403, 403, 403},
		{header{"", "", "", "http://localhost:81"}, 403, 403, 403},
		{header{"", "navigate", "document", "https://evil.example"}, 200, 403, 403},
	}
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		h.calls()
		ask := func(method, path string, c header) *http.Response {
			r := httptest.NewRequest(method, "http://localhost"+path, nil)
			for name, value := range map[string]string{"Sec-Fetch-Site": c.site, "Sec-Fetch-Mode": c.mode, "Sec-Fetch-Dest": c.dest, "Origin": c.origin} {
				if value != "" {
					r.Header.Set(name, value)
				}
			}
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			res := w.Result()
			res.Request = r
			checkHeaders(t, method+" "+path, res)
			return res
		}
		for _, c := range cases {
			for _, path := range []string{"/", "/wall", "/history", "/missed"} {
				if got := ask("GET", path, c.header).StatusCode; got != c.page {
					t.Errorf("%+v: %s answered %d, want %d", c.header, path, got, c.page)
				}
			}
			for _, path := range []string{"/api/v1/board", "/poll?page=board", "/missed.csv", "/api/v1/missed", "/metrics"} {
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
		t.Logf("%d combinations of headers", len(cases))
		h.stop()
	})
}

func TestAPanicIsOneRequestsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		h := open(t, func(c *Config) {
			c.Log = textLog(&log)
			c.Storybook = func(views.Assets) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Query().Has("late") {
						w.Write([]byte("half"))
					}
					panic("secret of the inside about +31205550101")
				})
			}
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
		if strings.Contains(log.String(), "31205550101") {
			t.Error("a caller's number is in the log")
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
	if f.status != 500 || strings.Contains(f.detail+f.english().Title, "hunter2") {
		t.Errorf("an unknown error became %+v", f)
	}
}

// A board whose lock is never given back is not healthy, and asking again and
// again does not pile up goroutines. In real time: a bubble's clock stands
// while somebody waits for a lock.
func TestHealthNoticesAStuckBoard(t *testing.T) {
	t.Parallel()
	files, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	h := hub.New(hub.Options{})
	handler, err := New(Config{Hub: h, Files: files, Metrics: NewMetrics(nil)})
	if err != nil {
		t.Fatal(err)
	}
	ask := func() int {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", "/healthz", nil))
		return w.Code
	}
	release, held, given := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		h.Read(func(*board, time.Time) { close(held); <-release })
		close(given)
	}()
	<-held
	before := runtime.NumGoroutine()
	answers := make(chan int, 10)
	for range cap(answers) {
		go func() { answers <- ask() }()
	}
	for range cap(answers) {
		if got := <-answers; got != http.StatusServiceUnavailable {
			t.Errorf("a stuck board answered %d", got)
		}
	}
	if more := runtime.NumGoroutine() - before; more > 5 {
		t.Errorf("asking ten times left %d goroutines behind", more)
	}
	close(release)
	<-given
	if got := ask(); got != http.StatusOK {
		t.Errorf("a board that turns again answered %d", got)
	}
}

func TestNewNeedsItsFiles(t *testing.T) {
	if _, err := New(Config{Files: emptyFiles(t), Metrics: NewMetrics(nil)}); err == nil {
		t.Error("started without its style sheet")
	}
}
