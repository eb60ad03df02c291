package kpi

import (
	"cmp"
	"slices"
	"time"

	"callboard/internal/state"
)

// An edge is the beginning or the end of a journey.
type edge struct {
	at time.Time
	by int // +1, -1
}

// edges are those of one journey.
func edges(j *state.Journey, now time.Time) []edge {
	return []edge{{j.Start, +1}, {end(j, now), -1}}
}

// end is when a journey is no longer up; one that is up ends after now, and
// each was there, however shortly.
func end(j *state.Journey, now time.Time) time.Time {
	end := j.Ended
	if j.Up() {
		end = now.Add(1)
	}
	if !end.After(j.Start) {
		end = j.Start.Add(1)
	}
	return end
}

// upAt reports whether a journey was up at t.
func upAt(j *state.Journey, t, now time.Time) bool { return !j.Start.After(t) && end(j, now).After(t) }

// peak is the highest number up at once and when it was first reached. Who
// leaves in the same instant in which another comes is not there with them.
func peak(edges []edge) (most int, at time.Time) {
	slices.SortFunc(edges, func(x, y edge) int { return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.by, y.by)) })
	up := 0
	for _, e := range edges {
		if up += e.by; up > most {
			most, at = up, e.at
		}
	}
	return most, at
}
