package e2e

import (
	"net/url"
	"strings"
	"testing"

	"callboard/e2e/browser"

	"github.com/chromedp/chromedp/kb"
)

func TestRowAppearsChangesAndGoes(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	p.until(soon, "the page of a connected board is live", isLive)

	call := sales("00000a41", "+31205550101")
	pbx.Ring(call)
	p.until(soon, "a ringing call gets a row", row("+31205550101"))
	p.until(soon, "the row says that it rings", row("+31205550101")+`.textContent.includes('Ringing')`)
	p.until(soon, "the row names the line", row("+31205550101")+`.textContent.includes('Sales')`)
	p.until(soon, "the row names the person rung", row("+31205550101")+`.textContent.includes('Anna')`)

	pbx.Answer(call)
	p.until(soon, "the row says that they talk", row("+31205550101")+`.textContent.includes('Talking')`)

	pbx.HangUp(call)
	p.until(soon, "the row goes with the hang-up", `!`+row("+31205550101"))
	p.until(soon, "the page is still live", isLive)
}

func TestBoardWithoutAnyEventDoesNotClaimToBeLive(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.listened(t)
	p := open(t, b.URL("/"), browser.Options{})
	p.until(soon, "a connected board that saw no call says so", notLive+` && /no call seen yet/i.test(document.body.innerText)`)
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the first event makes it live", isLive)
	p.until(soon, "and nothing says otherwise", `!document.body.innerText.includes('Not live')`)
}

func TestAgesRunWhileLive(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call has a row", row("+31205550101"))
	// The ticker rewrites 0:00 to 0:01, 0:02 …: two different readings prove it.
	p.until(soon, "the age in the row runs", row("+31205550101")+`.textContent.match(/0:0[2-9]/)`)
}

func TestFiltersAreInTheURL(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/?line=1602", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	pbx.Ring(support("00000a42", "+31205550202"))
	p.until(soon, "the call of the chosen line is shown", row("+31205550202"))
	if ask[bool](p, `!!`+row("+31205550101")) {
		t.Error("/?line=1602 shows a call of line 1601")
	}

	show := func(query, shown, hidden string) {
		t.Helper()
		p.visit(b.URL("/?" + query))
		p.until(soon, query+" shows its call", row(shown))
		p.until(soon, query+" is live", isLive)
		if hidden != "" && ask[bool](p, `!!`+row(hidden)) {
			t.Errorf("/?%s shows a call that does not fit", query)
		}
	}
	pbx.Answer(sales("00000a41", "+31205550101"))
	show("state=connected", "+31205550101", "+31205550202")
	show("state=ringing", "+31205550202", "+31205550101")
	show("user="+url.QueryEscape("Anna de Vries"), "+31205550101", "+31205550202")
	show("q=0202", "+31205550202", "+31205550101")
	show("dir=inbound", "+31205550101", "")

	p.visit(b.URL("/?dir=outbound"))
	p.until(soon, "a filter that fits nothing shows no row and says so", isLive+` && !`+calls+`.length && document.getElementById('p-empty')?.innerText.trim()`)

	if status, body := get(t, b.URL("/?state=dancing")); status != 400 || !strings.Contains(body, "state") {
		t.Errorf("a filter that cannot be got %d, want 400 with the field's name", status)
	}
}

func TestKeyboard(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	pbx.Ring(support("00000a42", "+31205550202"))
	p.until(soon, "both calls have rows", calls+`.length === 2`)

	p.keys("?")
	p.until(soon, "? opens the map of keys", `document.querySelector('dialog[open]')`)
	p.keys(kb.Escape)
	p.until(soon, "Escape closes it", `!document.querySelector('dialog[open]')`)

	p.keys("/")
	p.until(soon, "/ goes to the search field", `document.activeElement.matches('input[type=search]')`)
	p.keys("0202" + kb.Enter)
	p.until(soon, "the search is in the URL", `location.search.includes('0202')`)
	p.until(soon, "and only the call that fits is shown", calls+`.length === 1 && `+row("+31205550202"))

	p.until(soon, "the found page is live", isLive)
	p.keys(kb.ArrowDown)
	p.until(soon, "an arrow chooses a call", `document.activeElement.closest('#list > *') === `+row("+31205550202"))
	p.keys(kb.Enter)
	p.until(soon, "Enter opens the call", `location.pathname.startsWith('/calls/')`)
}

func TestFocusStaysOnARowThatChanges(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	call := sales("00000a41", "+31205550101")
	pbx.Ring(call)
	p.until(soon, "the call has a row", row("+31205550101"))
	p.until(soon, "the page is live", isLive)
	p.keys(kb.ArrowDown)
	p.until(soon, "the row has the focus", row("+31205550101")+`.contains(document.activeElement)`)
	pbx.Answer(call)
	p.until(soon, "the row changed", row("+31205550101")+`.textContent.includes('Talking')`)
	p.until(soon, "and still has the focus", row("+31205550101")+`.contains(document.activeElement)`)
}

func TestCallPage(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	call := sales("00000a41", "+31205550101")
	pbx.Ring(call)
	p.until(soon, "the call has a row", row("+31205550101"))
	link := ask[string](p, row("+31205550101")+`.querySelector('a[href^="/calls/"]').href`)
	p.visit(link)
	p.until(soon, "the call's page is live", isLive)
	has := func(text string) string {
		return `document.querySelector('main').textContent.replace(/\s/g, '').includes('` + strings.ReplaceAll(text, " ", "") + `')`
	}
	for _, text := range []string{"+31205550101", "Anna de Vries", "Sales", "SIP/trunk1-00000a41", "New call"} {
		p.until(soon, "the call's page shows "+text, has(text))
	}
	pbx.Answer(call)
	p.until(soon, "the answer reaches the page", has("2 received"))
	pbx.HangUp(call)
	p.until(soon, "the hang-up reaches the page", has("3 received"))
	p.until(soon, "the page says that the call ended", `document.querySelector('main').innerText.includes('Ended')`)
}

func TestStatusPage(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/status", browser.Options{})
	p.until(soon, "the status page is live", isLive)
	has := func(text string) string { return `document.querySelector('main').innerText.includes('` + text + `')` }
	p.until(soon, "it names the hops", has("PBX")+` && `+has("Callboard"))
	before := ask[string](p, `document.querySelector('main').innerText`)
	pbx.Raw(`{this is not json`)
	pbx.Raw(`{"notificationType":"coffeeMachineEvent","notification":{}}`)
	p.until(soon, "broken messages are counted on the page without a reload",
		`document.querySelector('main').innerText !== `+quoteJS(before)+` && /malformed|unreadable|not JSON/i.test(document.querySelector('main').innerText)`)
	// Neither harmed the feed.
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the page is still live", isLive)
}

func TestHostileTextIsHarmless(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/", browser.Options{})
	p.until(soon, "the page is live", isLive)
	for i, number := range []string{
		`<img src=x onerror=document.title='owned'>`,
		"+3120\r\n\r\nevent: snapshot\r\ndata: {}\r\n\r\n",
		"nul\x00and\u202ebidi",
		strings.Repeat("9", 200_000),
	} {
		c := sales("0000000"+string(rune('a'+i)), number)
		pbx.Ring(c)
	}
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "an ordinary call after the hostile ones is shown", row("+31205550101"))
	p.until(soon, "all have rows", calls+`.length === 5`)
	p.until(soon, "the page is live", isLive)
	if title := ask[string](p, "document.title"); title == "owned" {
		t.Error("a caller's number ran as script")
	}
	if n := ask[int](p, `document.querySelectorAll('#list img').length`); n != 0 {
		t.Error("a caller's number became markup")
	}
}

func TestBoardStandsStillWithoutScript(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.subscribed(t)
	pbx.Ring(sales("00000a41", "+31205550101"))
	eventually(t, soon, "the board knows the call", func() bool {
		_, body := get(t, b.URL("/api/v1/board"))
		return strings.Contains(body, "+31205550101")
	})
	p := open(t, b.URL("/"), browser.Options{NoScript: true})
	if !ask[bool](p, `!!`+row("+31205550101")) {
		t.Error("without script the call is not on the page")
	}
	if !ask[bool](p, `document.body.innerText.includes('Not live')`) {
		t.Errorf("without script the page does not say that it is not live: %.600s", ask[string](p, "document.body.innerText"))
	}
	for _, path := range []string{"/people", "/lines", "/missed", "/status", "/wall"} {
		p.visit(b.URL(path))
		if !ask[bool](p, `document.body.innerText.includes('Not live')`) {
			t.Errorf("without script %s does not say that it is not live", path)
		}
	}
}

func quoteJS(text string) string {
	return "decodeURIComponent('" + strings.ReplaceAll(url.PathEscape(text), "'", "%27") + "')"
}
