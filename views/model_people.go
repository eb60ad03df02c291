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
