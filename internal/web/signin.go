package web

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/views"
)

// clearSite is what a browser forgets at sign-out. Cookies are left alone: ours
// are ended by us, and others may be a display's or another program's.
const clearSite = `"cache", "storage"`

// doorChrome is the frame of a page before the board: no stream, no navigation.
func (s *site) doorChrome(r *http.Request, q hub.Query, page, title string) views.Chrome {
	c := s.chrome(q, title)
	c.Page, c.Nav, c.More = page, nil, nil
	c.Spoken = choices(q, here(r))
	return c
}

// doorQuery is language and theme of a page before the board. Whatever else an
// address holds is not for it to judge.
func (s *site) doorQuery(r *http.Request) hub.Query {
	q := s.look(r)
	q.Page = hub.PageBoard
	return q
}

// signInPage is "/signin".
func (s *site) signInPage(w http.ResponseWriter, r *http.Request) error {
	q := s.doorQuery(r)
	to := r.URL.Query().Get("to")
	if s.Access == nil || who(r).Kind == access.Local || who(r).Kind == access.Person {
		return leads(w, r, s.after(to, q))
	}
	p := s.signInForm(r, q)
	p.Pair.Code = s.codeBeside(w, r)
	if p.To = to; to != "" {
		p.Said = views.WordsOf(q.Speaks).OnDoor.SignInTo
	}
	return s.showStatus(w, r, q, http.StatusOK, views.SignInPageView(p))
}

func (s *site) signInForm(r *http.Request, q hub.Query) views.SignInPage {
	on := &views.WordsOf(q.Speaks).OnDoor
	p := views.SignInPage{Chrome: s.doorChrome(r, q, "signin", on.SignIn)}
	if s.routed("/tv") {
		p.Pair.URL = own("/tv", q)
	}
	switch {
	case s.Access.Trouble() != nil:
		p.Trouble = on.Shut
	case s.Access.SetupNeeded() && s.OIDC == nil: // nobody could sign in
		s.Access.SetupCode() // which prints a new link when the last is too old
		return p
	}
	p.Company = s.companyWay(r, q)
	if p.Company == "" || s.Access.PasswordsUsed() {
		p.Action = own("/signin", q)
	}
	if s.OIDC != nil && !s.OIDC.Up() {
		p.Trouble = views.WordsOf(q.Speaks).OnCompany.Down
	}
	return p
}

// signIn takes a name and a password.
func (s *site) signIn(w http.ResponseWriter, r *http.Request) error {
	q := s.doorQuery(r)
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	on := &views.WordsOf(q.Speaks).OnDoor
	a, err := s.Access.SignIn(r.Context(), access.Attempt{
		Login: r.PostForm.Get("user"), Password: r.PostForm.Get("password"), Addr: s.client(r), Device: s.Access.Device(r),
	})
	if err == nil {
		if _, err = s.Access.Start(w, r, a, s.client(r)); err == nil {
			return leads(w, r, s.after(r.PostForm.Get("to"), q))
		}
	}
	p := s.signInForm(r, q)
	p.Name, p.To = begun(r.PostForm.Get("user"), access.MaxLogin), r.PostForm.Get("to")
	status := http.StatusForbidden
	var later *access.LaterError
	switch {
	case errors.Is(err, access.ErrRefused):
		p.Trouble = on.Wrong
	case errors.As(err, &later):
		status, p.Trouble = http.StatusTooManyRequests, s.laterText(w, on, later)
	case errors.Is(err, access.ErrShut):
		status, p.Trouble = http.StatusServiceUnavailable, on.Shut
	default:
		return err
	}
	return s.showStatus(w, r, q, status, views.SignInPageView(p))
}

// laterText says when to try again, for the reader and in the header.
func (s *site) laterText(w http.ResponseWriter, on *views.DoorWords, e *access.LaterError) string {
	seconds := int(math.Ceil(e.After.Seconds()))
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	at := time.Now().Add(time.Duration(seconds) * time.Second).In(s.Hub.Zone())
	return fmt.Sprintf(on.LaterFmt, at.Format(time.TimeOnly))
}

// byCompany marks the page of somebody who was signed in by the company's account.
const byCompany = "company"

// signOut ends the sign-in of this browser.
func (s *site) signOut(w http.ResponseWriter, r *http.Request) error {
	q := s.doorQuery(r)
	to := own("/signedout", q)
	if s.Access != nil {
		if a, err := s.self(r); err == nil && a.Subject != "" && s.OIDC != nil {
			v := hub.Query{Lang: q.Lang, Theme: q.Theme}.Values()
			v.Set(byCompany, "")
			to = "/signedout?" + v.Encode()
		}
		if err := s.Access.End(w, r); err != nil {
			return err
		}
	}
	w.Header().Set("Clear-Site-Data", clearSite)
	return leads(w, r, to)
}

// signedOut is the page behind it.
func (s *site) signedOut(w http.ResponseWriter, r *http.Request) error {
	q := s.doorQuery(r)
	if s.Access == nil || who(r).Kind == access.Local || who(r).Kind == access.Person {
		return leads(w, r, s.after("", q))
	}
	if look := r.URL.Query().Get("state"); look != "" { // back from signing out at the company
		q = s.doorQuery(lookingLike(r, look))
	}
	on := &views.WordsOf(q.Speaks).OnDoor
	p := views.GonePage{
		Chrome: s.doorChrome(r, q, "gone", on.SignedOut), Title: on.SignedOut, Text: on.SignedOutText,
		Links: []views.Option{{Label: on.SignInAgain, URL: own("/signin", q)}},
	}
	if s.OIDC != nil && r.URL.Query().Has(byCompany) {
		text, link := s.companyEnd(r, q)
		p.Text += " " + text
		if link.URL != "" {
			p.Links = append(p.Links, link)
		}
	}
	return s.showStatus(w, r, q, http.StatusOK, views.GonePageView(p))
}

// after is where somebody goes who signed in: where they wanted to, within this
// site, else the board.
func (s *site) after(to string, q hub.Query) string {
	if to == "" {
		return hub.Query{Page: hub.PageBoard, Lang: q.Lang, Theme: q.Theme}.URL()
	}
	return back(to, q)
}

// leads sends a browser to another page.
func leads(w http.ResponseWriter, r *http.Request, to string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// begun is the beginning of a text, for a field that shows it again.
func begun(text string, most int) string {
	if all := []rune(text); len(all) > most {
		return string(all[:most])
	}
	return text
}

func accountsOff(w *views.ErrorWords) views.Trouble { return w.AccountsOff }
func noPerson(w *views.ErrorWords) views.Trouble    { return w.NoPerson }

// doorFault is what is wrong with a field of an account, in words, and which it
// is; false for any other error.
func doorFault(words *views.Words, err error) (text, field string, ok bool) {
	var f *access.FieldError
	if !errors.As(err, &f) {
		return "", "", false
	}
	on := &words.OnDoor
	text = words.Errors.BadField
	switch {
	case f.Field == "login" && f.Fault == access.Taken:
		text = on.LoginTaken
	case f.Field == "login":
		text = on.LoginWrong
	case f.Field == "name":
		text = on.NameWrong
	case f.Field == "password" && f.Fault == access.Common:
		text = on.Common
	case f.Field == "password" && f.Fault == access.Guessable:
		text = on.Alike
	case f.Field == "password" && f.Fault == access.TooLong:
		text = fmt.Sprintf(on.LongFmt, f.Limit)
	case f.Field == "password":
		text = fmt.Sprintf(on.ShortFmt, access.MinPassword)
	case f.Field == "reason":
		text = fmt.Sprintf(on.ReasonWrongFmt, access.MinReason, access.MaxReason)
	}
	return text, f.Field, true
}
