package app

import (
	"context"
	"errors"
	"log/slog"
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
		var kept []history.Alarm
		full := false
		b := newAlarmbook(func(_ context.Context, batch history.Batch) error {
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
		if len(kept) != 1 {
			t.Fatalf("kept %v", kept)
		}
		full = true
		over := ring
		over.To = start.Add(time.Minute)
		many := rules.Episode{Kind: rules.ManyWaiting, From: start.Add(time.Minute), Value: 6, Limit: 4}
		b.note(over)
		b.note(many)
		synctest.Wait()
		if len(kept) != 1 {
			t.Fatalf("kept %v while nothing could be written", kept)
		}
		full = false
		time.Sleep(2 * alarmRetry)
		synctest.Wait()
		want := []history.Alarm{
			{Key: ring.ID(), Kind: "ringing", Call: 7, From: start, Value: 30, Limit: 30},
			{Key: ring.ID(), Kind: "ringing", Call: 7, From: start, To: start.Add(time.Minute), Value: 30, Limit: 30},
			{Key: many.ID(), Kind: "waiting", From: start.Add(time.Minute), Value: 6, Limit: 4},
		}
		if diff := cmp.Diff(want, kept); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]rules.Episode{many}, standing(kept[1:])); diff != "" {
			t.Errorf("standing at the next start: %s", diff)
		}
		b.note(ring)
		stop()
		<-done
		if len(kept) != 4 {
			t.Errorf("the last word before the end was lost: %v", kept[3:])
		}
	})
}
