package views

// StatusWords are the words of the page of the chain from the PBX to the
// screens. Fields ending in Fmt are formats; their verbs are named in their
// comment, all of them %s unless it says otherwise.
type StatusWords struct {
	LiveSinceFmt, ConnectedSinceFmt, UpSinceFmt string // time
	HeapFmt                                     string // %d MB
	CallsUp, Connected, Walls                   Plural
	RoundTripFmt                                string // %d ms
	BeatFmt                                     string // seconds
	AgeOfAnswer                                 string

	// Gaps.
	StillOpen              string
	Unconfirmed, EndsLost  Plural
	GapsSinceStart         Plural
	InAllFmt               string // length
	MoreGapsFmt            string // %d
	NoTouched, LimitsTitle string

	// Limits in effect.
	LimitProof, LimitBlind, LimitScreen, LimitRinging, LimitClock, LimitSilence string
	SilenceFmt                                                                  string // length

	// The PBX's clock.
	AgainstOurs, ChangedFmt, LastJump string // ChangedFmt: time
	AheadFmt, BehindFmt               string // length
	JumpFmt                           string // how far, time
	InStep, NotMeasured, Zone         string
	LastEvent                         string
	NoticeFmt                         string // "1:01:04 ahead", limit
	NoticeZone                        string

	// Contract monitor.
	Contract, NamesKnown, NamesUnknown                             string
	UnknownNames, UnknownFields, Orphans, Twice, Disorder, Garbled string
	TodayOfFmt                                                     string // today, since start
	Messages                                                       string
	DoubledFmt                                                     string // count

	// Versions and screens.
	PBXBuild, Tenant, SessionName, SessionUntil, Reconnects                              string
	Boards, WallPages, CallPages, OtherPages, StatusPages, DifferentViews, Heap, Threads string
}

var (
	statusEnglish = StatusWords{
		LiveSinceFmt: "The feed is live since %s.", ConnectedSinceFmt: "connected since %s", UpSinceFmt: "up since %s", HeapFmt: "heap %d MB",
		CallsUp: Plural{"%d call up", "%d calls up"}, Connected: Plural{"%d connected", "%d connected"}, Walls: Plural{"%d of them a wall", "%d of them walls"},
		RoundTripFmt: "round trip %d ms", BeatFmt: "a beat every %s", AgeOfAnswer: "age of the last answer",

		StillOpen: "still open", Unconfirmed: Plural{"%d unconfirmed", "%d unconfirmed"}, EndsLost: Plural{"%d end lost", "%d ends lost"},
		GapsSinceStart: Plural{"%d since start", "%d since start"}, InAllFmt: "%s in all", MoreGapsFmt: "%d earlier ones are not shown",
		NoTouched: "none", LimitsTitle: "Limits in effect",

		LimitProof: "PBX silent: doubtful", LimitBlind: "PBX silent: blind", LimitScreen: "Screen unheard: doubtful", LimitRinging: "Customer ringing",
		LimitClock: "PBX clock off", LimitSilence: "No call event", SilenceFmt: "list read after %s",

		AgainstOurs: "PBX clock against ours", ChangedFmt: "Changed since %s", LastJump: "Last jump", AheadFmt: "%s ahead", BehindFmt: "%s behind", JumpFmt: "%s at %s",
		InStep: "in step", NotMeasured: "not measured yet", Zone: "Zone of this page", LastEvent: "Last call event",
		NoticeFmt: "PBX clock %s, limit %s", NoticeZone: "PBX dates off by whole hours",

		Contract: "Feed contract", NamesKnown: "all names known", NamesUnknown: "names unknown",
		UnknownNames: "Unknown event names", UnknownFields: "Unknown fields", Orphans: "News of a call never announced", Twice: "Told twice", Disorder: "Out of order", Garbled: "Unreadable",
		TodayOfFmt: "%s of %s", Messages: "Messages on the socket", DoubledFmt: "%s doubled",

		PBXBuild: "PBX build", Tenant: "Tenant", SessionName: "Session name", SessionUntil: "Session until", Reconnects: "Reconnects",
		Boards: "Boards", WallPages: "Walls", CallPages: "Single calls", OtherPages: "Other pages", StatusPages: "Status pages", DifferentViews: "Different views", Heap: "Heap", Threads: "Goroutines",
	}
	statusDutch = StatusWords{
		LiveSinceFmt: "Actueel sinds %s.", ConnectedSinceFmt: "verbonden sinds %s", UpSinceFmt: "draait sinds %s", HeapFmt: "geheugen %d MB",
		CallsUp: Plural{"%d gesprek", "%d gesprekken"}, Connected: Plural{"%d verbonden", "%d verbonden"}, Walls: Plural{"waarvan %d wandscherm", "waarvan %d wandschermen"},
		RoundTripFmt: "heen en terug %d ms", BeatFmt: "een teken elke %s", AgeOfAnswer: "leeftijd van het laatste antwoord",

		StillOpen: "nog open", Unconfirmed: Plural{"%d onbevestigd", "%d onbevestigd"}, EndsLost: Plural{"%d einde niet gezien", "%d eindes niet gezien"},
		GapsSinceStart: Plural{"%d sinds de start", "%d sinds de start"}, InAllFmt: "samen %s", MoreGapsFmt: "%d eerdere niet getoond",
		NoTouched: "geen", LimitsTitle: "Geldende grenzen",

		LimitProof: "Centrale stil: twijfel", LimitBlind: "Centrale stil: blind", LimitScreen: "Scherm hoort niets: twijfel", LimitRinging: "Klant wacht",
		LimitClock: "Klok van de centrale", LimitSilence: "Geen gebeurtenis", SilenceFmt: "lijst gelezen na %s",

		AgainstOurs: "Klok centrale tegen de onze", ChangedFmt: "Veranderd sinds %s", LastJump: "Laatste sprong", AheadFmt: "%s voor", BehindFmt: "%s achter", JumpFmt: "%s om %s",
		InStep: "loopt gelijk", NotMeasured: "nog niet gemeten", Zone: "Tijdzone van deze pagina", LastEvent: "Laatste gebeurtenis",
		NoticeFmt: "Klok centrale %s, grens %s", NoticeZone: "Tijden van de centrale wijken hele uren af",

		Contract: "Vorm van de meldingen", NamesKnown: "alle namen bekend", NamesUnknown: "onbekende namen",
		UnknownNames: "Onbekende gebeurtenissen", UnknownFields: "Onbekende velden", Orphans: "Over een nooit gemeld gesprek", Twice: "Dubbel gemeld", Disorder: "Verkeerde volgorde", Garbled: "Onleesbaar",
		TodayOfFmt: "%s van %s", Messages: "Berichten op de socket", DoubledFmt: "%s dubbel",

		PBXBuild: "Build van de centrale", Tenant: "Tenant", SessionName: "Sessienaam", SessionUntil: "Sessie tot", Reconnects: "Opnieuw verbonden",
		Boards: "Borden", WallPages: "Wandschermen", CallPages: "Losse gesprekken", OtherPages: "Andere pagina's", StatusPages: "Statuspagina's", DifferentViews: "Verschillende weergaven", Heap: "Geheugen", Threads: "Goroutines",
	}
	statusGerman = StatusWords{
		LiveSinceFmt: "Aktuell seit %s.", ConnectedSinceFmt: "verbunden seit %s", UpSinceFmt: "läuft seit %s", HeapFmt: "Speicher %d MB",
		CallsUp: Plural{"%d Gespräch", "%d Gespräche"}, Connected: Plural{"%d verbunden", "%d verbunden"}, Walls: Plural{"davon %d Wandanzeige", "davon %d Wandanzeigen"},
		RoundTripFmt: "hin und zurück %d ms", BeatFmt: "ein Zeichen alle %s", AgeOfAnswer: "Alter der letzten Antwort",

		StillOpen: "noch offen", Unconfirmed: Plural{"%d unbestätigt", "%d unbestätigt"}, EndsLost: Plural{"%d Ende nicht gesehen", "%d Enden nicht gesehen"},
		GapsSinceStart: Plural{"%d seit dem Start", "%d seit dem Start"}, InAllFmt: "zusammen %s", MoreGapsFmt: "%d frühere nicht gezeigt",
		NoTouched: "keine", LimitsTitle: "Geltende Grenzen",

		LimitProof: "Anlage still: zweifelhaft", LimitBlind: "Anlage still: blind", LimitScreen: "Anzeige hört nichts: zweifelhaft", LimitRinging: "Kunde wartet",
		LimitClock: "Uhr der Anlage", LimitSilence: "Kein Ereignis", SilenceFmt: "Liste gelesen nach %s",

		AgainstOurs: "Uhr der Anlage gegen unsere", ChangedFmt: "Geändert seit %s", LastJump: "Letzter Sprung", AheadFmt: "%s vor", BehindFmt: "%s nach", JumpFmt: "%s um %s",
		InStep: "geht richtig", NotMeasured: "noch nicht gemessen", Zone: "Zeitzone dieser Seite", LastEvent: "Letztes Ereignis",
		NoticeFmt: "Uhr der Anlage %s, Grenze %s", NoticeZone: "Zeiten der Anlage um ganze Stunden falsch",

		Contract: "Format der Meldungen", NamesKnown: "alle Namen bekannt", NamesUnknown: "unbekannte Namen",
		UnknownNames: "Unbekannte Ereignisse", UnknownFields: "Unbekannte Felder", Orphans: "Zu nie gemeldetem Gespräch", Twice: "Doppelt gemeldet", Disorder: "Falsche Reihenfolge", Garbled: "Unlesbar",
		TodayOfFmt: "%s von %s", Messages: "Nachrichten auf dem Socket", DoubledFmt: "%s doppelt",

		PBXBuild: "Build der Anlage", Tenant: "Mandant", SessionName: "Sitzungsname", SessionUntil: "Sitzung bis", Reconnects: "Neu verbunden",
		Boards: "Tafeln", WallPages: "Wandanzeigen", CallPages: "Einzelne Gespräche", OtherPages: "Andere Seiten", StatusPages: "Statusseiten", DifferentViews: "Verschiedene Ansichten", Heap: "Speicher", Threads: "Goroutinen",
	}
)
