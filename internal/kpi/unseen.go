package kpi

import (
	"slices"
	"time"

	"callboard/internal/state"
)

// A Stretch is a time of which nothing is known: what is counted over it is a
// least.
type Stretch struct {
	From, To time.Time
	Open     bool // it lasts
}

// Unseen are the stretches from from to to in which the feed was not seen,
// oldest first; gaps that touch each other are one. An interruption that lasts
// goes on to the end. It is what charts hatch.
func Unseen(gaps []state.Gap, from, to time.Time) []Stretch {
	var out []Stretch
	for _, g := range gaps {
		s := Stretch{g.From, g.To, g.To.IsZero()}
		if s.Open || s.To.After(to) {
			s.To = to
		}
		if s.From.Before(from) {
			s.From = from
		}
		if !s.From.After(s.To) && s.From.Before(to) && (s.To.After(from) || g.From.Equal(from)) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Stretch) int { return a.From.Compare(b.From) })
	merged := out[:0]
	for _, s := range out {
		if n := len(merged); n > 0 && !s.From.After(merged[n-1].To) {
			last := &merged[n-1]
			if s.To.After(last.To) {
				last.To = s.To
			}
			last.Open = last.Open || s.Open
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// Touched reports whether an interruption lies in a time: then its counts are a
// least. A gap of no length is one too, something may have been lost in it.
func Touched(gaps []state.Gap, from, to time.Time) bool {
	return slices.ContainsFunc(gaps, func(g state.Gap) bool {
		return g.From.Before(to) && (g.To.IsZero() || g.To.After(from) || g.To.Equal(g.From) && !g.From.Before(from))
	})
}

// Lasted is how long stretches were together.
func Lasted(list []Stretch) (d time.Duration) {
	for _, s := range list {
		d += s.To.Sub(s.From)
	}
	return d
}
