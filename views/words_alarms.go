package views

// AlarmWords are the words of what shows alarms, the limits behind them, and
// the notice line.
type AlarmWords struct {
	RingingFmt, TalkingFmt, TalkOverFmt string // limit
	Waiting, Customers                  Plural
	LimitFmt                            string // what, limit
	WasOverFmt, WasUnderFmt             string // what, limit: back within it, and not for sure
	ChatFmt                             string // who rings, who talks
	Ring, Chat                          Plural
	LinesFmt                            string // in use, there are
	NotReturnedFmt                      string // customers, limit
	TargetFmt                           string // what, target in per cent
	LevelFmt, AnswerFmt                 string // per cent
	ASAFmt                              string // wait
	OftenFmt                            string // times

	Notice, NoticeText, NoticeLine, NoticeUntil, NoticeSet, NoticeClear string
	UntilFmt                                                            string // time

	SetupTitle, NoFile, InEffectFmt, RefusedFmt, UnknownFmt string // file, since; time, why; file, lines
	Alarm, Limit, OnAfter, OffAfter, Again, Sound           string // heads
	AtOnce, Never, Silent, Sounds, Off                      string
	LongerFmt, OverFmt, UnderFmt, LeastFmt                  string // age; limit; per cent; sample
	ChatRuleFmt, CapacityRuleFmt                            string // ring, who talks; warn, alarm, lines
	LevelRuleFmt, ShortFmt                                  string // goal, within, variant; short
	ReturnedLabel, ReturnedFmt                              string // per cent, within
	OpeningLabel, AlwaysOpen, TeamsLabel, Nobody            string
	Names                                                   map[string]string // by kind of alarm
}

var (
	alarmsEnglish = AlarmWords{
		RingingFmt: "A customer rings for over %s", TalkingFmt: "A talk lasts over %s", TalkOverFmt: "talk over %s",
		Waiting:  Plural{"%d customer rings", "%d customers ring at once"},
		LimitFmt: "%s, limit %s", WasOverFmt: "%s, was over %s", WasUnderFmt: "%s, was under %s %%", TargetFmt: "%s, target %s %%",
		Customers: Plural{"%d customer", "%d customers"},
		ChatFmt:   "%s while %s", Ring: Plural{"%d customer rings", "%d customers ring"},
		Chat:     Plural{"%d colleague talks internally", "%d colleagues talk internally"},
		LinesFmt: "%d of %d lines in use", NotReturnedFmt: "%s not called back for over %s",
		LevelFmt: "Service level %s %%", AnswerFmt: "Answer rate %s %%", ASAFmt: "Average wait %s",
		OftenFmt: "%d× in an hour",
		Notice:   "Notice", NoticeText: "One line that stands on every board and wall until it is taken away.",
		NoticeLine: "Line", NoticeUntil: "Until (may stay empty)", NoticeSet: "Show", NoticeClear: "Take away", UntilFmt: "until %s",
		SetupTitle: "When a person is needed", NoFile: "the defaults", InEffectFmt: "%s, in effect since %s",
		RefusedFmt: "Not taken at %s, the old settings stay: %s", UnknownFmt: "The PBX does not know who stands in these lines of %s: %s",
		Alarm: "Alarm", Limit: "Limit", OnAfter: "Said after", OffAfter: "Over after", Again: "Again every", Sound: "Sound",
		AtOnce: "at once", Never: "never", Silent: "silent", Sounds: "sounds", Off: "off",
		LongerFmt: "over %s", OverFmt: "over %s", UnderFmt: "under %s %%", LeastFmt: "from n %d",
		ChatRuleFmt: "ringing over %s while %s", CapacityRuleFmt: "warning at %d %%, alarm at %d %% of %d",
		LevelRuleFmt: "%d %% in %s, variant %d", ShortFmt: "short under %s", ReturnedLabel: "Call back", ReturnedFmt: "%d %% within %s",
		OpeningLabel: "Opening hours", AlwaysOpen: "always open", TeamsLabel: "Teams", Nobody: "none",
		Names: map[string]string{
			"ringing": "A customer rings", "chat": "Ringing while colleagues chat", "waiting": "Customers ringing at once", "talking": "A talk lasts",
			"not-returned": "Not called back", "service-level": "Service level", "asa": "Average wait", "answer-rate": "Answer rate", "capacity": "Lines in use",
		},
	}
	alarmsDutch = AlarmWords{
		RingingFmt: "Een klant belt al langer dan %s", TalkingFmt: "Een gesprek duurt langer dan %s", TalkOverFmt: "gesprek langer dan %s",
		Waiting:  Plural{"%d klant belt", "%d klanten bellen tegelijk"},
		LimitFmt: "%s, grens %s", WasOverFmt: "%s, was meer dan %s", WasUnderFmt: "%s, was onder %s %%", TargetFmt: "%s, doel %s %%",
		Customers: Plural{"%d klant", "%d klanten"},
		ChatFmt:   "%s terwijl %s", Ring: Plural{"%d klant belt", "%d klanten bellen"},
		Chat:     Plural{"%d collega intern praat", "%d collega's intern praten"},
		LinesFmt: "%d van %d lijnen bezet", NotReturnedFmt: "%s al langer dan %s niet teruggebeld",
		LevelFmt: "Servicelevel %s %%", AnswerFmt: "Beantwoord %s %%", ASAFmt: "Gemiddeld gewacht %s",
		OftenFmt: "%d× in een uur",
		Notice:   "Mededeling", NoticeText: "Eén regel die op elk bord en elk scherm staat tot hij wordt weggehaald.",
		NoticeLine: "Regel", NoticeUntil: "Tot (mag leeg blijven)", NoticeSet: "Tonen", NoticeClear: "Weghalen", UntilFmt: "tot %s",
		SetupTitle: "Wanneer iemand nodig is", NoFile: "de standaardwaarden", InEffectFmt: "%s, van kracht sinds %s",
		RefusedFmt: "Niet overgenomen om %s, de oude instellingen blijven: %s", UnknownFmt: "De centrale kent niet wie op deze regels van %s staat: %s",
		Alarm: "Alarm", Limit: "Grens", OnAfter: "Gemeld na", OffAfter: "Voorbij na", Again: "Opnieuw elke", Sound: "Geluid",
		AtOnce: "meteen", Never: "nooit", Silent: "stil", Sounds: "klinkt", Off: "uit",
		LongerFmt: "langer dan %s", OverFmt: "meer dan %s", UnderFmt: "onder %s %%", LeastFmt: "vanaf n %d",
		ChatRuleFmt: "langer dan %s bellen terwijl %s", CapacityRuleFmt: "waarschuwing bij %d %%, alarm bij %d %% van %d",
		LevelRuleFmt: "%d %% binnen %s, variant %d", ShortFmt: "kort onder %s", ReturnedLabel: "Terugbellen", ReturnedFmt: "%d %% binnen %s",
		OpeningLabel: "Openingstijden", AlwaysOpen: "altijd open", TeamsLabel: "Teams", Nobody: "geen",
		Names: map[string]string{
			"ringing": "Een klant belt", "chat": "Bellen terwijl collega's praten", "waiting": "Klanten tegelijk", "talking": "Een gesprek duurt",
			"not-returned": "Niet teruggebeld", "service-level": "Servicelevel", "asa": "Gemiddeld gewacht", "answer-rate": "Beantwoord", "capacity": "Lijnen bezet",
		},
	}
	alarmsGerman = AlarmWords{
		RingingFmt: "Ein Kunde klingelt länger als %s", TalkingFmt: "Ein Gespräch dauert länger als %s", TalkOverFmt: "Gespräch über %s",
		Waiting:  Plural{"%d Kunde klingelt", "%d Kunden klingeln zugleich"},
		LimitFmt: "%s, Grenze %s", WasOverFmt: "%s, war über %s", WasUnderFmt: "%s, war unter %s %%", TargetFmt: "%s, Ziel %s %%",
		Customers: Plural{"%d Kunde", "%d Kunden"},
		ChatFmt:   "%s, während %s", Ring: Plural{"%d Kunde klingelt", "%d Kunden klingeln"},
		Chat:     Plural{"%d Kollege intern spricht", "%d Kollegen intern sprechen"},
		LinesFmt: "%d von %d Leitungen belegt", NotReturnedFmt: "%s seit über %s nicht zurückgerufen",
		LevelFmt: "Servicelevel %s %%", AnswerFmt: "Annahmequote %s %%", ASAFmt: "Im Schnitt gewartet %s",
		OftenFmt: "%d× in einer Stunde",
		Notice:   "Mitteilung", NoticeText: "Eine Zeile, die auf jeder Tafel und jedem Bildschirm steht, bis sie entfernt wird.",
		NoticeLine: "Zeile", NoticeUntil: "Bis (darf leer bleiben)", NoticeSet: "Zeigen", NoticeClear: "Entfernen", UntilFmt: "bis %s",
		SetupTitle: "Wann jemand gebraucht wird", NoFile: "die Vorgaben", InEffectFmt: "%s, in Kraft seit %s",
		RefusedFmt: "Nicht übernommen um %s, die alten Einstellungen bleiben: %s", UnknownFmt: "Die Anlage kennt nicht, wer in diesen Zeilen von %s steht: %s",
		Alarm: "Alarm", Limit: "Grenze", OnAfter: "Gemeldet nach", OffAfter: "Vorbei nach", Again: "Erneut alle", Sound: "Ton",
		AtOnce: "sofort", Never: "nie", Silent: "still", Sounds: "klingt", Off: "aus",
		LongerFmt: "über %s", OverFmt: "über %s", UnderFmt: "unter %s %%", LeastFmt: "ab n %d",
		ChatRuleFmt: "Klingeln über %s, während %s", CapacityRuleFmt: "Warnung bei %d %%, Alarm bei %d %% von %d",
		LevelRuleFmt: "%d %% in %s, Variante %d", ShortFmt: "kurz unter %s", ReturnedLabel: "Rückrufe", ReturnedFmt: "%d %% binnen %s",
		OpeningLabel: "Öffnungszeiten", AlwaysOpen: "immer offen", TeamsLabel: "Teams", Nobody: "keine",
		Names: map[string]string{
			"ringing": "Ein Kunde klingelt", "chat": "Klingeln, während Kollegen sprechen", "waiting": "Kunden zugleich", "talking": "Ein Gespräch dauert",
			"not-returned": "Nicht zurückgerufen", "service-level": "Servicelevel", "asa": "Im Schnitt gewartet", "answer-rate": "Annahmequote", "capacity": "Leitungen belegt",
		},
	}
)
