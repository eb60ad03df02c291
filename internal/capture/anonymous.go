package capture

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"
	"unicode"
)

// An Anonymous replaces what points at people. It looks at all frames first
// (Learn, then Settle): ids keep their order, because lists are told in it, and
// nothing that is invented is the same as something real.
type Anonymous struct {
	ids     map[string]string
	numbers map[string]string // digits → invented digits
	names   map[string]string // names and any other text
	taken   map[string]bool   // real and invented digits
	settled bool
}

// NewAnonymous is one that knows nothing yet.
func NewAnonymous() *Anonymous {
	return &Anonymous{ids: map[string]string{}, numbers: map[string]string{}, names: map[string]string{}, taken: map[string]bool{}}
}

// A class says what a text may be.
type class uint8

const (
	unknown class = iota // anything: treated as personal unless it looks harmless
	kept                 // of the protocol, not of people
	identity
	number
	person
	when
)

// classes are the fields of the feed that are known, in lower case. Everything
// else is unknown.
var classes = map[string]class{
	"messagetype": kept, "notificationtype": kept, "updatetype": kept, "state": kept, "role": kept, "errorcode": kept,
	"duration": kept, "version": kept, "toggle": kept, "twinchannel": kept, "limit": kept, "total": kept, "count": kept, "attempt": kept,
	"code": kept, "reason": kept,
	"oid": identity, "id": identity, "callid": identity, "channelid": identity, "channelname": identity, "flowid": identity, "nextid": identity, "previousid": identity,
	"callerflowid": identity, "calleeflowid": identity, "calleruser": identity, "calleeuser": identity,
	"calleruseraddressable": identity, "calleeuseraddressable": identity, "calleraddressable": identity, "calleeaddressable": identity,
	"calleraddressablesyncid": identity, "calleeaddressablesyncid": identity, "callercalllogoid": identity, "calleecalllogoid": identity,
	"calleephonelineoid": identity, "callerphonelineoid": identity, "phone": identity, "parkingslot": identity,
	"callerphonenumber": number, "calleephonenumber": number, "phonenumber": number, "address": number, "number": number, "extension": number,
	"commonname": person, "name": person, "username": person, "organisationname": person, "phoneuser": person, "displayname": person,
	"givenname": person, "familyname": person,
	"date": when, "creationdate": when, "startdate": when, "enddate": when, "asked": when,
}

// harmless are values of any field that say nothing of anybody.
var harmless = map[string]bool{
	"available": true, "busy": true, "away": true, "dont_disturb": true, "dnd": true, "offline": true, "online": true, "in_call": true, "out_of_office": true,
	"anonymous": true, "unknown": true, "unavailable": true, "withheld": true, "private": true, "restricted": true, "null": true, "true": true, "false": true,
	"inbound": true, "outbound": true, "internal": true, "incoming": true, "outgoing": true, "caller": true, "callee": true, "user": true,
}

// Learn looks at a frame.
func (a *Anonymous) Learn(f Frame) { a.frame(f, true) }

// Settle invents what stands for the ids: in the order of the real ones, and
// digits where those are digits.
func (a *Anonymous) Settle() {
	ids := make([]string, 0, len(a.ids))
	for id := range a.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for i, id := range ids {
		tech, rest, ok := strings.Cut(id, "/")
		switch {
		case digitsOnly(id) && id[0] != '0':
			a.ids[id] = fmt.Sprintf("1%08d", i+1)
		case ok && technologies[strings.ToUpper(tech)] && rest != "":
			a.ids[id] = fmt.Sprintf("%s/id-%08d", tech, i+1)
		default:
			a.ids[id] = fmt.Sprintf("id-%08d", i+1)
		}
	}
	a.settled = true
}

// technologies begin names of channels; they say nothing of anybody.
var technologies = map[string]bool{"SIP": true, "PJSIP": true, "IAX2": true, "DAHDI": true, "LOCAL": true}

// Frame is a frame with nothing real in it.
func (a *Anonymous) Frame(f Frame) Frame { return a.frame(f, false) }

func (a *Anonymous) frame(f Frame, learning bool) Frame {
	w := &walker{a: a, in: f.Body, learning: learning}
	w.all()
	f.Body = w.out
	f.Kind = a.kind(f.Kind, learning)
	return f
}

// kind replaces ids in the path of a request.
func (a *Anonymous) kind(kind string, learning bool) string {
	path, query, asks := strings.Cut(kind, "?")
	if before, oid, ok := strings.Cut(path, "addressables/"); ok {
		path = before + "addressables/" + a.text(identity, oid, learning)
	}
	if !asks {
		return path
	}
	parts := strings.Split(query, "&")
	for i, p := range parts {
		if id, ok := strings.CutPrefix(p, "after="); ok {
			parts[i] = "after=" + a.text(identity, id, learning)
		}
	}
	return path + "?" + strings.Join(parts, "&")
}

// text is what stands for a text of a class.
func (a *Anonymous) text(c class, s string, learning bool) string {
	trimmed := strings.TrimSpace(s)
	switch {
	case trimmed == "", c == kept, harmless[strings.ToLower(trimmed)], c == when && pointInTime(trimmed), c == unknown && isDate(trimmed):
		return s
	case c == identity:
		if learning {
			a.ids[trimmed] = ""
			return s
		}
		if id := a.ids[trimmed]; id != "" {
			return id
		}
		return "id-unknown"
	case c == number && digitCount(trimmed) > 0, digitCount(trimmed) >= 3 && phoneOnly(trimmed):
		if id, known := a.ids[trimmed]; known && c == unknown {
			return id
		}
		return a.number(trimmed, learning)
	}
	if learning {
		return s
	}
	if id, known := a.ids[trimmed]; known && c == unknown {
		return id
	}
	name, known := a.names[trimmed]
	if !known {
		word := "Text"
		if c == person {
			word = "Name"
		}
		name = fmt.Sprintf("%s %d", word, len(a.names)+1)
		a.names[trimmed] = name
	}
	return name
}

// local are the digits at the end of a long number that are replaced: what
// comes before them is country and area, written in more than one way.
const local = 8

// number replaces the digits of a number by as many others; marks, and what
// surrounds the number in an address, stay or are replaced as well.
func (a *Anonymous) number(s string, learning bool) string {
	if user, _, ok := strings.Cut(s, "@"); ok { // an address: host and scheme say where, not who
		scheme := ""
		if before, after, has := strings.Cut(user, ":"); has {
			scheme, user = before+":", after
		}
		return scheme + a.number(user, learning) + "@example.invalid"
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	head, tail := "", digits
	if len(digits) > local {
		head, tail = digits[:len(digits)-local], digits[len(digits)-local:]
	}
	if learning {
		a.taken[tail] = true
		return s
	}
	digits = head + a.invent(tail)
	next := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			next++
			return rune(digits[next-1])
		case unicode.IsLetter(r):
			return 'x'
		}
		return r
	}, s)
}

// invent gives digits other ones, as many, and never the same twice.
func (a *Anonymous) invent(digits string) string {
	if out, known := a.numbers[digits]; known {
		return out
	}
	h := fnv.New64a()
	for try := 0; ; try++ {
		fmt.Fprint(h, len(a.numbers), try)
		sum := h.Sum64()
		out := make([]byte, len(digits))
		for i := range out {
			out[i] = '0' + byte(sum%10)
			sum /= 10
			if i == 0 && out[0] == '0' && digits[0] != '0' {
				out[0] = '1'
			}
		}
		if s := string(out); !a.taken[s] || try > 2000 { // of short ones all may be taken
			a.taken[s] = true
			a.numbers[digits] = s
			return s
		}
	}
}

// pointInTime reports what may stand in a field for dates: a date however it is
// written, or seconds or milliseconds since 1970.
func pointInTime(s string) bool {
	if whole, part, _ := strings.Cut(s, "."); digitsOnly(whole + part) {
		s = whole
		return (len(s) == 10 || len(s) == 13) && s[0] == '1'
	}
	return len(s) <= 40 && strings.Trim(s, "0123456789-:.,+/ TZtz") == "" && strings.ContainsAny(s, "-:")
}

func digitsOnly(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func digitCount(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// phoneOnly reports that a text holds nothing but what numbers are written
// with.
func phoneOnly(s string) bool { return strings.Trim(s, "0123456789+*# -./()") == "" }

// isDate reports a point in time as PBXs write it. A number of digits alone is
// none: it could be anything.
func isDate(s string) bool {
	if len(s) < 10 || len(s) > 40 || digitsOnly(s) {
		return false
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999", time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05.999999999Z0700"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}
