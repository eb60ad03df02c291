package hub

import (
	"sync/atomic"
	"time"
)

// A clock tells the wall's time as it was at an anchor, carried on by the
// monotonic clock: ages stay right when somebody sets the machine's clock.
type clock struct{ at atomic.Pointer[anchor] }

// An anchor is one moment on both clocks.
type anchor struct {
	wall time.Time // without a monotonic reading
	mono time.Time // with one
}

func newClock() *clock {
	c := new(clock)
	c.anchor()
	return c
}

// anchor takes the wall's present time over. It is called at the start and
// whenever the link comes up, when everything is learnt anew anyhow.
func (c *clock) anchor() {
	now := time.Now()
	c.at.Store(&anchor{now.Round(0), now})
}

// now is UTC without a monotonic reading, as package state wants it.
func (c *clock) now() time.Time { return c.carry(time.Now()) }

func (c *clock) carry(t time.Time) time.Time {
	at := c.at.Load()
	return at.wall.Add(t.Sub(at.mono)).UTC()
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

// sleepLimit is how far the wall's clock may run ahead of the monotonic one
// before the machine is taken to have slept: time servers push clocks by less.
const sleepLimit = 10 * time.Second

// behind is how far the wall's clock has run ahead of this one. The monotonic
// clock stands still while a machine is suspended; ages would be short by it.
func (c *clock) behind() time.Duration {
	now := time.Now()
	return now.Round(0).Sub(c.carry(now))
}
