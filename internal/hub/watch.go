package hub

import (
	"slices"
	"sync/atomic"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
)

// watchPause is the least time between two readings of the numbers; calls are
// read at every change.
const watchPause = time.Second

// A watch is what the painter knows of alarms. painter.mu guards it.
type watch struct {
	engine   rules.Engine
	ledger   rules.Ledger // of what was told
	tell     func(rules.Episode)
	up       []rules.Alarm   // the most urgent first
	calls    map[uint64]bool // calls with an alarm of their own, by Seq
	readings []rules.Reading // of the last evaluation: first the numbers', then the calls'
	numbers  int             // how many the numbers' are
	wards    map[scope]*ward
	wardsYet uint64 // wards made so far
	late     bool   // it began when somebody came to look: what is so for long is said at once

	version uint64    // of the mirror at the last evaluation
	setup   int       // its number then
	due     time.Time // when something changes by time alone
	readAt  time.Time // when numbers were read last
	readDue time.Time // when they change by time alone
	blind   bool      // nobody could tell them then

	unknown   []teams.Member // of the teams file, that the PBX does not know
	unknownOf uint64         // company.names when they were looked for

	now    atomic.Pointer[[]rules.Alarm] // for readers that are no views
	raised [16]atomic.Uint64             // by place in rules.Kinds
}

// newWatch is a watch that takes over alarms of a former process.
func newWatch(up []rules.Episode) *watch {
	w := &watch{calls: map[uint64]bool{}, wards: map[scope]*ward{}}
	w.engine.Restore(up)
	w.ledger.Restore(up)
	return w
}

// A ward is a choice of calls that is watched by itself: the whole board, and
// the line, team or person of each view that is looked at.
type ward struct {
	subject uint64 // of its readings; 0 is the whole board
	filter  filter
	seen    bool
	fresh   bool // read for the first time

	waiting    int           // customers who ring, proven
	lines      int           // calls with the outside
	late       int           // customers to call back, over the limit
	ringing    int           // customers who ring long enough for the chat rule
	colleagues []state.Party // who talk internally while they do

	chatRinging int           // both as they were when the chat rule last held,
	chatting    []state.Party // which its alarm goes on saying while it ends
}

// evaluate turns what is up now into alarms, if anything changed or is due.
// due is when to look again. What came of it counts as a change of the mirror.
// p.mu is held.
func (p *painter) evaluate(now time.Time) (due time.Time) {
	w := p.watch
	fresh := w.version == p.version && w.setup == p.setup.number && !w.readAt.IsZero()
	if fresh && (w.due.IsZero() || now.Before(w.due)) {
		return w.due
	}
	first := w.readAt.IsZero()
	changed := first || w.setup != p.setup.number || w.blind != p.blind()
	if next := w.readAt.Add(watchPause); changed || !now.Before(next) || !w.readDue.IsZero() && !now.Before(w.readDue) {
		w.readNumbers(p, now)
		if p.root == nil {
			p.checkMembers(now)
		}
		w.readAt, w.blind = now, p.blind()
	} else if !fresh {
		w.readDue = earlier(w.readDue, next)
	}
	w.readings = w.readCalls(p, w.readings[:w.numbers])
	alarms, differs, next := w.engine.Step(now, w.readings)
	w.up, w.due = alarms, earlier(next, w.readDue)
	if differs || first { // at first some may have been taken over that were up before
		for _, e := range w.ledger.Note(now, alarms) {
			if w.tell != nil {
				w.tell(e)
			}
		}
		clear(w.calls)
		for i := range alarms {
			if s := alarms[i].Subject; s != 0 && s&rules.Part == 0 {
				w.calls[s] = true
			}
		}
		p.version++
	}
	if len(alarms) > 0 { // opening hours decide about their sound
		w.due = earlier(w.due, p.setup.Rules.Opening.Next(now.In(p.h.opt.Zone)))
	}
	for i, k := range rules.Kinds {
		w.raised[i].Store(w.engine.Raised(k))
	}
	w.now.Store(&alarms)
	w.version, w.setup = p.version, p.setup.number
	return w.due
}

// blind reports that nobody can tell now how things are: alarms are held.
func (p *painter) blind() bool { return p.feed.State != state.Live && p.feed.State != state.Quiet }

// readCalls reads every call that a person may have to look after. A call in
// doubt is held as it is, a suspect one needs nobody.
func (w *watch) readCalls(p *painter, readings []rules.Reading) []rules.Reading {
	r, blind := &p.setup.Rules, p.blind()
	for _, m := range p.order {
		call := &m.call
		if call.Direction == state.Internal || call.Confidence == state.Suspect {
			continue
		}
		reading := rules.Reading{Subject: call.Seq, Unknown: blind || call.Confidence != state.Confirmed}
		reading.Since, _ = inState(call)
		switch {
		case call.Phase == state.Talking:
			reading.Kind, reading.Limit = rules.TalkingLong, r.Talking
		case waits(call):
			reading.Kind, reading.Limit = rules.RingingLong, r.Ringing
		default:
			continue
		}
		if !reading.Since.IsZero() && reading.Limit.Set() {
			readings = append(readings, reading)
		}
	}
	return readings
}

// waits reports that a customer waits for an answer.
func waits(call *state.Call) bool {
	return call.Phase == state.Ringing && call.Direction != state.Internal && call.Direction != state.Outbound
}

// readNumbers reads what is about more than one call, of every ward.
func (w *watch) readNumbers(p *painter, now time.Time) {
	w.readings, w.readDue = w.readings[:0], time.Time{}
	for _, d := range w.wards {
		d.seen = false
	}
	w.ward(scope{}).seen = true
	for _, v := range p.h.views.all() {
		if v.scope != (scope{}) && v.look.lens == p.lens {
			w.ward(v.scope).seen = true
		}
	}
	serves := serving(p.order)
	for s, d := range w.wards {
		if !d.seen {
			delete(w.wards, s)
			continue
		}
		d.count(p, w, now, serves)
		d.read(p, w, s, now)
	}
	w.numbers = len(w.readings)
}

// look begins to watch what a new view is about, so that its first picture
// says already what is wrong. p.mu is held, and the watch is up to date.
func (w *watch) look(p *painter, s scope, now time.Time) {
	if w.wards[s] != nil {
		return
	}
	d := w.ward(s)
	w.readings = w.readings[:w.numbers]
	d.count(p, w, now, serving(p.order))
	d.read(p, w, s, now)
	w.numbers, w.due = len(w.readings), now
	p.evaluate(now)
}

// ward finds the ward of a scope, or makes it.
func (w *watch) ward(s scope) *ward {
	d := w.wards[s]
	if d == nil {
		d = &ward{filter: newFilter(Query{Line: s.line, User: s.user, Team: s.team})}
		if s != (scope{}) {
			w.wardsYet++
			d.subject, d.fresh = rules.Part|w.wardsYet, true
		}
		d.fresh = d.fresh || w.late
		w.wards[s] = d
	}
	return d
}

// serving are the people who talk with a customer.
func serving(calls []*mirrored) map[string]bool {
	serves := map[string]bool{}
	for _, m := range calls {
		if call := &m.call; call.Direction != state.Internal && call.Phase == state.Talking {
			serves[call.Caller.Key()], serves[call.Callee.Key()] = true, true
		}
	}
	delete(serves, "")
	return serves
}

// count counts the calls of a ward that are proven. Who talks with a colleague
// while a customer waits for the end of it consults, and does not chat.
func (d *ward) count(p *painter, w *watch, now time.Time, serves map[string]bool) {
	ring := p.setup.Rules.Chat.Ring
	d.waiting, d.lines, d.ringing, d.colleagues = 0, 0, 0, d.colleagues[:0]
	for _, m := range p.order {
		call := &m.call
		if d.subject != 0 && !(d.filter.match(m) && (d.filter.team == "" || p.inTeam(m, d.filter.team))) {
			continue
		}
		if call.Direction == state.Internal {
			if call.Phase == state.Talking && call.Confidence == state.Confirmed && !serves[call.Caller.Key()] && !serves[call.Callee.Key()] {
				d.chat(p, call)
			}
			continue
		}
		d.lines++
		if !waits(call) || call.Confidence != state.Confirmed {
			continue
		}
		d.waiting++
		if long := call.StartedAt.Add(ring); call.StartedAt.IsZero() {
			continue
		} else if now.Before(long) {
			w.readDue = earlier(w.readDue, long)
		} else {
			d.ringing++
		}
	}
}

// chat notes the two who talk, each once, and of a team its people only.
func (d *ward) chat(p *painter, call *state.Call) {
	for _, party := range [...]state.Party{call.Caller, call.Callee} {
		key := party.Key()
		if key == "" || slices.ContainsFunc(d.colleagues, func(other state.Party) bool { return other.Key() == key }) {
			continue
		}
		if d.filter.team == "" || fold(p.teamOfUser(party.User, party.Name, party.Number)) == d.filter.team {
			d.colleagues = append(d.colleagues, party)
		}
	}
}

// read takes the readings of a ward.
func (d *ward) read(p *painter, w *watch, s scope, now time.Time) {
	r := &p.setup.Rules
	add := func(reading rules.Reading) {
		if reading.Limit.Set() {
			reading.Subject, reading.Unknown = d.subject, reading.Unknown || p.blind()
			w.readings = append(w.readings, reading)
		}
	}
	add(rules.Reading{Kind: rules.ManyWaiting, Limit: r.Waiting, Value: float64(d.waiting)})
	if r.Chat.Colleagues > 0 {
		chat := rules.Reading{Kind: rules.ChatAlarm, Limit: r.Chat.Limit}
		chat.Limit.Over = 0.5
		if d.ringing > 0 && len(d.colleagues) >= r.Chat.Colleagues {
			chat.Value = 1
			d.chatRinging, d.chatting = d.ringing, append(d.chatting[:0], d.colleagues...)
		}
		if d.chatRinging == 0 { // an alarm that was taken over and ends: what it was about is as of now
			d.chatRinging, d.chatting = d.ringing, append(d.chatting[:0], d.colleagues...)
		}
		add(chat)
	}
	if lines := r.Capacity.Lines; lines > 0 && d.subject == 0 && (p.sight == nil || !p.sight.Scoped()) { // a trunk is the company's
		share := 100 * float64(d.lines) / float64(lines)
		for kind, at := range map[rules.Kind]int{rules.CapacityWarn: r.Capacity.Warn, rules.CapacityFull: r.Capacity.Alarm} {
			reading := rules.Reading{Kind: kind, Limit: r.Capacity.Limit, Value: share}
			reading.Limit.Over = float64(at) - 0.001 // the share itself is enough
			add(reading)
		}
	}
	d.readDay(p, w, s, now, add)
	d.readMissed(p, w, now, add)
	d.fresh = false
}

// readDay reads today's numbers. They are unknown until the feed is proven.
func (d *ward) readDay(p *painter, w *watch, s scope, now time.Time, add func(rules.Reading)) {
	r := &p.setup.Rules
	if !r.Level.Set() && !r.Answer.Set() && !r.ASA.Set() {
		return
	}
	level, answer, wait := r.Level, r.Answer, r.ASA
	if d.fresh { // what is so for long does not wait for who looks only now
		level.On, answer.On, wait.On = 0, 0, 0
	}
	unknown := p.feed.State != state.Live
	moment := now
	if stopped := ageStop(p.feed); !stopped.IsZero() {
		moment = stopped
	}
	n, due := p.reckon(s, now, moment)
	if !p.blind() {
		w.readDue = earlier(w.readDue, due)
	}
	add(rules.Reading{Kind: rules.LevelUnder, Limit: level, Value: share(n.Level.Ratio), Sample: n.Level.Of, Unknown: unknown})
	rate := n.AnswerRate()
	add(rules.Reading{Kind: rules.AnswerUnder, Limit: answer, Value: share(rate), Sample: rate.Of, Unknown: unknown})
	asa, _ := n.ASA()
	add(rules.Reading{Kind: rules.ASAOver, Limit: wait, Value: asa.Seconds(), Sample: n.Waits, Unknown: unknown})
}

// share is a ratio in per cent; of nothing it is whole, and its sample says
// that it counts for nothing.
func share(r kpi.Ratio) float64 {
	if r.Of == 0 {
		return 100
	}
	return 100 * float64(r.Part) / float64(r.Of)
}

// readMissed reads how long the customers wait who gave up.
func (d *ward) readMissed(p *painter, w *watch, now time.Time, add func(rules.Reading)) {
	limit := p.setup.Rules.Missed
	d.late = 0
	if !limit.Set() || d.filter.user != "" {
		return
	}
	open := p.recovery().Open
	reading := rules.Reading{Kind: rules.NotReturned, Limit: limit}
	for i := range open {
		try := open[i].Last()
		if d.filter.line != "" && fold(try.Line) != d.filter.line && fold(try.LineName) != d.filter.line ||
			d.filter.team != "" && fold(p.teamOfLine(try.Line, try.LineName)) != d.filter.team {
			continue
		}
		if reading.Since.IsZero() {
			reading.Since = open[i].First // the longest waiting comes first
		}
		if crosses := open[i].First.Add(limit.Age()); now.Before(crosses) {
			w.readDue = earlier(w.readDue, crosses) // the words say how many there are
			break
		}
		d.late++
	}
	if !reading.Since.IsZero() {
		add(reading)
	}
}

// Alarms are those up now, the most urgent first: of calls, and of the board
// as a whole. The caller must not change them.
func (h *Hub) Alarms() []rules.Alarm {
	if up := h.painter.watch.now.Load(); up != nil {
		return wholes(*up)
	}
	return nil
}

// wholes are the alarms that are not about a part of the board.
func wholes(up []rules.Alarm) []rules.Alarm {
	var out []rules.Alarm
	for _, a := range up {
		if a.Subject&rules.Part == 0 {
			out = append(out, a)
		}
	}
	return out
}

// AlarmsRaised counts the alarms raised since the process began, by kind.
func (h *Hub) AlarmsRaised() map[rules.Kind]uint64 {
	counts := make(map[rules.Kind]uint64, len(rules.Kinds))
	for i, k := range rules.Kinds {
		counts[k] = h.painter.watch.raised[i].Load()
	}
	return counts
}
