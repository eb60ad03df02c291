//go:build race

package travel_test

// raceOn makes the longest tests shorter, or leaves them to the run without the
// race detector, which make test has as well.
const raceOn = true
