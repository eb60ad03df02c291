package hub

import (
	"sync/atomic"
	"time"
)

// A clock tells the wall's time as it was at an anchor, carried on by the
// monotonic clock: ages stay right when somebody sets the machine's clock. The
// clock of a recorded board tells a moment of the past instead, which stands
// still or runs at a speed of its own.
type clock struct {
	at       atomic.Pointer[anchor]
	recorded bool // never anchored by itself
}

// An anchor is one moment on both clocks.
type anchor struct {
	wall time.Time // without a monotonic reading
	mono time.Time // with one
	rate float64   // seconds that pass in one; 0 stands still
}

// newClock is a live clock, or that of a recorded board from a moment on.
func newClock(recorded time.Time, rate float64) *clock {
	c := &clock{recorded: !recorded.IsZero()}
	if c.recorded {
		c.at.Store(&anchor{recorded.UTC().Round(0), time.Now(), rate})
	} else {
		c.anchor()
	}
	return c
}

// anchor takes the wall's present time over. It is called at the start and
// whenever the link comes up, when everything is learnt anew anyhow.
func (c *clock) anchor() {
	if c.recorded {
		return
	}
	now := time.Now()
	c.at.Store(&anchor{now.Round(0), now, 1})
}

// stop makes a recorded clock stand still at a moment.
func (c *clock) stop(at time.Time) { c.at.Store(&anchor{at.UTC().Round(0), time.Now(), 0}) }

// now is UTC without a monotonic reading, as package state wants it.
func (c *clock) now() time.Time { return c.carry(time.Now()) }

func (c *clock) carry(t time.Time) time.Time {
	at := c.at.Load()
	d := t.Sub(at.mono)
	if at.rate != 1 {
		d = time.Duration(float64(d) * at.rate)
	}
	return at.wall.Add(d).UTC()
}

// never is longer than anything lives that waits for a clock that stands still.
const never = 1000 * time.Hour

// until is how long to wait for a moment of this clock; 0 if it has passed.
func (c *clock) until(t time.Time) time.Duration {
	d := max(t.Sub(c.now()), 0)
	switch rate := c.at.Load().rate; {
	case d == 0, rate == 1:
		return d
	case rate == 0:
		return never
	default:
		return min(time.Duration(float64(d)/rate)+1, never) // rounded up: never early
	}
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
	if c.recorded {
		return 0
	}
	now := time.Now()
	return now.Round(0).Sub(c.carry(now))
}
