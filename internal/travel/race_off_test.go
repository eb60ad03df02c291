//go:build !race

package travel_test

const raceOn = false
