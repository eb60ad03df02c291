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
	out := make([]Person, 0, len(seen))
	for _, p := range seen {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(x, y Person) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.User, y.User))
	})
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

// An Unreturned is a customer whose journey ended without an answer and with
// whom nobody has spoken since, in either direction.
type Unreturned struct {
	Number   string // as the PBX gave it
	Caller   Party
	Attempts int
	First    time.Time // end of the first attempt
	Last     time.Time // end of the last one
	Waited   time.Duration
	Line     string // of the last attempt
	LineName string
	Call     uint64 // Seq of the last attempt
}

const (
	unreturnedLife = 24 * time.Hour
	unreturnedCap  = 500
)

// Unreturned lists the customers nobody has spoken to since they gave up,
// oldest first. Callers without a number cannot be called back and are left
// out.
func (b *Board) Unreturned() []Unreturned {
	out := make([]Unreturned, 0, len(b.unreturned))
	for _, u := range b.unreturned {
		if b.now.Sub(u.Last) <= unreturnedLife {
			v := *u
			v.Caller, v.LineName = b.named(v.Caller), b.lines[v.Line]
			out = append(out, v)
		}
	}
	return out
}

// Returned counts the customers taken off the list of Unreturned today because
// somebody spoke to them.
func (b *Board) Returned() int { return b.returned }

// gaveUp lists the customer of a journey that ended without an answer.
func (b *Board) gaveUp(j *journey) {
	number := j.customer.Number
	if strings.Trim(number, "+0123456789 ()-/.") != "" || !strings.ContainsAny(number, "0123456789") {
		return
	}
	waited := b.now.Sub(j.start)
	if i := b.findUnreturned(number); i >= 0 {
		u := b.unreturned[i]
		u.Attempts++
		u.Last, u.Waited, u.Line, u.Call = b.now, waited, j.line, j.seqs[len(j.seqs)-1]
		return
	}
	if len(b.unreturned) >= unreturnedCap {
		b.unreturned = slices.Delete(b.unreturned, 0, 1)
	}
	b.unreturned = append(b.unreturned, &Unreturned{
		Number: number, Caller: j.customer, Attempts: 1, First: b.now, Last: b.now, Waited: waited,
		Line: j.line, Call: j.seqs[len(j.seqs)-1],
	})
}

func (b *Board) findUnreturned(number string) int {
	return slices.IndexFunc(b.unreturned, func(u *Unreturned) bool { return u.Number == number })
}

// spoke closes the entry of a customer to whom somebody speaks now.
func (b *Board) spoke(c *Call) {
	customer := c.Caller
	if c.Direction == Outbound {
		customer = c.Callee
	}
	if c.Direction == Internal || customer.Number == "" || len(b.unreturned) == 0 {
		return
	}
	if i := b.findUnreturned(customer.Number); i >= 0 {
		b.unreturned = slices.Delete(b.unreturned, i, i+1)
		b.returned++
	}
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
