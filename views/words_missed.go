package views

// MissedWords are the words of what shows missed.
type MissedWords struct {
	Title                                                        string
	NotReturned, Oldest, RangTwice, CustomersOnce, OverTarget    string
	ReturnedWithinFmt                                            string // age
	TargetFmt                                                    string // age
	TargetOfFmt                                                  string // goal, part, of
	TwiceFmt                                                     string // count of those who still wait
	CustomersSinceFmt, WatchedFmt                                string // time of day since when Callboard watches
	NotReturnedTitle, OldestTitle, ReturnedTitle, RangTwiceTitle string
	GapFmt                                                       string // from, to
	NobodyWaits                                                  string

	Open, ClosedToday, Mine, CSV, ClosesItself string
	ClosedNoteFmt                              string // count
	ClosedShownFmt                             string // shown, count
	LetItRing, Marks, Actions                  string

	ShortRing, CalledTodayFmt string // calls
	TwiceToday                string
	ClaimedByFmt              string // name
	BackFmt                   string // name, clock
	BacksFmt                  string // count, clock of the last
	GapMarkFmt                string // from, to

	CalledBackFmt, CalledBackTalkFmt   string // name; name, talk
	CalledAgainFmt, CalledAgainTalkFmt string
	DoneFmt, DoneTextFmt               string // name; name, text
	BacksFirstFmt                      string // how it ended, after call-backs that nobody answered
	Somebody                           string

	Claim, Note, Done, Undo, GiveBack               string
	NoteText, Name, NameWhy, Save, Cancel, Remember string
	You, YouFmt                                     string // name
	NoteByFmt                                       string // name
	Noted, Claimed, MarkedDone, Undone              string // toasts
	DoneLabelFmt, NoteLabelFmt                      string // customer
	ClaimLabelFmt                                   string
	Reopen                                          string
	AnonymousCallers                                Plural
	ToCallBack                                      Plural
	NothingOpen, NothingOpenText                    string
	NothingClosed, NothingClosedText                string
	NothingMine, NothingMineText                    string
	NoName, NoNameText                              string
	ErrNameFmt, ErrTextFmt                          string // most characters
	KeyNote, KeyDone                                string

	// Heads of the file; times are local.
	FileState, FileWaitingSince, FileName, FileNumber, FileLine, FileLast, FileRang, FileRung, FileTries, FileCalls string
	FileBacks, FileClaimed, FileNote, FileClosed, FileHow, FileBy, FileTalk, FileText                               string
}

var (
	missedEnglish = MissedWords{
		Title: "Missed", NotReturned: "Not returned", Oldest: "Oldest", RangTwice: "Rang twice or more",
		CustomersOnce: "customers, each counted once", OverTarget: "over target",
		ReturnedWithinFmt: "Returned within %s", TargetFmt: "target %s", TargetOfFmt: "target %d %%, %s of %s today",
		TwiceFmt: "customers today, %d still waiting", CustomersSinceFmt: "each customer once, since %s",
		WatchedFmt:       "Callboard has watched since %s: customers who rang before are not on this list.",
		NotReturnedTitle: "Outside numbers that rang, reached nobody, and to whom nobody has spoken since",
		OldestTitle:      "Since the end of the first attempt of the customer who waits longest",
		ReturnedTitle:    "Of the customers closed today and those open for longer: the share closed in time, counted from the end of the first attempt. Callers without a number are left out",
		RangTwiceTitle:   "Outside numbers with two or more calls today, answered or not",
		GapFmt:           "gap %s–%s: some may be missing", NobodyWaits: "nobody waits",

		Open: "Open", ClosedToday: "Closed today", Mine: "Mine", CSV: "CSV",
		ClosesItself: "Closes by itself when either side reaches the other", ClosedNoteFmt: "%d, latest first", ClosedShownFmt: "the latest %d of %d",
		LetItRing: "Let it ring", Marks: "Marks", Actions: "What to do",

		ShortRing: "short ring", CalledTodayFmt: "%d calls today", TwiceToday: "twice today", ClaimedByFmt: "claimed by %s",
		BackFmt: "called back by %s %s, no answer", BacksFmt: "called back %d times, no answer, last %s",
		GapMarkFmt: "may have been called back in the gap %s–%s",

		CalledBackFmt: "Called back by %s", CalledBackTalkFmt: "Called back by %s, %s",
		CalledAgainFmt: "Customer called again, reached %s", CalledAgainTalkFmt: "Customer called again, reached %s, %s",
		DoneFmt: "Marked done by %s", DoneTextFmt: "Marked done by %s: %s", BacksFirstFmt: "%s, after call-backs without answer", Somebody: "somebody",

		Claim: "Claim", Note: "Note", Done: "Mark done", Undo: "Undo", GiveBack: "Give back",
		NoteText: "Note", Name: "Your name", NameWhy: "Colleagues see who did what. This browser remembers it.", Save: "Save note", Cancel: "Cancel", Remember: "Remember",
		You: "Your name", YouFmt: "You: %s", NoteByFmt: "note by %s",
		Noted: "Note saved", Claimed: "Claimed", MarkedDone: "Marked done", Undone: "Undone",
		DoneLabelFmt: "Mark done: %s", NoteLabelFmt: "Note: %s", ClaimLabelFmt: "Claim: %s", Reopen: "Open again",
		AnonymousCallers: Plural{"%d caller without a number today cannot be called back", "%d callers without a number today cannot be called back"},
		ToCallBack:       Plural{"%d to call back", "%d to call back"},
		NothingOpen:      "Nobody to call back", NothingOpenText: "Every customer who reached nobody has been spoken to since, as far as Callboard has watched.",
		NothingClosed: "Nothing closed today", NothingClosedText: "Here stands who called back, when a customer called again, and what was marked done.",
		NothingMine: "Nothing of yours", NothingMineText: "You have claimed no customer and marked none done today.",
		NoName: "Who are you?", NoNameText: "Type your name above once; then this shows what you have claimed.",
		ErrNameFmt: "Your name is missing, has control characters, or is longer than %d characters.", ErrTextFmt: "The text has control characters or is longer than %d characters.",
		KeyNote: "note for the chosen customer", KeyDone: "mark the chosen customer done",

		FileState: "State", FileWaitingSince: "Waiting since", FileName: "Customer", FileNumber: "Number", FileLine: "Line", FileLast: "Last try",
		FileRang: "Rang for (s)", FileRung: "Let it ring", FileTries: "Tries", FileCalls: "Calls today", FileBacks: "Called back without answer",
		FileClaimed: "Claimed by", FileNote: "Note", FileClosed: "Closed at", FileHow: "How", FileBy: "By", FileTalk: "Talk (s)", FileText: "Text",
	}
	missedDutch = MissedWords{
		Title: "Gemist", NotReturned: "Niet teruggebeld", Oldest: "Oudste", RangTwice: "Twee keer of vaker gebeld",
		CustomersOnce: "klanten, elk één keer geteld", OverTarget: "over doel",
		ReturnedWithinFmt: "Teruggebeld binnen %s", TargetFmt: "doel %s", TargetOfFmt: "doel %d %%, %s van %s vandaag",
		TwiceFmt: "klanten vandaag, nog wachtend: %d", CustomersSinceFmt: "elke klant één keer, sinds %s",
		WatchedFmt:       "Callboard kijkt mee sinds %s: klanten die eerder belden, staan niet op deze lijst.",
		NotReturnedTitle: "Nummers van buiten die belden, niemand bereikten en die sindsdien niemand heeft gesproken",
		OldestTitle:      "Sinds het einde van de eerste poging van de klant die het langst wacht",
		ReturnedTitle:    "Van de klanten die vandaag zijn afgesloten en die langer openstaan: het deel dat op tijd is afgesloten, vanaf het einde van de eerste poging. Bellers zonder nummer tellen niet mee",
		RangTwiceTitle:   "Nummers van buiten met twee of meer gesprekken vandaag, beantwoord of niet",
		GapFmt:           "onderbreking %s–%s: er kunnen er ontbreken", NobodyWaits: "niemand wacht",

		Open: "Open", ClosedToday: "Vandaag afgesloten", Mine: "Van mij", CSV: "CSV",
		ClosesItself: "Sluit vanzelf als een van beiden de ander bereikt", ClosedNoteFmt: "%d, laatste eerst", ClosedShownFmt: "de laatste %d van %d",
		LetItRing: "Liet overgaan", Marks: "Kenmerken", Actions: "Wat te doen",

		ShortRing: "kort gebeld", CalledTodayFmt: "%d keer vandaag", TwiceToday: "twee keer vandaag", ClaimedByFmt: "opgepakt door %s",
		BackFmt: "door %s gebeld om %s, geen gehoor", BacksFmt: "%d keer teruggebeld, geen gehoor, laatst %s",
		GapMarkFmt: "misschien gebeld in de onderbreking %s–%s",

		CalledBackFmt: "Teruggebeld door %s", CalledBackTalkFmt: "Teruggebeld door %s, %s",
		CalledAgainFmt: "Klant belde weer, bereikte %s", CalledAgainTalkFmt: "Klant belde weer, bereikte %s, %s",
		DoneFmt: "Afgehandeld door %s", DoneTextFmt: "Afgehandeld door %s: %s", BacksFirstFmt: "%s, na terugbellen zonder gehoor", Somebody: "iemand",

		Claim: "Oppakken", Note: "Notitie", Done: "Afhandelen", Undo: "Ongedaan maken", GiveBack: "Teruggeven",
		NoteText: "Notitie", Name: "Uw naam", NameWhy: "Collega's zien wie wat deed. Deze browser onthoudt uw naam.", Save: "Notitie bewaren", Cancel: "Annuleren", Remember: "Onthouden",
		You: "Uw naam", YouFmt: "U: %s", NoteByFmt: "notitie van %s",
		Noted: "Notitie bewaard", Claimed: "Opgepakt", MarkedDone: "Afgehandeld", Undone: "Ongedaan gemaakt",
		DoneLabelFmt: "Afhandelen: %s", NoteLabelFmt: "Notitie: %s", ClaimLabelFmt: "Oppakken: %s", Reopen: "Weer openen",
		AnonymousCallers: Plural{"%d beller zonder nummer vandaag is niet terug te bellen", "%d bellers zonder nummer vandaag zijn niet terug te bellen"},
		ToCallBack:       Plural{"%d terug te bellen", "%d terug te bellen"},
		NothingOpen:      "Niemand om terug te bellen", NothingOpenText: "Elke klant die niemand bereikte is sindsdien gesproken, voor zover Callboard heeft meegekeken.",
		NothingClosed: "Vandaag niets afgesloten", NothingClosedText: "Hier staat wie terugbelde, wanneer een klant weer belde en wat is afgehandeld.",
		NothingMine: "Niets van u", NothingMineText: "U hebt vandaag geen klant opgepakt of afgehandeld.",
		NoName: "Wie bent u?", NoNameText: "Vul hierboven één keer uw naam in; daarna staat hier wat u hebt opgepakt.",
		ErrNameFmt: "Uw naam ontbreekt, bevat stuurtekens of is langer dan %d tekens.", ErrTextFmt: "De tekst bevat stuurtekens of is langer dan %d tekens.",
		KeyNote: "notitie bij de gekozen klant", KeyDone: "de gekozen klant afhandelen",

		FileState: "Toestand", FileWaitingSince: "Wacht sinds", FileName: "Klant", FileNumber: "Nummer", FileLine: "Lijn", FileLast: "Laatste poging",
		FileRang: "Ging over (s)", FileRung: "Liet overgaan", FileTries: "Pogingen", FileCalls: "Gesprekken vandaag", FileBacks: "Teruggebeld zonder gehoor",
		FileClaimed: "Opgepakt door", FileNote: "Notitie", FileClosed: "Afgesloten om", FileHow: "Hoe", FileBy: "Door", FileTalk: "Gesproken (s)", FileText: "Tekst",
	}
	missedGerman = MissedWords{
		Title: "Verpasst", NotReturned: "Nicht zurückgerufen", Oldest: "Älteste", RangTwice: "Zweimal oder öfter angerufen",
		CustomersOnce: "Kunden, jeder einmal gezählt", OverTarget: "über Ziel",
		ReturnedWithinFmt: "Zurückgerufen binnen %s", TargetFmt: "Ziel %s", TargetOfFmt: "Ziel %d %%, %s von %s heute",
		TwiceFmt: "Kunden heute, noch wartend: %d", CustomersSinceFmt: "jeder Kunde einmal, seit %s",
		WatchedFmt:       "Callboard beobachtet seit %s: Kunden, die vorher anriefen, stehen nicht auf dieser Liste.",
		NotReturnedTitle: "Nummern von außen, die anriefen, niemanden erreichten und mit denen seither niemand gesprochen hat",
		OldestTitle:      "Seit dem Ende des ersten Versuchs des Kunden, der am längsten wartet",
		ReturnedTitle:    "Von den heute erledigten Kunden und denen, die länger offen sind: der Anteil, der rechtzeitig erledigt wurde, ab dem Ende des ersten Versuchs. Anrufer ohne Nummer zählen nicht mit",
		RangTwiceTitle:   "Nummern von außen mit zwei oder mehr Anrufen heute, angenommen oder nicht",
		GapFmt:           "Lücke %s–%s: einige können fehlen", NobodyWaits: "niemand wartet",

		Open: "Offen", ClosedToday: "Heute erledigt", Mine: "Meine", CSV: "CSV",
		ClosesItself: "Erledigt sich, sobald einer den anderen erreicht", ClosedNoteFmt: "%d, letzte zuerst", ClosedShownFmt: "die letzten %d von %d",
		LetItRing: "Ließ klingeln", Marks: "Merkmale", Actions: "Was zu tun ist",

		ShortRing: "kurz geklingelt", CalledTodayFmt: "%d-mal heute", TwiceToday: "zweimal heute", ClaimedByFmt: "übernommen von %s",
		BackFmt: "Rückruf von %s um %s, keine Antwort", BacksFmt: "%d Rückrufe ohne Antwort, zuletzt %s",
		GapMarkFmt: "vielleicht zurückgerufen in der Lücke %s–%s",

		CalledBackFmt: "Zurückgerufen von %s", CalledBackTalkFmt: "Zurückgerufen von %s, %s",
		CalledAgainFmt: "Kunde rief wieder an, erreichte %s", CalledAgainTalkFmt: "Kunde rief wieder an, erreichte %s, %s",
		DoneFmt: "Erledigt von %s", DoneTextFmt: "Erledigt von %s: %s", BacksFirstFmt: "%s, nach Rückrufen ohne Antwort", Somebody: "jemand",

		Claim: "Übernehmen", Note: "Notiz", Done: "Erledigt", Undo: "Rückgängig", GiveBack: "Zurückgeben",
		NoteText: "Notiz", Name: "Ihr Name", NameWhy: "Kollegen sehen, wer was getan hat. Dieser Browser merkt sich den Namen.", Save: "Notiz speichern", Cancel: "Abbrechen", Remember: "Merken",
		You: "Ihr Name", YouFmt: "Sie: %s", NoteByFmt: "Notiz von %s",
		Noted: "Notiz gespeichert", Claimed: "Übernommen", MarkedDone: "Als erledigt markiert", Undone: "Rückgängig gemacht",
		DoneLabelFmt: "Erledigt: %s", NoteLabelFmt: "Notiz: %s", ClaimLabelFmt: "Übernehmen: %s", Reopen: "Wieder öffnen",
		AnonymousCallers: Plural{"%d Anrufer ohne Nummer kann heute nicht zurückgerufen werden", "%d Anrufer ohne Nummer können heute nicht zurückgerufen werden"},
		ToCallBack:       Plural{"%d zurückzurufen", "%d zurückzurufen"},
		NothingOpen:      "Niemand zurückzurufen", NothingOpenText: "Mit jedem Kunden, der niemanden erreichte, wurde seither gesprochen, soweit Callboard es beobachtet hat.",
		NothingClosed: "Heute nichts erledigt", NothingClosedText: "Hier steht, wer zurückrief, wann ein Kunde wieder anrief und was als erledigt markiert wurde.",
		NothingMine: "Nichts von Ihnen", NothingMineText: "Sie haben heute keinen Kunden übernommen oder erledigt.",
		NoName: "Wer sind Sie?", NoNameText: "Geben Sie oben einmal Ihren Namen ein; dann steht hier, was Sie übernommen haben.",
		ErrNameFmt: "Ihr Name fehlt, enthält Steuerzeichen oder ist länger als %d Zeichen.", ErrTextFmt: "Der Text enthält Steuerzeichen oder ist länger als %d Zeichen.",
		KeyNote: "Notiz zum gewählten Kunden", KeyDone: "gewählten Kunden als erledigt markieren",

		FileState: "Zustand", FileWaitingSince: "Wartet seit", FileName: "Kunde", FileNumber: "Nummer", FileLine: "Linie", FileLast: "Letzter Versuch",
		FileRang: "Klingelte (s)", FileRung: "Ließ klingeln", FileTries: "Versuche", FileCalls: "Anrufe heute", FileBacks: "Rückrufe ohne Antwort",
		FileClaimed: "Übernommen von", FileNote: "Notiz", FileClosed: "Erledigt um", FileHow: "Wie", FileBy: "Von", FileTalk: "Gesprochen (s)", FileText: "Text",
	}
)

// MissedTroubles are why nothing was done with a customer to call back.
type MissedTroubles struct{ NoEntry, Closed, Claimed, NothingDone, OpenAgain, ManyWords, NotKnown Trouble }

var (
	missedTroublesEnglish = MissedTroubles{
		NoEntry:     Trouble{"Not on the list", "This customer is not on the list of today any more."},
		Closed:      Trouble{"Closed already", "This customer has been spoken to or dealt with already."},
		Claimed:     Trouble{"Claimed already", "A colleague has claimed this customer. Give the claim back first, or ask them."},
		NothingDone: Trouble{"Nothing to undo", "This customer is open and nobody has claimed it."},
		OpenAgain:   Trouble{"Open again", "The customer gave up again since, and that is on the open list already."},
		ManyWords:   Trouble{"Too much said", "More was said of this customer today than is kept. The call itself still closes it."},
		NotKnown:    Trouble{"List not known", "Callboard does not see the telephone system, or has seen no call yet, so nobody knows who waits. A list made now could lack customers."},
	}
	missedTroublesDutch = MissedTroubles{
		NoEntry:     Trouble{"Niet op de lijst", "Deze klant staat niet meer op de lijst van vandaag."},
		Closed:      Trouble{"Al afgesloten", "Deze klant is al gesproken of afgehandeld."},
		Claimed:     Trouble{"Al opgepakt", "Een collega heeft deze klant opgepakt. Geef dat eerst terug, of vraag het."},
		NothingDone: Trouble{"Niets ongedaan te maken", "Deze klant staat open en niemand heeft hem opgepakt."},
		OpenAgain:   Trouble{"Weer open", "De klant belde sindsdien weer tevergeefs, en dat staat al op de open lijst."},
		ManyWords:   Trouble{"Te veel gezegd", "Over deze klant is vandaag meer gezegd dan bewaard wordt. Het gesprek zelf sluit hem nog steeds af."},
		NotKnown:    Trouble{"Lijst niet bekend", "Callboard ziet de telefooncentrale niet, of zag nog geen gesprek, dus niemand weet wie er wacht. Op een lijst van nu kunnen klanten ontbreken."},
	}
	missedTroublesGerman = MissedTroubles{
		NoEntry:     Trouble{"Nicht auf der Liste", "Dieser Kunde steht nicht mehr auf der heutigen Liste."},
		Closed:      Trouble{"Schon erledigt", "Mit diesem Kunden wurde schon gesprochen, oder er ist erledigt."},
		Claimed:     Trouble{"Schon übernommen", "Ein Kollege hat diesen Kunden übernommen. Bitte erst zurückgeben oder nachfragen."},
		NothingDone: Trouble{"Nichts rückgängig zu machen", "Dieser Kunde ist offen, und niemand hat ihn übernommen."},
		OpenAgain:   Trouble{"Wieder offen", "Der Kunde rief seither wieder vergeblich an, und das steht schon auf der offenen Liste."},
		ManyWords:   Trouble{"Zu viel gesagt", "Zu diesem Kunden wurde heute mehr gesagt, als behalten wird. Das Gespräch selbst erledigt ihn trotzdem."},
		NotKnown:    Trouble{"Liste nicht bekannt", "Callboard sieht die Telefonanlage nicht oder hat noch kein Gespräch gesehen, also weiß niemand, wer wartet. Auf einer Liste von jetzt könnten Kunden fehlen."},
	}
)
