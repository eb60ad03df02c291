//go:build !race

package sqlitefile

// raceDetector reports a build in which SQLite is twenty times slower.
const raceDetector = false
