package views

// GuardTroubles are the answers to those who may not. Fields ending in Fmt are
// formats; their verbs are named in their comment.
type GuardTroubles struct {
	SignIn, BadToken   Trouble // nobody is signed in; a token that is none
	Supervisors        Trouble // may, and administrators
	Administrators     Trouble // alone may
	Programs, OneView  Trouble // what a token and a display cannot do
	TooLarge, TooSlow  Trouble
	NotNoted           Trouble // the audit log takes nothing
	AsFmt              string  // name, role: who is signed in
	Viewer, Supervisor string  // a role, in the middle of a sentence
	Administrator      string
}

var (
	guardEnglish = GuardTroubles{
		NotNoted:       Trouble{"Not now", "Taking a file along is noted in the audit log, which cannot be written to. An administrator finds the cause in the log."},
		SignIn:         Trouble{"Sign in first", "Only those who are signed in see this board."},
		BadToken:       Trouble{"Token refused", "The token is unknown, has expired or was revoked. An administrator makes a new one."},
		Supervisors:    Trouble{"Not for you", "Supervisors and administrators may do this. An administrator can give you that role."},
		Administrators: Trouble{"Not for you", "Only administrators may do this."},
		Programs:       Trouble{"Not for programs", "A token opens the API, not the pages of people."},
		OneView:        Trouble{"Another view", "This screen shows the one view it was paired for."},
		TooLarge:       Trouble{"Too large", "What was sent is larger than any form of this board."},
		TooSlow:        Trouble{"Too slow", "What was sent did not arrive in time. Try again."},
		AsFmt:          "You are signed in as %s, %s.",
		Viewer:         "a viewer", Supervisor: "a supervisor", Administrator: "an administrator",
	}
	guardDutch = GuardTroubles{
		NotNoted:       Trouble{"Nu niet", "Een bestand meenemen komt in het auditlog, waarin nu niet kan worden geschreven. Een beheerder vindt de oorzaak in het log."},
		SignIn:         Trouble{"Eerst aanmelden", "Alleen wie is aangemeld, ziet dit bord."},
		BadToken:       Trouble{"Token geweigerd", "Het token is onbekend, verlopen of ingetrokken. Een beheerder maakt een nieuw."},
		Supervisors:    Trouble{"Niet voor u", "Alleen teamleiders en beheerders mogen dit. Een beheerder kan u die rol geven."},
		Administrators: Trouble{"Niet voor u", "Alleen beheerders mogen dit."},
		Programs:       Trouble{"Niet voor programma's", "Een token opent de API, niet de pagina's van mensen."},
		OneView:        Trouble{"Een andere weergave", "Dit scherm toont de ene weergave waarvoor het is gekoppeld."},
		TooLarge:       Trouble{"Te groot", "Wat is verstuurd is groter dan welk formulier van dit bord ook."},
		TooSlow:        Trouble{"Te langzaam", "Wat is verstuurd kwam niet op tijd aan. Probeer het opnieuw."},
		AsFmt:          "U bent aangemeld als %s, %s.",
		Viewer:         "kijker", Supervisor: "teamleider", Administrator: "beheerder",
	}
	guardGerman = GuardTroubles{
		NotNoted:       Trouble{"Jetzt nicht", "Wer eine Datei mitnimmt, steht im Audit-Log, in das gerade nicht geschrieben werden kann. Ein Administrator findet die Ursache im Log."},
		SignIn:         Trouble{"Zuerst anmelden", "Nur wer angemeldet ist, sieht diese Tafel."},
		BadToken:       Trouble{"Token abgelehnt", "Das Token ist unbekannt, abgelaufen oder widerrufen. Ein Administrator erstellt ein neues."},
		Supervisors:    Trouble{"Nicht für Sie", "Nur Teamleiter und Administratoren dürfen das. Ein Administrator kann Ihnen diese Rolle geben."},
		Administrators: Trouble{"Nicht für Sie", "Nur Administratoren dürfen das."},
		Programs:       Trouble{"Nicht für Programme", "Ein Token öffnet die API, nicht die Seiten von Menschen."},
		OneView:        Trouble{"Eine andere Ansicht", "Dieser Bildschirm zeigt die eine Ansicht, für die er gekoppelt ist."},
		TooLarge:       Trouble{"Zu groß", "Was gesendet wurde, ist größer als jedes Formular dieser Tafel."},
		TooSlow:        Trouble{"Zu langsam", "Was gesendet wurde, kam nicht rechtzeitig an. Versuchen Sie es noch einmal."},
		AsFmt:          "Sie sind angemeldet als %s, %s.",
		Viewer:         "Betrachter", Supervisor: "Teamleiter", Administrator: "Administrator",
	}
)
