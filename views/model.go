package views

// The view models of every page. Templates receive these and compute nothing;
// package hub fills the live ones, package web the rest. All texts are ready
// for the reader: translated, masked, cleaned of control characters. Instants
// that a browser must turn into ages are milliseconds of the server's clock
// (UnixMilli); zero means unknown.

// Assets are the content-hashed URLs of the embedded files.
type Assets struct {
	CSS, JS, Icon, Font string
	Wall, Kept          string // modules of a wall, beside JS
	Desk, Alerts        string // modules of the other pages, beside JS
	Missed              string // module of the page of missed customers, beside those
	History             string // module of the pages of the past, beside those
	Manifest, Touch     string // what a phone installs the pages by, and its icon
	Copy                string // module of buttons that copy, beside JS
	Play                string // module of recorded pages that are played, beside JS
	Print               string // module of pages that are printed, beside those
	Backtest            string // module of the page that tries limits, beside Desk
	Travel              string // module of the bar of recorded pages, beside Desk
	Access              string // module of the pages of accounts
	TV, Ended           string // modules of a display's own screen, and of what is left when the right to a page ends
	Frame               string // module of a frame in another page that is not open yet
}

// Chrome is what surrounds every page.
type Chrome struct {
	Title     string // document title, without the product's name
	Lang      string // "en": the language of the page
	Page      string // "board", "call", "status", "wall", "error"
	Theme     string // "" follows the system; "dark", "light", "contrast"
	Company   string // shown beside the product's name; may be empty
	Demo      bool   // the PBX is simulated, which every page says
	Build     string // "v1.4.0" or a short commit
	Assets    Assets
	Stream    string // URL of the live stream of this page with its query; empty for pages that are never live
	Alarms    Alarms
	Notice    Notice
	NoticeURL string // where the form of the notice goes
	BackURL   string // this page, to come back to from a form
	Cursor    string // event id of the picture rendered into this page
	Now       int64  // server clock
	Zone      int    // minutes east of UTC of the configured zone
	NowText   string // "13:10:06" in the configured zone
	Date      string // "22 Nov 2026"
	Framed    bool   // stands in a frame of another page, which has the window
	WallURL   string // this view as a wall; empty where it makes no sense
	ShowURL   string // where this page is put on a display, for who may; empty where that makes no sense
	Query     string // search text in effect
	HomeURL   string // the board, in the viewer's language and theme
	Nav       []NavItem
	Keep      []Field    // what a search from here carries on
	Handover  string     // address of the sheet of the shift; empty where there is none
	More      []NavItem  // pages that only the menu of a telephone lists
	Spoken    []LangItem // the menu of languages; empty draws none

	Display *DisplayMark // the paired display on which a wall is shown; nil elsewhere
	Travel  *Travel      // the bar of a recorded page; nil on live ones
	TryURL  string       // where other limits are tried, from the pages that are about limits
	Ride    TravelEntry  // the way into the record from a live page; without Action there is none
}

// NavItem is a page of the navigation.
type NavItem struct {
	Page, Label, URL string
	Glyph            string // on a telephone's tab bar
	Needs            string // what to do there takes, see Rights; empty: nothing
	Count, TabCount  NavCount
	Current          bool
}

// LangItem is a choice of the menu of languages: the same page in it.
type LangItem struct {
	Code, Name, URL string // "nl", "Nederlands"
	Current         bool
}

// Tone is the one hue a glyph may have.
type Tone string

// Tones; ToneNone is drawn in the ink of its surroundings.
const (
	ToneNone  Tone = ""
	ToneTalk  Tone = "talk"
	ToneRing  Tone = "ring"
	ToneAlarm Tone = "alarm"
	ToneIdle  Tone = "idle"
)

// State is the chip at the start of a row: glyph, word, tone.
type State struct {
	Glyph string // name of an icon: "ring", "talk", "internal", "inferred", "unconfirmed", "suspect", "alarm", "free", "missed", "parted"
	Word  string // "Ringing", "Talking?"
	Tone  Tone
	Alarm bool // filled chip
}

// Party is one side of a call as a row shows it. With no name the number
// stands in its place.
type Party struct {
	Name   string
	Number string
	Raw    string // what the feed gave where Name is our word for it
}

// Arrow joins a former party to the present one.
type Arrow string

const (
	ArrowNone   Arrow = ""
	ArrowProven Arrow = "proven"
	ArrowDashed Arrow = "dashed" // inferred
)

// Age is a running time. The page's one ticker rewrites it from Since; Text
// is what it was when rendered.
type Age struct {
	Since   int64  // server clock; 0 means the age cannot exist or is unknown
	AtLeast bool   // print "≥"
	Text    string // "0:47", "≥ 1:58:20", "–"
}

// Row is one call in the table. ID is the element's id ("c42"), Rev goes into
// the state hash.
type Row struct {
	ID, Rev  string
	URL      string
	State    State
	Group    string // id of the group it belongs to: "needs", "ringing", "talking", "internal"
	Line     string // "–" if none
	Caller   Party
	Callee   Party
	Former   string // first name of the former party, if transferred
	Arrow    Arrow
	InState  Age
	Total    Age
	LimitMS  int64 // ring meter: tick in the middle; 0 draws none
	Meter    int   // width of the meter when rendered, 0 to 48; 24 is the limit
	Legs     []Leg // at most five
	LegsMore int   // "+3"
	LegsText string
	Doubt    Doubt
	Alarm    bool
}

// Leg is one 8 px mark.
type Leg struct{ Mark string } // "talking", "ringing", "gone", "inferred"

// Doubt is the confidence of a call in words; both empty when confirmed.
type Doubt struct{ Word, Reason string }

// Group is the head above the rows of one group, itself a row of the table.
type Group struct {
	ID, Rev string // "g-ringing"
	Name    string
	Count   string // "7 + 2?"
	Note    string // "limit 0:30"
}

// Headline is one of the at most six numbers.
type Headline struct {
	ID     string // "ringing"
	Label  string
	Short  string // label where there is little room; empty means Label
	Value  string // "7", "≥ 149", "n/a", "–"
	Part   string // "+ 2?", "of 24", "%"
	Target string // line under the number; "{age}" in it is where Age stands, otherwise Age goes behind
	Brief  string // the target line where there is little room, with the same "{age}"; empty means Target
	Age    Age    // running age within the target line; zero Age if none
	Alarm  string // words of the alarm; empty when within limits
	Muted  bool   // n/a or unknown
	Title  string // formula and sample size, on request
	URL    string // the calls behind the number; empty makes no link
	Bar    int    // per cent filled of the bullet bar; -1 draws none
	Tick   int    // per cent of the target
}

// Strip is the freshness strip at the foot of every page and the banner above
// it: the state of each hop. The page's script rewrites the ages.
type Strip struct {
	Live      string // "live", "doubtful", "blind": the server's own word
	Words     string // "Live", "Not live"
	Reason    string // sentence, empty when live
	AsOf      string // "13:09:26", when not live
	EventMS   int64  // server clock of the last call event; 0 if none
	Gaps      string // "Gaps today: 1, 2:10"
	Code      string // state hash "a7f3 2c"; "–" when blind
	Sealed    bool   // Code covers more than the rows, so the page prints it as it comes
	Attempt   int
	Cut       string // "pbx" when the stretch between the PBX and Callboard is cut; empty otherwise
	Proof     string // age of the last proof when rendered: "0.3 s", or "0:40" when cut
	Event     string // age of the last call event when rendered: "0:04"
	Date      string // "22 Nov 2026"
	Build     string // "v1.4.0"
	StatusURL string // where the banner's button leads; empty draws none

	Record Record // of a recorded page, instead of hops and ages; empty on live ones

	LimitProof, LimitFrame, LimitEvent string // of each age: "limit 20 s"
	GapsURL                            string // the record of gaps
	Clock                              string // notice while the PBX's clock is over its limit; else empty
	Storage                            string // notice while nothing is written: "History paused since 10:42 (disk full)"
}

// Option is one choice of a filter: a link, so that it works without script.
type Option struct {
	Label  string
	URL    string
	Chosen bool
	Count  string
}

// Filter is one chip of the bar.
type Filter struct {
	ID      string // "line", "team", "user", "state", "dir", "text", "sort", "cols", "density"
	Label   string // "All lines" or the choice in effect
	Active  bool
	Clear   string   // URL without it, when active
	Options []Option // none for what can only be cleared
	Multi   bool     // options toggle (columns)

	// A long menu has a field that finds an option by typing; without script
	// it asks for the page with what was typed as the filter's value.
	Find   string // its label; empty draws none
	Action string // path of the page
	Hidden []Field
}

// Bar is the row of filters above the table.
type Bar struct {
	Filters []Filter
	Summary string  // "13 + 2? calls, alarms, then doubt, then longest"
	Hidden  []Field // the rest of the query, for the search form
}

// Field is one name and value of a form.
type Field struct{ Name, Value string }

// Empty is the state of a table without rows: hop figure, title, one sentence.
type Empty struct {
	Kind   string // "quiet", "unproven", "blind", "filtered", "catching-up"
	Title  string
	Text   string
	Link   string
	LinkTo string
}

// Board is the page "/".
type Board struct {
	Chrome    Chrome
	Strip     Strip
	Headlines []Headline
	Bar       Bar
	Columns   []string // ids of the hidden columns: "line", "caller", "callee", "legs", "doubt", "total"
	Density   string   // "dense" or "comfortable"
	Items     []Item   // group heads and rows, in order, rendered
	Empty     Empty    // shown while Items is empty
	Side      Side
	Heads     map[string]Head // by the name of their order: "state", "line", "caller", "callee", "age"
}

// Head is a column's head that sorts the table.
type Head struct {
	URL    string // the same page in that order
	Sorted string // "ascending" or "descending" while in effect
}

// Item is one rendered element of a live list. HTML is shared by all viewers
// and never modified.
type Item struct {
	ID, Rev string
	HTML    []byte
}

// Side is the panel at the right of a wide board.
type Side struct {
	Free   SideList
	Missed SideList
	Lines  LinesNow
	Hours  Hours
	Ended  []EndedRow
	Hides  string // in place of calls that ended, where none may be shown by itself
}

// SideList is a section of the panel: people, or customers.
type SideList struct {
	Title string
	Count string // "7", "≥ 3", "–"
	Note  string // "longest first"
	URL   string // all of them
	Rows  []SideRow
	More  string // "2 more"
	None  string // said while there are no rows
}

// SideRow is one of them.
type SideRow struct {
	URL    string
	Glyph  string
	Tone   Tone
	Name   string
	Number bool   // the name is a number: it is never shortened
	With   string // team, or "2×"
	Age    Age
	Alarm  bool
}

// LinesNow are the lines in the panel.
type LinesNow struct {
	URL  string
	Rows []LineNow
	More string // where there are more lines than rows
}

// LineNow is one line of the side panel.
type LineNow struct {
	URL, Name, Ringing, Talking string
	Level                       string // "88 %", "n/a"
	Over                        bool   // somebody rings past the limit
	Alarm                       bool   // the level is under its target
}

// EndedRow is a call that ended lately.
type EndedRow struct {
	URL, Party, With, Word, At, Length string
	Glyph                              string // "talk" if answered, "missed" if not, "unconfirmed" if its end was lost
	Tone                               Tone
}

// CallPage is "/calls/{id}".
type CallPage struct {
	Chrome Chrome
	Strip  Strip
	Detail CallDetail
}

// StatusPage is "/status".
type StatusPage struct {
	Chrome Chrome
	Strip  Strip
	Status Status
}

// Status is the live part of the status page.
type Status struct {
	Words     string    // "Live"
	Text      string    // sentence
	Hops      []Hop     // PBX, Callboard, Screens
	Links     []HopLink // between them
	Gaps      []GapRow
	GapsURL   string // of the whole record
	GapNote   string
	Anomalies []AnomalyRow
	Events    []Fact
	Clock     []Fact
	Versions  []Fact
	Viewers   []Fact
	Limits    []Fact
	Setup     Setup
	Messages  []Fact // on the socket, by kind; none draws no section
	Storage   Storage

	Contract     []Fact // what came against what the vendor documents
	ContractNote string // "all names known"

	Duration     string // what the PBX's duration means, in sentences; empty draws no section
	DurationNote string // "196 calls since 23 Oct 2026"
}

// Storage is how journal and history are kept.
type Storage struct {
	Note  string // beside the title: "all is written", or since when it is not
	Facts []Fact // none draws no section
	Notes []StorageNote
}

// StorageNote is what the administrator should know once.
type StorageNote struct{ At, Text string }

// Hop is one end of the chain.
type Hop struct {
	Name  string
	Lines []string
	OK    bool
}

// HopLink is a stretch between two hops.
type HopLink struct {
	OK   bool
	Hop  string // which age the page keeps going: "proof" or "frame"
	Age  string // as rendered: "0.3 s"
	Text string // "round trip 11 ms, limit 20 s"
}

// GapRow is one interruption.
type GapRow struct {
	From, To, Length, Cause, Touched string
	URL                              string // its own page
	Doubt                            bool   // it left calls unconfirmed
}

// AnomalyRow is one kind of oddity.
type AnomalyRow struct{ Last, What, Today, Total, Done, Sample string }

// Count is one number of a wall's header.
type Count struct{ Value, Word string }

// ErrorPage is what a person sees instead of a page.
type ErrorPage struct {
	Chrome Chrome
	Status int
	Title  string
	Text   string
}
