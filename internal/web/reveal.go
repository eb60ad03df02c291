package web

import (
	"errors"
	"net/http"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/views"
)

// revealPage is "/reveal": it asks for a reason to show hidden numbers.
func (s *site) revealPage(w http.ResponseWriter, r *http.Request) error {
	return s.showReveal(w, r, http.StatusOK, r.URL.Query().Get("back"), "", "")
}

func (s *site) showReveal(w http.ResponseWriter, r *http.Request, status int, to, reason, trouble string) error {
	words := views.WordsOf(s.look(r).Speaks)
	q, chrome, strip, err := s.ownFrame(r, "reveal", words.OnDoor.RevealTitle)
	if err != nil {
		return err
	}
	p := views.RevealPage{
		Chrome: chrome, Strip: strip, Action: own("/reveal", q), Back: s.after(to, q), Reason: reason, Trouble: trouble,
		Least: access.MinReason, Most: access.MaxReason,
	}
	if x := who(r); x.Lens.Level == privacy.Full || x.Kind != access.Person {
		p.None = words.OnDoor.NothingHidden
	}
	return s.showStatus(w, r, q, status, views.RevealPageView(p))
}

// reveal shows hidden numbers to this session for a while.
func (s *site) reveal(w http.ResponseWriter, r *http.Request) error {
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	reason, to := r.PostForm.Get("reason"), r.PostForm.Get("back")
	_, err := s.Access.Reveal(r.Context(), who(r), reason)
	q := s.doorQuery(r)
	if err == nil {
		return leads(w, r, s.after(to, q))
	}
	text, _, wrong := doorFault(views.WordsOf(q.Speaks), err)
	switch {
	case wrong:
		return s.showReveal(w, r, http.StatusUnprocessableEntity, to, begun(reason, access.MaxReason), text)
	case errors.Is(err, access.ErrNotAllowed): // nothing is hidden
		return s.showReveal(w, r, http.StatusConflict, to, "", "")
	}
	return err
}

// conceal hides them again.
func (s *site) conceal(w http.ResponseWriter, r *http.Request) error {
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	if err := s.Access.Conceal(r.Context(), who(r)); err != nil {
		return err
	}
	q := s.doorQuery(r)
	return leads(w, r, s.after(r.PostForm.Get("back"), hub.Query{Lang: q.Lang, Theme: q.Theme}))
}

// unrevealed is what somebody sees through on a page that others see too: a
// wall. Numbers shown to one for a reason are not for everybody in the room.
func (s *site) unrevealed(w access.Who) privacy.Lens {
	if id, ok := w.Person(); ok && !w.Shown.IsZero() {
		a, err := s.Access.Account(id)
		if err != nil { // removed a moment ago
			return privacy.Lens{Level: privacy.Counts, Scope: w.Lens.Scope}
		}
		return a.Lens()
	}
	return w.Lens
}
