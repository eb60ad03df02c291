package views

import (
	"fmt"
	"time"
)

// TravelWords are the words of recorded pages: the bar above them, the ways
// into the record and out of it, what the strip says.
type TravelWords struct {
	Bar, TravelTo, Another, Moment, Show string
	Play, Pause, Speed, BackToNow, Now   string
	PlayAtFmt                            string // speed
	BackFmt, ForwardFmt                  string // seconds or minutes
	SecondsFmt, MinutesFmt               string // count, in few letters
	DayBefore, DayAfter, NoRecordThere   string
	Jump, JumpCaption, Before, After     string
	Gap, Alarm, Transfer                 string
	JumpBeforeFmt, JumpAfterFmt          string // kind, moment
	Slider                               string
	DayTextFmt                           string // day, gaps, alarms, transfers
	Gaps, Alarms, Transfers              Plural
	GapFmt                               string // from, to, length
	GapOpenFmt, NoRecordFmt              string // from, to
	Later                                string
	AlarmFmt                             string // what, from, length
	AlarmOpenFmt, TransferFmt            string // what, from; time
	Rebuilt                              Plural // from so many kept events
	EqualFmt, DiffersFmt, NotNotedFmt    string // time
	KeyTravel, KeyPlay, Space            string
}

var (
	travelEnglish = TravelWords{
		Bar: "Time travel", TravelTo: "Travel to a time", Another: "Another moment", Moment: "Day and time", Show: "Show",
		Play: "Play", Pause: "Pause", Speed: "Speed", BackToNow: "Back to now", Now: "now",
		PlayAtFmt: "Play at %s", BackFmt: "%s back", ForwardFmt: "%s forward", SecondsFmt: "%d s", MinutesFmt: "%d min",
		DayBefore: "The day before", DayAfter: "The day after", NoRecordThere: "There is no record of that moment",
		Jump: "Jump", JumpCaption: "The nearest moments of each kind", Before: "Before", After: "After",
		Gap: "Gap", Alarm: "Alarm", Transfer: "Transfer",
		JumpBeforeFmt: "%s before, %s", JumpAfterFmt: "%s after, %s",
		Slider: "Moment of the day", DayTextFmt: "%s: %s, %s, %s.",
		Gaps: Plural{"%d gap", "%d gaps"}, Alarms: Plural{"%d alarm", "%d alarms"}, Transfers: Plural{"%d transfer", "%d transfers"},
		GapFmt: "gap %s–%s, %s", GapOpenFmt: "gap since %s", NoRecordFmt: "no record %s–%s", Later: "not yet",
		AlarmFmt: "%s, %s, %s", AlarmOpenFmt: "%s, since %s", TransferFmt: "transfer %s",
		Rebuilt:  Plural{"Recorded board, rebuilt from %d kept event.", "Recorded board, rebuilt from %d kept events."},
		EqualFmt: "The state code equals the one noted at %s.", DiffersFmt: "The state code differs from the one noted at %s.",
		NotNotedFmt: "No state code was noted near %s.",
		KeyTravel:   "travel to a time", KeyPlay: "play or pause the record", Space: "Space",
	}
	travelDutch = TravelWords{
		Bar: "Tijdreis", TravelTo: "Naar een moment", Another: "Een ander moment", Moment: "Dag en tijd", Show: "Tonen",
		Play: "Afspelen", Pause: "Pauze", Speed: "Snelheid", BackToNow: "Terug naar nu", Now: "nu",
		PlayAtFmt: "Afspelen op %s", BackFmt: "%s terug", ForwardFmt: "%s vooruit", SecondsFmt: "%d s", MinutesFmt: "%d min",
		DayBefore: "De dag ervoor", DayAfter: "De dag erna", NoRecordThere: "Van dat moment is niets vastgelegd",
		Jump: "Springen", JumpCaption: "De dichtstbijzijnde momenten van elke soort", Before: "Ervoor", After: "Erna",
		Gap: "Onderbreking", Alarm: "Alarm", Transfer: "Doorverbonden",
		JumpBeforeFmt: "%s ervoor, %s", JumpAfterFmt: "%s erna, %s",
		Slider: "Moment van de dag", DayTextFmt: "%s: %s, %s, %s.",
		Gaps: Plural{"%d onderbreking", "%d onderbrekingen"}, Alarms: Plural{"%d alarm", "%d alarmen"}, Transfers: Plural{"%d keer doorverbonden", "%d keer doorverbonden"},
		GapFmt: "onderbreking %s–%s, %s", GapOpenFmt: "onderbreking sinds %s", NoRecordFmt: "niets vastgelegd %s–%s", Later: "nog niet",
		AlarmFmt: "%s, %s, %s", AlarmOpenFmt: "%s, sinds %s", TransferFmt: "doorverbonden %s",
		Rebuilt:  Plural{"Vastgelegd bord, opgebouwd uit %d bewaarde gebeurtenis.", "Vastgelegd bord, opgebouwd uit %d bewaarde gebeurtenissen."},
		EqualFmt: "De statuscode is gelijk aan die van %s.", DiffersFmt: "De statuscode verschilt van die van %s.",
		NotNotedFmt: "Rond %s is geen statuscode genoteerd.",
		KeyTravel:   "naar een moment reizen", KeyPlay: "de opname afspelen of stilzetten", Space: "Spatie",
	}
	travelGerman = TravelWords{
		Bar: "Zeitreise", TravelTo: "Zu einem Zeitpunkt", Another: "Ein anderer Zeitpunkt", Moment: "Tag und Uhrzeit", Show: "Zeigen",
		Play: "Abspielen", Pause: "Pause", Speed: "Tempo", BackToNow: "Zurück zu jetzt", Now: "jetzt",
		PlayAtFmt: "Abspielen mit %s", BackFmt: "%s zurück", ForwardFmt: "%s vor", SecondsFmt: "%d s", MinutesFmt: "%d min",
		DayBefore: "Der Tag davor", DayAfter: "Der Tag danach", NoRecordThere: "Von diesem Zeitpunkt gibt es keine Aufzeichnung",
		Jump: "Springen", JumpCaption: "Die nächsten Zeitpunkte jeder Art", Before: "Davor", After: "Danach",
		Gap: "Lücke", Alarm: "Alarm", Transfer: "Vermittlung",
		JumpBeforeFmt: "%s davor, %s", JumpAfterFmt: "%s danach, %s",
		Slider: "Zeitpunkt des Tages", DayTextFmt: "%s: %s, %s, %s.",
		Gaps: Plural{"%d Lücke", "%d Lücken"}, Alarms: Plural{"%d Alarm", "%d Alarme"}, Transfers: Plural{"%d Vermittlung", "%d Vermittlungen"},
		GapFmt: "Lücke %s–%s, %s", GapOpenFmt: "Lücke seit %s", NoRecordFmt: "keine Aufzeichnung %s–%s", Later: "noch nicht",
		AlarmFmt: "%s, %s, %s", AlarmOpenFmt: "%s, seit %s", TransferFmt: "vermittelt %s",
		Rebuilt:  Plural{"Aufgezeichnete Tafel, aus %d Ereignis aufgebaut.", "Aufgezeichnete Tafel, aus %d Ereignissen aufgebaut."},
		EqualFmt: "Der Zustandscode gleicht dem von %s.", DiffersFmt: "Der Zustandscode weicht von dem von %s ab.",
		NotNotedFmt: "Um %s wurde kein Zustandscode notiert.",
		KeyTravel:   "zu einem Zeitpunkt reisen", KeyPlay: "Aufzeichnung abspielen oder anhalten", Space: "Leertaste",
	}
)

// Recorded is what the strip of a recorded page says: of how many entries the
// board was made, and whether its state code is the one noted at a moment
// (local; zero: none was noted near enough).
func (w *Words) Recorded(entries int, at, checked time.Time, equal bool) Record {
	t := &w.OnTravel
	r := Record{Text: t.Rebuilt.Of(entries)}
	switch {
	case checked.IsZero():
		r.Check = fmt.Sprintf(t.NotNotedFmt, at.Format(time.TimeOnly))
	case equal:
		r.Check = fmt.Sprintf(t.EqualFmt, checked.Format(time.TimeOnly))
	default:
		r.Check, r.Differs = fmt.Sprintf(t.DiffersFmt, checked.Format(time.TimeOnly)), true
	}
	return r
}
