package sqlitefile

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The first 100 bytes of a file (https://sqlite.org/fileformat2.html). All
// files here are made by this package, so most of them are the same in each.
const (
	headerBytes = 100
	pageBytes   = 4096
)

// header reads the first bytes of a file, before SQLite has it open: closing a
// second descriptor would drop SQLite's locks. It returns the file's size, 0
// if there is none, and an error for content that SQLite would take for a
// setting: a reserved space in each page, a file that may only be read.
func header(path string) (size int64, err error) {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("%s is not a file", path)
	}
	size = info.Size()
	if size == 0 {
		return 0, nil
	}
	var b [headerBytes]byte
	if n, _ := f.ReadAt(b[:], 0); n < headerBytes {
		return size, errBroken{fmt.Sprintf("it has %d bytes, less than a header", size)}
	}
	if string(b[:16]) != "SQLite format 3\x00" {
		return size, errBroken{"it does not begin as a database does"}
	}
	four := func(at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
	for _, c := range []struct {
		ok   bool
		what string
	}{
		{binary.BigEndian.Uint16(b[16:]) == pageBytes, "the size of a page"},
		{b[18] <= 2 && b[19] <= 2, "the version of the format"},
		{b[20] == 0, "the reserved space"},
		{b[21] == 64 && b[22] == 32 && b[23] == 32, "the fractions of a page"},
		{four(44) == 4 || four(44) == 0, "the format of the schema"},
		{four(52) == 0 && four(64) == 0, "the automatic vacuum"},
		{four(56) == 1 || four(56) == 0, "the encoding of text"},
	} {
		if !c.ok {
			return size, errBroken{"its header is wrong: " + c.what}
		}
	}
	return size, nil
}

// check looks at a file that was there: whose it is, whether its schema is
// what was written, and, unless it is too large for that, at every page.
func (f *File) check(ctx context.Context, most, size int64, r *Report) error {
	var tables int
	if err := f.Write.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if size <= most {
		var result string
		if err := f.Write.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&result); err != nil {
			return err
		}
		if result != "ok" {
			return errBroken{result}
		}
	}
	app, version, err := f.numbers(ctx)
	if err != nil {
		return err
	}
	if tables == 0 && app == 0 && version == 0 {
		return nil // nothing was ever written: a crash while it was made
	}
	m, err := f.meta(ctx)
	switch {
	case IsCorrupt(err):
		return err
	case err != nil: // no such table, or not one row
		if app == f.schema.ApplicationID && version > f.schema.version() {
			return &NewerError{Path: f.Path, Theirs: version, Ours: f.schema.version()}
		}
		return errBroken{"it was not written by this program"}
	case m.kind != f.schema.Kind && app != f.schema.ApplicationID:
		return errBroken{fmt.Sprintf("it holds %q, not %q", m.kind, f.schema.Kind)}
	case m.kind != f.schema.Kind:
		return errBroken{"it does not say what it holds"}
	}
	counter, cookie, sum, err := f.state(ctx)
	if err != nil {
		return err
	}
	// Nobody wrote the file through SQLite since it was closed, so whatever
	// differs from what stands inside was changed by the disk.
	untouched := m.counter == counter
	if version != m.version {
		if untouched || version < m.version {
			if _, err := f.Write.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d", m.version)); err != nil {
				return err
			}
			r.Mended = append(r.Mended, "the number of its schema")
			version = m.version
		} else {
			return &NewerError{Path: f.Path, Theirs: version, Ours: f.schema.version()}
		}
	}
	if version > f.schema.version() {
		return &NewerError{Path: f.Path, Theirs: version, Ours: f.schema.version()}
	}
	if app != f.schema.ApplicationID {
		if _, err := f.Write.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d", f.schema.ApplicationID)); err != nil {
			return err
		}
		r.Mended = append(r.Mended, "its mark")
	}
	if sum != m.sum && cookie == m.cookie {
		return errBroken{"its schema is not what was written"}
	}
	return nil
}

// numbers reads what the header says of whose file it is.
func (f *File) numbers(ctx context.Context) (app int32, version int, err error) {
	if err = f.Write.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, 0, err
	}
	err = f.Write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return app, version, err
}

// A meta is what the file says of itself inside, to hold the header against.
type meta struct {
	kind    string
	version int
	counter int64 // the file's change counter when it was last closed; -1 while it is open
	cookie  int64 // SQLite's schema version: changes with every change of the schema
	sum     int64 // of the schema's text
}

func (f *File) meta(ctx context.Context) (m meta, err error) {
	err = f.Write.QueryRowContext(ctx, "SELECT kind, version, counter, cookie, sum FROM file_meta").Scan(&m.kind, &m.version, &m.counter, &m.cookie, &m.sum)
	return m, err
}

// state reads what meta is compared with.
func (f *File) state(ctx context.Context) (counter, cookie, sum int64, err error) {
	var page []byte
	if err = f.Write.QueryRowContext(ctx, "SELECT data FROM sqlite_dbpage WHERE pgno=1").Scan(&page); err != nil {
		return 0, 0, 0, err
	}
	if len(page) < headerBytes {
		return 0, 0, 0, errBroken{"its first page is short"}
	}
	counter = int64(binary.BigEndian.Uint32(page[24:]))
	if err = f.Write.QueryRowContext(ctx, "PRAGMA schema_version").Scan(&cookie); err != nil {
		return 0, 0, 0, err
	}
	rows, err := f.Write.QueryContext(ctx, "SELECT type||':'||name||':'||tbl_name||':'||ifnull(sql,'') FROM sqlite_schema ORDER BY 1")
	if err != nil {
		return 0, 0, 0, err
	}
	defer rows.Close()
	h := crc32.NewIEEE()
	for rows.Next() {
		var text string
		if err = rows.Scan(&text); err != nil {
			return 0, 0, 0, err
		}
		_, _ = h.Write([]byte(text + "\n"))
	}
	return counter, cookie, int64(h.Sum32()), rows.Err()
}

// seal notes the change counter, so that the next opening can tell a byte that
// rotted from a change somebody made.
func (f *File) seal(ctx context.Context) error {
	// The first statement writes page 1 and with it the counter, the second
	// does not.
	if _, err := f.Write.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d", f.schema.version())); err != nil {
		return err
	}
	counter, cookie, sum, err := f.state(ctx)
	if err != nil {
		return err
	}
	_, err = f.Write.ExecContext(ctx, "UPDATE file_meta SET counter=?, cookie=?, sum=?", counter, cookie, sum)
	return err
}

// migrate brings the file to this build's schema.
func (f *File) migrate(ctx context.Context, noCopy bool, r *Report) error {
	_, from, err := f.numbers(ctx)
	if err != nil {
		return err
	}
	r.From, r.To = from, f.schema.version()
	if from > 0 && from < r.To && !noCopy {
		r.Copy = free(fmt.Sprintf("%s.schema%d-%s", f.Path, from, stamp(time.Now())))
		if err := copyInto(ctx, f.Write, r.Copy); err != nil {
			_ = os.Remove(r.Copy)
			return fmt.Errorf("copy %s before changing its schema: %w", filepath.Base(f.Path), err)
		}
	}
	for v := from; v < r.To; v++ {
		if err := f.step(ctx, v); err != nil {
			return fmt.Errorf("bring %s from schema %d to %d: %w", filepath.Base(f.Path), v, v+1, err)
		}
	}
	_, err = f.Write.ExecContext(ctx, "UPDATE file_meta SET counter=-1 WHERE counter<>-1")
	return err
}

// step does one migration. A version is in the header and in file_meta once
// all of it is.
func (f *File) step(ctx context.Context, v int) error {
	tx, err := f.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if v == 0 {
		if _, err := tx.ExecContext(ctx, "CREATE TABLE file_meta(kind TEXT, version INT, counter INT, cookie INT, sum INT)"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO file_meta VALUES(?, 0, -1, -1, 0)", f.schema.Kind); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, f.schema.Migrations[v]); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE file_meta SET version=?", v+1); err != nil {
		return err
	}
	for _, pragma := range []string{fmt.Sprintf("application_id=%d", f.schema.ApplicationID), fmt.Sprintf("user_version=%d", v+1)} {
		if _, err := tx.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// besides are the files SQLite keeps beside one.
var besides = []string{"-wal", "-shm", "-journal"}

// aside moves a broken file and what is beside it to another name and deletes
// the oldest of those moved before.
func aside(path string, keep int, now time.Time) (to string, dropped []string, err error) {
	to = free(path + ".broken-" + stamp(now))
	if err := os.Rename(path, to); err != nil {
		return "", nil, err
	}
	for _, b := range besides {
		switch err := os.Rename(path+b, to+b); {
		case err == nil, os.IsNotExist(err):
		default: // it must not be taken for the new file's
			if err := os.Remove(path + b); err != nil {
				return "", nil, err
			}
		}
	}
	old, _ := filepath.Glob(glob(path) + ".broken-*")
	old = slices.DeleteFunc(old, func(p string) bool {
		return slices.ContainsFunc(besides, func(b string) bool { return strings.HasSuffix(p, b) })
	})
	slices.Sort(old) // by time
	for ; len(old) > keep; old = old[1:] {
		if os.Remove(old[0]) == nil {
			dropped = append(dropped, old[0])
		}
		for _, b := range besides {
			_ = os.Remove(old[0] + b)
		}
	}
	return to, dropped, nil
}

// glob escapes what a pattern would take for its own.
func glob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// stamp is a time as part of a file's name, which sorts by time.
func stamp(t time.Time) string { return t.UTC().Format("20060102-150405.000000") }

// free is a path that does not exist yet.
func free(path string) string {
	for n, p := 2, path; ; n++ {
		if _, err := os.Lstat(p); os.IsNotExist(err) {
			return p
		}
		p = fmt.Sprintf("%s-%d", path, n)
	}
}
