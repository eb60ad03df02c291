package state

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// ForgetColleague asks to put another name in the place of one of the company's
// own people wherever the board holds who it is: oid, extension, name, also what
// stands as the name of whoever wrote something. One who was erased stays one
// person, whom nobody can name any more, so that every count and each decision
// of the model is what it was. As is that name, see [Pseudonym]; of the others
// those that are not known are empty.
type ForgetColleague struct {
	User    string // oid
	Number  string // extension
	Address string // oid of the user's addressable
	Name    string
	As      string
}

func (ForgetColleague) fact() {}

// Pseudonym makes the name of somebody who was erased from letters, which have
// to be a to z: digits would be taken for a telephone number.
func Pseudonym(letters string) string { return Erased + "-" + letters }

// stands reports that a text stands for a colleague who was erased. It takes the
// part of an extension as well.
func stands(s string) bool { return strings.HasPrefix(s, Erased+"-") }

// somebody reports that there is enough to tell a person by.
func (c *ForgetColleague) somebody() bool {
	return stands(c.As) && !stands(c.User) && !stands(c.Number) && (c.User != "" || c.Number != "" || c.Name != "")
}

// Is reports that a party is the colleague: by oid, else by extension.
func (c *ForgetColleague) Is(p *Party) bool {
	switch {
	case p.User != "":
		return p.User == c.User
	case p.Number != "" && p.Number == c.Number:
		return true
	}
	return c.Address != "" && (p.UserAddressable == c.Address || p.Addressable == c.Address)
}

// party puts the other name into a party.
func (c *ForgetColleague) party(p *Party) {
	if !c.Is(p) {
		return
	}
	p.User, p.UserAddressable, p.Name = instead(p.User, c.As), instead(p.UserAddressable, c.As), instead(p.Name, c.As)
	switch {
	case p.Number == "":
	case p.Number == c.Number || extension(p.Number):
		p.Number = c.As
	default:
		p.Number = Erased
	}
	if p.Addressable == c.Address {
		p.Addressable = instead(p.Addressable, c.As)
	}
	p.SyncID, p.SyncSource, p.CallLog = "", "", ""
}

// extension may be one: what stands beside a user and is longer is the company's
// number, or one of the person's own.
func extension(number string) bool {
	return len(number) <= 6 && strings.Trim(number, "0123456789") == ""
}

// A stranger is a colleague on the way to be forgotten.
type stranger struct {
	ForgetColleague
	name *regexp.Regexp // whole words, with what stands before and behind
}

func strange(c ForgetColleague) *stranger {
	s := &stranger{ForgetColleague: c}
	if utf8.RuneCountInString(c.Name) >= 3 { // a shorter one is no word of its own
		s.name = regexp.MustCompile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(c.Name) + `($|[^\pL\pN])`)
	}
	return s
}

// said is a text without the colleague's name, in whatever case.
func (s *stranger) said(text string) string {
	if s.Name != "" && strings.EqualFold(text, s.Name) {
		return s.As
	}
	if s.name == nil || len(text) < len(s.Name) {
		return text
	}
	for { // what stands behind one name may stand before the next
		next := s.name.ReplaceAllString(text, "${1}"+s.As+"${2}")
		if next == text {
			return text
		}
		text = next
	}
}

// ofOthers are fields in which there are no people, so that a line or a call is
// not taken for somebody of the same name.
var ofOthers = map[string]bool{
	"Line": true, "LineName": true, "line": true, "lines": true, "lineNumbers": true, "lineDays": true,
	"CallID": true, "callID": true, "ChannelID": true, "sources": true, "FlowID": true, "flows": true, "flowsRoom": true, "callerFlow": true, "calleeFlow": true,
	"Code": true, "Reason": true, "Day": true, "day": true, "Organisation": true,
}

// partyName is left to party: who rings with a number of their own is somebody
// else, whatever they are called.
const partyName = "Party.Name"

// keys are fields that say who takes part by the extension where no oid is known.
var keys = map[string]bool{
	"signature.caller": true, "signature.callee": true, "journey.users": true, "journey.usersRoom": true, "face.rung": true, "journey.rungRoom": true,
	"Journey.Users": true, "Journey.RangAt": true, "record.talksAs": true, "missedKey.callee": true, "pair.one": true, "pair.two": true,
	"Board.extOf": true, "Person.Number": true, "Channel.Number": true, "Name.Number": true,
}

// text puts the other name into a text of a field.
func (s *stranger) text(at, text string) string {
	_, field, _ := strings.Cut(at, ".")
	switch {
	case ofOthers[field], at == partyName:
		return text
	case text == s.User || text == s.Address, keys[at] && text == s.Number:
		return s.As
	}
	return s.said(text)
}

// put puts the other name into a party.
func (s *stranger) put(p *Party) {
	if s.party(p); p.User == "" && p.Number == "" && p.Addressable == "" {
		p.Name = s.said(p.Name)
	}
}

// is reports that a key of a map is the colleague's.
func (s *stranger) is(key string) bool {
	return key != "" && (key == s.User || key == s.Number)
}

func (s *stranger) walker() *walker {
	w := &walker{party: s.put, skip: map[string]bool{"Board.cfg": true, "Board.changes": true, "Board.spare": true, "journey.told": true}}
	w.text = func(text string) string { return s.text(w.at, text) }
	return w
}

// forgetColleague puts a name nobody knows in the place of somebody.
func (b *Board) forgetColleague(c ForgetColleague) {
	if !c.somebody() {
		return
	}
	s := strange(c)
	for i, t := range b.frozen { // readers may hold what they were told
		again := *t
		b.frozen[i] = &again
	}
	s.walker().walk(b)
	later := func(x, y *record) *record { // of two the later one is kept
		if y.call.Seq > x.call.Seq {
			return y
		}
		return x
	}
	rekey(b.lastTomb, s.is, c.As, laterTomb)
	b.markLatest()
	rekey(b.talking, s.is, c.As, later)
	rekey(b.userDays, s.is, c.As, (*userDay).with)
	rekey(b.idle, s.is, c.As, laterIdle)
	first := func(x, _ string) string { return x }
	rekey(b.extensions, s.is, c.As, first)
	rekey(b.users, s.is, c.As, first)
	rekey(b.extOf, s.is, c.As, first)
	rekey(b.addressOf, s.is, c.As, first)
	rekey(b.addressable, func(key string) bool { return c.Address != "" && key == c.Address }, c.As, first)
	b.longestExtension = max(b.longestExtension, len(c.As))
	for _, key := range slices.Sorted(maps.Keys(b.presences)) {
		if t := b.presences[key]; stands(t.Name) || stands(t.Addressable) {
			delete(b.presences, key)
			s.presence(&t.Presence)
			b.presences[t.key()] = t
		}
	}
	for key := range b.missed {
		if s.is(key.callee) {
			delete(b.missed, key)
			b.missed[missedKey{key.callID, c.As}] = struct{}{}
		}
	}
	for _, r := range b.order {
		b.touch(r)
	}
	for _, j := range b.day {
		j.told = nil
	}
	b.dayVersion++
	b.nameVersion++
	b.company++
	b.waiting.Rev++
}

// presence puts the other name into what the PBX says of somebody; what the
// person typed goes.
func (s *stranger) presence(p *Presence) (found bool) {
	if !(p.ID != "" && p.ID == s.User || stands(p.Name) || stands(p.Addressable) || s.Address != "" && p.Addressable == s.Address || s.Name != "" && strings.EqualFold(p.Name, s.Name)) {
		return false
	}
	if p.ID == s.User {
		p.ID = s.As
	}
	if p.Addressable != "" {
		p.Addressable = s.As
	}
	p.Name, p.Message = s.As, ""
	return true
}

// Without is a fact in which the colleague no longer stands, for logs of what
// was told; changed reports that it did. A board told only such facts comes to
// the same codes as one that was told the others.
func (c ForgetColleague) Without(fact Fact) (_ Fact, changed bool) {
	if !c.somebody() {
		return fact, false
	}
	s := strange(c)
	text := func(t *string) {
		if now := s.said(*t); now != *t {
			*t, changed = now, true
		}
	}
	party := func(p *Party) {
		was := *p
		s.put(p)
		changed = changed || *p != was
	}
	switch f := fact.(type) {
	case Event:
		party(&f.Caller)
		party(&f.Callee)
		return f, changed
	case Snapshot:
		f.Channels = slices.Clone(f.Channels)
		for i := range f.Channels {
			ch := &f.Channels[i]
			was := *ch
			p := Party{Number: ch.Number, Addressable: ch.Addressable, Name: ch.Name}
			s.put(&p)
			ch.Number, ch.Addressable, ch.Name = p.Number, p.Addressable, p.Name
			if text(&ch.PhoneUser); ch.PhoneUser != was.PhoneUser && ch.Phone != "" {
				ch.Phone = c.As // the device is named after its extension
			}
			changed = changed || *ch != was
		}
		return f, changed
	case Name:
		switch {
		case f.Kind == NameUser && (f.OID == c.User && c.User != "" || f.Addressable != "" && f.Addressable == c.Address):
			was := f
			f.OID, f.Text = c.As, c.As
			f.Number, f.Addressable = instead(f.Number, c.As), instead(f.Addressable, c.As)
			return f, f != was
		case f.Kind == NameAddressable && c.Address != "" && f.OID == c.Address:
			return Name{Kind: f.Kind, OID: c.As, Text: c.As}, true
		}
	case Presence:
		changed = s.presence(&f)
		return f, changed
	case PresenceList:
		f.Entries = slices.Clone(f.Entries)
		for i := range f.Entries {
			changed = s.presence(&f.Entries[i]) || changed
		}
		return f, changed
	case Word:
		text(&f.By)
		text(&f.Text)
		return f, changed
	case ForgetColleague:
		if f == c || c.User != "" && f.User == c.User || c.Number != "" && f.Number == c.Number {
			return Tick{}, true
		}
	}
	return fact, false
}

// instead is what stands in the place of a text that was there.
func instead(text, as string) string {
	if text == "" {
		return ""
	}
	return as
}
