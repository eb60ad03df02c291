package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"
)

// InviteLife is how long somebody has to choose a password by a link.
const InviteLife = 72 * time.Hour

// Invite makes a code with which a person chooses a password: for a new account,
// or a forgotten password. A former code of theirs ends. It is told this once;
// the file has its hash. The present password goes on until then.
func (s *Service) Invite(ctx context.Context, by Who, id int64) (code string, until time.Time, err error) {
	code, until = rand.Text(), fromMillis(millis(time.Now().Add(InviteLife)))
	hash := sha256.Sum256([]byte(code))
	err = s.change(ctx, func(tx *sql.Tx) error {
		a, err := readAccount(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM invite WHERE person=? OR until<?", id, millis(time.Now())); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO invite(hash, person, until) VALUES(?, ?, ?)", hash[:], id, millis(until)); err != nil {
			return err
		}
		return s.note(ctx, tx, Entry{Event: PersonInvited, Party: by.ID, Name: by.Name, Subject: a.Ref()})
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return code, until, nil
}

// Invited is whom a code is for. The error is ErrSetupCode for one that is
// wrong, used, too old, or of an account that is disabled or gone.
func (s *Service) Invited(ctx context.Context, code string) (Account, error) {
	db, err := s.reader()
	if err != nil {
		return Account{}, err
	}
	id, err := invited(ctx, db, code)
	if err != nil {
		return Account{}, err
	}
	a, err := s.Account(id)
	if err != nil || a.Disabled {
		return Account{}, ErrSetupCode
	}
	return a, nil
}

func invited(ctx context.Context, q queryer, code string) (id int64, err error) {
	hash := sha256.Sum256([]byte(code))
	err = q.QueryRowContext(ctx, "SELECT person FROM invite WHERE hash=? AND until>?", hash[:], millis(time.Now())).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrSetupCode
	}
	return id, err
}

// Accept gives the person of a code the password that they chose; the code is
// used up by that, and sessions that they had end. The error is ErrSetupCode, or
// a *FieldError, after which the code is still good.
func (s *Service) Accept(ctx context.Context, code, password string) (Account, error) {
	a, err := s.Invited(ctx, code)
	if err != nil {
		return Account{}, err
	}
	if err := s.CheckPassword(a.Login, password); err != nil {
		return Account{}, err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return Account{}, err
	}
	if err := s.change(ctx, func(tx *sql.Tx) error {
		id, err := invited(ctx, tx, code)
		if err != nil {
			return err
		}
		now, err := readAccount(ctx, tx, id)
		if err != nil || now.Disabled {
			return errors.Join(ErrSetupCode, err)
		}
		return s.writePassword(ctx, tx, Who{ID: now.Ref(), Name: now.Name}, now, hash, "")
	}); err != nil {
		return Account{}, err
	}
	return s.Account(a.ID)
}
