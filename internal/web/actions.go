package web

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"callboard/internal/hub"
)

// dismiss is a person's word that a call in doubt is a ghost. It leads back to
// the call's page, which then says how it ended.
func (s *site) dismiss(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageCall)
	if err != nil {
		return err
	}
	if q.Call, err = strconv.ParseUint(chi.URLParam(r, "id"), 10, 64); err != nil || q.Call == 0 {
		return hub.ErrNotFound
	}
	if err := s.Hub.Dismiss(q.Sees(), q.Call); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, q.URL(), http.StatusSeeOther)
	return nil
}

// apiDismiss is dismiss for a program; it answers with the call as it is then.
func (s *site) apiDismiss(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseUint(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return badField("id", "id: expected the decimal number of a call, as the board gives it.")
	}
	l, err := s.lens(r)
	if err != nil {
		return err
	}
	if err := s.Hub.Dismiss(l, id); err != nil {
		return err
	}
	return s.apiCall(w, r)
}
