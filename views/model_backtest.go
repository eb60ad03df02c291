package views

// BacktestPage is "/backtest": what alarms other limits would have raised.
type BacktestPage struct {
	Chrome   Chrome
	Strip    Strip
	Backtest Backtest
}

// Backtest is the part of the page that is not its frame.
type Backtest struct {
	Action   string // where the form goes
	Hidden   []Field
	Sections []BacktestLimit
	Days     []Option // how far back, as choices of a field
	Trouble  string   // why the form was not taken
	Busy     bool     // a run is under way: another one has to wait

	Run     *BacktestRun
	Result  *BacktestResult
	Command string // that does the same at a prompt
}

// BacktestLimit is one alarm of the form.
type BacktestLimit struct {
	Name   string // "A customer rings"
	Fields []BacktestField
}

// BacktestField is one value of the form; the word off switches a limit off.
type BacktestField struct {
	Name, Label, Value string
	Present            string // "now 30s", where the value is another
	Wrong              bool
}

// BacktestRun is a run under way.
type BacktestRun struct {
	Percent int
	Text    string // "62 %, 4 of 7 days"
	Cancel  string // where its button goes
}

// BacktestResult is the last run's.
type BacktestResult struct {
	Title   string // "Sun 15 Nov, 00:00 to Sun 22 Nov, 13:10"
	Summary string // "44 alarms instead of 21"
	Covered string // of what there is a record
	Gaps    []BacktestGap
	Days    []BacktestDay
	Rows    []BacktestRow
	Changes []BacktestChange
	Changed string // what differs, as the settings file says it
	Failed  string // instead of all that: why there is no result
}

// BacktestGap is a stretch in which nobody can tell.
type BacktestGap struct{ Text, URL string }

// BacktestDay heads a column.
type BacktestDay struct{ Label, Title string }

// BacktestRow is one kind of alarm.
type BacktestRow struct {
	Name      string
	Limit     BacktestPair
	Cells     []BacktestPair // by day
	Total, Up BacktestPair
}

// BacktestPair is a value under the present and the tried limits.
type BacktestPair struct {
	Present, Tried string
	Same           bool // Tried is not said
	More           bool // the tried is larger
}

// BacktestExample leads to an alarm in the record.
type BacktestExample struct{ Text, URL string }

// BacktestChange leads to alarms of one kind.
type BacktestChange struct {
	Title    string          // "A customer rings: 23 more"
	First    BacktestExample // under the tried limits, or the present ones where those raise none
	Longest  BacktestExample
	Only     string // "Only with the limits to try", "Only now"
	Examples []BacktestExample
	Rest     string // "18 others"
}
