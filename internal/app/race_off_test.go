//go:build !race

package app

const raceOn = false

// looks at the simulated company, five seconds apart: two hours of it.
const looks = 120 * 12
