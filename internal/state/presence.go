package state

import (
	"strings"
	"time"
)

// A Presence is what the PBX says of somebody: chosen at a telephone or in an
// app, and not proven by any call. It is shown as the PBX's word and decides
// nothing.
type Presence struct {
	ID          string // of the entry at the PBX
	Addressable string // oid of the person's addressable
	Name        string
	Status      string // "available", "dont_disturb" … or a company's own word
	Message     string // typed by the person
	Gone        bool   // the entry was removed
}

// A PresenceList is all that the PBX says of people, in place of what it said
// before. An empty one forgets everything.
type PresenceList struct{ Entries []Presence }

func (Presence) fact()     {}
func (PresenceList) fact() {}

// key tells entries apart.
func (p *Presence) key() string {
	switch {
	case p.ID != "":
		return p.ID
	case p.Addressable != "":
		return "a" + p.Addressable
	}
	return "n" + p.Name
}

// told is a Presence with the time at which it was said.
type told struct {
	Presence
	at time.Time
}

// tellPresence takes in what the PBX says of one person.
func (b *Board) tellPresence(p Presence) {
	key := p.key()
	old, known := b.presences[key]
	switch {
	case p.Gone:
		if known {
			delete(b.presences, key)
			b.company++
		}
	case key == "n" || !known && len(b.presences) >= companyCap:
	default:
		if old.Presence != p {
			b.presences[key] = told{p, b.now}
			b.company++
		}
	}
}

// tellPresences takes in a list in place of what was said before. What it says
// again keeps its time.
func (b *Board) tellPresences(l PresenceList) {
	was := b.presences
	b.presences = make(map[string]told, len(l.Entries))
	for _, p := range l.Entries {
		key := p.key()
		if p.Gone || key == "n" || len(b.presences) >= companyCap {
			continue
		}
		if old, known := was[key]; known && old.Presence == p {
			b.presences[key] = old
		} else {
			b.presences[key] = told{p, b.now}
		}
	}
	if len(was) > 0 || len(b.presences) > 0 {
		b.company++
	}
}

// learnAddressable notes which addressable a user is: entries of presence name
// that one.
func (b *Board) learnAddressable(user, addressable string) {
	if user == "" || addressable == "" || b.addressOf[user] == addressable {
		return
	}
	if _, known := b.addressOf[user]; !known && len(b.addressOf) >= companyCap {
		return
	}
	b.addressOf[user] = addressable
	if len(b.presences) > 0 {
		b.company++
	}
}

// presenceIndex finds what is said of a user: by the user's addressable, else
// by the oid, else by a name that only one entry has.
func (b *Board) presenceIndex() func(user, name string) (Presence, time.Time) {
	if len(b.presences) == 0 {
		return func(string, string) (Presence, time.Time) { return Presence{}, time.Time{} }
	}
	byOID := make(map[string]told, 2*len(b.presences))
	byName := make(map[string]told, len(b.presences))
	for _, t := range b.presences {
		if t.Addressable != "" {
			byOID["a"+t.Addressable] = t
		}
		if t.ID != "" {
			byOID["i"+t.ID] = t
		}
		name := strings.ToLower(t.Name)
		if _, twice := byName[name]; twice {
			byName[name] = told{}
		} else {
			byName[name] = t
		}
	}
	return func(user, name string) (Presence, time.Time) {
		if address := b.addressOf[user]; address != "" {
			if t, ok := byOID["a"+address]; ok {
				return t.Presence, t.at
			}
		}
		for _, kind := range [...]string{"a", "i"} {
			if t, ok := byOID[kind+user]; ok && (t.Name == "" || name == "" || strings.EqualFold(t.Name, name)) {
				return t.Presence, t.at
			}
		}
		if name != "" {
			t := byName[strings.ToLower(name)]
			return t.Presence, t.at
		}
		return Presence{}, time.Time{}
	}
}
