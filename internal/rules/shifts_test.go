package rules

import (
	"testing"
	"time"
)

func TestShifts(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	parse := func(text string) *Rules {
		r, err := Parse("s", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return &r
	}
	three := parse(`
shifts:
  - {name: Night, start: 22:00, end: 6:00}
  - {name: Early, start: 6:00, end: 14:00, days: [monday, tuesday]}
  - {name: Late, start: 14:00, end: 22:00, days: [monday, tuesday]}
`)
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, zone)
	}
	for _, c := range []struct {
		rules    *Rules
		at       time.Time
		name     string
		want     string
		from, to time.Time
	}{
		{three, at(11, 23, 5, 59), "", "Night", at(11, 22, 22, 0), at(11, 23, 6, 0)}, // a Monday
		{three, at(11, 23, 6, 0), "", "Early", at(11, 23, 6, 0), at(11, 23, 14, 0)},
		{three, at(11, 24, 15, 0), "eArly", "Early", at(11, 24, 6, 0), at(11, 24, 14, 0)},
		{three, at(11, 27, 15, 0), "", "Night", at(11, 26, 22, 0), at(11, 27, 6, 0)}, // the last there was
		{three, at(11, 27, 15, 0), "late", "Late", at(11, 24, 14, 0), at(11, 24, 22, 0)},
		{parse(""), at(11, 27, 15, 0), "", "", at(11, 27, 0, 0), at(11, 28, 0, 0)},
		{parse("opening: {monday: [8:30-12:00, 13:00-17:00], tuesday: [8:30-17:00], friday: [9:00-12:00]}"), at(11, 24, 9, 0), "", "", at(11, 24, 8, 30), at(11, 24, 17, 0)},
		{parse("opening: {monday: [8:30-12:00, 13:00-17:00], tuesday: [8:30-17:00], friday: [9:00-12:00]}"), at(11, 29, 9, 0), "", "", at(11, 27, 9, 0), at(11, 27, 12, 0)},
	} {
		got, ok := c.rules.LastShift(c.at, c.name)
		if !ok || got.Shift.Name != c.want || !got.From.Equal(c.from) || !got.To.Equal(c.to) {
			t.Errorf("at %s %q: %v %+v, want %s %s to %s", c.at, c.name, ok, got, c.want, c.from, c.to)
		}
	}
	if _, ok := three.LastShift(at(11, 24, 9, 0), "noon"); ok {
		t.Error("a shift that the file does not have was found")
	}
	// On the night of the change a shift is as long as that night.
	for _, c := range []struct {
		at   time.Time
		want time.Duration
	}{{at(3, 28, 23, 0), 7 * time.Hour}, {at(10, 24, 23, 0), 9 * time.Hour}} {
		if got, _ := three.LastShift(c.at, "night"); got.To.Sub(got.From) != c.want {
			t.Errorf("the night of %s lasts %s, want %s", c.at, got.To.Sub(got.From), c.want)
		}
	}
}
