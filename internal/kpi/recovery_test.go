package kpi

import (
	"testing"
	"time"

	"callboard/internal/state"
)

func TestReturned(t *testing.T) {
	now := time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
	waits := func(minutes int) state.Callback {
		return state.Callback{First: now.Add(-time.Duration(minutes) * time.Minute)}
	}
	took := func(minutes int) state.Callback {
		e := waits(300)
		e.Closed = state.Closing{How: state.CalledBack, At: e.First.Add(time.Duration(minutes) * time.Minute)}
		return e
	}
	r := &state.Recovery{
		Open:   []state.Callback{waits(5), waits(30), waits(31)}, // the last failed already, the others may still be in time
		Closed: []state.Callback{took(2), took(30), took(31)},
	}
	if got := Returned(r, 30*time.Minute, now, nil); got != (Ratio{2, 4}) {
		t.Errorf("returned %+v, want 2 of 4", got)
	}
	if got := Returned(&state.Recovery{Open: r.Open[:2]}, 30*time.Minute, now, nil); got.Known() {
		t.Errorf("nothing is decided, and still %+v", got)
	}
	quick := func(e *state.Callback) bool { return !e.IsOpen() && e.Closed.At.Sub(e.First) < 10*time.Minute }
	if got := Returned(r, 30*time.Minute, now, quick); got != (Ratio{1, 1}) {
		t.Errorf("of a choice %+v, want 1 of 1", got)
	}
}
