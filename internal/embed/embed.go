// Package embed keeps who may put a view of the board into a page of their own,
// such as an intranet: signed tokens, each for one view, with an end, and a list
// of those that were given out, from which they are struck again.
//
// A token is a sealed description of its frame: "cbe_", the description as
// base64url JSON, a dot, and its HMAC-SHA-256 under a key of this installation,
// which covers the purpose too. It says nothing about a call and can do nothing
// but show its view.
//
// The list and the key are in the file embeds.json of the data folder. The
// command line may change it beside a running server, which notices within a
// second.
package embed

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/statefile"
)

// FileName is the file in the data folder.
const FileName = "embeds.json"

// Bounds of what is kept.
const (
	Most     = 200 // frames at once
	MaxName  = 80  // bytes of a name
	MaxView  = 600 // bytes of an address
	maxToken = 2048
)

const (
	mark    = "cbe_"              // in front of every token, so that one is recognised in a leak
	purpose = "callboard embed 1" // covered by the seal, never sent
)

// Errors of Check and Revoke. None says more to whoever brought a token.
var (
	ErrToken   = errors.New("embed: not a token of this installation")
	ErrOver    = errors.New("embed: expired or revoked")
	ErrUnknown = errors.New("embed: no such frame")
	ErrFull    = fmt.Errorf("embed: %d frames are the most", Most)
)

// A Frame is one view that was given away.
type Frame struct {
	ID    string        `json:"id"`   // eight letters and digits; no secret
	Name  string        `json:"name"` // what it is for, as the administrator says
	View  string        `json:"view"` // canonical address of a wall with one layout: "/wall?layout=numbers"
	Level privacy.Level `json:"level"`
	Made  time.Time     `json:"made"`
	Until time.Time     `json:"until"`
}

// file is what lies on the disk.
type file struct {
	Key    string  `json:"key"` // 32 bytes, in hex
	Frames []Frame `json:"frames"`
}

// sealed is the description inside a token.
type sealed struct {
	Key   string        `json:"k"` // which key sealed it
	ID    string        `json:"i"`
	View  string        `json:"v"`
	Level privacy.Level `json:"l"`
	Until int64         `json:"e"` // seconds since 1970
}

// A Book is the list of one data folder. Safe for concurrent use, also by
// several processes as long as people do not change it in the same moment.
type Book struct {
	path string

	mu      sync.Mutex // guards what follows
	stamp   stamp      // of the file that was read
	looked  time.Time
	content file
	trouble error // of the last reading
}

type stamp struct {
	modified time.Time
	size     int64
}

// lookEvery is how long the list is believed before the file is looked at.
const lookEvery = 500 * time.Millisecond

// Open returns the list of a data folder; a missing file is an empty one.
func Open(dir string) *Book { return &Book{path: filepath.Join(dir, FileName)} }

// Check opens a token. The error wraps ErrToken or ErrOver, or tells that the
// file cannot be read.
func (b *Book) Check(token string, now time.Time) (Frame, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f, err := b.check(token, now)
	if err != nil && !b.looked.Equal(now) { // it may have been made this very moment
		b.looked = time.Time{}
		f, err = b.check(token, now)
	}
	return f, err
}

// check needs mu.
func (b *Book) check(token string, now time.Time) (Frame, error) {
	if err := b.look(now); err != nil {
		return Frame{}, err
	}
	body, seal, ok := strings.Cut(strings.TrimPrefix(token, mark), ".")
	if !ok || len(token) > maxToken || !strings.HasPrefix(token, mark) || strings.ContainsAny(token, "\r\n") || b.content.Key == "" { // base64 would pass over line ends
		return Frame{}, ErrToken
	}
	given, err := encoding.DecodeString(seal)
	if err != nil || !hmac.Equal(given, b.seal(body)) {
		return Frame{}, ErrToken
	}
	raw, err := encoding.DecodeString(body)
	if err != nil {
		return Frame{}, ErrToken
	}
	var s sealed
	if err := json.Unmarshal(raw, &s); err != nil || s.Key != b.keyID() {
		return Frame{}, ErrToken
	}
	f, ok := b.find(s.ID)
	if !ok || f.View != s.View || f.Level != s.Level || f.Until.Unix() != s.Until || !now.Before(f.Until) {
		return Frame{}, ErrOver
	}
	return f, nil
}

// Stands reports that a frame is still shared.
func (b *Book) Stands(id string, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.look(now) != nil {
		return false
	}
	f, ok := b.find(id)
	return ok && now.Before(f.Until)
}

// Frames are those that were given away and not taken back, in the order in
// which they were.
func (b *Book) Frames(now time.Time) ([]Frame, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.look(now); err != nil {
		return nil, err
	}
	return slices.Clone(b.content.Frames), nil
}

// Add gives a view away; ID and Made are filled in. The token is in no file.
func (b *Book) Add(f Frame, now time.Time) (_ Frame, token string, err error) {
	if f.View == "" || len(f.View) > MaxView || len(f.Name) > MaxName || !f.Until.After(now) {
		return Frame{}, "", errors.New("embed: a frame needs a view and an end in the future")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looked = time.Time{}
	if err := b.look(now); err != nil {
		return Frame{}, "", err
	}
	next := file{Key: b.content.Key, Frames: slices.DeleteFunc(slices.Clone(b.content.Frames), func(f Frame) bool { return !now.Before(f.Until) })}
	if len(next.Frames) >= Most {
		return Frame{}, "", ErrFull
	}
	if next.Key == "" {
		var key [32]byte
		_, _ = rand.Read(key[:]) // never fails
		next.Key = hex.EncodeToString(key[:])
	}
	f.ID, f.Made, f.Until = strings.ToLower(rand.Text()[:8]), now.UTC().Truncate(time.Second), f.Until.UTC().Truncate(time.Second)
	next.Frames = append(next.Frames, f)
	if err := b.write(next); err != nil {
		return Frame{}, "", err
	}
	raw, err := json.Marshal(sealed{b.keyID(), f.ID, f.View, f.Level, f.Until.Unix()})
	if err != nil {
		return Frame{}, "", err
	}
	body := encoding.EncodeToString(raw)
	return f, mark + body + "." + encoding.EncodeToString(b.seal(body)), nil
}

// Revoke takes one back: it ends within a second, wherever it is shown.
func (b *Book) Revoke(id string, now time.Time) (Frame, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.looked = time.Time{}
	if err := b.look(now); err != nil {
		return Frame{}, err
	}
	f, ok := b.find(id)
	if !ok {
		return Frame{}, ErrUnknown
	}
	rest := slices.DeleteFunc(slices.Clone(b.content.Frames), func(f Frame) bool { return f.ID == id })
	return f, b.write(file{Key: b.content.Key, Frames: rest})
}

var encoding = base64.RawURLEncoding.Strict()

// seal needs mu.
func (b *Book) seal(body string) []byte {
	key, _ := hex.DecodeString(b.content.Key) // checked when it was read
	m := hmac.New(sha256.New, key)
	m.Write([]byte(purpose + "\x00" + body))
	return m.Sum(nil)
}

// keyID names the key without giving it away. It needs mu.
func (b *Book) keyID() string {
	sum := sha256.Sum256([]byte(purpose + " key\x00" + b.content.Key))
	return hex.EncodeToString(sum[:4])
}

func (b *Book) find(id string) (Frame, bool) {
	i := slices.IndexFunc(b.content.Frames, func(f Frame) bool { return f.ID == id })
	if i < 0 {
		return Frame{}, false
	}
	return b.content.Frames[i], true
}

// look reads the file again if it changed. A broken one is moved aside: all
// tokens end with its key. It needs mu.
func (b *Book) look(now time.Time) error {
	if !b.looked.IsZero() && now.Sub(b.looked) >= 0 && now.Sub(b.looked) < lookEvery {
		return b.trouble
	}
	b.looked = now
	info, err := os.Stat(b.path)
	if errors.Is(err, fs.ErrNotExist) {
		b.stamp, b.content, b.trouble = stamp{}, file{}, nil
		return nil
	}
	if err != nil {
		b.trouble = err
		return err
	}
	is := stamp{info.ModTime(), info.Size()}
	if is == b.stamp && b.trouble == nil {
		return nil
	}
	raw, err := statefile.Read(b.path)
	if err != nil {
		b.content, b.trouble = file{}, err
		return err
	}
	var next file
	err = json.Unmarshal(raw, &next)
	if key, bad := hex.DecodeString(next.Key); err != nil || bad != nil || len(key) != sha256.Size {
		b.content, b.trouble = file{}, statefile.Aside(b.path, "it is not a list of frames")
		return b.trouble
	}
	b.stamp, b.content, b.trouble = is, next, nil
	return nil
}

// write needs mu.
func (b *Book) write(next file) error {
	raw, err := json.MarshalIndent(next, "", " ")
	if err != nil {
		return err
	}
	if err := statefile.Write(b.path, raw); err != nil {
		return err
	}
	b.content, b.trouble = next, nil
	if info, err := os.Stat(b.path); err == nil {
		b.stamp = stamp{info.ModTime(), info.Size()}
	}
	return nil
}
