//go:build !race

package eventlog

// raceDetector reports a build in which SQLite is twenty times slower.
const raceDetector = false
