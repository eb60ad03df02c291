package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/views"
)

// The page "/lines": what goes on at each line, and how its day goes; the same
// of each team, and of all.

// A going is what goes on now at a line, in a team or at all.
type going struct {
	ringing, talking count
	longest          time.Time // start of the longest ringing, of those known
	atLeast          bool      // one of them rang before it was seen
	over             bool      // somebody rings past the limit
}

func (n *going) add(call *state.Call, over bool) {
	if call.Phase == state.Talking {
		n.talking.add(call)
		return
	}
	n.ringing.add(call)
	n.over = n.over || over
	since, atLeast := inState(call)
	if !since.IsZero() && (n.longest.IsZero() || since.Before(n.longest)) {
		n.longest = since
	}
	n.atLeast = n.atLeast || atLeast // the longest may be another one
}

// goings is what goes on now by line ("" for calls without one), by team
// (folded) and at all. Calls between colleagues are nobody's line.
func (c *composer) goings() (lines, teams map[string]*going, all going) {
	lines, teams = map[string]*going{}, map[string]*going{}
	of := func(m map[string]*going, key string) *going {
		if m[key] == nil {
			m[key] = new(going)
		}
		return m[key]
	}
	for _, m := range c.p.order {
		call := &m.call
		if call.Direction == state.Internal || !c.takes(m) {
			continue
		}
		g, turns := c.p.groupOf(call, c.moment)
		if !turns.IsZero() && c.pic.moment.IsZero() {
			c.dueAt(turns)
		}
		over := g == needsPerson && call.Phase == state.Ringing
		all.add(call, over)
		of(lines, call.Line).add(call, over)
		for _, team := range c.p.teamsOf(m) {
			of(teams, team).add(call, over)
		}
	}
	return lines, teams, all
}

// linesPage composes the page.
func (c *composer) linesPage() {
	w := c.words
	on := &w.OnLines
	lines, teams, all := c.goings()
	page := &views.Lines{Title: w.Lines, Bar: c.linesBar(), HoursHead: c.hoursHead()}
	chosen := c.q.scope()
	names := c.p.setup.Teams.Names()
	section := func(title string) { page.Rows = append(page.Rows, views.LineRow{Section: title}) }
	if len(names) > 0 {
		section(w.Lines)
	}
	for _, oid := range c.linesByName() {
		m := c.p.company.lines[oid]
		if chosen.team != "" && fold(m.team) != chosen.team {
			continue
		}
		row := c.lineRow(oid, cmp.Or(lines[oid], new(going)), scope{line: fold(oid)}, Query{Line: oid})
		row.Name = c.lineName(oid)
		if name, number := c.lineWords(oid); name != "" {
			row.Number = number
		}
		page.Rows = append(page.Rows, row)
	}
	found := len(page.Rows) > 1 || len(names) == 0 && len(page.Rows) > 0
	if found || all.ringing.all()+all.talking.all() > 0 {
		if found && chosen.team == "" {
			c.lineless(page, cmp.Or(lines[""], new(going)))
		}
		row := c.lineRow("all", &all, scope{team: chosen.team}, Query{Team: c.q.Team})
		row.Name, row.Total, row.Title = w.AllLines, true, on.AllLinesToo
		if chosen.team != "" {
			row.Name, row.Title = c.teamName(), ""
		}
		page.Rows = append(page.Rows, row)
	}
	if len(names) > 0 && chosen.team == "" {
		section(on.Teams)
		for _, name := range names {
			key := fold(name)
			row := c.lineRow("t"+name, cmp.Or(teams[key], new(going)), scope{team: key}, Query{Team: name})
			row.Name = views.CleanText(name)
			page.Rows = append(page.Rows, row)
		}
	}
	if !found && len(names) == 0 || c.p.feed.State == state.Blind {
		page.Empty = c.nothing(on.NoLine, on.NoLineText)
	}
	if len(names) == 0 && !found {
		page.Rows = nil
	}
	c.pic.lines = page
	c.part("p-bar", page.Bar.Filters, views.BarPart(page.Bar))
	c.part("p-summary", page.Bar.Summary, views.SummaryPart(page.Bar.Summary))
	c.part("p-lines", agelessLines(page), views.LinesPart(*page))
}

// lineless adds the row of calls without a line, if there are any: with it the
// rows add up to that of all. No query chooses them, so it leads nowhere.
func (c *composer) lineless(page *views.Lines, n *going) {
	s := scope{lineless: true}
	if !c.numbersKnown() || n.ringing.all()+n.talking.all() == 0 && c.numbers(s).Offered == 0 {
		return
	}
	row := c.lineRow("none", n, s, Query{})
	row.Name, row.Title, row.URL = c.words.OnLines.WithoutLine, c.words.OnLines.WithoutLineWhy, ""
	for _, f := range []*views.LineFigure{&row.Ringing, &row.Talking, &row.Offered, &row.Answered, &row.Unanswered, &row.Level, &row.Rate} {
		f.URL = ""
	}
	page.Rows = append(page.Rows, row)
}

// lineRow is a row of what goes on and of how the day goes. q is the choice of
// calls its links lead to.
func (c *composer) lineRow(id string, n *going, s scope, q Query) views.LineRow {
	w, r := c.words, c.p.rules()
	q.Lang, q.Theme = c.q.Lang, c.q.Theme
	link := func(page string, name kpi.Name, state string) string {
		q := q
		q.Page, q.Number, q.State = page, string(name), state
		q.canonical()
		return q.URL()
	}
	row := views.LineRow{ID: "l" + shortSum(id), URL: link(PageBoard, "", "")}
	day := c.numbers(s)
	count := func(value string, name kpi.Name) views.LineFigure {
		return views.LineFigure{Value: value, URL: link(PageNumbers, name, "")}
	}
	ratio := func(k kpi.Ratio, name kpi.Name) views.LineFigure {
		f := count(w.NA, name)
		if k.Known() {
			f.Value = strconv.Itoa(k.Percent()) + " %"
		}
		return f
	}
	row.Ringing = views.LineFigure{Value: n.ringing.text(), URL: link(PageBoard, "", "ringing"), Alarm: n.over}
	row.Talking = views.LineFigure{Value: n.talking.text(), URL: link(PageBoard, "", "connected")}
	row.Alarm, row.Longest = n.over, age(n.longest, n.atLeast, c.moment)
	row.Offered = count(c.counted(day.Offered), kpi.NOffered)
	row.Answered = count(c.counted(day.Answered), kpi.NAnswered)
	row.Unanswered = count(c.counted(day.Unanswered), kpi.NUnanswered)
	row.Level, row.Rate = ratio(day.Level.Ratio, kpi.NServiceLevel), ratio(day.AnswerRate(), kpi.NAnswerRate)
	row.Level.Bar, row.Level.Tick = -1, r.ServiceLevel.Goal
	if k := day.Level; k.Known() {
		row.Level.Bar = k.Percent()
		row.Level.Alarm = r.Level.Under > 0 && float64(k.Percent()) < r.Level.Under && k.Of >= r.Level.Least
	}
	if k := day.AnswerRate(); k.Known() {
		row.Rate.Alarm = r.Answer.Under > 0 && float64(k.Percent()) < r.Answer.Under && k.Of >= r.Answer.Least
	}
	row.Hours = c.hours(s)
	if !c.numbersKnown() {
		for _, f := range []*views.LineFigure{&row.Ringing, &row.Talking, &row.Offered, &row.Answered, &row.Unanswered, &row.Level, &row.Rate} {
			*f = views.LineFigure{Value: "–", URL: f.URL, Bar: -1}
		}
		row.Longest, row.Alarm, row.Hours = views.Age{Text: "–"}, false, views.Hours{}
	}
	return row
}

// counted prints a counter of the day's journeys: a least, where some were not
// seen.
func (c *composer) counted(n int) string {
	if !c.numbersComplete() {
		return sprintf(c.words.AtLeastFmt, strconv.Itoa(n))
	}
	return strconv.Itoa(n)
}

// linesBar is the row above: the choice of a team, and how the service level is
// counted.
func (c *composer) linesBar() views.Bar {
	if c.v.filters == nil || c.v.filtersOf != c.p.company.names {
		c.v.filters, c.v.filtersOf = []views.Filter{}, c.p.company.names
		c.addTeams(&c.v.filters)
	}
	w, sl := &c.words.OnLines, c.p.rules().ServiceLevel
	how := lowerFirst(c.words.OnNumbers.Variants[sl.Variant])
	return views.Bar{Filters: c.v.filters, Summary: sprintf(w.LevelFmt, how, thresholdText(sl.Within), sl.Goal)}
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

// agelessLines is the page as it is but for its running ages.
func agelessLines(p *views.Lines) views.Lines {
	out := *p
	out.Rows = slices.Clone(p.Rows)
	for i := range out.Rows {
		if out.Rows[i].Longest.Since != 0 {
			out.Rows[i].Longest.Text = ""
		}
	}
	return out
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
