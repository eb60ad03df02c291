//go:build race

package access

// raceOn makes long tests shorter: the detector takes ten times as long, and
// what it looks for shows early.
const raceOn = true
