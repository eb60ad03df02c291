package sqlitefile

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// quickDir is a folder in memory where there is one: thousands of files are
// written here, and none is for keeping.
func quickDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "sqlitefile-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// TestEveryByte changes the bytes of a file in turn: each of the header, each
// that is not zero, and one in 16 of the zeroes, which mostly lie where nothing
// is stored (in -short and under the race detector one in 67 behind the header). The file opens all the
// same: as it was, mended, or moved aside for a new one, and says which. What
// is moved aside is the very file.
func TestEveryByte(t *testing.T) {
	dir := quickDir(t)
	whole := filepath.Join(dir, "whole.db")
	written(t, whole, 12)
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	var kept, mended, begun int
	path := filepath.Join(dir, "notes.db")
	for at := range good {
		if at >= headerBytes && (good[at] == 0 && at%16 != 0 || (testing.Short() || raceDetector) && at%67 != 0) {
			continue
		}
		bad := bytes.Clone(good)
		bad[at] ^= 0xff
		if at%3 == 1 {
			bad[at] = good[at] + 1
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path, notes, Options{KeepBroken: 1})
		if err != nil {
			newer, isNewer := errors.AsType[*NewerError](err)
			t.Fatalf("byte %d changed from %#02x to %#02x: %v (newer: %v %v)", at, good[at], bad[at], err, isNewer, newer)
		}
		var n int
		if err := f.Read.QueryRow("SELECT count(*) FROM note").Scan(&n); err != nil {
			t.Fatalf("byte %d changed: opened, and then: %v (%s)", at, err, f.Report)
		}
		if _, err := f.Write.Exec("INSERT INTO note(text) VALUES('goes on')"); err != nil {
			t.Fatalf("byte %d changed: opened, and then: %v (%s)", at, err, f.Report)
		}
		switch r := f.Report; {
		case r.Broken != "":
			begun++
			if n != 0 {
				t.Errorf("byte %d changed: begun anew with %d notes", at, n)
			}
			if aside, err := os.ReadFile(r.Broken); err != nil || !bytes.Equal(aside, bad) {
				t.Errorf("byte %d changed: the file moved aside is another: %v", at, err)
			}
		case n != 12:
			t.Errorf("byte %d changed: %d of 12 notes, and not a word of it: %s", at, n, r)
		case len(r.Mended) > 0:
			mended++
		default:
			kept++
		}
		_ = f.Close()
		for _, beside := range besides {
			_ = os.Remove(path + beside)
		}
	}
	t.Logf("%d bytes: opened as it was %d times (the byte was of a value, or free), mended %d, begun anew %d", len(good), kept, mended, begun)
	if kept == 0 || mended == 0 || begun == 0 {
		t.Error("one of the three outcomes never came: this test would prove little")
	}
}
