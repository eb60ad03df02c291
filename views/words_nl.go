package views

// Dutch is for people in the Netherlands and Flanders.
var Dutch = Words{
	Product: "Callboard",

	Language: "Taal", DemoNotice: "Simulatie", DemoTitle: "Nagebootste centrale: alle namen, nummers en gesprekken zijn verzonnen.",

	Board: "Bord", Status: "Status", Wall: "Scherm", PutOnWall: "Op een scherm zetten", SkipToCalls: "Naar de gesprekken", SkipToContent: "Naar de inhoud",
	Pages: "Pagina's", Menu: "Menu", Find: "Persoon of nummer", FindLabel: "Persoon of nummer zoeken",
	Close: "Sluiten", Pause: "Pauze", GoLive: "Terug naar nu", Why: "Waarom", Panel: "Paneel", Call: "Gesprek",

	Picture: "Toestand van dit beeld",
	Live:    "Actueel", NotLive: "Niet actueel", NotLiveDot: "Niet actueel.",
	CatchingUp: "Wordt bijgewerkt",
	StillAsOf:  "Dit is een stilstaand beeld, stand van", BoardAsOf: "Dit is het bord, stand van", TimersStopped: "De tijden staan stil.",
	AsOf: "stand van", Since: "sinds", NoView: "Geen zicht op de telefooncentrale. Getallen zijn streepjes, omdat hier niets bekend is.",
	TryingFmt: "Nieuwe poging, nummer %d.", NoAnswerFmt: "al %s geen antwoord", NoAnswerYet: "nog geen antwoord",
	PBX: "Centrale", ThisScreen: "dit scherm", ThisScreenTitle: "Dit scherm",
	LastCallEvent: "Laatste gebeurtenis", LastEventFmt: "Laatste gebeurtenis %s geleden",
	NoEventYet:       "nog geen gebeurtenis",
	ReasonQuiet:      "Verbonden, nog geen gesprek gezien. Streepjes worden getallen bij de eerste gebeurtenis.",
	ReasonCatchingUp: "Wordt bijgewerkt: Callboard vraagt de centrale welke gesprekken er zijn.",
	State:            "Status", GapsTodayFmt: "Onderbrekingen vandaag: %d, %s",

	Line: "Lijn", Caller: "Beller", Callee: "Gebelde", InState: "In deze status", Total: "Totaal", Legs: "Benen", Doubt: "Twijfel",
	TableCaption: "Gesprekken nu", Columns: "Kolommen", Sort: "Sorteren", Density: "Dichtheid",
	Ringing: "Gaat over", RingingOut: "Belt uit", Talking: "In gesprek", TalkingOut: "Uitgaand gesprek", Internal: "Intern",
	NoCallSeen: "Geen gesprek gezien", Missed: "Gemist", Unanswered: "Niet beantwoord", Answered: "Beantwoord",
	Question: "?", NeedsPerson: "Vraagt aandacht", LimitFmt: "grens %s", RingingOverFmt: "gaat langer dan %s over",
	Confirmed: "Bevestigd", Unconfirmed: "Onbevestigd", Suspect: "Verdacht", Inferred: "Afgeleid",
	LegTalkingFmt: "%d in gesprek", LegRingingFmt: "%d gaat over", LegGoneFmt: "%d weg", LegInferredFmt: "%d afgeleid",

	Offered: "Aangeboden vandaag", AnswerRate: "Beantwoord %", MissedNotReturned: "Gemist, niet teruggebeld",
	OverLimit: "over de grens", OverLimits: "over de grens",
	NothingOverLimit: "niets over de grens", NotKnown: "onbekend", NoCallsYet: "nog geen gesprekken", NA: "n.v.t.", None: "geen",
	LongestFmt: "langste %s", OverFmt: "langer dan %s", LongestLimitFmt: "langste %s, grens %s", AndInternalFmt: "en %s intern",
	AtLeastFmt: "≥ %s", SinceFmt: "sinds %s", SinceMidnight: "sinds middernacht",

	AllLines: "Alle lijnen", AllPeople: "Alle mensen", AllStates: "Elke status", AllDirections: "Elke richting",
	Inbound: "Inkomend", Outbound: "Uitgaand",
	SortDefault: "Alarmen, dan twijfel, dan langste", SortLongest: "Langste eerst", SortNewest: "Nieuwste eerst", SortLine: "Op lijn",
	SaidDefault: "alarmen, dan twijfel, dan langste", SaidLongest: "langste eerst", SaidNewest: "nieuwste eerst", SaidLine: "op lijn",
	SaidCaller: "op beller", SaidCallee: "op gebelde", SaidState: "op status", ReversedFmt: "%s, omgekeerd",
	Dense: "Compact", Comfortable: "Ruim", Clear: "Wissen", SummaryFmt: "%s gesprekken, %s",
	Filters: "Filters",

	LinesNow: "Lijnen nu", EndedLately: "Net beëindigd", NothingEnded: "Nog geen gesprek beëindigd", TalkingNow: "in gesprek",
	EndNotSeen: "Einde niet gezien", IDCameBack: "Id kwam terug", Dismissed: "Weggehaald", Somebody: "iemand",

	GapSinceFmt: "onderbreking sinds %s", GapFmt: "onderbreking %s–%s", NotCheckedFmt: "niet nagekeken sinds %s", NewCustomerFmt: "nieuwe klant %s",
	SideLeftFmt: "één kant weg %s", RingsSinceFmt: "gaat over sinds %s", TalksSinceFmt: "in gesprek sinds %s", TransferFmt: "doorverbonden %s",
	GoneFmt: "niet op de lijst van de centrale %s",

	NoCalls: "Geen gesprekken", QuietProven: "Het is rustig, en dat is bewezen: de centrale antwoordt en er zijn gebeurtenissen binnengekomen.",
	QuietProvenFmt:  "Het is rustig, en dat is bewezen: de centrale antwoordt en het laatste gesprek eindigde om %s.",
	WasNoCallFmt:    "Er was geen gesprek toen de centrale voor het laatst antwoordde, om %s.",
	NeverSeen:       "Callboard heeft sinds de start geen enkel gesprek gezien. De telefoons werken ook zonder Callboard.",
	QuietUnproven:   "Callboard is verbonden en er is nog geen gesprek gezien. Nullen verschijnen zodra de eerste gebeurtenis de verbinding bewezen heeft.",
	ConnectedNoCall: "Verbonden, nog geen gesprek gezien", CannotSee: "Callboard ziet geen enkel gesprek",
	CannotSeeText:  "De verbinding met de centrale is verbroken en de laatste gesprekken worden niet meer als gesprek getoond. De telefoons werken door; alleen dit zicht is weg. Callboard blijft het proberen.",
	NothingMatches: "Geen gesprek voldoet", NothingMatchesText: "Er zijn gesprekken, maar geen ervan past bij de gekozen filters.", ClearFilters: "Filters wissen",
	CatchingUpTitle: "Wordt bijgewerkt", CatchingUpText: "Callboard vraagt de centrale welke gesprekken er zijn.", StatusPage: "Bekijk de status",
	ServerAway:     "Dit scherm ziet geen enkel gesprek",
	ServerAwayText: "Callboard antwoordt dit scherm niet, dus is hier niets bekend. De telefoons werken door; alleen dit zicht is weg. Het scherm blijft het proberen.",
	WhatITCanCheck: "Wat IT kan nakijken",

	Journey: "Verloop", Events: "Gebeurtenissen", Facts: "Feiten", Confidence: "Zekerheid", OtherCalls: "Andere gesprekken van dit verloop",
	RawFields: "Velden zoals ontvangen", CallFmt: "Gesprek %s", Rings: "gaat over", Rang: "ging over, niet beantwoord", TalksWithCustomer: "in gesprek",
	Consult: "ruggespraak of intern", InferredNotProven: "afgeleid, nog niet bewezen",
	Received: "Ontvangen", After: "Na", Event: "Gebeurtenis", Leg: "Been", Proves: "Wat het bewijst", Times: "Tijden", Side: "Kant", Party: "Deelnemer",
	Answer: "Beantwoord", Until: "Tot", Note: "Notitie", Started: "Begonnen", Direction: "Richting", Waited: "Gewacht", Talked: "Gesproken",
	Ended: "Beëindigd", Now: "nu", TransferredOnceFmt: "één keer doorverbonden, door %s",

	GapsInFeed: "Onderbrekingen", From: "Van", To: "Tot", Length: "Duur", Cause: "Oorzaak", CallsTouched: "Betrokken gesprekken",
	Anomalies: "Afwijkingen", Last: "Laatste", What: "Wat", Today: "Vandaag", SinceStart: "Sinds start", SinceStartNote: "sinds de start", WhatWasDone: "Wat er gedaan is", Sample: "Voorbeeld",
	EventsOfPBX: "Gebeurtenissen van de centrale", Clock: "Klok", Versions: "Versies", Screens: "Schermen",
	NoGaps: "Geen onderbreking sinds Callboard gestart is", NoAnomalies: "Geen afwijkingen gezien", AllAnswer: "Elke schakel antwoordt.",

	People: "Mensen", Lines: "Lijnen", Longest: "Langste", OfferedShort: "Aangeboden",
	Waiting: "Wacht", Customer: "Klant", LastTry: "Laatste poging", RangFor: "Ging over", Tries: "Pogingen",

	WallTooSmall: "Van daar niet te lezen: kies een groter scherm of een kortere afstand.",

	KeyboardTitle: "Toetsenbord", KeySearch: "zoeken", KeyMove: "een gesprek kiezen", KeyOpen: "het gekozen gesprek openen",
	KeyHelp: "deze lijst", KeyPanel: "paneel bij smallere vensters", KeyPause: "pauze, en terug naar nu", KeyEscape: "sluiten of wissen",

	Calendar: calendarDutch, Script: scriptDutch, Feed: feedDutch, Errors: errorsDutch,

	OnPeople: peopleDutch, OnLines: linesDutch, OnHistory: historyDutch, OnRecord: recordDutch, OnPast: pastDutch, OnNumbers: numbersDutch, OnMissed: missedDutch,
	OnCall: callDutch, OnStatus: statusDutch, OnStorage: storageDutch, OnLens: lensDutch, OnWall: wallDutch, OnAlarms: alarmsDutch, OnDesk: deskDutch,
	OnTravel: travelDutch,

	OnLedger: ledgerDutch, OnHandover: handoverDutch, OnDuration: durationDutch,

	OnBacktest: backtestDutch,

	OnCompany: companyDutch,
	OnAudit:   auditDutch,

	OnDoor:     doorDutch,
	OnAccess:   accessDutch,
	OnDisplays: displayDutch,
	OnHouse:    houseDutch,
}
