package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Lengths of passwords, in characters.
const (
	MinPassword     = 8
	AdvisedPassword = 15
	MaxPassword     = 256
)

// HashParams are the parameters of argon2id.
type HashParams struct {
	Time    uint32
	Memory  uint32 // KiB
	Threads uint8
}

// StandardHash is the least that OWASP's ASVS 5.0.0 (appendix C) takes.
var StandardHash = HashParams{Time: 1, Memory: 47104, Threads: 1}

const (
	saltBytes = 16
	keyBytes  = 32
)

// CheckPassword says what is wrong with a new password of a login name: nothing,
// or a *FieldError. There are no rules of composition: length is what counts.
func (s *Service) CheckPassword(login, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case password == "":
		return &FieldError{Field: "password", Fault: Missing}
	case !utf8.ValidString(password):
		return &FieldError{Field: "password", Fault: Malformed}
	case n < MinPassword:
		return &FieldError{Field: "password", Fault: TooShort, Limit: MinPassword}
	case n > MaxPassword:
		return &FieldError{Field: "password", Fault: TooLong, Limit: MaxPassword}
	case common(password):
		return &FieldError{Field: "password", Fault: Common}
	case guessable(password, append([]string{login, "callboard"}, s.opt.Words...)):
		return &FieldError{Field: "password", Fault: Guessable}
	}
	return nil
}

// guessable reports a password that holds one of the words, or is little more
// than one character or a row of the keyboard.
func guessable(password string, words []string) bool {
	folded := strings.ToLower(password)
	for _, w := range words {
		w = strings.ToLower(strings.TrimSpace(w))
		if utf8.RuneCountInString(w) >= 3 && strings.Contains(folded, w) {
			return true
		}
	}
	kinds, steps, n := map[rune]bool{}, 0, 0
	before := rune(-1)
	for _, r := range folded {
		kinds[r] = true
		if d := r - before; d >= -1 && d <= 1 {
			steps++
		}
		before = r
		n++
	}
	return len(kinds) < 4 || steps >= n-2
}

// hash makes the text that is kept of a password, when a place is free.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	var text string
	err := s.hasher.do(ctx, waiting{known: true}, func() {
		var salt [saltBytes]byte
		_, _ = rand.Read(salt[:]) // never fails, see crypto/rand
		text = phc(s.opt.Hash, salt[:], derive(s.opt.Hash, password, salt[:], keyBytes))
	})
	return text, err
}

func derive(p HashParams, password string, salt []byte, length uint32) []byte {
	return argon2.IDKey([]byte(normal(password)), salt, p.Time, p.Memory, p.Threads, length)
}

// normal makes the two ways in which keyboards send an accent one.
func normal(password string) string { return norm.NFC.String(password) }

// phc is the usual form of a hash with its parameters.
func phc(p HashParams, salt, key []byte) string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Time, p.Threads, enc.EncodeToString(salt), enc.EncodeToString(key))
}

// parsePHC reads it, and nothing that would take more than a gigabyte or a
// minute to check.
func parsePHC(text string) (p HashParams, salt, key []byte, ok bool) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Threads); n != 3 || err != nil ||
		p.Memory < 8 || p.Memory > 1<<20 || p.Time < 1 || p.Time > 16 || p.Threads < 1 {
		return p, nil, nil, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil || len(salt) < 8 {
		return p, nil, nil, false
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	return p, salt, key, err == nil && len(key) >= 16 && len(key) <= 64
}

// weaker reports that a hash should be made anew.
func (p HashParams) weaker(than HashParams) bool {
	return p.Memory < than.Memory || p.Time < than.Time || p.Threads != than.Threads
}

// verify compares a password with what is kept. Without anything it takes the
// same time and says no.
func (s *Service) verify(text, password string) (right, upgrade bool) {
	if s.slow != nil {
		s.slow()
	}
	p, salt, key, ok := parsePHC(text)
	if !ok {
		p, salt, key = s.opt.Hash, make([]byte, saltBytes), make([]byte, keyBytes)
	}
	same := subtle.ConstantTimeCompare(derive(p, password, salt, uint32(len(key))), key) == 1
	return ok && same, ok && p.weaker(s.opt.Hash)
}
