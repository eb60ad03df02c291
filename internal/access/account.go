package access

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"callboard/internal/privacy"
)

// Limits of texts, in characters.
const (
	MaxLogin = 64
	MaxName  = 80
)

// An Account is one person who may sign in.
type Account struct {
	ID       int64
	Login    string // typed at sign-in; letters of either case are the same
	Name     string // as others see it; the login name where none was given
	Role     Role
	OwnLevel bool // Level is the account's own; otherwise the role's
	Level    privacy.Level
	Scope    privacy.Scope
	Disabled bool

	Password        bool   // has one
	Issuer, Subject string // of the company account that vouches for it; empty without

	Created, Changed, SignedIn time.Time // SignedIn is zero before the first time

	rights, passwords int64 // versions, see the schema
}

// Ref is the account in the audit log: "user:3".
func (a Account) Ref() string { return "user:" + strconv.FormatInt(a.ID, 10) }

// Lens is what the account sees through.
func (a Account) Lens() privacy.Lens {
	level := a.Role.Level()
	if a.OwnLevel {
		level = a.Level
	}
	return privacy.Lens{Level: level, Scope: a.Scope}
}

// CanSignIn reports that there is a way in.
func (a Account) CanSignIn() bool { return !a.Disabled && (a.Password || a.Subject != "") }

// administers reports what the rule of the last administrator counts.
func (a Account) administers() bool { return a.Role == Administrator && a.CanSignIn() }

// A NewAccount is what Add needs to know. Without a password and without a
// subject nobody can sign in with it yet.
type NewAccount struct {
	Login, Name     string
	Role            Role
	OwnLevel        bool
	Level           privacy.Level
	Scope           privacy.Scope
	Password        string
	Issuer, Subject string
}

// fold is the form in which login names are the same.
func fold(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// check puts an account's texts in order, or says which is wrong.
func (a *Account) check() error {
	a.Login, a.Name = strings.TrimSpace(a.Login), strings.Join(strings.Fields(a.Name), " ")
	switch n := utf8.RuneCountInString(a.Login); {
	case n == 0:
		return &FieldError{Field: "login", Fault: Missing}
	case n > MaxLogin:
		return &FieldError{Field: "login", Fault: TooLong, Limit: MaxLogin}
	case !utf8.ValidString(a.Login) || strings.ContainsFunc(a.Login, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }):
		return &FieldError{Field: "login", Fault: Malformed}
	}
	if a.Name == "" {
		a.Name = a.Login
	}
	switch n := utf8.RuneCountInString(a.Name); {
	case n > MaxName:
		return &FieldError{Field: "name", Fault: TooLong, Limit: MaxName}
	case !utf8.ValidString(a.Name) || strings.ContainsFunc(a.Name, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return &FieldError{Field: "name", Fault: Malformed}
	}
	if a.Role > Administrator {
		return &FieldError{Field: "role", Fault: Malformed}
	}
	if a.Level > privacy.Counts {
		return &FieldError{Field: "level", Fault: Malformed}
	}
	if !a.OwnLevel {
		a.Level = a.Role.Level()
	}
	if a.Scope != privacy.NewScope(a.Scope.Teams(), a.Scope.Lines()) {
		return &FieldError{Field: "scope", Fault: Malformed}
	}
	return nil
}

// Add makes an account. The error is a *FieldError where a field is wrong.
func (s *Service) Add(ctx context.Context, by Who, n NewAccount) (Account, error) {
	var hash string
	if n.Password != "" {
		if err := s.CheckPassword(n.Login, n.Password); err != nil {
			return Account{}, err
		}
		var err error
		if hash, err = s.hash(ctx, n.Password); err != nil {
			return Account{}, err
		}
	}
	var made Account
	err := s.change(ctx, func(tx *sql.Tx) (err error) {
		made, err = s.insert(ctx, tx, by, n, hash)
		return err
	})
	return made, err
}

func (s *Service) insert(ctx context.Context, tx *sql.Tx, by Who, n NewAccount, hash string) (Account, error) {
	a := Account{
		Login: n.Login, Name: n.Name, Role: n.Role, OwnLevel: n.OwnLevel, Level: n.Level, Scope: n.Scope,
		Password: hash != "", Issuer: n.Issuer, Subject: n.Subject, rights: 1,
	}
	if err := a.check(); err != nil {
		return Account{}, err
	}
	if err := free(ctx, tx, a); err != nil {
		return Account{}, err
	}
	now := time.Now()
	a.Created, a.Changed = fromMillis(millis(now)), fromMillis(millis(now))
	res, err := tx.ExecContext(ctx, `INSERT INTO person(login, folded, name, role, level, scope, password, issuer, subject, created, changed, passwords)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Login, fold(a.Login), a.Name, a.Role, a.level(), string(a.Scope), hash, a.Issuer, a.Subject, millis(now), millis(now), min(len(hash), 1))
	if err != nil {
		return Account{}, err
	}
	if a.ID, err = res.LastInsertId(); err != nil {
		return Account{}, err
	}
	return a, s.note(ctx, tx, Entry{Event: PersonAdded, Party: by.ID, Name: by.Name, Subject: a.Ref(), Reason: "role " + a.Role.String()})
}

// level is the column's value.
func (a Account) level() any {
	if !a.OwnLevel {
		return nil
	}
	return int(a.Level)
}

// free sees to it that no other account has the login name or subject.
func free(ctx context.Context, tx *sql.Tx, a Account) error {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM person WHERE folded=? AND id<>?", fold(a.Login), a.ID).Scan(&n)
	if err == nil && n > 0 {
		return &FieldError{Field: "login", Fault: Taken}
	}
	if err == nil && a.Subject != "" {
		err = tx.QueryRowContext(ctx, "SELECT count(*) FROM person WHERE issuer=? AND subject=? AND id<>?", a.Issuer, a.Subject, a.ID).Scan(&n)
		if err == nil && n > 0 {
			return &FieldError{Field: "subject", Fault: Taken}
		}
	}
	return err
}

// Change lets edit change an account and keeps what it made of Login, Name,
// Role, OwnLevel, Level, Scope, Disabled, Issuer and Subject. Streams of a
// person whose rights changed end; whoever is disabled is signed out.
func (s *Service) Change(ctx context.Context, by Who, id int64, edit func(*Account) error) (Account, error) {
	var after Account
	err := s.change(ctx, func(tx *sql.Tx) error {
		before, err := readAccount(ctx, tx, id)
		if err != nil {
			return err
		}
		after = before
		if err := edit(&after); err != nil {
			return err
		}
		after.ID, after.Password, after.Created, after.SignedIn = before.ID, before.Password, before.Created, before.SignedIn
		if err := after.check(); err != nil {
			return err
		}
		what := changes(before, after)
		if len(what) == 0 {
			return nil
		}
		if err := free(ctx, tx, after); err != nil {
			return err
		}
		if before.administers() && !after.administers() {
			if err := another(ctx, tx, id); err != nil {
				return err
			}
		}
		if before.Role != after.Role || before.Lens() != after.Lens() || before.Disabled != after.Disabled {
			after.rights++
		}
		now := time.Now()
		after.Changed = fromMillis(millis(now))
		if _, err := tx.ExecContext(ctx, `UPDATE person SET login=?, folded=?, name=?, role=?, level=?, scope=?, disabled=?, issuer=?, subject=?, changed=?, rights=? WHERE id=?`,
			after.Login, fold(after.Login), after.Name, after.Role, after.level(), string(after.Scope), after.Disabled, after.Issuer, after.Subject, millis(now), after.rights, id); err != nil {
			return err
		}
		if after.Disabled {
			if _, err := tx.ExecContext(ctx, "DELETE FROM session WHERE person=?", id); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, Entry{Event: PersonChanged, Party: by.ID, Name: by.Name, Subject: after.Ref(), Reason: strings.Join(what, ", ")})
	})
	if err != nil {
		return Account{}, err
	}
	return after, nil
}

// changes says in words of the audit log what became different.
func changes(a, b Account) (list []string) {
	if a.Login != b.Login {
		list = append(list, "login name")
	}
	if a.Name != b.Name {
		list = append(list, "name")
	}
	if a.Role != b.Role {
		list = append(list, "role "+a.Role.String()+" to "+b.Role.String())
	}
	if a.Lens().Level != b.Lens().Level || a.OwnLevel != b.OwnLevel {
		list = append(list, "level "+a.Lens().Level.String()+" to "+b.Lens().Level.String())
	}
	if a.Scope != b.Scope {
		list = append(list, "scope")
	}
	if a.Disabled != b.Disabled {
		word := "enabled"
		if b.Disabled {
			word = "disabled"
		}
		list = append(list, word)
	}
	if a.Issuer != b.Issuer || a.Subject != b.Subject {
		list = append(list, "company account")
	}
	return list
}

// another sees to it that somebody else administers. It is asked in the
// transaction that takes the right from one, so no two can both be last.
func another(ctx context.Context, tx *sql.Tx, but int64) error {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM person WHERE id<>? AND role=? AND disabled=0 AND (password<>'' OR subject<>'')", but, Administrator).Scan(&n)
	if err == nil && n == 0 {
		return ErrLastAdministrator
	}
	return err
}

// Remove deletes an account, its sessions, and the networks known of it. Its
// number is never given again, so the audit log goes on meaning what it meant.
func (s *Service) Remove(ctx context.Context, by Who, id int64) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		_, err := s.remove(ctx, tx, by, id)
		return err
	})
}

func (s *Service) remove(ctx context.Context, tx *sql.Tx, by Who, id int64) (Account, error) {
	a, err := readAccount(ctx, tx, id)
	if err != nil {
		return a, err
	}
	if a.administers() {
		if err := another(ctx, tx, id); err != nil {
			return a, err
		}
	}
	for _, q := range []string{"DELETE FROM session WHERE person=?", "DELETE FROM place WHERE person=?", "DELETE FROM invite WHERE person=?", "DELETE FROM person WHERE id=?"} {
		if _, err := tx.ExecContext(ctx, q, id); err != nil {
			return a, err
		}
	}
	return a, s.note(ctx, tx, Entry{Event: PersonRemoved, Party: by.ID, Name: by.Name, Subject: a.Ref()})
}

// SetPassword gives an account another password and ends all its sessions. The
// error is a *FieldError where the password will not do.
func (s *Service) SetPassword(ctx context.Context, by Who, id int64, password string) error {
	return s.setPassword(ctx, by, id, password, "")
}

// setPassword spares one session.
func (s *Service) setPassword(ctx context.Context, by Who, id int64, password, spare string) error {
	a, err := s.Account(id)
	if err != nil {
		return err
	}
	if err := s.CheckPassword(a.Login, password); err != nil {
		return err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		a, err := readAccount(ctx, tx, id)
		if err != nil {
			return err
		}
		return s.writePassword(ctx, tx, by, a, hash, spare)
	})
}

// writePassword keeps a new hash, and ends what the former password opened: all
// sessions but the one to spare, and links to choose another.
func (s *Service) writePassword(ctx context.Context, tx *sql.Tx, by Who, a Account, hash, spare string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE person SET password=?, changed=?, passwords=passwords+1, rights=rights+1 WHERE id=?", hash, millis(time.Now()), a.ID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM session WHERE person=? AND id<>?", a.ID, spare); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM invite WHERE person=?", a.ID); err != nil {
		return err
	}
	return s.note(ctx, tx, Entry{Event: PasswordChanged, Party: by.ID, Name: by.Name, Subject: a.Ref()})
}

// Account finds a person by number; the error is ErrUnknown.
func (s *Service) Account(id int64) (Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.people[id]
	if !ok {
		return Account{}, ErrUnknown
	}
	return a, nil
}

// AccountOf finds a person by login name; the error is ErrUnknown.
func (s *Service) AccountOf(login string) (Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.people {
		if fold(a.Login) == fold(login) {
			return a, nil
		}
	}
	return Account{}, ErrUnknown
}

// Accounts are all people, by name.
func (s *Service) Accounts() []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Account, 0, len(s.people))
	for _, a := range s.people {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b Account) int {
		if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
	return list
}

const accountColumns = "id, login, name, role, level, scope, disabled, password<>'', issuer, subject, created, changed, signed_in, rights, passwords"

type scanner interface{ Scan(...any) error }

func scanAccount(row scanner) (a Account, err error) {
	var level sql.NullInt64
	var scope string
	var created, changed, signedIn int64
	err = row.Scan(&a.ID, &a.Login, &a.Name, &a.Role, &level, &scope, &a.Disabled, &a.Password, &a.Issuer, &a.Subject, &created, &changed, &signedIn, &a.rights, &a.passwords)
	a.Role = min(a.Role, Administrator)
	a.OwnLevel, a.Level, a.Scope = level.Valid, a.Role.Level(), privacy.Scope(scope)
	if level.Valid { // what nobody wrote is read as the strictest
		a.Level = privacy.Counts
		if level.Int64 >= 0 && level.Int64 <= int64(privacy.Counts) {
			a.Level = privacy.Level(level.Int64)
		}
	}
	a.Created, a.Changed, a.SignedIn = fromMillis(created), fromMillis(changed), fromMillis(signedIn)
	return a, err
}

func readAccount(ctx context.Context, tx *sql.Tx, id int64) (Account, error) {
	a, err := scanAccount(tx.QueryRowContext(ctx, "SELECT "+accountColumns+" FROM person WHERE id=?", id))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrUnknown
	}
	return a, err
}

// millis and fromMillis are times in the file.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n)
}
