package kpi

import (
	"cmp"
	"slices"
	"time"

	"callboard/internal/state"
)

// A Participant is what one colleague had to do with some journeys.
type Participant struct {
	User     string // oid, or extension where no oid is known
	Answered int    // customers who came in and talked with this person
	LetRing  int    // customers who came in, rang here and talked with nobody
	Out      int    // customers this person called, as far as they answered
	Inside   int    // journeys between colleagues
	First    time.Time
	Last     time.Time // start of the first and the last of all these
}

// ByPerson counts journeys by the colleagues who took part or were rung, those
// with the most answers first. Who was rung and somebody else answered is not
// counted: that is how hunting works.
func ByPerson(journeys []state.Journey) []Participant {
	by := map[string]*Participant{}
	note := func(user string, j *state.Journey) *Participant {
		p := by[user]
		if p == nil {
			p = &Participant{User: user, First: j.Start, Last: j.Start}
			by[user] = p
		}
		if j.Start.Before(p.First) {
			p.First = j.Start
		}
		if j.Start.After(p.Last) {
			p.Last = j.Start
		}
		return p
	}
	for i := range journeys {
		j := &journeys[i]
		if !j.Counted {
			continue
		}
		for _, user := range j.Users {
			switch j.Kind {
			case state.Internal:
				note(user, j).Inside++
			case state.Outbound:
				note(user, j).Out++
			default:
				note(user, j).Answered++
			}
		}
		if customer(j) && j.Answered.IsZero() && !j.Up() && !j.Lost {
			for _, user := range j.RangAt {
				note(user, j).LetRing++
			}
		}
	}
	out := make([]Participant, 0, len(by))
	for _, p := range by {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b Participant) int {
		return cmp.Or(cmp.Compare(b.Answered, a.Answered), cmp.Compare(b.Out, a.Out), cmp.Compare(b.Inside, a.Inside), cmp.Compare(b.LetRing, a.LetRing), cmp.Compare(a.User, b.User))
	})
	return out
}

// LongestWaits are the customers who waited longest, at most so many, the
// longest first. Those whose wait was not witnessed are left out.
func LongestWaits(journeys []state.Journey, now time.Time, most int) []state.Journey {
	type waiting struct {
		j *state.Journey
		d time.Duration
	}
	var all []waiting
	for i := range journeys {
		j := &journeys[i]
		if d, known := waited(j, now); known && offered(j) {
			all = append(all, waiting{j, d})
		}
	}
	slices.SortFunc(all, func(a, b waiting) int {
		return cmp.Or(cmp.Compare(b.d, a.d), a.j.Start.Compare(b.j.Start), cmp.Compare(a.j.ID, b.j.ID))
	})
	out := make([]state.Journey, 0, most)
	for _, w := range all[:min(len(all), most)] {
		out = append(out, *w.j)
	}
	return out
}
