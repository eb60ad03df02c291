package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"callboard/internal/history"
	"callboard/internal/rules"
)

// An alarmbook writes the alarms that the live board raises and ends into the
// history. The board never waits for it: what cannot be written now waits in
// memory. Safe for concurrent use.
type alarmbook struct {
	put func(context.Context, history.Batch) error
	log *slog.Logger

	news chan struct{} // one token
	mu   sync.Mutex
	wait []history.Alarm
}

const (
	// alarmsWaiting bounds what waits: about a day of a board that raises one
	// alarm every ten seconds.
	alarmsWaiting = 10_000
	// alarmRetry is the pause after a write that failed.
	alarmRetry = 5 * time.Second
)

func newAlarmbook(put func(context.Context, history.Batch) error, log *slog.Logger) *alarmbook {
	return &alarmbook{put: put, log: log, news: make(chan struct{}, 1)}
}

// note takes an alarm down. It does not block.
func (b *alarmbook) note(e rules.Episode) {
	b.mu.Lock()
	if len(b.wait) < alarmsWaiting {
		b.wait = append(b.wait, alarmOf(e))
	}
	b.mu.Unlock()
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// run writes what is noted until ctx ends; then it tries once more.
func (b *alarmbook) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			b.flush(last)
			return
		case <-b.news:
		}
		for failed := b.flush(ctx); failed; failed = b.flush(ctx) {
			pause := time.NewTimer(alarmRetry)
			select {
			case <-ctx.Done():
			case <-pause.C:
			}
			pause.Stop()
			if ctx.Err() != nil {
				break
			}
		}
	}
}

// flush writes what waits and reports that it could not.
func (b *alarmbook) flush(ctx context.Context) (failed bool) {
	b.mu.Lock()
	todo := b.wait
	b.mu.Unlock()
	if len(todo) == 0 {
		return false
	}
	if err := b.put(ctx, history.Batch{Alarms: todo}); err != nil {
		b.log.Warn("alarms were not written into the history, they wait", "waiting", len(todo), "error", err)
		return true
	}
	b.mu.Lock()
	b.wait = append([]history.Alarm(nil), b.wait[len(todo):]...)
	b.mu.Unlock()
	return false
}

// alarmOf is the line of the ledger for an alarm.
func alarmOf(e rules.Episode) history.Alarm {
	return history.Alarm{Key: e.ID(), Kind: string(e.Kind), Call: e.Call, From: e.From, To: e.To, Value: e.Value, Limit: e.Limit}
}

// standing are the alarms of the whole board and of calls that had not ended
// when the last process did.
func standing(alarms []history.Alarm) (up []rules.Episode) {
	for _, a := range alarms {
		if a.To.IsZero() && a.Scope == "" {
			up = append(up, rules.Episode{Kind: rules.Kind(a.Kind), Call: a.Call, From: a.From, Value: a.Value, Limit: a.Limit})
		}
	}
	return up
}
