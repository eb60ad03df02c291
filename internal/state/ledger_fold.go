package state

import (
	"cmp"
	"slices"
	"time"
)

// The steps of a number's story in their order of time.
type step struct {
	at   time.Time
	kind stepKind
	i    int // in the list of its kind
}

// A stepKind orders what is told of the same moment.
type stepKind uint8

const (
	stepAttempt stepKind = iota
	stepBack
	stepTalk
	stepWord
)

// fold makes the entries of a number from all its facts. An attempt counts from
// when it began to ring: who speaks to the customer after that has reached
// them, although the end of the attempt may be told later.
func (b *Board) fold(c *contact) {
	had := len(c.entries) > 0
	c.entries = c.entries[:0]
	if len(c.attempts) > 0 {
		c.retell()
	}
	if had || len(c.entries) > 0 {
		b.waiting.Rev++
	}
	if listed := len(c.entries) > 0; listed != c.listed {
		c.listed = listed
		if listed {
			b.listed = append(b.listed, c)
		} else {
			b.listed = slices.DeleteFunc(b.listed, func(o *contact) bool { return o == c })
		}
	}
}

func (c *contact) retell() {
	steps := make([]step, 0, len(c.attempts)+len(c.talks)+len(c.backs)+len(c.words))
	for i := range c.attempts {
		steps = append(steps, step{c.attempts[i].try.Start, stepAttempt, i})
	}
	for i := range c.backs {
		steps = append(steps, step{c.backs[i].at, stepBack, i})
	}
	for i := range c.talks {
		steps = append(steps, step{c.talks[i].at, stepTalk, i})
	}
	for i := range c.words {
		steps = append(steps, step{c.words[i].at, stepWord, i})
	}
	slices.SortFunc(steps, func(x, y step) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.kind, y.kind), cmp.Compare(x.i, y.i))
	})
	for _, s := range steps {
		switch s.kind {
		case stepAttempt:
			c.attempted(&c.attempts[s.i])
		case stepBack:
			c.calledBack(&c.backs[s.i])
		case stepTalk:
			c.reached(&c.talks[s.i])
		case stepWord:
			c.told(&c.words[s.i])
		}
	}
}

// open is the open entry, of which there is one at most.
func (c *contact) open() *Callback {
	for i := range c.entries {
		if e := &c.entries[i]; e.IsOpen() {
			return e
		}
	}
	return nil
}

func (c *contact) hasOpen() bool { return c.open() != nil }

// find is the entry with an attempt of this id.
func (c *contact) find(id uint64) *Callback {
	for i := range c.entries {
		e := &c.entries[i]
		if e.ID == id {
			return e
		}
	}
	for _, a := range c.attempts { // its first attempt turned out to be answered
		if a.id != id {
			continue
		}
		for i := range c.entries {
			if slices.ContainsFunc(c.entries[i].Tries, func(t Try) bool { return t.Call == a.try.Call }) {
				return &c.entries[i]
			}
		}
	}
	return nil
}

func (c *contact) attempted(a *attempt) {
	e := c.open()
	if e == nil {
		c.entries = append(c.entries, Callback{ID: a.id, Number: c.key, First: a.try.Ended})
		e = &c.entries[len(c.entries)-1]
		if len(c.entries) == 1 {
			e.Attempts = c.forgot
		}
	}
	e.Attempts++
	e.Tries = append(e.Tries, a.try)
	if a.try.Ended.Before(e.First) {
		e.First = a.try.Ended
	}
}

func (c *contact) calledBack(k *back) {
	e := c.open()
	if e == nil || slices.ContainsFunc(c.talks, func(t talk) bool { return t.journey == k.journey }) {
		return
	}
	e.Backs++
	e.BackAt, e.BackBy = k.at, k.by
}

func (c *contact) reached(t *talk) {
	e := c.open()
	if e == nil {
		return
	}
	e.Closed = Closing{How: CalledAgain, At: t.at, By: t.by, Call: t.seq}
	if t.out {
		e.Closed.How = CalledBack
	}
	if !t.end.IsZero() {
		e.Closed.Talk = t.end.Sub(t.at)
	}
	// An attempt that began earlier and ended later than the talk is settled.
	e.Closed.At = later(e.Closed.At, e.First)
}

func (c *contact) told(s *saying) {
	e := c.find(s.Entry)
	if e == nil {
		return
	}
	switch s.Kind {
	case WordClaim:
		if e.IsOpen() && e.ClaimedBy == "" {
			e.ClaimedBy, e.ClaimedAt = s.By, s.at
		}
	case WordNote:
		e.Note, e.NoteBy = s.Text, s.By
	case WordDone:
		if e.IsOpen() {
			c.done(e, s)
		}
	case WordUndo:
		switch {
		case e.IsOpen():
			e.ClaimedBy, e.ClaimedAt = "", time.Time{}
		case c.open() == nil:
			e.Closed = Closing{}
		}
	}
}

// done closes an entry by an operator's word. An attempt that still rang when
// the word was said is not covered by it and begins a new entry.
func (c *contact) done(e *Callback, s *saying) {
	at := slices.IndexFunc(e.Tries, func(t Try) bool { return t.Ended.After(s.at) })
	if at == 0 { // none had ended: the word is about what is known now
		at = -1
	}
	var rest []Try
	if at > 0 {
		rest = slices.Clone(e.Tries[at:])
		e.Tries = e.Tries[:at:at]
		e.Attempts -= len(rest)
	}
	e.Closed = Closing{How: MarkedDone, At: s.at, Name: s.By, Text: s.Text}
	for _, t := range rest {
		for i := range c.attempts {
			if c.attempts[i].try.Call == t.Call {
				c.attempted(&c.attempts[i])
			}
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// announce brings the ledger in short up to date, and makes room in it.
func (b *Board) announce() {
	if b.waiting.Rev == b.lastTold.Rev {
		return
	}
	open, closed := 0, 0
	var oldest, settled *contact
	var first, last time.Time
	for _, c := range b.listed {
		for i := range c.entries {
			if e := &c.entries[i]; e.IsOpen() {
				open++
				if oldest == nil || e.First.Before(first) {
					oldest, first = c, e.First
				}
			} else {
				closed++
				if settled == nil || e.Closed.At.Before(last) {
					settled, last = c, e.Closed.At
				}
			}
		}
	}
	switch {
	case open > openCap:
		b.drop(oldest, true)
		b.announce()
		return
	case closed > closedCap:
		b.drop(settled, false)
		b.announce()
		return
	}
	b.waiting.Open, b.waiting.Oldest = open, first
}

// drop forgets the open entry of a contact, or its entry closed first.
func (b *Board) drop(c *contact, open bool) {
	b.dropped++
	var victim *Callback
	for i := range c.entries {
		e := &c.entries[i]
		if e.IsOpen() == open && (victim == nil || e.Closed.At.Before(victim.Closed.At)) {
			victim = e
		}
	}
	tries := victim.Tries
	c.attempts = slices.DeleteFunc(c.attempts, func(a attempt) bool {
		return slices.ContainsFunc(tries, func(t Try) bool { return t.Call == a.try.Call })
	})
	b.fold(c)
	if len(c.attempts) == 0 && len(b.contacts) > companyCap { // a day with more numbers than any company has
		if c.calls > 1 {
			b.twice--
		}
		delete(b.contacts, c.key)
		c.gone = true
	}
}
