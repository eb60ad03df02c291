package state

import (
	"testing"
	"time"
)

// An id that a former process may have given out is not given out again, and
// telling so never takes ids back.
func TestNumberingGoesOn(t *testing.T) {
	b := New(Config{FirstCall: 7})
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, step := range []struct{ tell, next uint64 }{{0, 7}, {5, 7}, {7, 7}, {10_001, 10_001}, {300, 10_001}} {
		b.Apply(Input{At: at, Fact: Numbering{Next: step.tell}})
		if got := b.NextCall(); got != step.next {
			t.Errorf("after Numbering %d the next call is %d, want %d", step.tell, got, step.next)
		}
	}
}
