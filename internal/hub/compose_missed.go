package hub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/views"
)

const (
	// shortRing is how long a last try may have rung to be marked as short:
	// two or three rings, in which few people reach a telephone.
	shortRing = 10 * time.Second
	// closedShown is how many closed customers stand below the open ones.
	closedShown = 30
	// rungShown is how many names of those who let it ring a row holds.
	rungShown = 3
)

// missed composes the page "/missed".
func (c *composer) missed() {
	m := &c.words.OnMissed
	ledger := c.p.recovery()
	takes := c.takesCallback
	ledger.Open = slices.DeleteFunc(ledger.Open, func(e state.Callback) bool { return !takes(&e) })
	ledger.Closed = slices.DeleteFunc(ledger.Closed, func(e state.Callback) bool { return !takes(&e) })
	page := &views.Missed{Title: m.Title, Numbers: c.missedNumbers(&ledger), Bar: c.missedBar(&ledger), Note: c.missedNote(&ledger)}
	c.missedRows(&ledger)
	page.Empty = c.missedEmpty()
	c.pic.missed = page
	numbers := slices.Clone(page.Numbers)
	for i := range numbers {
		if numbers[i].Age.Since != 0 {
			numbers[i].Age.Text = ""
		}
	}
	c.part("p-headlines", numbers, views.MissedNumbersPart(page.Numbers))
	c.part("p-bar", page.Bar, views.MissedBarPart(page.Bar))
	c.part("p-empty", page.Empty, views.EmptyPart(page.Empty))
	c.part("p-missed-note", page.Note, views.MissedNotePart(page.Note))
}

// missedNote says who is not on the list: those who rang before Callboard
// watched, and those without a number.
func (c *composer) missedNote(r *state.Recovery) string {
	m := &c.words.OnMissed
	if !c.numbersKnown() || r.Since.IsZero() {
		return ""
	}
	note := sprintf(m.WatchedFmt, c.hour(r.Since))
	if r.Anonymous > 0 {
		note += " " + m.AnonymousCallers.Of(r.Anonymous) + "."
	}
	return note
}

// takesCallback reports whether a customer belongs to the view's lines and
// team: a team has the customers of its lines and those its people let ring.
func (c *composer) takesCallback(e *state.Callback) bool {
	f, last := &c.v.filter, e.Last()
	if f.line != "" && fold(last.Line) != f.line && fold(last.LineName) != f.line {
		return false
	}
	return f.team == "" || last.Line != "" && fold(c.p.teamOfLine(last.Line, last.LineName)) == f.team ||
		slices.ContainsFunc(last.Rung, func(p state.Party) bool { return fold(c.p.teamOfUser(p.User, p.Name, p.Number)) == f.team })
}

// isMine reports whether the viewer has claimed a customer or marked it done.
func (c *composer) isMine(e *state.Callback) bool {
	who := c.p.lens.Name(c.q.Who, true)
	return who != "" && (e.ClaimedBy == who || e.Closed.Name == who)
}

// waitLimit is how long a customer may wait before that is an alarm; zero for
// ever.
func (c *composer) waitLimit() time.Duration { return c.p.setup.Rules.Missed.Age() }

// waitsTooLong reports a customer who waits over the limit. turns is when that
// will be so if nothing happens; zero if never.
func (c *composer) waitsTooLong(e *state.Callback) (over bool, turns time.Time) {
	limit := c.waitLimit()
	if limit <= 0 {
		return false, time.Time{}
	}
	at := e.First.Add(limit)
	if c.moment.Before(at) {
		return false, at
	}
	return true, time.Time{}
}

// missedNumbers are the four numbers. Counts are at least what they say once a
// gap touched the day; who waits has the gap's time beside it.
func (c *composer) missedNumbers(r *state.Recovery) []views.MissedNumber {
	m, set := &c.words.OnMissed, c.p.setup.Rules
	open := views.MissedNumber{ID: "open", Label: m.NotReturned, Value: c.today(len(r.Open)), Target: m.CustomersOnce, Title: m.NotReturnedTitle, Bar: -1}
	if !r.Since.IsZero() {
		open.Target = sprintf(m.CustomersSinceFmt, c.hour(r.Since))
	}
	if from, to, gap := c.lastGap(); gap {
		open.Target = sprintf(m.GapFmt, from, to)
	}
	target := views.FormatAge(set.Returned, false)
	oldest := views.MissedNumber{ID: "oldest", Label: m.Oldest, Target: sprintf(m.TargetFmt, target), Title: m.OldestTitle, Bar: -1, Value: "–", Muted: true}
	if len(r.Open) > 0 {
		e := &r.Open[0]
		oldest.Muted, oldest.Age = false, age(e.First, false, c.moment)
		if over, _ := c.waitsTooLong(e); over {
			oldest.Alarm = m.OverTarget
		}
	}
	ratio := kpi.Returned(r, set.Returned, c.moment, nil)
	returned := views.MissedNumber{
		ID: "returned", Label: sprintf(m.ReturnedWithinFmt, target), Title: m.ReturnedTitle, Bar: -1, Tick: set.ReturnedGoal,
		Target: sprintf(m.TargetOfFmt, set.ReturnedGoal, strconv.Itoa(ratio.Part), strconv.Itoa(ratio.Of)),
	}
	if ratio.Known() {
		returned.Value, returned.Part, returned.Bar = strconv.Itoa(ratio.Percent()), "%", ratio.Percent()
	} else {
		returned.Value, returned.Muted = c.words.NA, true
	}
	twice := views.MissedNumber{ID: "twice", Label: m.RangTwice, Value: c.today(r.Twice), Target: sprintf(m.TwiceFmt, r.TwiceWaiting), Title: m.RangTwiceTitle, Bar: -1}
	numbers := []views.MissedNumber{open, oldest, returned, twice}
	if !c.numbersKnown() {
		for i := range numbers {
			n := &numbers[i]
			n.Value, n.Part, n.Age, n.Alarm, n.Bar, n.Muted = "–", "", views.Age{}, "", -1, true
		}
		numbers[0].Target, numbers[3].Target = c.words.NotKnown, c.words.NotKnown
		numbers[2].Target = sprintf(m.TargetOfFmt, set.ReturnedGoal, "–", "–")
	}
	return numbers
}

// lastGap is the last interruption that touches today and is over.
func (c *composer) lastGap() (from, to string, ok bool) {
	midnight := c.midnight()
	for i := len(c.p.gaps) - 1; i >= 0; i-- {
		if g := c.p.gaps[i]; !g.To.IsZero() && g.To.After(midnight) {
			return c.hour(g.From), c.hour(g.To), true
		}
	}
	return "", "", false
}

// missedBar is the row of choices.
func (c *composer) missedBar(r *state.Recovery) views.MissedBar {
	w, m := c.words, &c.words.OnMissed
	chip := func(id, label, value string, n int) views.Choice {
		count := strconv.Itoa(n)
		switch {
		case n < 0:
			count = ""
		case !c.numbersKnown():
			count = "–"
		}
		return views.Choice{ID: id, Label: label, Count: count, Chosen: c.q.State == value, URL: c.with(func(q *Query) { q.State = value })}
	}
	bar := views.MissedBar{Chips: []views.Choice{
		chip("open", m.Open, "", len(r.Open)), chip("closed", m.ClosedToday, "closed", len(r.Closed)), chip("mine", m.Mine, "mine", -1),
	}}
	line := views.Filter{ID: "line", Label: w.AllLines, Active: c.q.Line != ""}
	line.Options = append(line.Options, c.option(w.AllLines, c.q.Line == "", func(q *Query) { q.Line = "" }))
	for _, oid := range c.linesByName() {
		chosen := c.q.Line != "" && (fold(oid) == c.v.filter.line || fold(c.p.company.lines[oid].name) == c.v.filter.line)
		line.Options = append(line.Options, c.option(c.lineName(oid), chosen, func(q *Query) { q.Line = oid }))
		if chosen {
			line.Label = c.lineName(oid)
		}
	}
	line = c.findable(line, w.OnLines.FindLine, func(q *Query) { q.Line = "" })
	bar.Filters = append(bar.Filters, c.finish(line, c.q.Line, w.AllLines, func(q *Query) { q.Line = "" }))
	c.addTeams(&bar.Filters)
	bar.CSV = "/missed.csv" + c.query()
	return bar
}

// query is the view's own query with its question mark, or nothing.
func (c *composer) query() string {
	if s := c.q.Values().Encode(); s != "" {
		return "?" + s
	}
	return ""
}

// missedRows makes the list: who waits, the longest first, then who was spoken
// to today, the latest first.
func (c *composer) missedRows(r *state.Recovery) {
	if !c.numbersKnown() || c.p.counts() {
		return
	}
	m := &c.words.OnMissed
	primary := true
	if c.q.State != "closed" {
		for i := range r.Open {
			e := &r.Open[i]
			if c.q.State == "mine" && !c.isMine(e) {
				continue
			}
			over, turns := c.waitsTooLong(e)
			if !turns.IsZero() && c.pic.moment.IsZero() {
				c.v.due = earlier(c.v.due, turns)
			}
			row := c.openRow(e)
			row.Alarm, row.Primary = over, over && primary
			primary = primary && !over
			c.missedItem(row)
		}
	}
	closed := r.Closed
	if c.q.State == "mine" {
		closed = slices.DeleteFunc(slices.Clone(closed), func(e state.Callback) bool { return !c.isMine(&e) })
	}
	if len(closed) == 0 {
		return
	}
	if c.q.State == "" && len(c.pic.items) == 0 { // else the list begins with what is over, as if the rest were missing
		c.pic.items = append(c.pic.items, c.head(views.Group{ID: "g-none", Name: m.NothingOpen}))
	}
	note := sprintf(m.ClosedNoteFmt, len(closed))
	if c.q.State == "" && len(closed) > closedShown {
		note = sprintf(m.ClosedShownFmt, closedShown, len(closed))
		closed = closed[:closedShown]
	}
	c.pic.items = append(c.pic.items, c.head(views.Group{ID: "g-closed", Name: m.ClosedToday, Note: note}))
	for i := range closed {
		c.missedItem(c.closedRow(&closed[i]))
	}
}

// missedItem renders a row, or finds the last one if it says the same.
func (c *composer) missedItem(row views.MissedRow) {
	running := row.Age
	if running.Since != 0 {
		row.Age.Text = inStateMark
	}
	said := row // what a form needs besides is no part of what is said
	said.Act, said.Epoch, said.Query = "", "", ""
	row.Rev = shortSum(sprintf("%+v", said))
	last := c.v.heads[row.ID]
	if last == nil || last.rev != row.Rev {
		src := &rowSource{html: c.p.h.render(c.look, views.MissedRowItem(row)), inState: running}
		html := src.at(c.moment, nil)
		last = &item{id: row.ID, rev: row.Rev, html: html, json: appendString(nil, html), source: src}
		c.v.heads[row.ID] = last
	}
	c.pic.items = append(c.pic.items, *last)
}

// callbackRow is what open and closed rows have in common.
func (c *composer) callbackRow(e *state.Callback) views.MissedRow {
	id, last := strconv.FormatUint(e.ID, 10), e.Last()
	act := "/missed/" + id
	if c.p.h.Recorded() { // nobody can do anything about the past
		act = ""
	}
	return views.MissedRow{
		ID: "m" + id, Act: act, Epoch: c.p.h.epoch, Query: c.query(),
		URL: Query{Page: PageCall, Call: last.Call, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		Who: c.party(e.Customer), Line: c.tryLine(last), Last: c.clock(last.Ended),
		Note: views.CleanSentence(e.Note), NoteBy: views.CleanText(e.NoteBy),
	}
}

func (c *composer) tryLine(t *state.Try) string {
	return cmp.Or(views.CleanText(t.LineName), views.CleanText(t.Line), "–")
}

// openRow is a customer who waits.
func (c *composer) openRow(e *state.Callback) views.MissedRow {
	m, last := &c.words.OnMissed, e.Last()
	row := c.callbackRow(e)
	row.Open, row.Age, row.Tries, row.Waited = true, age(e.First, false, c.moment), strconv.Itoa(e.Attempts), "–"
	if last.WaitKnown {
		row.Waited = views.FormatAge(last.Wait(), false)
	}
	names := c.rungNames(last)
	row.Rung, row.RungAll = "–", strings.Join(names, ", ")
	if n := len(names); n > rungShown {
		row.Rung = strings.Join(names[:rungShown-1], ", ") + " +" + strconv.Itoa(n-rungShown+1)
	} else if n > 0 {
		row.Rung = row.RungAll
	}
	add := func(format string, args ...any) { row.Marks = append(row.Marks, sprintf(format, args...)) }
	if e.ClaimedBy != "" {
		row.Claimed = true
		add(m.ClaimedByFmt, views.CleanText(e.ClaimedBy))
	}
	switch {
	case e.Backs == 1:
		add(m.BackFmt, c.firstOr(e.BackBy), c.hour(e.BackAt))
	case e.Backs > 1:
		add(m.BacksFmt, e.Backs, c.hour(e.BackAt))
	}
	if e.Gaps > 0 && !e.Gap.To.IsZero() {
		add(m.GapMarkFmt, c.hour(e.Gap.From), c.hour(e.Gap.To))
	}
	switch {
	case e.CallsNow == 2:
		row.Marks = append(row.Marks, m.TwiceToday)
	case e.CallsNow > 2:
		add(m.CalledTodayFmt, e.CallsNow)
	}
	if last.WaitKnown && last.Wait() < shortRing {
		row.Marks = append(row.Marks, m.ShortRing)
	}
	return row
}

// rungNames are the first names of those who let a try ring.
func (c *composer) rungNames(t *state.Try) []string {
	names := make([]string, 0, len(t.Rung))
	for _, p := range t.Rung {
		if name := c.firstName(p); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func (c *composer) firstOr(p state.Party) string {
	return cmp.Or(c.firstName(p), c.words.OnMissed.Somebody)
}

// closedRow is a customer who was spoken to, or dealt with.
func (c *composer) closedRow(e *state.Callback) views.MissedRow {
	row := c.callbackRow(e)
	row.Age = views.Age{Text: views.FormatAge(e.Closed.At.Sub(e.First), false)}
	row.Outcome = c.outcome(e)
	return row
}

// outcome says in words how a customer came off the list.
func (c *composer) outcome(e *state.Callback) string {
	m, k := &c.words.OnMissed, &e.Closed
	who := cmp.Or(views.CleanText(k.By.Name), views.CleanText(k.By.Number), m.Somebody)
	plain, timed := m.CalledBackFmt, m.CalledBackTalkFmt
	switch k.How {
	case state.MarkedDone:
		name := views.CleanText(k.Name)
		if text := views.CleanSentence(k.Text); text != "" {
			return sprintf(m.DoneTextFmt, name, text)
		}
		return sprintf(m.DoneFmt, name)
	case state.CalledAgain:
		plain, timed = m.CalledAgainFmt, m.CalledAgainTalkFmt
	}
	words := sprintf(plain, who)
	if k.Talk > 0 {
		words = sprintf(timed, who, views.FormatAge(k.Talk, false))
	}
	if e.Backs > 0 {
		words = sprintf(m.BacksFirstFmt, words)
	}
	return words
}

// missedEmpty is what stands in the place of a list without rows.
func (c *composer) missedEmpty() views.Empty {
	if len(c.pic.items) > 0 {
		return views.Empty{}
	}
	m := &c.words.OnMissed
	switch {
	case c.p.counts() && c.numbersKnown():
		return c.countsOnly()
	case c.q.State == "mine" && c.q.Who == "":
		return c.nothing(m.NoName, m.NoNameText)
	case c.q.State == "mine":
		return c.nothing(m.NothingMine, m.NothingMineText)
	case c.q.State == "closed":
		return c.nothing(m.NothingClosed, m.NothingClosedText)
	}
	return c.nothing(m.NothingOpen, m.NothingOpenText)
}

// TabMissed is the part with the number of customers to call back in a
// telephone's tab bar.
const TabMissed = "p-tab-missed"

// navCounts are the numbers beside the pages of the navigation.
func (c *composer) navCounts() {
	count := c.navMissed("p-nav-missed")
	c.pic.toCallBack = count
	tab := count
	tab.ID = TabMissed
	c.part(count.ID, count, views.NavCountPart(count))
	c.part(tab.ID, tab, views.NavCountPart(tab))
}

func (c *composer) navMissed(id string) views.NavCount {
	n := views.NavCount{ID: id}
	if open := c.p.waiting.Open; open > 0 && c.numbersKnown() {
		n.Text, n.Spoke = c.today(open), c.words.OnMissed.ToCallBack.Of(open)
	}
	return n
}

func freshMissed(p *views.Missed, moment time.Time) *views.Missed {
	out := *p
	out.Numbers = slices.Clone(p.Numbers)
	for i := range out.Numbers {
		out.Numbers[i].Age.Text = ageText(out.Numbers[i].Age, moment)
	}
	return &out
}
