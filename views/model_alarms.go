package views

// Alarms are what a page is told of alarms, the most urgent first.
type Alarms struct {
	List  []Alarm
	Quiet bool // outside opening hours nothing sounds
	Made  bool
}

// Notice is the line an operator put on all boards and walls.
type Notice struct {
	Text  string // empty: none
	Until string // "until 17:00"; empty without an end
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
