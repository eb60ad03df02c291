package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/views"
)

// missed composes the page "/missed".
func (c *composer) missed() {
	h, w := c.p.h, c.words
	h.mu.Lock()
	ledger := h.board.Recovery()
	h.mu.Unlock()
	page := &views.Missed{Title: w.MissedNotReturned, Note: sprintf("%s not returned, %s spoken to today", c.today(len(ledger.Open)), c.today(len(ledger.Closed)))}
	for i := range ledger.Open {
		u := &ledger.Open[i]
		last := u.Last()
		row := views.MissedRow{
			ID: "m" + strconv.FormatUint(u.ID, 10), URL: Query{Page: PageCall, Call: last.Call, Lang: c.q.Lang}.URL(),
			Caller: c.party(u.Customer), Line: cmp.Or(views.CleanText(last.LineName), views.CleanText(last.Line), "–"),
			Age: age(u.First, false, c.moment), Last: c.clock(last.Ended), Waited: views.FormatAge(last.Wait(), false),
		}
		if u.Attempts > 1 {
			row.Attempts = strconv.Itoa(u.Attempts) + "×"
		}
		page.Rows = append(page.Rows, row)
	}
	if !c.numbersKnown() {
		page.Note = w.NotKnown
	}
	if len(page.Rows) == 0 || !c.numbersKnown() {
		page.Empty = c.nothing("Nobody to call back", "No customer has given up in the last 24 hours without being spoken to since, as far as Callboard has watched.")
	}
	c.pic.missed = page
	c.part("p-missed", *page, views.MissedPart(*page))
}

func freshMissed(p *views.Missed, moment time.Time) *views.Missed {
	out := *p
	out.Rows = slices.Clone(p.Rows)
	for i := range out.Rows {
		out.Rows[i].Age.Text = ageText(out.Rows[i].Age, moment)
	}
	return &out
}
