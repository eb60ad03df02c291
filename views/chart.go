package views

import (
	"fmt"
	"strings"
)

// ChartSlot is an hour or a day as a chart is given it, before it is drawn.
type ChartSlot struct {
	Answered, Unanswered, Open int
	Before                     int // of the week before; negative if that is not known
	Bar                        ChartBar
}

func (s ChartSlot) total() int { return s.Answered + s.Unanswered + s.Open }

const (
	chartHeight = 146
	// manyBars is from how many bars on their values have no room on a small
	// screen, denseBars on any.
	manyBars  = 14
	denseBars = 34
)

// DrawChart gives a chart its bars, lines and scale; texts and addresses are in
// the slots already.
func DrawChart(c *Chart, slots []ChartSlot) {
	c.Height = chartHeight
	most, before := 0, false
	for _, s := range slots {
		most = max(most, s.total(), s.Before)
		before = before || s.Before >= 0
	}
	step, top := scale(most)
	for v := step; v <= top; v += step {
		c.Ticks = append(c.Ticks, ChartTick{Y: c.Height - v*c.Height/top, Value: itoa(v)})
	}
	edge := func(i int) int { return i * 1000 / len(slots) }
	y := func(n int) int { return c.Height - n*c.Height/top }
	for i, s := range slots {
		b := s.Bar
		b.Left, b.Slot = edge(i), edge(i+1)-edge(i)
		b.Width = max(b.Slot*72/100, 1)
		b.X = b.Left + (b.Slot-b.Width)/2
		b.Answered = BarPiece{Y: y(s.Answered), Height: c.Height - y(s.Answered)}
		b.Unanswered = between(y(s.Answered+s.Unanswered), y(s.Answered))
		b.Open = between(y(s.total()), y(s.Answered+s.Unanswered))
		if s.total() > 0 && y(s.total()) == c.Height { // one of very many is not none
			b.Answered = BarPiece{Y: c.Height - 1, Height: 1}
		}
		b.LabelY = y(s.total()) - 7
		c.Bars = append(c.Bars, b)
	}
	if before {
		c.Step = stepLine(slots, edge, y)
	}
	switch {
	case len(slots) >= denseBars:
		c.Crowd = "dense"
	case len(slots) >= manyBars:
		c.Crowd = "many"
	}
}

func between(top, bottom int) BarPiece { return BarPiece{Y: top, Height: max(bottom-top, 0)} }

// scale divides a chart of at most so many into three to five steps.
func scale(most int) (step, top int) {
	step = 1
	for i := 0; most > 5*step; i++ {
		step = [...]int{2, 5, 10}[i%3]
		for range i / 3 {
			step *= 10
		}
	}
	return step, max((most+step-1)/step*step, 4*step)
}

// stepLine is the path of the week before; it is broken where nothing is known.
func stepLine(slots []ChartSlot, edge, y func(int) int) string {
	var p strings.Builder
	drawn := false
	for i, s := range slots {
		switch {
		case s.Before < 0:
			drawn = false
			continue
		case drawn:
			fmt.Fprintf(&p, "V%d", y(s.Before))
		default:
			fmt.Fprintf(&p, "M%d %d", edge(i), y(s.Before))
		}
		fmt.Fprintf(&p, "H%d", edge(i+1))
		drawn = true
	}
	return p.String()
}
