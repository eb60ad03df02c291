package travel

import (
	"errors"
	"fmt"
	"time"
)

// Errors of this package.
var (
	// ErrNone says that there is no record at all.
	ErrNone = errors.New("nothing is recorded")
	// ErrBusy says that too many different moments are being looked at.
	ErrBusy = errors.New("too many moments of the record are being looked at")
	// ErrClosed says that the process is ending.
	ErrClosed = errors.New("the record is closed")
)

// An OutsideError says that there is no record of a moment, and of which there
// is one.
type OutsideError struct {
	At, From, To time.Time
	Later        bool // the moment is still to come
}

// Error is one line, times in UTC.
func (e *OutsideError) Error() string {
	return fmt.Sprintf("no record of %s: there is one from %s to %s",
		e.At.UTC().Format(time.RFC3339), e.From.UTC().Format(time.RFC3339), e.To.UTC().Format(time.RFC3339))
}
