package access

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"callboard/internal/privacy"
)

// Limits of a reason, in characters.
const (
	MinReason = 5
	MaxReason = 200
)

// Reveal shows this session hidden numbers until the time that it returns. It
// needs the right Reveal and a reason, and is in the audit log before the first
// number is shown. Open streams of the session end, so that their pages come
// back with what they may see now.
func (s *Service) Reveal(ctx context.Context, w Who, reason string) (until time.Time, err error) {
	reason = strings.Join(strings.Fields(reason), " ")
	switch n := utf8.RuneCountInString(reason); {
	case w.Kind != Person || !w.May(Reveal):
		return until, ErrNotAllowed
	case n == 0:
		return until, &FieldError{Field: "reason", Fault: Missing}
	case n < MinReason:
		return until, &FieldError{Field: "reason", Fault: TooShort, Limit: MinReason}
	case n > MaxReason:
		return until, &FieldError{Field: "reason", Fault: TooLong, Limit: MaxReason}
	}
	now := time.Now()
	until = fromMillis(millis(now.Add(s.opt.Reveal)))
	err = s.setShown(ctx, w, until, Entry{Event: NumbersShown, Party: w.ID, Name: w.Name, Reason: reason})
	if err != nil {
		return time.Time{}, err
	}
	return until, nil
}

// Conceal hides the numbers of this session again.
func (s *Service) Conceal(ctx context.Context, w Who) error {
	if w.Kind != Person {
		return ErrNotAllowed
	}
	return s.setShown(ctx, w, time.Time{}, Entry{Event: NumbersHidden, Party: w.ID, Name: w.Name})
}

func (s *Service) setShown(ctx context.Context, w Who, until time.Time, e Entry) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		s.mu.Lock()
		now := time.Now()
		is, ok := Who{}, false
		if x := s.byID[w.Session]; x != nil {
			is, ok = s.whoOf(x, now)
		}
		s.mu.Unlock()
		if !ok || is.ID != w.ID {
			return ErrEnded
		}
		if !until.IsZero() && (!is.May(Reveal) || is.Lens.Level == privacy.Full && is.Shown.IsZero()) {
			return ErrNotAllowed // or nothing is hidden
		}
		// Rights of the token: this is a change of what the session may.
		res, err := tx.ExecContext(ctx, "UPDATE session SET shown=?, rights=0 WHERE id=?", millis(until), w.Session)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 { // a session that began on a full disk
			return errors.Join(ErrEnded, err)
		}
		return s.note(ctx, tx, e)
	})
}
