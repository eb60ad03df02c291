package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"callboard/e2e/browser"
)

// ways are what a page can try with an address of another site: each is a
// function of it whose promise says what came of that. "read" is the one that
// must never come.
const ways = `const later = (make, yes, no) => new Promise(done => {
	setTimeout(() => done('nothing'), 3000)
	try { make(text => done(text)) } catch (e) { done('thrown') }
})
const tag = (name, set) => u => later(done => {
	const el = document.createElement(name)
	el.onload = () => {
		let inside = null
		try { inside = el.contentDocument?.documentElement?.dataset?.page } catch {}
		done(inside ? 'read' : name === 'iframe' || name === 'object' || name === 'embed' ? 'framed' : 'read')
	}
	el.onerror = () => done('refused')
	set(el, u)
	document.body.append(el)
})
window.ways = {
	fetch: u => fetch(u, {credentials: 'include'}).then(r => r.text()).then(t => 'read', () => 'refused'),
	opaque: u => fetch(u, {mode: 'no-cors', credentials: 'include'}).then(r => r.text()).then(t => t ? 'read' : 'refused', () => 'refused'),
	headers: u => fetch(u, {headers: {authorization: 'Bearer x'}}).then(() => 'read', () => 'refused'),
	xhr: u => later(done => { const x = new XMLHttpRequest(); x.onload = () => done('read'); x.onerror = () => done('refused'); x.open('GET', u); x.withCredentials = true; x.send() }),
	stream: u => later(done => { const s = new EventSource(u, {withCredentials: true}); s.onopen = () => done('read'); s.onmessage = () => done('read'); s.onerror = () => { s.close(); done('refused') } }),
	socket: u => later(done => { const s = new WebSocket(u.replace('http', 'ws')); s.onopen = () => done('read'); s.onerror = () => done('refused') }),
	image: tag('img', (el, u) => { el.src = u }),
	script: tag('script', (el, u) => { el.src = u }),
	module: u => import(u).then(() => 'read', () => 'refused'),
	style: tag('link', (el, u) => { el.rel = 'stylesheet'; el.href = u }),
	video: u => later(done => { const v = document.createElement('video'); v.onloadeddata = () => done('read'); v.onerror = () => done('refused'); v.src = u; v.load() }),
	frame: tag('iframe', (el, u) => { el.src = u }),
	object: tag('object', (el, u) => { el.data = u }),
	embed: tag('embed', (el, u) => { el.src = u }),
	worker: u => later(done => { const w = new Worker(u); w.onerror = () => done('refused'); w.onmessage = () => done('read') }),
	form: u => later(done => {
		const f = document.createElement('iframe'), form = document.createElement('form'), text = document.createElement('input')
		f.name = 'f' + Math.random(); form.target = f.name; form.method = 'post'; form.action = u; text.name = 'text'; text.value = 'MARKED'; form.append(text)
		document.body.append(f, form); form.submit(); setTimeout(() => done('sent'), 1500)
	}),
	post: u => fetch(u, {method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({text: 'MARKED', by: 'MARKED'})}).then(r => r.text()).then(t => t ? 'read' : 'sent', () => 'refused'),
	beacon: u => later(done => { navigator.sendBeacon(u, new URLSearchParams({text: 'MARKED'})); setTimeout(() => done('sent'), 1000) }),
}`

// A page of another site, in the browser of somebody for whom the board is
// open, reads nothing, opens no stream and changes nothing. The board has no
// sign-in here, so that nothing but the gate of the requests holds.
func TestAnotherSiteGetsNothing(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	data := []string{"/events?page=board", "/poll?page=board", "/api/v1/board", "/missed.csv", "/api/v1/history.csv"}
	tries := map[string][]string{
		"fetch": append([]string{"/", "/status"}, data...), "opaque": append([]string{"/"}, data...), "headers": {"/api/v1/board"}, "xhr": {"/api/v1/missed", "/poll?page=wall"},
		"stream": {"/events?page=board", "/events?page=wall"}, "socket": {"/events?page=board"},
		"image": {"/missed.csv", "/api/v1/board"}, "script": {"/missed.csv", "/api/v1/board", "/api/v1/history.csv"}, "module": {"/poll?page=board"},
		"style": {"/missed.csv"}, "video": {"/events?page=board"}, "frame": {"/", "/wall", "/api/v1/board", "/missed.csv"},
		"object": {"/wall"}, "embed": {"/api/v1/board"}, "worker": {"/api/v1/board"},
		"form": {"/notice", "/missed/1/claim"}, "post": {"/notice", "/api/v1/calls/1/dismiss", "/api/v1/missed/1/done"}, "beacon": {"/notice"},
	}
	for _, from := range []string{"localhost", "127.0.0.1"} { // another site; another port of the same
		t.Run(from, func(t *testing.T) {
			b := start(t, "demo", "--listen", "127.0.0.1:0", "--seed", "1")
			evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				io.WriteString(w, "<!doctype html><title>evil</title><body><script>"+ways+"</script>")
			}))
			t.Cleanup(evil.Close)
			tab, err := browser.Open(t.Context(), browser.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(tab.Close)
			if err := tab.Go(strings.Replace(evil.URL, "127.0.0.1", from, 1)); err != nil {
				t.Fatal(err)
			}
			n := 0
			for way, paths := range tries {
				for _, path := range paths {
					n++
					got, err := browser.Eval[string](tab, fmt.Sprintf("ways[%q](%q)", way, b.URL(path)))
					if err != nil {
						t.Fatalf("%s %s: %v", way, path, err)
					}
					if got == "read" {
						t.Errorf("%s of %s: %s", way, path, got)
					}
				}
			}
			metrics := fetch(t, b.URL("/metrics"))
			for _, m := range regexp.MustCompile(`(?m)^dashboard_viewers\{view="(\w+)"\} ([1-9]\d*)$`).FindAllStringSubmatch(metrics, -1) {
				t.Errorf("%s streams of %s are open", m[2], m[1])
			}
			if !strings.Contains(metrics, `dashboard_viewers{view="board"} 0`) {
				t.Error("the metrics say nothing of viewers")
			}
			if strings.Contains(fetch(t, b.URL("/")), "MARKED") || strings.Contains(fetch(t, b.URL("/api/v1/missed")), "MARKED") {
				t.Error("another site changed something")
			}
			// The same by a page of the board itself is read, so these ways work.
			if err := tab.Go(b.URL("/wall")); err != nil {
				t.Fatal(err)
			}
			if got, err := browser.Eval[string](tab, fmt.Sprintf("fetch(%q).then(r => r.text()).then(t => t.includes('epoch') ? 'read' : t)", b.URL("/api/v1/board"))); err != nil || got != "read" {
				t.Errorf("the board's own page gets %s, %v", got, err)
			}
			t.Logf("%d ways and addresses", n)
		})
	}
}

// fetch reads an answer as a program does.
func fetch(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
