package views

// BacktestWords are the words of the page that tries limits on the record.
type BacktestWords struct {
	Title, Intro, Form, FormText, Back, Start, Cancel string
	Days                                              Plural
	PresentFmt                                        string // value
	Off                                               string

	Over, Under, Delay, Ring, Colleagues, Lines, Warn, AlarmAt string
	Names                                                      map[string]string // by kind

	Running, RunningFmt, Busy            string // per cent
	BetweenFmt                           string // from, to
	SummaryFmt                           string // alarms, instead of
	SameFmt                              string // alarms
	Alarms                               Plural
	CoveredFmt                           string // from, to
	WholeFmt, GapsFmt                    string // gaps, length
	Gaps                                 Plural
	GapFmt                               string // from, length
	Alarm, Limit, Total, Up, First, Long string
	Caption                              string
	MoreFmt, FewerFmt                    string // kind, count
	ExampleFmt                           string // moment, length
	Others                               Plural
	OnlyTried, OnlyNow                   string
	Changed                              string
	Command                              string

	NothingRecorded, TooMany, Cancelled, TooLong, Failed, NoRecord string
	WrongFmt                                                       string // field, value, what is expected
	None                                                           string
}

var (
	backtestEnglish = BacktestWords{
		Title: "Try limits", Intro: "What alarms other limits would have raised, before anybody saves them. The record is replayed through the same engine that watches the live board.",
		Form: "Limits to try", FormText: "Durations such as 30s, 1m30s or 0:30. The word off switches a limit off. Nothing here changes the live board.",
		Back: "Over", Start: "Run", Cancel: "Cancel", Days: Plural{"the last %d day", "the last %d days"}, PresentFmt: "now %s", Off: "off",
		Over: "over", Under: "under, %", Delay: "said after", Ring: "ringing for", Colleagues: "colleagues", Lines: "lines", Warn: "warn at, %", AlarmAt: "alarm at, %",
		Names: map[string]string{
			"ringing": "A customer rings", "chat": "Ringing while colleagues chat", "waiting": "Customers ringing at once", "talking": "A talk lasts",
			"not-returned": "Not called back", "service-level": "Service level", "asa": "Average wait", "answer-rate": "Answer rate", "capacity": "Lines in use, warning", "capacity-full": "Lines in use, alarm",
		},
		Running: "Replaying the record", RunningFmt: "%d %% done", Busy: "A run is under way. Wait for it, or cancel it.",
		BetweenFmt: "%s to %s", SummaryFmt: "%s instead of %s", SameFmt: "%s, as many as now", Alarms: Plural{"%d alarm", "%d alarms"},
		CoveredFmt: "There is a record from %s to %s", WholeFmt: "%s, without a gap.", GapsFmt: "%s. In it %s, %s in all: nothing is raised in a gap, so counts are a least.",
		Gaps: Plural{"%d gap", "%d gaps"}, GapFmt: "%s, %s",
		Alarm: "Alarm", Limit: "Limit", Total: "Total", Up: "Time up", First: "First", Long: "Longest",
		Caption: "Alarms by kind and day, now and with the limits to try",
		MoreFmt: "%s: %s more", FewerFmt: "%s: %s fewer", ExampleFmt: "%s, %s", Others: Plural{"and %d other", "and %d others"},
		OnlyTried: "Only with the limits to try:", OnlyNow: "Only as it is now:", Changed: "To save it, put this into the settings file:", Command: "The same at a prompt:",
		NothingRecorded: "There is no record of these days.", TooMany: "These limits raise more than 20,000 alarms: too many to be of use.",
		Cancelled: "The run was cancelled.", TooLong: "The run took longer than ten minutes and was stopped. Try fewer days.", Failed: "The record could not be read. The log says why.",
		NoRecord: "Nothing is recorded yet, so nothing can be tried.", WrongFmt: "%s: %s cannot be used, %s", None: "none",
	}
	backtestDutch = BacktestWords{
		Title: "Grenzen proberen", Intro: "Welke alarmen andere grenzen zouden hebben gegeven, voordat iemand ze opslaat. De opname wordt afgespeeld door hetzelfde mechaniek dat het actuele bord bewaakt.",
		Form: "Te proberen grenzen", FormText: "Tijdsduren zoals 30s, 1m30s of 0:30. Het woord off schakelt een grens uit. Niets hier verandert het actuele bord.",
		Back: "Over", Start: "Uitvoeren", Cancel: "Afbreken", Days: Plural{"de laatste %d dag", "de laatste %d dagen"}, PresentFmt: "nu %s", Off: "uit",
		Over: "meer dan", Under: "onder, %", Delay: "gemeld na", Ring: "belt al", Colleagues: "collega's", Lines: "lijnen", Warn: "waarschuwing, %", AlarmAt: "alarm, %",
		Names: map[string]string{
			"ringing": "Een klant belt", "chat": "Bellen terwijl collega's praten", "waiting": "Klanten tegelijk", "talking": "Een gesprek duurt",
			"not-returned": "Niet teruggebeld", "service-level": "Servicelevel", "asa": "Gemiddeld gewacht", "answer-rate": "Beantwoord", "capacity": "Lijnen bezet, waarschuwing", "capacity-full": "Lijnen bezet, alarm",
		},
		Running: "De opname wordt afgespeeld", RunningFmt: "%d %% gedaan", Busy: "Er loopt al een proef. Wacht daarop, of breek hem af.",
		BetweenFmt: "%s tot %s", SummaryFmt: "%s in plaats van %s", SameFmt: "%s, evenveel als nu", Alarms: Plural{"%d alarm", "%d alarmen"},
		CoveredFmt: "Er is een opname van %s tot %s", WholeFmt: "%s, zonder onderbreking.", GapsFmt: "%s. Daarin %s, samen %s: in een onderbreking komt geen alarm, dus de aantallen zijn minstens.",
		Gaps: Plural{"%d onderbreking", "%d onderbrekingen"}, GapFmt: "%s, %s",
		Alarm: "Alarm", Limit: "Grens", Total: "Totaal", Up: "Tijd in alarm", First: "Eerste", Long: "Langste",
		Caption: "Alarmen per soort en dag, nu en met de te proberen grenzen",
		MoreFmt: "%s: %s meer", FewerFmt: "%s: %s minder", ExampleFmt: "%s, %s", Others: Plural{"en %d ander", "en %d andere"},
		OnlyTried: "Alleen met de te proberen grenzen:", OnlyNow: "Alleen zoals het nu is:", Changed: "Om het op te slaan, zet dit in het instellingenbestand:", Command: "Hetzelfde op de opdrachtregel:",
		NothingRecorded: "Van deze dagen is geen opname.", TooMany: "Deze grenzen geven meer dan 20.000 alarmen: te veel om iets aan te hebben.",
		Cancelled: "De proef is afgebroken.", TooLong: "De proef duurde langer dan tien minuten en is gestopt. Probeer minder dagen.", Failed: "De opname kon niet worden gelezen. Het logboek zegt waarom.",
		NoRecord: "Er is nog niets opgenomen, dus er valt niets te proberen.", WrongFmt: "%s: %s kan niet, %s", None: "geen",
	}
	backtestGerman = BacktestWords{
		Title: "Grenzen testen", Intro: "Welche Alarme andere Grenzen ausgelöst hätten, bevor jemand sie speichert. Die Aufzeichnung läuft durch dieselbe Mechanik, die die aktuelle Tafel überwacht.",
		Form: "Zu testende Grenzen", FormText: "Dauern wie 30s, 1m30s oder 0:30. Das Wort off schaltet eine Grenze aus. Nichts hier ändert die aktuelle Tafel.",
		Back: "Über", Start: "Starten", Cancel: "Abbrechen", Days: Plural{"den letzten %d Tag", "die letzten %d Tage"}, PresentFmt: "jetzt %s", Off: "aus",
		Over: "über", Under: "unter, %", Delay: "gemeldet nach", Ring: "klingelt seit", Colleagues: "Kollegen", Lines: "Leitungen", Warn: "Warnung bei, %", AlarmAt: "Alarm bei, %",
		Names: map[string]string{
			"ringing": "Ein Kunde klingelt", "chat": "Klingeln, während Kollegen sprechen", "waiting": "Kunden zugleich", "talking": "Ein Gespräch dauert",
			"not-returned": "Nicht zurückgerufen", "service-level": "Servicelevel", "asa": "Im Schnitt gewartet", "answer-rate": "Annahmequote", "capacity": "Leitungen belegt, Warnung", "capacity-full": "Leitungen belegt, Alarm",
		},
		Running: "Die Aufzeichnung wird abgespielt", RunningFmt: "%d %% fertig", Busy: "Ein Test läuft schon. Bitte warten oder ihn abbrechen.",
		BetweenFmt: "%s bis %s", SummaryFmt: "%s statt %s", SameFmt: "%s, so viele wie jetzt", Alarms: Plural{"%d Alarm", "%d Alarme"},
		CoveredFmt: "Es gibt eine Aufzeichnung von %s bis %s", WholeFmt: "%s, ohne Lücke.", GapsFmt: "%s. Darin %s, zusammen %s: in einer Lücke wird nichts gemeldet, die Zahlen sind also mindestens.",
		Gaps: Plural{"%d Lücke", "%d Lücken"}, GapFmt: "%s, %s",
		Alarm: "Alarm", Limit: "Grenze", Total: "Gesamt", Up: "Zeit im Alarm", First: "Erster", Long: "Längster",
		Caption: "Alarme nach Art und Tag, jetzt und mit den zu testenden Grenzen",
		MoreFmt: "%s: %s mehr", FewerFmt: "%s: %s weniger", ExampleFmt: "%s, %s", Others: Plural{"und %d weiterer", "und %d weitere"},
		OnlyTried: "Nur mit den zu testenden Grenzen:", OnlyNow: "Nur wie es jetzt ist:", Changed: "Zum Speichern gehört dies in die Datei mit den Einstellungen:", Command: "Dasselbe in der Befehlszeile:",
		NothingRecorded: "Von diesen Tagen gibt es keine Aufzeichnung.", TooMany: "Diese Grenzen lösen mehr als 20.000 Alarme aus: zu viele, um zu nützen.",
		Cancelled: "Der Test wurde abgebrochen.", TooLong: "Der Test dauerte länger als zehn Minuten und wurde beendet. Bitte weniger Tage versuchen.", Failed: "Die Aufzeichnung ließ sich nicht lesen. Das Protokoll sagt, warum.",
		NoRecord: "Es ist noch nichts aufgezeichnet, also lässt sich nichts testen.", WrongFmt: "%s: %s geht nicht, %s", None: "keine",
	}
)
