package views

// Viewer is what the frame of a page says of who looks at it. The zero value
// says nothing: sign-in is off.
type Viewer struct {
	Name, Role string
	Items      []NavItem // account and, with the right, people, programs, displays, audit log
	SignOut    string    // where that form goes
	Ask        string    // where hidden numbers are asked for; empty where nothing is hidden, or they may not
	Shown      string    // "Numbers are shown until 13:25"; empty while they are not
	Hide       string    // where "Hide now" goes
	Back       string    // this page, to come back to
	Next       []Option  // what comes next, on the board of a house that just began
	Plain      bool      // the page travels unencrypted over a network
}

// SignInPage is "/signin".
type SignInPage struct {
	Chrome  Chrome
	Action  string // where the form of a local account goes; empty: there are none
	Company string // where the company account is; empty: there is none
	Name    string // as typed
	To      string // where to go afterwards
	Said    string // why one is here
	Trouble string
	Pair    PairPanel
}

// PairPanel is the right side: a screen on a wall needs no account.
type PairPanel struct {
	URL  string   // the page that shows a code; empty draws no panel
	Code PairCode // of this very browser, if it has one
}

// SetupPage is "/setup": the first administrator's account, or the first
// password of somebody an administrator added.
type SetupPage struct {
	Chrome      Chrome
	Title, Text string
	Action      string
	Step        string // "code" asks for the code, "account" for all of an account, "password" for that alone
	Code        string // as typed
	Login, Name string // as typed; with Step "password" they stand fixed
	Rule        string // of passwords
	Least       int    // characters
	Do          string
	Trouble     string
	Field       string // which one it is about: "code", "login", "name", "password"
	How         string // how to get a code
}

// GonePage says that a viewer signed out.
type GonePage struct {
	Chrome      Chrome
	Title, Text string
	Links       []Option // the first is the primary one
}

// RevealPage is "/reveal".
type RevealPage struct {
	Chrome  Chrome
	Strip   Strip
	Action  string
	Back    string
	Reason  string
	Trouble string
	None    string // said in the place of the form
	Least   int    // characters of a reason
	Most    int
}

// AccountPage is "/account".
type AccountPage struct {
	Chrome  Chrome
	Strip   Strip
	Account Account
}

// Account is what somebody may know and change of themselves.
type Account struct {
	Facts     []Fact
	Sees      []string // sentences
	Password  string   // where a new password goes; empty: Company says why
	Company   string
	Login     string // for password managers
	Rule      string
	Least     int
	Trouble   string
	Field     string // "old" or "password"
	Said      string
	Sessions  []SessionRow
	EndOthers string // empty where there are none
}

// SessionRow is one browser in which somebody is signed in.
type SessionRow struct {
	Device, From, Since, Seen string
	Current                   bool
	Action, ID                string // to end it
}

// Pick is one of several in a form.
type Pick struct {
	Value, Label, Hint string
	Chosen             bool
}

// PersonForm is what an administrator decides of a person.
type PersonForm struct {
	Action         string
	Do             string
	Login, Name    string
	New            bool // the user is asked for too
	Roles, Levels  []Pick
	Teams, Lines   []Pick
	RoleFixed      string // why the role cannot be changed
	NameFixed      bool
	Note           string // of a company account
	Trouble, Field string
}

// PersonRow is one person in the table.
type PersonRow struct {
	URL, Name, Login, Role, Level, Scope, Seen, State, Sessions string
	Off, You                                                    bool
}

// AdminPeoplePage is "/admin/people": those who may sign in, which are others than the board's people.
type AdminPeoplePage struct {
	Chrome Chrome
	Strip  Strip
	Tabs   []NavItem
	Rows   []PersonRow
	Form   PersonForm
	Said   string
}

// AdminPersonPage is one of them.
type AdminPersonPage struct {
	Chrome    Chrome
	Strip     Strip
	Tabs      []NavItem
	Name      string
	Facts     []Fact
	Form      PersonForm
	Acts      []PersonAct
	Said      string
	PeopleURL string
}

// PersonAct is a button with what it does, and why it cannot.
type PersonAct struct {
	Do, Text, Action, Refused string
	Link                      bool // leads to a page that asks again
}

// SecretPage shows what is shown once: a link for a person, a token.
type SecretPage struct {
	Chrome      Chrome
	Strip       Strip
	Tabs        []NavItem
	Title, Text string
	Secret      string
	Copy        string
	Copied      string
	Example     string // a command; empty shows none
	Back        string
	BackText    string
}

// ConfirmPage asks once more.
type ConfirmPage struct {
	Chrome         Chrome
	Strip          Strip
	Tabs           []NavItem
	Title, Text    string
	Action, Do     string
	Keep, KeepText string
}

// ProgramsPage is "/admin/programs".
type ProgramsPage struct {
	Chrome Chrome
	Strip  Strip
	Tabs   []NavItem
	Rows   []ProgramRow
	Form   ProgramForm
	Said   string
}

// ProgramRow is one token.
type ProgramRow struct {
	Name, Role, Level, Scope, Made, Used, Expires string
	Revoke                                        string // empty where it works no more
	Off                                           bool
}

// ProgramForm makes one.
type ProgramForm struct {
	Action, Name                         string
	Roles, Levels, Teams, Lines, Expires []Pick
	Trouble, Field                       string
}

// AuditPage is "/admin/audit".
type AuditPage struct {
	Chrome         Chrome
	Strip          Strip
	Tabs           []NavItem
	Action         string
	Who, What      []Pick
	Day            string
	Hidden         []Field
	Rows           []AuditRow
	Chain          string
	Broken         bool
	Older, Newest  string
	JSON, CSV, All string
}

// AuditRow is one entry.
type AuditRow struct{ Number, At, Who, What, Of, From, Note string }
