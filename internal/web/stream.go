package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
)

// Streams are ended on purpose after a random time between these, so that
// reconnecting is routine and a herd spreads out.
const (
	shortestStream = 8 * time.Minute
	longestStream  = 12 * time.Minute
)

// fullPause is when a viewer that was one too many may come back.
const fullPause = 15 * time.Second

// speaks is the field of a stream's query with the language of its page, where
// the page's own query asks for none.
const speaks = "speaks"

// streamQuery reads what a stream or a poll is about.
func (s *site) streamQuery(r *http.Request) (hub.Query, error) {
	if p := who(r); p.Kind == access.Display {
		return s.displayQuery(r, p)
	}
	v := r.URL.Query()
	page := v.Get("page")
	if page == "" {
		page = hub.PageBoard
	}
	q, err := s.query(r, page)
	if of := v.Get(speaks); q.Lang == "" && spoken(of) {
		q.Speaks = of
	}
	if err == nil && page == hub.PageCall && q.Call == 0 {
		err = badField("call", "call: the number of a call is missing.")
	}
	return q, err
}

// events is the live stream of a page.
func (s *site) events(w http.ResponseWriter, r *http.Request) error {
	q, err := s.streamQuery(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
		return nil
	}
	leave, ok := s.join(r)
	if !ok {
		s.metrics.cut.WithLabelValues(cutFull).Inc()
		return s.full(w)
	}
	defer leave()

	cursor := r.Header.Get("Last-Event-ID") // newer than the one in the address
	if cursor == "" {
		cursor = r.URL.Query().Get("last")
	}
	h := s.sight(r)
	viewer, err := h.Join(q, cursor)
	if err != nil {
		return err
	}
	defer viewer.Close()
	if h.Recorded() {
		s.played.Add(1)
		defer s.played.Add(-1)
	}
	viewer.Holds(r.URL.Query().Get("had"))
	r, seat, err := s.sit(r)
	if err != nil {
		return err
	}
	defer seat.Close()
	held, release := s.hold(r)
	defer release()
	r, stop := s.mortal(r, held)
	defer stop()

	began := time.Now()
	s.log.Debug("stream begins", slog.String("page", q.Page))
	err = s.streams.Serve(w, r, told(s.source(h, viewer, cursor, held, func() string { return s.endedAt(r, q) }), seat, h.Epoch()+"-0"))
	s.log.Debug("stream ends", slog.String("page", q.Page), slog.Duration("after", time.Since(began)), slog.Any("cause", err))
	switch {
	case errors.Is(err, errSlow):
		s.metrics.cut.WithLabelValues(cutSlow).Inc()
		panic(http.ErrAbortHandler)
	case err != nil && r.Context().Err() == nil:
		s.metrics.cut.WithLabelValues(cutBroken).Inc()
		panic(http.ErrAbortHandler)
	}
	return nil
}

// source is what one viewer gets: hello, then the hub's batches, then bye; or,
// once held is over, where to go from here.
// Every event carries the cursor, because an event without one makes a browser
// forget the one it has.
func (s *site) source(h *hub.Hub, viewer *hub.Viewer, cursor string, held context.Context, where func() string) source {
	epoch := h.Epoch()
	if known, _, _ := strings.Cut(cursor, "-"); known != epoch {
		cursor = epoch + "-0"
	}
	life := shortestStream + rand.N(longestStream-shortestStream)
	end := time.Now().Add(life)
	begun := false
	return func(ctx context.Context) ([]hub.Event, error) {
		if !begun {
			begun = true
			hello := hello(h)
			hello.ID = cursor
			return []hub.Event{hello}, nil
		}
		until, cancel := context.WithDeadline(ctx, end)
		defer cancel()
		defer context.AfterFunc(held, cancel)()
		batch, err := viewer.Next(until)
		switch {
		case over(held): // nothing more is told, whatever there is
			return []hub.Event{dismissed(cursor, where())}, io.EOF
		case err == nil:
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, context.DeadlineExceeded):
			return []hub.Event{bye(cursor, rand.N(time.Second))}, io.EOF
		case errors.Is(err, hub.ErrStopped):
			return []hub.Event{bye(cursor, 500*time.Millisecond+rand.N(1500*time.Millisecond))}, io.EOF
		default:
			return nil, err
		}
		events := make([]hub.Event, len(batch.Events))
		for i, e := range batch.Events {
			if e.ID == "" {
				e.ID = cursor
			}
			cursor = e.ID
			events[i] = e
		}
		return events, nil
	}
}

// hello is the hub's with the zone of the times on screen, which changes twice
// a year under displays that stand for months.
func hello(h *hub.Hub) hub.Event {
	e := h.Hello()
	zone := zoneMinutes(h.Now().In(h.Zone()))
	data := append([]byte(nil), e.Data[:len(e.Data)-1]...)
	data = append(data, `,"zone":`...)
	data = strconv.AppendInt(data, int64(zone), 10)
	e.Data = append(data, '}')
	return e
}

func bye(cursor string, after time.Duration) hub.Event {
	data := strconv.AppendInt([]byte(`{"after":`), after.Milliseconds(), 10)
	return hub.Event{Name: "bye", ID: cursor, Data: append(data, '}')}
}

// dismissed tells a page that its right is over: it empties itself and goes.
func dismissed(cursor, to string) hub.Event {
	return hub.Event{Name: "ended", ID: cursor, Data: fmt.Appendf(nil, `{"to":%s}`, quoted(to))}
}

// full answers a viewer that is one too many. It has to be a stream: at any
// other answer a browser's EventSource gives up for ever.
func (s *site) full(w http.ResponseWriter) error {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	after := fullPause + rand.N(fullPause)
	ms := strconv.FormatInt(after.Milliseconds(), 10)
	io.WriteString(w, "event: bye\nretry: "+ms+"\ndata: {\"after\":"+ms+"}\n\n")
	return nil
}

// poll is a page's picture for a browser to which no stream gets through.
func (s *site) poll(w http.ResponseWriter, r *http.Request) error {
	q, err := s.streamQuery(r)
	if err != nil {
		return err
	}
	h := s.sight(r)
	p, err := h.Picture(r.Context(), q)
	if err != nil {
		return err
	}
	// Both are JSON already; encoding them again would cost as much as they do.
	body := fmt.Appendf(nil, `{"epoch":%q,"build":%s,"id":%q,"snapshot":%s,"beat":%s}`,
		h.Epoch(), quoted(h.Build()), p.Cursor, p.Snapshot, p.Beat)
	s.send(w, r, http.StatusOK, "application/json", body)
	return nil
}

func quoted(text string) []byte {
	b, _ := json.Marshal(text) // text always encodes
	return b
}
