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
	history, ok := c.p.history(c.q.Call)
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
		end, c.v.due = c.journeyStep(&history, turns)
	}
	d := &views.CallDetail{
		Number: strconv.FormatUint(call.Seq, 10),
		Caller: c.party(call.Caller),
		Callee: c.party(call.Callee),
		State:  c.state(call, history.Live && g == needsPerson),
		Line:   c.line(call),
		Legs:   c.legRows(&history),
		Raw:    c.rawEvents(&history),
	}
	parts := c.laneParts(&history, end)
	d.Journey = views.Journey{Lanes: c.lanes(parts, &history), Ladders: c.ladders(parts, &history)}
	d.Facts, d.Records = c.callFacts(&history, parts), c.records(&history)
	proven := !history.Live && history.Outcome == state.EndedHungUp
	if call.Transferred {
		d.Arrow = views.ArrowProven
	}
	if call.Inferred && !proven {
		d.Arrow = views.ArrowDashed
	}
	d.Summary = c.callSummary(call)
	d.Entries, d.EntryNote = c.entries(&history)
	d.Others = c.otherCalls(&history)
	c.confidence(d, &history, proven)
	if history.Live {
		d.InState = age2(inState(call))(c.moment)
		d.Total = age2(total(call))(c.moment)
	} else {
		d.Ended = sprintf(c.words.OnCall.EndedFmt, c.clock(history.EndedAt), c.words.OnCall.Outcomes[history.Outcome])
		d.State.Alarm = false
		since, atLeast := total(call)
		d.Total = views.Age{Text: lengthFrom(since, history.EndedAt, atLeast)}
	}
	if history.Live && dismissible(call) && !c.p.h.Recorded() {
		q := Query{Lang: c.q.Lang, Theme: c.q.Theme}
		d.Dismiss = "/calls/" + d.Number + "/dismiss"
		if raw := q.Values().Encode(); raw != "" {
			d.Dismiss += "?" + raw
		}
	}
	c.pic.call = d
	// What is drawn moves with time and is an element of its own, so that
	// nobody loses a selection or the focus in the rest.
	key := *freshCall(d, time.Time{})
	drawn := key.Journey
	key.Journey = views.Journey{}
	c.part("p-detail", key, views.DetailPart(*d))
	c.part("p-journey", drawn, views.JourneyPart(d.Journey))
	return nil
}

// journeyStep is the moment up to which the journey of a live call is drawn,
// and when to draw it again: a step is a hundredth of its width, between one
// and ten seconds.
func (c *composer) journeyStep(h *state.History, turns time.Time) (end, due time.Time) {
	start := cmp.Or(h.Call.StartedAt, c.now)
	if !h.Call.JourneyStart.IsZero() {
		start = earlier(start, h.Call.JourneyStart)
	}
	step := min(max(c.now.Sub(start)/100, time.Second), 10*time.Second).Truncate(time.Second)
	end = start.Add(c.now.Sub(start).Truncate(step))
	due = earlier(end.Add(step), turns)
	for _, l := range journeyLines(h) {
		if l.entry.At.After(end) { // what happened is drawn at once
			end = l.entry.At
		}
	}
	return end, due
}

// freshCall is the page with its running ages at a moment; at zero, without
// them.
func freshCall(d *views.CallDetail, moment time.Time) *views.CallDetail {
	fresh := func(a *views.Age) {
		switch {
		case a.Since == 0:
		case moment.IsZero():
			a.Text = ""
		default:
			a.Text = ageText(*a, moment)
		}
	}
	out := *d
	fresh(&out.InState)
	fresh(&out.Total)
	j := &out.Journey
	fresh(&j.Lanes.NowAge)
	j.Lanes.Rows = slices.Clone(j.Lanes.Rows)
	for i := range j.Lanes.Rows {
		bars := slices.Clone(j.Lanes.Rows[i].Bars)
		for k := range bars {
			fresh(&bars[k].Age)
		}
		j.Lanes.Rows[i].Bars = bars
	}
	j.Ladders = slices.Clone(j.Ladders)
	for i := range j.Ladders {
		rungs := slices.Clone(j.Ladders[i].Rungs)
		for k := range rungs {
			rings := slices.Clone(rungs[k].Rings)
			for n := range rings {
				fresh(&rings[n].Age)
			}
			rungs[k].Rings = rings
		}
		j.Ladders[i].Rungs = rungs
	}
	return &out
}

// lengthFrom prints the time between two moments; unknown if one is.
func lengthFrom(from, to time.Time, atLeast bool) string {
	if from.IsZero() || to.IsZero() {
		return "–"
	}
	return views.FormatAge(to.Sub(from), atLeast)
}

func (c *composer) callSummary(call *state.Call) []string {
	var words []string
	// Of a call that was handed on, the start is not the customer's.
	if !call.Transferred && !call.ConnectedAt.IsZero() && !call.StartedAt.IsZero() && !call.StartAtLeast && !call.TalkAtLeast {
		words = append(words, sprintf(c.words.OnCall.WaitedFmt, lengthFrom(call.StartedAt, call.ConnectedAt, false)))
	}
	if call.Transferred {
		words = append(words, sprintf(c.words.TransferredOnceFmt, c.called(call.Former)))
	}
	if call.JourneyCalls > 1 {
		words = append(words, c.words.OnCall.Calls.Of(call.JourneyCalls))
	}
	return words
}

// confidence says how sure the board is, and why, in whole sentences. proven:
// the PBX itself told the end.
func (c *composer) confidence(d *views.CallDetail, h *state.History, proven bool) {
	w, on, call := c.words, &c.words.OnCall, &h.Call
	d.Word = w.Confirmed
	switch {
	case proven && call.Inferred:
		d.Word, d.Why = on.Proven, on.WhyProven
		return
	case proven:
		d.Why = on.WhyHungUp
		return
	case call.Confidence == state.Suspect:
		d.Word = w.Suspect
	case call.Confidence == state.Unconfirmed:
		d.Word = w.Unconfirmed
	case call.Inferred:
		d.Word = w.Inferred
	}
	if call.Confidence != state.Confirmed || call.Inferred {
		d.Glyph, d.Tone = d.State.Glyph, d.State.Tone
	}
	d.Why = c.whyDoubt(call.Doubt)
	if !h.Live {
		ended := sprintf(on.WhyNoHangUpFmt, on.Outcomes[h.Outcome])
		if call.Confidence == state.Confirmed && !call.Inferred {
			d.Word, d.Why = w.Unconfirmed, ended
			return
		}
		d.Why += " " + ended
		return
	}
	switch {
	case d.Why != "":
	case call.FromSnapshot:
		d.Why = on.WhyFromList
	case len(c.gapsWithin(call.StartedAt, c.now)) > 0:
		d.Why = on.WhyConfirmedSince
	default:
		d.Why = on.WhyConfirmed
	}
}

// whyDoubt is the reason of a doubt in whole sentences.
func (c *composer) whyDoubt(doubt state.Doubt) string {
	w, from := &c.words.OnCall, c.clock(doubt.From)
	switch doubt.Kind {
	case state.DoubtGap:
		if doubt.To.IsZero() {
			return sprintf(w.WhyGapOpenFmt, from)
		}
		return sprintf(w.WhyGapFmt, from, c.clock(doubt.To))
	case state.DoubtNoSnapshot:
		return sprintf(w.WhyNoListFmt, from)
	case state.DoubtContradict:
		return sprintf(w.WhyTwoFmt, from)
	case state.DoubtHalf:
		return sprintf(w.WhyHalfFmt, from)
	case state.DoubtRingingLong:
		return sprintf(w.WhyRingingFmt, from)
	case state.DoubtTalkingLong:
		return sprintf(w.WhyTalkingFmt, from)
	case state.DoubtInferred:
		return sprintf(w.WhyInferredFmt, from)
	case state.DoubtUnmatched:
		return sprintf(w.WhyUnmatchedFmt, from)
	}
	return ""
}
