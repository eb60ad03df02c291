package hub

import (
	"time"

	"callboard/internal/rules"
	"callboard/internal/state"
)

// A Trial runs alarms over the past: the same readings and the same engine as
// the live board's, on a clock that goes from one entry of the record to the
// next, for several setups at once. It reads at every entry and at every moment
// at which time alone changes something, so that nothing is missed in between.
// What it tells apart from the live board is the painter's rest: that one may
// read a change up to a quarter of a second late. Not safe for concurrent use.
type Trial struct {
	h    *Hub
	now  time.Time
	sets []trialSet
	news bool // inputs came at this very moment that are not read yet
}

type trialSet struct {
	setup setup
	watch *watch
	due   time.Time
}

// NewTrial begins at a moment (opt.At) with the board of that moment
// (opt.Board, which it owns from then on) and the alarms that were up then
// (opt.Alarms). told hears of each alarm under the number of its setup, when it
// is raised and when it is over.
func NewTrial(opt Options, setups []Setup, told func(setup int, e rules.Episode)) *Trial {
	opt.Rate, opt.OnAlarm = 0, nil
	t := &Trial{h: New(opt), now: opt.At}
	for i, s := range setups {
		w := newWatch(opt.Alarms)
		w.tell = func(e rules.Episode) { told(i, e) }
		t.sets = append(t.sets, trialSet{setup: newSetup(s, opt.At), watch: w})
	}
	t.read()
	return t
}

// Apply puts one input of the record into the trial, after all that happens by
// itself until then. An input without a time comes now.
func (t *Trial) Apply(in state.Input) {
	if in.At.IsZero() {
		in.At = t.now
	}
	if in.At.After(t.now) {
		t.Advance(in.At)
	}
	t.h.Apply(in)
	t.news = true // what comes at one moment is read as one, as the painter does
}

// Advance lets time pass until a moment.
func (t *Trial) Advance(to time.Time) {
	for {
		if t.news {
			t.read()
		}
		due, ok := t.h.board.NextDeadline()
		if !ok {
			due = time.Time{}
		}
		for i := range t.sets {
			due = earlier(due, t.sets[i].due)
		}
		if due.IsZero() || due.After(to) {
			break
		}
		t.to(laterOf(due, t.now.Add(time.Millisecond)))
	}
	if to.After(t.now) {
		t.to(to)
	}
}

// to lets time pass until a moment before which nothing is due.
func (t *Trial) to(at time.Time) {
	t.now = at
	t.h.clock.stop(at)
	t.h.Advance(at)
	t.read()
}

// read evaluates each setup.
func (t *Trial) read() {
	p := &t.h.painter
	p.mu.Lock()
	defer p.mu.Unlock()
	p.absorb()
	t.news = false
	mirror := p.version
	for i := range t.sets {
		s := &t.sets[i]
		p.setup, p.watch = s.setup, s.watch
		p.version = mirror // what another one raised is no news for this one
		s.due = p.evaluate(t.now)
	}
	p.version = mirror + 1
	for i := range t.sets {
		t.sets[i].watch.version = p.version
	}
}

// Feed is what the board could claim of itself at this moment of the trial.
func (t *Trial) Feed() state.FeedState { return t.h.board.Feed().State }

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
