package hub

import (
	"strings"

	"callboard/internal/plain"
	"callboard/internal/privacy"
	"callboard/internal/state"
)

// A filter is a query's choice of calls, folded once.
type filter struct {
	line, user, text string // folded
	team             string // folded; see composer.takes
	userNumber       string // compact form of user, if it holds a digit
	textNumber       string
	state, dir       string
}

func newFilter(q Query) filter {
	f := filter{
		line: fold(q.Line), team: fold(q.Team), user: fold(q.User), text: fold(q.Text),
		userNumber: compactNumber(q.User), textNumber: compactNumber(q.Text),
		state: q.State, dir: q.Dir,
	}
	if f.user != "" && q.Sees().Level == privacy.Counts {
		f.user, f.userNumber = nobody, ""
	}
	return f
}

// match says whether a call belongs to the view, but for the team.
func (f *filter) match(c *mirrored) bool {
	call := &c.call
	if f.line != "" && fold(call.Line) != f.line && fold(call.LineName) != f.line {
		return false
	}
	if f.user != "" && !f.isUser(call.Caller) && !f.isUser(call.Callee) && !f.inLegs(call.Legs) {
		return false
	}
	switch f.state {
	case "ringing":
		if call.Phase != state.Ringing {
			return false
		}
	case "connected":
		if call.Phase != state.Talking {
			return false
		}
	case "internal":
		if call.Direction != state.Internal {
			return false
		}
	case "doubt":
		if call.Confidence == state.Confirmed {
			return false
		}
	}
	if f.dir != "" && call.Direction.String() != f.dir {
		return false
	}
	if f.text == "" {
		return true
	}
	text, numbers := c.searchText()
	return strings.Contains(text, f.text) || f.textNumber != "" && strings.Contains(numbers, f.textNumber)
}

func (f *filter) isUser(p state.Party) bool {
	return fold(p.User) == f.user || fold(p.Name) == f.user ||
		f.userNumber != "" && compactNumber(p.Number) == f.userNumber
}

// inLegs finds a user whose telephone rings beside the others.
func (f *filter) inLegs(legs []state.Leg) bool {
	for i := range legs {
		if legs[i].State != state.LegGone && f.isUser(legs[i].Party) {
			return true
		}
	}
	return false
}

// searchText is what the search text is looked for in, made once per change
// of the call: folded names and lines, and numbers without spaces.
func (c *mirrored) searchText() (text, numbers string) {
	if c.text == "" {
		var t, n strings.Builder
		add := func(p state.Party) {
			t.WriteString(fold(p.Name))
			t.WriteByte('\n')
			t.WriteString(fold(p.Number))
			t.WriteByte('\n')
			n.WriteString(compactNumber(p.Number))
			n.WriteByte('\n')
		}
		add(c.call.Caller)
		add(c.call.Callee)
		add(c.call.Former)
		for i := range c.call.Legs {
			if c.call.Legs[i].State != state.LegGone {
				add(c.call.Legs[i].Party)
			}
		}
		t.WriteString(fold(c.call.LineName))
		t.WriteByte('\n')
		t.WriteString(fold(c.call.Line))
		t.WriteByte('\n')
		c.text, c.numbers = t.String(), n.String()
	}
	return c.text, c.numbers
}

func fold(s string) string          { return plain.Fold(s) }
func compactNumber(s string) string { return plain.Number(s) }
