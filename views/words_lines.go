package views

// LinesWords are the words of what shows lines.
type LinesWords struct {
	PerHour, LevelHead string
	AllOfThem          string
	FindLine           string
	Teams              string
	AllLinesToo        string // title of the row of all lines
	LevelFmt           string // way of counting, threshold, goal
	ByHourFmt          string // first hour
	HourFmt            string // hour, next hour, count
	SoFar              string
	NoCallsToday       string // of an empty chart of offered calls
	WithoutLine        string // the row of calls without a line
	WithoutLineWhy     string // its title
	NoLine, NoLineText string
}

var (
	linesEnglish = LinesWords{
		PerHour: "Calls per hour", LevelHead: "service level", AllOfThem: "All lines",
		FindLine: "Find a line", Teams: "Teams", AllLinesToo: "Calls without a line count here too",
		WithoutLine: "No line", WithoutLineWhy: "Calls straight to or from a telephone: the PBX names no line with them",
		LevelFmt: "Service level: %s; in time is %s, target %d %%", ByHourFmt: "By hour, %s to now", HourFmt: "%s to %s: %s", SoFar: "so far",
		NoCallsToday: "None offered yet", NoLine: "No line seen yet", NoLineText: "Lines appear here when the PBX lists them, or with their first call.",
	}
	linesDutch = LinesWords{
		PerHour: "Gesprekken per uur", LevelHead: "servicelevel", AllOfThem: "Alle lijnen",
		FindLine: "Lijn zoeken", Teams: "Teams", AllLinesToo: "Gesprekken zonder lijn tellen hier mee",
		WithoutLine: "Geen lijn", WithoutLineWhy: "Gesprekken rechtstreeks van of naar een toestel: de centrale noemt er geen lijn bij",
		LevelFmt: "Servicelevel: %s; op tijd is %s, doel %d %%", ByHourFmt: "Per uur, %s tot nu", HourFmt: "%s tot %s: %s", SoFar: "tot nu toe",
		NoCallsToday: "Nog geen aangeboden", NoLine: "Nog geen lijn gezien", NoLineText: "Lijnen verschijnen hier als de centrale ze opsomt, of met hun eerste gesprek.",
	}
	linesGerman = LinesWords{
		PerHour: "Gespräche pro Stunde", LevelHead: "Servicelevel", AllOfThem: "Alle Linien",
		FindLine: "Linie suchen", Teams: "Teams", AllLinesToo: "Gespräche ohne Linie zählen hier mit",
		WithoutLine: "Keine Linie", WithoutLineWhy: "Gespräche direkt von oder zu einem Telefon: die Anlage nennt keine Linie dazu",
		LevelFmt: "Servicelevel: %s; rechtzeitig ist %s, Ziel %d %%", ByHourFmt: "Pro Stunde, %s bis jetzt", HourFmt: "%s bis %s: %s", SoFar: "bisher",
		NoCallsToday: "Noch keine angeboten", NoLine: "Noch keine Linie gesehen", NoLineText: "Linien erscheinen hier, wenn die Anlage sie nennt, oder mit ihrem ersten Gespräch.",
	}
)
