package views

// DoorWords are the words of the pages before the board: signing in, choosing a
// first password, having signed out; and of what the frame of every page says
// of the viewer.
type DoorWords struct {
	SignIn, Company, Or, User, Password, Show, Hide string
	NoNumbers, Closed                               string // sentences
	Wrong                                           string // one for every reason
	LaterFmt                                        string // clock
	Shut                                            string // nobody can sign in
	Languages                                       string
	DisplayTitle, DisplayText, DisplayLink          string
	SignedOut, SignedOutText, SignInAgain, SignOut  string
	SignInTo                                        string
	SetupTitle, SetupText, WelcomeFmt, WelcomeText  string // name
	Code, CodeHint, SetupDo, WelcomeDo, CodeGo      string
	CodeWrong, CodeHow, CodeHowPerson, SetupOver    string
	Login, LoginHint, ShownName, ShownHint          string
	PasswordRuleFmt                                 string // least
	Next, NextPeople, NextDisplay                   string

	// What is wrong with a field.
	LoginWrong, LoginTaken, NameWrong, Common, Alike string
	ShortFmt                                         string // least
	LongFmt                                          string // most

	// Said by the script while somebody types.
	StrengthShort              Plural // letters that lack
	StrengthFair, StrengthGood string

	// The frame.
	Menu, MenuFmt                                         string // name
	ShowNumbers, HideNow, ShownUntilFmt                   string // clock
	RevealTitle, RevealText, Reason, ReasonHint, RevealDo string
	NothingHidden                                         string
	Plain                                                 string
	ReasonWrongFmt                                        string // least, most
}

var (
	doorEnglish = DoorWords{
		SignIn: "Sign in", Company: "Continue with company account", Or: "or with a local account",
		User: "User", Password: "Password", Show: "Show password", Hide: "Hide password",
		NoNumbers: "No telephone number is shown before you sign in.",
		Closed:    "Nobody can sign in here yet. The set-up link stands in Callboard’s log and on its terminal; if it is too old, a new one was just written there.",
		Wrong:     "User or password is not right.", Shut: "Sign-in is not possible: the file of accounts cannot be used. Callboard’s log says why.", LaterFmt: "Too many tries. Try again at %s.",
		Languages:    "Languages",
		DisplayTitle: "Is this screen a wall display?", DisplayText: "Then it needs no account. It shows a code, and somebody who may enters it.", DisplayLink: "Show the code",
		SignedOut: "Signed out", SignedOutText: "This browser keeps nothing of the board.", SignInAgain: "Sign in again", SignOut: "Sign out",
		SignInTo:   "Sign in to see this page.",
		SetupTitle: "Set up Callboard", SetupText: "You become the first administrator. You can add other people afterwards.",
		WelcomeFmt: "Welcome, %s", WelcomeText: "Choose the password you will sign in with.",
		Code: "Code", CodeHint: "What stands behind code= in the link", SetupDo: "Make account and sign in", WelcomeDo: "Keep password and sign in", CodeGo: "Go on",
		CodeWrong:     "This link or code cannot be used: it is wrong, was used before, or is too old.",
		CodeHow:       "The set-up link stands in Callboard’s log and on its terminal. It works for 10 minutes; if it was too old, a new one was just written there.",
		CodeHowPerson: "Ask an administrator for a new link.", SetupOver: "Callboard is set up already. With a code from an administrator you choose your password here.",
		Login: "User", LoginHint: "Without spaces; capitals do not matter", ShownName: "Your name", ShownHint: "As others see it",
		PasswordRuleFmt: "At least %d characters. A few words in a row are good.",
		Next:            "What next", NextPeople: "Add people", NextDisplay: "Pair a wall display",
		LoginWrong: "A user has 1 to 64 characters and no spaces.", LoginTaken: "There is already a person with this user.",
		NameWrong: "A name has 1 to 80 characters.", LongFmt: "A password has at most %d characters.",
		Common: "This password is among those that are guessed first.", Alike: "This password can be guessed from the user, the company or the product, or repeats itself.",
		ShortFmt:      "A password has at least %d characters.",
		StrengthShort: Plural{"%d character more", "%d characters more"}, StrengthFair: "Long enough", StrengthGood: "Good and long",
		Menu: "Your account", MenuFmt: "Account of %s",
		ShowNumbers: "Show numbers", HideNow: "Hide now", ShownUntilFmt: "Numbers are shown until %s",
		RevealTitle: "Show hidden numbers", RevealText: "For 15 minutes you see all numbers and names on your pages. The audit log keeps who, when and why.",
		Reason: "Reason", ReasonHint: "For example: customer asks to be called back", RevealDo: "Show for 15 minutes",
		ReasonWrongFmt: "Give a reason of %d to %d characters.", NothingHidden: "No number is hidden from you.",
		Plain: "Not encrypted: numbers can be read on this network",
	}
	doorDutch = DoorWords{
		SignIn: "Inloggen", Company: "Doorgaan met bedrijfsaccount", Or: "of met een lokaal account",
		User: "Gebruiker", Password: "Wachtwoord", Show: "Toon wachtwoord", Hide: "Verberg wachtwoord",
		NoNumbers: "Voordat u inlogt is er geen telefoonnummer te zien.",
		Closed:    "Hier kan nog niemand inloggen. De instellink staat in het logbestand en op de terminal van Callboard; was hij te oud, dan staat er nu een nieuwe.",
		Wrong:     "Gebruiker of wachtwoord klopt niet.", Shut: "Inloggen kan niet: het bestand met accounts is niet bruikbaar. Het logbestand van Callboard zegt waarom.", LaterFmt: "Te veel pogingen. Probeer het weer om %s.",
		Languages:    "Talen",
		DisplayTitle: "Is dit een wandscherm?", DisplayText: "Dan is er geen account nodig. Het toont een code, en iemand die dat mag voert die in.", DisplayLink: "Toon de code",
		SignedOut: "Uitgelogd", SignedOutText: "Deze browser bewaart niets van het bord.", SignInAgain: "Weer inloggen", SignOut: "Uitloggen",
		SignInTo:   "Log in om deze pagina te zien.",
		SetupTitle: "Callboard instellen", SetupText: "U wordt de eerste beheerder. Daarna kunt u anderen toevoegen.",
		WelcomeFmt: "Welkom, %s", WelcomeText: "Kies het wachtwoord waarmee u gaat inloggen.",
		Code: "Code", CodeHint: "Wat in de link achter code= staat", SetupDo: "Maak account en log in", WelcomeDo: "Bewaar wachtwoord en log in", CodeGo: "Verder",
		CodeWrong:     "Deze link of code is niet bruikbaar: onjuist, al gebruikt of te oud.",
		CodeHow:       "De instellink staat in het logbestand en op de terminal van Callboard. Hij werkt 10 minuten; was hij te oud, dan staat er nu een nieuwe.",
		CodeHowPerson: "Vraag een beheerder om een nieuwe link.", SetupOver: "Callboard is al ingesteld. Met een code van een beheerder kiest u hier uw wachtwoord.",
		Login: "Gebruiker", LoginHint: "Zonder spaties; hoofdletters maken niet uit", ShownName: "Uw naam", ShownHint: "Zoals anderen die zien",
		PasswordRuleFmt: "Minstens %d tekens. Een paar woorden achter elkaar is goed.",
		Next:            "Hoe nu verder", NextPeople: "Mensen toevoegen", NextDisplay: "Een wandscherm koppelen",
		LoginWrong: "Een gebruiker heeft 1 tot 64 tekens en geen spaties.", LoginTaken: "Er is al iemand met deze gebruiker.",
		NameWrong: "Een naam heeft 1 tot 80 tekens.", LongFmt: "Een wachtwoord heeft hoogstens %d tekens.",
		Common: "Dit wachtwoord hoort bij de eerste die worden geraden.", Alike: "Dit wachtwoord is te raden uit gebruiker, bedrijf of product, of herhaalt zichzelf.",
		ShortFmt:      "Een wachtwoord heeft minstens %d tekens.",
		StrengthShort: Plural{"Nog %d teken", "Nog %d tekens"}, StrengthFair: "Lang genoeg", StrengthGood: "Goed en lang",
		Menu: "Uw account", MenuFmt: "Account van %s",
		ShowNumbers: "Toon nummers", HideNow: "Nu verbergen", ShownUntilFmt: "Nummers zijn te zien tot %s",
		RevealTitle: "Verborgen nummers tonen", RevealText: "U ziet 15 minuten lang alle nummers en namen op uw pagina’s. Het logboek bewaart wie, wanneer en waarom.",
		Reason: "Reden", ReasonHint: "Bijvoorbeeld: klant vraagt om teruggebeld te worden", RevealDo: "Toon 15 minuten",
		ReasonWrongFmt: "Geef een reden van %d tot %d tekens.", NothingHidden: "Voor u is geen nummer verborgen.",
		Plain: "Niet versleuteld: op dit netwerk zijn nummers af te lezen",
	}
	doorGerman = DoorWords{
		SignIn: "Anmelden", Company: "Weiter mit Firmenkonto", Or: "oder mit einem lokalen Konto",
		User: "Benutzer", Password: "Passwort", Show: "Passwort zeigen", Hide: "Passwort verbergen",
		NoNumbers: "Vor der Anmeldung ist keine Telefonnummer zu sehen.",
		Closed:    "Hier kann sich noch niemand anmelden. Der Einrichtungslink steht im Log und auf dem Terminal von Callboard; war er zu alt, steht dort jetzt ein neuer.",
		Wrong:     "Benutzer oder Passwort stimmt nicht.", Shut: "Anmelden ist nicht möglich: Die Datei der Konten ist nicht brauchbar. Das Log von Callboard sagt, warum.", LaterFmt: "Zu viele Versuche. Wieder möglich um %s.",
		Languages:    "Sprachen",
		DisplayTitle: "Ist dies ein Wandbildschirm?", DisplayText: "Dann braucht er kein Konto. Er zeigt einen Code, und jemand mit dem Recht dazu gibt ihn ein.", DisplayLink: "Code zeigen",
		SignedOut: "Abgemeldet", SignedOutText: "Dieser Browser behält nichts von der Tafel.", SignInAgain: "Wieder anmelden", SignOut: "Abmelden",
		SignInTo:   "Bitte anmelden, um diese Seite zu sehen.",
		SetupTitle: "Callboard einrichten", SetupText: "Sie werden der erste Administrator. Danach können Sie andere hinzufügen.",
		WelcomeFmt: "Willkommen, %s", WelcomeText: "Wählen Sie das Passwort, mit dem Sie sich anmelden.",
		Code: "Code", CodeHint: "Was im Link hinter code= steht", SetupDo: "Konto anlegen und anmelden", WelcomeDo: "Passwort behalten und anmelden", CodeGo: "Weiter",
		CodeWrong:     "Dieser Link oder Code ist nicht brauchbar: falsch, schon benutzt oder zu alt.",
		CodeHow:       "Der Einrichtungslink steht im Log und auf dem Terminal von Callboard. Er gilt 10 Minuten; war er zu alt, steht dort jetzt ein neuer.",
		CodeHowPerson: "Bitten Sie einen Administrator um einen neuen Link.", SetupOver: "Callboard ist schon eingerichtet. Mit einem Code von einem Administrator wählen Sie hier Ihr Passwort.",
		Login: "Benutzer", LoginHint: "Ohne Leerzeichen; groß oder klein ist gleich", ShownName: "Ihr Name", ShownHint: "Wie andere ihn sehen",
		PasswordRuleFmt: "Mindestens %d Zeichen. Ein paar Wörter hintereinander sind gut.",
		Next:            "Wie weiter", NextPeople: "Personen hinzufügen", NextDisplay: "Wandbildschirm koppeln",
		LoginWrong: "Ein Benutzer hat 1 bis 64 Zeichen und keine Leerzeichen.", LoginTaken: "Diesen Benutzer gibt es schon.",
		NameWrong: "Ein Name hat 1 bis 80 Zeichen.", LongFmt: "Ein Passwort hat höchstens %d Zeichen.",
		Common: "Dieses Passwort wird als eines der ersten geraten.", Alike: "Dieses Passwort lässt sich aus Benutzer, Firma oder Produkt erraten oder wiederholt sich.",
		ShortFmt:      "Ein Passwort hat mindestens %d Zeichen.",
		StrengthShort: Plural{"Noch %d Zeichen nötig", "Noch %d Zeichen"}, StrengthFair: "Lang genug", StrengthGood: "Gut und lang",
		Menu: "Ihr Konto", MenuFmt: "Konto von %s",
		ShowNumbers: "Nummern zeigen", HideNow: "Jetzt verbergen", ShownUntilFmt: "Nummern sind zu sehen bis %s",
		RevealTitle: "Verborgene Nummern zeigen", RevealText: "Sie sehen 15 Minuten lang alle Nummern und Namen auf Ihren Seiten. Das Protokoll hält fest, wer, wann und warum.",
		Reason: "Grund", ReasonHint: "Zum Beispiel: Kunde bittet um Rückruf", RevealDo: "15 Minuten zeigen",
		ReasonWrongFmt: "Geben Sie einen Grund mit %d bis %d Zeichen an.", NothingHidden: "Vor Ihnen ist keine Nummer verborgen.",
		Plain: "Nicht verschlüsselt: Nummern sind in diesem Netz lesbar",
	}
)
