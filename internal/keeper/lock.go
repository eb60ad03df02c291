package keeper

import (
	"fmt"
	"os"
	"path/filepath"
)

// LockFile is held by the process that uses a data folder.
const LockFile = "lock"

// A LockedError says that another process uses the data folder.
type LockedError struct{ Dir string }

// Error is one line.
func (e *LockedError) Error() string {
	return fmt.Sprintf("the data folder %s is in use by another Callboard: stop that one, or choose another folder", e.Dir)
}

// Lock takes a data folder for this process; the kernel gives it back when the
// process ends, however it ends, or the file is closed. Where the folder cannot
// be written to, or its file system knows no locks, there is none and no error:
// opening what is in it says what is wrong. The error is a *LockedError.
func Lock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, LockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, nil
	}
	taken, err := flock(f)
	if taken {
		f.Close()
		return nil, &LockedError{dir}
	}
	if err != nil {
		f.Close()
		return nil, nil
	}
	return f, nil
}
