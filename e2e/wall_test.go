package e2e

import (
	"fmt"
	"math"
	"testing"

	"callboard/e2e/browser"
)

// A television of 55 inches seen from 5 m: normal text is 65·d/D vh, and no
// glyph of text is smaller than 52·d/D vh.
func TestWallIsReadableFromTheBackRow(t *testing.T) {
	t.Parallel()
	const inches, metres, height = 55.0, 5.0, 1080.0
	p, pbx, _ := live(t, "/wall?inches=55&metres=5", browser.Options{Width: 1920, Height: 1080})
	for i := range 30 {
		pbx.Ring(sales(fmt.Sprintf("%08x", i), fmt.Sprintf("+3120555%04d", i)))
	}
	p.until(soon, "all calls are in the page", calls+`.length === 30`)
	p.until(soon, "the wall is live", isLive)

	normal, floor := 65*metres/inches*height/100, 52*metres/inches*height/100
	size := ask[float64](p, `parseFloat(getComputedStyle(`+calls+`.find(r => !r.hidden)).fontSize)`)
	if math.Abs(size-normal) > 0.6 {
		t.Errorf("a row's text is %.1f px, want 65·5/55 vh = %.1f px", size, normal)
	}
	// Every text that can be seen, whatever element it is in.
	small := ask[[]string](p, fmt.Sprintf(`(() => {
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set()
		for (let n; n = walk.nextNode();) {
			const el = n.parentElement
			if (!n.data.trim() || !el.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
			const r = document.createRange(); r.selectNodeContents(n)
			const box = r.getBoundingClientRect()
			if (box.width < 2 || el.closest('.sr-only')) continue
			const px = parseFloat(getComputedStyle(el).fontSize)
			if (px < %f) found.add(px + 'px: ' + n.data.trim().slice(0, 40))
		}
		return [...found]
	})()`, floor-0.6))
	if len(small) > 0 {
		t.Errorf("texts under 52·5/55 vh = %.1f px: %q", floor, small)
	}

	over := ask[[]float64](p, `(e => [e.scrollWidth - innerWidth, e.scrollHeight - innerHeight])(document.documentElement)`)
	if over[0] > 0 || over[1] > 0 {
		t.Errorf("the wall scrolls: %v px too wide, %v px too high", over[0], over[1])
	}
	scrolls := ask[[]string](p, `[...document.querySelectorAll('body *')].filter(e => /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1).map(e => e.id || e.className)`)
	if len(scrolls) > 0 {
		t.Errorf("parts of the wall scroll: %q", scrolls)
	}
	// Rows that do not fit wait for their page: none is cut off.
	p.until(soon, "no row that is shown is cut off by the window or the footer", `(() => {
		const shown = `+calls+`.filter(r => r.checkVisibility())
		return shown.length > 2 && shown.length < 30 && shown.every(r => r.getBoundingClientRect().bottom <= innerHeight + 1)
	})()`)
	p.until(soon, "the wall says which page it shows", `/1 of [2-9]/.test(document.body.innerText)`)
	if cursor := ask[string](p, `getComputedStyle(document.body).cursor`); cursor != "none" {
		t.Errorf("the pointer is shown on a wall: cursor %s", cursor)
	}
	p.until(soon, "the wall has a clock", `/\b\d\d:\d\d\b/.test(document.body.innerText)`)
	p.until(3*soon, "pages turn by themselves", `/2 of [2-9]/.test(document.body.innerText)`)
}

func TestWallIsTheSamePictureAt4K(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/wall?inches=55&metres=5&theme=light", browser.Options{Width: 3840, Height: 2160})
	pbx.Ring(sales("00000a41", "+31205550101"))
	p.until(soon, "the call is on the wall", row("+31205550101"))
	size := ask[float64](p, `parseFloat(getComputedStyle(`+row("+31205550101")+`).fontSize)`)
	if want := 65 * 5.0 / 55 * 21.60; math.Abs(size-want) > 1.2 {
		t.Errorf("a row's text is %.1f px of 2160, want %.1f px", size, want)
	}
}
