package hub

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// ShiftFacts are what is known of a stretch of time, for its sheet, as the lens
// of whoever reads it shows it.
type ShiftFacts struct {
	Name     string // of the shift; empty where the settings name none
	Own      bool   // a stretch of the viewer's own instead
	From, To time.Time

	Journeys []state.Journey // that began in it
	Kept     bool            // false: nothing is known of it
	Since    time.Time       // known from then on only; zero where all of it is
	Short    bool            // there were more journeys than are listed
	Gaps     []GapFact       // that touch it, oldest first
	Alarms   []rules.Episode // that were raised in it, oldest first
	NoAlarms bool            // the record of alarms could not be read
	Users    map[string]string

	Ledger *state.Recovery  // customers to call back at its end, or now; nil: not kept
	Closed []state.Callback // closed in it, oldest first
	Then   time.Time        // of which moment Ledger is; zero: now
}

// waitsShown and alarmsShown bound the lists of a sheet.
const (
	waitsShown  = 5
	alarmsShown = 20
)

// Handover is the sheet of a shift, as of now.
func (h *Hub) Handover(q Query, f ShiftFacts) views.Handover {
	c, done := h.wording(q)
	defer done()
	o := &c.words.OnHandover
	sheet := views.Handover{
		Title: o.Title, Company: views.CleanText(c.p.setup.Rules.Company), Shift: c.shiftName(&f), When: c.stretchText(f.From, f.To),
		Notice: views.CleanSentence(noticeThrough(c.p.lens, c.p.noticeAt(c.now).Text)), Printed: sprintf(o.PrintedFmt, h.opt.Build, c.words.Date(c.local(c.now))+", "+c.clock(c.now)),
		GapNote: o.NoGap, AlarmNote: o.NoAlarm, WaitNote: o.NoWait, PeopleNote: o.NobodyOn, OpenNote: o.NobodyOpen, DoneNote: o.NobodyDone,
	}
	end := f.To
	if c.now.Before(end) {
		end = c.now
		sheet.SoFar = sprintf(o.SoFarFmt, c.clock(c.now))
	}
	touching := make([]state.Gap, 0, len(f.Gaps))
	var times []string
	for i := range f.Gaps {
		g := &f.Gaps[i]
		if g.Kind != GapFeed && g.Kind != GapProcess {
			continue
		}
		touching = append(touching, g.Gap)
		if g.To.IsZero() {
			times = append(times, c.hour(g.From)+"–")
		} else {
			times = append(times, c.hour(g.From)+"–"+c.local(g.To).Format("15:04"))
		}
	}
	atLeast := f.Short || !f.Since.IsZero() || kpi.Touched(touching, f.From, end)
	switch {
	case f.From.After(c.now):
		sheet.Lacks = append(sheet.Lacks, o.NotBegun)
		sheet.SoFar = ""
	case !f.Kept:
		sheet.Lacks = append(sheet.Lacks, o.NothingKept)
	case !f.Since.IsZero():
		sheet.Lacks = append(sheet.Lacks, sprintf(o.KeptFromFmt, c.words.Date(c.local(f.Since)), c.local(f.Since).Format("15:04")))
	}
	if len(times) > 0 {
		sheet.Lacks = append(sheet.Lacks, sprintf(o.AtLeastFmt, strings.Join(times, ", ")))
	}
	known := f.Kept && !f.From.After(c.now)
	n := kpi.Of(f.Journeys, c.p.setup.Rules.ServiceLevel, end, nil)
	sheet.Numbers = c.shiftNumbers(&n, atLeast, known)
	if known {
		sheet.Chart = c.shiftChart(&f, touching, end)
		sheet.Waits = c.shiftWaits(f.Journeys, end)
		sheet.People = c.shiftPeople(&f, atLeast)
	} else {
		sheet.WaitNote, sheet.PeopleNote = o.NothingKept, o.NothingKept
	}
	switch {
	case !f.Kept:
		sheet.GapNote = o.NothingKept
	case !f.Since.IsZero():
		sheet.GapNote = o.NoGapSince
	}
	c.shiftCustomers(&sheet, &f)
	c.shiftAlarms(&sheet, &f)
	sheet.Gaps = c.gapLines(f.Gaps)
	if c.p.counts() {
		only := c.words.OnLens.CountsText
		sheet.Waits, sheet.People, sheet.Open, sheet.Done = nil, nil, nil, nil
		sheet.WaitNote, sheet.PeopleNote, sheet.OpenNote, sheet.DoneNote = only, only, only, only
		for i := range sheet.Alarms {
			sheet.Alarms[i].URL = ""
		}
	}
	return sheet
}

func (c *composer) shiftName(f *ShiftFacts) string {
	o := &c.words.OnHandover
	switch {
	case f.Own:
		return o.Stretch
	case f.Name != "":
		return views.CleanText(f.Name)
	case c.p.setup.Rules.Opening.Always():
		return o.WholeDay
	}
	return o.OpeningHours
}

// ShiftName is how a shift is called that the settings name so; one without a
// name are the opening hours.
func (h *Hub) ShiftName(q Query, name string) string {
	c, done := h.wording(q)
	defer done()
	return c.shiftName(&ShiftFacts{Name: name})
}

// stretchText is a stretch of time with its date: "Sun 22 Nov 2026,
// 06:00–14:00", and the second date where it ends on another day.
func (c *composer) stretchText(from, to time.Time) string {
	a, b := c.local(from), c.local(to)
	weekday := c.words.Calendar.WeekdaysShort[a.Weekday()] + " " + c.words.Date(a)
	until := b.Format("15:04")
	last := b.Add(-time.Nanosecond)
	switch {
	case last.Format(time.DateOnly) == a.Format(time.DateOnly) && until == "00:00":
		until = "24:00"
	case last.Format(time.DateOnly) != a.Format(time.DateOnly):
		until = " " + c.words.Day(b) + ", " + until
	}
	return weekday + ", " + a.Format("15:04") + "–" + until
}

// shiftNumbers are the eight numbers of a sheet against their targets.
func (c *composer) shiftNumbers(n *kpi.Numbers, atLeast, known bool) []views.MissedNumber {
	w, o, on, r := c.words, &c.words.OnHandover, &c.words.OnNumbers, &c.p.setup.Rules
	count := func(v int) string {
		if atLeast {
			return sprintf(w.AtLeastFmt, w.Count(v))
		}
		return w.Count(v)
	}
	ratio := func(id, label string, k kpi.Ratio, goal int) views.MissedNumber {
		m := views.MissedNumber{ID: id, Label: label, Value: w.NA, Muted: true, Bar: -1, Target: sprintf(o.RateTargetFmt, strconv.Itoa(goal), count(k.Part), count(k.Of))}
		if goal == 0 {
			m.Target = sprintf(on.OfCountFmt, count(k.Part), count(k.Of))
		}
		if k.Known() {
			m.Value, m.Part, m.Muted, m.Bar, m.Tick = strconv.Itoa(k.Percent()), "%", false, k.Percent(), goal
			if k.Percent() < goal {
				m.Alarm = on.UnderTarget
			}
		}
		return m
	}
	plain := func(id, label, value, target string) views.MissedNumber {
		return views.MissedNumber{ID: id, Label: label, Value: value, Target: target, Bar: -1}
	}
	asa := plain("asa", o.ASA, w.NA, sprintf(o.MeasuredFmt, count(n.Waits)))
	asa.Muted = true
	if d, ok := n.ASA(); ok {
		asa.Value, asa.Muted = views.FormatAge(d, false), false
		if limit := r.ASA.Age(); limit > 0 {
			asa.Target = sprintf(o.ASATargetFmt, views.FormatAge(limit, false)) + ", " + asa.Target
			if d >= limit {
				asa.Alarm = on.OverTarget
			}
		}
	}
	longest := plain("longest", o.LongestWait, "–", sprintf(o.MeasuredFmt, count(n.Measured)))
	longest.Muted = true
	if n.LongestID != 0 {
		longest.Value, longest.Muted = views.FormatAge(n.LongestWait, atLeast), false
		if limit := r.Ringing.Age(); limit > 0 {
			longest.Target = sprintf(w.LimitFmt, views.FormatAge(limit, false)) + ", " + c.clock(n.LongestSince)
			if n.LongestWait >= limit {
				longest.Alarm = w.OverLimit
			}
		}
	}
	peak := ""
	if n.Peak > 0 {
		most := strconv.Itoa(n.Peak)
		if atLeast || n.AtLeast {
			most = sprintf(w.AtLeastFmt, most)
		}
		peak = sprintf(o.PeakFmt, most, c.hour(n.PeakAt))
	}
	undecided := ""
	if n.Undecided > 0 {
		undecided = sprintf(o.UndecidedFmt, w.Count(n.Undecided))
	}
	numbers := []views.MissedNumber{
		plain("offered", o.Offered, count(n.Offered), peak),
		plain("answered", o.Answered, count(n.Answered), undecided),
		plain("unanswered", o.Unanswered, count(n.Unanswered), ""),
		ratio("level", o.Level, n.Level.Ratio, r.ServiceLevel.Goal),
		ratio("rate", o.Rate, n.AnswerRate(), int(r.Answer.Under)),
		asa, longest,
		plain("out", o.Out, count(n.Outbound), sprintf(o.InOutFmt, count(n.Internal))),
	}
	if !known {
		for i := range numbers {
			m := &numbers[i]
			m.Value, m.Part, m.Alarm, m.Target, m.Bar, m.Muted = "–", "", "", w.NotKnown, -1, true
		}
	}
	return numbers
}

// Sizes of the chart of a sheet, in its own units.
const (
	shiftWidth  = 960
	shiftHeight = 72
)

// shiftChart counts the customers who came in by the hour of the clock. A night
// on which the clock is put back has an hour twice, as it was.
func (c *composer) shiftChart(f *ShiftFacts, gaps []state.Gap, end time.Time) views.Hours {
	w := &c.words.OnLines
	first := c.local(f.From)
	begin := f.From.Add(-time.Duration(first.Minute())*time.Minute - time.Duration(first.Second())*time.Second - time.Duration(first.Nanosecond()))
	hours := int((end.Sub(begin) + time.Hour - 1) / time.Hour)
	const most = 48
	if hours <= 0 || hours > most {
		return views.Hours{}
	}
	counts := make([]int, hours)
	top := 0
	for i := range f.Journeys {
		j := &f.Journeys[i]
		if !j.Counted || j.Kind == state.Outbound || j.Kind == state.Internal {
			continue
		}
		if at := int(j.Start.Sub(begin) / time.Hour); at >= 0 && at < hours {
			counts[at]++
			top = max(top, counts[at])
		}
	}
	h := views.Hours{Width: shiftWidth, Height: shiftHeight}
	step := min(shiftWidth/hours, 96)
	var said []string
	for i, n := range counts {
		from, to := begin.Add(time.Duration(i)*time.Hour), begin.Add(time.Duration(i+1)*time.Hour)
		value := strconv.Itoa(n)
		gap := kpi.Touched(gaps, from, to) || f.Since.After(from)
		switch {
		case n == 0 && !f.Since.Before(to): // nobody watched
			value = "–"
		case gap:
			value = sprintf(c.words.AtLeastFmt, value)
		}
		hour, next := twoDigits(c.local(from).Hour()), twoDigits(c.local(to).Hour())
		bar := views.HourBar{X: i * step, Width: step - 4, Running: to.After(end), Gap: gap, Value: value, Hour: hour, Title: sprintf(w.HourFmt, hour, next, value)}
		if n > 0 {
			bar.Height = max(n*(shiftHeight-1)/top, 1)
		}
		bar.Y = shiftHeight - 1 - bar.Height
		if bar.Running {
			bar.Title += ", " + w.SoFar
		}
		said = append(said, bar.Title)
		h.Bars = append(h.Bars, bar)
	}
	h.Text = strings.Join(said, "; ")
	return h
}

func (c *composer) shiftWaits(journeys []state.Journey, end time.Time) []views.HandoverWait {
	var rows []views.HandoverWait
	for _, j := range kpi.LongestWaits(journeys, end, waitsShown) {
		wait, _ := j.Wait(end)
		row := views.HandoverWait{
			Waited: views.FormatAge(wait, false), At: c.clock(j.Start), Who: c.party(j.Customer),
			Line: cmp.Or(views.CleanText(j.LineName), views.CleanText(j.Line), "–"), Outcome: c.outcomeOf(&j),
		}
		if row.Who == (views.Party{}) {
			row.Who.Name = c.words.OnNumbers.Anonymous
		}
		if !j.Answered.IsZero() {
			row.Outcome = spaced(row.Outcome, c.whoOf(&j))
		}
		rows = append(rows, row)
	}
	return rows
}

func (c *composer) shiftPeople(f *ShiftFacts, atLeast bool) []views.HandoverPerson {
	count := func(n int) string {
		switch {
		case n == 0 && !atLeast:
			return "0"
		case atLeast:
			return sprintf(c.words.AtLeastFmt, strconv.Itoa(n))
		}
		return strconv.Itoa(n)
	}
	var rows []views.HandoverPerson
	for _, p := range kpi.ByPerson(f.Journeys) {
		m, known := c.p.company.users[p.User]
		if s := c.p.sight; !known && f.Users[p.User] == "" && s != nil && s.OwnTeams {
			continue // of another team
		}
		m.name = cmp.Or(m.name, c.p.company.others[p.User])
		rows = append(rows, views.HandoverPerson{
			Name: views.CleanText(cmp.Or(m.name, f.Users[p.User], p.User)), Number: views.CleanText(m.number), Team: views.CleanText(m.team),
			Answered: count(p.Answered), LetRing: count(p.LetRing), Out: count(p.Out), Inside: count(p.Inside),
			First: c.hour(p.First), Last: c.hour(p.Last),
		})
	}
	return rows
}

// shiftCustomers are those still to call back at the end, and those who were
// spoken to meanwhile.
func (c *composer) shiftCustomers(sheet *views.Handover, f *ShiftFacts) {
	o, m := &c.words.OnHandover, &c.words.OnMissed
	for i := range f.Closed {
		e := &f.Closed[i]
		sheet.Done = append(sheet.Done, views.HandoverDone{
			Who: c.party(e.Customer), At: c.hour(e.Closed.At), How: c.outcome(e), Took: views.FormatAge(e.Closed.At.Sub(e.First), false),
		})
	}
	if f.Ledger == nil {
		sheet.OpenNote, sheet.DoneNote = o.ListNotKept, o.ListNotKept
		return
	}
	moment := cmp.Or(f.Then, c.now)
	if !f.Then.IsZero() {
		sheet.OpenAsOf = sprintf(o.ListAtFmt, c.clock(f.Then))
	} else if c.now.After(f.To) {
		sheet.OpenAsOf = o.OpenNowNote
	}
	for i := range f.Ledger.Open {
		e := &f.Ledger.Open[i]
		row := c.openRow(e)
		out := views.HandoverCustomer{
			Who: row.Who, Since: sprintf(c.words.SinceFmt, c.hour(e.First)), Age: views.FormatAge(max(moment.Sub(e.First), 0), false), Line: row.Line, Tries: row.Tries,
			Rung: row.RungAll, Marks: strings.Join(row.Marks, ", "), Note: row.Note,
		}
		if row.Note != "" {
			out.Note = sprintf(m.NoteByFmt, row.NoteBy) + ": " + row.Note
		}
		sheet.Open = append(sheet.Open, out)
	}
	if len(sheet.Open) == 0 && !c.numbersKnown() {
		sheet.OpenNote = c.words.NotKnown
	}
}

func (c *composer) shiftAlarms(sheet *views.Handover, f *ShiftFacts) {
	o := &c.words.OnHandover
	if f.NoAlarms {
		sheet.AlarmNote = o.NothingKept
		return
	}
	list := f.Alarms
	if more := len(list) - alarmsShown; more > 0 {
		sheet.AlarmMore = sprintf(c.words.OnPeople.MoreFmt, more)
		list = list[more:]
	}
	for i := range list {
		a := &list[i]
		row := views.HandoverAlarm{At: c.clock(a.From), Length: "–", What: c.words.OnAlarms.Names[string(a.Kind)]}
		if !a.To.IsZero() {
			row.Length = views.FormatAge(a.To.Sub(a.From), false)
		} else {
			row.Length = views.FormatAge(max(c.now.Sub(a.From), 0).Truncate(time.Second), true)
		}
		if a.Call != 0 {
			row.About, row.URL = c.words.Call, Query{Page: PageCall, Call: a.Call, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
		}
		sheet.Alarms = append(sheet.Alarms, row)
	}
}
