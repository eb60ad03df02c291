package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// lines composes the page "/lines".
func (c *composer) linesPage() {
	h, w := c.p.h, c.words
	h.mu.Lock()
	days := h.board.LineDays()
	h.mu.Unlock()
	type now struct {
		ringing, talking count
		longest          time.Time
		atLeast, alarm   bool
	}
	going := map[string]*now{}
	of := map[string]state.LineDay{}
	for oid := range c.p.company.lines {
		of[oid] = state.LineDay{Line: oid}
	}
	for _, d := range days {
		of[d.Line] = d
	}
	for _, m := range c.p.order {
		call := &m.call
		n := going[call.Line]
		if n == nil {
			n = &now{}
			going[call.Line] = n
		}
		if call.Phase == state.Talking {
			n.talking.add(call)
			continue
		}
		n.ringing.add(call)
		g, turns := c.p.groupOf(call, c.moment)
		if !turns.IsZero() && c.pic.moment.IsZero() {
			c.v.due = earlier(c.v.due, turns)
		}
		n.alarm = n.alarm || g == needsPerson
		if since, atLeast := inState(call); !since.IsZero() && (n.longest.IsZero() || since.Before(n.longest)) {
			n.longest, n.atLeast = since, atLeast
		}
	}
	page := &views.Lines{Title: w.Lines, Note: c.sinceWords()}
	for oid, d := range of {
		n := going[oid]
		if n == nil {
			n = &now{}
		}
		row := views.LineRow{
			Name: c.lineName(oid), URL: Query{Page: PageBoard, Line: oid, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
			Ringing: n.ringing.text(), Talking: n.talking.text(), Longest: age(n.longest, n.atLeast, c.moment), Alarm: n.alarm,
			Offered: c.today(d.Offered), Answered: c.today(d.Answered), Unanswered: c.today(d.Unanswered), Rate: rate(d.Answered, d.Unanswered, w),
		}
		if !c.numbersKnown() {
			row.Ringing, row.Talking, row.Offered, row.Answered, row.Unanswered, row.Rate = "–", "–", "–", "–", "–", "–"
			row.Longest = views.Age{Text: "–"}
		}
		page.Rows = append(page.Rows, row)
	}
	slices.SortFunc(page.Rows, func(a, b views.LineRow) int {
		return cmp.Or(cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.URL, b.URL))
	})
	if len(page.Rows) == 0 || c.p.feed.State == state.Blind {
		page.Empty = c.nothing("No line seen yet", "Lines appear here with their first call.")
	}
	c.pic.lines = page
	c.part("p-lines", *page, views.LinesPart(*page))
}

// nothing is what stands in the place of an empty page: why nothing is known,
// else that there is nothing.
func (c *composer) nothing(title, text string) views.Empty {
	if c.numbersKnown() && c.p.feed.State == state.Live {
		return views.Empty{Kind: "quiet", Title: title, Text: text}
	}
	return c.empty(&census{})
}

// today prints a counter of today: at least, once a gap touched the day.
func (c *composer) today(n int) string {
	if !c.p.today.Complete {
		return sprintf(c.words.AtLeastFmt, strconv.Itoa(n))
	}
	return strconv.Itoa(n)
}

// rate is the share of decided journeys that were answered.
func rate(answered, unanswered int, w *views.Words) string {
	n := answered + unanswered
	if n == 0 {
		return w.NA
	}
	return strconv.Itoa(percent(answered, unanswered)) + " %"
}

// percent of answered journeys, rounded; "100 %" means all of them.
func percent(answered, unanswered int) int {
	n := answered + unanswered
	p := (200*answered + n) / (2 * n)
	if unanswered > 0 {
		p = min(p, 99)
	}
	return p
}

// freshLines sets the ages of a page rendered whole to the moment.
func freshLines(p *views.Lines, moment time.Time) *views.Lines {
	out := *p
	out.Rows = slices.Clone(p.Rows)
	for i := range out.Rows {
		out.Rows[i].Longest.Text = ageText(out.Rows[i].Longest, moment)
	}
	return &out
}
