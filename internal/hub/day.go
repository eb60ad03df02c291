package hub

import (
	"slices"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
)

// A Day is all numbers of today for programs: the same as the page "/numbers"
// shows, with what each is made of.
type Day struct {
	AsOf     time.Time // the moment they are of
	Since    time.Time // when counting began
	Known    bool      // false: nothing proves the feed, so no number means anything
	Complete bool      // false: calls of today were not seen, so counts are a least
	Level    kpi.ServiceLevel
	Numbers  []DayNumber
	Calls    []DayCall // behind the number that the query names; nil if it names none
}

// A DayNumber is one number with its parts.
type DayNumber struct {
	kpi.Figure
	AtLeast  bool
	Target   float64 // 0: it has none; of a limit of time, seconds
	Shares   []kpi.Share
	Variants []kpi.Ratio // of the service level: by variant, the first is 1
}

// A DayCall is a journey behind a number.
type DayCall struct {
	state.Journey
	Part kpi.Part
	Role kpi.Role
}

// Day gives the numbers of a query of the page "/numbers". At most as old as
// the page would be: one second. Error: ErrTooManyViews.
func (h *Hub) Day(q Query) (Day, error) {
	p, done, err := h.behind(q)
	defer done()
	if err != nil {
		return Day{}, err
	}
	now := h.clock.now()
	c := p.composer(newView(h.speaking(q)), now)
	s := q.scope()
	n := c.numbers(s)
	level := p.rules().ServiceLevel
	d := Day{AsOf: c.moment, Since: p.today.Since, Known: c.numbersKnown(), Complete: c.numbersComplete(), Level: level}
	missed, counted := c.missedNotices(s)
	for _, name := range kpi.Names {
		f := n.Figure(name)
		if name == kpi.NMissed {
			f = missedFigure(missed, counted)
		}
		d.add(c, n, f, s)
	}
	return d, nil
}

// add puts a number of a scope in, with its parts and, if the query names it,
// the calls behind it.
func (d *Day) add(c *composer, n *kpi.Numbers, f kpi.Figure, s scope) {
	p := c.p
	if !f.Since.IsZero() {
		f.Value = c.moment.Sub(f.Since).Seconds()
	}
	f.Known = f.Known && d.Known
	number := DayNumber{Figure: f, AtLeast: c.atLeast(f, n), Target: c.aim(f.Name)}
	number.Shares = kpi.Explain(f.Name, n, p.day.journeys, d.Level, c.moment, p.chosen(s))
	if f.Name == kpi.NServiceLevel {
		number.Variants = slices.Clone(n.Level.Others[1:])
	}
	if d.Known && string(f.Name) == c.q.Number {
		d.Calls = []DayCall{}
		for _, share := range number.Shares {
			for _, i := range share.Index {
				if !p.counts() {
					d.Calls = append(d.Calls, DayCall{p.day.journeys[i], share.Part, share.Role})
				}
			}
		}
	}
	d.Numbers = append(d.Numbers, number)
}

func missedFigure(n int, counted bool) kpi.Figure {
	return kpi.Figure{Name: kpi.NMissed, Unit: kpi.Calls, Value: float64(n), Sample: n, Known: counted, Counts: true}
}

// atLeast reports a count or maximum that lacks something.
func (c *composer) atLeast(f kpi.Figure, n *kpi.Numbers) bool {
	switch {
	case f.Name == kpi.NRinging:
		return n.RingingUnknown > 0
	case f.Name == kpi.NPeak && n.AtLeast:
		return true
	}
	return f.Counts && !c.numbersComplete()
}

// aim is what a number should reach, or stay below.
func (c *composer) aim(name kpi.Name) float64 {
	r := c.p.rules()
	switch name {
	case kpi.NServiceLevel:
		return float64(r.ServiceLevel.Goal)
	case kpi.NAnswerRate:
		return r.Answer.Under
	case kpi.NASA:
		return r.ASA.Over
	case kpi.NRinging:
		return r.Ringing.Over
	}
	return 0
}
