package access

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/http"
	"net/netip"
	"time"
)

// The cookie by which a browser is known from which somebody signed in before.
// It lets nobody in: its tries are counted by themselves, so that an attack on
// an account, wherever it comes from, does not keep its owner out.
const (
	deviceCookie       = "callboard-known"
	secureDeviceCookie = "__Host-callboard-known"
	deviceLife         = 180 * 24 * time.Hour
	placeLife          = 90 * 24 * time.Hour
	mostPlaces         = 8 // networks remembered of one person
)

// makeKey reads the key of the cookies, or makes it.
func (s *Service) makeKey(ctx context.Context) error {
	var key []byte
	err := s.file.Write.QueryRowContext(ctx, "SELECT value FROM secret WHERE name='device'").Scan(&key)
	if errors.Is(err, sql.ErrNoRows) || err == nil && len(key) != sha256.Size {
		key = make([]byte, sha256.Size)
		_, _ = rand.Read(key) // never fails, see crypto/rand
		_, err = s.file.Write.ExecContext(ctx, "INSERT OR REPLACE INTO secret(name, value) VALUES('device', ?)", key)
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
	return nil
}

// Device is what SignIn should know of a request's browser.
func (s *Service) Device(r *http.Request) string {
	name := deviceCookie
	if s.isSecure(r) {
		name = secureDeviceCookie
	}
	if c, err := r.Cookie(name); err == nil && len(c.Value) <= 256 {
		return c.Value
	}
	return ""
}

// markDevice makes a browser a known one of this person.
func (s *Service) markDevice(w http.ResponseWriter, r *http.Request, a Account) {
	var id [16]byte
	_, _ = rand.Read(id[:])
	secure := s.isSecure(r)
	name := deviceCookie
	if secure {
		name = secureDeviceCookie
	}
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: s.signDevice(id, a.ID, time.Now()), Path: "/", MaxAge: int(deviceLife / time.Second),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	})
}

// signDevice is a browser's id, its person and the time, signed.
func (s *Service) signDevice(id [16]byte, person int64, now time.Time) string {
	b := binary.BigEndian.AppendUint64(id[:], uint64(person))
	b = binary.BigEndian.AppendUint64(b, uint64(now.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b, s.sum(b)...))
}

func (s *Service) sum(b []byte) []byte {
	s.mu.Lock()
	key := s.key
	s.mu.Unlock()
	m := hmac.New(sha256.New, key)
	m.Write([]byte("device\x00"))
	m.Write(b)
	return m.Sum(nil)
}

// deviceOf is the id of a browser that the person used before, empty for any
// other.
func (s *Service) deviceOf(cookie string, person int64, now time.Time) string {
	const plain = 32
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil || len(b) != plain+sha256.Size || !hmac.Equal(b[plain:], s.sum(b[:plain])) {
		return ""
	}
	made := time.Unix(int64(binary.BigEndian.Uint64(b[24:])), 0)
	if int64(binary.BigEndian.Uint64(b[16:])) != person || now.Sub(made) > deviceLife {
		return ""
	}
	return "browser " + base64.RawURLEncoding.EncodeToString(b[:16])
}

// knownPlace reports a network from which somebody signed in before.
func (s *Service) knownPlace(person int64, addr netip.Addr, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.places[person][network(addr).String()]
	return ok && now.Sub(at) < placeLife
}

// keepPlace remembers a network, once a day.
func (s *Service) keepPlace(ctx context.Context, a Account, addr netip.Addr, now time.Time) error {
	if !addr.IsValid() {
		return nil
	}
	near := network(addr).String()
	s.mu.Lock()
	at := s.places[a.ID][near]
	s.mu.Unlock()
	if now.Sub(at) < 24*time.Hour {
		return nil
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO place(person, network, seen) VALUES(?, ?, ?)", a.ID, near, millis(now)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM place WHERE person=? AND (seen<? OR network NOT IN (SELECT network FROM place WHERE person=? ORDER BY seen DESC LIMIT ?))",
			a.ID, millis(now.Add(-placeLife)), a.ID, mostPlaces)
		return err
	})
}
