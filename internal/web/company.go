package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/oidc"
	"callboard/views"
)

// Paths of signing in with the company's account. The second is registered at
// the company's sign-in service.
const (
	companyURL     = "/signin/company"
	companyBackURL = "/signin/company/back"
)

// companyDoors lead to the company's sign-in service and back.
func (s *site) companyDoors(d *doors) {
	d.page(companyURL, access.Open, s.withCompany(s.companyBegin))
	d.page(companyBackURL, access.Open, s.withCompany(s.companyBack))
}

// withCompany is a handler for boards that know a sign-in service; elsewhere
// there is no such page.
func (s *site) withCompany(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.OIDC == nil || s.Access == nil {
			return failed(http.StatusNotFound, noPage)
		}
		return h(w, r)
	}
}

// companyWay is where the company account is; empty where there is none.
func (s *site) companyWay(r *http.Request, q hub.Query) string {
	if s.OIDC == nil || s.Access == nil {
		return ""
	}
	v := hub.Query{Lang: q.Lang, Theme: q.Theme}.Values()
	if to := onward(r.FormValue("to")); to != "/" {
		v.Set("to", to)
	}
	return (&url.URL{Path: companyURL, RawQuery: v.Encode()}).String()
}

// companyBegin sends a browser to the sign-in service. Nothing is kept of it
// here: what is under way is in its cookie.
func (s *site) companyBegin(w http.ResponseWriter, r *http.Request) error {
	if v := r.URL.Query(); s.PublicURL != nil && !strings.EqualFold(r.Host, s.PublicURL.Host) && !v.Has("here") {
		v.Set("here", "") // the cookie has to be of the name that the service leads back to; once, as ports can be spelled in two ways
		return leads(w, r, s.base(r)+companyURL+"?"+v.Encode())
	}
	to := onward(r.URL.Query().Get("to"))
	q := s.doorQuery(r)
	address, sealed, err := s.OIDC.Begin(r.Context(), oidc.Way{To: to, Look: hub.Query{Lang: q.Lang, Theme: q.Theme}.Values().Encode()}, r.URL.Query().Has("other"))
	if err != nil {
		return s.companyRefused(w, r, q, to, err)
	}
	c := s.companyCookie(r)
	c.Value, c.MaxAge = sealed, int(oidc.Patience.Seconds())
	http.SetCookie(w, c)
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// companyBack is where the sign-in service sends a browser back to.
func (s *site) companyBack(w http.ResponseWriter, r *http.Request) error {
	used := s.companyCookie(r)
	sealed := ""
	if c, err := r.Cookie(used.Name); err == nil {
		sealed = c.Value
	}
	used.MaxAge = -1 // whatever comes of it, it was for one try
	http.SetCookie(w, used)
	somebody, way, err := s.OIDC.Finish(r.Context(), sealed, r.URL.Query())
	q, to := s.doorQuery(lookingLike(r, way.Look)), way.To
	if err != nil {
		if somebody.Subject != "" { // known, but in no group any more: open pages end as well
			s.Access.CompanyLeft(r.Context(), somebody)
		}
		return s.companyRefused(w, r, q, to, err)
	}
	account, err := s.Access.SignInCompany(r.Context(), somebody)
	if err != nil {
		return s.companyRefused(w, r, q, to, err)
	}
	if _, err := s.Access.Start(w, r, account, s.client(r)); err != nil {
		return s.companyRefused(w, r, q, to, err)
	}
	if to == "/" { // no address that has a language of its own
		to = s.after("", q)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// lookingLike is a request as if its address chose a language and a theme: the
// sign-in service sends people back without them.
func lookingLike(r *http.Request, look string) *http.Request {
	r = r.Clone(r.Context())
	r.URL.RawQuery = look
	return r
}

// companyEnd is what somebody reads who signed out here and came by the company's
// account: that this goes on over there, and where to end it if the service says
// where.
func (s *site) companyEnd(r *http.Request, q hub.Query) (text string, link views.Option) {
	on := &views.WordsOf(q.Speaks).OnCompany
	back := s.base(r) + "/signedout"
	address := s.OIDC.SignOut(back, hub.Query{Lang: q.Lang, Theme: q.Theme}.Values().Encode(), q.Speaks)
	if address == "" {
		return fmt.Sprintf(on.GoesOnFmt, s.OIDC.Issuer()), link
	}
	return on.GoesOn, views.Option{Label: on.EndThere, URL: address}
}

// companyCookie is the cookie of a sign-in under way. It has to come along when
// another site, the sign-in service, leads back here: Strict would not.
func (s *site) companyCookie(r *http.Request) *http.Cookie {
	c := &http.Cookie{Name: "callboard-company", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if s.secure(r) {
		c.Name, c.Secure = "__Host-"+c.Name, true
	}
	return c
}

// onward is where to go after signing in: an address of ours, else the board.
func onward(to string) string {
	const most = 1000 // bytes; it travels in a cookie
	u, err := url.Parse(to)
	if err != nil || len(to) > most || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" || len(to) == 0 || to[0] != '/' || len(to) > 1 && (to[1] == '/' || to[1] == '\\') {
		return "/"
	}
	for i := range len(to) {
		if to[i] <= ' ' || to[i] == '\\' || to[i] >= 0x7f {
			return "/"
		}
	}
	return to
}

// companyRefused says why somebody is not in, and what they can do.
func (s *site) companyRefused(w http.ResponseWriter, r *http.Request, q hub.Query, to string, err error) error {
	refused, ok := errors.AsType[*oidc.Refusal](err)
	if !ok {
		switch {
		case errors.Is(err, access.ErrRefused):
			refused = &oidc.Refusal{Kind: "disabled", Reason: "the account is disabled", Exchanged: true}
		case errors.Is(err, access.ErrShut):
			refused = &oidc.Refusal{Kind: "closed", Reason: "the accounts cannot be read"}
		default:
			return err
		}
	}
	s.log.Info("company sign-in refused", slog.String("kind", string(refused.Kind)), slog.String("reason", refused.Reason))
	s.Access.CompanyRefused(r.Context(), s.client(r), refused.Reason, refused.Exchanged)
	words := &views.WordsOf(q.Speaks).OnCompany
	status, said := http.StatusForbidden, views.Trouble{}
	way := func(path string, more ...string) string {
		v := hub.Query{Lang: q.Lang, Theme: q.Theme}.Values()
		if to != "" && to != "/" {
			v.Set("to", to)
		}
		for _, name := range more {
			v.Set(name, "")
		}
		return (&url.URL{Path: path, RawQuery: v.Encode()}).String()
	}
	links := []views.Option{{Label: words.Again, URL: way(companyURL)}}
	switch refused.Kind {
	case oidc.Stale:
		status, said = http.StatusBadRequest, words.Stale
	case oidc.Denied:
		said = words.Denied
	case oidc.Down:
		status, said = http.StatusServiceUnavailable, words.Unreached
	case oidc.Busy:
		status, said = http.StatusServiceUnavailable, words.Busy
	case oidc.Weak:
		said = words.Weak
	case oidc.NoGroup:
		said, links[0] = words.NoGroup, views.Option{Label: words.Other, URL: way(companyURL, "other")}
	case "disabled":
		said, links[0] = words.Disabled, views.Option{Label: words.Other, URL: way(companyURL, "other")}
	case "closed":
		status, said = http.StatusServiceUnavailable, words.Closed
	default:
		said = words.Untrusted
	}
	links = append(links, views.Option{Label: words.Back, URL: way("/signin")})
	chrome := s.doorChrome(r, q, "signin", said.Title)
	chrome.Spoken = nil // the address of this page holds a code that is used up
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	return s.showStatus(w, r, q, status, views.GonePageView(views.GonePage{Chrome: chrome, Title: said.Title, Text: said.Text, Links: links}))
}
