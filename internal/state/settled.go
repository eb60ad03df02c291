package state

import "time"

func (Tick) fact()     {}
func (ClockSet) fact() {}
func (Forget) fact()   {}

// A Tick is the sign of life of whoever orders the inputs, every ten seconds.
// It changes nothing but the time. Code is the board's code at that moment, so
// that a replay can tell whether it came to the same board; 0 if none was taken.
type Tick struct{ Code uint64 }

// ClockSet says that this machine's clock was set by so much: all times of the
// board move along, so that no age turns negative or stands still.
type ClockSet struct{ By time.Duration }

// Forget asks to erase one telephone number wherever the board holds it, in
// the normal form of Config.Normal.
type Forget struct{ Number string }

// Settled is what has come to an end, or changed after its end, since it was
// last asked for. A Board keeps it only with Config.Settle.
type Settled struct {
	Calls    []SettledCall
	Journeys []Journey // over; told again whenever late news changes one
	Gone     []uint64  // journeys told before that turned out to be part of another, or none
	Gaps     []Gap     // begun, ended or with other counts than before; From tells them apart
}

// SettledCall is a call that left the board.
type SettledCall struct {
	Ended
	Transfers int // how often its conversation passed to other people, as far as was seen
}
