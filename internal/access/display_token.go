package access

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"log/slog"
	"net/netip"
	"time"

	"callboard/internal/sqlitefile"
)

const (
	// rotateAfter is how long one token of a display serves.
	rotateAfter = 7 * 24 * time.Hour
	// settled is how long after it was given a new token has to be in use
	// before the old one is an alarm: by then a browser has written it down (30 s
	// at most), and whatever was under way with the old one has arrived.
	settled = time.Minute
	// awayAfter is how long after it asked last a display without a stream
	// counts as away.
	awayAfter = 15 * time.Second
	// sightedEvery is how often sightings are written.
	sightedEvery = time.Minute
)

// A tokenHash is what is kept of a token.
type tokenHash [sha256.Size]byte

func (h tokenHash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

func (h *tokenHash) UnmarshalText(b []byte) error {
	_, err := hex.Decode(h[:], b)
	return err
}

func hashOf(token string) tokenHash { return sha256.Sum256([]byte(token)) }

// newToken is 256 bits in 43 letters.
func newToken() string {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// tokenLength is that of every token.
const tokenLength = 43

// displayTokens are the tokens of a display, as hashes.
type displayTokens struct {
	Current tokenHash
	Since   time.Time   // when Current was given; zero: it was the screen's while it waited, and is replaced at once
	Salt    []byte      // of the next token: it is made from the current one and this, so that asking twice gives the same
	Next    tokenHash   // if Salt is there
	Given   time.Time   // when Next was, first
	Retired []tokenHash // an alarm, if ever used again
}

type displayRecord struct {
	Paired
	Tokens displayTokens
	wrote  time.Time // sighting
	shown  time.Time // until when it shows its name
	asked  int       // how often it was asked to load its page anew
}

func (r *displayRecord) hashes() []tokenHash {
	list := append([]tokenHash{r.Tokens.Current}, r.Tokens.Retired...)
	if r.Tokens.Salt != nil {
		list = append(list, r.Tokens.Next)
	}
	return list
}

// A Standing is what a screen is told at /tv.
type Standing uint8

// The standings.
const (
	ScreenUnknown Standing = iota // no cookie, or one of which nothing is known
	ScreenWaits                   // for somebody to type its code
	ScreenShows                   // paired
	ScreenOutside                 // paired, but not from this network
	ScreenEnded                   // it was paired
)

// An Admission is the answer to a token.
type Admission struct {
	Standing Standing
	Paired   Paired  // if paired or once so
	Fresh    string  // the token to use from now on; empty: the same
	Code     Code    // while it waits
	Former   *Paired // what the screen was before, while it waits
}

// Admit answers a screen that shows a token, from an address. renew says that
// a new token can be given to it with the answer. A token that was replaced, and
// whose successor was in use, switches its display off: two have it.
func (d *Displays) Admit(ctx context.Context, token string, addr netip.Addr, renew bool) Admission {
	if len(token) != tokenLength {
		return Admission{}
	}
	a, theft := d.admit(ctx, token, addr, renew)
	if theft && d.stolen != nil {
		d.stolen(a.Paired, addr)
	}
	return a
}

func (d *Displays) admit(ctx context.Context, token string, addr netip.Addr, renew bool) (_ Admission, theft bool) {
	hash, now := hashOf(token), time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	if w := d.waiting[hash]; w != nil {
		return Admission{Standing: ScreenWaits, Code: w.asked(now), Former: w.Former}, false
	}
	r := d.byID[d.tokens[hash]]
	if r == nil {
		return Admission{}, false
	}
	d.settle(ctx, r, now)
	if r.State != PairedOn {
		return Admission{Standing: ScreenEnded, Paired: r.Paired}, false
	}
	t, a := &r.Tokens, Admission{Standing: ScreenShows}
	switch {
	case t.Salt != nil && hash == t.Next:
		if now.Sub(t.Given) >= settled {
			t.Retired = append(t.Retired, t.Current)
			t.Current, t.Since, t.Salt = t.Next, t.Given, nil
			d.write(ctx, r)
		}
	case hash == t.Current:
		if !renew || now.Sub(t.Since) < rotateAfter {
			break
		}
		if t.Salt == nil {
			t.Salt = make([]byte, 32)
			rand.Read(t.Salt)
			a.Fresh = t.successor(token)
			t.Next, t.Given = hashOf(a.Fresh), now
			d.tokens[t.Next] = r.ID
			if err := d.put(ctx, r); err != nil { // a token that a restart would not know is not given
				delete(d.tokens, t.Next)
				t.Salt, a.Fresh = nil, ""
				d.warn(r, err)
			}
		} else {
			a.Fresh = t.successor(token)
		}
	default:
		if err := d.end(ctx, r, PairedStolen, now); err != nil {
			d.warn(r, err)
		}
		return Admission{Standing: ScreenEnded, Paired: r.Paired}, true
	}
	if a.Paired = r.Paired; !r.Allows(addr) {
		return Admission{Standing: ScreenOutside, Paired: r.Paired}, false
	}
	return a, false
}

// successor is the token after this one. Who has the file, and not the token,
// cannot make it.
func (t *displayTokens) successor(token string) string {
	m := hmac.New(sha256.New, t.Salt)
	m.Write([]byte("callboard display " + token))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// Saw notes that a display asked, for the inventory. It writes at most once
// a minute.
func (d *Displays) Saw(ctx context.Context, id int64, s Sighting) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.byID[id]
	if r == nil || r.State != PairedOn {
		return
	}
	was := r.Seen
	r.Seen = s.over(was)
	r.Seen.At = time.Now()
	same := was
	same.At = r.Seen.At
	if same != r.Seen || r.Seen.At.Sub(r.wrote) >= sightedEvery {
		r.wrote = r.Seen.At
		d.write(ctx, r)
	}
}

// over fills what was not told with what was told before.
func (s Sighting) over(was Sighting) Sighting {
	if s.Build == "" {
		s.Build = was.Build
	}
	if s.Browser == "" {
		s.Browser = was.Browser
	}
	if s.Width == 0 {
		s.Width, s.Height = was.Width, was.Height
	}
	return s
}

// write keeps what can be lost: if the disk takes nothing the next one does.
func (d *Displays) write(ctx context.Context, r *displayRecord) {
	if err := d.put(ctx, r); err != nil {
		d.warn(r, err)
	}
}

func (d *Displays) warn(r *displayRecord, err error) {
	d.log.Warn("what is known of a display could not be kept", slog.Int64("display", r.ID), slog.String("error", sqlitefile.Plain(err)))
}
