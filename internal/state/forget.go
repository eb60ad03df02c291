package state

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Erased stands where a telephone number was that somebody asked to forget.
const Erased = "erased"

// untouchedTexts are the fields of a board in which no caller's number can be:
// the company's own directory, and what is not kept.
var untouchedTexts = map[string]bool{
	"Board.cfg": true, "Board.changes": true, "Board.spare": true,
	"Board.extensions": true, "Board.extOf": true, "Board.users": true, "Board.lines": true, "Board.lineNumbers": true,
	"Board.addressOf": true, "Board.feed": true, "Board.gaps": true, "Board.tallies": true, "journey.told": true,
}

// forget erases a number, given in normal form.
func (b *Board) forget(number string) {
	is := b.matcher(number)
	if is == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(b.contacts)) {
		if c := b.contacts[key]; is(key) || is(c.customer.Number) {
			b.forgetContact(c)
		}
	}
	for _, t := range b.frozen { // nobody can call them back now
		if gaveUp := t.Kind != Internal && t.Kind != Outbound && t.Answered.IsZero() && !t.Lost; gaveUp && t.Counted && is(t.Customer.Number) {
			b.anonymous++
			b.waiting.Rev++
		}
	}
	b.forgetSaid(is)
	w := eraser(is)
	w.skip = untouchedTexts
	party := w.party
	w.party = func(p *Party) {
		if p.User == "" && is(p.Number) {
			set(b.addressable, p.Addressable, "")
		}
		party(p)
	}
	w.walk(b)
	b.forgetKeys(is)
	for _, r := range b.order {
		b.touch(r)
	}
	for _, list := range [...][]*journey{b.day, b.oldJourneys.items} {
		for _, j := range list {
			if j != nil && j.customer.Number == Erased {
				j.reachOf, j.reach = "", ""
				b.follow(j) // nobody can call them back now
			}
		}
	}
	for _, j := range b.day {
		j.told = nil
	}
	b.dayVersion++
	b.company++
}

// matcher recognises a number however it is written; nil if that is no number.
func (b *Board) matcher(number string) func(string) bool {
	tail := lastDigits(number)
	if number == "" || number == Erased {
		return nil
	}
	return func(s string) bool {
		if s == "" || s == Erased || lastDigits(s) != tail {
			return false
		}
		return s == number || b.normal(s) == number || b.normal(dialled(s)) == number
	}
}

// lastDigits are the last four digits of a text: numbers that are the same have
// the same, and most texts are told apart by them.
func lastDigits(s string) (tail uint32) {
	shift := 0
	for i := len(s) - 1; i >= 0 && shift < 32; i-- {
		if c := s[i]; c >= '0' && c <= '9' {
			tail |= uint32(c) << shift
			shift += 8
		}
	}
	return tail
}

// eraser takes numbers that match out of parties and texts, and with a
// customer's number what else points at the customer.
func eraser(is func(string) bool) *walker {
	return &walker{
		text: func(s string) string {
			if is(s) {
				return Erased
			}
			return s
		},
		party: func(p *Party) {
			if !is(p.Number) {
				return
			}
			p.Number, p.CallLog = Erased, ""
			if p.User == "" {
				p.Name, p.Addressable, p.SyncID, p.SyncSource = "", "", "", ""
			}
		},
	}
}

// forgetContact takes a number with all that happened out of the recovery ledger.
func (b *Board) forgetContact(c *contact) {
	if c.calls > 1 {
		b.twice--
	}
	delete(b.contacts, c.key)
	b.listed = slices.DeleteFunc(b.listed, func(o *contact) bool { return o == c })
	for _, list := range [...][]*journey{b.day, b.oldJourneys.items} {
		for _, j := range list {
			if j != nil && j.contact == c {
				j.contact = nil
			}
		}
	}
	*c = contact{gone: true} // whoever spoke to the customer still points at it
	b.waiting.Rev++
}

// forgetSaid takes a number out of what operators wrote about other customers.
func (b *Board) forgetSaid(is func(string) bool) {
	for _, key := range slices.Sorted(maps.Keys(b.contacts)) {
		c, changed := b.contacts[key], false
		said := func(s *string) {
			if text, found := eraseIn(*s, is); found {
				*s, changed = text, true
			}
		}
		for i := range c.words {
			said(&c.words[i].Text)
		}
		for i := range c.entries {
			said(&c.entries[i].Note)
			said(&c.entries[i].Closed.Text)
		}
		if changed {
			b.waiting.Rev++
		}
	}
}

// written is what may be a telephone number in a text, or several beside each
// other: six digits and more, with what people put between digits.
var written = regexp.MustCompile(`\(?\+?[0-9](?:[ \-./()]{0,3}[0-9]){5,}`)

// eraseIn takes a number out of a text, however it is written there; found
// reports that it stood in it.
func eraseIn(text string, is func(string) bool) (out string, found bool) {
	out = written.ReplaceAllStringFunc(text, func(run string) string {
		words := strings.Split(run, " ")
		for from := range words { // the longest first: parts of a number are none
			for to := len(words); to > from; to-- {
				if number := strings.Join(words[from:to], " "); !is(number) && !is(strings.Trim(number, "(). ")) {
					continue
				}
				found = true
				return strings.Join(slices.Concat(words[:from], []string{Erased}, words[to:]), " ")
			}
		}
		return run
	})
	return out, found
}

// forgetKeys takes a number out of the keys of maps. Of two that are erased the
// later one is kept.
func (b *Board) forgetKeys(is func(string) bool) {
	rekey(b.lastTomb, is, Erased, laterTomb)
	b.markLatest()
	rekey(b.talking, is, Erased, func(x, y *record) *record {
		if y.call.Seq > x.call.Seq {
			return y
		}
		return x
	})
	rekey(b.userDays, is, Erased, (*userDay).with)
	rekey(b.idle, is, Erased, laterIdle)
	for key := range b.missed {
		if is(key.callee) {
			delete(b.missed, key)
			b.missed[missedKey{key.callID, Erased}] = struct{}{}
		}
	}
}

// rekey gives the entries of numbers to be erased their new key.
func rekey[T any](m map[string]T, is func(string) bool, to string, join func(x, y T) T) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if !is(key) {
			continue
		}
		v := m[key]
		delete(m, key)
		if have, ok := m[to]; ok {
			v = join(have, v)
		}
		m[to] = v
	}
}

func laterTomb(x, y *tombstone) *tombstone {
	if y.endedAt.After(x.endedAt) || y.endedAt.Equal(x.endedAt) && y.seq > x.seq {
		return y
	}
	return x
}

func laterIdle(x, y *idle) *idle {
	if y.at.After(x.at) {
		return y
	}
	return x
}

// with is the count of two who are one from now on.
func (d *userDay) with(o *userDay) *userDay {
	d.answered += o.answered
	d.missed += o.missed
	d.talk += o.talk
	d.inside += o.inside
	return d
}

// Without is a fact in which a number no longer stands, for logs of what was
// told; changed reports that it did. What is told of a colleague's own
// directory (Name) is left. match is given numbers as they were told.
func Without(fact Fact, match func(number string) bool) (_ Fact, changed bool) {
	is := func(s string) bool {
		hit := strings.ContainsAny(s, "0123456789") && s != Erased && match(s)
		changed = changed || hit
		return hit
	}
	w := eraser(is)
	switch f := fact.(type) {
	case Event:
		w.walk(&f.Caller)
		w.walk(&f.Callee)
		return f, changed
	case Snapshot:
		f.Channels = slices.Clone(f.Channels)
		for i := range f.Channels {
			ch := &f.Channels[i]
			if is(ch.Number) {
				ch.Number, ch.Name, ch.Addressable, ch.Organisation = Erased, "", "", ""
			}
			if is(ch.Name) {
				ch.Name = Erased
			}
		}
		return f, changed
	case Word:
		f.Text, _ = eraseIn(f.Text, is)
		return f, changed
	case Forget:
		if is(f.Number) {
			return Tick{}, true
		}
	}
	return fact, false
}
