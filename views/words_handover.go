package views

// HandoverWords are the words of the sheet on which a shift is handed over.
// Fields ending in Fmt are formats; their verbs are named in their comment.
type HandoverWords struct {
	Title                        string
	OpeningHours, WholeDay       string // names of the one shift there is without a name
	Stretch                      string // a stretch of one's own
	SoFarFmt                     string // time
	Print, Other, From, To, Show string
	Before, Next, Shifts         string

	// What is not known.
	NothingKept string
	KeptFromFmt string // day, time
	NotBegun    string
	AtLeastFmt  string // times of gaps
	ListNotKept string
	OpenNowNote string
	ListAtFmt   string // time

	// Sections.
	Numbers, Chart, ToCallBack, Done, Alarms, Gaps, Waits, People, Notice, Remarks, Signed string
	OutShort                                                                               string

	Offered, Answered, Unanswered, Level, Rate, ASA, LongestWait, Out, InOutFmt string // InOutFmt: %s internal
	RateTargetFmt                                                               string // per cent, %s of %s
	ASATargetFmt                                                                string // limit
	MeasuredFmt                                                                 string // count
	PeakFmt                                                                     string // count, time
	UndecidedFmt                                                                string // count
	CallsOf                                                                     Plural
	OpenOf                                                                      Plural
	DoneOf, AlarmsOf                                                            Plural
	NobodyOpen, NobodyDone, NoAlarm, NoGap, NoGapSince, NoWait, NobodyOn        string

	Waited, Customer, LetItRing, Tries, Remark, Took, How, At, For, What, Name, Team, RangUnanswered, First, Last, Internal string
	PrintedFmt                                                                                                              string // build, date and time
	PageOf                                                                                                                  string
}

var (
	handoverEnglish = HandoverWords{
		Title: "Shift hand-over", OpeningHours: "Opening hours", WholeDay: "Whole day", Stretch: "Own stretch", SoFarFmt: "so far, as of %s",
		Print: "Print", Other: "Another time", From: "From", To: "To", Show: "Show", Before: "Shift before", Next: "Next shift", Shifts: "Shifts of this day",

		NothingKept: "Nothing is kept of this time.", KeptFromFmt: "Calls are known from %s, %s on.", NotBegun: "This shift has not begun.",
		AtLeastFmt: "Counts with ≥ are at least so many: no view of the feed %s.", ListNotKept: "The list as it was then is not kept.", OpenNowNote: "The list as it is now.", ListAtFmt: "The list as it was at %s.",

		Numbers: "Numbers", Chart: "Customers who called, by the hour", ToCallBack: "Still to call back", Done: "Called back or done", Alarms: "Alarms", Gaps: "Gaps", Waits: "Longest waits", People: "Who was on",
		Notice: "Notice", Remarks: "Remarks", Signed: "Handed over by, to, time",
		OutShort: "Called out",

		Offered: "Offered", Answered: "Answered", Unanswered: "Unanswered", Level: "Service level", Rate: "Answer rate", ASA: "Average wait", LongestWait: "Longest wait", Out: "Called out", InOutFmt: "%s internal", UndecidedFmt: "%s not decided",
		RateTargetFmt: "target %s %%, %s of %s", ASATargetFmt: "limit %s", MeasuredFmt: "of %s measured", PeakFmt: "most at once %s, %s",
		CallsOf: Plural{"%d call", "%d calls"}, OpenOf: Plural{"%d customer", "%d customers"}, DoneOf: Plural{"%d customer", "%d customers"}, AlarmsOf: Plural{"%d alarm", "%d alarms"},
		NobodyOpen: "Nobody waits to be called back.", NobodyDone: "Nobody was called back or marked done.", NoAlarm: "No alarm.", NoGap: "No gap: everything of this time was seen.", NoGapSince: "No gap since then.", NoWait: "No wait was measured.", NobodyOn: "Nobody was seen in a call.",

		Waited: "Waited", Customer: "Customer", LetItRing: "Let it ring", Tries: "Tries", Remark: "Claim and note", Took: "Took", How: "How", At: "At", For: "For", What: "What", Name: "Name", Team: "Team",
		RangUnanswered: "Rang, unanswered", First: "First call", Last: "Last call", Internal: "Internal", PrintedFmt: "Callboard %s, %s", PageOf: "Sheet of",
	}
	handoverDutch = HandoverWords{
		Title: "Overdracht", OpeningHours: "Openingstijden", WholeDay: "Hele dag", Stretch: "Eigen periode", SoFarFmt: "tot nu toe, stand van %s",
		Print: "Afdrukken", Other: "Andere tijd", From: "Van", To: "Tot", Show: "Tonen", Before: "Vorige dienst", Next: "Volgende dienst", Shifts: "Diensten van deze dag",

		NothingKept: "Van deze tijd is niets bewaard.", KeptFromFmt: "Gesprekken zijn bekend vanaf %s, %s.", NotBegun: "Deze dienst is nog niet begonnen.",
		AtLeastFmt: "Tellingen met ≥ zijn minstens zoveel: geen zicht op de centrale %s.", ListNotKept: "De lijst van toen is niet bewaard.", OpenNowNote: "De lijst van nu.", ListAtFmt: "De lijst van %s.",

		Numbers: "Cijfers", Chart: "Klanten die belden, per uur", ToCallBack: "Nog terug te bellen", Done: "Teruggebeld of afgehandeld", Alarms: "Alarmen", Gaps: "Onderbrekingen", Waits: "Langste wachttijden", People: "Wie er was",
		Notice: "Mededeling", Remarks: "Opmerkingen", Signed: "Overgedragen door, aan, tijd",
		OutShort: "Uitgebeld",

		Offered: "Aangeboden", Answered: "Beantwoord", Unanswered: "Niet beantwoord", Level: "Servicelevel", Rate: "Beantwoord %", ASA: "Gemiddeld gewacht", LongestWait: "Langst gewacht", Out: "Uitgebeld", InOutFmt: "%s intern", UndecidedFmt: "%s niet beslist",
		RateTargetFmt: "doel %s %%, %s van %s", ASATargetFmt: "grens %s", MeasuredFmt: "van %s gemeten", PeakFmt: "meeste tegelijk %s, %s",
		CallsOf: Plural{"%d gesprek", "%d gesprekken"}, OpenOf: Plural{"%d klant", "%d klanten"}, DoneOf: Plural{"%d klant", "%d klanten"}, AlarmsOf: Plural{"%d alarm", "%d alarmen"},
		NobodyOpen: "Niemand wacht op terugbellen.", NobodyDone: "Niemand is teruggebeld of afgehandeld.", NoAlarm: "Geen alarm.", NoGap: "Geen onderbreking: alles van deze tijd is gezien.", NoGapSince: "Sindsdien geen onderbreking.", NoWait: "Er is geen wachttijd gemeten.", NobodyOn: "Niemand is in een gesprek gezien.",

		Waited: "Gewacht", Customer: "Klant", LetItRing: "Liet overgaan", Tries: "Pogingen", Remark: "Opgepakt en notitie", Took: "Duurde", How: "Hoe", At: "Om", For: "Duur", What: "Wat", Name: "Naam", Team: "Team",
		RangUnanswered: "Ging over, niet beantwoord", First: "Eerste gesprek", Last: "Laatste gesprek", Internal: "Intern", PrintedFmt: "Callboard %s, %s", PageOf: "Blad van",
	}
	handoverGerman = HandoverWords{
		Title: "Schichtübergabe", OpeningHours: "Öffnungszeiten", WholeDay: "Ganzer Tag", Stretch: "Eigener Zeitraum", SoFarFmt: "bisher, Stand %s",
		Print: "Drucken", Other: "Andere Zeit", From: "Von", To: "Bis", Show: "Zeigen", Before: "Schicht davor", Next: "Nächste Schicht", Shifts: "Schichten dieses Tages",

		NothingKept: "Aus dieser Zeit ist nichts aufbewahrt.", KeptFromFmt: "Gespräche sind bekannt ab %s, %s.", NotBegun: "Diese Schicht hat noch nicht begonnen.",
		AtLeastFmt: "Zahlen mit ≥ sind mindestens so viele: keine Sicht auf die Anlage %s.", ListNotKept: "Die Liste von damals ist nicht aufbewahrt.", OpenNowNote: "Die Liste von jetzt.", ListAtFmt: "Die Liste von %s.",

		Numbers: "Zahlen", Chart: "Kunden, die anriefen, je Stunde", ToCallBack: "Noch zurückzurufen", Done: "Zurückgerufen oder erledigt", Alarms: "Alarme", Gaps: "Lücken", Waits: "Längste Wartezeiten", People: "Wer da war",
		Notice: "Hinweis", Remarks: "Bemerkungen", Signed: "Übergeben von, an, Zeit",
		OutShort: "Ausgehend",

		Offered: "Angeboten", Answered: "Angenommen", Unanswered: "Nicht angenommen", Level: "Servicelevel", Rate: "Annahmequote", ASA: "Mittlere Wartezeit", LongestWait: "Längste Wartezeit", Out: "Ausgehend", InOutFmt: "%s intern", UndecidedFmt: "%s nicht entschieden",
		RateTargetFmt: "Ziel %s %%, %s von %s", ASATargetFmt: "Grenze %s", MeasuredFmt: "von %s gemessen", PeakFmt: "meiste zugleich %s, %s",
		CallsOf: Plural{"%d Gespräch", "%d Gespräche"}, OpenOf: Plural{"%d Kunde", "%d Kunden"}, DoneOf: Plural{"%d Kunde", "%d Kunden"}, AlarmsOf: Plural{"%d Alarm", "%d Alarme"},
		NobodyOpen: "Niemand wartet auf einen Rückruf.", NobodyDone: "Niemand wurde zurückgerufen oder erledigt.", NoAlarm: "Kein Alarm.", NoGap: "Keine Lücke: Alles aus dieser Zeit wurde gesehen.", NoGapSince: "Seitdem keine Lücke.", NoWait: "Keine Wartezeit wurde gemessen.", NobodyOn: "Niemand wurde in einem Gespräch gesehen.",

		Waited: "Gewartet", Customer: "Kunde", LetItRing: "Ließ klingeln", Tries: "Versuche", Remark: "Übernahme und Notiz", Took: "Dauerte", How: "Wie", At: "Um", For: "Dauer", What: "Was", Name: "Name", Team: "Team",
		RangUnanswered: "Klingelte, nicht angenommen", First: "Erstes Gespräch", Last: "Letztes Gespräch", Internal: "Intern", PrintedFmt: "Callboard %s, %s", PageOf: "Blatt von",
	}
)
