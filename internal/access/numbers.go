package access

import (
	"regexp"
	"strings"
	"unicode"
)

// numberLike are digits in a row as telephone numbers are written. What it
// finds is looked at again by maskNumbers.
var numberLike = regexp.MustCompile(`\+?\pN[\pN \-./()]*\pN`)

// dateLike are dates and times, which the audit log needs.
var dateLike = regexp.MustCompile(`^\d{4}-\d\d-\d\d( \d\d)?$`)

// maskNumbers takes the last three digits off whatever may be a telephone
// number: five digits in a row, or seven with what people write between them.
func maskNumbers(text string) string {
	return numberLike.ReplaceAllStringFunc(text, func(found string) string {
		digits, run, longest := 0, 0, 0
		for _, r := range found {
			if !unicode.IsNumber(r) {
				run = 0
				continue
			}
			digits++
			run++
			longest = max(longest, run)
		}
		if longest < 5 && (digits < 7 || dateLike.MatchString(found)) {
			return found
		}
		// All digits behind the fourth go: what is left is no number, and no two
		// pieces of a text can be put together to one.
		var b strings.Builder
		n := 0
		for _, r := range found {
			if unicode.IsNumber(r) {
				if n++; n > min(4, digits-3) {
					b.WriteString("···")
					break
				}
			}
			b.WriteRune(r)
		}
		return b.String()
	})
}
