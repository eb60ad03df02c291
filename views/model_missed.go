package views

// MissedPage is "/missed": customers who reached nobody, until somebody has
// spoken to them.
type MissedPage struct {
	Chrome Chrome
	Strip  Strip
	Missed Missed
	Items  []Item // rows: those that wait, then those closed today
	Who    string // the viewer's name as given once, empty if not
	Back   string // query of this view, for forms that come back to it
}

// Missed is what of the page is live, but for its rows.
type Missed struct {
	Title   string
	Numbers []MissedNumber // p-headlines
	Bar     MissedBar      // p-bar
	Note    string         // p-missed-note: callers without a number
	Empty   Empty          // p-empty
}

// MissedNumber is one of the four numbers. A running Age takes the place of
// Value.
type MissedNumber struct {
	ID, Label string
	Value     string // "3", "–", "n/a"
	Part      string // "%"
	Age       Age
	Alarm     string // words beside the number while it is over its target
	Bar       int    // per cent of the bullet bar; -1 draws none
	Tick      int    // target on the bar
	Target    string // "target 80 %, 18 of 21 today"
	Title     string // its formula
	Muted     bool   // cannot exist, or is not known
}

// MissedBar is the row of choices.
type MissedBar struct {
	Chips   []Choice // open, closed today, mine
	Filters []Filter // lines, teams
	CSV     string   // address of the same list as a file
}

// Choice is a chip that is a link.
type Choice struct {
	ID, Label, Count, URL string
	Chosen                bool
}

// MissedRow is one customer to call back, or spoken to today.
type MissedRow struct {
	ID, Rev string // "m4088"
	URL     string // the last call
	Act     string // "/missed/4088": what is done with it is posted below it
	Epoch   string // of the process that gave the id: another one may give it to another customer
	Query   string // "?state=mine": the view to come back to; may be empty
	Open    bool
	Alarm   bool // waits longer than the limit
	Age     Age  // since the first attempt; how long it took, once closed
	Who     Party
	Line    string
	Last    string // clock of the last attempt
	Waited  string // how long that rang
	Rung    string // "Sem, Ruben +2": who let it ring
	RungAll string // all of them
	Tries   string
	Marks   []string // "twice today", "short ring", "claimed by Eva"
	Note    string   // what somebody wrote
	NoteBy  string
	Claimed bool
	Primary bool // its Mark done is the one button of the view
	Outcome string
}

// MissedFormPage is the page that asks for a name or a text, for those who come
// without script.
type MissedFormPage struct {
	Chrome Chrome
	Form   MissedForm
}

// MissedForm asks for a name and a text.
type MissedForm struct {
	Action string // "claim", "note", "done", "undo"
	Act    string // as in MissedRow
	Epoch  string // as in MissedRow
	Query  string
	Title  string // "Note", "Mark done"
	Who    Party
	Name   string // the viewer's, if known
	Text   string
	Error  string // a sentence, if what was sent cannot be taken
	Back   string // address
}

// NavCount is a number beside a page of the navigation.
type NavCount struct {
	ID    string // of its element
	Text  string // "3"; empty while there is nothing, or nothing is known
	Spoke string // "3 to call back", for a screen reader
}
