package hub

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// A watchdog's question is answered by a board that turns, not by one whose
// loop or painter is stuck, and no more by one that ended.
func TestPing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		ask := func() <-chan struct{} {
			answered := make(chan struct{})
			go func() { h.Ping(); close(answered) }()
			return answered
		}
		answers := func(c <-chan struct{}) bool {
			select {
			case <-c:
				return true
			case <-time.After(time.Minute):
				return false
			}
		}
		early := ask()
		if answers(early) {
			t.Error("a board that does not run answered")
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.Run(ctx) }()
		if !answers(early) || !answers(ask()) {
			t.Error("a board that runs did not answer")
		}
		cancel()
		<-ended
		if !answers(ask()) {
			t.Error("whoever asks a board that ended waits for ever")
		}
	})
}
