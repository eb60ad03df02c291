package state

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Person is a user of the PBX with what is counted of today. What a person
// does now follows from the calls.
type Person struct {
	User     string // oid
	Name     string // empty if it was not learnt
	Number   string // extension, if known
	Answered int    // customers' conversations this person took over or answered
	Missed   int    // missed notices, one per call

	// Talk is the time of this person's own conversations with customers today
	// that are over; TalkInside of those with colleagues. A reader adds the part
	// of live ones since the later of Call.PairSince and Today.Since.
	Talk, TalkInside time.Duration

	// Idle is the end of the last call, or of its ringing, for somebody who is
	// in none now; IdleAtLeast where it may be longer ago. Zero before the first
	// connection.
	Idle        time.Time
	IdleAtLeast bool

	// Presence is the PBX's word, said at PresenceAt; zero where it says nothing.
	Presence   Presence
	PresenceAt time.Time
}

// People are the users that the PBX listed or that took part in calls today,
// by name, then oid.
func (b *Board) People() []Person {
	seen := make(map[string]*Person, len(b.users))
	person := func(user string) *Person {
		p := seen[user]
		if p == nil {
			p = &Person{User: user, Name: b.users[user], Number: b.extOf[user]}
			seen[user] = p
		}
		return p
	}
	for user := range b.users {
		person(user)
	}
	for number, user := range b.extensions {
		if p := person(user); p.Number == "" || b.extOf[user] == "" && number < p.Number {
			p.Number = number
		}
	}
	for user, d := range b.userDays {
		p := person(user)
		p.Answered, p.Missed, p.Talk, p.TalkInside = d.answered, d.missed, d.talk, d.inside
	}
	type place struct {
		name string // in small letters, once for each
		p    *Person
	}
	places := make([]place, 0, len(seen))
	presence := b.presenceIndex()
	for _, p := range seen {
		p.Presence, p.PresenceAt = presence(p.User, p.Name)
		p.Idle, p.IdleAtLeast = b.idleSince(p.User)
		places = append(places, place{strings.ToLower(p.Name), p})
	}
	slices.SortFunc(places, func(x, y place) int {
		if c := cmp.Compare(x.name, y.name); c != 0 {
			return c
		}
		return cmp.Compare(x.p.User, y.p.User)
	})
	out := make([]Person, len(places))
	for i := range places {
		out[i] = *places[i].p
	}
	return out
}

// A LineDay is what is counted of one phone line today; like Today it counts
// journeys, each at the line by which it came in.
type LineDay struct {
	Line, Name                    string
	Offered, Answered, Unanswered int
}

// LineDays are the lines by which calls came in today, by name, then oid.
func (b *Board) LineDays() []LineDay {
	out := make([]LineDay, 0, len(b.lineDays))
	for line, s := range b.lineDays {
		if line != "" {
			out = append(out, LineDay{line, b.lines[line], s.offered, s.answered, s.unanswered})
		}
	}
	slices.SortFunc(out, func(x, y LineDay) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Line, y.Line))
	})
	return out
}

// A userDay is what is counted of one person today.
type userDay struct {
	answered, missed int
	talk, inside     time.Duration
}

// ofUser is the count of a person; of nobody, or of one too many, it is thrown
// away.
func (b *Board) ofUser(user string) *userDay {
	d := b.userDays[user]
	if d == nil {
		d = new(userDay)
		if user != "" && len(b.userDays) < companyCap {
			b.userDays[user] = d
			b.company++
		}
	}
	return d
}

// ofLine is the count of a line; of one too many it is thrown away.
func (b *Board) ofLine(line string) *share {
	s := b.lineDays[line]
	if s == nil {
		s = new(share)
		if len(b.lineDays) < companyCap {
			b.lineDays[line] = s
			b.company++
		}
	}
	return s
}
