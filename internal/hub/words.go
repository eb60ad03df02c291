package hub

import (
	"unicode"
	"unicode/utf8"
)

// lowerFirst makes a label fit behind other words of a sentence. Labels that
// begin with a German noun do not go through it.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
