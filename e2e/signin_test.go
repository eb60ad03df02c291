package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"callboard/e2e/board"
	"callboard/e2e/browser"
)

const goodPassword = "three green bottles"

// setupLink finds the link that the first start prints.
var setupLink = regexp.MustCompile(`set-up link.*?(http://[^" ]+/setup\?code=[A-Za-z0-9-]+)`)

// begin starts the product with accounts and makes the first administrator, in
// a browser, as somebody new does.
func begin(t *testing.T, p *pbx, args ...string) (*board.Process, *page) {
	t.Helper()
	needBrowser(t)
	b := serve(t, p, append([]string{"--login", "password"}, args...)...)
	tab := open(t, b.URL("/"), browser.Options{}, lostServer)
	tab.until(soon, "the door says that nobody can sign in yet", `location.pathname === '/signin' && document.body.innerText.includes('Nobody can sign in here yet')`)
	wantAccessible(tab, "the door of an empty house")
	found := setupLink.FindStringSubmatch(b.Log())
	if found == nil {
		t.Fatalf("no set-up link in the log")
	}
	tab.visit(found[1])
	tab.until(soon, "the form is there, and the code is not in the address", `location.pathname + location.search === '/setup' && document.getElementById('login')`)
	wantAccessible(tab, "set-up")
	tab.fill("name", "Lotte Hendriksen")
	tab.fill("login", "lotte")
	tab.fill("password", "short")
	tab.until(soon, "the page says what lacks", `document.querySelector('[data-strength]').textContent.includes('more')`)
	tab.fill("password", goodPassword)
	tab.until(soon, "the page says that it is long", `document.querySelector('[data-strength]').textContent === 'Good and long'`)
	tab.press(".peek")
	tab.until(soon, "the password can be read", `document.getElementById('password').type === 'text' && document.querySelector('.peek').getAttribute('aria-pressed') === 'true'`)
	tab.press(".peek")
	tab.send("main form")
	tab.until(soon, "the board says what comes next", `location.pathname === '/' && document.body.innerText.includes('What next')`)
	return b, tab
}

// fill puts text into a field, as typing does.
func (p *page) fill(id, text string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(() => { const f = document.getElementById(%q); f.focus(); f.value = %q; f.dispatchEvent(new Event('input', { bubbles: true })); return true })()`, id, text))
}

// press clicks the first element of a selector; it must be there.
func (p *page) press(selector string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector(%q); if (!e) throw Error('not there'); setTimeout(() => e.click(), 0); return true })()`, selector))
}

// send presses the button of a form.
func (p *page) send(form string) {
	p.t.Helper()
	p.press(form + " button:not([type=button])")
}

func (p *page) signIn(b *board.Process, user, password string) {
	p.t.Helper()
	p.visit(b.URL("/signin"))
	p.fill("user", user)
	p.fill("password", password)
	p.send(".door-form")
}

// A new administrator's first quarter of an hour: set-up, sign-in, a person
// with a scope, that person's own sign-in, numbers shown, a session ended.
func TestFirstSteps(t *testing.T) {
	t.Parallel()
	p := startPBX(t)
	teams := filepath.Join(t.TempDir(), "teams.yaml")
	if err := os.WriteFile(teams, []byte("teams: [{name: Sales, lines: [1601]}, {name: Service, lines: [1602]}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, boss := begin(t, p, "--teams", teams)
	p.subscribed(t)
	p.Ring(sales("00000a41", "+31205550101"))
	p.Ring(support("00000a42", "+31205550202"))
	boss.until(soon, "the administrator sees both calls", row("+31205550101")+` && `+row("+31205550202"))

	// Wrong, then right; the wanted page is kept.
	second := open(t, b.URL("/missed"), browser.Options{}, lostServer)
	second.until(soon, "the door keeps the page", `location.pathname === '/signin' && document.querySelector('[name=to]').value === '/missed'`)
	second.fill("user", "lotte")
	second.fill("password", "not this one")
	second.send(".door-form")
	second.until(soon, "the page says that it is wrong", `document.querySelector('[role=alert]')?.innerText.includes('User or password is not right')`)
	if got := ask[string](second, `document.getElementById('user').value + '|' + document.getElementById('password').value`); got != "lotte|" {
		t.Errorf("the form shows %q", got)
	}
	wantAccessible(second, "a wrong sign-in")
	second.fill("password", goodPassword)
	second.send(".door-form")
	second.until(soon, "the wanted page is there and live", `location.pathname === '/missed' && `+isLive)

	// A person with a scope; the link is shown once.
	boss.visit(b.URL("/admin/people"))
	boss.until(soon, "the page of people is live", isLive)
	wantAccessible(boss, "people with access")
	boss.fill("login", "eva")
	boss.fill("name", "Eva")
	boss.press(`[name=team][value=Sales]`)
	boss.until(soon, "the team is chosen", `document.querySelector('[name=team][value=Sales]').checked`)
	boss.send(".ad-side form")
	boss.until(soon, "the link is shown", `document.querySelector('.secret code')`)
	wantAccessible(boss, "a link, shown once")
	link := ask[string](boss, `document.querySelector('.secret code').textContent`)
	ask[bool](boss, `(document.querySelector('.copy-big').focus(), true)`)
	boss.keys("\r") // a browser copies for a person's own hand only
	boss.until(soon, "the button copied", `document.querySelector('.copy-big').textContent === 'Copied'`)

	eva := open(t, link, browser.Options{Width: 390, Height: 844, Mobile: true, Scale: 2}, lostServer)
	eva.until(soon, "Eva is welcome", `location.search === '' && document.body.innerText.includes('Welcome, Eva')`)
	wantAccessible(eva, "choosing a password on a phone")
	eva.fill("password", goodPassword)
	eva.send("main form")
	eva.until(soon, "Eva sees the call of her team, without its last digits, and no other", `location.pathname === '/' && `+isLive+` && `+calls+`.length === 1 && document.body.innerText.replace(/\s/g, '').includes('+31205550···')`)
	if ask[bool](eva, `document.documentElement.outerHTML.replace(/\s/g, '').includes('205550101') || document.documentElement.outerHTML.replace(/\s/g, '').includes('205550202')`) {
		t.Error("the page has digits that Eva must not see")
	}
	eva.visit(b.URL("/account"))
	eva.until(soon, "her account says what she sees", `document.body.innerText.includes('You see the team Sales.') && document.body.innerText.includes('hidden by your administrator')`)
	wantAccessible(eva, "an account on a phone")

	// More rights reach her page by itself.
	other := open(t, b.URL("/signin?to=/account"), browser.Options{}, lostServer)
	other.fill("user", "eva")
	other.fill("password", goodPassword)
	other.send(".door-form")
	other.until(soon, "her account is open elsewhere, too", `document.body.innerText.includes('You see the team Sales.') && `+isLive)
	eva.visit(b.URL("/"))
	eva.until(soon, "her board is live", isLive)
	boss.visit(b.URL("/admin/people"))
	boss.press(`.ad-row a[href^="/admin/people/"]`) // Eva comes before Lotte
	boss.until(soon, "her page", `document.querySelector('h1').textContent === 'Eva'`)
	wantAccessible(boss, "one person")
	boss.press(`[name=role][value=supervisor]`)
	boss.until(soon, "the role is chosen", `document.querySelector('[name=role][value=supervisor]').checked`)
	ask[bool](boss, `(document.getElementById('level').value = 'last-three', true)`)
	boss.press(`[name=team][value=Sales]`) // no team any more: all
	boss.until(soon, "no team is chosen", `!document.querySelector('[name=team]:checked')`)
	boss.send(".ad-side form")
	boss.until(soon, "the change is kept", `document.body.innerText.includes('Changes saved')`)
	eva.until(soon, "her page comes back with both calls", isLive+` && `+calls+`.length === 2`)
	other.until(soon, "the page of her account says so", `location.pathname === '/account' && document.body.innerText.includes('You see all teams and lines.')`)

	// Hidden numbers, with a reason, and hidden again.
	eva.visit(b.URL("/reveal"))
	eva.until(soon, "the question is there", `document.getElementById('reason')`)
	wantAccessible(eva, "showing numbers")
	eva.fill("reason", "customer asks to be called back")
	eva.send("main form")
	eva.until(soon, "all numbers are there, and the banner", isLive+` && `+row("+31205550101")+` && document.querySelector('.notice.shown').innerText.includes('Numbers are shown until')`)
	wantAccessible(eva, "numbers shown")
	eva.press(".notice.shown button")
	eva.until(soon, "they are hidden again", isLive+` && !document.querySelector('.notice.shown') && !`+row("+31205550101"))

	boss.visit(b.URL("/admin/audit"))
	boss.until(soon, "the log tells it", isLive+` && document.body.innerText.includes('customer asks to be called back') && document.body.innerText.includes('Chain verified')`)
	wantAccessible(boss, "the audit log")
	boss.visit(b.URL("/admin/programs"))
	boss.until(soon, "programs", isLive)
	wantAccessible(boss, "programs")

	// Ending the other browser's session takes its page to the door.
	boss.visit(b.URL("/account"))
	boss.until(soon, "two sessions", isLive+` && document.querySelectorAll('.ad-table tbody tr').length === 2`)
	wantAccessible(boss, "an account")
	boss.press(".ad-act button")
	boss.until(soon, "one is left", `document.querySelectorAll('.ad-table tbody tr').length === 1 && document.body.innerText.includes('Session ended')`)
	second.until(soon, "the other browser is at the door", `location.pathname === '/signin'`)

	// And out, with the key of the menu.
	boss.press(".who summary")
	boss.until(soon, "the menu is open", `document.querySelector('.who[open] .who-out button')`)
	wantAccessible(boss, "the menu of the account")
	boss.press(".who .who-out button")
	boss.until(soon, "signed out", `location.pathname === '/signedout' && document.body.innerText.includes('Signed out')`)
	wantAccessible(boss, "signed out")
	boss.visit(b.URL("/"))
	boss.until(soon, "at the door", `location.pathname === '/signin'`)
	boss.signIn(b, "lotte", goodPassword)
	boss.until(soon, "in again", `location.pathname === '/' && `+isLive)
	if strings.Contains(b.Log(), goodPassword) {
		t.Error("the password is in the log")
	}
}

// The pages of accounts in every size, theme and language.
func TestLayoutOfAccounts(t *testing.T) {
	t.Parallel()
	p := startPBX(t)
	b, boss := begin(t, p)
	p.subscribed(t)
	door := open(t, b.URL("/signin"), browser.Options{}, lostServer)
	check := func(tab *page, path, lang, ready string) {
		sign := "?"
		if strings.Contains(path, "?") {
			sign = "&"
		}
		tab.visit(b.URL(path + sign + "lang=" + lang))
		tab.until(soon, path+" is there", ready)
		ask[bool](tab, lint+"\n;true")
		for _, s := range sizes {
			if err := tab.Resize(s.width, s.height, 1, s.mobile); err != nil {
				t.Fatal(err)
			}
			for _, theme := range []string{"dark", "light"} {
				found := ask[[]string](tab, fmt.Sprintf(`(document.documentElement.className = %q, lint(%v))`, theme, s.mobile))
				if len(found) > 0 {
					t.Errorf("%s %s %s %s:\n\t%s", path, s.name, theme, lang, strings.Join(found, "\n\t"))
				}
			}
		}
	}
	for _, lang := range []string{"en", "nl", "de"} {
		for _, path := range []string{"/signin?to=/missed", "/setup", "/setup?code=wrong", "/signedout"} {
			check(door, path, lang, `document.querySelector('.door h1')`)
		}
		for _, path := range []string{"/account?said=password", "/admin/people", "/admin/people/1", "/admin/people/1/remove", "/admin/programs", "/admin/audit", "/reveal", "/"} {
			check(boss, path, lang, isLive)
		}
	}
}
