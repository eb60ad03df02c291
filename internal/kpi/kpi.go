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
// field says "abandoned".
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
	Short   time.Duration // an unanswered call that rang less is short and left out (variant 5 counts it as served); 0 leaves none out
}

// DefaultServiceLevel is 80 % in 20 s, short below 5 s.
var DefaultServiceLevel = ServiceLevel{Variant: DefaultVariant, Goal: 80, Within: 20 * time.Second, Short: 5 * time.Second}

// A Ratio is a share of a sample; of nothing it is n/a, never zero.
type Ratio struct{ Part, Of int }

// Level is a service level with what it is made of.
type Level struct {
	Ratio
	InTime      int      // answered within T
	Late        int      // answered after T
	GaveUpLate  int      // unanswered, rang T or longer
	GaveUpEarly int      // unanswered, rang less than T, not short
	Short       int      // unanswered, rang less than Short
	OverNow     int      // ringing now, past T: counted as failed at once
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
	LongestWait                   time.Duration // of today, the present included
	GaveUp                        time.Duration // summed ring time of unanswered journeys
	GaveUps                       int
	Talk                          time.Duration // summed over Talks ended conversations with customers
	Talks                         int
	Rung                          int // telephones rung, summed over the answered journeys; ring depth is Rung/Answered
	Peak                          int // most journeys up at once
	PeakAt                        time.Time
}

// Of computes the numbers of the journeys that match; a nil match takes all.
func Of(journeys []state.Journey, sl ServiceLevel, now time.Time, match func(*state.Journey) bool) Numbers {
	panic("stub")
}
