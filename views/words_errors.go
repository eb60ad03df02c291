package views

// ErrorWords are the pages a person sees instead of the one asked for. Text is
// a sentence for the reader, without internals.
type ErrorWords struct {
	NoPage, NoCall, StillCall, NoFile, TooMany, Restarting, Fault, ReadOnly, CrossSite, WrongHost, PastProxy, ClosedFrame Trouble

	Missed MissedTroubles
	Ledger LedgerTroubles
	Guard  GuardTroubles
	Record RecordWords // the same as Words.OnRecord
	Hidden HiddenTroubles

	AccountsOff, NoPerson, NoProgram, ByCompany Trouble

	BadField                 string // title of a wrong parameter
	BadFieldFmt              string // field, value: both quoted
	ChoicesFmt               string // list
	RangeFmt                 string // least, most
	BackToBoard, NotLiveHere string
}

// A Trouble is an error in a few words and in a sentence.
type Trouble struct{ Title, Text string }

var (
	errorsEnglish = ErrorWords{
		AccountsOff: Trouble{"No accounts", "Sign-in is switched off on this server: everybody who reaches it sees everything."},
		NoPerson:    Trouble{"No such person", "There is no such account any more."},
		NoProgram:   Trouble{"No such program", "There is no such token any more."},
		ByCompany:   Trouble{"Company account", "The password of a company account is changed with the company."},
		Missed:      missedTroublesEnglish,
		Ledger:      ledgerTroublesEnglish,
		Record:      recordEnglish,
		Guard:       guardEnglish,
		Hidden:      hiddenEnglish,
		NoPage:      Trouble{"Not found", "There is no page at this address."},
		NoCall:      Trouble{"No such call", "This call is neither on the board nor among those that ended lately."},
		StillCall:   Trouble{"Still a call", "The feed confirms this call by now, so it stays on the board. Only a call in doubt can be dismissed."},
		NoFile:      Trouble{"Not found", "There is no such file. The page that asked for it may be of another build."},
		TooMany:     Trouble{"Too many views", "Too many different views are open. Close one, or use one that is open."},
		Restarting:  Trouble{"Shutting down", "Callboard is being restarted. It will be back in a moment."},
		Fault:       Trouble{"Something went wrong", "Callboard could not answer this. The administrator finds the cause in the log."},
		ReadOnly:    Trouble{"Method not allowed", "This address cannot be used in this way."},
		CrossSite:   Trouble{"Cross-site request", "Pages of other sites cannot use this board."},
		WrongHost:   Trouble{"Wrong address", "This server does not answer to this name. The administrator knows the right address."},
		ClosedFrame: Trouble{"Not shared", "This view is not shared, or not any more."},
		PastProxy:   Trouble{"Wrong address", "This way in is not encrypted. Use the https address of Callboard, which the administrator knows."},

		BadField: "Wrong parameter", BadFieldFmt: "The address has %s=%s, which cannot be used.",
		ChoicesFmt: "Possible: %s.", RangeFmt: "Possible: a number from %s to %s.",
		BackToBoard: "Back to the board", NotLiveHere: "This page shows no calls.",
	}
	errorsDutch = ErrorWords{
		AccountsOff: Trouble{"Geen accounts", "Inloggen staat uit op deze server: wie hem bereikt, ziet alles."},
		NoPerson:    Trouble{"Persoon bestaat niet", "Dit account is er niet meer."},
		NoProgram:   Trouble{"Programma bestaat niet", "Dit token is er niet meer."},
		ByCompany:   Trouble{"Bedrijfsaccount", "Het wachtwoord van een bedrijfsaccount wijzigt u bij het bedrijf."},
		Missed:      missedTroublesDutch,
		Ledger:      ledgerTroublesDutch,
		Record:      recordDutch,
		Guard:       guardDutch,
		Hidden:      hiddenDutch,
		NoPage:      Trouble{"Niet gevonden", "Op dit adres is geen pagina."},
		NoCall:      Trouble{"Gesprek onbekend", "Dit gesprek staat niet op het bord en hoort niet bij de laatst beëindigde."},
		StillCall:   Trouble{"Nog een gesprek", "De centrale bevestigt dit gesprek inmiddels, dus het blijft op het bord. Alleen een gesprek in twijfel kan weg."},
		NoFile:      Trouble{"Niet gevonden", "Dit bestand bestaat niet. De pagina die erom vroeg, is misschien van een andere versie."},
		TooMany:     Trouble{"Te veel weergaven", "Er staan te veel verschillende weergaven open. Sluit er een, of gebruik een die al openstaat."},
		Restarting:  Trouble{"Wordt herstart", "Callboard wordt opnieuw gestart en is zo terug."},
		Fault:       Trouble{"Er ging iets mis", "Callboard kon hier geen antwoord op geven. De beheerder vindt de oorzaak in het log."},
		ReadOnly:    Trouble{"Niet toegestaan", "Dit adres kan zo niet worden gebruikt."},
		CrossSite:   Trouble{"Verzoek van een andere site", "Pagina's van andere sites kunnen dit bord niet gebruiken."},
		WrongHost:   Trouble{"Verkeerd adres", "Deze server antwoordt niet op deze naam. De beheerder weet het juiste adres."},
		ClosedFrame: Trouble{"Niet gedeeld", "Deze weergave wordt niet gedeeld, of niet meer."},
		PastProxy:   Trouble{"Verkeerd adres", "Deze weg is niet versleuteld. Gebruik het https-adres van Callboard, dat de beheerder weet."},

		BadField: "Onbruikbare parameter", BadFieldFmt: "In het adres staat %s=%s, wat niet bruikbaar is.",
		ChoicesFmt: "Mogelijk: %s.", RangeFmt: "Mogelijk: een getal van %s tot en met %s.",
		BackToBoard: "Terug naar het bord", NotLiveHere: "Deze pagina toont geen gesprekken.",
	}
	errorsGerman = ErrorWords{
		AccountsOff: Trouble{"Keine Konten", "Die Anmeldung ist auf diesem Server ausgeschaltet: Wer ihn erreicht, sieht alles."},
		NoPerson:    Trouble{"Keine solche Person", "Dieses Konto gibt es nicht mehr."},
		NoProgram:   Trouble{"Kein solches Programm", "Diesen Token gibt es nicht mehr."},
		ByCompany:   Trouble{"Firmenkonto", "Das Passwort eines Firmenkontos wird bei der Firma geändert."},
		Missed:      missedTroublesGerman,
		Ledger:      ledgerTroublesGerman,
		Record:      recordGerman,
		Guard:       guardGerman,
		Hidden:      hiddenGerman,
		NoPage:      Trouble{"Nicht gefunden", "Unter dieser Adresse gibt es keine Seite."},
		NoCall:      Trouble{"Gespräch unbekannt", "Dieses Gespräch steht nicht auf der Tafel und gehört nicht zu den zuletzt beendeten."},
		StillCall:   Trouble{"Noch ein Gespräch", "Die Anlage bestätigt dieses Gespräch inzwischen, es bleibt also auf der Tafel. Nur ein zweifelhaftes lässt sich entfernen."},
		NoFile:      Trouble{"Nicht gefunden", "Diese Datei gibt es nicht. Die Seite, die sie wollte, ist vielleicht von einer anderen Version."},
		TooMany:     Trouble{"Zu viele Ansichten", "Zu viele verschiedene Ansichten sind offen. Bitte eine schließen oder eine offene benutzen."},
		Restarting:  Trouble{"Wird neu gestartet", "Callboard wird neu gestartet und ist gleich wieder da."},
		Fault:       Trouble{"Etwas ist schiefgegangen", "Callboard konnte darauf nicht antworten. Die Ursache steht für den Administrator im Protokoll."},
		ReadOnly:    Trouble{"Nicht erlaubt", "Diese Adresse lässt sich so nicht benutzen."},
		CrossSite:   Trouble{"Anfrage einer anderen Website", "Seiten anderer Websites können diese Tafel nicht benutzen."},
		WrongHost:   Trouble{"Falsche Adresse", "Dieser Server antwortet nicht auf diesen Namen. Die Verwaltung kennt die richtige Adresse."},
		ClosedFrame: Trouble{"Nicht freigegeben", "Diese Ansicht ist nicht freigegeben, oder nicht mehr."},
		PastProxy:   Trouble{"Falsche Adresse", "Dieser Weg ist nicht verschlüsselt. Nutzen Sie die https-Adresse von Callboard, die die Verwaltung kennt."},

		BadField: "Unbrauchbarer Parameter", BadFieldFmt: "In der Adresse steht %s=%s, was nicht brauchbar ist.",
		ChoicesFmt: "Möglich: %s.", RangeFmt: "Möglich: eine Zahl von %s bis %s.",
		BackToBoard: "Zurück zur Tafel", NotLiveHere: "Diese Seite zeigt keine Gespräche.",
	}
)
