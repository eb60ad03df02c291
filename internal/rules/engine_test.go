package rules

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var dawn = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

const tick = 100 * time.Millisecond

// told plays readings of one subject, one a second, and writes what is up at
// each: "." nothing, "1" an alarm said once, "2" said twice, "?" one held.
func told(l Limit, readings string) string {
	var e Engine
	var out strings.Builder
	for i, r := range readings {
		now := dawn.Add(time.Duration(i) * time.Second)
		var rs []Reading
		switch r {
		case '?':
			rs = []Reading{{Kind: ManyWaiting, Limit: l, Unknown: true}}
		case '-': // gone
		default:
			rs = []Reading{{Kind: ManyWaiting, Limit: l, Value: float64(r - '0'), Sample: 9}}
		}
		alarms, _, _ := e.Step(now, rs)
		switch {
		case len(alarms) == 0:
			out.WriteByte('.')
		case !alarms[0].AsOf.IsZero():
			out.WriteByte('?')
		default:
			fmt.Fprint(&out, alarms[0].Times)
		}
	}
	return out.String()
}

func TestStories(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		name       string
		l          Limit
		read, want string
	}{
		{"at once", Limit{Over: 4}, "3455443", "..11..."},
		{"on-delay", Limit{Over: 4, On: 2 * s}, "5545554", ".....1."},
		{"a dip begins the on-delay anew", Limit{Over: 4, On: 2 * s}, "55455555", ".....111"},
		{"off-delay", Limit{Over: 4, Off: 2 * s}, "5445444", "111111."},
		{"deadband", Limit{Over: 4, Deadband: 2}, "5433323", "11111.."},
		{"deadband is not back", Limit{Over: 4, Deadband: 2, Off: 2 * s}, "52232222", "111111.."},
		{"re-alarm", Limit{Over: 4, Again: 2 * s}, "555555", "112233"},
		{"no re-alarm while it is going back", Limit{Over: 4, Again: s, Off: 3 * s}, "5444444", "1111..."},
		{"unknown holds", Limit{Over: 4}, "5???51", "1???1."},
		{"unknown raises nothing", Limit{Over: 4}, "??3?5", "....1"},
		{"unknown begins the on-delay anew", Limit{Over: 4, On: 2 * s}, "55?555", ".....1"},
		{"unknown begins the off-delay anew", Limit{Over: 4, Off: 2 * s}, "533?333", "111?11."},
		{"gone is over", Limit{Over: 4, Off: 9 * s}, "55-", "11."},
		{"under", Limit{Under: 5, Deadband: 2}, "6545667", "..1111."},
		{"few raise nothing", Limit{Under: 5, Least: 10}, "111", "..."},
		{"enough raise", Limit{Under: 5, Least: 9}, "111", "111"},
		{"off", Limit{On: s}, "999", "..."},
	} {
		if got := told(c.l, c.read); got != c.want {
			t.Errorf("%s: readings %s\n got %s\nwant %s", c.name, c.read, got, c.want)
		}
	}
}

// An age raises at the very moment at which it reaches its limit, and the
// engine says beforehand when that is.
func TestAgeRaisesAtItsLimit(t *testing.T) {
	var e Engine
	r := []Reading{{Kind: RingingLong, Subject: 42, Limit: Limit{Over: 30, On: 5 * time.Second, Again: time.Minute}, Since: dawn}}
	alarms, changed, next := e.Step(dawn.Add(time.Second), r)
	if len(alarms) != 0 || changed || !next.Equal(dawn.Add(30*time.Second)) {
		t.Fatalf("%v, %v, next %s", alarms, changed, next)
	}
	_, _, next = e.Step(next, r)
	if !next.Equal(dawn.Add(35 * time.Second)) {
		t.Fatalf("after the limit: next %s", next)
	}
	if alarms, _, _ := e.Step(next.Add(-time.Nanosecond), r); len(alarms) != 0 {
		t.Fatal("raised before the on-delay")
	}
	alarms, changed, next = e.Step(next, r)
	if len(alarms) != 1 || !changed || !next.Equal(dawn.Add(95*time.Second)) {
		t.Fatalf("%v, %v, next %s", alarms, changed, next)
	}
	first := alarms[0]
	alarms, _, _ = e.Step(next, r)
	if again := alarms[0]; first.ID() != again.ID() || first.Times != 1 || again.Times != 2 || !again.Said.Equal(next) || !again.Raised.Equal(first.Raised) {
		t.Errorf("said as %+v and again as %+v", first, again)
	}
	if alarms[0].Value != 95 || !alarms[0].Beyond.Equal(dawn.Add(30*time.Second)) {
		t.Errorf("%+v", alarms[0])
	}
	if _, changed, next = e.Step(next, nil); !changed || !next.IsZero() {
		t.Errorf("the call ended: changed %v, next %s", changed, next)
	}
	if n := len(e.entries); n != 0 {
		t.Errorf("%d entries kept of calls that are gone", n)
	}
}

func TestChatter(t *testing.T) {
	var e Engine
	var last Alarm
	for i := range 200 {
		now := dawn.Add(time.Duration(i) * time.Minute)
		alarms, _, _ := e.Step(now, []Reading{{Kind: ManyWaiting, Limit: Limit{Over: 4}, Value: float64(4 + i%2)}})
		if len(alarms) > 0 {
			last = alarms[0]
		}
	}
	if last.Chatter != 30 {
		t.Errorf("raised %d times in the last hour, want 30", last.Chatter)
	}
	if got := e.Raised(ManyWaiting); got != 100 {
		t.Errorf("raised %d times in all, want 100", got)
	}
}

// a seen reading, for the laws.
type seen struct {
	at           time.Time
	beyond, back bool
	known        bool
	up, held     bool
	times        int
}

// Whatever readings come, in whatever order and at whatever moments: nothing is
// raised that was not beyond for all of On, nothing is over that was not back
// for all of Off, and two raises are at least On and Off apart.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := func(name string) time.Duration { return time.Duration(rapid.IntRange(0, 30).Draw(t, name)) * tick }
		l := Limit{On: span("on"), Off: span("off"), Again: span("again"), Deadband: float64(rapid.IntRange(0, 2).Draw(t, "deadband"))}
		if rapid.Bool().Draw(t, "over") {
			l.Over = 5
		} else {
			l.Under = 5
		}
		var one, other Engine
		now := dawn
		var history []seen
		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		steps := rapid.IntRange(1, 60).Draw(t, "steps")
		for range steps {
			now = now.Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "pause")) * tick)
			r := Reading{Kind: ManyWaiting, Limit: l, Value: float64(rapid.IntRange(0, 10).Draw(t, "value")), Unknown: rapid.IntRange(0, 9).Draw(t, "unknown") == 0}
			readings := []Reading{r}
			for k, kind := range Kinds[5:] {
				readings = append(readings, Reading{Kind: kind, Subject: uint64(k), Limit: l, Value: r.Value})
			}
			alarms, changed, next := one.Step(now, readings)
			shuffle.Shuffle(len(readings), func(i, j int) { readings[i], readings[j] = readings[j], readings[i] })
			alarms2, changed2, next2 := other.Step(now, readings)
			if diff := cmp.Diff(alarms, alarms2); diff != "" || changed != changed2 || !next.Equal(next2) {
				t.Fatalf("another order of readings, other alarms:\n%s", diff)
			}
			if !next.IsZero() && !next.After(now) {
				t.Fatalf("something will change at %s, which is past at %s", next, now)
			}
			beyond, back, _ := r.at(now)
			h := seen{at: now, beyond: beyond, back: back, known: !r.Unknown}
			for _, a := range alarms {
				if a.Kind == r.Kind {
					h.up, h.times, h.held = true, a.Times, !a.AsOf.IsZero()
				}
			}
			history = append(history, h)
			check(t, l, history)
		}
	})
}

// check looks at the last step of a history.
func check(t *rapid.T, l Limit, history []seen) {
	i := len(history) - 1
	h := history[i]
	was := i > 0 && history[i-1].up
	held := func(good func(seen) bool, long time.Duration) bool { // without a break for so long
		j := i
		for j >= 0 && history[j].known && good(history[j]) {
			if h.at.Sub(history[j].at) >= long {
				return true
			}
			j--
		}
		return false
	}
	switch {
	case h.up && h.held != !h.known:
		t.Fatalf("known %v, and held %v", h.known, h.held)
	case h.up && !was:
		if !held(func(s seen) bool { return s.beyond }, l.On) {
			t.Fatalf("raised before the reading was beyond for %s", l.On)
		}
		for j := i - 1; j >= 0; j-- {
			if history[j].up && (j == 0 || !history[j-1].up) {
				if apart := h.at.Sub(history[j].at); apart < l.On+l.Off {
					t.Fatalf("raised twice within %s, the delays are %s and %s", apart, l.On, l.Off)
				}
				break
			}
		}
	case !h.up && was:
		if !held(func(s seen) bool { return s.back }, l.Off) {
			t.Fatalf("over before the reading was back for %s", l.Off)
		}
	case !h.up && held(func(s seen) bool { return s.beyond }, l.On):
		t.Fatalf("not raised although it is beyond for %s", l.On)
	case h.up && was && h.times != history[i-1].times && !(h.known && !h.back):
		t.Fatal("said again while it goes back or is unknown")
	}
}

// Who steps only when readings change and when the engine asked to, sees every
// change at the moment at which somebody who always looks does.
func TestNextMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := func(name string) time.Duration { return time.Duration(rapid.IntRange(0, 20).Draw(t, name)) * tick }
		l := Limit{Over: 5, On: span("on"), Off: span("off"), Again: span("again"), Deadband: float64(rapid.IntRange(0, 2).Draw(t, "deadband"))}
		ages := rapid.Bool().Draw(t, "ages")
		var always, seldom Engine
		var next time.Time
		var up, upThen []Alarm
		now := dawn
		for range rapid.IntRange(1, 12).Draw(t, "stretches") {
			r := Reading{Kind: RingingLong, Subject: 7, Limit: l, Value: float64(rapid.IntRange(2, 8).Draw(t, "value"))}
			if ages {
				r.Since = now.Add(-time.Duration(rapid.IntRange(0, 80).Draw(t, "age")) * tick)
			}
			r.Unknown = rapid.IntRange(0, 5).Draw(t, "unknown") == 0
			for i := range rapid.IntRange(1, 60).Draw(t, "length") {
				up, _, _ = always.Step(now, []Reading{r})
				if i == 0 || !next.IsZero() && !now.Before(next) {
					upThen, _, next = seldom.Step(now, []Reading{r})
				}
				if len(up) != len(upThen) || len(up) > 0 && (up[0].ID() != upThen[0].ID() || !up[0].Said.Equal(upThen[0].Said)) {
					t.Fatalf("at %s: %v for who always looks, %v for who looks when asked", now.Sub(dawn), up, upThen)
				}
				now = now.Add(tick)
			}
		}
	})
}
