package hub

import (
	"cmp"
	"strconv"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/views"
)

// A GapFact is an interruption with what the record adds to it.
type GapFact struct {
	state.Gap
	Kind       string // one of GapKinds
	InDoubt    int    // of the calls it touched, still up and in doubt
	ReviewedBy string // empty while nobody has
	ReviewedAt time.Time
}

// ID is the number of an interruption in addresses: its beginning in
// milliseconds.
func (g *GapFact) ID() int64 { return g.From.UnixMilli() }

// KindOf says by its code what was interrupted.
func KindOf(code string) string {
	switch code {
	case "stopped", "crashed", state.Suspended:
		return GapProcess
	}
	return GapFeed
}

// gapsPage composes what of the page "/gaps" is live.
func (c *composer) gapsPage() {
	w := &c.words.OnLedger
	live := &views.GapsLive{Title: w.Title, Numbers: c.gapNumbers()}
	if n := len(c.p.gaps); n > 0 {
		if g := &c.p.gaps[n-1]; g.To.IsZero() {
			live.Now = sprintf(w.NowFmt, c.clock(g.From), lowerFirst(c.cause(&GapFact{Gap: *g})))
		}
	}
	c.pic.gaps = live
	c.part("p-headlines", live.Numbers, views.MissedNumbersPart(live.Numbers))
	c.part("p-gap-now", live.Now, views.GapNowPart(live.Now))
}

// gapNumbers are the four numbers of the page.
func (c *composer) gapNumbers() []views.MissedNumber {
	w := &c.words.OnLedger
	today := kpi.Unseen(c.p.gaps, c.midnight(), c.now)
	var longest kpi.Stretch
	unseen, open := time.Duration(0), false
	for _, s := range today {
		unseen += s.To.Sub(s.From)
		open = open || s.Open
		if s.To.Sub(s.From) > longest.To.Sub(longest.From) {
			longest = s
		}
	}
	doubtful, gaps := c.p.inDoubt()
	count := views.MissedNumber{ID: "gaps", Label: w.Today, Value: strconv.Itoa(len(today)), Target: w.NoneToday, Title: w.TodayTitle, Bar: -1}
	if len(today) > 0 {
		last := today[len(today)-1]
		count.Target = sprintf(w.LastFmt, c.hour(last.From))
	}
	not := views.MissedNumber{ID: "unseen", Label: w.Unseen, Value: views.FormatAge(unseen.Truncate(time.Second), open), Target: w.NoneToday, Title: w.UnseenTitle, Bar: -1}
	if since := c.p.today.Since; !since.IsZero() {
		not.Target = sprintf(w.UnseenOfFmt, views.FormatAge(c.now.Sub(since).Truncate(time.Minute), false))
	}
	longestRow := views.MissedNumber{ID: "longest", Label: w.LongestToday, Value: "–", Target: w.NoneToday, Title: w.LongestTitle, Bar: -1, Muted: true}
	if len(today) > 0 {
		longestRow.Value, longestRow.Muted = views.FormatAge(longest.To.Sub(longest.From).Truncate(time.Second), longest.Open), false
		longestRow.Target = sprintf(w.LongestAtFmt, c.clock(longest.From))
	}
	doubt := views.MissedNumber{ID: "doubt", Label: w.InDoubt, Value: strconv.Itoa(doubtful), Target: w.NobodyInDoubt, Title: w.InDoubtTitle, Bar: -1}
	if doubtful > 0 {
		doubt.Target = w.InDoubtOf.Of(gaps)
	}
	if !c.numbersKnown() {
		doubt.Value, doubt.Muted, doubt.Target = "–", true, c.words.NotKnown
	}
	if c.p.today.Since.IsZero() { // nothing was ever watched
		for _, n := range []*views.MissedNumber{&count, &not} {
			n.Value, n.Muted, n.Target = "–", true, c.words.NotKnown
		}
		longestRow.Target = c.words.NotKnown
	}
	return []views.MissedNumber{count, not, longestRow, doubt}
}

// gapPage composes what of the page of one interruption is live: its calls that
// are still in doubt.
func (c *composer) gapPage() {
	from := time.UnixMilli(c.q.Gap).UTC()
	calls := c.p.ghosts(from)
	w := &c.words.OnLedger
	live := &views.GapLive{Known: true, Ghosts: len(calls), Note: w.GhostNone}
	switch {
	case len(calls) > 0 && !dismissible(&calls[0]):
		live.Known, live.Note = false, w.GhostAway
	case len(calls) > 0:
		live.Note = w.GhostNote
	case !c.numbersKnown():
		live.Note = w.GhostAway
	}
	for i := range calls {
		if !c.p.counts() {
			c.ghostItem(&calls[i])
		}
	}
	c.pic.gap = live
	c.part("p-ghosts", live, views.GhostsPart(*live))
}

// ghostItem renders a row, or finds the last one if it says the same.
func (c *composer) ghostItem(call *state.Call) {
	since, atLeast := total(call)
	running := age(since, atLeast, c.moment)
	row := views.GhostRow{
		ID: "g" + strconv.FormatUint(call.Seq, 10), Call: strconv.FormatUint(call.Seq, 10),
		URL:   Query{Page: PageCall, Call: call.Seq, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		State: c.state(call, false), Line: c.line(call), Caller: c.party(call.Caller), Callee: c.party(call.Callee), Age: running,
	}
	row.Label = sprintf(c.words.OnLedger.ChooseFmt, cmp.Or(partyText(row.Caller), partyText(row.Callee), c.words.Somebody))
	if row.Age.Since != 0 {
		row.Age.Text = inStateMark
	}
	row.Rev = shortSum(sprintf("%+v", row))
	last := c.v.heads[row.ID]
	if last == nil || last.rev != row.Rev {
		src := &rowSource{html: c.p.h.render(c.look, views.GhostRowItem(row)), inState: running}
		html := src.at(c.moment, nil)
		last = &item{id: row.ID, rev: row.Rev, html: html, json: appendString(nil, html), source: src}
		c.v.heads[row.ID] = last
	}
	c.pic.items = append(c.pic.items, *last)
}

func partyText(p views.Party) string { return cmp.Or(p.Name, p.Number) }

// cause is why there was an interruption, in words.
func (c *composer) cause(g *GapFact) string {
	return cmp.Or(c.words.OnLedger.Causes[g.Code], c.words.Feed.Reasons[g.Code], views.CleanSentence(g.Reason), views.CleanText(g.Code), c.words.NotKnown)
}

// gapGlyphs are the signs of the kinds.
var gapGlyphs = map[string]string{GapFeed: "parted", GapProcess: "status", GapDisk: "save", GapClock: "history"}

// GapLines puts interruptions into words. They are of the moment they are asked
// for; what is still open is as long as it is then.
func (h *Hub) GapLines(q Query, gaps []GapFact) []views.GapLine {
	c, done := h.wording(q)
	defer done()
	return c.gapLines(gaps)
}

func (c *composer) gapLines(gaps []GapFact) []views.GapLine {
	lines := make([]views.GapLine, 0, len(gaps))
	for i := range gaps {
		lines = append(lines, c.gapLine(&gaps[i]))
	}
	return lines
}

func (c *composer) gapLine(g *GapFact) views.GapLine {
	w, on := &c.words.OnLedger, &c.words.OnStatus
	l := views.GapLine{
		ID: gapText(g.ID()), URL: Query{Page: PageGap, Gap: g.ID(), Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		Kind: g.Kind, Glyph: gapGlyphs[g.Kind], What: w.Kinds[g.Kind], From: c.clock(g.From), To: w.Lasts, Lasts: g.To.IsZero(),
		Cause: c.cause(g), Touched: on.NoTouched, Counts: c.touchedHours(g),
	}
	switch {
	case g.Kind == GapClock: // a moment; how far it went is part of what happened
		l.To, l.Length = "–", "–"
		if g.Touched > 0 {
			l.Cause = sprintf(w.ClockByFmt, l.Cause, views.FormatAge(time.Duration(g.Touched)*time.Second, false))
		}
	case g.To.IsZero():
		l.Length = views.FormatAge(max(c.now.Sub(g.From), 0).Truncate(time.Second), true)
	default:
		l.To, l.Length = c.local(g.To).Format("15:04:05"), views.FormatAge(g.To.Sub(g.From), false)
		if c.local(g.To).Format(time.DateOnly) != c.local(g.From).Format(time.DateOnly) {
			l.To = c.clock(g.To)
		}
	}
	if g.Touched > 0 && g.Kind != GapDisk && g.Kind != GapClock {
		l.Touched = on.Unconfirmed.Of(g.Touched)
		if g.Lost > 0 {
			l.Touched = spaced(l.Touched, on.EndsLost.Of(g.Lost))
		}
	}
	if c.partial() {
		l.Touched = "–"
	}
	if g.InDoubt > 0 {
		l.Doubt = w.StillInDoubt.Of(g.InDoubt)
	}
	if g.ReviewedBy != "" {
		l.Review = spaced(views.CleanText(g.ReviewedBy), c.hour(g.ReviewedAt))
	}
	return l
}

// touchedHours says which hours' counts are at least because of an interruption.
func (c *composer) touchedHours(g *GapFact) string {
	w := &c.words.OnLedger
	if g.Kind == GapDisk || g.Kind == GapClock { // what the board counts was seen all the same
		return w.NoCounts
	}
	from, to := c.local(g.From), c.local(cmp.Or(g.To, c.now))
	if !to.After(from) {
		to = from
	}
	if to.Minute() == 0 && to.Second() == 0 && to.Nanosecond() == 0 && to.After(from) {
		to = to.Add(-1)
	}
	switch {
	case from.Format(time.DateOnly) != to.Format(time.DateOnly):
		days := 1
		for d := from; d.Format(time.DateOnly) != to.Format(time.DateOnly); d = d.AddDate(0, 0, 1) {
			days++
		}
		return sprintf(w.DaysFmt, days)
	case from.Hour() == to.Hour():
		return sprintf(w.HourFmt, twoDigits(from.Hour()))
	}
	return sprintf(w.HoursFmt, twoDigits(from.Hour()), twoDigits(to.Hour()))
}

// GapDetail is one interruption in words, for its own page.
func (h *Hub) GapDetail(q Query, g GapFact) views.GapDetail {
	c, done := h.wording(q)
	defer done()
	w := &c.words.OnLedger
	d := views.GapDetail{
		GapLine: c.gapLine(&g), Title: sprintf(w.GapOfFmt, c.clock(g.From)), Crumb: Query{Page: PageGaps, Lang: q.Lang, Theme: q.Theme}.URL(),
		Act: "/gaps/" + gapText(g.ID()), Query: Query{Lang: q.Lang, Theme: q.Theme}.suffix(), Epoch: h.epoch,
	}
	d.Summary = sentence(d.Cause)
	figure := func(n int) string {
		if g.Kind == GapDisk || g.Kind == GapClock || c.partial() {
			return "–"
		}
		return strconv.Itoa(n)
	}
	d.Facts = []views.Fact{
		{Label: w.Kind, Value: d.What}, {Label: c.words.From, Value: d.From}, {Label: c.words.To, Value: d.To}, {Label: c.words.Length, Value: d.Length},
		{Label: w.Unconfirmed, Value: figure(g.Touched)}, {Label: w.EndsLost, Value: figure(g.Lost)},
		{Label: w.Counts, Value: d.Counts},
	}
	if g.ReviewedBy != "" {
		d.Review = sprintf(w.ReviewedFmt, views.CleanText(g.ReviewedBy), c.clock(g.ReviewedAt))
	}
	return d
}

// suffix is the query with its question mark, or nothing.
func (q Query) suffix() string {
	if s := q.Values().Encode(); s != "" {
		return "?" + s
	}
	return ""
}

// wording is a composer for what is told outside of a view, as of now. Until
// done is called nothing is painted.
func (h *Hub) wording(q Query) (c *composer, done func()) {
	q = h.speaking(q)
	p, done, err := h.behind(q)
	if err != nil { // too many lenses are in use: nobody is shown more for that
		p = h.painter.passing(q.Sees())
	}
	return p.composer(newView(q), h.clock.now()), done
}
