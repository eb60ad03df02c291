package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"callboard/internal/privacy"
)

// TokenPrefix begins every token of a program, so that a leaked one can be
// found by those who look for such.
const TokenPrefix = "cb_"

// MaxTokenLife is how far ahead a token may expire.
const MaxTokenLife = 366 * 24 * time.Hour

// A Token lets a program in.
type Token struct {
	ID      int64
	Name    string
	Role    Role
	Lens    privacy.Lens
	Made    time.Time
	Expires time.Time
	Used    time.Time // last, to the hour; zero: never
	Revoked time.Time // zero: not
	Maker   string    // who made it, by name

	hash [32]byte
}

// Ref is the token in the audit log: "token:3".
func (t Token) Ref() string { return "token:" + strconv.FormatInt(t.ID, 10) }

// Stands reports that the token is of use.
func (t Token) Stands(now time.Time) bool { return t.Revoked.IsZero() && now.Before(t.Expires) }

// A NewToken is what AddToken needs to know.
type NewToken struct {
	Name    string
	Role    Role
	Lens    privacy.Lens
	Expires time.Time // required, at most MaxTokenLife ahead
}

const tokenColumns = "id, hash, name, role, level, scope, created, expires, used, revoked, maker"

func scanToken(row scanner) (t Token, err error) {
	var hash []byte
	var scope string
	var made, expires, used, revoked int64
	err = row.Scan(&t.ID, &hash, &t.Name, &t.Role, &t.Lens.Level, &scope, &made, &expires, &used, &revoked, &t.Maker)
	copy(t.hash[:], hash)
	t.Role, t.Lens.Level, t.Lens.Scope = min(t.Role, Administrator), min(t.Lens.Level, privacy.Counts), privacy.Scope(scope)
	t.Made, t.Expires, t.Used, t.Revoked = fromMillis(made), fromMillis(expires), fromMillis(used), fromMillis(revoked)
	return t, err
}

// takeTokens puts those of the file in the place of those known. It needs mu.
func (s *Service) takeTokens(list []Token) {
	s.tokens, s.tokenByID = make(map[[32]byte]Token, len(list)), make(map[int64]Token, len(list))
	for _, t := range list {
		s.tokens[t.hash], s.tokenByID[t.ID] = t, t
	}
}

// AddToken makes a token. The secret is told this once; the file has its hash.
func (s *Service) AddToken(ctx context.Context, by Who, n NewToken) (t Token, secret string, err error) {
	now := time.Now()
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	switch length := utf8.RuneCountInString(n.Name); {
	case length == 0:
		return t, "", &FieldError{Field: "name", Fault: Missing}
	case length > MaxName:
		return t, "", &FieldError{Field: "name", Fault: TooLong, Limit: MaxName}
	case !utf8.ValidString(n.Name) || strings.ContainsFunc(n.Name, func(r rune) bool { return !unicode.IsGraphic(r) }):
		return t, "", &FieldError{Field: "name", Fault: Malformed}
	case n.Role > Administrator:
		return t, "", &FieldError{Field: "role", Fault: Malformed}
	case n.Lens.Level > privacy.Counts:
		return t, "", &FieldError{Field: "level", Fault: Malformed}
	case n.Lens.Scope != privacy.NewScope(n.Lens.Scope.Teams(), n.Lens.Scope.Lines()):
		return t, "", &FieldError{Field: "scope", Fault: Malformed}
	case n.Expires.IsZero():
		return t, "", &FieldError{Field: "expires", Fault: Missing}
	case !n.Expires.After(now):
		return t, "", &FieldError{Field: "expires", Fault: InThePast}
	case n.Expires.Sub(now) > MaxTokenLife:
		return t, "", &FieldError{Field: "expires", Fault: TooLate, Limit: int(MaxTokenLife / (24 * time.Hour))}
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails, see crypto/rand
	secret = TokenPrefix + base64.RawURLEncoding.EncodeToString(raw[:])
	t = Token{Name: n.Name, Role: n.Role, Lens: n.Lens, Made: fromMillis(millis(now)), Expires: fromMillis(millis(n.Expires)), Maker: by.Name, hash: sha256.Sum256([]byte(secret))}
	err = s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO token(hash, name, role, level, scope, created, expires, maker) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
			t.hash[:], t.Name, t.Role, t.Lens.Level, string(t.Lens.Scope), millis(now), millis(t.Expires), t.Maker)
		if err != nil {
			return err
		}
		if t.ID, err = res.LastInsertId(); err != nil {
			return err
		}
		return s.note(ctx, tx, Entry{Event: TokenMade, Party: by.ID, Name: by.Name, Subject: t.Ref(), Reason: t.Name + ", role " + t.Role.String() + ", until " + t.Expires.UTC().Format(time.DateOnly)})
	})
	if err != nil {
		return Token{}, "", err
	}
	return t, secret, nil
}

// Tokens are all that were made, those that stand first, by name.
func (s *Service) Tokens() []Token {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Token, 0, len(s.tokenByID))
	for _, t := range s.tokenByID {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b Token) int {
		if x, y := a.Stands(now), b.Stands(now); x != y {
			if x {
				return -1
			}
			return 1
		}
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	})
	return list
}

// RevokeToken ends a token at once and for ever.
func (s *Service) RevokeToken(ctx context.Context, by Who, id int64) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "UPDATE token SET revoked=? WHERE id=? AND revoked=0", millis(time.Now()), id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return ErrUnknown
		}
		return s.note(ctx, tx, Entry{Event: TokenRevoked, Party: by.ID, Name: by.Name, Subject: Token{ID: id}.Ref()})
	})
}

// ByToken is the program behind a token. The error is ErrRefused, or a
// *LaterError for a wrong one from a network from which too many came; a right
// one is always taken.
func (s *Service) ByToken(ctx context.Context, secret string, addr netip.Addr) (Who, error) {
	now := time.Now()
	// The hash is looked up, so what a comparison takes tells nothing of a token.
	hash := sha256.Sum256([]byte(secret))
	s.mu.Lock()
	t, ok := s.tokens[hash]
	s.mu.Unlock()
	if !ok || !t.Stands(now) || !strings.HasPrefix(secret, TokenPrefix) {
		if after := s.limits.wrongToken(addr, now); after > 0 {
			return Who{}, &LaterError{after}
		}
		return Who{}, ErrRefused
	}
	if now.Sub(t.Used) >= time.Hour {
		s.usedToken(ctx, t, now)
	}
	return t.who(), nil
}

func (t Token) who() Who {
	return Who{Kind: Program, ID: t.Ref(), Name: t.Name, Role: t.Role, Lens: t.Lens, Until: t.Expires}
}

// usedToken notes the hour of the last use. A disk that takes nothing keeps no
// program out.
func (s *Service) usedToken(ctx context.Context, t Token, now time.Time) {
	ctx = context.WithoutCancel(ctx)
	s.mu.Lock()
	first := t.Used.IsZero() && s.tokenByID[t.ID].Used.IsZero()
	t.Used = now.Truncate(time.Hour)
	if t.Used.Before(t.Made) {
		t.Used = t.Made
	}
	s.tokens[t.hash], s.tokenByID[t.ID] = t, t
	s.mu.Unlock()
	if err := s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE token SET used=? WHERE id=?", millis(t.Used), t.ID); err != nil {
			return err
		}
		if !first {
			return nil
		}
		return s.note(ctx, tx, Entry{Event: TokenUsed, Party: t.Ref(), Name: t.Name, Subject: t.Ref()})
	}); err != nil {
		s.log.Warn("the use of a program's token cannot be kept", "party", t.Ref(), "error", err)
	}
}

// program is the party of a token as it is now. It needs mu.
func (s *Service) program(ref string, now time.Time) (Who, bool) {
	id, err := strconv.ParseInt(strings.TrimPrefix(ref, "token:"), 10, 64)
	t, ok := s.tokenByID[id]
	if err != nil || !ok || !t.Stands(now) {
		return Who{}, false
	}
	return t.who(), true
}
