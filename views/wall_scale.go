package views

import "math"

// The scale of a wall: sizes from what a person can read. Normal text is
// 65·d/D vh for d metres and D inches, headline numbers 196·d/D, and no glyph of
// text is smaller than 52·d/D (design section 3). A vh is a hundredth of the
// height of the screen, so the picture is the same at every resolution.
const (
	wallText   = 65.0
	wallHead   = 196.0
	wallFloor  = 52.0
	wallLeast  = 2.0  // vh of normal text: below, a line of a desktop is reached
	wallMost   = 16.0 // above, nothing fits
	wallWidth  = 100*16.0/9 - 2*2.6*16/9
	wallBar    = 9.4  // header and footer
	wallBarMin = 1.05 // of normal text: what a bar needs for its line
	wallPitch  = 1.5  // of normal text: a row of a list

	// A number: label, figure, target line, and its margins; in normal text.
	numberHeight = 1.25 + 1.06*wallHead/wallText + 1.35*wallFloor/wallText + 0.5
	numberWidth  = 2.9 * wallHead / wallText
	// A person: name, state with age, and its margins.
	personHeight = 2.7
	personWidth  = 8.2
)

// Layouts of a wall, as its query names them.
const (
	layoutCalls   = "calls"
	layoutNumbers = "numbers"
	layoutPeople  = "people"
	layoutLine    = "line"
)

// orUsual takes values that are no sizes (zero, negative, NaN) as 55 inch at
// 5 metres.
func orUsual(inches, metres float64) (float64, float64) {
	if !(inches > 0) || math.IsInf(inches, 0) {
		inches = 55
	}
	if !(metres > 0) || math.IsInf(metres, 0) {
		metres = 5
	}
	return inches, metres
}

// WallScale gives the type scale of a display of the given diagonal in inches
// seen from the given distance in metres: normal text t, headline numbers h
// and the floor m of every glyph, in vh, and the rows that fit on a page,
// 85/(1.5·t), less where header and footer need the room. t is held between 2
// and 16 vh. Values that are no sizes are taken as 55 inch at 5 metres.
func WallScale(inches, metres float64) (t, h, m float64, rows int) {
	inches, metres = orUsual(inches, metres)
	t = min(max(wallText*metres/inches, wallLeast), wallMost)
	rows = int(85 / (wallPitch * t))
	for rows > 1 && 100-wallPitch*t*float64(rows) < 2*wallBarMin*t {
		rows--
	}
	return t, t * wallHead / wallText, t * wallFloor / wallText, rows
}

// WallGrid is how many figures or people fit beside and under one another at
// normal text of t vh, on a screen that lies. Rows of calls stand in one
// column.
func WallGrid(layout string, t float64) (columns, lines int) {
	body := 100 - 2*max(wallBar, wallBarMin*t)
	fit := func(width, height float64, mostAcross, mostDown int) (int, int) {
		return min(max(int(wallWidth/(width*t)), 1), mostAcross), min(max(int(body/(height*t)), 1), mostDown)
	}
	switch layout {
	case layoutNumbers, layoutLine:
		return fit(numberWidth, numberHeight, 3, 2)
	case layoutPeople:
		return fit(personWidth, personHeight, 5, 9)
	}
	_, _, _, rows := WallScale(wallText, t) // a screen at which t comes out
	return 1, rows
}

// leastOnWall is what a page of a layout must hold to be of use.
var leastOnWall = map[string]int{layoutCalls: 3, layoutNumbers: 2, layoutPeople: 4, layoutLine: 2}

// WallReadable reports whether a layout can be read on that display from there:
// the scale is not bounded and a page holds enough to be of use.
func WallReadable(layout string, inches, metres float64) bool {
	inches, metres = orUsual(inches, metres)
	t := wallText * metres / inches
	if t > wallMost {
		return false
	}
	columns, lines := WallGrid(layout, max(t, wallLeast))
	return columns*lines >= leastOnWall[layout]
}

// WallReach is the largest distance in metres from which a layout can be read
// on a display of that diagonal, rounded down to a tenth; from 0.1 to 200.
func WallReach(layout string, inches float64) float64 {
	low, high := 1, 2000 // tenths
	for low < high {
		if at := (low + high + 1) / 2; WallReadable(layout, inches, float64(at)/10) {
			low = at
		} else {
			high = at - 1
		}
	}
	return float64(low) / 10
}

// WallInches is the smallest diagonal in whole inches on which a layout can be
// read from that distance; at most 10000.
func WallInches(layout string, metres float64) int {
	low, high := 1, 10000
	for low < high {
		if at := (low + high) / 2; WallReadable(layout, float64(at), metres) {
			high = at
		} else {
			low = at + 1
		}
	}
	return low
}
