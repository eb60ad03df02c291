package sqlitefile

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// A Schema says what a file is for and how it came to its present form.
type Schema struct {
	Kind          string   // of the content, one word: "journal"; a file of another kind is not ours
	ApplicationID int32    // marks the file for programs such as file(1); not 0
	Migrations    []string // SQL that leads from version i to i+1; never changed once released
}

// version is the one this build writes.
func (s Schema) version() int { return len(s.Migrations) }

// Options of opening a file. The zero value is fit for one that must be kept.
type Options struct {
	Readers    int   // connections of File.Read, default 2
	CacheKiB   int   // page cache of each connection, default 1024
	CheckBytes int64 // files up to this are checked whole when opened; default 8 MiB, negative for none
	NoCopy     bool  // no copy before a migration: the content can be lost without harm
	KeepBroken int   // broken files that stay beside, the youngest; default 3
}

func (o Options) filled() Options {
	if o.Readers <= 0 {
		o.Readers = 2
	}
	if o.CacheKiB <= 0 {
		o.CacheKiB = 1024
	}
	if o.CheckBytes == 0 {
		o.CheckBytes = 8 << 20
	}
	if o.KeepBroken <= 0 {
		o.KeepBroken = 3
	}
	return o
}

// A File is an open SQLite file.
type File struct {
	Path   string
	Write  *sql.DB // one connection; transactions begin immediate
	Read   *sql.DB // Options.Readers connections, which cannot write
	Report Report

	schema Schema
	left   sync.Once
	absent bool
}

// Report is what opening a file did beyond opening it.
type Report struct {
	Made     bool     // there was none
	From, To int      // schema versions; equal when nothing was migrated
	Copy     string   // path of the copy made before a migration
	Mended   []string // what was put right in place, in words
	Broken   string   // path to which a broken file was moved
	Why      string   // what was wrong with it, in words
	Dropped  []string // older broken files that were deleted
	Took     time.Duration
}

// Notable reports that an administrator should hear of it.
func (r Report) Notable() bool {
	return r.Broken != "" || len(r.Mended) > 0 || r.From != r.To && !r.Made
}

// String says in one line what was done.
func (r Report) String() string {
	text := "opened"
	switch {
	case r.Broken != "":
		text = fmt.Sprintf("begun anew; the former file is broken (%s) and was kept as %s", r.Why, filepath.Base(r.Broken))
	case r.Made:
		text = "made"
	case r.From != r.To && r.Copy != "":
		text = fmt.Sprintf("brought from schema %d to %d; the former file was kept as %s", r.From, r.To, filepath.Base(r.Copy))
	case r.From != r.To:
		text = fmt.Sprintf("brought from schema %d to %d", r.From, r.To)
	}
	for _, m := range r.Mended {
		text += "; mended: " + m
	}
	return text
}

// Open opens the file at path, see the package's comment. The error is a
// *NewerError, or one of the disk for which IsFull, IsReadOnly or IsBusy may
// hold; never one of a broken file, unless it could not even be moved aside.
func Open(path string, s Schema, o Options) (*File, error) {
	began := time.Now()
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	o = o.filled()
	var report Report
	f, err := open(path, s, o, &report)
	if IsCorrupt(err) {
		report = Report{Why: why(err)}
		if report.Broken, report.Dropped, err = aside(path, o.KeepBroken, began); err != nil {
			return nil, fmt.Errorf("%s is broken (%s) and cannot be moved aside: %w", path, report.Why, err)
		}
		f, err = open(path, s, o, &report)
	}
	if err != nil {
		return nil, blame(path, err)
	}
	report.Took = time.Since(began)
	f.Report = report
	return f, nil
}

// why is the text of a broken file's error.
func why(err error) string {
	if b, ok := errors.AsType[errBroken](err); ok {
		return b.why
	}
	return err.Error()
}

// blame adds what the folder says to an error that SQLite words poorly, such
// as "unable to open the database file" on a read-only disk.
func blame(path string, err error) error {
	if _, ok := errors.AsType[*NewerError](err); ok || IsFull(err) || IsReadOnly(err) || IsBusy(err) {
		return err
	}
	probe, perr := os.CreateTemp(filepath.Dir(path), ".probe-*")
	if perr != nil {
		return fmt.Errorf("%w (%w)", err, perr)
	}
	_, perr = probe.Write(make([]byte, 8192))
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	if perr != nil {
		return fmt.Errorf("%w (%w)", err, perr)
	}
	return err
}

// here counts how often a path is open in this process.
var here = struct {
	sync.Mutex
	paths map[string]int
}{paths: map[string]int{}}

// enter counts an opening and looks at the header, unless SQLite has the file
// open already: closing a second descriptor would drop the locks of the first,
// which belong to the process (fcntl(2)).
func enter(path string) (size int64, err error) {
	here.Lock()
	defer here.Unlock()
	if here.paths[path] == 0 {
		size, err = header(path)
	} else if info, serr := os.Stat(path); serr == nil {
		size = info.Size()
	}
	if err == nil {
		here.paths[path]++
	}
	return size, err
}

func leave(path string) {
	here.Lock()
	defer here.Unlock()
	if here.paths[path]--; here.paths[path] == 0 {
		delete(here.paths, path)
	}
}

// open tries once.
func open(path string, s Schema, o Options, r *Report) (_ *File, err error) {
	size, err := enter(path)
	if err != nil {
		return nil, err
	}
	f := &File{Path: path, schema: s}
	defer func() {
		if err != nil {
			_ = f.shut()
		}
	}()
	r.Made = size == 0
	if r.Made { // SQLite gives its other files the mode of this one
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		if err := syncDir(filepath.Dir(path)); err != nil {
			return nil, err
		}
	} else if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = os.Chmod(path, 0o600) // best effort: a foreign owner may forbid it
	}
	if f.Write, err = connect(path, 1, o, "_txlock=immediate"); err != nil {
		return nil, err
	}
	ctx := context.Background()
	if _, err := f.Write.ExecContext(ctx, "PRAGMA journal_mode=WAL"); err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	if !r.Made {
		if err := f.check(ctx, o.CheckBytes, size, r); err != nil {
			return nil, fmt.Errorf("check %s: %w", filepath.Base(path), err)
		}
	}
	if err := f.migrate(ctx, o.NoCopy, r); err != nil {
		return nil, err
	}
	if f.Read, err = connect(path, o.Readers, o, "_query_only=1"); err != nil {
		return nil, err
	}
	f.Read.SetConnMaxIdleTime(time.Minute) // each holds its page cache
	return f, nil
}

// syncDir makes the names in a folder outlive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// connect opens a pool of connections with our settings.
func connect(path string, n int, o Options, extra string) (*sql.DB, error) {
	// The colon and the slashes of a path may stand, all else that means
	// something in an address is escaped.
	var dsn strings.Builder
	dsn.WriteString((&url.URL{Scheme: "file", Path: path}).String() + "?" + extra)
	for _, pragma := range []string{
		"busy_timeout(5000)", "synchronous(FULL)", "foreign_keys(0)", "mmap_size(0)", "trusted_schema(0)",
		"secure_delete(1)", // what was erased is not to be found in free space
		"cache_size(-" + strconv.Itoa(o.CacheKiB) + ")",
		"journal_size_limit(8388608)", // what a burst made of the -wal is given back
	} {
		dsn.WriteString("&_pragma=" + url.QueryEscape(pragma))
	}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// shut closes the connections.
func (f *File) shut() error {
	var errs []error
	for _, db := range []*sql.DB{f.Read, f.Write} { // the last one to close empties the -wal
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	f.left.Do(func() { leave(f.Path) })
	return errors.Join(errs...)
}

// Close writes all that is in the -wal into the file and closes it. Nothing
// committed depends on it.
func (f *File) Close() error {
	if f.absent {
		return f.shut()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	err := f.seal(ctx)
	if err := f.shut(); err != nil {
		return err
	}
	if IsFull(err) || IsReadOnly(err) || IsBusy(err) || IsCorrupt(err) || errors.Is(err, context.DeadlineExceeded) {
		return nil // whoever writes has met this before; the next opening deals with it
	}
	return err
}

// Absent stands in for a file that cannot be opened now: everything that is
// asked of its connections fails with why.
func Absent(path string, why error) *File {
	f := &File{Path: path, Read: sql.OpenDB(absent{why}), Write: sql.OpenDB(absent{why}), absent: true}
	f.left.Do(func() {})
	return f
}

type absent struct{ why error }

func (a absent) Connect(context.Context) (driver.Conn, error) { return nil, a.why }
func (a absent) Driver() driver.Driver                        { return a }
func (a absent) Open(string) (driver.Conn, error)             { return nil, a.why }

// Held asks a file for a moment whether another process holds it, which Open
// waits five seconds for. The error is one for which IsBusy holds.
func Held(path string) error {
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path}).String()+"?mode=ro&_pragma=busy_timeout(200)")
	if err != nil {
		return nil
	}
	defer db.Close()
	var n int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&n); IsBusy(err) {
		return err
	}
	return nil
}

// MoveAside closes the file and moves it and its -wal to the name of a broken
// one, as Open does, for damage that was met later. It returns the new path.
func (f *File) MoveAside(o Options) (to string, err error) {
	_ = f.shut() // a broken file may not close in order
	to, _, err = aside(f.Path, o.filled().KeepBroken, time.Now())
	return to, err
}

// Bytes is what the file and its -wal take on disk, 0 where it cannot be told.
func (f *File) Bytes() int64 {
	var n int64
	for _, p := range []string{f.Path, f.Path + "-wal"} {
		if info, err := os.Stat(p); err == nil {
			n += info.Size()
		}
	}
	return n
}

// BackupInto writes a copy of the whole file, as of one moment, to a path that
// must not exist yet. It does not hold up writers. An unfinished copy is removed.
func (f *File) BackupInto(ctx context.Context, path string) error {
	part := path + ".part"
	_ = os.Remove(part)
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("backup: %s exists already", path)
	}
	db, err := connect(f.Path, 1, Options{CacheKiB: 256}, "") // of its own: those of Read may not write, and stay free
	if err == nil {
		err = errors.Join(copyInto(ctx, db, part), db.Close())
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part)
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// copyInto lets SQLite write a copy and waits until the disk has it.
func copyInto(ctx context.Context, db *sql.DB, path string) error {
	if file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err != nil { // VACUUM INTO takes an empty file
		return err
	} else if err := file.Close(); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
