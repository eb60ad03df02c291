package state

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones of this test are needed on machines without zone files too
)

// In some zones the clocks go forward at midnight, so that one day of the year
// has none.
func TestDayWithoutMidnight(t *testing.T) {
	for _, c := range []struct{ zone, day, begins string }{
		{"Atlantic/Azores", "2026-03-29", "2026-03-29T01:00:00Z"},
		{"America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"},
		{"America/Havana", "2026-03-08", "2026-03-08T05:00:00Z"},
		{"Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"},
		{"Europe/Amsterdam", "2026-03-29", "2026-03-28T23:00:00Z"}, // an hour is lost later in the night
	} {
		t.Run(c.zone, func(t *testing.T) {
			zone, err := time.LoadLocation(c.zone)
			if err != nil {
				t.Fatal(err)
			}
			begins, err := time.Parse(time.RFC3339, c.begins)
			if err != nil {
				t.Fatal(err)
			}
			b := New(Config{Zone: zone})
			b.Apply(Input{At: begins.Add(-time.Hour), Fact: Link{State: LinkUp}})
			b.Advance(begins.Add(-time.Second))
			if today := b.Today(); today.Day == c.day {
				t.Errorf("the counters are those of %s a second before it begins", today.Day)
			}
			b.Advance(begins)
			if today := b.Today(); today.Day != c.day || !today.Since.Equal(begins) {
				t.Errorf("the counters are those of %s since %v, want %s since %v", today.Day, today.Since, c.day, begins)
			}
			b.Advance(begins.Add(49 * time.Hour))
			if due, ok := b.NextDeadline(); !ok || !due.After(begins.Add(49*time.Hour)) {
				t.Errorf("two days later the next deadline is %v, %v", due, ok)
			}
		})
	}
}
