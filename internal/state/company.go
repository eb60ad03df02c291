package state

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A PhoneLine is a line of the PBX, as far as it is known.
type PhoneLine struct {
	Line   string // oid
	Name   string // empty if it was not learnt
	Number string // main number, if known
}

// PhoneLines are the company's lines that the PBX listed, and lines by which
// calls came in today, by name, then oid. A line whose number is somebody's
// extension is that person's telephone.
func (b *Board) PhoneLines() []PhoneLine {
	seen := make(map[string]struct{}, len(b.lines))
	out := make([]PhoneLine, 0, len(b.lines))
	add := func(oid string) {
		if _, known := seen[oid]; known || oid == "" {
			return
		}
		seen[oid] = struct{}{}
		out = append(out, PhoneLine{oid, b.lines[oid], b.lineNumbers[oid]})
	}
	for oid := range b.lines {
		if b.extensions[b.lineNumbers[oid]] == "" {
			add(oid)
		}
	}
	for oid := range b.lineDays {
		add(oid)
	}
	slices.SortFunc(out, func(x, y PhoneLine) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)), cmp.Compare(x.Line, y.Line))
	})
	return out
}

// Company rises with every change of who and which lines there are: what
// People and PhoneLines say besides the counts of the day.
func (b *Board) Company() uint64 { return b.company }

// idle is when somebody's last call ended, as far as it was seen.
type idle struct {
	at   time.Time
	lost bool // the call's own end was not seen: it was over before
}

// left notes that a party is out of a call, or its telephone rings no longer.
func (b *Board) left(p *Party, lost bool) {
	user := b.userOf(p)
	if user == "" {
		return
	}
	if last := b.idle[user]; last != nil {
		last.at, last.lost = b.now, lost
	} else if len(b.idle) < companyCap {
		b.idle[user] = &idle{b.now, lost}
	}
}

// leftNow notes who is out of a call since this step.
func (b *Board) leftNow(r *record) {
	for i := range r.call.Legs {
		if l := &r.call.Legs[i]; l.State == LegGone && l.Until.Equal(b.now) {
			b.left(&l.Party, false)
		}
	}
}

// allLeft notes that everybody is out of a call that is over. One that turned
// out to be another call goes on there.
func (b *Board) allLeft(r *record, how Outcome) {
	if how == EndedReplaced {
		return
	}
	c, lost := &r.call, how != EndedHungUp
	caller, callee := false, false // were told with their legs
	for i := range c.Legs {
		if l := &c.Legs[i]; l.State != LegGone || l.Until.Equal(b.now) {
			b.left(&l.Party, lost)
			caller = caller || l.Party.User == c.Caller.User && l.Party.Number == c.Caller.Number
			callee = callee || l.Party.User == c.Callee.User && l.Party.Number == c.Callee.Number
		}
	}
	if !caller {
		b.left(&c.Caller, lost)
	}
	if !callee {
		b.left(&c.Callee, lost)
	}
}

// idleSince is since when somebody who is in no call has been in none. It is
// at least that long where the feed was interrupted since, where the end of
// the last call was not seen, and where no call was seen at all.
func (b *Board) idleSince(user string) (since time.Time, atLeast bool) {
	last := b.idle[user]
	if last == nil || last.at.Before(b.upSince) {
		return b.upSince, true
	}
	return last.at, last.lost
}

// forgetIdle drops people whom the PBX does not list and who have not called
// for a day.
func (b *Board) forgetIdle() {
	for user, last := range b.idle {
		if b.users[user] == "" && b.now.Sub(last.at) > startClamp {
			delete(b.idle, user)
		}
	}
}
