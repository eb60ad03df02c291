package backtest

import (
	"slices"
	"time"

	"callboard/internal/rules"
)

// A Report is what came of a run.
type Report struct {
	From, To    time.Time // what was replayed
	First, Last time.Time // what there is a record of
	Gaps        []Stretch // in which nobody can tell: alarms are held there, none is raised
	Days        []Day     // of the zone, the first and the last perhaps not whole
	Kinds       []Kind    // those that either of the rules watches, in order of urgency
	Took        time.Duration
}

// A Stretch is a piece of time.
type Stretch struct{ From, To time.Time }

// A Day is a day of the stretch.
type Day struct {
	From, To time.Time     // what was replayed of it
	Known    time.Duration // of that, without gaps
}

// A Kind is what became of one kind of alarm.
type Kind struct {
	Kind           rules.Kind
	Present, Tried Count     // over the whole stretch
	Days           [][]Count // by day: under the present rules, under the tried ones
	More, Fewer    int       // alarms that only the tried rules raise, that only the present ones do
	Added, Gone    []rules.Episode
}

// A Count counts alarms by when they were raised. One that stood before is not
// counted, its time is.
type Count struct {
	Alarms  int
	Up      time.Duration // all of them together
	First   rules.Episode // zero if there is none
	Longest rules.Episode
}

func (c *Count) add(e rules.Episode, from, to time.Time) {
	begin, end := latest(e.From, from), e.To
	if end.IsZero() || end.After(to) {
		end = to
	}
	if end.After(begin) {
		c.Up += end.Sub(begin)
	}
	if e.From.Before(from) || !e.From.Before(to) {
		return
	}
	c.Alarms++
	if c.First.From.IsZero() || e.From.Before(c.First.From) {
		c.First = e
	}
	if c.Longest.From.IsZero() || lasted(e, to) > lasted(c.Longest, to) {
		c.Longest = e
	}
}

func lasted(e rules.Episode, to time.Time) time.Duration {
	if e.To.IsZero() {
		return to.Sub(e.From)
	}
	return e.To.Sub(e.From)
}

// report counts what was told.
func (r *run) report(first, last time.Time) *Report {
	out := &Report{From: r.from, To: r.to, First: first, Last: last, Gaps: r.gaps}
	for day := r.from; day.Before(r.to); {
		y, m, d := day.In(r.plan.Zone).Date()
		next := time.Date(y, m, d+1, 0, 0, 0, 0, r.plan.Zone)
		if next.After(r.to) {
			next = r.to
		}
		out.Days = append(out.Days, Day{From: day, To: next, Known: next.Sub(day) - within(r.gaps, day, next)})
		day = next
	}
	for _, kind := range rules.Kinds {
		if !watched(&r.plan.Present.Rules, kind) && !watched(&r.plan.Tried.Rules, kind) {
			continue
		}
		k := Kind{Kind: kind, Days: make([][]Count, len(out.Days))}
		of := func(set int) (list []rules.Episode) {
			for _, e := range r.sets[set] {
				if e.Kind == kind && (e.To.IsZero() || e.To.After(r.from)) {
					list = append(list, e)
				}
			}
			return list
		}
		present, tried := of(0), of(1)
		for _, e := range present {
			k.Present.add(e, r.from, r.to)
		}
		for _, e := range tried {
			k.Tried.add(e, r.from, r.to)
		}
		for i, day := range out.Days {
			k.Days[i] = make([]Count, 2)
			for _, e := range present {
				k.Days[i][0].add(e, day.From, day.To)
			}
			for _, e := range tried {
				k.Days[i][1].add(e, day.From, day.To)
			}
		}
		k.Added, k.More = r.without(tried, present)
		k.Gone, k.Fewer = r.without(present, tried)
		out.Kinds = append(out.Kinds, k)
	}
	return out
}

// without are the alarms of a list during which the other list has none of the
// same subject: how many, and the longest of them.
func (r *run) without(list, other []rules.Episode) (examples []rules.Episode, n int) {
	for _, e := range list {
		if e.From.Before(r.from) || slices.ContainsFunc(other, func(o rules.Episode) bool {
			return o.Call == e.Call && o.From.Before(e.From.Add(lasted(e, r.to))) && e.From.Before(o.From.Add(lasted(o, r.to)))
		}) {
			continue
		}
		n++
		examples = append(examples, e)
	}
	slices.SortStableFunc(examples, func(a, b rules.Episode) int {
		return int(lasted(b, r.to)/time.Millisecond - lasted(a, r.to)/time.Millisecond)
	})
	return examples[:min(len(examples), mostExamples)], n
}

// within is how much of a stretch lies in gaps.
func within(gaps []Stretch, from, to time.Time) (sum time.Duration) {
	for _, g := range gaps {
		begin, end := latest(g.From, from), g.To
		if end.After(to) {
			end = to
		}
		if end.After(begin) {
			sum += end.Sub(begin)
		}
	}
	return sum
}

// watched reports whether rules can raise a kind at all.
func watched(r *rules.Rules, k rules.Kind) bool {
	switch k {
	case rules.RingingLong:
		return r.Ringing.Set()
	case rules.TalkingLong:
		return r.Talking.Set()
	case rules.ManyWaiting:
		return r.Waiting.Set()
	case rules.LevelUnder:
		return r.Level.Set()
	case rules.AnswerUnder:
		return r.Answer.Set()
	case rules.ASAOver:
		return r.ASA.Set()
	case rules.NotReturned:
		return r.Missed.Set()
	case rules.ChatAlarm:
		return r.Chat.Colleagues > 0
	case rules.CapacityFull, rules.CapacityWarn:
		return r.Capacity.Lines > 0
	}
	return false
}
