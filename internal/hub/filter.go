package hub

import (
	"strings"
	"unicode"

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
	return filter{
		line: fold(q.Line), team: fold(q.Team), user: fold(q.User), text: fold(q.Text),
		userNumber: compactNumber(q.User), textNumber: compactNumber(q.Text),
		state: q.State, dir: q.Dir,
	}
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

// compactNumber leaves out what people put between the digits of a number.
// It is empty for text without a digit, so that a name never matches numbers.
func compactNumber(s string) string {
	digits := false
	out := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case unicode.IsSpace(r) || strings.ContainsRune("-./()", r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	if !digits {
		return ""
	}
	return out
}

// plain maps Latin letters with marks to the bare letter, for a search that
// does not ask for accents.
var plain = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ĳ': "ij", 'þ': "th"}
	for bare, marked := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ðďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı",
		"j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range marked {
			m[r] = bare
		}
	}
	return m
}()

// fold lowers text and takes its accents off.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range s {
		if r >= 0x300 && r <= 0x36f {
			continue // a combining mark
		}
		r = unicode.ToLower(r)
		if bare, ok := plain[r]; ok {
			b.WriteString(bare)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
