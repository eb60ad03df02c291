package state

import (
	"cmp"
	"slices"
	"strings"
)

// A PhoneLine is a line of the PBX, as far as it is known.
type PhoneLine struct {
	Line   string // oid
	Name   string // empty if it was not learnt
	Number string // main number, if known
}

// PhoneLines are the lines that the PBX listed or by which calls came in
// today, by name, then oid.
func (b *Board) PhoneLines() []PhoneLine {
	seen := make(map[string]struct{}, len(b.lines))
	out := make([]PhoneLine, 0, len(b.lines))
	add := func(oid string) {
		if _, known := seen[oid]; known || oid == "" {
			return
		}
		seen[oid] = struct{}{}
		out = append(out, PhoneLine{oid, b.lines[oid], b.lineNumbers[oid]})
	}
	for oid := range b.lines {
		add(oid)
	}
	for oid := range b.lineNumbers {
		add(oid)
	}
	for oid := range b.lineDays {
		add(oid)
	}
	slices.SortFunc(out, func(x, y PhoneLine) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Line, y.Line))
	})
	return out
}

// Company rises with every change of who and which lines there are: what
// People and PhoneLines say besides the counts of the day.
func (b *Board) Company() uint64 { return b.company }
