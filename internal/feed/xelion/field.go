package xelion

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// longestField bounds every text the feed hands on, in runes.
const longestField = 256

// object is what stands in the wrapper {"object": …} that the vendor puts around
// some answers and rows, or the value itself where there is none.
func (v value) object() value {
	if inner := v.member("object"); inner.kind == kindObject {
		return inner
	}
	return v
}

// text reads a field that should be text. Strings and numbers are; null and
// absence are empty without complaint; ok is false for anything else, which
// the caller takes as empty.
func (v value) text() (s string, ok bool) {
	switch v.kind {
	case kindNone, kindNull:
		return "", true
	case kindNumber:
		return numberText(v.raw)
	case kindString:
		b, ok := unquote(v.raw)
		if !ok {
			return "", false
		}
		return clean(b), true
	}
	return "", false
}

// secret reads a token: like text, but never cut or cleaned.
func (v value) secret() Secret {
	if v.kind != kindString {
		return ""
	}
	b, ok := unquote(v.raw)
	if !ok || len(b) > 4096 || bytes.ContainsAny(b, "\r\n\x00") {
		return ""
	}
	return Secret(bytes.TrimSpace(b))
}

// truth reads a field that should be a boolean; a string or a number will do.
func (v value) truth() bool {
	switch v.kind {
	case kindBool:
		return string(v.raw) == "true"
	case kindString, kindNumber:
		s, _ := v.text()
		return strings.EqualFold(s, "true") || s == "1"
	}
	return false
}

// numberText turns a number that stands for an id into the text of that id.
func numberText(raw []byte) (string, bool) {
	if plain(raw) {
		return clean(raw), true
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1<<53 {
		return "", false
	}
	return strconv.FormatInt(int64(f), 10), true
}

func plain(raw []byte) bool {
	for i, c := range raw {
		if (c < '0' || c > '9') && (i > 0 || c != '-' || len(raw) == 1) {
			return false
		}
	}
	return len(raw) > 0
}

// clean makes text from a PBX safe to hand on: one line, no control characters,
// no marks that turn the direction of writing around, at most longestField
// runes, valid UTF-8, trimmed. Words such as "anonymous" or "null" stay: they
// are what the PBX says in place of a number (dossier section 6).
func clean(b []byte) string {
	if simple(b) {
		return string(bytes.TrimSpace(b))
	}
	var out strings.Builder
	runes := 0
	b = bytes.TrimSpace(b)
	for i := 0; i < len(b) && runes < longestField; {
		r, n := utf8.DecodeRune(b[i:])
		i += n
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
			r = ' '
		case unwanted(r):
			continue
		}
		out.WriteRune(r)
		runes++
	}
	return strings.TrimSpace(out.String())
}

// simple reports that b is short printable ASCII, as nearly all fields are.
func simple(b []byte) bool {
	if len(b) > longestField {
		return false
	}
	for _, c := range b {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// unwanted are control characters and invisible marks that change how the text
// around them is shown.
func unwanted(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r == 0x061c, r == 0x200b, r == 0x200e, r == 0x200f, r == 0x2060, r == 0xfeff:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x206f: // bidi embeddings, overrides, isolates
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tags
		return true
	}
	return false
}

// Dates outside these years are taken as unknown: a PBX with an empty clock
// battery says 1970, a typing error says 2106.
const (
	firstYear = 2000
	lastYear  = 2100
)

// date reads a point in time: "2026-11-22 13:10:02" in zone, with T, fraction,
// Z or an offset as well, or the epoch in seconds or milliseconds. Absent and
// empty give the zero time; ok is false where something stands that is no
// believable time.
func (v value) date(zone *time.Location) (t time.Time, ok bool) {
	s, ok := v.text()
	if v.kind == kindNumber {
		s, ok = string(v.raw), true
	}
	if !ok || s == "" {
		return time.Time{}, ok
	}
	t, ok = parseDate(s, zone)
	if !ok || t.Year() < firstYear || t.Year() > lastYear {
		return time.Time{}, false
	}
	return t.UTC(), true
}

func parseDate(s string, zone *time.Location) (time.Time, bool) {
	if len(s) < 16 || s[4] != '-' || s[7] != '-' || s[13] != ':' || (s[10] != ' ' && s[10] != 'T' && s[10] != 't') {
		return parseEpoch(s)
	}
	year, a := digits(s[0:4])
	month, b := digits(s[5:7])
	day, c := digits(s[8:10])
	hour, d := digits(s[11:13])
	minute, e := digits(s[14:16])
	if !a || !b || !c || !d || !e {
		return time.Time{}, false
	}
	second, nano := 0, 0
	rest := s[16:]
	if len(rest) >= 3 && rest[0] == ':' {
		var ok bool
		if second, ok = digits(rest[1:3]); !ok {
			return time.Time{}, false
		}
		if rest = rest[3:]; len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
			n := 1
			for scale := int(time.Second / 10); n < len(rest) && rest[n] >= '0' && rest[n] <= '9'; n++ {
				nano += int(rest[n]-'0') * scale
				scale /= 10
			}
			if n == 1 {
				return time.Time{}, false
			}
			rest = rest[n:]
		}
	}
	zone, ok := parseZone(strings.TrimSpace(rest), zone)
	if !ok || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	if day < 1 || day > time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, nano, zone), true
}

// parseZone reads what follows a time of day: nothing, Z, +01, +0100, +01:00.
func parseZone(s string, zone *time.Location) (*time.Location, bool) {
	if s == "" {
		if zone == nil {
			zone = time.UTC
		}
		return zone, true
	}
	if s == "Z" || s == "z" || s == "UTC" {
		return time.UTC, true
	}
	sign := 1
	switch s[0] {
	case '+':
	case '-':
		sign = -1
	default:
		return nil, false
	}
	s = strings.Replace(s[1:], ":", "", 1)
	if len(s) == 2 {
		s += "00"
	}
	if len(s) != 4 {
		return nil, false
	}
	hours, a := digits(s[:2])
	minutes, b := digits(s[2:])
	if !a || !b || hours > 14 || minutes > 59 {
		return nil, false
	}
	return time.FixedZone("", sign*(hours*3600+minutes*60)), true
}

// parseEpoch reads seconds, with or without fraction, or milliseconds.
func parseEpoch(s string) (time.Time, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || f < 1e8 || f > 1e14 {
		return time.Time{}, false
	}
	if f >= 1e11 {
		return time.UnixMilli(int64(f)), true
	}
	whole, part := math.Modf(f)
	return time.Unix(int64(whole), int64(part*1e3)*int64(time.Millisecond)), true
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0
}

// longestCall bounds a believable duration.
const longestCall = 30 * 24 * time.Hour

// duration reads a length of time: 35, "35", "35.0", "00:35", "00:00:35".
// Absent and empty give -1; so does anything else that is no believable length,
// with ok false.
func (v value) duration() (d time.Duration, ok bool) {
	s, ok := v.text()
	if v.kind == kindNumber {
		s, ok = string(v.raw), true
	}
	if !ok || s == "" {
		return -1, ok
	}
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return -1, false
	}
	var seconds float64
	for _, p := range parts[:len(parts)-1] {
		n, ok := digits(p)
		if !ok || len(p) > 6 {
			return -1, false
		}
		seconds = (seconds + float64(n)) * 60
	}
	last := parts[len(parts)-1]
	f, err := strconv.ParseFloat(last, 64)
	if err != nil || last == "" || math.IsNaN(f) || f < 0 || math.Signbit(f) || (len(parts) > 1 && f >= 60) {
		return -1, false
	}
	if seconds += f; seconds > longestCall.Seconds() {
		return -1, false
	}
	return time.Duration(seconds*1e3) * time.Millisecond, true
}
