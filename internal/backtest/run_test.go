package backtest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/backtest"
	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/state"
)

// A tape is a record of inputs from an empty board on.
type tape struct {
	cfg    state.Config
	inputs []state.Input
	to     time.Time
}

func (t *tape) add(in state.Input) uint64 {
	t.inputs = append(t.inputs, in)
	return uint64(len(t.inputs))
}

func (t *tape) Span(context.Context) (from, to time.Time, err error) {
	return t.inputs[0].At, t.to, nil
}

func (t *tape) Replay(_ context.Context, from, to time.Time, begin func(*state.Board) error, apply func(state.Input) error) error {
	b := state.New(t.cfg)
	i := 0
	for ; i < len(t.inputs) && !t.inputs[i].At.After(from); i++ {
		b.Apply(t.inputs[i])
	}
	b.Advance(from)
	if err := begin(b); err != nil {
		return err
	}
	for ; i < len(t.inputs) && !t.inputs[i].At.After(to); i++ {
		if err := apply(t.inputs[i]); err != nil {
			return err
		}
	}
	return nil
}

var start = time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC)

// at puts a fact on the tape, so many seconds after the start.
func (t *tape) at(second float64, fact state.Fact) {
	t.add(state.Input{At: start.Add(time.Duration(second * float64(time.Second))), Fact: fact})
}

// up begins with a feed that lives.
func (t *tape) up() {
	t.at(0, state.Link{State: state.LinkUp})
	t.at(0, state.Snapshot{RequestedAt: start})
}

// lives proves the feed every ten seconds, in order with what is there.
func (t *tape) lives(from, to float64) {
	for s := from; s < to; s += 10 {
		t.at(s, state.Proof{RoundTrip: time.Millisecond})
	}
	slices.SortStableFunc(t.inputs, func(a, b state.Input) int { return a.At.Compare(b.At) })
	t.to = start.Add(time.Duration(to) * time.Second)
}

func call(n int, kind state.EventType) state.Event {
	return state.Event{
		Type: kind, CallID: fmt.Sprintf("SIP/%d", n), Line: "1601", Duration: -1,
		Caller: state.Party{FlowID: fmt.Sprintf("a%d", n), Number: fmt.Sprintf("+3120555%04d", n)},
		Callee: state.Party{FlowID: fmt.Sprintf("b%d", n), Number: "201", User: "501"},
	}
}

// only keeps rules to what a story is about.
func only(ringing float64) hub.Setup {
	r := rules.Default()
	off := rules.Limit{}
	r.Ringing = rules.Limit{Over: ringing}
	r.Talking, r.Waiting, r.Level, r.Answer, r.ASA, r.Missed, r.Chat.Colleagues = off, off, off, off, off, off, 0
	return hub.Setup{Rules: r}
}

// A story with known alarms: four calls, one of which rings for a fraction of a
// second over the limit between two whole seconds, and one of which passes
// midnight and the tried limit only.
func TestKnownAlarms(t *testing.T) {
	var tp tape
	tp.up()
	ring := func(n int, from, length float64) {
		tp.at(from, call(n, state.NewCall))
		tp.at(from+length, call(n, state.Connected))
		tp.at(from+length+60, call(n, state.HungUp))
	}
	ring(1, 100, 45)           // 15 s over 30, 25 s over 20
	ring(2, 300.25, 30.5)      // half a second over 30
	ring(3, 500, 19.9)         // under both
	const midnight = 16 * 3600 //
	ring(4, midnight-10, 29)   // over 20 only, raised after midnight
	tp.at(700, state.Link{State: state.LinkDown, Code: "eof"})
	tp.at(760, state.Link{State: state.LinkUp})
	tp.at(761, state.Snapshot{RequestedAt: start.Add(760 * time.Second)})
	tp.lives(5, 700)
	tp.lives(765, midnight+120)

	report, err := backtest.Run(t.Context(), &tp, backtest.Plan{Present: only(30), Tried: only(20), From: start.Add(-72 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Kinds) != 1 || report.Kinds[0].Kind != rules.RingingLong {
		t.Fatalf("kinds %+v", report.Kinds)
	}
	k := &report.Kinds[0]
	if k.Present.Alarms != 2 || k.Tried.Alarms != 3 || k.More != 1 || k.Fewer != 0 {
		t.Errorf("%d now and %d tried, %d more and %d fewer; want 2, 3, 1, 0", k.Present.Alarms, k.Tried.Alarms, k.More, k.Fewer)
	}
	if k.Present.Up != 15500*time.Millisecond || k.Tried.Up != (25+10.5+9)*1000*time.Millisecond {
		t.Errorf("up for %s now and %s tried", k.Present.Up, k.Tried.Up)
	}
	if at := k.Present.First.From; !at.Equal(start.Add(130 * time.Second)) {
		t.Errorf("the first was raised at %s", at)
	}
	if longest := k.Tried.Longest; !longest.From.Equal(start.Add(120*time.Second)) || longest.To.Sub(longest.From) != 25*time.Second {
		t.Errorf("the longest is %+v", longest)
	}
	if len(k.Added) != 1 || !k.Added[0].From.Equal(start.Add((midnight+10)*time.Second)) {
		t.Errorf("only with the tried rules: %+v", k.Added)
	}
	var days [][2]int
	for _, d := range k.Days {
		days = append(days, [2]int{d[0].Alarms, d[1].Alarms})
	}
	if diff := cmp.Diff([][2]int{{2, 2}, {0, 1}}, days); diff != "" {
		t.Errorf("by day: %s", diff)
	}
	if len(report.Gaps) != 1 || report.Gaps[0].To.Sub(report.Gaps[0].From) < 60*time.Second || report.Days[0].Known >= report.Days[0].To.Sub(report.Days[0].From) {
		t.Errorf("gaps %+v of %+v", report.Gaps, report.Days)
	}
}

// While nobody can tell, an alarm is held and none is raised.
func TestNothingIsRaisedInAGap(t *testing.T) {
	var tp tape
	tp.up()
	tp.at(10, call(1, state.NewCall))
	tp.at(20, state.Link{State: state.LinkDown, Code: "eof"})
	tp.lives(5, 20)
	tp.to = start.Add(10 * time.Minute)
	report, err := backtest.Run(t.Context(), &tp, backtest.Plan{Present: only(30), Tried: only(5)})
	if err != nil {
		t.Fatal(err)
	}
	k := &report.Kinds[0]
	if k.Present.Alarms != 0 || k.Tried.Alarms != 1 || !k.Tried.First.To.IsZero() {
		t.Errorf("%d now, %d tried, the first %+v", k.Present.Alarms, k.Tried.Alarms, k.Tried.First)
	}
}

// The back-test of the present rules tells the alarms that the live board told
// on a busy day: as many of each kind and call, raised and over at the same
// moments but for the painter's rest.
func TestThePresentRulesTellWhatWasTold(t *testing.T) {
	seeds := uint64(3)
	if raceOn {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { synctest.Test(t, func(t *testing.T) { busyDay(t, seed) }) })
	}
}

func busyDay(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 7))
	tp := tape{cfg: state.Config{Zone: time.UTC}}
	present := rules.Default()
	present.Talking.Over, present.Missed.Over, present.Waiting.Over = 400, 900, 3
	present.Capacity.Lines = 12
	var told []rules.Episode
	h := hub.New(hub.Options{State: tp.cfg, Zone: time.UTC, OnInput: tp.add, Setup: hub.Setup{Rules: present}, OnAlarm: func(e rules.Episode) {
		for i := range told {
			if told[i].ID() == e.ID() {
				told[i] = e
				return
			}
		}
		told = append(told, e)
	}})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { h.Run(ctx); close(done) }()
	say := func(f state.Fact) { h.Apply(state.Input{Fact: f}) }
	say(state.Link{State: state.LinkUp})
	say(state.Snapshot{RequestedAt: time.Now()})
	type due struct {
		at   time.Time
		fact state.Fact
	}
	var later []due
	in := func(d time.Duration, f state.Fact) { later = append(later, due{time.Now().Add(d), f}) }
	end := time.Now().Add(3 * time.Hour)
	for n := 1; time.Now().Before(end); n++ {
		wait := time.Duration(random.ExpFloat64()*20e3) * time.Millisecond
		next := time.Now().Add(min(wait, 8*time.Second))
		slices.SortFunc(later, func(a, b due) int { return a.at.Compare(b.at) })
		for len(later) > 0 && !later[0].at.After(next) {
			time.Sleep(time.Until(later[0].at))
			say(later[0].fact)
			later = later[1:]
		}
		time.Sleep(time.Until(next))
		say(state.Proof{RoundTrip: time.Millisecond})
		if wait > 8*time.Second {
			continue
		}
		c := call(n, state.NewCall)
		if random.IntN(5) == 0 { // colleagues
			c.Line = ""
			c.Caller = state.Party{FlowID: c.Caller.FlowID, Number: fmt.Sprint(202 + n%9), User: fmt.Sprint(502 + n%9)}
		}
		say(c)
		ringing := time.Duration(random.ExpFloat64()*22e3) * time.Millisecond
		if random.IntN(4) > 0 {
			c.Type = state.Connected
			in(ringing, c)
			ringing += time.Duration(random.ExpFloat64()*180e3) * time.Millisecond
		}
		c.Type = state.HungUp
		in(ringing, c)
	}
	synctest.Wait()
	tp.to = h.Now()
	stop()
	<-done

	report, err := backtest.Run(t.Context(), &tp, backtest.Plan{State: tp.cfg, Present: hub.Setup{Rules: present}, Tried: hub.Setup{Rules: present}})
	if err != nil {
		t.Fatal(err)
	}
	counted := map[rules.Kind]int{}
	for _, e := range told {
		counted[e.Kind]++
	}
	kinds := 0
	for i := range report.Kinds {
		k := &report.Kinds[i]
		if n := counted[k.Kind]; n != k.Present.Alarms || k.Tried.Alarms != n || k.More+k.Fewer != 0 {
			t.Errorf("%s: told %d times, back-tested %d and %d times", k.Kind, n, k.Present.Alarms, k.Tried.Alarms)
		} else if n > 0 {
			kinds++
		}
		var up time.Duration
		for _, e := range told {
			if e.Kind == k.Kind {
				if e.To.IsZero() {
					e.To = tp.to
				}
				up += e.To.Sub(e.From)
			}
		}
		if off := (up - k.Present.Up).Abs(); off > time.Duration(2+2*counted[k.Kind])*time.Second {
			t.Errorf("%s: up for %s, back-tested %s", k.Kind, up, k.Present.Up)
		}
	}
	if kinds < 4 {
		t.Errorf("only %d kinds of alarms were told (%v), so little was compared", kinds, counted)
	}
}
