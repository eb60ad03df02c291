//go:build race

package hub

// raceOn leaves out what is long and has one goroutine; make test runs it once
// more without the detector.
const raceOn = true
