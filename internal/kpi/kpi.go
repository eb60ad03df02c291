// Package kpi turns the journeys of a day into the numbers people steer by,
// and says how each came about: formula, sample, and the journeys behind it.
// It is pure: the same journeys, settings and moment give the same numbers.
// Names and formulas follow the field's terms; what the feed cannot prove
// (abandoned, hold, handle time, occupancy) is not here.
package kpi

import (
	"time"

	"callboard/internal/state"
)

// Variant is a way to count a service level; T is the threshold. The feed
// cannot tell who ended an unanswered call, so "unanswered" stands where the
// field says "abandoned". "In T" means T or less. A call that still rings past
// T has failed already: in all variants but the second it counts with the
// unanswered after T.
type Variant int

// The five variants in use.
const (
	InTimeOrGaveUpOfAll Variant = 1 // (answered in T + unanswered in T) / (answered + unanswered)
	InTimeOfAnswered    Variant = 2 // answered in T / answered
	InTimeOfAll         Variant = 3 // answered in T / (answered + unanswered)
	InTimeWithoutEarly  Variant = 4 // answered in T / (answered + unanswered after T)
	InTimeOrShortOfAll  Variant = 5 // (answered in T + short) / (answered + unanswered)
	DefaultVariant              = InTimeWithoutEarly
)

// ServiceLevel are the settings of a service level.
type ServiceLevel struct {
	Variant Variant
	Goal    int           // per cent, 1 to 100
	Within  time.Duration // T
	Short   time.Duration // an unanswered call that rang less is short: variant 5 counts it as served, variant 4 leaves it out even past T; 0: none is short
}

// DefaultServiceLevel is 80 % in 20 s, short below 5 s.
var DefaultServiceLevel = ServiceLevel{Variant: DefaultVariant, Goal: 80, Within: 20 * time.Second, Short: 5 * time.Second}

// A Ratio is a share of a sample; of nothing it is n/a, never zero.
type Ratio struct{ Part, Of int }

// Known reports that the sample is not empty.
func (r Ratio) Known() bool { return r.Of > 0 }

// Percent is the share in whole per cent, rounded; but 100 only when all, and 0
// only when none. It is 0 of an empty sample, which callers print as n/a.
func (r Ratio) Percent() int {
	if r.Of <= 0 {
		return 0
	}
	p := (200*r.Part + r.Of) / (2 * r.Of)
	if r.Part < r.Of {
		p = min(p, 99)
	}
	if r.Part > 0 {
		p = max(p, 1)
	}
	return p
}

// Level is a service level with what it is made of. Each journey offered is in
// exactly one of InTime to Lost.
type Level struct {
	Ratio
	InTime      int      // answered within T
	Late        int      // answered after T
	GaveUpLate  int      // unanswered, rang longer than T, not short
	GaveUpEarly int      // unanswered, rang T or less, not short
	Short       int      // unanswered, rang less than Short
	OverNow     int      // ringing now, longer than T: counted as failed at once
	Waiting     int      // ringing now, T or less: open
	Unmeasured  int      // how long it rang was not witnessed: left out
	Lost        int      // not answered as far as is known, its end not seen: left out
	Others      [6]Ratio // the same journeys by each variant, by its number; 0 is unused
}

// Numbers are the figures of a choice of journeys.
type Numbers struct {
	Offered, Answered, Unanswered int
	Undecided                     int // offered, still ringing or their end not seen
	Outbound, Internal            int
	Level                         Level
	Wait                          time.Duration // summed over Waits answered journeys whose wait was witnessed; ASA is Wait/Waits
	Waits                         int
	Ringing                       int           // customers' journeys that ring now
	RingingUnknown                int           // of these, they rang before they were seen; one makes RingingSince the latest it can be
	RingingSince                  time.Time     // since when the longest rings, or was seen to; zero if there is none
	LongestWait                   time.Duration // of today, the present included
	LongestID                     uint64        // journey of LongestWait; 0 if nobody waited
	LongestRuns                   bool          // that journey still rings, so LongestWait grows
	LongestSince                  time.Time     // its start
	Measured                      int           // customers' journeys whose wait is known, LongestWait's sample
	GaveUp                        time.Duration // summed ring time of unanswered journeys
	GaveUps                       int
	Talk                          time.Duration // summed over Talks ended conversations with customers, in and out
	Talks                         int
	Rung                          int // telephones rung, summed over the Hunted answered journeys; ring depth is Rung/Hunted
	Hunted                        int // answered journeys of which a telephone was seen ringing
	Peak                          int // most customers' journeys up at once, in and out
	PeakAt                        time.Time
	Sampled                       int       // customers' journeys that Peak was taken over
	AtLeast                       bool      // an end was not seen, so Peak is a least
	Turns                         time.Time // when the numbers change by the passing of time alone; zero if never
}

// ASA is the average speed of answer; false if nothing was measured.
func (n *Numbers) ASA() (time.Duration, bool) { return average(n.Wait, n.Waits) }

// ATT is the average talk time; false if no talk has ended.
func (n *Numbers) ATT() (time.Duration, bool) { return average(n.Talk, n.Talks) }

// AverageGaveUp is the average ring time of the unanswered.
func (n *Numbers) AverageGaveUp() (time.Duration, bool) { return average(n.GaveUp, n.GaveUps) }

// Depth is the average number of telephones rung before an answer.
func (n *Numbers) Depth() (float64, bool) {
	if n.Hunted == 0 {
		return 0, false
	}
	return float64(n.Rung) / float64(n.Hunted), true
}

// AnswerRate is answered / (answered + unanswered): who still rings is not
// decided.
func (n *Numbers) AnswerRate() Ratio { return Ratio{n.Answered, n.Answered + n.Unanswered} }

func average(sum time.Duration, n int) (time.Duration, bool) {
	if n == 0 {
		return 0, false
	}
	return sum / time.Duration(n), true
}

// A Bucket is where a journey of a customer who came in stands towards a
// service level.
type Bucket int

// The buckets, in the order of Level's fields.
const (
	NotOffered Bucket = iota // outbound, internal, or not of today
	InTime
	Late
	GaveUpLate
	GaveUpEarly
	Short
	OverNow
	Waiting
	Unmeasured
	Lost
)

// Buckets lists those that an offered journey can be in.
var Buckets = []Bucket{InTime, Late, GaveUpLate, GaveUpEarly, Short, OverNow, Waiting, Unmeasured, Lost}

// BucketOf says where a journey stands.
func BucketOf(j *state.Journey, sl ServiceLevel, now time.Time) Bucket {
	if !offered(j) {
		return NotOffered
	}
	wait, known := waited(j, now)
	switch {
	case j.Answered.IsZero() && j.Lost:
		return Lost
	case !known:
		return Unmeasured
	case !j.Answered.IsZero():
		if wait <= sl.Within {
			return InTime
		}
		return Late
	case j.Up():
		if wait <= sl.Within {
			return Waiting
		}
		return OverNow
	case wait < sl.Short:
		return Short
	case wait <= sl.Within:
		return GaveUpEarly
	}
	return GaveUpLate
}

// waited is how long a customer waited. A negative wait is none: two clocks
// were at work.
func waited(j *state.Journey, now time.Time) (time.Duration, bool) {
	d, known := j.Wait(now)
	return d, known && d >= 0
}

// offered reports a customer who came in today.
func offered(j *state.Journey) bool { return j.Counted && customer(j) }

// customer reports somebody from outside who came in, or rings towards nobody
// known yet.
func customer(j *state.Journey) bool { return j.Kind != state.Outbound && j.Kind != state.Internal }

// By is the level counted by a variant.
func (l *Level) By(v Variant) (r Ratio) {
	for _, b := range Buckets {
		switch n := *l.at(b); v.Role(b) {
		case Served:
			r.Part += n
			r.Of += n
		case Against:
			r.Of += n
		}
	}
	return r
}

// A Role is what a part of a sample does to a number.
type Role int

// Roles of parts. Of a number that is no ratio all of its sample is Served.
const (
	LeftOut Role = iota
	Against      // of the sample, not counted as served
	Served
)

// Role is what a variant makes of a bucket.
func (v Variant) Role(b Bucket) Role {
	switch b {
	case InTime:
		return Served
	case Late:
		return Against
	case GaveUpLate, OverNow:
		if v != InTimeOfAnswered {
			return Against
		}
	case GaveUpEarly:
		switch v {
		case InTimeOrGaveUpOfAll:
			return Served
		case InTimeOfAll, InTimeOrShortOfAll:
			return Against
		}
	case Short:
		switch v {
		case InTimeOrGaveUpOfAll, InTimeOrShortOfAll:
			return Served
		case InTimeOfAll:
			return Against
		}
	}
	return LeftOut
}

// at is the count of a bucket.
func (l *Level) at(b Bucket) *int {
	return [...]*int{new(int), &l.InTime, &l.Late, &l.GaveUpLate, &l.GaveUpEarly, &l.Short, &l.OverNow, &l.Waiting, &l.Unmeasured, &l.Lost}[b]
}

// Count is how many journeys are in a bucket.
func (l *Level) Count(b Bucket) int { return *l.at(b) }

// Of computes the numbers of the journeys that match; a nil match takes all.
func Of(journeys []state.Journey, sl ServiceLevel, now time.Time, match func(*state.Journey) bool) Numbers {
	var n Numbers
	var ups []edge
	var rings time.Time // since when the longest of those rings whose wait is known
	for i := range journeys {
		j := &journeys[i]
		if match != nil && !match(j) {
			continue
		}
		n.add(j, sl, now)
		if _, known := waited(j, now); known && customer(j) && ringing(j) && (rings.IsZero() || j.Start.Before(rings)) {
			rings = j.Start
		}
		if j.Kind != state.Internal {
			n.Sampled++
			ups = append(ups, edges(j, now)...)
			n.AtLeast = n.AtLeast || j.Lost
		}
	}
	n.Level.Ratio = n.Level.By(sl.Variant)
	for v := InTimeOrGaveUpOfAll; v <= InTimeOrShortOfAll; v++ {
		n.Level.Others[v] = n.Level.By(v)
	}
	n.Peak, n.PeakAt = peak(ups)
	if !rings.IsZero() && !n.LongestRuns { // the longest wait of today is one that is over, until this one is longer
		n.turnAt(rings.Add(n.LongestWait + 1))
	}
	return n
}

// turnAt notes that a number is another one from a moment on.
func (n *Numbers) turnAt(t time.Time) {
	if n.Turns.IsZero() || t.Before(n.Turns) {
		n.Turns = t
	}
}

// ringing reports a journey that is up and has not been answered.
func ringing(j *state.Journey) bool { return j.Up() && j.Answered.IsZero() }

// add counts one journey.
func (n *Numbers) add(j *state.Journey, sl ServiceLevel, now time.Time) {
	wait, known := waited(j, now)
	rings := customer(j) && ringing(j)
	if rings {
		n.Ringing++
		if !known {
			n.RingingUnknown++
		}
		if !j.Start.IsZero() && (n.RingingSince.IsZero() || j.Start.Before(n.RingingSince)) {
			n.RingingSince = j.Start
		}
	}
	if customer(j) && known && (j.Counted || rings) {
		n.Measured++
		if wait > n.LongestWait || n.LongestID == 0 {
			n.LongestWait, n.LongestID, n.LongestRuns, n.LongestSince = wait, j.ID, rings, j.Start
		}
	}
	if !j.Counted {
		return
	}
	if j.Kind != state.Internal {
		n.Talk += j.Talk
		n.Talks += j.Talks
	}
	switch j.Kind {
	case state.Outbound:
		n.Outbound++
		return
	case state.Internal:
		n.Internal++
		return
	}
	n.Offered++
	bucket := BucketOf(j, sl, now)
	*n.Level.at(bucket)++
	if bucket == Waiting {
		n.turnAt(j.Start.Add(sl.Within + 1))
	}
	switch {
	case !j.Answered.IsZero():
		n.Answered++
		if known {
			n.Wait += wait
			n.Waits++
		}
		if j.Rung > 0 { // else nobody was seen ringing: it was first seen connected
			n.Rung += j.Rung
			n.Hunted++
		}
	case j.Up() || j.Lost:
		n.Undecided++
	default:
		n.Unanswered++
		if known {
			n.GaveUp += wait
			n.GaveUps++
		}
	}
}
