package views

// RecordWords are what recorded pages say besides their bar, and why a moment
// cannot be shown.
type RecordWords struct {
	ReachedFmt, GoLive string // clock
	RecordedFmt        string // date, clock
	HoleFmt            string // from, to: nothing was recorded
	HoleSinceFmt       string // from
	Stopped, Unsaved   string // why
	Setup              string // limits and teams are those of now

	NoRecord, Later Trouble // Text: from, to
	None            Trouble // there is no record at all
	Busy            Trouble // too many moments at once
	ReadOnly        Trouble // nobody can change the past
	Gone            Trouble // a call that nothing is known of any more
}

var (
	recordEnglish = RecordWords{
		ReachedFmt: "You have reached now, %s.", GoLive: "Go live", RecordedFmt: "Recorded board of %s, %s",
		HoleFmt: "Nothing was recorded from %s to %s: %s.", HoleSinceFmt: "Nothing was recorded since %s: %s.",
		Stopped: "Callboard was not running", Unsaved: "the record could not be written",
		Setup:    "Limits and teams are those of now.",
		NoRecord: Trouble{"No record of that moment", "There is a record from %s to %s."},
		Later:    Trouble{"Not yet", "That moment is still to come. There is a record from %s to %s."},
		None:     Trouble{"No record", "Nothing has been recorded yet, or nothing is kept."},
		Busy:     Trouble{"Too many moments", "Too many moments of the record are being looked at. Close one, or try again in a minute."},
		ReadOnly: Trouble{"Recorded", "This is a recorded board. What has been cannot be changed; go live to do so."},
		Gone:     Trouble{"No such call", "This call is neither on the board nor in the history that is kept."},
	}
	recordDutch = RecordWords{
		ReachedFmt: "Dit is nu, %s.", GoLive: "Ga live", RecordedFmt: "Opgenomen bord van %s, %s",
		HoleFmt: "Van %s tot %s is niets opgenomen: %s.", HoleSinceFmt: "Sinds %s is niets opgenomen: %s.",
		Stopped: "Callboard draaide niet", Unsaved: "de opname kon niet worden weggeschreven",
		Setup:    "Grenzen en teams zijn die van nu.",
		NoRecord: Trouble{"Geen opname van dat moment", "Er is een opname van %s tot %s."},
		Later:    Trouble{"Nog niet", "Dat moment moet nog komen. Er is een opname van %s tot %s."},
		None:     Trouble{"Geen opname", "Er is nog niets opgenomen, of er wordt niets bewaard."},
		Busy:     Trouble{"Te veel momenten", "Er worden te veel momenten van de opname bekeken. Sluit er een, of probeer het over een minuut weer."},
		ReadOnly: Trouble{"Opgenomen", "Dit is een opgenomen bord. Wat geweest is, verandert niet meer; ga daarvoor live."},
		Gone:     Trouble{"Gesprek onbekend", "Dit gesprek staat niet op het bord en niet in de bewaarde geschiedenis."},
	}
	recordGerman = RecordWords{
		ReachedFmt: "Das ist jetzt, %s.", GoLive: "Live gehen", RecordedFmt: "Aufgezeichnete Tafel von %s, %s",
		HoleFmt: "Von %s bis %s wurde nichts aufgezeichnet: %s.", HoleSinceFmt: "Seit %s wurde nichts aufgezeichnet: %s.",
		Stopped: "Callboard lief nicht", Unsaved: "die Aufzeichnung ließ sich nicht schreiben",
		Setup:    "Grenzen und Teams sind die von jetzt.",
		NoRecord: Trouble{"Keine Aufzeichnung dieses Moments", "Es gibt eine Aufzeichnung von %s bis %s."},
		Later:    Trouble{"Noch nicht", "Dieser Moment kommt erst noch. Es gibt eine Aufzeichnung von %s bis %s."},
		None:     Trouble{"Keine Aufzeichnung", "Es wurde noch nichts aufgezeichnet, oder es wird nichts aufbewahrt."},
		Busy:     Trouble{"Zu viele Momente", "Es werden zu viele Momente der Aufzeichnung angesehen. Bitte einen schließen oder es in einer Minute wieder versuchen."},
		ReadOnly: Trouble{"Aufgezeichnet", "Dies ist eine aufgezeichnete Tafel. Was war, lässt sich nicht ändern; dafür bitte live gehen."},
		Gone:     Trouble{"Gespräch unbekannt", "Dieses Gespräch steht weder auf der Tafel noch in der aufbewahrten Geschichte."},
	}
)
