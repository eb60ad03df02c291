package access

import (
	"context"
	"database/sql"
	"errors"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"callboard/internal/privacy"
)

// An Attempt is somebody who wants to sign in.
type Attempt struct {
	Login, Password string
	Addr            netip.Addr // the browser's
	Device          string     // what Service.Device says of the request
}

// SignIn checks a name and a password. The error is ErrRefused, alike and after
// the same time for unknown, disabled and wrong, or a *LaterError. Start makes a
// session of the account.
func (s *Service) SignIn(ctx context.Context, t Attempt) (Account, error) {
	if err := s.Trouble(); err != nil {
		return Account{}, err
	}
	a, err := s.AccountOf(t.Login)
	known := err == nil && !a.Disabled
	if utf8.RuneCountInString(t.Password) > MaxPassword {
		t.Password = ""
	}
	now := time.Now()
	device := s.deviceOf(t.Device, a.ID, now)
	w, after := s.limits.admit(t.Login, device, t.Addr, s.knownPlace(a.ID, t.Addr, now), now)
	if after > 0 {
		s.refuse(t, a)
		return Account{}, &LaterError{after}
	}
	var text string // asked for at their turn: refusals take no longer for a name that is known
	var unread error
	var right, upgrade bool
	if err := s.hasher.do(ctx, w, func() {
		if known {
			text, unread = s.passwordOf(ctx, a.ID)
		}
		right, upgrade = s.verify(text, t.Password)
	}); err != nil {
		s.limits.forget(w, device, t.Addr, false)
		s.refuse(t, a)
		return Account{}, err
	}
	if unread != nil {
		s.limits.forget(w, device, t.Addr, false)
		return Account{}, unread
	}
	if !right || !known {
		s.limits.failed(w, t.Addr, now)
		s.refuse(t, a)
		return Account{}, ErrRefused
	}
	s.limits.forget(w, device, t.Addr, true)
	if upgrade {
		s.upgrade(ctx, a, text, t.Password)
	}
	return a, nil
}

// passwordOf is what is kept of a password.
func (s *Service) passwordOf(ctx context.Context, id int64) (text string, err error) {
	db, err := s.reader()
	if err != nil {
		return "", err
	}
	err = db.QueryRowContext(ctx, "SELECT password FROM person WHERE id=?", id).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return text, err
}

// upgrade makes a hash anew with today's parameters, unless the password was
// changed meanwhile. Whoever signed in is in, whether it can be kept or not.
func (s *Service) upgrade(ctx context.Context, a Account, was, password string) {
	text, err := s.hash(ctx, password)
	if err == nil {
		err = s.change(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE person SET password=? WHERE id=? AND password=?", text, a.ID, was)
			return err
		})
	}
	if err != nil {
		s.log.Warn("a password hash stays with its old parameters", "party", a.Ref(), "error", err)
	}
}

// ChangePassword gives a person another password who knows the present one. All
// other sessions of theirs end; this one gets a new token with its next request.
func (s *Service) ChangePassword(ctx context.Context, w Who, t Attempt, password string) error {
	id, ok := w.Person()
	if !ok {
		return ErrNotAllowed
	}
	a, err := s.Account(id)
	if err != nil {
		return err
	}
	t.Login = a.Login
	if _, err := s.SignIn(ctx, t); err != nil {
		return err
	}
	return s.setPassword(ctx, w, id, password, w.Session)
}

// An External is somebody for whom a company account vouches.
type External struct {
	Issuer, Subject string // both required: the key
	Login, Name     string // for an account that is made now; Name also updates it
	Make            bool   // make an account where there is none
	Rule            bool   // Role, OwnLevel, Level and Scope are the company's to say, each time
	Role            Role
	OwnLevel        bool
	Level           privacy.Level
	Scope           privacy.Scope
}

// Provide finds or makes the account of somebody who signed in elsewhere. The
// error is ErrRefused for one that is disabled, or unknown and not to be made.
// The last administrator stays one, whatever the company says.
func (s *Service) Provide(ctx context.Context, x External) (Account, error) {
	if x.Issuer == "" || x.Subject == "" {
		return Account{}, ErrRefused
	}
	by := Who{Kind: Local, ID: "oidc", Name: x.Issuer}
	var found *Account
	for _, a := range s.Accounts() {
		if a.Issuer == x.Issuer && a.Subject == x.Subject {
			found = &a
			break
		}
	}
	if found == nil {
		if !x.Make {
			return Account{}, ErrRefused
		}
		n := NewAccount{Login: x.Login, Name: x.Name, Role: x.Role, OwnLevel: x.OwnLevel, Level: x.Level, Scope: x.Scope, Issuer: x.Issuer, Subject: x.Subject}
		return s.Add(ctx, by, n)
	}
	if found.Disabled {
		return Account{}, ErrRefused
	}
	edit := func(rule bool) func(*Account) error {
		return func(a *Account) error {
			if a.Disabled {
				return ErrRefused
			}
			if strings.TrimSpace(x.Name) != "" {
				a.Name = x.Name
			}
			if rule {
				a.Role, a.OwnLevel, a.Level, a.Scope = x.Role, x.OwnLevel, x.Level, x.Scope
			}
			return nil
		}
	}
	a, err := s.Change(ctx, by, found.ID, edit(x.Rule))
	if errors.Is(err, ErrLastAdministrator) {
		s.log.Warn("the last administrator stays one, though the company account says otherwise", "party", found.Ref())
		return s.Change(ctx, by, found.ID, edit(false))
	}
	return a, err
}

// refuse counts a refused try for the audit log.
func (s *Service) refuse(t Attempt, a Account) {
	account := ""
	if a.ID != 0 {
		account = a.Ref()
	}
	s.refused.count(t.Addr, account)
}
