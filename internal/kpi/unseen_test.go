package kpi

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"callboard/internal/state"
)

func TestUnseen(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 22, 10, minute, 0, 0, time.UTC) }
	gap := func(from, to int) state.Gap {
		g := state.Gap{From: at(from)}
		if to >= 0 {
			g.To = at(to)
		}
		return g
	}
	for _, c := range []struct {
		name string
		gaps []state.Gap
		want []Stretch
	}{
		{"none", nil, nil},
		{"before and behind", []state.Gap{gap(0, 9), gap(51, 55)}, nil},
		{"clipped at both ends", []state.Gap{gap(5, 12), gap(45, 55)}, []Stretch{{at(10), at(12), false}, {at(45), at(50), false}}},
		{"told twice is one", []state.Gap{gap(30, 40), gap(20, 31), gap(40, 41)}, []Stretch{{at(20), at(41), false}}},
		{"it lasts", []state.Gap{gap(20, 21), gap(40, -1)}, []Stretch{{at(20), at(21), false}, {at(40), at(50), true}}},
		{"one of no length", []state.Gap{gap(20, 20)}, []Stretch{{at(20), at(20), false}}},
	} {
		if diff := cmp.Diff(c.want, Unseen(c.gaps, at(10), at(50))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if got, want := Touched(c.gaps, at(10), at(50)), len(c.want) > 0; got != want {
			t.Errorf("%s: touched %v", c.name, got)
		}
	}
}

// Each minute is in a stretch exactly when a gap holds it.
func TestUnseenHoldsEveryMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := func(minute int) time.Time { return time.Date(2026, 11, 22, 10, minute, 0, 0, time.UTC) }
		var gaps []state.Gap
		for range rapid.IntRange(0, 6).Draw(t, "gaps") {
			from := rapid.IntRange(0, 100).Draw(t, "from")
			gaps = append(gaps, state.Gap{From: at(from), To: at(from + rapid.IntRange(1, 20).Draw(t, "length"))})
		}
		got := Unseen(gaps, at(20), at(80))
		for minute := range 120 {
			middle := at(minute).Add(30 * time.Second)
			want := false
			for _, g := range gaps {
				want = want || minute >= 20 && minute < 80 && g.From.Before(middle) && g.To.After(middle)
			}
			in := 0
			for _, s := range got {
				if s.From.Before(middle) && s.To.After(middle) {
					in++
				}
			}
			if want && in != 1 || !want && in != 0 {
				t.Fatalf("minute %d of %v is in %d stretches of %v", minute, gaps, in, got)
			}
		}
	})
}
