package sqlitefile

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// A NewerError refuses a file that a newer build has written.
type NewerError struct {
	Path         string
	Theirs, Ours int // schema versions
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("%s was written by a newer build (its schema is version %d, this build knows up to %d): start that build again, or move the file away to begin anew",
		e.Path, e.Theirs, e.Ours)
}

// errBroken marks an error as one of the file's content.
type errBroken struct{ why string }

func (e errBroken) Error() string { return e.why }

// code is SQLite's extended result code of an error, 0 if it is none.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

// IsCorrupt reports that an error came from a file whose content is damaged.
func IsCorrupt(err error) bool {
	if _, ok := errors.AsType[errBroken](err); ok {
		return true
	}
	switch code(err) & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT:
		return true
	}
	return false
}

// IsFull reports that there was no room: the disk, the quota, or a bound of
// the file.
func IsFull(err error) bool {
	return code(err)&0xff == sqlite3.SQLITE_FULL || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// IsReadOnly reports that the file, its folder or its disk may not be written.
func IsReadOnly(err error) bool {
	switch c := code(err); {
	case c&0xff == sqlite3.SQLITE_READONLY, c&0xff == sqlite3.SQLITE_PERM, c&0xff == sqlite3.SQLITE_AUTH:
		return true
	}
	return errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission)
}

// ErrHeld says that another process has the folder, so that its files are not
// to be opened. IsBusy holds for it.
var ErrHeld = errors.New("another process holds the folder")

// IsBusy reports that another process held the file for longer than the five
// seconds for which everything here waits.
func IsBusy(err error) bool {
	switch code(err) & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	}
	return errors.Is(err, ErrHeld)
}

// IsMissing reports that the folder is not there.
func IsMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// Plain says in a few words why something could not be written, for a page or
// a log line. It names no path.
func Plain(err error) string {
	switch {
	case err == nil:
		return ""
	case IsFull(err):
		return "the disk is full"
	case IsReadOnly(err):
		return "the disk or folder is read-only"
	case IsBusy(err):
		return "another process holds the file"
	case IsCorrupt(err):
		return "the file is damaged"
	case IsMissing(err):
		return "the folder is not there"
	}
	return "the disk does not answer as it should"
}
