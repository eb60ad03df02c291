package keeper

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// A round is one life of a child process, which is this test binary again.
type round struct {
	Dir      string
	Day      simDay
	Seed     uint64
	Minutes  int
	Rate     int
	Until    time.Time     // how far of the day it may come
	Lost     time.Duration // of feed, while nobody listened
	Kill     time.Duration // after it began to live, by itself and with SIGKILL; 0 never
	Early    bool          // the time runs from the start of the process: killed while opening
	Snapshot bool          // makes snapshots all the time
	Backup   bool          // writes backups all the time
}

const roundEnv = "CALLBOARD_KEEPER_ROUND"

func TestMain(m *testing.M) {
	if spec := os.Getenv(roundEnv); spec != "" {
		if err := child(spec); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// die kills this process as kill -9 does.
func die(after time.Duration) {
	time.Sleep(after)
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// orphanage lets children of tests fail like tests do.
type orphanage struct{ testing.TB }

func (orphanage) Helper()                   {}
func (orphanage) Context() context.Context  { return context.Background() }
func (orphanage) Fatal(args ...any)         { panic(fmt.Sprint(args...)) }
func (orphanage) Fatalf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }
func (orphanage) Errorf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }

// child is one process: keeper and hub, fed with the day from where the
// journal ends.
func child(spec string) error {
	var r round
	if err := json.Unmarshal([]byte(spec), &r); err != nil {
		return err
	}
	r.Day = simDay{r.Seed, r.Minutes, r.Rate}
	if r.Kill > 0 && r.Early {
		go die(r.Kill)
	}
	p := quick
	p.write, p.journal.Commit = 2*time.Millisecond, time.Millisecond
	if r.Snapshot {
		p.snapshot, p.little = time.Nanosecond, 1
	}
	l, err := start(orphanage{}, Options{Dir: r.Dir, Now: r.Until, NextCall: 1, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}, p)
	if err != nil {
		return err
	}
	if r.Kill > 0 && !r.Early {
		go die(r.Kill)
	}
	if r.Backup {
		go func() {
			for n := 0; ; n++ {
				_, _ = l.k.store.Backup(context.Background(), time.Now().AddDate(0, 0, -n%5))
				_ = os.RemoveAll(r.Dir + "/backups")
			}
		}()
	}
	var at time.Time
	l.board(func(b *state.Board) { at = b.Now() })
	at = at.Add(r.Lost)
	l.link(r.Day, at)
	l.play(r.Day.inputs(at, r.Until), func(i int) {
		if r.Kill > 0 && i%4 == 0 {
			time.Sleep(100 * time.Microsecond)
		}
	})
	if r.Kill > 0 {
		select {} // until it comes
	}
	l.settle()
	if s := l.k.Status(); s.Mismatches > 0 {
		return fmt.Errorf("%d of %d codes differ", s.Mismatches, s.Codes)
	}
	l.end()
	return nil
}

// live runs one round and fails unless it ended as it should.
func live(t *testing.T, r round) {
	t.Helper()
	r.Seed, r.Minutes, r.Rate = r.Day.seed, r.Day.minutes, r.Day.rate
	spec, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), roundEnv+"="+string(spec), "GOMAXPROCS=2")
	var out strings.Builder
	cmd.Stderr, cmd.Stdout = &out, io.Discard
	err = cmd.Run()
	exit, failed := errors.AsType[*exec.ExitError](err)
	killed := failed && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
	if r.Kill > 0 && !killed || r.Kill == 0 && err != nil {
		t.Fatalf("a life ended with %v: %s", err, out.String())
	}
}

// A chain is one folder that lives through rounds.
type chain struct {
	day    simDay
	rounds int
	lost   bool // what happens between two lives is lost
}

func (c chain) run(t *testing.T, dir string, done *atomic.Int64) {
	r := rand.New(rand.NewPCG(c.day.seed, 77))
	length := c.day.end().Sub(simStart)
	live(t, round{Dir: dir, Day: c.day, Until: simStart}) // so that the day begins when it does
	for n := range c.rounds {
		next := round{Dir: dir, Day: c.day, Until: simStart.Add(length * time.Duration(n+1) / time.Duration(c.rounds+1))}
		next.Kill = time.Duration(1+r.IntN(25_000)) * time.Microsecond
		switch n % 8 {
		case 1:
			next.Early, next.Kill = true, time.Duration(5+r.IntN(60))*time.Millisecond
		case 3:
			next.Snapshot = true
		case 5:
			next.Backup = true
		}
		if c.lost && n > 0 {
			next.Lost = time.Duration(r.IntN(90_000)) * time.Millisecond
		}
		live(t, next)
		done.Add(1)
	}
	live(t, round{Dir: dir, Day: c.day, Until: c.day.end()})
}

// whole is the same day in one life, in this process.
func (c chain) whole(t *testing.T, dir string) {
	l, err := start(t, Options{Dir: dir, Now: simStart, NextCall: 1, Log: slog.New(slog.DiscardHandler)}, quick)
	if err != nil {
		t.Fatal(err)
	}
	l.link(c.day, simStart)
	l.play(c.day.inputs(simStart, c.day.end()), func(int) {})
	l.settle()
	if s := l.k.Status(); s.Mismatches > 0 || s.Codes == 0 {
		t.Errorf("%d of %d codes differ", s.Mismatches, s.Codes)
	}
	l.end()
}

// A past is what a folder holds after the day.
type past struct {
	calls    map[string]history.Call
	journeys map[string]state.Journey // by the id of their first call
	hours    []history.Hour
	gaps     []history.Gap
	today    state.Today
	up       map[string]state.Call
}

func lookInto(t *testing.T, dir string, end time.Time) past {
	t.Helper()
	k, err := open(Options{Dir: dir, Now: end, NextCall: 1, Log: slog.New(slog.DiscardHandler)}, quick)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	p := past{calls: map[string]history.Call{}, journeys: map[string]state.Journey{}, up: map[string]state.Call{}, today: k.Board().Today()}
	for c := range k.Board().Calls() {
		p.up[c.CallID] = c
	}
	ctx := t.Context()
	ids := map[uint64]string{}
	var after history.Cursor
	for {
		list, next, err := k.store.Calls(ctx, history.Filter{}, after, history.MostRows)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if _, twice := p.calls[c.CallID]; twice {
				t.Errorf("%s is in the history twice", c.CallID)
			}
			p.calls[c.CallID], ids[c.Seq] = c, c.CallID
		}
		if after = next; next.IsZero() {
			break
		}
	}
	day, err := k.store.Day(ctx, simStart)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range day {
		id := ids[j.Calls[0]]
		if _, twice := p.journeys[id]; twice || id == "" {
			t.Errorf("the journey of %q is told twice, or has no call", id)
		}
		p.journeys[id] = j
	}
	if p.hours, err = k.store.Hours(ctx, simStart.Add(-time.Hour), end.Add(time.Hour), history.Scope{}); err != nil {
		t.Fatal(err)
	}
	if p.gaps, err = k.store.Gaps(ctx, simStart.Add(-time.Hour), end.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	return p
}

// callLine and journeyLine are all that must be the same whatever happened to
// the process, but for ids of ours.
func callLine(c *history.Call) string {
	return fmt.Sprint(c.CallID, c.Direction, c.Phase, c.StartedAt, c.StartAtLeast, c.ConnectedAt, c.TalkAtLeast, c.EndedAt, c.Outcome, c.Talk, c.PBX,
		c.Caller.Number, c.Callee.Number, c.Callee.User, c.Line, c.Transfers)
}

func journeyLine(j *state.Journey) string {
	return fmt.Sprint(j.Kind, j.Customer.Number, j.Line, j.Users, j.RangAt, len(j.Calls), j.Counted, j.Start, j.StartKnown, j.Answered, j.WaitKnown, j.Ended, j.Lost,
		j.Talk, j.Talks, j.Rung)
}

// touched reports whether a gap of the record names a stretch of time.
func (p *past) touched(from, to time.Time) bool {
	for _, g := range p.gaps {
		if !g.From.After(to) && (g.To.IsZero() || !g.To.Before(from)) {
			return true
		}
	}
	return false
}

// compare holds what is left after the rounds against the uninterrupted day.
// Where nothing was lost all of it must be the same; else all that no gap of
// the record touches.
func (p *past) compare(t *testing.T, want *past, lost bool) (same, excused int) {
	t.Helper()
	wrong := 0
	fail := func(format string, args ...any) {
		if wrong++; wrong <= 10 {
			t.Errorf(format, args...)
		}
	}
	for id, w := range want.calls {
		g, ok := p.calls[id]
		switch {
		case ok && callLine(&g) == callLine(&w):
			same++
		case lost && p.touched(w.StartedAt, w.EndedAt):
			excused++
		default:
			fail("%s (there: %v)\n got %s\nwant %s", id, ok, callLine(&g), callLine(&w))
		}
	}
	for id, g := range p.calls {
		if _, ok := want.calls[id]; !ok && !(lost && p.touched(g.StartedAt, g.EndedAt)) {
			fail("%s is in the history and never was", id)
		}
	}
	for id, w := range want.journeys {
		g, ok := p.journeys[id]
		if (!ok || journeyLine(&g) != journeyLine(&w)) && !(lost && p.touched(w.Start, w.Ended)) {
			fail("journey of %s (there: %v)\n got %s\nwant %s", id, ok, journeyLine(&g), journeyLine(&w))
		}
	}
	for id, w := range want.up {
		g := p.up[id]
		if (g.Phase != w.Phase || !g.StartedAt.Equal(w.StartedAt) || !g.ConnectedAt.Equal(w.ConnectedAt)) && !(lost && p.touched(w.StartedAt, p.today.Since.AddDate(1, 0, 0))) {
			fail("%s is up as %v since %v, want %v since %v", id, g.Phase, g.StartedAt, w.Phase, w.StartedAt)
		}
	}
	if len(p.gaps) == 0 || p.today.Complete {
		fail("%d gaps, complete %v: nobody would know", len(p.gaps), p.today.Complete)
	}
	if lost {
		return same, excused
	}
	if len(p.up) != len(want.up) {
		fail("%d calls are up, want %d", len(p.up), len(want.up))
	}
	got, today := p.today, want.today
	got.Complete, today.Complete = false, false
	if got != today {
		fail("today is\n%+v, want\n%+v", got, today)
	}
	if fmt.Sprint(p.hours) != fmt.Sprint(want.hours) {
		fail("hours are\n%+v, want\n%+v", p.hours, want.hours)
	}
	return same, excused
}

// A thousand lives that each end with kill -9, at any moment: while opening,
// in the middle of commits, of snapshots, of backups. Then history, counters
// and board are those of one life; and where the feed of the dead time is lost,
// all that the record of gaps does not name.
func TestAThousandKills(t *testing.T) {
	rounds := 20
	if n, err := strconv.Atoi(os.Getenv("KILLS")); err == nil {
		rounds = n // make test wants all of them, once
	}
	minutes := 480
	if rounds < 100 {
		minutes = 60
	}
	began := time.Now()
	var done atomic.Int64
	chains := []chain{}
	for n := range 5 {
		chains = append(chains, chain{day: simDay{seed: uint64(n + 1), minutes: minutes, rate: 6}, rounds: rounds / 5, lost: n == 4})
	}
	dirs := make([]string, len(chains))
	for i := range dirs {
		dirs[i] = t.TempDir()
	}
	var all sync.WaitGroup
	room := make(chan struct{}, 2)
	for i, c := range chains {
		all.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			c.run(t, dirs[i], &done)
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	for i, c := range chains {
		dir := t.TempDir()
		c.whole(t, dir)
		want, got := lookInto(t, dir, c.day.end()), lookInto(t, dirs[i], c.day.end())
		same, excused := got.compare(t, &want, c.lost)
		t.Logf("day %d: %d calls are the same, %d touched by the %d gaps that are named (feed lost: %v)", i+1, same, excused, len(got.gaps), c.lost)
		if len(want.calls) < c.day.minutes*c.day.rate*9/10 || same < len(want.calls)/10 {
			t.Errorf("only %d of %d calls were compared", same, len(want.calls))
		}
	}
	t.Logf("%d kills in %s", done.Load(), time.Since(began).Round(time.Millisecond))
}
