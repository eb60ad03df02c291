package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/state"
)

// A call that the board has forgotten is shown as of its end where the record
// reaches back to it, else by what the history keeps of it.

// Calls are the ended calls of the history: history.Store has them.
type Calls interface {
	// Call is one ended call, or history.ErrNotFound.
	Call(ctx context.Context, seq uint64) (history.Call, error)
}

// keptCall is what the history has of a call that may be seen; ok is false where
// it has nothing.
func (s *site) keptCall(r *http.Request, seq uint64) (c history.Call, ok bool, err error) {
	rec, err := s.reading(r)
	if err != nil {
		return c, false, err
	}
	c, err = rec.Call(r.Context(), seq)
	if errors.Is(err, history.ErrNotFound) {
		return c, false, nil
	}
	return c, err == nil, err
}

// endOf is the first whole second in which a call had ended, if there is a
// record of it.
func (s *site) endOf(ctx context.Context, c *history.Call) (time.Time, bool) {
	if s.Travel == nil {
		return time.Time{}, false
	}
	from, to, err := s.Travel.Span(ctx)
	at := c.EndedAt.UTC().Truncate(time.Second).Add(time.Second)
	return at, err == nil && !at.Before(from) && !at.After(to)
}

// oldCall leads from the page of a call that nobody remembers to where it is
// shown.
func (s *site) oldCall(w http.ResponseWriter, r *http.Request, q hub.Query) error {
	c, ok, err := s.keptCall(r, q.Call)
	switch {
	case err != nil:
		return err
	case !ok:
		return hub.ErrNotFound
	}
	to := ""
	if at, recorded := s.endOf(r.Context(), &c); recorded && q.At.IsZero() {
		q.At = at
		to = q.URL()
	} else { // its row among those that began in the same second
		began := c.StartedAt.UTC().Truncate(time.Second)
		v := url.Values{"from": {began.Format(time.RFC3339)}, "to": {began.Add(time.Second).Format(time.RFC3339)}, "direction": {everyDirection}}
		for name, value := range map[string]string{"lang": q.Lang, "theme": q.Theme, "mask": q.Mask} {
			if value != "" {
				v.Set(name, value)
			}
		}
		to = (&url.URL{Path: "/history", RawQuery: v.Encode()}).String()
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, to, http.StatusFound)
	return nil
}

// oldQuery is the query of a request at a moment.
func oldQuery(r *http.Request, at time.Time) url.Values {
	v := url.Values{"at": {at.Format(time.RFC3339)}}
	if mask := r.URL.Query().Get("mask"); mask != "" {
		v.Set("mask", mask)
	}
	return v
}

// apiOldCall is the same for programs: what the history keeps comes as the call
// itself, without its events.
func (s *site) apiOldCall(w http.ResponseWriter, r *http.Request, seq uint64) error {
	c, ok, err := s.keptCall(r, seq)
	switch {
	case err != nil:
		return err
	case !ok:
		return failed(http.StatusNotFound, noCall)
	}
	if at, recorded := s.endOf(r.Context(), &c); recorded && !s.sight(r).Recorded() {
		to := "/api/v1/calls/" + strconv.FormatUint(seq, 10) + "?" + oldQuery(r, at).Encode()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		http.Redirect(w, r, to, http.StatusFound)
		return nil
	}
	out := historyJSON{Epoch: s.sight(r).Epoch(), AsOf: instant(c.EndedAt)}
	tell(&out, &state.History{Call: c.Call, Outcome: c.Outcome, EndedAt: c.EndedAt, PBXDuration: c.PBX})
	return s.sendJSON(w, r, out)
}
