package fakepbx

import (
	"math/rand/v2"
	"time"
)

// load keeps a number of calls up and says call events at a steady rate: it
// hangs the oldest up, offers a new one, connects it, and so on.
type load struct {
	rand *rand.Rand
	gap  time.Duration // between events
	next time.Duration
	turn int
	last *call
	free []Party // users not in a call
}

func newLoad(p *PBX, now time.Time) *load {
	l := &load{rand: rand.New(rand.NewPCG(p.opts.Seed, 0x10))}
	if r := p.opts.Load.EventsPerSecond; r > 0 {
		l.gap = time.Duration(float64(time.Second) / r)
		l.next = l.gap
	}
	for _, u := range p.x.company.users {
		l.free = append(l.free, u.Party)
	}
	p.muted = true
	for i := range p.opts.Load.LiveCalls {
		l.offer(p, now.Add(-time.Duration(p.opts.Load.LiveCalls-i)*time.Second/4))
		if i%4 > 0 { // a quarter rings
			l.connect(p, l.last.date.Add(5*time.Second))
		}
	}
	p.muted = false
	p.x.count = Journeys{}
	return l
}

func (l *load) fire(p *PBX, now time.Time) {
	l.next += l.gap
	switch l.turn++; l.turn % 3 {
	case 1:
		c := p.x.live[0]
		p.x.drop(c, now)
		l.free = append(l.free, c.callee().party)
		p.say(CallHungUp, c, nil, now)
	case 2:
		l.offer(p, now)
	case 0:
		l.connect(p, now)
	}
	p.derive(now)
}

func (l *load) offer(p *PBX, now time.Time) {
	x := p.x
	if len(l.free) == 0 { // more calls than people: some are in two
		for _, u := range x.company.users {
			l.free = append(l.free, u.Party)
		}
	}
	callee := l.free[0]
	l.free = l.free[1:]
	ln := x.company.lines[l.rand.IntN(len(x.company.lines))]
	l.last = x.open(x.company.customers[l.rand.IntN(len(x.company.customers))], ln, nil, now)
	leg := x.ring(l.last, callee, now)
	x.classify(l.last)
	p.say(NewCall, l.last, leg, now)
}

func (l *load) connect(p *PBX, now time.Time) {
	c := l.last
	if c == nil || !c.live() {
		return
	}
	p.x.answer(c, c.callee(), now)
	p.say(CallConnected, c, nil, now)
}
