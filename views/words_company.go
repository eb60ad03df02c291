package views

// CompanyWords are the words of signing in with the company's account.
type CompanyWords struct {
	Down string // on the sign-in page, while the service cannot be reached

	// What went wrong, and what to do.
	Stale, Denied, Unreached, Busy, Untrusted, Weak, NoGroup, Disabled, Closed Trouble

	Again, Other, Back string

	GoesOn, GoesOnFmt, EndThere string // signed out here; the argument is the service
}

var (
	companyEnglish = CompanyWords{
		Down:      "The company account cannot be reached right now.",
		Stale:     Trouble{"Please start again", "This sign-in took too long, or was begun in another browser or window."},
		Denied:    Trouble{"Not signed in", "The sign-in with the company account was broken off."},
		Unreached: Trouble{"Company account not reached", "The company’s sign-in service does not answer as it should. Boards that are open go on. Try again in a moment."},
		Busy:      Trouble{"One moment", "Many people are signing in right now. Try again in a moment."},
		Untrusted: Trouble{"Sign-in not confirmed", "What the company’s sign-in service said could not be verified. Try again; if it stays so, tell an administrator."},
		Weak:      Trouble{"A second factor is needed", "Callboard asks for a stronger sign-in than this one, such as with a second factor."},
		NoGroup:   Trouble{"No access to Callboard", "You are signed in at your company, but in no group that may see Callboard. An administrator of the company account can change that."},
		Disabled:  Trouble{"No access to Callboard", "An administrator has closed your account here."},
		Closed:    Trouble{"Sign-in is not possible now", "The accounts cannot be read. Tell an administrator."},
		Again:     "Try again", Other: "Use another company account", Back: "Back to sign-in",
		GoesOn: "At your company you are still signed in.", GoesOnFmt: "At your company you are still signed in; sign out at %s if others use this browser.", EndThere: "Sign out there as well",
	}
	companyDutch = CompanyWords{
		Down:      "Het bedrijfsaccount is nu niet bereikbaar.",
		Stale:     Trouble{"Begin opnieuw", "Deze inlog duurde te lang, of begon in een andere browser of een ander venster."},
		Denied:    Trouble{"Niet ingelogd", "Het inloggen met het bedrijfsaccount is afgebroken."},
		Unreached: Trouble{"Bedrijfsaccount niet bereikt", "De inlogdienst van het bedrijf antwoordt niet zoals het hoort. Open borden gaan door. Probeer het zo weer."},
		Busy:      Trouble{"Een ogenblik", "Er loggen nu veel mensen in. Probeer het zo weer."},
		Untrusted: Trouble{"Inlog niet bevestigd", "Wat de inlogdienst van het bedrijf zei, kon niet worden gecontroleerd. Probeer het weer; blijft het zo, meld het een beheerder."},
		Weak:      Trouble{"Een tweede factor is nodig", "Callboard vraagt een sterkere inlog dan deze, bijvoorbeeld met een tweede factor."},
		NoGroup:   Trouble{"Geen toegang tot Callboard", "U bent ingelogd bij uw bedrijf, maar zit in geen groep die Callboard mag zien. Een beheerder van het bedrijfsaccount kan dat veranderen."},
		Disabled:  Trouble{"Geen toegang tot Callboard", "Een beheerder heeft uw account hier gesloten."},
		Closed:    Trouble{"Inloggen kan nu niet", "De accounts zijn niet leesbaar. Meld het een beheerder."},
		Again:     "Probeer opnieuw", Other: "Gebruik een ander bedrijfsaccount", Back: "Terug naar inloggen",
		GoesOn: "Bij uw bedrijf bent u nog ingelogd.", GoesOnFmt: "Bij uw bedrijf bent u nog ingelogd; log uit bij %s als anderen deze browser gebruiken.", EndThere: "Ook daar uitloggen",
	}
	companyGerman = CompanyWords{
		Down:      "Das Firmenkonto ist gerade nicht erreichbar.",
		Stale:     Trouble{"Bitte neu beginnen", "Diese Anmeldung dauerte zu lange oder begann in einem anderen Browser oder Fenster."},
		Denied:    Trouble{"Nicht angemeldet", "Die Anmeldung mit dem Firmenkonto wurde abgebrochen."},
		Unreached: Trouble{"Firmenkonto nicht erreicht", "Der Anmeldedienst der Firma antwortet nicht wie erwartet. Offene Tafeln laufen weiter. Versuchen Sie es gleich noch einmal."},
		Busy:      Trouble{"Einen Augenblick", "Gerade melden sich viele an. Versuchen Sie es gleich noch einmal."},
		Untrusted: Trouble{"Anmeldung nicht bestätigt", "Was der Anmeldedienst der Firma sagte, ließ sich nicht prüfen. Versuchen Sie es noch einmal; bleibt es so, sagen Sie es einem Administrator."},
		Weak:      Trouble{"Ein zweiter Faktor ist nötig", "Callboard verlangt eine stärkere Anmeldung als diese, zum Beispiel mit einem zweiten Faktor."},
		NoGroup:   Trouble{"Kein Zugang zu Callboard", "Sie sind bei Ihrer Firma angemeldet, aber in keiner Gruppe, die Callboard sehen darf. Ein Administrator des Firmenkontos kann das ändern."},
		Disabled:  Trouble{"Kein Zugang zu Callboard", "Ein Administrator hat Ihr Konto hier geschlossen."},
		Closed:    Trouble{"Anmelden ist gerade nicht möglich", "Die Konten sind nicht lesbar. Sagen Sie es einem Administrator."},
		Again:     "Noch einmal versuchen", Other: "Ein anderes Firmenkonto nehmen", Back: "Zurück zur Anmeldung",
		GoesOn: "Bei Ihrer Firma sind Sie noch angemeldet.", GoesOnFmt: "Bei Ihrer Firma sind Sie noch angemeldet; melden Sie sich bei %s ab, wenn andere diesen Browser benutzen.", EndThere: "Auch dort abmelden",
	}
)
