package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/views"
)

// wallNumbers are the six numbers of a wall, for the calls of its view. Each
// shows its target, or says in words what is over it.
func (c *composer) wallNumbers(s *census) []views.Headline {
	list := []views.Headline{c.wallRinging(s), c.wallTalking(s), c.wallFree()}
	list = append(list, c.wallToday()[:2]...)
	return append(list, c.wallCallBack())
}

// wallLine are the numbers of one line or team.
func (c *composer) wallLine(s *census) []views.Headline {
	today := c.wallToday()
	return append([]views.Headline{c.wallRinging(s), c.wallTalking(s), c.wallCallBack()}, today...)
}

// wallNumber begins a number; unknown while nothing is proven.
func (c *composer) wallNumber(id, label string) (h views.Headline, known bool) {
	h = views.Headline{ID: id, Label: label, Bar: -1}
	if !c.numbersKnown() {
		return unknown(h, c.words.NotKnown), false
	}
	return h, true
}

func (c *composer) wallRinging(s *census) views.Headline {
	w := c.words.OnWall
	h, known := c.wallNumber("ringing", c.words.Ringing)
	limit := views.FormatAge(c.p.setup.Rules.Ringing.Age(), false)
	if !known {
		return h
	}
	h.Value, h.Part, h.Target = strconv.Itoa(s.ringing.sure), doubtPart(s.ringing), sprintf(w.LimitFmt, limit)
	if !s.longest.IsZero() {
		h.Age = age(s.longest, s.atLeast, c.moment)
		h.Target = sprintf(w.LongestFmt, "{age}")
	}
	if s.over > 0 {
		h.Target = sprintf(w.OverFmt, "{age}", limit)
		h.Alarm = h.Target
	}
	return h
}

func (c *composer) wallTalking(s *census) views.Headline {
	h, known := c.wallNumber("talking", c.words.Talking)
	if known {
		h.Value, h.Part = strconv.Itoa(s.talking.sure), doubtPart(s.talking)
		h.Target = s.groups[internal].text() + " " + c.words.OnWall.Internal
	}
	return h
}

func (c *composer) wallFree() views.Headline {
	w := c.words.OnWall
	h, known := c.wallNumber("free", w.Free)
	if !known {
		return h
	}
	people, sums := c.wallCompany()
	h.Value, h.Part, h.Target = strconv.Itoa(sums[doesNothing].all()), sprintf(w.OfFmt, len(people)), w.NoCallSeen
	return h
}

// wallCompany are the people of the view, and how many do what.
func (c *composer) wallCompany() ([]*present, tally) {
	r := c.roster()
	if !r.until.IsZero() && c.pic.moment.IsZero() {
		c.v.due = earlier(c.v.due, r.until)
	}
	f := &c.v.filter
	var sums tally
	people := make([]*present, 0, len(r.people))
	for i := range r.people {
		b := &r.people[i]
		if f.user != "" && !f.isUser(state.Party{User: b.User, Name: b.Name, Number: b.Number}) || f.team != "" && fold(b.team) != f.team {
			continue
		}
		people = append(people, b)
		sums.add(b)
	}
	return people, sums
}

// wallToday are today's ratios of the view's line, team or person, each with
// its target, and the unanswered with the offered.
func (c *composer) wallToday() []views.Headline {
	w := c.words.OnWall
	level, known := c.wallNumber("level", w.ServiceLevel)
	answered, _ := c.wallNumber("answered", w.Answered)
	lost, _ := c.wallNumber("unanswered", w.Unanswered)
	if !known {
		return []views.Headline{level, answered, lost}
	}
	r := &c.p.setup.Rules
	n := c.numbers(c.q.scope())
	within := int(r.ServiceLevel.Within.Seconds())
	c.ratio(&level, n.Level.Ratio, rules.LevelUnder, sprintf(w.TargetInFmt, r.ServiceLevel.Goal, within), sprintf(w.UnderInFmt, int(r.Level.Under), within))
	c.ratio(&answered, n.AnswerRate(), rules.AnswerUnder, sprintf(w.TargetFmt, int(r.Answer.Under)), sprintf(w.UnderFmt, int(r.Answer.Under)))
	lost.Value, lost.Target = c.counted(n.Unanswered), sprintf(w.SampleFmt, c.counted(n.Offered))
	return []views.Headline{level, answered, lost}
}

// ratio fills in a share of today: of nothing it is n/a, and under its limit
// it says so while that is an alarm.
func (c *composer) ratio(h *views.Headline, r kpi.Ratio, alarm rules.Kind, target, under string) {
	h.Target = target
	if !r.Known() {
		h.Value, h.Muted = c.words.NA, true
		return
	}
	h.Value, h.Part = strconv.Itoa(r.Percent()), "%"
	if c.raised(alarm) {
		h.Alarm = under
		h.Target = under
	}
}

func (c *composer) wallCallBack() views.Headline {
	w := c.words.OnWall
	h, known := c.wallNumber("callback", w.ToCallBack)
	if !known {
		return h
	}
	count, oldest := c.unreturned()
	h.Value, h.Target = c.today(count), c.nobodyWaits(w.Nobody)
	if count == 0 {
		return h
	}
	limit := c.p.setup.Rules.Missed.Age()
	h.Age, h.Target = age(oldest, false, c.moment), sprintf(w.OldestFmt, "{age}")
	if c.raised(rules.NotReturned) {
		h.Target = sprintf(w.OverFmt, "{age}", views.FormatAge(limit, false))
		h.Alarm = h.Target
	}
	return h
}

// place is where people stand who do something: those who need attention
// first. On a wall who can take a call comes before who talks.
func (c *composer) place(what doing) int {
	if c.q.Page != PageWall {
		return int(what)
	}
	return map[doing]int{doesRingTooLong: 0, doesRing: 1, doesNothing: 2, doesTalk: 3, doesTalkInside: 4}[what]
}

// wallPeople are the people of a wall by team, each team under a cell with its
// name and its free.
func (c *composer) wallPeople() (views.WallPeople, []views.Count) {
	w := c.words
	out := views.WallPeople{Known: c.numbersKnown()}
	people, sums := c.wallCompany()
	people = c.arranged(people)
	heads := len(c.p.setup.Teams.Names()) > 0 && c.q.Team == ""
	teams := map[string]*tally{}
	for _, b := range people {
		if teams[b.team] == nil {
			teams[b.team] = new(tally)
		}
		teams[b.team].add(b)
	}
	open := "\x00"
	for _, b := range people {
		if t := teams[b.team]; heads && b.team != open && t != nil {
			head := views.WallCell{Name: cmp.Or(views.CleanText(b.team), w.OnPeople.NoTeam)}
			if out.Known {
				head.Note = sprintf(w.OnWall.FreeOfFmt, t[doesNothing].all(), t.all())
			}
			out.Cells = append(out.Cells, head)
			open, teams[b.team] = b.team, nil
		}
		out.Cells = append(out.Cells, c.wallCell(b, out.Known))
	}
	if len(out.Cells) == 0 {
		out.None = w.OnPeople.NobodyKnown
	}
	value := func(what doing) string {
		if !out.Known {
			return "–"
		}
		return sums[what].text()
	}
	return out, []views.Count{
		{Value: value(doesNothing), Word: w.OnWall.FreeWord},
		{Value: value(doesTalk), Word: w.TalkingNow},
		{Value: value(doesTalkInside), Word: w.OnWall.Internal},
	}
}

// wallCell is one person.
func (c *composer) wallCell(b *present, known bool) views.WallCell {
	cell := views.WallCell{
		ID:   "w" + shortSum(b.User),
		Name: cmp.Or(views.CleanText(b.Name), views.CleanText(b.Number), views.CleanText(b.User)),
		Who:  "free", State: views.State{Glyph: "free", Word: c.words.OnWall.Free, Tone: views.ToneIdle},
	}
	if !known {
		return cell
	}
	if b.call == nil {
		if !b.Idle.IsZero() {
			cell.Age = age2(b.since())(c.moment)
		}
		return cell
	}
	cell.Who, cell.Alarm = "busy", b.what == doesRingTooLong
	cell.State, cell.Age = c.state(b.call, cell.Alarm), age2(b.since())(c.moment)
	return cell
}

// freshWall sets the ages of a page rendered whole to the moment.
func freshWall(w *views.Wall, moment time.Time) *views.Wall {
	out := *w
	fresh := func(a *views.Age) {
		if a.Since != 0 {
			a.Text = ageText(*a, moment)
		}
	}
	out.Numbers, out.Line, out.People.Cells = slices.Clone(w.Numbers), slices.Clone(w.Line), slices.Clone(w.People.Cells)
	for i := range out.Numbers {
		fresh(&out.Numbers[i].Age)
	}
	for i := range out.Line {
		fresh(&out.Line[i].Age)
	}
	for i := range out.People.Cells {
		fresh(&out.People.Cells[i].Age)
	}
	fresh(&out.Band.Age)
	return &out
}
