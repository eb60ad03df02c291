package hub

import (
	"sync/atomic"
	"time"
)

// A clock tells the wall's time as it was at an anchor, carried on by the
// monotonic clock: ages stay right when somebody sets the machine's clock.
type clock struct{ at atomic.Pointer[time.Time] } // a reading of both clocks

func newClock() *clock {
	c := new(clock)
	c.anchor()
	return c
}

// anchor takes the wall's present time over. It is called at the start and
// whenever the link comes up, when everything is learnt anew anyhow.
func (c *clock) anchor() {
	now := time.Now()
	c.at.Store(&now)
}

// now is UTC without a monotonic reading, as package state wants it.
func (c *clock) now() time.Time { return c.carry(time.Now()) }

func (c *clock) carry(t time.Time) time.Time {
	at := *c.at.Load()
	return at.Round(0).Add(t.Sub(at)).UTC()
}

// of puts a time on this clock: zero is now, a reading of time.Now is carried
// over, any other (from a recording) stays as it is.
func (c *clock) of(t time.Time) time.Time {
	switch {
	case t.IsZero():
		return c.now()
	case t != t.Round(0):
		return c.carry(t)
	}
	return t.UTC()
}
