package hub

import (
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// A Record is what a recorded hub knows of its board: how it was made, and how
// far that was checked against what the live board was at the time.
type Record struct {
	From    time.Time // there is a record from here
	Entries int       // of the log that were applied since the kept picture it began with
	Checked time.Time // newest moment whose code was compared with the one noted then; zero: none was met yet
	Equal   bool      // it was the same
	Differ  int       // codes that were not the same, of all that were met
	Hole    Hole      // where the moment is in
	Reached bool      // it was played until now
}

// A Hole is a stretch in which nothing was recorded.
type Hole struct {
	From, To time.Time // To is zero while it lasts; both zero: there is none
	Code     string    // "stopped" or "crashed": this program did not run; "unsaved": its file could not be written; else the feed's own code
}

// Recorded reports that the hub shows a moment of the record.
func (h *Hub) Recorded() bool { return h.clock.recorded }

// SetRecord notes what is known of a recorded board by now.
func (h *Hub) SetRecord(r Record) { h.record.Store(&r) }

// RecordNow is what was noted last.
func (h *Hub) RecordNow() Record { return *h.record.Load() }

// Until is how long to wait until the hub's clock shows a moment; 0 if it does
// or did already. A clock that stands still takes longer than anything lives.
func (h *Hub) Until(t time.Time) time.Duration { return h.clock.until(t) }

// Reach ends the playing of a recorded hub at a moment: its clock stands still
// from then on, and its pages say that they have come to now.
func (h *Hub) Reach(at time.Time) {
	p := &h.painter
	p.mu.Lock()
	h.clock.stop(at)
	r := *h.record.Load()
	r.Reached = true
	h.record.Store(&r)
	for _, o := range p.painters() {
		o.version++
	}
	p.mu.Unlock()
	signal(h.wake)
	h.beatNow()
}

// reachedPart tells a page that is played that the record has come to its end.
func (c *composer) reachedPart() {
	if c.p.h.opt.Rate == 0 {
		return
	}
	r := c.p.h.record.Load()
	v := views.Reached{Yes: r.Reached}
	if v.Yes {
		still := c.q
		still.At = c.now.Truncate(time.Second)
		v.Clock, v.LiveURL, v.StillURL = c.clock(c.now), Now(c.q.URL()), still.URL()
	}
	c.part("p-reached", v, views.ReachedPart(v))
}

// recordSaid is what the strip of a recorded page says of its board: of how
// much it was made, and whether it is what was shown at the time. Where nothing
// was recorded it says that instead.
func (c *composer) recordSaid() views.Record {
	r, w := c.p.h.record.Load(), &c.words.OnRecord
	checked := r.Checked
	if !checked.IsZero() {
		checked = c.local(checked)
	}
	said := c.words.Recorded(r.Entries, c.local(c.now), checked, r.Equal)
	if h := r.Hole; !h.From.IsZero() {
		why := w.Unsaved
		if h.Code == "stopped" || h.Code == "crashed" || h.Code == state.Suspended {
			why = w.Stopped
		}
		said.Differs = true
		said.Check = sprintf(w.HoleSinceFmt, c.clock(h.From), why)
		if !h.To.IsZero() {
			said.Check = sprintf(w.HoleFmt, c.clock(h.From), c.clock(h.To), why)
		}
	}
	return said
}
