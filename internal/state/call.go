package state

import "time"

// Phase is where a live call stands.
type Phase uint8

const (
	Ringing Phase = iota + 1
	Talking       // the contract's "connected"
)

func (p Phase) String() string {
	switch p {
	case Ringing:
		return "ringing"
	case Talking:
		return "connected"
	}
	return "ended"
}

// Direction of a call, derived from which sides have a user (dossier section
// 6): the PBX's own field has undocumented values.
type Direction uint8

const (
	Unknown Direction = iota
	Inbound
	Outbound
	Internal
)

func (d Direction) String() string {
	switch d {
	case Inbound:
		return "inbound"
	case Outbound:
		return "outbound"
	case Internal:
		return "internal"
	}
	return "unknown"
}

// Confidence says how sure the board is that a call is up as shown.
type Confidence uint8

const (
	Confirmed   Confidence = iota // an event or a snapshot since the last gap says so
	Unconfirmed                   // a gap in the feed since it was last confirmed
	Suspect                       // contradicted or implausible
)

func (c Confidence) String() string {
	switch c {
	case Unconfirmed:
		return "unconfirmed"
	case Suspect:
		return "suspect"
	}
	return "confirmed"
}

// DoubtKind names why a call is not simply confirmed.
type DoubtKind uint8

const (
	NoDoubt          DoubtKind = iota
	DoubtGap                   // the feed was lost From..To (To zero while it lasts)
	DoubtNoSnapshot            // the list of active channels could not be had after a gap at From
	DoubtContradict            // the same user talks to another customer since From
	DoubtHalf                  // one side left at From and the hang-up never came
	DoubtRingingLong           // rings since From, longer than telephones ring
	DoubtTalkingLong           // talks since From, longer than people talk
	DoubtInferred              // a transfer at From that the feed never announced; this is not a loss of confidence
	DoubtUnmatched             // an inferred call that a snapshot at From did not show
)

// A Doubt is the reason behind a Confidence or an inference. Views put it into
// words; String is the plain English used by the API, logs and stories.
type Doubt struct {
	Kind DoubtKind
	From time.Time
	To   time.Time
}

// LegState is where one side of a call stands.
type LegState uint8

const (
	LegRinging LegState = iota + 1
	LegConnected
	LegGone
)

func (s LegState) String() string {
	switch s {
	case LegRinging:
		return "ringing"
	case LegConnected:
		return "connected"
	case LegGone:
		return "gone"
	}
	return ""
}

// Side tells the caller's legs from the callee's.
type Side uint8

const (
	CallerSide Side = iota
	CalleeSide
)

func (s Side) String() string {
	if s == CallerSide {
		return "caller"
	}
	return "callee"
}

// A Leg is one party's part in a call, in the order in which legs appeared,
// caller first. A leg that is gone stays listed.
type Leg struct {
	Side     Side
	Party    Party
	State    LegState
	Inferred bool      // from a transfer that the feed did not announce
	Missed   bool      // the PBX said that this callee missed it
	Since    time.Time // when it appeared
	Until    time.Time // when it was gone; zero while it lasts
	Answered time.Time // when it connected; zero if it never did
}

// A Call is one row of the board: a whole value, never patched. The board
// never writes to it again once it was handed out.
type Call struct {
	Seq        uint64 // our own id, never reused, safe in a URL
	CallID     string // the PBX's id, may contain "/"
	Rev        uint64 // version of the board at its last change
	Phase      Phase
	Confidence Confidence
	Doubt      Doubt
	Direction  Direction

	Inferred     bool  // a conversation the feed never announced (dossier section 11.1)
	Transferred  bool  // the customer talked with somebody else before
	Former       Party // that somebody, if Transferred
	FromSnapshot bool  // first seen in a snapshot

	Line     string // oid
	LineName string

	Caller Party // present parties
	Callee Party
	Legs   []Leg // shared: never modified, and nobody appends to it

	StartedAt    time.Time // first seen, or the PBX's date where the start was not witnessed; zero if unknown
	StartAtLeast bool      // StartedAt is the latest it can have been: ages print "≥"
	ConnectedAt  time.Time // when talk began; zero while ringing or if unknown
	TalkAtLeast  bool      // ConnectedAt is the latest it can have been
	PairSince    time.Time // since when the present two parties talk; ConnectedAt unless transferred
	JourneyStart time.Time // when the customer's journey began; zero if unknown
	Journey      uint64    // number of the journey this call belongs to
	JourneyCalls int       // calls of that journey seen so far
}

// An Outcome says how a call left the board.
type Outcome uint8

const (
	EndedHungUp     Outcome = iota + 1 // the PBX said so
	EndedLost                          // absent from a snapshot, or silent past the last limit
	EndedSuperseded                    // its id came back with another call
	EndedDismissed                     // an operator called it a ghost
	EndedReplaced                      // turned out to be another call on the board (two rows became one)
)

func (o Outcome) String() string {
	switch o {
	case EndedHungUp:
		return "hungup"
	case EndedLost:
		return "lost"
	case EndedSuperseded:
		return "superseded"
	case EndedDismissed:
		return "dismissed"
	case EndedReplaced:
		return "replaced"
	}
	return ""
}

// Outcomes lists all outcomes, for metrics that show zeros.
var Outcomes = []Outcome{EndedHungUp, EndedLost, EndedSuperseded, EndedDismissed, EndedReplaced}

// FeedState is what the board may claim about itself as a whole.
type FeedState uint8

const (
	Blind      FeedState = iota // no proof for minutes, or never: numbers are unknown
	Doubtful                    // the proof is too old: numbers are "as of"
	CatchingUp                  // connected, snapshot not applied yet
	Quiet                       // connected, but no proof yet that call events arrive
	Live
)

func (s FeedState) String() string {
	switch s {
	case Doubtful:
		return "doubtful"
	case CatchingUp:
		return "catching-up"
	case Quiet:
		return "quiet"
	case Live:
		return "live"
	}
	return "blind"
}

// A Feed is the state of the link as the board shows it. It changes rarely;
// what moves with every message is in Pulse.
type Feed struct {
	State   FeedState
	Since   time.Time // since when State holds
	Code    string    // machine-readable cause when not live
	Reason  string    // one English sentence whenever State is not Live
	Attempt int       // of reconnecting, from 1; 0 while connected
	NextTry time.Time // when the next attempt starts, if one is planned
	AsOf    time.Time // last proof at the moment State ceased to be live or quiet; zero before any
}

// Pulse holds the times that move with every message. They are read from the
// board, never announced as a Change.
type Pulse struct {
	LastEvent time.Time // last call event; zero if none yet
	LastProof time.Time // last event, echo or snapshot; zero if none yet
	RoundTrip time.Duration
	Proven    bool          // a call event was seen in this process: silence now means quiet
	Skew      time.Duration // PBX clock minus ours: the least lag of the last new calls' dates, to about a second
	SkewKnown bool
	SkewBase  time.Duration // Skew when it was first known, or after the last jump: what has changed since is drift
	SkewSince time.Time     // when that was; zero while unknown
	Jump      time.Duration // the last jump of the difference: a clock, the PBX's or ours, was set
	JumpedAt  time.Time     // when it was noticed; zero if never
	SkewOver  Anomaly       // ClockSkewed or ZoneMismatch while Skew is over SkewLimit; else empty
}

// SkewLimit is how far the PBX's clock may be from ours before it is an
// anomaly: the vendor's dates are whole seconds, and a call's date only matters
// where its start was not witnessed.
const SkewLimit = 90 * time.Second

// A Gap is an interruption of the feed (To is zero while it lasts).
type Gap struct {
	From, To time.Time
	Code     string
	Reason   string
	Touched  int // calls that were up and became unconfirmed
	Lost     int // of these, found ended afterwards
}

// Today are the counters since midnight of the configured zone. They count
// journeys: a transferred call counts once.
type Today struct {
	Day        string        // "2026-11-22" in the configured zone
	Since      time.Time     // when counting began: midnight, or the first connection if later
	Offered    int           // customer journeys that came in
	Answered   int           // of these, connected at least once
	Unanswered int           // of these, ended without
	Missed     int           // missed notices, one per call and callee
	Outbound   int           // customer journeys that went out
	Internal   int           // journeys between colleagues
	WaitTotal  time.Duration // summed ring time of Answered whose ring was witnessed
	WaitCount  int           // how many those are
	Complete   bool          // false when a feed gap touches today
}

// ChangeKind tells what a Change replaces.
type ChangeKind uint8

const (
	CallUpsert ChangeKind = iota + 1
	CallRemoved
	TodayChanged
	FeedChanged
	RecoveryChanged
)

// A Change is complete and idempotent: the whole new value of what changed.
// Versions rise by one without gaps.
type Change struct {
	Version uint64
	Kind    ChangeKind
	Call    Call    // CallUpsert: the new row; CallRemoved: the last row
	Outcome Outcome // CallRemoved
	Today   Today   // TodayChanged
	Feed    Feed    // FeedChanged
	Waiting Waiting // RecoveryChanged
}
