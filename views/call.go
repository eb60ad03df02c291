package views

import "slices"

// unproven reports that a lane shows something that nothing proves.
func unproven(l Lanes) bool {
	return slices.ContainsFunc(l.Rows, func(r Lane) bool {
		return slices.ContainsFunc(r.Bars, func(b LaneBar) bool { return b.Kind == "unproven" })
	})
}

// nowRow is the row of "now" among the marks below the lanes: the second one
// where a mark stands close to it.
func nowRow(l Lanes) int {
	if slices.ContainsFunc(l.Marks, func(m Mark) bool { return m.Row == 0 && l.Now-m.At < 200 }) {
		return 1
	}
	return 0
}

// laneFoot is where the drawing of the lanes ends, in pixels, with the second
// row of marks if there is one.
func laneFoot(l Lanes) int {
	foot := 28 + 52*len(l.Rows)
	if l.Now >= 0 && nowRow(l) > 0 || slices.ContainsFunc(l.Marks, func(m Mark) bool { return m.Row > 0 }) {
		foot += 16
	}
	return foot
}

// markClass keeps a word below the lanes inside the drawing.
func markClass(m Mark) string {
	switch {
	case m.At < 60:
		return "mark first roomy"
	case m.At > 900:
		return "mark last roomy"
	}
	return "mark roomy"
}

// apart is the space between a label and the age behind it.
func apart(label string) string {
	if label == "" {
		return "0"
	}
	return "4"
}
