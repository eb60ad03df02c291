package feed_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/feed"
	"callboard/internal/state"
)

// script is a Connector that does what it is told, attempt by attempt.
type script struct {
	mu       sync.Mutex // guards what follows
	starts   []time.Time
	attempt  func(n int, ctx context.Context, sink feed.Sink) error
	left     int
	leftTime time.Duration
}

func (s *script) Connect(ctx context.Context, sink feed.Sink) error {
	s.mu.Lock()
	s.starts = append(s.starts, time.Now())
	n := len(s.starts)
	s.mu.Unlock()
	return s.attempt(n, ctx, sink)
}

func (s *script) Leave(ctx context.Context) {
	s.left++
	if end, ok := ctx.Deadline(); ok && ctx.Err() == nil {
		s.leftTime = time.Until(end)
	}
}

type inputs struct {
	mu  sync.Mutex // guards all
	all []state.Input
}

func (i *inputs) Apply(in state.Input) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.all = append(i.all, in)
}

func (i *inputs) links() (out []state.Link) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, in := range i.all {
		if l, ok := in.Fact.(state.Link); ok {
			out = append(out, l)
		}
	}
	return out
}

// keep runs feed.Keep for d of fake time.
func keep(t *testing.T, s *script, d time.Duration) *inputs {
	t.Helper()
	sink := &inputs{}
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	if err := feed.Keep(ctx, s, sink, slog.New(slog.DiscardHandler)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Keep returned %v, want the error of its context", err)
	}
	return sink
}

// up opens the link for d and then loses it.
func up(d time.Duration) func(int, context.Context, feed.Sink) error {
	return func(_ int, ctx context.Context, sink feed.Sink) error {
		sink.Apply(state.Input{At: time.Now().UTC(), Fact: state.Link{State: state.LinkUp}})
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
		return &feed.Refusal{Code: "lost", Reason: "The connection broke off"}
	}
}

func never(int, context.Context, feed.Sink) error {
	return &feed.Refusal{Code: "refused", Reason: "Nothing listens there"}
}

func TestPausesGrowToAMinuteAndAreRandom(t *testing.T) {
	first := map[time.Duration]bool{}
	for range 10 {
		synctest.Test(t, func(t *testing.T) {
			s := &script{attempt: never}
			links := keep(t, s, time.Hour).links()
			tops := []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 60}
			down := 0
			var longest time.Duration
			for i, l := range links {
				if l.State != state.LinkDown {
					continue
				}
				pause := s.starts[min(down+1, len(s.starts)-1)].Sub(s.starts[down])
				if down == 0 {
					first[pause] = true
				}
				top := tops[min(down, len(tops)-1)] * time.Second
				if pause > top+time.Millisecond {
					t.Errorf("pause %d is %v, want at most %v", down+1, pause, top)
				}
				if down++; l.Attempt != down+1 || l.Code != "refused" || l.Reason == "" {
					t.Errorf("after failure %d: %+v", down, l)
				}
				if i+1 < len(links) && (links[i+1].State != state.LinkDialing || links[i+1].Attempt != l.Attempt) {
					t.Errorf("LinkDown for attempt %d is followed by %+v", l.Attempt, links[i+1])
				}
				longest = max(longest, pause)
			}
			if len(s.starts) < 60 || len(s.starts) > 300 || longest < 50*time.Second {
				t.Errorf("%d attempts in an hour, longest pause %v; want about two a minute, up to a minute apart", len(s.starts), longest)
			}
		})
	}
	if len(first) < 5 {
		t.Errorf("ten first pauses had %d different lengths: they are to be random", len(first))
	}
}

func TestNextTryIsTheTimeOfTheNextTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{attempt: never}
		n := 0
		for _, l := range keep(t, s, 10*time.Minute).links() {
			if l.State == state.LinkDown {
				if n++; n < len(s.starts) && !s.starts[n].Equal(l.NextTry) {
					t.Errorf("attempt %d came at %v, announced for %v", n+1, s.starts[n], l.NextTry)
				}
			}
		}
	})
}

func TestOnlyAStableLinkStartsTheLadderAnew(t *testing.T) {
	attempts := func(t *testing.T, lived time.Duration) (n int) {
		synctest.Test(t, func(t *testing.T) {
			s := &script{attempt: up(lived)}
			for _, l := range keep(t, s, 4*time.Hour).links() {
				if l.State == state.LinkDown && l.Attempt != 1 {
					t.Errorf("after a loss the next attempt is number %d, want 1", l.Attempt)
				}
			}
			n = len(s.starts)
		})
		return n
	}
	// 59 s up and about 30 s down, against 60 s up and half a second down.
	if n := attempts(t, 59*time.Second); n > 190 {
		t.Errorf("a link that flaps after 59 s was made %d times in 4 hours: the ladder started anew", n)
	}
	if n := attempts(t, 60*time.Second); n < 230 {
		t.Errorf("a link that holds 60 s was made %d times in 4 hours: the ladder did not start anew", n)
	}
}

func TestARefusalHasItsOwnPause(t *testing.T) {
	rows := []struct {
		name string
		err  error
		want time.Duration
	}{
		{"wait", &feed.Refusal{Code: "a", Reason: "b", Wait: 7 * time.Second}, 7 * time.Second},
		{"wait wins over permanent", &feed.Refusal{Code: "a", Reason: "b", Wait: 7 * time.Second, Permanent: true}, 7 * time.Second},
		{"permanent", &feed.Refusal{Code: "a", Reason: "b", Permanent: true}, 5 * time.Minute},
		{"wrapped", fmt.Errorf("while dialling: %w", &feed.Refusal{Code: "a", Reason: "b", Wait: 7 * time.Second}), 7 * time.Second},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{attempt: func(int, context.Context, feed.Sink) error { return row.err }}
				links := keep(t, s, 20*time.Minute).links()
				if got := s.starts[1].Sub(s.starts[0]); got != row.want {
					t.Errorf("waited %v, want %v", got, row.want)
				}
				if links[1].Code != "a" || links[1].Reason != "b" {
					t.Errorf("told %+v", links[1])
				}
			})
		})
	}
}

func TestAnErrorWithoutRefusalIsToldWithoutItsText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{attempt: func(n int, _ context.Context, _ feed.Sink) error {
			if n == 1 {
				return nil
			}
			return errors.New("dial wss://pbx/canary-secret")
		}}
		for _, l := range keep(t, s, time.Minute).links() {
			if l.State == state.LinkDown && (l.Code != "lost" || strings.Contains(l.Reason, "canary")) {
				t.Errorf("told %+v", l)
			}
		}
	})
}

func TestEndsWithItsContext(t *testing.T) {
	for name, attempt := range map[string]func(int, context.Context, feed.Sink) error{"while pausing": never, "while connected": up(time.Hour)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{attempt: attempt}
				begin := time.Now()
				links := keep(t, s, 90*time.Second).links()
				if took := time.Since(begin); took != 90*time.Second {
					t.Errorf("ended after %v, want at once when the context ends", took)
				}
				if s.left != 1 || s.leftTime != feed.LeaveTime {
					t.Errorf("Leave was called %d times with %v, want once with %v", s.left, s.leftTime, feed.LeaveTime)
				}
				if last := links[len(links)-1]; name == "while connected" && last.State != state.LinkUp {
					t.Errorf("stopping told %+v: it is no fault of the link", last)
				}
			})
		})
	}
}

// A bubble of fake time knows no monotonic clock, so this looks outside of one.
func TestTimesKeepTheirMonotonicReading(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	told := &inputs{}
	s := &script{attempt: func(int, context.Context, feed.Sink) error { stop(); return errors.New("enough") }}
	feed.Keep(ctx, s, told, nil)
	if len(told.all) == 0 {
		t.Fatal("nothing was told")
	}
	for _, in := range told.all {
		if in.At == in.At.Round(0) {
			t.Errorf("%v has no monotonic reading: when somebody sets the machine's clock, the link's times would jump with it", in.At)
		}
	}
}
