package views

// LinesWords are the words of what shows lines.
type LinesWords struct {
	FindLine string
}

var (
	linesEnglish = LinesWords{
		FindLine: "Find a line",
	}
	linesDutch = LinesWords{
		FindLine: "Lijn zoeken",
	}
	linesGerman = LinesWords{
		FindLine: "Linie suchen",
	}
)
