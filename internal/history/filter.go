package history

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"callboard/internal/state"
)

// Limits of a filter.
const (
	DefaultLimit = 100
	MostRows     = 1000 // of one page
	maxText      = 100  // runes of a text
)

// What rows are.
const (
	RowsCalls    = "calls"
	RowsJourneys = "journeys"
)

var (
	rowValues       = []string{RowsCalls, RowsJourneys}
	directionValues = []string{"inbound", "outbound", "internal", "unknown"}
	outcomeValues   = append([]string{ResultAnswered, ResultUnanswered, ResultMissed}, outcomeNames()...)
)

// outcomeNames are those of state; EndedLost is ResultLost.
func outcomeNames() (names []string) {
	for _, o := range state.Outcomes {
		names = append(names, o.String())
	}
	return names
}

// A Filter chooses calls or journeys. The zero value chooses all.
type Filter struct {
	Rows      string        // RowsCalls (also if empty) or RowsJourneys; read by the writers only
	From, To  time.Time     // began at From or later and before To; zero is open
	Number    string        // a telephone number in any form, or a part of its digits: caller or callee, of a journey the customer
	Text      string        // part of a name or number of caller, callee or customer, or of a line's name
	User      string        // oid, name or extension of a colleague who talked or whose telephone rang
	Line      string        // oid or name of a line
	Team      string        // its name; whoever parses it fills in the two below
	TeamUsers []string      // oids or extensions
	TeamLines []string      // oids
	Direction string        // of state.Direction; empty is any
	Outcome   string        // a Result… or a state.Outcome; the latter of calls only
	Waited    time.Duration // rang at least so long, as far as that was witnessed
	Talked    time.Duration // talked at least so long
	Limit     int           // rows of a page, 1 to MostRows; 0 is DefaultLimit, of files all
	After     Cursor        // rows behind this one

	Within *Scope // of these lines or users only: all of a reader's rows, whatever else is chosen; nil is everything, one without any nothing
	Mask   Mask   // takes out of rows what the reader may not see; nil shows them as they are
}

// A FilterError says which field of a query cannot be used and what would do:
// in English, and where that is a choice or a range also as such.
type FilterError struct {
	Field, Value, Want string
	Choices            []string
	Least, Most        float64
}

// Error is one line. The value is quoted and shortened; it can still be a
// caller's number, so it is for the person who typed it and not for logs.
func (e *FilterError) Error() string {
	value := e.Value
	if r := []rune(value); len(r) > 40 {
		value = string(r[:40]) + "…"
	}
	return fmt.Sprintf("%s=%s cannot be used: expected %s", e.Field, strconv.Quote(value), e.Want)
}

// ParseFilter reads a query string: from, to (RFC 3339, or a date or a time
// without a zone, which are the zone's; a date as "to" includes that day), day
// (a date; in the place of both), number, q, user, line, team, direction,
// outcome, waited, talked (seconds, or a duration such as 1m30s), rows, limit
// and after. Of a repeated field the first counts, unknown fields are ignored, a
// bad value of a known one is a *FilterError. now gives "today" and "yesterday"
// their meaning.
func ParseFilter(values url.Values, zone *time.Location, now time.Time) (Filter, error) {
	if zone == nil {
		zone = time.UTC
	}
	p := filterParser{values: values, zone: zone, now: now.In(zone)}
	f := Filter{
		Rows:   p.choice("rows", rowValues),
		Number: p.text("number"), Text: p.text("q"), User: p.text("user"), Line: p.text("line"), Team: p.text("team"),
		Direction: p.choice("direction", directionValues), Outcome: p.choice("outcome", outcomeValues),
		Waited: p.duration("waited"), Talked: p.duration("talked"), Limit: p.limit(),
	}
	if f.Number != "" && !strings.ContainsAny(f.Number, "0123456789") {
		p.fail("number", "a telephone number or some of its digits")
	}
	f.From, f.To = p.span()
	if text := values.Get("after"); text != "" {
		var err error
		if f.After, err = ParseCursor(text); err != nil {
			p.fail("after", `what the page before gave as "next"`)
		}
	}
	if p.err == nil && f.Rows == RowsJourneys && slices.Contains(outcomeNames(), f.Outcome) && f.Outcome != ResultLost {
		p.err = &FilterError{Field: "outcome", Value: f.Outcome, Want: "of journeys " + oneOf(journeyOutcomes), Choices: journeyOutcomes}
	}
	if p.err != nil {
		return Filter{}, p.err
	}
	return f, nil
}

// journeyOutcomes are what a journey can have come to.
var journeyOutcomes = []string{ResultAnswered, ResultUnanswered, ResultMissed, ResultLost}

// Values are the fields of a filter as ParseFilter reads them: what somebody
// chose, not what they may see.
func (f *Filter) Values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339Nano)
	}
	length := func(d time.Duration) string {
		if d == 0 {
			return ""
		}
		return d.String()
	}
	set("rows", f.Rows)
	set("from", at(f.From))
	set("to", at(f.To))
	set("number", f.Number)
	set("q", f.Text)
	set("user", f.User)
	set("line", f.Line)
	set("team", f.Team)
	set("direction", f.Direction)
	set("outcome", f.Outcome)
	set("waited", length(f.Waited))
	set("talked", length(f.Talked))
	if f.Limit != 0 {
		set("limit", strconv.Itoa(f.Limit))
	}
	set("after", f.After.String())
	return v
}

// A filterParser reads fields and keeps the first error.
type filterParser struct {
	values url.Values
	zone   *time.Location
	now    time.Time
	err    error
}

func (p *filterParser) fail(field, want string) {
	if p.err == nil {
		p.err = &FilterError{Field: field, Value: p.values.Get(field), Want: want}
	}
}

func (p *filterParser) text(field string) string {
	text := strings.TrimSpace(p.values.Get(field))
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxText || strings.ContainsFunc(text, unicode.IsControl) {
		p.fail(field, fmt.Sprintf("text of at most %d characters", maxText))
		return ""
	}
	return text
}

func (p *filterParser) choice(field string, choices []string) string {
	value := p.values.Get(field)
	if value == "" || slices.Contains(choices, value) {
		return value
	}
	if p.err == nil {
		p.err = &FilterError{Field: field, Value: value, Want: oneOf(choices), Choices: choices}
	}
	return ""
}

func oneOf(choices []string) string {
	return strings.Join(choices[:len(choices)-1], ", ") + " or " + choices[len(choices)-1]
}

func (p *filterParser) duration(field string) time.Duration {
	const most = 24 * time.Hour
	value := p.values.Get(field)
	if value == "" {
		return 0
	}
	d, err := time.ParseDuration(value)
	if err != nil {
		if strings.Trim(value, "0123456789") != "" || len(value) > 6 {
			p.fail(field, "seconds, or a duration such as 1m30s")
			return 0
		}
		n, _ := strconv.Atoi(value) // digits, few of them
		d = time.Duration(n) * time.Second
	}
	if d < 0 || d > most {
		p.fail(field, "a duration from 0s to 24h")
		return 0
	}
	return d
}

func (p *filterParser) limit() int {
	value := p.values.Get("limit")
	if value == "" {
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > MostRows {
		if p.err == nil {
			p.err = &FilterError{Field: "limit", Value: value, Want: fmt.Sprintf("a whole number from 1 to %d", MostRows), Least: 1, Most: MostRows}
		}
		return 0
	}
	return n
}

const wantTime = "a time such as 2026-11-22T13:00:00Z, or a date such as 2026-11-22"

// span is the stretch of time that from and to, or day, ask for.
func (p *filterParser) span() (from, to time.Time) {
	if value := p.values.Get("day"); value != "" {
		if p.values.Get("from") != "" || p.values.Get("to") != "" {
			p.fail("day", "a day alone, or from and to")
			return from, to
		}
		day, ok := p.date(value)
		if !ok {
			p.fail("day", "a date such as 2026-11-22")
			return from, to
		}
		return DayOf(day, p.zone)
	}
	from, _ = p.moment("from", false)
	to, _ = p.moment("to", true)
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		p.fail("to", "a time after from")
	}
	return from, to
}

// date reads a day of the zone.
func (p *filterParser) date(value string) (time.Time, bool) {
	switch value {
	case "today":
		return p.now, true
	case "yesterday":
		return p.now.AddDate(0, 0, -1), true
	}
	day, err := time.ParseInLocation(time.DateOnly, value, p.zone)
	return day.Add(12 * time.Hour), err == nil && sensible(day)
}

// moment reads a point in time; a date as an end is the end of that day.
func (p *filterParser) moment(field string, end bool) (time.Time, bool) {
	value := p.values.Get(field)
	if value == "" {
		return time.Time{}, false
	}
	if day, ok := p.date(value); ok {
		begins, ends := DayOf(day, p.zone)
		if end {
			return ends, true
		}
		return begins, true
	}
	// A "+" that was not escaped in the address has become a blank.
	t, err := time.Parse(time.RFC3339Nano, strings.ReplaceAll(value, " ", "+"))
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if err != nil {
			t, err = time.ParseInLocation(form, value, p.zone)
		}
	}
	if err != nil || !sensible(t) {
		p.fail(field, wantTime)
		return time.Time{}, false
	}
	return t.UTC(), true
}

// sensible reports a time that nanoseconds since 1970 can tell.
func sensible(t time.Time) bool { return t.Year() >= 1980 && t.Year() < 2200 }

// DayOf is the day of the zone in which a moment lies: from its midnight to the
// next one.
func DayOf(at time.Time, zone *time.Location) (from, to time.Time) {
	y, m, d := at.In(zone).Date()
	return state.Midnight(y, m, d, zone).UTC(), state.Midnight(y, m, d+1, zone).UTC()
}

// A Cursor is a place in a list of rows, newest first. New rows never move it:
// what began later stands before it. The zero value is the beginning.
type Cursor struct {
	at int64  // start of the row, nanoseconds since 1970
	id uint64 // its number
}

// IsZero reports the beginning of the list, as the answer the end of it.
func (c Cursor) IsZero() bool { return c == Cursor{} }

// String is opaque and safe in an address; empty for the zero value.
func (c Cursor) String() string {
	if c.IsZero() {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1.%s.%s", strconv.FormatInt(c.at, 36), strconv.FormatUint(c.id, 36)))
}

// ParseCursor reads what String wrote.
func ParseCursor(text string) (Cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	parts := strings.Split(string(raw), ".")
	if err != nil || len(parts) != 3 || parts[0] != "1" {
		return Cursor{}, errBadCursor
	}
	at, err := strconv.ParseInt(parts[1], 36, 64)
	if err != nil {
		return Cursor{}, errBadCursor
	}
	id, err := strconv.ParseUint(parts[2], 36, 63)
	if err != nil {
		return Cursor{}, errBadCursor
	}
	return Cursor{at, id}, nil
}

var errBadCursor = errors.New("history: not a cursor")
