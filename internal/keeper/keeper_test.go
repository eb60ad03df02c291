package keeper

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/eventlog"
	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/state"
)

// quick is the pace of tests: everything at once.
var quick = pace{
	write: 5 * time.Millisecond, snapshot: 30 * time.Second, little: 10, replay: 200_000, waiting: 256,
	journal: eventlog.Options{Commit: 2 * time.Millisecond},
}

// A life is a keeper with the hub it keeps, as one process has them.
type life struct {
	t    testing.TB
	k    *Keeper
	h    *hub.Hub
	stop context.CancelFunc
	done chan error

	asked atomic.Int64 // how often the keeper wanted the board that is shown
}

// Image counts who asks, and hands on to the hub.
func (l *life) Image() ([]byte, uint64, error) {
	l.asked.Add(1)
	return l.h.Image()
}

// Apply hands on to the hub.
func (l *life) Apply(in state.Input) { l.h.Apply(in) }

// begin starts a life in a folder. The inputs of tests bring their own times,
// which lie ahead of the wall's clock, so that nothing ages by it.
func begin(t testing.TB, dir string, now time.Time) *life {
	t.Helper()
	l, err := start(t, Options{Dir: dir, Now: now, NextCall: 1, Log: testLog(t)}, quick)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func start(t testing.TB, opt Options, p pace) (*life, error) {
	k, err := open(opt, p)
	if err != nil {
		return nil, err
	}
	l := &life{t: t, k: k, done: make(chan error, 1)}
	l.h = hub.New(hub.Options{State: opt.State, Board: k.Board(), OnInput: k.OnInput, Storage: nil})
	k.Watch(l)
	ctx, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	go func() { l.done <- k.Run(ctx) }()
	return l, nil
}

// end stops in order.
func (l *life) end() {
	l.t.Helper()
	l.stop()
	<-l.done
	l.h.Stop()
	if err := l.k.Close(); err != nil {
		l.t.Errorf("Close: %v", err)
	}
}

// crash ends without a word: what is not on the disk by now is lost.
func (l *life) crash() {
	l.t.Helper()
	l.stop()
	<-l.done
	if err := l.k.shut(); err != nil {
		l.t.Errorf("shut: %v", err)
	}
}

// settle waits until all that was told is on the disk and in the history.
func (l *life) settle() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), time.Minute)
	defer cancel()
	last := l.k.appended.Load()
	if err := l.k.disk.WaitDurable(ctx, last); err != nil {
		l.t.Fatal(err)
	}
	if err := l.k.pass(ctx, last); err != nil {
		l.t.Fatal(err)
	}
	l.k.mu.Lock()
	l.k.take()
	l.k.mu.Unlock()
	for s := l.k.Status(); s.Waiting > 0; s = l.k.Status() {
		if ctx.Err() != nil {
			l.t.Fatalf("rows still wait: %+v", s)
		}
		time.Sleep(time.Millisecond)
	}
}

// board looks at the board that is shown.
func (l *life) board(f func(*state.Board)) { l.h.Read(func(b *state.Board, _ time.Time) { f(b) }) }

func testLog(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// noon is when days of tests begin, ahead of every wall clock that runs them.
var noon = time.Date(2031, 3, 5, 12, 0, 0, 0, time.UTC)

// A call of a customer to a colleague.
func callEvent(kind state.EventType, n int) state.Event {
	return state.Event{
		Type: kind, CallID: fmt.Sprintf("SIP/trunk1-%08x", n), Line: fmt.Sprintf("160%d", n%3), Duration: -1,
		Caller: state.Party{FlowID: fmt.Sprintf("fc%d", n), Number: fmt.Sprintf("+3120555%04d", n%10000)},
		Callee: state.Party{FlowID: fmt.Sprintf("fa%d", n), User: fmt.Sprintf("5%03d", n%40), Number: fmt.Sprintf("2%03d", n%40)},
	}
}

// up brings the link up with an empty list.
func (l *life) up(at time.Time) {
	l.h.Apply(state.Input{At: at, Fact: state.Link{State: state.LinkUp}})
	l.h.Apply(state.Input{At: at, Fact: state.SnapshotFailed{}})
}

func (l *life) tell(at time.Time, kind state.EventType, n int) {
	l.h.Apply(state.Input{At: at, Fact: callEvent(kind, n)})
}

// Stopped in order, the next process begins with the board as it was, knows
// since when nothing was heard, and the history has what is over.
func TestStopAndStart(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	if l.k.status.From != "nothing" {
		t.Errorf("a first start is made from %q", l.k.status.From)
	}
	at := noon
	l.up(at)
	for n := range 30 {
		at = at.Add(2 * time.Second)
		l.tell(at, state.NewCall, n)
		if n%3 > 0 {
			l.tell(at.Add(time.Second), state.Connected, n)
		}
		if n < 25 {
			l.tell(at.Add(time.Second), state.HungUp, n)
		}
	}
	var was state.Today
	calls := 0
	l.board(func(b *state.Board) { was, calls = b.Today(), b.Len() })
	l.end()

	later := at.Add(90 * time.Second)
	l = begin(t, dir, later)
	defer l.end()
	if l.k.status.From != "snapshot" || l.k.status.Tail != 0 {
		t.Errorf("restored from %s and %d entries, want the last snapshot alone", l.k.status.From, l.k.status.Tail)
	}
	l.board(func(b *state.Board) {
		now := b.Today()
		if now.Complete || now.Offered != was.Offered || now.Answered != was.Answered || now.Unanswered != was.Unanswered {
			t.Errorf("today was %+v and is %+v, want the same and incomplete", was, now)
		}
		if b.Len() != calls || calls != 5 {
			t.Errorf("%d calls were up, %d are", calls, b.Len())
		}
		for c := range b.Calls() {
			if c.Confidence != state.Unconfirmed {
				t.Errorf("call %d is %v", c.Seq, c.Confidence)
			}
		}
		gaps := b.Gaps()
		if len(gaps) != 1 || gaps[0].Code != state.Stopped || !gaps[0].To.IsZero() || gaps[0].Touched != 5 {
			t.Errorf("gaps: %+v", gaps)
		}
	})
	l.up(later)
	l.settle()
	gaps, err := l.k.store.Gaps(t.Context(), noon.Add(-time.Hour), noon.Add(24*time.Hour))
	if err != nil || len(gaps) != 1 || gaps[0].Code != state.Stopped || !gaps[0].To.Equal(later) {
		t.Errorf("the record of gaps has %+v, %v", gaps, err)
	}
	day, err := l.k.store.Day(t.Context(), noon)
	if err != nil || len(day) != 25 {
		t.Errorf("the history has %d journeys, %v", len(day), err)
	}
}

// Ended without a word, the next process says so from the last sign of life on,
// and gives no id a second time.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	l.up(noon)
	l.tell(noon.Add(time.Second), state.NewCall, 1)
	l.tell(noon.Add(2*time.Second), state.Connected, 1)
	l.settle()
	l.crash()

	k, err := open(Options{Dir: dir, Now: noon.Add(time.Minute), NextCall: 10_001, Log: testLog(t)}, quick)
	if err != nil {
		t.Fatal(err)
	}
	b := k.Board()
	gaps := b.Gaps()
	if len(gaps) != 1 || gaps[0].Code != state.Crashed || !gaps[0].From.Equal(noon.Add(2*time.Second)) || !gaps[0].To.IsZero() {
		t.Errorf("gaps: %+v", gaps)
	}
	if b.NextCall() != 10_001 || b.Len() != 1 {
		t.Errorf("%d calls are up, the next id is %d", b.Len(), b.NextCall())
	}
	if k.status.From != "journal" {
		t.Errorf("restored from %s", k.status.From)
	}
	if err := k.Close(); err != nil {
		t.Error(err)
	}
}

// The machine's clock was set back while nobody listened: all times move along,
// and no age is negative.
func TestClockSetBackMeanwhile(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	l.up(noon)
	l.tell(noon.Add(time.Second), state.NewCall, 1)
	l.tell(noon.Add(11*time.Second), state.Connected, 1)
	l.settle()
	l.end()
	early := noon.Add(-3 * time.Hour)
	l = begin(t, dir, early)
	defer l.end()
	l.board(func(b *state.Board) {
		if !b.Now().Equal(early) {
			t.Errorf("the board is at %v, want %v", b.Now(), early)
		}
		for c := range b.Calls() {
			if got := b.Now().Sub(c.StartedAt); got != 10*time.Second {
				t.Errorf("the call's age is %s", got)
			}
		}
		if b.Len() != 1 {
			t.Errorf("%d calls are up", b.Len())
		}
		for _, g := range b.Gaps() {
			if g.From.After(b.Now()) {
				t.Errorf("a gap from %v, ahead of %v", g.From, b.Now())
			}
		}
	})
	if len(l.k.status.Notes) != 1 || l.k.status.Notes[0].Code != NoteClock {
		t.Errorf("notes: %+v", l.k.status.Notes)
	}
	l.up(early.Add(time.Second))
	l.settle() // a replay comes to the same board
	if s := l.k.Status(); s.Mismatches > 0 {
		t.Errorf("%d codes differ", s.Mismatches)
	}
	old := noon.Add(11 * time.Second)
	steps := l.clockSteps()
	want := []history.Gap{{
		Kind: history.GapClock, From: old, To: old, Code: history.ClockBack, Reason: "This machine's clock was put back by 3h0m11s", Touched: 3*3600 + 11,
	}}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Errorf("the record of gaps (-want +got):\n%s", diff)
	}
}

// clockSteps are the entries of the record of gaps about the clock.
func (l *life) clockSteps() (steps []history.Gap) {
	l.t.Helper()
	gaps, err := l.k.store.Gaps(l.t.Context(), time.Time{}, time.Time{})
	if err != nil {
		l.t.Fatal(err)
	}
	for _, g := range gaps {
		if g.Kind == history.GapClock {
			steps = append(steps, g)
		}
	}
	return steps
}

// The record of gaps has every step of the clock that people would notice, at
// its moment on the clock as it went before, once, also when the history is lost
// and made anew. A step is no interruption: neither the board nor the counters
// of the day know of it, not even when the board is made from the history.
func TestClockStepsAreRecorded(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	l.up(noon)
	l.tell(noon.Add(time.Second), state.NewCall, 1)
	set := func(at time.Time, by time.Duration) { l.h.Apply(state.Input{At: at, Fact: state.ClockSet{By: by}}) }
	set(noon.Add(10*time.Second), 2*time.Second) // time servers do that
	set(noon.Add(20*time.Second), time.Hour)
	forward := noon.Add(20 * time.Second)
	set(noon.Add(time.Hour+30*time.Second), -90*time.Second)
	back := noon.Add(time.Hour + 30*time.Second)
	l.tell(noon.Add(time.Hour), state.HungUp, 1)
	l.settle()
	want := []history.Gap{
		{Kind: history.GapClock, From: forward, To: forward, Code: history.ClockForward, Reason: "This machine's clock was put forward by 1h0m0s", Touched: 3600},
		{Kind: history.GapClock, From: back, To: back, Code: history.ClockBack, Reason: "This machine's clock was put back by 1m30s", Touched: 90},
	}
	if diff := cmp.Diff(want, l.clockSteps()); diff != "" {
		t.Errorf("the record of gaps (-want +got):\n%s", diff)
	}
	l.board(func(b *state.Board) {
		if gaps := b.Gaps(); len(gaps) != 0 {
			t.Errorf("the board has interruptions: %+v", gaps)
		}
	})
	l.end()

	removeAll(t, filepath.Join(dir, history.FileName+"*"))
	l = begin(t, dir, noon.Add(2*time.Hour))
	l.settle()
	if diff := cmp.Diff(want, l.clockSteps()); diff != "" {
		t.Errorf("a history made anew (-want +got):\n%s", diff)
	}
	l.end()

	removeAll(t, filepath.Join(dir, JournalFile+"*"))
	l = begin(t, dir, noon.Add(3*time.Hour))
	defer l.end()
	l.board(func(b *state.Board) {
		if len(b.Gaps()) == 0 {
			t.Error("the board made from the history knows no stop")
		}
		for _, g := range b.Gaps() {
			if g.Code == history.ClockForward || g.Code == history.ClockBack {
				t.Errorf("the board made from the history takes a step of the clock for an interruption: %+v", g)
			}
		}
	})
}

// Two processes never share a folder.
func TestOneProcessAFolder(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	_, err := Open(Options{Dir: dir})
	if _, ok := err.(*LockedError); !ok {
		t.Errorf("a second keeper: %v", err)
	}
	l.end()
	k, err := Open(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	k.Close()
}

// The journal is gone: the board begins with what the history knows of today,
// and what comes then is played back from there.
func TestJournalIsGone(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	l.up(noon)
	for n := range 12 {
		at := noon.Add(time.Duration(n) * time.Second)
		l.tell(at, state.NewCall, n)
		l.tell(at, state.HungUp, n)
	}
	l.settle()
	l.end()
	removeAll(t, filepath.Join(dir, JournalFile+"*"))
	later := noon.Add(time.Hour)
	l = begin(t, dir, later)
	if l.k.status.From != "history" || len(l.k.status.Notes) == 0 || l.k.status.Notes[0].Code != NoteJournal {
		t.Errorf("restored from %s, notes %+v", l.k.status.From, l.k.status.Notes)
	}
	l.board(func(b *state.Board) {
		if today := b.Today(); today.Unanswered != 12 || today.Complete {
			t.Errorf("today is %+v", today)
		}
	})
	l.up(later)
	for n := range 3 {
		l.tell(later.Add(time.Second), state.NewCall, 100+n)
		l.tell(later.Add(2*time.Second), state.HungUp, 100+n)
	}
	l.settle()
	l.crash()
	l = begin(t, dir, later.Add(time.Minute))
	defer l.end()
	l.board(func(b *state.Board) {
		if today := b.Today(); today.Unanswered != 15 {
			t.Errorf("today is %+v", today)
		}
	})
	l.settle()
	day, err := l.k.store.Day(t.Context(), noon)
	if err != nil || len(day) != 15 {
		t.Errorf("the history has %d journeys, %v", len(day), err)
	}
}

// The history is gone: it is written again from the journal.
func TestHistoryIsGone(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	l.up(noon)
	at := noon
	for n := range 400 {
		at = at.Add(time.Second)
		l.tell(at, state.NewCall, n)
		l.tell(at, state.HungUp, n)
	}
	l.settle()
	l.end()
	removeAll(t, filepath.Join(dir, "history.db*"))
	l = begin(t, dir, at.Add(time.Minute))
	defer l.end()
	if l.k.status.From != "snapshot" {
		t.Errorf("restored from %s", l.k.status.From)
	}
	l.settle()
	day, err := l.k.store.Day(t.Context(), noon)
	if err != nil || len(day) != 400 {
		t.Errorf("the history has %d journeys, %v", len(day), err)
	}
	if s := l.k.Status(); s.Mismatches > 0 {
		t.Errorf("%d codes differ", s.Mismatches)
	}
}

// Where the keeper's own board turns out to be another one, it says so and goes
// on from the one that is shown.
func TestADifferenceIsSaidAndMended(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	defer l.end()
	l.up(noon)
	l.tell(noon.Add(time.Second), state.NewCall, 1)
	l.settle()
	// As a fault of memory, or of ours, would: an input that only one board has.
	l.k.mu.Lock()
	l.k.own.Apply(state.Input{At: noon.Add(time.Second), Fact: callEvent(state.NewCall, 2)})
	l.k.mu.Unlock()
	tick := func(at time.Time) {
		var code uint64
		l.h.Read(func(b *state.Board, _ time.Time) {
			b.Advance(at)
			code = b.Code()
		})
		l.h.Apply(state.Input{At: at, Fact: state.Tick{Code: code}})
		l.settle()
	}
	tick(noon.Add(10 * time.Second))
	if s := l.k.Status(); s.Mismatches != 1 || len(s.Notes) != 1 || s.Notes[0].Code != NoteRefound {
		t.Fatalf("%d differences, notes %+v", s.Mismatches, s.Notes)
	}
	for n := range 50 { // until the other board is there
		l.tell(noon.Add(time.Duration(11+n)*time.Second), state.NewCall, 10+n)
		time.Sleep(time.Millisecond)
	}
	tick(noon.Add(70 * time.Second))
	if s := l.k.Status(); s.Mismatches != 1 || s.Codes != 2 {
		t.Errorf("%d of %d codes differ", s.Mismatches, s.Codes)
	}
}
