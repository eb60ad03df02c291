//go:build race

package app

// raceOn leaves out what is long and has one goroutine; make test runs it once
// more without the detector.
const raceOn = true
