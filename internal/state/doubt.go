package state

import "time"

// String is the reason in plain English, times in UTC. Views word it anew for
// their readers.
func (d Doubt) String() string {
	at := func(t time.Time) string { return t.UTC().Format("15:04:05") }
	switch d.Kind {
	case DoubtGap:
		if d.To.IsZero() {
			return "no view of the feed since " + at(d.From)
		}
		return "gap in the feed " + at(d.From) + " to " + at(d.To)
	case DoubtNoSnapshot:
		return "the list of active calls could not be had after the gap at " + at(d.From)
	case DoubtContradict:
		return "the same user talks to another customer since " + at(d.From)
	case DoubtHalf:
		return "one side left at " + at(d.From) + " without a hang-up"
	case DoubtRingingLong:
		return "no news while ringing since " + at(d.From)
	case DoubtTalkingLong:
		return "no news while talking since " + at(d.From)
	case DoubtInferred:
		return "inferred from a transfer at " + at(d.From)
	case DoubtUnmatched:
		return "inferred, and not clearly among the active calls at " + at(d.From)
	}
	return ""
}

// ofGap reports that a gap is behind the doubt, whether or not a list could be
// had after it.
func (d Doubt) ofGap() bool { return d.Kind == DoubtGap || d.Kind == DoubtNoSnapshot }
