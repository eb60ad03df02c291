package fakepbx

import (
	"maps"
	"time"
)

// A TrueLeg is one side of a call, as it is.
type TrueLeg struct {
	Party
	Flow      string
	Channel   string // its name, as in the list of active channels
	Connected bool
	Since     time.Time // when the channel appeared
}

// A TrueCall is a call that is up, whatever was said of it.
type TrueCall struct {
	CallID    string
	Journey   uint64 // the same for all calls of one conversation
	Line      string // oid, blank if none
	State     string // "ringing" or "connected"
	Since     time.Time
	Started   time.Time
	Direction string // "inbound", "outbound" or "internal"
	Caller    TrueLeg
	Callees   []TrueLeg // those ringing, or the one talking; a leg without user waits in the line's queue
}

// inTime is the threshold of InTime and GaveUpLate.
const inTime = 20 * time.Second

// Journeys count conversations as the contract's "today" does: a transferred
// one counts once, and belongs to where it came from.
type Journeys struct {
	Offered    int           // came in from outside
	Answered   int           // of these, reached a person
	Unanswered int           // of these, ended without
	InTime     int           // answered within 20 s
	GaveUpLate int           // unanswered after more than 20 s
	Waited     time.Duration // summed ring time of Answered
	GaveUp     time.Duration // of Unanswered
	Missed     int           // missed notices, one per call and telephone
	Outbound   int
	Internal   int
	Lost       int // calls that a restart of the engine ended without a word
}

// Counters are what the PBX has seen and done.
type Counters struct {
	Requests      map[Endpoint]int // whatever the answer
	Refused       map[Endpoint]int // of these, by a Refusal
	Logins        int              // that succeeded
	LoginsDenied  int
	Renewals      int
	Logouts       int
	Sessions      int // now
	SocketsOpened int
	Sockets       int            // now
	SocketsSlow   int            // cut because the client did not read
	Subscriptions map[string]int // now, over all sockets
	Tests         int            // test messages echoed
	BadMessages   int            // from clients
	Events        map[string]int // said, before faults
	Dropped       int
	Duplicated    int
	Journeys      Journeys // since New, without the calls a Warm exchange began with
	LiveCalls     int
}

// Truth is the calls that are up, in order of appearance.
func (p *PBX) Truth() []TrueCall {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]TrueCall, 0, len(p.x.live))
	for _, c := range p.x.live {
		out = append(out, trueCall(c))
	}
	return out
}

func trueCall(c *call) TrueCall {
	t := TrueCall{
		CallID: c.id, Journey: c.journey.n, State: "ringing", Since: c.date, Started: c.date,
		Direction: [...]string{"inbound", "outbound", "internal"}[c.dir], Caller: trueLeg(c.caller),
	}
	if c.line != nil {
		t.Line = c.line.oid
	}
	if !c.connected.IsZero() {
		t.State, t.Since = "connected", c.connected
	}
	for _, l := range c.callees {
		if !l.gone {
			t.Callees = append(t.Callees, trueLeg(l))
		}
	}
	return t
}

func trueLeg(l *leg) TrueLeg {
	return TrueLeg{Party: l.party, Flow: l.flow, Channel: l.name, Connected: l.up, Since: l.created}
}

// Counters returns a copy.
func (p *PBX) Counters() Counters {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.count
	c.Requests, c.Events, c.Refused = maps.Clone(c.Requests), maps.Clone(c.Events), map[Endpoint]int{}
	for e, r := range p.refusals {
		c.Refused[e] = r.served
	}
	c.Sessions, c.Sockets, c.LiveCalls, c.Journeys = p.liveSessions(time.Now()), len(p.sockets), len(p.x.live), p.x.count
	c.Subscriptions = map[string]int{}
	for s := range p.sockets {
		for sub := range s.subs {
			c.Subscriptions[sub.typ]++
		}
	}
	return c
}

// Company is the staff and the lines, for pictures and tests.
func (p *PBX) Company() (name string, users []Party, lines map[string]string) {
	lines = map[string]string{}
	for _, l := range p.x.company.lines {
		lines[l.oid] = l.name
	}
	for _, u := range p.x.company.users {
		users = append(users, u.Party)
	}
	return p.x.company.name, users, lines
}

// SetCalls replaces all that is up and says nothing of it: what a client
// finds when it asks for a snapshot. Blank ids, channels and flows are made up;
// calls of the exchange's own traffic and scripts are gone without a word.
func (p *PBX) SetCalls(calls ...TrueCall) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for len(p.x.live) > 0 {
		c := p.x.live[0]
		c.journey.ended, c.engine = true, 0 // its script has nothing more to say
		p.x.drop(c, now)
	}
	for _, t := range calls {
		p.put(t, now)
	}
	p.derive(now)
}

// AddCall puts one call up and says nothing of it.
func (p *PBX) AddCall(t TrueCall) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.put(t, time.Now())
	p.derive(time.Now())
}

// RemoveCall takes the calls of an id off and says nothing: a lost hang-up.
func (p *PBX) RemoveCall(callID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	for _, c := range append([]*call(nil), p.x.live...) {
		if c.id == callID {
			p.x.drop(c, now)
		}
	}
	p.derive(now)
}

func (p *PBX) put(t TrueCall, now time.Time) {
	if t.Started.IsZero() {
		t.Started = now
	}
	c := p.x.open(t.Caller.Party, p.x.company.byLine[t.Line], nil, t.Started)
	own := func(l *leg, t TrueLeg) {
		if t.Channel != "" {
			l.name = t.Channel
		}
		if t.Flow != "" {
			l.flow = t.Flow
		}
		l.up = l.up || t.Connected
	}
	own(c.caller, t.Caller)
	if c.id = c.caller.name; t.CallID != "" {
		c.id = t.CallID
	}
	for _, l := range t.Callees {
		own(p.x.ring(c, l.Party, t.Started), l)
	}
	p.x.classify(c)
	if t.State == "connected" {
		if l := c.callee(); l != nil {
			p.x.answer(c, l, t.Started)
		}
		if c.connected = t.Since; t.Since.IsZero() {
			c.connected = t.Started
		}
	}
}
