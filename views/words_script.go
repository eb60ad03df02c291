package views

// ScriptWords are what the page's scripts say by themselves. They travel as
// JSON in data-words of the root element, under the names in the tags; the
// scripts put texts in for %s and numbers for %d, in the order of the format.
type ScriptWords struct {
	NotLive     string `json:"notLive"`
	LiveAgain   string `json:"liveAgain"`
	LiveAsked   string `json:"liveAsked"`   // the stream is held back, so the page polls
	PausedAtFmt string `json:"pausedAt"`    // clock
	LostFmt     string `json:"lostAsOf"`    // clock
	Held        string `json:"held"`        // why the page polls
	PagesFmt    string `json:"pages"`       // page, pages
	RaisedFmt   string `json:"alarmRaised"` // words of an alarm
	OverFmt     string `json:"alarmOver"`   // words of an alarm
	Product     string `json:"product"`
	Decimal     string `json:"decimal"` // sign before tenths: "0.3 s"
}

var (
	scriptEnglish = ScriptWords{
		NotLive: "Not live", LiveAgain: "Live again", LiveAsked: "Live, but asked",
		PausedAtFmt: "Paused at %s", LostFmt: "This screen has lost Callboard, as of %s",
		Held:     "Something on the way holds the live stream back, so this screen asks every 3 s",
		PagesFmt: "page %d of %d", RaisedFmt: "Alarm: %s", OverFmt: "Over: %s", Product: "Callboard", Decimal: ".",
	}
	scriptDutch = ScriptWords{
		NotLive: "Niet actueel", LiveAgain: "Weer actueel", LiveAsked: "Actueel, maar opgevraagd",
		PausedAtFmt: "Gepauzeerd om %s", LostFmt: "Dit scherm is Callboard kwijt, stand van %s",
		Held:     "Iets onderweg houdt de live-stroom tegen, daarom vraagt dit scherm elke 3 s",
		PagesFmt: "pagina %d van %d", RaisedFmt: "Alarm: %s", OverFmt: "Voorbij: %s", Product: "Callboard", Decimal: ",",
	}
	scriptGerman = ScriptWords{
		NotLive: "Nicht aktuell", LiveAgain: "Wieder aktuell", LiveAsked: "Aktuell, aber abgefragt",
		PausedAtFmt: "Angehalten um %s", LostFmt: "Dieser Bildschirm hat Callboard verloren, Stand %s",
		Held:     "Etwas unterwegs hält den Live-Strom zurück, daher fragt dieser Bildschirm alle 3 s",
		PagesFmt: "Seite %d von %d", RaisedFmt: "Alarm: %s", OverFmt: "Vorbei: %s", Product: "Callboard", Decimal: ",",
	}
)
