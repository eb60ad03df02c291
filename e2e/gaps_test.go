package e2e

import (
	"strings"
	"testing"

	"callboard/e2e/browser"
)

// A person goes from the strip to the gap, dismisses its calls together and
// finds them gone; a second window sees it without doing anything.
func TestGhostsAreDismissedTogether(t *testing.T) {
	t.Parallel()
	p, pbx, b := live(t, "/", browser.Options{})
	pbx.Ring(sales("00000a41", "+31205550101"))
	pbx.Ring(support("00000a42", "+31205550202"))
	p.until(soon, "two calls are shown", calls+`.length === 2`)
	pbx.noList.Store(true)
	pbx.away.Store(true) // a link that is back in a tenth of a second may not be seen to go
	pbx.Cut()
	p.until(admitted, "the page is not live", notLive)
	pbx.away.Store(false)
	p.until(3*back, "it is live again with calls in doubt", isLive+` && document.querySelector('.strip a.gaps')`)
	gaps := ask[string](p, `document.querySelector('.strip a.gaps').getAttribute('href')`)
	p.visit(b.URL(gaps))
	p.until(soon, "the record is live", isLive)
	wantAccessible(p, "the record of gaps")
	one := ask[string](p, `document.querySelector('.gap-row a').getAttribute('href')`)
	if !strings.HasPrefix(one, "/gaps/") {
		t.Fatalf("the row leads to %q", one)
	}
	q := open(t, b.URL(one), browser.Options{})
	p.visit(b.URL(one))
	for _, tab := range []*page{p, q} {
		tab.until(soon, "two calls are in doubt", isLive+` && document.querySelectorAll('#list .ghost').length === 2`)
	}
	wantAccessible(p, "one gap")
	ask[bool](p, `(document.querySelector('#list .ghost input').click(), true)`)
	if n := ask[int](p, `document.querySelectorAll('#list input:checked').length`); n != 1 {
		t.Errorf("%d boxes are ticked", n)
	}
	ask[bool](p, `(document.querySelector('button[value="all"]').click(), true)`)
	for _, tab := range []*page{p, q} {
		tab.until(soon, "none is left", isLive+` && document.querySelectorAll('#list .ghost').length === 0 && !document.querySelector('button[value="all"]')`)
	}
}
