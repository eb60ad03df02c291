package hub

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"

	"callboard/internal/state"
	"callboard/views"
)

// mostLanes bounds the people drawn; a hunt over a whole company is told by
// the hunt ladder.
const mostLanes = 12

// tickSteps are the distances of the time axis's marks; the first that gives
// no more than wanted is used.
var tickSteps = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour,
}

// axis marks a time axis with at most so many distances.
func axis(span time.Duration, most int) []views.Tick {
	step := tickSteps[len(tickSteps)-1]
	for _, s := range tickSteps {
		if span/s <= time.Duration(most) {
			step = s
			break
		}
	}
	var ticks []views.Tick
	for t := time.Duration(0); t <= span; t += step {
		ticks = append(ticks, views.Tick{At: int(t * 1000 / span), Text: views.FormatAge(t, false)})
	}
	return ticks
}

// A lanePart is one call of a journey.
type lanePart struct {
	call   *state.Call
	live   bool
	end    time.Time       // of the call; the present while it is up
	proven bool            // it was inferred, and its own hang-up came
	lost   bool            // no hang-up said that it ended
	doubt  time.Time       // from when on nothing proves it; zero if all is proven
	told   int             // how often its hang-up was told
	missed map[string]bool // who was told to have missed it, also after its end
}

// laneParts are the calls of a journey, oldest first.
func (c *composer) laneParts(h *state.History, end time.Time) []lanePart {
	part := func(call *state.Call, live bool, how state.Outcome, end time.Time, entries []state.Entry) lanePart {
		p := lanePart{call: call, live: live, end: end}
		var heard time.Time
		for i := range entries {
			e := &entries[i]
			if e.Event.Type != 0 || e.Effect == state.EffectSeen {
				heard = e.At
			}
			if e.Effect == state.EffectDoubled {
				p.told = max(p.told, e.Times)
			}
			if e.Event.Type == state.Missed && !e.Event.Callee.Blank() {
				if p.missed == nil {
					p.missed = map[string]bool{}
				}
				p.missed[personOf(e.Event.Callee)] = true
			}
		}
		p.lost = !live && how != state.EndedHungUp
		p.proven = !live && !p.lost
		switch {
		case live && call.Confidence == state.Confirmed || p.proven:
		case call.Confidence != state.Confirmed:
			p.doubt = cmp.Or(call.Doubt.From, heard)
		default:
			p.doubt = heard
		}
		return p
	}
	parts := []lanePart{part(&h.Call, h.Live, h.Outcome, end, h.Entries)}
	for i := range h.Parts {
		o := &h.Parts[i]
		over := o.EndedAt
		if o.Live {
			over = c.moment
		}
		parts = append(parts, part(&o.Call, o.Live, o.Outcome, over, o.Entries))
	}
	slices.SortStableFunc(parts, func(a, b lanePart) int { return cmp.Compare(a.call.Seq, b.call.Seq) })
	return parts
}

// A stretch is something a lane shows, in time.
type stretch struct {
	from, to time.Time
	kind     string
	with     state.Party
	running  bool
}

// A laneDrawing is a journey's picture in the making.
type laneDrawing struct {
	c     *composer
	h     *state.History
	at    func(time.Time) int
	rows  map[string]int // person → lane
	lanes []lane
	joins []views.Join
}

type lane struct {
	party state.Party
	told  []stretch // as the calls tell it, one over the other
}

// lanes draws the journey of a call: a lane for each person, bars for what
// their telephone did, joins where two began to talk.
func (c *composer) lanes(parts []lanePart, h *state.History) views.Lanes {
	var start, end time.Time
	for _, p := range parts {
		start = earlier(start, p.call.StartedAt)
		for j := range p.call.Legs {
			start = earlier(start, p.call.Legs[j].Since)
		}
		if p.end.After(end) {
			end = p.end
		}
	}
	if start.IsZero() || !end.After(start) {
		return views.Lanes{Now: -1}
	}
	span := max(end.Sub(start)*104/100, 10*time.Second) // room for "now" at the right
	d := &laneDrawing{c: c, h: h, rows: map[string]int{}}
	d.at = func(t time.Time) int { return int(min(max(t.Sub(start)*1000/span, 0), 1000)) }
	d.arrange(parts)
	for _, p := range parts {
		d.part(p)
	}
	out := views.Lanes{Now: -1, Joins: d.joins, Ticks: axis(span, 8), Gaps: d.gaps(start, end)}
	for i := range d.lanes {
		out.Rows = append(out.Rows, views.Lane{Party: c.party(d.lanes[i].party), Bars: d.bars(&d.lanes[i])})
	}
	out.Marks = d.marks(parts, start)
	if h.Live {
		out.Now, out.NowAge = d.at(end), age(start, h.Call.StartAtLeast, c.moment)
	}
	out.Told = d.told()
	return out
}

// arrange gives everybody a lane: those outside first, then in the order in
// which they appeared. Where there are too many, who talked goes before who
// was only rung.
func (d *laneDrawing) arrange(parts []lanePart) {
	pass := func(ok func(p lanePart, leg *state.Leg) bool) {
		for _, p := range parts {
			for i := range p.call.Legs {
				leg := &p.call.Legs[i]
				empty := !leg.Until.IsZero() && !leg.Until.After(leg.Since) // nothing to draw
				if key := personOf(leg.Party); !empty && !d.c.isQueue(leg.Party, d.h) && ok(p, leg) && len(d.lanes) < mostLanes {
					if _, known := d.rows[key]; !known {
						d.rows[key] = len(d.lanes)
						d.lanes = append(d.lanes, lane{party: d.c.named(leg.Party)})
					}
				}
			}
		}
	}
	people := map[string]bool{}
	for _, p := range parts {
		for i := range p.call.Legs {
			people[personOf(p.call.Legs[i].Party)] = true
		}
	}
	pass(func(_ lanePart, leg *state.Leg) bool { return leg.Party.User == "" })
	if len(people) > mostLanes {
		pass(func(p lanePart, leg *state.Leg) bool { return !answeredAt(p.call, leg).IsZero() })
	}
	pass(func(lanePart, *state.Leg) bool { return true })
}

// row is the lane of a party; -1 if it has none.
func (d *laneDrawing) row(p state.Party) int {
	if i, ok := d.rows[personOf(p)]; ok {
		return i
	}
	return -1
}

// add puts a stretch into a lane. A call that grew out of another tells that
// one's legs again: what is there already is left out.
func (d *laneDrawing) add(row int, s stretch) {
	if row < 0 || !s.to.After(s.from) {
		return
	}
	for _, o := range d.lanes[row].told {
		if o.kind == s.kind && o.from.Equal(s.from) && personOf(o.with) == personOf(s.with) {
			return
		}
	}
	d.lanes[row].told = append(d.lanes[row].told, s)
}

// part tells one call: the caller's wait, what each callee's telephone did,
// and who talked with whom.
func (d *laneDrawing) part(p lanePart) {
	call := p.call
	caller := d.row(call.Caller)
	if !call.Inferred && !call.StartedAt.IsZero() {
		wait := stretch{from: call.StartedAt, to: call.ConnectedAt, kind: "rings"}
		if wait.to.IsZero() {
			wait.to, wait.running = p.end, p.live
			if !p.live {
				wait.kind = "rang"
			}
		}
		d.doubted(caller, wait, p)
	}
	callerEnd := p.end
	for j := range call.Legs {
		if leg := &call.Legs[j]; leg.Side == state.CallerSide && !leg.Until.IsZero() && personOf(leg.Party) == personOf(call.Caller) {
			callerEnd = leg.Until
		}
	}
	var talked time.Time // until when
	for j := range call.Legs {
		leg := &call.Legs[j]
		if leg.Side == state.CallerSide || leg.Since.IsZero() {
			continue
		}
		row, end, running := d.row(leg.Party), p.end, p.live
		if !leg.Until.IsZero() {
			end, running = leg.Until, false
		}
		answered := answeredAt(call, leg)
		if answered.IsZero() {
			r := d.c.rungOf(p, leg)
			kind := "rang"
			if r.running {
				kind = "rings"
			}
			d.doubted(row, stretch{leg.Since, r.to, kind, state.Party{}, r.running}, p)
			continue
		}
		d.doubted(row, stretch{leg.Since, answered, "rings", state.Party{}, false}, p)
		kind := "talk"
		switch {
		case leg.Inferred && !p.proven:
			kind = "inferred"
		case call.Direction == state.Internal:
			kind = "consult"
		}
		if !end.After(answered) {
			continue
		}
		d.doubted(row, stretch{answered, end, kind, call.Caller, running}, p)
		d.doubted(caller, stretch{answered, earlier(end, callerEnd), kind, leg.Party, running && callerEnd.Equal(p.end)}, p)
		join := views.Join{At: d.at(answered), From: min(caller, row), To: max(caller, row), Inferred: kind == "inferred"}
		if caller >= 0 && row >= 0 && caller != row && !slices.Contains(d.joins, join) {
			d.joins = append(d.joins, join)
		}
		if end.After(talked) {
			talked = end
		}
	}
	// Everybody it talked with has left, and the call goes on: with whom, nothing
	// says.
	if !talked.IsZero() && callerEnd.Sub(talked) > together {
		d.add(caller, stretch{talked, callerEnd, "unproven", state.Party{}, p.live})
	}
}

// doubted adds a stretch, of which only the part before the doubt of its call
// is proven. What was inferred was never proven in the first place.
func (d *laneDrawing) doubted(row int, s stretch, p lanePart) {
	if p.doubt.IsZero() || s.kind == "inferred" || !s.to.After(p.doubt) || s.to.Before(p.end) {
		d.add(row, s)
		return
	}
	rest := s
	rest.kind, rest.from = "unproven", s.from
	if p.doubt.After(s.from) {
		s.to, s.running, rest.from = p.doubt, false, p.doubt
		if s.kind == "rings" && s.with == (state.Party{}) {
			s.kind = "rang"
		}
		d.add(row, s)
	}
	d.add(row, rest)
}

// answeredAt is when a leg began to talk; zero if it never did.
func answeredAt(call *state.Call, leg *state.Leg) time.Time {
	if leg.Answered.IsZero() && leg.State == state.LegConnected {
		return call.ConnectedAt
	}
	return leg.Answered
}

// shown are the stretches of a lane side by side: what a person did later is
// drawn, what it interrupts goes on behind it.
func (l *lane) shown() []stretch {
	var out []stretch
	for _, s := range l.told {
		var next []stretch
		for _, o := range out {
			if !o.from.Before(s.to) || !s.from.Before(o.to) {
				next = append(next, o)
				continue
			}
			if before := o; o.from.Before(s.from) {
				before.to, before.running = s.from, false
				next = append(next, before)
			}
			if after := o; o.to.After(s.to) {
				after.from = s.to
				next = append(next, after)
			}
		}
		out = append(next, s)
	}
	slices.SortStableFunc(out, func(a, b stretch) int { return a.from.Compare(b.from) })
	return out
}

// bars draws a lane.
func (d *laneDrawing) bars(l *lane) []views.LaneBar {
	var bars []views.LaneBar
	for _, s := range l.shown() {
		from, to := d.at(s.from), d.at(s.to)
		bar := views.LaneBar{From: from, To: max(to, from+3), Kind: s.kind, Title: d.tell(s, false)}
		length := d.length(s)
		if s.running {
			bar.Age = age(s.from, false, d.c.moment)
		} else {
			bar.Title = spaced(bar.Title, length)
		}
		if s.kind != "rings" && s.kind != "rang" {
			labels := []string{d.tell(s, true), ""}
			if s.kind == "unproven" {
				labels = []string{labels[0], d.c.words.OnCall.Unproven, ""}
			}
			for _, label := range labels {
				if text := spaced(label, length); 20+7*utf8.RuneCountInString(text) <= (bar.To-bar.From)*laneWidth/1000 {
					bar.Label = text
					if s.running {
						bar.Label = label
					}
					break
				}
				if label == "" {
					bar.Age = views.Age{}
				}
			}
		} else {
			bar.Age = views.Age{}
		}
		bars = append(bars, bar)
	}
	return bars
}

// laneWidth is the narrowest that lanes are drawn beside a table, in pixels: a
// label must fit its bar there.
const laneWidth = 540

func (d *laneDrawing) length(s stretch) string {
	return views.FormatAge(s.to.Sub(s.from), false)
}

// tell puts a stretch into words; brief with a first name.
func (d *laneDrawing) tell(s stretch, brief bool) string {
	w := &d.c.words.OnCall
	with := d.c.named(s.with)
	name := d.c.called(with)
	if brief && with.User != "" {
		name = d.c.firstName(with)
	}
	switch s.kind {
	case "rings":
		return w.LaneRings
	case "rang":
		return w.LaneRang
	case "inferred":
		return sprintf(w.LaneInferredFmt, name)
	case "unproven":
		if with == (state.Party{}) {
			return w.Unproven
		}
		return sprintf(w.LaneUnprovenFmt, name, d.c.clock(s.from))
	}
	return sprintf(w.LaneTalkFmt, name)
}

// told is the drawing in words, in order of time.
func (d *laneDrawing) told() []views.LaneTold {
	type line struct {
		from time.Time
		told views.LaneTold
	}
	var lines []line
	for i := range d.lanes {
		l := &d.lanes[i]
		for _, s := range l.shown() {
			until := d.c.clock(s.to)
			if s.running {
				until = d.c.words.Now
			}
			lines = append(lines, line{s.from, views.LaneTold{Who: d.c.called(l.party), From: d.c.clock(s.from), To: until, What: d.tell(s, false)}})
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.from.Compare(b.from) })
	out := make([]views.LaneTold, len(lines))
	for i := range lines {
		out[i] = lines[i].told
	}
	return out
}

// gaps are the interruptions of the feed that the journey went through.
func (d *laneDrawing) gaps(start, end time.Time) []views.Stretch {
	var out []views.Stretch
	for _, g := range d.c.gapsWithin(start, end) {
		from, to := d.at(g.From), 1000
		until := d.c.words.Now
		if !g.To.IsZero() {
			to, until = d.at(g.To), d.c.clock(g.To)
		}
		out = append(out, views.Stretch{From: from, To: max(to, from+3), Title: sprintf(d.c.words.OnCall.LaneGapFmt, d.c.clock(g.From), until)})
	}
	return out
}

// gapsWithin are the interruptions between two moments.
func (c *composer) gapsWithin(start, end time.Time) []state.Gap {
	var out []state.Gap
	for _, g := range c.p.gaps {
		if g.From.Before(end) && (g.To.IsZero() || g.To.After(start)) {
			out = append(out, g)
		}
	}
	return out
}

// marks are the words below the lanes: the first answer, and each transfer
// with how often the hang-up that marks it was told.
func (d *laneDrawing) marks(parts []lanePart, start time.Time) []views.Mark {
	w := &d.c.words.OnCall
	type moment struct {
		at   time.Time
		text string
	}
	var all []moment
	var answered time.Time
	told := 0
	for _, p := range parts {
		if p.call.Direction != state.Internal && !p.call.TalkAtLeast {
			answered = earlier(answered, p.call.ConnectedAt)
		}
		told = max(told, p.told)
	}
	since := func(t time.Time) string { return views.FormatAge(t.Sub(start), false) }
	if answered.After(start) {
		all = append(all, moment{answered, sprintf(w.MarkAnsweredFmt, since(answered))})
	}
	for _, p := range parts {
		if call := p.call; call.Transferred && call.PairSince.After(start) {
			text := sprintf(w.MarkTransferFmt, since(call.PairSince))
			if told > 1 {
				text = spaced(text, sprintf(w.ToldFmt, told))
			}
			all = append(all, moment{call.PairSince, text})
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	var out []views.Mark
	for _, m := range all {
		mark := views.Mark{At: d.at(m.at), Text: m.text}
		if n := len(out); n > 0 && out[n-1].At == mark.At && out[n-1].Text == mark.Text {
			continue
		}
		for _, o := range out {
			if o.Row == mark.Row && mark.At-o.At < 200 {
				mark.Row = 1
			}
		}
		out = append(out, mark)
	}
	return out
}
