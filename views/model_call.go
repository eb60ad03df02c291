package views

// CallDetail is the live part of a call's page.
type CallDetail struct {
	Number    string // "42": our id
	Caller    Party
	Callee    Party
	Arrow     Arrow
	State     State
	InState   Age
	Total     Age
	Ended     string // "Ended 13:12:40, hung up" or empty while live
	Line      string
	Summary   []string // "waited 0:19", "transferred once, by Anna de Vries"
	Word      string   // confidence
	Glyph     string
	Tone      Tone
	Why       string // its reason, whole sentences
	Dismiss   string // where a person's word that it is no call any more is sent to; empty where nobody can say so
	Facts     []Fact
	Records   []Fact // what the PBX files the call under; none draws no section
	Journey   Journey
	Legs      []LegRow
	Entries   []EntryRow
	EntryNote string // "8 received, 1 of them doubled; 1 inferred"
	Raw       []RawEvent
	Others    []EndedRow // other calls of the journey
}

// Journey is the part of a call's page that is drawn: it grows with time, so
// it is replaced more often than the rest.
type Journey struct {
	Lanes   Lanes
	Ladders []Ladder // one for each hunt for somebody who answers, in order
}

// Fact is one line of the facts panel.
type Fact struct {
	Label, Value string
	Dashed       bool
	Copy         string // what the button beside it copies; empty draws none
}

// LegRow is one leg with its times.
type LegRow struct {
	Side, State, Since, Answered, Until, Note string
	Party                                     Party
	Mark                                      string
}

// EntryRow is one line of the timeline.
type EntryRow struct {
	At, After, Event, Times, Leg, Proves string
	Inferred                             bool
}

// RawEvent holds the fields of one event as the feed gave them.
type RawEvent struct {
	Title  string
	Fields []Field
}

// Lanes is the journey as swim lanes; positions are per mille of the width.
type Lanes struct {
	Rows   []Lane
	Joins  []Join
	Ticks  []Tick
	Gaps   []Stretch // in which the feed was away, over all lanes
	Marks  []Mark    // below the lanes
	Now    int       // per mille; -1 if ended
	NowAge Age
	Told   []LaneTold // the same in words, in order of time
}

// Lane is one person's line.
type Lane struct {
	Party Party
	Bars  []LaneBar
}

// LaneBar is one stretch of a lane.
type LaneBar struct {
	From, To int
	Kind     string // "rings", "rang", "talk", "consult", "inferred", "unproven"
	Label    string // empty where it does not fit
	Age      Age    // behind the label while the stretch lasts
	Title    string
}

// Stretch is a part of the time axis.
type Stretch struct {
	From, To int
	Title    string
}

// Join is the moment at which two lanes meet: rows are indexes of Lanes.Rows.
type Join struct {
	At, From, To int
	Inferred     bool
}

// Tick is a mark of the time axis.
type Tick struct {
	At   int
	Text string
}

// Mark is a word below the lanes. Row 1 stands under row 0, where two marks
// would touch.
type Mark struct {
	At, Row int
	Text    string
}

// LaneTold is a stretch of a lane in words.
type LaneTold struct{ Who, From, To, What string }

// Ladder is a hunt: who was rung, on one time axis.
type Ladder struct {
	Head  string // by whom, where it is not the customer's own
	Note  string // "0:19 until answered, 0:24 of ringing led nowhere"
	Rungs []Rung // in the order of ringing
	Ticks []Tick
	Now   int // per mille; -1 once nothing rings
}

// Rung is one person's line of a ladder.
type Rung struct {
	Party Party
	Rings []Ring
}

// Ring is one time a person's telephone rang.
type Ring struct {
	From, To int    // per mille
	Kind     string // "rings" (answered, or still ringing), "rang", "unproven"; empty draws no bar
	Answer   bool   // draws the tick at To
	When     string // "13:02:11 to 13:02:23"
	Outcome  string // "Let it ring, 0:12"
	Age      Age    // behind the outcome while it rings
}
