package views

// PeoplePage is "/people": every user of the PBX as a tile.
type PeoplePage struct {
	Chrome Chrome
	Strip  Strip
	People People
}

// People is what the page shows.
type People struct {
	Title  string // "People"
	Bar    Bar
	Find   string  // label of the field
	Text   string  // what is searched for
	Hidden []Field // the rest of the query, for the form
	Items  []Item  // heads of teams and tiles, in order, rendered
	Empty  Empty   // shown while Items is empty
}

// TeamHead is the head over the tiles of a team, itself an item of the list.
type TeamHead struct {
	ID, Rev string // "t-1x2y"
	Name    string
	Note    string // "2 of 9 free"
	Counts  string // "1 ringing, 4 talking"
}

// Tile is one person, an item of the list. It can be compared.
type Tile struct {
	ID, Rev string // "u501"
	URL     string // the call, or the board filtered to this person
	Name    string
	Number  string // extension
	Known   bool   // false while nothing is proven: the state is "–"
	State   State  // ringing, talking, internal, free ("No call seen")
	Age     Age    // of that state; zero Age where it is not known at all
	With    string // the other party, "" when free
	Counts  string // "14 in, 1 missed" today
	Share   string // "talk 43 %" today

	// What the PBX says of the person, marked as its word; empty if nothing.
	Says      string // "PBX: lunch, back at 2"
	SaysGlyph string // "is-in", "is-away", "is-dnd", "is-out", "is-other": shapes, never a hue
	SaysPlain bool   // nothing but that the person is there: the glyph says enough

	Alarm bool
}

// LinesPage is "/lines": what is going on at each phone line.
type LinesPage struct {
	Chrome Chrome
	Strip  Strip
	Lines  Lines
}

// Lines is what the page shows; its table is the live part p-lines.
type Lines struct {
	Title     string
	Bar       Bar
	HoursHead string    // "By hour, 08 to now"
	Rows      []LineRow // sections, lines, all lines, teams
	Empty     Empty     // shown while there are no rows
}

// LineRow is one line, one team or all lines; numbers are ready text, "–"
// where unknown. A row with a Section is the head of those below it and
// nothing else.
type LineRow struct {
	Section string

	ID         string // "l1x2y"
	Name       string
	Number     string // main number of the line, under its name
	Title      string // what the row counts, where its name does not say it
	URL        string // the board of this line or team
	Total      bool
	Ringing    LineFigure // "2", "1 + 1?"
	Longest    Age
	Talking    LineFigure
	Offered    LineFigure // today, "≥ 12" after a gap
	Answered   LineFigure
	Unanswered LineFigure
	Level      LineFigure // "88 %", "n/a"
	Rate       LineFigure
	Hours      Hours
	Alarm      bool // somebody rings past the limit
}

// LineFigure is one number of a row with a link to the calls behind it.
type LineFigure struct {
	Value string
	URL   string
	Alarm bool
	Bar   int // per cent of the bullet bar; -1 draws none
	Tick  int // per cent of its target
}

// Hours is a small chart of today by the hour. Without bars there is only its
// text.
type Hours struct {
	Width, Height int
	Bars          []HourBar
	Path          string // of the week before, in the units of the chart; empty draws none
	Before        string // "line: Tue 17 Nov"
	BeforeText    string // its figures in words
	Text          string // "08 to 09: 4; 09 to 10: 7, so far", or why there is none
}

// HourBar is one hour of it.
type HourBar struct {
	X, Y, Width, Height int
	Running             bool // the present hour
	Gap                 bool // the feed was interrupted: the value is a least
	Title               string
	Value, Hour         string // "12", "≥ 12"; "09"
}
