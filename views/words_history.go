package views

// HistoryWords are the words of what shows the past.
type HistoryWords struct {
	Title                                      string
	PerHour, PerDay                            string // title of the chart
	Answered, Unanswered, Open, Gaps           string // its legend
	GapFmt                                     string // time of day, length
	Figures                                    string // shows the chart's figures as a table
	Hour, Day, Total                           string // heads of that table
	HourFmt                                    string // hour, next hour
	BarFmt                                     string // hour or day, calls, answered, unanswered
	BarOpenFmt                                 string // how many are not decided
	BarGap                                     string
	SoFarFmt                                   string // calls
	UntilFmt, LastWeekdayFmt                   string // time of day; weekday
	InAll, WeekBefore                          string
	GoingOn                                    string // in front of how many calls are up
	NotKept                                    string
	Today, Yesterday                           string
	LastDaysFmt                                string // how many days
	From, To, Show                             string
	PrevDay, NextDay                           string
	RangeFmt, SpanFmt                          string // first, last
	Result, AnyResult, EndNotSeen              string
	AnyWait, WaitedOverFmt                     string // age
	CameIn, AllCalls, WentOut, AmongColleagues string
	Find, ClearAll                             string
	Calls, KeptDays                            Plural
	AtLeastFmt                                 string // calls
	CountKeptFmt                               string // calls, days
	Travel                                     string
	LongestWait                                string
	CSV, JSON, CSVLabel, JSONLabel             string
	Remark                                     string
	Transfers                                  Plural
	NotReturned, EndLost, BeginLost            string
	Unconfirmed, Outbound, Internal            string
	LegsRang, LegsTalked                       Plural
	Newest, Newer, Older, Pages                string
	NoneMatch, NoneMatchText, Everywhere       string
	NoneThen, NoneThenText                     string
	NoneToday, NoneTodayText                   string
	NothingKept, NothingKeptText               string
	NothingKeptSinceFmt                        string // day
	NoHistory, NoHistoryText                   string
	BeforeKeptFmt                              string // first day that is kept
	BeforeWatchedFmt                           string // time of day of the first call that is kept
	PausedFmt                                  string // since when
	NumbersOfFmt                               string // day or days
	NumbersGap                                 string
	NumbersToday                               string
	NumbersNone                                string
	LineFmt                                    string // day that the line of a chart is of
}

var (
	historyEnglish = HistoryWords{
		Title: "History", PerHour: "Calls per hour", PerDay: "Calls per day", Answered: "answered", Unanswered: "unanswered", Open: "not decided, or end not seen", Gaps: "feed gap, counts are at least",
		GapFmt: "gap %s, %s", Figures: "Figures", Hour: "Hour", Day: "Day", Total: "Calls", HourFmt: "%s to %s",
		BarFmt: "%s: %s calls, %s answered, %s unanswered", BarOpenFmt: "%s not decided, or end not seen", BarGap: "the feed was interrupted", SoFarFmt: "%s so far",
		UntilFmt: "Until %s:", LastWeekdayFmt: "last %s", InAll: "In all", WeekBefore: "the week before", GoingOn: "going on now", NotKept: "not kept",
		Today: "Today", Yesterday: "Yesterday", LastDaysFmt: "Last %d days", From: "From", To: "To", Show: "Show these days",
		PrevDay: "Earlier", NextDay: "Later", RangeFmt: "%s to %s", SpanFmt: "%s to %s",
		Result: "Result", AnyResult: "Any result", EndNotSeen: "End not seen", AnyWait: "Waited over…", WaitedOverFmt: "Waited over %s",
		CameIn: "Came in", AllCalls: "All calls", WentOut: "Went out", AmongColleagues: "Among colleagues",
		Find: "Number or name", ClearAll: "Clear filters", Calls: Plural{"%d call", "%d calls"}, KeptDays: Plural{"kept %d day", "kept %d days"}, AtLeastFmt: "at least %s", CountKeptFmt: "%s, %s",
		Travel: "Travel to a time", LongestWait: "Longest wait", CSV: "CSV", JSON: "JSON", CSVLabel: "These calls as CSV", JSONLabel: "These calls as JSON",
		Remark: "Remark", Transfers: Plural{"%d transfer", "%d transfers"}, NotReturned: "not returned", EndLost: "end lost in gap", BeginLost: "began before it was seen",
		Unconfirmed: "not confirmed after a gap", Outbound: "called out", Internal: "internal",
		LegsRang: Plural{"%d telephone rang", "%d telephones rang"}, LegsTalked: Plural{"%d colleague talked", "%d colleagues talked"},
		Newest: "Newest", Newer: "Newer", Older: "Older", Pages: "Pages of the list",
		NoneMatch: "No calls match", NoneMatchText: "There are calls in these days, but none fits the filters in effect.", Everywhere: "Look among all calls, going out and internal too",
		NoneThen: "No calls", NoneThenText: "Callboard watched these days and saw no call.",
		NoneToday: "No calls yet today", NoneTodayText: "Calls appear here once they have ended.",
		NothingKept: "Nothing kept yet", NothingKeptText: "Calls appear here once they have ended.", NothingKeptSinceFmt: "The history begins on %s: of the days before nothing is kept.",
		NoHistory: "History is not kept", NoHistoryText: "The history could not be opened when Callboard was started. The status page says why.",
		BeforeKeptFmt: "The history begins on %s; days before it are not kept.", BeforeWatchedFmt: "The first call that is kept is of %s; whether there were calls before it that day is not known.",
		PausedFmt:    "History paused since %s: the disk does not take anything. Calls since then are missing here; they come in when it goes on.",
		NumbersOfFmt: "Numbers of %s", NumbersGap: "the feed was interrupted, so counts are at least",
		NumbersToday: "The numbers of today, live", NumbersNone: "Nothing is kept of these days",
		LineFmt: "line: %s",
	}
	historyDutch = HistoryWords{
		Title: "Historie", PerHour: "Gesprekken per uur", PerDay: "Gesprekken per dag", Answered: "beantwoord", Unanswered: "niet beantwoord", Open: "nog onbeslist, of einde niet gezien", Gaps: "onderbreking, aantallen zijn minstens",
		GapFmt: "onderbreking %s, %s", Figures: "Cijfers", Hour: "Uur", Day: "Dag", Total: "Gesprekken", HourFmt: "%s tot %s",
		BarFmt: "%s: %s gesprekken, %s beantwoord, %s niet beantwoord", BarOpenFmt: "%s nog onbeslist, of einde niet gezien", BarGap: "de verbinding was onderbroken", SoFarFmt: "%s tot nu",
		UntilFmt: "Tot %s:", LastWeekdayFmt: "vorige %s", InAll: "In totaal", WeekBefore: "de week ervoor", GoingOn: "nu bezig", NotKept: "niet bewaard",
		Today: "Vandaag", Yesterday: "Gisteren", LastDaysFmt: "Laatste %d dagen", From: "Van", To: "Tot en met", Show: "Deze dagen tonen",
		PrevDay: "Eerder", NextDay: "Later", RangeFmt: "%s t/m %s", SpanFmt: "%s tot %s",
		Result: "Resultaat", AnyResult: "Elk resultaat", EndNotSeen: "Einde niet gezien", AnyWait: "Wachtte langer dan…", WaitedOverFmt: "Wachtte langer dan %s",
		CameIn: "Binnengekomen", AllCalls: "Alle gesprekken", WentOut: "Uitgaand", AmongColleagues: "Onder collega's",
		Find: "Nummer of naam", ClearAll: "Filters wissen", Calls: Plural{"%d gesprek", "%d gesprekken"}, KeptDays: Plural{"%d dag bewaard", "%d dagen bewaard"}, AtLeastFmt: "minstens %s", CountKeptFmt: "%s, %s",
		Travel: "Naar een tijdstip", LongestWait: "Langst gewacht", CSV: "CSV", JSON: "JSON", CSVLabel: "Deze gesprekken als CSV", JSONLabel: "Deze gesprekken als JSON",
		Remark: "Opmerking", Transfers: Plural{"%d keer doorverbonden", "%d keer doorverbonden"}, NotReturned: "niet teruggebeld", EndLost: "einde zoek in onderbreking", BeginLost: "begon voor het gezien werd",
		Unconfirmed: "niet bevestigd na een onderbreking", Outbound: "uitgaand", Internal: "intern",
		LegsRang: Plural{"%d toestel ging over", "%d toestellen gingen over"}, LegsTalked: Plural{"%d collega sprak", "%d collega's spraken"},
		Newest: "Nieuwste", Newer: "Nieuwer", Older: "Ouder", Pages: "Pagina's van de lijst",
		NoneMatch: "Geen gesprek voldoet", NoneMatchText: "Er zijn gesprekken in deze dagen, maar geen past bij de gekozen filters.", Everywhere: "Zoek in alle gesprekken, ook uitgaand en intern",
		NoneThen: "Geen gesprekken", NoneThenText: "Callboard keek deze dagen toe en zag geen gesprek.",
		NoneToday: "Vandaag nog geen gesprek", NoneTodayText: "Gesprekken verschijnen hier als ze zijn afgelopen.",
		NothingKept: "Nog niets bewaard", NothingKeptText: "Gesprekken verschijnen hier als ze zijn afgelopen.", NothingKeptSinceFmt: "De historie begint op %s: van eerdere dagen is niets bewaard.",
		NoHistory: "Er wordt geen historie bewaard", NoHistoryText: "De historie kon bij het starten van Callboard niet worden geopend. De statuspagina zegt waarom.",
		BeforeKeptFmt: "De historie begint op %s; eerdere dagen zijn niet bewaard.", BeforeWatchedFmt: "Het eerste bewaarde gesprek is van %s; of er die dag eerder gesprekken waren is niet bekend.",
		PausedFmt:    "Historie gepauzeerd sinds %s: de schijf neemt niets aan. Gesprekken van daarna ontbreken hier; ze komen erbij zodra het verder gaat.",
		NumbersOfFmt: "Cijfers van %s", NumbersGap: "de verbinding was onderbroken, dus aantallen zijn minstens",
		NumbersToday: "De cijfers van vandaag, actueel", NumbersNone: "Van deze dagen is niets bewaard",
		LineFmt: "lijn: %s",
	}
	historyGerman = HistoryWords{
		Title: "Verlauf", PerHour: "Gespräche pro Stunde", PerDay: "Gespräche pro Tag", Answered: "angenommen", Unanswered: "nicht angenommen", Open: "noch offen, oder Ende nicht gesehen", Gaps: "Lücke, Zahlen sind mindestens",
		GapFmt: "Lücke %s, %s", Figures: "Zahlen", Hour: "Stunde", Day: "Tag", Total: "Gespräche", HourFmt: "%s bis %s",
		BarFmt: "%s: %s Gespräche, %s angenommen, %s nicht angenommen", BarOpenFmt: "%s noch offen, oder Ende nicht gesehen", BarGap: "die Verbindung war unterbrochen", SoFarFmt: "%s bisher",
		UntilFmt: "Bis %s:", LastWeekdayFmt: "letzten %s", InAll: "Insgesamt", WeekBefore: "die Woche davor", GoingOn: "jetzt im Gang", NotKept: "nicht aufbewahrt",
		Today: "Heute", Yesterday: "Gestern", LastDaysFmt: "Letzte %d Tage", From: "Von", To: "Bis einschließlich", Show: "Diese Tage zeigen",
		PrevDay: "Früher", NextDay: "Später", RangeFmt: "%s bis %s", SpanFmt: "%s bis %s",
		Result: "Ergebnis", AnyResult: "Jedes Ergebnis", EndNotSeen: "Ende nicht gesehen", AnyWait: "Gewartet über…", WaitedOverFmt: "Gewartet über %s",
		CameIn: "Hereingekommen", AllCalls: "Alle Gespräche", WentOut: "Ausgehend", AmongColleagues: "Unter Kollegen",
		Find: "Nummer oder Name", ClearAll: "Filter löschen", Calls: Plural{"%d Gespräch", "%d Gespräche"}, KeptDays: Plural{"%d Tag aufbewahrt", "%d Tage aufbewahrt"}, AtLeastFmt: "mindestens %s", CountKeptFmt: "%s, %s",
		Travel: "Zu einem Zeitpunkt", LongestWait: "Längste Wartezeit", CSV: "CSV", JSON: "JSON", CSVLabel: "Diese Gespräche als CSV", JSONLabel: "Diese Gespräche als JSON",
		Remark: "Bemerkung", Transfers: Plural{"%d Mal vermittelt", "%d Mal vermittelt"}, NotReturned: "nicht zurückgerufen", EndLost: "Ende in Lücke verloren", BeginLost: "begann, bevor es gesehen wurde",
		Unconfirmed: "nach einer Lücke nicht bestätigt", Outbound: "ausgehend", Internal: "intern",
		LegsRang: Plural{"%d Telefon klingelte", "%d Telefone klingelten"}, LegsTalked: Plural{"%d Kollege sprach", "%d Kollegen sprachen"},
		Newest: "Neueste", Newer: "Neuere", Older: "Ältere", Pages: "Seiten der Liste",
		NoneMatch: "Kein Gespräch passt", NoneMatchText: "In diesen Tagen gab es Gespräche, aber keines passt zu den gewählten Filtern.", Everywhere: "In allen Gesprächen suchen, auch ausgehenden und internen",
		NoneThen: "Keine Gespräche", NoneThenText: "Callboard sah in diesen Tagen zu, und es gab kein Gespräch.",
		NoneToday: "Heute noch kein Gespräch", NoneTodayText: "Gespräche erscheinen hier, wenn sie zu Ende sind.",
		NothingKept: "Noch nichts aufbewahrt", NothingKeptText: "Gespräche erscheinen hier, wenn sie zu Ende sind.", NothingKeptSinceFmt: "Der Verlauf beginnt am %s: von den Tagen davor ist nichts aufbewahrt.",
		NoHistory: "Es wird kein Verlauf aufbewahrt", NoHistoryText: "Der Verlauf konnte beim Start von Callboard nicht geöffnet werden. Die Statusseite sagt, warum.",
		BeforeKeptFmt: "Der Verlauf beginnt am %s; die Tage davor sind nicht aufbewahrt.", BeforeWatchedFmt: "Das erste aufbewahrte Gespräch ist von %s; ob es an diesem Tag davor Gespräche gab, ist nicht bekannt.",
		PausedFmt:    "Verlauf angehalten seit %s: die Platte nimmt nichts an. Gespräche seither fehlen hier; sie kommen dazu, sobald es weitergeht.",
		NumbersOfFmt: "Kennzahlen von %s", NumbersGap: "die Verbindung war unterbrochen, also sind Zahlen mindestens",
		NumbersToday: "Die Kennzahlen von heute, aktuell", NumbersNone: "Von diesen Tagen ist nichts aufbewahrt",
		LineFmt: "Linie: %s",
	}
)
