package e2e

import (
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/e2e/browser"
)

// inStore says what of a wall's address is kept in the browser.
func inStore(path string) string {
	return `caches.open('callboard-wall').then(async c => !!(await c.match('` + path + `')))`
}

// A wall whose browser starts while the server is away shows its last picture
// with its age, never an error page, and is live again by itself.
func TestAWallComesBackAfterAColdStart(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	profile := t.TempDir()
	pbx := startPBX(t)
	server := serve(t, pbx)
	pbx.subscribed(t)
	const path = "/wall?layout=calls"
	screen := browser.Options{Width: 1920, Height: 1080, Profile: profile}

	first := open(t, server.URL(path), screen, lostServer)
	pbx.Ring(sales("00000a41", "+31205550101"))
	first.until(soon, "the call is on the wall", row("+31205550101"))
	first.until(soon, "the wall is live", isLive)
	eventually(t, back, "the last picture is kept", func() bool {
		kept := ask[bool](first, inStore(path))
		blank := ask[bool](first, inStore("/wall/blank"))
		return kept && blank
	})
	first.visit("about:blank") // the picture of this moment, with the call, is kept as it goes
	first.Close()
	addr := server.Addr
	server.Kill()

	again := open(t, "http://"+addr+path, screen, lostServer)
	again.until(soon, "the last picture stands", row("+31205550101"))
	again.until(soon, "it says that it is not live, and since when", notLive+` && /as of \d\d:\d\d:\d\d/.test(document.body.innerText)`)
	again.until(admitted, "the loss is admitted by the script too", `document.documentElement.dataset.link === 'lost' && `+notLive+` && `+row("+31205550101")+`.checkVisibility()`)
	if over := ask[bool](again, `document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth`); over {
		t.Error("the kept picture scrolls")
	}
	if clock := ask[string](again, `document.getElementById('clock').textContent`); clock != time.Now().UTC().Format("15:04") && clock != time.Now().UTC().Add(-time.Minute).Format("15:04") {
		t.Errorf("the clock of a kept picture says %s", clock)
	}

	// Another wall, of which this browser knows nothing, is no error page either.
	again.visit("http://" + addr + "/wall?layout=numbers")
	again.until(admitted, "a wall without a picture says that it knows nothing", `document.documentElement.dataset.live === 'blind' && `+notLive)
	if text := ask[string](again, `document.body.innerText.replace(/\s/g, '')`); strings.Contains(text, "5550101") {
		t.Errorf("the blank wall shows a number: %s", text)
	}

	serve(t, pbx, "--listen", addr)
	again.until(back, "the server's own wall of this address comes back", `document.documentElement.dataset.shows === 'numbers' && document.documentElement.dataset.live !== 'blind' && !('blank' in document.documentElement.dataset)`)
	again.visit("http://" + addr + path)
	again.until(back, "the wall is the server's again", `document.documentElement.dataset.kept === undefined && document.documentElement.dataset.link === 'live'`)
}

// A picture that is older than twelve hours is not shown, and not kept.
func TestAKeptPictureExpires(t *testing.T) {
	t.Parallel()
	const path = "/wall"
	p, pbx, server := live(t, path, browser.Options{Width: 1920, Height: 1080}, lostServer)
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the wall is live", isLive+` && `+row("+31205550101"))
	eventually(t, back, "the last picture is kept", func() bool { return ask[bool](p, inStore(path)) && ask[bool](p, inStore("/wall/blank")) })
	ask[bool](p, `caches.open('callboard-wall').then(async c => {
		const old = await c.match(location.href), h = new Headers(old.headers), at = Date.now() - 13 * 36e5
		h.set('x-kept-at', at)
		h.set('x-kept', at)
		await c.put(location.href, new Response((await old.text()).replace(/data-kept-at="\d+"/, 'data-kept-at="' + at + '"'), { headers: h }))
		return true
	})`)
	u, err := url.Parse(server.URL(path))
	if err != nil {
		t.Fatal(err)
	}
	p.visit("about:blank")
	server.Kill()
	p.visit(u.String())
	p.until(admitted, "the wall knows nothing", `document.documentElement.dataset.live === 'blind' && `+notLive)
	if text := ask[string](p, `document.body.textContent.replace(/\s/g, '')`); strings.Contains(text, "5550101") {
		t.Error("a number of thirteen hours ago is still in the page")
	}
	if ask[bool](p, inStore(path)) {
		t.Error("a picture of thirteen hours ago is still kept")
	}
}

// While a wall stands its last picture stays for longer than the five minutes
// after which a board knows nothing.
func TestAWallKeepsItsPictureWithoutTheServer(t *testing.T) {
	t.Parallel()
	p, pbx, server := live(t, "/wall", browser.Options{Width: 1920, Height: 1080}, lostServer)
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the wall is live", isLive+` && `+row("+31205550101"))
	server.Kill()
	p.until(admitted, "the loss is admitted", notLive)
	p.until(soon, "the picture is marked as kept", `document.documentElement.dataset.kept > 0`)
	ask[bool](p, `{ const now = performance.now.bind(performance); performance.now = () => now() + 10 * 60000; true }`)
	p.until(soon, "ten minutes later nothing is known", `document.documentElement.dataset.live === 'blind'`)
	p.until(soon, "and the last picture still stands, with its age", row("+31205550101")+`.checkVisibility() && /1\d min ago/.test(document.body.innerText)`)
}

// A wall whose server comes back as another build loads that build's page by
// itself, and keeps that one for the next time the server is away.
func TestAWallTakesAnotherBuild(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	const next = "v9.9.9"
	newer := filepath.Join(t.TempDir(), "dashboard")
	build := exec.Command("go", "build", "-ldflags", "-X main.release="+next, "-o", newer, "./cmd/dashboard")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	const path = "/wall?layout=calls"
	p, pbx, server := live(t, path, browser.Options{Width: 1920, Height: 1080}, lostServer)
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the wall is live", isLive+` && `+row("+31205550101"))
	keptBuild := `caches.open('callboard-wall').then(async c => (await (await c.match('` + path + `'))?.text())?.match(/data-build="([^"]*)"/)?.[1] ?? '')`
	eventually(t, back, "the last picture is kept", func() bool { return ask[string](p, keptBuild) != "" })
	if old := ask[string](p, `document.documentElement.dataset.build`); old == next || old == "" {
		t.Fatalf("the first build is called %q", old)
	}
	server.Kill()
	p.until(admitted, "the loss is admitted", notLive)
	second := serveBuild(t, newer, pbx, "--listen", server.Addr)
	p.until(2*back, "the wall is of the other build", `document.documentElement.dataset.build === '`+next+`'`)
	p.until(back, "its script hears the server", `document.documentElement.dataset.link === 'live'`)
	pbx.Ring(sales("00000a42", "+31205550102"))
	p.until(soon, "and shows a new call", row("+31205550102"))
	eventually(t, 2*back, "the other build's picture is kept", func() bool { return ask[string](p, keptBuild) == next })
	second.Kill()
	p.visit(second.URL(path))
	p.until(admitted, "the kept page is the other build's", `document.documentElement.dataset.build === '`+next+`' && document.documentElement.dataset.kept > 0 && `+notLive)
}
