package fakepbx

import (
	"fmt"
	"time"
)

// direction of a call, from whether its parties are of the house.
type direction int

const (
	inbound direction = iota
	outbound
	internal
)

// A leg is one channel: one side of a call.
type leg struct {
	party   Party
	line    *line // of a callee reached through one
	name    string
	id      string // Asterisk style: epoch second and counter
	flow    string
	logOid  string
	created time.Time
	up      bool
	gone    bool
	rung    bool // a telephone rings, unlike a call waiting in a queue
}

// A call is what is up, or was. Records that are over are kept by the scripts
// that still want to say something of them.
type call struct {
	n         uint64 // order of appearance
	id        string // the feed's callId
	journey   *journey
	dir       direction
	date      time.Time // when it was initiated
	caller    *leg
	callees   []*leg // in order of appearance, gone ones too
	line      *line
	connected time.Time
	ended     time.Time
	engine    int // which life of the telephony engine it belongs to
}

func (c *call) live() bool { return c.ended.IsZero() }

// callee is who the caller talks to, or else who rang last; nil if nobody.
func (c *call) callee() *leg {
	var last, gone *leg
	for _, l := range c.callees {
		switch {
		case l.up:
			return l
		case l.gone:
			gone = l
		default:
			last = l
		}
	}
	if last == nil {
		return gone
	}
	return last
}

func (c *call) ringing() []*leg {
	var out []*leg
	for _, l := range c.callees {
		if !l.up && !l.gone {
			out = append(out, l)
		}
	}
	return out
}

// A journey is all calls of one conversation: what counters count.
type journey struct {
	n        uint64
	dir      direction
	began    time.Time // when its first call came up
	answered bool
	live     int // calls up
	ended    bool
}

// exchange is the truth. It is guarded by PBX.mu and tells nobody anything:
// what is said of it is events.go's and the scripts' business.
type exchange struct {
	opts     *Options
	company  *company
	live     []*call // in order of appearance
	ended    []callLog
	seq      uint64
	journeys uint64
	channels uint32 // the counter in channel names; begins anew with the engine
	flows    uint32
	logs     uint64
	engine   int
	count    Journeys
}

// firstChannel is where the counter stands when the engine has started.
const firstChannel = 0xa41

func newExchange(o *Options) *exchange {
	return &exchange{opts: o, company: newCompany(o.Users, o.Seed), channels: firstChannel, flows: 0x100, logs: 9000, engine: 1}
}

func (x *exchange) peer(p Party) string {
	if u := x.company.byUser[p.User]; u != nil {
		return u.login
	}
	if p.internal() {
		return "user" + p.User
	}
	return "trunk1"
}

func (x *exchange) newLeg(p Party, l *line, now time.Time) *leg {
	name := ""
	for { // a name in use is passed over, as when ids are few
		k := x.channels
		x.channels++
		if n := x.opts.ReuseIDs; n > 0 {
			k = firstChannel + (k-firstChannel)%uint32(max(n, 4*len(x.live)+16))
		}
		name = fmt.Sprintf("SIP/%s-%08x", x.peer(p), k)
		if !x.nameInUse(name) {
			break
		}
	}
	x.flows++
	x.logs++
	return &leg{
		party: p, line: l, name: name, created: now,
		id:     fmt.Sprintf("%d.%d", now.Unix(), x.channels),
		flow:   fmt.Sprintf("%s-%08x", now.In(x.opts.Zone).Format("2006-01-02-15:04:05"), x.flows),
		logOid: fmt.Sprint(x.logs),
	}
}

func (x *exchange) nameInUse(name string) bool {
	if x.opts.ReuseIDs == 0 && x.engine == 1 {
		return false
	}
	for _, c := range x.live {
		if c.id == name || c.caller.name == name {
			return true
		}
	}
	return false
}

// talksWith tells whether a number is in a call.
func (x *exchange) talksWith(number string) bool {
	for _, c := range x.live {
		if l := c.callee(); c.caller.party.Number == number || l != nil && l.party.Number == number {
			return true
		}
	}
	return false
}

// open puts a new call up. The journey is the given call's if there is one.
func (x *exchange) open(caller Party, l *line, of *call, now time.Time) *call {
	c := &call{caller: x.newLeg(caller, nil, now), line: l, date: now}
	c.caller.up = true
	c.id = c.caller.name
	if of != nil {
		c.journey = of.journey
	}
	x.add(c)
	return c
}

func (x *exchange) add(c *call) {
	x.seq++
	c.n, c.engine = x.seq, x.engine
	if c.journey == nil {
		x.journeys++
		c.journey = &journey{n: x.journeys, dir: -1}
	}
	c.journey.live++
	x.live = append(x.live, c)
}

// classify decides a call's direction once its callee is known, and counts
// the journey the first time.
func (x *exchange) classify(c *call) {
	out := c.line == nil
	if l := c.callee(); l != nil && l.party.internal() {
		out = false
	}
	switch {
	case !c.caller.party.internal():
		c.dir = inbound
	case out:
		c.dir = outbound
	default:
		c.dir = internal
	}
	if c.journey.dir >= 0 {
		return
	}
	c.journey.dir, c.journey.began = c.dir, c.date
	switch c.dir {
	case inbound:
		x.count.Offered++
		if c.line != nil {
			c.line.incoming++
		}
	case outbound:
		x.count.Outbound++
	case internal:
		x.count.Internal++
	}
}

// ring adds a telephone to a call, or the queue of its line if p is blank.
func (x *exchange) ring(c *call, p Party, now time.Time) *leg {
	l := x.newLeg(p, c.line, now)
	l.rung = p != (Party{})
	if !l.rung && c.line != nil {
		l.party.Number = c.line.number
		l.name = fmt.Sprintf("Local/%s@queue-%08x", c.line.oid, x.channels-1)
	}
	c.callees = append(c.callees, l)
	return l
}

// answer links one callee and returns the channels that thereby end.
func (x *exchange) answer(c *call, l *leg, now time.Time) (losers []*leg) {
	l.up = true
	if c.connected.IsZero() {
		c.connected = now
	}
	for _, other := range c.callees {
		if other != l && !other.up && !other.gone {
			other.gone = true
			losers = append(losers, other)
		}
	}
	if !c.journey.answered {
		c.journey.answered = true
		if c.journey.dir == inbound {
			x.count.Answered++
			wait := now.Sub(c.journey.began)
			x.count.Waited += wait
			if wait <= inTime {
				x.count.InTime++
			}
			if c.line != nil {
				c.line.answered++
			}
		}
	}
	return losers
}

// drop takes a call off the exchange.
func (x *exchange) drop(c *call, now time.Time) {
	for i, other := range x.live {
		if other == c {
			x.live = append(x.live[:i:i], x.live[i+1:]...)
			break
		}
	}
	c.ended = now
	j := c.journey
	if j.live--; j.live == 0 && !j.ended {
		j.ended = true
		if j.dir == inbound && !j.answered {
			x.count.Unanswered++
			rang := now.Sub(j.began)
			x.count.GaveUp += rang
			if rang > inTime {
				x.count.GaveUpLate++
			}
		}
	}
	x.log(c)
}

// join is a transfer: of X (with the customer) and Y (with the colleague) is
// left one call between those two. Both records keep their last signature.
func (x *exchange) join(cx, cy *call, v TransferVariant, now time.Time) *call {
	stays, leaves := cx.caller, cx.callee() // customer, attendant
	if stays.party.internal() && !leaves.party.internal() {
		stays, leaves = leaves, stays
	}
	colleague := cy.callee()
	z := x.reroute(cx, stays, leaves, colleague, v, now)
	if v.CallID == "Y" {
		z.id = cy.id
	}
	z.date = now
	z.connected = now
	z.callees[len(z.callees)-1].up = true
	x.drop(cx, now)
	x.drop(cy, now)
	return z
}

// redirect is a blind transfer: X ends, and its customer rings p.
func (x *exchange) redirect(cx *call, p Party, v TransferVariant, now time.Time) *call {
	stays, leaves := cx.caller, cx.callee()
	if stays.party.internal() && !leaves.party.internal() {
		stays, leaves = leaves, stays
	}
	z := x.reroute(cx, stays, leaves, x.newLeg(p, nil, now), v, now)
	z.date = now
	for _, l := range z.callees {
		l.rung = true
	}
	x.drop(cx, now)
	return z
}

// reroute makes the call that follows cx: stays keeps its side and its flow.
func (x *exchange) reroute(cx *call, stays, leaves, to *leg, v TransferVariant, now time.Time) *call {
	keep, got := *stays, *to
	keep.up, got.up, got.gone = true, false, false
	if v.Flows == "R2" {
		got.flow = leaves.flow
	}
	z := &call{journey: cx.journey, line: cx.line, date: cx.date, caller: &keep, callees: []*leg{&got}, dir: cx.dir}
	if stays != cx.caller { // the colleague takes the caller's side
		got.up = true
		z.caller, z.callees = &got, []*leg{&keep}
	}
	switch v.CallID {
	case "X", "Y":
		z.id = cx.id
	default:
		z.id = x.newLeg(keep.party, nil, now).name
	}
	x.add(z)
	return z
}

// restart is the telephony engine killed and started: no call survives, no
// hang-up is said, and the counter of names begins anew.
func (x *exchange) restart(now time.Time) {
	for len(x.live) > 0 {
		c := x.live[0]
		c.journey.ended = true // neither answered nor given up: lost
		x.drop(c, now)
		x.count.Lost++
	}
	x.engine++
	x.channels = firstChannel
}
