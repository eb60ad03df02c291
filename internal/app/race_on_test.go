//go:build race

package app

// raceOn leaves out what is long and has one goroutine; make test runs it once
// more without the detector.
const raceOn = true

// looks at the simulated company, five seconds apart: half an hour of it.
const looks = 30 * 12
