package views

import (
	"hash/fnv"
	"io"
	"strconv"
)

func tileClass(t Tile) string {
	switch {
	case !t.Known:
		return "tile"
	case t.Alarm:
		return "tile alarm"
	case t.State.Glyph == "free":
		return "tile is-free"
	}
	return "tile"
}

// Sum names the content of a tile, but for its revision and the text of its
// age: equal tiles have equal names wherever they were made.
func (t Tile) Sum() string {
	sum := fnv.New64a()
	for _, s := range []string{
		t.URL, t.Name, t.Number, t.State.Glyph, t.State.Word, string(t.State.Tone), milli(t.Age.Since), t.With, t.Counts, t.Share, t.Says, t.SaysGlyph,
		strconv.FormatBool(t.Known), strconv.FormatBool(t.Age.AtLeast), strconv.FormatBool(t.Alarm), strconv.FormatBool(t.SaysPlain),
	} {
		io.WriteString(sum, s) // never fails
		sum.Write([]byte{0})
	}
	return strconv.FormatUint(sum.Sum64(), 36)
}

// nought reports numbers that a table prints faintly: nothing, or unknown.
func nought(w *Words, s string) bool { return s == "0" || s == "–" || s == w.NA || s == "" }

// ringTone and talkTone leave a glyph grey where there is nothing to it.
func ringTone(w *Words, n string) Tone {
	if nought(w, n) {
		return ToneIdle
	}
	return ToneRing
}

func talkTone(w *Words, n string) Tone {
	if nought(w, n) {
		return ToneIdle
	}
	return ToneTalk
}

// hourLabels reports whether the values of a chart fit above its bars.
func hourLabels(h Hours) bool { return len(h.Bars) <= 10 }

// hourStep is which hours of a chart are named: each, or every other.
func hourStep(h Hours) int {
	if len(h.Bars) > 12 {
		return 2
	}
	return 1
}

// noted joins a count and what is said of it.
func noted(count, note string) string {
	if note == "" {
		return count
	}
	return count + ", " + note
}
