package views

// HistoryPage is "/history": the calls of the past. Its body is made for each
// request; only the frame around it is live.
type HistoryPage struct {
	Chrome  Chrome
	Strip   Strip
	History History
}

// History is what the page shows.
type History struct {
	Title   string
	Bar     HistoryBar
	Notice  string // what the page cannot know: "History paused since 13:02: …"; empty if nothing
	Chart   Chart
	Heading string // of the table, for screen readers
	Rows    []HistoryRow
	Newer   string // addresses of the pages before and behind this one; empty if there is none
	Older   string
	Newest  string // of the first page; empty on it
	Span    string // "13:08:31 to 12:27:56"
	AsOf    string // "as of 13:10:06", on pages that hold the present day
	Refresh bool   // the newest page of the present day: its script asks for it anew
	Empty   Empty  // shown while there are no rows
}

// HistoryBar is the row of filters of the page, and what can be had of it.
type HistoryBar struct {
	Action   string // address of the page, for its forms
	Day      DayPicker
	Filters  []Filter
	Find     string      // label of the field; empty draws none
	Text     string      // what is searched for
	Hidden   []Field     // the rest of the query, for that form
	Clear    string      // address without any filter but the days; empty while there is none
	Note     string      // "149 calls, kept 400 days"
	Travel   TravelEntry // to the board at another time; without Action there is none
	Handover string      // the sheet of a shift; empty where there is none
	CSV      string      // addresses of the same calls as a file; empty where they cannot be had
	JSON     string
}

// DayPicker is the chip of the days.
type DayPicker struct {
	Label    string // "Tue 24 Nov 2026", "17 to 24 Nov 2026"
	Options  []Option
	From, To string // of its form, "2026-11-24"
	Least    string // first day that is kept, and the present one; of the form's fields
	Most     string
	Hidden   []Field
	Prev     string // addresses of the days before and behind; empty where there is nothing
	Next     string
}

// A Chart counts calls by the hour or by the day. Places across are in
// thousandths of the width, places down in pixels from the top of the plot.
type Chart struct {
	Title  string // "Calls per hour"
	Legend []Legend
	Sums   []ChartSum
	Height int // of the plot
	Bars   []ChartBar
	Ticks  []ChartTick
	Gaps   []ChartGap
	Step   string // path of the week before, 1000 wide; empty if there is none
	Crowd  string // how close its bars stand: "", "many", "dense"
	Heads  []string
	Text   string // instead of bars: why there are none
}

// Legend is one sign of a chart: "answered", "unanswered", "open", "before", "gap".
type Legend struct{ Kind, Label string }

// ChartSum is a part of the sentence above a chart: a word or a figure, which
// may lead to what it counts.
type ChartSum struct {
	Word, Value, URL string
}

// ChartBar is an hour or a day: answered below, unanswered above, on top what
// is not decided.
type ChartBar struct {
	X, Width   int // of the bar
	Left, Slot int // of its place
	Answered   BarPiece
	Unanswered BarPiece
	Open       BarPiece
	LabelY     int
	Value      string // "≥ 29", "6 so far"; empty where nothing is to be said
	Name       string // "12"; empty where there is no room
	Minor      bool   // its name gives way first
	Title      string // "12 to 13: at least 29 calls, 27 answered, 2 unanswered"
	URL        string // these calls
	Row        string // head of its row in the table
	Cells      []string
	Running    bool
	Chosen     bool // the page lists this hour alone
}

// BarPiece is a part of a bar.
type BarPiece struct{ Y, Height int }

// ChartTick is a line across with its value.
type ChartTick struct {
	Y     int
	Value string
}

// ChartGap is an interruption over the full height.
type ChartGap struct {
	X, Width int
	Label    string // "gap 12:48, 2:10"; empty where there is no room
	Before   bool   // the label stands in front of it
	Inside   string // in its middle: what of a long stretch is not known
	Title    string
}

// HistoryRow is one journey, or the head of a day.
type HistoryRow struct {
	Day string // "Tue 24 Nov 2026": nothing else is set
	N   string // of that day: "149 calls"

	ID        string // "j42"
	URL       string // its call
	Started   string // "13:08:31"
	Line      string
	Customer  Party
	People    string // "Fleur Maas, Pieter Schouten", "Sem, Ruben +2"
	PeopleAll string // all of them
	Result    State
	Strong    bool   // nobody spoke with the customer
	Waited    string // "0:31", "≥ 0:40", "–"
	Long      bool   // longer than the threshold of the service level
	Talked    string
	Legs      []Leg
	LegsMore  int
	LegsText  string
	Remarks   []Remark
}

// Remark is something to know of a call.
type Remark struct {
	Text  string
	Doubt bool // something was not seen
}
