// Package rules holds the thresholds of a board, read from a settings file or
// as they are by default, and the engine that turns readings into alarms with
// on-delay, off-delay, deadband and re-alarm. It is pure but for Load.
package rules

import (
	"math"
	"time"

	"callboard/internal/kpi"
)

// A Limit is one threshold. The zero value never raises.
type Limit struct {
	Over     float64       // a count or share above raises, an age that reaches it does; ages in seconds, shares in per cent; 0 means none
	Under    float64       // a reading below raises; 0 means none
	Deadband float64       // how far a reading must come back before it is over
	On, Off  time.Duration // how long a reading must be beyond, or back, before anything is said
	Again    time.Duration // an alarm that lasts is raised anew after so long; 0 never
	Least    int           // sample below which a ratio raises nothing
	Sound    bool          // viewers who want sounds hear this one
}

// Age is Over as a duration, for limits of ages.
func (l Limit) Age() time.Duration { return inSeconds(l.Over) }

// inSeconds is a number of seconds, to the millisecond as files have it.
func inSeconds(x float64) time.Duration {
	return time.Duration(math.Round(x*1000)) * time.Millisecond
}

// Set reports whether the limit can raise at all.
func (l Limit) Set() bool { return l.Over > 0 || l.Under > 0 }

// Rules are all settings that say when a person is needed.
type Rules struct {
	Company string // shown beside the product's name; may be empty
	Notice  string // line shown on boards and walls until somebody sets another; may be empty

	ServiceLevel kpi.ServiceLevel

	Ringing Limit // age of a customer's ringing, per call
	Talking Limit // age of a talk with a customer, per call
	Waiting Limit // customers ringing at once
	Level   Limit // service level, per cent
	Answer  Limit // answer rate, per cent
	ASA     Limit // seconds
	Missed  Limit // age of the oldest customer not called back

	Returned     time.Duration // customers should be called back within; target of "returned within"
	ReturnedGoal int           // per cent

	Chat     Chat
	Capacity Capacity
	Opening  Opening

	Shifts []Shift // handed over one by one; none means one of the opening hours, see InEffect

	SignIn []SignInGroup // groups of the company's sign-in service that may see the board
}

// Chat is "customers ring while colleagues chat": at least one customer rings
// longer than Ring while at least Colleagues people talk internally.
type Chat struct {
	Ring       time.Duration
	Colleagues int   // 0 switches it off
	Limit      Limit // its delays and sound; Over is not used
}

// Capacity warns when calls at once come near what the trunk can carry.
type Capacity struct {
	Lines       int   // 0 switches it off
	Warn, Alarm int   // per cent of Lines
	Limit       Limit // its delays, deadband (per cent) and sound; Over is not used
}

// Opening are the hours in which walls are at full brightness and alarms
// sound. Days are from Sunday; a day without hours is closed; no day at all
// means always open.
type Opening struct {
	Days [7][]Hours
}

// Hours are a stretch of a day, in minutes since midnight of the configured
// zone; To may be 1440.
type Hours struct{ From, To int }

// Always reports that no hours were given.
func (o *Opening) Always() bool {
	for _, day := range o.Days {
		if len(day) > 0 {
			return false
		}
	}
	return true
}

// Open reports whether a moment lies in the hours; t is in the configured zone.
func (o *Opening) Open(t time.Time) bool {
	if o.Always() {
		return true
	}
	minute := t.Hour()*60 + t.Minute()
	for _, h := range o.Days[t.Weekday()] {
		if minute >= h.From && minute < h.To {
			return true
		}
	}
	return false
}

// Next is the next moment after t at which Open changes; zero if it never
// does. t is in the configured zone.
func (o *Opening) Next(t time.Time) time.Time {
	if o.Always() {
		return time.Time{}
	}
	was := o.Open(t)
	y, m, d := t.Date()
	for day := range 8 {
		at := time.Date(y, m, d+day, 12, 0, 0, 0, t.Location()) // noon exists on every day
		edges := []int{0}
		for _, h := range o.Days[at.Weekday()] {
			edges = append(edges, h.From, h.To)
		}
		for _, minute := range edges {
			edge := time.Date(y, m, d+day, 0, minute, 0, 0, t.Location())
			if edge.After(t) && o.Open(edge) != was {
				return edge
			}
		}
	}
	return time.Time{}
}

// Default are the rules without a settings file.
func Default() Rules {
	const sec, min = time.Second, time.Minute
	return Rules{
		ServiceLevel: kpi.DefaultServiceLevel,
		Ringing:      Limit{Over: 30, Again: min, Sound: true},
		Talking:      Limit{Over: 1800, Again: 15 * min},
		Waiting:      Limit{Over: 4, Deadband: 1, On: 10 * sec, Off: 10 * sec, Again: 5 * min, Sound: true},
		Level:        Limit{Under: 80, Deadband: 2, On: min, Off: min, Again: 30 * min, Least: 20},
		Answer:       Limit{Under: 80, Deadband: 2, On: min, Off: min, Again: 30 * min, Least: 20},
		ASA:          Limit{Over: 30, Deadband: 3, On: min, Off: min, Again: 30 * min, Least: 20},
		Missed:       Limit{Over: 1800, Again: 30 * min},
		Returned:     30 * min,
		ReturnedGoal: 80,
		Chat:         Chat{Ring: 15 * sec, Colleagues: 3, Limit: Limit{On: 5 * sec, Off: 5 * sec, Again: 2 * min}},
		Capacity:     Capacity{Warn: 80, Alarm: 95, Limit: Limit{Deadband: 5, On: 5 * sec, Off: 30 * sec, Again: 10 * min, Sound: true}},
	}
}
