package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hidden stands where something is hidden wholly. It is not empty: a number
// that is not there means that the caller showed none.
const Hidden = "•••"

// dot stands for one digit that is hidden.
const dot = '·'

const (
	hiddenDigits = 3 // of a number at LastThree
	leastNumber  = 5 // digits in a row that make text a number
	mostInitials = 3
)

// Stricter is the stricter of two levels.
func Stricter(a, b Level) Level { return max(a, b) }

// Number is a telephone number as the level shows it; colleague says that it
// is a colleague's extension, or a number of the company's own.
//
//	full        as the feed gave it
//	last-three  an outside number ends in "···" in place of its last three
//	            digits, extensions stay
//	initials    hidden wholly, extensions too
//	counts      the same
//
// An empty number and a network's word for a caller who shows none
// ("anonymous") say nothing and stay. Whatever is no plain number, like a SIP
// address, is hidden wholly.
func (l Level) Number(number string, colleague bool) string {
	switch {
	case l == Full || number == "" || nameless(number):
		return number
	case l >= Initials:
		return Hidden
	case colleague:
		return number
	}
	bare := strings.TrimSuffix(number, "···")
	switch {
	case strings.Trim(bare, "+0123456789 -./()*#\u00a0") != "":
		return Hidden
	case len(bare) < len(number): // masked already
		return number
	}
	return dotted(number)
}

// dotted puts a dot in the place of each of the last three digits.
func dotted(number string) string {
	out := []rune(number)
	left := hiddenDigits
	for i := len(out) - 1; i >= 0 && left > 0; i-- {
		switch {
		case unicode.IsDigit(out[i]):
			out[i] = dot
			left--
		case left < hiddenDigits: // what stands between hidden digits goes
			out = slices.Delete(out, i, i+1)
		}
	}
	return string(out)
}

// Name is somebody's name as the level shows it; colleague says that it is
// one of the company's own people.
//
//	full        as the feed gave it
//	last-three  as it is, but five digits and more are a number and hidden like
//	            one; a colleague's stays wholly
//	initials    "Bakery Noord" is "B. N.", a colleague's as well
//	counts      hidden wholly
func (l Level) Name(name string, colleague bool) string {
	switch {
	case l == Full || name == "":
		return name
	case l == LastThree && colleague:
		return name
	case l == LastThree:
		return numbersIn(name, dotted)
	case l == Initials:
		return initials(name)
	}
	return Hidden
}

// initials are the first letters of up to three words.
func initials(name string) string {
	var b strings.Builder
	n := 0
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' }) {
		at := strings.IndexFunc(word, unicode.IsLetter)
		if at < 0 || n == mostInitials {
			continue
		}
		r, _ := utf8.DecodeRuneInString(word[at:])
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToUpper(r))
		b.WriteByte('.')
		n++
	}
	if n == 0 {
		return Hidden
	}
	return b.String()
}

// Text is free text as the level shows it, such as what operators write. Runs
// of five digits and more, with what people put between digits, are numbers:
// they end in "···" at last-three and are hidden wholly beyond. At counts the
// text is hidden wholly. Names in it stay: nothing can tell them from words.
func (l Level) Text(s string) string {
	switch {
	case l == Full || s == "":
		return s
	case l == LastThree:
		return numbersIn(s, dotted)
	case l == Initials:
		return numbersIn(s, func(string) string { return Hidden })
	}
	return Hidden
}

// numbersIn puts something in the place of each number in a text.
func numbersIn(s string, put func(string) string) string {
	var b strings.Builder
	from := 0 // of what is not yet in b
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsDigit(r) {
			i += size
			continue
		}
		end, digits := i, 0 // end is behind the last digit
		for k := i; k < len(s); {
			r, size := utf8.DecodeRuneInString(s[k:])
			if unicode.IsDigit(r) {
				digits++
				end = k + size
			} else if k-end >= 3 || !between(r) {
				break
			}
			k += size
		}
		if digits >= leastNumber {
			b.WriteString(s[from:i])
			b.WriteString(put(s[i:end]))
			from = end
		}
		i = end
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// between reports what people put between the digits of a number.
func between(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("./()", r)
}

// nameless reports a network's word for a caller who shows no number, alone or
// as a SIP address: "anonymous@anonymous.invalid".
func nameless(number string) bool {
	user, host, _ := strings.Cut(strings.ToLower(number), "@")
	if scheme, rest, ok := strings.Cut(user, ":"); ok && (scheme == "sip" || scheme == "sips" || scheme == "tel") {
		user = rest
	}
	return slices.Contains(namelessWords, user) && (host == "" || host == "anonymous.invalid") || number == "erased"
}

var namelessWords = []string{"anonymous", "anonym", "anoniem", "unknown", "unavailable", "withheld", "private", "restricted"}

// Number is Level.Number.
func (l Lens) Number(number string, colleague bool) string { return l.Level.Number(number, colleague) }

// Name is Level.Name.
func (l Lens) Name(name string, colleague bool) string { return l.Level.Name(name, colleague) }

// Text is Level.Text.
func (l Lens) Text(s string) string { return l.Level.Text(s) }

// AtLeast is the lens with a level that is at least so strict: somebody may
// always ask for less.
func (l Lens) AtLeast(asked Level) Lens {
	l.Level = Stricter(l.Level, asked)
	return l
}
