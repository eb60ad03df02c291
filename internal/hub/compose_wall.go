package hub

import (
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
		limit := views.FormatAge(c.p.setup.Rules.Ringing.Age(), false)
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
	for _, word := range []string{c.q.State, c.q.Dir, views.CleanText(c.q.Text)} {
		if word != "" {
			title += ", " + word
		}
	}
	return title
}
