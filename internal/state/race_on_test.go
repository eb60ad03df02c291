//go:build race

package state

// raceOn thins out the long tests: the race detector makes the model ten
// times slower, and it runs on one goroutine anyway.
const raceOn = true
