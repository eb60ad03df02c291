package capture

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// A Frame is one thing the PBX sent, as the flight recorder keeps it.
type Frame struct {
	At   time.Time
	Kind string
	Body []byte
}

// A Header is the first line of a recording.
type Header struct {
	Callboard string    `json:"callboard"` // "capture"
	Format    int       `json:"format"`    // 1
	Version   string    `json:"version"`   // of the program that made it
	PBXZone   string    `json:"pbxZone"`   // of dates in the frames that name none
	Zone      string    `json:"zone"`      // of the day boundary
	From      time.Time `json:"from"`      // of the first frame
	To        time.Time `json:"to"`        // of the last
	Frames    int       `json:"frames"`
}

const format = 1

type line struct {
	At   time.Time `json:"at"`
	Kind string    `json:"kind"`
	Body string    `json:"body,omitempty"`
}

// ErrNoFrames says that nothing was recorded in the time that was asked for.
var ErrNoFrames = errors.New("nothing was recorded in that time")

// Source calls fn with frames in their order. It is asked twice and must say
// the same both times.
type Source func(fn func(Frame) error) error

// Write makes a recording of a source. Everything that points at people is
// replaced; see Anonymous.
func Write(w io.Writer, h Header, source Source) (Header, error) {
	a := NewAnonymous()
	h.Callboard, h.Format, h.Frames = "capture", format, 0
	h.From, h.To = time.Time{}, time.Time{}
	if err := source(func(f Frame) error {
		if h.Frames == 0 {
			h.From = f.At.UTC()
		}
		h.Frames++
		h.To = f.At.UTC()
		a.Learn(f)
		return nil
	}); err != nil {
		return h, err
	}
	if h.Frames == 0 {
		return h, ErrNoFrames
	}
	a.Settle()
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	if err := out.Encode(h); err != nil {
		return h, err
	}
	left := h.Frames
	return h, source(func(f Frame) error {
		if left--; left < 0 { // recorded since: nothing of it was learnt
			return nil
		}
		f = a.Frame(f)
		return out.Encode(line{f.At.UTC(), f.Kind, string(f.Body)})
	})
}

// WriteFile makes a recording in a new file that only its owner can read,
// compressed if the name ends in .gz. A file that is there already is left
// alone.
func WriteFile(name string, h Header, source Source) (_ Header, err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return h, err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			os.Remove(name) // half a recording is none
		}
	}()
	buf := bufio.NewWriter(f)
	var w io.Writer = buf
	var z *gzip.Writer
	if strings.HasSuffix(name, ".gz") {
		z = gzip.NewWriter(buf)
		w = z
	}
	if h, err = Write(w, h, source); err != nil {
		return h, err
	}
	if z != nil {
		if err := z.Close(); err != nil {
			return h, err
		}
	}
	return h, buf.Flush()
}

// longestLine is the longest line of a recording that is read, in bytes.
const longestLine = 4 << 20

// Read calls fn with each frame of a recording, compressed or not.
func Read(r io.Reader, head func(Header) error, fn func(Frame) error) error {
	buf := bufio.NewReader(r)
	if magic, err := buf.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(buf)
		if err != nil {
			return fmt.Errorf("not a recording: %w", err)
		}
		defer z.Close()
		buf = bufio.NewReader(z)
	}
	lines := bufio.NewScanner(buf)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	for n := 0; lines.Scan(); n++ {
		if n == 0 {
			var h Header
			if err := json.Unmarshal(lines.Bytes(), &h); err != nil || h.Callboard != "capture" {
				return errors.New("not a recording: its first line is none of \"dashboard capture\"")
			}
			if h.Format != format {
				return fmt.Errorf("a recording of format %d; this program reads format %d", h.Format, format)
			}
			if err := head(h); err != nil {
				return err
			}
			continue
		}
		if len(lines.Bytes()) == 0 {
			continue
		}
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("line %d of the recording is spoilt: %w", n+1, err)
		}
		if err := fn(Frame{At: l.At, Kind: l.Kind, Body: []byte(l.Body)}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("the recording cannot be read: %w", err)
	}
	return nil
}
