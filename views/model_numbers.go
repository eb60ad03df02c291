package views

// Numbers is the page of the day's numbers: all of them, one opened, and the
// calls behind it.
type Numbers struct {
	Title string
	Note  string // "Today, since midnight"
	Rows  []NumberRow
	Open  NumberOpen
	Calls NumberCalls
	Bar   Bar
}

// NumberRow is one number of the list.
type NumberRow struct {
	ID      string // "service-level"
	Label   string
	Value   string // "83", "≥ 149", "n/a", "–"; empty where Age stands
	Part    string // "%"
	Age     Age
	Target  string // "target 80 %"
	Sample  string // "n 148"
	Alarm   string // words of the alarm; empty when within limits
	Muted   bool   // n/a or unknown
	URL     string
	Current bool
}

// NumberOpen explains a number.
type NumberOpen struct {
	NumberRow
	Bar, Tick  int    // as in Headline
	Formula    string // in words
	How        string // head of Sum: "How it came to 71 %"
	Sum        []SumRow
	Total      SumRow // below the sum; no Label draws none
	LeftOut    []SumRow
	Others     []SumRow // the same calls counted in other ways
	OthersNote string
	Settings   []Fact
	Note       string // why there is nothing to show
}

// SumRow is a part of a number.
type SumRow struct {
	ID      string
	Label   string
	Value   string
	URL     string // the calls of this part; empty makes no link
	Current bool
}

// NumberCalls are the calls behind a number, newest first.
type NumberCalls struct {
	Title string // "The calls behind it"
	Note  string // "the newest 200 of 1,480"
	All   string // address without the choice of a part; empty draws none
	Rows  []NumberCall
	Empty string // instead of rows
}

// NumberCall is a journey of the list.
type NumberCall struct {
	ID       string // "j42"
	URL      string // its last call; empty if it is no longer kept
	Time     string // when it began
	Customer Party
	Line     string
	Who      string // who talked with the customer, else where it rang
	Waited   Age
	Talked   Age
	Outcome  string
}

// NumbersPage is "/numbers".
type NumbersPage struct {
	Chrome  Chrome
	Strip   Strip
	Numbers Numbers
}
