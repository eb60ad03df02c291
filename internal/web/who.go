package web

import (
	"context"
	"net/http"

	"callboard/internal/access"
)

type whoKey struct{}

// who is the party behind a request, as the guard of its route found it. Where
// sign-in is off it is whoever is on this machine.
func who(r *http.Request) access.Who {
	w, _ := r.Context().Value(whoKey{}).(access.Who)
	return w
}

// as gives a request its party.
func as(r *http.Request, w access.Who) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), whoKey{}, w))
}
