package views

// AlarmWords are the words of what shows alarms, the limits behind them, and
// the notice line.
type AlarmWords struct {
	RingingFmt, TalkingFmt, TalkOverFmt string // limit
	WaitingFmt                          string // customers, limit
	Customers                           Plural
	ChatFmt                             string // who rings, who talks
	Ring, Chat                          Plural
	LinesFmt                            string // in use, there are
	NotReturnedFmt                      string // customers, limit
	LevelFmt, AnswerFmt                 string // per cent, limit
	ASAFmt                              string // wait, limit
	OftenFmt                            string // times

	Notice, NoticeText, NoticeLine, NoticeUntil, NoticeSet, NoticeClear string
	UntilFmt                                                            string // time
}

var (
	alarmsEnglish = AlarmWords{
		RingingFmt: "A customer rings for over %s", TalkingFmt: "A talk lasts over %s", TalkOverFmt: "talk over %s",
		WaitingFmt: "%s at once ring, limit %s", Customers: Plural{"%d customer", "%d customers"},
		ChatFmt: "%s while %s", Ring: Plural{"%d customer rings", "%d customers ring"},
		Chat:     Plural{"%d colleague talks internally", "%d colleagues talk internally"},
		LinesFmt: "%d of %d lines in use", NotReturnedFmt: "%s not called back for over %s",
		LevelFmt: "Service level %s %%, target %s %%", AnswerFmt: "Answer rate %s %%, limit %s %%", ASAFmt: "Average wait %s, limit %s",
		OftenFmt: "%d× in an hour",
		Notice:   "Notice", NoticeText: "One line that stands on every board and wall until it is taken away.",
		NoticeLine: "Line", NoticeUntil: "Until (may stay empty)", NoticeSet: "Show", NoticeClear: "Take away", UntilFmt: "until %s",
	}
	alarmsDutch = AlarmWords{
		RingingFmt: "Een klant belt al langer dan %s", TalkingFmt: "Een gesprek duurt langer dan %s", TalkOverFmt: "gesprek langer dan %s",
		WaitingFmt: "%s bellen tegelijk, grens %s", Customers: Plural{"%d klant", "%d klanten"},
		ChatFmt: "%s terwijl %s", Ring: Plural{"%d klant belt", "%d klanten bellen"},
		Chat:     Plural{"%d collega intern praat", "%d collega's intern praten"},
		LinesFmt: "%d van %d lijnen bezet", NotReturnedFmt: "%s al langer dan %s niet teruggebeld",
		LevelFmt: "Servicelevel %s %%, doel %s %%", AnswerFmt: "Beantwoord %s %%, grens %s %%", ASAFmt: "Gemiddeld gewacht %s, grens %s",
		OftenFmt: "%d× in een uur",
		Notice:   "Mededeling", NoticeText: "Eén regel die op elk bord en elk scherm staat tot hij wordt weggehaald.",
		NoticeLine: "Regel", NoticeUntil: "Tot (mag leeg blijven)", NoticeSet: "Tonen", NoticeClear: "Weghalen", UntilFmt: "tot %s",
	}
	alarmsGerman = AlarmWords{
		RingingFmt: "Ein Kunde klingelt länger als %s", TalkingFmt: "Ein Gespräch dauert länger als %s", TalkOverFmt: "Gespräch über %s",
		WaitingFmt: "%s klingeln zugleich, Grenze %s", Customers: Plural{"%d Kunde", "%d Kunden"},
		ChatFmt: "%s, während %s", Ring: Plural{"%d Kunde klingelt", "%d Kunden klingeln"},
		Chat:     Plural{"%d Kollege intern spricht", "%d Kollegen intern sprechen"},
		LinesFmt: "%d von %d Leitungen belegt", NotReturnedFmt: "%s seit über %s nicht zurückgerufen",
		LevelFmt: "Servicelevel %s %%, Ziel %s %%", AnswerFmt: "Annahmequote %s %%, Grenze %s %%", ASAFmt: "Im Schnitt gewartet %s, Grenze %s",
		OftenFmt: "%d× in einer Stunde",
		Notice:   "Mitteilung", NoticeText: "Eine Zeile, die auf jeder Tafel und jedem Bildschirm steht, bis sie weggenommen wird.",
		NoticeLine: "Zeile", NoticeUntil: "Bis (darf leer bleiben)", NoticeSet: "Zeigen", NoticeClear: "Wegnehmen", UntilFmt: "bis %s",
	}
)
