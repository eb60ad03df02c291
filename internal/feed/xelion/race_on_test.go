//go:build race

package xelion_test

// raceOn thins out the day of losses: with the race detector a select that meets
// a timer of a bubble at its very moment has once crashed the runtime of Go 1.26
// (SIGSEGV in runtime.(*timer).maybeRunChan), and each loss is another chance.
const raceOn = true
