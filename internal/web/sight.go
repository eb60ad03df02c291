package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"callboard/internal/hub"
	"callboard/internal/travel"
	"callboard/views"
)

// Every live page can be asked for at a moment of the record ("at=", with
// "play=" as it went on). The handlers are the same: what they look at comes
// from sight, which is the live hub or a recorded one.

// A Recorder gives recorded hubs: travel.Engine is one.
type Recorder interface {
	Hub(ctx context.Context, at time.Time, rate int) (h *hub.Hub, release func(), err error)
	Span(ctx context.Context) (from, to time.Time, err error)
	Marker
}

type sightKey struct{}

// sight is the hub that a request looks at.
func (s *site) sight(r *http.Request) *hub.Hub {
	if h, ok := r.Context().Value(sightKey{}).(*hub.Hub); ok {
		return h
	}
	return s.Hub
}

// timed lets a handler be asked for at a moment. The moment may be written in
// the zone of the screen; the handler finds it in one form.
func (s *site) timed(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := r.URL.Query()
		if v.Get("at") == "" {
			return h(w, r)
		}
		at, rate, err := s.moment(v)
		if err != nil {
			return err
		}
		if s.Travel == nil {
			return failed(http.StatusNotFound, noRecord)
		}
		board, release, err := s.Travel.Hub(r.Context(), at, rate)
		if err != nil {
			return s.unrecorded(err)
		}
		defer release()
		v.Set("at", at.Format(time.RFC3339))
		r = r.WithContext(context.WithValue(r.Context(), sightKey{}, board))
		address := *r.URL
		address.RawQuery = v.Encode()
		r.URL = &address
		return h(w, r)
	}
}

// moment reads the fields of a recorded page.
func (s *site) moment(v url.Values) (at time.Time, rate int, err error) {
	if at, err = hub.ParseMoment(v.Get("at"), s.Hub.Now(), s.Hub.Zone()); err != nil {
		return at, 0, err
	}
	q, err := hub.ParseQuery(hub.PageStatus, url.Values{"at": {at.Format(time.RFC3339)}, "play": v["play"]})
	return at, q.Rate, err
}

func noRecord(w *views.ErrorWords) views.Trouble { return w.Record.None }
func busyPast(w *views.ErrorWords) views.Trouble { return w.Record.Busy }
func pastOnly(w *views.ErrorWords) views.Trouble { return w.Record.ReadOnly }

// unrecorded is the answer where a moment cannot be shown.
func (s *site) unrecorded(err error) error {
	var outside *travel.OutsideError
	switch {
	case errors.As(err, &outside):
		status, say := http.StatusNotFound, s.outside(outside)
		if outside.Later {
			status = http.StatusBadRequest
		}
		return &fault{status: status, say: say, detail: outside.Error(), field: "at"}
	case errors.Is(err, travel.ErrNone):
		return failed(http.StatusNotFound, noRecord)
	case errors.Is(err, travel.ErrBusy):
		return failed(http.StatusServiceUnavailable, busyPast)
	case errors.Is(err, travel.ErrClosed):
		return failed(http.StatusServiceUnavailable, restarting)
	}
	return err
}

// outside says of which time there is a record.
func (s *site) outside(e *travel.OutsideError) trouble {
	return func(w *views.ErrorWords) views.Trouble {
		said := w.Record.NoRecord
		if e.Later {
			said = w.Record.Later
		}
		said.Text = fmt.Sprintf(said.Text, s.dayTime(e.From), s.dayTime(e.To))
		return said
	}
}

// dayTime is a moment with its day, in the zone of the screen.
func (s *site) dayTime(t time.Time) string { return t.In(s.Hub.Zone()).Format(time.DateTime) }

// reachedWithin is how near to now a page that stands still counts as having
// come to it.
const reachedWithin = 15 * time.Second

// recorded makes the frame of a page that of its moment. It does nothing to a
// live one.
func (s *site) recorded(c *views.Chrome, q hub.Query, p hub.Picture) {
	if p.Record == nil {
		return
	}
	local := p.Now.In(s.Hub.Zone())
	words := views.WordsOf(q.Speaks)
	c.Now, c.Zone = p.Now.UnixMilli(), zoneMinutes(local)
	c.NowText, c.Date = local.Format(time.TimeOnly), words.Date(local)
	if s.Travel == nil { // a recording is played: there is no journal to travel in
		return
	}
	c.Travel = &views.Travel{
		At: c.Now, Rate: q.Rate, NowURL: hub.Now(q.Live().URL()), Was: p.Live,
	}
	s.travelBar(c.Travel, q, p.Now)
	if q.Rate == 0 && s.Hub.Now().Sub(p.Now) < reachedWithin {
		c.Travel.Reached = views.Reached{Yes: true, Clock: c.NowText, LiveURL: c.Travel.NowURL, StillURL: ""}
	}
}
