package web

import (
	"context"
	"errors"
	"net/http"

	"callboard/internal/access"
)

// party is who asks, by what they bring: a token, the cookie of a sign-in, or
// that of a display. Where sign-in is off it is whoever is on this machine. The
// browser may get a new cookie; a nil w keeps it as it is.
func (s *site) party(w http.ResponseWriter, r *http.Request) (access.Who, error) {
	if s.Access == nil {
		return access.Who{Kind: access.Local, ID: "local"}, nil
	}
	if token, ok := bearer(r); ok {
		p, err := s.Access.ByToken(r.Context(), token, s.client(r))
		var later *access.LaterError
		switch {
		case errors.As(err, &later):
			return access.Who{}, failed(http.StatusTooManyRequests, badToken)
		case err != nil:
			return access.Who{}, failed(http.StatusUnauthorized, badToken)
		}
		return p, nil
	}
	return s.Access.Who(w, r), nil
}

// hold is a context that ends, for access.ErrEnded, when the right of who asks
// does; release it when the answer is over.
func (s *site) hold(r *http.Request) (ctx context.Context, release func()) {
	if s.Access == nil {
		return r.Context(), func() {}
	}
	return s.Access.Hold(r.Context(), who(r))
}

// errRightEnded is why a context of hold ended.
var errRightEnded = access.ErrEnded
