package views

// German is for people in Germany, Austria and Switzerland.
var German = Words{
	Product: "Callboard",

	Language: "Sprache", DemoNotice: "Simulation", DemoTitle: "Simulierte Telefonanlage: alle Namen, Nummern und Gespräche sind erfunden.",

	Board: "Tafel", Status: "Status", Wall: "Bildschirm", PutOnWall: "Auf Bildschirm", SkipToCalls: "Zu den Gesprächen", SkipToContent: "Zum Inhalt",
	Pages: "Seiten", Menu: "Menü", Find: "Person oder Nummer", FindLabel: "Person oder Nummer suchen",
	Close: "Schließen", Pause: "Pause", GoLive: "Zurück zu jetzt", Why: "Warum", Panel: "Seitenleiste", Call: "Gespräch",

	Picture: "Zustand dieses Bildes",
	Live:    "Aktuell", NotLive: "Nicht aktuell", NotLiveDot: "Nicht aktuell.",
	CatchingUp: "Wird aktualisiert",
	StillAsOf:  "Dies ist ein Standbild, Stand", BoardAsOf: "Dies ist die Tafel, Stand", TimersStopped: "Die Zeiten stehen still.",
	AsOf: "Stand", Since: "seit", NoView: "Keine Sicht auf die Telefonanlage. Zahlen sind Striche, weil hier nichts bekannt ist.",
	TryingFmt: "Neuer Versuch, Nummer %d.", NoAnswerFmt: "keine Antwort seit %s", NoAnswerYet: "noch keine Antwort",
	PBX: "Anlage", ThisScreen: "dieser Bildschirm", ThisScreenTitle: "Dieser Bildschirm",
	LastCallEvent: "Letztes Ereignis", LastEventFmt: "Letztes Ereignis vor %s",
	NoEventYet:       "noch kein Ereignis",
	ReasonQuiet:      "Verbunden, noch kein Gespräch gesehen. Mit dem ersten Ereignis werden aus Strichen Zahlen.",
	ReasonCatchingUp: "Wird aktualisiert: Callboard fragt die Anlage, welche Gespräche es gibt.",
	State:            "Zustand", GapsTodayFmt: "Lücken heute: %d, %s",

	Line: "Linie", Caller: "Anrufer", Callee: "Angerufener", InState: "Im Zustand", Total: "Gesamt", Legs: "Teile", Doubt: "Zweifel",
	TableCaption: "Gespräche jetzt", Columns: "Spalten", Sort: "Sortieren", Density: "Dichte",
	Ringing: "Klingelt", RingingOut: "Ruft an", Talking: "Im Gespräch", TalkingOut: "Ausgehend", Internal: "Intern",
	NoCallSeen: "Kein Gespräch gesehen", Missed: "Verpasst", Unanswered: "Nicht angenommen", Answered: "Angenommen",
	Question: "?", NeedsPerson: "Braucht jemanden", LimitFmt: "Grenze %s", RingingOverFmt: "klingelt über %s",
	Confirmed: "Bestätigt", Unconfirmed: "Unbestätigt", Suspect: "Verdächtig", Inferred: "Abgeleitet",
	LegTalkingFmt: "%d im Gespräch", LegRingingFmt: "%d klingelt", LegGoneFmt: "%d weg", LegInferredFmt: "%d abgeleitet",

	Offered: "Heute angeboten", AnswerRate: "Annahmequote", MissedNotReturned: "Verpasst, nicht zurückgerufen",
	OverLimit: "über Grenze", OverLimits: "über Grenze",
	NothingOverLimit: "nichts über der Grenze", NotKnown: "unbekannt", NoCallsYet: "noch keine Gespräche", NA: "k. A.", None: "keine",
	LongestFmt: "längste %s", OverFmt: "über %s", LongestLimitFmt: "längste %s, Grenze %s", AndInternalFmt: "und %s intern",
	AtLeastFmt: "≥ %s", SinceFmt: "seit %s", SinceMidnight: "seit Mitternacht",

	AllLines: "Alle Linien", AllPeople: "Alle Personen", AllStates: "Alle Zustände", AllDirections: "Alle Richtungen",
	Inbound: "Eingehend", Outbound: "Ausgehend",
	SortDefault: "Alarme, dann Zweifel, dann längste", SortLongest: "Längste zuerst", SortNewest: "Neueste zuerst", SortLine: "Nach Linie",
	SaidDefault: "Alarme, dann Zweifel, dann längste", SaidLongest: "längste zuerst", SaidNewest: "neueste zuerst", SaidLine: "nach Linie",
	SaidCaller: "nach Anrufer", SaidCallee: "nach Angerufenem", SaidState: "nach Zustand", ReversedFmt: "%s, umgekehrt",
	Dense: "Kompakt", Comfortable: "Locker", Clear: "Entfernen", SummaryFmt: "%s Gespräche, %s",
	Filters: "Filter",

	LinesNow: "Linien jetzt", EndedLately: "Zuletzt beendet", NothingEnded: "Noch kein Gespräch beendet", TalkingNow: "im Gespräch",
	EndNotSeen: "Ende nicht gesehen", IDCameBack: "Kennung kam wieder", Dismissed: "Entfernt", Somebody: "jemand",

	GapSinceFmt: "Lücke seit %s", GapFmt: "Lücke %s–%s", NotCheckedFmt: "ungeprüft seit %s", NewCustomerFmt: "neuer Kunde %s",
	SideLeftFmt: "eine Seite weg %s", RingsSinceFmt: "klingelt seit %s", TalksSinceFmt: "spricht seit %s", TransferFmt: "vermittelt %s",
	GoneFmt: "nicht auf der Liste der Anlage %s",

	NoCalls: "Keine Gespräche", QuietProven: "Es ist ruhig, und das ist belegt: Die Anlage antwortet, und Ereignisse sind eingetroffen.",
	QuietProvenFmt:  "Es ist ruhig, und das ist belegt: Die Anlage antwortet, und das letzte Gespräch endete um %s.",
	WasNoCallFmt:    "Es gab kein Gespräch, als die Anlage zuletzt antwortete, um %s.",
	NeverSeen:       "Callboard hat seit dem Start kein Gespräch gesehen. Die Telefone funktionieren auch ohne Callboard.",
	QuietUnproven:   "Callboard ist verbunden, und noch kein Gespräch wurde gesehen. Nullen erscheinen, sobald das erste Ereignis die Verbindung belegt hat.",
	ConnectedNoCall: "Verbunden, noch kein Gespräch gesehen", CannotSee: "Callboard sieht kein Gespräch",
	CannotSeeText:  "Die Verbindung zur Anlage ist abgerissen, und ihre letzten Gespräche werden nicht mehr als Gespräche gezeigt. Die Telefone funktionieren weiter; nur diese Sicht fehlt. Callboard versucht es weiter.",
	NothingMatches: "Kein Gespräch passt", NothingMatchesText: "Es gibt Gespräche, aber keines passt zu den gewählten Filtern.", ClearFilters: "Filter entfernen",
	CatchingUpTitle: "Wird aktualisiert", CatchingUpText: "Callboard fragt die Anlage, welche Gespräche es gibt.", StatusPage: "Status ansehen",
	ServerAway:     "Dieser Bildschirm sieht kein Gespräch",
	ServerAwayText: "Callboard antwortet diesem Bildschirm nicht, daher ist hier nichts bekannt. Die Telefone funktionieren weiter; nur diese Sicht fehlt. Der Bildschirm versucht es weiter.",
	WhatITCanCheck: "Was die IT prüfen kann",

	Journey: "Verlauf", Events: "Ereignisse", Facts: "Fakten", Confidence: "Gewissheit", OtherCalls: "Andere Gespräche dieses Verlaufs",
	RawFields: "Felder wie empfangen", CallFmt: "Gespräch %s", Rings: "klingelt", Rang: "klingelte, nicht angenommen", TalksWithCustomer: "im Gespräch",
	Consult: "Rückfrage oder intern", InferredNotProven: "abgeleitet, noch nicht belegt",
	Received: "Empfangen", After: "Nach", Event: "Ereignis", Leg: "Teil", Proves: "Was es belegt", Times: "Zeiten", Side: "Seite", Party: "Teilnehmer",
	Answer: "Angenommen", Until: "Bis", Note: "Notiz", Started: "Begonnen", Direction: "Richtung", Waited: "Gewartet", Talked: "Gesprochen",
	Ended: "Beendet", Now: "jetzt", TransferredOnceFmt: "einmal vermittelt, durch %s",

	GapsInFeed: "Lücken", From: "Von", To: "Bis", Length: "Dauer", Cause: "Ursache", CallsTouched: "Betroffene Gespräche",
	Anomalies: "Auffälligkeiten", Last: "Zuletzt", What: "Was", Today: "Heute", SinceStart: "Seit Start", SinceStartNote: "seit dem Start", WhatWasDone: "Maßnahme", Sample: "Beispiel",
	EventsOfPBX: "Ereignisse der Anlage", Clock: "Uhr", Versions: "Versionen", Screens: "Bildschirme",
	NoGaps: "Keine Lücke seit dem Start von Callboard", NoAnomalies: "Nichts Auffälliges gesehen", AllAnswer: "Jeder Abschnitt antwortet.",

	People: "Personen", Lines: "Linien", Longest: "Längste", OfferedShort: "Angeboten",
	Waiting: "Wartet", Customer: "Kunde", LastTry: "Letzter Versuch", RangFor: "Klingelte", Tries: "Versuche",

	WallTooSmall: "Von dort nicht zu lesen: einen größeren Bildschirm oder einen kürzeren Abstand wählen.",

	KeyboardTitle: "Tastatur", KeySearch: "suchen", KeyMove: "ein Gespräch wählen", KeyOpen: "das gewählte Gespräch öffnen",
	KeyHelp: "diese Liste", KeyPanel: "Seitenleiste bei schmalen Fenstern", KeyPause: "Pause, und zurück zu jetzt", KeyEscape: "schließen oder leeren",

	Calendar: calendarGerman, Script: scriptGerman, Feed: feedGerman, Errors: errorsGerman,

	OnPeople: peopleGerman, OnLines: linesGerman, OnHistory: historyGerman, OnRecord: recordGerman, OnPast: pastGerman, OnNumbers: numbersGerman, OnMissed: missedGerman,
	OnCall: callGerman, OnStatus: statusGerman, OnStorage: storageGerman, OnLens: lensGerman, OnWall: wallGerman, OnAlarms: alarmsGerman, OnDesk: deskGerman,
	OnTravel: travelGerman,

	OnLedger: ledgerGerman, OnHandover: handoverGerman, OnDuration: durationGerman,

	OnBacktest: backtestGerman,

	OnCompany: companyGerman,
	OnAudit:   auditGerman,

	OnDoor:     doorGerman,
	OnAccess:   accessGerman,
	OnDisplays: displayGerman,
	OnHouse:    houseGerman,
}
