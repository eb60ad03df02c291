package views

// Alarms are what a page is told of alarms, the most urgent first.
type Alarms struct {
	List  []Alarm
	Quiet bool // outside opening hours nothing sounds
	Made  bool
}

// Setup is what the settings and teams say, in words.
type Setup struct {
	Note    string // which file, since when
	Refused string // why another one was not taken; empty if none was refused
	Unknown string // members of teams whom the PBX does not know; empty if it knows all
	Alarms  []AlarmRule
	Facts   []Fact
	TryURL  string // where other limits are tried; empty where they cannot be
}

// AlarmRule is the limit of one kind of alarm.
type AlarmRule struct {
	Name, Limit, On, Off, Again, Sound string
	IsOff                              bool
}

// Notice is the line an operator put on all boards and walls.
type Notice struct {
	Text       string // empty: none
	Until      string // "until 17:00"; empty without an end
	UntilClock string // "17:00"
}

// Alarm is one of them. A page never shows the list as such: rows, headlines
// and bands do. It is for scripts that speak, sound and notify.
type Alarm struct {
	ID    string // the same until it is over
	Kind  string // "ringing", "service-level"
	At    int64  // when it was said last
	Sound bool
	Doubt bool // held: nobody can tell now
	Text  string
	URL   string // of its call; empty if it is about the board
}
