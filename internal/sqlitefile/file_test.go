package sqlitefile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var notes = Schema{
	Kind:          "notes",
	ApplicationID: 0x4e6f7465,
	Migrations:    []string{"CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX note_text ON note(text)"},
}

// wider is notes of the next build.
var wider = Schema{notes.Kind, notes.ApplicationID, []string{notes.Migrations[0], "ALTER TABLE note ADD COLUMN at INT"}}

func mustOpen(t *testing.T, path string, s Schema) *File {
	t.Helper()
	f, err := Open(path, s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func mustClose(t *testing.T, f *File) {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// written makes a file with so many notes and closes it.
func written(t *testing.T, path string, n int) {
	t.Helper()
	f := mustOpen(t, path, notes)
	for i := range n {
		if _, err := f.Write.Exec("INSERT INTO note(text) VALUES(?)", fmt.Sprintf("note %d of a day on which much was said", i)); err != nil {
			t.Fatal(err)
		}
	}
	mustClose(t, f)
}

func count(t *testing.T, f *File) (n int) {
	t.Helper()
	if err := f.Read.QueryRow("SELECT count(*) FROM note").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "what? 100% of #1.db")
	f := mustOpen(t, path, notes)
	if !f.Report.Made || f.Report.Notable() || f.Report.To != 1 {
		t.Errorf("a new file is reported as %+v", f.Report)
	}
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "busy_timeout": "5000", "foreign_keys": "0", "cache_size": "-1024",
		"mmap_size": "0", "application_id": fmt.Sprint(notes.ApplicationID), "user_version": "1",
	} {
		var got string
		if err := f.Write.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", pragma, got, err, want)
		}
	}
	if _, err := f.Write.Exec("INSERT INTO note(text) VALUES('one')"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, f); n != 1 {
		t.Errorf("a reader sees %d notes, want the one committed", n)
	}
	if _, err := f.Read.Exec("INSERT INTO note(text) VALUES('two')"); err == nil {
		t.Error("a reader can write")
	}
	for _, p := range []string{path, path + "-wal", path + "-shm"} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want mode 0600", filepath.Base(p), info, err)
		}
	}
	if n := f.Bytes(); n < 4096 {
		t.Errorf("the file takes %d bytes", n)
	}
	mustClose(t, f)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	f = mustOpen(t, path, notes)
	defer mustClose(t, f)
	if n := count(t, f); n != 1 || f.Report.Made || f.Report.Notable() {
		t.Errorf("opened again it has %d notes and reports %+v", n, f.Report)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a file others can read stays so: %v", info.Mode())
	}
}

func TestMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.db")
	written(t, path, 3)
	f := mustOpen(t, path, wider)
	if r := f.Report; r.From != 1 || r.To != 2 || r.Copy == "" || !r.Notable() {
		t.Errorf("a migration is reported as %+v", r)
	}
	if _, err := f.Write.Exec("INSERT INTO note(text, at) VALUES('four', 4)"); err != nil {
		t.Error(err)
	}
	copied := f.Report.Copy
	mustClose(t, f)

	before := mustOpen(t, copied, notes) // the copy is a whole file of the former build
	if n := count(t, before); n != 3 {
		t.Errorf("the copy made before the migration has %d notes, want 3", n)
	}
	mustClose(t, before)

	_, err := Open(path, notes, Options{})
	newer, ok := errors.AsType[*NewerError](err)
	if !ok || newer.Theirs != 2 || newer.Ours != 1 {
		t.Fatalf("the former build opens the newer file with %v, want a NewerError", err)
	}
	if text := err.Error(); !strings.Contains(text, path) || strings.Contains(text, "\n") {
		t.Errorf("%q does not name the file in one line", text)
	}
	again := mustOpen(t, path, wider)
	if n := count(t, again); n != 4 || again.Report.Notable() {
		t.Errorf("refused once, it has %d notes and reports %+v", n, again.Report)
	}
	mustClose(t, again)
}

// A failing migration leaves the file as it was.
func TestMigrationFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.db")
	written(t, path, 3)
	bad := Schema{notes.Kind, notes.ApplicationID, []string{notes.Migrations[0], "ALTER TABLE note ADD COLUMN at INT; ALTER TABLE nothing ADD COLUMN at INT"}}
	if f, err := Open(path, bad, Options{NoCopy: true}); err == nil {
		t.Fatalf("opened: %+v", f.Report)
	}
	f := mustOpen(t, path, wider)
	if n := count(t, f); n != 3 || f.Report.From != 1 {
		t.Errorf("after it there are %d notes, reported %+v", n, f.Report)
	}
	mustClose(t, f)
}

// A version set by hand, or by a build that does not know file_meta, is newer
// too: the file was written, it did not rot.
func TestNewerByHand(t *testing.T) {
	for _, version := range []int{2, 254, 9999, 1 << 30} {
		path := filepath.Join(t.TempDir(), "notes.db")
		written(t, path, 3)
		db, err := connect(path, 1, Options{}.filled(), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(fmt.Sprintf("PRAGMA user_version=%d", version)); err != nil {
			t.Fatal(err)
		}
		_ = db.Close()
		_, err = Open(path, notes, Options{})
		if newer, ok := errors.AsType[*NewerError](err); !ok || newer.Theirs != version {
			t.Errorf("version %d: %v, want a NewerError", version, err)
		}
	}
}

func TestBroken(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	written(t, whole, 200)
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	strange := filepath.Join(t.TempDir(), "strange.db")
	mustClose(t, mustOpen(t, strange, Schema{"strange", 7, []string{"CREATE TABLE a(b)"}}))
	other, err := os.ReadFile(strange)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"text":              []byte(strings.Repeat("this is not a database\n", 400)),
		"a few bytes":       []byte("x"),
		"zeroes":            make([]byte, 3*4096),
		"cut off":           good[:len(good)-4096-100],
		"half of it":        good[:len(good)/2],
		"another program's": other,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "notes.db")
			for _, p := range []string{path, path + "-journal"} {
				if err := os.WriteFile(p, content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			f := mustOpen(t, path, notes)
			defer mustClose(t, f)
			if n := count(t, f); n != 0 {
				t.Errorf("the new file has %d notes", n)
			}
			r := f.Report
			if r.Broken == "" || r.Why == "" || !r.Made || !r.Notable() || !strings.Contains(r.String(), filepath.Base(r.Broken)) {
				t.Errorf("reported as %+v", r)
			}
			if kept, err := os.ReadFile(r.Broken); err != nil || string(kept) != string(content) {
				t.Errorf("the broken file is not kept as it was: %v", err)
			}
			if _, err := os.Stat(path + "-journal"); err == nil {
				t.Error("what lay beside the broken file lies beside the new one")
			}
		})
	}
}

// The younger of the broken files stay, so that a dying disk does not fill up.
func TestKeepBroken(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "notes.db")
	for range 5 {
		if err := os.WriteFile(path, []byte(strings.Repeat("junk", 2000)), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path, notes, Options{KeepBroken: 2})
		if err != nil {
			t.Fatal(err)
		}
		mustClose(t, f)
	}
	kept, _ := filepath.Glob(path + ".broken-*")
	if len(kept) != 2 {
		t.Errorf("%d broken files are kept, want 2: %v", len(kept), kept)
	}
}

func TestBackupInto(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "notes.db"), filepath.Join(dir, "copy.db")
	written(t, path, 500)
	f := mustOpen(t, path, notes)
	defer mustClose(t, f)
	if err := f.BackupInto(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	if err := f.BackupInto(context.Background(), copied); err == nil {
		t.Error("a backup overwrites another")
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("backup: %v %v", info, err)
	}
	c := mustOpen(t, copied, notes)
	if n := count(t, c); n != 500 || c.Report.Notable() {
		t.Errorf("the backup has %d notes, reports %+v", n, c.Report)
	}
	mustClose(t, c)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := f.BackupInto(ctx, filepath.Join(dir, "never.db")); err == nil {
		t.Error("a cancelled backup succeeds")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "never*")); len(left) > 0 {
		t.Errorf("a cancelled backup leaves %v", left)
	}
}

// The folder or disk not being there, or not ours, is said, not survived by
// moving things about.
func TestNoFolder(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "nowhere", "notes.db"), notes, Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	dir := t.TempDir()
	if _, err := Open(dir, notes, Options{}); err == nil || IsCorrupt(err) {
		t.Errorf("a folder in the place of the file: %v", err)
	}
}

func TestFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notes.db")
	f := mustOpen(t, path, notes)
	defer mustClose(t, f)
	if _, err := f.Write.Exec("PRAGMA max_page_count=8"); err != nil {
		t.Fatal(err)
	}
	_, err := f.Write.Exec("INSERT INTO note(text) VALUES(?)", strings.Repeat("long ", 20000))
	if !IsFull(err) || IsReadOnly(err) || IsCorrupt(err) || IsBusy(err) || Plain(err) != "the disk is full" {
		t.Errorf("a full file gives %v (%q)", err, Plain(err))
	}
	_, err = f.Read.Exec("DELETE FROM note")
	if !IsReadOnly(err) || IsFull(err) {
		t.Errorf("a write where none is allowed gives %v", err)
	}
}

// Opening a file takes under a second, whatever its size.
func TestOpensFast(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector says nothing of time")
	}
	for _, rows := range []int{1000, 20000} { // below and above what is checked whole
		t.Run(fmt.Sprint(rows), func(t *testing.T) { opensFast(t, rows) })
	}
}

func opensFast(t *testing.T, rows int) {
	path := filepath.Join(t.TempDir(), "notes.db")
	f := mustOpen(t, path, notes)
	if _, err := f.Write.Exec("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<?) INSERT INTO note(text) SELECT hex(randomblob(1500)) FROM n", rows); err != nil {
		t.Fatal(err)
	}
	mustClose(t, f)
	began := time.Now()
	f = mustOpen(t, path, notes)
	t.Logf("%d MB open in %v", f.Bytes()>>20, time.Since(began))
	if took := time.Since(began); took > time.Second {
		t.Errorf("opening %d MB takes %v", f.Bytes()>>20, took)
	}
	mustClose(t, f)
}
