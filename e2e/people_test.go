package e2e

import (
	"strings"
	"testing"

	"callboard/e2e/browser"
)

// Tiles change places when somebody's telephone rings. A person who has chosen
// a colleague by keyboard keeps that colleague, wherever the tile goes.
func TestFocusFollowsAPersonWhoseTileMoves(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/people", browser.Options{Width: 1440, Height: 900})
	pbx.Ring(sales("0a0000a1", "+31205550181"))
	const tiles = `[...document.querySelectorAll('.tile')]`
	p.until(soon, "the customer stands in a tile", isLive+` && `+tiles+`.some(t => t.textContent.replace(/\s/g, '').includes('+31205550181'))`)
	p.keys("j")
	p.keys("j")
	const chosen = `document.activeElement.closest('.tile')?.querySelector('.name').textContent`
	name := ask[string](p, chosen)
	if name == "" {
		t.Fatal("the key j chose no tile")
	}
	second := ask[bool](p, tiles+`.indexOf(document.activeElement.closest('.tile')) === 1`)
	if !second {
		t.Fatal("the key j, twice, did not choose the second tile")
	}
	pbx.Answer(sales("0a0000a1", "+31205550181"))
	pbx.Ring(support("0a0000a2", "+31205550182"))
	p.until(soon, "the other customer's tile stands first", tiles+`[0].textContent.replace(/\s/g, '').includes('+31205550182')`)
	if now := ask[string](p, chosen); now != name {
		t.Errorf("%q was chosen, now it is %q", name, now)
	}
}

// Typing finds people while one types; the link of the page says what is
// shown, and clearing the field brings everybody back. A long menu is found in
// by typing as well.
func TestFindPeopleByTyping(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/people", browser.Options{Width: 1440, Height: 900})
	pbx.Ring(sales("0a0000a1", "+31205550181"))
	const names = `[...document.querySelectorAll('.tile .name')].map(n => n.textContent).join()`
	p.until(soon, "people are listed", isLive+` && document.querySelectorAll('.tile').length > 1`)
	everybody := ask[string](p, names)
	one := ask[string](p, `document.querySelector('.tile .name').textContent`)
	ask[bool](p, `document.getElementById('search').focus() === undefined`)
	p.keys(one)
	p.until(soon, "one is left", names+` === `+quoteJS(one)+` && new URLSearchParams(location.search).get('q') === `+quoteJS(one)+` && `+isLive)
	if at := ask[string](p, `document.activeElement.id + ' ' + document.activeElement.value`); at != "search "+one {
		t.Errorf("the field lost what was typed: %q", at)
	}
	ask[bool](p, `(() => { const f = document.getElementById('search'); f.value = ''; return f.dispatchEvent(new Event('input', { bubbles: true })) })()`)
	p.until(soon, "everybody is back", `document.querySelectorAll('.tile').length > 1`)
	if all := ask[string](p, names); len(all) != len(everybody) {
		t.Errorf("everybody was %q and is %q", everybody, all)
	}
}

// A screen that has lost the server for so long that nothing is known says of
// nobody what they do, also not to who hears it.
func TestTilesFallSilentWhenBlind(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/people", browser.Options{Width: 1440, Height: 900})
	pbx.Ring(sales("0a0000a1", "+31205550181"))
	p.until(soon, "a telephone rings", isLive+` && document.querySelector('.tile .chip span').textContent === 'Ringing'`)
	const heard = `document.querySelector('.tile .cover').innerText`
	if said := ask[string](p, heard); !strings.Contains(said, "Ringing") {
		t.Errorf("while it rings the link is called %q", said)
	}
	if said := ask[string](p, `(() => { document.documentElement.dataset.live = 'blind'; return `+heard+` })()`); strings.Contains(said, "Ringing") {
		t.Errorf("blind, and the link is still called %q", said)
	}
}
