package state

import "time"

// Effect is what an event did to its call; views put it into words.
type Effect uint8

const (
	EffectNone       Effect = iota
	EffectCreated           // the call came up
	EffectRings             // another leg rings
	EffectAnswered          // talk began
	EffectSwitched          // the other party changed under the same id
	EffectLegGone           // one leg left
	EffectMissed            // a callee missed it
	EffectEnded             // the call ended
	EffectClosed            // a former part of the call ended, the call goes on
	EffectDuplicate         // told again, nothing new
	EffectDoubled           // hang-up told twice: the mark of a transfer
	EffectLate              // came after its call had ended
	EffectAdopted           // announces a conversation that had been inferred
	EffectInferred          // not an event: the board concluded a transfer
	EffectSeen              // a snapshot shows the call
	EffectAbsent            // a snapshot no longer shows it
	EffectDoubt             // confidence fell; Doubt says why
	EffectConfirmed         // confidence is back
	EffectSuperseded        // its id came back with another call
	EffectExpired           // silent past the last limit
	EffectDismissed         // an operator's word
	EffectDisagrees         // does not fit the call, its id decides
)

// An Entry is one line of a call's timeline. Entries made by the board itself
// (a snapshot, a timer, an inference) have an Event with type zero.
type Entry struct {
	At     time.Time // received
	Event  Event
	Effect Effect
	Times  int   // how often it was told, from 1
	Doubt  Doubt // with EffectDoubt and EffectInferred
}

// A History is everything the board knows of one call: the call, its timeline
// and the other calls of its journey.
type History struct {
	Call        Call
	Live        bool
	Outcome     Outcome       // if not Live
	EndedAt     time.Time     // if not Live
	PBXDuration time.Duration // as the PBX said on hang-up; negative if it said nothing
	Entries     []Entry
	Dropped     int    // entries beyond the bound of 200 a call, left out in the middle
	Parts       []Part // the other calls of the journey with their timelines, oldest first
	Journey     []Call // all calls of the journey still known, oldest first, this one included

	// LineNumbers are the own numbers of the lines by which the journey's calls
	// came in: a callee with one of them is a queue, not a telephone.
	LineNumbers []string
}

// Ended is a call that left the board.
type Ended struct {
	Call        Call // its last row
	At          time.Time
	Outcome     Outcome
	Answered    bool
	Talk        time.Duration // own measurement; zero if it never connected
	PBXDuration time.Duration // negative if the PBX said nothing usable
}

// A Part is another call of the same journey.
type Part struct {
	Call    Call
	Live    bool
	Outcome Outcome
	EndedAt time.Time
	Entries []Entry
}
