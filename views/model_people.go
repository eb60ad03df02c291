package views

// PeoplePage is "/people": every user of the PBX as a tile.
type PeoplePage struct {
	Chrome Chrome
	Strip  Strip
	People People
}

// People is the live part of the page (p-people).
type People struct {
	Title   string // "People"
	Summary string // "7 free, 12 talking, 1 ringing of 24"
	Known   bool   // false while nothing is proven: states are "–"
	Tiles   []Tile // alarm, ringing, talking, internal, free; by name within
	Empty   Empty  // shown while there are no tiles
}

// Tile is one person.
type Tile struct {
	ID     string // "u501"
	URL    string // the board filtered to this person
	Name   string
	Number string // extension
	State  State  // ringing, talking, internal, free ("No call seen")
	Age    Age    // of that state; zero Age when free since before we watched
	With   string // the other party, "" when free
	Counts string // "14 in, 1 missed" today
	Alarm  bool
}

// LinesPage is "/lines": what is going on at each phone line.
type LinesPage struct {
	Chrome Chrome
	Strip  Strip
	Lines  Lines
}

// Lines is the live part of the page (p-lines).
type Lines struct {
	Title string
	Note  string // "since 17:20", or that today is incomplete
	Rows  []LineRow
	Empty Empty
}

// LineRow is one phone line; numbers are ready text, "–" where unknown.
type LineRow struct {
	Name       string
	URL        string // the board filtered to this line
	Ringing    string // "2", "1 + 1?"
	Longest    Age
	Talking    string
	Offered    string // today, "≥ 12" after a gap
	Answered   string
	Unanswered string
	Rate       string // "94 %", "n/a"
	Alarm      bool   // somebody rings past the limit
}

// MissedPage is "/missed": customers who did not reach anybody and have not
// been spoken to since.
type MissedPage struct {
	Chrome Chrome
	Strip  Strip
	Missed Missed
}

// Missed is the live part of the page (p-missed).
type Missed struct {
	Title string
	Note  string // "3 not returned, oldest 42:10; 5 returned today"
	Rows  []MissedRow
	Empty Empty
}

// MissedRow is one customer, oldest first.
type MissedRow struct {
	ID       string // "m12"
	URL      string // the last call
	Caller   Party
	Attempts string // "2×"; "" for one
	Line     string
	Age      Age    // since the first attempt
	Last     string // clock of the last attempt
	Waited   string // how long the last attempt rang
}
