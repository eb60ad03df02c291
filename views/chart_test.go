package views

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is counted, the parts of a bar stand on each other within the plot,
// higher counts are never drawn lower, and one call is never drawn as none.
func TestChartsKeepTheirProportions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slots := make([]ChartSlot, rapid.IntRange(1, 400).Draw(t, "slots"))
		most := rapid.SampledFrom([]int{0, 1, 3, 40, 5000, 2_000_000}).Draw(t, "most")
		for i := range slots {
			slots[i] = ChartSlot{
				Answered: rapid.IntRange(0, most).Draw(t, "answered"), Unanswered: rapid.IntRange(0, most).Draw(t, "unanswered"),
				Open: rapid.IntRange(0, 2).Draw(t, "open"), Before: rapid.IntRange(-1, most).Draw(t, "before"),
			}
		}
		var c Chart
		DrawChart(&c, slots)
		if len(c.Bars) != len(slots) {
			t.Fatalf("%d bars of %d slots", len(c.Bars), len(slots))
		}
		if n := len(c.Ticks); n < 3 || n > 5 {
			t.Errorf("%d lines across for a most of %d", n, most)
		}
		left := 0
		for i, b := range c.Bars {
			if b.Left != left || b.X < b.Left || b.X+b.Width > b.Left+b.Slot {
				t.Fatalf("bar %d stands at %d to %d of its place %d to %d, which begins at %d", i, b.X, b.X+b.Width, b.Left, b.Left+b.Slot, left)
			}
			left = b.Left + b.Slot
			height := 0
			for _, p := range []BarPiece{b.Answered, b.Unanswered, b.Open} {
				if p.Height < 0 || p.Height > 0 && p.Y+p.Height != c.Height-height {
					t.Fatalf("bar %d: part %+v does not stand on %d", i, p, c.Height-height)
				}
				height += p.Height
			}
			if height > c.Height || (height > 0) != (slots[i].total() > 0) {
				t.Fatalf("bar %d of %d calls is %d high", i, slots[i].total(), height)
			}
			if i > 0 && slots[i].total() > slots[i-1].total() && b.LabelY > c.Bars[i-1].LabelY {
				t.Fatalf("bar %d of %d calls is lower than that of %d", i, slots[i].total(), slots[i-1].total())
			}
		}
		if left != 1000 {
			t.Errorf("the bars end at %d of 1000", left)
		}
	})
}

func TestTheLineIsBrokenWhereNothingIsKnown(t *testing.T) {
	var c Chart
	DrawChart(&c, []ChartSlot{{Answered: 4, Before: 2}, {Before: -1}, {Before: 4}, {Before: 0}})
	if want := "M0 73H250M500 0V146H1000"; strings.ReplaceAll(c.Step, "H750V", "V") != want {
		t.Errorf("the line is %q, want %q", c.Step, want)
	}
	var none Chart
	DrawChart(&none, []ChartSlot{{Answered: 4, Before: -1}})
	if none.Step != "" {
		t.Errorf("a line of nothing: %q", none.Step)
	}
}
