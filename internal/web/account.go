package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"callboard/internal/access"
	"callboard/internal/hub"
	"callboard/internal/privacy"
	"callboard/views"
)

// self is the account of who asks; the error is a page that is not there.
func (s *site) self(r *http.Request) (access.Account, error) {
	id, ok := who(r).Person()
	if !ok || s.Access == nil {
		return access.Account{}, failed(http.StatusNotFound, accountsOff)
	}
	a, err := s.Access.Account(id)
	if err != nil {
		return a, failed(http.StatusNotFound, noPerson)
	}
	return a, nil
}

// ownFrame is the frame of a page about accounts: live, with navigation, but for
// the page itself.
func (s *site) ownFrame(r *http.Request, page, title string) (hub.Query, views.Chrome, views.Strip, error) {
	q, p, err := s.framed(frameOnly(r))
	if err != nil {
		return q, views.Chrome{}, views.Strip{}, err
	}
	c := s.live(q, p, title)
	c.Page = page
	for _, list := range [][]views.NavItem{c.Nav, c.More} {
		for i := range list {
			list[i].Current = false
		}
	}
	c.Ride = views.TravelEntry{} // there is no record of accounts but the audit log
	c.Spoken = choices(q, here(r))
	c.BackURL = plainly(r, q)
	return q, c, p.Strip, nil
}

// frameOnly leaves of an address what its frame needs: the rest is for the page.
func frameOnly(r *http.Request) *http.Request {
	v := r.URL.Query()
	for name := range v {
		if name != "lang" && name != "theme" {
			v.Del(name)
		}
	}
	address := *r.URL
	address.RawQuery = v.Encode()
	r = r.WithContext(r.Context())
	r.URL = &address
	return r
}

// accountPage is "/account".
func (s *site) accountPage(w http.ResponseWriter, r *http.Request) error {
	a, err := s.self(r)
	if err != nil {
		return err
	}
	return s.showAccount(w, r, a, http.StatusOK, func(p *views.Account, words *views.Words) {
		on := &words.OnAccess
		p.Said = map[string]string{"password": on.Changed, "ended": on.EndedOne, "others": on.EndedOthers}[r.URL.Query().Get("said")]
	})
}

func (s *site) showAccount(w http.ResponseWriter, r *http.Request, a access.Account, status int, with func(*views.Account, *views.Words)) error {
	q, chrome, strip, err := s.ownFrame(r, "account", views.WordsOf(s.look(r).Speaks).OnAccess.Account)
	if err != nil {
		return err
	}
	words := views.WordsOf(q.Speaks)
	on := &words.OnAccess
	p := views.Account{
		Facts: []views.Fact{{Label: on.Name, Value: a.Name}, {Label: on.User, Value: a.Login}, {Label: on.Role, Value: on.Roles[a.Role] + ": " + on.RoleHints[a.Role]}},
		Sees:  s.sees(on, a), Login: a.Login,
		Least: access.MinPassword, Rule: fmt.Sprintf(words.OnDoor.PasswordRuleFmt, access.MinPassword),
		Password: own("/account/password", q),
	}
	if a.Subject != "" {
		p.Password, p.Company = "", on.ByCompany
	}
	me := who(r).Session
	for _, x := range s.Access.Sessions(a.ID) {
		row := views.SessionRow{
			Device: x.Browser, From: orDash(x.Network), Since: s.clockOf(words, x.Started), Seen: s.clockOf(words, x.LastSeen),
			Current: x.ID == me, Action: own("/account/end", q), ID: x.ID,
		}
		if row.Device == "" {
			row.Device = on.NotKnown
		}
		if !row.Current {
			p.EndOthers = own("/account/end-others", q)
		}
		p.Sessions = append(p.Sessions, row)
	}
	with(&p, words)
	return s.showStatus(w, r, q, status, views.AccountPageView(views.AccountPage{Chrome: chrome, Strip: strip, Account: p}))
}

// sees says in sentences what an account sees.
func (s *site) sees(on *views.AccessWords, a access.Account) []string {
	var out []string
	for _, part := range []struct {
		names     []string
		one, many string
	}{{a.Scope.Teams(), on.SeesTeamFmt, on.SeesTeamsFmt}, {s.lineNames(a.Scope.Lines()), on.SeesLineFmt, on.SeesLinesFmt}} {
		switch n := len(part.names); n {
		case 0:
		case 1:
			out = append(out, fmt.Sprintf(part.one, part.names[0]))
		default:
			out = append(out, fmt.Sprintf(part.many, strings.Join(part.names[:n-1], ", ")+" "+on.And+" "+part.names[n-1]))
		}
	}
	if len(out) == 0 {
		out = append(out, on.SeesAll)
	}
	level := a.Lens().Level
	out = append(out, on.LevelTexts[level])
	if level != privacy.Full && a.Role < access.Supervisor {
		out = append(out, on.HiddenHere)
	}
	return out
}

// changePassword takes the present password and a new one.
func (s *site) changePassword(w http.ResponseWriter, r *http.Request) error {
	a, err := s.self(r)
	if err != nil {
		return err
	}
	if a.Subject != "" {
		return failed(http.StatusConflict, func(w *views.ErrorWords) views.Trouble { return w.ByCompany })
	}
	if err := posted(w, r); err != nil {
		return err
	}
	err = s.Access.ChangePassword(r.Context(), who(r), access.Attempt{
		Password: r.PostForm.Get("old"), Addr: s.client(r), Device: s.Access.Device(r),
	}, r.PostForm.Get("password"))
	if err == nil {
		return leads(w, r, saying(own("/account", s.look(r)), "password"))
	}
	status, trouble, field := http.StatusUnprocessableEntity, "", ""
	words := views.WordsOf(s.look(r).Speaks)
	var later *access.LaterError
	switch {
	case errors.Is(err, access.ErrRefused):
		status, trouble, field = http.StatusForbidden, words.OnAccess.OldWrong, "old"
	case errors.As(err, &later):
		status, trouble = http.StatusTooManyRequests, s.laterText(w, &words.OnDoor, later)
	default:
		wrong := false
		if trouble, field, wrong = doorFault(words, err); !wrong {
			return err
		}
	}
	return s.showAccount(w, r, a, status, func(p *views.Account, _ *views.Words) { p.Trouble, p.Field = trouble, field })
}

// endSession ends one of the viewer's own sign-ins.
func (s *site) endSession(w http.ResponseWriter, r *http.Request) error {
	a, err := s.self(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	id := r.PostForm.Get("session")
	for _, x := range s.Access.Sessions(a.ID) {
		if x.ID == id {
			if err := s.Access.EndSession(r.Context(), who(r), id); err != nil && !errors.Is(err, access.ErrUnknown) {
				return err
			}
		}
	} // one that is not among them has ended, or never was the viewer's
	return leads(w, r, saying(own("/account", s.look(r)), "ended"))
}

// endOthers ends all of the viewer's sign-ins but the one that asks.
func (s *site) endOthers(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.self(r); err != nil {
		return err
	}
	if _, err := s.Access.EndOthers(r.Context(), who(r)); err != nil {
		return err
	}
	return leads(w, r, saying(own("/account", s.look(r)), "others"))
}

// saying is an address with the word of what was just done.
func saying(address, what string) string {
	sign := "?"
	if strings.Contains(address, "?") {
		sign = "&"
	}
	return address + sign + "said=" + what
}

// clockOf is a moment for people to read: the hour of today, the day of others.
func (s *site) clockOf(words *views.Words, t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	t = t.In(s.Hub.Zone())
	now := s.Hub.Now().In(s.Hub.Zone())
	switch {
	case t.Format(time.DateOnly) == now.Format(time.DateOnly):
		return t.Format("15:04")
	case now.Sub(t) > 0 && now.Sub(t) < 300*24*time.Hour:
		return words.Day(t) + ", " + t.Format("15:04")
	}
	return words.Date(t)
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
