// Package statefile reads and writes the small files of the data folder: one
// value each, replaced in one step, with a sum that tells whether the disk gave
// back what was written. A broken one is moved aside, so that the program
// starts and somebody can look at it later.
package statefile

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// brokenKept is how many broken files of one name stay beside it.
const brokenKept = 3

// sum stands at the end of a file: "crc32c 1f2e3d4c" on a line of its own.
const sum = "\ncrc32c "

var table = crc32.MakeTable(crc32.Castagnoli)

// A BrokenError says that a file was broken and where it is now.
type BrokenError struct{ Name, Kept, Why string }

// Error is one line without any of the content.
func (e *BrokenError) Error() string {
	if e.Kept == "" {
		return fmt.Sprintf("%s is broken (%s) and could not be moved aside", e.Name, e.Why)
	}
	return fmt.Sprintf("%s is broken (%s) and was kept as %s", e.Name, e.Why, e.Kept)
}

// Read returns what Write wrote. Files without a sum are those of older builds
// and are returned whole: whoever cannot read one calls Aside. Errors: those of
// os.ReadFile, *BrokenError.
func Read(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndex(raw, []byte(sum))
	if at < 0 {
		return raw, nil
	}
	body := raw[:at]
	if string(raw[at:]) != trailer(body) {
		return nil, Aside(path, "its sum does not fit")
	}
	return body, nil
}

func trailer(body []byte) string { return fmt.Sprintf("%s%08x\n", sum, crc32.Checksum(body, table)) }

// Write replaces a file in one step, mode 0600: after a crash or a power cut it
// holds the old value or the new one.
func Write(path string, body []byte) (err error) {
	dir, name := filepath.Split(path)
	tmp, err := os.CreateTemp(dir, name+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.WriteString(string(body) + trailer(body))
	if err == nil {
		err = tmp.Sync()
	}
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err = os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	if d, e := os.Open(filepath.Dir(path)); e == nil { // the name must outlive a power cut too
		_ = d.Sync()
		_ = d.Close()
	}
	return nil
}

// Aside moves a file whose content cannot be used away, keeps the youngest few
// of its kind, and returns the error that says so.
func Aside(path, why string) *BrokenError {
	e := &BrokenError{Name: filepath.Base(path), Why: why}
	kept := path + ".broken-" + time.Now().UTC().Format("20060102T150405.000000000Z")
	if os.Rename(path, kept) == nil {
		e.Kept = filepath.Base(kept)
	}
	list, _ := filepath.Glob(escaped(path) + ".broken-*")
	slices.Sort(list)
	for len(list) > brokenKept {
		_ = os.Remove(list[0])
		list = list[1:]
	}
	return e
}

// escaped is a path without a meaning for Glob.
func escaped(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
