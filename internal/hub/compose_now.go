package hub

import (
	"strconv"

	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/views"
)

// The numbers of this moment, which are counted from the calls that are up, or
// from people: package kpi knows only those of the day. They stand above the
// day's on the page "/numbers" and are explained like them.
const (
	nowNeeds       kpi.Name = "needs-person"
	nowRinging     kpi.Name = "ringing"
	nowTalking     kpi.Name = "talking"
	nowFree        kpi.Name = "free"
	nowNotReturned kpi.Name = "not-returned"
)

var nowNames = []kpi.Name{nowNeeds, nowRinging, nowTalking, nowFree, nowNotReturned}

// nowRows adds the numbers of this moment to the page, and opens the chosen one.
func (c *composer) nowRows(page *views.Numbers, chosen kpi.Name) (opened bool) {
	s := c.census()
	of := map[kpi.Name]views.Headline{
		nowNeeds: c.needsHeadline(&s), nowRinging: c.ringingHeadline(&s), nowTalking: c.talkingHeadline(&s),
		nowFree: c.freeHeadline(), nowNotReturned: c.missedHeadline(),
	}
	for _, name := range nowNames {
		h := of[name]
		row := views.NumberRow{
			ID: string(name), Label: h.Label, Value: h.Value, Part: h.Part, Alarm: h.Alarm, Muted: h.Muted, URL: c.number(name),
			Target: c.nowLimit(name), Current: name == chosen,
		}
		page.Rows = append(page.Rows, row)
		if row.Current {
			page.Open, page.Calls = c.explainNow(name, &s, row)
			opened = true
		}
	}
	return opened
}

// nowLimit is the limit or target beside a number of this moment.
func (c *composer) nowLimit(name kpi.Name) string {
	r := c.p.rules()
	switch {
	case (name == nowNeeds || name == nowRinging) && r.Ringing.Over > 0:
		return sprintf(c.words.LimitFmt, views.FormatAge(r.Ringing.Age(), false))
	case name == nowNotReturned && r.Missed.Over > 0:
		return sprintf(c.words.OnNumbers.TargetOnlyFmt, views.FormatAge(r.Missed.Age(), false))
	}
	return ""
}

// explainNow says what a number of this moment is made of, and lists its calls.
func (c *composer) explainNow(name kpi.Name, s *census, row views.NumberRow) (views.NumberOpen, views.NumberCalls) {
	w, on := c.words, &c.words.OnNumbers
	o := views.NumberOpen{NumberRow: row, Bar: -1, Formula: on.Formulas[string(name)], How: on.HowCounted}
	list := views.NumberCalls{Title: on.CallsBehind, Empty: on.NoCallsNow}
	if !c.numbersKnown() {
		list.Empty = w.NotKnown
		return o, list
	}
	sum := func(id, label string, n int) {
		o.Sum = append(o.Sum, views.SumRow{ID: id, Label: label, Value: w.Count(n)})
	}
	board := Query{Page: PageBoard, Line: c.q.Line, User: c.q.User, Team: c.q.Team, Lang: c.q.Lang, Theme: c.q.Theme}
	switch name {
	case nowNeeds:
		sum("rings", w.Ringing, s.over)
		sum("talks", w.Talking, s.groups[needsPerson].sure-s.over)
		list.All = board.URL()
		list.Rows = c.nowCalls(s, func(p *placed) bool { return p.group == needsPerson })
	case nowRinging:
		sum("within", on.WithinLimit, s.ringing.sure-s.over)
		sum("over", w.OverLimit, s.over)
		sum("doubt", on.InDoubtApart, s.ringing.doubt)
		board.State = "ringing"
		list.All = board.URL()
		list.Rows = c.nowCalls(s, func(p *placed) bool {
			return p.m.call.Phase == state.Ringing && p.m.call.Direction != state.Internal
		})
	case nowTalking:
		inferred := 0
		for i := range s.rows {
			if call := &s.rows[i].m.call; call.Inferred && call.Confidence == state.Confirmed && call.Direction != state.Internal {
				inferred++
			}
		}
		sum("announced", w.Confirmed, s.talking.sure-inferred)
		sum("inferred", on.AfterTransfer, inferred)
		sum("doubt", on.InDoubtApart, s.talking.doubt)
		board.State = "connected"
		list.All = board.URL()
		list.Rows = c.nowCalls(s, func(p *placed) bool {
			return p.m.call.Phase == state.Talking && p.m.call.Direction != state.Internal
		})
	case nowFree:
		var does [doings]int
		for _, p := range c.chosenPeople() {
			does[p.what]++
		}
		sum("free", on.Free, does[doesNothing])
		sum("talks", w.Talking, does[doesTalk])
		sum("inside", w.Internal, does[doesTalkInside])
		sum("rings", w.Ringing, does[doesRing]+does[doesRingTooLong])
		list.All = Query{Page: PagePeople, Team: c.q.Team, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
		list.Empty = on.OfPeople
	case nowNotReturned:
		list.All = Query{Page: PageMissed, Team: c.q.Team, Line: c.q.Line, Lang: c.q.Lang, Theme: c.q.Theme}.URL()
		list.Empty = on.OnTheWorklist
	}
	if c.p.counts() {
		list.Rows, list.Empty = nil, c.words.OnLens.CountsText
	}
	if list.Rows != nil {
		list.Note = on.Calls.Of(len(list.Rows))
		if len(list.Rows) > callsShown {
			list.Note = sprintf(on.FirstFmt, callsShown, len(list.Rows))
			list.Rows = list.Rows[:callsShown]
		}
	}
	return o, list
}

// nowCalls are calls that are up as rows of a list, in the order of the board.
func (c *composer) nowCalls(s *census, takes func(*placed) bool) []views.NumberCall {
	var rows []views.NumberCall
	for i := range s.rows {
		p := &s.rows[i]
		if !takes(p) {
			continue
		}
		call := &p.m.call
		outside, inside := call.Caller, call.Callee
		if call.Direction == state.Outbound {
			outside, inside = inside, outside
		}
		row := views.NumberCall{
			ID: "c" + strconv.FormatUint(call.Seq, 10), URL: Query{Page: PageCall, Call: call.Seq, Lang: c.q.Lang, Theme: c.q.Theme}.URL(),
			Time: c.clock(call.StartedAt), Customer: c.party(outside), Line: c.line(call), Who: c.called(inside),
			Outcome: c.state(call, false).Word, Waited: views.Age{Text: "–"}, Talked: views.Age{Text: "–"},
		}
		if call.Phase == state.Ringing {
			row.Waited = age2(inState(call))(c.moment)
		} else {
			row.Talked = age(call.ConnectedAt, call.TalkAtLeast, c.moment)
			if !call.StartedAt.IsZero() && !call.StartAtLeast && !call.TalkAtLeast && !call.ConnectedAt.IsZero() {
				row.Waited = views.Age{Text: lengthFrom(call.StartedAt, call.ConnectedAt, false)}
			}
		}
		rows = append(rows, row)
	}
	return rows
}
