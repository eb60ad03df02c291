package views

import (
	"context"
	"fmt"
)

// Words holds every word a person reads that is not data. Fields ending in
// Fmt are formats for fmt.Sprintf; their verbs are named in their comment, and
// are the same in the same order in every language. English, Dutch and German
// are values of it.
type Words struct {
	Product string

	Language   string // names the menu of languages
	DemoNotice string // on every page while the PBX is simulated, in few words
	DemoTitle  string // the same in a sentence

	// Navigation and frame.
	Board, Status, Wall, PutOnWall, SkipToCalls, SkipToContent, Pages, Menu string
	Find, FindLabel, Close, Pause, GoLive, Why, Panel, Call                 string

	// State of the picture.
	Picture                                                  string // names the region of the banners
	Live, NotLive, NotLiveDot, CatchingUp                    string
	StillAsOf, BoardAsOf, TimersStopped, AsOf, Since, NoView string
	TryingFmt                                                string // attempt
	NoAnswerFmt, LastEventFmt                                string // age, which runs
	NoAnswerYet, NoEventYet, LastCallEvent                   string
	PBX, ThisScreen, ThisScreenTitle                         string
	ReasonQuiet, ReasonCatchingUp                            string // sentences
	State                                                    string
	GapsTodayFmt                                             string // count, length

	// Table.
	Line, Caller, Callee, InState, Total, Legs, Doubt        string
	TableCaption, Columns, Sort, Density                     string
	Ringing, RingingOut, Talking, TalkingOut, Internal       string
	NoCallSeen, Missed, Unanswered, Answered                 string
	Question                                                 string // appended to a state in doubt
	NeedsPerson                                              string
	LimitFmt, RingingOverFmt                                 string // age
	Confirmed, Unconfirmed, Suspect, Inferred                string
	LegTalkingFmt, LegRingingFmt, LegGoneFmt, LegInferredFmt string // count

	// Headlines.
	Offered, AnswerRate, MissedNotReturned           string
	OverLimit, OverLimits                            string
	NothingOverLimit, NotKnown, NoCallsYet, NA, None string
	LongestFmt                                       string // age
	OverFmt                                          string // limit
	LongestLimitFmt                                  string // age, limit
	AndInternalFmt                                   string // count
	AtLeastFmt                                       string // value
	SinceFmt                                         string // hour
	SinceMidnight                                    string

	// Filters.
	AllLines, AllPeople, AllStates, AllDirections  string
	Inbound, Outbound                              string
	SortDefault, SortLongest, SortNewest, SortLine string
	// The same in the sentence of the summary.
	SaidDefault, SaidLongest, SaidNewest, SaidLine, SaidCaller, SaidCallee, SaidState string

	ReversedFmt               string // order
	Dense, Comfortable, Clear string
	SummaryFmt                string // calls, order
	Filters                   string

	// Side panel.
	LinesNow, EndedLately, NothingEnded, TalkingNow string
	EndNotSeen, IDCameBack, Dismissed               string // instead of how it ended
	Somebody                                        string // a party of whom nothing is known

	// Doubt in a cell's few words.
	GapSinceFmt                                        string // hour
	GapFmt                                             string // from, to
	NotCheckedFmt, NewCustomerFmt, SideLeftFmt         string // time
	RingsSinceFmt, TalksSinceFmt, TransferFmt, GoneFmt string // time

	// Empty states.
	NoCalls, QuietProven, QuietUnproven              string
	QuietProvenFmt                                   string // end of the last call
	WasNoCallFmt                                     string // last proof
	NeverSeen                                        string // behind the reason, while nothing was ever seen
	ConnectedNoCall, CannotSee, CannotSeeText        string
	NothingMatches, NothingMatchesText, ClearFilters string
	CatchingUpTitle, CatchingUpText, StatusPage      string
	ServerAway, ServerAwayText, WhatITCanCheck       string

	// A call.
	Journey, Events, Facts, Confidence, OtherCalls, RawFields, CallFmt  string
	Rings, Rang, TalksWithCustomer, Consult, InferredNotProven          string
	Received, After, Event, Leg, Proves, Times, Side, Party             string
	Answer, Until, Note, Started, Direction, Waited, Talked, Ended, Now string
	TransferredOnceFmt                                                  string

	// Status.
	GapsInFeed, From, To, Length, Cause, CallsTouched                             string
	Anomalies, Last, What, Today, SinceStart, SinceStartNote, WhatWasDone, Sample string
	EventsOfPBX, Clock, Versions, Screens, NoGaps, NoAnomalies                    string
	AllAnswer                                                                     string

	// People, lines and missed.
	People, Lines, Longest, OfferedShort       string
	Waiting, Customer, LastTry, RangFor, Tries string

	// Walls.
	WallTooSmall string

	// Keyboard map.
	KeyboardTitle, KeySearch, KeyMove, KeyOpen, KeyHelp, KeyPanel, KeyPause, KeyEscape string

	// Dates, figures, and what scripts say.
	Calendar CalendarWords
	Script   ScriptWords

	Feed   FeedWords
	Errors ErrorWords

	// The pages' own.
	OnPeople  PeopleWords
	OnLines   LinesWords
	OnRecord  RecordWords
	OnPast    PastWords
	OnHistory HistoryWords
	OnNumbers NumbersWords
	OnMissed  MissedWords
	OnCall    CallWords
	OnStatus  StatusWords
	OnStorage StorageWords
	OnLens    LensWords
	OnWall    WallWords
	OnAlarms  AlarmWords
	OnDesk    DeskWords
	OnTravel  TravelWords

	OnLedger   LedgerWords
	OnHandover HandoverWords
	OnDuration DurationWords

	OnBacktest BacktestWords

	OnCompany CompanyWords
	OnAudit   AuditNotes

	OnDoor     DoorWords
	OnAccess   AccessWords
	OnDisplays DisplayWords
	OnHouse    HouseWords
}

// A Plural counts things: One is said of one, Many of any other number. Both
// are formats with %d.
type Plural struct{ One, Many string }

// Of says how many there are.
func (p Plural) Of(n int) string {
	if n == 1 {
		return fmt.Sprintf(p.One, n)
	}
	return fmt.Sprintf(p.Many, n)
}

type wordsKey struct{}

// WithWords makes components rendered with the context use these words.
func WithWords(ctx context.Context, w *Words) context.Context {
	return context.WithValue(ctx, wordsKey{}, w)
}

// words are those of the context, English without any.
func words(ctx context.Context) *Words {
	if w, ok := ctx.Value(wordsKey{}).(*Words); ok {
		return w
	}
	return &English
}
