package history

import (
	"errors"
	"time"

	"callboard/internal/state"
)

// ErrReviewed says that somebody else has marked a gap as reviewed already.
var ErrReviewed = errors.New("history: reviewed already")

// ErrNotFound says that the history has no such call or journey.
var ErrNotFound = errors.New("history: not found")

// A Batch is what came to an end, or changed after its end, up to an entry of
// the log.
type Batch struct {
	Epoch    string // of the log; empty for what does not come from it (alarms, gaps of the disk), which is always taken
	Seq      uint64 // last entry of the log that went into it
	Calls    []state.SettledCall
	Journeys []state.Journey // over
	Gone     []uint64        // journeys that turned out to be part of another, or none
	Gaps     []Gap
	GoneGaps []time.Time // From of gaps of feed or process that are among Gaps under another From
	Alarms   []Alarm
}

// A Call is one ended call.
type Call struct {
	state.Call               // its last row; without Rev, Doubt and the journey's start
	EndedAt    time.Time     // when it left the board
	Outcome    state.Outcome // how
	Talk       time.Duration // own measurement; zero if it never connected
	PBX        time.Duration // what the PBX said on hang-up; negative if it said nothing usable
	Transfers  int           // how often its conversation passed to other people
	LogSeq     uint64        // entry of the log by which it was known
}

// Answered reports that the call came to a talk.
func (c *Call) Answered() bool { return c.Phase == state.Talking }

// Wait is how long the call rang until the answer or the end; false if that was
// not witnessed.
func (c *Call) Wait() (time.Duration, bool) {
	switch {
	case c.StartAtLeast || c.FromSnapshot || c.StartedAt.IsZero():
		return 0, false
	case !c.Answered():
		return c.EndedAt.Sub(c.StartedAt), c.Outcome == state.EndedHungUp
	case c.TalkAtLeast || c.ConnectedAt.IsZero():
		return 0, false
	}
	return c.ConnectedAt.Sub(c.StartedAt), true
}

// Result says in one word what became of a call: ResultAnswered,
// ResultUnanswered, or ResultLost where its end was not seen and no answer
// either.
func (c *Call) Result() string {
	switch {
	case c.Answered():
		return ResultAnswered
	case c.Outcome == state.EndedHungUp:
		return ResultUnanswered
	}
	return ResultLost
}

// Rung are the telephones of colleagues that were called, in the order in which
// they began to ring; those of Missed had a notice of the PBX. A call that went
// out, or came to a line and no further, rang at nobody's.
func (c *Call) Rung() []state.Leg {
	if c.Direction == state.Outbound || c.Direction == state.Unknown {
		return nil
	}
	var legs []state.Leg
	for _, l := range c.Legs {
		if l.Side == state.CalleeSide && !l.Party.Blank() {
			legs = append(legs, l)
		}
	}
	return legs
}

// Results of calls and journeys, values of the filter "outcome".
const (
	ResultAnswered   = "answered"
	ResultUnanswered = "unanswered" // ended without a talk; the feed cannot tell who gave up
	ResultMissed     = "missed"     // a call with the PBX's notice that a colleague missed it; an unanswered journey that rang at somebody's telephone
	ResultLost       = "lost"       // no answer seen, and no end: it may have had either in a gap
)

// ResultOf is the result of a journey that is over.
func ResultOf(j *state.Journey) string {
	switch {
	case !j.Answered.IsZero():
		return ResultAnswered
	case j.Lost:
		return ResultLost
	}
	return ResultUnanswered
}

// Kinds of gaps.
const (
	GapFeed    = "feed"    // the link to the PBX
	GapProcess = "process" // Callboard was stopped, crashed, or its machine slept
	GapDisk    = "disk"    // the log or the history could not be written
	GapClock   = "clock"   // this machine's clock was set: a moment, of which nothing is missing
)

// Codes of gaps of GapClock.
const (
	ClockForward = "clock-forward"
	ClockBack    = "clock-back"
)

// A Gap is a stretch of time of which something is not known, or the moment at
// which the clock was set: From and To are then its last one before that. Kind
// and From tell gaps apart.
type Gap struct {
	Kind     string
	From, To time.Time // To is zero while it lasts
	Code     string    // machine-readable cause, the codes of state.Link
	Reason   string    // one English sentence
	Touched  int       // calls that were up; of the disk: entries not kept; of the clock: whole seconds by which it was set
	Lost     int       // of these, found ended afterwards

	ReviewedBy string // a person who has looked at it; empty while nobody has. Put leaves it as it is
	ReviewedAt time.Time
}

// Hides reports that something of its stretch may be missing, so that what is
// counted there is a least.
func (g *Gap) Hides() bool { return g.Kind != GapClock }

// GapOf is a gap of the board, its kind by its code.
func GapOf(g state.Gap) Gap {
	kind := GapFeed
	switch g.Code {
	case state.Stopped, state.Crashed, state.Suspended:
		kind = GapProcess
	}
	return Gap{Kind: kind, From: g.From, To: g.To, Code: g.Code, Reason: g.Reason, Touched: g.Touched, Lost: g.Lost}
}

// An Alarm is one line of the ledger of alarms, without a word of text. Key
// tells alarms apart.
type Alarm struct {
	Key   string // of this raise of this alarm, such as rules.Alarm.ID with its scope
	Kind  string // rules.Kind
	Scope string // "" of the whole board, else "line:", "user:" or "team:" and its oid or name
	Call  uint64 // Seq of the call it is about; 0 if it is about a number
	From  time.Time
	To    time.Time // zero while it stands
	Value float64   // last reading
	Limit float64   // that it was beyond
}

// An Hour counts the journeys that began in one hour of the local zone at one
// line. All but Start and Line can be added up.
type Hour struct {
	Start time.Time // UTC; hours of the zone, so that a night with 23 or 25 of them has as many rows
	Line  string    // oid; empty for journeys without one, and for sums

	Offered, Answered, Unanswered, Lost int // Lost: no answer and no end seen
	Outbound, Internal                  int
	Waits                               int // answered journeys whose wait was witnessed, and their sum
	Wait                                time.Duration
	GaveUps                             int // unanswered ones whose ring was witnessed, and their sum
	GaveUp                              time.Duration
	Talks                               int // ended talks with customers, in and out, and their sum
	Talk                                time.Duration
	Rung, Hunted                        int           // telephones rung before an answer, and answered journeys with any
	LongestWait                         time.Duration // the longest of Waits and GaveUps
}

// Add adds another hour, or line, to this one.
func (h *Hour) Add(o *Hour) {
	h.Offered += o.Offered
	h.Answered += o.Answered
	h.Unanswered += o.Unanswered
	h.Lost += o.Lost
	h.Outbound += o.Outbound
	h.Internal += o.Internal
	h.Waits += o.Waits
	h.Wait += o.Wait
	h.GaveUps += o.GaveUps
	h.GaveUp += o.GaveUp
	h.Talks += o.Talks
	h.Talk += o.Talk
	h.Rung += o.Rung
	h.Hunted += o.Hunted
	h.LongestWait = max(h.LongestWait, o.LongestWait)
}

// A Scope chooses journeys for counting: those of any of its lines or users. An
// empty one chooses all. Lines alone are answered from the table of hours, users
// from the journeys themselves.
type Scope struct {
	Lines, Users []string
	Narrow       bool // as a Filter's Within: nobody but its users can be chosen by, or searched for
}

// Erased says how much one number had left behind.
type Erased struct {
	Calls    int // ended calls with it
	Journeys int
	Entries  int // of the journal
	Frames   int // of the flight recorder
	Backups  int // files that had it
}

// A Check says what the PBX's duration means, counted over ended calls of which
// both values are known.
type Check struct {
	Since   time.Time
	Calls   int // ended by the PBX's word, answered, handed on to nobody, with a duration
	Talk    int // of these, the duration is the talk and nothing else
	Total   int // it is ring and talk together
	Both    int // hardly rang, so that it may be either
	Neither int
	Verdict Verdict
}

// A Verdict is what the PBX's duration seems to mean.
type Verdict string

// Verdicts.
const (
	MeansUnknown Verdict = "unknown" // too few calls that could tell
	MeansTalk    Verdict = "talk"
	MeansTotal   Verdict = "total" // from the first ring to the end
	MeansUnclear Verdict = "unclear"
)

// A Status is how the history is.
type Status struct {
	Path           string
	Bytes          int64     // of the file and what belongs to it
	Calls          int       // kept
	Journeys       int       // kept
	First, Last    time.Time // start of the oldest and the newest journey; zero if there are none
	Epoch          string    // of the log up to which it is applied
	Seq            uint64
	Zone           string        // of the hours
	Keep           time.Duration // how long rows are kept
	Backup         time.Time     // of the newest backup; zero if there is none
	BackupFailed   string        // why the last one failed; empty if it did not
	Retained       time.Time     // when old rows were last looked for
	SetAside       string        // name of the broken file that was moved aside at start; empty if there was none
	RowsSinceStart int           // calls and journeys written by this process
}
