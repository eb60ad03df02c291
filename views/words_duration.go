package views

// DurationWords say what the PBX's duration of a call means, as far as calls
// tell. Fields ending in Fmt are formats; their verbs are named in their comment.
type DurationWords struct {
	Title                string
	TalkFmt, TotalFmt    string // calls that agree, calls that can tell
	UnclearFmt           string // the talk, of so many, ring and talk, neither
	TooFewFmt            string // calls that can tell, needed
	BothFmt              string // calls
	SinceFmt             string // calls, day
	Talk, Total, Unclear string // behind the PBX's duration of a call
	TooFew               string
}

var (
	durationEnglish = DurationWords{
		Title:      "Duration on this PBX",
		TalkFmt:    "Counts from the answer, not from the first ring: agrees within 2 s on %s of %s calls that can tell.",
		TotalFmt:   "Counts from the first ring, not from the answer: agrees within 2 s on %s of %s calls that can tell.",
		UnclearFmt: "Not the same for all calls: the talk on %s of %s that can tell, ring and talk on %s, neither on %s.",
		TooFewFmt:  "Too few calls yet: %s can tell the talk from ring and talk, %s are needed.",
		BothFmt:    "%s hardly rang and fit both.",
		SinceFmt:   "%s calls since %s",
		Talk:       "from the answer", Total: "from the first ring", Unclear: "not the same for all calls", TooFew: "what it counts is not known yet",
	}
	durationDutch = DurationWords{
		Title:      "Duur bij deze centrale",
		TalkFmt:    "Telt vanaf het opnemen, niet vanaf de eerste bel: klopt op 2 s bij %s van %s gesprekken die het kunnen zeggen.",
		TotalFmt:   "Telt vanaf de eerste bel, niet vanaf het opnemen: klopt op 2 s bij %s van %s gesprekken die het kunnen zeggen.",
		UnclearFmt: "Niet bij elk gesprek hetzelfde: het gesprek zelf bij %s van %s die het kunnen zeggen, bellen en gesprek bij %s, geen van beide bij %s.",
		TooFewFmt:  "Nog te weinig gesprekken: %s kunnen gesprek en bellen onderscheiden, %s zijn nodig.",
		BothFmt:    "%s gingen nauwelijks over en passen bij beide.",
		SinceFmt:   "%s gesprekken sinds %s",
		Talk:       "vanaf het opnemen", Total: "vanaf de eerste bel", Unclear: "niet bij elk gesprek hetzelfde", TooFew: "wat dit telt is nog niet bekend",
	}
	durationGerman = DurationWords{
		Title:      "Dauer an dieser Anlage",
		TalkFmt:    "Zählt ab dem Annehmen, nicht ab dem ersten Klingeln: stimmt auf 2 s bei %s von %s Gesprächen, die es sagen können.",
		TotalFmt:   "Zählt ab dem ersten Klingeln, nicht ab dem Annehmen: stimmt auf 2 s bei %s von %s Gesprächen, die es sagen können.",
		UnclearFmt: "Nicht bei allen Gesprächen gleich: das Gespräch selbst bei %s von %s, die es sagen können, Klingeln und Gespräch bei %s, keins von beiden bei %s.",
		TooFewFmt:  "Noch zu wenige Gespräche: %s können Gespräch und Klingeln unterscheiden, %s sind nötig.",
		BothFmt:    "%s klingelten kaum und passen zu beidem.",
		SinceFmt:   "%s Gespräche seit %s",
		Talk:       "ab dem Annehmen", Total: "ab dem ersten Klingeln", Unclear: "nicht bei allen Gesprächen gleich", TooFew: "was sie zählt, ist noch nicht bekannt",
	}
)
