package views

// LinesWords are the words of what shows lines.
type LinesWords struct {
	FindLine           string
	Teams              string
	AllLinesToo        string // title of the row of all lines
	LevelFmt           string // formula, goal
	ByHourFmt          string // first hour
	HourFmt            string // hour, next hour, count
	SoFar              string
	NoCallsToday       string
	NoLine, NoLineText string
}

var (
	linesEnglish = LinesWords{
		FindLine: "Find a line", Teams: "Teams", AllLinesToo: "Calls without a line count here too",
		LevelFmt: "Service level: %s, target %d %%", ByHourFmt: "By hour, %s to now", HourFmt: "%s to %s: %s", SoFar: "so far",
		NoCallsToday: "No calls today", NoLine: "No line seen yet", NoLineText: "Lines appear here when the PBX lists them, or with their first call.",
	}
	linesDutch = LinesWords{
		FindLine: "Lijn zoeken", Teams: "Teams", AllLinesToo: "Gesprekken zonder lijn tellen hier mee",
		LevelFmt: "Servicelevel: %s, doel %d %%", ByHourFmt: "Per uur, %s tot nu", HourFmt: "%s tot %s: %s", SoFar: "tot nu toe",
		NoCallsToday: "Vandaag geen gesprekken", NoLine: "Nog geen lijn gezien", NoLineText: "Lijnen verschijnen hier als de centrale ze opsomt, of met hun eerste gesprek.",
	}
	linesGerman = LinesWords{
		FindLine: "Linie suchen", Teams: "Teams", AllLinesToo: "Gespräche ohne Linie zählen hier mit",
		LevelFmt: "Servicelevel: %s, Ziel %d %%", ByHourFmt: "Pro Stunde, %s bis jetzt", HourFmt: "%s bis %s: %s", SoFar: "bisher",
		NoCallsToday: "Heute keine Gespräche", NoLine: "Noch keine Linie gesehen", NoLineText: "Linien erscheinen hier, wenn die Anlage sie nennt, oder mit ihrem ersten Gespräch.",
	}
)
