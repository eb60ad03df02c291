package views

// LinesWords are the words of what shows lines.
type LinesWords struct{}

var (
	linesEnglish = LinesWords{}
	linesDutch   = LinesWords{}
	linesGerman  = LinesWords{}
)
