package access

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SignInCompany finds or makes the account of somebody who signed in at the
// company's sign-in service; Start makes a session of it. The person is Issuer
// and Subject, whatever they are called there: where another account has the
// login name already, this one gets a number behind it. The error is ErrRefused
// for an account that is disabled here.
func (s *Service) SignInCompany(ctx context.Context, x External) (Account, error) {
	if err := s.Trouble(); err != nil {
		return Account{}, err
	}
	const tries = 1000
	x.Make, x.Rule = true, true
	base := companyLogin(x)
	x.Login = base
	for n := 2; ; n++ {
		a, err := s.Provide(ctx, x)
		wrong, ok := errors.AsType[*FieldError](err)
		if !ok || wrong.Field != "login" || wrong.Fault != Taken || n > tries {
			return a, err
		}
		x.Login = base + "-" + strconv.Itoa(n)
	}
}

// companyLogin is a login name for an account that is made now.
func companyLogin(x External) string {
	const most = MaxLogin - 5 // a number may come behind it
	name := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, x.Login)
	if name == "" {
		name = "company-" + x.Subject
	}
	if r := []rune(name); len(r) > most {
		name = string(r[:most])
	}
	return name
}

// CompanyLeft ends the sessions of somebody of whom the company's sign-in
// service no longer tells a group that may see anything. Somebody unknown is
// none.
func (s *Service) CompanyLeft(ctx context.Context, x External) {
	for _, a := range s.Accounts() {
		if a.Issuer != x.Issuer || a.Subject != x.Subject {
			continue
		}
		if err := s.EndAll(context.WithoutCancel(ctx), Who{Kind: Local, ID: "oidc", Name: x.Issuer}, a.ID); err != nil {
			s.log.Error("sessions of somebody without a group stay", "party", a.Ref(), "error", err)
		}
	}
}

// CompanyRefused puts a refused sign-in with a company account into the audit
// log. Those that strangers can make as many of as they like (somebody says
// that nobody signed in over there) are counted like wrong passwords.
func (s *Service) CompanyRefused(ctx context.Context, addr netip.Addr, reason string, there bool) {
	if !there {
		s.refused.count(addr, "")
		return
	}
	e := Entry{Event: SignInRefused, Address: network(addr).String(), Reason: "company account: " + reason}
	if err := s.Note(context.WithoutCancel(ctx), e); err != nil {
		s.log.Error("a refused sign-in is not in the audit log", slog.String("reason", reason), slog.Any("error", err))
	}
}

// PasswordsUsed reports that somebody can sign in with a password.
func (s *Service) PasswordsUsed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.people {
		if a.Password && !a.Disabled {
			return true
		}
	}
	return false
}
