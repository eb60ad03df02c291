package hub

import (
	"time"

	"callboard/views"
)

// A DurationFact says what the PBX's duration of a call means, as calls that are
// kept tell: how many there are of which both the PBX's value and our own are
// known, and how many of them agree with which reading.
type DurationFact struct {
	Verdict string    // "talk", "total", "unclear", "unknown" (too few calls yet)
	Since   time.Time // calls that began since
	Calls   int
	Talk    int // it is the talk and nothing else
	Total   int // it is ring and talk together
	Both    int // hardly rang, so it may be either
	Neither int
	Needed  int // calls that can tell, before there is a verdict
}

// Verdicts of a DurationFact.
const (
	DurationTalk    = "talk"
	DurationTotal   = "total"
	DurationUnclear = "unclear"
)

// TellDuration is what pages say of the PBX's duration from now on.
func (h *Hub) TellDuration(f DurationFact) { h.duration.Store(&f) }

// durationText explains what the duration means on this PBX, for the status
// page; note says by how many calls. Empty where nothing is kept.
func (c *composer) durationText() (text, note string) {
	f := c.p.h.duration.Load()
	if f == nil || c.partial() {
		return "", ""
	}
	w := &c.words.OnDuration
	count := c.words.Count
	tell := f.Talk + f.Total + f.Neither
	switch f.Verdict {
	case DurationTalk:
		text = sprintf(w.TalkFmt, count(f.Talk), count(tell))
	case DurationTotal:
		text = sprintf(w.TotalFmt, count(f.Total), count(tell))
	case DurationUnclear:
		text = sprintf(w.UnclearFmt, count(f.Talk), count(tell), count(f.Total), count(f.Neither))
	default:
		text = sprintf(w.TooFewFmt, count(tell), count(f.Needed))
	}
	if f.Both > 0 {
		text += " " + sprintf(w.BothFmt, count(f.Both))
	}
	return text, sprintf(w.SinceFmt, count(f.Calls), c.words.Date(c.local(f.Since)))
}

// durationOf is the PBX's duration of a call with what it means here.
func (c *composer) durationOf(d time.Duration) string {
	length := views.FormatAge(d, false)
	f := c.p.h.duration.Load()
	if f == nil {
		return length
	}
	w := &c.words.OnDuration
	switch f.Verdict {
	case DurationTalk:
		return spaced(length, w.Talk)
	case DurationTotal:
		return spaced(length, w.Total)
	case DurationUnclear:
		return spaced(length, w.Unclear)
	}
	return spaced(length, w.TooFew)
}
