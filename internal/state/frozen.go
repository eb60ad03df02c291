package state

import (
	"cmp"
	"slices"
)

// Journeys that ended longer ago than news of them is recognised are frozen:
// what was told of them is all that is kept. A busy day has tens of thousands.
// Only names still change, and who an extension is.

// freeze tells a journey for the last time.
func (b *Board) freeze(j *journey) {
	if !j.listed || j.frozen || j.void || j.merged != nil || j.live > 0 {
		return
	}
	t := j.told // if nothing has changed since it was read
	if t == nil || j.toldNames != b.nameVersion || t.Counted != (j.counted && j.day == b.today.Day) {
		t = b.tell(j)
	}
	j.told = nil
	i, _ := slices.BinarySearchFunc(b.frozen, t, (*Journey).compare)
	b.frozen = slices.Insert(b.frozen, i, t)
	j.frozen, j.listed = true, false
	if b.stale++; b.stale > 64 && b.stale > len(b.day)/2 {
		b.tidyDay()
	}
}

// thaw takes a journey back that changes after all.
func (b *Board) thaw(j *journey) {
	if !j.frozen {
		return
	}
	j.frozen = false
	i := slices.IndexFunc(b.frozen, func(t *Journey) bool { return t.ID == j.id })
	if i < 0 { // went with its day
		return
	}
	b.frozen = slices.Delete(b.frozen, i, i+1)
	if !slices.Contains(b.day, j) {
		b.day = append(b.day, j)
	}
	j.listed = true
	j.queued++
	b.oldJourneys.push(j)
}

// tidyDay takes off the list of the day what no longer belongs there.
func (b *Board) tidyDay() {
	b.day = slices.DeleteFunc(b.day, func(j *journey) bool {
		gone := j.merged != nil || j.void || j.frozen
		j.listed = j.listed && !gone
		return gone
	})
	b.stale = 0
}

// compare is the order in which journeys are listed.
func (j *Journey) compare(o *Journey) int {
	return cmp.Or(j.Start.Compare(o.Start), cmp.Compare(j.ID, o.ID))
}

func (j *Journey) before(o *Journey) bool { return j.compare(o) < 0 }

// renamed is a frozen journey with the names of now.
func (b *Board) renamed(from *Journey) Journey {
	t := *from
	if t.Kind != Internal {
		t.Customer = b.named(&t.Customer)
	}
	t.LineName = b.lines[t.Line]
	t.Users = b.renamedPeople(t.Users)
	t.RangAt = b.renamedPeople(t.RangAt)
	return t
}

// renamedPeople puts users in the place of extensions that have been learnt to
// be theirs.
func (b *Board) renamedPeople(keys []string) []string {
	for _, key := range keys {
		if _, ok := b.colleague(key); ok {
			return b.people(keys, nil)
		}
	}
	return keys
}
