package hub

import (
	"slices"
	"strconv"
	"time"
)

// The pages of what is kept beyond memory: the record of interruptions, one of
// them, and the hand-over of a shift. Their live parts are the same whatever
// the query chooses of the record, which the pages read when they are opened.

// Kinds of interruptions, as the page "/gaps" filters them.
const (
	GapFeed    = "feed"    // the PBX's link was lost
	GapProcess = "process" // Callboard did not run, or the machine slept
	GapDisk    = "disk"    // the disk took nothing: the record has a hole
	GapClock   = "clock"   // this machine's clock was set
)

// GapKinds lists them.
var GapKinds = []string{GapFeed, GapProcess, GapDisk, GapClock}

// gapStates are what a list of interruptions can be narrowed to: those not
// reviewed yet, and those of which calls are still in doubt.
var gapStates = []string{"open", "doubt"}

const maxShift = 40 // characters of a shift's name, as the settings file has it

// record reads the fields of the pages of what is kept.
func (p *parser) record(q *Query) {
	q.Theme = p.choice("theme", themeValues, "")
	switch q.Page {
	case PageGap:
		q.Gap = p.gapID("gap")
	case PageGaps:
		q.Day = p.dayOf("day")
		q.Kind = p.choice("kind", GapKinds, "")
		q.State = p.choice("state", gapStates, "")
		q.After = p.gapID("after")
	case PageHandover:
		q.Day = p.dayOf("day")
		q.Shift = p.text("shift")
		if len([]rune(q.Shift)) > maxShift {
			p.fail("shift", q.Shift, "the name of a shift")
		}
		q.From, q.To = p.momentOf("from"), p.momentOf("to")
		switch {
		case q.From == "" && q.To != "":
			p.fail("from", "", "a time before to")
		case q.To == "" && q.From != "":
			p.fail("to", "", "a time after from")
		case q.From != "" && q.Shift != "":
			p.fail("shift", q.Shift, "either shift, or from and to")
		case q.From != "" && q.Day != "":
			p.fail("day", q.Day, "either day, or from and to")
		}
	}
}

// gapID reads the number of an interruption: its beginning in milliseconds.
func (p *parser) gapID(field string) int64 {
	s := p.get(field)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || n > maxInstant {
		p.fail(field, s, "the number of a gap")
		return 0
	}
	return n
}

// maxInstant is the end of the year 9999 in milliseconds: later is no time that
// can be written.
const maxInstant = 253402300799999

func (p *parser) dayOf(field string) string {
	s := p.get(field)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		p.fail(field, s, "a day such as 2026-11-22")
		return ""
	}
	return s
}

// momentLayouts are the spellings of a moment; those without a zone are in the
// configured one.
var momentLayouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05"}

func (p *parser) momentOf(field string) string {
	s := p.get(field)
	if s == "" {
		return ""
	}
	if _, ok := Moment(s, time.UTC); !ok {
		p.fail(field, s, "a time such as 2026-11-22T14:00 or 2026-11-22T14:00:00+01:00")
		return ""
	}
	return s
}

// Moment reads a moment of a query: RFC 3339, or a time of the zone without one.
func Moment(s string, zone *time.Location) (t time.Time, ok bool) {
	t, err := time.Parse(time.RFC3339, s)
	for _, layout := range momentLayouts {
		if err != nil {
			t, err = time.ParseInLocation(layout, s, zone)
		}
	}
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// kept reports a page of what is kept beyond memory.
func (q Query) kept() bool { return slices.Contains([]string{PageGaps, PageGap, PageHandover}, q.Page) }

// gapText is the number of an interruption in addresses; empty for none.
func gapText(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}
