package hub

import (
	"slices"
	"strconv"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// entries is the timeline: what came, and what it proved.
func (c *composer) entries(h *state.History) ([]views.EntryRow, string) {
	w := &c.words.OnCall
	var first time.Time
	received, doubled, inferred := 0, 0, 0
	lines := journeyLines(h)
	rows := make([]views.EntryRow, 0, len(lines))
	for _, l := range lines {
		e := l.entry
		if first.IsZero() {
			first = e.At
		}
		row := views.EntryRow{At: c.fine(e.At), After: tenths(e.At.Sub(first)), Leg: "–", Proves: c.proves(e)}
		if e.Times > 1 {
			row.Times = "×" + strconv.Itoa(e.Times)
		}
		switch {
		case e.Event.Type != 0:
			row.Event = w.Events[e.Event.Type]
			received += max(e.Times, 1)
			if e.Times > 1 {
				doubled++
			}
		case e.Effect == state.EffectInferred:
			row.Event, row.Inferred = c.words.Inferred, true
			inferred++
		default:
			row.Event = c.boardEntry(e.Effect)
		}
		if l.call.Seq != h.Call.Seq {
			row.Leg = sprintf(w.OfCallFmt, strconv.FormatUint(l.call.Seq, 10))
		} else if n := legOf(l.call, e); n > 0 {
			row.Leg = strconv.Itoa(n)
		}
		rows = append(rows, row)
	}
	note := []string{w.Received.Of(received)}
	if doubled > 0 {
		note = append(note, w.Doubled.Of(doubled))
	}
	if inferred > 0 {
		note = append(note, w.Inferred.Of(inferred))
	}
	if h.Dropped > 0 {
		note = append(note, w.Dropped.Of(h.Dropped))
	}
	return rows, spaced(note...)
}

// A journeyLine is an entry of the timeline with the call it belongs to.
type journeyLine struct {
	call  *state.Call
	entry *state.Entry
}

// journeyLines are the lines of all calls of a journey, in order of time: a
// transfer is told by two calls.
func journeyLines(h *state.History) []journeyLine {
	var lines []journeyLine
	for i := range h.Entries {
		lines = append(lines, journeyLine{&h.Call, &h.Entries[i]})
	}
	for i := range h.Parts {
		for j := range h.Parts[i].Entries {
			lines = append(lines, journeyLine{&h.Parts[i].Call, &h.Parts[i].Entries[j]})
		}
	}
	slices.SortStableFunc(lines, func(a, b journeyLine) int { return a.entry.At.Compare(b.entry.At) })
	return lines
}

// boardEntry names a line that no event made.
func (c *composer) boardEntry(e state.Effect) string {
	w := &c.words.OnCall
	switch e {
	case state.EffectSeen, state.EffectAbsent:
		return w.ByList
	case state.EffectDismissed:
		return w.ByPerson
	case state.EffectExpired:
		return w.ByTime
	}
	return c.words.Product
}

// legOf is the number of the leg an event is about, from 1; 0 if none fits.
func legOf(call *state.Call, e *state.Entry) int {
	if e.Event.Type == 0 {
		return 0
	}
	for _, side := range []state.Side{state.CalleeSide, state.CallerSide} {
		party := e.Event.Callee
		if side == state.CallerSide {
			party = e.Event.Caller
		}
		if party.Blank() {
			continue
		}
		for i := range call.Legs {
			leg := &call.Legs[i]
			if leg.Side != side {
				continue
			}
			if leg.Party.FlowID != "" && leg.Party.FlowID == party.FlowID || leg.Party.Key() != "" && leg.Party.Key() == party.Key() {
				return i + 1
			}
		}
	}
	return 0
}

// proves says what a line of the timeline shows, with who did it.
func (c *composer) proves(e *state.Entry) string {
	w := &c.words.OnCall
	text, format := w.Effects[e.Effect], ""
	who := ""
	if callee := e.Event.Callee; !callee.Blank() {
		who = c.called(c.named(callee))
	}
	switch e.Effect {
	case state.EffectDoubt:
		format, who = w.DoubtFmt, c.doubtShort(e.Doubt)
	case state.EffectCreated:
		if e.Event.Type == state.NewCall {
			format = w.CreatedFmt
		}
	case state.EffectRings:
		format = w.RingsFmt
	case state.EffectAnswered:
		format = w.AnsweredFmt
	case state.EffectLegGone:
		format = w.LegGoneFmt
	case state.EffectMissed:
		format = w.MissedFmt
	case state.EffectSwitched:
		format = w.SwitchedFmt
	}
	if format == "" || who == "" {
		return text
	}
	return sprintf(format, who)
}

// named fills in the name of a user: events carry none, the legs of the
// journey's calls do.
func (c *composer) named(party state.Party) state.Party {
	if party.Name == "" && party.User != "" {
		party.Name = c.names[party.User]
	}
	return party
}

// namesOf collects what the users of a journey are called.
func namesOf(h *state.History) map[string]string {
	names := map[string]string{}
	learn := func(call *state.Call) {
		for i := range call.Legs {
			if p := &call.Legs[i].Party; p.User != "" && p.Name != "" {
				names[p.User] = p.Name
			}
		}
	}
	for i := range h.Parts {
		learn(&h.Parts[i].Call)
	}
	learn(&h.Call)
	return names
}

// fine prints a time of day to a hundredth of a second.
func (c *composer) fine(t time.Time) string { return c.local(t).Format("15:04:05.00") }

// tenths prints a length to a tenth of a second: "0:12.2".
func tenths(d time.Duration) string {
	d = max(d, 0)
	return views.FormatAge(d, false) + "." + strconv.Itoa(int(d%time.Second/(100*time.Millisecond)))
}

// otherCalls are the rest of the journey.
func (c *composer) otherCalls(h *state.History) []views.EndedRow {
	var rows []views.EndedRow
	for i := range h.Parts {
		part := &h.Parts[i]
		call := &part.Call
		row := views.EndedRow{
			URL:   Query{Page: PageCall, Call: call.Seq, Lang: c.q.Lang}.URL(),
			Party: c.called(call.Caller), With: c.called(call.Callee), At: c.clock(call.StartedAt), Length: "–",
			Glyph: "missed", Word: c.words.Unanswered, Tone: views.ToneIdle,
		}
		if !call.ConnectedAt.IsZero() {
			row.Glyph, row.Word = "talk", c.words.Answered
		}
		if part.Live {
			s := c.state(call, false)
			row.Glyph, row.Word, row.Tone = s.Glyph, s.Word, s.Tone
		} else if !call.ConnectedAt.IsZero() {
			row.Length = lengthFrom(call.ConnectedAt, part.EndedAt, call.TalkAtLeast)
		}
		rows = append(rows, row)
	}
	return rows
}

// rawEvents are the fields of each event as the feed gave them.
func (c *composer) rawEvents(h *state.History) []views.RawEvent {
	var raw []views.RawEvent
	for _, l := range journeyLines(h) {
		ev := &l.entry.Event
		if ev.Type == 0 {
			continue
		}
		r := views.RawEvent{Title: c.fine(l.entry.At) + " " + c.words.OnCall.Events[ev.Type]}
		add := func(name, value string) {
			if value != "" {
				r.Fields = append(r.Fields, views.Field{Name: name, Value: views.CleanSentence(value)})
			}
		}
		add("callId", ev.CallID)
		if !ev.Date.IsZero() {
			add("date", ev.Date.UTC().Format(time.RFC3339))
		}
		add("initiation", ev.Initiation)
		for _, side := range []struct {
			name  string
			party state.Party
		}{{"caller", ev.Caller}, {"callee", ev.Callee}} {
			add(side.name+"FlowId", side.party.FlowID)
			add(side.name+"User", side.party.User)
			add(side.name+"UserAddressable", side.party.UserAddressable)
			add(side.name+"PhoneNumber", side.party.Number)
			if !c.look.masked() { // else it only tells outsiders apart
				add(side.name+"Addressable", side.party.Addressable)
			}
			add(side.name+"AddressableSyncId", side.party.SyncID)
			add(side.name+"AddressableSyncSource", side.party.SyncSource)
			add(side.name+"CallLogOid", side.party.CallLog)
		}
		add("calleePhoneLineOid", ev.Line)
		if ev.Duration > 0 || ev.Duration == 0 && ev.Type == state.HungUp {
			add("duration", strconv.Itoa(int(ev.Duration.Seconds())))
		}
		raw = append(raw, r)
	}
	return raw
}
