package hub

import (
	"cmp"
	"maps"
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
	pulse, gaps, list, events, live := c.p.health()
	var pbx PBX
	if h.opt.PBX != nil {
		pbx = h.opt.PBX()
	}
	tallies := map[state.Anomaly]state.Tally{}
	for _, t := range list {
		tallies[t.Kind] = t
	}
	s := &views.Status{
		Words:     c.words.Live,
		Text:      c.statusText(pulse),
		Gaps:      c.gapRows(gaps),
		GapNote:   c.gapNote(gaps),
		GapsURL:   Query{Page: PageGaps, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		Anomalies: c.anomalyRows(list),
		Events:    c.eventFacts(events, tallies),
		Messages:  c.messageFacts(pbx),
		Clock:     c.clockFacts(pulse),
		Limits:    c.limitFacts(),
		Setup:     c.setupView(),
		Versions:  c.versionFacts(pbx),
		Viewers:   c.viewerFacts(),
		Storage:   c.storageView(),
	}
	s.Duration, s.DurationNote = c.durationText()
	s.Contract, s.ContractNote = c.contractFacts(tallies)
	if c.p.feed.State != state.Live {
		s.Words = c.words.NotLive
	}
	c.hops(s, pulse, pbx, live)
	c.pic.status = s
	key := *s
	key.Links = slices.Clone(s.Links)
	for i := range key.Links {
		key.Links[i].Age = "" // the page keeps it going from the beats
	}
	c.part("p-status", key, views.StatusPart(*s))
}

// freshStatus is the page with the age of the first hop at a moment; that of
// the second only the page itself knows.
func freshStatus(s *views.Status, bt *beat, lang string) *views.Status {
	out := *s
	out.Links = slices.Clone(s.Links)
	if len(out.Links) > 0 && !bt.proof.IsZero() {
		out.Links[0].Age = wordsOf(lang).Seconds(bt.at.Sub(bt.proof))
	}
	return &out
}

// partial reports a viewer who sees a part of the company: how much all others
// telephone is not theirs, so what is counted of everybody is a dash.
func (c *composer) partial() bool { return !c.q.Sees().Scope.All() }

func (c *composer) statusText(pulse state.Pulse) string {
	if c.p.feed.State != state.Live {
		return cmp.Or(c.feedReason(), c.words.NotLiveDot)
	}
	text := c.words.AllAnswer
	if !pulse.LastEvent.IsZero() {
		text += " " + sprintf(c.words.OnStatus.LiveSinceFmt, c.clock(c.p.feed.Since))
	}
	return text
}

// hops are the ends of the chain and the stretches between them, each with its
// age and its limit.
func (c *composer) hops(s *views.Status, pulse state.Pulse, pbx PBX, live int) {
	h, w := c.p.h, &c.words.OnStatus
	linked := c.p.feed.State == state.Live || c.p.feed.State == state.Quiet || c.p.feed.State == state.CatchingUp
	far := views.Hop{Name: c.words.PBX, OK: linked}
	for _, line := range []string{pbx.Host, strings.TrimSpace(pbx.Product + " " + pbx.Version)} {
		if line != "" {
			far.Lines = append(far.Lines, views.CleanText(line))
		}
	}
	if !pbx.ConnectedSince.IsZero() && linked {
		far.Lines = append(far.Lines, sprintf(w.ConnectedSinceFmt, c.clock(pbx.ConnectedSince)))
	}
	memory, _ := processSize()
	here := views.Hop{Name: c.words.Product, OK: true, Lines: []string{
		spaced(h.opt.Build, sprintf(w.UpSinceFmt, c.clock(h.start))), spaced(sprintf(w.HeapFmt, memory), w.CallsUp.Of(live)),
	}}
	viewers := h.views.viewers()
	screens := 0
	for _, n := range viewers {
		screens += n
	}
	there := views.Hop{Name: c.words.Screens, OK: true, Lines: []string{w.Connected.Of(screens), w.Walls.Of(viewers[PageWall])}}
	s.Hops = []views.Hop{far, here, there}

	link := views.HopLink{OK: linked, Hop: "proof", Age: "–", Text: w.AgeOfAnswer}
	if !pulse.LastProof.IsZero() {
		link.Age = c.words.Seconds(c.now.Sub(pulse.LastProof))
	}
	if pulse.RoundTrip > 0 {
		link.Text = sprintf(w.RoundTripFmt, max(pulse.RoundTrip.Milliseconds(), 1))
	}
	link.Text = spaced(link.Text, c.limit(state.ProofLimit))
	s.Links = []views.HopLink{link, {
		OK: true, Hop: "frame", Age: "–", Text: spaced(sprintf(w.BeatFmt, c.brief(h.opt.BeatPeriod)), c.limit(h.screenLimit())),
	}}
}

// screenLimit is how long a page believes in its stream without a frame: two
// beats and a half.
func (h *Hub) screenLimit() time.Duration { return h.opt.BeatPeriod * 5 / 2 }

// limit says a limit: "limit 20 s".
func (c *composer) limit(d time.Duration) string { return sprintf(c.words.LimitFmt, c.brief(d)) }

// brief prints a length of settings: "12.5 s", "5 s", "3:00".
func (c *composer) brief(d time.Duration) string {
	switch {
	case d >= time.Minute:
		return views.FormatAge(d, false)
	case d%time.Second != 0:
		return c.words.Decimal(d.Seconds(), 1) + " s"
	}
	return strconv.Itoa(int(d.Seconds())) + " s"
}

// skewWords say how far the PBX's clock is from ours.
func (c *composer) skewWords(d time.Duration) string {
	w := &c.words.OnStatus
	length := c.words.Seconds(d.Abs())
	switch {
	case d.Abs() < 50*time.Millisecond:
		return w.InStep
	case d > 0:
		return sprintf(w.AheadFmt, length)
	}
	return sprintf(w.BehindFmt, length)
}

// clockNotice warns of the PBX's clock on every page; empty while it is within
// its limit.
func (c *composer) clockNotice(bt *beat) string {
	w := &c.words.OnStatus
	switch bt.skewOver {
	case state.ZoneMismatch:
		return w.NoticeZone
	case state.ClockSkewed:
		return sprintf(w.NoticeFmt, c.skewWords(bt.skew.Round(time.Second)), views.FormatAge(state.SkewLimit, false))
	}
	return ""
}

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

// gapsShown is how many interruptions the page lists.
const gapsShown = 30

// gapRows lists the interruptions, the newest first.
func (c *composer) gapRows(gaps []state.Gap) []views.GapRow {
	w := &c.words.OnStatus
	rows := make([]views.GapRow, 0, min(len(gaps), gapsShown))
	for i := len(gaps) - 1; i >= 0 && len(rows) < gapsShown; i-- {
		g := gaps[i]
		row := views.GapRow{
			From: c.clock(g.From), To: w.StillOpen, Length: "–",
			Cause: c.cause(&GapFact{Gap: g}), Touched: w.NoTouched,
			URL: Query{Page: PageGap, Gap: g.From.UnixMilli(), Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
		}
		if !g.To.IsZero() {
			row.To, row.Length = c.clock(g.To), views.FormatAge(g.To.Sub(g.From), false)
		}
		if c.partial() {
			row.Touched = "–"
		} else if g.Touched > 0 {
			row.Touched, row.Doubt = w.Unconfirmed.Of(g.Touched), true
			if g.Lost > 0 {
				row.Touched = spaced(row.Touched, w.EndsLost.Of(g.Lost))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (c *composer) gapNote(gaps []state.Gap) string {
	w := &c.words.OnStatus
	if len(gaps) == 0 {
		return ""
	}
	var length time.Duration
	open := false
	for _, g := range gaps {
		if g.To.IsZero() {
			open = true
			length += max(c.now.Truncate(time.Minute).Sub(g.From), 0) // whole minutes, as in the strip
			continue
		}
		length += g.To.Sub(g.From)
	}
	note := spaced(w.GapsSinceStart.Of(len(gaps)), sprintf(w.InAllFmt, views.FormatAge(length, open)))
	if more := len(gaps) - gapsShown; more > 0 {
		note = spaced(note, sprintf(w.MoreGapsFmt, more))
	}
	return note
}

// anomalyRows lists the kinds that were met, the latest first.
func (c *composer) anomalyRows(tallies []state.Tally) []views.AnomalyRow {
	slices.SortStableFunc(tallies, func(a, b state.Tally) int {
		if c.partial() {
			return cmp.Compare(a.Kind, b.Kind)
		}
		return b.Last.Compare(a.Last)
	})
	var rows []views.AnomalyRow
	for _, t := range tallies {
		if t.Count == 0 {
			continue
		}
		about := c.words.Feed.Oddities[t.Kind]
		row := views.AnomalyRow{
			Last: c.clock(t.Last), What: cmp.Or(about.What, string(t.Kind)), Done: about.Done,
			Today: strconv.Itoa(t.Today), Total: strconv.Itoa(t.Count), Sample: views.CleanSentence(t.Sample),
		}
		if c.partial() {
			row.Last, row.Today, row.Total = "–", "–", "–"
		}
		rows = append(rows, row)
	}
	return rows
}

// eventFacts count the events by their type; hang-ups say how many of them
// were told twice, which marks transfers.
func (c *composer) eventFacts(counts map[state.EventType]int, tallies map[state.Anomaly]state.Tally) []views.Fact {
	facts := make([]views.Fact, 0, len(state.EventTypes))
	for _, t := range state.EventTypes {
		f := views.Fact{Label: c.words.OnCall.Events[t], Value: c.words.Count(counts[t])}
		if n := tallies[state.DoubledHangUp].Count; t == state.HungUp && n > 0 {
			f.Value = spaced(f.Value, sprintf(c.words.OnStatus.DoubledFmt, c.words.Count(n)))
		}
		if c.partial() {
			f.Value = "–"
		}
		facts = append(facts, f)
	}
	return facts
}

// contractFacts hold what came against what the vendor documents, each with
// how often it was broken today and since the start.
func (c *composer) contractFacts(tallies map[state.Anomaly]state.Tally) (facts []views.Fact, note string) {
	w := &c.words.OnStatus
	unknown := 0
	for _, row := range []struct {
		label string
		kinds []state.Anomaly
		names bool
	}{
		{w.UnknownNames, []state.Anomaly{state.UnknownType, state.UnknownMessage}, true},
		{w.UnknownFields, []state.Anomaly{state.UnknownField}, true},
		{w.Orphans, []state.Anomaly{state.ConnectedUnknown, state.HungUpUnknown, state.ChannelUnknown, state.EventWithoutCallID}, false},
		{w.Twice, []state.Anomaly{state.DuplicateEvent, state.DoubledHangUp}, false},
		{w.Disorder, []state.Anomaly{state.LateEvent, state.MissedConnected, state.HangUpDisagrees, state.IDChanged}, false},
		{w.Garbled, []state.Anomaly{state.MalformedMessage, state.BinaryMessage, state.BadField, state.OversizedMessage}, false},
	} {
		today, total := 0, 0
		for _, k := range row.kinds {
			today += tallies[k].Today
			total += tallies[k].Count
		}
		if row.names {
			unknown += total
		}
		value := "0"
		if total > 0 {
			value = sprintf(w.TodayOfFmt, c.words.Count(today), c.words.Count(total))
		}
		if c.partial() {
			value = "–"
		}
		facts = append(facts, views.Fact{Label: row.label, Value: value})
	}
	note = w.NamesKnown
	if unknown > 0 {
		note = w.NamesUnknown
	}
	return facts, note
}

// messageFacts count what the socket brought by the names of the protocol, the
// most frequent first.
func (c *composer) messageFacts(pbx PBX) []views.Fact {
	if c.partial() {
		return nil
	}
	facts := make([]views.Fact, 0, len(pbx.Messages))
	for _, kind := range slices.SortedFunc(maps.Keys(pbx.Messages), func(a, b string) int {
		return cmp.Or(cmp.Compare(pbx.Messages[b], pbx.Messages[a]), cmp.Compare(a, b))
	}) {
		facts = append(facts, views.Fact{Label: views.CleanText(kind), Value: c.words.Count(pbx.Messages[kind])})
	}
	return facts
}

// clockFacts say how far the PBX's clock is from ours, how that changed, and
// when one of the two was set.
func (c *composer) clockFacts(p state.Pulse) []views.Fact {
	w := &c.words.OnStatus
	facts := []views.Fact{{Label: w.AgainstOurs, Value: w.NotMeasured}}
	if p.SkewKnown {
		facts[0].Value = spaced(c.skewWords(p.Skew), sprintf(c.words.LimitFmt, views.FormatAge(state.SkewLimit, false)))
		facts = append(facts, views.Fact{Label: sprintf(w.ChangedFmt, c.clock(p.SkewSince)), Value: c.words.Seconds((p.Skew - p.SkewBase).Abs())})
	}
	if !p.JumpedAt.IsZero() {
		facts = append(facts, views.Fact{Label: w.LastJump, Value: sprintf(w.JumpFmt, c.skewWords(p.Jump), c.clock(p.JumpedAt))})
	}
	return append(facts,
		views.Fact{Label: w.Zone, Value: c.local(c.now).Format("MST, -07:00")},
		views.Fact{Label: w.LastEvent, Value: c.clock(p.LastEvent)},
	)
}

// limitFacts are the limits by which the board judges itself and its calls.
func (c *composer) limitFacts() []views.Fact {
	w := &c.words.OnStatus
	return []views.Fact{
		{Label: w.LimitProof, Value: c.brief(state.ProofLimit)},
		{Label: w.LimitBlind, Value: c.brief(state.BlindLimit)},
		{Label: w.LimitScreen, Value: c.brief(c.p.h.screenLimit())},
		{Label: w.LimitSilence, Value: sprintf(w.SilenceFmt, c.brief(state.SilenceLimit))},
		{Label: w.LimitClock, Value: c.brief(state.SkewLimit)},
		{Label: w.LimitRinging, Value: c.brief(c.p.setup.Rules.Ringing.Age())},
	}
}

func (c *composer) versionFacts(pbx PBX) []views.Fact {
	w := &c.words.OnStatus
	facts := []views.Fact{{Label: c.words.Product, Value: cmp.Or(c.p.h.opt.Build, c.words.NotKnown)}}
	if info, ok := debug.ReadBuildInfo(); ok {
		facts = append(facts, views.Fact{Label: "Go", Value: info.GoVersion})
	}
	add := func(label, value string) {
		if value = views.CleanText(value); value != "" {
			facts = append(facts, views.Fact{Label: label, Value: value})
		}
	}
	add(c.words.PBX, strings.TrimSpace(pbx.Product+" "+pbx.Version))
	add(w.PBXBuild, pbx.Build)
	add(w.Tenant, pbx.Tenant)
	add(w.SessionName, pbx.UserSpace)
	if !pbx.TokenUntil.IsZero() {
		add(w.SessionUntil, c.clock(pbx.TokenUntil))
	}
	if c.p.h.opt.PBX != nil {
		add(w.Reconnects, strconv.Itoa(pbx.Reconnects))
	}
	return facts
}

func (c *composer) viewerFacts() []views.Fact {
	w, counts := &c.words.OnStatus, c.p.h.views.viewers()
	_, alive := c.p.h.views.count()
	memory, routines := processSize()
	other := 0
	for page, n := range counts {
		switch page {
		case PageBoard, PageWall, PageCall, PageStatus:
		default:
			other += n
		}
	}
	return []views.Fact{
		{Label: w.Boards, Value: strconv.Itoa(counts[PageBoard])},
		{Label: w.WallPages, Value: strconv.Itoa(counts[PageWall])},
		{Label: w.CallPages, Value: strconv.Itoa(counts[PageCall])},
		{Label: w.OtherPages, Value: strconv.Itoa(other)},
		{Label: w.StatusPages, Value: strconv.Itoa(counts[PageStatus])},
		{Label: w.DifferentViews, Value: strconv.Itoa(alive)},
		{Label: w.Heap, Value: sprintf("%d MB", memory)},
		{Label: w.Threads, Value: strconv.Itoa(routines)},
	}
}

// processSize reads the heap in use in MB and the number of goroutines,
// without stopping the world.
func processSize() (heap, routines int) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/sched/goroutines:goroutines"}}
	metrics.Read(samples)
	return int((samples[0].Value.Uint64() + 1<<19) >> 20), int(samples[1].Value.Uint64())
}
