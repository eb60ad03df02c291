package kpi

import (
	"time"

	"callboard/internal/state"
)

// A Name names a number, in addresses and in the API.
type Name string

// The numbers, in the order in which they are listed.
const (
	NServiceLevel Name = "service-level"
	NAnswerRate   Name = "answer-rate"
	NOffered      Name = "offered"
	NAnswered     Name = "answered"
	NUnanswered   Name = "unanswered"
	NMissed       Name = "missed"
	NRinging      Name = "longest-ringing"
	NLongest      Name = "longest-wait"
	NASA          Name = "asa"
	NGaveUp       Name = "gave-up"
	NATT          Name = "talk-time"
	NDepth        Name = "ring-depth"
	NPeak         Name = "peak"
	NOutbound     Name = "outbound"
	NInternal     Name = "internal"
)

// Names lists them.
var Names = []Name{
	NServiceLevel, NAnswerRate, NOffered, NAnswered, NUnanswered, NMissed, NRinging, NLongest,
	NASA, NGaveUp, NATT, NDepth, NPeak, NOutbound, NInternal,
}

// A Unit says what a figure counts.
type Unit string

// Units of figures.
const (
	Calls      Unit = "calls"
	Percent    Unit = "percent"
	Seconds    Unit = "seconds"
	Telephones Unit = "telephones"
)

// A Figure is one number with its sample.
type Figure struct {
	Name   Name
	Value  float64
	Known  bool // false: a ratio or average of nothing
	Unit   Unit
	Sample int
	Since  time.Time // a duration that grows by itself runs since then; zero if it stands
	At     time.Time // when the peak was reached
	Counts bool      // a count or a maximum: with something missing it is a least
}

// Figure is a number by its name. That of NMissed is not made of journeys and
// is unknown here.
func (n *Numbers) Figure(name Name) Figure {
	f := Figure{Name: name, Unit: Calls, Known: true, Counts: true}
	count := func(c int) { f.Value, f.Sample = float64(c), c }
	ratio := func(r Ratio) {
		f.Unit, f.Counts, f.Known, f.Sample = Percent, false, r.Known(), r.Of
		if f.Known {
			f.Value = 100 * float64(r.Part) / float64(r.Of)
		}
	}
	mean := func(d time.Duration, known bool, of int) {
		f.Unit, f.Counts, f.Known, f.Sample, f.Value = Seconds, false, known, of, d.Seconds()
	}
	switch name {
	case NServiceLevel:
		ratio(n.Level.Ratio)
	case NAnswerRate:
		ratio(n.AnswerRate())
	case NOffered:
		count(n.Offered)
	case NAnswered:
		count(n.Answered)
	case NUnanswered:
		count(n.Unanswered)
	case NMissed:
		f.Known = false
	case NRinging:
		f.Unit, f.Sample, f.Known, f.Since = Seconds, n.Ringing, !n.RingingSince.IsZero(), n.RingingSince
		f.Counts = n.RingingUnknown > 0
	case NLongest:
		f.Unit, f.Known, f.Value, f.Sample = Seconds, n.LongestID != 0, n.LongestWait.Seconds(), n.Measured
		if n.LongestRuns {
			f.Since = n.LongestSince
		}
	case NASA:
		d, ok := n.ASA()
		mean(d, ok, n.Waits)
	case NGaveUp:
		d, ok := n.AverageGaveUp()
		mean(d, ok, n.GaveUps)
	case NATT:
		d, ok := n.ATT()
		mean(d, ok, n.Talks)
	case NDepth:
		d, ok := n.Depth()
		f.Unit, f.Counts, f.Known, f.Value, f.Sample = Telephones, false, ok, d, n.Hunted
	case NPeak:
		f.Value, f.Sample, f.At = float64(n.Peak), n.Sampled, n.PeakAt
	case NOutbound:
		count(n.Outbound)
	case NInternal:
		count(n.Internal)
	default:
		f.Known = false
	}
	return f
}

// A Part names journeys that fare alike in a number.
type Part string

// The parts; those of a service level are its buckets.
const (
	PInTime      Part = "in-time"
	PLate        Part = "late"
	PGaveUpLate  Part = "gave-up-late"
	PGaveUpEarly Part = "gave-up-early"
	PShort       Part = "short"
	POverNow     Part = "over-now"
	PWaiting     Part = "waiting"
	PUnmeasured  Part = "unmeasured"
	PLost        Part = "lost"
	PAnswered    Part = "answered"
	PUnanswered  Part = "unanswered"
	PRinging     Part = "ringing"
	PTalked      Part = "talked"
	PTalking     Part = "talking"
	POne         Part = "one"
	PTwo         Part = "two"
	PMore        Part = "more"
	PUnseen      Part = "unseen"
	PUp          Part = "up"
)

var bucketParts = [...]Part{"", PInTime, PLate, PGaveUpLate, PGaveUpEarly, PShort, POverNow, PWaiting, PUnmeasured, PLost}

// Parts lists them in the order in which they are shown.
var Parts = []Part{
	PInTime, PLate, PAnswered, PUnanswered, PGaveUpLate, PGaveUpEarly, PShort, POverNow, PRinging, PWaiting,
	PTalked, PTalking, POne, PTwo, PMore, PUp, PUnseen, PUnmeasured, PLost,
}

// A Share is a part of a number's sample with the journeys in it.
type Share struct {
	Part  Part
	Role  Role
	Index []int // into the journeys, in their order
}

// Explain says which journeys a number was made of, and which were left out. n
// are the numbers of the same journeys, settings, moment and match.
func Explain(name Name, n *Numbers, journeys []state.Journey, sl ServiceLevel, now time.Time, match func(*state.Journey) bool) []Share {
	by := map[Part]*Share{}
	if name == NServiceLevel { // what could count against it is named even if nothing does
		for _, b := range Buckets {
			if role := sl.Variant.Role(b); role != LeftOut {
				by[bucketParts[b]] = &Share{Part: bucketParts[b], Role: role}
			}
		}
	}
	for i := range journeys {
		j := &journeys[i]
		if match != nil && !match(j) {
			continue
		}
		part, role := place(name, n, j, sl, now)
		if part == "" {
			continue
		}
		s := by[part]
		if s == nil {
			s = &Share{Part: part, Role: role}
			by[part] = s
		}
		s.Index = append(s.Index, i)
	}
	var out []Share
	for _, part := range Parts {
		if s := by[part]; s != nil {
			out = append(out, *s)
		}
	}
	return out
}

// place says what a journey is to a number; an empty part is nothing.
func place(name Name, n *Numbers, j *state.Journey, sl ServiceLevel, now time.Time) (Part, Role) {
	bucket := BucketOf(j, sl, now)
	part := bucketParts[bucket]
	end := outcome(j)
	_, known := waited(j, now)
	switch name {
	case NServiceLevel:
		return part, sl.Variant.Role(bucket)
	case NRinging:
		if customer(j) && end == PRinging {
			return PRinging, Served
		}
		return "", LeftOut
	case NPeak:
		if j.Kind != state.Internal && !n.PeakAt.IsZero() && upAt(j, n.PeakAt, now) {
			return PUp, Served
		}
		return "", LeftOut
	case NATT:
		switch {
		case !j.Counted || j.Kind == state.Internal || j.Answered.IsZero():
			return "", LeftOut
		case j.Talks > 0:
			return PTalked, Served
		case j.Up():
			return PTalking, LeftOut
		}
		return PUnmeasured, LeftOut
	case NOutbound:
		if j.Counted && j.Kind == state.Outbound {
			return end, Served
		}
		return "", LeftOut
	case NInternal:
		if j.Counted && j.Kind == state.Internal {
			return end, Served
		}
		return "", LeftOut
	case NLongest:
		if customer(j) && (j.Counted || end == PRinging) {
			if !known {
				return unknownPart(j), LeftOut
			}
			return end, Served
		}
		return "", LeftOut
	}
	if bucket == NotOffered {
		return "", LeftOut
	}
	switch name {
	case NAnswerRate:
		switch end {
		case PAnswered:
			return end, Served
		case PUnanswered:
			return end, Against
		}
		return end, LeftOut
	case NOffered:
		return end, Served
	case NAnswered:
		if end == PAnswered {
			return part, Served
		}
	case NUnanswered:
		if end == PUnanswered {
			return part, Served
		}
	case NASA:
		if end == PAnswered {
			return measured(known)
		}
	case NGaveUp:
		if end == PUnanswered {
			if !known {
				return PUnmeasured, LeftOut
			}
			return PUnanswered, Served
		}
	case NDepth:
		if end == PAnswered {
			switch j.Rung {
			case 0:
				return PUnseen, LeftOut
			case 1:
				return POne, Served
			case 2:
				return PTwo, Served
			}
			return PMore, Served
		}
	}
	return "", LeftOut
}

func measured(known bool) (Part, Role) {
	if !known {
		return PUnmeasured, LeftOut
	}
	return PAnswered, Served
}

func unknownPart(j *state.Journey) Part {
	if j.Lost && j.Answered.IsZero() {
		return PLost
	}
	return PUnmeasured
}

// outcome is how a journey stands: answered, ringing, unanswered, or lost.
func outcome(j *state.Journey) Part {
	switch {
	case !j.Answered.IsZero():
		return PAnswered
	case j.Up():
		return PRinging
	case j.Lost:
		return PLost
	}
	return PUnanswered
}
