package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"callboard/internal/access"
	"callboard/views"
)

// maxBody is the most that is read of a request, in bytes. Forms of a few
// fields set less.
const maxBody = 64 << 10

type doorKey struct{}

// doorOf is the door that a request came to; the zero value before it did.
func doorOf(r *http.Request) Door {
	d, _ := r.Context().Value(doorKey{}).(Door)
	return d
}

// guarded is the door's handler for those who may pass: it asks where the
// request comes from, who sends it, and whether they may. What it refuses, the
// handler never sees.
func (s *site) guarded(d Door, h handler) http.HandlerFunc {
	open := h
	if d.Right == access.Export || d.Sort == Load {
		open = s.breakable(h)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), doorKey{}, d))
		r, err := s.pass(w, r)
		if err == nil {
			err = open(w, r)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

// pass gives the request its party, or says why it goes no further.
func (s *site) pass(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	d := doorOf(r)
	if !admitted(d.Sort, r) {
		return r, failed(http.StatusForbidden, crossSite)
	}
	if r.ContentLength > maxBody {
		return r, failed(http.StatusRequestEntityTooLarge, bodyTooLarge)
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if d.Sort == Public {
		return r, nil
	}
	vary(w.Header(), "Cookie")
	if d.also != nil && d.also(r) {
		return r, nil
	}
	p, err := s.party(w, r)
	r = as(r, p)
	if err != nil && d.Right != access.Open {
		return r, err
	}
	if err := s.may(w, r); err != nil {
		s.noteRefused(r, err)
		return r, err
	}
	if r.Method == http.MethodPost && r.URL.Query().Get("at") != "" { // nothing changes on a recorded page
		return r, failed(http.StatusConflict, pastOnly)
	}
	return r, nil
}

// known is a handler that everybody reaches and that knows who asks.
func (s *site) known(h handler) http.HandlerFunc {
	return s.guarded(Door{Sort: anywhere, Right: access.Open}, h)
}

// admitted tells whether a door of a sort opens to a request from where it
// comes from, whoever sends it. Protection against cross-site writing
// (unforged) lets all reading through; this does not.
func admitted(sort Sort, r *http.Request) bool {
	switch sort {
	case Public, anywhere:
		return true
	case Page, Frame:
		return fromHere(r) || led(r, sort == Frame)
	}
	return fromHere(r)
}

// fromHere tells whether a request comes from our own pages, from a person's
// address bar, or from a program that is no browser.
func fromHere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return true
	case "":
	default: // "cross-site", "same-site", or something newer
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// led tells whether a page of another site leads a person here: the whole
// window goes, no script or picture of theirs asks. A page for frames may go
// into one as well.
func led(r *http.Request, framed bool) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Sec-Fetch-Mode") != "navigate" {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "document":
		return true
	case "iframe", "frame":
		return framed
	}
	return false
}

// may says why a party does not pass a door; nil if it does.
func (s *site) may(w http.ResponseWriter, r *http.Request) error {
	d, p := doorOf(r), who(r)
	switch {
	case d.Right == access.Open:
		return nil
	case p.Kind == access.Nobody:
		return s.stranger(w, r)
	case p.Kind == access.Program && d.Sort != Data:
		return failed(http.StatusForbidden, programsOnly)
	case p.Kind == access.Display && d.Sort == Page:
		return &sent{"/tv"} // its own page: never one to sign in
	case !p.May(d.Right) && p.Kind == access.Display:
		return failed(http.StatusForbidden, oneView)
	case !p.May(d.Right):
		return failed(http.StatusForbidden, refused(d.Right, p))
	case p.Kind == access.Display && r.URL.Query().Has("at"): // it shows now, and its own view whatever is asked for
		return failed(http.StatusForbidden, oneView)
	}
	return nil
}

// noteRefused writes down that somebody known asked for what they have no right
// to. Strangers are not: anybody could fill the log.
func (s *site) noteRefused(r *http.Request, err error) {
	f, ok := errors.AsType[*fault](err)
	if p := who(r); ok && f.status == http.StatusForbidden && p.Kind != access.Nobody {
		s.log.Info("refused, the right is lacking", slog.String("party", p.ID), slog.String("method", r.Method), slog.String("route", routeOf(r)))
	}
}

// stranger is the answer to somebody of whom nothing is known: to the sign-in
// and from there to the page they wanted, or for programs a 401.
func (s *site) stranger(w http.ResponseWriter, r *http.Request) error {
	if forProgram(r) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="callboard"`)
		return failed(http.StatusUnauthorized, signInFirst)
	}
	if doorOf(r).Sort == Page && s.onceDisplay(r) {
		return &sent{"/tv"}
	}
	return &sent{signInURL(r)}
}

// signInURL is the page to sign in, with the way back to a page. What was
// posted is not posted again, and a file is not saved behind one's back: they
// lead back to nothing in particular.
func signInURL(r *http.Request) string {
	to := ""
	if doorOf(r).Sort == Page && r.Method != http.MethodPost {
		to = r.URL.RequestURI()
	}
	lang := r.URL.Query().Get("lang")
	if !spoken(lang) {
		lang = ""
	}
	return signInTo(to, lang)
}

// signInTo is the page to sign in, in a language if one is given, from which it
// goes on to a path of ours.
func signInTo(to, lang string) string {
	v := url.Values{}
	if to != "/" && localPath(to) {
		v.Set("to", to)
	}
	if lang != "" {
		v.Set("lang", lang)
	}
	if len(v) == 0 {
		return "/signin"
	}
	return "/signin?" + v.Encode()
}

// localPath reports an address within this server, which is safe to be sent to
// after signing in: a path, never another host.
func localPath(to string) bool {
	u, err := url.Parse(to)
	return err == nil && u.Scheme == "" && u.Host == "" && u.User == nil && u.Opaque == "" &&
		strings.HasPrefix(to, "/") && !strings.HasPrefix(u.Path, "//") && !strings.HasPrefix(to, "//") &&
		!strings.ContainsAny(u.Path, "\\") && !strings.ContainsFunc(to, func(c rune) bool { return c < ' ' || c == 0x7f || c == '\\' })
}

// scrapes reports a request for metrics that needs no sign-in: it brings the
// token of the metrics, or comes from this very machine and no proxy brought it.
func (s *site) scrapes(r *http.Request) bool {
	if given, ok := bearer(r); ok {
		return s.MetricsToken != "" && subtle.ConstantTimeCompare([]byte(given), []byte(s.MetricsToken.Reveal())) == 1
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	return peer(r).IsLoopback()
}

// bearer is the token of a program (RFC 6750); other ways of authorizing are
// those of a proxy in front of us.
func bearer(r *http.Request) (token string, ok bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

func signInFirst(w *views.ErrorWords) views.Trouble  { return w.Guard.SignIn }
func badToken(w *views.ErrorWords) views.Trouble     { return w.Guard.BadToken }
func programsOnly(w *views.ErrorWords) views.Trouble { return w.Guard.Programs }
func oneView(w *views.ErrorWords) views.Trouble      { return w.Guard.OneView }
func notNoted(w *views.ErrorWords) views.Trouble     { return w.Guard.NotNoted }
func bodyTooSlow(w *views.ErrorWords) views.Trouble  { return w.Guard.TooSlow }
func bodyTooLarge(w *views.ErrorWords) views.Trouble { return w.Guard.TooLarge }

// refused says who has the right that a party lacks, and as whom it came.
func refused(right access.Right, p access.Who) trouble {
	return func(w *views.ErrorWords) views.Trouble {
		g := &w.Guard
		said := g.Supervisors
		if right == access.Administer {
			said = g.Administrators
		}
		if p.Kind == access.Person && p.Name != "" {
			role := [...]string{access.Viewer: g.Viewer, access.Supervisor: g.Supervisor, access.Administrator: g.Administrator}[p.Role]
			said.Text += " " + fmt.Sprintf(g.AsFmt, views.CleanText(p.Name), role)
		}
		return said
	}
}

// A sent error leads a browser elsewhere.
type sent struct{ to string }

func (s *sent) Error() string { return "sent to " + s.to }
