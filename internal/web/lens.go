package web

import (
	"net/http"
	"strings"

	"callboard/internal/hub"
	"callboard/internal/privacy"
)

// lens is what a request is answered through: that of whoever asks, or a
// stricter level where they ask for one ("mask="). A page finds the same in its
// query.
func (s *site) lens(r *http.Request) (privacy.Lens, error) {
	l := who(r).Lens
	word := strings.ToLower(strings.TrimSpace(r.URL.Query().Get("mask")))
	if word == "" {
		return l, nil
	}
	asked, ok := privacy.ParseLevel(word)
	if !ok {
		return l, &hub.QueryError{Field: "mask", Value: word, Want: "one of " + strings.Join(privacy.Levels(), ", "), Choices: privacy.Levels()}
	}
	return l.AtLeast(asked), nil
}
