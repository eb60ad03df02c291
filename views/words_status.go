package views

// StatusWords are the words of what shows status.
type StatusWords struct{}

var (
	statusEnglish = StatusWords{}
	statusDutch   = StatusWords{}
	statusGerman  = StatusWords{}
)
