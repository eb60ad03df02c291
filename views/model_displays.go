package views

// TV is the page "/tv" of a screen that shows no view (yet): a code, or a title
// in its place.
type TV struct {
	Chrome  Chrome
	Code    PairCode
	Title   string // "This display was switched off"
	Text    string // a sentence under it, or nothing
	Name    string // of the display that this screen is or was
	Clock   string // "13:10"
	Stands  string // as "/tv/state" says it: when it says something else the page is loaded anew
	Refresh int    // seconds until a screen without script asks again
}

// PairCode is a code and where to enter it; the zero value is none.
type PairCode struct {
	Text   string // "7F3K 92QD"
	Spoken string // "7 F 3 K 9 2 Q D", for screen readers
	Where  string // "board.example/pair"
	Left   string // until there is a new one: "4:12"
	LeftMS int64
}

// DisplayMark is what a wall knows of the display it is shown on.
type DisplayMark struct {
	Name   string
	Number string // "7", as the inventory counts
	Shown  int64  // milliseconds for which it shows its name, from the start
}

// DisplaysPage is "/displays", "/pair" and what belongs to them: one of the
// parts is set.
type DisplaysPage struct {
	Chrome Chrome
	Strip  Strip
	Tabs   []NavItem // of an administrator's pages, for who may see more of them than this one
	Title  string
	Intro  string
	Said   string // what was done just now
	Wrong  string // why something was not

	ListURL string // the inventory, from elsewhere

	List   *DisplayList
	Code   *CodeForm
	Form   *DisplayForm
	Show   *DisplayShow
	Revoke *DisplayRevoke
}

// DisplayList is the inventory.
type DisplayList struct {
	PairURL string
	Rows    []DisplayRow
	Off     []DisplayRow
	Caption string
	OffHead string
}

// DisplayRow is one display of the inventory.
type DisplayRow struct {
	ID, Name, Number   string
	EditURL, RevokeURL string
	Do                 string // address of what can be done, without the last word: "/displays/7"
	View, ViewURL      string // in words; the view itself
	Level              string
	State, StateNote   string // "Live"; "Away", "since 12:04"
	Live, Warn         bool
	Seen               string
	Build              string
	Size               string // "1920 × 1080"
	Network            string // of it, or where it may be
	Expires            string
	Ends               string // "in 5 days", while a person should renew it; else empty
}

// CodeForm asks for the code that a screen shows.
type CodeForm struct {
	Action string
	View   string // address that the display is to show; empty: chosen later
	Code   string // as typed, if it was wrong
	Wrong  string
}

// DisplayForm are the settings of a display, new or known.
type DisplayForm struct {
	Action, Submit, Cancel string
	Code                   string // of the screen to be paired
	View                   string // address of what it shows, whose other fields stay
	Facts                  []Fact // what is known of the screen
	Name                   string
	Layouts, Themes, Langs []Option // URL is the value
	Levels, Days           []Option
	Team, Line             string
	Inches, Metres         string
	ScopeTeams, ScopeLines string
	Networks, NetworkHint  string
	Teams, Lines           []string // to choose from
	Wrong                  string   // name of the field that is
	More                   bool     // the rarer fields are open
}

// DisplayShow leads a view to a display.
type DisplayShow struct {
	View       string // in words
	Near       string // said where the page itself is no wall view
	PreviewURL string
	Address    string // of the view
	Action     string
	Targets    []DisplayRow
	Code       CodeForm
	Choices    []Option // where no view is near
}

// DisplayRevoke asks whether a display is to be switched off.
type DisplayRevoke struct {
	Action, Cancel, Text string
}
