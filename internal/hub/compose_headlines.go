package hub

import (
	"strconv"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// headlines are the six numbers of the board, those of the view. What is wrong
// comes first, then who rings, who talks and who can take it, then how the day
// goes.
func (c *composer) headlines(s *census) []views.Headline {
	return []views.Headline{
		c.needsHeadline(s), c.ringingHeadline(s), c.talkingHeadline(s),
		c.freeHeadline(), c.levelHeadline(), c.missedHeadline(),
	}
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
		Target: w.NothingOverLimit, Brief: sprintf(w.LimitFmt, limit), Title: sprintf(w.OnNumbers.AboutNeedsFmt, limit),
		URL: c.number(nowNeeds),
	}
	if !c.nowKnown() {
		return unknown(h, w.NotKnown)
	}
	if n := s.groups[needsPerson].sure; n > 0 {
		h.Alarm, h.Target = w.OverLimit, c.overNote(s)
		if n > 1 {
			h.Alarm = w.OverLimits
		}
	}
	return h
}

func (c *composer) ringingHeadline(s *census) views.Headline {
	w := c.words
	limit := sprintf(w.LimitFmt, views.FormatAge(c.p.setup.Rules.Ringing.Age(), false))
	h := views.Headline{
		ID: "ringing", Label: w.Ringing, Value: strconv.Itoa(s.ringing.sure), Part: doubtPart(s.ringing), Bar: -1,
		Target: limit, URL: c.number(nowRinging),
		Title: w.OnNumbers.AboutRinging,
	}
	if !c.nowKnown() {
		return unknown(h, limit)
	}
	if !s.longest.IsZero() {
		h.Age = age(s.longest, s.atLeast, c.moment)
		h.Target = sprintf(w.LongestLimitFmt, "{age}", views.FormatAge(c.p.setup.Rules.Ringing.Age(), false))
		h.Brief = sprintf(w.LongestFmt, "{age}")
	}
	if d := c.ward(); c.raised(rules.ManyWaiting) && float64(d.waiting) > c.p.setup.Rules.Waiting.Over { // who rings too long is counted beside it
		h.Alarm = w.OverLimit
	}
	return h
}

func (c *composer) talkingHeadline(s *census) views.Headline {
	w := c.words
	h := views.Headline{
		ID: "talking", Label: w.Talking, Value: strconv.Itoa(s.talking.sure), Part: doubtPart(s.talking), Bar: -1,
		Target: sprintf(w.AndInternalFmt, s.groups[internal].text()),
		Brief:  s.groups[internal].text() + " " + lowerFirst(w.Internal),
		URL:    c.number(nowTalking),
		Title:  w.OnNumbers.AboutTalking,
	}
	if !c.nowKnown() {
		return unknown(h, w.NotKnown)
	}
	return h
}

// number is the address of the page on which a number is explained, of the same
// lines and people.
func (c *composer) number(name kpi.Name) string {
	q := Query{Page: PageNumbers, Line: c.q.Line, User: c.q.User, Team: c.q.Team, Number: string(name), Lang: c.q.Lang, Theme: c.q.Theme}
	q.canonical()
	return q.URL()
}

// freeHeadline counts people of whom no call is seen.
func (c *composer) freeHeadline() views.Headline {
	w := c.words
	free, of := c.freePeople()
	h := views.Headline{
		ID: "free", Label: w.OnNumbers.Free, Value: strconv.Itoa(free), Part: sprintf(w.OnNumbers.OfFmt, of), Bar: -1,
		Target: w.OnNumbers.FreePeople.Of(free), Brief: w.OnNumbers.FreeBrief,
		URL: c.number(nowFree),
	}
	if f := &c.v.filter; f.line != "" && f.team == "" && f.user == "" {
		h.Target, h.Brief = w.OnNumbers.FreeOfAll, w.OnNumbers.FreeOfAllBrief
	}
	if !c.nowKnown() || of == 0 {
		return unknown(h, w.NotKnown)
	}
	return h
}

// chosenPeople are the people of the view's team, or the one it is about. A line
// has no people of its own: all count.
func (c *composer) chosenPeople() []present {
	f := &c.v.filter
	r := c.roster()
	if f.team == "" && f.user == "" {
		return r.people
	}
	var chosen []present
	for i := range r.people {
		b := &r.people[i]
		if f.team != "" && fold(b.team) != f.team || f.user != "" && !f.isUser(state.Party{User: b.User, Name: b.Name, Number: b.Number}) {
			continue
		}
		chosen = append(chosen, *b)
	}
	return chosen
}

// freePeople counts those people, and those of them without a call.
func (c *composer) freePeople() (free, of int) {
	people := c.chosenPeople()
	for i := range people {
		if people[i].what == doesNothing {
			free++
		}
	}
	return free, len(people)
}

// levelHeadline is today's service level of the view's line, team or person.
func (c *composer) levelHeadline() views.Headline {
	w := c.words
	on := &w.OnNumbers
	sl := c.p.setup.Rules.ServiceLevel
	n := c.numbers(c.q.scope())
	h := views.Headline{
		ID: "level", Label: on.ServiceLevelToday, Short: on.ServiceLevelShort, URL: c.number(kpi.NServiceLevel), Bar: -1,
		Target: sprintf(on.TargetFmt, sl.Goal, thresholdText(sl.Within), c.counted(n.Level.Of)),
		Brief:  sprintf(on.TargetBriefFmt, sl.Goal), Title: sprintf(on.Formulas[string(kpi.NServiceLevel)], thresholdText(sl.Within)),
	}
	switch {
	case !c.numbersKnown():
		return unknown(h, sprintf(on.TargetBriefFmt, sl.Goal))
	case !n.Level.Known():
		h.Value, h.Muted = w.NA, true
	default:
		p := n.Level.Percent()
		h.Value, h.Part, h.Bar, h.Tick = strconv.Itoa(p), "%", p, sl.Goal
		if c.raised(rules.LevelUnder) {
			h.Alarm = on.UnderTarget
		}
	}
	return h
}

// missedHeadline counts the customers nobody has spoken to since they gave up.
func (c *composer) missedHeadline() views.Headline {
	w := c.words
	on := &w.OnNumbers
	h := views.Headline{
		ID: "missed", Label: w.MissedNotReturned, Short: on.MissedShort, Bar: -1,
		URL: c.number(nowNotReturned),
	}
	limit := c.p.rules().Missed.Age()
	count, oldest := c.unreturned()
	h.Value = c.today(count)
	h.Target = c.nobodyWaits(on.NobodyMissed)
	h.Brief = h.Target
	if !c.numbersKnown() {
		return unknown(h, w.NotKnown)
	}
	if count == 0 {
		return h
	}
	h.Age = age(oldest, false, c.moment)
	h.Target, h.Brief = sprintf(on.OldestFmt, "{age}", views.FormatAge(limit, false)), sprintf(on.OldestBriefFmt, "{age}")
	if c.raised(rules.NotReturned) {
		h.Alarm = on.OverTarget
	}
	return h
}

// nobodyWaits is what stands under a zero of customers to call back: after a
// gap there may be some all the same.
func (c *composer) nobodyWaits(sure string) string {
	if c.p.today.Complete {
		return sure
	}
	return c.words.OnNumbers.NoneKnown
}

// unreturned counts the customers of the view to call back; oldest is since
// when the first of them waits.
func (c *composer) unreturned() (n int, oldest time.Time) {
	f := &c.v.filter
	if f.line == "" && f.team == "" {
		return c.p.waitingOf()
	}
	for _, u := range c.p.recovery().Open {
		try := u.Last()
		if f.line != "" && fold(try.Line) != f.line && fold(try.LineName) != f.line ||
			f.team != "" && fold(c.p.teamOfLine(try.Line, try.LineName)) != f.team {
			continue
		}
		n++
		if oldest.IsZero() || u.First.Before(oldest) {
			oldest = u.First
		}
	}
	return n, oldest
}

// thresholdText prints a threshold: "20 s", "1:30".
func thresholdText(d time.Duration) string {
	if d < time.Minute && d%time.Second == 0 {
		return strconv.Itoa(int(d.Seconds())) + " s"
	}
	return views.FormatAge(d, false)
}
