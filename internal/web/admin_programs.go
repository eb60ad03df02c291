package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"callboard/internal/access"
	"callboard/internal/privacy"
	"callboard/views"
)

const programsPath = "/admin/programs"

// tokenDays are how long a token can be made for; the second is usual.
var tokenDays = []int{30, 90, 180, 365}

const usualTokenDays = 90

func (s *site) programsPage(w http.ResponseWriter, r *http.Request) error {
	return s.showPrograms(w, r, http.StatusOK, nil)
}

func (s *site) showPrograms(w http.ResponseWriter, r *http.Request, status int, wrong func(*views.ProgramForm, *adminPage)) error {
	a, err := s.admin(r, "programs", func(on *views.AccessWords) string { return on.Programs })
	if err != nil {
		return err
	}
	p := views.ProgramsPage{Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs}
	if r.URL.Query().Get("said") == "revoked" {
		p.Said = a.on.Revoked
	}
	now := time.Now()
	for _, t := range s.Access.Tokens() {
		row := views.ProgramRow{
			Name: t.Name, Role: a.on.Roles[t.Role], Level: a.on.Levels[t.Lens.Level], Scope: s.scopeText(a.on, t.Lens.Scope),
			Made: s.day(a.words, t.Made), Used: a.on.Never, Expires: s.day(a.words, t.Expires), Off: !t.Stands(now),
		}
		if !t.Used.IsZero() {
			row.Used = s.clockOf(a.words, t.Used)
		}
		switch {
		case !t.Revoked.IsZero():
			row.Expires = a.on.WasRevoked
		case row.Off:
			row.Expires = a.on.Expired
		default:
			row.Revoke = own(programsPath+"/"+strconv.FormatInt(t.ID, 10)+"/revoke", a.q)
		}
		p.Rows = append(p.Rows, row)
	}
	p.Form = views.ProgramForm{Action: own(programsPath, a.q), Roles: rolePicks(a.on, ""), Levels: levelPicks(a.on, ""), Expires: dayPicks(a.on, strconv.Itoa(usualTokenDays))}
	p.Form.Teams, p.Form.Lines = s.scopePicks("")
	if wrong != nil {
		wrong(&p.Form, a)
	}
	return s.showStatus(w, r, a.q, status, views.ProgramsPageView(p))
}

func (s *site) day(words *views.Words, t time.Time) string { return words.Date(t.In(s.Hub.Zone())) }

func dayPicks(on *views.AccessWords, chosen string) []views.Pick {
	picks := make([]views.Pick, len(tokenDays))
	for i, n := range tokenDays {
		picks[i] = views.Pick{Value: strconv.Itoa(n), Label: on.Days.Of(n), Chosen: strconv.Itoa(n) == chosen}
	}
	return picks
}

// makeToken lets a program in, and shows the secret once.
func (s *site) makeToken(w http.ResponseWriter, r *http.Request) error {
	if s.Access == nil {
		return failed(http.StatusNotFound, accountsOff)
	}
	if err := posted(w, r); err != nil {
		return err
	}
	form := r.PostForm
	role, okRole := access.ParseRole(form.Get("role"))
	level, ownLevel, okLevel := chosenLevel(r)
	if !ownLevel {
		level = role.Level()
	}
	days, err := strconv.Atoi(form.Get("days"))
	okDays := err == nil && slices.Contains(tokenDays, days)
	err = &access.FieldError{Field: "role", Fault: access.Malformed}
	var t access.Token
	secret := ""
	if okRole && okLevel && okDays {
		t, secret, err = s.Access.AddToken(r.Context(), who(r), access.NewToken{
			Name: form.Get("name"), Role: role, Lens: privacy.Lens{Level: level, Scope: chosenScope(r)}, Expires: time.Now().AddDate(0, 0, days),
		})
	}
	var field *access.FieldError
	switch {
	case errors.As(err, &field):
		return s.showPrograms(w, r, http.StatusUnprocessableEntity, func(f *views.ProgramForm, a *adminPage) {
			f.Trouble, f.Field, _ = doorFault(a.words, err)
			f.Name, f.Expires = begun(form.Get("name"), access.MaxName), dayPicks(a.on, form.Get("days"))
			f.Roles, f.Levels = rolePicks(a.on, form.Get("role")), levelPicks(a.on, form.Get("level"))
			f.Teams, f.Lines = s.scopePicks(chosenScope(r))
		})
	case err != nil:
		return err
	}
	a, err := s.admin(r, "programs", func(on *views.AccessWords) string { return fmt.Sprintf(on.TokenTitleFmt, t.Name) })
	if err != nil {
		return err
	}
	return s.showStatus(w, r, a.q, http.StatusOK, views.SecretPageView(views.SecretPage{
		Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs, Title: a.chrome.Title, Text: a.on.TokenText, Secret: secret, Copy: a.on.TokenCopy, Copied: a.on.Copied,
		Example: `curl -H "Authorization: Bearer $CALLBOARD_TOKEN" ` + s.base(r) + "/api/v1/board", Back: own(programsPath, a.q), BackText: a.on.Programs,
	}))
}

// tokenOf is the token in an address.
func (s *site) tokenOf(r *http.Request) (access.Token, error) {
	if s.Access == nil {
		return access.Token{}, failed(http.StatusNotFound, accountsOff)
	}
	for _, t := range s.Access.Tokens() {
		if strconv.FormatInt(t.ID, 10) == chi.URLParam(r, "id") {
			return t, nil
		}
	}
	return access.Token{}, failed(http.StatusNotFound, func(w *views.ErrorWords) views.Trouble { return w.NoProgram })
}

func (s *site) revokePage(w http.ResponseWriter, r *http.Request) error {
	t, err := s.tokenOf(r)
	if err != nil {
		return err
	}
	a, err := s.admin(r, "programs", func(on *views.AccessWords) string { return fmt.Sprintf(on.RevokeTitleFmt, t.Name) })
	if err != nil {
		return err
	}
	return s.show(w, r, a.q, views.ConfirmPageView(views.ConfirmPage{
		Chrome: a.chrome, Strip: a.strip, Tabs: a.tabs, Title: a.chrome.Title, Text: a.on.RevokeText,
		Action: own(r.URL.Path, a.q), Do: a.on.Revoke, Keep: own(programsPath, a.q), KeepText: a.on.Keep,
	}))
}

func (s *site) revoke(w http.ResponseWriter, r *http.Request) error {
	t, err := s.tokenOf(r)
	if err != nil {
		return err
	}
	if err := s.Access.RevokeToken(r.Context(), who(r), t.ID); err != nil && !errors.Is(err, access.ErrUnknown) {
		return err
	}
	return s.leadsTo(w, r, programsPath, "revoked")
}
