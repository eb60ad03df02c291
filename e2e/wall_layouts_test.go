package e2e

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"callboard/e2e/browser"
)

// texts are all texts that can be seen, with the size of their letters and what
// they are.
const texts = `(() => {
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
	for (let n; n = walk.nextNode();) {
		const el = n.parentElement
		if (!n.data.trim() || el.closest('.sr-only') || !el.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
		const r = document.createRange()
		r.selectNodeContents(n)
		const box = r.getBoundingClientRect()
		if (box.width < 2 || box.height < 2) continue
		found.push({Text: n.data.trim().slice(0, 40), Class: el.className + ' ' + el.parentElement.className, Size: parseFloat(getComputedStyle(el).fontSize)})
	}
	return found
})()`

type text struct {
	Text, Class string
	Size        float64
}

// ringIn rings many customers in and answers some.
func ringIn(p *pbx, n int) {
	for i := range n {
		c := sales(fmt.Sprintf("%08x", 0x100+i), fmt.Sprintf("+3120555%04d", 100+i))
		p.Ring(c)
		if i%3 != 0 {
			p.Answer(c)
		}
	}
}

// Every text of every layout has one of the sizes of the design, 65, 52 or 196
// times d/D hundredths of the height (its unit 0.42 of that), at both
// resolutions, and none is smaller than 52.
func TestEveryTextOfAWallHasItsSize(t *testing.T) {
	t.Parallel()
	const inches, metres = 55.0, 5.0
	needBrowser(t)
	pbx := startPBX(t)
	server := serve(t, pbx)
	pbx.subscribed(t)
	ringIn(pbx, 14)
	for _, screen := range []browser.Options{{Width: 1920, Height: 1080}, {Width: 3840, Height: 2160}} {
		p := open(t, server.URL("/wall"), screen)
		for _, layout := range []string{"calls", "numbers", "people", "line"} {
			p.visit(server.URL("/wall?inches=55&metres=5&layout=" + layout))
			p.until(soon, layout+" is live", isLive+` && 'sized' in document.documentElement.dataset`)
			vh := float64(screen.Height) / 100 * metres / inches
			sizes := map[float64]string{65 * vh: "normal", 52 * vh: "floor", 196 * vh: "headline", 0.42 * 196 * vh: "unit"}
			seen := map[string]bool{}
			for _, x := range ask[[]text](p, texts) {
				fits := ""
				for size, name := range sizes {
					if math.Abs(size-x.Size) < 0.02 {
						fits = name
					}
				}
				if fits == "" {
					t.Errorf("%s at %d lines: %q (%s) is %.3f px", layout, screen.Height, x.Text, x.Class, x.Size)
				}
				seen[fits] = true
				if strings.Contains(x.Class, "w-big") && fits != "headline" {
					t.Errorf("%s at %d lines: the number %q is %.3f px, want 196·5/55 vh", layout, screen.Height, x.Text, x.Size)
				}
			}
			if !seen["normal"] || !seen["floor"] || (layout == "numbers" || layout == "line") && !seen["headline"] {
				t.Errorf("%s at %d lines: only these sizes are there: %v", layout, screen.Height, seen)
			}
			if over := ask[bool](p, `document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll('.w-cells > li:not([hidden])')].some(li => li.scrollHeight > li.clientHeight + 1)`); over {
				t.Errorf("%s at %d lines does not fit", layout, screen.Height)
			}
		}
	}
}

// The table of sizes: what a page holds on common screens.
func TestWallRoomByScreenAndDistance(t *testing.T) {
	t.Parallel()
	p, pbx, server := live(t, "/wall", browser.Options{Width: 1920, Height: 1080})
	ringIn(pbx, 40)
	for _, c := range []struct {
		inches, metres float64
		rows           int
	}{
		{43, 3, 12}, {43, 5, 7}, {43, 7.5, 4}, {43, 10, 3},
		{55, 3, 15}, {55, 5, 9}, {55, 7.5, 6}, {55, 10, 4},
		{65, 3, 18}, {65, 5, 11}, {65, 7.5, 7}, {65, 10, 5},
		{75, 3, 21}, {75, 5, 13}, {75, 7.5, 8}, {75, 10, 6},
	} {
		p.visit(server.URL(fmt.Sprintf("/wall?inches=%g&metres=%g", c.inches, c.metres)))
		p.until(soon, "the wall is live", isLive+` && 'sized' in document.documentElement.dataset`)
		p.until(soon, fmt.Sprintf("%g inches at %g m show %d calls, wholly", c.inches, c.metres, c.rows), fmt.Sprintf(`(() => {
			const shown = %s.filter(r => r.checkVisibility()), foot = document.querySelector('.w-foot').getBoundingClientRect().top
			return shown.length === %d && shown.every(r => r.getBoundingClientRect().bottom <= foot + 1)
		})()`, calls, c.rows))
		if size, want := ask[float64](p, `parseFloat(getComputedStyle(`+calls+`[0]).fontSize)`), 65*c.metres/c.inches*10.8; math.Abs(size-want) > 0.02 {
			t.Errorf("%g inches at %g m: %.2f px, want %.2f", c.inches, c.metres, size, want)
		}
	}
	p.visit(server.URL("/wall?layout=numbers&inches=32&metres=8&lang=nl"))
	p.until(soon, "a layout that cannot be read from there says so", `/Te klein om van 8 m te lezen.*32 inch.*leesbaar tot [\d,]+ m.*\d+ inch nodig/.test(document.body.innerText)`)
}

// A wall turns through its layouts without fetching anything, and an alarm does
// not wait for its turn.
func TestAWallTurnsThroughItsLayouts(t *testing.T) {
	t.Parallel()
	p, pbx, _ := live(t, "/wall?rotate=numbers,people,calls,2", browser.Options{Width: 1920, Height: 1080})
	ringIn(pbx, 3)
	p.until(soon, "the wall is live", isLive)
	ask[bool](p, `performance.clearResourceTimings(), window.shown = [], new MutationObserver(() => shown.push(document.documentElement.dataset.shows)).observe(document.documentElement, { attributeFilter: ['data-shows'] }), true`)
	p.until(back, "all layouts had their turn", `new Set(shown).size === 3`)
	order := ask[[]string](p, `shown`)
	for i := 1; i < len(order); i++ {
		if next := map[string]string{"numbers": "people", "people": "calls", "calls": "numbers"}[order[i-1]]; order[i] != next {
			t.Errorf("after %s comes %s, want %s", order[i-1], order[i], next)
		}
	}
	if got := ask[[]string](p, `performance.getEntriesByType('resource').map(e => e.name).filter(n => !/\/(sw\.js|wall|wall\?.*|static\/.*)$/.test(n) && !n.includes('/events'))`); len(got) > 0 {
		t.Errorf("turning fetched %v", got)
	}
	if got := ask[int](p, `[...document.querySelectorAll('[data-for]')].filter(e => e.checkVisibility() && !e.dataset.for.includes(document.documentElement.dataset.shows)).length`); got != 0 {
		t.Errorf("%d parts of other layouts are to be seen", got)
	}
	p.until(60*time.Second, "an alarm covers the header and brings the calls", `!document.getElementById('p-wall-band').hidden && document.querySelector('#list [data-alarm]')?.checkVisibility() && document.documentElement.dataset.shows === 'calls'`)
	ask[bool](p, `shown.length = 0, true`)
	p.until(back, "the alarm stays on every page", `new Set(shown).size > 1 && document.getElementById('p-wall-band').checkVisibility()`)
}

// No pixel stands still for hours: within six hours and a half the picture
// walks over a grid of 11 by 7 places, two pixels at a time, with everything in
// it.
func TestAWallWalks(t *testing.T) {
	t.Parallel()
	p, _, _ := live(t, "/wall?layout=numbers", browser.Options{Width: 1920, Height: 1080})
	p.until(soon, "the wall is live", isLive)
	if every := ask[int](p, `+document.documentElement.dataset.shiftMs`); every != 5*60*1000 {
		t.Errorf("the picture moves every %d ms, want five minutes", every)
	}
	// A clock of this test's own steps through the five minutes of a week.
	places := ask[[][]float64](p, `(() => {
		const now = Date.now, out = []
		let t = now()
		Date.now = () => t
		for (let i = 0; i < 2016; i++, t += 3e5) {
			document.dispatchEvent(new CustomEvent('callboard:tick', { detail: t }))
			out.push(['.w-head .w-title', '.w-foot b', '.w-big', '.w-foot'].flatMap(q => { const b = document.querySelector(q).getBoundingClientRect(); return [b.left, b.top] }))
		}
		Date.now = now
		return out
	})()`)
	count := map[[2]float64]int{}
	for i, at := range places {
		count[[2]float64{math.Round(at[0] - places[0][0]), math.Round(at[1] - places[0][1])}]++
		for j := 2; j < len(at); j += 2 { // header, rules, numbers and footer move together
			if math.Abs((at[j]-places[0][j])-(at[0]-places[0][0])) > 0.01 || math.Abs((at[j+1]-places[0][j+1])-(at[1]-places[0][1])) > 0.01 {
				t.Fatalf("step %d: parts of the wall move apart: %v", i, at)
			}
		}
		if i > 0 && math.Abs(at[0]-places[i-1][0])+math.Abs(at[1]-places[i-1][1]) > 2.01 {
			t.Fatalf("step %d jumps from %v to %v", i, places[i-1][:2], at[:2])
		}
	}
	longest := 0
	for _, n := range count {
		longest = max(longest, n)
	}
	if len(count) != 77 || longest > 2016/77*3 {
		t.Errorf("%d places in a week, the most used one %d times of 2016", len(count), longest)
	}
}

// "Put on a wall" leads to the displays with the layout of the page, for those
// who may pair them, and beside that to the wall itself.
func TestPutOnAWall(t *testing.T) {
	t.Parallel()
	p, _, server := live(t, "/", browser.Options{}, lostServer) // pages left early lose their icon
	for path, want := range map[string]string{"/?dir=inbound": "/wall?dir=inbound", "/people": "/wall?layout=people", "/lines": "/wall?layout=numbers", "/missed": "/wall?layout=numbers", "/numbers": "/wall?layout=numbers"} {
		p.visit(server.URL(path))
		if got := ask[[]string](p, `[...document.querySelectorAll('a.wall-direct')].map(a => a.getAttribute('href'))`); !slices.Equal(got, []string{want}) {
			t.Errorf("%s is put on a wall as %q, want %s", path, got, want)
		}
		seen := ask[[]string](p, `[...document.querySelectorAll('a.wall-link')].filter(a => a.checkVisibility()).map(a => a.href)`)
		if len(seen) != 1 {
			t.Fatalf("%s has %q", path, seen)
		}
		p.visit(seen[0])
		if got := ask[string](p, `document.querySelector('.dp-view a').getAttribute('href')`); got != want {
			t.Errorf("%s is put on a display as %q, want %s", path, got, want)
		}
	}
	// A choice made without loading the page is the one that is put there.
	p.visit(server.URL("/"))
	p.until(soon, "the board is live", isLive)
	ask[bool](p, `(() => {
		const field = document.getElementById('search')
		field.value = 'boer'
		return field.dispatchEvent(new Event('input', { bubbles: true }))
	})()`)
	p.until(soon, "the search goes along", `document.querySelector('a.wall-link:not(.wall-direct)').href.includes(encodeURIComponent('q=boer'))`)
}
