package fakepbx

import (
	"context"
	"strings"
	"time"
)

// An Action is what a step does.
type Action string

const (
	Offer    Action = "offer"    // From calls To, or the queue of Line; newCallEvent unless Quiet
	Ring     Action = "ring"     // one more telephone, To, rings for Call; newCallEvent unless Quiet
	Stop     Action = "stop"     // To's channel is gone, a telephone that rang or the caller: channelHungUpEvent
	Miss     Action = "miss"     // missedCallEvent for To
	Answer   Action = "answer"   // To answers: callConnectedEvent, then the losers' channelHungUpEvents
	HangUp   Action = "hang up"  // Call ends: channelHungUpEvents of telephones still ringing, callHungUpEvent
	Join     Action = "join"     // transfer: Call and With end, As is left; nothing is said
	Redirect Action = "redirect" // blind transfer: Call ends, As rings To; nothing is said
	Say      Action = "say"      // Event of Call, up or not, is said (again)
	CutAll   Action = "cut"      // all sockets, the way of How
	Restart  Action = "restart"  // of the telephony engine
	Wait     Action = "wait"     // a pause, to look at the board
)

// A Step is one thing that happens in a scenario, or is said. Calls go by
// labels (X, Y, Z) and people by roles (C customer, A attendant, B colleague).
type Step struct {
	After    time.Duration // pause before the step
	Act      Action
	Call     string
	From, To string
	Line     string // oid; blank for a call that came by no line
	Event    string
	With, As string
	Transfer TransferVariant
	How      Cut
	Quiet    bool   // Offer, Ring: no newCallEvent
	Blank    bool   // Say: the caller's side is blank
	Note     string // what happens, in words, where it is not plain
}

// A Scenario is a telephone story as data.
type Scenario struct {
	Name  string
	About string
	steps []Step
	cast  map[string]Party // by role; nil means the usual cast
}

// Steps are all steps, in order.
func (s Scenario) Steps() []Step { return append([]Step(nil), s.steps...) }

// A Script is a scenario being played on one PBX.
type Script struct {
	pbx   *PBX
	steps []Step
	next  int
	cast  map[string]Party
	calls map[string]*call
}

// Begin prepares a scenario without doing anything yet.
func (p *PBX) Begin(s Scenario) *Script {
	cast := s.cast
	if cast == nil {
		cast = p.x.company.usualCast()
	}
	return &Script{pbx: p, steps: s.steps, cast: cast, calls: map[string]*call{}}
}

// Step does the next step at once, without its pause, and returns it; ok is
// false when there is none left.
func (s *Script) Step() (done Step, ok bool) {
	s.pbx.mu.Lock()
	defer s.pbx.mu.Unlock()
	return s.step(time.Now())
}

func (s *Script) step(now time.Time) (Step, bool) {
	if s.next >= len(s.steps) {
		return Step{}, false
	}
	st := s.steps[s.next]
	s.next++
	s.pbx.do(s, st, now)
	return st, true
}

// Play plays a scenario with its pauses (divided by Speed). It returns
// ctx's error if that ends first, and leaves the calls as they are.
func (p *PBX) Play(ctx context.Context, sc Scenario) error {
	s := p.Begin(sc)
	for s.next < len(s.steps) {
		if err := pause(ctx, p.scaled(s.steps[s.next].After)); err != nil {
			return err
		}
		s.Step()
	}
	return nil
}

func (p *PBX) scaled(d time.Duration) time.Duration {
	return time.Duration(float64(d) / p.opts.Speed)
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// usualCast are the roles of the shipped scenarios.
func (c *company) usualCast() map[string]Party {
	at := func(i int) Party { return c.users[i%len(c.users)].Party }
	return map[string]Party{
		"A": at(0), "B": at(3), "B1": at(3), "B2": at(6), "B3": at(9), "": {},
		"C": c.customers[0], "D": c.customers[1], "E": c.customers[2],
	}
}

// do is the one place where scripts touch the truth and the feed. A step
// about a call that a restart took does nothing. Call with mu held.
func (p *PBX) do(s *Script, st Step, now time.Time) {
	x, c := p.x, s.calls[st.Call]
	to := s.cast[st.To]
	if c != nil && c.engine != x.engine && st.Act != Offer {
		return
	}
	switch st.Act {
	case Wait:
	case CutAll:
		p.cut(st.How)
	case Restart:
		p.restart(now)
	case Offer:
		of := s.calls[st.With]
		if of != nil && of.engine != x.engine {
			return
		}
		c = x.open(s.cast[st.From], x.company.byLine[st.Line], of, now)
		l := x.ring(c, to, now)
		x.classify(c)
		s.calls[st.Call] = c
		if !st.Quiet {
			p.say(NewCall, c, l, now)
		}
	default:
		if c != nil && (c.live() || st.Act == Say || st.Act == Miss) {
			p.act(s, st, c, to, now)
		}
	}
	p.derive(now)
}

func (p *PBX) act(s *Script, st Step, c *call, to Party, now time.Time) {
	x := p.x
	switch st.Act {
	case Ring:
		for _, l := range c.ringing() { // the queue hands over to a telephone
			l.gone = l.gone || !l.rung
		}
		if l := x.ring(c, to, now); !st.Quiet {
			p.say(NewCall, c, l, now)
		}
	case Stop:
		if to.key() == c.caller.party.key() {
			c.caller.gone = true
			p.say(ChannelHungUp, c, c.caller, now)
		} else if l := c.legOf(to); l != nil && !l.gone {
			l.gone = true
			p.say(ChannelHungUp, c, l, now)
		}
	case Miss:
		x.count.Missed++
		if c.line != nil {
			c.line.missed++
		}
		p.say(MissedCall, c, c.legOf(to), now)
	case Answer:
		l := c.legOf(to)
		if l == nil || l.gone {
			return
		}
		losers := x.answer(c, l, now)
		p.say(CallConnected, c, nil, now)
		for _, loser := range losers {
			if loser.rung {
				p.say(ChannelHungUp, c, loser, now)
			}
		}
	case HangUp:
		ringing := c.ringing()
		last := c.callee()
		x.drop(c, now)
		for _, l := range ringing {
			if len(ringing) > 1 && l != last {
				l.gone = true
				p.say(ChannelHungUp, c, l, now)
			}
		}
		p.say(CallHungUp, c, nil, now)
	case Join:
		with := s.calls[st.With]
		if with == nil || !with.live() {
			return
		}
		s.calls[st.As] = x.join(c, with, st.Transfer, now)
		p.hint(c, now)
	case Redirect:
		s.calls[st.As] = x.redirect(c, to, st.Transfer, now)
		p.hint(c, now)
	case Say:
		f := p.callFields(st.Event, c, nil, now)
		if st.Blank {
			side(f, "caller", nil)
		}
		p.sayFields(st.Event, f, now)
	}
}

// hint is the notification whose fields no document knows.
func (p *PBX) hint(c *call, now time.Time) {
	if p.opts.TransferHint && !p.muted {
		p.emit(CallTransferred, "", map[string]any{"callId": c.id})
	}
}

// legOf finds the last channel of a party, or of anybody who has only a number.
func (c *call) legOf(p Party) *leg {
	for i := len(c.callees) - 1; i >= 0; i-- {
		if c.callees[i].party.key() == p.key() {
			return c.callees[i]
		}
	}
	if p == (Party{}) { // the queue
		return c.callee()
	}
	return nil
}

// A Frame is a message of the feed and the pause before it.
type Frame struct {
	After time.Duration
	Type  string // notificationType
	Data  []byte
	Step  Step // that said it
}

// Frames are what a PBX without faults says when the scenario is played from
// the given moment, for tests of decoders and models.
func (s Scenario) Frames(from time.Time) []Frame {
	p, err := New(Options{Seed: 1, Zone: amsterdam()})
	if err != nil {
		panic("fakepbx: " + err.Error())
	}
	var out []Frame
	var wait time.Duration
	var now Step
	p.tap = func(typ string, data []byte) {
		if !strings.HasPrefix(typ, "tenant") {
			out = append(out, Frame{After: wait, Type: typ, Data: data, Step: now})
			wait = 0
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	script := p.Begin(s)
	for _, st := range s.steps {
		from, wait, now = from.Add(st.After), wait+st.After, st
		script.step(from)
	}
	return out
}
