package app

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/history"
	"callboard/internal/rules"
)

// Alarms reach the history in the order in which they were told, also those
// told while it could not be written; what stood when the process ended is
// known to the next one under the same key.
func TestAlarmsReachTheHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var disk sync.Mutex // guards what follows
		var kept []history.Alarm
		full := false
		fill := func(is bool) {
			disk.Lock()
			defer disk.Unlock()
			full = is
		}
		has := func() []history.Alarm {
			disk.Lock()
			defer disk.Unlock()
			return slices.Clone(kept)
		}
		b := newAlarmbook(func(_ context.Context, batch history.Batch) error {
			disk.Lock()
			defer disk.Unlock()
			if full {
				return errors.New("no space left")
			}
			kept = append(kept, batch.Alarms...)
			return nil
		}, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { b.run(ctx); close(done) }()

		start := time.Now()
		ring := rules.Episode{Kind: rules.RingingLong, Call: 7, From: start, Value: 30, Limit: 30}
		b.note(ring)
		synctest.Wait()
		if len(has()) != 1 {
			t.Fatalf("kept %v", has())
		}
		fill(true)
		over := ring
		over.To = start.Add(time.Minute)
		many := rules.Episode{Kind: rules.ManyWaiting, From: start.Add(time.Minute), Value: 6, Limit: 4}
		b.note(over)
		b.note(many)
		synctest.Wait()
		if len(has()) != 1 {
			t.Fatalf("kept %v while nothing could be written", has())
		}
		fill(false)
		time.Sleep(2 * alarmRetry)
		synctest.Wait()
		want := []history.Alarm{
			{Key: ring.ID(), Kind: "ringing", Call: 7, From: start, Value: 30, Limit: 30},
			{Key: ring.ID(), Kind: "ringing", Call: 7, From: start, To: start.Add(time.Minute), Value: 30, Limit: 30},
			{Key: many.ID(), Kind: "waiting", From: start.Add(time.Minute), Value: 6, Limit: 4},
		}
		if diff := cmp.Diff(want, has()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]rules.Episode{many}, standing(has()[1:])); diff != "" {
			t.Errorf("standing at the next start: %s", diff)
		}
		b.note(ring)
		stop()
		<-done
		if len(has()) != 4 {
			t.Errorf("the last word before the end was lost: %v", has()[3:])
		}
	})
}
