package hub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"callboard/internal/state"
	"callboard/views"
)

// The page "/people": a list of tiles, one per person, under a head per team.

// people composes the page.
func (c *composer) people() {
	w := c.words
	r := c.roster()
	if !r.until.IsZero() && c.pic.moment.IsZero() {
		c.v.due = earlier(c.v.due, r.until)
	}
	shown := make([]*present, 0, len(r.people))
	var sums tally
	for i := range r.people {
		if b := &r.people[i]; c.shows(b) {
			shown = append(shown, b)
			sums.add(b)
		}
	}
	known := c.numbersKnown()
	if !c.p.counts() {
		c.tiles(c.arranged(shown), known, views.TileItem)
	}
	page := &views.People{Title: w.People, Bar: c.peopleBar(), Find: w.OnPeople.FindPerson, Text: c.q.Text}
	page.Hidden = c.hidden(func(q *Query) { q.Text = "" })
	switch {
	case !known:
		page.Bar.Summary = c.of(len(shown), len(r.people))
	default:
		page.Bar.Summary = c.tallyWords(&sums)
	}
	switch {
	case len(c.pic.items) > 0:
	case c.p.counts():
		page.Empty = c.countsOnly()
	case len(r.people) > 0:
		all := Query{Page: PagePeople, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
		page.Empty = views.Empty{Kind: "filtered", Title: w.OnPeople.NobodyMatches, Text: w.OnPeople.NobodyMatchesText, Link: w.ClearFilters, LinkTo: all}
	default:
		page.Empty = c.nothing(w.OnPeople.NobodyKnown, w.OnPeople.NobodyKnownText)
	}
	c.pic.people = page
	c.part("p-bar", page.Bar.Filters, views.BarPart(page.Bar))
	c.part("p-summary", page.Bar.Summary, views.SummaryPart(page.Bar.Summary))
	c.part("p-empty", page.Empty, views.EmptyPart(page.Empty))
}

// shows reports whether a person belongs to the view.
func (c *composer) shows(b *present) bool {
	f := &c.v.filter
	if f.team != "" && fold(b.team) != f.team {
		return false
	}
	if f.state != "" && (!c.numbersKnown() || !doesState(b, f.state)) {
		return false
	}
	return f.text == "" || strings.Contains(b.text, f.text) || f.textNumber != "" && strings.Contains(b.text, f.textNumber)
}

// doesState reports whether what somebody does goes by a word of a query.
func doesState(b *present, word string) bool {
	switch word {
	case "ringing":
		return b.what <= doesRing
	case "connected":
		return b.what == doesTalk
	case "internal":
		return b.what == doesTalkInside
	case "free":
		return b.what == doesNothing
	case "doubt":
		return b.call != nil && b.call.Confidence != state.Confirmed
	}
	return true
}

// arranged puts people in order: teams as the file has them and who is in none
// at the end, in a team who needs attention first, then by name. A tile moves
// at most every two seconds: a wall of faces that jumps cannot be read.
func (c *composer) arranged(list []*present) []*present {
	place := map[string]int{"": len(c.p.setup.Teams.Names())}
	for i, name := range c.p.setup.Teams.Names() {
		place[name] = i
	}
	if c.q.Sort == "state" {
		clear(place)
	}
	known := c.numbersKnown()
	slices.SortStableFunc(list, func(a, b *present) int {
		d := cmp.Compare(place[a.team], place[b.team])
		if d == 0 && known {
			d = cmp.Compare(c.place(a.what), c.place(b.what))
		}
		return d
	})
	v := c.v
	last, turned := -1, false
	for _, b := range list {
		at, was := v.seats[b.User]
		if was && at < last {
			turned = true
			break
		}
		if was {
			last = at
		}
	}
	if turned {
		if next := v.lastSort.Add(sortPause); c.now.Before(next) {
			v.due = earlier(v.due, next)
			list = seated(list, v.seats)
		} else {
			v.lastSort = c.now
		}
	}
	clear(v.seats)
	for i, b := range list {
		v.seats[b.User] = i
	}
	return list
}

// seated keeps those who sat somewhere in their old order; each other one
// stays behind the one it wanted to follow.
func seated(want []*present, seats map[string]int) []*present {
	sat := func(b *present) bool { _, was := seats[b.User]; return was }
	var old []*present
	for _, b := range want {
		if sat(b) {
			old = append(old, b)
		}
	}
	slices.SortFunc(old, func(a, b *present) int { return cmp.Compare(seats[a.User], seats[b.User]) })
	out := make([]*present, 0, len(want))
	for _, b := range want {
		if sat(b) {
			b, old = old[0], old[1:]
		}
		out = append(out, b)
	}
	return out
}

// tiles makes the items of the list, with a head over each team where there
// are teams and they are the order.
func (c *composer) tiles(list []*present, known bool, component func(views.Tile) templ.Component) {
	heads := len(c.p.setup.Teams.Names()) > 0 && c.q.Sort != "state"
	sums := map[string]*tally{}
	if heads {
		for _, b := range list {
			t := sums[b.team]
			if t == nil {
				t = new(tally)
				sums[b.team] = t
			}
			t.add(b)
		}
	}
	c.pic.items = make([]item, 0, len(list)+len(sums))
	open := "\x00"
	for _, b := range list {
		if heads && b.team != open {
			open = b.team
			if sums[open] != nil { // once each, also while an order is held in which a team is split
				c.pic.items = append(c.pic.items, c.teamHead(open, sums[open], known))
				sums[open] = nil
			}
		}
		c.pic.items = append(c.pic.items, *c.tile(b, known, component))
	}
}

// teamHead is the head over the tiles of a team.
func (c *composer) teamHead(team string, sums *tally, known bool) item {
	w := &c.words.OnPeople
	h := views.TeamHead{ID: "t-" + shortSum(team), Name: cmp.Or(views.CleanText(team), w.NoTeam)}
	if known {
		h.Note = sprintf(w.FreeOfFmt, sums[doesNothing].sure, sums.all())
		h.Counts = c.busyWords(sums)
	}
	h.Rev = shortSum(h.Name, h.Note, h.Counts)
	if last := c.v.heads[h.ID]; last != nil && last.rev == h.Rev {
		return *last
	}
	html := c.p.h.render(c.look, views.TeamHeadItem(h))
	it := item{id: h.ID, rev: h.Rev, html: html, json: appendString(nil, html)}
	c.v.heads[h.ID] = &it
	return it
}

// busyWords count who is in a call: "1 ringing, 4 + 1? talking, 2 internal".
func (c *composer) busyWords(t *tally) string {
	w := &c.words.OnPeople
	rings := w.RingManyFmt
	if n := t.ringing(); n.all() == 1 {
		rings = w.RingingFmt
	}
	var out []string
	for _, n := range []struct {
		count count
		fmt   string
	}{{t.ringing(), rings}, {t[doesTalk], w.TalkingFmt}, {t[doesTalkInside], w.InternalFmt}} {
		if n.count.all() > 0 {
			out = append(out, sprintf(n.fmt, n.count.text()))
		}
	}
	return strings.Join(out, ", ")
}

// tallyWords count everybody shown.
func (c *composer) tallyWords(t *tally) string {
	words := sprintf(c.words.OnPeople.NoCallFmt, strconv.Itoa(t[doesNothing].sure))
	if busy := c.busyWords(t); busy != "" {
		words += ", " + busy
	}
	return words
}

// of is how many of all are shown.
func (c *composer) of(n, all int) string {
	if n == all {
		return c.words.OnPeople.People.Of(all)
	}
	return sprintf(c.words.OnPeople.PeopleOfFmt, n, all)
}

// A tileOf is a person's tile as it was rendered last for a presentation.
type tileOf struct {
	model views.Tile // without the text of its age
	item  item
}

// tile renders a person, or finds what was rendered: one person's change costs
// one tile. Its revision is its content, so that equal pages have equal codes.
func (c *composer) tile(b *present, known bool, component func(views.Tile) templ.Component) *item {
	model := c.tileModel(b, known)
	running := model.Age
	if model.Age.Since != 0 {
		model.Age.Text = inStateMark
	}
	of := c.p.tiles[c.look]
	if of == nil {
		of = map[string]*tileOf{}
		c.p.tiles[c.look] = of
	}
	if last := of[b.User]; last != nil && last.model == model {
		return &last.item
	}
	made := &tileOf{model: model}
	model.Rev = model.Sum()
	src := &rowSource{html: c.p.h.render(c.look, component(model)), inState: running}
	c.p.h.renders.Add(1)
	made.item = item{id: model.ID, rev: model.Rev, source: src}
	made.item.html = src.at(c.moment, nil)
	made.item.json = appendString(make([]byte, 0, len(made.item.html)+len(made.item.html)/8), made.item.html)
	if len(of) > 2*namesKept { // people who went
		clear(of)
	}
	of[b.User] = made
	return &made.item
}

// tileModel puts one person into words.
func (c *composer) tileModel(b *present, known bool) views.Tile {
	w := c.words
	t := views.Tile{
		ID: "u" + shortSum(b.User), URL: Query{Page: PageBoard, User: b.User, Lang: c.q.Lang}.URL(), Known: known,
		Name: cmp.Or(views.CleanText(b.Name), views.CleanText(b.Number), views.CleanText(b.User)), Number: views.CleanText(b.Number),
		State: views.State{Glyph: "free", Word: w.OnPeople.NoCall, Tone: views.ToneIdle},
	}
	if t.Number == t.Name {
		t.Number = ""
	}
	if !known {
		t.State = views.State{}
		return t
	}
	c.says(&t, &b.Presence)
	t.Counts, t.Share = c.countsOf(b), c.talkShare(b)
	t.Age = age2(b.since())(c.moment)
	if b.call == nil {
		if b.Idle.IsZero() {
			t.Age = views.Age{}
		}
		return t
	}
	t.Alarm = b.what == doesRingTooLong
	t.State = c.state(b.call, t.Alarm)
	t.With = c.called(b.with)
	t.URL = Query{Page: PageCall, Call: b.call.Seq, Lang: c.q.Lang}.URL()
	return t
}

// says puts what the PBX says of somebody on the tile: its word, not a proof.
func (c *composer) says(t *views.Tile, p *state.Presence) {
	w := &c.words.OnPeople.Presence
	status, message := views.CleanText(p.Status), views.CleanText(p.Message)
	word, glyph := status, "is-other"
	switch strings.ToLower(status) {
	case "":
		if message == "" {
			return
		}
	case "online":
		word, glyph = w.Online, "is-in"
	case "available":
		word, glyph = w.Available, "is-in"
	case "offline":
		word, glyph = w.Offline, "is-out"
	case "unavailable":
		word, glyph = w.Unavailable, "is-dnd"
	case "dont_disturb":
		word, glyph = w.DontDisturb, "is-dnd"
	case "at_appointment":
		word, glyph = w.AtAppointment, "is-away"
	case "short_out_of_office":
		word, glyph = w.ShortOut, "is-away"
	case "long_out_of_office":
		word, glyph = w.LongOut, "is-out"
	}
	t.SaysPlain = glyph == "is-in" && message == ""
	// What somebody typed says more than the status it was typed to.
	t.Says, t.SaysGlyph = sprintf(c.words.OnPeople.PBXSaysFmt, cmp.Or(message, word)), glyph
}

// countsOf are a person's counts of today: "14 in, 1 missed".
func (c *composer) countsOf(b *present) string {
	w := &c.words.OnPeople
	var counts []string
	if b.Answered > 0 {
		counts = append(counts, sprintf(w.AnsweredFmt, c.today(b.Answered)))
	}
	if b.Missed > 0 {
		counts = append(counts, sprintf(w.MissedFmt, c.today(b.Missed)))
	}
	return strings.Join(counts, ", ")
}

// sharePause is how often shares of talk are brought up to date while nothing
// else happens.
const sharePause = time.Minute

// talkShare is how much of the day, as far as it was watched, somebody has
// talked with customers, the talk that goes on included: "talk 43 %". It is no
// occupancy: nobody knows how long the person was there.
func (c *composer) talkShare(b *present) string {
	since := c.p.today.Since
	window := c.moment.Sub(since)
	talk := b.Talk
	if b.what == doesTalk && !b.call.PairSince.IsZero() {
		if from := b.call.PairSince; from.After(since) {
			talk += c.moment.Sub(from)
		} else {
			talk += window
		}
	}
	if talk < time.Second || window < time.Second {
		return ""
	}
	if next := c.now.Add(sharePause); c.pic.moment.IsZero() {
		c.v.due = earlier(c.v.due, next)
	}
	return sprintf(c.words.OnPeople.ShareFmt, c.today(int(min(100*talk/window, 100))))
}

// peopleBar is the row of filters of the page.
func (c *composer) peopleBar() views.Bar {
	if c.v.filters == nil || c.v.filtersOf != c.p.company.names {
		c.v.filters, c.v.filtersOf = c.peopleFilters(), c.p.company.names
	}
	return views.Bar{Filters: c.v.filters}
}

func (c *composer) peopleFilters() []views.Filter {
	w := c.words
	var filters []views.Filter
	c.addTeams(&filters)
	st := views.Filter{ID: "state", Label: w.AllStates, Active: c.q.State != ""}
	for i, name := range []string{w.AllStates, w.NoCallSeen, w.Ringing, w.Talking, w.Internal} {
		value := []string{"", "free", "ringing", "connected", "internal"}[i]
		st.Options = append(st.Options, c.option(name, c.q.State == value, func(q *Query) { q.State = value }))
		if c.q.State == value {
			st.Label = name
		}
	}
	filters = append(filters, c.finish(st, c.q.State, w.AllStates, func(q *Query) { q.State = "" }))
	if len(c.p.setup.Teams.Names()) > 0 {
		order := views.Filter{ID: "order", Label: w.OnPeople.ByTeam}
		order.Options = []views.Option{
			c.option(w.OnPeople.ByTeam, c.q.Sort == "", func(q *Query) { q.Sort = "" }),
			c.option(w.OnPeople.ByState, c.q.Sort == "state", func(q *Query) { q.Sort = "state" }),
		}
		if c.q.Sort == "state" {
			order.Label = w.OnPeople.ByState
		}
		filters = append(filters, order)
	}
	return filters
}
