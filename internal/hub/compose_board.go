package hub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// A count counts calls; those in doubt are counted apart, so that a total can
// say "7 + 2?".
type count struct{ sure, doubt int }

func (n *count) add(call *state.Call) {
	if call.Confidence == state.Confirmed {
		n.sure++
	} else {
		n.doubt++
	}
}

func (n count) all() int { return n.sure + n.doubt }

// text is "7" or "7 + 2?".
func (n count) text() string {
	s := strconv.Itoa(n.sure)
	if n.doubt > 0 {
		s += " + " + strconv.Itoa(n.doubt) + "?"
	}
	return s
}

// A placed call is one that the view shows, with its place in the order.
type placed struct {
	m     *mirrored
	group group
	since time.Time // in state; zero counts as for ever
	key   string    // of an order by words
}

// A census is what a view knows of its calls.
type census struct {
	rows    []placed
	groups  [groups]count
	ringing count     // with a customer, ringing, whether over a limit or not
	talking count     // with a customer, talking, whether over a limit or not
	over    int       // customers ringing over their limit
	longest time.Time // start of the longest ringing among them, of those known
	atLeast bool
	all     count // every call of the view
	unseen  int   // calls that the filter leaves out
}

// census takes the calls that match, in the order of the screen.
func (c *composer) census() census {
	p := c.p
	s := census{rows: make([]placed, 0, len(p.order))}
	for _, m := range p.order {
		if !c.takes(m) {
			s.unseen++
			continue
		}
		g, turns := p.groupOf(&m.call, c.moment)
		if !turns.IsZero() && c.pic.moment.IsZero() {
			c.v.due = earlier(c.v.due, turns)
		}
		since, atLeast := inState(&m.call)
		s.rows = append(s.rows, placed{m: m, group: g, since: since, key: c.sortKey(m)})
		s.groups[g].add(&m.call)
		s.all.add(&m.call)
		if g != internal && m.call.Phase == state.Talking {
			s.talking.add(&m.call)
		} else if g != internal {
			if g == needsPerson {
				s.over++
			}
			s.ringing.add(&m.call)
			if !since.IsZero() && (s.longest.IsZero() || since.Before(s.longest)) {
				s.longest = since
			}
			s.atLeast = s.atLeast || atLeast // the longest may be another one
		}
	}
	slices.SortFunc(s.rows, c.order())
	s.rows = c.holdOrder(s.rows)
	return s
}

// order compares two calls: by group, then as the query asks; by itself doubt
// first, then the longest, as design section 5 says.
func (c *composer) order() func(a, b placed) int {
	by := strings.TrimPrefix(c.q.Sort, "-")
	turn := 1
	if strings.HasPrefix(c.q.Sort, "-") {
		turn = -1
	}
	return func(a, b placed) int {
		if d := cmp.Compare(a.group, b.group); d != 0 {
			return d
		}
		d := 0
		switch by {
		case "":
			d = cmp.Compare(a.m.call.Phase, b.m.call.Phase) // who rings before who talks, where both need a person
			if a.group != needsPerson {
				d = -cmp.Compare(a.m.call.Confidence, b.m.call.Confidence)
			}
			if d == 0 {
				d = a.since.Compare(b.since)
			}
		case "age":
			d = -turn * a.since.Compare(b.since) // a young call has a small age
		default:
			d = turn * cmp.Compare(a.key, b.key)
		}
		if d == 0 {
			d = cmp.Compare(a.m.call.Seq, b.m.call.Seq)
		}
		return d
	}
}

// sortKey is what an order by words goes by.
func (c *composer) sortKey(m *mirrored) string {
	call := &m.call
	switch strings.TrimPrefix(c.q.Sort, "-") {
	case "line":
		return fold(c.line(call))
	case "caller":
		return fold(c.called(call.Caller))
	case "callee":
		return fold(c.called(call.Callee))
	case "state":
		return c.state(call, false).Word
	}
	return ""
}

// A spot is where a row was shown last.
type spot struct {
	at    int
	group group
}

// holdOrder keeps rows of a group in the order they were shown in until the
// last change of order is two seconds ago. Rows that come, go or change their
// group do so at once: where a call stands says what it does.
func (c *composer) holdOrder(want []placed) []placed {
	v := c.v
	turned := false
	last := -1
	var lastOf group
	for i := range want {
		seq := want[i].m.call.Seq
		place, was := v.rank[seq]
		if !was || place.group != want[i].group {
			continue
		}
		at := place.at
		if want[i].group != lastOf {
			last, lastOf = -1, want[i].group
		}
		if at < last {
			turned = true
			break
		}
		last = at
	}
	if turned {
		if next := v.lastSort.Add(sortPause); c.now.Before(next) {
			v.due = earlier(v.due, next)
			want = held(want, v)
		} else {
			v.lastSort = c.now
		}
	}
	clear(v.rank)
	for i := range want {
		v.rank[want[i].m.call.Seq] = spot{i, want[i].group}
	}
	return want
}

// held puts the rows that stay in their group back into their old order; each
// other row stays behind the one it wanted to follow.
func held(want []placed, v *view) []placed {
	stays := func(r *placed) bool {
		place, was := v.rank[r.m.call.Seq]
		return was && place.group == r.group
	}
	var old []placed
	for i := range want {
		if stays(&want[i]) {
			old = append(old, want[i])
		}
	}
	slices.SortStableFunc(old, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(v.rank[a.m.call.Seq].at, v.rank[b.m.call.Seq].at))
	})
	out := make([]placed, 0, len(want))
	next := 0
	for i := range want {
		if stays(&want[i]) {
			out = append(out, old[next])
			next++
		} else {
			out = append(out, want[i])
		}
	}
	return out
}

// list makes the items of a list: rows, on a board with heads over each group.
func (c *composer) list(s *census, heads bool) {
	if c.p.feed.State == state.Blind || c.p.counts() {
		return // what was last seen is too old to be shown as calls, or no call may be shown by itself
	}
	w := c.words
	limit := views.FormatAge(c.p.setup.Rules.Ringing.Age(), false)
	names := [groups]string{w.NeedsPerson, w.Ringing, w.Talking, w.Internal}
	notes := [groups]string{c.overNote(s), sprintf(w.LimitFmt, limit), "", ""}
	c.pic.items = make([]item, 0, len(s.rows)+groups)
	open := -1
	for i := range s.rows {
		r := &s.rows[i]
		if heads && int(r.group) != open {
			open = int(r.group)
			c.pic.items = append(c.pic.items, c.head(views.Group{
				ID: "g-" + groupIDs[r.group], Name: names[r.group], Count: s.groups[r.group].text(), Note: notes[r.group],
			}))
		}
		c.pic.items = append(c.pic.items, *c.p.row(r.m, c, r.group))
	}
}

// board composes the page "/".
func (c *composer) board() {
	s := c.census()
	c.list(&s, true)
	b := &views.Board{
		Headlines: c.headlines(&s),
		Bar:       c.bar(&s),
		Heads:     c.heads(),
		Columns:   c.q.Hide,
		Density:   "dense",
		Empty:     c.empty(&s),
		Side:      c.side(),
	}
	if c.q.Density != "" {
		b.Density = c.q.Density
	}
	c.pic.board = b
	c.part("p-headlines", ageless(b.Headlines), views.HeadlinesPart(b.Headlines))
	c.part("p-heads", b.Heads, views.HeadsPart(b.Heads))
	c.part("p-bar", b.Bar.Filters, views.BarPart(b.Bar))
	c.part("p-summary", b.Bar.Summary, views.SummaryPart(b.Bar.Summary))
	c.part("p-empty", b.Empty, views.EmptyPart(b.Empty))
	c.sideParts(&b.Side)
}

// ageless is headlines as they are but for their running ages.
func ageless(hs []views.Headline) []views.Headline {
	out := slices.Clone(hs)
	for i := range out {
		if out[i].Age.Since != 0 {
			out[i].Age.Text = ""
		}
	}
	return out
}

// freshBoard is a board with its running ages at a moment.
func freshBoard(b *views.Board, moment time.Time) *views.Board {
	out := *b
	out.Headlines = slices.Clone(b.Headlines)
	for i := range out.Headlines {
		out.Headlines[i].Age.Text = ageText(out.Headlines[i].Age, moment)
	}
	out.Side = freshSide(&b.Side, moment)
	return &out
}

// empty is what stands in the place of a list without rows.
func (c *composer) empty(s *census) views.Empty {
	if len(c.pic.items) > 0 {
		return views.Empty{}
	}
	w, f := c.words, c.p.feed
	if c.p.counts() && f.State != state.Blind {
		return c.countsOnly()
	}
	status := Query{Page: PageStatus, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
	switch {
	case f.State == state.Blind:
		text := w.CannotSeeText
		if f.AsOf.IsZero() {
			text = w.NeverSeen
		}
		text = strings.TrimSpace(c.reason(f.Code, f.Reason) + " " + text)
		return views.Empty{Kind: "blind", Title: w.CannotSee, Text: text, Link: w.WhatITCanCheck, LinkTo: status}
	case s.unseen > 0:
		clear := c.q
		clear.Line, clear.User, clear.Team, clear.State, clear.Dir, clear.Text = "", "", "", "", "", ""
		return views.Empty{Kind: "filtered", Title: w.NothingMatches, Text: w.NothingMatchesText, Link: w.ClearFilters, LinkTo: clear.URL()}
	case f.State == state.CatchingUp:
		return views.Empty{Kind: "catching-up", Title: w.CatchingUpTitle, Text: w.CatchingUpText, Link: w.StatusPage, LinkTo: status}
	case f.State == state.Quiet:
		return views.Empty{Kind: "unproven", Title: w.ConnectedNoCall, Text: w.QuietUnproven, Link: w.StatusPage, LinkTo: status}
	case f.State == state.Doubtful:
		// What was so then says nothing of now: nobody may read that there are none.
		return views.Empty{Kind: "catching-up", Title: w.CannotSee, Text: sprintf(w.WasNoCallFmt, c.clock(f.AsOf)), Link: w.StatusPage, LinkTo: status}
	}
	text := w.QuietProven
	if len(c.p.ended) > 0 {
		text = sprintf(w.QuietProvenFmt, c.clock(c.p.ended[0].At))
	}
	return views.Empty{Kind: "quiet", Title: w.NoCalls, Text: text}
}

// countsOnly stands in the place of a list that the lens does not show.
func (c *composer) countsOnly() views.Empty {
	return views.Empty{Kind: "filtered", Title: c.words.OnLens.CountsTitle, Text: c.words.OnLens.CountsText}
}

// lineName is what a line is called: its name, else its number, else its oid.
func (c *composer) lineName(oid string) string {
	name, number := c.lineWords(oid)
	return cmp.Or(name, number, views.CleanText(oid))
}

// lineWords are a line's name and number. A PBX gives the number as name where
// it knows none.
func (c *composer) lineWords(oid string) (name, number string) {
	m := c.p.company.lines[oid]
	name, number = views.CleanText(m.name), views.FormatNumber(views.CleanText(m.number))
	if bare := compactNumber(name); bare != "" && strings.Trim(bare, "+0123456789") == "" {
		return "", cmp.Or(number, views.FormatNumber(bare))
	}
	return name, number
}

func (c *composer) linesByName() []string { return byName(c.p.company.lines) }

// userName is what a person is called: name, else extension, else oid.
func (c *composer) userName(oid string) string {
	m := c.p.company.users[oid]
	return cmp.Or(views.CleanText(m.name), views.CleanText(m.number), views.CleanText(c.p.company.others[oid]), views.CleanText(oid))
}

// endedRow is a call that left the board.
func (c *composer) endedRow(e *state.Ended) views.EndedRow {
	w := c.words
	outside, inside := e.Call.Caller, e.Call.Callee
	if e.Call.Direction == state.Outbound {
		outside, inside = inside, outside
	}
	r := views.EndedRow{
		URL:   Query{Page: PageCall, Call: e.Call.Seq, Lang: c.q.Lang}.URL(),
		Party: c.called(outside), With: c.called(inside), At: c.clock(e.At), Length: "–",
		Glyph: "missed", Tone: views.ToneIdle, Word: w.Unanswered,
	}
	if e.Answered {
		r.Glyph, r.Word, r.Length = "talk", w.Answered, views.FormatAge(e.Talk, e.Call.TalkAtLeast)
	}
	switch e.Outcome {
	case state.EndedLost:
		r.Glyph, r.Word = "unconfirmed", w.EndNotSeen
	case state.EndedSuperseded:
		r.Glyph, r.Word = "unconfirmed", w.IDCameBack
	case state.EndedDismissed:
		r.Glyph, r.Word = "unconfirmed", w.Dismissed
	}
	return r
}
