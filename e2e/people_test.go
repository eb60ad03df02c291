package e2e

import (
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
