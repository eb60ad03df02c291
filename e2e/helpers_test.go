package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/browser"
	"callboard/e2e/scripted"
)

// Bounds of waits. They are not measurements: a page that is right is right
// long before.
const (
	soon     = 10 * time.Second // a change reaches the screen
	admitted = 15 * time.Second // the page admits that it is not live
	back     = 30 * time.Second // the page is live again after an outage
)

// A pbx is a scripted PBX on a port of its own, with a switch for its service.
type pbx struct {
	*scripted.PBX
	url    string
	away   atomic.Bool // every request is answered with 503
	noList atomic.Bool // that for the list of active calls is
}

func startPBX(t *testing.T) *pbx {
	t.Helper()
	p := &pbx{PBX: scripted.New()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.away.Load() || p.noList.Load() && strings.HasSuffix(r.URL.Path, "/active_channels") {
			http.Error(w, "gone fishing", http.StatusServiceUnavailable)
			return
		}
		p.PBX.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		p.Cut()
		server.CloseClientConnections()
		server.Close()
	})
	p.url = server.URL
	return p
}

// subscribed waits until a board listens and proves to it that call events
// arrive: until the first one a board is right not to call itself live.
func (p *pbx) subscribed(t *testing.T) {
	t.Helper()
	p.listened(t)
	proof := sales("0000feed", "+31205559999")
	p.Ring(proof)
	p.HangUp(proof)
}

// listened waits until a board asked for call events.
func (p *pbx) listened(t *testing.T) {
	t.Helper()
	limit := time.After(soon)
	for {
		n, changed := p.Subscribed()
		if n > 0 {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatal("the board did not subscribe to call events in time")
		}
	}
}

// serve starts the product against a PBX. Arguments come after the standard
// ones and win.
func serve(t *testing.T, p *pbx, args ...string) *board.Process {
	t.Helper()
	return serveBuild(t, binary, p, args...)
}

func serveBuild(t *testing.T, binary string, p *pbx, args ...string) *board.Process {
	t.Helper()
	return startBuild(t, binary, append([]string{
		"serve", "--listen", "127.0.0.1:0", "--login", "off", "--data-dir", t.TempDir(), "--time-zone", "UTC",
		"--pbx-url", p.url, "--pbx-user", scripted.User,
	}, args...)...)
}

// start runs the binary with any arguments; it is killed when the test ends.
func start(t *testing.T, args ...string) *board.Process {
	t.Helper()
	return startBuild(t, binary, args...)
}

func startBuild(t *testing.T, binary string, args ...string) *board.Process {
	t.Helper()
	b, err := board.Start(t.Context(), binary, []string{"DASHBOARD_PBX_PASSWORD=" + scripted.Password, "TMPDIR=" + t.TempDir()}, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.Kill()
		if t.Failed() {
			t.Logf("log of dashboard %s:\n%s", args[0], b.Log())
		}
	})
	return b
}

// A page is a tab that fails its test.
type page struct {
	*browser.Tab
	t *testing.T
}

// lostServer fits what the console says when the server is away, which no
// page can keep quiet.
var lostServer = regexp.MustCompile(`Failed to load resource|net::ERR_|ERR_INCOMPLETE_CHUNKED_ENCODING|error occurred when fetching the script|icon from the Manifest`)

// open opens a page in a browser of its own. When the test ends the console
// must be clean but for what allowed fits; a failed test leaves a picture
// (go test -artifacts keeps it).
func open(t *testing.T, url string, opt browser.Options, allowed ...*regexp.Regexp) *page {
	t.Helper()
	needBrowser(t)
	tab, err := browser.Open(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{tab, t}
	t.Cleanup(func() {
		defer tab.Close()
		for _, problem := range tab.Problems(allowed...) {
			t.Errorf("the console of %s says: %s", url, problem)
		}
		if t.Failed() {
			p.keepPicture()
		}
	})
	p.visit(url)
	return p
}

func (p *page) keepPicture() {
	if png, err := p.Picture(); err == nil {
		file := filepath.Join(p.t.ArtifactDir(), "page.png")
		if os.WriteFile(file, png, 0o600) == nil {
			p.t.Logf("picture of the page: %s", file)
		}
	}
}

func (p *page) visit(url string) {
	p.t.Helper()
	if err := p.Go(url); err != nil {
		p.t.Fatalf("open %s: %v", url, err)
	}
}

// until waits for an expression to hold and says what did not happen.
func (p *page) until(limit time.Duration, what, expression string) {
	p.t.Helper()
	if err := p.Until(expression, limit); err != nil {
		text, _ := browser.Eval[string](p.Tab, "document.documentElement.dataset.live + ' | ' + document.body.innerText.slice(0, 1500)")
		p.t.Fatalf("%s: %v\nthe page shows: %s", what, err, text)
	}
}

// keys types.
func (p *page) keys(keys string) {
	p.t.Helper()
	if err := p.Keys(keys); err != nil {
		p.t.Fatalf("type %q: %v", keys, err)
	}
}

// ask evaluates an expression.
func ask[T any](p *page, expression string) T {
	p.t.Helper()
	value, err := browser.Eval[T](p.Tab, expression)
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}

// Expressions about a page.
const (
	isLive  = `document.documentElement.dataset.live === 'live'`
	notLive = `document.documentElement.dataset.live !== 'live' && document.body.innerText.includes('Not live')`
	calls   = `[...document.querySelectorAll('#list > [id^="c"]')]`
)

// row is the row of a call, found by a number as the feed gave it.
func row(number string) string {
	return calls + `.find(r => r.textContent.replace(/\s/g, '').includes('` + number + `'))`
}

// sales is a customer who calls Anna on the sales line.
func sales(id, number string) scripted.Call {
	return scripted.Call{
		ID: "SIP/trunk1-" + id, Line: "1601", Date: time.Now(),
		Caller: scripted.Party{Number: number, Flow: "flow-" + id + "-c"},
		Callee: scripted.Party{User: "501", Number: "201", Flow: "flow-" + id + "-a"},
	}
}

// support is the same for Bram and the support line.
func support(id, number string) scripted.Call {
	c := sales(id, number)
	c.Line, c.Callee.User, c.Callee.Number = "1602", "502", "202"
	return c
}

// live opens a page of a fresh board that hears a scripted PBX.
func live(t *testing.T, path string, opt browser.Options, allowed ...*regexp.Regexp) (*page, *pbx, *board.Process) {
	t.Helper()
	needBrowser(t)
	p := startPBX(t)
	b := serve(t, p)
	p.subscribed(t)
	tab := open(t, b.URL(path), opt, allowed...)
	return tab, p, b
}

// get fetches a path and returns status and body.
func get(t *testing.T, url string) (int, string) {
	t.Helper()
	client := http.Client{Timeout: soon}
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var body strings.Builder
	if _, err := io.Copy(&body, io.LimitReader(answer.Body, 4<<20)); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body.String()
}

// eventually asks a condition of the outside world until it holds.
func eventually(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	over := time.After(limit)
	for !holds() {
		select {
		case <-over:
			t.Fatalf("not within %v: %s", limit, what)
		case <-again.C:
		}
	}
}
