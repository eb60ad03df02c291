package fakepbx

import (
	"container/heap"
	"context"
	"math"
	"math/rand/v2"
	"time"
)

// traffic plays the company's day: journeys begin as a Poisson process, each is
// planned as a script when it begins, and all scripts are played in the order
// of their due times. Times here are offsets from the beginning, so the order
// depends on the seed alone. Used by New and then by Run only.
type traffic struct {
	pbx     *PBX
	rand    *rand.Rand
	due     scripts
	seq     uint64
	next    time.Duration            // arrival
	busy    map[string]time.Duration // until when a user is taken, by oid
	again   []Party                  // customers nobody answered, who may call again
	load    *load
	started time.Time     // the moment of offset 0
	clock   time.Duration // of what was played last
}

type due struct {
	at     time.Duration
	seq    uint64
	script *Script
}

type scripts []due

func (s scripts) Len() int { return len(s) }
func (s scripts) Less(i, j int) bool {
	return s[i].at < s[j].at || s[i].at == s[j].at && s[i].seq < s[j].seq
}
func (s scripts) Swap(i, j int) { s[i], s[j] = s[j], s[i] }
func (s *scripts) Push(v any)   { *s = append(*s, v.(due)) }
func (s *scripts) Pop() any {
	old := *s
	v := old[len(old)-1]
	*s = old[:len(old)-1]
	return v
}

// warmUp is how long a company has been at work when it begins warm, in its
// own time: long enough for the longest usual talk to be under way.
const warmUp = 40 * time.Minute

func newTraffic(p *PBX) *traffic {
	return &traffic{pbx: p, rand: rand.New(rand.NewPCG(p.opts.Seed, 0x7a)), busy: map[string]time.Duration{}}
}

// begin puts up the calls of a warm start or of the load. Call with mu held.
func (t *traffic) begin(now time.Time) {
	p := t.pbx
	if p.opts.Load.LiveCalls > 0 {
		t.started = now
		t.load = newLoad(p, now)
		return
	}
	t.started = now
	if p.opts.CallsPerMinute == 0 {
		return
	}
	if !p.opts.Warm {
		t.next = t.interval()
		return
	}
	from := -p.scaled(warmUp)
	t.next = from
	p.muted = true
	t.until(0)
	p.muted = false
	p.x.count = Journeys{}
}

// until plays everything due up to the given moment. Call with mu held.
func (t *traffic) until(end time.Duration) {
	for {
		at, ok := t.soonest()
		if !ok || at > end {
			return
		}
		t.fire(at)
	}
}

// soonest is when something happens next.
func (t *traffic) soonest() (time.Duration, bool) {
	if t.load != nil {
		return t.load.next, t.load.gap > 0
	}
	arrivals := t.pbx.opts.CallsPerMinute > 0
	switch {
	case len(t.due) > 0 && (!arrivals || t.due[0].at <= t.next):
		return t.due[0].at, true
	case arrivals:
		return t.next, true
	}
	return 0, false
}

// fire does what is due at the given moment: one step, or one arrival.
func (t *traffic) fire(at time.Duration) {
	now := t.started.Add(at)
	if t.load != nil {
		t.load.fire(t.pbx, now)
		return
	}
	if len(t.due) > 0 && t.due[0].at <= at {
		d := heap.Pop(&t.due).(due)
		d.script.step(now)
		t.schedule(d.script, at)
		return
	}
	if t.rand.Float64() < t.rate(now) {
		if sc := t.plan(at); sc.steps != nil {
			t.schedule(t.pbx.Begin(sc), at)
		}
	}
	t.next = at + t.interval()
}

func (t *traffic) schedule(s *Script, at time.Duration) {
	if s.next < len(s.steps) {
		t.seq++
		heap.Push(&t.due, due{at + t.pbx.scaled(s.steps[s.next].After), t.seq, s})
	}
}

func (t *traffic) interval() time.Duration {
	return time.Duration(t.rand.ExpFloat64() / t.pbx.opts.CallsPerMinute * float64(time.Minute))
}

// hourly is the share of the busiest hour, of the measured call centre's
// working day, from 7 to 18 o'clock; a small company sleeps outside.
var hourly = [24]float64{7: .25, 8: .67, 9: .82, 10: 1, 11: .83, 12: .66, 13: .70, 14: .84, 15: .93, 16: .98, 17: .55, 18: .12}

// rate is the share of CallsPerMinute that arrives at a moment.
func (t *traffic) rate(now time.Time) float64 {
	if !t.pbx.opts.OfficeHours {
		return 1
	}
	local := now.In(t.pbx.opts.Zone)
	h := local.Hour()
	f := hourly[h] + (hourly[(h+1)%24]-hourly[h])*float64(local.Minute())/60
	if d := local.Weekday(); d == time.Saturday || d == time.Sunday {
		f *= .06
	}
	return f
}

// open tells whether somebody is at work.
func (t *traffic) open(now time.Time) bool {
	local := now.In(t.pbx.opts.Zone)
	m := local.Hour()*60 + local.Minute()
	weekend := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
	return !t.pbx.opts.OfficeHours || m >= 8*60 && m < 17*60+30 && !weekend
}

// logNormal is a duration in seconds whose logarithm is normal, within limits.
func (t *traffic) logNormal(mean, sd, low, high float64) time.Duration {
	return seconds(min(max(math.Exp(mean+sd*t.rand.NormFloat64()), low), high))
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// Run makes the company's traffic, or the load, until ctx ends, and cuts the
// sockets every CutEvery. It returns nil when ctx ends. One Run at a time; time
// without Run does not pass for the company.
func (p *PBX) Run(ctx context.Context) error {
	p.mu.Lock()
	t := p.traffic
	t.started = time.Now().Add(-t.clock)
	cut := time.Now().Add(p.opts.CutEvery)
	p.mu.Unlock()
	for {
		p.mu.Lock()
		at, busy := t.soonest()
		p.mu.Unlock()
		wake := t.started.Add(at)
		if p.opts.CutEvery > 0 && (!busy || cut.Before(wake)) {
			if pause(ctx, time.Until(cut)) != nil {
				return nil
			}
			p.CutSockets(p.opts.CutHow)
			cut = cut.Add(p.opts.CutEvery)
			continue
		}
		if !busy {
			<-ctx.Done()
			return nil
		}
		if pause(ctx, time.Until(wake)) != nil {
			return nil
		}
		p.mu.Lock()
		t.clock = at
		t.fire(at)
		p.mu.Unlock()
	}
}
