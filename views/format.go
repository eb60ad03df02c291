package views

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxRunes is the length at which CleanText cuts: longer than any real name
// of a person or a company, short enough for one table cell. Reasons and ids
// get maxSentence.
const (
	maxRunes    = 64
	maxSentence = 240
)

// FormatAge prints a running time: m:ss to 59:59, then h:mm:ss. Fractions are
// cut, never rounded up; a negative duration (a clock that stepped back) is
// zero. With atLeast the start is unknown and "≥ " goes before it.
func FormatAge(d time.Duration, atLeast bool) string {
	seconds := max(int64(d/time.Second), 0)
	var s string
	if seconds < 3600 {
		s = fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	} else {
		s = fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	if atLeast {
		return "≥ " + s
	}
	return s
}

// CleanText makes a text of the feed safe to show: it drops control
// characters, bidirectional controls and other invisible format characters,
// joins runs of white space into one space, and cuts at 64 runes with "…".
// Markup is not its business: templ escapes. Work is bounded by the cut, so a
// name of a megabyte costs no more than a long one.
func CleanText(s string) string { return clean(s, maxRunes) }

// CleanSentence is CleanText for reasons, ids and samples, which are read as a
// whole: it cuts at 240 runes.
func CleanSentence(s string) string { return clean(s, maxSentence) }

func clean(s string, most int) string {
	var b strings.Builder
	runes, space, looked := 0, false, 0
	for len(s) > 0 {
		// A name may begin with any amount of rubbish; look at enough of it to
		// find a name behind a few hundred invisible characters, no further.
		if looked++; looked > 16*most {
			break
		}
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		switch {
		case r == utf8.RuneError && n == 1, invisible(r):
			continue
		case unicode.IsSpace(r):
			space = runes > 0
			continue
		case unicode.IsControl(r):
			continue
		}
		need := 1
		if space {
			need = 2
		}
		if runes+need > most {
			return cut(b.String())
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		runes += need
	}
	return b.String()
}

// cut replaces the last rune by an ellipsis, so that the result keeps to the
// limit.
func cut(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return strings.TrimRight(s[:len(s)-n], " ") + "…"
}

// invisible reports characters that change how others are shown, or that
// cannot be seen: bidirectional controls, zero width characters, tags.
func invisible(r rune) bool {
	switch {
	case r == 0x061C, r == 0x00AD, r == 0xFEFF, r == 0x180E,
		r >= 0x200B && r <= 0x200F,
		r >= 0x2028 && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F,
		r >= 0xFFF9 && r <= 0xFFFB,
		r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return unicode.Is(unicode.Co, r)
}
