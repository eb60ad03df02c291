package views

// PeopleWords are the words of what shows people.
type PeopleWords struct {
	NobodyFree, LongestFirst           string
	MoreFmt                            string // how many more
	AllTeams, NoTeam                   string
	FindPerson, FindTeam               string
	ByTeam, ByState                    string
	People                             Plural
	PeopleOfFmt                        string // shown, all
	FreeOfFmt                          string // free, all
	NoCallFmt, TalkingFmt, InternalFmt string // count
	RingingFmt, RingManyFmt            string // count: one, and any other
	AnsweredFmt, MissedFmt             string // count
	ShareFmt                           string // per cent
	NoCall                             string // "No call seen" where there is little room
	PBXSaysFmt                         string // what it says
	Presence                           PresenceWords
	NobodyKnown, NobodyKnownText       string
	NobodyMatches, NobodyMatchesText   string
}

// PresenceWords are the statuses a PBX knows; a company's own are shown as
// they are.
type PresenceWords struct {
	Online, Offline, Available, Unavailable, DontDisturb, AtAppointment, ShortOut, LongOut string
}

var (
	peopleEnglish = PeopleWords{
		NobodyFree: "Everybody is in a call", LongestFirst: "longest first", MoreFmt: "%d more",
		AllTeams: "All teams", NoTeam: "No team", FindPerson: "Name or extension", FindTeam: "Find a team",
		ByTeam: "By team", ByState: "By state", People: Plural{"%d person", "%d people"}, PeopleOfFmt: "%d of %d people",
		FreeOfFmt: "%d of %d free", NoCallFmt: "%s no call seen", RingingFmt: "%s ringing", RingManyFmt: "%s ringing", TalkingFmt: "%s talking", InternalFmt: "%s internal",
		AnsweredFmt: "%s in", MissedFmt: "%s missed", ShareFmt: "talk %s %%",
		NoCall: "No call seen", PBXSaysFmt: "PBX: %s", Presence: PresenceWords{"online", "offline", "available", "unavailable", "do not disturb", "in an appointment", "out for a short time", "out for a long time"},
		NobodyKnown:     "Nobody known yet",
		NobodyKnownText: "The PBX has not listed its users, and nobody has taken part in a call since Callboard was started.",
		NobodyMatches:   "Nobody matches", NobodyMatchesText: "There are people, but none fits the filters in effect.",
	}
	peopleDutch = PeopleWords{
		NobodyFree: "Iedereen is in gesprek", LongestFirst: "langste eerst", MoreFmt: "nog %d",
		AllTeams: "Alle teams", NoTeam: "Geen team", FindPerson: "Naam of toestel", FindTeam: "Team zoeken",
		ByTeam: "Per team", ByState: "Op status", People: Plural{"%d persoon", "%d mensen"}, PeopleOfFmt: "%d van %d mensen",
		FreeOfFmt: "%d van %d vrij", NoCallFmt: "%s geen gesprek gezien", RingingFmt: "%s gaat over", RingManyFmt: "%s gaan over", TalkingFmt: "%s in gesprek", InternalFmt: "%s intern",
		AnsweredFmt: "%s in", MissedFmt: "%s gemist", ShareFmt: "gesprek %s %%",
		NoCall: "Geen gesprek", PBXSaysFmt: "Centrale: %s", Presence: PresenceWords{"online", "offline", "beschikbaar", "niet beschikbaar", "niet storen", "in afspraak", "even weg", "lang afwezig"},
		NobodyKnown:     "Nog niemand bekend",
		NobodyKnownText: "De centrale heeft haar gebruikers niet opgesomd, en niemand heeft gebeld sinds Callboard is gestart.",
		NobodyMatches:   "Niemand past", NobodyMatchesText: "Er zijn mensen, maar niemand past bij de gekozen filters.",
	}
	peopleGerman = PeopleWords{
		NobodyFree: "Alle sind im Gespräch", LongestFirst: "längste zuerst", MoreFmt: "%d weitere",
		AllTeams: "Alle Teams", NoTeam: "Ohne Team", FindPerson: "Name oder Nebenstelle", FindTeam: "Team suchen",
		ByTeam: "Nach Team", ByState: "Nach Zustand", People: Plural{"%d Person", "%d Personen"}, PeopleOfFmt: "%d von %d Personen",
		FreeOfFmt: "%d von %d frei", NoCallFmt: "%s ohne Gespräch", RingingFmt: "%s klingelt", RingManyFmt: "%s klingeln", TalkingFmt: "%s im Gespräch", InternalFmt: "%s intern",
		AnsweredFmt: "%s an", MissedFmt: "%s verpasst", ShareFmt: "Gespräch %s %%",
		NoCall: "Kein Gespräch", PBXSaysFmt: "Anlage: %s", Presence: PresenceWords{"online", "offline", "verfügbar", "nicht verfügbar", "nicht stören", "in einem Termin", "kurz weg", "länger abwesend"},
		NobodyKnown:     "Noch niemand bekannt",
		NobodyKnownText: "Die Anlage hat ihre Benutzer nicht genannt, und niemand hat telefoniert, seit Callboard läuft.",
		NobodyMatches:   "Niemand passt", NobodyMatchesText: "Es gibt Personen, aber keine passt zu den gewählten Filtern.",
	}
)
