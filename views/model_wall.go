package views

import "time"

// Wall is the page "/wall".
type Wall struct {
	Chrome   Chrome
	Strip    Strip
	Title    string       // of the document
	TypeVH   float64      // normal text, vh; everything else follows from it
	Rows     int          // calls a page holds
	Layouts  []WallLayout // in the order they turn; at least one, the first is shown first
	PageTime time.Duration
	Clock    string // "13:10"
	Items    []Item // of the layouts calls and line
	Empty    Empty  // shown while Items is empty
	Numbers  []Headline
	People   WallPeople
	Line     []Headline
	Band     WallBand
	Dim      bool // outside opening hours, and nothing needs a person
}

// Has reports whether the wall shows a layout.
func (w Wall) Has(name string) bool {
	for i := range w.Layouts {
		if w.Layouts[i].Name == name {
			return true
		}
	}
	return false
}

// WallLayout is one of the pictures a wall turns through.
type WallLayout struct {
	Name     string  // "calls", "numbers", "people", "line"
	Title    string  // "All lines"
	Counts   []Count // at the right of the header
	Note     string  // at the right where there are no counts: the date
	TooSmall string  // a sentence when the layout cannot be read from there
}

// WallBand covers the header while something needs a person; the zero value
// is none.
type WallBand struct {
	Text string // "{age}" in it is where Age stands
	Age  Age
	Note string // "limit 0:30"
}

// WallPeople are the people of a wall, in the order of the screen.
type WallPeople struct {
	Cells []WallCell
	Known bool   // false while nothing is proven: states are "–"
	None  string // a sentence while there is nobody
}

// WallCell is one person, or the head of a team.
type WallCell struct {
	ID    string // "w501"; "" for a head
	Name  string // the person's or the team's
	Note  string // of a team: "3 of 8 free"
	Who   string // state as the page's paging knows it: "busy" or "free"
	State State
	Age   Age
	Alarm bool
}
