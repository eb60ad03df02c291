package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
)

// party is who asks, by what they bring: a token, the cookie of a sign-in, or
// that of a display. Where sign-in is off it is whoever is on this machine. A
// token counts alone: where it is wrong, a cookie beside it does not help. The
// browser may get a new cookie; a nil w leaves it as it is.
func (s *site) party(w http.ResponseWriter, r *http.Request) (access.Who, error) {
	if onDisplay(r) {
		return s.displayParty(w, r), nil
	}
	if s.Access == nil {
		return access.Who{Kind: access.Local, ID: "local"}, nil
	}
	if p, ok := s.framedParty(r); ok {
		return p, nil
	}
	if token, ok := bearer(r); ok {
		return s.program(w, r, token)
	}
	if p := s.Access.Who(w, r); p.Kind != access.Nobody {
		return p, nil
	}
	return s.displayParty(w, r), nil
}

// program is who brings a token.
func (s *site) program(w http.ResponseWriter, r *http.Request, token string) (access.Who, error) {
	p, err := s.Access.ByToken(r.Context(), token, s.client(r))
	later, soon := errors.AsType[*access.LaterError](err)
	switch {
	case err == nil:
		return p, nil
	case soon:
		if w != nil {
			w.Header().Set("Retry-After", strconv.Itoa(int(later.After/time.Second)+1))
		}
		return access.Who{}, failed(http.StatusTooManyRequests, badToken)
	}
	if w != nil {
		w.Header().Set("WWW-Authenticate", `Bearer realm="callboard", error="invalid_token"`)
	}
	return access.Who{}, failed(http.StatusUnauthorized, badToken)
}

// hold is a context that ends, for access.ErrEnded, when the right of who asks
// does; release it when the answer is over.
func (s *site) hold(r *http.Request) (ctx context.Context, release func()) {
	if s.Access == nil {
		return r.Context(), func() {}
	}
	if p := who(r); isFrame(p) {
		return s.holdFrame(r.Context(), p)
	}
	return s.Access.Hold(r.Context(), who(r))
}

// exported writes into the audit log that somebody takes a file of calls along,
// before they get it. What cannot be written down is not given.
func (s *site) exported(r *http.Request, what string) error {
	if s.Access == nil || r.Method == http.MethodHead {
		return nil
	}
	p := who(r)
	err := s.Access.Note(r.Context(), access.Entry{
		Event: access.Exported, Party: p.ID, Name: p.Name, Address: s.client(r).String(), Subject: what,
	})
	if err != nil {
		s.log.Error("an export was refused: the audit log cannot be written to", "error", masked(err))
		return failed(http.StatusServiceUnavailable, notNoted)
	}
	return nil
}

// endedAt is where a page goes when its right has ended: to sign in again; a
// display to be paired again; and who is still signed in, with other rights than
// before, to the same page anew.
// Pages that are live in their frame alone know best where they are: empty.
func (s *site) endedAt(r *http.Request, q hub.Query) string {
	was := who(r)
	if q.Page == hub.PageHistory && was.Kind == access.Person {
		return ""
	}
	if _, ok := s.Access.Now(was); ok {
		return q.URL()
	}
	if isFrame(was) {
		return frameURL(was)
	}
	if was.Kind == access.Display {
		return "/tv"
	}
	q.Text = "" // what was searched for is nobody's business now
	return signInTo(q.URL(), q.Lang)
}
