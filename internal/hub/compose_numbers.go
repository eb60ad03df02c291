package hub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// callsShown bounds the calls listed behind a number.
const callsShown = 200

// numbersPage composes the page "/numbers".
func (c *composer) numbersPage() {
	on := &c.words.OnNumbers
	s := c.q.scope()
	n := c.numbers(s)
	chosen := kpi.Name(cmp.Or(c.q.Number, string(kpi.Names[0])))
	page := &views.Numbers{Title: on.Title, Note: c.numbersNote()}
	if c.v.filters == nil || c.v.filtersOf != c.p.company.names {
		c.v.filters, c.v.filtersOf = nil, c.p.company.names
		c.addPlaces(&c.v.filters)
	}
	page.Bar = views.Bar{Filters: c.v.filters}
	now := c.nowRows(page, chosen)
	missed, counted := c.missedNotices(s)
	for _, name := range kpi.Names {
		f := n.Figure(name)
		if name == kpi.NMissed {
			f = missedFigure(missed, counted)
		}
		row := c.numberRow(f, c.atLeast(f, n))
		row.Current = name == chosen
		page.Rows = append(page.Rows, row)
		if row.Current {
			page.Open = c.explain(n, f, row)
		}
	}
	if !now {
		page.Calls = c.callsBehind(n, chosen, s, &page.Open)
	}
	c.pic.numbers = page
	// Texts that move with every second are the page's own business.
	c.part("p-bar", page.Bar, views.BarPart(page.Bar))
	list := *page
	list.Open, list.Calls, list.Bar = views.NumberOpen{}, views.NumberCalls{}, views.Bar{}
	c.part("p-numbers", list, views.NumbersPart(list))
	c.part("p-number", page.Open, views.NumberPart(page.Open))
	c.part("p-number-calls", page.Calls, views.NumberCallsPart(page.Calls))
}

// numbersNote says what the numbers are of.
func (c *composer) numbersNote() string {
	on := &c.words.OnNumbers
	t := c.p.today
	note := on.Note
	if local := c.local(t.Since); !t.Since.IsZero() && (local.Hour() != 0 || local.Minute() != 0) {
		note = sprintf(on.NoteSinceFmt, c.hour(t.Since))
	}
	switch {
	case !c.numbersKnown():
		return c.words.NotKnown
	case c.p.day.overflow:
		note += ", " + on.NoteOverflow
	case !t.Complete:
		note += ", " + on.NoteGap
	}
	return note
}

// missedNotices counts the notices of the scope's people; the PBX tells no line
// with them.
func (c *composer) missedNotices(s scope) (n int, counted bool) {
	if s == (scope{}) {
		return c.p.scopedToday(c.now).Missed, true
	}
	if s.line != "" {
		return 0, false
	}
	for _, p := range c.p.people() {
		if s.user != "" && !c.v.filter.isUser(state.Party{User: p.User, Name: p.Name, Number: p.Number}) ||
			s.team != "" && fold(c.p.teamOfUser(p.User, p.Name, p.Number)) != s.team {
			continue
		}
		n += p.Missed
	}
	return n, true
}

// numberRow puts a figure into words.
func (c *composer) numberRow(f kpi.Figure, atLeast bool) views.NumberRow {
	w := c.words
	on := &w.OnNumbers
	row := views.NumberRow{
		ID: string(f.Name), Label: on.Names[string(f.Name)],
		URL: c.with(func(q *Query) { q.Number, q.Part = string(f.Name), ""; q.canonical() }),
	}
	row.Target, row.Alarm = c.target(f)
	sample := w.Count(f.Sample)
	if !c.numbersComplete() {
		sample = sprintf(w.AtLeastFmt, sample)
	}
	if f.Unit != kpi.Calls {
		row.Sample = sprintf(on.SampleFmt, sample)
	}
	switch {
	case !c.numbersKnown():
		row.Value, row.Sample, row.Alarm, row.Muted = "–", "", "", true
	case !f.Known && (f.Unit == kpi.Calls || f.Name == kpi.NRinging || f.Name == kpi.NLongest):
		row.Value, row.Muted = "–", true
	case !f.Known:
		row.Value, row.Muted = w.NA, true
	case !f.Since.IsZero():
		row.Age = age(f.Since, atLeast, c.moment)
	case f.Unit == kpi.Percent:
		row.Value, row.Part = strconv.Itoa(wholePercent(f)), "%"
	case f.Unit == kpi.Seconds:
		row.Value = views.FormatAge(time.Duration(f.Value*float64(time.Second)), atLeast)
	case f.Unit == kpi.Telephones:
		row.Value = w.Decimal(f.Value, 1)
	default:
		row.Value = w.Count(int(f.Value))
		if atLeast {
			row.Value = sprintf(w.AtLeastFmt, row.Value)
		}
	}
	if !f.At.IsZero() && !row.Muted {
		row.Target = sprintf(on.AtFmt, c.hour(f.At))
	}
	return row
}

// wholePercent is a share as kpi.Ratio rounds it.
func wholePercent(f kpi.Figure) int {
	return kpi.Ratio{Part: int(f.Value*float64(f.Sample)/100 + 0.5), Of: f.Sample}.Percent()
}

// target is what a number should be, in words, and how it fails.
func (c *composer) target(f kpi.Figure) (target, alarm string) {
	on := &c.words.OnNumbers
	r := c.p.rules()
	when := func(k rules.Kind, alarm string) string {
		if c.p.day.past && c.beyond(f, r) || !c.p.day.past && f.Known && c.raised(k) {
			return alarm
		}
		return ""
	}
	switch f.Name {
	case kpi.NServiceLevel:
		return sprintf(on.TargetBriefFmt, r.ServiceLevel.Goal), when(rules.LevelUnder, on.UnderTarget)
	case kpi.NAnswerRate:
		if r.Answer.Under > 0 {
			return sprintf(on.TargetBriefFmt, int(r.Answer.Under)), when(rules.AnswerUnder, on.UnderTarget)
		}
	case kpi.NASA:
		if r.ASA.Over > 0 {
			return sprintf(on.TargetOnlyFmt, views.FormatAge(r.ASA.Age(), false)), when(rules.ASAOver, on.OverTarget)
		}
	case kpi.NRinging:
		if limit := r.Ringing.Age(); limit > 0 && !f.Since.IsZero() {
			turns := f.Since.Add(limit)
			if c.moment.Before(turns) {
				if c.pic.moment.IsZero() {
					c.dueAt(turns)
				}
			} else {
				alarm = c.words.OverLimit
			}
		}
		if r.Ringing.Over > 0 {
			target = sprintf(c.words.LimitFmt, views.FormatAge(r.Ringing.Age(), false))
		}
		return target, alarm
	}
	return "", ""
}

// explain says how a number came about.
func (c *composer) explain(n *kpi.Numbers, f kpi.Figure, row views.NumberRow) views.NumberOpen {
	on := &c.words.OnNumbers
	sl := c.p.rules().ServiceLevel
	o := views.NumberOpen{NumberRow: row, Bar: -1, Formula: on.Formulas[string(f.Name)], How: on.HowCounted}
	value := row.Value
	if row.Part != "" {
		value += " " + row.Part
	}
	if value != "" && !row.Muted {
		o.How = sprintf(on.HowFmt, value)
	}
	switch f.Name {
	case kpi.NServiceLevel:
		o.Formula = sprintf(o.Formula, thresholdText(sl.Within))
		short := on.ShortNone
		if sl.Short > 0 {
			short = thresholdText(sl.Short)
		}
		o.Settings = []views.Fact{
			{Label: on.Goal, Value: sprintf("%d %%", sl.Goal)}, {Label: on.Threshold, Value: thresholdText(sl.Within)},
			{Label: on.ShortLabel, Value: short},
		}
		if f.Known && !row.Muted {
			o.Bar, o.Tick = wholePercent(f), sl.Goal
			o.OthersNote = on.SameCalls
			for v := kpi.InTimeOrGaveUpOfAll; v <= kpi.InTimeOrShortOfAll; v++ {
				r := n.Level.Others[v]
				share := c.words.NA
				if r.Known() {
					share = sprintf("%d %%", r.Percent())
				}
				other := views.SumRow{ID: "v" + strconv.Itoa(int(v)), Label: on.Variants[v], Value: share, Current: v == sl.Variant}
				if other.Current {
					other.Label += ", " + on.Chosen
				}
				o.Others = append(o.Others, other)
			}
		}
	case kpi.NMissed:
		o.Note = on.NotOfCalls
		if !f.Known {
			o.Note = on.NotOfLines
		}
	}
	return o
}

// callsBehind lists the calls of a number or of a part of it, and fills in the
// parts of the number.
func (c *composer) callsBehind(n *kpi.Numbers, name kpi.Name, s scope, o *views.NumberOpen) views.NumberCalls {
	on := &c.words.OnNumbers
	list := views.NumberCalls{Title: on.CallsBehind, Empty: on.NoCallsBehind}
	if name == kpi.NMissed {
		list.Empty = o.Note
		return list
	}
	if !c.numbersKnown() {
		list.Empty = c.words.NotKnown
		return list
	}
	sl := c.p.rules().ServiceLevel
	within, short := thresholdText(sl.Within), thresholdText(sl.Short)
	served, all := 0, 0
	var index []int
	for _, share := range kpi.Explain(name, n, c.p.day.journeys, sl, c.moment, c.p.chosen(s)) {
		count := len(share.Index)
		row := views.SumRow{
			ID: string(share.Part), Label: on.Part(string(share.Part), within, short), Value: c.words.Count(count),
			Current: c.q.Part == string(share.Part),
			URL:     c.with(func(q *Query) { q.Part = string(share.Part) }),
		}
		if row.Current {
			list.Title, list.All = row.Label, c.with(func(q *Query) { q.Part = "" })
			index = share.Index
		}
		if share.Role == kpi.LeftOut {
			o.LeftOut = append(o.LeftOut, row)
			continue
		}
		o.Sum = append(o.Sum, row)
		all += count
		if share.Role == kpi.Served {
			served += count
		}
		if c.q.Part == "" {
			index = append(index, share.Index...)
		}
	}
	if c.q.Part != "" && list.All == "" { // a part that is empty by now
		list.Title, list.All = on.Part(c.q.Part, within, short), c.with(func(q *Query) { q.Part = "" })
	}
	if o.Part == "%" {
		o.Total = views.SumRow{Label: sprintf(on.OfCountFmt, c.words.Count(served), c.words.Count(all)), Value: o.Value + " " + o.Part}
	}
	slices.Sort(index)
	slices.Reverse(index)
	list.Note = on.Calls.Of(len(index))
	if len(index) > callsShown {
		list.Note = sprintf(on.NewestFmt, callsShown, len(index))
		index = index[:callsShown]
	}
	if c.p.counts() {
		list.Empty = c.words.OnLens.CountsText
		return list
	}
	list.Rows = c.journeyRows(index)
	return list
}

// journeyRows are journeys as rows of a list.
func (c *composer) journeyRows(index []int) []views.NumberCall {
	urls := c.journeyURLs(index)
	rows := make([]views.NumberCall, 0, len(index))
	for at, i := range index {
		j := &c.p.day.journeys[i]
		row := views.NumberCall{
			ID: "j" + strconv.FormatUint(j.ID, 10), URL: urls[at], Time: c.clock(j.Start), Customer: c.party(j.Customer),
			Line: cmp.Or(views.CleanText(j.LineName), views.CleanText(j.Line), "–"), Who: c.whoOf(j), Outcome: c.outcomeOf(j),
			Waited: views.Age{Text: "–"}, Talked: views.Age{Text: "–"},
		}
		switch {
		case j.Kind == state.Internal:
			row.Customer.Name = c.words.Internal
		case row.Customer == (views.Party{}):
			row.Customer.Name = c.words.OnNumbers.Anonymous
		}
		if wait, known := j.Wait(c.moment); known {
			row.Waited = views.Age{Text: views.FormatAge(wait, false)}
			if j.Up() && j.Answered.IsZero() {
				row.Waited = age(j.Start, false, c.moment)
			}
		}
		switch {
		case j.Talks > 0:
			row.Talked = views.Age{Text: views.FormatAge(j.Talk, j.Up())}
		case j.Up() && !j.Answered.IsZero():
			row.Talked = age(j.Answered, !j.WaitKnown, c.moment)
		}
		rows = append(rows, row)
	}
	return rows
}

// journeyURLs are the addresses of the last call of each journey that is kept.
func (c *composer) journeyURLs(index []int) []string {
	urls := make([]string, len(index))
	if c.p.day.past { // the page of a call knows what is kept of it
		for at, i := range index {
			if calls := c.p.day.journeys[i].Calls; len(calls) > 0 {
				urls[at] = Query{Page: PageCall, Call: calls[len(calls)-1], Lang: c.q.Lang, Theme: c.q.Theme}.URL()
			}
		}
		return urls
	}
	for at, i := range index {
		if seq := c.p.newest(c.p.day.journeys[i].Calls); seq != 0 {
			urls[at] = Query{Page: PageCall, Call: seq, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
		}
	}
	return urls
}

// whoOf names who talked with the customer, else where it rang.
func (c *composer) whoOf(j *state.Journey) string {
	who := j.Users
	if len(who) == 0 {
		who = j.RangAt
	}
	const most = 3
	names := make([]string, 0, most)
	for _, u := range who[:min(len(who), most)] {
		names = append(names, views.CleanText(cmp.Or(c.p.company.nameOf(u), u)))
	}
	text := strings.Join(names, ", ")
	if len(who) > most {
		text += " +" + strconv.Itoa(len(who)-most)
	}
	return cmp.Or(text, "–")
}

func (c *composer) outcomeOf(j *state.Journey) string {
	w := c.words
	word := w.Unanswered
	switch {
	case j.Up() && !j.Answered.IsZero():
		word = w.OnNumbers.TalkingNow
	case j.Up():
		word = w.OnNumbers.Ringing
	case !j.Answered.IsZero():
		word = w.Answered
	case j.Lost:
		word = w.OnNumbers.EndNotSeen
	}
	if j.Doubt {
		return sprintf(w.OnNumbers.UnderFmt, word)
	}
	return word
}

// freshNumbers sets the ages of a page rendered whole to the moment.
func freshNumbers(n *views.Numbers, moment time.Time) *views.Numbers {
	out := *n
	out.Rows = slices.Clone(n.Rows)
	for i := range out.Rows {
		out.Rows[i].Age.Text = ageText(out.Rows[i].Age, moment)
	}
	out.Open.Age.Text = ageText(out.Open.Age, moment)
	out.Calls.Rows = slices.Clone(n.Calls.Rows)
	for i := range out.Calls.Rows {
		r := &out.Calls.Rows[i]
		r.Waited.Text, r.Talked.Text = ageText(r.Waited, moment), ageText(r.Talked, moment)
	}
	return &out
}
