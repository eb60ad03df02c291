// Package logtest is the suite that every [eventlog.Log] must pass, whatever
// stands behind it. What a log cannot do (forget its store, meet an outage) is
// left out of its [Harness].
package logtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/eventlog"
	"callboard/internal/state"
)

// A Harness is an empty log and what can be done to it from outside.
type Harness struct {
	Log eventlog.Log
	// Settle returns when all that was appended is stored and memory holds as
	// little as it ever does. Nil means at once.
	Settle func()
	// Reopen closes the log and opens it again on the same store; nil if it
	// has none.
	Reopen func() eventlog.Log
	// Lose closes the log, destroys its store and opens it again; nil if it
	// has none.
	Lose func() eventlog.Log
	// Outage makes the store take nothing until end is called; nil if that
	// cannot be.
	Outage func() (end func())
}

func (h Harness) settle() {
	if h.Settle != nil {
		h.Settle()
	}
}

// start is the time of the first entry of every case.
var start = time.Date(2026, 11, 22, 9, 0, 0, 123456789, time.UTC)

// Run runs all cases; open gives each a log of its own, closed by the test's
// clean-up.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, Harness)
	}{
		{"sequence rises by one", sequence},
		{"repeat dropped", repeat},
		{"late follower equals early follower", late},
		{"every kind of fact", kinds},
		{"follower over the boundary of memory and store", boundary},
		{"clock set back", clockBack},
		{"many append at once", concurrent},
		{"reopen keeps sequence, epoch and repeats", reopen},
		{"lost store is another epoch", lose},
		{"append during an outage keeps order", outage},
		{"cancelled follower is gone", cancelled},
		{"follower that fails", failing},
		{"after what never was", beyond},
		{"closed", closed},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
	}
}

// entry is the i-th of a case: one a second.
func entry(i int) eventlog.Entry {
	return eventlog.Entry{
		At: start.Add(time.Duration(i) * time.Second),
		ID: fmt.Sprintf("id-%d", i),
		Fact: state.Event{
			Type: state.EventTypes[i%len(state.EventTypes)], CallID: fmt.Sprintf("SIP/trunk1-%08x", i), Date: start.Add(time.Duration(i) * time.Second).Truncate(time.Second),
			Caller: state.Party{FlowID: fmt.Sprintf("2026-11-22-10:00:00-%08x", i), Number: fmt.Sprintf("+3120555%04d", i%10000)},
			Callee: state.Party{User: "501", Number: "201"},
		},
	}
}

func appendN(t *testing.T, l eventlog.Log, from, n int) {
	t.Helper()
	for i := from; i < from+n; i++ {
		if _, err := l.Append(t.Context(), entry(i)); err != nil {
			t.Fatalf("append entry %d: %v", i, err)
		}
	}
}

var errEnough = errors.New("enough")

// follow collects n entries after one, and fails when they do not come.
func follow(t *testing.T, l eventlog.Log, after uint64, n int) []eventlog.Entry {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var got []eventlog.Entry
	if n == 0 {
		return nil
	}
	err := l.Follow(ctx, after, func(e eventlog.Entry) error {
		if got = append(got, e); len(got) == n {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("following from %d on: %v after %d of %d entries", after, err, len(got), n)
	}
	return got
}

// is checks entries from the i-th on, with sequences that rise by one from first.
func is(t *testing.T, got []eventlog.Entry, first uint64, i int) {
	t.Helper()
	for k, e := range got {
		want := entry(i + k)
		want.Seq = first + uint64(k)
		if diff := cmp.Diff(want, e); diff != "" {
			t.Fatalf("entry %d (-appended +followed):\n%s", i+k, diff)
		}
	}
}

func bounds(t *testing.T, l eventlog.Log) eventlog.Bounds {
	t.Helper()
	b, err := l.Bounds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sequence(t *testing.T, h Harness) {
	b := bounds(t, h.Log)
	if b.Epoch == "" || b.First != 0 || b.Last != 0 {
		t.Errorf("an empty log has bounds %+v", b)
	}
	for i := range 5 {
		last, err := h.Log.Append(t.Context(), entry(2*i), entry(2*i+1))
		if want := uint64(2*i + 2); err != nil || last != want {
			t.Fatalf("append returns %d, %v; want %d", last, err, want)
		}
	}
	if got := bounds(t, h.Log); got != (eventlog.Bounds{Epoch: b.Epoch, First: 1, Last: 10}) {
		t.Errorf("after ten entries bounds are %+v", got)
	}
	is(t, follow(t, h.Log, 0, 10), 1, 0)
	is(t, follow(t, h.Log, 7, 3), 8, 7)
}

func repeat(t *testing.T, h Harness) {
	tell := func(id string, after time.Duration) uint64 {
		last, err := h.Log.Append(t.Context(), eventlog.Entry{ID: id, At: start.Add(after), Fact: state.Tick{}})
		if err != nil {
			t.Fatal(err)
		}
		return last
	}
	for _, c := range []struct {
		id    string
		after time.Duration
		want  uint64
	}{
		{"a", 0, 1},
		{"a", time.Second, 1},
		{"b", time.Second, 2},
		{"a", 2 * time.Minute, 2},
		{"", 2 * time.Minute, 3}, // no id is never a repeat
		{"", 2 * time.Minute, 4},
		{"a", 2*time.Minute + time.Second, 5}, // counted from the one that was taken
		{"a", 3 * time.Minute, 5},
		{"b", 2*time.Minute + 30*time.Second, 6}, // the clock went back a little
		{"b", 2 * time.Minute, 6},
	} {
		if got := tell(c.id, c.after); got != c.want {
			t.Errorf("%q after %v is entry %d, want %d", c.id, c.after, got, c.want)
		}
	}
	last, err := h.Log.Append(t.Context(), eventlog.Entry{ID: "x", At: start.Add(time.Hour)}, eventlog.Entry{ID: "x", At: start.Add(time.Hour)}, eventlog.Entry{ID: "y", At: start.Add(time.Hour)})
	if err != nil || last != 8 {
		t.Errorf("a repeat among three appended at once: last is %d, %v; want 8", last, err)
	}
}

func late(t *testing.T, h Harness) {
	const n = 700
	early := make(chan []eventlog.Entry, 1)
	go func() {
		var got []eventlog.Entry
		_ = h.Log.Follow(t.Context(), 0, func(e eventlog.Entry) error {
			if got = append(got, e); len(got) == n {
				return errEnough
			}
			return nil
		})
		early <- got
	}()
	appendN(t, h.Log, 0, n)
	first := <-early
	h.settle()
	second := follow(t, h.Log, 0, n)
	is(t, first, 1, 0)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("who follows late is told otherwise (-early +late):\n%s", diff)
	}
}

// kinds sends every kind of fact through memory and store.
func kinds(t *testing.T, h Harness) {
	facts := []state.Fact{
		state.Event{Type: state.Missed, CallID: "x/1", Duration: -1, Callee: state.Party{Name: "Zoë"}},
		state.Snapshot{RequestedAt: start, Channels: []state.Channel{{CallID: "x/1", Up: true, Role: state.RoleCallee, Created: start}, {}}},
		state.Snapshot{}, state.SnapshotFailed{},
		state.Link{State: state.LinkDown, Code: "refused", Reason: "no", Attempt: 3, NextTry: start.Add(time.Minute)},
		state.Proof{RoundTrip: 17 * time.Millisecond},
		state.Name{Kind: state.NameUser, OID: "501", Text: "Anna", Number: "201"},
		state.Oddity{Kind: state.MalformedMessage, Sample: "{#"},
		state.Dismissal{Seq: 42},
		state.Presence{ID: "1", Name: "Anna", Status: "available", Gone: true},
		state.PresenceList{Entries: []state.Presence{{ID: "2"}, {Name: "B"}}}, state.PresenceList{},
		state.Word{Entry: 7, Kind: state.WordNote, By: "Anna", Text: "called"},
		state.Tick{Code: 1<<63 + 5}, state.ClockSet{By: -time.Hour}, state.Forget{Number: "+31205550101"},
		state.ForgetColleague{User: "501", Number: "201", Address: "7001", Name: "Anna", As: state.Pseudonym("abcde")}, state.Numbering{Next: 9},
	}
	for _, f := range facts {
		if _, err := h.Log.Append(t.Context(), eventlog.Entry{At: start, Fact: f}); err != nil {
			t.Fatal(err)
		}
	}
	for _, when := range []string{"at once", "from the store"} {
		for i, e := range follow(t, h.Log, 0, len(facts)) {
			if diff := cmp.Diff(facts[i], e.Fact); diff != "" {
				t.Errorf("%T %s (-appended +followed):\n%s", facts[i], when, diff)
			}
		}
		h.settle()
	}
}

// boundary follows while entries move from memory to the store under the
// follower, from every distance behind.
func boundary(t *testing.T, h Harness) {
	const n = 3000
	done := make(chan []eventlog.Entry)
	for _, pause := range []int{0, 97, 499} {
		go func() {
			var got []eventlog.Entry
			_ = h.Log.Follow(t.Context(), 0, func(e eventlog.Entry) error {
				if got = append(got, e); pause > 0 && len(got)%pause == 0 {
					time.Sleep(5 * time.Millisecond)
				}
				if len(got) == n {
					return errEnough
				}
				return nil
			})
			done <- got
		}()
	}
	for i := range n {
		appendN(t, h.Log, i, 1)
		if i%250 == 0 {
			time.Sleep(30 * time.Millisecond)
		}
	}
	for range 3 {
		got := <-done
		if len(got) != n {
			t.Errorf("a follower got %d of %d entries", len(got), n)
		}
		is(t, got, 1, 0)
	}
	h.settle()
	for _, after := range []uint64{0, 1, 255, 256, 1500, n - 1} {
		is(t, follow(t, h.Log, after, n-int(after)), after+1, int(after))
	}
}

func clockBack(t *testing.T, h Harness) {
	times := []time.Duration{0, time.Second, -time.Hour, -time.Hour + time.Second, 2 * time.Second}
	for _, d := range times {
		if _, err := h.Log.Append(t.Context(), eventlog.Entry{At: start.Add(d), Fact: state.Tick{}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, when := range []string{"at once", "from the store"} {
		for i, e := range follow(t, h.Log, 0, len(times)) {
			if want := start.Add(times[i]); !e.At.Equal(want) || e.Seq != uint64(i+1) {
				t.Errorf("%s, entry %d is %d of %v, want %v: order is of arrival, times are the entries' own", when, i+1, e.Seq, e.At, want)
			}
		}
		h.settle()
	}
}

func concurrent(t *testing.T, h Harness) {
	const each = 200
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			before := uint64(0)
			for i := range each {
				last, err := h.Log.Append(t.Context(), eventlog.Entry{At: start.Add(time.Duration(i)), Fact: state.Dismissal{Seq: uint64(w*each + i)}})
				if err != nil || last <= before {
					t.Errorf("append returns %d after %d: %v", last, before, err)
				}
				before = last
			}
		})
	}
	got := follow(t, h.Log, 0, 4*each)
	wg.Wait()
	next := [4]uint64{}
	for i, e := range got {
		n := e.Fact.(state.Dismissal).Seq
		if w := n / each; e.Seq != uint64(i+1) || n%each != next[w] {
			t.Fatalf("entry %d is number %d of writer %d, want number %d", e.Seq, n%each, w, next[w])
		}
		next[n/each]++
	}
}

func reopen(t *testing.T, h Harness) {
	if h.Reopen == nil {
		t.Skip("this log has no store")
	}
	appendN(t, h.Log, 0, 300)
	before := bounds(t, h.Log)
	l := h.Reopen()
	if after := bounds(t, l); after != before {
		t.Errorf("bounds were %+v, opened again %+v", before, after)
	}
	is(t, follow(t, l, 0, 300), 1, 0)
	if last, err := l.Append(t.Context(), entry(299)); err != nil || last != 300 {
		t.Errorf("a repeat of what was appended before closing is entry %d, %v; want 300, dropped", last, err)
	}
	if last, err := l.Append(t.Context(), entry(300)); err != nil || last != 301 {
		t.Errorf("the first entry after reopening is %d, %v; want 301", last, err)
	}
	is(t, follow(t, l, 298, 3), 299, 298)
}

func lose(t *testing.T, h Harness) {
	if h.Lose == nil {
		t.Skip("this log has no store")
	}
	appendN(t, h.Log, 0, 10)
	before := bounds(t, h.Log)
	l := h.Lose()
	after := bounds(t, l)
	if after.Epoch == before.Epoch || after.Epoch == "" || after.Last != 0 {
		t.Errorf("a lost store has bounds %+v, before %+v; want another epoch and nothing", after, before)
	}
	if err := l.Follow(t.Context(), before.Last, func(eventlog.Entry) error { return errEnough }); !isLost(err, 1) {
		t.Errorf("following on where the lost store ended: %v; want a LostError", err)
	}
	appendN(t, l, 0, 3)
	is(t, follow(t, l, 0, 3), 1, 0)
}

func isLost(err error, first uint64) bool {
	lost, ok := errors.AsType[*eventlog.LostError](err)
	return ok && lost.First == first
}

func outage(t *testing.T, h Harness) {
	if h.Outage == nil {
		t.Skip("the store of this log cannot fail")
	}
	appendN(t, h.Log, 0, 50)
	end := h.Outage()
	followed := make(chan []eventlog.Entry, 1)
	go func() {
		var got []eventlog.Entry
		_ = h.Log.Follow(t.Context(), 0, func(e eventlog.Entry) error {
			if got = append(got, e); len(got) == 1050 {
				return errEnough
			}
			return nil
		})
		followed <- got
	}()
	began := time.Now()
	appendN(t, h.Log, 50, 1000)
	if took := time.Since(began); took > time.Second {
		t.Errorf("appending 1000 entries during an outage took %v", took)
	}
	select {
	case got := <-followed: // the screen does not wait for the disk
		is(t, got, 1, 0)
	case <-time.After(10 * time.Second):
		t.Error("a follower waits for the outage to end")
	}
	end()
	h.settle()
	is(t, follow(t, h.Log, 0, 1050), 1, 0)
	if h.Reopen != nil {
		is(t, follow(t, h.Reopen(), 0, 1050), 1, 0)
	}
}

func cancelled(t *testing.T, h Harness) {
	appendN(t, h.Log, 0, 5)
	for range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		ready, gone := make(chan struct{}), make(chan error, 1)
		go func() {
			gone <- h.Log.Follow(ctx, 0, func(e eventlog.Entry) error {
				if e.Seq == 5 {
					close(ready)
				}
				return nil
			})
		}()
		<-ready
		began := time.Now()
		cancel()
		select {
		case err := <-gone:
			if took := time.Since(began); took > 100*time.Millisecond || !errors.Is(err, context.Canceled) {
				t.Errorf("a cancelled follower is gone after %v with %v", took, err)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("a cancelled follower goes on")
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.Log.Follow(ctx, 0, func(eventlog.Entry) error { t.Error("called"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("following with a context that has ended: %v", err)
	}
	if _, err := h.Log.Append(ctx, entry(5)); !errors.Is(err, context.Canceled) {
		t.Errorf("appending with a context that has ended: %v", err)
	}
}

func failing(t *testing.T, h Harness) {
	appendN(t, h.Log, 0, 10)
	n := 0
	err := h.Log.Follow(t.Context(), 2, func(e eventlog.Entry) error {
		if n++; n == 3 {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) || n != 3 {
		t.Errorf("a follower that fails at its third entry was called %d times: %v", n, err)
	}
}

func beyond(t *testing.T, h Harness) {
	never := func(eventlog.Entry) error { t.Error("told of an entry"); return errEnough }
	appendN(t, h.Log, 0, 3)
	if err := h.Log.Follow(t.Context(), 500, never); !isLost(err, 4) {
		t.Errorf("following entry 500 of 3: %v; want a LostError that names 4", err)
	}
}

func closed(t *testing.T, h Harness) {
	appendN(t, h.Log, 0, 3)
	gone := make(chan error, 1)
	reached := make(chan struct{})
	go func() {
		gone <- h.Log.Follow(t.Context(), 0, func(e eventlog.Entry) error {
			if e.Seq == 3 {
				close(reached)
			}
			return nil
		})
	}()
	<-reached
	if err := h.Log.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-gone; !errors.Is(err, eventlog.ErrClosed) {
		t.Errorf("a follower of a log that is closed: %v", err)
	}
	if _, err := h.Log.Append(t.Context(), entry(3)); !errors.Is(err, eventlog.ErrClosed) {
		t.Errorf("appending to a closed log: %v", err)
	}
	if _, err := h.Log.Bounds(t.Context()); !errors.Is(err, eventlog.ErrClosed) {
		t.Errorf("bounds of a closed log: %v", err)
	}
	if err := h.Log.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}
