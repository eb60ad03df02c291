package views

// StorageWords are the words for how journal and history are kept. Fields
// ending in Fmt are formats; their verbs are named in their comment, all of
// them %s unless it says otherwise.
type StorageWords struct {
	PausedFmt string            // time, cause
	Causes    map[string]string // by code, without a capital

	Title, Kept, NotKept                     string
	Journal, History, Snapshot, Backup, Last string
	SizeSinceFmt                             string // size, time
	Written                                  string
	BehindFmt, WaitingFmt, GivenUpFmt        string // length; %d; %d
	Verified, Differed, GivenUp              string
	VerifiedFmt                              string // time, %s comparisons
	DifferedFmt                              string // count, time
	Never, AtOnce                            string

	Notes map[string]string // what was found at the start, by code
}

var (
	storageEnglish = StorageWords{
		PausedFmt: "History paused since %s (%s)",
		Causes: map[string]string{
			"disk-full": "disk full", "read-only": "the disk is read-only", "broken": "the file is damaged", "slow": "the disk is too slow", "unusable": "the folder cannot be used",
		},
		Title: "Storage", Kept: "all is written", NotKept: "not written",
		Journal: "Journal", History: "History", Snapshot: "Last snapshot", Backup: "Last backup", Last: "Last entry",
		SizeSinceFmt: "%s, since %s", Written: "Written", BehindFmt: "%s behind the board", WaitingFmt: "%d waiting", GivenUpFmt: "%d given up",
		Verified: "Last verified code", Differed: "Codes that differed", GivenUp: "Entries given up", VerifiedFmt: "%s, equal %s times", DifferedFmt: "%s, last at %s",
		Never: "not yet", AtOnce: "at once",
		Notes: map[string]string{
			"journal-new":      "The journal of before is gone; the board began anew from the history of today.",
			"journal-broken":   "The journal was damaged. It was kept aside and a new one was begun.",
			"history-broken":   "The history was damaged. It was kept aside and a new one was begun.",
			"snapshot-skipped": "A snapshot could not be used; an older one was.",
			"history-behind":   "The history was behind the journal and is being completed.",
			"clock-back":       "The clock of this machine was set back while Callboard was away; all times were moved along.",
			"unusable":         "The data folder cannot be used: nothing is kept until the next start.",
			"reset":            "The copy of the board that writes the history lost its way and was made anew from the board.",
		},
	}
	storageDutch = StorageWords{
		PausedFmt: "Historie onderbroken sinds %s (%s)",
		Causes: map[string]string{
			"disk-full": "schijf vol", "read-only": "de schijf is alleen-lezen", "broken": "het bestand is beschadigd", "slow": "de schijf is te traag", "unusable": "de map is niet bruikbaar",
		},
		Title: "Opslag", Kept: "alles is weggeschreven", NotKept: "wordt niet weggeschreven",
		Journal: "Logboek", History: "Historie", Snapshot: "Laatste momentopname", Backup: "Laatste back-up", Last: "Laatste regel",
		SizeSinceFmt: "%s, vanaf %s", Written: "Weggeschreven", BehindFmt: "%s achter op het bord", WaitingFmt: "%d wachten", GivenUpFmt: "%d opgegeven",
		Verified: "Laatste vergeleken code", Differed: "Afwijkende codes", GivenUp: "Opgegeven regels", VerifiedFmt: "%s, %s keer gelijk", DifferedFmt: "%s, laatst om %s",
		Never: "nog niet", AtOnce: "meteen",
		Notes: map[string]string{
			"journal-new":      "Het vorige logboek is weg; het bord begon opnieuw met de historie van vandaag.",
			"journal-broken":   "Het logboek was beschadigd. Het is apart bewaard en een nieuw is begonnen.",
			"history-broken":   "De historie was beschadigd. Die is apart bewaard en een nieuwe is begonnen.",
			"snapshot-skipped": "Een momentopname was onbruikbaar; een oudere is gebruikt.",
			"history-behind":   "De historie liep achter op het logboek en wordt aangevuld.",
			"clock-back":       "De klok van deze machine is teruggezet terwijl Callboard weg was; alle tijden zijn meeverschoven.",
			"unusable":         "De gegevensmap is niet bruikbaar: tot de volgende start wordt niets bewaard.",
			"reset":            "De kopie van het bord die de historie schrijft raakte de weg kwijt en is opnieuw van het bord gemaakt.",
		},
	}
	storageGerman = StorageWords{
		PausedFmt: "Verlauf unterbrochen seit %s (%s)",
		Causes: map[string]string{
			"disk-full": "Platte voll", "read-only": "die Platte ist schreibgeschützt", "broken": "die Datei ist beschädigt", "slow": "die Platte ist zu langsam", "unusable": "der Ordner ist nicht nutzbar",
		},
		Title: "Speicherung", Kept: "alles ist geschrieben", NotKept: "wird nicht geschrieben",
		Journal: "Protokoll", History: "Verlauf", Snapshot: "Letzte Momentaufnahme", Backup: "Letzte Sicherung", Last: "Letzter Eintrag",
		SizeSinceFmt: "%s, seit %s", Written: "Geschrieben", BehindFmt: "%s hinter der Tafel", WaitingFmt: "%d warten", GivenUpFmt: "%d aufgegeben",
		Verified: "Letzter verglichener Code", Differed: "Abweichende Codes", GivenUp: "Aufgegebene Einträge", VerifiedFmt: "%s, %s Mal gleich", DifferedFmt: "%s, zuletzt um %s",
		Never: "noch nicht", AtOnce: "sofort",
		Notes: map[string]string{
			"journal-new":      "Das vorige Protokoll ist weg; die Tafel begann neu mit dem Verlauf von heute.",
			"journal-broken":   "Das Protokoll war beschädigt. Es ist beiseitegelegt, ein neues ist begonnen.",
			"history-broken":   "Der Verlauf war beschädigt. Er ist beiseitegelegt, ein neuer ist begonnen.",
			"snapshot-skipped": "Eine Momentaufnahme war nicht zu gebrauchen; eine ältere ist verwendet.",
			"history-behind":   "Der Verlauf hing hinter dem Protokoll und wird ergänzt.",
			"clock-back":       "Die Uhr dieser Maschine wurde zurückgestellt, während Callboard weg war; alle Zeiten sind mitgewandert.",
			"unusable":         "Der Datenordner ist nicht nutzbar: bis zum nächsten Start wird nichts bewahrt.",
			"reset":            "Die Kopie der Tafel, die den Verlauf schreibt, hatte sich verlaufen und ist neu von der Tafel gemacht.",
		},
	}
)
