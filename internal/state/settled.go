package state

import (
	"time"
)

func (Tick) fact()     {}
func (ClockSet) fact() {}
func (Forget) fact()   {}

// A Tick is the sign of life of whoever orders the inputs, every ten seconds.
// It changes nothing but the time. Code is the board's code at that moment, so
// that a replay can tell whether it came to the same board; 0 if none was taken.
type Tick struct{ Code uint64 }

// ClockSet says that this machine's clock was set by so much: all times of the
// board move along, so that no age turns negative or stands still. The input's
// own time is the last one of the clock as it went before; the board's time
// after it is that plus By.
type ClockSet struct{ By time.Duration }

// Forget asks to erase one telephone number wherever the board holds it, in
// the normal form of Config.Normal. What the feed tells later brings it back.
type Forget struct{ Number string }

// Settled is what has come to an end, or changed after its end, since it was
// last asked for. A Board keeps it only with Config.Settle, and until somebody
// asks.
type Settled struct {
	Calls    []SettledCall
	Journeys []Journey   // over, with Counted as it was on the day it began; told again whenever late news changes one
	Gone     []uint64    // journeys told before that turned out to be part of another, or none, or that go on after all (those come again when they are over)
	Gaps     []Gap       // begun, ended or with other counts than before; From tells them apart
	GoneGaps []time.Time // From of gaps told before that are among Gaps under another From: the clock was set
}

// Empty reports that nothing has settled.
func (s *Settled) Empty() bool {
	return len(s.Calls)+len(s.Journeys)+len(s.Gone)+len(s.Gaps)+len(s.GoneGaps) == 0
}

// SettledCall is a call that left the board.
type SettledCall struct {
	Ended
	Transfers int // how often its conversation passed to other people, as far as was seen
}

// settlement is what is kept until Settled is asked for.
type settlement struct {
	calls    []SettledCall
	journeys []*journey // that may be over, or no longer
	gaps     []toldGap  // those of Board.gaps, as they were told last
}

// A toldGap is a gap as it was told, under the From it had then: times of the
// gap itself move when the clock is set.
type toldGap struct {
	gap  Gap
	from int64 // ns since 1970
	told bool
}

// settle keeps a call that has just ended.
func (b *Board) settle(r *record) {
	if b.cfg.Settle {
		b.unsettled.calls = append(b.unsettled.calls, SettledCall{Ended: r.ended(), Transfers: r.transfers})
	}
}

// unsettle notes that a journey is to be looked at when Settled is asked for.
func (b *Board) unsettle(j *journey) {
	if b.cfg.Settle && !j.restless {
		j.restless = true
		b.unsettled.journeys = append(b.unsettled.journeys, j)
	}
}

// named later: a customer's name may come after a short call is over.
const lateName = time.Minute

// unsettleNamed looks for journeys that are just over and whose customer has
// got a name.
func (b *Board) unsettleNamed(addressable string) {
	if !b.cfg.Settle || addressable == "" {
		return
	}
	for i := len(b.oldJourneys.items) - 1; i >= b.oldJourneys.head; i-- {
		j := b.oldJourneys.items[i]
		if b.now.Sub(j.endedAt) > lateName {
			return
		}
		if j.customer.Addressable == addressable || j.called != nil && j.called.Addressable == addressable {
			b.unsettle(j)
		}
	}
}

// Settled tells what has come to an end since it was asked for last. The
// result is the caller's; slices inside it are shared and never modified.
func (b *Board) Settled() Settled {
	u := &b.unsettled
	s := Settled{Calls: u.calls}
	u.calls = nil
	for _, j := range u.journeys {
		j.restless = false
		switch {
		case j.merged == nil && !j.void && j.live == 0:
			t := b.tell(j)
			t.Counted = j.counted
			s.Journeys = append(s.Journeys, *t)
			j.settled = true
		case j.settled:
			j.settled = false
			s.Gone = append(s.Gone, j.id)
		}
	}
	clear(u.journeys)
	u.journeys = u.journeys[:0]
	if !b.cfg.Settle {
		return s
	}
	for len(u.gaps) < len(b.gaps) {
		u.gaps = append(u.gaps, toldGap{})
	}
	for i, g := range b.gaps {
		was := &u.gaps[i]
		if was.told && was.gap == g {
			continue
		}
		from := g.From.UnixNano()
		if was.told && was.from != from {
			s.GoneGaps = append(s.GoneGaps, time.Unix(0, was.from).UTC())
		}
		*was = toldGap{g, from, true}
		s.Gaps = append(s.Gaps, g)
	}
	return s
}

// Over is what the board still knows to be over, as Settled tells it: today's
// journeys, and the calls that ended lately. It is for a reader who has missed
// what Settled told, and asks for nothing that Settled has not told yet.
func (b *Board) Over() Settled {
	var s Settled
	for i := range b.ended {
		r := b.ended[i]
		s.Calls = append(s.Calls, SettledCall{Ended: r.ended(), Transfers: r.transfers})
	}
	for _, t := range b.Journeys() {
		if !t.Ended.IsZero() {
			s.Journeys = append(s.Journeys, t)
		}
	}
	for _, j := range b.day {
		if j.merged == nil && !j.void && j.live == 0 {
			j.settled = b.cfg.Settle
		}
	}
	return s
}

// passed notes that a conversation passed from one call to another.
func (b *Board) passed(r *record, from *record) {
	r.transfers++
	if from != nil && from != r {
		r.transfers = from.transfers + 1
	}
}

// recordOf finds the call of a journey whose conversation this was.
func (b *Board) recordOf(j *journey, sig signature) *record {
	for _, seq := range j.seqs {
		if r := b.bySeq[seq]; r != nil && r.seg == sig {
			return r
		}
	}
	return nil
}
