package hub

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"callboard/internal/kpi"
	"callboard/internal/privacy"
)

// Pages that have a live view.
const (
	PageBoard   = "board"
	PageWall    = "wall"
	PageCall    = "call"
	PageStatus  = "status"
	PagePeople  = "people"
	PageLines   = "lines"
	PageMissed  = "missed"
	PageNumbers = "numbers"
	PageHistory = "history" // the frame of pages that show the past: live is only what surrounds them

	PageGaps     = "gaps"     // every interruption there was
	PageGap      = "gap"      // one of them, with its calls that are still in doubt
	PageHandover = "handover" // a shift on one sheet
)

// Pages lists them, for metrics that show zeros.
var Pages = []string{PageBoard, PageWall, PageCall, PagePeople, PageLines, PageMissed, PageNumbers, PageHistory, PageStatus, PageGaps, PageGap, PageHandover}

// reads reports a page that shows what the board knows beyond its changes: it
// may be new after any input.
func (q Query) reads() bool {
	switch q.Page {
	case PageCall, PageLines, PageMissed, PageNumbers, PageGaps, PageGap:
		return true
	case PageWall:
		return len(q.Layouts) > 0 // all but the calls
	}
	return false
}

// Columns are the columns of the call table that can be hidden, in the order
// of the table. State and the age in state always stay: a row says nothing
// without them.
var Columns = []string{"line", "caller", "callee", "legs", "doubt", "total"}

const (
	maxText       = 100 // runes of a line, user or search text
	defaultInches = 55
	defaultMetres = 5
	defaultRotate = 8 * time.Second
)

var (
	stateValues  = []string{"ringing", "connected", "internal", "doubt"}
	peopleStates = []string{"free", "ringing", "connected", "internal", "doubt"}
	dirValues    = []string{"inbound", "outbound", "internal"}
	missedStates = []string{"open", "closed", "mine"}
	sortValues   = []string{"age", "line", "caller", "callee", "state"}
	themeValues  = []string{"dark", "light", "contrast"}

	numberValues, partValues = texts(append(slices.Clone(kpi.Names), nowNames...)), texts(kpi.Parts)
)

// Query is what a page shows. Its canonical form, see Key, names a view; two
// queries that show the same are equal after ParseQuery.
type Query struct {
	Page    string   // one of Pages
	Line    string   // oid or name of a line
	User    string   // oid, name or number of a user
	Team    string   // name of a team
	State   string   // "ringing", "connected", "internal", "doubt"; of people also "free"
	Who     string   // PageMissed: the viewer's name, for what is theirs; the server's word, never in addresses
	Dir     string   // "inbound", "outbound", "internal"
	Text    string   // part of a name, number or line
	Sort    string   // "age", "line", "caller", "callee", "state", "-" in front turns it; "" is the design's order
	Hide    []string // hidden columns, see Columns, sorted by the alphabet
	Density string   // "" (dense) or "comfortable"
	Lang    string   // language asked for: "en", "nl", "de"; links carry it on. "" asks for none
	Speaks  string   // language of the view: that asked for, else the viewer's own; "" leaves it to the hub. Not in addresses
	Theme   string   // "" follows the system; "dark", "light", "contrast"
	Number  string   // PageNumbers: name of the one that is explained, see kpi.Names and nowNames; "" is the first
	Part    string   // PageNumbers: part of it whose calls are listed, see kpi.Parts; "" is its sample
	Call    uint64   // PageCall: Seq of the call
	Gap     int64    // PageGap: its beginning, in milliseconds of Unix time
	Day     string   // PageNumbers: a day that is over, or the first and last of several ("2026-11-17..2026-11-24"), "" is today, live; PageGaps: a day, "2026-11-22"; PageHandover: on which the shift began
	Kind    string   // PageGaps: one of GapKinds
	After   int64    // PageGaps: those that began before it, in milliseconds
	Shift   string   // PageHandover: name of the shift; "" is the last that began
	From    string   // PageHandover: a stretch of one's own instead, see Moment
	To      string
	Inches  float64       // PageWall: diagonal of the screen; 0 means 55
	Metres  float64       // PageWall: distance of the last row of people; 0 means 5
	Rotate  time.Duration // PageWall: how long a page stays; 0 means 8 s, negative for ever
	Layouts []string      // PageWall: what turns, in this order, see Layouts; none means calls
	At      time.Time     // moment of the record that is shown, whole seconds in UTC; zero is now
	Rate    int           // seconds of the record that pass in one, 1 to 60; 0 stands still
	Mask    string        // level that is asked for, see privacy.Levels; "" asks for what the viewer may see, see Sees
	Lens    privacy.Lens  // what the viewer sees through; the server's decision, never parsed
}

// A QueryError says which field of a query cannot be used and what would do:
// in English, and where that is a choice or a range also as such.
type QueryError struct {
	Field, Value, Want string
	Choices            []string
	Least, Most        float64
}

// Error is one line. The value is quoted and shortened; it can still be a
// caller's number, so it is for the person who typed it and not for logs.
func (e *QueryError) Error() string {
	return fmt.Sprintf("%s=%s cannot be used: expected %s", e.Field, e.Quoted(), e.Want)
}

// Quoted is the value in quotation marks, shortened.
func (e *QueryError) Quoted() string {
	value := e.Value
	if r := []rune(value); len(r) > 40 {
		value = string(r[:40]) + "…"
	}
	return strconv.Quote(value)
}

// ParseQuery reads the query string of a page into its canonical form.
// Unknown fields are ignored, of a repeated one the first counts (hide takes
// all), a bad value of a known one is a *QueryError. The id of a call stands
// in the path of its page; on the stream it is the field "call".
func ParseQuery(page string, values url.Values) (Query, error) {
	p := parser{values: values}
	q := Query{Page: page}
	if !slices.Contains(Pages, page) {
		return Query{}, &QueryError{Field: "page", Value: page, Want: oneOf(Pages), Choices: Pages}
	}
	q.Lang = p.choice("lang", languages, "")
	q.Speaks = q.Lang
	q.At, q.Rate = p.instant()
	q.Mask = p.choice("mask", privacy.Levels(), privacy.Full.String())
	switch page {
	case PageCall:
		q.Call = p.call()
		q.Theme = p.choice("theme", themeValues, "")
		return q, p.err
	case PageStatus, PageHistory:
		q.Theme = p.choice("theme", themeValues, "")
		return q, p.err
	case PageGaps, PageGap, PageHandover:
		p.record(&q)
		return q, p.err
	case PagePeople:
		q.Team = p.text("team")
		q.State = p.choice("state", peopleStates, "")
		q.Text = p.text("q")
		q.Sort = p.choice("sort", []string{"team", "state"}, "team")
		q.Theme = p.choice("theme", themeValues, "")
		return q, p.err
	case PageMissed:
		q.Team = p.text("team")
		q.Line = p.text("line")
		q.State = p.choice("state", missedStates, "open")
		q.Theme = p.choice("theme", themeValues, "")
		return q, p.err
	case PageLines:
		q.Team = p.text("team")
		q.Theme = p.choice("theme", themeValues, "")
		return q, p.err
	}
	q.Team = p.text("team")
	q.Line = p.text("line")
	q.User = p.text("user")
	if page == PageNumbers {
		q.Number = p.choice("n", numberValues, numberValues[0])
		q.Part = p.choice("part", partValues, "")
		q.Day = p.days("day")
		q.Theme = p.choice("theme", themeValues, "")
		return q, p.err
	}
	q.State = p.choice("state", stateValues, "")
	q.Dir = p.choice("dir", dirValues, "")
	q.Text = p.text("q")
	q.Sort = p.sort()
	q.Theme = p.choice("theme", themeValues, "")
	if page == PageWall {
		q.Inches = p.number("inches", 3, 1000, defaultInches)
		q.Metres = p.number("metres", 0.2, 200, defaultMetres)
		q.Rotate, q.Layouts = p.turns()
		return q, p.err
	}
	q.Hide = p.hide()
	q.Density = p.choice("density", []string{"comfortable", "dense"}, "dense")
	return q, p.err
}

// Key names the view that shows this query. It leaves out what a view cannot
// see: a wall has no links that would carry the theme on.
func (q Query) Key() string {
	if q.Page == PageWall {
		q.Theme = ""
	}
	if q.kept() {
		q.Day, q.Kind, q.State, q.After, q.Shift, q.From, q.To = "", "", "", 0, "", "", ""
	}
	key := q.Page + "?" + q.Values().Encode()
	if q.Call != 0 {
		key += "#" + strconv.FormatUint(q.Call, 10)
	}
	if q.Gap != 0 {
		key += "#" + gapText(q.Gap)
	}
	if q.Page == PageMissed && q.State == "mine" {
		key += "!" + url.QueryEscape(q.Who)
	}
	if l := q.Sees(); !l.Clear() {
		key += "!" + l.Level.String() + "!" + url.QueryEscape(string(l.Scope))
	}
	if q.Speaks != q.Lang {
		key += "!" + q.Speaks
	}
	return key
}

// Values is the canonical query string without defaults. The call's id is not
// in it: it belongs to the path.
func (q Query) Values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("line", q.Line)
	set("user", q.User)
	set("team", q.Team)
	set("n", q.Number)
	set("part", q.Part)
	set("state", q.State)
	set("dir", q.Dir)
	set("q", q.Text)
	set("sort", q.Sort)
	set("hide", strings.Join(q.Hide, ","))
	set("density", q.Density)
	set("mask", q.Mask)
	set("lang", q.Lang)
	set("theme", q.Theme)
	if q.Inches != 0 {
		set("inches", strconv.FormatFloat(q.Inches, 'f', -1, 64))
	}
	if q.Metres != 0 {
		set("metres", strconv.FormatFloat(q.Metres, 'f', -1, 64))
	}
	if len(q.Layouts) == 1 {
		set("layout", q.Layouts[0])
	}
	set("rotate", q.turns())
	set("day", q.Day)
	set("kind", q.Kind)
	set("after", gapText(q.After))
	set("shift", q.Shift)
	set("from", q.From)
	set("to", q.To)
	for name, value := range q.record() {
		v.Set(name, value)
	}
	return v
}

// URL is the page's address with its query: "/", "/?dir=inbound", "/calls/42".
func (q Query) URL() string {
	path := "/"
	switch q.Page {
	case PageWall:
		path = "/wall"
	case PageStatus, PagePeople, PageLines, PageMissed, PageNumbers, PageHistory, PageGaps, PageHandover:
		path = "/" + q.Page
	case PageGap:
		path = "/gaps/" + gapText(q.Gap)
	case PageCall:
		path = "/calls/" + strconv.FormatUint(q.Call, 10)
	}
	if s := q.Values().Encode(); s != "" {
		return path + "?" + s
	}
	return path
}

// canonical drops a number that is the default.
func (q *Query) canonical() {
	if q.Number == numberValues[0] {
		q.Number = ""
	}
}

// parser reads fields and keeps the first error.
type parser struct {
	values url.Values
	err    error
}

func (p *parser) fail(field, value, want string, choices ...string) {
	if p.err == nil {
		p.err = &QueryError{Field: field, Value: value, Want: want, Choices: choices}
	}
}

func (p *parser) get(field string) string { return strings.TrimSpace(p.values.Get(field)) }

// choice reads one of a few words, of which the default is dropped.
func (p *parser) choice(field string, words []string, byDefault string) string {
	s := strings.ToLower(p.get(field))
	if field == "state" && s == "talking" {
		s = "connected" // the screen's word for it
	}
	if s == "" || s == byDefault {
		return ""
	}
	if !slices.Contains(words, s) {
		p.fail(field, s, oneOf(words), words...)
		return ""
	}
	return s
}

func (p *parser) text(field string) string {
	s := p.get(field)
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		p.fail(field, strings.ToValidUTF8(s, "�"), "text without control characters")
		return ""
	}
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxText {
		p.fail(field, s, fmt.Sprintf("at most %d characters", maxText))
		return ""
	}
	return s
}

func (p *parser) sort() string {
	s := strings.ToLower(p.get("sort"))
	if s == "" {
		return ""
	}
	if !slices.Contains(sortValues, strings.TrimPrefix(s, "-")) {
		p.fail("sort", s, oneOf(sortValues)+`, with "-" in front to turn the order`, sortValues...)
		return ""
	}
	return s
}

func (p *parser) hide() []string {
	var hide []string
	for _, list := range p.values["hide"] {
		for name := range strings.SplitSeq(list, ",") {
			name = strings.ToLower(strings.TrimSpace(name))
			switch {
			case name == "" || slices.Contains(hide, name):
			case !slices.Contains(Columns, name):
				p.fail("hide", name, oneOf(Columns), Columns...)
			default:
				hide = append(hide, name)
			}
		}
	}
	slices.Sort(hide)
	return hide
}

// number reads a figure, of which the default is dropped.
func (p *parser) number(field string, least, most, byDefault float64) float64 {
	s := p.get(field)
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || math.IsNaN(x) || x < least || x > most {
		if p.err == nil {
			p.err = &QueryError{Field: field, Value: s, Want: fmt.Sprintf("a number from %g to %g", least, most), Least: least, Most: most}
		}
		return 0
	}
	x = math.Round(x*100) / 100
	if x == byDefault {
		return 0
	}
	return x
}

func (p *parser) call() uint64 {
	s := p.get("call")
	if s == "" {
		return 0
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		p.fail("call", s, "the number of a call")
		return 0
	}
	return n
}

// texts are names of another package as plain words.
func texts[T ~string](names []T) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = string(name)
	}
	return out
}

func oneOf(words []string) string {
	return "one of " + strings.Join(words, ", ")
}
