package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"callboard/e2e/browser"
	"callboard/e2e/scripted"
)

// A customer gives up. Somebody gives a name, writes a note while the list
// changes under the dialog, marks the customer done by the keyboard, undoes it,
// and at last a colleague calls back, which closes it without anybody's doing.
func TestWorklistByHandAndByCall(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/missed", browser.Options{Width: 1440, Height: 900})
	giveUp := func(id, number string) {
		pbx.Ring(sales(id, number))
		pbx.HangUp(sales(id, number))
	}
	giveUp("0a0000a1", "+31205550181")
	// The row of a customer by the number; the proof of the feed has one, too.
	row := func(digits string) string {
		return `[...document.querySelectorAll('#list > tr')].find(r => r.querySelector('.k-who')?.textContent.replace(/\s/g, '').includes('` + digits + `'))`
	}
	customer := row("31205550181")
	p.until(soon, "the customer is on the list", isLive+` && `+customer+`?.classList.contains('work')`)
	p.until(soon, "the navigation counts two", `document.getElementById('p-nav-missed').textContent.includes('2')`)

	ask[bool](p, customer+`.querySelector('a.cover').focus() === undefined`)
	p.keys("n")
	p.until(soon, "the dialog asks for a note", `document.getElementById('word').open && document.activeElement.id === 'word-text'`)
	p.keys("asks for Mrs Mulder")
	giveUp("0a0000a2", "+31205550182")
	p.until(soon, "another customer came under the dialog", `!!`+row("31205550182"))
	if typed := ask[string](p, `document.getElementById('word').open ? document.activeElement.value : 'closed'`); typed != "asks for Mrs Mulder" {
		t.Fatalf("an update of the list left %q of what was typed", typed)
	}
	ask[bool](p, `document.getElementById('word-name').focus() === undefined`)
	p.keys("Eva Peters")
	p.keys(kb.Enter) // saves, as the button would
	p.until(soon, "the note stands in the row", customer+`.textContent.includes('asks for Mrs Mulder') && !document.getElementById('word').open`)
	p.until(soon, "the page says that it was kept", `document.getElementById('toast').textContent === 'Note saved'`)

	// The name is remembered: no more questions.
	ask[bool](p, customer+`.querySelector('a.cover').focus() === undefined`)
	p.keys("d")
	p.until(soon, "it is marked done", customer+`.classList.contains('closed') && `+customer+`.textContent.includes('Marked done by Eva Peters')`)
	if open := ask[bool](p, `document.getElementById('word').open`); open {
		t.Error("who had given a name was asked for it again")
	}
	ask[bool](p, customer+`.querySelector('form[data-word=undo] button').click() === undefined`)
	p.until(soon, "it is open again", `!`+customer+`.classList.contains('closed')`)

	out := scripted.Call{
		ID: "SIP/trunk1-0a0000a3", Date: sales("", "").Date,
		Caller: scripted.Party{User: "502", Number: "202", Flow: "flow-a3-a"}, Callee: scripted.Party{Number: "0205550181", Flow: "flow-a3-c"},
	}
	pbx.Ring(out)
	pbx.Answer(out)
	p.until(soon, "the call-back closed it", customer+`.classList.contains('closed') && `+customer+`.textContent.includes('Called back by')`)
	pbx.HangUp(out)

	// The name came with the browser's cookie, which no script can read.
	if err := p.Go(ask[string](p, `location.href`) + "?state=mine"); err != nil {
		t.Fatal(err)
	}
	p.until(soon, "the page knows who looks", isLive+` && document.querySelector('.who-am-i').textContent.includes('Eva Peters')`)
	if cookies := ask[string](p, `document.cookie`); strings.Contains(cookies, "Eva") {
		t.Errorf("a script can read the name: %s", cookies)
	}
}

// Without script every button is a form, and a name is asked for on a page of
// its own.
func TestWorklistWithoutScript(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/missed", browser.Options{Width: 390, Height: 844, NoScript: true})
	pbx.Ring(sales("0a0000a1", "+31205550181"))
	pbx.HangUp(sales("0a0000a1", "+31205550181"))
	for range 50 { // no script, so the page has to be asked for
		if _, body := get(t, b.URL("/api/v1/missed")); strings.Contains(body, "+31205550181") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	time.Sleep(time.Second) // a view is painted once a second
	p.visit(b.URL("/missed?lang=nl"))
	const row = `[...document.querySelectorAll('#list > tr')].find(r => r.textContent.replace(/\s/g, '').includes('+31205550181'))`
	ask[bool](p, row+`.querySelector('form[data-word=done] button').click() === undefined`)
	p.until(soon, "a page asks for the name", `location.pathname.endsWith('/done') && !!document.getElementById('word-name')`)
	ask[bool](p, `(() => { document.getElementById('word-name').value = 'Eva'; document.getElementById('word-text').value = 'gemaild'; document.querySelector('form.word button').click(); return true })()`)
	p.until(soon, "it is done", `location.pathname === '/missed' && `+row+`.textContent.includes('Afgehandeld door Eva: gemaild')`)
	ask[bool](p, row+`.querySelector('form[data-word=undo] button').click() === undefined`)
	p.until(soon, "it is open again", `!`+row+`.classList.contains('closed')`)
}
