package state

import (
	"cmp"
	"slices"
	"time"
)

// notOurClock are the fields with times of another clock, the PBX's, or that
// are put right by themselves when the clock is set.
var notOurClock = map[string]bool{
	"Event.Date": true, "record.date": true, "tombstone.date": true,
	"Board.cfg": true, "Board.changes": true, "Board.spare": true, "Board.published": true, "Board.lastTold": true,
	"Board.midnight": true, "journey.told": true,
}

// setClock moves all times of the board with the clock of this machine: what
// was five minutes ago is five minutes ago still. The day is the clock's: where
// its date changes, today's counters are those of the calls that, by the clock
// as it goes now, came today, as far as they are known.
func (b *Board) setClock(by time.Duration) {
	if by == 0 {
		return
	}
	whole := b.today.Since.Equal(b.dayStart(b.now))
	(&walker{
		skip: notOurClock,
		time: func(t *time.Time) {
			if !t.IsZero() {
				*t = t.Add(by)
			}
		},
	}).walk(b)
	for i := range b.skews { // times of the PBX did not move
		b.skews[i] += by
	}
	if p := &b.pulse; p.SkewKnown {
		p.Skew, p.SkewBase = p.Skew-by, p.SkewBase-by
		p.Jump, p.JumpedAt = -by, b.now
	}
	b.tally(ClockJumped, "")

	begin := b.dayStart(b.now)
	if whole || b.today.Since.Before(begin) {
		b.today.Since = begin
	}
	y, m, d := b.now.In(b.cfg.Zone).Date()
	b.midnight = Midnight(y, m, d+1, b.cfg.Zone).UTC()
	if day := b.dateOf(b.now); day != b.today.Day {
		b.moveDay(day)
	}
	b.waiting.Rev++
	b.dayVersion++
	b.company++
	for _, j := range b.day {
		j.told = nil
	}
	for _, r := range b.order {
		b.touch(r)
	}
	b.publishFeed(b.feed)
}

// dateOf is the date of a time in the board's zone.
func (b *Board) dateOf(at time.Time) string { return at.In(b.cfg.Zone).Format(time.DateOnly) }

// dayStart is when the day of a time began.
func (b *Board) dayStart(at time.Time) time.Time {
	y, m, d := at.In(b.cfg.Zone).Date()
	return Midnight(y, m, d, b.cfg.Zone).UTC()
}

// moveDay makes another day today's, because the clock says so. What is known
// of journeys is counted anew; what was only counted (missed notices, what is
// counted of people) is not known for it.
func (b *Board) moveDay(day string) {
	if day > b.today.Day {
		b.newLedgerDay()
	}
	b.today = Today{Day: day, Since: b.today.Since}
	b.dayOverflow = false
	clear(b.userDays)
	clear(b.lineDays)
	for _, t := range b.tallies {
		t.Today = 0
	}
	for _, c := range b.contacts {
		c.calls = 0
	}
	b.twice, b.anonymous = 0, 0
	b.day = slices.DeleteFunc(b.day, func(j *journey) bool {
		if j.merged != nil || j.live == 0 && b.dateOf(j.start) != day {
			j.listed = false
			return true
		}
		return false
	})
	b.frozen = slices.DeleteFunc(b.frozen, func(t *Journey) bool { return b.dateOf(t.Start) != day })
	for _, t := range b.frozen {
		b.countTold(t)
	}
	slices.SortFunc(b.day, func(x, y *journey) int { return cmp.Compare(x.id, y.id) }) // whoever read before
	for _, j := range b.day {
		was := j.share
		j.share, j.day = share{}, b.dateOf(j.start)
		if j.day != day {
			continue
		}
		if was.waits > 0 {
			b.today.WaitTotal += was.wait
			b.today.WaitCount += was.waits
			j.share.wait, j.share.waits = was.wait, was.waits
		}
		if j.contact != nil && !j.contact.gone {
			b.countCall(j.contact, 1)
		}
		if j.nameless {
			b.countNameless(j, true)
		}
		b.count(j)
	}
}
