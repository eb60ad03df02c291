package fakepbx

import (
	"fmt"
	"math"
	"time"
)

// The plan of one journey. Figures: ring and talk log-normal, patience
// exponential, one call in ten put through and two thirds of these blindly,
// one in ten missed; sources are the measured call centre days and, for
// ringing and transfers, weak vendor figures. All times are the company's own,
// before Speed.
const (
	shareOutbound = .22
	shareInternal = .09
	shareDirect   = .15 // of incoming calls go to a person, not a line
	shareRepeat   = .12 // of incoming calls come from somebody not answered before
	shareUnknown  = .06 // of incoming calls hide their number
	shareMissed   = .10
	shareTransfer = .10
	shareBlind    = .66 // of transfers
	shareConsult  = .03 // ask a colleague, and go on alone
	shareShort    = .04 // of talks are a few seconds
	patience      = 450 * time.Second
	ringLimit     = 25 * time.Second
)

// plan decides a whole journey when it begins, people included: they are taken
// until their part is over. Without anybody to take part the scenario is empty.
func (t *traffic) plan(at time.Duration) Scenario {
	now := t.started.Add(at)
	switch k := t.rand.Float64(); {
	case k < shareOutbound && t.open(now):
		return t.planOutbound(at)
	case k < shareOutbound+shareInternal && t.open(now):
		return t.planInternal(at)
	}
	return t.planInbound(at)
}

// A story collects the steps of a plan and the time they take.
type story struct {
	Scenario
	length time.Duration
}

func newStory(name string) *story {
	return &story{Scenario: Scenario{Name: name, cast: map[string]Party{"": {}}}}
}

func (s *story) add(steps ...Step) {
	for _, st := range steps {
		s.length += st.After
		s.steps = append(s.steps, st)
	}
}

// free picks up to n of the users at random who take part in nothing.
func (t *traffic) free(of []*user, n int, at time.Duration) []*user {
	var out []*user
	for _, i := range t.rand.Perm(len(of)) {
		until, taken := t.busy[of[i].User]
		if len(out) < n && (!taken || until <= at) {
			out = append(out, of[i])
		}
	}
	return out
}

// take makes users busy until a part of the story, and a little longer.
func (t *traffic) take(at, until time.Duration, users ...*user) {
	for _, u := range users {
		t.busy[u.User] = at + t.pbx.scaled(until)
	}
}

func (t *traffic) talk() time.Duration {
	if t.rand.Float64() < shareShort {
		return seconds(2 + 7*t.rand.Float64())
	}
	return t.logNormal(4.8, .92, 10, 5400)
}

func (t *traffic) wrapUp() time.Duration { return seconds(4 + 20*t.rand.Float64()) }

func (t *traffic) customer() Party {
	if n := len(t.again); n > 0 && t.rand.Float64() < shareRepeat {
		i := t.rand.IntN(n)
		p := t.again[i]
		t.again = append(t.again[:i], t.again[i+1:]...)
		return p
	}
	if t.rand.Float64() < shareUnknown {
		return Party{Number: "anonymous"}
	}
	all := t.pbx.x.company.customers
	var p Party
	for range 5 { // seldom somebody who is in a call already
		// Some customers call far more often than others.
		p = all[int(math.Pow(t.rand.Float64(), 1.5)*float64(len(all)))]
		if !t.pbx.x.talksWith(p.Number) {
			break
		}
	}
	return p
}

func (t *traffic) line() *line {
	total := 0
	for _, l := range t.pbx.x.company.lines {
		total += l.weight
	}
	k := t.rand.IntN(total)
	for _, l := range t.pbx.x.company.lines {
		if k -= l.weight; k < 0 {
			return l
		}
	}
	return nil
}

func (t *traffic) planOutbound(at time.Duration) Scenario {
	u := t.free(t.pbx.x.company.users, 1, at)
	if len(u) == 0 {
		return Scenario{}
	}
	s := newStory("outbound")
	s.cast["A"], s.cast["C"] = u[0].Party, t.customer()
	if s.cast["C"].Number == "anonymous" {
		s.cast["C"] = t.pbx.x.company.customers[t.rand.IntN(20)]
	}
	s.add(Step{Act: Offer, Call: "X", From: "A", To: "C"})
	if t.rand.Float64() < .25 {
		s.add(Step{After: t.logNormal(3, .4, 6, 45), Act: HangUp, Call: "X"})
	} else {
		s.add(Step{After: t.logNormal(2.2, .5, 2, 40), Act: Answer, Call: "X", To: "C"},
			Step{After: t.talk(), Act: HangUp, Call: "X"})
	}
	t.take(at, s.length+t.wrapUp(), u...)
	return s.Scenario
}

func (t *traffic) planInternal(at time.Duration) Scenario {
	u := t.free(t.pbx.x.company.users, 2, at)
	if len(u) < 2 {
		return Scenario{}
	}
	s := newStory("internal")
	s.cast["A"], s.cast["B"] = u[0].Party, u[1].Party
	s.add(Step{Act: Offer, Call: "X", From: "A", To: "B"})
	if t.rand.Float64() < .15 {
		s.add(Step{After: seconds(15), Act: Miss, Call: "X", To: "B"}, Step{Act: HangUp, Call: "X"})
	} else {
		s.add(Step{After: t.logNormal(1.6, .5, 1, 20), Act: Answer, Call: "X", To: "B"},
			Step{After: t.logNormal(3.9, .8, 4, 900), Act: HangUp, Call: "X"})
	}
	t.take(at, s.length+seconds(2), u...)
	return s.Scenario
}

func (t *traffic) planInbound(at time.Duration) Scenario {
	s := newStory("inbound")
	s.cast["C"] = t.customer()
	l := t.line()
	opened := t.open(t.started.Add(at))
	if opened && t.rand.Float64() < shareDirect {
		if u := t.free(t.pbx.x.company.users, 1, at); len(u) == 1 {
			return t.hunt(s, at, nil, u, false)
		}
	}
	var who []*user
	if opened {
		who = t.free(l.members, 3, at)
	}
	linear := l.linear
	switch t.pbx.opts.Hunting {
	case "parallel":
		linear = false
	case "linear":
		linear = true
	case "mix":
		linear = t.rand.IntN(2) == 0
	}
	if len(who) > 0 {
		return t.hunt(s, at, l, who, linear)
	}
	// All are taken: the customer waits on the line for the first who is done.
	s.add(Step{Act: Offer, Call: "X", From: "C", Line: l.oid})
	wait := time.Duration(math.MaxInt64)
	var first *user
	for _, u := range l.members {
		if w := t.busy[u.User] - at; opened && (first == nil || w < wait) {
			first, wait = u, max(w, 0)
		}
	}
	own := time.Duration(float64(wait) * t.pbx.opts.Speed) // of the company's clock
	if give := seconds(t.rand.ExpFloat64() * patience.Seconds()); first == nil || give < own {
		if first == nil {
			give = min(give, seconds(20))
		}
		s.add(Step{After: give, Act: HangUp, Call: "X", Note: "gave up in the queue"})
		t.remember(s.cast["C"])
		return s.Scenario
	}
	s.cast["A"] = first.Party
	s.add(Step{After: own, Act: Ring, Call: "X", To: "A"})
	s.add(Step{After: t.ringTime(), Act: Answer, Call: "X", To: "A"})
	t.conversation(s, at, first)
	return s.Scenario
}

func (t *traffic) ringTime() time.Duration { return t.logNormal(2, .6, 1, ringLimit.Seconds()-1) }

func (t *traffic) remember(p Party) {
	if p.Number != "anonymous" {
		t.again = append(t.again, p)
		if len(t.again) > 20 {
			t.again = t.again[1:]
		}
	}
}

// hunt rings telephones until one is answered or the customer gives up.
func (t *traffic) hunt(s *story, at time.Duration, l *line, who []*user, linear bool) Scenario {
	role := func(i int) string { return fmt.Sprintf("B%d", i+1) }
	for i, u := range who {
		s.cast[role(i)] = u.Party
	}
	once := t.pbx.opts.NewCalls == "call" || t.pbx.opts.NewCalls == "mix" && t.rand.IntN(2) == 0
	lineOid := ""
	if l != nil {
		lineOid = l.oid
	}
	missed := t.rand.Float64() < shareMissed
	if linear && len(who) > 1 {
		answers := 0 // most answer the first telephone
		for answers < len(who)-1 && t.rand.Float64() < .25 {
			answers++
		}
		if missed {
			answers = len(who)
		}
		for i := range who {
			if i == 0 {
				s.add(Step{Act: Offer, Call: "X", From: "C", To: role(0), Line: lineOid})
			} else {
				s.add(Step{After: seconds(.4), Act: Ring, Call: "X", To: role(i), Quiet: once})
			}
			if i == answers {
				s.add(Step{After: t.ringTime(), Act: Answer, Call: "X", To: role(i)})
				t.take(at, s.length, who...)
				t.conversation(s, at, who[i])
				return s.Scenario
			}
			s.add(Step{After: seconds(12), Act: Stop, Call: "X", To: role(i)}, Step{After: seconds(.1), Act: Miss, Call: "X", To: role(i)})
		}
		s.add(Step{After: seconds(1 + 5*t.rand.Float64()), Act: HangUp, Call: "X"})
		t.take(at, s.length, who...)
		t.remember(s.cast["C"])
		return s.Scenario
	}
	s.add(Step{Act: Offer, Call: "X", From: "C", To: role(0), Line: lineOid})
	for i := 1; i < len(who); i++ {
		s.add(Step{Act: Ring, Call: "X", To: role(i), Quiet: once})
	}
	if missed {
		give := min(t.logNormal(3.66, .95, 4, 180), seconds(t.rand.ExpFloat64()*patience.Seconds()+4))
		s.add(Step{After: give, Act: HangUp, Call: "X", Note: "nobody answered"})
		for i := range who {
			s.add(Step{After: seconds(.05), Act: Miss, Call: "X", To: role(i)})
		}
		t.take(at, s.length, who...)
		t.remember(s.cast["C"])
		return s.Scenario
	}
	k := t.rand.IntN(len(who))
	s.add(Step{After: t.ringTime(), Act: Answer, Call: "X", To: role(k)})
	t.take(at, s.length, who...)
	t.conversation(s, at, who[k])
	return s.Scenario
}

// conversation is what follows an answer: talk, perhaps a colleague, the end.
func (t *traffic) conversation(s *story, at time.Duration, u *user) {
	talk := t.talk()
	kind := t.rand.Float64()
	var with []*user
	if kind < shareTransfer+shareConsult && talk > 20*time.Second {
		t.take(at, s.length+talk, u)
		with = t.free(t.pbx.x.company.users, 1, at)
	}
	switch {
	case len(with) == 0:
		s.add(Step{After: talk, Act: HangUp, Call: "X"})
		t.take(at, s.length+t.wrapUp(), u)
		return
	case kind < shareTransfer*shareBlind:
		s.cast["T"] = with[0].Party
		s.add(Step{After: talk / 4, Act: Redirect, Call: "X", As: "Z", To: "T", Transfer: plainTransfer, Note: "blind transfer"},
			Step{After: seconds(.1), Act: Say, Call: "X", Event: CallHungUp},
			Step{After: seconds(.1), Act: Say, Call: "Z", Event: NewCall})
		t.take(at, s.length+t.wrapUp(), u)
		s.add(Step{After: t.ringTime(), Act: Answer, Call: "Z", To: "T"}, Step{After: talk, Act: HangUp, Call: "Z"})
		t.take(at, s.length+t.wrapUp(), with...)
		return
	}
	s.cast["U"], s.cast["T"] = u.Party, with[0].Party
	s.add(Step{After: talk / 3, Act: Offer, Call: "Y", With: "X", From: "U", To: "T", Note: "asks a colleague"},
		Step{After: t.logNormal(1.6, .4, 1, 15), Act: Answer, Call: "Y", To: "T"},
		Step{After: t.logNormal(3, .5, 6, 90), Act: Wait})
	if kind >= shareTransfer {
		s.add(Step{Act: HangUp, Call: "Y"})
		t.take(at, s.length, with...)
		s.add(Step{After: talk / 2, Act: HangUp, Call: "X"})
		t.take(at, s.length+t.wrapUp(), u)
		return
	}
	s.add(t.variant().steps("X", "Y", "Z", 80*time.Millisecond)...)
	t.take(at, s.length+t.wrapUp(), u)
	s.add(Step{After: talk / 2, Act: HangUp, Call: "Z"})
	t.take(at, s.length+t.wrapUp(), with...)
}

func (t *traffic) variant() TransferVariant {
	if v, err := ParseTransfer(t.pbx.opts.Transfer); err == nil {
		return v
	}
	all := TransferVariants()
	return all[t.rand.IntN(len(all))]
}
