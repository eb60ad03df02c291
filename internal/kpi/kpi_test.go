package kpi_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/kpi"
	"callboard/internal/state"
)

var nine = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// made are journeys of one kind, each a minute after the other.
type made struct{ list []state.Journey }

func (m *made) add(n int, j state.Journey) {
	for range n {
		j.ID = uint64(len(m.list) + 1)
		j.Counted, j.StartKnown = true, true
		shift := time.Duration(len(m.list)) * time.Second
		if j.Start.IsZero() {
			j.Start = nine
		}
		k := j
		k.Start = j.Start.Add(shift)
		if !j.Answered.IsZero() {
			k.Answered = j.Answered.Add(shift)
		}
		if !j.Ended.IsZero() {
			k.Ended = j.Ended.Add(shift)
		}
		m.list = append(m.list, k)
	}
}

// answered rang so long and was answered.
func answered(after time.Duration) state.Journey {
	return state.Journey{Kind: state.Inbound, Answered: nine.Add(after), WaitKnown: true, Ended: nine.Add(after + time.Minute), Talk: time.Minute, Talks: 1, Rung: 1}
}

// gaveUp rang so long in vain.
func gaveUp(after time.Duration) state.Journey {
	return state.Journey{Kind: state.Inbound, Ended: nine.Add(after), Rung: 2}
}

// The published example (Call Centre Helper, ICMI): 1000 answered, of these 860
// within 20 s; 60 abandoned, of these 20 within 20 s and of those 10 within 5 s.
func TestVariantsOfTheLiterature(t *testing.T) {
	var m made
	m.add(860, answered(12*time.Second))
	m.add(140, answered(40*time.Second))
	m.add(10, gaveUp(3*time.Second))
	m.add(10, gaveUp(15*time.Second))
	m.add(40, gaveUp(45*time.Second))
	want := map[kpi.Variant]int{1: 83, 2: 86, 3: 81, 4: 83, 5: 82}
	for v, percent := range want {
		sl := kpi.DefaultServiceLevel
		sl.Variant = v
		n := kpi.Of(m.list, sl, nine.Add(24*time.Hour), nil)
		if got := n.Level.Percent(); got != percent || n.Level.Ratio != n.Level.Others[v] {
			t.Errorf("variant %d: %d %% (%v), want %d %%; by others %v", v, got, n.Level.Ratio, percent, n.Level.Others[v])
		}
	}
}

// The picture of the lines page: 39 in time, 10 late, 5 unanswered late, 4
// short and one that rings past the threshold come to 71 %.
func TestPictureOfALine(t *testing.T) {
	var m made
	m.add(39, answered(10*time.Second))
	m.add(10, answered(30*time.Second))
	m.add(5, gaveUp(35*time.Second))
	m.add(4, gaveUp(4*time.Second))
	now := nine.Add(time.Hour)
	m.add(1, state.Journey{Kind: state.Inbound, Start: now.Add(-47*time.Second - 58*time.Second)})
	m.list[len(m.list)-1].Start = now.Add(-47 * time.Second)
	n := kpi.Of(m.list, kpi.DefaultServiceLevel, now, nil)
	if n.Level.Ratio != (kpi.Ratio{Part: 39, Of: 55}) || n.Level.Percent() != 71 || n.Level.Short != 4 || n.Level.OverNow != 1 {
		t.Errorf("%+v; want 39 of 55", n.Level)
	}
	if n.Offered != 59 || n.Answered != 49 || n.Unanswered != 9 || n.Undecided != 1 {
		t.Errorf("offered %d, answered %d, unanswered %d, undecided %d", n.Offered, n.Answered, n.Unanswered, n.Undecided)
	}
}

// Who rang before we watched rings for at least as long as we have watched:
// the longest may be one of those.
func TestLongestRingingOfCallsUpBefore(t *testing.T) {
	now := nine.Add(time.Hour)
	ringing := func(id uint64, since time.Duration, seen bool) state.Journey {
		return state.Journey{ID: id, Kind: state.Inbound, Start: now.Add(-since), StartKnown: seen, Counted: seen}
	}
	for name, tt := range map[string]struct {
		list    []state.Journey
		since   time.Duration
		unknown int
	}{
		"seen":                  {[]state.Journey{ringing(1, 40*time.Second, true), ringing(2, 10*time.Second, true)}, 40 * time.Second, 0},
		"the longest from then": {[]state.Journey{ringing(1, 40*time.Second, false), ringing(2, 10*time.Second, true)}, 40 * time.Second, 1},
		"a shorter from then":   {[]state.Journey{ringing(1, 10*time.Second, false), ringing(2, 40*time.Second, true)}, 40 * time.Second, 1},
		"all from then":         {[]state.Journey{ringing(1, 10*time.Second, false)}, 10 * time.Second, 1},
	} {
		n := kpi.Of(tt.list, kpi.DefaultServiceLevel, now, nil)
		f := n.Figure(kpi.NRinging)
		if !f.Known || now.Sub(f.Since) != tt.since || n.RingingUnknown != tt.unknown || f.Counts != (tt.unknown > 0) || f.Sample != len(tt.list) {
			t.Errorf("%s: %+v, %d unknown; want since %v, %d", name, f, n.RingingUnknown, tt.since, tt.unknown)
		}
	}
}

func TestBuckets(t *testing.T) {
	sl := kpi.DefaultServiceLevel
	now := nine.Add(time.Hour)
	ringing := func(since time.Duration) state.Journey { return state.Journey{Start: now.Add(-since)} }
	tests := map[string]struct {
		j    state.Journey
		want kpi.Bucket
	}{
		"answered at T":            {answered(20 * time.Second), kpi.InTime},
		"answered after T":         {answered(20*time.Second + 1), kpi.Late},
		"short":                    {gaveUp(5*time.Second - 1), kpi.Short},
		"no longer short":          {gaveUp(5 * time.Second), kpi.GaveUpEarly},
		"gave up at T":             {gaveUp(20 * time.Second), kpi.GaveUpEarly},
		"gave up after T":          {gaveUp(20*time.Second + 1), kpi.GaveUpLate},
		"rings, T not over":        {ringing(20 * time.Second), kpi.Waiting},
		"rings past T":             {ringing(20*time.Second + 1), kpi.OverNow},
		"of a direction not known": {state.Journey{Kind: state.Unknown, Start: now.Add(-time.Minute)}, kpi.OverNow},
		"out":                      {state.Journey{Kind: state.Outbound}, kpi.NotOffered},
		"among colleagues":         {state.Journey{Kind: state.Internal}, kpi.NotOffered},
		"its end was not seen":     {state.Journey{Ended: nine.Add(time.Second), Lost: true}, kpi.Lost},
		"answered, end not seen":   {func() state.Journey { j := answered(time.Second); j.Lost = true; return j }(), kpi.InTime},
		"wait not witnessed":       {func() state.Journey { j := answered(time.Second); j.WaitKnown = false; return j }(), kpi.Unmeasured},
		"answered before it rang":  {answered(-time.Second), kpi.Unmeasured},
		"yesterday's, still up":    {func() state.Journey { j := ringing(time.Minute); j.ID = 1; return j }(), kpi.NotOffered},
		"rings since nobody knows": {func() state.Journey { j := ringing(time.Minute); j.ID = 2; return j }(), kpi.Unmeasured},
		"gave up, start not known": {func() state.Journey { j := gaveUp(time.Minute); j.ID = 2; return j }(), kpi.Unmeasured},
	}
	for name, tt := range tests {
		j := tt.j
		if j.Start.IsZero() {
			j.Start = nine
		}
		j.Counted, j.StartKnown = j.ID != 1, j.ID != 2
		if got := kpi.BucketOf(&j, sl, now); got != tt.want {
			t.Errorf("%s: bucket %d, want %d", name, got, tt.want)
		}
	}
}

func TestOfNothing(t *testing.T) {
	n := kpi.Of(nil, kpi.DefaultServiceLevel, nine, nil)
	for _, name := range []kpi.Name{kpi.NServiceLevel, kpi.NAnswerRate, kpi.NASA, kpi.NGaveUp, kpi.NATT, kpi.NDepth, kpi.NLongest, kpi.NRinging} {
		if f := n.Figure(name); f.Known || f.Value != 0 || f.Sample != 0 {
			t.Errorf("%s of nothing is %+v, want it unknown", name, f)
		}
	}
	for _, name := range []kpi.Name{kpi.NOffered, kpi.NAnswered, kpi.NUnanswered, kpi.NOutbound, kpi.NInternal, kpi.NPeak} {
		if f := n.Figure(name); !f.Known || f.Value != 0 {
			t.Errorf("%s of nothing is %+v, want 0", name, f)
		}
	}
	// Nothing but what is left out is nothing, too.
	var m made
	m.add(3, gaveUp(time.Second))
	if n := kpi.Of(m.list, kpi.DefaultServiceLevel, nine.Add(time.Hour), nil); n.Level.Known() || n.Level.Short != 3 {
		t.Errorf("three short ones: %+v, want no level", n.Level)
	}
}

func TestPercent(t *testing.T) {
	for _, tt := range []struct{ part, of, want int }{
		{0, 0, 0}, {0, 3, 0}, {3, 3, 100}, {999, 1000, 99}, {1, 1000, 1}, {1, 3, 33}, {2, 3, 67}, {1, 2, 50}, {199, 200, 99},
	} {
		if got := (kpi.Ratio{Part: tt.part, Of: tt.of}).Percent(); got != tt.want {
			t.Errorf("%d of %d: %d %%, want %d %%", tt.part, tt.of, got, tt.want)
		}
	}
}

// A call that rings turns against the level by the passing of time alone, at
// the moment that Turns names.
func TestTurns(t *testing.T) {
	var m made
	m.add(1, state.Journey{Kind: state.Inbound})
	m.add(1, state.Journey{Kind: state.Inbound})
	sl := kpi.DefaultServiceLevel
	at := nine.Add(10 * time.Second)
	n := kpi.Of(m.list, sl, at, nil)
	if n.Level.Known() || n.Level.Waiting != 2 {
		t.Fatalf("%+v; want two that wait", n.Level)
	}
	before := kpi.Of(m.list, sl, n.Turns.Add(-1), nil)
	after := kpi.Of(m.list, sl, n.Turns, nil)
	if !cmp.Equal(before.Level, n.Level) || after.Level.OverNow != 1 || after.Level.Ratio != (kpi.Ratio{Part: 0, Of: 1}) {
		t.Errorf("before %v: %+v, at it %+v", n.Turns, before.Level, after.Level)
	}
}

// unturned holds the numbers of journeys that have begun, or ended, by now to
// those just before Turns: only a wait that goes on may differ.
func unturned(t *testing.T, seed uint64, list []state.Journey, sl kpi.ServiceLevel, now time.Time) {
	t.Helper()
	begun := slices.DeleteFunc(slices.Clone(list), func(j state.Journey) bool {
		return j.Start.After(now) || j.Answered.After(now) || j.Ended.After(now)
	})
	n := kpi.Of(begun, sl, now, nil)
	later := n.Turns.Add(-1)
	if n.Turns.IsZero() {
		later = now.Add(time.Hour)
	}
	then := kpi.Of(begun, sl, later, nil)
	if n.LongestRuns {
		then.LongestWait = n.LongestWait
	} else if then.LongestWait == n.LongestWait { // of equals any may be named
		then.LongestID, then.LongestRuns, then.LongestSince, then.Turns = n.LongestID, n.LongestRuns, n.LongestSince, n.Turns
	}
	if d := cmp.Diff(n, then); d != "" {
		t.Fatalf("seed %d: by time alone, at %v before it turns at %v: %s", seed, later, n.Turns, d)
	}
}

// The longest wait of today is an old one until somebody who rings now has
// waited longer, at the moment that Turns names.
func TestLongestWaitIsOvertaken(t *testing.T) {
	var m made
	m.add(1, gaveUp(3*time.Second))
	m.add(1, state.Journey{Kind: state.Inbound, Start: nine.Add(time.Minute)}) // from 9:01:01
	rings := m.list[1].Start
	n := kpi.Of(m.list, kpi.DefaultServiceLevel, rings.Add(time.Second), nil)
	if n.LongestWait != 3*time.Second || n.LongestRuns || !n.Turns.Equal(rings.Add(3*time.Second+1)) {
		t.Fatalf("longest %v (runs %v), turns at %v; want 3 s until it has rung for longer", n.LongestWait, n.LongestRuns, n.Turns)
	}
	n = kpi.Of(m.list, kpi.DefaultServiceLevel, n.Turns, nil)
	if !n.LongestRuns || n.LongestID != 2 || !n.Turns.Equal(rings.Add(20*time.Second+1)) {
		t.Errorf("longest of %d (runs %v), turns at %v; want the one who rings, then the threshold", n.LongestID, n.LongestRuns, n.Turns)
	}
}

func TestAverages(t *testing.T) {
	var m made
	m.add(2, answered(10*time.Second))
	j := answered(40 * time.Second)
	j.Talk, j.Talks, j.Rung = 4*time.Minute, 2, 3 // handed on once
	m.add(1, j)
	j = answered(time.Second)
	j.WaitKnown, j.Talk, j.Talks, j.Rung = false, 0, 0, 0 // first seen connected, never seen to end
	m.add(1, j)
	m.add(1, gaveUp(30*time.Second))
	m.add(1, state.Journey{Kind: state.Outbound, Answered: nine, Ended: nine.Add(time.Minute), Talk: 6 * time.Minute, Talks: 1})
	m.add(1, state.Journey{Kind: state.Internal, Answered: nine, Ended: nine.Add(time.Minute), Talk: time.Hour, Talks: 1})
	n := kpi.Of(m.list, kpi.DefaultServiceLevel, nine.Add(time.Hour), nil)
	got := map[kpi.Name]float64{}
	for _, name := range kpi.Names {
		got[name] = n.Figure(name).Value
	}
	want := map[kpi.Name]float64{
		kpi.NServiceLevel: 100 * 2 / 4., kpi.NAnswerRate: 80, kpi.NOffered: 5, kpi.NAnswered: 4, kpi.NUnanswered: 1, kpi.NMissed: 0,
		kpi.NRinging: 0, kpi.NLongest: 40, kpi.NASA: 20, kpi.NGaveUp: 30, kpi.NATT: 12 * 60 / 5., kpi.NDepth: 5 / 3.,
		kpi.NPeak: 6, kpi.NOutbound: 1, kpi.NInternal: 1,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestPeak(t *testing.T) {
	at := func(from, to int) state.Journey {
		j := state.Journey{Kind: state.Inbound, Counted: true, StartKnown: true, Start: nine.Add(time.Duration(from) * time.Minute)}
		if to > 0 {
			j.Ended = nine.Add(time.Duration(to) * time.Minute)
		}
		return j
	}
	inside := at(0, 0)
	inside.Kind = state.Internal
	lost := at(20, 21)
	lost.Lost = true
	tests := map[string]struct {
		list  []state.Journey
		peak  int
		at    int
		least bool
	}{
		"none":                    {nil, 0, -1, false},
		"one after the other":     {[]state.Journey{at(0, 5), at(5, 10)}, 1, 0, false},
		"two at once":             {[]state.Journey{at(0, 6), at(5, 10), at(12, 13)}, 2, 5, false},
		"one is up":               {[]state.Journey{at(0, 6), at(5, 0), at(7, 8)}, 2, 5, false},
		"colleagues do not count": {[]state.Journey{inside, at(5, 0)}, 1, 5, false},
		"one lost":                {[]state.Journey{at(0, 6), lost}, 1, 0, true},
		"in no time at all":       {[]state.Journey{at(3, 3)}, 1, 3, false},
	}
	for name, tt := range tests {
		n := kpi.Of(tt.list, kpi.DefaultServiceLevel, nine.Add(time.Hour), nil)
		var want time.Time
		if tt.at >= 0 {
			want = nine.Add(time.Duration(tt.at) * time.Minute)
		}
		if n.Peak != tt.peak || !n.PeakAt.Equal(want) || n.AtLeast != tt.least {
			t.Errorf("%s: %d at %v (least %v), want %d at %v (%v)", name, n.Peak, n.PeakAt, n.AtLeast, tt.peak, want, tt.least)
		}
	}
}

// anyJourney is a journey of any sort, also of sorts that cannot be.
func anyJourney(r *rand.Rand, id int) state.Journey {
	sec := func(n int) time.Duration { return time.Duration(r.IntN(n)) * time.Second }
	j := state.Journey{
		ID: uint64(id + 1), Kind: state.Direction(r.IntN(4)), Start: nine.Add(sec(3600)), Line: fmt.Sprint(r.IntN(3)),
		Counted: r.IntN(8) > 0, StartKnown: r.IntN(8) > 0, Rung: r.IntN(4),
	}
	if r.IntN(3) > 0 {
		j.Answered, j.WaitKnown = j.Start.Add(sec(60)-2*time.Second), r.IntN(8) > 0
	}
	if r.IntN(4) > 0 {
		j.Ended = j.Start.Add(sec(300))
		j.Lost = r.IntN(8) == 0
		if !j.Answered.IsZero() && r.IntN(4) > 0 {
			j.Talk, j.Talks = sec(300), 1+r.IntN(2)
		}
	}
	return j
}

// Each journey offered is in one bucket; what explains a number adds up to it;
// the order of journeys makes no difference; samples join by adding up.
func TestLaws(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		list := make([]state.Journey, r.IntN(60))
		for i := range list {
			list[i] = anyJourney(r, i)
		}
		sl := kpi.ServiceLevel{Variant: kpi.Variant(1 + r.IntN(5)), Goal: 80, Within: time.Duration(r.IntN(40)) * time.Second, Short: time.Duration(r.IntN(50)) * time.Second}
		now := nine.Add(time.Duration(1800+r.IntN(3600)) * time.Second)
		n := kpi.Of(list, sl, now, nil)

		sum := 0
		for _, b := range kpi.Buckets {
			sum += n.Level.Count(b)
		}
		if sum != n.Offered || n.Answered+n.Unanswered+n.Undecided != n.Offered {
			t.Fatalf("seed %d: %d in buckets, %d + %d + %d of %d offered", seed, sum, n.Answered, n.Unanswered, n.Undecided, n.Offered)
		}
		for v := kpi.Variant(1); v <= 5; v++ {
			if o := n.Level.Others[v]; o.Part < 0 || o.Part > o.Of || o.Of > n.Offered {
				t.Fatalf("seed %d: variant %d is %v of %d offered", seed, v, o, n.Offered)
			}
		}
		explained(t, seed, list, &n, sl, now)

		unturned(t, seed, list, sl, now)

		shuffled := slices.Clone(list)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		again := kpi.Of(shuffled, sl, now, nil)
		if n.LongestWait == again.LongestWait { // of equals any may be named
			again.LongestID, again.LongestRuns, again.LongestSince = n.LongestID, n.LongestRuns, n.LongestSince
		}
		if d := cmp.Diff(n, again); d != "" {
			t.Fatalf("seed %d: another order gives other numbers: %s", seed, d)
		}

		// Lines are parts of the whole.
		var joined kpi.Numbers
		for line := range 3 {
			part := kpi.Of(list, sl, now, func(j *state.Journey) bool { return j.Line == fmt.Sprint(line) })
			joined.Offered += part.Offered
			joined.Level.Part += part.Level.Part
			joined.Level.Of += part.Level.Of
			joined.Wait += part.Wait
			joined.Waits += part.Waits
			joined.Talk += part.Talk
			if part.Peak > n.Peak {
				t.Fatalf("seed %d: a line's peak %d is over all lines' %d", seed, part.Peak, n.Peak)
			}
		}
		if joined.Offered != n.Offered || joined.Level.Ratio != n.Level.Ratio || joined.Wait != n.Wait || joined.Waits != n.Waits || joined.Talk != n.Talk {
			t.Fatalf("seed %d: lines add up to %+v, all are %+v", seed, joined, n)
		}
	}
}

// explained holds each number against the journeys that explain it.
func explained(t *testing.T, seed uint64, list []state.Journey, n *kpi.Numbers, sl kpi.ServiceLevel, now time.Time) {
	t.Helper()
	for _, name := range kpi.Names {
		served, against := 0, 0
		talks, wait := 0, time.Duration(0)
		seen := map[int]bool{}
		for _, s := range kpi.Explain(name, n, list, sl, now, nil) {
			if !slices.Contains(kpi.Parts, s.Part) {
				t.Fatalf("seed %d: %s has a part %q that is not listed", seed, name, s.Part)
			}
			for _, i := range s.Index {
				if seen[i] {
					t.Fatalf("seed %d: %s counts journey %d twice", seed, name, i)
				}
				seen[i] = true
				if s.Role == kpi.Served {
					talks += list[i].Talks
					if d, ok := list[i].Wait(now); ok {
						wait += d
					}
				}
			}
			switch s.Role {
			case kpi.Served:
				served += len(s.Index)
			case kpi.Against:
				against += len(s.Index)
			}
		}
		f := n.Figure(name)
		got, want := served+against, f.Sample
		switch name {
		case kpi.NMissed:
			continue
		case kpi.NATT:
			got = talks
		case kpi.NPeak:
			want = n.Peak
		case kpi.NASA:
			if wait != n.Wait {
				t.Fatalf("seed %d: its calls waited %v, the average is of %v", seed, wait, n.Wait)
			}
		case kpi.NServiceLevel, kpi.NAnswerRate:
			if f.Known && f.Value != 100*float64(served)/float64(served+against) {
				t.Fatalf("seed %d: %s is %v, its calls say %d of %d", seed, name, f.Value, served, served+against)
			}
		}
		if got != want {
			t.Fatalf("seed %d: %d calls explain %s, its sample is %d", seed, got, name, want)
		}
	}
}
