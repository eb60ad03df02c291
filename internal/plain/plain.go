// Package plain makes names and numbers comparable the way people write them:
// without case, accents, or what stands between digits. It is pure.
package plain

import (
	"strings"
	"unicode"
)

// Number leaves out what people put between the digits of a number.
// It is empty for text without a digit, so that a name never matches numbers.
func Number(s string) string {
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

// bareLetters maps Latin letters with marks to the bare letter, for a search that
// does not ask for accents.
var bareLetters = func() map[rune]string {
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

// Fold lowers text and takes its accents off.
func Fold(s string) string {
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
		if bare, ok := bareLetters[r]; ok {
			b.WriteString(bare)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
