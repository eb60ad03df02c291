package statefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Whatever byte the disk changes: either the value that was written comes back,
// or an error, and then the broken file is beside it.
func TestEveryByte(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "value [1]")
	for _, body := range []string{"", "20001", `{"text":"Storing tot 14:00"}`, "a\ncrc32c 00000000\n"} {
		if err := Write(path, []byte(body)); err != nil {
			t.Fatal(err)
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Read(path); err != nil || string(got) != body {
			t.Fatalf("%q comes back as %q, %v", body, got, err)
		}
		noticed := 0
		for i := range whole {
			for _, flip := range []byte{0x01, 0x20, 0xff} {
				bad := append([]byte(nil), whole...)
				bad[i] ^= flip
				if err := os.WriteFile(path, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				got, err := Read(path)
				if broken, ok := errors.AsType[*BrokenError](err); ok {
					noticed++
					if kept, err := os.ReadFile(filepath.Join(dir, broken.Kept)); err != nil || string(kept) != string(bad) {
						t.Fatalf("byte %d: %v, kept %q, %v", i, broken, kept, err)
					}
					if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
						t.Fatalf("byte %d: the broken file is still in its place", i)
					}
					continue
				}
				// A sum that is no longer one looks like an older build's file:
				// the value does not come back alone, so whoever reads it notices.
				if err != nil || string(got) == body {
					t.Fatalf("byte %d of %q changed: %q, %v", i, whole, got, err)
				}
			}
		}
		if noticed == 0 {
			t.Errorf("no change of %q was noticed", body)
		}
	}
	list, err := filepath.Glob(filepath.Join(dir, "value*"))
	if err != nil || len(list) > brokenKept+1 {
		t.Errorf("%d files stay: %q, %v", len(list), list, err)
	}
	if _, err := Read(filepath.Join(dir, "other")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// A folder that cannot be written to is an error and leaves nothing behind.
func TestWriteWithoutAFolder(t *testing.T) {
	if err := Write(filepath.Join(t.TempDir(), "none", "value"), []byte("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Write: %v", err)
	}
}
