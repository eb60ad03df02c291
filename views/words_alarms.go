package views

// AlarmWords are the words of what shows alarms.
type AlarmWords struct{}

var (
	alarmsEnglish = AlarmWords{}
	alarmsDutch   = AlarmWords{}
	alarmsGerman  = AlarmWords{}
)
