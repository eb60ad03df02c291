//go:build !race

package access

const raceOn = false
