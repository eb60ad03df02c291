package views

// DisplayWords are the words of wall displays: their own screen, pairing, and
// the inventory.
type DisplayWords struct {
	// The screen itself.
	EnterAt, NoKeyboard, NewCodeIn, Ready, NoAnswer string
	OffTitle, ExpiredTitle, OutsideTitle            string
	OutsideText, FullTitle, FullText                string
	WasFmt                                          string // name
	Identify                                        string

	// Beside the sign-in.
	WallHereText, ChangesInFmt string // time

	// Pages.
	Title, Intro, None, Pair, PairTitle, PairIntro            string
	Code, CodeHint, Next, CodeWrong, CodeUsed                 string
	LaterFmt                                                  string // minutes
	PairedFmt, ChangedFmt, RevokedFmt, RenewedFmt, ToldFmt    string // name
	NewTitle, EditTitleFmt, RevokeTitleFmt, RevokeFmt, Revoke string // name
	Save, Cancel, PairIt, Edit, Renew, Refresh, Show, More    string

	// Columns and fields.
	Name, View, Level, State, Seen, Version, Size, Network, Expires, Actions string
	Where, Browser, Screen, NotTold, Anywhere, ByFmt, PairedOn               string // name
	Layout, Team, Line, Inches, Metres, Theme, Language, Scope               string
	AllTeams, AllLines, ScopeTeams, ScopeLines, ScopeText                    string
	NetworkText, NetworkHintFmt                                              string // prefix
	AsSystem, AsBrowser, Dark, Light, Contrast                               string
	Calls, Numbers, People, OneLine, InTurn                                  string
	AtFmt                                                                    string // inches, metres
	Levels                                                                   [4]string
	Days                                                                     Plural

	// States.
	Live, Away, Never, Off, Expired, Stolen, OffHead string
	SinceFmt, EndsFmt                                string // time; days

	// Show this on a display.
	ShowTitle, ShowThis, ShowOn, ShowHere, Preview, OrCode, NearFmt, Choose string // view
	NameWrong, DaysWrong, NetworksWrong, ViewWrong, TooMany, Failed         string
}

var (
	displayEnglish = DisplayWords{
		EnterAt: "Enter this code at", NoKeyboard: "No keyboard needed here. This screen turns into your view.", NewCodeIn: "New code in", Ready: "Ready", NoAnswer: "No answer from Callboard",
		OffTitle: "This display was switched off", ExpiredTitle: "The time of this display is over", OutsideTitle: "Not from this network",
		OutsideText: "This display may be used in its own network only. There it goes on by itself.",
		FullTitle:   "Many screens wait here", FullText: "As soon as one of them is paired, a code appears.", WasFmt: "This screen was %s.", Identify: "Display",
		WallHereText: "Then it needs no account. Enter this code on your phone at", ChangesInFmt: "The code changes in %s. This screen then shows one view, read only.",
		Title: "Displays", Intro: "Screens that show one view without anybody signed in.", None: "No display is paired. Open /tv on a screen: it shows a code to enter here.",
		Pair: "Pair a display", PairTitle: "Pair a display", PairIntro: "Open /tv on the screen. It shows a code of eight letters and figures.",
		Code: "Code on the screen", CodeHint: "Spaces do not matter.", Next: "Next", CodeWrong: "No screen shows this code. Codes change every ten minutes: look again.", CodeUsed: "This code can be no code: it has eight letters and figures, and never 0, 1, I, L or O.",
		LaterFmt:  "Too many wrong codes. Try again in %s.",
		PairedFmt: "%s is paired. It shows its view within two seconds.", ChangedFmt: "%s was changed.", RevokedFmt: "%s was switched off.", RenewedFmt: "%s was renewed.", ToldFmt: "%s was told.",
		NewTitle: "What this screen shows", EditTitleFmt: "Display %s", RevokeTitleFmt: "Switch off %s?",
		RevokeFmt: "%s empties its screen within five seconds and asks for a new code. This cannot be undone; the screen can be paired again.", Revoke: "Switch off",
		Save: "Save", Cancel: "Cancel", PairIt: "Pair", Edit: "Change", Renew: "Renew", Refresh: "Load anew", Show: "Show its name", More: "More settings",
		Name: "Name", View: "View", Level: "Numbers and names", State: "State", Seen: "Last seen", Version: "Version", Size: "Size", Network: "Network", Expires: "Paired until", Actions: "Actions",
		Where: "Connects from", Browser: "Browser", Screen: "Screen", NotTold: "not told", Anywhere: "any", ByFmt: "by %s", PairedOn: "Paired",
		Layout: "Shows", Team: "Only this team", Line: "Only this line", Inches: "Screen in inches", Metres: "Seen from, in metres", Theme: "Theme", Language: "Language", Scope: "May see",
		AllTeams: "all teams", AllLines: "all lines", ScopeTeams: "These teams", ScopeLines: "These lines", ScopeText: "Calls of other teams and lines never reach this screen. Several with commas; empty is all.",
		NetworkText: "Networks from where this display may ask, with commas. Empty is anywhere.", NetworkHintFmt: "This screen is in %s.",
		AsSystem: "as the screen is set", AsBrowser: "as the browser is set", Dark: "dark", Light: "light", Contrast: "high contrast",
		Calls: "Calls", Numbers: "Numbers", People: "People", OneLine: "One line or team", InTurn: "Calls, numbers and people in turn", AtFmt: "%s inches at %s m",
		Levels: [4]string{"all of them", "without the last three digits", "initials only", "counts only"}, Days: Plural{"%d day", "%d days"},
		Live: "Live", Away: "Away", Never: "Never seen", Off: "Switched off", Expired: "Time is over", Stolen: "Switched off: its token was used twice", OffHead: "Switched off lately",
		SinceFmt: "since %s", EndsFmt: "ends in %s",
		ShowTitle: "Show this on a display", ShowThis: "The view", ShowOn: "On a display that is paired", ShowHere: "Show here", Preview: "Look at it first", OrCode: "On another screen",
		NearFmt: "This page is not made for walls. The nearest is %s.", Choose: "This page is not made for walls. Choose what the display shows.",
		NameWrong: "A display needs a name of at most 60 characters.", DaysWrong: "Choose for how long the display is paired.", NetworksWrong: "A network is written as 192.0.2.0/24 or as one address; at most 16 of them.",
		ViewWrong: "This view cannot be shown on a wall.", TooMany: "There are 500 displays. Switch off one of them first.", Failed: "It could not be saved: the disk takes nothing at the moment. Try again.",
	}
	displayDutch = DisplayWords{
		EnterAt: "Voer deze code in op", NoKeyboard: "Hier is geen toetsenbord nodig. Dit scherm wordt uw weergave.", NewCodeIn: "Nieuwe code over", Ready: "Gereed", NoAnswer: "Geen antwoord van Callboard",
		OffTitle: "Dit scherm is uitgeschakeld", ExpiredTitle: "De tijd van dit scherm is voorbij", OutsideTitle: "Niet vanuit dit netwerk",
		OutsideText: "Dit scherm mag alleen in zijn eigen netwerk worden gebruikt. Daar gaat het vanzelf verder.",
		FullTitle:   "Hier wachten veel schermen", FullText: "Zodra er een is gekoppeld, verschijnt een code.", WasFmt: "Dit scherm was %s.", Identify: "Scherm",
		WallHereText: "Dan is geen account nodig. Voer deze code op uw telefoon in op", ChangesInFmt: "De code verandert over %s. Dit scherm toont daarna één weergave, alleen lezen.",
		Title: "Schermen", Intro: "Schermen die één weergave tonen zonder dat iemand is ingelogd.", None: "Er is geen scherm gekoppeld. Open /tv op een scherm: het toont een code om hier in te voeren.",
		Pair: "Scherm koppelen", PairTitle: "Een scherm koppelen", PairIntro: "Open /tv op het scherm. Het toont een code van acht letters en cijfers.",
		Code: "Code op het scherm", CodeHint: "Spaties maken niet uit.", Next: "Verder", CodeWrong: "Geen scherm toont deze code. Codes veranderen elke tien minuten: kijk nog eens.", CodeUsed: "Dit kan geen code zijn: een code heeft acht letters en cijfers, en nooit 0, 1, I, L of O.",
		LaterFmt:  "Te veel verkeerde codes. Probeer het opnieuw over %s.",
		PairedFmt: "%s is gekoppeld. Binnen twee seconden staat de weergave erop.", ChangedFmt: "%s is gewijzigd.", RevokedFmt: "%s is uitgeschakeld.", RenewedFmt: "%s is verlengd.", ToldFmt: "%s weet ervan.",
		NewTitle: "Wat dit scherm toont", EditTitleFmt: "Scherm %s", RevokeTitleFmt: "%s uitschakelen?",
		RevokeFmt: "%s maakt het scherm binnen vijf seconden leeg en vraagt om een nieuwe code. Dit kan niet ongedaan worden gemaakt; het scherm kan opnieuw worden gekoppeld.", Revoke: "Uitschakelen",
		Save: "Opslaan", Cancel: "Annuleren", PairIt: "Koppelen", Edit: "Wijzigen", Renew: "Verlengen", Refresh: "Opnieuw laden", Show: "Naam tonen", More: "Meer instellingen",
		Name: "Naam", View: "Weergave", Level: "Nummers en namen", State: "Toestand", Seen: "Laatst gezien", Version: "Versie", Size: "Grootte", Network: "Netwerk", Expires: "Gekoppeld tot", Actions: "Acties",
		Where: "Verbindt vanaf", Browser: "Browser", Screen: "Scherm", NotTold: "niet gezegd", Anywhere: "elk", ByFmt: "door %s", PairedOn: "Gekoppeld",
		Layout: "Toont", Team: "Alleen dit team", Line: "Alleen deze lijn", Inches: "Scherm in inches", Metres: "Gezien vanaf, in meters", Theme: "Thema", Language: "Taal", Scope: "Mag zien",
		AllTeams: "alle teams", AllLines: "alle lijnen", ScopeTeams: "Deze teams", ScopeLines: "Deze lijnen", ScopeText: "Gesprekken van andere teams en lijnen komen nooit op dit scherm. Meerdere met komma's; leeg is alles.",
		NetworkText: "Netwerken vanwaar dit scherm mag vragen, met komma's. Leeg is overal.", NetworkHintFmt: "Dit scherm zit in %s.",
		AsSystem: "zoals het scherm is ingesteld", AsBrowser: "zoals de browser is ingesteld", Dark: "donker", Light: "licht", Contrast: "hoog contrast",
		Calls: "Gesprekken", Numbers: "Cijfers", People: "Mensen", OneLine: "Eén lijn of team", InTurn: "Gesprekken, cijfers en mensen om beurten", AtFmt: "%s inch op %s m",
		Levels: [4]string{"helemaal", "zonder de laatste drie cijfers", "alleen initialen", "alleen aantallen"}, Days: Plural{"%d dag", "%d dagen"},
		Live: "Actueel", Away: "Weg", Never: "Nooit gezien", Off: "Uitgeschakeld", Expired: "Tijd voorbij", Stolen: "Uitgeschakeld: het token is twee keer gebruikt", OffHead: "Onlangs uitgeschakeld",
		SinceFmt: "sinds %s", EndsFmt: "eindigt over %s",
		ShowTitle: "Dit op een scherm tonen", ShowThis: "De weergave", ShowOn: "Op een scherm dat is gekoppeld", ShowHere: "Hier tonen", Preview: "Eerst bekijken", OrCode: "Op een ander scherm",
		NearFmt: "Deze pagina is niet voor wanden gemaakt. Het dichtst erbij is %s.", Choose: "Deze pagina is niet voor wanden gemaakt. Kies wat het scherm toont.",
		NameWrong: "Een scherm heeft een naam van hoogstens 60 tekens nodig.", DaysWrong: "Kies hoe lang het scherm is gekoppeld.", NetworksWrong: "Een netwerk schrijft u als 192.0.2.0/24 of als één adres; hoogstens 16.",
		ViewWrong: "Deze weergave kan niet op een wand.", TooMany: "Er zijn 500 schermen. Schakel er eerst een uit.", Failed: "Opslaan lukte niet: de schijf neemt nu niets aan. Probeer het opnieuw.",
	}
	displayGerman = DisplayWords{
		EnterAt: "Diesen Code eingeben auf", NoKeyboard: "Hier ist keine Tastatur nötig. Dieser Bildschirm wird zu Ihrer Ansicht.", NewCodeIn: "Neuer Code in", Ready: "Bereit", NoAnswer: "Keine Antwort von Callboard",
		OffTitle: "Dieser Bildschirm wurde abgeschaltet", ExpiredTitle: "Die Zeit dieses Bildschirms ist um", OutsideTitle: "Nicht aus diesem Netz",
		OutsideText: "Dieser Bildschirm darf nur in seinem eigenen Netz benutzt werden. Dort geht es von selbst weiter.",
		FullTitle:   "Hier warten viele Bildschirme", FullText: "Sobald einer davon gekoppelt ist, erscheint ein Code.", WasFmt: "Dieser Bildschirm war %s.", Identify: "Bildschirm",
		WallHereText: "Dann braucht er kein Konto. Geben Sie diesen Code auf dem Telefon ein unter", ChangesInFmt: "Der Code ändert sich in %s. Dieser Bildschirm zeigt dann eine Ansicht, nur zum Lesen.",
		Title: "Bildschirme", Intro: "Bildschirme, die eine Ansicht zeigen, ohne dass jemand angemeldet ist.", None: "Kein Bildschirm ist gekoppelt. Öffnen Sie /tv auf einem Bildschirm: er zeigt einen Code, der hier eingegeben wird.",
		Pair: "Bildschirm koppeln", PairTitle: "Einen Bildschirm koppeln", PairIntro: "Öffnen Sie /tv auf dem Bildschirm. Er zeigt einen Code aus acht Buchstaben und Ziffern.",
		Code: "Code auf dem Bildschirm", CodeHint: "Leerzeichen sind egal.", Next: "Weiter", CodeWrong: "Kein Bildschirm zeigt diesen Code. Codes ändern sich alle zehn Minuten: sehen Sie noch einmal nach.", CodeUsed: "Das kann kein Code sein: ein Code hat acht Buchstaben und Ziffern, nie 0, 1, I, L oder O.",
		LaterFmt:  "Zu viele falsche Codes. Versuchen Sie es in %s wieder.",
		PairedFmt: "%s ist gekoppelt. Binnen zwei Sekunden steht die Ansicht darauf.", ChangedFmt: "%s wurde geändert.", RevokedFmt: "%s wurde abgeschaltet.", RenewedFmt: "%s wurde verlängert.", ToldFmt: "%s weiß Bescheid.",
		NewTitle: "Was dieser Bildschirm zeigt", EditTitleFmt: "Bildschirm %s", RevokeTitleFmt: "%s abschalten?",
		RevokeFmt: "%s leert den Bildschirm binnen fünf Sekunden und fragt nach einem neuen Code. Das lässt sich nicht rückgängig machen; der Bildschirm kann neu gekoppelt werden.", Revoke: "Abschalten",
		Save: "Speichern", Cancel: "Abbrechen", PairIt: "Koppeln", Edit: "Ändern", Renew: "Verlängern", Refresh: "Neu laden", Show: "Namen zeigen", More: "Weitere Einstellungen",
		Name: "Name", View: "Ansicht", Level: "Nummern und Namen", State: "Zustand", Seen: "Zuletzt gesehen", Version: "Version", Size: "Größe", Network: "Netz", Expires: "Gekoppelt bis", Actions: "Aktionen",
		Where: "Verbindet sich von", Browser: "Browser", Screen: "Bildschirm", NotTold: "nicht gesagt", Anywhere: "jedes", ByFmt: "von %s", PairedOn: "Gekoppelt",
		Layout: "Zeigt", Team: "Nur dieses Team", Line: "Nur diese Linie", Inches: "Bildschirm in Zoll", Metres: "Gesehen aus, in Metern", Theme: "Farben", Language: "Sprache", Scope: "Darf sehen",
		AllTeams: "alle Teams", AllLines: "alle Linien", ScopeTeams: "Diese Teams", ScopeLines: "Diese Linien", ScopeText: "Anrufe anderer Teams und Linien kommen nie auf diesen Bildschirm. Mehrere mit Kommas; leer ist alles.",
		NetworkText: "Netze, aus denen dieser Bildschirm fragen darf, mit Kommas. Leer ist überall.", NetworkHintFmt: "Dieser Bildschirm ist in %s.",
		AsSystem: "wie der Bildschirm eingestellt ist", AsBrowser: "wie der Browser eingestellt ist", Dark: "dunkel", Light: "hell", Contrast: "hoher Kontrast",
		Calls: "Anrufe", Numbers: "Zahlen", People: "Personen", OneLine: "Eine Linie oder ein Team", InTurn: "Anrufe, Zahlen und Personen im Wechsel", AtFmt: "%s Zoll auf %s m",
		Levels: [4]string{"ganz", "ohne die letzten drei Ziffern", "nur Initialen", "nur Anzahlen"}, Days: Plural{"%d Tag", "%d Tage"},
		Live: "Aktuell", Away: "Weg", Never: "Nie gesehen", Off: "Abgeschaltet", Expired: "Zeit ist um", Stolen: "Abgeschaltet: sein Token wurde zweimal benutzt", OffHead: "Kürzlich abgeschaltet",
		SinceFmt: "seit %s", EndsFmt: "endet in %s",
		ShowTitle: "Dies auf einem Bildschirm zeigen", ShowThis: "Die Ansicht", ShowOn: "Auf einem gekoppelten Bildschirm", ShowHere: "Hier zeigen", Preview: "Erst ansehen", OrCode: "Auf einem anderen Bildschirm",
		NearFmt: "Diese Seite ist nicht für Wände gemacht. Am nächsten kommt %s.", Choose: "Diese Seite ist nicht für Wände gemacht. Wählen Sie, was der Bildschirm zeigt.",
		NameWrong: "Ein Bildschirm braucht einen Namen von höchstens 60 Zeichen.", DaysWrong: "Wählen Sie, für wie lange der Bildschirm gekoppelt ist.", NetworksWrong: "Ein Netz schreibt man als 192.0.2.0/24 oder als eine Adresse; höchstens 16.",
		ViewWrong: "Diese Ansicht kann nicht an die Wand.", TooMany: "Es gibt 500 Bildschirme. Schalten Sie erst einen ab.", Failed: "Das Speichern ging nicht: die Platte nimmt gerade nichts an. Versuchen Sie es wieder.",
	}
)
