package e2e

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/e2e/browser"
)

// clocks lets a test set a page's two clocks: date is what the wall says, mono
// what has run since the page was opened.
const clocks = `(() => {
	const RealDate = Date, real = performance.now.bind(performance)
	globalThis.dateOff = %date%
	globalThis.monoOff = 0
	globalThis.Date = class extends RealDate {
		constructor(...a) { a.length ? super(...a) : super(RealDate.now() + dateOff) }
		static now() { return RealDate.now() + dateOff }
	}
	performance.now = () => real() + monoOff
})()`

// shownAge reads the age in a call's row, in seconds.
func shownAge(p *page, number string) float64 {
	p.t.Helper()
	return seconds(p.t, ask[string](p, row(number)+`.querySelector('[data-since]:not([data-limit])').textContent`))
}

// seconds reads m:ss or h:mm:ss.
func seconds(t *testing.T, text string) float64 {
	t.Helper()
	total := 0
	for part := range strings.SplitSeq(strings.TrimLeft(text, "≥ "), ":") {
		n, err := strconv.Atoi(part)
		if err != nil {
			t.Fatalf("%q is no age", text)
		}
		total = total*60 + n
	}
	return float64(total)
}

// wantRightTimers compares what a page shows with what the server knows; both
// are read within one moment.
func wantRightTimers(p *page, what, api, number string) {
	p.t.Helper()
	_, body := get(p.t, api)
	var board struct {
		AsOf  time.Time
		Calls []struct {
			StartedAt time.Time
			Caller    struct{ Number string }
		}
	}
	if err := json.Unmarshal([]byte(body), &board); err != nil {
		p.t.Fatal(err)
	}
	read := time.Now()
	found := false
	for _, c := range board.Calls {
		if c.Caller.Number == number {
			found = true
			age := shownAge(p, number)
			clock := seconds(p.t, ask[string](p, `document.getElementById('clock').textContent`))
			later := time.Since(read).Seconds()
			truth := board.AsOf.Sub(c.StartedAt).Seconds()
			if age < math.Floor(truth-1) || age > truth+later+1 {
				p.t.Errorf("%s: the call has rung for %.1f s and the page says %.0f", what, truth, age)
			}
			utc := board.AsOf.UTC()
			if day := utc.Sub(utc.Truncate(24 * time.Hour)).Seconds(); clock < math.Floor(day-1) && clock > 2 || clock > day+later+1 {
				p.t.Errorf("%s: it is %s and the page's clock says second %.0f of the day", what, utc.Format(time.TimeOnly), clock)
			}
		}
	}
	if !found {
		p.t.Fatalf("%s: the server does not know the call", what)
	}
}

// A viewer's clock is wrong, its machine sleeps: the ages are the server's all
// the same.
func TestTimersOnAWrongClock(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.subscribed(t)
	const number = "+31205550101"
	for name, off := range map[string]time.Duration{"an hour fast": time.Hour, "an hour slow": -time.Hour, "a year slow": -365 * 24 * time.Hour} {
		p := open(t, b.URL("/"), browser.Options{Before: strings.ReplaceAll(clocks, "%date%", strconv.FormatInt(off.Milliseconds(), 10))})
		if got := ask[float64](p, `Date.now()`) - float64(time.Now().UnixMilli()); got < float64(off.Milliseconds())-5e3 || got > float64(off.Milliseconds())+5e3 {
			t.Fatalf("the page's clock is off by %.0f ms, want %v", got, off)
		}
		p.until(soon, "the page is live", isLive)
		pbx.Ring(sales("00000a41", number)) // again at every turn, which changes nothing
		p.until(soon, "the call has a row", row(number))
		p.until(soon, "its age runs", row(number)+`.textContent.match(/0:[01][^0]/)`)
		wantRightTimers(p, "clock "+name, b.URL("/api/v1/board"), number)
	}
}

func TestTimersAfterSleep(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.subscribed(t)
	const number = "+31205550101"
	p := open(t, b.URL("/"), browser.Options{Before: strings.ReplaceAll(clocks, "%date%", "0")})
	p.until(soon, "the page is live", isLive)
	pbx.Ring(sales("00000a41", number))
	p.until(soon, "the call has a row", row(number))
	wantRightTimers(p, "before", b.URL("/api/v1/board"), number)
	mark(p)

	// On Linux and macOS the monotonic clock stands still while the machine
	// sleeps. The server here does not jump ahead by two hours, so the page's clock
	// falls behind instead: what the two are to each other is the same.
	for _, sleep := range []struct{ name, script string }{
		{"two hours, the page's clock stood still", `dateOff += 72e5; monoOff -= 72e5`},
		{"two hours, the page's clock went on", `dateOff += 72e5; monoOff += 72e5`},
		{"two hours back, as a corrected clock", `dateOff -= 72e5`},
	} {
		ask[bool](p, `(() => { `+sleep.script+`; globalThis.streams = performance.getEntriesByType('resource').filter(r => r.name.includes('/events')).length; return true })()`)
		p.until(soon, sleep.name+": the page asks anew", `performance.getEntriesByType('resource').filter(r => r.name.includes('/events')).length > streams || `+isLive)
		p.until(soon, sleep.name+": the page is live", isLive)
		// Whatever it showed in the first moment, this is what it stays at.
		p.until(soon, sleep.name+": the ages run", `(() => { const a = `+row(number)+`.querySelector('[data-since]:not([data-limit])').textContent; globalThis.agesSeen ??= new Set(); agesSeen.add(a); return agesSeen.size > 2 })()`)
		wantRightTimers(p, sleep.name, b.URL("/api/v1/board"), number)
		ask[bool](p, `(() => { agesSeen.clear(); return true })()`)
	}
	wantSameDocument(p)
}
