package views

// LedgerWords are the words of the record of interruptions. Fields ending in
// Fmt are formats; their verbs are named in their comment.
type LedgerWords struct {
	Title     string
	AllGaps   string // link to the whole record
	GapOfFmt  string // time
	ListLabel string

	// Kinds, by hub's names, as a column says them, and as a filter does.
	Kinds    map[string]string
	AllKinds string
	// Causes that are ours, by the code of a gap; the feed's are in FeedWords.
	Causes map[string]string

	ClockByFmt string // cause, length: how far the clock was set

	// The numbers.
	Today, TodayTarget         string
	Unseen, UnseenTitle        string
	UnseenOfFmt                string // length watched today
	LongestToday, LongestTitle string
	LongestAtFmt, LastFmt      string // time
	NoneToday                  string
	InDoubt, InDoubtTitle      string
	InDoubtOf                  Plural // gaps
	NobodyInDoubt, TodayTitle  string
	NowFmt                     string // time, cause

	// Filters and the list.
	All, NotReviewed, WithDoubt        string
	Day, ShowDay, AllDays              string
	Gaps                               Plural
	InAllFmt                           string // length
	ListAsOfFmt                        string // time
	SinceFmt                           string // day, time
	SinceMemoryFmt                     string // day, time
	NotKept                            string
	NoneEver, NoneMatch                string
	Older, JSON                        string
	What, Counts, Reviewed, CallsDoubt string
	StillInDoubt                       Plural
	HoursFmt, HourFmt                  string // %s, %s; %s
	DaysFmt                            string // %d
	NoCounts                           string
	Lasts, Review                      string

	// One of them.
	Facts, Kind, Unconfirmed, EndsLost, DoubtNow string
	HoursTouched, TodayTouched                   string
	BoardBefore, CallsThen                       string

	GhostTitle           string
	Ghosts               Plural
	GhostNote, GhostAway string
	GhostNone            string
	Choose, LastNews     string
	ChooseFmt            string // who
	DismissAll           string
	DismissChosen        string
	DismissWhy           string

	ReviewTitle, ReviewWhy, Mark string
	ReviewedFmt                  string // name, time
	NotKeptHere                  string
	ErrNameFmt                   string // %d characters
}

// LedgerTroubles are what cannot be done with a gap.
type LedgerTroubles struct {
	NoGap, Epoch, Chosen, Marked, NotKept, Behind, NoShift Trouble
}

var (
	ledgerEnglish = LedgerWords{
		Title: "Gaps", AllGaps: "All gaps", GapOfFmt: "Gap of %s", ListLabel: "Every interruption, newest first",
		Kinds:    map[string]string{"feed": "PBX link", "process": "Callboard", "disk": "Record", "clock": "Clock"},
		AllKinds: "All kinds",
		Causes: map[string]string{
			"stopped": "Callboard was stopped", "crashed": "Callboard ended without a stop: a crash, a kill or a power cut", "suspended": "This machine slept",
			"disk-full": "The disk was full", "read-only": "The disk could not be written to", "disk-error": "The disk gave errors", "slow-disk": "The disk was too slow",
			"journal": "The journal was not written", "history": "The history was not written", "journal-paused": "The journal was not written", "history-paused": "The history was not written",
			"broken": "A file of the record was broken and begun anew", "clock": "This machine's clock was set", "clock-forward": "This machine's clock was put forward", "clock-back": "This machine's clock was put back",
		},
		ClockByFmt: "%s, by %s",

		Today: "Gaps today", TodayTarget: "link, program, record and clock", Unseen: "Not seen today", UnseenTitle: "How long call events could not reach the board today, all gaps together",
		UnseenOfFmt: "of %s watched", LongestToday: "Longest today", LongestTitle: "The longest interruption of today", LongestAtFmt: "from %s", LastFmt: "the last at %s", NoneToday: "no gap today",
		InDoubt: "Calls in doubt", InDoubtTitle: "Calls that were up when the view was lost and that nothing has confirmed or ended since", InDoubtOf: Plural{"from %d gap", "from %d gaps"},
		NobodyInDoubt: "every call is confirmed", TodayTitle: "Interruptions that touch today, each counted once", NowFmt: "No view of the feed since %s: %s.",

		All: "All", NotReviewed: "Not reviewed", WithDoubt: "Calls in doubt", Day: "Day", ShowDay: "Show day", AllDays: "All days",
		Gaps: Plural{"%d gap", "%d gaps"}, InAllFmt: "%s in all", ListAsOfFmt: "List as of %s.",
		SinceFmt: "The record runs since %s, %s.", SinceMemoryFmt: "Nothing is kept on disk; this process watches since %s, %s.", NotKept: "Nothing was watched yet.",
		NoneEver: "No interruption.", NoneMatch: "No interruption matches.", Older: "Older", JSON: "JSON",
		What: "What", Counts: "Counts at least", Reviewed: "Reviewed", CallsDoubt: "Calls touched", StillInDoubt: Plural{"%d still in doubt", "%d still in doubt"},
		HoursFmt: "hours %s to %s", HourFmt: "hour %s", DaysFmt: "%d days", NoCounts: "none",
		Lasts: "still open", Review: "not yet",

		Facts: "Facts", Kind: "What", Unconfirmed: "Calls unconfirmed then", EndsLost: "Of these found ended", DoubtNow: "Still in doubt", HoursTouched: "Hours at least", TodayTouched: "Counts of the day",
		BoardBefore: "The board just before", CallsThen: "Calls of these hours",

		GhostTitle: "Calls still in doubt", Ghosts: Plural{"%d call", "%d calls"},
		GhostNote: "They were up when the view was lost, and no event and no list has spoken of them since.", GhostAway: "The feed is away right now, so nobody can judge a call.",
		GhostNone: "No call of this gap is in doubt.", Choose: "Choose", LastNews: "Last news", ChooseFmt: "Choose %s",
		DismissAll: "Dismiss all", DismissChosen: "Dismiss chosen", DismissWhy: "Dismissing takes a call off the board for everybody. If it lives after all, its next event brings it up again.",

		ReviewTitle: "Review", ReviewWhy: "Says to everybody that somebody has looked at this gap.", Mark: "Mark reviewed", ReviewedFmt: "Reviewed by %s, %s",
		NotKeptHere: "Nothing is kept on disk now, so a mark would be lost.", ErrNameFmt: "Please give a name of at most %d characters.",
	}
	ledgerDutch = LedgerWords{
		Title: "Onderbrekingen", AllGaps: "Alle onderbrekingen", GapOfFmt: "Onderbreking van %s", ListLabel: "Elke onderbreking, de nieuwste eerst",
		Kinds:    map[string]string{"feed": "Verbinding", "process": "Callboard", "disk": "Vastlegging", "clock": "Klok"},
		AllKinds: "Alle soorten",
		Causes: map[string]string{
			"stopped": "Callboard was gestopt", "crashed": "Callboard eindigde zonder te stoppen: een storing, een afbreking of stroomuitval", "suspended": "Deze machine sliep",
			"disk-full": "De schijf was vol", "read-only": "Naar de schijf kon niet worden geschreven", "disk-error": "De schijf gaf fouten", "slow-disk": "De schijf was te traag",
			"journal": "Het journaal werd niet geschreven", "history": "De historie werd niet geschreven", "journal-paused": "Het journaal werd niet geschreven", "history-paused": "De historie werd niet geschreven",
			"broken": "Een bestand van de vastlegging was kapot en is opnieuw begonnen", "clock": "De klok van deze machine is verzet", "clock-forward": "De klok van deze machine is vooruitgezet", "clock-back": "De klok van deze machine is teruggezet",
		},
		ClockByFmt: "%s, met %s",

		Today: "Onderbrekingen vandaag", TodayTarget: "verbinding, programma, vastlegging en klok", Unseen: "Niet gezien vandaag", UnseenTitle: "Hoe lang gebeurtenissen het bord vandaag niet konden bereiken, alle onderbrekingen samen",
		UnseenOfFmt: "van %s gevolgd", LongestToday: "Langste vandaag", LongestTitle: "De langste onderbreking van vandaag", LongestAtFmt: "vanaf %s", LastFmt: "de laatste om %s", NoneToday: "geen onderbreking vandaag",
		InDoubt: "Gesprekken in twijfel", InDoubtTitle: "Gesprekken die liepen toen het zicht verdween en die sindsdien niets heeft bevestigd of beëindigd", InDoubtOf: Plural{"uit %d onderbreking", "uit %d onderbrekingen"},
		NobodyInDoubt: "elk gesprek is bevestigd", TodayTitle: "Onderbrekingen die vandaag raken, elk één keer geteld", NowFmt: "Geen zicht op de centrale sinds %s: %s.",

		All: "Alle", NotReviewed: "Niet bekeken", WithDoubt: "Gesprekken in twijfel", Day: "Dag", ShowDay: "Toon dag", AllDays: "Alle dagen",
		Gaps: Plural{"%d onderbreking", "%d onderbrekingen"}, InAllFmt: "%s in totaal", ListAsOfFmt: "Lijst van %s.",
		SinceFmt: "De vastlegging loopt sinds %s, %s.", SinceMemoryFmt: "Er wordt niets op schijf bewaard; dit proces kijkt sinds %s, %s.", NotKept: "Er is nog niets gevolgd.",
		NoneEver: "Geen onderbreking.", NoneMatch: "Geen onderbreking past hierbij.", Older: "Oudere", JSON: "JSON",
		What: "Wat", Counts: "Tellingen minstens", Reviewed: "Bekeken", CallsDoubt: "Geraakte gesprekken", StillInDoubt: Plural{"%d nog in twijfel", "%d nog in twijfel"},
		HoursFmt: "uren %s tot %s", HourFmt: "uur %s", DaysFmt: "%d dagen", NoCounts: "geen",
		Lasts: "duurt nog", Review: "nog niet",

		Facts: "Feiten", Kind: "Wat", Unconfirmed: "Toen onbevestigd", EndsLost: "Daarvan beëindigd gebleken", DoubtNow: "Nog in twijfel", HoursTouched: "Uren minstens", TodayTouched: "Tellingen van de dag",
		BoardBefore: "Het bord vlak ervoor", CallsThen: "Gesprekken van deze uren",

		GhostTitle: "Gesprekken nog in twijfel", Ghosts: Plural{"%d gesprek", "%d gesprekken"},
		GhostNote: "Ze liepen toen het zicht verdween, en sindsdien sprak geen gebeurtenis en geen lijst ervan.", GhostAway: "De verbinding is nu weg; niemand kan een gesprek beoordelen.",
		GhostNone: "Geen gesprek van deze onderbreking is in twijfel.", Choose: "Kies", LastNews: "Laatste bericht", ChooseFmt: "Kies %s",
		DismissAll: "Alle verwijderen", DismissChosen: "Gekozen verwijderen", DismissWhy: "Verwijderen haalt een gesprek voor iedereen van het bord. Leeft het toch, dan brengt de volgende gebeurtenis het terug.",

		ReviewTitle: "Bekijken", ReviewWhy: "Zegt iedereen dat iemand naar deze onderbreking heeft gekeken.", Mark: "Als bekeken markeren", ReviewedFmt: "Bekeken door %s, %s",
		NotKeptHere: "Er wordt nu niets op schijf bewaard, dus een markering ging verloren.", ErrNameFmt: "Geef een naam van hoogstens %d tekens.",
	}
	ledgerGerman = LedgerWords{
		Title: "Lücken", AllGaps: "Alle Lücken", GapOfFmt: "Lücke von %s", ListLabel: "Jede Unterbrechung, die neueste zuerst",
		Kinds:    map[string]string{"feed": "Verbindung", "process": "Callboard", "disk": "Aufzeichnung", "clock": "Uhr"},
		AllKinds: "Alle Arten",
		Causes: map[string]string{
			"stopped": "Callboard war angehalten", "crashed": "Callboard endete ohne Anhalten: Absturz, Abbruch oder Stromausfall", "suspended": "Dieser Rechner schlief",
			"disk-full": "Die Platte war voll", "read-only": "Auf die Platte konnte nicht geschrieben werden", "disk-error": "Die Platte meldete Fehler", "slow-disk": "Die Platte war zu langsam",
			"journal": "Das Journal wurde nicht geschrieben", "history": "Der Verlauf wurde nicht geschrieben", "journal-paused": "Das Journal wurde nicht geschrieben", "history-paused": "Der Verlauf wurde nicht geschrieben",
			"broken": "Eine Datei der Aufzeichnung war beschädigt und wurde neu begonnen", "clock": "Die Uhr dieses Rechners wurde gestellt", "clock-forward": "Die Uhr dieses Rechners wurde vorgestellt", "clock-back": "Die Uhr dieses Rechners wurde zurückgestellt",
		},
		ClockByFmt: "%s, um %s",

		Today: "Lücken heute", TodayTarget: "Verbindung, Programm, Aufzeichnung und Uhr", Unseen: "Heute nicht gesehen", UnseenTitle: "Wie lange heute keine Ereignisse die Tafel erreichen konnten, alle Lücken zusammen",
		UnseenOfFmt: "von %s beobachtet", LongestToday: "Längste heute", LongestTitle: "Die längste Unterbrechung von heute", LongestAtFmt: "ab %s", LastFmt: "die letzte um %s", NoneToday: "heute keine Lücke",
		InDoubt: "Gespräche im Zweifel", InDoubtTitle: "Gespräche, die liefen, als die Sicht verloren ging, und die seitdem nichts bestätigt oder beendet hat", InDoubtOf: Plural{"aus %d Lücke", "aus %d Lücken"},
		NobodyInDoubt: "jedes Gespräch ist bestätigt", TodayTitle: "Unterbrechungen, die heute berühren, jede einmal gezählt", NowFmt: "Keine Sicht auf die Anlage seit %s: %s.",

		All: "Alle", NotReviewed: "Nicht geprüft", WithDoubt: "Gespräche im Zweifel", Day: "Tag", ShowDay: "Tag zeigen", AllDays: "Alle Tage",
		Gaps: Plural{"%d Lücke", "%d Lücken"}, InAllFmt: "%s insgesamt", ListAsOfFmt: "Liste von %s.",
		SinceFmt: "Die Aufzeichnung läuft seit %s, %s.", SinceMemoryFmt: "Auf der Platte wird nichts behalten; dieser Prozess beobachtet seit %s, %s.", NotKept: "Noch wurde nichts beobachtet.",
		NoneEver: "Keine Unterbrechung.", NoneMatch: "Keine Unterbrechung passt dazu.", Older: "Ältere", JSON: "JSON",
		What: "Was", Counts: "Zahlen mindestens", Reviewed: "Geprüft", CallsDoubt: "Berührte Gespräche", StillInDoubt: Plural{"%d noch im Zweifel", "%d noch im Zweifel"},
		HoursFmt: "Stunden %s bis %s", HourFmt: "Stunde %s", DaysFmt: "%d Tage", NoCounts: "keine",
		Lasts: "dauert an", Review: "noch nicht",

		Facts: "Fakten", Kind: "Was", Unconfirmed: "Damals unbestätigt", EndsLost: "Davon beendet gefunden", DoubtNow: "Noch im Zweifel", HoursTouched: "Stunden mindestens", TodayTouched: "Zahlen des Tages",
		BoardBefore: "Die Tafel kurz davor", CallsThen: "Gespräche dieser Stunden",

		GhostTitle: "Gespräche noch im Zweifel", Ghosts: Plural{"%d Gespräch", "%d Gespräche"},
		GhostNote: "Sie liefen, als die Sicht verloren ging, und seitdem sprach kein Ereignis und keine Liste von ihnen.", GhostAway: "Die Verbindung ist gerade weg; niemand kann ein Gespräch beurteilen.",
		GhostNone: "Kein Gespräch dieser Lücke ist im Zweifel.", Choose: "Wählen", LastNews: "Letzte Nachricht", ChooseFmt: "%s wählen",
		DismissAll: "Alle verwerfen", DismissChosen: "Gewählte verwerfen", DismissWhy: "Verwerfen nimmt ein Gespräch für alle von der Tafel. Lebt es doch, bringt sein nächstes Ereignis es zurück.",

		ReviewTitle: "Prüfen", ReviewWhy: "Sagt allen, dass jemand diese Lücke angesehen hat.", Mark: "Als geprüft vermerken", ReviewedFmt: "Geprüft von %s, %s",
		NotKeptHere: "Gerade wird nichts auf der Platte behalten, ein Vermerk ginge verloren.", ErrNameFmt: "Bitte einen Namen mit höchstens %d Zeichen angeben.",
	}
)

var (
	ledgerTroublesEnglish = LedgerTroubles{
		NoGap:   Trouble{"No such gap", "There is no gap of this number in what is kept."},
		Epoch:   Trouble{"Callboard has started anew", "This page is from before the restart. Open it again and look at the list once more; nothing was done."},
		Chosen:  Trouble{"Nothing chosen", "Choose a call of the list, or all. Nothing was done."},
		Marked:  Trouble{"Reviewed already", "Somebody else has marked this gap reviewed meanwhile; their name stands."},
		NotKept: Trouble{"Not kept", "Nothing is kept on disk now, so a mark would be lost. Try again when the record runs."},
		NoShift: Trouble{"No such shift", "By the settings no shift begins then."},
		Behind:  Trouble{"Still a call", "The feed confirms one of these calls by now, or is away. Nothing was dismissed; look at the list again."},
	}
	ledgerTroublesDutch = LedgerTroubles{
		NoGap:   Trouble{"Onderbreking onbekend", "In wat bewaard is staat geen onderbreking met dit nummer."},
		Epoch:   Trouble{"Callboard is opnieuw gestart", "Deze pagina is van vóór de herstart. Open haar opnieuw en bekijk de lijst nog eens; er is niets gedaan."},
		Chosen:  Trouble{"Niets gekozen", "Kies een gesprek van de lijst, of alle. Er is niets gedaan."},
		Marked:  Trouble{"Al bekeken", "Iemand anders heeft deze onderbreking intussen als bekeken gemarkeerd; die naam blijft staan."},
		NotKept: Trouble{"Niet bewaard", "Er wordt nu niets op schijf bewaard, dus een markering ging verloren. Probeer het opnieuw als de vastlegging loopt."},
		NoShift: Trouble{"Dienst onbekend", "Volgens de instellingen begint dan geen dienst."},
		Behind:  Trouble{"Nog een gesprek", "De centrale bevestigt inmiddels een van deze gesprekken, of de verbinding is weg. Er is niets verwijderd; bekijk de lijst opnieuw."},
	}
	ledgerTroublesGerman = LedgerTroubles{
		NoGap:   Trouble{"Lücke unbekannt", "Im Behaltenen gibt es keine Lücke mit dieser Nummer."},
		Epoch:   Trouble{"Callboard wurde neu gestartet", "Diese Seite stammt von vor dem Neustart. Bitte neu öffnen und die Liste noch einmal ansehen; es wurde nichts getan."},
		Chosen:  Trouble{"Nichts gewählt", "Bitte ein Gespräch der Liste wählen, oder alle. Es wurde nichts getan."},
		Marked:  Trouble{"Schon geprüft", "Jemand anders hat diese Lücke inzwischen als geprüft vermerkt; dessen Name bleibt stehen."},
		NotKept: Trouble{"Nicht behalten", "Gerade wird nichts auf der Platte behalten, ein Vermerk ginge verloren. Bitte wieder versuchen, wenn die Aufzeichnung läuft."},
		NoShift: Trouble{"Schicht unbekannt", "Nach den Einstellungen beginnt dann keine Schicht."},
		Behind:  Trouble{"Noch ein Gespräch", "Die Anlage bestätigt inzwischen eines dieser Gespräche, oder die Verbindung ist weg. Es wurde nichts verworfen; bitte die Liste noch einmal ansehen."},
	}
)
