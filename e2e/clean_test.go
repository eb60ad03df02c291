package e2e

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"callboard/e2e/browser"
)

// axe-core, see testdata/axe-LICENSE.txt.
//
//go:embed testdata/axe.min.js
var axe string

// wantAccessible runs axe-core over the page.
func wantAccessible(p *page, what string) {
	p.t.Helper()
	// The script is more than an expression: its completion value is dropped.
	ask[bool](p, axe+"\n;true")
	found := ask[[]string](p, `axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(r => r.violations.flatMap(v =>
		v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ': ' + n.failureSummary.replace(/\s+/g, ' '))))`)
	for _, violation := range found {
		p.t.Errorf("%s: %s", what, violation)
	}
	if n := ask[int](p, `axe.run(document).then(r => r.passes.length)`); n < 5 {
		p.t.Errorf("%s: axe ran only %d rules, so it saw no page", what, n)
	}
}

// Every page in every theme, each theme in another language.
func TestEveryPageIsCleanAndAccessible(t *testing.T) {
	t.Parallel()
	for theme, lang := range map[string]string{"dark": "en", "light": "nl", "contrast": "de"} {
		t.Run(theme, func(t *testing.T) {
			t.Parallel()
			p, pbx, b := live(t, "/?theme="+theme, browser.Options{})
			call := sales("00000a41", "+31205550101")
			pbx.Ring(call)
			pbx.Ring(support("00000a42", "+31205550202"))
			pbx.Answer(call)
			lost := support("00000a43", "+31205550303") // somebody to call back
			pbx.Ring(lost)
			pbx.HangUp(lost)
			p.until(soon, "two calls are shown", calls+`.length === 2`)
			detail := ask[string](p, row("+31205550101")+`.querySelector('a[href^="/calls/"]').getAttribute('href').split('?')[0]`)
			for _, path := range []string{"/", detail, "/people", "/lines", "/numbers", "/missed", "/gaps", "/handover", "/history", "/status", "/wall"} {
				p.visit(b.URL(path + "?theme=" + theme + "&lang=" + lang))
				p.until(soon, path+" is live", isLive)
				if title := ask[string](p, "document.title"); strings.TrimSpace(title) == "" {
					t.Errorf("%s has no title", path)
				}
				if got := ask[string](p, "document.documentElement.lang"); got != lang {
					t.Errorf("%s speaks %q, want %q", path, got, lang)
				}
				foreign := ask[[]string](p, `performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(location.origin + '/') && !n.startsWith('data:'))`)
				if len(foreign) > 0 {
					t.Errorf("%s asks third parties: %q", path, foreign)
				}
				wantAccessible(p, path+" "+theme+" "+lang)
				if path == "/" {
					for _, dialog := range []string{"help", "alerts"} {
						ask[bool](p, `(document.getElementById('`+dialog+`').showModal(), true)`)
						wantAccessible(p, "dialog "+dialog+" "+theme+" "+lang)
						ask[bool](p, `(document.getElementById('`+dialog+`').close(), true)`)
					}
				}
			}
		})
	}
}

// The first visit, with style, script, font and icon, stays under 150 kB.
func TestFirstPageIsLight(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/status", browser.Options{})
	for i := range 15 { // a board at work
		pbx.Ring(sales(fmt.Sprintf("%08x", i), fmt.Sprintf("+3120555%04d", i)))
	}
	q := open(t, b.URL("/"), browser.Options{})
	q.until(soon, "the board is live with its font", isLive+` && document.fonts.status === 'loaded' && `+calls+`.length === 15`)
	sizes := ask[map[string]int](q, `Object.fromEntries([...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
		.filter(r => !r.name.includes('/events')).map(r => [new URL(r.name).pathname, r.transferSize]))`)
	total := 0
	for _, size := range sizes {
		total += size
	}
	if total > 150_000 || len(sizes) < 4 {
		t.Errorf("the first page costs %d bytes in %d parts, want all parts and at most 150000: %v", total, len(sizes), sizes)
	}
	t.Logf("first page: %d bytes: %v", total, sizes)
	p.until(soon, "the status page is live too", isLive)
}

func TestDoubtIsAccessibleToo(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call is shown", row("+31205550101"))
	pbx.away.Store(true)
	pbx.Cut()
	p.until(admitted, "the page is not live", notLive)
	wantAccessible(p, "a board in doubt")
}

func TestPhoneLayout(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{Width: 390, Height: 844, Mobile: true, Scale: 2})
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call is shown", row("+31205550101"))
	if over := ask[float64](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("a phone must scroll %v px sideways", over)
	}
	wantAccessible(p, "the board on a phone")
}

func TestUnknownPageIsAPage(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b := serve(t, pbx)
	// Chromium puts the 404 itself into the console; nothing else may be there.
	p := open(t, b.URL("/no-such-page"), browser.Options{}, lostServer)
	p.until(soon, "a page says that it is not there", `document.querySelector('h1')`)
	wantAccessible(p, "the page of an error")
	if status, _ := get(t, b.URL("/no-such-page")); status != 404 {
		t.Errorf("status %d, want 404", status)
	}
}
