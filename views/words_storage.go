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
			"full": "disk full", "read-only": "the disk is read-only", "damaged": "the file is damaged", "busy": "another process holds the file", "missing": "the folder is not there", "io": "the disk does not answer",
		},
		Title: "Storage", Kept: "all is written", NotKept: "not written",
		Journal: "Journal", History: "History", Snapshot: "Last snapshot", Backup: "Last backup", Last: "Last entry",
		SizeSinceFmt: "%s, since %s", Written: "Written", BehindFmt: "%s behind the board", WaitingFmt: "%d waiting", GivenUpFmt: "%d given up",
		Verified: "Last verified code", Differed: "Codes that differed", GivenUp: "Entries given up", VerifiedFmt: "%s, equal %s times", DifferedFmt: "%s, last at %s",
		Never: "not yet", AtOnce: "at once",
		Notes: map[string]string{
			"journal-new":      "The journal of before is gone or cannot be used; the board began with what the history knows of today.",
			"snapshot-skipped": "A snapshot could not be used; an older one was.",
			"history-hole":     "Entries were lost before the history had them.",
			"clock-back":       "The clock of this machine was set back while Callboard was away; all times moved along.",
			"unusable":         "A file of the data folder cannot be used until the next start.",
			"reset":            "A replay of the journal came to another board than the one that was shown, and goes on from that one.",
			"set-aside":        "A damaged file was kept aside and a new one begun.",
			"journal-renewed":  "The journal was begun anew; what is before it can no longer be played back.",
		},
	}
	storageDutch = StorageWords{
		PausedFmt: "Historie onderbroken sinds %s (%s)",
		Causes: map[string]string{
			"full": "schijf vol", "read-only": "de schijf is alleen-lezen", "damaged": "het bestand is beschadigd", "busy": "een ander proces houdt het bestand vast", "missing": "de map is er niet", "io": "de schijf antwoordt niet",
		},
		Title: "Opslag", Kept: "alles is weggeschreven", NotKept: "wordt niet weggeschreven",
		Journal: "Logboek", History: "Historie", Snapshot: "Laatste momentopname", Backup: "Laatste back-up", Last: "Laatste regel",
		SizeSinceFmt: "%s, vanaf %s", Written: "Weggeschreven", BehindFmt: "%s achter op het bord", WaitingFmt: "%d wachten", GivenUpFmt: "%d opgegeven",
		Verified: "Laatste vergeleken code", Differed: "Afwijkende codes", GivenUp: "Opgegeven regels", VerifiedFmt: "%s, %s keer gelijk", DifferedFmt: "%s, laatst om %s",
		Never: "nog niet", AtOnce: "meteen",
		Notes: map[string]string{
			"journal-new":      "Het vorige logboek is weg of onbruikbaar; het bord begon met wat de historie van vandaag weet.",
			"snapshot-skipped": "Een momentopname was onbruikbaar; een oudere is gebruikt.",
			"history-hole":     "Regels gingen verloren voordat de historie ze had.",
			"clock-back":       "De klok van deze machine is teruggezet terwijl Callboard weg was; alle tijden zijn meeverschoven.",
			"unusable":         "Een bestand van de gegevensmap is tot de volgende start onbruikbaar.",
			"reset":            "Het logboek vertelde een ander bord dan getoond werd, en gaat nu van het getoonde uit.",
			"set-aside":        "Een beschadigd bestand is apart bewaard en een nieuw is begonnen.",
			"journal-renewed":  "Het logboek is opnieuw begonnen; wat ervoor was is niet meer terug te spelen.",
		},
	}
	storageGerman = StorageWords{
		PausedFmt: "Verlauf unterbrochen seit %s (%s)",
		Causes: map[string]string{
			"full": "Platte voll", "read-only": "die Platte ist schreibgeschützt", "damaged": "die Datei ist beschädigt", "busy": "ein anderer Prozess hält die Datei", "missing": "der Ordner ist nicht da", "io": "die Platte antwortet nicht",
		},
		Title: "Speicherung", Kept: "alles ist geschrieben", NotKept: "wird nicht geschrieben",
		Journal: "Protokoll", History: "Verlauf", Snapshot: "Letzte Momentaufnahme", Backup: "Letzte Sicherung", Last: "Letzter Eintrag",
		SizeSinceFmt: "%s, seit %s", Written: "Geschrieben", BehindFmt: "%s hinter der Tafel", WaitingFmt: "%d warten", GivenUpFmt: "%d aufgegeben",
		Verified: "Letzter verglichener Code", Differed: "Abweichende Codes", GivenUp: "Aufgegebene Einträge", VerifiedFmt: "%s, %s Mal gleich", DifferedFmt: "%s, zuletzt um %s",
		Never: "noch nicht", AtOnce: "sofort",
		Notes: map[string]string{
			"journal-new":      "Das vorige Protokoll ist weg oder unbrauchbar; die Tafel begann mit dem, was der Verlauf von heute weiß.",
			"snapshot-skipped": "Eine Momentaufnahme war nicht zu gebrauchen; eine ältere ist verwendet.",
			"history-hole":     "Einträge gingen verloren, bevor der Verlauf sie hatte.",
			"clock-back":       "Die Uhr dieser Maschine wurde zurückgestellt, während Callboard weg war; alle Zeiten sind mitgewandert.",
			"unusable":         "Eine Datei des Datenordners ist bis zum nächsten Start nicht nutzbar.",
			"reset":            "Das Protokoll erzählte eine andere Tafel als die gezeigte und geht nun von der gezeigten aus.",
			"set-aside":        "Eine beschädigte Datei ist beiseitegelegt, eine neue ist begonnen.",
			"journal-renewed":  "Das Protokoll ist neu begonnen; was davor war, lässt sich nicht mehr abspielen.",
		},
	}
)
