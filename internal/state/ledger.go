package state

import (
	"cmp"
	"slices"
	"time"
)

// The facts of the recovery ledger are kept by number, and the entries of a
// number are made anew from all its facts whenever one of them changes. So it
// does not matter in which order the facts became known: an answer told late
// takes its attempt back, two journeys that turn out to be one leave one
// attempt, and a contact closes what came before it, not what was told before
// it.

const (
	openLife   = 7 * 24 * time.Hour // an open entry is given up after so long, at midnight
	openCap    = 500                // entries
	closedCap  = 500
	attemptCap = 40 // of one number
	talkCap    = 20
	backCap    = 20
	wordCap    = 60
	rungCap    = 20 // colleagues listed of one attempt
)

// A contact is one external number with what happened with it today, and
// before today as far as its open entry goes.
type contact struct {
	key      string // normal form
	customer Party
	calls    int // journeys that came in today
	attempts []attempt
	talks    []talk
	backs    []back
	words    []saying
	forgot   int // attempts left out of the list

	entries []Callback // what follows from all that
	listed  bool
	gone    bool // no longer one of Board.contacts
}

// An attempt is a journey that came in and ended without an answer.
type attempt struct {
	id      uint64
	journey *journey
	try     Try
}

// A talk is a conversation with a customer, from its beginning to the end of
// its journey: a customer who is handed on, or waits for a consultation, is
// still in the one talk.
type talk struct {
	journey *journey
	seq     uint64
	at, end time.Time
	out     bool
	by      Party
}

// A back is a call to the customer that nobody answered.
type back struct {
	journey *journey
	at      time.Time
	by      Party
}

// A saying is an operator's word with its time.
type saying struct {
	Word
	at time.Time
}

// normal is the form in which numbers are compared; empty if a number cannot
// be called.
func (b *Board) normal(number string) string {
	if !callable(number) {
		return ""
	}
	if b.cfg.Normal != nil {
		return b.cfg.Normal(number)
	}
	return number
}

// follow brings the ledger in line with what a journey now amounts to.
func (b *Board) follow(j *journey) {
	if j.kind == Outbound || j.kind == Internal {
		b.unfollow(j)
		return
	}
	if j.customer.Number != j.reachOf || j.reach == "" {
		j.reachOf, j.reach = j.customer.Number, b.normal(j.customer.Number)
	}
	if j.live == 0 && b.inside(&j.customer) { // a colleague after all
		b.unfollow(j)
		return
	}
	gaveUp := j.live == 0 && j.face().answered.IsZero() && !j.unsure
	if c := j.contact; c != nil && (c.key != j.reach || c.gone) {
		b.unfollow(j)
	}
	if j.reach == "" {
		if gaveUp != j.nameless && j.day == b.today.Day {
			b.countNameless(j, gaveUp)
		}
		return
	}
	if j.nameless { // the number was learnt late
		b.countNameless(j, false)
	}
	if j.contact == nil {
		c := b.contacts[j.reach]
		if c == nil {
			if len(b.contacts) >= companyCap && !gaveUp {
				return
			}
			c = &contact{key: j.reach, customer: j.customer}
			b.contacts[c.key] = c
		}
		j.contact = c
		if j.day == b.today.Day {
			b.countCall(c, 1)
		}
	}
	c := j.contact
	if j.customer.Name != "" || c.customer.Name == "" {
		c.customer = j.customer
	}
	i := slices.IndexFunc(c.attempts, func(a attempt) bool { return a.journey == j })
	switch {
	case gaveUp && i < 0:
		c.attempts = append(c.attempts, attempt{j.seqs[0], j, b.tryOf(j)})
		slices.SortStableFunc(c.attempts, func(x, y attempt) int {
			return cmp.Or(x.try.Start.Compare(y.try.Start), cmp.Compare(x.id, y.id))
		})
		if len(c.attempts) > attemptCap { // the first says since when, the last ones what is on
			c.attempts = slices.Delete(c.attempts, 1, 2)
			c.forgot++
		}
		b.fold(c)
	case gaveUp: // once more: a line or a telephone learnt late
		if try := b.tryOf(j); try.Line != c.attempts[i].try.Line || len(try.Rung) > len(c.attempts[i].try.Rung) {
			try.Ended = c.attempts[i].try.Ended
			c.attempts[i].try = try
			b.fold(c)
		}
	case i >= 0:
		c.attempts = slices.Delete(c.attempts, i, i+1)
		b.fold(c)
	}
}

// noCustomer takes a number out of the ledger that turned out to be a
// colleague's.
func (b *Board) noCustomer(number string) {
	if len(b.contacts) == 0 || number == "" {
		return
	}
	if c := b.contacts[b.normal(number)]; c != nil && len(c.attempts) > 0 {
		c.attempts = nil
		b.fold(c)
	}
}

// unfollow takes a journey out of the ledger: it is part of another one now,
// or no customer's who waits.
func (b *Board) unfollow(j *journey) {
	if j.nameless {
		b.countNameless(j, false)
	}
	c := j.contact
	if c == nil {
		return
	}
	j.contact = nil
	if c.gone { // it went with its day
		return
	}
	if j.day == b.today.Day {
		b.countCall(c, -1)
	}
	if i := slices.IndexFunc(c.attempts, func(a attempt) bool { return a.journey == j }); i >= 0 {
		c.attempts = slices.Delete(c.attempts, i, i+1)
		b.fold(c)
	}
}

func (b *Board) countCall(c *contact, by int) {
	was := c.calls > 1
	c.calls += by
	is := c.calls > 1
	switch {
	case is && !was:
		b.twice++
	case was && !is:
		b.twice--
	}
	if is != was || len(c.entries) > 0 {
		b.waiting.Rev++
	}
}

func (b *Board) countNameless(j *journey, is bool) {
	j.nameless = is
	if j.day != b.today.Day {
		return
	}
	b.waiting.Rev++
	if is {
		b.anonymous++
	} else {
		b.anonymous--
	}
}

// tryOf describes the journey of a customer who gave up.
func (b *Board) tryOf(j *journey) Try {
	t := Try{Call: j.seqs[len(j.seqs)-1], Start: j.start, Ended: j.endedAt, WaitKnown: j.known, Line: j.line}
	for _, seq := range j.seqs {
		r := b.bySeq[seq]
		if r == nil {
			continue
		}
		for i := range r.call.Legs {
			l := &r.call.Legs[i]
			if l.Side != CalleeSide || !b.inside(&l.Party) || b.isLine(&l.Party, r.call.Line) || len(t.Rung) >= rungCap {
				continue
			}
			key := b.key(&l.Party)
			if !slices.ContainsFunc(t.Rung, func(p Party) bool { return b.key(&p) == key }) {
				t.Rung = append(t.Rung, l.Party)
			}
		}
	}
	return t
}

// inTouch notes that somebody speaks to a customer. A consultation is internal
// and no contact; a call handed on is the contact it was before.
func (b *Board) inTouch(r *record) {
	c := &r.call
	if c.Phase != Talking || c.Direction == Internal {
		return
	}
	customer, by := c.Caller, c.Callee
	if c.Direction == Outbound {
		customer, by = by, customer
	}
	at := c.PairSince
	if at.IsZero() {
		at = b.now
	}
	b.spoke(r.journey.root(), customer.Number, talk{seq: c.Seq, at: at, out: c.Direction == Outbound, by: by})
}

// spoke notes a talk of a journey with a customer.
func (b *Board) spoke(j *journey, number string, t talk) {
	if number == "" || len(b.contacts) == 0 || j == nil {
		return
	}
	c := j.contact
	if c == nil || c.gone || number != j.reachOf || c.key != j.reach {
		c = b.contacts[b.normal(number)]
	}
	if c == nil { // nobody of this number ever called
		return
	}
	t.journey = j
	spoke := slices.Contains(j.spokeTo, c)
	if spoke {
		if old := c.talkOf(j); old != nil {
			if old.by.Blank() && !t.by.Blank() {
				old.by = t.by
				b.fold(c)
			}
			return
		}
	}
	if len(c.talks) >= talkCap {
		c.talks = slices.Delete(c.talks, 0, 1)
	}
	c.talks = append(c.talks, t)
	if !spoke {
		j.spokeTo = append(j.spokeTo, c)
	}
	b.fold(c)
}

// talkOf is the talk of a journey with a contact, of which there is one at
// most, and mostly the last.
func (c *contact) talkOf(j *journey) *talk {
	for i := len(c.talks) - 1; i >= 0; i-- {
		if c.talks[i].journey == j {
			return &c.talks[i]
		}
	}
	return nil
}

// spokeLate notes an answer that was told after the end of its call.
func (b *Board) spokeLate(t *tombstone, ev *Event) {
	customer, by, out := ev.Caller, ev.Callee, false
	switch {
	case b.inside(&ev.Caller) && b.inside(&ev.Callee):
		return
	case b.inside(&ev.Caller):
		customer, by, out = ev.Callee, ev.Caller, true
	}
	at := t.startedAt
	if at.IsZero() {
		at = t.endedAt
	}
	j := t.journey.root()
	if j == nil { // its hang-up came before everything else
		j = &journey{endedAt: t.endedAt}
	}
	b.spoke(j, customer.Number, talk{seq: t.seq, at: at, out: out, by: by})
	b.hungUpOn(j)
}

// leftAlone notes the end of a call to a customer that nobody answered.
func (b *Board) leftAlone(r *record) {
	c := &r.call
	if c.Phase != Ringing || c.Direction != Outbound || len(b.listed) == 0 {
		return
	}
	k := b.contacts[b.normal(c.Callee.Number)]
	if k == nil || len(k.attempts) == 0 {
		return
	}
	if len(k.backs) >= backCap {
		k.backs = slices.Delete(k.backs, 0, 1)
	}
	k.backs = append(k.backs, back{r.journey.root(), c.StartedAt, c.Caller})
	b.fold(k)
}

// hungUpOn notes the end of a journey's talks.
func (b *Board) hungUpOn(j *journey) {
	if j == nil || j.live > 0 {
		return
	}
	for _, c := range j.spokeTo {
		if t := c.talkOf(j); t != nil && !j.unsure && !t.end.Equal(j.endedAt) {
			t.end = j.endedAt
			b.fold(c)
		}
	}
}

// joinTalks makes the talks of a journey those of the one it was merged into.
func (b *Board) joinTalks(from, to *journey) {
	for _, c := range from.spokeTo {
		into := slices.IndexFunc(c.talks, func(t talk) bool { return t.journey == to })
		for i := 0; i < len(c.talks); i++ {
			t := &c.talks[i]
			if t.journey != from {
				continue
			}
			t.journey = to
			if into < 0 {
				into = i
				continue
			}
			if o := &c.talks[into]; t.at.Before(o.at) {
				o.at, o.by, o.out, o.seq = t.at, t.by, t.out, t.seq
			}
			c.talks = slices.Delete(c.talks, i, i+1)
			i--
		}
		if !slices.Contains(to.spokeTo, c) {
			to.spokeTo = append(to.spokeTo, c)
		}
		b.fold(c)
	}
	from.spokeTo = nil
}

// newLedgerDay forgets what is settled; who waits goes on waiting.
func (b *Board) newLedgerDay() {
	if b.anonymous > 0 || b.twice > 0 || len(b.listed) > 0 {
		b.waiting.Rev++
	}
	b.anonymous, b.twice = 0, 0
	for key, c := range b.contacts {
		c.calls, c.forgot = 0, 0
		var open *Callback
		for i := range c.entries {
			if e := &c.entries[i]; e.IsOpen() && b.now.Sub(e.Last().Ended) <= openLife {
				open = e
			}
		}
		if open == nil {
			c.entries, c.gone = nil, true
			delete(b.contacts, key)
			continue
		}
		b.keepOnly(c, open)
	}
	b.listed = slices.DeleteFunc(b.listed, func(c *contact) bool { return len(c.entries) == 0 })
}

// keepOnly reduces a contact to the facts of its open entry.
func (b *Board) keepOnly(c *contact, open *Callback) {
	from := open.Tries[0].Start
	c.attempts = slices.DeleteFunc(c.attempts, func(a attempt) bool { return a.try.Start.Before(from) })
	c.talks = slices.DeleteFunc(c.talks, func(t talk) bool { return t.at.Before(from) })
	c.backs = slices.DeleteFunc(c.backs, func(k back) bool { return k.at.Before(from) })
	c.words = slices.DeleteFunc(c.words, func(s saying) bool { return s.Entry != open.ID })
	b.fold(c)
}
