package hub

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// A group is a section of the call table, in the order of the screen.
type group uint8

const (
	needsPerson group = iota
	ringing
	talking
	internal
	groups int = iota
)

var groupIDs = [groups]string{"needs", "ringing", "talking", "internal"}

// groupOf places a call. One over a limit of its own needs a person. A call in
// doubt does not: nobody could do anything about it. turns is when the call
// will be over its limit if nothing else happens; zero if never.
func (p *painter) groupOf(call *state.Call, moment time.Time) (g group, turns time.Time) {
	switch {
	case call.Direction == state.Internal:
		return internal, time.Time{}
	case call.Phase == state.Talking:
		g = talking
	default:
		g = ringing
	}
	limit := p.setup.Rules.Ringing
	if g == talking {
		limit = p.setup.Rules.Talking
	}
	since, _ := inState(call)
	if call.Confidence != state.Confirmed || since.IsZero() || !limit.Set() || g == ringing && !waits(call) {
		return g, time.Time{}
	}
	over := since.Add(limit.Age())
	switch {
	case moment.Before(over):
		return g, over.Add(limit.On)
	case p.watch.calls[call.Seq]:
		return needsPerson, time.Time{}
	}
	return g, time.Time{}
}

// inState is since when a call is in its state: ringing, or talking with
// whom it talks with now.
func inState(call *state.Call) (since time.Time, atLeast bool) {
	if call.Phase == state.Talking {
		if !call.PairSince.IsZero() {
			return call.PairSince, call.TalkAtLeast && call.PairSince.Equal(call.ConnectedAt)
		}
		return call.ConnectedAt, call.TalkAtLeast
	}
	return call.StartedAt, call.StartAtLeast
}

// total is since when the customer is with the company.
func total(call *state.Call) (since time.Time, atLeast bool) {
	if !call.JourneyStart.IsZero() && (call.StartedAt.IsZero() || call.JourneyStart.Before(call.StartedAt)) {
		return call.JourneyStart, false
	}
	return call.StartedAt, call.StartAtLeast
}

// rowModel puts a call into words.
func (c *composer) rowModel(call *state.Call, g group) views.Row {
	r := views.Row{
		ID:     "c" + strconv.FormatUint(call.Seq, 10),
		Rev:    strconv.FormatUint(call.Rev, 36),
		URL:    Query{Page: PageCall, Call: call.Seq, Lang: c.q.Lang}.URL(),
		State:  c.state(call, g == needsPerson),
		Group:  groupIDs[g],
		Line:   c.line(call),
		Caller: c.party(call.Caller),
		Callee: c.party(call.Callee),
		Doubt:  c.doubt(call),
		Alarm:  g == needsPerson,
	}
	if n := c.p.setup.number; n > 0 { // other limits, other rows
		r.Rev += "." + strconv.FormatInt(int64(n), 36)
	}
	if r.Alarm {
		r.Rev += "!"
	}
	r.InState = age2(inState(call))(c.moment)
	r.Total = age2(total(call))(c.moment)
	limit := c.p.setup.Rules.Ringing.Age()
	if limit > 0 && call.Phase == state.Ringing && call.Direction != state.Internal && r.InState.Since != 0 {
		since, _ := inState(call)
		r.LimitMS = limit.Milliseconds()
		r.Meter = int(min(max(24*c.moment.Sub(since)/limit, 0), 48))
	}
	if call.Transferred {
		r.Former, r.Arrow = c.firstName(call.Former), views.ArrowProven
	}
	if call.Inferred {
		r.Arrow = views.ArrowDashed
	}
	colleague := call.Callee.User != "" || call.Direction == state.Inbound || call.Direction == state.Internal
	if c.look.wall && r.Callee.Name != "" && colleague {
		r.Callee.Name = firstWord(r.Callee.Name)
	}
	if c.look.wall && r.Caller.Name != "" && (call.Direction == state.Outbound || call.Direction == state.Internal) {
		r.Caller.Name = firstWord(r.Caller.Name)
	}
	r.Legs, r.LegsMore, r.LegsText = c.legs(call.Legs)
	return r
}

// age2 joins a start and whether it is the latest there can have been with the
// moment it is looked at.
func age2(since time.Time, atLeast bool) func(time.Time) views.Age {
	return func(moment time.Time) views.Age { return age(since, atLeast, moment) }
}

// state is the chip: glyph, word, tone.
func (c *composer) state(call *state.Call, alarm bool) views.State {
	w := c.words
	rings, talks, ringsOut, talksOut := w.Ringing, w.Talking, w.RingingOut, w.TalkingOut
	if o := &w.OnWall; c.look.wall {
		rings, talks, ringsOut, talksOut = o.Ringing, o.Talking, o.RingingOut, o.TalkingOut
	}
	s := views.State{Glyph: "talk", Word: talks, Tone: views.ToneTalk}
	switch {
	case call.Phase == state.Ringing:
		s = views.State{Glyph: "ring", Word: rings, Tone: views.ToneRing}
		if call.Direction == state.Outbound {
			s.Word = ringsOut
		}
		if call.Direction == state.Internal {
			s.Tone = views.ToneIdle
		}
	case call.Direction == state.Internal:
		s = views.State{Glyph: "internal", Word: w.Internal, Tone: views.ToneIdle}
	case call.Direction == state.Outbound:
		s.Word = talksOut
	}
	switch {
	case call.Confidence == state.Suspect:
		s.Glyph, s.Word = "suspect", s.Word+w.Question
	case call.Confidence == state.Unconfirmed:
		s.Glyph, s.Word = "unconfirmed", s.Word+w.Question
	case alarm:
		s.Glyph, s.Tone, s.Alarm = "alarm", views.ToneAlarm, true
	case call.Inferred:
		s.Glyph = "inferred"
	}
	return s
}

// doubt is the confidence of a call; a confirmed one shows nothing.
func (c *composer) doubt(call *state.Call) views.Doubt {
	w := c.words
	switch {
	case call.Confidence == state.Suspect:
		return views.Doubt{Word: w.Suspect, Reason: c.doubtShort(call.Doubt)}
	case call.Confidence == state.Unconfirmed:
		return views.Doubt{Word: w.Unconfirmed, Reason: c.doubtShort(call.Doubt)}
	case call.Inferred:
		return views.Doubt{Word: w.Inferred, Reason: c.doubtShort(call.Doubt)}
	}
	return views.Doubt{}
}

// doubtShort is the reason in a cell's few words.
func (c *composer) doubtShort(d state.Doubt) string {
	w := c.words
	switch d.Kind {
	case state.DoubtGap:
		if d.To.IsZero() {
			return sprintf(w.GapSinceFmt, c.hour(d.From))
		}
		return sprintf(w.GapFmt, c.hour(d.From), c.hour(d.To))
	case state.DoubtNoSnapshot:
		return sprintf(w.NotCheckedFmt, c.hour(d.From))
	case state.DoubtContradict:
		return sprintf(w.NewCustomerFmt, c.hour(d.From))
	case state.DoubtHalf:
		return sprintf(w.SideLeftFmt, c.clock(d.From))
	case state.DoubtRingingLong:
		return sprintf(w.RingsSinceFmt, c.hour(d.From))
	case state.DoubtTalkingLong:
		return sprintf(w.TalksSinceFmt, c.hour(d.From))
	case state.DoubtInferred:
		return sprintf(w.TransferFmt, c.clock(d.From))
	case state.DoubtUnmatched:
		return sprintf(w.GoneFmt, c.hour(d.From))
	}
	return ""
}

func (c *composer) line(call *state.Call) string {
	if name := views.CleanText(call.LineName); name != "" {
		return name
	}
	if oid := views.CleanText(call.Line); oid != "" {
		return oid
	}
	return "–"
}

// party puts a side into words. A side without name and number is shown by
// the oid the feed gave, which is more than nothing.
func (c *composer) party(p state.Party) views.Party {
	out := views.Party{Name: views.CleanText(p.Name), Number: views.CleanText(p.Number)}
	if number := compactNumber(out.Name); number != "" && strings.Trim(number, "+0123456789") == "" {
		// The PBX gives a number as name where it knows none.
		out.Name = ""
		if out.Number == "" {
			out.Number = number
		}
	}
	if withheld(out.Number) || out.Number == "" && withheld(out.Name) {
		raw := cmp.Or(out.Number, out.Name)
		if out.Name == "" || withheld(out.Name) {
			return views.Party{Name: c.words.OnNumbers.Anonymous, Raw: raw}
		}
		return views.Party{Name: out.Name, Raw: raw}
	}
	if out.Name == privacy.Hidden && out.Number == privacy.Hidden {
		out.Name = ""
	}
	out.Number = views.FormatNumber(out.Number)
	if out.Name == "" && out.Number == "" {
		out.Number = views.CleanText(p.Key())
	}
	return out
}

// withheld reports that a number is nothing but a network's word for a caller
// who shows none, alone or as a SIP address: "anonymous@anonymous.invalid".
func withheld(number string) bool {
	user, _, _ := strings.Cut(strings.ToLower(number), "@")
	if scheme, rest, ok := strings.Cut(user, ":"); ok && (scheme == "sip" || scheme == "sips" || scheme == "tel") {
		user = rest
	}
	switch user {
	case "anonymous", "anonym", "anoniem", "withheld":
		return true
	}
	return false
}

// called is a party in one word or number.
func (c *composer) called(p state.Party) string {
	party := c.party(p)
	switch {
	case party.Name != "":
		return party.Name
	case party.Number != "":
		return party.Number
	}
	return c.words.Somebody
}

func (c *composer) firstName(p state.Party) string {
	party := c.party(p)
	if party.Raw != "" {
		return party.Name
	}
	if party.Name != "" {
		return firstWord(party.Name)
	}
	return party.Number
}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

// mostLegs is how many legs a row draws.
const mostLegs = 5

// legs are the marks of a row, in the order in which the legs appeared. The
// caller's own leg says nothing while it is up: a call without it is none. Of
// many the ones that are gone make room first.
func (c *composer) legs(all []state.Leg) (marks []views.Leg, more int, text string) {
	w := c.words
	shown := make([]*state.Leg, 0, len(all))
	live := 0
	counts := map[string]int{}
	for i := range all {
		leg := &all[i]
		if leg.Side == state.CallerSide && leg.State != state.LegGone {
			continue
		}
		shown = append(shown, leg)
		counts[legMark(leg)]++
		if leg.State != state.LegGone {
			live++
		}
	}
	gone := max(mostLegs-live, 0) // places for legs that are gone
	drop := max(len(shown)-live-gone, 0)
	for _, leg := range shown {
		if leg.State == state.LegGone && drop > 0 || len(marks) == mostLegs {
			if leg.State == state.LegGone {
				drop--
			}
			more++
			continue
		}
		marks = append(marks, views.Leg{Mark: legMark(leg)})
	}
	var words []string
	for _, kind := range []struct{ mark, format string }{
		{"talking", w.LegTalkingFmt}, {"ringing", w.LegRingingFmt}, {"gone", w.LegGoneFmt}, {"inferred", w.LegInferredFmt},
	} {
		if n := counts[kind.mark]; n > 0 {
			words = append(words, sprintf(kind.format, n))
		}
	}
	return marks, more, strings.Join(words, ", ")
}

func legMark(leg *state.Leg) string {
	switch {
	case leg.State == state.LegGone:
		return "gone"
	case leg.Inferred:
		return "inferred"
	case leg.State == state.LegConnected:
		return "talking"
	}
	return "ringing"
}
