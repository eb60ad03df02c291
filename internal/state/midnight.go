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

// rollDay starts a new day at midnight of the configured zone. Journeys that
// began yesterday stay yesterday's.
func (b *Board) rollDay() {
	local := b.now.In(b.cfg.Zone)
	y, m, d := local.Date()
	complete := b.conn == LinkUp || !b.everUp && b.midnight.IsZero()
	since := b.now
	if !b.midnight.IsZero() {
		since = b.midnight
	}
	b.today = Today{Day: local.Format(time.DateOnly), Since: since.UTC(), Complete: complete}
	b.midnight = Midnight(y, m, d+1, b.cfg.Zone).UTC()
	b.newDay()
	clear(b.userDays)
	clear(b.lineDays)
	b.newLedgerDay()
	b.forgetIdle()
	b.company++
	for _, t := range b.tallies {
		t.Today = 0
	}
}
