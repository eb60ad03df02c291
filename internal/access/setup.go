package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"time"
)

// SetupLife is how long a set-up code is taken.
const SetupLife = 10 * time.Minute

// A setup is the code that is out; the zero value is none.
type setup struct {
	code  string
	until time.Time
}

// SetupNeeded reports that nobody who could sign in is an administrator.
func (s *Service) SetupNeeded() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setupNeeded()
}

func (s *Service) setupNeeded() bool {
	if s.shut != nil {
		return false
	}
	for _, a := range s.people {
		if a.administers() {
			return false
		}
	}
	return true
}

// SetupCode is the code with which the first administrator is made, and until
// when it is taken; empty when there is an administrator. A new one, which
// Options.OnSetup hears of, is made when the former ran out.
func (s *Service) SetupCode() (code string, until time.Time) {
	now := time.Now()
	s.mu.Lock()
	if !s.setupNeeded() {
		s.mu.Unlock()
		return "", time.Time{}
	}
	fresh := s.setup.code == "" || !now.Before(s.setup.until)
	if fresh {
		s.setup = setup{rand.Text(), now.Add(SetupLife)}
	}
	is := s.setup
	s.mu.Unlock()
	if fresh && s.opt.OnSetup != nil {
		s.opt.OnSetup(is.code)
	}
	return is.code, is.until
}

// SetupValid reports that a code would be taken.
func (s *Service) SetupValid(code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setupValid(code)
}

func (s *Service) setupValid(code string) bool {
	return s.setup.code != "" && s.setupNeeded() && time.Now().Before(s.setup.until) &&
		subtle.ConstantTimeCompare([]byte(code), []byte(s.setup.code)) == 1
}

// SetUp makes the first administrator; the code is used up by that. The error is
// ErrSetupCode, or a *FieldError, after which the code is still good.
func (s *Service) SetUp(ctx context.Context, code, login, name, password string) (Account, error) {
	if !s.SetupValid(code) {
		return Account{}, ErrSetupCode
	}
	if err := s.CheckPassword(login, password); err != nil {
		return Account{}, err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return Account{}, err
	}
	var made Account
	err = s.change(ctx, func(tx *sql.Tx) error {
		s.mu.Lock()
		valid := s.setupValid(code)
		s.mu.Unlock()
		if !valid {
			return ErrSetupCode
		}
		if err := another(ctx, tx, 0); err == nil { // another process was first
			return ErrSetupCode
		}
		made, err = s.insert(ctx, tx, Who{Kind: Local, ID: "setup", Name: "set-up link"},
			NewAccount{Login: login, Name: name, Role: Administrator}, hash)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, Entry{Event: SetUpDone, Party: made.Ref(), Name: made.Name, Subject: made.Ref()})
	})
	if err != nil {
		return Account{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setup = setup{}
	return made, nil
}
