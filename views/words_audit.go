package views

// AuditNotes are the words of what the audit log has beside its events. The log
// itself keeps short codes, the same in every language.
type AuditNotes struct {
	Tries             Plural
	ElsewhereFmt      string // tries, networks
	TrimmedFmt        string // entries, day
	CompanyFmt        string // what was wrong, as the log of the service says it
	UntilFmt          string // day
	All, AllOthers    string // sessions
	Number, Colleague string // erased
	Calls, Journeys   Plural
}

var (
	auditEnglish = AuditNotes{
		Tries: Plural{"%d try", "%d tries"}, ElsewhereFmt: "%s tries from %s other networks or more", TrimmedFmt: "%s entries before %s", CompanyFmt: "Company account: %s",
		UntilFmt: "until %s", All: "All sessions", AllOthers: "All other sessions", Number: "A number", Colleague: "A colleague, now %s",
		Calls: Plural{"%d call", "%d calls"}, Journeys: Plural{"%d journey", "%d journeys"},
	}
	auditDutch = AuditNotes{
		Tries: Plural{"%d poging", "%d pogingen"}, ElsewhereFmt: "%s pogingen vanuit %s andere netwerken of meer", TrimmedFmt: "%s regels van vóór %s", CompanyFmt: "Bedrijfsaccount: %s",
		UntilFmt: "tot %s", All: "Alle sessies", AllOthers: "Alle andere sessies", Number: "Een nummer", Colleague: "Een collega, nu %s",
		Calls: Plural{"%d gesprek", "%d gesprekken"}, Journeys: Plural{"%d traject", "%d trajecten"},
	}
	auditGerman = AuditNotes{
		Tries: Plural{"%d Versuch", "%d Versuche"}, ElsewhereFmt: "%s Versuche aus %s anderen Netzen oder mehr", TrimmedFmt: "%s Einträge vor dem %s", CompanyFmt: "Firmenkonto: %s",
		UntilFmt: "bis %s", All: "Alle Sitzungen", AllOthers: "Alle anderen Sitzungen", Number: "Eine Nummer", Colleague: "Ein Kollege, jetzt %s",
		Calls: Plural{"%d Anruf", "%d Anrufe"}, Journeys: Plural{"%d Vorgang", "%d Vorgänge"},
	}
)
