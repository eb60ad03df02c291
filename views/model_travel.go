package views

// Travel is the bar above a recorded page: the moment it shows, the ways to
// another one and back to now. Every way is a link or a form, so that it works
// without script; static/travel.js makes a slider of them.
type Travel struct {
	Clock string // "10:42:00"
	Date  string // "Fri 20 Nov 2026"

	NowText string // the time it is now
	At      int64  // the moment, milliseconds of the server's clock
	Rate    int    // 0: the picture stands still; else seconds of the record that pass in one

	First, Last int64 // of the record, as the page was made; Last goes on with time

	PlayURL, PauseURL string
	NowURL            string       // the same page, live
	Steps             []TravelStep // 10 s, 1 min and 10 min back, then forward, the widest outside
	Speeds            []TravelSpeed

	// The form for a moment.
	Field, Least, Most string  // "2026-11-20T10:42:00", in the zone of the page; what there is a record of
	Action             string  // path of this page
	Hidden             []Field // the rest of its query

	Day   TravelDay
	Jumps []TravelJump

	Was     string  // data-travel: what the board claimed of itself at the moment: "live", "doubtful", "blind"
	Reached Reached // the record was played until now
}

// TravelStep is a link by so many seconds; without URL there is no record there.
type TravelStep struct {
	Seconds int    // negative: back
	Label   string // "10 s back"
	Short   string // "−10 s"
	URL     string
}

// TravelSpeed is a link that plays at this speed, and while the picture stands
// the one that Play will take.
type TravelSpeed struct {
	Rate   int
	Label  string // "10×"
	Title  string // "Play at 10×"
	URL    string
	Chosen bool
}

// TravelDay is the scrubber: a stretch of at most a day and what is known of
// it. Places are thousandths of its width.
type TravelDay struct {
	From, To int64 // milliseconds of the server's clock
	X        int   // of the moment
	Text     string
	Hours    []TravelHour
	Spans    []TravelSpan // gaps, and where there is no record
	Marks    []TravelMark // alarms and transfers
	PrevURL  string       // the day before; empty where there is no record of it
	NextURL  string
}

// TravelHour is a tick of the scrubber. Wide ones keep their label on a narrow screen.
type TravelHour struct {
	X     int
	Label string // "10:00"; empty: a mere tick
	Wide  bool
}

// TravelSpan is a hatched stretch.
type TravelSpan struct {
	Kind  string // "gap", "none" (no record), "later" (after now)
	X, W  int
	Title string // "gap 10:20–10:22, 2:10"
	URL   string // its beginning
}

// TravelMark is a moment worth a look.
type TravelMark struct {
	Kind  string // "alarm", "transfer"
	X     int
	W     int    // of an alarm, from its raise to its end
	Title string // "A customer rings, 10:31:07, 0:42"
	URL   string
}

// TravelJump is a pair of links to the nearest of a kind before and after the
// moment; an empty URL: there is none.
type TravelJump struct {
	Kind      string // "gap", "alarm", "transfer"
	Label     string // "Alarm"
	Prev      string
	Next      string
	PrevText  string // "10:31:07"; on another day "Thu 19 Nov, 16:02"
	NextText  string
	PrevTitle string // "Alarm before, 10:31:07"
	NextTitle string
}

// TravelEntry is the way into the record from a live page; without URL there
// is none.
type TravelEntry struct {
	Action             string  // path of this page
	Hidden             []Field // its query
	Field, Least, Most string  // what the form begins with, a few minutes ago; what there is a record of
}

// Record is what a recorded page says in the place of the freshness strip.
type Record struct {
	Text    string // "Recorded board, rebuilt from 3 412 kept events."
	Check   string // "The state code equals the one noted at 10:41:50."
	Differs bool   // it does not: said in ink
}
