package hub

import (
	"strconv"

	"callboard/views"
)

// headlines are the six numbers of the board. The first three count the calls
// of the view; today's three are the company's, as the feed's counters are.
func (c *composer) headlines(s *census) []views.Headline {
	hs := []views.Headline{c.needsHeadline(s), c.ringingHeadline(s), c.talkingHeadline(s)}
	return append(hs, c.todayHeadlines()...)
}

// unknown is a number nobody knows.
func unknown(h views.Headline, target string) views.Headline {
	h.Value, h.Part, h.Alarm, h.Age, h.Muted, h.Target, h.Brief, h.Bar = "–", "", "", views.Age{}, true, target, "", -1
	return h
}

func doubtPart(n count) string {
	if n.doubt == 0 {
		return ""
	}
	return "+ " + strconv.Itoa(n.doubt) + "?"
}

// with is the board's address with one field of the query set.
func (c *composer) with(set func(*Query)) string {
	q := c.q
	set(&q)
	return q.URL()
}

func (c *composer) needsHeadline(s *census) views.Headline {
	w := c.words
	limit := views.FormatAge(c.p.setup.Rules.Ringing.Age(), false)
	h := views.Headline{
		ID: "needs", Label: w.NeedsPerson, Value: strconv.Itoa(s.groups[needsPerson].sure), Bar: -1,
		Target: w.NothingOverLimit, Brief: sprintf(w.LimitFmt, limit), Title: "Customers ringing longer than " + limit + ", without calls in doubt",
	}
	if !c.numbersKnown() {
		return unknown(h, w.NotKnown)
	}
	if n := s.groups[needsPerson].sure; n > 0 {
		h.Alarm, h.Target, h.Brief = w.OverLimit, sprintf(w.RingingOverFmt, limit), sprintf(w.OverFmt, limit)
		if n > 1 {
			h.Alarm = w.OverLimits
		}
		h.URL = c.with(func(q *Query) { q.State = "ringing" })
	}
	return h
}

func (c *composer) ringingHeadline(s *census) views.Headline {
	w := c.words
	limit := sprintf(w.LimitFmt, views.FormatAge(c.p.setup.Rules.Ringing.Age(), false))
	h := views.Headline{
		ID: "ringing", Label: w.Ringing, Value: strconv.Itoa(s.ringing.sure), Part: doubtPart(s.ringing), Bar: -1,
		Target: limit, URL: c.with(func(q *Query) { q.State = "ringing" }),
		Title: "Calls with a customer that ring; n? are in doubt",
	}
	if !c.numbersKnown() {
		return unknown(h, limit)
	}
	if !s.longest.IsZero() {
		h.Age = age(s.longest, s.atLeast, c.moment)
		h.Target = sprintf(w.LongestLimitFmt, "{age}", views.FormatAge(c.p.setup.Rules.Ringing.Age(), false))
		h.Brief = sprintf(w.LongestFmt, "{age}")
	}
	return h
}

func (c *composer) talkingHeadline(s *census) views.Headline {
	w := c.words
	h := views.Headline{
		ID: "talking", Label: w.Talking, Value: strconv.Itoa(s.groups[talking].sure), Part: doubtPart(s.groups[talking]), Bar: -1,
		Target: sprintf(w.AndInternalFmt, s.groups[internal].text()),
		Brief:  s.groups[internal].text() + " " + lowerFirst(w.Internal),
		URL:    c.with(func(q *Query) { q.State = "connected" }),
		Title:  "Calls with a customer that are connected; n? are in doubt; inferred ones count",
	}
	if !c.numbersKnown() {
		return unknown(h, w.NotKnown)
	}
	return h
}

// sinceWords says since when today's counters count.
func (c *composer) sinceWords() string {
	t := c.p.today
	if local := c.local(t.Since); !t.Since.IsZero() && (local.Hour() != 0 || local.Minute() != 0) {
		return "since " + c.hour(t.Since)
	}
	return "since midnight"
}

// todayHeadlines are today's counters. A gap that touches today makes them a
// least; a feed that has proven nothing makes them unknown.
func (c *composer) todayHeadlines() []views.Headline {
	w, t := c.words, c.p.today
	since, brief := c.sinceWords(), ""
	if c.q.filtered() {
		since, brief = "all lines, "+since, "all, "+since
	}
	offered := views.Headline{
		ID: "offered", Label: w.Offered, Short: "Offered", Value: c.today(t.Offered), Target: since, Brief: brief, Bar: -1,
		Title: "Customers' journeys that came in; a transferred call counts once",
	}
	rate := views.Headline{
		ID: "answered", Label: "Answered today", Short: "Answered", Bar: -1,
		Title: "Answered / (answered + unanswered) of the journeys that came in and are decided",
	}
	if n := t.Answered + t.Unanswered; n > 0 {
		rate.Value, rate.Part = strconv.Itoa(percent(t.Answered, t.Unanswered)), "%"
		rate.Target = "n " + c.today(n)
	} else {
		rate.Value, rate.Target, rate.Muted = w.NA, w.NoCallsYet, true
	}
	missed := views.Headline{
		ID: "unanswered", Label: "Unanswered today", Short: "Unanswered", Value: c.today(t.Unanswered), Bar: -1,
		Target: "missed " + c.today(t.Missed),
		Title:  "Journeys that came in and ended without a talk; missed counts one notice per call and person",
	}
	if !c.numbersKnown() {
		return []views.Headline{unknown(offered, w.NotKnown), unknown(rate, w.NotKnown), unknown(missed, w.NotKnown)}
	}
	return []views.Headline{offered, rate, missed}
}
