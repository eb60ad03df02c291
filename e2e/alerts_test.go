package e2e

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/e2e/browser"

	"github.com/chromedp/chromedp/kb"
)

// heard makes a page count its tones, notifications and sentences.
const heard = `(() => {
	globalThis.tones = 0
	globalThis.notes = []
	globalThis.said = []
	document.addEventListener('callboard:tone', () => { tones++ })
	globalThis.Notification = class { constructor(title, o) { notes.push(o.body) } close() {} static permission = 'granted'; static requestPermission() { return Promise.resolve('granted') } }
	document.addEventListener('DOMContentLoaded', () => {
		new MutationObserver(() => { const s = document.getElementById('say').textContent; if (s) said.push(s) }).observe(document.getElementById('say'), { childList: true, characterData: true, subtree: true })
	})
})()`

// raise puts an alarm into the page's list, as the server would; age is how
// long ago it was raised.
func raise(p *page, id, text string, age time.Duration) {
	p.t.Helper()
	ask[bool](p, `(() => {
		const li = document.createElement('li')
		li.dataset.alarmId = '`+id+`'; li.dataset.at = Date.now() - `+strconv.FormatInt(age.Milliseconds(), 10)+`; li.dataset.sound = ''; li.textContent = `+quoteJS(text)+`
		document.getElementById('p-alarms').append(li)
		return true
	})()`)
}

func over(p *page, id string) {
	p.t.Helper()
	ask[bool](p, `(document.querySelector('#p-alarms > [data-alarm-id="`+id+`"]').remove(), true)`)
}

func TestAlarmsAreHeardOnceAndOnlyWhileTheyLast(t *testing.T) {
	t.Parallel()
	p, _, b := live(t, "/status?lang=en", browser.Options{Before: heard})
	p.until(soon, "the page is live", isLive)
	ask[bool](p, `(localStorage.callboardAlerts = JSON.stringify({sound: true, volume: 10, notify: true}), true)`)
	p.visit(b.URL("/status?lang=en"))
	p.until(soon, "the page is live again", isLive)
	if state := ask[string](p, `document.querySelector('.tool[data-do=alerts]').dataset.alerts`); state != "on" && state != "blocked" {
		t.Errorf("the switch of alerts says %q", state)
	}
	p.keys("x") // the first key unlocks the sound
	p.until(soon, "the switch says that alerts are on", `document.querySelector('.tool[data-do=alerts]').dataset.alerts === 'on'`)

	raise(p, "old", "An old alarm", time.Minute)
	raise(p, "new", "Ringing too long, Sales, +31 20 555 01 01", 0)
	p.until(soon, "a fresh alarm sounds", `tones > 0`)
	p.until(soon, "and is said", `said.some(s => s.includes('Ringing too long'))`)
	p.until(soon, "and notified", `notes.length > 0`)
	if note := ask[string](p, `notes.join()`); strings.Contains(note, "555") || !strings.Contains(note, "Ringing too long") || strings.Contains(note, "old") {
		t.Errorf("the notification says %q, want the fresh alarm's words without its number", note)
	}
	over(p, "new")
	p.until(2*soon, "the end is said", `said.some(s => s.includes('Over: Ringing too long'))`)
	raise(p, "short", "A short alarm", 0)
	p.until(soon, "another alarm sounds once more", `tones === 2`)
	over(p, "short")
	time.Sleep(1500 * time.Millisecond)
	if n := ask[int](p, `tones`); n != 2 {
		t.Errorf("%d tones, want one for each of the two fresh alarms", n)
	}
	if said := ask[string](p, `said.join('|')`); strings.Contains(said, "old") {
		t.Errorf("an alarm from before this page was said: %q", said)
	}

	// Outside opening hours nothing sounds.
	ask[bool](p, `(document.getElementById('p-alarms').dataset.quiet = '', true)`)
	raise(p, "night", "A nightly alarm", 0)
	p.until(soon, "the nightly alarm is notified", `notes.some(n => n.includes('nightly'))`)
	if n := ask[int](p, `tones`); n != 2 {
		t.Error("an alarm sounds outside opening hours")
	}
}

func TestLossAndReturnOfTheFeedAreSaid(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/people?lang=nl", browser.Options{Before: heard})
	p.until(soon, "the page is live", isLive)
	time.Sleep(4 * time.Second) // it has been live for a while: looked at twice, a second apart
	pbx.away.Store(true)
	pbx.Cut()
	p.until(admitted, "the loss is said", `said.some(s => s.includes('Niet actueel'))`)
	pbx.away.Store(false)
	p.until(3*back, "the return is said", `said.some(s => s.includes('Weer actueel'))`)
}

// An update never takes the focus, or what someone types, away.
func TestWhatSomeoneTypesOutlivesUpdates(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/missed", browser.Options{})
	p.until(soon, "the page is live", isLive)
	lost := sales("00000a41", "+31205550101")
	pbx.Ring(lost)
	pbx.HangUp(lost)
	p.until(soon, "the customer is there to be called back", `document.querySelector('main').textContent.replace(/\s/g, '').includes('+31205550101')`)
	field := `[...document.querySelectorAll('main input[type=text], main input:not([type]), main textarea')].find(f => f.checkVisibility())`
	ask[bool](p, `(document.querySelectorAll('main details').forEach(d => { d.open = true }), true)`)
	if !ask[bool](p, `!!`+field) {
		t.Skip("this page has no field for a note")
	}
	ask[bool](p, `(`+field+`.focus(), true)`)
	p.keys("calls back at three")
	// Another customer changes the list around the field.
	for i, number := range []string{"+31205550202", "+31205550303"} {
		c := support("00000b4"+strconv.Itoa(i), number)
		pbx.Ring(c)
		pbx.HangUp(c)
		p.until(soon, "another customer is there", `document.querySelector('main').textContent.replace(/\s/g, '').includes('`+number+`')`)
	}
	if got := ask[string](p, `document.activeElement.value || ''`); got != "calls back at three" {
		t.Errorf("after updates the field with the focus holds %q, want what was typed", got)
	}
}

func TestKeysGoPlaces(t *testing.T) {
	t.Parallel()
	p, _, _ := live(t, "/", browser.Options{})
	p.until(soon, "the page is live", isLive)
	for keys, path := range map[string]string{"gp": "/people", "gl": "/lines", "gm": "/missed", "gn": "/numbers", "gh": "/history", "gs": "/status", "gb": "/"} {
		p.until(soon, "the page is live", isLive)
		p.keys(keys)
		p.until(soon, keys+" goes to "+path, `location.pathname === '`+path+`' && document.readyState === 'complete'`)
	}
	p.visit(ask[string](p, `location.origin + '/'`))
	p.until(soon, "the board is live", isLive)
	p.keys("5")
	p.until(soon, "5 opens the fifth number", `location.pathname + location.search !== '/' && document.readyState === 'complete'`)
	p.until(soon, "its page is live", isLive)

	// Who switches single keys off keeps Escape and the arrows.
	p.keys("?")
	p.until(soon, "? shows the map", `document.getElementById('help').open`)
	ask[bool](p, `(document.getElementById('keys-on').click(), true)`)
	p.keys(kb.Escape)
	p.until(soon, "Escape closes it", `!document.getElementById('help').open`)
	p.keys("?")
	if ask[bool](p, `document.getElementById('help').open`) {
		t.Error("single keys are off and ? still opens the map")
	}
}

func TestPrintAndForcedColours(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/?theme=dark", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call is shown", isLive+` && `+row("+31205550101"))
	if err := p.Media("print", nil); err != nil {
		t.Fatal(err)
	}
	if colour := ask[string](p, `getComputedStyle(document.documentElement).backgroundColor`); colour != "rgb(255, 255, 255)" {
		t.Errorf("the board prints on %s, want white", colour)
	}
	if !ask[bool](p, row("+31205550101")+`.checkVisibility() && !document.querySelector('.tabs').checkVisibility() && !document.querySelector('.find').checkVisibility()`) {
		t.Error("print shows no call, or what only a screen needs")
	}
	if err := p.Media("", map[string]string{"forced-colors": "active", "prefers-reduced-motion": "reduce"}); err != nil {
		t.Fatal(err)
	}
	if !ask[bool](p, row("+31205550101")+`.querySelector('.gl').getBoundingClientRect().width > 10`) {
		t.Error("with forced colours a row has no glyph")
	}
	pbx.Ring(support("00000a42", "+31205550202"))
	p.until(soon, "the next call is shown", row("+31205550202"))
	if name := ask[string](p, `getComputedStyle(`+row("+31205550202")+`).animationName`); name != "none" {
		t.Errorf("motion is reduced and a new row runs the animation %s", name)
	}
}

// An alarm that the server raises by its rules is said, sounded, notified and
// marked in its row; when its cause is over, that is said once.
func TestTheServersAlarmIsHeard(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	settings := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(settings, []byte("alarms:\n  ringing: {over: 2s, on-delay: 0s, off-delay: 0s, sound: on}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pbx := startPBX(t)
	b := serve(t, pbx, "--settings", settings)
	pbx.subscribed(t)
	p := open(t, b.URL("/?lang=en"), browser.Options{Before: heard})
	ask[bool](p, `(localStorage.callboardAlerts = JSON.stringify({sound: true, volume: 10, notify: true}), true)`)
	p.visit(b.URL("/?lang=en"))
	p.until(soon, "the page is live", isLive)
	p.keys("x") // the first key unlocks the sound
	p.until(soon, "the switch says that alerts are on", `document.querySelector('.tool[data-do=alerts]').dataset.alerts === 'on'`)

	call := sales("00000a51", "+31205550151")
	pbx.Ring(call)
	p.until(soon, "the call is shown", row("+31205550151"))
	if n := ask[int](p, `tones + said.length + notes.length + document.querySelectorAll('[data-alarm-id]').length`); n != 0 {
		t.Error("a call that has just begun to ring is an alarm")
	}
	p.until(soon, "the call is over its limit", row("+31205550151")+`.dataset.alarm`)
	p.until(soon, "the alarm sounds", `tones === 1`)
	p.until(soon, "it is said", `said.some(s => /ring/i.test(s))`)
	p.until(soon, "it is notified", `notes.length === 1`)
	if note := ask[string](p, `notes[0]`); strings.Contains(note, "555") {
		t.Errorf("the notification gives a number away: %q", note)
	}
	pbx.Answer(call)
	p.until(soon, "the alarm is over", `!document.querySelector('[data-alarm-id]')`)
	p.until(2*soon, "and that is said", `said.some(s => s.includes('Over'))`)
	time.Sleep(1500 * time.Millisecond)
	if n := ask[int](p, `tones`); n != 1 {
		t.Errorf("%d tones for one alarm", n)
	}
}

// The notice line is set in its popover while the board goes on underneath,
// stands on other pages too, and is taken away again.
func TestTheNoticeLine(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/?lang=en&line=1601", browser.Options{})
	p.until(soon, "the page is live", isLive)
	const open = `document.getElementById('notice').matches(':popover-open')`
	if ask[bool](p, open) {
		t.Fatal("the form is open by itself")
	}
	ask[bool](p, `(document.querySelector('.notice-tool').click(), true)`)
	p.until(soon, "the form is open and takes what is typed", open+` && document.activeElement.id === 'notice-line'`)
	p.keys("Phones at the b")
	pbx.Ring(sales("00000a61", "+31205550161"))
	p.until(soon, "a call is shown underneath", row("+31205550161"))
	p.keys("ack are out")
	if text := ask[string](p, `document.activeElement.value`); text != "Phones at the back are out" {
		t.Errorf("the field holds %q", text)
	}
	p.keys(kb.Enter)
	const stands = `document.getElementById('p-notice').checkVisibility() && document.getElementById('p-notice').textContent.includes('Phones at the back are out')`
	p.until(soon, "the line stands", stands)
	p.until(soon, "on the page where it was set", `new URLSearchParams(location.search).get('line') === '1601' && `+isLive)
	p.visit(b.URL("/wall"))
	p.until(soon, "and on a wall", `document.body.innerText.includes('Phones at the back are out')`)

	p.visit(b.URL("/people?lang=en"))
	p.until(soon, "the page is live", isLive)
	ask[bool](p, `(document.querySelector('.notice-tool').click(), true)`)
	p.until(soon, "the form holds the line", open+` && document.getElementById('notice-line').value.startsWith('Phones')`)
	p.keys(kb.Escape)
	p.until(soon, "Escape closes the form", `!`+open)
	ask[bool](p, `(document.querySelector('#notice [name=clear]').click(), true)`)
	p.until(soon, "the line is gone", isLive+` && !document.getElementById('p-notice').checkVisibility()`)
}
