package hub

import (
	"strconv"
	"strings"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/views"
)

// An hourbook counts the customers' journeys that came in by the hour of the
// day, for all choices at once. The painter makes it anew with each reading of
// the day, at most once a second.
type hourbook struct {
	made, names uint64 // of the daybook and the company
	first       int    // hour of the first journey; 24 if there was none
	by          map[scope]*[24]int
}

// hoursOf counts the journeys of the day by hour. p.mu is held.
func (p *painter) hoursOf(s scope) (counts *[24]int, first int) {
	b := &p.hours
	if b.by == nil || b.made != p.day.made || b.names != p.company.names {
		*b = hourbook{made: p.day.made, names: p.company.names, first: 24, by: map[scope]*[24]int{}}
		note := func(s scope, hour int) {
			if b.by[s] == nil {
				b.by[s] = new([24]int)
			}
			b.by[s][hour]++
		}
		for i := range p.day.journeys {
			j := &p.day.journeys[i]
			if !j.Counted || j.Kind == state.Outbound || j.Kind == state.Internal {
				continue
			}
			hour := j.Start.In(p.h.opt.Zone).Hour()
			b.first = min(b.first, hour)
			note(scope{}, hour)
			if j.Line != "" {
				note(scope{line: fold(j.Line)}, hour)
			} else {
				note(scope{lineless: true}, hour)
			}
			for _, team := range p.journeyTeams(j) {
				note(scope{team: team}, hour)
			}
		}
	}
	if counts = b.by[s]; counts == nil {
		counts = new([24]int)
	}
	return counts, b.first
}

// hourSpan is the stretch of hours that charts of today show: from the hour in
// which counting began or the first call came, whichever is later, but not
// later than 8, to the present one.
func (c *composer) hourSpan() (from, to int) {
	since := c.local(c.p.today.Since)
	begun := 0
	if since.After(c.midnight()) {
		begun = since.Hour()
	}
	_, first := c.p.hoursOf(scope{})
	to = c.local(c.moment).Hour()
	from = min(max(begun, min(first, 8)), to)
	return from, to
}

// hoursHead is the head of the column: "By hour, 08 to now".
func (c *composer) hoursHead() string {
	from, _ := c.hourSpan()
	return sprintf(c.words.OnLines.ByHourFmt, twoDigits(from))
}

// Sizes of a chart in a row: width and height in its own units, and the gap
// between two bars.
const (
	hoursWidth  = 168
	hoursHeight = 28
	hoursGap    = 2
)

// hours is the small chart of a row. What it draws it also says: a bar's value
// is in its title, and all of them are in a text beside it.
func (c *composer) hours(s scope) views.Hours { return c.chart(s, hoursWidth, hoursHeight) }

func (c *composer) chart(s scope, width, height int) views.Hours {
	counts, _ := c.p.hoursOf(s)
	from, to := c.hourSpan()
	w := &c.words.OnLines
	most := 0
	for hour := from; hour <= to; hour++ {
		most = max(most, counts[hour])
	}
	if most == 0 {
		return views.Hours{Text: w.NoCallsToday}
	}
	before := c.weekAgo(s)
	for hour := from; before != nil && hour <= to; hour++ {
		most = max(most, before.Counts[hour])
	}
	h := views.Hours{Width: width, Height: height}
	step := min(width/(to-from+1), max(28, width/6))
	var said []string
	for hour := from; hour <= to; hour++ {
		n := counts[hour]
		value := strconv.Itoa(n)
		gap := c.gapIn(hour)
		if gap {
			value = sprintf(c.words.AtLeastFmt, value)
		}
		bar := views.HourBar{X: (hour - from) * step, Width: step - hoursGap, Running: hour == to, Gap: gap, Value: value, Hour: twoDigits(hour)}
		if n > 0 {
			bar.Height = max(n*(height-1)/most, 1)
		}
		bar.Y = height - 1 - bar.Height
		bar.Title = sprintf(w.HourFmt, twoDigits(hour), twoDigits((hour+1)%24), value)
		if bar.Running {
			bar.Title += ", " + w.SoFar
		}
		said = append(said, bar.Title)
		h.Bars = append(h.Bars, bar)
	}
	h.Text = strings.Join(said, "; ")
	if before != nil {
		c.drawWeekAgo(&h, before, from, to, step, most)
	}
	return h
}

// gapIn reports whether the feed was interrupted in an hour of today, or
// counting began in it.
func (c *composer) gapIn(hour int) bool {
	y, m, d := c.local(c.now).Date()
	from := time.Date(y, m, d, hour, 0, 0, 0, c.p.h.opt.Zone)
	to := time.Date(y, m, d, hour+1, 0, 0, 0, c.p.h.opt.Zone)
	if since := c.p.today.Since; since.After(from) && since.Before(to) && since.After(c.midnight()) {
		return true
	}
	return kpi.Touched(c.p.gaps, from, to)
}

func twoDigits(hour int) string {
	if hour < 10 {
		return "0" + strconv.Itoa(hour)
	}
	return strconv.Itoa(hour)
}
