package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"callboard/e2e/browser"
)

// Expressions about a display's own screen.
const (
	showsCode = `/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/.test(document.getElementById('tv-code')?.textContent || '')`
	onWall    = `document.documentElement.dataset.page === 'wall' && ` + isLive
)

// pairs enters a screen's code at a desk, with a name and further fields, and
// leaves the desk at the inventory.
func pairs(t *testing.T, desk *page, origin, code, name string, fields map[string]string) {
	t.Helper()
	desk.visit(origin + "/pair")
	ask[bool](desk, fmt.Sprintf(`(document.getElementById('code').value = %q, document.querySelector('.dp-code button').click(), true)`, strings.ToLower(code)))
	desk.until(soon, "the settings of the display are asked for", `!!document.querySelector('.dp-form [name="name"]')`)
	fields["name"] = name
	for field, value := range fields {
		ask[bool](desk, fmt.Sprintf(`(document.querySelector('.dp-form [name=%q]').value = %q, true)`, field, value))
	}
	ask[bool](desk, `(document.querySelector('.dp-form button').click(), true)`)
	desk.until(soon, "the display is in the inventory", fmt.Sprintf(`document.querySelector('.dp-said')?.innerText.includes(%q)`, name))
}

// press posts one of the inventory's buttons.
func press(t *testing.T, desk *page, origin, action string) {
	t.Helper()
	desk.visit(origin + "/displays")
	desk.until(soon, "the inventory", `!!document.querySelector('form[action$="/`+action+`"]')`)
	ask[bool](desk, `(document.querySelector('form[action$="/`+action+`"] button').click(), true)`)
	desk.until(soon, action+" is done", `!!document.querySelector('.dp-said')`)
}

// emptied is what must hold of a screen that was switched off: no number of
// anybody is in the page or in what the browser keeps.
const emptied = `(async () => {
	const digits = /5550101|5550143/
	if (digits.test(document.documentElement.outerHTML.replace(/\s/g, ''))) return 'the page'
	for (const name of await caches.keys()) for (const key of await (await caches.open(name)).keys())
		if (digits.test((await (await caches.match(key)).text()).replace(/\s/g, ''))) return key.url
	return JSON.stringify(sessionStorage) + JSON.stringify(localStorage)
})()`

// The life of a display: it waits, is paired from another browser, shows its
// view, says who it is, is pointed elsewhere, comes back by itself when its
// server does, and is switched off.
func TestTheLifeOfADisplay(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	data := t.TempDir()
	pbx := startPBX(t)
	server := serve(t, pbx, "--data-dir", data)
	pbx.subscribed(t)
	pbx.Ring(sales("00000a41", "+31205550101"))
	origin := "http://" + server.Addr

	screen := open(t, origin+"/tv", browser.Options{Width: 1920, Height: 1080, Profile: t.TempDir()}, lostServer)
	screen.until(soon, "a code", showsCode)
	code := ask[string](screen, `document.getElementById('tv-code').textContent`)
	if text := ask[string](screen, `document.body.innerText`); strings.Contains(text, "5550101") {
		t.Fatalf("a screen that is not paired shows a caller: %s", text)
	}
	desk := open(t, origin+"/displays", browser.Options{}, lostServer)
	pairs(t, desk, origin, code, "Reception", map[string]string{"level": "full"})
	began := time.Now()
	screen.until(5*time.Second, "the screen turns into its view", onWall+` && `+row("+31205550101"))
	t.Logf("live %v after it was paired", time.Since(began).Round(10*time.Millisecond))
	if where := ask[string](screen, `location.href + document.referrer`); strings.Contains(where, "?") {
		t.Errorf("something is told in an address: %s", where)
	}
	desk.visit(origin + "/displays")
	desk.until(soon, "the inventory knows it", `/Live/.test(document.querySelector('.dp-table').innerText) && /1920 × 1080/.test(document.querySelector('.dp-table').innerText)`)

	press(t, desk, origin, "identify")
	screen.until(3*time.Second, "it shows its name", `document.getElementById('identify').checkVisibility() && document.getElementById('identify').innerText.includes('Reception')`)

	// Pointed at another view, with fewer digits.
	desk.visit(origin + "/displays")
	desk.visit(ask[string](desk, `document.querySelector('.dp-name').href`))
	ask[bool](desk, `(document.querySelector('[name="layout"]').value = 'numbers', document.querySelector('.dp-form button').click(), true)`)
	screen.until(5*time.Second, "it shows the numbers", onWall+` && document.documentElement.dataset.shows === 'numbers'`)
	desk.visit(origin + "/displays")
	desk.visit(ask[string](desk, `document.querySelector('.dp-name').href`))
	ask[bool](desk, `(document.querySelector('[name="layout"]').value = 'calls', document.querySelector('.dp-form button').click(), true)`)
	screen.until(5*time.Second, "it shows the calls again", onWall+` && `+row("+31205550101"))
	eventually(t, back, "its last picture is kept", func() bool { return ask[bool](screen, inStore("/tv")) })

	// The server is away, and comes back.
	ask[bool](screen, `(window.stayed = true)`)
	addr := server.Addr
	server.Kill()
	screen.until(admitted, "the loss is admitted", `document.documentElement.dataset.link === 'lost'`)
	server = serve(t, pbx, "--listen", addr, "--data-dir", data)
	screen.until(back, "the display is live again by itself", onWall)

	// Switched off: empty within five seconds, then a code again.
	desk.visit(origin + "/displays")
	desk.visit(ask[string](desk, `document.querySelector('a[href*="/revoke"]').href`))
	ask[bool](desk, `(document.querySelector('form.dp-go button').click(), true)`)
	began = time.Now()
	screen.until(5*time.Second, "it says that it was switched off", `document.body.innerText.includes('This display was switched off') && document.body.innerText.includes('Reception')`)
	t.Logf("empty %v after it was switched off", time.Since(began).Round(10*time.Millisecond))
	if left := ask[string](screen, emptied); left != "{}{}" {
		t.Errorf("after it was switched off something is left: %s", left)
	}
	screen.until(15*time.Second, "a new code", showsCode)
	if again := ask[string](screen, `document.getElementById('tv-code').textContent`); again == code {
		t.Error("the new code is the old one")
	}
	if left := ask[string](screen, emptied); left != "{}{}" {
		t.Errorf("beside the new code something is left: %s", left)
	}
	_ = server
}

// Without script a display is paired all the same.
func TestADisplayWithoutScript(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	server := serve(t, pbx)
	pbx.subscribed(t)
	origin := "http://" + server.Addr
	screen := open(t, origin+"/tv", browser.Options{Width: 1920, Height: 1080, NoScript: true})
	desk := open(t, origin+"/displays", browser.Options{})
	pairs(t, desk, origin, ask[string](screen, `document.getElementById('tv-code').textContent`), "Canteen", map[string]string{"layout": "numbers"})
	screen.until(15*time.Second, "the view comes by itself", `document.documentElement.dataset.page === 'wall' && document.body.innerText.includes('Not live')`)
}

// Pages of displays, in every size, theme and language: right and accessible.
func TestPagesOfDisplaysAreRight(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	b := start(t, "demo", "--listen", "127.0.0.1:0", "--seed", "3", "--time-zone", "UTC")
	screen := open(t, b.URL("/tv"), browser.Options{Width: 1920, Height: 1080, Profile: t.TempDir()})
	desk := open(t, b.URL("/displays"), browser.Options{})
	screen.until(soon, "a code", showsCode)
	wantAccessible(screen, "/tv")
	ask[bool](screen, lint+"\n;true")
	// Every screen that a wall may be, lying and upright, and a phone. The widest
	// code there can be has room as well.
	for _, lang := range []string{"en", "nl", "de"} {
		screen.visit(b.URL("/tv?lang=" + lang))
		screen.until(soon, "a code", showsCode+` && document.getElementById('tv-ready').textContent !== ''`)
		ask[bool](screen, lint+"\n;true")
		for _, s := range []struct{ width, height int64 }{{1280, 720}, {1920, 1080}, {3840, 2160}, {1080, 1920}, {1024, 768}, {390, 844}} {
			if err := screen.Resize(s.width, s.height, 1, false); err != nil {
				t.Fatal(err)
			}
			for _, code := range []string{"", "WWMM MWWM"} {
				bad := ask[string](screen, fmt.Sprintf(`(() => {
					const code = document.getElementById('tv-code'), made = %q
					if (made) { code.textContent = made; code.className = 'tv-code num tv-w8' }
					const list = lint(false), root = document.documentElement
					if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) list.push('scrolls')
					const r = document.createRange()
					for (const el of document.querySelectorAll('.tv-code, .tv-at, .tv-say, .tv-foot > *')) {
						r.selectNodeContents(el)
						const box = r.getBoundingClientRect()
						if (box.width && (box.left < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) list.push(el.className + ' ' + el.id + ' leaves the screen: ' + Math.round(box.right) + ' of ' + innerWidth + ', ' + Math.round(box.bottom) + ' of ' + innerHeight)
					}
					return list.join('\n\t')
				})()`, code))
				if bad != "" {
					t.Errorf("/tv %d×%d %s %s:\n\t%s", s.width, s.height, lang, code, bad)
				}
			}
		}
	}
	screen.visit(b.URL("/tv"))
	screen.until(soon, "a code", showsCode)
	code := ask[string](screen, `document.getElementById('tv-code').textContent`)
	pairs(t, desk, b.URL(""), code, "The reception beside the entrance", map[string]string{})
	for _, lang := range []string{"en", "nl", "de"} {
		for _, path := range []string{"/displays", "/pair", "/displays/1", "/displays/1/revoke", "/displays/show?view=/lines", "/displays/show?view=/history"} {
			sign := "?"
			if strings.Contains(path, "?") {
				sign = "&"
			}
			desk.visit(b.URL(path + sign + "lang=" + lang))
			desk.until(soon, path+" is live", isLive)
			if path == "/displays/1" {
				ask[bool](desk, `(document.querySelector('.dp-more').open = true)`)
			}
			ask[bool](desk, lint+"\n;true")
			for _, s := range sizes {
				if err := desk.Resize(s.width, s.height, 1, s.mobile); err != nil {
					t.Fatal(err)
				}
				for _, theme := range []string{"dark", "light"} {
					if found := ask[[]string](desk, fmt.Sprintf(`(document.documentElement.className = %q, lint(%v))`, theme, s.mobile)); len(found) > 0 {
						t.Errorf("%s %s %s %s:\n\t%s", path, s.name, theme, lang, strings.Join(found, "\n\t"))
					}
				}
			}
			if lang == "en" {
				wantAccessible(desk, path)
			}
		}
	}
}
