package web

import (
	"net/http"

	"callboard/internal/access"
)

// guarded is the door's handler for those who may pass: it asks where the
// request comes from, who sends it, and whether they may.
func (s *site) guarded(d Door, h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !admitted(d.Sort, r) {
			return failed(http.StatusForbidden, crossSite)
		}
		r = as(r, s.party(r))
		if !who(r).May(d.Right) {
			return failed(http.StatusForbidden, crossSite)
		}
		if r.Method == http.MethodPost && r.URL.Query().Get("at") != "" { // nothing changes on a recorded page
			return failed(http.StatusConflict, pastOnly)
		}
		return h(w, r)
	}
}

// known is a handler that everybody reaches and that knows who asks.
func (s *site) known(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return h(w, as(r, s.party(r)))
	}
}

// party is who asks.
func (s *site) party(*http.Request) access.Who {
	return access.Who{Kind: access.Local, ID: "local"}
}

// admitted tells whether a door of a sort opens to a request from where it
// comes from, whoever sends it.
func admitted(sort Sort, r *http.Request) bool {
	switch sort {
	case Data, Load:
		return fromHere(r)
	}
	return true
}
