package views

import "callboard/internal/state"

// CallWords are the words of the page of one call. Fields ending in Fmt are
// formats; their verbs are named in their comment, all of them %s unless it
// says otherwise.
type CallWords struct {
	// What the feed and the board say, by kind.
	Events     map[state.EventType]string
	Effects    map[state.Effect]string  // what a line of the timeline proves
	Outcomes   map[state.Outcome]string // how a call left the board, behind "ended 13:10:02,"
	Directions map[state.Direction]string

	// Timeline: what it proves where somebody is named.
	CreatedFmt, RingsFmt, AnsweredFmt, LegGoneFmt, MissedFmt, SwitchedFmt string // person
	DoubtFmt                                                              string // reason
	ByList, ByPerson, ByTime                                              string // who made a line that no event made
	OfCallFmt                                                             string // number of another call of the journey
	Received, Doubled, Inferred, Dropped                                  Plural

	// Head of the page.
	EndedFmt  string // time, outcome
	WaitedFmt string // length
	Calls     Plural // of the journey

	// Why the board is as sure as it is: whole sentences.
	Proven                                                                                    string
	WhyGapFmt                                                                                 string // from, to
	WhyGapOpenFmt, WhyNoListFmt, WhyTwoFmt, WhyHalfFmt, WhyRingingFmt, WhyTalkingFmt          string // time
	WhyInferredFmt, WhyUnmatchedFmt                                                           string // time
	WhyNoHangUpFmt                                                                            string // outcome
	WhyHungUp, WhyFromList, WhyConfirmed, WhyConfirmedSince, WhyProven                        string
	Dismiss, DismissText, DismissDo                                                           string
	AtLatestFmt, SinceFmt                                                                     string // time
	StillWaiting                                                                              string
	WaitedLimitFmt                                                                            string // length, limit
	NotAnsweredFmt, WithFmt                                                                   string // length; person
	PBXDuration, GapsTouched, CountsAs, CallID, Records, CallLogCaller, CallLogCallee, Began  string
	CountsAnswered, CountsUnanswered, CountsWaiting, CountsOutbound, CountsInternal, NoLonger string
	Contact                                                                                   string
	LegsGone                                                                                  Plural
	Calling, Ringing, Talking, Gone                                                           string // a leg
	NoteInferred, NoteMissed, NoteStopped                                                     string
	Gaps                                                                                      Plural

	// Swim lanes.
	LaneTalkFmt, LaneInferredFmt     string // person
	LaneUnprovenFmt                  string // person, time
	LaneRings, LaneRang, LaneWaits   string
	LaneGapFmt                       string // from, to
	MarkAnsweredFmt, MarkTransferFmt string // age
	MarkNow                          string
	ToldFmt                          string // %d times
	Gap, Unproven                    string // legend
	LanesTold, Who, What             string // the same as a table

	// Hunt ladder.
	WhoWasRung, RungFor, Outcome              string
	UntilAnsweredFmt, WastedFmt               string // length
	RungByFmt, RungForFmt                     string // person, time
	AnsweredAfterFmt, LetRingFmt, MissedAtFmt string // length
	StoppedFmt                                string // length, person
	UntilEndFmt, EndUnseenFmt                 string // length
	StillRinging, RingUntold, RangUntold      string
	MissedToo                                 string // behind another outcome

	Copy, Copied string
}

var (
	callEnglish = CallWords{
		Events: map[state.EventType]string{
			state.NewCall: "New call", state.Connected: "Connected", state.HungUp: "Hung up", state.Missed: "Missed",
			state.ChannelHungUp: "Channel hung up", state.Transferred: "Transferred",
		},
		Effects: map[state.Effect]string{
			state.EffectNone: "Nothing new", state.EffectCreated: "The call came up", state.EffectRings: "Another telephone rings",
			state.EffectAnswered: "Talk began", state.EffectSwitched: "The other party changed", state.EffectLegGone: "One leg left, the call goes on",
			state.EffectMissed: "Missed by this person", state.EffectEnded: "The call ended", state.EffectClosed: "A former part of the call ended, the call goes on",
			state.EffectDuplicate: "Told again, nothing new", state.EffectDoubled: "Hangup told twice: the mark of a transfer",
			state.EffectLate: "Came after the call had ended, nothing new", state.EffectAdopted: "Announces the conversation that had been inferred",
			state.EffectInferred: "A transfer was concluded; proven when its hangup arrives", state.EffectSeen: "The PBX's list of calls shows it",
			state.EffectAbsent: "The PBX's list of calls no longer shows it", state.EffectDoubt: "Confidence fell", state.EffectConfirmed: "Confidence is back",
			state.EffectSuperseded: "Its id came back with another call, so this one had ended", state.EffectExpired: "Silent past the last limit, taken as ended",
			state.EffectDismissed: "Somebody said that it is not a call any more", state.EffectDisagrees: "Does not fit the call; its id decides",
		},
		Outcomes: map[state.Outcome]string{
			state.EndedHungUp: "hung up", state.EndedLost: "its end was not seen", state.EndedSuperseded: "its id came back with another call",
			state.EndedDismissed: "dismissed by an operator", state.EndedReplaced: "turned out to be another call on the board",
		},
		Directions: map[state.Direction]string{state.Unknown: "Unknown", state.Inbound: "Inbound", state.Outbound: "Outbound", state.Internal: "Internal"},

		CreatedFmt: "The call came up, rings %s", RingsFmt: "Another telephone rings: %s", AnsweredFmt: "Talk began, %s answered",
		LegGoneFmt: "One leg left, the call goes on: %s", MissedFmt: "Missed by %s", SwitchedFmt: "The other party changed, now %s",
		DoubtFmt: "Confidence fell: %s", ByList: "List of calls", ByPerson: "Operator", ByTime: "Time limit", OfCallFmt: "call %s",
		Received: Plural{"%d received", "%d received"}, Doubled: Plural{"%d of them told more than once", "%d of them told more than once"},
		Inferred: Plural{"%d inferred", "%d inferred"}, Dropped: Plural{"%d in the middle is not kept", "%d in the middle are not kept"},

		EndedFmt: "Ended %s, %s", WaitedFmt: "waited %s", Calls: Plural{"%d call in this journey", "%d calls in this journey"},

		Proven:          "Proven",
		WhyGapFmt:       "The feed was away from %s to %s. The call was up before; nothing has confirmed it since.",
		WhyGapOpenFmt:   "The feed has been away since %s. The call was up then; nothing has confirmed it since.",
		WhyNoListFmt:    "After the interruption at %s the PBX's list of calls could not be had, so nothing says that this call is still up.",
		WhyTwoFmt:       "The same person has been talking to another customer since %s. One of the two calls has probably ended without a word.",
		WhyHalfFmt:      "One side left at %s and the hangup of the call never came.",
		WhyRingingFmt:   "It rings since %s, longer than telephones ring. Its hangup may have been lost.",
		WhyTalkingFmt:   "It lasts since %s, longer than people talk. Its hangup may have been lost.",
		WhyInferredFmt:  "The PBX does not announce the talk after a transfer. Two calls of one person ended together at %s, so the two others are taken to be talking. The hangup of that talk will prove it.",
		WhyUnmatchedFmt: "This talk was concluded from a transfer, and the PBX's list of calls at %s did not show it.",
		WhyNoHangUpFmt:  "No hangup was received: %s.", WhyHungUp: "The PBX said that it ended.",
		WhyFromList: "It was first seen on the PBX's list of calls; how it began was not seen.", WhyConfirmed: "The feed has told of it without interruption.", WhyConfirmedSince: "The feed was away meanwhile; since then the PBX has spoken of the call again.",
		WhyProven: "The talk after the transfer was concluded and not announced. Its own hangup has proven it.",
		Dismiss:   "Not a call any more", DismissText: "Takes the call off the board on your word. It then counts neither as answered nor as unanswered. This cannot be undone; if the PBX speaks of the call again, it comes back.",
		DismissDo: "Take it off the board",

		AtLatestFmt: "at the latest %s", SinceFmt: "since %s", StillWaiting: "still waiting", WaitedLimitFmt: "%s, limit %s", NotAnsweredFmt: "%s, not answered", WithFmt: "With %s",
		PBXDuration: "PBX duration", GapsTouched: "Gaps touched", CountsAs: "Counts as", CallID: "PBX call id", Records: "In the PBX's records",
		CallLogCaller: "Call log, caller", CallLogCallee: "Call log, callee", Began: "Begun as", Contact: "Contact record",
		CountsAnswered: "1 call, answered", CountsUnanswered: "1 call, not answered", CountsWaiting: "1 call, still waiting",
		CountsOutbound: "1 call out", CountsInternal: "internal, not a customer's", NoLonger: "nothing, its end was not seen",
		LegsGone: Plural{"%d gone", "%d gone"}, Calling: "Calling", Ringing: "Ringing", Talking: "Talking", Gone: "Gone",
		NoteInferred: "concluded from a transfer", NoteMissed: "missed", NoteStopped: "stopped ringing", Gaps: Plural{"%d gap", "%d gaps"},

		LaneTalkFmt: "Talking with %s", LaneInferredFmt: "Talking with %s, inferred", LaneUnprovenFmt: "Perhaps with %s, not confirmed since %s",
		LaneRings: "Ringing", LaneRang: "Rang, not answered", LaneWaits: "Waited", LaneGapFmt: "No view of the feed, %s to %s",
		MarkAnsweredFmt: "answered %s", MarkTransferFmt: "transfer %s", MarkNow: "now", ToldFmt: "hangup ×%d",
		Gap: "no view of the feed", Unproven: "not confirmed", LanesTold: "The journey in words", Who: "Who", What: "What",

		WhoWasRung: "Who was rung", RungFor: "Rang", Outcome: "What happened", UntilAnsweredFmt: "%s until answered", WastedFmt: "%s of ringing led nowhere",
		RungByFmt: "Rung by %s, %s", RungForFmt: "Rung for %s, %s", AnsweredAfterFmt: "Answered after %s", LetRingFmt: "Let it ring, %s", MissedAtFmt: "Missed, rang %s",
		StoppedFmt: "Stopped after %s, %s answered", UntilEndFmt: "Rang %s, until the call ended", StillRinging: "Still ringing", EndUnseenFmt: "Rang %s, its end was not seen",
		RingUntold: "Answered; its ringing was not told", RangUntold: "Rang; how long was not told", MissedToo: ", told as missed",

		Copy: "Copy", Copied: "Copied",
	}
	callDutch = CallWords{
		Events: map[state.EventType]string{
			state.NewCall: "Nieuw gesprek", state.Connected: "Verbonden", state.HungUp: "Opgehangen", state.Missed: "Gemist",
			state.ChannelHungUp: "Kanaal opgehangen", state.Transferred: "Doorverbonden",
		},
		Effects: map[state.Effect]string{
			state.EffectNone: "Niets nieuws", state.EffectCreated: "Het gesprek begon", state.EffectRings: "Nog een toestel gaat over",
			state.EffectAnswered: "Het praten begon", state.EffectSwitched: "De andere partij wisselde", state.EffectLegGone: "Eén been weg, het gesprek gaat door",
			state.EffectMissed: "Gemist door deze persoon", state.EffectEnded: "Het gesprek eindigde", state.EffectClosed: "Een vorig deel eindigde, het gesprek gaat door",
			state.EffectDuplicate: "Nog eens gemeld, niets nieuws", state.EffectDoubled: "Ophangen tweemaal gemeld: het teken van doorverbinden",
			state.EffectLate: "Kwam na het einde van het gesprek, niets nieuws", state.EffectAdopted: "Meldt het gesprek dat was afgeleid",
			state.EffectInferred: "Doorverbinden afgeleid; bewezen zodra het ophangen komt", state.EffectSeen: "De gesprekkenlijst van de centrale toont het",
			state.EffectAbsent: "De gesprekkenlijst van de centrale toont het niet meer", state.EffectDoubt: "Zekerheid gedaald", state.EffectConfirmed: "Weer zeker",
			state.EffectSuperseded: "De id kwam terug met een ander gesprek, dus dit was voorbij", state.EffectExpired: "Stil voorbij de laatste grens, als beëindigd genomen",
			state.EffectDismissed: "Iemand zei dat dit geen gesprek meer is", state.EffectDisagrees: "Past niet bij het gesprek; de id beslist",
		},
		Outcomes: map[state.Outcome]string{
			state.EndedHungUp: "opgehangen", state.EndedLost: "het einde is niet gezien", state.EndedSuperseded: "de id kwam terug met een ander gesprek",
			state.EndedDismissed: "weggehaald door een medewerker", state.EndedReplaced: "bleek een ander gesprek op het bord te zijn",
		},
		Directions: map[state.Direction]string{state.Unknown: "Onbekend", state.Inbound: "Inkomend", state.Outbound: "Uitgaand", state.Internal: "Intern"},

		CreatedFmt: "Het gesprek begon, gaat over bij %s", RingsFmt: "Nog een toestel gaat over: %s", AnsweredFmt: "Het praten begon, %s nam op",
		LegGoneFmt: "Eén been weg, het gesprek gaat door: %s", MissedFmt: "Gemist door %s", SwitchedFmt: "De andere partij wisselde, nu %s",
		DoubtFmt: "Zekerheid gedaald: %s", ByList: "Gesprekkenlijst", ByPerson: "Medewerker", ByTime: "Tijdgrens", OfCallFmt: "gesprek %s",
		Received: Plural{"%d ontvangen", "%d ontvangen"}, Doubled: Plural{"waarvan %d meermaals gemeld", "waarvan %d meermaals gemeld"},
		Inferred: Plural{"%d afgeleid", "%d afgeleid"}, Dropped: Plural{"%d in het midden niet bewaard", "%d in het midden niet bewaard"},

		EndedFmt: "Geëindigd %s, %s", WaitedFmt: "gewacht %s", Calls: Plural{"%d gesprek in dit verloop", "%d gesprekken in dit verloop"},

		Proven:          "Bewezen",
		WhyGapFmt:       "Er was geen verbinding van %s tot %s. Het gesprek liep daarvoor; sindsdien heeft niets het bevestigd.",
		WhyGapOpenFmt:   "Er is geen verbinding sinds %s. Het gesprek liep toen; sindsdien heeft niets het bevestigd.",
		WhyNoListFmt:    "Na de onderbreking van %s was de gesprekkenlijst van de centrale niet te krijgen; niets zegt dat dit gesprek nog loopt.",
		WhyTwoFmt:       "Dezelfde persoon spreekt sinds %s met een andere klant. Een van de twee gesprekken is waarschijnlijk stil geëindigd.",
		WhyHalfFmt:      "Eén kant ging weg om %s en het ophangen van het gesprek kwam nooit.",
		WhyRingingFmt:   "Het gaat over sinds %s, langer dan telefoons overgaan. Het ophangen is misschien verloren gegaan.",
		WhyTalkingFmt:   "Het duurt sinds %s, langer dan mensen praten. Het ophangen is misschien verloren gegaan.",
		WhyInferredFmt:  "De centrale meldt het gesprek na doorverbinden niet. Twee gesprekken van één persoon eindigden samen om %s; de twee anderen zijn dus in gesprek. Het ophangen daarvan zal het bewijzen.",
		WhyUnmatchedFmt: "Dit gesprek is afgeleid uit doorverbinden, en de gesprekkenlijst van %s toonde het niet.",
		WhyNoHangUpFmt:  "Er kwam geen ophangen: %s.", WhyHungUp: "De centrale zei dat het eindigde.",
		WhyFromList: "Het is voor het eerst gezien op de gesprekkenlijst; het begin is niet gezien.", WhyConfirmed: "Er is zonder onderbreking van gemeld.", WhyConfirmedSince: "De verbinding was intussen weg; daarna heeft de centrale het gesprek weer gemeld.",
		WhyProven: "Het gesprek na het doorverbinden is afgeleid en niet gemeld. Het eigen ophangen heeft het bewezen.",
		Dismiss:   "Geen gesprek meer", DismissText: "Haalt het gesprek op uw woord van het bord. Het telt dan niet als beantwoord en niet als onbeantwoord. Dit kan niet terug; meldt de centrale het gesprek weer, dan komt het terug.",
		DismissDo: "Van het bord halen",

		AtLatestFmt: "uiterlijk %s", SinceFmt: "sinds %s", StillWaiting: "wacht nog", WaitedLimitFmt: "%s, grens %s", NotAnsweredFmt: "%s, niet beantwoord", WithFmt: "Met %s",
		PBXDuration: "Duur volgens centrale", GapsTouched: "Onderbrekingen", CountsAs: "Telt als", CallID: "Id bij de centrale", Records: "Bij de centrale bewaard",
		CallLogCaller: "Gesprekslog beller", CallLogCallee: "Gesprekslog gebelde", Began: "Begonnen als", Contact: "Contactkaart",
		CountsAnswered: "1 gesprek, beantwoord", CountsUnanswered: "1 gesprek, niet beantwoord", CountsWaiting: "1 gesprek, wacht nog",
		CountsOutbound: "1 uitgaand gesprek", CountsInternal: "intern, niet van een klant", NoLonger: "niets, het einde is niet gezien",
		LegsGone: Plural{"%d weg", "%d weg"}, Calling: "Belt", Ringing: "Gaat over", Talking: "In gesprek", Gone: "Weg",
		NoteInferred: "afgeleid uit doorverbinden", NoteMissed: "gemist", NoteStopped: "ging niet meer over", Gaps: Plural{"%d onderbreking", "%d onderbrekingen"},

		LaneTalkFmt: "In gesprek met %s", LaneInferredFmt: "In gesprek met %s, afgeleid", LaneUnprovenFmt: "Misschien met %s, niet bevestigd sinds %s",
		LaneRings: "Gaat over", LaneRang: "Ging over, niet beantwoord", LaneWaits: "Gewacht", LaneGapFmt: "Geen verbinding, %s tot %s",
		MarkAnsweredFmt: "opgenomen %s", MarkTransferFmt: "doorverbonden %s", MarkNow: "nu", ToldFmt: "ophangen ×%d",
		Gap: "geen verbinding", Unproven: "niet bevestigd", LanesTold: "Het verloop in woorden", Who: "Wie", What: "Wat",

		WhoWasRung: "Bij wie ging het over", RungFor: "Duur", Outcome: "Wat gebeurde", UntilAnsweredFmt: "%s tot opgenomen", WastedFmt: "%s overgaan voor niets",
		RungByFmt: "Gebeld door %s, %s", RungForFmt: "Gebeld voor %s, %s", AnsweredAfterFmt: "Nam op na %s", LetRingFmt: "Liet overgaan, %s", MissedAtFmt: "Gemist, ging %s over",
		StoppedFmt: "Gestopt na %s, %s nam op", UntilEndFmt: "Ging %s over, tot het gesprek eindigde", StillRinging: "Gaat nog over", EndUnseenFmt: "Ging %s over, het einde is niet gezien",
		RingUntold: "Nam op; het overgaan is niet gemeld", RangUntold: "Ging over; hoe lang is niet gemeld", MissedToo: ", gemeld als gemist",

		Copy: "Kopiëren", Copied: "Gekopieerd",
	}
	callGerman = CallWords{
		Events: map[state.EventType]string{
			state.NewCall: "Neuer Anruf", state.Connected: "Verbunden", state.HungUp: "Aufgelegt", state.Missed: "Verpasst",
			state.ChannelHungUp: "Kanal aufgelegt", state.Transferred: "Vermittelt",
		},
		Effects: map[state.Effect]string{
			state.EffectNone: "Nichts Neues", state.EffectCreated: "Der Anruf kam", state.EffectRings: "Noch ein Telefon klingelt",
			state.EffectAnswered: "Das Gespräch begann", state.EffectSwitched: "Die andere Seite wechselte", state.EffectLegGone: "Ein Teil ist weg, der Anruf geht weiter",
			state.EffectMissed: "Von dieser Person verpasst", state.EffectEnded: "Der Anruf endete", state.EffectClosed: "Ein früherer Teil endete, der Anruf geht weiter",
			state.EffectDuplicate: "Nochmals gemeldet, nichts Neues", state.EffectDoubled: "Auflegen zweimal gemeldet: das Zeichen der Vermittlung",
			state.EffectLate: "Kam nach dem Ende des Anrufs, nichts Neues", state.EffectAdopted: "Meldet das Gespräch, das abgeleitet war",
			state.EffectInferred: "Vermittlung abgeleitet; bewiesen, sobald ihr Auflegen kommt", state.EffectSeen: "Die Anrufliste der Anlage zeigt ihn",
			state.EffectAbsent: "Die Anrufliste der Anlage zeigt ihn nicht mehr", state.EffectDoubt: "Sicherheit gesunken", state.EffectConfirmed: "Wieder sicher",
			state.EffectSuperseded: "Die Id kam mit einem anderen Anruf zurück, dieser war also vorbei", state.EffectExpired: "Still über die letzte Grenze, gilt als beendet",
			state.EffectDismissed: "Jemand sagte, dass dies kein Anruf mehr ist", state.EffectDisagrees: "Passt nicht zum Anruf; die Id entscheidet",
		},
		Outcomes: map[state.Outcome]string{
			state.EndedHungUp: "aufgelegt", state.EndedLost: "das Ende wurde nicht gesehen", state.EndedSuperseded: "die Id kam mit einem anderen Anruf zurück",
			state.EndedDismissed: "von einer Person entfernt", state.EndedReplaced: "war ein anderer Anruf auf der Tafel",
		},
		Directions: map[state.Direction]string{state.Unknown: "Unbekannt", state.Inbound: "Eingehend", state.Outbound: "Ausgehend", state.Internal: "Intern"},

		CreatedFmt: "Der Anruf kam, klingelt bei %s", RingsFmt: "Noch ein Telefon klingelt: %s", AnsweredFmt: "Das Gespräch begann, %s nahm an",
		LegGoneFmt: "Ein Teil ist weg, der Anruf geht weiter: %s", MissedFmt: "Verpasst von %s", SwitchedFmt: "Die andere Seite wechselte, jetzt %s",
		DoubtFmt: "Sicherheit gesunken: %s", ByList: "Anrufliste", ByPerson: "Person", ByTime: "Zeitgrenze", OfCallFmt: "Anruf %s",
		Received: Plural{"%d empfangen", "%d empfangen"}, Doubled: Plural{"davon %d mehrfach gemeldet", "davon %d mehrfach gemeldet"},
		Inferred: Plural{"%d abgeleitet", "%d abgeleitet"}, Dropped: Plural{"%d in der Mitte nicht behalten", "%d in der Mitte nicht behalten"},

		EndedFmt: "Beendet %s, %s", WaitedFmt: "gewartet %s", Calls: Plural{"%d Anruf in diesem Verlauf", "%d Anrufe in diesem Verlauf"},

		Proven:          "Bewiesen",
		WhyGapFmt:       "Die Verbindung fehlte von %s bis %s. Der Anruf lief davor; seitdem hat ihn nichts bestätigt.",
		WhyGapOpenFmt:   "Die Verbindung fehlt seit %s. Der Anruf lief da noch; seitdem hat ihn nichts bestätigt.",
		WhyNoListFmt:    "Nach der Lücke um %s war die Anrufliste der Anlage nicht zu bekommen; nichts sagt, dass dieser Anruf noch läuft.",
		WhyTwoFmt:       "Dieselbe Person spricht seit %s mit einem anderen Kunden. Einer der beiden Anrufe ist wohl still zu Ende gegangen.",
		WhyHalfFmt:      "Eine Seite ging um %s, und das Auflegen des Anrufs kam nie.",
		WhyRingingFmt:   "Er klingelt seit %s, länger als Telefone klingeln. Das Auflegen ging vielleicht verloren.",
		WhyTalkingFmt:   "Er dauert seit %s, länger als Menschen sprechen. Das Auflegen ging vielleicht verloren.",
		WhyInferredFmt:  "Die Anlage meldet das Gespräch nach einer Vermittlung nicht. Zwei Anrufe einer Person endeten zusammen um %s, also sprechen die beiden anderen. Das Auflegen dieses Gesprächs wird es beweisen.",
		WhyUnmatchedFmt: "Dieses Gespräch wurde aus einer Vermittlung abgeleitet, und die Anrufliste von %s zeigte es nicht.",
		WhyNoHangUpFmt:  "Es kam kein Auflegen: %s.", WhyHungUp: "Die Anlage sagte, dass er endete.",
		WhyFromList: "Er wurde zuerst auf der Anrufliste der Anlage gesehen; sein Anfang wurde nicht gesehen.", WhyConfirmed: "Er wurde ohne Unterbrechung gemeldet.", WhyConfirmedSince: "Die Verbindung fehlte zwischendurch; danach hat die Anlage den Anruf wieder gemeldet.",
		WhyProven: "Das Gespräch nach der Vermittlung wurde abgeleitet und nicht gemeldet. Sein eigenes Auflegen hat es bewiesen.",
		Dismiss:   "Kein Anruf mehr", DismissText: "Nimmt den Anruf auf Ihr Wort von der Tafel. Er zählt dann weder als angenommen noch als nicht angenommen. Das lässt sich nicht rückgängig machen; meldet die Anlage den Anruf wieder, kommt er zurück.",
		DismissDo: "Von der Tafel nehmen",

		AtLatestFmt: "spätestens %s", SinceFmt: "seit %s", StillWaiting: "wartet noch", WaitedLimitFmt: "%s, Grenze %s", NotAnsweredFmt: "%s, nicht angenommen", WithFmt: "Mit %s",
		PBXDuration: "Dauer laut Anlage", GapsTouched: "Berührte Lücken", CountsAs: "Zählt als", CallID: "Id der Anlage", Records: "In der Anlage abgelegt",
		CallLogCaller: "Protokoll Anrufer", CallLogCallee: "Protokoll Angerufener", Began: "Begonnen als", Contact: "Kontakteintrag",
		CountsAnswered: "1 Anruf, angenommen", CountsUnanswered: "1 Anruf, nicht angenommen", CountsWaiting: "1 Anruf, wartet noch",
		CountsOutbound: "1 ausgehender Anruf", CountsInternal: "intern, nicht vom Kunden", NoLonger: "nichts, das Ende wurde nicht gesehen",
		LegsGone: Plural{"%d weg", "%d weg"}, Calling: "Ruft an", Ringing: "Klingelt", Talking: "Im Gespräch", Gone: "Weg",
		NoteInferred: "aus einer Vermittlung abgeleitet", NoteMissed: "verpasst", NoteStopped: "klingelt nicht mehr", Gaps: Plural{"%d Lücke", "%d Lücken"},

		LaneTalkFmt: "Im Gespräch mit %s", LaneInferredFmt: "Im Gespräch mit %s, abgeleitet", LaneUnprovenFmt: "Vielleicht mit %s, unbestätigt seit %s",
		LaneRings: "Klingelt", LaneRang: "Klingelte, nicht angenommen", LaneWaits: "Gewartet", LaneGapFmt: "Keine Verbindung, %s bis %s",
		MarkAnsweredFmt: "angenommen %s", MarkTransferFmt: "vermittelt %s", MarkNow: "jetzt", ToldFmt: "Auflegen ×%d",
		Gap: "keine Verbindung", Unproven: "nicht bestätigt", LanesTold: "Der Verlauf in Worten", Who: "Wer", What: "Was",

		WhoWasRung: "Bei wem es klingelte", RungFor: "Dauer", Outcome: "Was geschah", UntilAnsweredFmt: "%s bis zur Annahme", WastedFmt: "%s Klingeln umsonst",
		RungByFmt: "Angerufen von %s, %s", RungForFmt: "Angerufen für %s, %s", AnsweredAfterFmt: "Angenommen nach %s", LetRingFmt: "Ließ klingeln, %s", MissedAtFmt: "Verpasst, klingelte %s",
		StoppedFmt: "Gestoppt nach %s, %s nahm an", UntilEndFmt: "Klingelte %s, bis der Anruf endete", StillRinging: "Klingelt noch", EndUnseenFmt: "Klingelte %s, das Ende wurde nicht gesehen",
		RingUntold: "Angenommen; das Klingeln wurde nicht gemeldet", RangUntold: "Klingelte; wie lange, wurde nicht gemeldet", MissedToo: ", als verpasst gemeldet",

		Copy: "Kopieren", Copied: "Kopiert",
	}
)
