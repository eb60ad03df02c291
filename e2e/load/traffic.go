package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"callboard/e2e/scripted"
)

// maxMarks bounds the calls of one run.
const maxMarks = 1 << 20

// A traffic makes the PBX talk. The caller's number of every call is a mark
// that viewers find in what they read; its stamp is when the event was said.
type traffic struct {
	pbx    *scripted.PBX
	next   int // number of the next mark
	live   []scripted.Call
	stamps [maxMarks]atomic.Int64 // UnixNano by mark; 0 is not measured
}

// mark is what a viewer looks for: letters, so that no page formats it as a
// number.
const markPrefix = "mk"

func mark(n int) string { return fmt.Sprintf(markPrefix+"%08d", n) }

// ring puts up a new call, stamped if it is to be measured.
func (t *traffic) ring(measured bool) error {
	n := t.next
	if n >= maxMarks {
		return errors.New("too many calls for one run")
	}
	t.next++
	c := scripted.Call{
		ID: fmt.Sprintf("SIP/load-%08x", n), Line: "1601", Date: time.Now(),
		Caller: scripted.Party{Number: mark(n), Flow: fmt.Sprintf("c-%d", n)},
		Callee: scripted.Party{User: fmt.Sprint(1000 + n%500), Number: fmt.Sprint(200 + n%500), Flow: fmt.Sprintf("a-%d", n)},
	}
	t.live = append(t.live, c)
	if measured {
		t.stamps[n].Store(time.Now().UnixNano())
	}
	t.pbx.Ring(c)
	return nil
}

// fill waits for the board and puts up the standing calls.
func (t *traffic) fill(ctx context.Context, calls int) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for {
		n, changed := t.pbx.Subscribed()
		if n > 0 {
			break
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return errors.New("the board did not subscribe")
		}
	}
	for range calls {
		if err := t.ring(false); err != nil {
			return err
		}
		t.pbx.Answer(t.live[len(t.live)-1])
	}
	return nil
}

// single says one event at a time, with quiet moments between.
func (t *traffic) single(ctx context.Context, times int) error {
	for range times {
		select {
		case <-time.After(1100 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := t.ring(true); err != nil {
			return err
		}
	}
	return wait(ctx, time.Second)
}

// run keeps the rate for a while with as many calls up as there are now, and
// returns the highest memory that resident told.
func (t *traffic) run(ctx context.Context, rate int, length time.Duration, resident func() (int64, error)) (most int64, err error) {
	beat := time.NewTicker(time.Second / time.Duration(rate))
	defer beat.Stop()
	end := time.After(length)
	var ringing []scripted.Call
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return most, ctx.Err()
		case <-end:
			return most, wait(ctx, time.Second) // what was said last arrives
		case <-beat.C:
		}
		switch i % 3 {
		case 0:
			err = t.ring(true)
			ringing = append(ringing, t.live[len(t.live)-1])
		case 1:
			t.pbx.Answer(ringing[0])
			ringing = ringing[1:]
		case 2:
			t.pbx.HangUp(t.live[0])
			t.live = t.live[1:]
		}
		if err == nil && i%rate == 0 {
			var now int64
			now, err = resident()
			most = max(most, now)
		}
		if err != nil {
			return most, err
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
