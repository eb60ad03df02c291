package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// The panel beside the board: who can take a call, who is to be called back,
// how the lines are, how the day goes. Its sections are parts of their own: a
// call that begins changes one or two of them.

const (
	freeShown   = 5
	missedShown = 3
)

// side makes the panel, of the view's line and team.
func (c *composer) side() views.Side {
	side := views.Side{Free: c.freeNow(), Missed: c.missedNow(), Lines: c.linesNow(), Hours: c.hoursNow()}
	if c.p.counts() {
		side.Hides = c.words.OnLens.CountsTitle
		return side
	}
	for i := range c.p.ended {
		side.Ended = append(side.Ended, c.endedRow(&c.p.ended[i]))
	}
	return side
}

// endedKey is what the section of calls that ended is made of.
type endedKey struct {
	rows  []views.EndedRow
	hides string
}

// sideParts are the panel's sections, without the running of their ages.
func (c *composer) sideParts(s *views.Side) {
	free, missed := s.Free, s.Missed
	free.Rows, missed.Rows = slices.Clone(free.Rows), slices.Clone(missed.Rows)
	for _, rows := range [][]views.SideRow{free.Rows, missed.Rows} {
		for i := range rows {
			if rows[i].Age.Since != 0 {
				rows[i].Age.Text = ""
			}
		}
	}
	c.part("p-free", free, views.FreePart(s.Free))
	c.part("p-callback", missed, views.CallbackPart(s.Missed))
	c.part("p-linesnow", s.Lines, views.LinesNowPart(s.Lines))
	c.part("p-hours", s.Hours, views.HoursPart(s.Hours))
	c.part("p-ended", endedKey{s.Ended, s.Hides}, views.EndedPart(s.Ended, s.Hides))
}

// freshSide is a panel with its ages at a moment.
func freshSide(s *views.Side, moment time.Time) views.Side {
	out := *s
	for _, l := range []*views.SideList{&out.Free, &out.Missed} {
		l.Rows = slices.Clone(l.Rows)
		for i := range l.Rows {
			l.Rows[i].Age.Text = ageText(l.Rows[i].Age, moment)
		}
	}
	return out
}

// freeNow are the people of the view without a call, those first who are so
// for the longest.
func (c *composer) freeNow() views.SideList {
	w, f := c.words, &c.v.filter
	all := Query{Page: PagePeople, State: "free", Team: c.q.Team, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
	list := views.SideList{Title: w.OnNumbers.Free, URL: all, None: w.OnPeople.NobodyFree}
	if !c.numbersKnown() {
		list.Count, list.None = "–", w.NotKnown
		return list
	}
	r := c.roster()
	var free []*present
	for i := range r.people {
		if b := &r.people[i]; b.call == nil && (f.team == "" || fold(b.team) == f.team) {
			free = append(free, b)
		}
	}
	// Who is free for longer is before; what is a least may be longer still.
	slices.SortStableFunc(free, func(a, b *present) int { return a.Idle.Compare(b.Idle) })
	list.Count = strconv.Itoa(len(free))
	if c.p.counts() {
		list.None = c.words.OnLens.CountsTitle
		return list
	}
	if len(free) > 1 {
		list.Note = w.OnPeople.LongestFirst
	}
	for _, b := range free[:min(len(free), freeShown)] {
		t := c.tileModel(b, true)
		list.Rows = append(list.Rows, views.SideRow{URL: t.URL, Glyph: "free", Tone: views.ToneIdle, Name: t.Name, With: views.CleanText(b.team), Age: t.Age})
	}
	if more := len(free) - freeShown; more > 0 {
		list.More = sprintf(w.OnPeople.MoreFmt, more)
	}
	return list
}

// missedNow are the customers of the view who wait to be called back, those
// first who wait the longest.
func (c *composer) missedNow() views.SideList {
	w, f := c.words, &c.v.filter
	if p := c.p; p.openRev != p.waiting.Rev || p.open == nil {
		p.open = p.recovery().Open
		if p.openRev = p.waiting.Rev; p.open == nil {
			p.open = []state.Callback{}
		}
	}
	list := views.SideList{
		Title: w.MissedNotReturned, URL: Query{Page: PageMissed, Team: c.q.Team, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		None: w.OnNumbers.NobodyMissed,
	}
	if !c.numbersKnown() {
		list.Count, list.None = "–", w.NotKnown
		return list
	}
	n, limit := 0, c.p.rules().Missed.Age()
	for i := range c.p.open {
		e := &c.p.open[i]
		try := e.Last()
		if f.line != "" && fold(try.Line) != f.line && fold(try.LineName) != f.line ||
			f.team != "" && fold(c.p.teamOfLine(try.Line, try.LineName)) != f.team {
			continue
		}
		if n++; n > missedShown || c.p.counts() {
			continue
		}
		row := views.SideRow{
			URL: list.URL, Glyph: "missed", Tone: views.ToneIdle, Name: c.called(e.Customer), Number: c.party(e.Customer).Name == "",
			Age: age(e.First, false, c.moment),
		}
		if e.Attempts > 1 {
			row.With = strconv.Itoa(e.Attempts) + "×"
		}
		if over := e.First.Add(limit); limit > 0 && !c.moment.Before(over) {
			row.Tone, row.Alarm = views.ToneAlarm, true
		} else if limit > 0 && c.pic.moment.IsZero() {
			c.dueAt(over)
		}
		list.Rows = append(list.Rows, row)
	}
	list.Count = c.today(n)
	if c.p.counts() {
		list.None = c.words.OnLens.CountsTitle
		return list
	}
	if more := n - missedShown; more > 0 {
		list.More = sprintf(w.OnPeople.MoreFmt, more)
	}
	return list
}

// linesNowShown bounds the lines of the panel; the page of lines has them all.
const linesNowShown = 12

// linesNow are the lines of the view: what goes on, and the service level.
func (c *composer) linesNow() views.LinesNow {
	w, f := c.words, &c.v.filter
	rules := c.p.rules()
	now := views.LinesNow{URL: Query{Page: PageLines, Team: c.q.Team, Lang: c.q.Lang, Theme: c.q.Theme}.URL()}
	lines, _, _ := c.goings()
	known := c.numbersKnown()
	for _, oid := range c.linesByName() {
		m := c.p.company.lines[oid]
		if f.team != "" && fold(m.team) != f.team || f.line != "" && fold(oid) != f.line && fold(m.name) != f.line {
			continue
		}
		if len(now.Rows) == linesNowShown {
			now.More = w.OnLines.AllOfThem
			break
		}
		row := views.LineNow{
			URL:  Query{Page: PageBoard, Line: oid, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
			Name: c.lineName(oid), Ringing: "–", Talking: "–", Level: "–",
		}
		if known {
			n := cmp.Or(lines[oid], new(going))
			row.Ringing, row.Talking, row.Over = n.ringing.text(), n.talking.text(), n.over
			row.Level = w.NA
			if level := c.numbers(scope{line: fold(oid)}).Level; level.Known() {
				row.Level = strconv.Itoa(level.Percent()) + " %"
				row.Alarm = rules.Level.Under > 0 && float64(level.Percent()) < rules.Level.Under && level.Of >= rules.Level.Least
			}
		}
		now.Rows = append(now.Rows, row)
	}
	return now
}

// hoursNow is the chart of the day, with values above the bars and hours below.
func (c *composer) hoursNow() views.Hours {
	if !c.numbersKnown() {
		return views.Hours{}
	}
	c.numbers(c.q.scope()) // reads the day
	s := scope{line: c.q.scope().line, team: c.q.scope().team}
	if s.line != "" && s.team != "" {
		s.team = ""
	}
	return c.chart(s, 264, 68)
}
