package hub

import (
	"maps"
	"strconv"
	"strings"
	"time"
)

// MostRate is the highest speed at which a record is played.
const MostRate = 60

const (
	momentWant = "a moment such as 2006-01-02T15:04:05Z, 2006-01-02T15:04:05 or 15:04:05"
	rateWant   = "a whole number from 1 to 60, beside at"
)

// ParseMoment reads the field "at" of a query: RFC 3339, or a day and time, or
// a time of today, both in a zone. It gives whole seconds in UTC. The error is
// a *QueryError.
func ParseMoment(text string, now time.Time, zone *time.Location) (time.Time, error) {
	s := strings.ToUpper(strings.TrimSpace(text))
	if len(s) > 10 && s[10] == ' ' {
		s = s[:10] + "T" + s[11:]
	}
	s = strings.Replace(s, " ", "+", 1) // as a "+" arrives that was not written "%2B"
	at, err := time.Parse(time.RFC3339, s)
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if err != nil {
			at, err = time.ParseInLocation(layout, s, zone)
		}
	}
	for _, layout := range []string{time.TimeOnly, "15:04"} {
		if err != nil {
			var clock time.Time
			if clock, err = time.Parse(layout, s); err == nil {
				y, m, d := now.In(zone).Date()
				at = time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), 0, zone)
			}
		}
	}
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}, &QueryError{Field: "at", Value: text, Want: momentWant}
	}
	return at.UTC().Truncate(time.Second), nil
}

// instant reads the moment and speed of a recorded page. A time without a zone
// is taken as UTC here: whoever knows the zone brings it into form before.
func (p *parser) instant() (at time.Time, rate int) {
	if s := p.get("at"); s != "" {
		var err error
		if at, err = ParseMoment(s, time.Now(), time.UTC); err != nil && p.err == nil {
			p.err = err
		}
	}
	s := p.get("play")
	if s == "" || s == "0" {
		return at, 0
	}
	rate, err := strconv.Atoi(s)
	if err != nil || rate < 1 || rate > MostRate || p.get("at") == "" {
		if p.err == nil {
			p.err = &QueryError{Field: "play", Value: s, Want: rateWant, Least: 1, Most: MostRate}
		}
		return at, 0
	}
	return at, rate
}

// record are the fields of a recorded page, none of a live one.
func (q Query) record() map[string]string {
	fields := map[string]string{}
	if q.At.IsZero() {
		return fields
	}
	fields["at"] = q.At.UTC().Format(time.RFC3339)
	if q.Rate > 0 {
		fields["play"] = strconv.Itoa(q.Rate)
	}
	return fields
}

// Live is the same view of now.
func (q Query) Live() Query {
	q.At, q.Rate = time.Time{}, 0
	return q
}

// Now is an address that leads to now from a recorded page; see Query.Carry.
func Now(address string) string {
	if strings.Contains(address, "?") {
		return address + "&at="
	}
	return address + "?at="
}

// Carry gives a recorded page's moment and speed to every address in it that
// leads to another page: links, forms, streams. One that has a moment already
// keeps it, an empty one ("at=") leads back to now and loses the field. html is
// what templates print, so quotes and "&" in addresses are escaped.
func (q Query) Carry(html []byte) []byte {
	fields := q.record()
	if q.Mask != "" {
		fields["mask"] = q.Mask
	}
	return carry(html, fields)
}

// recorded is what a hub puts into all that it renders; nil on a live one.
func (o *Options) carried() map[string]string {
	if o.At.IsZero() {
		return nil
	}
	return maps.Clone(Query{At: o.At.Truncate(time.Second), Rate: int(o.Rate)}.record())
}
