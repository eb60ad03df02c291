package hub

import (
	"strconv"
	"time"

	"callboard/internal/state"
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
	h.Value, h.Part, h.Alarm, h.Age, h.Muted, h.Target, h.Bar = "–", "", "", views.Age{}, true, target, -1
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
	limit := views.FormatAge(c.p.h.opt.RingLimit, false)
	h := views.Headline{
		ID: "needs", Label: w.NeedsPerson, Value: strconv.Itoa(s.groups[needsPerson].sure), Bar: -1,
		Target: w.NothingOverLimit, Title: "Customers ringing longer than " + limit + ", without calls in doubt",
	}
	if !c.numbersKnown() {
		return unknown(h, w.NotKnown)
	}
	if n := s.groups[needsPerson].sure; n > 0 {
		h.Alarm, h.Target = w.OverLimit, sprintf(w.RingingOverFmt, limit)
		if n > 1 {
			h.Alarm = w.OverLimits
		}
		h.URL = c.with(func(q *Query) { q.State = "ringing" })
	}
	return h
}

func (c *composer) ringingHeadline(s *census) views.Headline {
	w := c.words
	limit := sprintf(w.LimitFmt, views.FormatAge(c.p.h.opt.RingLimit, false))
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
		h.Target = sprintf(w.LongestLimitFmt, "{age}", views.FormatAge(c.p.h.opt.RingLimit, false))
	}
	return h
}

func (c *composer) talkingHeadline(s *census) views.Headline {
	w := c.words
	h := views.Headline{
		ID: "talking", Label: w.Talking, Value: strconv.Itoa(s.groups[talking].sure), Part: doubtPart(s.groups[talking]), Bar: -1,
		Target: sprintf(w.AndInternalFmt, s.groups[internal].text()),
		URL:    c.with(func(q *Query) { q.State = "connected" }),
		Title:  "Calls with a customer that are connected; n? are in doubt; inferred ones count",
	}
	if !c.numbersKnown() {
		return unknown(h, w.NotKnown)
	}
	return h
}

// todayHeadlines are today's counters. A gap that touches today makes them a
// least; a feed that has proven nothing makes them unknown.
func (c *composer) todayHeadlines() []views.Headline {
	w, t := c.words, c.p.today
	atLeast := func(n int) string {
		if !t.Complete {
			return sprintf(w.AtLeastFmt, strconv.Itoa(n))
		}
		return strconv.Itoa(n)
	}
	since := "since midnight"
	if local := c.local(t.Since); !t.Since.IsZero() && (local.Hour() != 0 || local.Minute() != 0) {
		since = "since " + c.hour(t.Since)
	}
	if c.q.filtered() {
		since = "all lines, " + since
	}
	offered := views.Headline{
		ID: "offered", Label: w.Offered, Value: atLeast(t.Offered), Target: since, Bar: -1,
		Title: "Customers' journeys that came in; a transferred call counts once",
	}
	rate := views.Headline{
		ID: "answered", Label: "Answered today", Bar: -1,
		Title: "Answered / (answered + unanswered) of the journeys that came in and are decided",
	}
	if n := t.Answered + t.Unanswered; n > 0 {
		rate.Value, rate.Part = strconv.Itoa((200*t.Answered+n)/(2*n)), "%"
		rate.Target = "n " + atLeast(n)
	} else {
		rate.Value, rate.Target, rate.Muted = w.NA, w.NoCallsYet, true
	}
	missed := views.Headline{
		ID: "unanswered", Label: "Unanswered today", Value: atLeast(t.Unanswered), Bar: -1,
		Target: "missed " + atLeast(t.Missed),
		Title:  "Journeys that came in and ended without a talk; missed counts one notice per call and person",
	}
	if !c.numbersKnown() {
		return []views.Headline{unknown(offered, w.NotKnown), unknown(rate, w.NotKnown), unknown(missed, w.NotKnown)}
	}
	return []views.Headline{offered, rate, missed}
}

// bar is the row of filters: each choice is a link to the same page with
// another query.
func (c *composer) bar(s *census) views.Bar {
	w := c.words
	bar := views.Bar{Search: c.q.Text}
	add := func(f views.Filter) { bar.Filters = append(bar.Filters, f) }

	line := views.Filter{ID: "line", Label: w.AllLines, Active: c.q.Line != ""}
	line.Options = append(line.Options, c.option(w.AllLines, c.q.Line == "", func(q *Query) { q.Line = "" }))
	for _, oid := range c.linesByName() {
		chosen := c.q.Line != "" && (fold(oid) == c.v.filter.line || fold(c.p.lines[oid]) == c.v.filter.line)
		line.Options = append(line.Options, c.option(c.lineName(oid), chosen, func(q *Query) { q.Line = oid }))
		if chosen {
			line.Label = c.lineName(oid)
		}
	}
	add(c.finish(line, c.q.Line, w.AllLines, func(q *Query) { q.Line = "" }))

	user := views.Filter{ID: "user", Label: w.AllPeople, Active: c.q.User != ""}
	user.Options = append(user.Options, c.option(w.AllPeople, c.q.User == "", func(q *Query) { q.User = "" }))
	for _, oid := range sortedByName(c.p.users) {
		name := views.CleanText(c.p.users[oid])
		chosen := c.q.User != "" && (fold(oid) == c.v.filter.user || fold(name) == c.v.filter.user)
		user.Options = append(user.Options, c.option(name, chosen, func(q *Query) { q.User = oid }))
		if chosen {
			user.Label = name
		}
	}
	add(c.finish(user, c.q.User, w.AllPeople, func(q *Query) { q.User = "" }))

	st := views.Filter{ID: "state", Label: w.AllStates, Active: c.q.State != ""}
	for i, name := range []string{w.AllStates, w.Ringing, w.Talking, w.Internal, w.Doubt} {
		value := append([]string{""}, stateValues...)[i]
		st.Options = append(st.Options, c.option(name, c.q.State == value, func(q *Query) { q.State = value }))
		if c.q.State == value {
			st.Label = name
		}
	}
	add(c.finish(st, c.q.State, w.AllStates, func(q *Query) { q.State = "" }))

	dir := views.Filter{ID: "dir", Label: w.AllDirections, Active: c.q.Dir != ""}
	for i, name := range []string{w.AllDirections, w.Inbound, w.Outbound, w.Internal} {
		value := append([]string{""}, dirValues...)[i]
		dir.Options = append(dir.Options, c.option(name, c.q.Dir == value, func(q *Query) { q.Dir = value }))
		if c.q.Dir == value {
			dir.Label = name
		}
	}
	add(c.finish(dir, c.q.Dir, w.AllDirections, func(q *Query) { q.Dir = "" }))

	sorts := views.Filter{ID: "sort", Label: w.Sort, Active: c.q.Sort != ""}
	order := w.SortDefault
	for _, o := range []struct{ name, value string }{
		{w.SortDefault, ""}, {w.SortLongest, "-age"}, {w.SortNewest, "age"}, {w.SortLine, "line"},
		{w.Caller, "caller"}, {w.Callee, "callee"}, {w.State, "state"},
	} {
		sorts.Options = append(sorts.Options, c.option(o.name, c.q.Sort == o.value, func(q *Query) { q.Sort = o.value }))
		if c.q.Sort == o.value {
			order = o.name
		}
	}
	add(sorts)

	cols := views.Filter{ID: "cols", Label: w.Columns, Active: len(c.q.Hide) > 0, Multi: true}
	names := map[string]string{"line": w.Line, "caller": w.Caller, "callee": w.Callee, "legs": w.Legs, "doubt": w.Doubt, "total": w.Total}
	for _, id := range Columns {
		shown := !contains(c.q.Hide, id)
		cols.Options = append(cols.Options, c.option(names[id], shown, func(q *Query) { q.Hide = toggled(q.Hide, id) }))
	}
	add(cols)

	density := views.Filter{ID: "density", Label: w.Density, Active: c.q.Density != ""}
	density.Options = []views.Option{
		c.option(w.Dense, c.q.Density == "", func(q *Query) { q.Density = "" }),
		c.option(w.Comfortable, c.q.Density == "comfortable", func(q *Query) { q.Density = "comfortable" }),
	}
	add(density)

	total := s.all.text()
	if !c.numbersKnown() && s.all.all() == 0 || c.p.feed.State == state.Blind {
		total = "–"
	}
	bar.Summary = sprintf(w.SummaryFmt, total, lowerFirst(order))
	rest := c.q
	rest.Text = ""
	for _, name := range sortedKeys(rest.Values()) {
		bar.Hidden = append(bar.Hidden, views.Field{Name: name, Value: rest.Values().Get(name)})
	}
	return bar
}

// finish gives a filter in effect its way out, and a value that is not among
// its choices its own text as label.
func (c *composer) finish(f views.Filter, value, all string, clear func(*Query)) views.Filter {
	if value == "" {
		return f
	}
	if f.Label == all {
		f.Label = views.CleanText(value)
	}
	f.Clear = c.with(clear)
	return f
}

func (c *composer) option(label string, chosen bool, set func(*Query)) views.Option {
	return views.Option{Label: label, Chosen: chosen, URL: c.with(set)}
}

// The wall's counts follow the headlines' rules.
func (c *composer) wallCounts(s *census) []views.Count {
	w := c.words
	value := func(n count) string {
		if !c.numbersKnown() {
			return "–"
		}
		return n.text()
	}
	counts := []views.Count{
		{Value: value(s.ringing), Word: w.RingingNow},
		{Value: value(s.groups[talking]), Word: w.TalkingNow},
	}
	if s.groups[internal].all() > 0 {
		counts = append(counts, views.Count{Value: value(s.groups[internal]), Word: lowerFirst(w.Internal)})
	}
	return counts
}

// smallestPage is how many calls a wall must hold to be of use.
const smallestPage = 3

// wall composes the page "/wall".
func (c *composer) wall() {
	s := c.census()
	c.list(&s, false)
	w := c.words
	inches, metres := c.q.Inches, c.q.Metres
	if inches == 0 {
		inches = defaultInches
	}
	if metres == 0 {
		metres = defaultMetres
	}
	wall := &views.Wall{Title: c.wallTitle(), Counts: c.wallCounts(&s), Empty: c.empty(&s), PageTime: defaultRotate}
	wall.TypeVH, wall.HeadVH, wall.MinVH, wall.Rows = views.WallScale(inches, metres)
	// The scale is bounded; beyond the bound the rule of 65·d/D is broken and
	// the display has to say so instead of being unreadable.
	if 65*metres/inches > wall.TypeVH+0.01 || wall.Rows < smallestPage {
		wall.TooSmall = w.WallTooSmall
	}
	switch {
	case c.q.Rotate > 0:
		wall.PageTime = c.q.Rotate
	case c.q.Rotate < 0:
		wall.PageTime = 0
	}
	if n := s.groups[needsPerson].sure; n > 0 && c.p.feed.State != state.Blind {
		limit := views.FormatAge(c.p.h.opt.RingLimit, false)
		wall.Band = s.overLine + " " + sprintf(w.RingingOverFmt, limit)
		if s.overLine == "–" {
			wall.Band = upperFirst(sprintf(w.RingingOverFmt, limit))
		}
		if n > 1 {
			wall.Band = sprintf("%d calls %s", n, sprintf(w.RingingOverFmt, limit))
		}
		wall.BandNote = sprintf(w.LimitFmt, limit)
	}
	c.pic.wall = wall
	key := *wall
	key.Empty = views.Empty{}
	head := struct {
		Title  string
		Counts []views.Count
	}{wall.Title, wall.Counts}
	c.part("p-wall-head", head, views.WallHeadPart(key))
	c.part("p-wall-band", [2]string{wall.Band, wall.BandNote}, views.WallBandPart(key))
	c.part("p-empty", wall.Empty, views.EmptyPart(wall.Empty))
}

// wallTitle names the choice of calls: "All lines", "Sales, inbound".
func (c *composer) wallTitle() string {
	title := c.words.AllLines
	if c.q.Line != "" {
		title = views.CleanText(c.q.Line)
		for oid, name := range c.p.lines {
			if fold(oid) == c.v.filter.line || fold(name) == c.v.filter.line {
				title = c.lineName(oid)
			}
		}
	}
	if c.q.User != "" {
		user := views.CleanText(c.q.User)
		for oid, name := range c.p.users {
			if fold(oid) == c.v.filter.user {
				user = views.CleanText(name)
			}
		}
		title += ", " + user
	}
	for _, word := range []string{c.q.State, c.q.Dir, views.CleanText(c.q.Text)} {
		if word != "" {
			title += ", " + word
		}
	}
	return title
}

// lengthOf prints a finished length.
func lengthOf(d time.Duration) string { return views.FormatAge(d, false) }
