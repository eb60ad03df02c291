package views

import (
	"github.com/a-h/templ"

	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SearchField is the name of the search text in the query of a page.
const SearchField = "q"

func milli(ms int64) string { return strconv.FormatInt(ms, 10) }

func itoa(n int) string { return strconv.Itoa(n) }

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// perMille makes an SVG length of a position in thousandths of the width.
func perMille(n int) string {
	n = min(max(n, 0), 1000)
	return strconv.FormatFloat(float64(n)/10, 'f', -1, 64) + "%"
}

func spaced(ids []string) string { return strings.Join(ids, " ") }

// firstLive is the word on the root element of a page that no script has
// touched yet: a still picture is never live.
func firstLive(s Strip) string {
	if s.Live == "blind" {
		return "blind"
	}
	return "doubtful"
}

func colorScheme(theme string) string {
	switch theme {
	case "dark", "light":
		return theme
	}
	return "dark light"
}

func current(yes bool) string {
	if yes {
		return "page"
	}
	return "false"
}

// carried are the fields that a search carries on: the rest of the board's
// query, elsewhere what was chosen for all pages.
func carried(c Chrome, search Bar) []Field {
	if search.Hidden == nil {
		return c.Keep
	}
	return search.Hidden
}

func glyphClass(t Tone) string {
	switch t {
	case ToneTalk:
		return "gl tone-talk"
	case ToneRing:
		return "gl tone-ring"
	case ToneAlarm:
		return "gl tone-alarm"
	case ToneIdle:
		return "gl tone-idle"
	}
	return "gl"
}

func chipClass(s State) string {
	if s.Alarm {
		return "chip state fill"
	}
	if s.Glyph == "ring" {
		return "chip state strong"
	}
	return "chip state"
}

// rowClass names the group of a row, for its inks; alarms get the edge.
func rowClass(r Row) string {
	if r.Alarm {
		return "row alarm"
	}
	if r.LimitMS > 0 {
		return "row ringing"
	}
	return "row"
}

// rootAttributes mark a document: its theme, and whether the picture was live
// when it was made. CSS then holds back the look of a still picture for the
// moment in which the script connects.
func rootAttributes(c Chrome, s Strip) templ.Attributes {
	a := templ.Attributes{}
	if c.Theme != "" {
		a["class"] = c.Theme
	}
	switch t := c.Travel; {
	case t != nil:
		a["data-recorded"], a["data-travel"] = recordedRoot(c), t.Was
		if t.Rate > 0 {
			a["data-play"] = itoa(t.Rate)
		}
	case s.Live == "live":
		a["data-fresh"] = true
	}
	return a
}

// rowLabel is what a screen reader hears of a row's link.
func rowLabel(r Row) string {
	return r.State.Word + ", " + partyText(r.Caller) + ", " + partyText(r.Callee)
}

func partyText(p Party) string {
	if named(p) {
		return p.Name
	}
	return p.Number
}

// rawTitle tells on request what the feed gave in a number's place.
func rawTitle(p Party) templ.Attributes {
	if p.Raw == "" {
		return nil
	}
	return templ.Attributes{"title": p.Raw}
}

// named reports whether a party has a name. A PBX that knows none may repeat
// the number in the name's place: that is no name, and the number would stand
// there twice.
func named(p Party) bool {
	return p.Name != "" && strings.ReplaceAll(p.Name, " ", "") != strings.ReplaceAll(p.Number, " ", "")
}

// wallParty lets a callee without name give way on a wall: a number is never
// shortened, and the line beside it says more.
func wallParty(r Row) string {
	class := "w-party"
	if !named(r.Callee) {
		class += " gives-way"
	}
	if !named(r.Caller) {
		class += " from-number"
	} else if utf8.RuneCountInString(r.Caller.Name) <= 10 {
		class += " from-short" // stays whole; the other side takes the room
	}
	return class
}

// sortAttributes tell a screen reader, and the style sheet, what is sorted.
func sortAttributes(h Head) templ.Attributes {
	if h.Sorted == "" {
		return nil
	}
	return templ.Attributes{"aria-sort": h.Sorted}
}

// labelWidth is about how wide a label of a lane's bar is, in pixels.
func labelWidth(s string) int { return 20 + 7*utf8.RuneCountInString(s) }

// laneLabel keeps words off bars in which a telephone's width cuts them.
func laneLabel(b LaneBar) string {
	if labelWidth(b.Label) > (b.To-b.From)*250/1000 {
		return "roomy"
	}
	return ""
}

// numeric reports a telephone number: it is shown whole or not at all.
func numeric(s string) bool { return s != "" && strings.Trim(s, "+0123456789 ·") == "" }

func legClass(l Leg) string {
	switch l.Mark {
	case "talking":
		return "leg talking"
	case "ringing":
		return "leg ringing"
	case "inferred":
		return "leg inferred"
	}
	return "leg gone"
}

// barKind keeps a lane's kind to the drawn ones.
func barKind(kind string) string {
	switch kind {
	case "rings", "rang", "talk", "consult", "inferred", "unproven":
		return "lane-bar k-" + kind
	}
	return "lane-bar k-consult"
}

// aroundAge splits a target line where its running age stands.
func aroundAge(target string) (before, after string) {
	before, after, found := strings.Cut(target, "{age}")
	if !found && before != "" {
		before += " "
	}
	return before, after
}

// ringingWord stands after a number of calls that ring, in its own words "1",
// "2 + 1?".
func ringingWord(w *Words, number string) string {
	if number == "1" {
		return w.OnWall.RingingWord
	}
	return w.OnWall.RingingMany
}

func headlineClass(h Headline) string {
	switch {
	case h.Alarm != "":
		return "headline over"
	case h.Muted:
		return "headline muted"
	}
	return "headline"
}

func filterChip(f Filter) string {
	if f.Active {
		return "fchip chosen"
	}
	return "fchip"
}

// tool reports filters that change the view and not the choice of calls; they
// stand at the right.
func tool(id string) bool { return id == "sort" || id == "cols" || id == "density" }

func densityClass(d string) string {
	if d == "comfortable" {
		return "board comfortable"
	}
	return "board dense"
}

func chosen(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}

// arrowOr draws a solid arrow from caller to callee where no transfer says
// otherwise.
func arrowOr(a Arrow) Arrow {
	if a == ArrowNone {
		return ArrowProven
	}
	return a
}

// numberBeside is the number that stands under a name; a bare number stands
// in the name's place already.
func numberBeside(p Party) string {
	if !named(p) {
		return ""
	}
	return p.Number
}

// listed puts a comma behind all but the last of n words.
func listed(word string, i, n int) string {
	if i < n-1 {
		return word + ","
	}
	return word
}

// skipWords are those of the link past the frame: only the board begins with
// calls.
func skipWords(w *Words, page string) string {
	if page == "board" {
		return w.SkipToCalls
	}
	return w.SkipToContent
}
