package access

import (
	"context"
	"net/netip"
	"time"
)

// ShownFor is how long a screen shows its name when asked to.
const ShownFor = 15 * time.Second

// endedWithin is how long a stream may take to tell its screen that it ended.
const endedWithin = 2 * time.Second

// A Signal is something that a display's screen has to do.
type Signal string

// The signals. After TellPoint and TellEnd there is no other.
const (
	TellName   Signal = "identify" // show name and number
	TellReload Signal = "refresh"  // load the page anew
	TellPoint  Signal = "point"    // what it shows is another: load the page anew
	TellEnd    Signal = "ended"    // empty the page
)

// A Seat is one open stream of a display. It must be closed.
type Seat struct {
	d        *Displays
	id       int64
	addr     netip.Addr
	signals  chan Signal
	cancel   context.CancelCauseFunc
	expiring *time.Timer
	over     bool // guarded by d.mu
}

// Sit opens a stream of a display. revision is what the page shows: of another
// than the present one the first signal is TellPoint. The context ends, with the
// cause ErrEnded, two seconds after the signals TellPoint or TellEnd, however slow the
// reader. Errors: ErrNoDisplay, ErrDisplayOff.
func (d *Displays) Sit(ctx context.Context, id int64, revision int, s Sighting) (context.Context, *Seat, error) {
	d.Saw(ctx, id, s)
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	r, err := d.on(ctx, id, now)
	if err != nil {
		return ctx, nil, err
	}
	seat := &Seat{d: d, id: id, addr: s.Addr, signals: make(chan Signal, 8)}
	ctx, seat.cancel = context.WithCancelCause(ctx)
	if d.seats[id] == nil {
		d.seats[id] = map[*Seat]bool{}
	}
	d.seats[id][seat] = true
	seat.expire(r.Expires.Sub(now))
	if revision != r.Revision {
		seat.finish(TellPoint)
	}
	return ctx, seat, nil
}

// Signals gives what the screen has to do.
func (s *Seat) Signals() <-chan Signal { return s.signals }

// Close ends the stream: the display is away from now on. A nil seat has none.
func (s *Seat) Close() {
	if s == nil {
		return
	}
	s.d.mu.Lock()
	defer s.d.mu.Unlock()
	s.expiring.Stop()
	s.cancel(context.Canceled)
	delete(s.d.seats[s.id], s)
	if len(s.d.seats[s.id]) > 0 {
		return
	}
	delete(s.d.seats, s.id)
	if r := s.d.byID[s.id]; r != nil && r.State == PairedOn {
		r.Seen.At = time.Now()
		s.d.write(context.Background(), r)
	}
}

// expire plans the end; the caller has the lock.
func (s *Seat) expire(after time.Duration) {
	if s.expiring != nil {
		s.expiring.Stop()
	}
	s.expiring = time.AfterFunc(after, func() {
		s.d.mu.Lock()
		defer s.d.mu.Unlock()
		if r := s.d.byID[s.id]; r != nil {
			s.d.settle(context.Background(), r, time.Now())
		}
	})
}

func (s *Seat) tell(signal Signal) {
	select {
	case s.signals <- signal:
	default: // a screen that takes nothing has eight to come already
	}
}

func (s *Seat) end() { s.finish(TellEnd) }

func (s *Seat) finish(signal Signal) {
	if s.over {
		return
	}
	s.over = true
	for len(s.signals) == cap(s.signals) { // the last one must get through
		select {
		case <-s.signals:
		default:
		}
	}
	s.signals <- signal
	time.AfterFunc(endedWithin, func() { s.cancel(ErrEnded) })
}

// follow lets a screen follow a change of its display.
func (s *Seat) follow(r *displayRecord, was Paired) {
	s.expire(time.Until(r.Expires))
	switch {
	case r.Revision != was.Revision || r.Name != was.Name:
		s.finish(TellPoint)
	case !r.Allows(s.addr):
		s.finish(TellEnd)
	}
}

// Tell asks the screens of a display to do something: TellName or TellReload.
// Errors: ErrNoDisplay, ErrDisplayOff.
func (d *Displays) Tell(ctx context.Context, id int64, signal Signal) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	r, err := d.on(ctx, id, now)
	if err != nil {
		return err
	}
	if signal == TellName {
		r.shown = now.Add(ShownFor)
	} else {
		r.asked++
	}
	for seat := range d.seats[id] {
		seat.tell(signal)
	}
	return nil
}

// Shown is how much longer a display shows its name, for a screen to which no
// stream gets through; and how often it was asked to load its page anew.
func (d *Displays) Shown(id int64) (left time.Duration, asked int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.byID[id]
	if r == nil {
		return 0, 0
	}
	return max(0, time.Until(r.shown)), r.asked
}
