package state

import "time"

// Now is the time of the board: of the last input or timer. It never runs
// backwards but for a ClockSet.
func (b *Board) Now() time.Time { return b.now }

// Code is a digest of what the board shows: its live calls, the counters of
// today and the state of the feed. Numbers and names are no part of it, so that
// a board told again after one was erased comes to the same code. Two boards
// told the same have the same code at every moment; different codes prove that
// they differ. It costs some tens of nanoseconds a call, and is never 0.
func (b *Board) Code() uint64 {
	d := digest(offset64)
	d.time(b.now)
	d.word(uint64(b.feed.State))
	d.text(b.feed.Code)
	d.time(b.feed.Since)
	d.time(b.feed.AsOf)
	t := &b.today
	d.text(t.Day)
	d.time(t.Since)
	for _, n := range [...]int{t.Offered, t.Answered, t.Unanswered, t.Missed, t.Outbound, t.Internal, t.WaitCount} {
		d.word(uint64(n))
	}
	d.word(uint64(t.WaitTotal))
	d.flags(t.Complete)
	d.word(uint64(len(b.order)))
	for _, r := range b.order {
		c := &r.call
		d.word(c.Seq)
		d.word(uint64(c.Phase) | uint64(c.Confidence)<<8 | uint64(c.Doubt.Kind)<<16 | uint64(c.Direction)<<24 | uint64(len(c.Legs))<<32)
		d.flags(c.Inferred, c.Transferred, c.FromSnapshot, c.StartAtLeast, c.TalkAtLeast)
		d.time(c.Doubt.From)
		d.time(c.StartedAt)
		d.time(c.ConnectedAt)
		d.time(c.PairSince)
		d.word(c.Journey)
		d.word(uint64(c.JourneyCalls))
		for i := range c.Legs {
			l := &c.Legs[i]
			d.word(uint64(l.Side) | uint64(l.State)<<8)
			d.time(l.Until)
		}
	}
	return max(uint64(d), 1)
}

// A digest is FNV-1a over words instead of bytes, stirred so that high bits
// count as well.
type digest uint64

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func (d *digest) word(v uint64) {
	x := (uint64(*d) ^ v) * prime64
	*d = digest(x ^ x>>29)
}

func (d *digest) text(s string) {
	for i := range len(s) {
		*d = (*d ^ digest(s[i])) * prime64
	}
	d.word(uint64(len(s)))
}

func (d *digest) time(t time.Time) {
	if t.IsZero() {
		d.word(0)
		return
	}
	d.word(uint64(t.UnixNano()))
}

func (d *digest) flags(flags ...bool) {
	v := uint64(0)
	for i, f := range flags {
		if f {
			v |= 1 << i
		}
	}
	d.word(v)
}
