package access

import (
	"errors"
	"fmt"
	"time"
)

// What can be wrong with a request to this package. Texts are for logs and the
// command line; pages have words of their own for each.
var (
	ErrLastAdministrator = errors.New("this is the last administrator who can sign in: make another one first")
	ErrRefused           = errors.New("the name or the password is not right")       // unknown, disabled and wrong alike
	ErrEnded             = errors.New("the right to see this ended")                 // cause of a context from Hold
	ErrUnknown           = errors.New("there is no such entry")                      // a person, session or token that is not there
	ErrSetupCode         = errors.New("the set-up link is not valid (any more)")     // wrong, used, too old, or nobody needs one
	ErrNotAllowed        = errors.New("this is not among the rights of who asks it") // a right is lacking
	ErrShut              = errors.New("sign-in is not possible: the file of accounts cannot be used")
)

// A LaterError asks for patience: too many tries, or too many people at once.
type LaterError struct{ After time.Duration }

func (e *LaterError) Error() string {
	return fmt.Sprintf("too many tries: try again in %s", e.After.Round(time.Second))
}

// A Fault is one thing that can be wrong with a field.
type Fault string

// The faults. TooShort and TooLong come with a Limit.
const (
	Missing   Fault = "missing"
	Malformed Fault = "malformed"
	Taken     Fault = "taken"     // another account has it
	TooShort  Fault = "too short" // of characters
	TooLong   Fault = "too long"
	Common    Fault = "common" // among the passwords that are tried first
	Guessable Fault = "guessable"
	InThePast Fault = "past"
	TooLate   Fault = "too late" // further ahead than Limit days
)

// A FieldError says which field of a form or command is wrong, and how. It
// never holds the value.
type FieldError struct {
	Field string // "login", "name", "password", "role", "level", "scope", "reason", "expires"
	Fault Fault
	Limit int // of characters or days, where the fault has one
}

func (e *FieldError) Error() string {
	switch e.Fault {
	case Missing:
		return e.Field + " is missing"
	case Taken:
		return e.Field + " is taken by another account"
	case TooShort:
		return fmt.Sprintf("%s is too short: at least %d characters", e.Field, e.Limit)
	case TooLong:
		return fmt.Sprintf("%s is too long: at most %d characters", e.Field, e.Limit)
	case Common:
		return e.Field + " is among those that are tried first: choose another"
	case Guessable:
		return e.Field + " can be guessed from the login name, the company or the product, or repeats itself: choose another"
	case InThePast:
		return e.Field + " is in the past"
	case TooLate:
		return fmt.Sprintf("%s is too far ahead: at most %d days", e.Field, e.Limit)
	}
	return e.Field + " is not of the form that is expected"
}
