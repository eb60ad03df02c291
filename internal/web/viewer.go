package web

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/views"
)

// What the frame of every page says of who looks at it.

// beginning is how long after the first administrator's account was made the
// board says what comes next, as long as nobody else has one.
const beginning = 24 * time.Hour

// seen puts who looks into the context that a page is rendered with.
func (s *site) seen(r *http.Request, q hub.Query) *http.Request {
	return r.WithContext(views.WithViewer(r.Context(), s.viewer(r, q)))
}

// viewer is what the frame of a page says of who asks for it. Of somebody who
// did not sign in it says nothing.
func (s *site) viewer(r *http.Request, q hub.Query) *views.Viewer {
	v := &views.Viewer{Plain: s.exposed(r)}
	w := who(r)
	if w.Kind != access.Person || s.Access == nil {
		return v
	}
	words := views.WordsOf(q.Speaks)
	v.Name, v.Role = w.Name, words.OnAccess.Roles[w.Role]
	v.SignOut, v.Back = own("/signout", q), plainly(r, q)
	v.Items = s.ownPages(r, q, w)
	switch until := w.Shown; {
	case until.After(time.Now()):
		v.Shown = fmt.Sprintf(words.OnDoor.ShownUntilFmt, until.In(s.Hub.Zone()).Format("15:04"))
		v.Hide = own("/reveal/hide", q)
	case w.Lens.Level != privacy.Full && w.May(access.Reveal):
		v.Ask = own("/reveal", q)
		if v.Back != "/" {
			u, _ := url.Parse(v.Ask) // made by own
			values := u.Query()
			values.Set("back", v.Back)
			u.RawQuery = values.Encode()
			v.Ask = u.String()
		}
	}
	if r.URL.Path == "/" && w.May(access.Administer) {
		v.Next = s.beginnings(q)
	}
	return v
}

// ownPages are the pages that somebody's menu lists.
func (s *site) ownPages(r *http.Request, q hub.Query, w access.Who) []views.NavItem {
	on := &views.WordsOf(q.Speaks).OnAccess
	items := []views.NavItem{{Page: "account", Label: on.Account, Glyph: "person", URL: own("/account", q)}}
	items = append(items, s.adminTabs(q, w)...)
	for i := range items {
		items[i].Current = pathOf(items[i].URL) == r.URL.Path
	}
	return items
}

// adminTabs are the pages of those who decide about others, as far as somebody may.
func (s *site) adminTabs(q hub.Query, w access.Who) []views.NavItem {
	on := &views.WordsOf(q.Speaks).OnAccess
	var items []views.NavItem
	if w.May(access.Administer) {
		items = append(items,
			views.NavItem{Page: "people", Label: on.People, Glyph: "people", URL: own("/admin/people", q)},
			views.NavItem{Page: "programs", Label: on.Programs, Glyph: "key", URL: own("/admin/programs", q)})
	}
	if w.May(access.Pair) && s.routed("/displays") {
		items = append(items, views.NavItem{Page: "displays", Label: on.Displays, Glyph: "wall", URL: own("/displays", q)})
	}
	if w.May(access.Administer) {
		items = append(items, views.NavItem{Page: "audit", Label: on.Audit, Glyph: "list", URL: own("/admin/audit", q)})
	}
	return items
}

// beginnings is what comes next while nobody but the first administrator is there.
func (s *site) beginnings(q hub.Query) []views.Option {
	all := s.Access.Accounts()
	if len(all) != 1 || time.Since(all[0].Created) > beginning {
		return nil
	}
	on := &views.WordsOf(q.Speaks).OnDoor
	next := []views.Option{{Label: on.NextPeople, URL: own("/admin/people", q)}}
	if s.routed("/displays") {
		next = append(next, views.Option{Label: on.NextDisplay, URL: own("/displays", q)})
	}
	return next
}

// routed reports a page that this site has.
func (s *site) routed(pattern string) bool {
	for _, d := range s.doors {
		if d.Pattern == pattern && d.Method == http.MethodGet {
			return true
		}
	}
	return false
}

// own is a path of these pages for the same viewer.
func own(path string, q hub.Query) string {
	u := url.URL{Path: path, RawQuery: hub.Query{Lang: q.Lang, Theme: q.Theme}.Values().Encode()}
	return u.String()
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// plainly is the address of a request, to come back to, without what somebody
// searched for: an address that we make holds no number. What was posted leads
// back to the board.
func plainly(r *http.Request, q hub.Query) string {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return hub.Query{Page: hub.PageBoard, Lang: q.Lang, Theme: q.Theme}.URL()
	}
	v := r.URL.Query()
	for _, name := range []string{"q", "number", "back", "code", "to"} {
		v.Del(name)
	}
	return back((&url.URL{Path: r.URL.Path, RawQuery: v.Encode()}).String(), q)
}
