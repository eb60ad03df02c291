package views

// CallWords are the words of what shows call.
type CallWords struct{}

var (
	callEnglish = CallWords{}
	callDutch   = CallWords{}
	callGerman  = CallWords{}
)
