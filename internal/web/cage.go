package web

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/r3labs/sse/v2"

	"callboard/internal/hub"
)

// WriteDeadline is how long one chunk of a stream may take to leave. A viewer
// that takes longer is cut; one that is slow but reads goes on.
const WriteDeadline = 5 * time.Second

// chunk is how much is written under one deadline. One deadline for a whole
// backlog would cut a slow viewer that is alive.
const chunk = 16 << 10

// errSlow ends a stream whose viewer does not read.
var errSlow = errors.New("viewer did not read in time")

// A source gives the events that a viewer has not seen, in order, and waits
// while there are none. io.EOF ends the stream in order.
type source func(context.Context) ([]hub.Event, error)

// A streamer carries events to one viewer until its source or its request
// ends. The error is nil after an orderly end, errSlow for a viewer that was
// cut, the cause of the request's context if that ended first, else the
// source's.
type streamer interface {
	Serve(w http.ResponseWriter, r *http.Request, from source) error
}

// cage is the streamer built on r3labs/sse, which knows no deadlines, blocks
// all subscribers of a stream on the slowest, and leaks when streams are
// removed in the wrong order. So each viewer has a stream of its own with one
// event in flight, and the order of the end is fixed: context, pump, stream.
type cage struct{ server *sse.Server }

func newCage() *cage {
	s := sse.New()
	s.AutoReplay = false // would keep every event for ever
	s.AutoStream = false // would let callers create streams
	s.SplitData = true
	s.EncodeBase64 = false
	s.EventTTL = 0 // without replay it drops everything
	s.BufferSize = 1
	s.Headers = map[string]string{
		"Cache-Control":     "no-store, no-transform",
		"X-Accel-Buffering": "no",
	}
	return &cage{server: s}
}

func (c *cage) Serve(w http.ResponseWriter, r *http.Request, from source) error {
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	name := rand.Text()
	out := &viewerWriter{
		ResponseWriter: w,
		ctl:            http.NewResponseController(w),
		request:        r.Context(),
		cancel:         cancel,
		flushed:        make(chan struct{}, 1),
		closes:         r.ProtoMajor == 1,
	}
	linger(r, false)
	// When the request ends, a write under way must end too.
	woken := make(chan struct{})
	stop := context.AfterFunc(r.Context(), func() {
		defer close(woken)
		out.ctl.SetWriteDeadline(time.Now())
	})
	defer func() {
		if !stop() {
			<-woken // must not touch the connection after the handler
		}
	}()

	inner := r.Clone(ctx)
	inner.URL = &url.URL{Path: r.URL.Path, RawQuery: "stream=" + name}
	inner.Header.Del("Last-Event-ID") // the library answers 400 to ours
	c.server.CreateStream(name)
	pumped := make(chan error, 1)
	go func() {
		err := c.pump(ctx, name, out.flushed, from)
		pumped <- err
		cancel(err)
	}()
	c.server.ServeHTTP(out, inner)
	cancel(nil)
	err := <-pumped
	c.server.RemoveStream(name)

	switch {
	case out.err != nil && out.slow:
		return errSlow
	case r.Context().Err() != nil:
		return context.Cause(r.Context())
	case out.err != nil:
		return out.err
	case errors.Is(err, io.EOF):
		linger(r, true)
		return nil
	}
	return err
}

// pump publishes one event at a time. The first flush means that the library
// has registered its subscriber; each later one that an event has left.
func (c *cage) pump(ctx context.Context, name string, flushed <-chan struct{}, from source) error {
	wait := func() error {
		select {
		case <-flushed:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	if err := wait(); err != nil {
		return err
	}
	first := true
	for {
		events, err := from(ctx)
		for _, e := range events {
			data := line(e.Data)
			if len(data) == 0 {
				continue // an event without data would end the stream
			}
			out := &sse.Event{ID: []byte(word(e.ID)), Event: []byte(word(e.Name)), Data: data}
			if first { // only ever together with data
				out.Retry, first = []byte("2000"), false
			}
			c.server.Publish(name, out)
			if err := wait(); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
}

// line returns data without CR, which ends a line of the stream like LF does
// but which the library does not split at.
func line(data []byte) []byte {
	for i, b := range data {
		if b == '\r' {
			out := append([]byte(nil), data[:i]...)
			for _, b := range data[i:] {
				if b != '\r' {
					out = append(out, b)
				}
			}
			return out
		}
	}
	return data
}

// word keeps ids and names of events on their line.
func word(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, s)
}

// viewerWriter is what the library writes to: each chunk under a deadline of
// its own, and after the first error nothing but haste. Used by one goroutine.
type viewerWriter struct {
	http.ResponseWriter
	ctl     *http.ResponseController
	request context.Context
	cancel  context.CancelCauseFunc
	flushed chan struct{} // one event has left
	closes  bool          // the connection ends with the stream
	err     error         // the first one
	slow    bool          // err is a deadline of ours
}

func (w *viewerWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader corrects what the library says of the connection. Over HTTP/1.1
// it carries one stream and goes with it; over HTTP/2 it carries others.
func (w *viewerWriter) WriteHeader(status int) {
	if w.closes {
		w.Header().Set("Connection", "close")
	} else {
		w.Header().Del("Connection")
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *viewerWriter) Write(p []byte) (int, error) {
	all := len(p)
	for len(p) > 0 && w.err == nil {
		n := min(chunk, len(p))
		w.timed(func() error { _, err := w.ResponseWriter.Write(p[:n]); return err })
		p = p[n:]
	}
	return all, nil // the library does not look
}

func (w *viewerWriter) Flush() {
	w.timed(w.ctl.Flush)
	if w.err != nil {
		return
	}
	w.ctl.SetWriteDeadline(time.Time{}) // over HTTP/2 it would end a stream that is merely idle
	select {
	case w.flushed <- struct{}{}:
	default:
	}
}

// timed runs one write under its deadline.
func (w *viewerWriter) timed(write func() error) {
	if w.err != nil {
		return
	}
	began := time.Now()
	err := w.ctl.SetWriteDeadline(began.Add(WriteDeadline))
	if err == nil && w.request.Err() != nil { // ended before our deadline was set
		err = w.ctl.SetWriteDeadline(began)
	}
	if err == nil {
		err = write()
	}
	if err != nil {
		w.err = err
		// HTTP/2 reports its deadline as a reset of the stream, so the time
		// it took says more than the kind of error.
		w.slow = time.Since(began) > WriteDeadline-100*time.Millisecond
		w.cancel(err)
	}
}

type connKey struct{}

// linger decides how the socket of a stream goes when it is closed: a stream
// that broke takes along what the kernel holds for a viewer that does not read
// it, which would else stay for minutes. It has to be said beforehand, because
// net/http closes the connection at the first write that fails. Over HTTP/2 the
// connection carries other streams, and the server's own timeout decides.
func linger(r *http.Request, yes bool) {
	c, ok := r.Context().Value(connKey{}).(net.Conn)
	if !ok || r.ProtoMajor != 1 {
		return
	}
	if t, ok := socket(c).(*net.TCPConn); ok {
		seconds := 0
		if yes {
			seconds = -1 // as the system does
		}
		t.SetLinger(seconds)
	}
}
