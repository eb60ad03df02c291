package state

import "time"

// Midnight is when a day begins; year, month and day are taken as time.Date
// takes them. Where clocks go forward at midnight (the Azores, Chile, Cuba) the
// day begins at one o'clock, and time.Date would answer with the last hour of
// the day before: a board that waited for that would never get past it.
func Midnight(year int, month time.Month, day int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if noon := time.Date(year, month, day, 12, 0, 0, 0, zone); t.Day() != noon.Day() {
		_, t = t.ZoneBounds()
	}
	return t
}
