package hub

import (
	"fmt"
	"strings"
	"time"

	"callboard/internal/state"
)

// MostDays is how many days the numbers of the past are of at most.
const MostDays = 31

// days reads a day, or a first and a last one with ".." between them.
func (p *parser) days(field string) string {
	s := p.get(field)
	if s == "" {
		return ""
	}
	first, last, several := strings.Cut(s, "..")
	if !several {
		last = first
	}
	from, err := time.Parse(time.DateOnly, first)
	to, err2 := time.Parse(time.DateOnly, last)
	switch {
	case err != nil || err2 != nil:
		p.fail(field, s, "a day such as 2026-11-17, or two with .. between them")
		return ""
	case to.Before(from) || to.Sub(from) >= MostDays*24*time.Hour:
		p.fail(field, s, fmt.Sprintf("at most %d days, the first before the last", MostDays))
		return ""
	case from.Equal(to):
		return first
	}
	return first + ".." + last
}

// Days are the midnights between which the days of the query lie; false if it
// names none.
func (q Query) Days(zone *time.Location) (from, to time.Time, ok bool) {
	if q.Day == "" {
		return from, to, false
	}
	first, last, several := strings.Cut(q.Day, "..")
	if !several {
		last = first
	}
	midnight := func(day string, more int) time.Time {
		t, err := time.Parse(time.DateOnly, day)
		ok = ok && err == nil
		return state.Midnight(t.Year(), t.Month(), t.Day()+more, zone)
	}
	ok = true
	return midnight(first, 0), midnight(last, 1), ok
}
