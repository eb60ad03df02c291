package web

import (
	"context"
	"errors"
	"net/http"
	"time"

	"callboard/internal/access"
)

// A right may end while an answer to it is under way: somebody is signed out,
// gets another role, sees hidden numbers for a quarter of an hour. Streams say so
// and end; a file breaks off.

// endGrace is how long an answer may still take when its right has ended, to
// say so to a browser that reads. Together with what access needs to notice it
// stays below the five seconds that are promised.
const endGrace = 2 * time.Second

// over reports that the right behind an answer ended, for another reason than
// the end of its request.
func over(held context.Context) bool { return errors.Is(context.Cause(held), access.ErrEnded) }

// mortal is a request that ends soon after the right that is held: a browser
// that does not read is cut then. stop frees what that takes.
func (s *site) mortal(r *http.Request, held context.Context) (_ *http.Request, stop func()) {
	ctx, cut := context.WithCancelCause(r.Context())
	undo := context.AfterFunc(held, func() {
		if !over(held) {
			return
		}
		grace := time.NewTimer(endGrace)
		defer grace.Stop()
		select {
		case <-grace.C:
			cut(access.ErrEnded)
		case <-ctx.Done():
		}
	})
	return r.WithContext(ctx), func() {
		undo()
		cut(nil)
	}
}

// breakable runs a handler that writes a file. Should the right end meanwhile,
// the file breaks off, so that half of it does not look whole.
func (s *site) breakable(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		held, release := s.hold(r)
		defer release()
		woken := make(chan struct{})
		undo := context.AfterFunc(held, func() {
			defer close(woken)
			if over(held) {
				// An error means that the writer knows no deadlines, as in a test.
				_ = http.NewResponseController(w).SetWriteDeadline(time.Now())
			}
		})
		defer func() {
			if !undo() {
				<-woken // must not touch the connection after the handler
			}
			if over(held) {
				panic(http.ErrAbortHandler)
			}
		}()
		return h(w, r.WithContext(held))
	}
}
