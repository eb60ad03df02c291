package e2e

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"callboard/e2e/browser"
)

// then is the address of the board at a moment.
func then(at time.Time, more string) string {
	return "/?at=" + url.QueryEscape(at.UTC().Format(time.RFC3339)) + more
}

// told makes a short story that is recorded: a call that rings for six seconds
// and then talks, and a gap. It returns the second in which the call began.
func told(t *testing.T, p *page, pbx *pbx) (rang time.Time) {
	t.Helper()
	p.until(soon, "the board is live", isLive)
	time.Sleep(3 * time.Second) // so that there is a record of before it
	call := sales("00000c41", "+31205550141")
	pbx.Ring(call)
	p.until(soon, "the call rings", row("+31205550141")+`?.textContent.includes('Ringing')`)
	rang = time.Now()
	time.Sleep(6 * time.Second) // what is recorded is real time
	pbx.Answer(call)
	p.until(soon, "the call talks", row("+31205550141")+`?.textContent.includes('Talking')`)
	time.Sleep(5 * time.Second)
	pbx.HangUp(call)
	p.until(soon, "the call is over", `!`+row("+31205550141"))
	time.Sleep(2 * time.Second)
	pbx.Cut()
	p.until(admitted, "the feed is lost", notLive)
	p.until(back, "the feed is back", isLive)
	time.Sleep(3 * time.Second)
	return rang
}

const shown = `document.querySelector('[data-ride=clock]').textContent`

// The record is looked at as a person would: a moment by its address, steps and
// the slider by the keyboard, play at sixty times, a jump to the gap, and back
// to now.
func TestTimeTravel(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/", browser.Options{Width: 1440, Height: 900})
	rang := told(t, p, pbx)

	// The way in: a key opens the form behind the clock.
	p.keys("t")
	p.until(soon, "the form for a moment is open", `document.querySelector('.t-entry').open && document.activeElement.name === 'at'`)
	p.keys(kb.Escape)

	p.visit(b.URL(then(rang.Add(3*time.Second), "")))
	p.until(soon, "the call rings again", row("+31205550141")+`?.textContent.includes('Ringing')`)
	if live := ask[string](p, `document.documentElement.dataset.live`); live == "live" {
		t.Error("a recorded page claims to be live")
	}
	if said := ask[string](p, `document.getElementById('p-strip').innerText`); !strings.Contains(said, "Not live. Recorded board, rebuilt from") {
		t.Errorf("the strip says %q", said)
	}
	wantAccessible(p, "the recorded board")

	// Steps stay on the page: what is marked on it outlives them.
	ask[bool](p, `(window.stayed = true)`)
	p.keys("t")
	p.until(soon, "the form for another moment is open", `document.querySelector('.t-menu').open`)
	wantAccessible(p, "the menu of the moment")
	p.keys(kb.Escape)
	ask[bool](p, `document.querySelector('.t-run [data-step="10"]').focus() === undefined`)
	p.keys(kb.Enter)
	p.until(back, "ten seconds later nobody rings", `!`+row("+31205550141")+`?.textContent.includes('Ringing') && window.stayed && !!document.activeElement.closest('.travel')`) // on the step, or where there is none any more on the slider
	ask[bool](p, `document.getElementById('travel-at').focus() === undefined`)
	p.keys(kb.ArrowLeft)
	p.until(back, "the slider leads back", row("+31205550141")+`?.textContent.includes('Ringing') && window.stayed && document.activeElement.id === 'travel-at'`)
	at := ask[string](p, `new URLSearchParams(location.search).get('at')`)
	if spoken := ask[string](p, `document.activeElement.getAttribute('aria-valuetext')`); !strings.Contains(at, spoken) {
		t.Errorf("the slider says %q, the address %q", spoken, at)
	}

	// Played at sixty times the rows change and the clock runs.
	p.visit(b.URL(then(rang.Add(-2*time.Second), "")))
	p.until(soon, "nobody rings yet", `!`+row("+31205550141")+` && document.querySelectorAll('.t-speeds a').length === 3`)
	began := ask[string](p, shown)
	ask[bool](p, `(sessionStorage.seen = '', document.querySelector('[data-speed="10"]').click() === undefined)`)
	p.until(soon, "the call rings while it is played", row("+31205550141")+`?.textContent.includes('Ringing') && document.documentElement.dataset.play === '10'`)
	p.until(soon, "it talks", row("+31205550141")+`?.textContent.includes('Talking')`)
	if now := ask[string](p, shown); now <= began {
		t.Errorf("the bar went from %s to %s", began, now)
	}
	p.until(soon, "the address follows", fmt.Sprintf(`new URLSearchParams(location.search).get('at') > %q`, rang.UTC().Format(time.RFC3339)))
	p.visit(b.URL(then(rang.Add(-2*time.Second), "&play=60")))
	p.until(soon, "it is played until now, and stands there", `document.documentElement.dataset.recorded === 'still' && document.body.innerText.includes('You have reached now')`)

	// The gap is a mark of the bar, and a link of its menu.
	p.until(soon, "the gap is marked", `!!document.querySelector('.t-draw a .k-gap')`)
	ask[bool](p, `(document.querySelector('.t-jumps').open = true)`)
	wantAccessible(p, "the menu of jumps")
	gap := ask[string](p, `new URL(document.querySelector('[data-jump=gap-prev]').href).searchParams.get('at')`)
	ask[bool](p, `document.querySelector('[data-jump=gap-prev]').click() === undefined`)
	p.until(soon, "the gap's beginning is shown", fmt.Sprintf(`new URLSearchParams(location.search).get('at') === %q && %q.includes(%s) && document.querySelector('.travel').ariaBusy !== 'true'`, gap, gap, shown))

	ask[bool](p, `document.querySelector('.t-now').click() === undefined`)
	p.until(soon, "it is now again", isLive+` && !document.querySelector('.travel')`)
}

// Without script every way is a link or a form.
func TestTimeTravelWithoutScript(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/", browser.Options{Width: 1440, Height: 900})
	rang := told(t, p, pbx)
	status, page := get(t, b.URL(then(rang.Add(9*time.Second), ""))) // the record reaches back ten seconds from there
	if status != 200 || !strings.Contains(strings.ReplaceAll(page, " ", ""), "+31205550141") {
		t.Fatalf("the recorded page: status %d, call shown: %v", status, strings.Contains(page, "+31205550141"))
	}
	for _, want := range []string{`name="at"`, `data-step="600"`, `data-step="-10"`, `data-speed="60"`, `data-jump="gap-next"`} {
		if !strings.Contains(page, want) && want != `data-step="600"` { // ten minutes later is not yet
			t.Errorf("the page has no %s", want)
		}
	}
	status, _ = get(t, b.URL("/?at=soon"))
	if status != 400 {
		t.Errorf("a wrong moment is answered with %d", status)
	}
}

// Other limits are tried on the record from a form, and the page tells the
// difference once the run is done.
func TestTryingLimits(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/", browser.Options{Width: 1440, Height: 900})
	told(t, p, pbx)
	p.visit(b.URL("/backtest"))
	p.until(soon, "the form shows the present limit", `document.querySelector('[name="ringing.over"]').value === '30s'`)
	ask[bool](p, `(document.querySelector('[name="ringing.over"]').value = '4s', document.querySelector('[name=days]').value = '1', document.querySelector('.bt-go button').click() === undefined)`)
	p.until(back, "the result is told", `document.querySelector('.bt-main h2')?.textContent.includes('instead of 0')`)
	if yaml := ask[string](p, `document.querySelector('.bt-yaml').textContent`); yaml != "alarms:\n  ringing:\n    over: 4s" {
		t.Errorf("to save: %q", yaml)
	}
	wantAccessible(p, "the page that tries limits")
	p.visit(ask[string](p, `document.querySelector('.bt-changes a').href`))
	p.until(soon, "the alarm's moment is shown", row("+31205550141")+`?.textContent.includes('Ringing')`)
}
