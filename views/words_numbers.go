package views

// NumbersWords are the words of what shows numbers.
type NumbersWords struct {
	AboutNeedsFmt     string // limit
	AboutRinging      string
	AboutTalking      string
	Settings          string
	Title             string
	Free              string
	OfFmt             string // count
	ServiceLevelToday string
	ServiceLevelShort string
	MissedShort       string
	TargetFmt         string // per cent, seconds, sample
	TargetBriefFmt    string // per cent
	TargetOnlyFmt     string // value
	SampleFmt         string // sample
	UnderTarget       string
	OverTarget        string
	OldestFmt         string // age, limit
	OldestBriefFmt    string // age
	NobodyMissed      string
	NoneKnown         string // instead, where some may be missing
	Note              string
	NoteSinceFmt      string // time of day
	NoteGap           string
	NoteOverflow      string
	Number            string
	Value             string
	Target            string
	HowFmt            string // value
	HowCounted        string
	OtherWays         string
	SameCalls         string
	LeftOut           string
	OfCountFmt        string // count, sample
	Chosen            string
	CallsBehind       string
	NewestFmt         string // shown, all
	NoCallsBehind     string
	NoCallsNow        string
	OfPeople          string
	OnTheWorklist     string
	WithinLimit       string
	InDoubtApart      string
	AfterTransfer     string
	FirstFmt          string // shown, all
	NotOfCalls        string
	NotOfLines        string
	ShowAll           string
	Threshold         string
	Goal              string
	ShortLabel        string
	ShortNone         string
	Time              string
	Who               string
	Outcome           string
	Ringing           string
	TalkingNow        string
	EndNotSeen        string
	UnderFmt          string // outcome
	Anonymous         string
	AtFmt             string // time of day
	Calls             Plural
	FreeBrief         string
	FreePeople        Plural
	FreeOfAll         string // instead, where the view is of a line, which has no people of its own
	FreeOfAllBrief    string
	Telephones        Plural
	Variants          [6]string         // of a service level, by number; 0 is unused
	Names             map[string]string // of the numbers
	Formulas          map[string]string // that of the service level is a format: threshold
	Parts             map[string]string // of a number; formats where they take a threshold: see NumbersWords.Part
}

// Part names a part of a number, with the threshold where it bears on it.
func (w *NumbersWords) Part(name, within, short string) string {
	switch name {
	case "in-time", "late", "gave-up-late", "gave-up-early", "over-now":
		return sprintf(w.Parts[name], within)
	case "short":
		return sprintf(w.Parts[name], short)
	}
	return w.Parts[name]
}

var (
	numbersEnglish = NumbersWords{
		FreeBrief:         "no call seen",
		AboutNeedsFmt:     "Customers ringing longer than %s, without calls in doubt",
		AboutRinging:      "Calls with a customer that ring; n? are in doubt",
		AboutTalking:      "Calls with a customer that are connected; n? are in doubt; inferred ones count",
		Settings:          "Settings",
		Title:             "Numbers",
		Free:              "Free",
		OfFmt:             "of %d",
		ServiceLevelToday: "Service level today",
		ServiceLevelShort: "Service level",
		MissedShort:       "To call back",
		TargetFmt:         "target %d %% in %s, n %s",
		TargetBriefFmt:    "target %d %%",
		TargetOnlyFmt:     "target %s",
		SampleFmt:         "n %s",
		UnderTarget:       "under target",
		OverTarget:        "over target",
		OldestFmt:         "oldest %s, target %s",
		OldestBriefFmt:    "oldest %s",
		NobodyMissed:      "nobody waits",
		NoneKnown:         "none known",
		Note:              "Today, since midnight",
		NoteSinceFmt:      "Today, since %s",
		NoteGap:           "at least: calls during gaps were not seen",
		NoteOverflow:      "at least: more calls today than are kept",
		Number:            "Number",
		Value:             "Value",
		Target:            "Target",
		HowFmt:            "How it came to %s",
		HowCounted:        "What it is made of",
		OtherWays:         "Other ways to count",
		SameCalls:         "the same calls",
		LeftOut:           "Left out",
		OfCountFmt:        "%s of %s",
		Chosen:            "in use",
		CallsBehind:       "The calls behind it",
		NewestFmt:         "the newest %d of %d",
		NoCallsNow:        "No such call at this moment",
		OfPeople:          "Counted from people, not from calls",
		OnTheWorklist:     "The customers stand on the page Missed",
		WithinLimit:       "within the limit",
		InDoubtApart:      "in doubt, counted apart",
		AfterTransfer:     "inferred after a transfer",
		FirstFmt:          "the first %d of %d",
		NoCallsBehind:     "No call behind this number today",
		NotOfCalls:        "Counted from notices of the PBX, not from calls: it has no list",
		NotOfLines:        "The PBX does not say by which line a call was missed",
		ShowAll:           "Show all",
		Threshold:         "Threshold",
		Goal:              "Goal",
		ShortLabel:        "Short below",
		ShortNone:         "none is short",
		Time:              "Time",
		Who:               "Who",
		Outcome:           "Outcome",
		Ringing:           "Ringing",
		TalkingNow:        "Talking",
		EndNotSeen:        "End not seen",
		UnderFmt:          "%s, in doubt",
		Anonymous:         "No number",
		AtFmt:             "at %s",
		Calls:             Plural{"%d call", "%d calls"},
		FreePeople:        Plural{"no call seen on %d person", "no call seen on %d people"},
		FreeOfAll:         "all people, no call seen",
		FreeOfAllBrief:    "all people",
		Telephones:        Plural{"%d telephone", "%d telephones"},
		Variants:          [6]string{1: "Answered or gave up in time, of all", "Answered in time, of answered", "Answered in time, of all", "Answered in time, of answered plus unanswered late", "Answered in time or short, of all"},
		Names: map[string]string{
			"service-level":   "Service level",
			"answer-rate":     "Answer rate",
			"offered":         "Offered",
			"answered":        "Answered",
			"unanswered":      "Unanswered",
			"missed":          "Missed notices",
			"longest-ringing": "Longest ringing now",
			"longest-wait":    "Longest wait today",
			"asa":             "Average wait",
			"gave-up":         "Average ring of unanswered",
			"talk-time":       "Average talk",
			"ring-depth":      "Telephones rung",
			"peak":            "Most at once",
			"outbound":        "Calls out",
			"internal":        "Internal calls",
		},
		Formulas: map[string]string{
			"service-level":   "Customers answered in time, as a share. In time is %s or less from the first ring to the first talk. Who still rings past it counts against at once.",
			"answer-rate":     "Answered / (answered + unanswered). Who still rings is not decided and not counted.",
			"needs-person":    "Calls past a limit: customers ringing too long and, where set, talks that last too long. Calls in doubt are left out.",
			"ringing":         "Calls with a customer that ring at this moment. Those in doubt are counted apart: 2 + 1?.",
			"talking":         "Calls with a customer that are connected at this moment. Those inferred after a transfer count, those in doubt are counted apart.",
			"free":            "People of whom no call is seen at this moment, of all that the PBX lists. Whether they are at their desk the feed cannot know.",
			"not-returned":    "Customers who rang, reached nobody, and have not been spoken to since, in either direction. Each number counts once.",
			"offered":         "Customers who came in today. A call that is handed on counts once.",
			"answered":        "Offered with at least one talk. Voicemail that takes the call looks the same.",
			"unanswered":      "Offered that ended without a talk. The PBX does not say who gave up.",
			"missed":          "Notices of the PBX that somebody missed a call: one for each person and call. Never add them up as calls.",
			"longest-ringing": "The customer who has been ringing longest at this moment.",
			"longest-wait":    "The longest that a customer rang today: until the answer, until the end, or until now.",
			"asa":             "Average speed of answer: ring time of the answered, divided by how many those are.",
			"gave-up":         "Ring time of the unanswered, divided by how many those are.",
			"talk-time":       "Average talk time of ended talks with customers, in and out. Waiting on the line is inside, consultations among colleagues are not. A customer handed on is one talk with each colleague.",
			"ring-depth":      "Telephones that rang before an answer, each once, divided by the answered calls.",
			"peak":            "Most calls with customers up at the same moment, in and out.",
			"outbound":        "Calls of colleagues to customers that began today.",
			"internal":        "Calls among colleagues that began today, without consultations for a customer.",
		},
		Parts: map[string]string{
			"in-time":       "Answered within %s",
			"late":          "Answered after %s",
			"gave-up-late":  "Unanswered after %s",
			"gave-up-early": "Unanswered within %s",
			"short":         "Unanswered, rang less than %s",
			"over-now":      "Ringing now past %s, counted at once",
			"waiting":       "Ringing now, not decided",
			"unmeasured":    "Not measured: its ringing was not seen",
			"lost":          "End not seen",
			"answered":      "Answered",
			"unanswered":    "Unanswered",
			"ringing":       "Ringing now",
			"talked":        "Talked, ended",
			"talking":       "Still talking",
			"one":           "One telephone rang",
			"two":           "Two telephones rang",
			"more":          "Three or more rang",
			"up":            "Up at that moment",
			"unseen":        "No telephone seen ringing",
		},
	}
	numbersDutch = NumbersWords{
		FreeBrief:         "geen gesprek",
		AboutNeedsFmt:     "Klanten bij wie het langer dan %s overgaat, zonder gesprekken in twijfel",
		AboutRinging:      "Gesprekken met een klant die overgaan; n? zijn in twijfel",
		AboutTalking:      "Gesprekken met een klant die verbonden zijn; n? zijn in twijfel; afgeleide tellen mee",
		Settings:          "Instellingen",
		Title:             "Cijfers",
		Free:              "Vrij",
		OfFmt:             "van %d",
		ServiceLevelToday: "Servicelevel vandaag",
		ServiceLevelShort: "Servicelevel",
		MissedShort:       "Terugbellen",
		TargetFmt:         "doel %d %% in %s, n %s",
		TargetBriefFmt:    "doel %d %%",
		TargetOnlyFmt:     "doel %s",
		SampleFmt:         "n %s",
		UnderTarget:       "onder doel",
		OverTarget:        "boven doel",
		OldestFmt:         "oudste %s, doel %s",
		OldestBriefFmt:    "oudste %s",
		NobodyMissed:      "niemand wacht",
		NoneKnown:         "niemand bekend",
		Note:              "Vandaag, sinds middernacht",
		NoteSinceFmt:      "Vandaag, sinds %s",
		NoteGap:           "minstens: gesprekken tijdens onderbrekingen zijn niet gezien",
		NoteOverflow:      "minstens: meer gesprekken vandaag dan bewaard worden",
		Number:            "Cijfer",
		Value:             "Waarde",
		Target:            "Doel",
		HowFmt:            "Hoe het op %s komt",
		HowCounted:        "Waaruit het bestaat",
		OtherWays:         "Andere manieren van tellen",
		SameCalls:         "dezelfde gesprekken",
		LeftOut:           "Niet meegeteld",
		OfCountFmt:        "%s van %s",
		Chosen:            "in gebruik",
		CallsBehind:       "De gesprekken erachter",
		NewestFmt:         "de nieuwste %d van %d",
		NoCallsNow:        "Nu geen zo'n gesprek",
		OfPeople:          "Telt mensen, geen gesprekken",
		OnTheWorklist:     "De klanten staan op de pagina Gemist",
		WithinLimit:       "binnen de grens",
		InDoubtApart:      "twijfel, apart geteld",
		AfterTransfer:     "afgeleid na doorverbinden",
		FirstFmt:          "de eerste %d van %d",
		NoCallsBehind:     "Geen gesprek achter dit cijfer vandaag",
		NotOfCalls:        "Geteld uit meldingen van de centrale, niet uit gesprekken: er is geen lijst",
		NotOfLines:        "De centrale zegt niet op welke lijn een gesprek gemist is",
		ShowAll:           "Alles tonen",
		Threshold:         "Drempel",
		Goal:              "Doel",
		ShortLabel:        "Kort onder",
		ShortNone:         "geen is kort",
		Time:              "Tijd",
		Who:               "Wie",
		Outcome:           "Uitkomst",
		Ringing:           "Gaat over",
		TalkingNow:        "In gesprek",
		EndNotSeen:        "Einde niet gezien",
		UnderFmt:          "%s, twijfel",
		Anonymous:         "Geen nummer",
		AtFmt:             "om %s",
		Calls:             Plural{"%d gesprek", "%d gesprekken"},
		FreePeople:        Plural{"bij %d persoon geen gesprek", "bij %d mensen geen gesprek"},
		FreeOfAll:         "alle mensen, geen gesprek",
		FreeOfAllBrief:    "alle mensen",
		Telephones:        Plural{"%d toestel", "%d toestellen"},
		Variants:          [6]string{1: "Beantwoord of opgegeven op tijd, van alle", "Op tijd beantwoord, van beantwoorde", "Op tijd beantwoord, van alle", "Op tijd beantwoord, van beantwoord plus laat niet beantwoord", "Op tijd beantwoord of kort, van alle"},
		Names: map[string]string{
			"service-level":   "Servicelevel",
			"answer-rate":     "Beantwoord %",
			"offered":         "Aangeboden",
			"answered":        "Beantwoord",
			"unanswered":      "Niet beantwoord",
			"missed":          "Gemiste meldingen",
			"longest-ringing": "Gaat nu het langst over",
			"longest-wait":    "Langst gewacht vandaag",
			"asa":             "Gemiddeld gewacht",
			"gave-up":         "Gemiddeld gebeld, niet beantwoord",
			"talk-time":       "Gemiddeld gesproken",
			"ring-depth":      "Toestellen gebeld",
			"peak":            "Meeste tegelijk",
			"outbound":        "Uitgaand",
			"internal":        "Intern",
		},
		Formulas: map[string]string{
			"service-level":   "Klanten die op tijd zijn beantwoord, als aandeel. Op tijd is %s of minder van de eerste bel tot het eerste gesprek. Wie nog langer overgaat, telt meteen als te laat.",
			"answer-rate":     "Beantwoord / (beantwoord + niet beantwoord). Wie nog overgaat is niet beslist en telt niet mee.",
			"needs-person":    "Gesprekken over een grens: klanten die te lang bellen en, waar ingesteld, gesprekken die te lang duren. Gesprekken in twijfel tellen niet mee.",
			"ringing":         "Gesprekken met een klant die nu overgaan. Wat in twijfel is, wordt apart geteld: 2 + 1?.",
			"talking":         "Gesprekken met een klant die nu verbonden zijn. Afgeleid na doorverbinden telt mee, twijfel wordt apart geteld.",
			"free":            "Mensen van wie nu geen gesprek te zien is, van allen die de centrale noemt. Of ze op hun plek zitten, kan de feed niet weten.",
			"not-returned":    "Klanten die belden, niemand bereikten en sindsdien niet gesproken zijn, in beide richtingen. Elk nummer telt één keer.",
			"offered":         "Klanten die vandaag binnenkwamen. Een doorverbonden gesprek telt één keer.",
			"answered":        "Aangeboden met minstens één gesprek. Een voicemail die opneemt ziet er hetzelfde uit.",
			"unanswered":      "Aangeboden en zonder gesprek geëindigd. De centrale zegt niet wie opgaf.",
			"missed":          "Meldingen van de centrale dat iemand een gesprek miste: één per persoon en gesprek. Tel ze nooit op als gesprekken.",
			"longest-ringing": "De klant die op dit moment het langst belt.",
			"longest-wait":    "Het langst dat een klant vandaag belde: tot het antwoord, tot het einde of tot nu.",
			"asa":             "Gemiddelde antwoordsnelheid: beltijd van de beantwoorde, gedeeld door hun aantal.",
			"gave-up":         "Beltijd van de niet beantwoorde, gedeeld door hun aantal.",
			"talk-time":       "Gemiddelde gesprekstijd van beëindigde gesprekken met klanten, in en uit. Wachten aan de lijn zit erin, ruggespraak tussen collega’s niet. Een doorverbonden klant is één gesprek met elke collega.",
			"ring-depth":      "Toestellen die overgingen vóór een antwoord, elk één keer, gedeeld door de beantwoorde gesprekken.",
			"peak":            "Meeste gesprekken met klanten op hetzelfde moment, in en uit.",
			"outbound":        "Gesprekken van collega’s naar klanten die vandaag begonnen.",
			"internal":        "Gesprekken tussen collega’s die vandaag begonnen, zonder ruggespraak voor een klant.",
		},
		Parts: map[string]string{
			"in-time":       "Beantwoord binnen %s",
			"late":          "Beantwoord na %s",
			"gave-up-late":  "Niet beantwoord na %s",
			"gave-up-early": "Niet beantwoord binnen %s",
			"short":         "Niet beantwoord, korter dan %s",
			"over-now":      "Gaat nu over na %s, telt meteen",
			"waiting":       "Gaat nu over, niet beslist",
			"unmeasured":    "Niet gemeten: het bellen is niet gezien",
			"lost":          "Einde niet gezien",
			"answered":      "Beantwoord",
			"unanswered":    "Niet beantwoord",
			"ringing":       "Gaat nu over",
			"talked":        "Gesproken, beëindigd",
			"talking":       "Nog in gesprek",
			"one":           "Eén toestel ging over",
			"two":           "Twee toestellen gingen over",
			"more":          "Drie of meer gingen over",
			"up":            "Actief op dat moment",
			"unseen":        "Geen toestel gezien dat overging",
		},
	}
	numbersGerman = NumbersWords{
		FreeBrief:         "kein Gespräch",
		AboutNeedsFmt:     "Kunden, bei denen es länger als %s klingelt, ohne Gespräche im Zweifel",
		AboutRinging:      "Gespräche mit einem Kunden, die klingeln; n? sind im Zweifel",
		AboutTalking:      "Verbundene Gespräche mit einem Kunden; n? sind im Zweifel; abgeleitete zählen mit",
		Settings:          "Einstellungen",
		Title:             "Kennzahlen",
		Free:              "Frei",
		OfFmt:             "von %d",
		ServiceLevelToday: "Servicelevel heute",
		ServiceLevelShort: "Servicelevel",
		MissedShort:       "Rückrufe",
		TargetFmt:         "Ziel %d %% in %s, n %s",
		TargetBriefFmt:    "Ziel %d %%",
		TargetOnlyFmt:     "Ziel %s",
		SampleFmt:         "n %s",
		UnderTarget:       "unter Ziel",
		OverTarget:        "über Ziel",
		OldestFmt:         "älteste %s, Ziel %s",
		OldestBriefFmt:    "älteste %s",
		NobodyMissed:      "niemand wartet",
		NoneKnown:         "niemand bekannt",
		Note:              "Heute, seit Mitternacht",
		NoteSinceFmt:      "Heute, seit %s",
		NoteGap:           "mindestens: Anrufe während Lücken wurden nicht gesehen",
		NoteOverflow:      "mindestens: heute mehr Anrufe als aufbewahrt werden",
		Number:            "Kennzahl",
		Value:             "Wert",
		Target:            "Ziel",
		HowFmt:            "Wie es zu %s kommt",
		HowCounted:        "Woraus es besteht",
		OtherWays:         "Andere Zählweisen",
		SameCalls:         "dieselben Anrufe",
		LeftOut:           "Nicht gezählt",
		OfCountFmt:        "%s von %s",
		Chosen:            "in Gebrauch",
		CallsBehind:       "Die Anrufe dahinter",
		NewestFmt:         "die neuesten %d von %d",
		NoCallsNow:        "Gerade kein solcher Anruf",
		OfPeople:          "Zählt Personen, keine Anrufe",
		OnTheWorklist:     "Die Kunden stehen auf der Seite Verpasst",
		WithinLimit:       "innerhalb der Grenze",
		InDoubtApart:      "im Zweifel, getrennt gezählt",
		AfterTransfer:     "nach Vermittlung abgeleitet",
		FirstFmt:          "die ersten %d von %d",
		NoCallsBehind:     "Heute kein Anruf hinter dieser Zahl",
		NotOfCalls:        "Aus Meldungen der Anlage gezählt, nicht aus Anrufen: es gibt keine Liste",
		NotOfLines:        "Die Anlage sagt nicht, auf welcher Linie ein Anruf verpasst wurde",
		ShowAll:           "Alle zeigen",
		Threshold:         "Schwelle",
		Goal:              "Ziel",
		ShortLabel:        "Kurz unter",
		ShortNone:         "keiner ist kurz",
		Time:              "Zeit",
		Who:               "Wer",
		Outcome:           "Ergebnis",
		Ringing:           "Klingelt",
		TalkingNow:        "Im Gespräch",
		EndNotSeen:        "Ende nicht gesehen",
		UnderFmt:          "%s, im Zweifel",
		Anonymous:         "Keine Nummer",
		AtFmt:             "um %s",
		Calls:             Plural{"%d Anruf", "%d Anrufe"},
		FreePeople:        Plural{"bei %d kein Gespräch", "bei %d kein Gespräch"},
		FreeOfAll:         "alle Personen, kein Gespräch",
		FreeOfAllBrief:    "alle Personen",
		Telephones:        Plural{"%d Telefon", "%d Telefone"},
		Variants:          [6]string{1: "Rechtzeitig angenommen oder aufgegeben, von allen", "Rechtzeitig angenommen, von angenommenen", "Rechtzeitig angenommen, von allen", "Rechtzeitig angenommen, von angenommenen und spät nicht angenommenen", "Rechtzeitig angenommen oder kurz, von allen"},
		Names: map[string]string{
			"service-level":   "Servicelevel",
			"answer-rate":     "Annahmequote",
			"offered":         "Angeboten",
			"answered":        "Angenommen",
			"unanswered":      "Nicht angenommen",
			"missed":          "Verpasst-Meldungen",
			"longest-ringing": "Klingelt am längsten",
			"longest-wait":    "Längste Wartezeit heute",
			"asa":             "Mittlere Wartezeit",
			"gave-up":         "Mittleres Klingeln ohne Annahme",
			"talk-time":       "Mittlere Gesprächszeit",
			"ring-depth":      "Telefone angerufen",
			"peak":            "Meiste zugleich",
			"outbound":        "Ausgehend",
			"internal":        "Interne Gespräche",
		},
		Formulas: map[string]string{
			"service-level":   "Rechtzeitig angenommene Kunden, als Anteil. Rechtzeitig ist %s oder weniger vom ersten Klingeln bis zum ersten Gespräch. Wer noch länger klingelt, zählt sofort dagegen.",
			"answer-rate":     "Angenommen / (angenommen + nicht angenommen). Wer noch klingelt, ist nicht entschieden und zählt nicht.",
			"needs-person":    "Anrufe über einer Grenze: Kunden, die zu lange klingeln, und, wo eingestellt, Gespräche, die zu lange dauern. Anrufe im Zweifel zählen nicht.",
			"ringing":         "Anrufe mit einem Kunden, die gerade klingeln. Solche im Zweifel werden getrennt gezählt: 2 + 1?.",
			"talking":         "Anrufe mit einem Kunden, die gerade verbunden sind. Nach Vermittlung abgeleitete zählen mit, solche im Zweifel getrennt.",
			"free":            "Personen, von denen gerade kein Gespräch zu sehen ist, von allen, die die Anlage nennt. Ob sie am Platz sind, kann die Anlage nicht melden.",
			"not-returned":    "Kunden, die anriefen, niemanden erreichten und mit denen seitdem niemand gesprochen hat, in keiner Richtung. Jede Nummer zählt einmal.",
			"offered":         "Kunden, die heute anriefen. Ein vermittelter Anruf zählt einmal.",
			"answered":        "Angeboten mit mindestens einem Gespräch. Eine Mailbox, die annimmt, sieht genauso aus.",
			"unanswered":      "Angeboten und ohne Gespräch beendet. Die Anlage sagt nicht, wer aufgab.",
			"missed":          "Meldungen der Anlage, dass jemand einen Anruf verpasste: eine je Person und Anruf. Nie als Anrufe zusammenzählen.",
			"longest-ringing": "Der Kunde, der in diesem Moment am längsten klingelt.",
			"longest-wait":    "Am längsten hat heute ein Kunde geklingelt: bis zur Annahme, bis zum Ende oder bis jetzt.",
			"asa":             "Mittlere Annahmezeit: Klingelzeit der angenommenen, geteilt durch ihre Anzahl.",
			"gave-up":         "Klingelzeit der nicht angenommenen, geteilt durch ihre Anzahl.",
			"talk-time":       "Mittlere Dauer beendeter Gespräche mit Kunden, ein und aus. Warten in der Leitung ist enthalten, Rückfragen unter Kollegen nicht. Ein vermittelter Kunde ist ein Gespräch je Kollege.",
			"ring-depth":      "Telefone, die vor einer Annahme klingelten, jedes einmal, geteilt durch die angenommenen Anrufe.",
			"peak":            "Meiste Gespräche mit Kunden im selben Moment, ein und aus.",
			"outbound":        "Gespräche von Kollegen zu Kunden, die heute begannen.",
			"internal":        "Gespräche unter Kollegen, die heute begannen, ohne Rückfragen für einen Kunden.",
		},
		Parts: map[string]string{
			"in-time":       "Angenommen binnen %s",
			"late":          "Angenommen nach %s",
			"gave-up-late":  "Nicht angenommen nach %s",
			"gave-up-early": "Nicht angenommen binnen %s",
			"short":         "Nicht angenommen, kürzer als %s",
			"over-now":      "Klingelt jetzt über %s, zählt sofort",
			"waiting":       "Klingelt jetzt, nicht entschieden",
			"unmeasured":    "Nicht gemessen: Klingeln nicht gesehen",
			"lost":          "Ende nicht gesehen",
			"answered":      "Angenommen",
			"unanswered":    "Nicht angenommen",
			"ringing":       "Klingelt jetzt",
			"talked":        "Gesprochen, beendet",
			"talking":       "Noch im Gespräch",
			"one":           "Ein Telefon klingelte",
			"two":           "Zwei Telefone klingelten",
			"more":          "Drei oder mehr klingelten",
			"up":            "In diesem Moment aktiv",
			"unseen":        "Kein Telefon klingeln gesehen",
		},
	}
)
