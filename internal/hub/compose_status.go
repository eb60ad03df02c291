package hub

import (
	"cmp"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// status composes the page "/status".
func (c *composer) status() {
	h := c.p.h
	h.mu.Lock()
	pulse, today := h.board.Pulse(), h.board.Today()
	gaps, tallies := h.board.Gaps(), h.board.Tallies()
	events, live := h.board.EventCounts(), h.board.Len()
	h.mu.Unlock()
	var pbx PBX
	if h.opt.PBX != nil {
		pbx = h.opt.PBX()
	}
	s := &views.Status{
		Words:     c.words.Live,
		Text:      c.statusText(pulse, gaps),
		Gaps:      c.gapRows(gaps),
		GapNote:   c.gapNote(gaps),
		Anomalies: c.anomalyRows(tallies),
		Events:    c.eventFacts(events),
		Clock:     c.clockFacts(pulse),
		Versions:  c.versionFacts(pbx),
		Viewers:   c.viewerFacts(),
	}
	if c.p.feed.State != state.Live {
		s.Words = c.words.NotLive
	}
	c.hops(s, pulse, pbx, live, today)
	c.pic.status = s
	key := *s
	key.Links = slices.Clone(s.Links)
	for i := range key.Links {
		key.Links[i].Age = views.Age{} // the page keeps it going from the beats
	}
	c.part("p-status", key, views.StatusPart(*s))
}

func freshStatus(s *views.Status, now time.Time) *views.Status {
	out := *s
	out.Links = slices.Clone(s.Links)
	for i := range out.Links {
		out.Links[i].Age.Text = ageText(out.Links[i].Age, now)
	}
	return &out
}

func (c *composer) statusText(pulse state.Pulse, gaps []state.Gap) string {
	if c.p.feed.State != state.Live {
		return cmp.Or(c.feedReason(), "The feed is "+c.p.feed.State.String()+".")
	}
	text := c.words.AllAnswer
	if !pulse.LastEvent.IsZero() {
		text += " The feed is live since " + c.clock(c.p.feed.Since) + "."
	}
	return text
}

// hops are the ends of the chain and the stretches between them.
func (c *composer) hops(s *views.Status, pulse state.Pulse, pbx PBX, live int, today state.Today) {
	h := c.p.h
	linked := c.p.feed.State == state.Live || c.p.feed.State == state.Quiet || c.p.feed.State == state.CatchingUp
	far := views.Hop{Name: c.words.PBX, OK: linked}
	for _, line := range []string{pbx.Host, strings.TrimSpace(pbx.Product + " " + pbx.Version)} {
		if line != "" {
			far.Lines = append(far.Lines, views.CleanText(line))
		}
	}
	if !pbx.ConnectedSince.IsZero() && linked {
		far.Lines = append(far.Lines, "connected since "+c.clock(pbx.ConnectedSince))
	}
	memory, _ := processSize()
	here := views.Hop{Name: c.words.Product, OK: true, Lines: []string{
		spaced(h.opt.Build, "up since "+c.clock(h.start)),
		sprintf("heap %d MB, %s", memory, plural(live, "call up", "calls up")),
	}}
	viewers := h.views.viewers()
	screens := 0
	for _, n := range viewers {
		screens += n
	}
	there := views.Hop{Name: c.words.Screens, OK: true, Lines: []string{
		strconv.Itoa(screens) + " connected", strconv.Itoa(viewers[PageWall]) + " of them walls",
	}}
	s.Hops = []views.Hop{far, here, there}

	link := views.HopLink{OK: linked, Age: age(pulse.LastProof, false, c.now), Text: "age of the last answer, limit " + seconds(state.ProofLimit)}
	if pulse.RoundTrip > 0 {
		link.Text = sprintf("round trip %d ms, limit %s", max(pulse.RoundTrip.Milliseconds(), 1), seconds(state.ProofLimit))
	}
	s.Links = []views.HopLink{link, {OK: true, Age: views.Age{Text: "–"}, Text: "each screen shows its own age at the foot"}}
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) + " s" }

func spaced(words ...string) string {
	out := ""
	for _, w := range words {
		if w == "" {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += w
	}
	return out
}

// gapRows lists the interruptions, the newest first.
func (c *composer) gapRows(gaps []state.Gap) []views.GapRow {
	rows := make([]views.GapRow, 0, len(gaps))
	for i := len(gaps) - 1; i >= 0; i-- {
		g := gaps[i]
		row := views.GapRow{
			From: c.clock(g.From), To: "still open", Length: "–",
			Cause: cmp.Or(c.words.Feed.Reasons[g.Code], views.CleanSentence(g.Reason), views.CleanText(g.Code), c.words.NotKnown), Touched: c.words.None,
		}
		if !g.To.IsZero() {
			row.To, row.Length = c.clock(g.To), views.FormatAge(g.To.Sub(g.From), false)
		}
		if g.Touched > 0 {
			row.Touched = sprintf("%d unconfirmed", g.Touched)
			if g.Lost > 0 {
				row.Touched += ", " + plural(g.Lost, "end lost", "ends lost")
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (c *composer) gapNote(gaps []state.Gap) string {
	if len(gaps) == 0 {
		return ""
	}
	var closed time.Duration
	open := false
	for _, g := range gaps {
		if g.To.IsZero() {
			open = true
			continue
		}
		closed += g.To.Sub(g.From)
	}
	return sprintf("%d since start, %s in all", len(gaps), views.FormatAge(closed, open))
}

// anomalyRows lists the kinds that were met, the latest first.
func (c *composer) anomalyRows(tallies []state.Tally) []views.AnomalyRow {
	slices.SortStableFunc(tallies, func(a, b state.Tally) int { return b.Last.Compare(a.Last) })
	var rows []views.AnomalyRow
	for _, t := range tallies {
		if t.Count == 0 {
			continue
		}
		about := c.words.Feed.Oddities[t.Kind]
		rows = append(rows, views.AnomalyRow{
			Last: c.clock(t.Last), What: cmp.Or(about.What, string(t.Kind)), Done: about.Done,
			Today: strconv.Itoa(t.Today), Total: strconv.Itoa(t.Count), Sample: views.CleanSentence(t.Sample),
		})
	}
	return rows
}

func (c *composer) eventFacts(counts map[state.EventType]int) []views.Fact {
	facts := make([]views.Fact, 0, len(state.EventTypes))
	for _, t := range state.EventTypes {
		facts = append(facts, views.Fact{Label: c.words.OnCall.Events[t], Value: strconv.Itoa(counts[t])})
	}
	return facts
}

func (c *composer) clockFacts(p state.Pulse) []views.Fact {
	skew := "not measured yet"
	if p.SkewKnown {
		tenths := float64(p.Skew.Round(100*time.Millisecond)) / float64(time.Second)
		skew = strconv.FormatFloat(tenths, 'f', 1, 64) + " s"
		if tenths > 0 {
			skew = "+" + skew
		}
	}
	return []views.Fact{
		{Label: "PBX clock against ours", Value: skew},
		{Label: "Zone of this page", Value: c.local(c.now).Format("MST, -07:00")},
		{Label: "Last call event", Value: c.clock(p.LastEvent)},
	}
}

func (c *composer) versionFacts(pbx PBX) []views.Fact {
	facts := []views.Fact{{Label: c.words.Product, Value: cmp.Or(c.p.h.opt.Build, "unknown")}}
	if info, ok := debug.ReadBuildInfo(); ok {
		facts = append(facts, views.Fact{Label: "Go", Value: info.GoVersion})
	}
	add := func(label, value string) {
		if value = views.CleanText(value); value != "" {
			facts = append(facts, views.Fact{Label: label, Value: value})
		}
	}
	add("PBX", strings.TrimSpace(pbx.Product+" "+pbx.Version))
	add("PBX build", pbx.Build)
	add("Tenant", pbx.Tenant)
	add("Session name", pbx.UserSpace)
	if !pbx.TokenUntil.IsZero() {
		add("Session until", c.clock(pbx.TokenUntil))
	}
	if c.p.h.opt.PBX != nil {
		add("Reconnects", strconv.Itoa(pbx.Reconnects))
	}
	return facts
}

func (c *composer) viewerFacts() []views.Fact {
	counts := c.p.h.views.viewers()
	_, alive := c.p.h.views.count()
	memory, routines := processSize()
	return []views.Fact{
		{Label: "Boards", Value: strconv.Itoa(counts[PageBoard])},
		{Label: "Walls", Value: strconv.Itoa(counts[PageWall])},
		{Label: "Single calls", Value: strconv.Itoa(counts[PageCall])},
		{Label: "People, lines, missed", Value: strconv.Itoa(counts[PagePeople] + counts[PageLines] + counts[PageMissed])},
		{Label: "Status pages", Value: strconv.Itoa(counts[PageStatus])},
		{Label: "Different views", Value: strconv.Itoa(alive)},
		{Label: "Heap", Value: sprintf("%d MB", memory)},
		{Label: "Goroutines", Value: strconv.Itoa(routines)},
	}
}

// processSize reads the heap in use in MB and the number of goroutines,
// without stopping the world.
func processSize() (heap, routines int) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/sched/goroutines:goroutines"}}
	metrics.Read(samples)
	return int((samples[0].Value.Uint64() + 1<<19) >> 20), int(samples[1].Value.Uint64())
}
