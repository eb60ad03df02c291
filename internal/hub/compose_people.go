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

// The pages of people, lines and missed customers. What somebody does now
// follows from the calls of the mirror; what is counted of today is read from
// the board, at most once a second.

// A doing is what one person does now, the most important first.
type doing int

const (
	doesRingTooLong doing = iota
	doesRing
	doesTalk
	doesTalkInside
	doesNothing
)

// busy is a person's call, as far as it says what the person does.
type busy struct {
	what doing
	call *state.Call
	with state.Party
}

// people composes the page "/people".
func (c *composer) people() {
	h, w := c.p.h, c.words
	h.mu.Lock()
	people := h.board.People()
	h.mu.Unlock()
	page := &views.People{Title: w.People, Known: c.numbersKnown()}
	busy := c.busyPeople(people)
	counts := map[doing]int{}
	order := make([]doing, 0, len(people))
	for _, p := range people {
		b, at := busy[p.User]
		if !at {
			b.what = doesNothing
		}
		counts[b.what]++
		order = append(order, b.what)
		page.Tiles = append(page.Tiles, c.tile(p, b))
	}
	// Who needs attention first; by name within, as the board lists them.
	index := make([]int, len(page.Tiles))
	for i := range index {
		index[i] = i
	}
	slices.SortStableFunc(index, func(a, b int) int { return cmp.Compare(order[a], order[b]) })
	sorted := make([]views.Tile, len(index))
	for i, at := range index {
		sorted[i] = page.Tiles[at]
	}
	page.Tiles = sorted
	switch {
	case !page.Known:
		page.Summary = w.NotKnown
	default:
		page.Summary = sprintf("%d free, %d talking, %d internal, %d ringing of %d", counts[doesNothing], counts[doesTalk],
			counts[doesTalkInside], counts[doesRing]+counts[doesRingTooLong], len(people))
	}
	if len(page.Tiles) == 0 || c.p.feed.State == state.Blind {
		page.Empty = c.nothing("Nobody known yet", "The PBX has not listed its users, and nobody has taken part in a call since Callboard was started.")
	}
	c.pic.people = page
	c.part("p-people", *page, views.PeoplePart(*page))
}

// busyPeople finds what each person does. Somebody who talks while another
// telephone call rings talks.
func (c *composer) busyPeople(people []state.Person) map[string]busy {
	extensions := make(map[string]string, len(people))
	for _, p := range people {
		if p.Number != "" {
			extensions[p.Number] = p.User
		}
	}
	user := func(p state.Party) string { return cmp.Or(p.User, extensions[p.Number]) }
	found := map[string]busy{}
	note := func(u string, b busy) {
		if old, ok := found[u]; u != "" && (!ok || b.what < old.what && old.what != doesTalk || b.what == doesTalk && old.what != doesTalk) {
			found[u] = b
		}
	}
	for _, m := range c.p.order {
		call := &m.call
		if call.Phase == state.Talking {
			what := doesTalk
			if call.Direction == state.Internal {
				what = doesTalkInside
			}
			note(user(call.Caller), busy{what, call, call.Callee})
			note(user(call.Callee), busy{what, call, call.Caller})
			continue
		}
		g, turns := c.p.groupOf(call, c.moment)
		if !turns.IsZero() && c.pic.moment.IsZero() {
			c.v.due = earlier(c.v.due, turns)
		}
		what := doesRing
		if g == needsPerson {
			what = doesRingTooLong
		}
		if call.Direction != state.Inbound { // who calls out is busy with it
			note(user(call.Caller), busy{doesRing, call, call.Callee})
		}
		for i := range call.Legs {
			if leg := &call.Legs[i]; leg.Side == state.CalleeSide && leg.State == state.LegRinging {
				note(user(leg.Party), busy{what, call, call.Caller})
			}
		}
	}
	return found
}

// tile is one person.
func (c *composer) tile(p state.Person, b busy) views.Tile {
	w := c.words
	t := views.Tile{
		ID: "u" + shortSum(p.User), URL: Query{Page: PageBoard, User: p.User, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		Name: cmp.Or(views.CleanText(p.Name), views.CleanText(p.Number), views.CleanText(p.User)), Number: views.CleanText(p.Number),
		State: views.State{Glyph: "free", Word: w.NoCallSeen, Tone: views.ToneIdle},
	}
	if t.Number == t.Name {
		t.Number = ""
	}
	var counts []string
	if p.Answered > 0 {
		counts = append(counts, sprintf("%d in", p.Answered))
	}
	if p.Missed > 0 {
		counts = append(counts, sprintf("%d missed", p.Missed))
	}
	t.Counts = strings.Join(counts, ", ")
	if !c.numbersKnown() {
		t.State.Word, t.Counts = "–", ""
	}
	if b.call == nil {
		return t
	}
	t.Alarm = b.what == doesRingTooLong
	t.State = c.state(b.call, t.Alarm)
	t.Age = age2(inState(b.call))(c.moment)
	t.With = c.called(b.with)
	t.URL = Query{Page: PageCall, Call: b.call.Seq, Lang: c.q.Lang}.URL()
	return t
}

// lines composes the page "/lines".
func (c *composer) linesPage() {
	h, w := c.p.h, c.words
	h.mu.Lock()
	days := h.board.LineDays()
	h.mu.Unlock()
	type now struct {
		ringing, talking count
		longest          time.Time
		atLeast, alarm   bool
	}
	going := map[string]*now{}
	of := map[string]state.LineDay{}
	for oid := range c.p.company.lines {
		of[oid] = state.LineDay{Line: oid}
	}
	for _, d := range days {
		of[d.Line] = d
	}
	for _, m := range c.p.order {
		call := &m.call
		n := going[call.Line]
		if n == nil {
			n = &now{}
			going[call.Line] = n
		}
		if call.Phase == state.Talking {
			n.talking.add(call)
			continue
		}
		n.ringing.add(call)
		g, turns := c.p.groupOf(call, c.moment)
		if !turns.IsZero() && c.pic.moment.IsZero() {
			c.v.due = earlier(c.v.due, turns)
		}
		n.alarm = n.alarm || g == needsPerson
		if since, atLeast := inState(call); !since.IsZero() && (n.longest.IsZero() || since.Before(n.longest)) {
			n.longest, n.atLeast = since, atLeast
		}
	}
	page := &views.Lines{Title: w.Lines, Note: c.sinceWords()}
	for oid, d := range of {
		n := going[oid]
		if n == nil {
			n = &now{}
		}
		row := views.LineRow{
			Name: c.lineName(oid), URL: Query{Page: PageBoard, Line: oid, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
			Ringing: n.ringing.text(), Talking: n.talking.text(), Longest: age(n.longest, n.atLeast, c.moment), Alarm: n.alarm,
			Offered: c.today(d.Offered), Answered: c.today(d.Answered), Unanswered: c.today(d.Unanswered), Rate: rate(d.Answered, d.Unanswered, w),
		}
		if !c.numbersKnown() {
			row.Ringing, row.Talking, row.Offered, row.Answered, row.Unanswered, row.Rate = "–", "–", "–", "–", "–", "–"
			row.Longest = views.Age{Text: "–"}
		}
		page.Rows = append(page.Rows, row)
	}
	slices.SortFunc(page.Rows, func(a, b views.LineRow) int {
		return cmp.Or(cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.URL, b.URL))
	})
	if len(page.Rows) == 0 || c.p.feed.State == state.Blind {
		page.Empty = c.nothing("No line seen yet", "Lines appear here with their first call.")
	}
	c.pic.lines = page
	c.part("p-lines", *page, views.LinesPart(*page))
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

// rate is the share of decided journeys that were answered.
func rate(answered, unanswered int, w *views.Words) string {
	n := answered + unanswered
	if n == 0 {
		return w.NA
	}
	return strconv.Itoa(percent(answered, unanswered)) + " %"
}

// percent of answered journeys, rounded; "100 %" means all of them.
func percent(answered, unanswered int) int {
	n := answered + unanswered
	p := (200*answered + n) / (2 * n)
	if unanswered > 0 {
		p = min(p, 99)
	}
	return p
}

// freshPeople sets the ages of a page rendered whole to the moment.
func freshPeople(p *views.People, moment time.Time) *views.People {
	out := *p
	out.Tiles = slices.Clone(p.Tiles)
	for i := range out.Tiles {
		if a := &out.Tiles[i].Age; a.Since != 0 {
			a.Text = ageText(*a, moment)
		}
	}
	return &out
}

func freshLines(p *views.Lines, moment time.Time) *views.Lines {
	out := *p
	out.Rows = slices.Clone(p.Rows)
	for i := range out.Rows {
		out.Rows[i].Longest.Text = ageText(out.Rows[i].Longest, moment)
	}
	return &out
}
