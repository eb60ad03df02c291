package access

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Pairing: a screen waits with a code, somebody who may types it. What makes
// guessing hopeless: 31^8 codes (39.6 bits), at most 1,000 of them valid at a
// time and for ten minutes, and at most 300 tries in ten minutes of all people
// together.
const (
	// CodeLife is how long a code is valid.
	CodeLife     = 10 * time.Minute
	codeLetters  = "23456789ABCDEFGHJKMNPQRSTUVWXYZ" // 31: none that can be read as another
	codeLength   = 8
	waitsNetwork = 20
	waitsTotal   = 1000
	// silentAfter is how long a screen may say nothing before another one may
	// take its place.
	silentAfter = 30 * time.Second

	triesSpan    = 10 * time.Minute
	triesPerson  = 10
	triesNetwork = 30
	triesTotal   = 300
)

// Errors of pairing.
var (
	ErrNoCode      = errors.New("no screen shows this code")
	ErrManyScreens = errors.New("too many screens wait to be paired")
)

// A Code is what a screen shows that waits.
type Code struct {
	Text  string    // "7F3K92QD"
	Until time.Time // then there is a new one
}

// Spaced is the code as it is shown: "7F3K 92QD".
func (c Code) Spaced() string {
	if len(c.Text) != codeLength {
		return c.Text
	}
	return c.Text[:codeLength/2] + " " + c.Text[codeLength/2:]
}

// A Screen is one that waits, as the person sees it who types its code.
type Screen struct {
	Sighting
	Former *Paired // what it was before, if it was paired once
}

type waitingScreen struct {
	Screen
	code    Code
	network netip.Prefix
	heard   time.Time
}

// asked is the code of a screen that is still there, a new one where the old
// one's time is over.
func (w *waitingScreen) asked(now time.Time) Code {
	w.heard = now
	if !now.Before(w.code.Until) {
		w.code = newCode(now)
	}
	return w.code
}

func newCode(now time.Time) Code {
	var text [codeLength]byte
	for i := 0; i < len(text); {
		var b [16]byte
		rand.Read(b[:])
		for _, x := range b {
			if int(x) < 256/len(codeLetters)*len(codeLetters) && i < len(text) { // every letter equally often
				text[i] = codeLetters[int(x)%len(codeLetters)]
				i++
			}
		}
	}
	return Code{Text: string(text[:]), Until: now.Add(CodeLife)}
}

// NetworkOf is what one person is likely to command: a /24, or a /64.
func NetworkOf(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap()
	bits := 64
	if addr.Is4() {
		bits = 24
	}
	p, _ := addr.WithZone("").Prefix(bits) // the zero address has the zero prefix
	return p
}

// Wait makes a screen one that waits and gives it a token of its own. Former is
// the token that it came with, which is never used again. The error is
// ErrManyScreens.
func (d *Displays) Wait(s Sighting, former string) (token string, _ Code, _ error) {
	return d.wait(s, former, waitsNetwork)
}

// WaitBeside is the same for a screen at which somebody may as well sign in:
// such ones leave half of the places of their network free.
func (d *Displays) WaitBeside(s Sighting) (token string, _ Code, _ error) {
	return d.wait(s, "", waitsNetwork/2)
}

func (d *Displays) wait(s Sighting, former string, most int) (token string, _ Code, _ error) {
	now := time.Now()
	network := NetworkOf(s.Addr)
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.room(network, most, now) {
		return "", Code{}, ErrManyScreens
	}
	s.At = now
	w := &waitingScreen{Screen: Screen{Sighting: s}, code: newCode(now), network: network, heard: now}
	if r := d.byID[d.tokens[hashOf(former)]]; r != nil {
		was := r.Paired
		w.Former = &was
	}
	token = newToken()
	d.waiting[hashOf(token)] = w
	return token, w.code, nil
}

// room makes place for one more screen, if needed in that of one that fell
// silent.
func (d *Displays) room(network netip.Prefix, most int, now time.Time) bool {
	of, all := 0, 0
	var oldest, oldestOf tokenHash
	var silent, silentOf time.Time
	for h, w := range d.waiting {
		if now.Sub(w.heard) > CodeLife {
			delete(d.waiting, h)
			continue
		}
		quiet := now.Sub(w.heard) > silentAfter
		all++
		if quiet && (silent.IsZero() || w.heard.Before(silent)) {
			oldest, silent = h, w.heard
		}
		if w.network != network {
			continue
		}
		of++
		if quiet && (silentOf.IsZero() || w.heard.Before(silentOf)) {
			oldestOf, silentOf = h, w.heard
		}
	}
	if of >= most {
		if silentOf.IsZero() {
			return false
		}
		delete(d.waiting, oldestOf)
		return true
	}
	if all >= waitsTotal {
		if silent.IsZero() {
			return false
		}
		delete(d.waiting, oldest)
	}
	return true
}

// Measured notes the size of a screen that waits.
func (d *Displays) Measured(token string, width, height int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if w := d.waiting[hashOf(token)]; w != nil {
		w.Width, w.Height = width, height
	}
}

// Leave forgets a screen that waits.
func (d *Displays) Leave(token string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.waiting, hashOf(token))
}

var codeSpaces = strings.NewReplacer(" ", "", "-", "", "\u00a0", "")

// CleanCode is a code as typed, in its one form; false if it can be none.
func CleanCode(typed string) (string, bool) {
	code := strings.ToUpper(codeSpaces.Replace(strings.TrimSpace(typed)))
	if len(code) != codeLength {
		return code, false
	}
	for _, c := range code {
		if !strings.ContainsRune(codeLetters, c) {
			return code, false
		}
	}
	return code, true
}

// Find is the screen that shows a code. What can be no code at all costs no
// try. Errors: ErrNoCode, *LaterError.
func (d *Displays) Find(by Who, addr netip.Addr, typed string) (Screen, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, w, err := d.find(by, addr, typed, time.Now())
	if err != nil {
		return Screen{}, err
	}
	return w.Screen, nil
}

func (d *Displays) find(by Who, addr netip.Addr, typed string, now time.Time) (tokenHash, *waitingScreen, error) {
	if t := d.tries["all"]; t != nil && now.Before(t.until) && t.n >= triesTotal { // a flood costs no more than this
		return tokenHash{}, nil, &LaterError{After: t.until.Sub(now)}
	}
	code, ok := CleanCode(typed)
	if !ok {
		return tokenHash{}, nil, ErrNoCode
	}
	keys := []struct {
		key  string
		most int
	}{{"person " + cmp.Or(by.ID, by.Session, "nobody"), triesPerson}, {"network " + NetworkOf(addr).String(), triesNetwork}, {"all", triesTotal}}
	for _, k := range keys {
		if t := d.tries[k.key]; t != nil && now.Before(t.until) && t.n >= k.most {
			return tokenHash{}, nil, &LaterError{After: t.until.Sub(now)}
		}
	}
	var hash tokenHash
	var found *waitingScreen
	for h, w := range d.waiting { // all of them, each in the same time
		same := subtle.ConstantTimeCompare([]byte(w.code.Text), []byte(code)) == 1
		if same && now.Before(w.code.Until) {
			hash, found = h, w
		}
	}
	if found != nil {
		return hash, found, nil
	}
	for key, t := range d.tries {
		if !now.Before(t.until) {
			delete(d.tries, key)
		}
	}
	for _, k := range keys {
		if d.tries[k.key] == nil {
			d.tries[k.key] = &wrongCodes{until: now.Add(triesSpan)}
		}
		d.tries[k.key].n++
	}
	return hash, nil, ErrNoCode
}

// wrongCodes are those codes within a span of time.
type wrongCodes struct {
	n     int
	until time.Time
}

// Pair makes the screen that shows a code a display: its code is used up, and
// what it has as a token is replaced when it asks next. Errors: those of Find,
// ErrTooManyDisplays, *FieldError, one of the file.
func (d *Displays) Pair(ctx context.Context, by Who, addr netip.Addr, typed string, s Settings) (Paired, error) {
	now := time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	hash, w, err := d.find(by, addr, typed, now)
	if err != nil {
		return Paired{}, err
	}
	if err := s.check(now); err != nil {
		return Paired{}, err
	}
	if len(d.byID) >= maxDisplays {
		return Paired{}, ErrTooManyDisplays
	}
	s.Networks = slices.Clone(s.Networks)
	r := &displayRecord{Paired: Paired{
		Settings: s, Revision: 1, Created: now, CreatedBy: by.Name, State: PairedOn,
		Seen: Sighting{Addr: w.Addr, Browser: w.Browser, Width: w.Width, Height: w.Height},
	}}
	r.Tokens.Current = hash
	if err := d.put(ctx, r); err != nil {
		return Paired{}, err
	}
	delete(d.waiting, hash)
	d.byID[r.ID], d.tokens[hash] = r, r.ID
	return r.Paired, nil
}
