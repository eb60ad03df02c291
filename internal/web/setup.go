package web

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/views"
)

// A set-up code comes in a link. It moves into a cookie at once, so that it
// stays neither in the address bar nor in the list of visited pages.

const (
	setupCookie = "callboard-setup"
	setupLife   = 15 * time.Minute
)

// setupName is the cookie's name: bound to this host where it travels encrypted.
func (s *site) setupName(r *http.Request) string {
	if s.secure(r) {
		return "__Host-" + setupCookie
	}
	return setupCookie
}

// keepCode moves a code into the cookie; an empty one deletes it. The mode is
// Lax: the link stands in a message, and a browser that comes from one sends no
// strict cookie along.
func (s *site) keepCode(w http.ResponseWriter, r *http.Request, code string) {
	c := &http.Cookie{
		Name: s.setupName(r), Value: code, Path: "/", MaxAge: int(setupLife / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(r),
	}
	if code == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// setupOf is whom a code is for: the first administrator, or somebody who
// chooses a password.
func (s *site) setupOf(r *http.Request, code string) (a access.Account, first, ok bool) {
	if code == "" {
		return a, false, false
	}
	if s.Access.SetupValid(code) {
		return a, true, true
	}
	a, err := s.Access.Invited(r.Context(), code)
	return a, false, err == nil
}

// setupPage is "/setup".
func (s *site) setupPage(w http.ResponseWriter, r *http.Request) error {
	q := s.doorQuery(r)
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if code := r.URL.Query().Get("code"); code != "" {
		return s.takeCode(w, r, q, code)
	}
	return s.showSetup(w, r, q, http.StatusOK, s.setupForm(w, r, q))
}

// takeCode checks a code and leads to the page without it.
func (s *site) takeCode(w http.ResponseWriter, r *http.Request, q hub.Query, code string) error {
	if _, _, ok := s.setupOf(r, code); ok {
		s.keepCode(w, r, code)
		return leads(w, r, own("/setup", q))
	}
	p := s.codeForm(r, q)
	p.Field, p.Trouble = "code", views.WordsOf(q.Speaks).OnDoor.CodeWrong
	return s.showSetup(w, r, q, http.StatusForbidden, p)
}

// setupForm is the form for the code in the cookie; without one, for the code.
func (s *site) setupForm(w http.ResponseWriter, r *http.Request, q hub.Query) views.SetupPage {
	on := &views.WordsOf(q.Speaks).OnDoor
	code := ""
	if c, err := r.Cookie(s.setupName(r)); err == nil {
		code = c.Value
	}
	a, first, ok := s.setupOf(r, code)
	p := views.SetupPage{
		Chrome: s.doorChrome(r, q, "setup", on.SetupTitle), Title: on.SetupTitle, Text: on.SetupText, Action: own("/setup", q), Do: on.SetupDo,
		Step: "account", Least: access.MinPassword, Rule: fmt.Sprintf(on.PasswordRuleFmt, access.MinPassword),
	}
	p.Chrome.Spoken = choices(q, func(q hub.Query) string { return own("/setup", q) })
	switch {
	case !ok:
		if code != "" {
			s.keepCode(w, r, "")
		}
		p = s.codeForm(r, q)
		if code != "" {
			p.Field, p.Trouble = "code", on.CodeWrong
		}
	case !first:
		p.Title, p.Text = fmt.Sprintf(on.WelcomeFmt, a.Name), on.WelcomeText
		p.Login, p.Step, p.Do = a.Login, "password", on.WelcomeDo
	}
	return p
}

// codeForm asks for a code, and says where to get one.
func (s *site) codeForm(r *http.Request, q hub.Query) views.SetupPage {
	on := &views.WordsOf(q.Speaks).OnDoor
	p := views.SetupPage{
		Chrome: s.doorChrome(r, q, "setup", on.SetupTitle), Title: on.SetupTitle, Text: on.SetupOver, Action: own("/setup", q),
		Step: "code", Do: on.CodeGo, How: on.CodeHowPerson,
	}
	p.Chrome.Spoken = choices(q, func(q hub.Query) string { return own("/setup", q) })
	if s.Access.SetupNeeded() {
		s.Access.SetupCode() // which prints a new link when the last is too old
		p.Text, p.How = on.SetupText, on.CodeHow
	}
	return p
}

func (s *site) showSetup(w http.ResponseWriter, r *http.Request, q hub.Query, status int, p views.SetupPage) error {
	return s.showStatus(w, r, q, status, views.SetupPageView(p))
}

// setup makes the first administrator, or somebody's password, and signs in.
func (s *site) setup(w http.ResponseWriter, r *http.Request) error {
	q := s.doorQuery(r)
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	form := r.PostForm
	if code := form.Get("code"); code != "" {
		return s.takeCode(w, r, q, code)
	}
	p := s.setupForm(w, r, q)
	if p.Step == "code" {
		p.Field, p.Trouble = "code", views.WordsOf(q.Speaks).OnDoor.CodeWrong
		return s.showSetup(w, r, q, http.StatusForbidden, p)
	}
	c, err := r.Cookie(s.setupName(r))
	if err != nil {
		return err // setupForm read it
	}
	var a access.Account
	if p.Step == "password" {
		a, err = s.Access.Accept(r.Context(), c.Value, form.Get("password"))
	} else {
		a, err = s.Access.SetUp(r.Context(), c.Value, form.Get("login"), form.Get("name"), form.Get("password"))
	}
	if err == nil {
		if _, err = s.Access.Start(w, r, a, s.client(r)); err != nil {
			return err
		}
		s.keepCode(w, r, "")
		return leads(w, r, s.after("", q))
	}
	words := views.WordsOf(q.Speaks)
	status := http.StatusUnprocessableEntity
	var later *access.LaterError
	switch text, field, wrong := doorFault(words, err); {
	case wrong:
		p.Trouble, p.Field = text, field
	case errors.Is(err, access.ErrSetupCode):
		s.keepCode(w, r, "")
		status, p = http.StatusForbidden, s.codeForm(r, q)
		p.Trouble, p.Field = words.OnDoor.CodeWrong, "code"
	case errors.As(err, &later):
		status, p.Trouble = http.StatusTooManyRequests, s.laterText(w, &words.OnDoor, later)
	default:
		return err
	}
	if p.Step == "account" {
		p.Login, p.Name = begun(form.Get("login"), access.MaxLogin), begun(form.Get("name"), access.MaxName)
	}
	return s.showSetup(w, r, q, status, p)
}
