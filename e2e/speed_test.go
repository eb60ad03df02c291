package e2e

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"callboard/e2e/browser"
	"callboard/e2e/scripted"
)

// These tests measure, so they do not run beside others.

// ledger counts the page's own timers and listeners from the start.
const ledger = `(() => {
	globalThis.intervals = new Set()
	const set = globalThis.setInterval, clear = globalThis.clearInterval
	globalThis.setInterval = (...a) => { const id = set(...a); intervals.add(id); return id }
	globalThis.clearInterval = id => { intervals.delete(id); clear(id) }
})()`

// crowd is the n-th of many calls, each with a colleague of its own.
func crowd(n int) scripted.Call {
	c := sales(fmt.Sprintf("%08x", n), fmt.Sprintf("+3120%07d", n))
	c.Callee.User, c.Callee.Number = fmt.Sprintf("8%04d", n%2000), fmt.Sprintf("2%03d", n%1000)
	if n%3 == 0 {
		c.Line = "1602"
	}
	return c
}

// fill has so many calls up, three of four of them answered.
func fill(pbx *pbx, calls int) {
	for i := range calls {
		c := crowd(i)
		pbx.Ring(c)
		if i%4 != 0 {
			pbx.Answer(c)
		}
	}
}

// churn changes rows at a steady rate until stop is closed, and keeps their
// number: a call comes, is answered, and the oldest goes.
func churn(pbx *pbx, up, perSecond int, stop <-chan struct{}) {
	beat := time.NewTicker(time.Second / time.Duration(perSecond))
	defer beat.Stop()
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		case <-beat.C:
		}
		switch n := i / 3; i % 3 {
		case 0:
			pbx.Ring(crowd(up + n))
		case 1:
			pbx.Answer(crowd(up + n))
		default:
			pbx.HangUp(crowd(n))
		}
	}
}

func measure(p *page) map[string]float64 {
	p.t.Helper()
	if err := p.CollectGarbage(); err != nil {
		p.t.Fatal(err)
	}
	m, err := p.Metrics()
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

// soakFor is how long the board is kept busy: DASHBOARD_SOAK, or what a run of
// all tests can afford.
func soakFor(t *testing.T) time.Duration {
	text := os.Getenv("DASHBOARD_SOAK")
	if text == "" {
		return 40 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("DASHBOARD_SOAK: %v", err)
	}
	return d
}

// A board of 500 calls with 50 changes of a row each second: the renderer has
// at most 35 % of a core, one timer, and nothing that grows.
func TestABusyBoardIsLight(t *testing.T) {
	const (
		up, changes = 500, 50
		share       = 0.35
		// Bytes a second that the heap may seem to grow by: a line through samples
		// of 40 s is no better than this; that of ten minutes has to be ten times
		// flatter.
		shortSlope, longSlope = 8 << 10, 800
	)
	span := soakFor(t)
	p, pbx, _ := live(t, "/", browser.Options{Before: ledger})
	p.until(soon, "the page is live", isLive)
	fill(pbx, up)
	p.until(soon, "all calls are shown", calls+`.length === 500`)

	stop := make(chan struct{})
	done := make(chan struct{})
	go func() { defer close(done); churn(pbx, up, changes, stop) }()
	defer func() { close(stop); <-done }()
	time.Sleep(8 * time.Second) // code gets compiled, caches fill

	first := measure(p)
	cpu, err := p.Renderer()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	every := max(span/20, 2*time.Second)
	var at, heap, nodes, listeners []float64
	note := func(m map[string]float64) {
		at = append(at, time.Since(began).Seconds())
		heap = append(heap, m["JSHeapUsedSize"])
		nodes = append(nodes, m["Nodes"])
		listeners = append(listeners, m["JSEventListeners"])
	}
	note(first)
	for time.Since(began) < span {
		time.Sleep(every)
		note(measure(p))
	}
	wall := time.Since(began)
	last, err := p.Metrics()
	if err != nil {
		t.Fatal(err)
	}
	after, err := p.Renderer()
	if err != nil {
		t.Fatal(err)
	}

	process := (after - cpu).Seconds() / wall.Seconds()
	thread := (last["TaskDuration"] - first["TaskDuration"]) / wall.Seconds()
	t.Logf("500 rows, 50 changes a second, %v: renderer %.1f %% of a core, its main thread %.1f %% (script %.1f, style %.1f, layout %.1f)",
		wall.Round(time.Second), 100*process, 100*thread,
		100*(last["ScriptDuration"]-first["ScriptDuration"])/wall.Seconds(),
		100*(last["RecalcStyleDuration"]-first["RecalcStyleDuration"])/wall.Seconds(),
		100*(last["LayoutDuration"]-first["LayoutDuration"])/wall.Seconds())
	if process > share {
		t.Errorf("the renderer has %.1f %% of a core, want at most %.0f %%", 100*process, 100*share)
	}
	if n := ask[int](p, `intervals.size`); n != 1 {
		t.Errorf("the page has %d interval timers, want one", n)
	}
	limit := float64(shortSlope)
	if span >= 5*time.Minute {
		limit = longSlope
	}
	grows := slope(at, heap)
	t.Logf("heap %.2f MB to %.2f MB, slope %.0f bytes/s; nodes %v; listeners %v", heap[0]/1e6, heap[len(heap)-1]/1e6, grows, nodes, listeners)
	if grows > limit {
		t.Errorf("the heap grows by %.0f bytes a second, want at most %.0f: %v", grows, limit, heap)
	}
	if low, high := slices.Min(nodes), slices.Max(nodes); high > 1.06*low {
		t.Errorf("the page has from %.0f to %.0f nodes, want a constant number: %v", low, high, nodes)
	}
	if low, high := slices.Min(listeners), slices.Max(listeners); low != high {
		t.Errorf("the page has from %.0f to %.0f listeners, want a constant number", low, high)
	}
	if rows := ask[int](p, calls+`.length`); rows < up-2 || rows > up+2 {
		t.Errorf("the page has %d rows, want %d", rows, up)
	}
	if live := ask[bool](p, isLive); !live {
		t.Error("the page is not live after all that")
	}
}

// slope is that of the straight line nearest to the points.
func slope(x, y []float64) float64 {
	var sx, sy, sxx, sxy float64
	n := float64(len(x))
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		sxx, sxy = sxx+x[i]*x[i], sxy+x[i]*y[i]
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// With 1,000 calls up an answer to a filter, an order or a search is on the
// screen within 100 ms: asked, painted by the server, sent, drawn.
func TestFiltersAnswerAtOnce(t *testing.T) {
	const up, limit = 1000, 100.0 // ms
	p, pbx, b := live(t, "/", browser.Options{})
	p.until(soon, "the page is live", isLive)
	fill(pbx, up)
	p.until(2*soon, "all calls are shown", calls+`.length === 1000`)
	mark(p)

	// answered does something and tells after how many ms its result was drawn:
	// the frame after the one in which the page holds it has begun.
	const answered = `(act, holds) => new Promise(done => {
		const began = performance.now()
		act()
		const look = () => holds() ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))) : setTimeout(look, 1)
		look()
	})`
	const (
		count  = `document.querySelectorAll('#list > [id^="c"]').length`
		filter = `document.querySelector('#p-bar [data-filter=line] a[href*="1602"]')`
		clear  = `document.querySelector('#p-bar [data-filter=line] .clear')`
		head   = `document.querySelector('#p-heads .c-caller a')`
		sorted = `document.querySelector('#p-heads .c-caller').getAttribute('aria-sort')`
		typing = `(s => { const f = document.getElementById('search'); f.focus(); f.value = s; f.dispatchEvent(new Event('input', {bubbles: true})) })`
	)
	steps := []struct{ name, act, holds string }{
		{"filter by line", filter + `.click()`, count + ` === 334`},
		{"clear the filter", clear + `.click()`, count + ` === 1000`},
		{"sort", head + `.click()`, sorted + ` === 'ascending'`},
		{"turn the order", head + `.click()`, sorted + ` === 'descending'`},
		{"type a letter", typing + `('0000012')`, count + ` < 200`},
		{"type another", typing + `('00000123')`, count + ` < 20`},
		{"clear the search", typing + `('')`, count + ` === 1000`},
	}
	took := map[string][]float64{}
	for range 5 {
		for _, s := range steps {
			ms := ask[float64](p, `(`+answered+`)(() => `+s.act+`, () => `+s.holds+`)`)
			took[s.name] = append(took[s.name], ms)
			time.Sleep(400 * time.Millisecond) // a person looks
		}
		p.visit(b.URL("/"))
		p.until(soon, "all calls are shown again", isLive+` && `+calls+`.length === 1000`)
		mark(p)
	}
	for _, s := range steps {
		ms := took[s.name]
		slices.Sort(ms)
		t.Logf("%-16s median %.0f ms, best %.0f, worst %.0f", s.name, ms[len(ms)/2], ms[0], ms[len(ms)-1])
		if ms[len(ms)/2] > limit {
			t.Errorf("%s: the answer takes %.0f ms, want at most %.0f: %.0f", s.name, ms[len(ms)/2], limit, ms)
		}
	}
	wantSameDocument(p)
}
