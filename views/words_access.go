package views

// AccessWords are the words of one's own account and of an administrator's
// pages: people, programs, the audit log.
type AccessWords struct {
	// Account.
	Account, User, Name, Role, SeesAll                            string
	SeesTeamFmt, SeesTeamsFmt, SeesLineFmt, SeesLinesFmt          string // names
	And                                                           string // before the last of several names
	HiddenHere, ByCompany                                         string
	ChangePassword, Old, New, ChangeDo, Changed, OldWrong         string
	Sessions, SessionsText, SessionsOpen, Rights, ThisOne, Device string
	From, Since, LastSeen, End, EndOthers                         string
	EndedOne, EndedOthers, Never, NotKnown                        string
	OnFmt                                                         string // browser, system

	// Roles and levels, the mildest first.
	Roles, RoleHints           [3]string
	Levels, LevelTexts         [4]string
	Level, LevelOfRole         string
	Scope, ScopeText, ScopeAll string
	Teams, Lines, NoTeams      string

	// People.
	People, PeopleText, AddPerson, AddDo, State                  string
	Active, Disabled, Invited, CompanyAccount, You               string
	Save, Saved, Enable, Disable, NewLink, EndAll, Remove        string
	EnableText, DisableText, NewLinkText, EndAllText, RemoveText string
	RemoveTitleFmt, RemoveDo, Keep                               string // name
	LastAdministrator, Yourself, CompanyFixed                    string
	LinkTitleFmt, LinkText, LinkCopy, Copied                     string // name
	Removed, EndedAll, WasDisabled, WasEnabled, NoPerson         string
	SessionsNow                                                  Plural
	LastSignIn                                                   string

	// Programs.
	Programs, ProgramsText, AddProgram, ProgramName, ProgramHint string
	MakeToken, TokenTitleFmt, TokenText, TokenCopy, Example      string // name
	LastUsed, Expires, Revoke, RevokeTitleFmt, RevokeText        string // name
	Revoked, WasRevoked, Expired, NoPrograms, MadeBy             string
	Days                                                         Plural

	// Audit log.
	Audit, AuditText, When, Who, What, Of, Address, Note string
	AnyWho, AnyWhat, Day, Apply, All                     string
	Verified                                             Plural // entries
	BrokenFmt                                            string // number of the entry
	NoEntries, Older, Newest, JSONLines, CSV             string
	Server, CommandLine                                  string // who did it, if nobody who signed in
	Acts                                                 map[string]string

	Displays string // as the menu lists them
}

var (
	accessEnglish = AccessWords{
		Account: "Account", User: "User", Name: "Name", Role: "Role", SeesAll: "You see all teams and lines.", SeesTeamFmt: "You see the team %s.", SeesTeamsFmt: "You see the teams %s.", SeesLineFmt: "You see the line %s.", SeesLinesFmt: "You see the lines %s.", And: "and",
		HiddenHere: "Numbers are hidden by your administrator.", ByCompany: "You sign in with your company account. Name, role and password are changed there.",
		ChangePassword: "Change password", Old: "Present password", New: "New password", ChangeDo: "Change password",
		Changed: "Password changed. Your other sessions have ended.", OldWrong: "The present password is not right.",
		Sessions: "Where you are signed in", SessionsOpen: "Sessions", Rights: "What this person may", SessionsText: "End what you do not know, and change your password.", ThisOne: "this one", Device: "Browser",
		From: "Address", Since: "Since", LastSeen: "Last seen", End: "End", EndOthers: "End all others",
		EndedOne: "Session ended.", EndedOthers: "All other sessions ended.", Never: "never", NotKnown: "Unknown browser", OnFmt: "%s on %s",
		Roles:      [3]string{"Viewer", "Supervisor", "Administrator"},
		RoleHints:  [3]string{"sees the board", "also acts, exports, shows hidden numbers, pairs displays", "also decides who has access"},
		Levels:     [4]string{"All numbers", "Last three digits hidden", "Initials only", "Counts only"},
		LevelTexts: [4]string{"All numbers and names are shown.", "The last three digits of outside numbers are hidden.", "Names are initials, and numbers are hidden.", "Only counts are shown, no call by itself."},
		Level:      "Numbers", LevelOfRole: "As the role has it",
		Scope: "Sees", ScopeText: "Nothing chosen is everything.", ScopeAll: "All teams and lines", Teams: "Teams", Lines: "Lines", NoTeams: "No team or line is known yet.",
		People: "People with access", PeopleText: "Who can sign in, and what they see.", AddPerson: "Add a person", AddDo: "Add and make a link", State: "State",
		Active: "Active", Disabled: "Disabled", Invited: "No password yet", CompanyAccount: "Company account", You: "you",
		Save: "Save changes", Saved: "Changes saved. They hold at once.", Enable: "Enable", Disable: "Disable", NewLink: "New sign-in link", EndAll: "End sessions", Remove: "Remove",
		EnableText: "Can sign in again, as before.", DisableText: "Cannot sign in any more, and is signed out at once.",
		NewLinkText: "A new password is chosen with a link that works once, for 72 hours. The old one goes on until then.", EndAllText: "Signed out everywhere within seconds.",
		RemoveText:     "Account and sessions go, and cannot be had back. What the audit log says of this person stays.",
		RemoveTitleFmt: "Remove %s?", RemoveDo: "Remove for good", Keep: "Keep",
		LastAdministrator: "This is the last administrator who can sign in, so role and account stay as they are.", Yourself: "This is your own account.",
		CompanyFixed: "The company account decides name and sign-in, and sets role and scope again at the next sign-in where its groups say so.",
		LinkTitleFmt: "Link for %s", LinkText: "Give it to this person, and to nobody else. It works once, for 72 hours, and is not shown again.", LinkCopy: "Copy link", Copied: "Copied",
		Removed: "The account is removed.", EndedAll: "All sessions ended.", WasDisabled: "Disabled and signed out.", WasEnabled: "Enabled.", NoPerson: "There is no such person any more.",
		SessionsNow: Plural{"%d session", "%d sessions"}, LastSignIn: "Last sign-in",
		Programs: "Programs", ProgramsText: "Tokens for scripts and other software that read the board.", AddProgram: "Make a token", ProgramName: "Program",
		ProgramHint: "What it is for", MakeToken: "Make token", TokenTitleFmt: "Token of %s", TokenText: "Put it where the program keeps its secrets. It is not shown again.", TokenCopy: "Copy token", Example: "Try it",
		LastUsed: "Last used", Expires: "Expires", Revoke: "Revoke", RevokeTitleFmt: "Revoke the token of %s?", RevokeText: "The program gets no answer from then on. This cannot be undone.",
		Revoked: "Token revoked.", WasRevoked: "Revoked", Expired: "Expired", NoPrograms: "No program has a token.", MadeBy: "Made by", Days: Plural{"%d day", "%d days"},
		Audit: "Audit log", AuditText: "Who signed in, saw hidden numbers, exported or changed something. Nothing in it can be changed.",
		When: "When", Who: "Who", What: "What", Of: "Of", Address: "Address", Note: "Note", AnyWho: "Anybody", AnyWhat: "Anything", Day: "Day", Apply: "Show", All: "Show all",
		Verified: Plural{"Chain verified: %d entry, nothing changed or missing", "Chain verified: %d entries, nothing changed or missing"}, BrokenFmt: "The chain is broken at entry %d: somebody changed the file",
		NoEntries: "No entry matches.", Older: "Older", Newest: "Newest", JSONLines: "JSON lines", CSV: "CSV", Server: "Callboard", CommandLine: "Command line",
		Acts: map[string]string{
			"sign-in":                  "Signed in",
			"sign-in refused":          "Sign-in refused",
			"sign-out":                 "Signed out",
			"session ended":            "Session ended",
			"set-up":                   "Set up",
			"person added":             "Person added",
			"person changed":           "Person changed",
			"person removed":           "Person removed",
			"password link made":       "Password link made",
			"password changed":         "Password changed",
			"token made":               "Token made",
			"token used first":         "Token used for the first time",
			"token revoked":            "Token revoked",
			"numbers shown":            "Hidden numbers shown",
			"numbers hidden":           "Numbers hidden again",
			"export":                   "Exported",
			"erase":                    "Erased",
			"display paired":           "Display paired",
			"display changed":          "Display changed",
			"display revoked":          "Display revoked",
			"display token used twice": "Display token used twice",
			"embed allowed":            "Embedding allowed",
			"embed revoked":            "Embedding revoked",
			"settings taken":           "Settings taken over",
			"audit exported":           "Audit log exported",
			"audit trimmed":            "Old entries dropped",
			"accounts begun anew":      "Accounts begun anew",
		},
		Displays: "Wall displays",
	}
	accessDutch = AccessWords{
		Account: "Account", User: "Gebruiker", Name: "Naam", Role: "Rol", SeesAll: "U ziet alle teams en lijnen.", SeesTeamFmt: "U ziet het team %s.", SeesTeamsFmt: "U ziet de teams %s.", SeesLineFmt: "U ziet de lijn %s.", SeesLinesFmt: "U ziet de lijnen %s.", And: "en",
		HiddenHere: "Uw beheerder heeft nummers verborgen.", ByCompany: "U logt in met uw bedrijfsaccount. Naam, rol en wachtwoord wijzigt u daar.",
		ChangePassword: "Wachtwoord wijzigen", Old: "Huidig wachtwoord", New: "Nieuw wachtwoord", ChangeDo: "Wijzig wachtwoord",
		Changed: "Wachtwoord gewijzigd. Uw andere sessies zijn beëindigd.", OldWrong: "Het huidige wachtwoord klopt niet.",
		Sessions: "Waar u bent ingelogd", SessionsOpen: "Sessies", Rights: "Wat deze persoon mag", SessionsText: "Beëindig wat u niet kent, en wijzig uw wachtwoord.", ThisOne: "deze hier", Device: "Browser",
		From: "Adres", Since: "Sinds", LastSeen: "Laatst gezien", End: "Beëindig", EndOthers: "Beëindig alle andere",
		EndedOne: "Sessie beëindigd.", EndedOthers: "Alle andere sessies zijn beëindigd.", Never: "nooit", NotKnown: "Onbekende browser", OnFmt: "%s op %s",
		Roles:      [3]string{"Kijker", "Teamleider", "Beheerder"},
		RoleHints:  [3]string{"ziet het bord", "handelt en exporteert ook, toont verborgen nummers, koppelt schermen", "bepaalt ook wie toegang heeft"},
		Levels:     [4]string{"Alle nummers", "Laatste drie cijfers verborgen", "Alleen initialen", "Alleen aantallen"},
		LevelTexts: [4]string{"Alle nummers en namen zijn te zien.", "De laatste drie cijfers van externe nummers zijn verborgen.", "Namen zijn initialen, en nummers zijn verborgen.", "Alleen aantallen zijn te zien, geen los gesprek."},
		Level:      "Nummers", LevelOfRole: "Zoals de rol het heeft",
		Scope: "Ziet", ScopeText: "Niets gekozen is alles.", ScopeAll: "Alle teams en lijnen", Teams: "Teams", Lines: "Lijnen", NoTeams: "Er is nog geen team of lijn bekend.",
		People: "Mensen met toegang", PeopleText: "Wie kan inloggen, en wat die ziet.", AddPerson: "Iemand toevoegen", AddDo: "Voeg toe en maak een link", State: "Toestand",
		Active: "Actief", Disabled: "Uitgeschakeld", Invited: "Nog geen wachtwoord", CompanyAccount: "Bedrijfsaccount", You: "u",
		Save: "Bewaar wijzigingen", Saved: "Wijzigingen bewaard. Ze gelden meteen.", Enable: "Schakel in", Disable: "Schakel uit", NewLink: "Nieuwe inloglink", EndAll: "Beëindig sessies", Remove: "Verwijder",
		EnableText: "Kan weer inloggen, zoals eerst.", DisableText: "Kan niet meer inloggen, en wordt meteen uitgelogd.",
		NewLinkText: "Met een link die één keer werkt, 72 uur lang, wordt een nieuw wachtwoord gekozen. Het oude blijft tot dan geldig.", EndAllText: "Binnen seconden overal uitgelogd.",
		RemoveText:     "Account en sessies verdwijnen, en komen niet terug. Wat het logboek over deze persoon zegt, blijft.",
		RemoveTitleFmt: "%s verwijderen?", RemoveDo: "Verwijder voorgoed", Keep: "Behoud",
		LastAdministrator: "Dit is de laatste beheerder die kan inloggen; rol en account blijven daarom zoals ze zijn.", Yourself: "Dit is uw eigen account.",
		CompanyFixed: "Het bedrijfsaccount bepaalt naam en inloggen, en zet rol en bereik bij de volgende keer inloggen terug waar zijn groepen dat zeggen.",
		LinkTitleFmt: "Link voor %s", LinkText: "Geef hem aan deze persoon, en aan niemand anders. Hij werkt één keer, 72 uur lang, en is niet nog eens te zien.", LinkCopy: "Kopieer link", Copied: "Gekopieerd",
		Removed: "Het account is verwijderd.", EndedAll: "Alle sessies zijn beëindigd.", WasDisabled: "Uitgeschakeld en uitgelogd.", WasEnabled: "Ingeschakeld.", NoPerson: "Deze persoon is er niet meer.",
		SessionsNow: Plural{"%d sessie", "%d sessies"}, LastSignIn: "Laatst ingelogd",
		Programs: "Programma’s", ProgramsText: "Tokens voor scripts en andere software die het bord lezen.", AddProgram: "Een token maken", ProgramName: "Programma",
		ProgramHint: "Waar het voor is", MakeToken: "Maak token", TokenTitleFmt: "Token van %s", TokenText: "Zet het waar het programma zijn geheimen bewaart. Het is niet nog eens te zien.", TokenCopy: "Kopieer token", Example: "Probeer het",
		LastUsed: "Laatst gebruikt", Expires: "Verloopt", Revoke: "Trek in", RevokeTitleFmt: "Token van %s intrekken?", RevokeText: "Het programma krijgt vanaf dan geen antwoord. Dit is niet terug te draaien.",
		Revoked: "Token ingetrokken.", WasRevoked: "Ingetrokken", Expired: "Verlopen", NoPrograms: "Geen programma heeft een token.", MadeBy: "Gemaakt door", Days: Plural{"%d dag", "%d dagen"},
		Audit: "Logboek", AuditText: "Wie inlogde, verborgen nummers zag, exporteerde of iets wijzigde. Niets erin kan worden gewijzigd.",
		When: "Wanneer", Who: "Wie", What: "Wat", Of: "Van", Address: "Adres", Note: "Opmerking", AnyWho: "Iedereen", AnyWhat: "Alles", Day: "Dag", Apply: "Toon", All: "Toon alles",
		Verified: Plural{"Keten klopt: %d regel, niets gewijzigd of weg", "Keten klopt: %d regels, niets gewijzigd of weg"}, BrokenFmt: "De keten is verbroken bij regel %d: iemand heeft het bestand gewijzigd",
		NoEntries: "Geen regel past hierbij.", Older: "Ouder", Newest: "Nieuwste", JSONLines: "JSON-regels", CSV: "CSV", Server: "Callboard", CommandLine: "Opdrachtregel",
		Acts: map[string]string{
			"sign-in":                  "Ingelogd",
			"sign-in refused":          "Inloggen geweigerd",
			"sign-out":                 "Uitgelogd",
			"session ended":            "Sessie beëindigd",
			"set-up":                   "Ingesteld",
			"person added":             "Persoon toegevoegd",
			"person changed":           "Persoon gewijzigd",
			"person removed":           "Persoon verwijderd",
			"password link made":       "Wachtwoordlink gemaakt",
			"password changed":         "Wachtwoord gewijzigd",
			"token made":               "Token gemaakt",
			"token used first":         "Token voor het eerst gebruikt",
			"token revoked":            "Token ingetrokken",
			"numbers shown":            "Verborgen nummers getoond",
			"numbers hidden":           "Nummers weer verborgen",
			"export":                   "Geëxporteerd",
			"erase":                    "Gewist",
			"display paired":           "Scherm gekoppeld",
			"display changed":          "Scherm gewijzigd",
			"display revoked":          "Scherm ingetrokken",
			"display token used twice": "Schermtoken dubbel gebruikt",
			"embed allowed":            "Inbedden toegestaan",
			"embed revoked":            "Inbedden ingetrokken",
			"settings taken":           "Instellingen overgenomen",
			"audit exported":           "Logboek geëxporteerd",
			"audit trimmed":            "Oude regels vervallen",
			"accounts begun anew":      "Accounts opnieuw begonnen",
		},
		Displays: "Wandschermen",
	}
	accessGerman = AccessWords{
		Account: "Konto", User: "Benutzer", Name: "Name", Role: "Rolle", SeesAll: "Sie sehen alle Teams und Linien.", SeesTeamFmt: "Sie sehen das Team %s.", SeesTeamsFmt: "Sie sehen die Teams %s.", SeesLineFmt: "Sie sehen die Linie %s.", SeesLinesFmt: "Sie sehen die Linien %s.", And: "und",
		HiddenHere: "Ihr Administrator hat Nummern verborgen.", ByCompany: "Sie melden sich mit Ihrem Firmenkonto an. Name, Rolle und Passwort werden dort geändert.",
		ChangePassword: "Passwort ändern", Old: "Jetziges Passwort", New: "Neues Passwort", ChangeDo: "Passwort ändern",
		Changed: "Passwort geändert. Ihre anderen Sitzungen sind beendet.", OldWrong: "Das jetzige Passwort stimmt nicht.",
		Sessions: "Wo Sie angemeldet sind", SessionsOpen: "Sitzungen", Rights: "Was diese Person darf", SessionsText: "Beenden Sie, was Sie nicht kennen, und ändern Sie Ihr Passwort.", ThisOne: "diese hier", Device: "Browser",
		From: "Adresse", Since: "Seit", LastSeen: "Zuletzt gesehen", End: "Beenden", EndOthers: "Alle anderen beenden",
		EndedOne: "Sitzung beendet.", EndedOthers: "Alle anderen Sitzungen sind beendet.", Never: "nie", NotKnown: "Unbekannter Browser", OnFmt: "%s auf %s",
		Roles:      [3]string{"Betrachter", "Teamleitung", "Administrator"},
		RoleHints:  [3]string{"sieht die Tafel", "handelt und exportiert auch, zeigt verborgene Nummern, koppelt Bildschirme", "entscheidet auch, wer Zugang hat"},
		Levels:     [4]string{"Alle Nummern", "Letzte drei Ziffern verborgen", "Nur Initialen", "Nur Anzahlen"},
		LevelTexts: [4]string{"Alle Nummern und Namen sind zu sehen.", "Die letzten drei Ziffern externer Nummern sind verborgen.", "Namen sind Initialen, und Nummern sind verborgen.", "Nur Anzahlen sind zu sehen, kein einzelner Anruf."},
		Level:      "Nummern", LevelOfRole: "Wie die Rolle es hat",
		Scope: "Sieht", ScopeText: "Nichts gewählt ist alles.", ScopeAll: "Alle Teams und Linien", Teams: "Teams", Lines: "Linien", NoTeams: "Noch kein Team und keine Linie bekannt.",
		People: "Personen mit Zugang", PeopleText: "Wer sich anmelden kann, und was er sieht.", AddPerson: "Person hinzufügen", AddDo: "Hinzufügen und Link machen", State: "Zustand",
		Active: "Aktiv", Disabled: "Gesperrt", Invited: "Noch kein Passwort", CompanyAccount: "Firmenkonto", You: "Sie",
		Save: "Änderungen sichern", Saved: "Änderungen gesichert. Sie gelten sofort.", Enable: "Freigeben", Disable: "Sperren", NewLink: "Neuer Anmeldelink", EndAll: "Sitzungen beenden", Remove: "Entfernen",
		EnableText: "Kann sich wieder anmelden, wie zuvor.", DisableText: "Kann sich nicht mehr anmelden und wird sofort abgemeldet.",
		NewLinkText: "Mit einem Link, der einmal gilt, 72 Stunden lang, wird ein neues Passwort gewählt. Das alte gilt bis dahin.", EndAllText: "In Sekunden überall abgemeldet.",
		RemoveText:     "Konto und Sitzungen verschwinden und kommen nicht wieder. Was das Protokoll über diese Person sagt, bleibt.",
		RemoveTitleFmt: "%s entfernen?", RemoveDo: "Endgültig entfernen", Keep: "Behalten",
		LastAdministrator: "Dies ist der letzte Administrator, der sich anmelden kann; Rolle und Konto bleiben deshalb, wie sie sind.", Yourself: "Dies ist Ihr eigenes Konto.",
		CompanyFixed: "Das Firmenkonto bestimmt Name und Anmeldung und setzt Rolle und Bereich bei der nächsten Anmeldung zurück, wo seine Gruppen es sagen.",
		LinkTitleFmt: "Link für %s", LinkText: "Geben Sie ihn dieser Person und niemandem sonst. Er gilt einmal, 72 Stunden lang, und ist nicht noch einmal zu sehen.", LinkCopy: "Link kopieren", Copied: "Kopiert",
		Removed: "Das Konto ist entfernt.", EndedAll: "Alle Sitzungen sind beendet.", WasDisabled: "Gesperrt und abgemeldet.", WasEnabled: "Freigegeben.", NoPerson: "Diese Person gibt es nicht mehr.",
		SessionsNow: Plural{"%d Sitzung", "%d Sitzungen"}, LastSignIn: "Letzte Anmeldung",
		Programs: "Programme", ProgramsText: "Token für Skripte und andere Software, die die Tafel lesen.", AddProgram: "Token machen", ProgramName: "Programm",
		ProgramHint: "Wofür es ist", MakeToken: "Token machen", TokenTitleFmt: "Token von %s", TokenText: "Legen Sie ihn dorthin, wo das Programm seine Geheimnisse hat. Er ist nicht noch einmal zu sehen.", TokenCopy: "Token kopieren", Example: "Ausprobieren",
		LastUsed: "Zuletzt benutzt", Expires: "Läuft ab", Revoke: "Widerrufen", RevokeTitleFmt: "Token von %s widerrufen?", RevokeText: "Das Programm bekommt dann keine Antwort mehr. Das lässt sich nicht rückgängig machen.",
		Revoked: "Token widerrufen.", WasRevoked: "Widerrufen", Expired: "Abgelaufen", NoPrograms: "Kein Programm hat einen Token.", MadeBy: "Gemacht von", Days: Plural{"%d Tag", "%d Tage"},
		Audit: "Protokoll", AuditText: "Wer sich anmeldete, verborgene Nummern sah, exportierte oder etwas änderte. Nichts darin lässt sich ändern.",
		When: "Wann", Who: "Wer", What: "Was", Of: "Von", Address: "Adresse", Note: "Notiz", AnyWho: "Alle", AnyWhat: "Alles", Day: "Tag", Apply: "Zeigen", All: "Alles zeigen",
		Verified: Plural{"Kette geprüft: %d Zeile, nichts geändert oder weg", "Kette geprüft: %d Zeilen, nichts geändert oder weg"}, BrokenFmt: "Die Kette ist bei Zeile %d gebrochen: Jemand hat die Datei geändert",
		NoEntries: "Keine Zeile passt dazu.", Older: "Älter", Newest: "Neueste", JSONLines: "JSON-Zeilen", CSV: "CSV", Server: "Callboard", CommandLine: "Befehlszeile",
		Acts: map[string]string{
			"sign-in":                  "Angemeldet",
			"sign-in refused":          "Anmeldung abgewiesen",
			"sign-out":                 "Abgemeldet",
			"session ended":            "Sitzung beendet",
			"set-up":                   "Eingerichtet",
			"person added":             "Person hinzugefügt",
			"person changed":           "Person geändert",
			"person removed":           "Person entfernt",
			"password link made":       "Passwortlink gemacht",
			"password changed":         "Passwort geändert",
			"token made":               "Token gemacht",
			"token used first":         "Token zum ersten Mal benutzt",
			"token revoked":            "Token widerrufen",
			"numbers shown":            "Verborgene Nummern gezeigt",
			"numbers hidden":           "Nummern wieder verborgen",
			"export":                   "Exportiert",
			"erase":                    "Gelöscht",
			"display paired":           "Bildschirm gekoppelt",
			"display changed":          "Bildschirm geändert",
			"display revoked":          "Bildschirm entzogen",
			"display token used twice": "Bildschirm-Token doppelt benutzt",
			"embed allowed":            "Einbetten erlaubt",
			"embed revoked":            "Einbetten widerrufen",
			"settings taken":           "Einstellungen übernommen",
			"audit exported":           "Protokoll exportiert",
			"audit trimmed":            "Alte Zeilen entfallen",
			"accounts begun anew":      "Konten neu begonnen",
		},
		Displays: "Wandbildschirme",
	}
)
