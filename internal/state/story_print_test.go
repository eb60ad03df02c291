package state

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// pass lets time go by until when: proofs of life while the link is up, and
// each timer at its own time, so that the story shows when it fired.
func (s *teller) pass(when time.Time) {
	for {
		due, ok := s.board.NextDeadline()
		if s.heart && s.beat.Add(10*time.Second).Before(when) && (!ok || s.beat.Add(10*time.Second).Before(due)) {
			s.beat = s.beat.Add(10 * time.Second)
			s.at = s.beat
			s.apply(Proof{RoundTrip: 40 * time.Millisecond})
			continue
		}
		if !ok || !due.Before(when) {
			return
		}
		s.at = due
		s.advance(due)
		if next, ok := s.board.NextDeadline(); ok && !next.After(due) {
			s.t.Fatalf("after Advance(%v) the next deadline is %v: time would stand still", due, next)
		}
	}
}

func (s *teller) advance(to time.Time) {
	if s.heard != nil {
		s.heard(to, nil)
	}
	s.show(s.board.Advance(to))
}

func (s *teller) apply(f Fact) {
	if s.heard != nil {
		s.heard(s.at, f)
	}
	s.show(s.board.Apply(Input{At: s.at, Fact: f}))
}

// show writes the changes of a step, in order, and what the board asks for.
func (s *teller) show(changes []Change) {
	s.watch.step(s.t, changes)
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, c := range changes {
		switch c.Kind {
		case CallUpsert:
			mark := "="
			if !s.known[c.Call.Seq] {
				mark, s.known[c.Call.Seq] = "+", true
			}
			say("%s %s", mark, s.row(c.Call))
		case CallRemoved:
			delete(s.known, c.Call.Seq)
			say("- call %d %s: %s", c.Call.Seq, or(c.Call.CallID, "(no id)"), c.Outcome)
		case TodayChanged:
			say("today  %s", counters(c.Today))
		case FeedChanged:
			text := "feed   " + c.Feed.State.String()
			if c.Feed.Reason != "" {
				text += ": " + c.Feed.Reason
			}
			if c.Feed.Attempt > 0 {
				text += fmt.Sprintf(" (attempt %d)", c.Feed.Attempt)
			}
			if !c.Feed.AsOf.IsZero() {
				text += ", as of " + s.stamp(c.Feed.AsOf)
			}
			say("%s", text)
		}
	}
	if why, ok := s.board.SnapshotWanted(); ok {
		say("asks for a snapshot: %s", why)
	}
	if why, ok := s.board.ReconnectWanted(); ok {
		say("asks for a new link: %s", why)
	}
	for _, t := range s.board.Tallies() {
		if n := t.Count - s.odd[t.Kind]; n > 0 {
			s.odd[t.Kind] = t.Count
			say("odd    %s", t.Kind)
		}
	}
	if s.hushed {
		return
	}
	for i, line := range lines {
		at := strings.Repeat(" ", 12)
		if i == 0 {
			at = s.at.UTC().Format("15:04:05.000")
		}
		s.out.WriteString("    " + at + "  " + line + "\n")
	}
}

// row is one call in one line. Legs are written where they say more than
// caller and callee do.
func (s *teller) row(c Call) string {
	parts := []string{fmt.Sprintf("call %d %-4s %-9s %-8s  %s > %s", c.Seq, or(c.CallID, "–"), c.Phase, c.Direction, who(c.Caller), who(c.Callee))}
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if c.Line != "" {
		add("line %s", strings.TrimSpace(c.Line+" "+c.LineName))
	}
	switch {
	case c.StartedAt.IsZero():
	case c.StartAtLeast:
		add("since before %s", s.stamp(c.StartedAt))
	default:
		add("since %s", s.stamp(c.StartedAt))
	}
	if !c.ConnectedAt.IsZero() {
		word := "talk"
		if c.TalkAtLeast {
			word = "talk before"
		}
		add("%s %s", word, s.stamp(c.ConnectedAt))
	}
	if !c.PairSince.Equal(c.ConnectedAt) {
		add("pair %s", s.stamp(c.PairSince))
	}
	if c.Transferred {
		add("transferred from %s", who(c.Former))
	}
	if c.Inferred {
		add("inferred")
	}
	if c.JourneyCalls > 1 {
		add("journey %d (%d calls)", c.Journey, c.JourneyCalls)
	}
	if c.Confidence != Confirmed {
		add("%s: %s", c.Confidence, c.Doubt)
	}
	if legs := legsOf(c); legs != "" {
		add("legs %s", legs)
	}
	return strings.Join(parts, " | ")
}

func legsOf(c Call) string {
	want := LegRinging
	if c.Phase == Talking {
		want = LegConnected
	}
	plain := len(c.Legs) == 2 && c.Legs[0].Side == CallerSide && c.Legs[0].State == want && c.Legs[1].State == want &&
		who(c.Legs[0].Party) == who(c.Caller) && who(c.Legs[1].Party) == who(c.Callee)
	if plain {
		return ""
	}
	var legs []string
	for _, l := range c.Legs {
		text := who(l.Party) + " " + l.State.String()
		if l.Missed {
			text += " (missed)"
		}
		if l.Inferred {
			text += " (inferred)"
		}
		legs = append(legs, text)
	}
	return strings.Join(legs, ", ")
}

func who(p Party) string {
	text := p.Number
	if p.User != "" {
		text += "/" + p.User
	}
	if p.Name != "" {
		text = strings.TrimSpace(text + " " + p.Name)
	}
	return or(text, "?")
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

func (s *teller) stamp(t time.Time) string {
	text := t.UTC().Format("15:04:05.000")
	text = strings.TrimSuffix(text, ".000")
	if t.UTC().Format(time.DateOnly) != s.day.Format(time.DateOnly) {
		text = t.UTC().Format("01-02 ") + text
	}
	return text
}

// counters are written without those that are zero.
func counters(t Today) string {
	var text strings.Builder
	text.WriteString(t.Day + ":")
	for _, n := range []struct {
		name  string
		count int
	}{{"offered", t.Offered}, {"answered", t.Answered}, {"unanswered", t.Unanswered}, {"missed", t.Missed}, {"outbound", t.Outbound}, {"internal", t.Internal}} {
		if n.count != 0 {
			text.WriteString(fmt.Sprintf(" %s %d", n.name, n.count))
		}
	}
	if t.WaitCount > 0 {
		text.WriteString(fmt.Sprintf(" waited %v by %d", t.WaitTotal, t.WaitCount))
	}
	if !t.Complete {
		text.WriteString(" (at least)")
	}
	return text.String()
}

// finish writes the board, what ended, the counters and the oddities.
func (s *teller) finish() {
	s.out.WriteString("end of story\n")
	say := func(format string, args ...any) { fmt.Fprintf(&s.out, "    "+format+"\n", args...) }
	if s.board.Len() == 0 {
		say("board  empty")
	}
	for c := range s.board.Calls() {
		say("board  %s", s.row(c))
	}
	ended := s.board.RecentEnded(8)
	slices.Reverse(ended)
	for _, e := range ended {
		text := fmt.Sprintf("ended  call %d %s %s", e.Call.Seq, or(e.Call.CallID, "(no id)"), e.Outcome)
		switch {
		case e.Answered && e.Call.TalkAtLeast:
			text += fmt.Sprintf(", talked at least %v", e.Talk)
		case e.Answered:
			text += fmt.Sprintf(", talked %v", e.Talk)
		default:
			text += ", never answered"
		}
		if e.PBXDuration >= 0 {
			text += fmt.Sprintf(", PBX duration %v", e.PBXDuration)
		}
		say("%s", text)
	}
	say("today  %s", counters(s.board.Today()))
	journeys := s.board.Journeys()
	for i := range journeys[:min(len(journeys), 12)] {
		say("%s", s.journey(&journeys[i]))
	}
	for _, g := range s.board.Gaps() {
		to := "now"
		if !g.To.IsZero() {
			to = s.stamp(g.To)
		}
		say("gap    %s to %s touched %d, lost %d", s.stamp(g.From), to, g.Touched, g.Lost)
	}
	for _, t := range s.board.Tallies() {
		say("odd    %s %d", t.Kind, t.Count)
	}
	if text := s.board.Feed(); text.State != Live {
		say("feed   %s", text.State)
	}
}

// people says of everybody since when they are in no call, and what the PBX
// says of them.
func (s *teller) people() {
	for _, p := range s.board.People() {
		text := fmt.Sprintf("person %s %s", p.User, or(p.Name, "(no name)"))
		atLeast := ""
		if p.IdleAtLeast {
			atLeast = " at the latest"
		}
		text += ", in no call since " + s.stamp(p.Idle) + atLeast
		if p.Presence != (Presence{}) {
			text += fmt.Sprintf(", PBX says %s %q since %s", p.Presence.Status, p.Presence.Message, s.stamp(p.PresenceAt))
		}
		fmt.Fprintf(&s.out, "    %s\n", text)
	}
}

// journey is one journey of the day in one line. Package kpi reads these lines
// to hold its numbers against every story.
func (s *teller) journey(j *Journey) string {
	parts := []string{fmt.Sprintf("journey %d %s %s", j.ID, j.Kind, who(j.Customer))}
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if j.Line != "" {
		add("line %s", strings.TrimSpace(j.Line+" "+j.LineName))
	}
	from := "from"
	if !j.StartKnown {
		from = "from before"
	}
	add("%s %s", from, s.stamp(j.Start))
	if !j.Answered.IsZero() {
		add("answered %s", s.stamp(j.Answered))
		if j.WaitKnown {
			add("waited %v", j.Answered.Sub(j.Start))
		}
	}
	if !j.Ended.IsZero() {
		add("until %s", s.stamp(j.Ended))
	}
	if j.Talks > 0 {
		add("talked %v in %d", j.Talk, j.Talks)
	}
	if len(j.Users) > 0 {
		add("with %s", strings.Join(j.Users, ", "))
	}
	if j.Rung > 0 {
		add("rang at %s", strings.Join(j.RangAt, ", "))
	}
	calls := make([]string, len(j.Calls))
	for i, seq := range j.Calls {
		calls[i] = fmt.Sprint(seq)
	}
	add("calls %s", strings.Join(calls, ", "))
	if j.Lost {
		add("end not seen")
	}
	if j.Doubt {
		add("in doubt")
	}
	if !j.Counted {
		add("not of today")
	}
	return strings.Join(parts, " | ")
}
