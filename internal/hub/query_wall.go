package hub

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Layouts of a wall.
const (
	LayoutCalls   = "calls"
	LayoutNumbers = "numbers"
	LayoutPeople  = "people"
	LayoutLine    = "line"
)

// Layouts are what a wall can show; the first is the default.
var Layouts = []string{LayoutCalls, LayoutNumbers, LayoutPeople, LayoutLine}

// layouts are those of a wall's query, at least one.
func (q Query) layouts() []string {
	if len(q.Layouts) == 0 {
		return Layouts[:1]
	}
	return q.Layouts
}

// Wall is the same view for a display, in the layout that comes nearest to the
// page, with the display's own fields at their defaults.
func (q Query) Wall() Query {
	wall := q
	wall.Page, wall.Hide, wall.Density, wall.Call, wall.Number, wall.Part = PageWall, nil, "", 0, "", ""
	if !slices.Contains(stateValues, q.State) { // a choice of people, not of calls
		wall.State = ""
	}
	switch q.Page {
	case PagePeople:
		wall.Layouts = []string{LayoutPeople}
	case PageLines:
		wall.Layouts = []string{LayoutNumbers}
		if q.Line != "" || q.Team != "" {
			wall.Layouts = []string{LayoutLine}
		}
	case PageMissed, PageNumbers:
		wall.Layouts = []string{LayoutNumbers}
	}
	return wall
}

// turns is the canonical value of "rotate".
func (q Query) turns() string {
	var words []string
	if len(q.Layouts) > 1 {
		words = append(words, q.Layouts...)
	}
	switch {
	case q.Rotate < 0:
		words = append(words, "off")
	case q.Rotate > 0:
		words = append(words, strconv.FormatFloat(q.Rotate.Seconds(), 'f', -1, 64))
	}
	return strings.Join(words, ",")
}

const rotateWant = "layouts (calls, numbers, people, line) and the seconds that a page stays, from 2 to 3600, with commas between, or off"

// turns reads "layout" and "rotate": a list of layouts, the seconds that a
// page stays, or both. A list in rotate says everything, so it wins.
func (p *parser) turns() (stay time.Duration, layouts []string) {
	one := p.choice("layout", Layouts, LayoutCalls)
	value := strings.ToLower(p.get("rotate"))
	timed := false
	for word := range strings.SplitSeq(value, ",") {
		word = strings.TrimSpace(word)
		switch word {
		case "", "on", "true", "1":
			continue
		case "off", "false", "0":
			if timed || len(layouts) > 0 || strings.Contains(value, ",") {
				p.fail("rotate", value, rotateWant)
			}
			stay, timed = -1, true
			continue
		}
		if slices.Contains(Layouts, word) {
			if !slices.Contains(layouts, word) {
				layouts = append(layouts, word)
			}
			continue
		}
		seconds, err := strconv.Atoi(strings.TrimSuffix(word, "s"))
		if err != nil || seconds < 2 || seconds > 3600 || timed {
			p.fail("rotate", value, rotateWant)
			return 0, nil
		}
		stay, timed = time.Duration(seconds)*time.Second, true
	}
	if stay == defaultRotate {
		stay = 0
	}
	if len(layouts) == 0 && one != "" {
		layouts = []string{one}
	}
	if len(layouts) == 1 && layouts[0] == LayoutCalls {
		layouts = nil
	}
	return stay, layouts
}
