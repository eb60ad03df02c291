// Package rules holds the thresholds of a board, read from a settings file or
// as they are by default, and the engine that turns readings into alarms with
// on-delay, off-delay, deadband and re-alarm. It is pure but for Load.
package rules

import (
	"time"

	"callboard/internal/kpi"
)

// A Limit is one threshold. The zero value never raises.
type Limit struct {
	Over     float64       // a reading above raises; ages in seconds, shares in per cent
	Under    float64       // a reading below raises; 0 means none
	Deadband float64       // how far a reading must come back before it is over
	On, Off  time.Duration // how long a reading must be beyond, or back, before anything is said
	Again    time.Duration // an alarm that lasts is raised anew after so long; 0 never
	Least    int           // sample below which a ratio raises nothing
}

// Rules are all settings that say when a person is needed.
type Rules struct {
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
}

// Chat is "customers ring while colleagues chat": at least one customer rings
// longer than Ring while at least Colleagues people talk internally.
type Chat struct {
	Ring       time.Duration
	Colleagues int // 0 switches it off
}

// Capacity warns when calls at once come near what the trunk can carry.
type Capacity struct {
	Lines       int // 0 switches it off
	Warn, Alarm int // per cent of Lines
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
