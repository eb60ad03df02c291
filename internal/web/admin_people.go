package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"callboard/internal/access"
	"callboard/views"
)

// peoplePath is where the accounts are.
const peoplePath = "/admin/people"

func personPath(id int64) string { return peoplePath + "/" + strconv.FormatInt(id, 10) }

func (s *site) adminPeople(w http.ResponseWriter, r *http.Request) error {
	return s.showAccounts(w, r, http.StatusOK, nil)
}

// showAccounts is the table and the form; wrong, where it is not nil, changes the form.
func (s *site) showAccounts(w http.ResponseWriter, r *http.Request, status int, wrong func(*views.PersonForm, *adminPage)) error {
	a, err := s.admin(r, "people", func(on *views.AccessWords) string { return on.People })
	if err != nil {
		return err
	}
	p := views.AdminPeoplePage{Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs}
	if r.URL.Query().Get("said") == "removed" {
		p.Said = a.on.Removed
	}
	me, _ := who(r).Person()
	for _, x := range s.Access.Accounts() {
		p.Rows = append(p.Rows, views.PersonRow{
			URL: own(personPath(x.ID), a.q), Name: x.Name, Login: x.Login, Role: a.on.Roles[x.Role], Level: a.on.Levels[x.Lens().Level],
			Scope: s.scopeText(a.on, x.Scope), Seen: s.lastSeen(a, x), State: stateOf(a.on, x), Off: x.Disabled, You: x.ID == me,
		})
	}
	p.Form = views.PersonForm{Action: own(peoplePath, a.q), Do: a.on.AddDo, New: true, Roles: rolePicks(a.on, ""), Levels: levelPicks(a.on, "")}
	p.Form.Teams, p.Form.Lines = s.scopePicks("")
	if wrong != nil {
		wrong(&p.Form, a)
	}
	return s.showStatus(w, r, a.q, status, views.AdminPeoplePageView(p))
}

func (s *site) lastSeen(a *adminPage, x access.Account) string {
	if x.SignedIn.IsZero() {
		return a.on.Never
	}
	return s.clockOf(a.words, x.SignedIn)
}

// stateOf is in a word whether somebody can sign in, and how.
func stateOf(on *views.AccessWords, a access.Account) string {
	switch {
	case a.Disabled:
		return on.Disabled
	case a.Subject != "":
		return on.CompanyAccount
	case !a.Password:
		return on.Invited
	}
	return on.Active
}

// addPerson makes an account and the link by which its person chooses a password.
func (s *site) addPerson(w http.ResponseWriter, r *http.Request) error {
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	form := r.PostForm
	role, okRole := access.ParseRole(form.Get("role"))
	level, own, okLevel := chosenLevel(r)
	var made access.Account
	err := error(&access.FieldError{Field: "role", Fault: access.Malformed})
	if okRole && okLevel {
		made, err = s.Access.Add(r.Context(), who(r), access.NewAccount{
			Login: form.Get("login"), Name: form.Get("name"), Role: role, OwnLevel: own, Level: level, Scope: chosenScope(r),
		})
	}
	if err != nil {
		return s.showAccounts(w, r, http.StatusUnprocessableEntity, func(f *views.PersonForm, a *adminPage) {
			f.Trouble, f.Field, _ = doorFault(a.words, err)
			s.typed(f, a, r)
		})
	}
	return s.invite(w, r, made)
}

// typed shows a form as it was sent.
func (s *site) typed(f *views.PersonForm, a *adminPage, r *http.Request) {
	f.Login, f.Name = begun(r.PostForm.Get("login"), access.MaxLogin), begun(r.PostForm.Get("name"), access.MaxName)
	f.Roles, f.Levels = rolePicks(a.on, r.PostForm.Get("role")), levelPicks(a.on, r.PostForm.Get("level"))
	f.Teams, f.Lines = s.scopePicks(chosenScope(r))
}

// invite makes a link for somebody and shows it, once.
func (s *site) invite(w http.ResponseWriter, r *http.Request, x access.Account) error {
	code, _, err := s.Access.Invite(r.Context(), who(r), x.ID)
	if err != nil {
		return err
	}
	a, err := s.admin(r, "people", func(on *views.AccessWords) string { return fmt.Sprintf(on.LinkTitleFmt, x.Name) })
	if err != nil {
		return err
	}
	return s.showStatus(w, r, a.q, http.StatusOK, views.SecretPageView(views.SecretPage{
		Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs, Title: a.chrome.Title, Text: a.on.LinkText,
		Secret: s.base(r) + "/setup?" + url.Values{"code": {code}}.Encode(), Copy: a.on.LinkCopy, Copied: a.on.Copied,
		Back: own(peoplePath, a.q), BackText: a.on.People,
	}))
}

// person is the account in an address.
func (s *site) person(r *http.Request) (access.Account, error) {
	if s.Access == nil {
		return access.Account{}, failed(http.StatusNotFound, accountsOff)
	}
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return access.Account{}, failed(http.StatusNotFound, noPerson)
	}
	x, err := s.Access.Account(id)
	if err != nil {
		return x, failed(http.StatusNotFound, noPerson)
	}
	return x, nil
}

// lastAdministrator reports that nobody else who can sign in administers.
func (s *site) lastAdministrator(x access.Account) bool {
	if x.Role != access.Administrator || !x.CanSignIn() {
		return false
	}
	for _, o := range s.Access.Accounts() {
		if o.ID != x.ID && o.Role == access.Administrator && o.CanSignIn() {
			return false
		}
	}
	return true
}

func (s *site) personPage(w http.ResponseWriter, r *http.Request) error {
	x, err := s.person(r)
	if err != nil {
		return err
	}
	return s.showPerson(w, r, x, http.StatusOK, nil)
}

func (s *site) showPerson(w http.ResponseWriter, r *http.Request, x access.Account, status int, wrong func(*views.PersonForm, *adminPage)) error {
	a, err := s.admin(r, "people", func(*views.AccessWords) string { return x.Name })
	if err != nil {
		return err
	}
	on, path := a.on, personPath(x.ID)
	p := views.AdminPersonPage{
		Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs, Name: x.Name, PeopleURL: own(peoplePath, a.q),
		Facts: []views.Fact{
			{Label: on.User, Value: x.Login}, {Label: on.State, Value: stateOf(on, x)}, {Label: on.LastSignIn, Value: s.lastSeen(a, x)},
			{Label: on.SessionsOpen, Value: on.SessionsNow.Of(len(s.Access.Sessions(x.ID)))},
		},
		Said: map[string]string{"saved": on.Saved, "end": on.EndedAll, "disable": on.WasDisabled, "enable": on.WasEnabled}[r.URL.Query().Get("said")],
	}
	refused := ""
	switch me, _ := who(r).Person(); {
	case s.lastAdministrator(x):
		refused = on.LastAdministrator
	case x.ID == me:
		refused = on.Yourself
	}
	act := func(word, do, text, refused string) {
		p.Acts = append(p.Acts, views.PersonAct{Do: do, Text: text, Action: own(path+"/"+word, a.q), Refused: refused, Link: word == "remove"})
	}
	act("end", on.EndAll, on.EndAllText, "")
	if x.Subject == "" && !x.Disabled {
		act("link", on.NewLink, on.NewLinkText, "")
	}
	if x.Disabled {
		act("enable", on.Enable, on.EnableText, "")
	} else {
		act("disable", on.Disable, on.DisableText, refused)
	}
	act("remove", on.Remove, on.RemoveText, refused)
	level := ""
	if x.OwnLevel {
		level = x.Level.String()
	}
	p.Form = views.PersonForm{
		Action: own(path, a.q), Do: on.Save, Name: x.Name, Roles: rolePicks(on, x.Role.String()), Levels: levelPicks(on, level), NameFixed: x.Subject != "",
	}
	if x.Subject != "" {
		p.Form.Note = on.CompanyFixed
	}
	if s.lastAdministrator(x) {
		p.Form.RoleFixed = on.LastAdministrator
	}
	p.Form.Teams, p.Form.Lines = s.scopePicks(x.Scope)
	if wrong != nil {
		wrong(&p.Form, a)
	}
	return s.showStatus(w, r, a.q, status, views.AdminPersonPageView(p))
}

// changePerson keeps what an administrator decided.
func (s *site) changePerson(w http.ResponseWriter, r *http.Request) error {
	x, err := s.person(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	role, okRole := access.ParseRole(r.PostForm.Get("role"))
	level, own, okLevel := chosenLevel(r)
	err = &access.FieldError{Field: "role", Fault: access.Malformed}
	if okRole && okLevel {
		_, err = s.Access.Change(r.Context(), who(r), x.ID, func(x *access.Account) error {
			x.Role, x.OwnLevel, x.Level, x.Scope = role, own, level, chosenScope(r)
			if x.Subject == "" {
				x.Name = r.PostForm.Get("name")
				if x.Name == "" {
					return &access.FieldError{Field: "name", Fault: access.Missing}
				}
			}
			return nil
		})
	}
	if err == nil {
		return s.leadsTo(w, r, personPath(x.ID), "saved")
	}
	return s.refusedPerson(w, r, x, err)
}

// refusedPerson shows why an account stays as it is.
func (s *site) refusedPerson(w http.ResponseWriter, r *http.Request, x access.Account, err error) error {
	var field *access.FieldError
	switch {
	case errors.Is(err, access.ErrUnknown):
		return failed(http.StatusNotFound, noPerson)
	case errors.Is(err, access.ErrLastAdministrator):
		return s.showPerson(w, r, x, http.StatusConflict, func(f *views.PersonForm, a *adminPage) { f.Trouble = a.on.LastAdministrator })
	case errors.As(err, &field):
		return s.showPerson(w, r, x, http.StatusUnprocessableEntity, func(f *views.PersonForm, a *adminPage) {
			f.Trouble, f.Field, _ = doorFault(a.words, err)
			s.typed(f, a, r)
		})
	}
	return err
}

// leadsTo leads to a page of accounts, which says what was done.
func (s *site) leadsTo(w http.ResponseWriter, r *http.Request, path, what string) error {
	return leads(w, r, saying(own(path, s.doorQuery(r)), what))
}

// actOnPerson ends sessions, makes a link, disables or enables.
func (s *site) actOnPerson(w http.ResponseWriter, r *http.Request) error {
	x, err := s.person(r)
	if err != nil {
		return err
	}
	if err := posted(w, r); err != nil {
		return err
	}
	act := chi.URLParam(r, "act")
	me, _ := who(r).Person()
	switch act {
	case "link":
		if x.Subject != "" || x.Disabled {
			return s.showPerson(w, r, x, http.StatusConflict, nil)
		}
		return s.invite(w, r, x)
	case "end":
		err = s.Access.EndAll(r.Context(), who(r), x.ID)
	default:
		if act == "disable" && x.ID == me {
			return s.showPerson(w, r, x, http.StatusConflict, nil)
		}
		_, err = s.Access.Change(r.Context(), who(r), x.ID, func(x *access.Account) error {
			x.Disabled = act == "disable"
			return nil
		})
	}
	if err != nil {
		return s.refusedPerson(w, r, x, err)
	}
	return s.leadsTo(w, r, personPath(x.ID), act)
}

// removePersonPage asks once more.
func (s *site) removePersonPage(w http.ResponseWriter, r *http.Request) error {
	x, err := s.person(r)
	if err != nil {
		return err
	}
	a, err := s.admin(r, "people", func(on *views.AccessWords) string { return fmt.Sprintf(on.RemoveTitleFmt, x.Name) })
	if err != nil {
		return err
	}
	return s.show(w, r, a.q, views.ConfirmPageView(views.ConfirmPage{
		Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs, Title: a.chrome.Title, Text: a.on.RemoveText,
		Action: own(personPath(x.ID)+"/remove", a.q), Do: a.on.RemoveDo, Keep: own(personPath(x.ID), a.q), KeepText: a.on.Keep,
	}))
}

func (s *site) removePerson(w http.ResponseWriter, r *http.Request) error {
	x, err := s.person(r)
	if err != nil {
		return err
	}
	if me, _ := who(r).Person(); x.ID == me {
		return s.showPerson(w, r, x, http.StatusConflict, nil)
	}
	if err := s.Access.Remove(r.Context(), who(r), x.ID); err != nil {
		return s.refusedPerson(w, r, x, err)
	}
	return s.leadsTo(w, r, peoplePath, "removed")
}
