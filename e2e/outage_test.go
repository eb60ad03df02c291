package e2e

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/browser"
	"callboard/e2e/scripted"
)

// mark puts something into the page that a reload would take away.
func mark(p *page) {
	p.t.Helper()
	ask[int](p, `globalThis.sameDocument = 1`)
}

func wantSameDocument(p *page) {
	p.t.Helper()
	if !ask[bool](p, `globalThis.sameDocument === 1`) {
		p.t.Error("the page was loaded again; it must recover as it is")
	}
}

func TestPageRecoversFromAKilledServer(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	data := t.TempDir()
	b := serve(t, pbx, "--data-dir", data)
	pbx.subscribed(t)
	p := open(t, b.URL("/"), browser.Options{}, lostServer)
	p.until(soon, "the page is live", isLive)
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call is shown", row("+31205550101"))
	mark(p)

	b.Kill()
	p.until(admitted, "the page says that it is not live", notLive)
	if !ask[bool](p, `!!`+row("+31205550101")) {
		t.Error("the last good picture is gone with the server")
	}

	// While nobody listens one call ends and another begins.
	pbx.HangUp(sales("00000a41", "+31205550101"))
	pbx.Ring(support("00000a42", "+31205550202"))
	serve(t, pbx, "--data-dir", data, "--listen", b.Addr)
	pbx.subscribed(t)
	p.until(back, "the page is live again", isLive)
	pbx.Ring(sales("00000a43", "+31205550303"))
	p.until(soon, "a new call is shown", row("+31205550303"))
	p.until(soon, "the call that ended meanwhile is gone", `!`+row("+31205550101"))
	wantSameDocument(p)
}

// A server that starts again counts its calls and their revisions anew: the
// first call of its life must not be taken for the first one of the old server.
func TestARowOfTheOldServerIsNotKeptForAnother(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	// Names that are learnt between would raise the revision of one of the two.
	first, second := sales("00000a41", "+31205550101"), sales("00000a42", "+31205550202")
	for _, c := range []*scripted.Call{&first, &second} {
		c.Line, c.Callee.User, c.Callee.Number = "", "599", "299"
	}
	data := t.TempDir()
	b := serve(t, pbx, "--data-dir", data)
	pbx.subscribed(t)
	p := open(t, b.URL("/"), browser.Options{}, lostServer)
	p.until(soon, "the page is live", isLive)
	pbx.Ring(first)
	p.until(soon, "the call is shown", row("+31205550101"))
	mark(p)

	b.Kill()
	pbx.HangUp(first)
	serve(t, pbx, "--data-dir", data, "--listen", b.Addr)
	pbx.subscribed(t)
	pbx.Ring(second)
	p.until(20*time.Second, "the call of the new server is shown", isLive+` && `+row("+31205550202"))
	if ask[bool](p, `!!`+row("+31205550101")) {
		t.Error("a call of the old server is shown as live")
	}
	wantSameDocument(p)
}

// gateway is a reverse proxy as companies have it, with a switch for 502.
type gateway struct {
	*httptest.Server
	down atomic.Bool
}

func startGateway(t *testing.T, b *board.Process) *gateway {
	t.Helper()
	target, err := url.Parse(b.URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1 // streams pass at once
	g := &gateway{}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.down.Load() {
			http.Error(w, "bad gateway", http.StatusBadGateway)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { g.CloseClientConnections(); g.Close() })
	return g
}

func TestPageRecoversFromABadGateway(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.subscribed(t)
	g := startGateway(t, b)
	p := open(t, g.URL+"/", browser.Options{}, lostServer)
	p.until(soon, "the page is live through the gateway", isLive)
	mark(p)

	g.down.Store(true)
	g.CloseClientConnections()
	p.until(admitted, "the page says that it is not live", notLive)
	pbx.Ring(sales("00000a41", "+31205550101"))
	g.down.Store(false)
	p.until(back, "the page is live again", isLive)
	p.until(soon, "the call that came meanwhile is shown", row("+31205550101"))
	wantSameDocument(p)
}

func TestPageAdmitsAStalledServer(t *testing.T) {
	t.Parallel()
	p, _, b := live(t, "/", browser.Options{}, lostServer)
	p.until(soon, "the page is live", isLive)
	mark(p)
	if err := b.Freeze(true); err != nil {
		t.Fatal(err)
	}
	p.until(admitted, "a server that says nothing makes the page not live", notLive)
	if err := b.Freeze(false); err != nil {
		t.Fatal(err)
	}
	p.until(back, "the page is live when the server goes on", isLive)
	wantSameDocument(p)
}

func TestPageAdmitsALostPBX(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call is shown", row("+31205550101"))
	p.until(soon, "the page is live", isLive)
	mark(p)

	pbx.away.Store(true)
	pbx.Cut()
	p.until(admitted, "the loss of the PBX makes the page not live", notLive)
	if !ask[bool](p, `!!`+row("+31205550101")) {
		t.Error("the last good picture is gone with the PBX")
	}
	if status, reason := get(t, b.URL("/readyz")); status != 503 || reason == "" {
		t.Errorf("/readyz says %d %q, want 503 with the reason", status, reason)
	}
	pbx.away.Store(false)
	p.until(3*back, "the page is live when the PBX is back", isLive)
	pbx.Ring(support("00000a42", "+31205550202"))
	p.until(soon, "a new call is shown", row("+31205550202"))
	wantSameDocument(p)
}

// A peer that is there and says nothing is noticed within 35 s; the page then
// has its own 15.
func TestPageAdmitsAHalfOpenPBX(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	p.until(soon, "the page is live", isLive)
	pbx.Silence(true)
	pbx.away.Store(true)
	p.until(35*soon/10+admitted, "a half-open socket makes the page not live", notLive)
}

func TestPBXAwayAtStart(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	pbx.away.Store(true)
	b := serve(t, pbx)
	p := open(t, b.URL("/"), browser.Options{})
	p.until(soon, "the page comes up at once and says that it is not live", notLive)
	p.until(soon, "it says so of the PBX", `document.body.innerText.includes('PBX')`)
	if ask[bool](p, `/No calls( now)?\b/.test(document.querySelector('main').innerText)`) {
		t.Error("a board that knows nothing claims that there are no calls")
	}
}

func TestWrongPasswordIsSaidInOneSentence(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b, err := board.Start(t.Context(), binary, []string{"DASHBOARD_PBX_PASSWORD=not it"},
		"serve", "--listen", "127.0.0.1:0", "--login", "off", "--data-dir", t.TempDir(), "--pbx-url", pbx.url, "--pbx-user", scripted.User)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Kill)
	p := open(t, b.URL("/"), browser.Options{})
	p.until(soon, "the page names the password as the reason", notLive+` && /password/i.test(document.body.innerText)`)
	if status, reason := get(t, b.URL("/readyz")); status != 503 || !containsFold(reason, "password") {
		t.Errorf("/readyz says %d %q, want 503 and the password as the reason", status, reason)
	}
	if containsFold(b.Log(), "not it") {
		t.Error("the password is in the log")
	}
}
