package hub

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// call composes the page of one call, live or ended lately. Errors:
// ErrNotFound.
func (c *composer) call() error {
	h := c.p.h
	h.mu.Lock()
	history, ok := h.board.History(c.q.Call)
	h.mu.Unlock()
	if !ok {
		return ErrNotFound
	}
	end := c.moment
	if !history.Live {
		end = history.EndedAt
	}
	c.names = namesOf(&history)
	call := &history.Call
	g, turns := c.p.groupOf(call, c.moment)
	if history.Live && c.pic.moment.IsZero() {
		// The picture of the journey grows with time: one step is a hundredth
		// of its width, between one and ten seconds.
		step := min(max(c.now.Sub(cmp.Or(call.StartedAt, c.now))/100, time.Second), 10*time.Second)
		c.v.due = earlier(c.now.Add(step), turns)
	}
	d := &views.CallDetail{
		Number: strconv.FormatUint(call.Seq, 10),
		Caller: c.party(call.Caller),
		Callee: c.party(call.Callee),
		State:  c.state(call, history.Live && g == needsPerson),
		Line:   c.line(call),
		Lanes:  c.lanes(&history, end),
		Legs:   c.legRows(&history),
		Facts:  c.callFacts(&history, end),
		Raw:    c.rawEvents(&history),
	}
	if call.Transferred {
		d.Former, d.Arrow = c.called(call.Former), views.ArrowProven
	}
	if call.Inferred {
		d.Arrow = views.ArrowDashed
	}
	d.Summary = c.callSummary(call, end)
	d.Entries, d.EntryNote = c.entries(&history)
	d.Others = c.otherCalls(&history)
	c.confidence(d, &history)
	if history.Live {
		d.InState = age2(inState(call))(c.moment)
		d.Total = age2(total(call))(c.moment)
	} else {
		d.Ended = "Ended " + c.clock(history.EndedAt) + ", " + outcomeWords[history.Outcome]
		d.State.Alarm = false
		since, atLeast := total(call)
		d.Total = views.Age{Text: lengthFrom(since, history.EndedAt, atLeast)}
	}
	c.pic.call = d
	key := *d
	key.InState.Text, key.Total.Text = "", d.Total.Text
	if d.Total.Since != 0 {
		key.Total.Text = ""
	}
	c.part("p-detail", key, views.DetailPart(*d))
	return nil
}

func freshCall(d *views.CallDetail, moment time.Time) *views.CallDetail {
	out := *d
	out.InState.Text, out.Total.Text = ageText(d.InState, moment), ageText(d.Total, moment)
	return &out
}

// lengthFrom prints the time between two moments; unknown if one is.
func lengthFrom(from, to time.Time, atLeast bool) string {
	if from.IsZero() || to.IsZero() {
		return "–"
	}
	return views.FormatAge(to.Sub(from), atLeast)
}

func (c *composer) callSummary(call *state.Call, end time.Time) []string {
	var words []string
	// Of a call that was handed on, the start is not the customer's.
	if !call.Transferred && !call.ConnectedAt.IsZero() && !call.StartedAt.IsZero() && !call.StartAtLeast && !call.TalkAtLeast {
		words = append(words, "waited "+lengthFrom(call.StartedAt, call.ConnectedAt, false))
	}
	if call.Transferred {
		words = append(words, sprintf(c.words.TransferredOnceFmt, c.called(call.Former)))
	}
	if call.JourneyCalls > 1 {
		words = append(words, sprintf("%d calls in this journey", call.JourneyCalls))
	}
	return words
}

// confidence says how sure the board is, and why, in whole sentences.
func (c *composer) confidence(d *views.CallDetail, h *state.History) {
	w, call := c.words, &h.Call
	d.Word = w.Confirmed
	if call.Confidence != state.Confirmed || call.Inferred {
		d.Glyph, d.Tone = d.State.Glyph, d.State.Tone
	}
	switch {
	case call.Confidence == state.Suspect:
		d.Word = w.Suspect
	case call.Confidence == state.Unconfirmed:
		d.Word = w.Unconfirmed
	case call.Inferred:
		d.Word = w.Inferred
	}
	doubt := call.Doubt
	from := c.clock(doubt.From)
	switch doubt.Kind {
	case state.DoubtGap:
		if doubt.To.IsZero() {
			d.Why = "The feed has been away since " + from + ". The call was up then; nothing has confirmed it since."
		} else {
			d.Why = "The feed was away from " + from + " to " + c.clock(doubt.To) + ". The call was up before; nothing has confirmed it since."
		}
	case state.DoubtNoSnapshot:
		d.Why = "After the interruption at " + from + " the PBX's list of calls could not be had, so nothing says that this call is still up."
	case state.DoubtContradict:
		d.Why = "The same person has been talking to another customer since " + from + ". One of the two calls has probably ended without a word."
	case state.DoubtHalf:
		d.Why = "One side left at " + from + " and the hangup of the call never came."
	case state.DoubtRingingLong:
		d.Why = "It rings since " + from + ", longer than telephones ring. Its hangup may have been lost."
	case state.DoubtTalkingLong:
		d.Why = "It lasts since " + from + ", longer than people talk. Its hangup may have been lost."
	case state.DoubtInferred:
		d.Why = "The PBX does not announce the talk after a transfer. Two calls of one person ended together at " + from +
			", so the two others are taken to be talking. The hangup of that talk will prove it."
	case state.DoubtUnmatched:
		d.Why = "This talk was concluded from a transfer, and the PBX's list of calls at " + from + " did not show it."
	}
	switch {
	case d.Why != "":
	case !h.Live && h.Outcome == state.EndedHungUp:
		d.Why = "The PBX said that it ended."
	case !h.Live:
		d.Why = "No hangup was received: " + outcomeWords[h.Outcome] + "."
	case call.FromSnapshot:
		d.Why = "It was first seen on the PBX's list of calls; how it began was not seen."
	default:
		d.Why = "The feed has told of it without interruption."
	}
}

func (c *composer) callFacts(h *state.History, end time.Time) []views.Fact {
	w, call := c.words, &h.Call
	started := c.clock(call.StartedAt)
	if call.StartAtLeast && !call.StartedAt.IsZero() {
		started = "at the latest " + started
	}
	facts := []views.Fact{
		{Label: w.Started, Value: started},
		{Label: w.Line, Value: c.line(call)},
		{Label: w.Direction, Value: upperFirst(call.Direction.String())},
	}
	switch {
	case call.ConnectedAt.IsZero() && !call.StartedAt.IsZero() && (h.Live && call.Phase == state.Ringing || !h.Live):
		facts = append(facts, views.Fact{Label: w.Waited, Value: waitedText(call, end, h.Live)})
	case !call.Transferred && !call.ConnectedAt.IsZero() && !call.StartedAt.IsZero() && !call.TalkAtLeast:
		facts = append(facts, views.Fact{Label: w.Waited, Value: lengthFrom(call.StartedAt, call.ConnectedAt, call.StartAtLeast)})
	}
	if !call.ConnectedAt.IsZero() {
		value := "since " + c.clock(call.ConnectedAt)
		if !h.Live {
			value = lengthFrom(call.ConnectedAt, end, call.TalkAtLeast)
		}
		facts = append(facts, views.Fact{Label: w.Talked, Value: value, Dashed: call.Inferred})
	}
	gone := 0
	for i := range call.Legs {
		if call.Legs[i].State == state.LegGone {
			gone++
		}
	}
	legs := views.Fact{Label: w.Legs, Value: strconv.Itoa(len(call.Legs))}
	if gone > 0 {
		legs.Value += sprintf(", %d gone", gone)
	}
	facts = append(facts, legs)
	if !h.Live && h.PBXDuration >= 0 {
		facts = append(facts, views.Fact{Label: "PBX duration", Value: views.FormatAge(h.PBXDuration, false)})
	}
	if call.JourneyCalls > 0 {
		facts = append(facts, views.Fact{Label: "Journey", Value: plural(call.JourneyCalls, "call", "calls") + " so far"})
	}
	return append(facts, views.Fact{Label: "PBX call id", Value: cmp.Or(views.CleanSentence(call.CallID), "–")})
}

// waitedText is how long a call that never connected has rung. While it rings
// the number at the top runs; here stands since when.
func waitedText(call *state.Call, end time.Time, live bool) string {
	if live {
		return "still waiting"
	}
	return lengthFrom(call.StartedAt, end, call.StartAtLeast) + ", not answered"
}

func (c *composer) legRows(h *state.History) []views.LegRow {
	w := c.words
	rows := make([]views.LegRow, 0, len(h.Call.Legs))
	for i := range h.Call.Legs {
		leg := &h.Call.Legs[i]
		if !h.Live && leg.State != state.LegGone { // the end of the call was the end of its legs
			over := *leg
			over.State, over.Until = state.LegGone, h.EndedAt
			leg = &over
		}
		row := views.LegRow{
			Side: w.Caller, Party: c.party(leg.Party), Mark: legMark(leg),
			State: upperFirst(leg.State.String()), Since: c.clock(leg.Since), Answered: c.clock(leg.Answered), Until: c.clock(leg.Until),
		}
		if leg.Side == state.CalleeSide {
			row.Side = w.Callee
		}
		switch {
		case leg.State == state.LegRinging && leg.Side == state.CallerSide:
			row.State = "Calling"
		case leg.State == state.LegConnected:
			row.State = w.Talking
		}
		switch {
		case leg.Inferred:
			row.Note = "concluded from a transfer"
		case leg.Missed:
			row.Note = "missed"
		case h.Call.Legs[i].State == state.LegGone && leg.Answered.IsZero() && leg.Side == state.CalleeSide:
			row.Note = "stopped ringing"
		}
		rows = append(rows, row)
	}
	return rows
}

// entries is the timeline: what came, and what it proved.
func (c *composer) entries(h *state.History) ([]views.EntryRow, string) {
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
			row.Event = eventWords[e.Event.Type]
			received += max(e.Times, 1)
			if e.Times > 1 {
				doubled++
			}
		case e.Effect == state.EffectInferred:
			row.Event, row.Inferred = c.words.Inferred, true
			inferred++
		default:
			row.Event = boardEntry(e.Effect)
		}
		if l.call.Seq != h.Call.Seq {
			row.Leg = "call " + strconv.FormatUint(l.call.Seq, 10)
		} else if n := legOf(l.call, e); n > 0 {
			row.Leg = strconv.Itoa(n)
		}
		rows = append(rows, row)
	}
	note := sprintf("%d received", received)
	if doubled > 0 {
		note += sprintf(", %d of them told more than once", doubled)
	}
	if inferred > 0 {
		note += sprintf("; %d inferred", inferred)
	}
	if h.Dropped > 0 {
		note += sprintf("; %d in the middle are not kept", h.Dropped)
	}
	return rows, note
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
func boardEntry(e state.Effect) string {
	switch e {
	case state.EffectSeen, state.EffectAbsent:
		return "List of calls"
	case state.EffectDismissed:
		return "Operator"
	case state.EffectExpired:
		return "Time limit"
	}
	return "Callboard"
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
	text := effectWords[e.Effect]
	callee := e.Event.Callee
	who := ""
	if !callee.Blank() {
		who = c.called(c.named(callee))
	}
	switch {
	case e.Effect == state.EffectDoubt:
		if short := c.doubtShort(e.Doubt); short != "" {
			text += ": " + short
		}
	case who == "":
	case e.Effect == state.EffectCreated && e.Event.Type == state.NewCall:
		text += ", rings " + who
	case e.Effect == state.EffectRings:
		text += ": " + who
	case e.Effect == state.EffectAnswered:
		text += ", " + who + " answered"
	case e.Effect == state.EffectLegGone:
		text += ": " + who
	case e.Effect == state.EffectMissed:
		text = "Missed by " + who
	case e.Effect == state.EffectSwitched:
		text += ", now " + who
	}
	return text
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
		r := views.RawEvent{Title: c.fine(l.entry.At) + " " + eventWords[ev.Type]}
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
			number := side.party.Number
			if c.look.mask {
				number = maskNumber(number)
			}
			add(side.name+"FlowId", side.party.FlowID)
			add(side.name+"User", side.party.User)
			add(side.name+"UserAddressable", side.party.UserAddressable)
			add(side.name+"PhoneNumber", number)
			add(side.name+"Addressable", side.party.Addressable)
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
