//go:build unix && !solaris && !aix

package keeper

import (
	"errors"
	"os"
	"syscall"
)

// flock locks a file for as long as it is open; taken says that somebody else
// holds it.
func flock(f *os.File) (taken bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return errors.Is(err, syscall.EWOULDBLOCK), err
}
