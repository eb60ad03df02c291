package views

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
)

// shiftEvery is how long a wall stands before it moves by two pixels.
const shiftEvery = 5 * time.Minute

// vh prints a size for the page's script, exact to a thousandth of a pixel.
func vh(size float64) string { return strconv.FormatFloat(size, 'f', 6, 64) }

// wallAttributes are what the module of walls reads on the root element.
func wallAttributes(w Wall, words *Words) templ.Attributes {
	a := rootAttributes(w.Chrome, w.Strip)
	a["class"] = wallClass(w)
	a["data-type-vh"] = vh(w.TypeVH)
	a["data-rows"] = itoa(w.Rows)
	a["data-page-ms"] = milli(w.PageTime.Milliseconds())
	a["data-shift-ms"] = milli(shiftEvery.Milliseconds())
	a["data-wall"] = wallScript(&words.OnWall)
	if w.Chrome.Framed {
		a["data-framed"] = ""
	}
	names := make([]string, len(w.Layouts))
	for i := range w.Layouts {
		names[i] = w.Layouts[i].Name
	}
	if d := w.Chrome.Display; d != nil {
		a["data-display"], a["data-shown"] = d.Name, milli(d.Shown)
	}
	a["data-layouts"] = strings.Join(names, " ")
	a["data-shows"] = names[0]
	return a
}

// wallScript is the JSON of data-wall; a struct of strings always encodes.
func wallScript(w *WallWords) string {
	b, _ := json.Marshal(WallScript{AsOf: w.AsOfFmt, Ago: w.AsOfAgoFmt, Minutes: w.MinutesFmt, Hours: w.HoursFmt})
	return string(b)
}

// typeClass is the stepped scale that a wall without script stands on: tenths
// of vh.
func typeClass(t float64) string {
	return "t-" + strconv.Itoa(int(min(max(t, wallLeast), wallMost)*10+0.5))
}

func wallClass(w Wall) string {
	var class strings.Builder
	class.WriteString(typeClass(w.TypeVH) + " r-" + strconv.Itoa(min(max(w.Rows, 1), 40)))
	for _, layout := range []string{layoutNumbers, layoutPeople} {
		columns, lines := WallGrid(layout, w.TypeVH)
		class.WriteString(" " + layout[:1] + "c-" + itoa(columns) + " " + layout[:1] + "l-" + itoa(lines))
	}
	if w.TypeVH > 7.6 {
		class.WriteString(" narrow")
		if slices.ContainsFunc(w.Layouts, func(l WallLayout) bool { return l.TooSmall != "" }) {
			class.WriteString(" cramped")
		}
	}
	return strings.TrimSpace(w.Chrome.Theme + " " + class.String())
}

// cellAttributes say in which layout a grid is seen, and what room a cell of it
// needs, in normal text: the script finds out how many fit.
func cellAttributes(id string) templ.Attributes {
	layout := strings.TrimPrefix(id, "p-wall-")
	size := func(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }
	width, height := numberWidth, numberHeight
	if layout == layoutPeople {
		width, height = personWidth, personHeight
	}
	return templ.Attributes{"data-for": layout, "data-w": size(width), "data-h": size(height)}
}
