//go:build unix

package sqlitefile

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// twiceNotes names the variable with the file that the other process of
// TestOpenTwice tries to lock.
const twiceNotes = "SQLITEFILE_TEST_NOTES"

// Opening a file twice in one process must not cost the first its locks:
// another process would think itself alone and take the -wal away.
func TestOpenTwice(t *testing.T) {
	if path := os.Getenv(twiceNotes); path != "" {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		// The bytes that every connection holds shared as long as it is open
		// (https://sqlite.org/src/file/src/os.h, SHARED_FIRST).
		lock := syscall.Flock_t{Type: syscall.F_WRLCK, Start: 1<<30 + 2, Len: 510}
		if err := syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &lock); err == nil {
			t.Error("another process can lock the file as its only user")
		}
		return
	}
	path := filepath.Join(t.TempDir(), "notes.db")
	f := mustOpen(t, path, notes)
	mustClose(t, mustOpen(t, path, notes))
	other := exec.Command(os.Args[0], "-test.run=^TestOpenTwice$")
	other.Env = append(os.Environ(), twiceNotes+"="+path)
	if out, err := other.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	mustClose(t, f)
	if len(here.paths) != 0 {
		t.Errorf("counted as open still: %v", here.paths)
	}
}
