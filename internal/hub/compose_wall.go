package hub

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// The wall's counts follow the headlines' rules.
func (c *composer) wallCounts(s *census) []views.Count {
	w := c.words
	value := func(n count) string {
		if !c.numbersKnown() {
			return "–"
		}
		return n.text()
	}
	rings := w.OnWall.RingingMany
	if s.ringing.all() == 1 {
		rings = w.OnWall.RingingWord
	}
	counts := []views.Count{
		{Value: value(s.ringing), Word: rings},
		{Value: value(s.talking), Word: w.TalkingNow},
	}
	if s.groups[internal].all() > 0 {
		counts = append(counts, views.Count{Value: value(s.groups[internal]), Word: lowerFirst(w.Internal)})
	}
	return counts
}

// wall composes the page "/wall": every layout it turns through, so that
// nothing has to be fetched when it turns.
func (c *composer) wall() {
	s := c.census()
	wall := &views.Wall{Empty: c.empty(&s), PageTime: defaultRotate, Band: c.wallBand(&s)}
	inches, metres := cmp.Or(c.q.Inches, defaultInches), cmp.Or(c.q.Metres, defaultMetres)
	wall.Dim = c.closed() && s.over == 0 // a customer who rings undims it; what waits for the morning does not
	wall.TypeVH, _, _, wall.Rows = views.WallScale(inches, metres)
	switch {
	case c.q.Rotate > 0:
		wall.PageTime = c.q.Rotate
	case c.q.Rotate < 0:
		wall.PageTime = 0
	}
	for _, name := range c.layouts() {
		wall.Layouts = append(wall.Layouts, c.wallLayout(name, &s, wall))
	}
	wall.Title = wall.Layouts[0].Title
	for i := range wall.Layouts {
		l := &wall.Layouts[i]
		if !views.WallReadable(l.Name, inches, metres) {
			l.TooSmall = sprintf(c.words.OnWall.TooSmallFmt, c.size(metres), c.size(inches), c.size(views.WallReach(l.Name, inches)), views.WallInches(l.Name, metres))
		}
	}
	c.pic.wall = wall
	c.wallParts(wall)
}

// closed reports that it is outside opening hours.
func (c *composer) closed() bool {
	hours, local := &c.p.setup.Rules.Opening, c.local(c.now)
	c.v.due = earlier(c.v.due, hours.Next(local))
	return !hours.Open(local)
}

// size prints inches or metres as they were given.
func (c *composer) size(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", c.words.Calendar.Decimal, 1)
}

// wallLayout fills in what one layout shows and gives its header.
func (c *composer) wallLayout(name string, s *census, wall *views.Wall) views.WallLayout {
	l := views.WallLayout{Name: name, Title: c.wallTitle()}
	switch name {
	case LayoutCalls:
		c.wallList(s)
		l.Counts = c.wallCounts(s)
	case LayoutNumbers:
		wall.Numbers = c.wallNumbers(s)
		l.Note = c.wallDay()
	case LayoutPeople:
		people, counts := c.wallPeople()
		wall.People, l.Counts = people, counts
		if c.q.User == "" && c.q.Line == "" {
			l.Title = c.words.People
		}
	case LayoutLine:
		c.wallList(s)
		wall.Line = c.wallLine(s)
		l.Note = c.wallDay()
	}
	return l
}

// wallList makes the rows, which calls and line share.
func (c *composer) wallList(s *census) {
	if c.pic.items == nil {
		c.list(s, false)
	}
}

// layouts are the pages of the wall. Where the lens shows how many only, numbers
// stand in the place of lists.
func (c *composer) layouts() []string {
	names := c.q.layouts()
	if !c.p.counts() {
		return names
	}
	var out []string
	for _, name := range names {
		if name == LayoutCalls || name == LayoutPeople {
			name = LayoutNumbers
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func (c *composer) layout(name string) bool { return slices.Contains(c.layouts(), name) }

// wallDay is the day in words; it changes at midnight.
func (c *composer) wallDay() string {
	y, m, d := c.local(c.now).Date()
	c.v.due = earlier(c.v.due, state.Midnight(y, m, d+1, c.p.h.opt.Zone))
	return c.words.LongDay(c.local(c.now))
}

// wallBand says what needs a person most, on every page of a wall: who or
// which line, how long, and the limit.
func (c *composer) wallBand(s *census) views.WallBand {
	list := c.alarms().List
	if c.p.feed.State == state.Blind || len(list) == 0 {
		return views.WallBand{}
	}
	if c.p.counts() {
		return views.WallBand{Text: list[0].Text}
	}
	w, r := c.words.OnWall, &c.p.setup.Rules
	switch kind := rules.Kind(list[0].Kind); kind {
	case rules.RingingLong, rules.TalkingLong:
		call, n := c.longestOver(s, kind == rules.TalkingLong)
		if n == 0 {
			break
		}
		one, lineless, several, limit := w.RingsFmt, w.CallsFmt, w.SeveralFmt, r.Ringing
		who := c.called(call.Caller)
		if kind == rules.TalkingLong {
			one, lineless, several, limit = w.TalksFmt, w.TalksFmt, w.SeveralTalksFmt, r.Talking
			who = c.firstName(colleague(call))
		}
		band := views.WallBand{Note: sprintf(w.LimitFmt, views.FormatAge(limit.Age(), false)), Age: age2(inState(call))(c.moment)}
		switch where := c.line(call); {
		case n > 1:
			band.Text = sprintf(several, n, "{age}")
		case where == "–":
			band.Text = sprintf(lineless, who, "{age}")
		default:
			band.Text = sprintf(one, where, "{age}")
		}
		return band
	case rules.NotReturned:
		if _, oldest := c.unreturned(); !oldest.IsZero() {
			return views.WallBand{
				Text: sprintf(w.NotReturnedFmt, c.ward().late, "{age}"), Age: age(oldest, false, c.moment),
				Note: sprintf(w.LimitFmt, views.FormatAge(r.Missed.Age(), false)),
			}
		}
	}
	return views.WallBand{Text: list[0].Text}
}

// longestOver is the call that rings or talks the longest of those that need a
// person, and how many do.
func (c *composer) longestOver(s *census, talks bool) (longest *state.Call, n int) {
	var since time.Time
	for i := range s.rows {
		call := &s.rows[i].m.call
		if s.rows[i].group != needsPerson || talks != (call.Phase == state.Talking) {
			continue
		}
		if n++; since.IsZero() || s.rows[i].since.Before(since) {
			longest, since = call, s.rows[i].since
		}
	}
	return longest, n
}

// colleague is the side of the company.
func colleague(call *state.Call) state.Party {
	if call.Direction == state.Outbound {
		return call.Caller
	}
	return call.Callee
}

// wallParts are the live elements of a wall, and what its state code covers
// besides the rows.
func (c *composer) wallParts(wall *views.Wall) {
	c.part("p-wall-head", wall.Layouts, views.WallHeadPart(wall.Layouts))
	band := wall.Band
	band.Age.Text = ""
	c.part("p-wall-band", band, views.WallBandPart(wall.Band))
	c.part("p-wall-dim", wall.Dim, views.WallDimPart(wall.Dim))
	c.part("p-empty", wall.Empty, views.EmptyPart(wall.Empty))
	if c.layout(LayoutNumbers) {
		c.codedPart("p-wall-numbers", ageless(wall.Numbers), views.WallNumbersPart("p-wall-numbers", wall.Numbers))
	}
	if c.layout(LayoutLine) {
		c.codedPart("p-wall-line", ageless(wall.Line), views.WallNumbersPart("p-wall-line", wall.Line))
	}
	if c.layout(LayoutPeople) {
		people := wall.People
		people.Cells = slices.Clone(people.Cells)
		for i := range people.Cells {
			people.Cells[i].Age.Text = ""
		}
		c.codedPart("p-wall-people", people, views.WallPeoplePart(wall.People))
	}
}

// codedPart is a part that the state code covers. key is its model without
// running ages.
func (c *composer) codedPart(id string, key any, component templ.Component) {
	c.part(id, key, component)
	c.pic.coded = append(c.pic.coded, item{id: id, rev: shortSum(fmt.Sprint(key))})
}

// wallTitle names the choice of calls: "All lines", "Sales, inbound".
func (c *composer) wallTitle() string {
	title := c.words.AllLines
	if c.q.Line != "" {
		title = views.CleanText(c.q.Line)
		for oid, m := range c.p.company.lines {
			if fold(oid) == c.v.filter.line || fold(m.name) == c.v.filter.line {
				title = c.lineName(oid)
			}
		}
	}
	if c.q.Team != "" {
		team := c.teamName()
		if c.q.Line == "" {
			title = team
		} else {
			title += ", " + team
		}
	}
	if c.q.User != "" {
		user := views.CleanText(c.q.User)
		for oid := range c.p.company.users {
			if fold(oid) == c.v.filter.user {
				user = c.userName(oid)
			}
		}
		title += ", " + user
	}
	for _, word := range []string{c.stateName(c.q.State), c.dirName(c.q.Dir), views.CleanText(c.q.Text)} {
		if word != "" {
			title += ", " + word
		}
	}
	return title
}
