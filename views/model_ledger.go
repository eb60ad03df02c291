package views

// GapsPage is "/gaps": every interruption of the link, of the process, of the
// disk and of the clock. Its numbers are live, its list is of the moment it was
// asked for.
type GapsPage struct {
	Chrome Chrome
	Strip  Strip
	Live   GapsLive
	List   GapList
}

// GapsLive is what of the page is live.
type GapsLive struct {
	Title   string
	Numbers []MissedNumber // p-headlines
	Now     string         // p-gap-now: the interruption that lasts; empty if none does
}

// GapList is the record, newest first.
type GapList struct {
	Chips   []Choice // all, not reviewed, calls in doubt
	Filters []Filter // kinds
	Summary string   // "4 gaps, 7:52 in all"
	AsOf    string   // "list as of 13:10:06"
	Since   string   // since when there is a record, a sentence
	JSON    string   // address of the same list for programs
	Day     string   // "2026-11-22": of the day field; empty for all days
	Hidden  []Field  // what the day form carries on
	AllDays string   // address without the day; empty if none is chosen
	Rows    []GapLine
	Empty   string // a sentence, where there is none
	Older   string // address of those before; empty if there are none
}

// GapLine is one interruption.
type GapLine struct {
	ID      string // "1795351682000"
	URL     string
	Kind    string // "feed", "process", "disk", "clock"
	Glyph   string
	What    string // "PBX link", "Callboard", "Disk", "Clock"
	From    string // with the date where it is not today
	To      string
	Length  string // "2:10", "≥ 3:04" while it lasts, "–" of a clock
	Cause   string
	Touched string // "1 unconfirmed, 1 end lost"
	Doubt   string // "2 still in doubt"; empty if none is
	Counts  string // "12–13": hours whose counts are at least
	Review  string // "Eva Peters, 13:20"; empty while nobody has
	Lasts   bool
}

// GapPage is "/gaps/…": one interruption, with its calls that are still in doubt.
type GapPage struct {
	Chrome Chrome
	Strip  Strip
	Live   GapLive
	Items  []Item // the calls in doubt
	Gap    GapDetail
}

// GapLive is what of the page is live, but for its rows.
type GapLive struct {
	Ghosts int    // p-ghosts: calls of this gap still in doubt
	Note   string // what that means, or that there are none
	Known  bool   // false: the feed is away, nobody can judge
}

// GapDetail is what does not change by itself any more.
type GapDetail struct {
	GapLine
	Title   string // "Gap of 12:48:02"
	Crumb   string // address of the list
	Summary string // cause, in a sentence
	Facts   []Fact
	Links   []Option // the board before it, the calls of these hours
	Act     string   // "/gaps/1795351682000": what is done with it is posted below it
	Query   string   // "?lang=nl"
	Epoch   string   // of the process that gave the ids of calls
	Who     string   // the viewer's name, if known
	CanMark bool     // there is a record to mark it in, and nobody has
	Error   string   // a sentence, if what was sent cannot be taken
}

// GhostRow is a call of a gap that nothing has confirmed since.
type GhostRow struct {
	ID, Rev string // "g4127"
	Call    string // "4127"
	URL     string
	State   State
	Line    string
	Caller  Party
	Callee  Party
	Age     Age    // since it began
	Silent  string // clock of the last news of it
	Label   string // of its box: who, for a screen reader
}

// HandoverPage is "/handover": a shift on one sheet.
type HandoverPage struct {
	Chrome Chrome
	Strip  Strip
	Sheet  Handover
}

// Handover is the sheet, as of the moment it was asked for.
type Handover struct {
	Title   string // "Shift hand-over"
	Company string
	Shift   string   // "Early"; "Opening hours", "Whole day" where the settings name none
	When    string   // "Sun 22 Nov 2026, 06:00–14:00"
	SoFar   string   // "so far, as of 13:10:06"; empty once it is over
	Lacks   []string // what is not known of it, in sentences
	Notice  string   // the notice line that stands

	Shifts               []Choice // of the same day
	Prev                 string   // address of the shift before; empty if there is none
	Next                 string
	PrevTitle, NextTitle string
	From, To             string // "2026-11-22T06:00": of the form for a stretch of one's own
	Hidden               []Field

	Numbers []MissedNumber
	Chart   Hours

	Open       []HandoverCustomer
	OpenNote   string // where Open is empty
	OpenAsOf   string // where it is not that of now
	Done       []HandoverDone
	DoneNote   string
	Alarms     []HandoverAlarm
	AlarmNote  string
	AlarmMore  string // "12 more" that are not listed
	Gaps       []GapLine
	GapNote    string
	Waits      []HandoverWait
	WaitNote   string
	People     []HandoverPerson
	PeopleNote string
	Printed    string // "Callboard v1.4.0, 22 Nov 2026, 13:10:06"
}

// HandoverCustomer is somebody to call back.
type HandoverCustomer struct {
	Who   Party
	Since string // clock of the first attempt
	Age   string // "42:10"
	Line  string
	Tries string
	Rung  string // who let it ring
	Marks string // "claimed by Eva Peters", "called back 13:05, no answer"
	Note  string // what somebody wrote, and who
}

// HandoverDone is a customer somebody has spoken to.
type HandoverDone struct {
	Who  Party
	At   string
	How  string // "Called back by Eva Peters, 2:10"
	Took string // from the first attempt
}

// HandoverAlarm is an alarm that was raised.
type HandoverAlarm struct {
	At, Length, What string
	About            string // "one call"; empty: the board
	URL              string
}

// HandoverWait is one of the longest waits.
type HandoverWait struct {
	Waited, At string
	Who        Party
	Line       string
	Outcome    string
}

// HandoverPerson is somebody who took part.
type HandoverPerson struct {
	Name, Number, Team             string
	Answered, LetRing, Out, Inside string
	First, Last                    string // clocks of the first and last call
}
