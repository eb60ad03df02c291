package xelion

import "testing"

// A bubble of fake time knows no monotonic clock, so this looks outside of one.
func TestTimesKeepTheirMonotonicReading(t *testing.T) {
	if at := now(); at == at.Round(0) {
		t.Errorf("%v has no monotonic reading: when somebody sets the machine's clock, events and proofs would jump with it", at)
	}
}
