package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"callboard/internal/hub"
)

// setNotice puts a line on all boards and walls, or takes it away.
func (s *site) setNotice(w http.ResponseWriter, r *http.Request) error {
	q, err := s.query(r, hub.PageBoard) // for the language of a complaint
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	n := hub.Notice{Text: r.PostForm.Get("text")}
	if r.PostForm.Has("clear") {
		n.Text = ""
	} else if n.Until, err = s.nextTime(r.PostForm.Get("until")); err != nil {
		return err
	}
	if err := s.Hub.EditNotice(q.Sees(), n); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, back(r.PostForm.Get("back"), q), http.StatusSeeOther)
	return nil
}

// nextTime is the next moment at which the clock in the configured zone shows
// a time such as "17:00"; zero for none.
func (s *site) nextTime(text string) (time.Time, error) {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}, nil
	}
	clock, err := time.Parse("15:04", text)
	if err != nil {
		return time.Time{}, &hub.QueryError{Field: "until", Value: text, Want: "a time of day such as 17:00"}
	}
	now := s.Hub.Now().In(s.Hub.Zone())
	y, m, d := now.Date()
	at := time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, now.Location())
	if !at.After(now) {
		at = time.Date(y, m, d+1, clock.Hour(), clock.Minute(), 0, 0, now.Location())
	}
	return at.UTC(), nil
}

// back is the page a form was sent from: a path of ours, else the board.
func back(path string, q hub.Query) string {
	if !localPath(path) {
		return hub.Query{Page: hub.PageBoard, Lang: q.Lang, Theme: q.Theme}.URL()
	}
	u, _ := url.Parse(path) // localPath did
	return u.RequestURI()
}
