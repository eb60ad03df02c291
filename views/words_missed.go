package views

// MissedWords are the words of what shows missed.
type MissedWords struct{}

var (
	missedEnglish = MissedWords{}
	missedDutch   = MissedWords{}
	missedGerman  = MissedWords{}
)
