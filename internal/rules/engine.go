package rules

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// A Kind is what an alarm is about. Its text is used in metrics, the API and
// pages.
type Kind string

// The kinds, the one that needs a person most first.
const (
	CapacityFull Kind = "capacity-full" // calls at once beyond the alarm share of the lines
	RingingLong  Kind = "ringing"       // one customer rings too long
	ChatAlarm    Kind = "chat"          // customers ring while colleagues talk internally
	ManyWaiting  Kind = "waiting"       // too many customers ring at once
	TalkingLong  Kind = "talking"       // one talk with a customer lasts too long
	NotReturned  Kind = "not-returned"  // a missed customer waits too long for a call back
	LevelUnder   Kind = "service-level"
	ASAOver      Kind = "asa"
	AnswerUnder  Kind = "answer-rate"
	CapacityWarn Kind = "capacity" // beyond the warning share
)

// Kinds lists all kinds in order of their urgency.
var Kinds = []Kind{CapacityFull, RingingLong, ChatAlarm, ManyWaiting, TalkingLong, NotReturned, LevelUnder, ASAOver, AnswerUnder, CapacityWarn}

// Part marks subjects that are a part of the board, such as a line: what they
// raise is not counted a second time.
const Part uint64 = 1 << 63

// A Reading is what is measured now of one subject.
type Reading struct {
	Kind    Kind
	Subject uint64    // id of a call; 0 is the whole board; with the bit Part, a part of it
	Limit   Limit     // of now: a changed limit works at once
	Value   float64   // not used while Since is set
	Since   time.Time // of an age, which grows by itself; else zero
	Sample  int       // what a ratio or an average is made of
	Unknown bool      // nobody can tell now: the alarm stays as it is
}

// at says where a reading is at a moment; within the deadband it is neither.
// crosses is when an age will be, or was, beyond.
func (r *Reading) at(now time.Time) (beyond, back bool, crosses time.Time) {
	l := r.Limit
	switch {
	case !l.Set() || l.Least > 0 && r.Sample < l.Least:
		return false, true, time.Time{}
	case !r.Since.IsZero():
		crosses = r.Since.Add(l.Age())
		back = now.Before(crosses.Add(-inSeconds(l.Deadband)))
		return !now.Before(crosses), back, crosses
	case l.Over > 0 && r.Value > l.Over, l.Under > 0 && r.Value < l.Under:
		return true, false, time.Time{}
	}
	back = (l.Over == 0 || r.Value <= l.Over-l.Deadband) && (l.Under == 0 || r.Value >= min(l.Under+l.Deadband, full(l.Under)))
	return false, back, time.Time{}
}

// full is the highest share there is: a deadband above it could never be left.
func full(under float64) float64 { return max(100, under) }

// An Alarm is what a person is told. It is a value; the engine keeps no part.
type Alarm struct {
	Kind    Kind
	Subject uint64
	Raised  time.Time // when it was raised
	Beyond  time.Time // since when the reading is beyond its limit
	Said    time.Time // when it was said last: raised, or raised anew
	Times   int       // how often it was said: 1, and one more with every re-alarm
	Chatter int       // how often it was raised in the last hour, this time included
	Value   float64   // last known; of an age at the last step, in seconds
	Sample  int
	Limit   Limit
	AsOf    time.Time // the reading is unknown since then; zero while it is known
}

// ID names an alarm from its raise to its end; it is another when the same
// thing is raised again. A re-alarm changes Said and Times.
func (a *Alarm) ID() string {
	id := string(a.Kind)
	if a.Subject != 0 {
		id += "-" + strconv.FormatUint(a.Subject, 10)
	}
	return id + "-" + strconv.FormatInt(a.Raised.UnixMilli(), 36)
}

// chatterSpan is how far back raises are counted.
const chatterSpan = time.Hour

type key struct {
	kind    Kind
	subject uint64
}

// entry is what the engine remembers of a subject that is or lately was
// beyond its limit.
type entry struct {
	alarm  Alarm // Raised is zero while none is up
	beyond time.Time
	back   time.Time
	raises []time.Time // in the last hour, oldest first
	step   uint64      // last one with a reading
}

// An Engine turns readings into alarms. It is pure: the same steps give the
// same alarms, in whatever order readings are given. The zero value is ready.
// Not safe for concurrent use.
type Engine struct {
	entries map[key]*entry
	now     time.Time
	steps   uint64
	raised  map[Kind]uint64
}

// Raised counts the alarms of a kind raised so far; re-alarms and parts of the
// board are not included.
func (e *Engine) Raised(k Kind) uint64 { return e.raised[k] }

// Step takes all readings of a moment; a moment before the last one counts as
// that. It returns the alarms that are up, the most urgent first, whether
// anything but values differs from the step before, and when something will
// change if all readings stay as they are (zero: never).
//
// An alarm is raised when its reading was beyond the limit for On, and is over
// when it was back by the deadband for Off, or at once when its subject is no
// longer read. A reading that is unknown holds an alarm as it is and begins
// all waiting anew.
func (e *Engine) Step(now time.Time, readings []Reading) (alarms []Alarm, changed bool, next time.Time) {
	if e.entries == nil {
		e.entries, e.raised = map[key]*entry{}, map[Kind]uint64{}
	}
	if now.Before(e.now) {
		now = e.now
	}
	last := e.now
	e.now = now
	e.steps++
	soon := func(t time.Time) {
		if !t.IsZero() && t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for i := range readings {
		r := &readings[i]
		k := key{r.Kind, r.Subject}
		en := e.entries[k]
		beyond, back, crosses := r.at(now)
		if en == nil {
			if r.Unknown || !beyond {
				if !r.Unknown {
					soon(crosses)
				}
				continue
			}
			en = &entry{}
			e.entries[k] = en
		}
		en.step = e.steps
		if en.take(r, now, last, beyond, back, crosses) {
			changed = true
		}
		if en.raise(r, now) {
			changed = true
			if r.Subject&Part == 0 {
				e.raised[r.Kind]++
			}
		}
		if en.again(r, now) {
			changed = true
		}
		if soon(crosses); !crosses.IsZero() {
			soon(crosses.Add(-inSeconds(r.Limit.Deadband))) // no longer back
		}
		en.deadlines(r, soon)
	}
	for k, en := range e.entries {
		if en.step != e.steps { // its subject is gone
			changed = changed || !en.alarm.Raised.IsZero()
			en.alarm, en.beyond, en.back = Alarm{}, time.Time{}, time.Time{}
		}
		if en.alarm.Raised.IsZero() {
			if en.beyond.IsZero() && (k.subject != 0 || en.chatter(now) == 0) {
				delete(e.entries, k)
			}
			continue
		}
		en.alarm.Chatter = en.chatter(now)
		alarms = append(alarms, en.alarm)
	}
	slices.SortFunc(alarms, func(a, b Alarm) int {
		return cmp.Or(slices.Index(Kinds, a.Kind)-slices.Index(Kinds, b.Kind), a.Beyond.Compare(b.Beyond), cmp.Compare(a.Subject, b.Subject))
	})
	return alarms, changed, next
}

// take notes where the reading is; it reports that an alarm is over, or that
// it became unknown or known.
func (en *entry) take(r *Reading, now, last time.Time, beyond, back bool, crosses time.Time) (changed bool) {
	up := !en.alarm.Raised.IsZero()
	if r.Unknown {
		en.back = time.Time{}
		if !up {
			en.beyond = time.Time{}
			return false
		}
		if en.alarm.Limit == (Limit{}) { // taken over
			en.alarm.Limit, en.alarm.Value = r.Limit, r.value(last)
			if !crosses.IsZero() {
				en.beyond, en.alarm.Beyond = crosses, crosses
			}
		}
		if en.alarm.AsOf.IsZero() {
			en.alarm.AsOf = last
			return true
		}
		return false
	}
	if !en.alarm.AsOf.IsZero() {
		en.alarm.AsOf, changed = time.Time{}, true
	}
	switch {
	case !beyond && !up:
		en.beyond = time.Time{}
	case beyond && en.beyond.IsZero():
		en.beyond = now
		if !crosses.IsZero() {
			en.beyond = crosses
		}
	}
	if !up {
		return changed
	}
	if en.alarm.Limit == (Limit{}) && !crosses.IsZero() { // taken over, and an age tells since when
		en.beyond, en.alarm.Beyond = crosses, crosses
	}
	en.alarm.Value, en.alarm.Sample, en.alarm.Limit = r.value(now), r.Sample, r.Limit
	switch {
	case !back:
		en.back = time.Time{}
	case en.back.IsZero():
		en.back = now
	}
	if back && now.Sub(en.back) >= r.Limit.Off {
		en.alarm, en.beyond, en.back = Alarm{}, time.Time{}, time.Time{}
		return true
	}
	return changed
}

func (r *Reading) value(now time.Time) float64 {
	if r.Since.IsZero() {
		return r.Value
	}
	return now.Sub(r.Since).Seconds()
}

// raise raises what was beyond for long enough.
func (en *entry) raise(r *Reading, now time.Time) bool {
	if r.Unknown || en.beyond.IsZero() || !en.alarm.Raised.IsZero() || now.Sub(en.beyond) < r.Limit.On {
		return false
	}
	const most = 100
	if len(en.raises) == most {
		en.raises = slices.Delete(en.raises, 0, 1)
	}
	en.raises = append(en.raises, now)
	en.alarm = Alarm{
		Kind: r.Kind, Subject: r.Subject, Raised: now, Beyond: en.beyond, Said: now, Times: 1,
		Value: r.value(now), Sample: r.Sample, Limit: r.Limit,
	}
	return true
}

// again says an alarm once more; not while its reading is back or unknown.
func (en *entry) again(r *Reading, now time.Time) bool {
	if r.Unknown || en.alarm.Raised.IsZero() || !en.back.IsZero() || r.Limit.Again <= 0 || now.Sub(en.alarm.Said) < r.Limit.Again {
		return false
	}
	en.alarm.Said = now
	en.alarm.Times++
	return true
}

// deadlines are the moments at which something happens by itself.
func (en *entry) deadlines(r *Reading, soon func(time.Time)) {
	switch up := !en.alarm.Raised.IsZero(); {
	case r.Unknown:
	case !up && !en.beyond.IsZero():
		soon(en.beyond.Add(r.Limit.On))
	case up && !en.back.IsZero():
		soon(en.back.Add(r.Limit.Off))
	case up && r.Limit.Again > 0:
		soon(en.alarm.Said.Add(r.Limit.Again))
	}
}

// chatter counts the raises of the last hour.
func (en *entry) chatter(now time.Time) int {
	first := 0
	for first < len(en.raises) && now.Sub(en.raises[first]) >= chatterSpan {
		first++
	}
	en.raises = en.raises[first:]
	return len(en.raises)
}
