package views

import "strconv"

// Room above the plot of a chart for its topmost label and the time of a gap,
// and below it for the names of its bars, in pixels.
const (
	chartAbove = 28
	chartBelow = 28
)

// half puts a hairline onto whole pixels of the screen.
func half(y int) string { return strconv.Itoa(y) + ".5" }
