package kpi

import (
	"time"

	"callboard/internal/state"
)

// Returned is how many customers who gave up were spoken to, or dealt with, in
// time: closed within the limit, of all that are closed today or have been
// open for longer. Who waits for less is not decided yet and is left out, as
// are callers without a number. Time counts from the end of the first attempt.
func Returned(r *state.Recovery, within time.Duration, now time.Time, match func(*state.Callback) bool) Ratio {
	var n Ratio
	for i := range r.Closed {
		if e := &r.Closed[i]; match == nil || match(e) {
			n.Of++
			if e.Closed.At.Sub(e.First) <= within {
				n.Part++
			}
		}
	}
	for i := range r.Open {
		if e := &r.Open[i]; (match == nil || match(e)) && now.Sub(e.First) > within {
			n.Of++
		}
	}
	return n
}
