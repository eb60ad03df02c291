package history

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"callboard/internal/state"
)

// FileName is the file in the data folder.
const FileName = "history.db"

// Options of a Store. The zero value is fit for tests.
type Options struct {
	Zone   *time.Location             // of days and hours; nil means UTC
	Normal func(number string) string // form in which numbers are compared; nil compares digits as given. Safe for concurrent use
	Keep   time.Duration              // how long rows are kept; 0 means DefaultKeep
	Log    *slog.Logger               // nil discards; never told a number or a name
}

// DefaultKeep is how long rows are kept unless --history-keep says otherwise.
const DefaultKeep = 400 * 24 * time.Hour

// A Store is an open history. It is safe for concurrent use; writers wait for
// each other, readers wait for nobody.
type Store struct{ opt Options }

var errNotYet = errors.New("history: not written yet")

// Open opens the history in a folder, or makes it.
func Open(dir string, opt Options) (*Store, error) { return &Store{opt: opt}, nil }

// Close ends it.
func (s *Store) Close() error { return nil }

// Put applies a batch in one transaction.
func (s *Store) Put(ctx context.Context, b Batch) error { return errNotYet }

// Applied is up to where the log was applied; empty and 0 in a new file.
func (s *Store) Applied(ctx context.Context) (epoch string, seq uint64, err error) {
	return "", 0, errNotYet
}

// Calls are ended calls, newest first, and the cursor of the next page; zero if
// there is none.
func (s *Store) Calls(ctx context.Context, f Filter, after Cursor, limit int) ([]Call, Cursor, error) {
	return nil, Cursor{}, errNotYet
}

// Journeys are journeys that are over, newest first, as Calls.
func (s *Store) Journeys(ctx context.Context, f Filter, after Cursor, limit int) ([]state.Journey, Cursor, error) {
	return nil, Cursor{}, errNotYet
}

// Count is how many rows of f.Rows a filter chooses.
func (s *Store) Count(ctx context.Context, f Filter) (int, error) { return 0, errNotYet }

// Call is one ended call, or ErrNotFound.
func (s *Store) Call(ctx context.Context, seq uint64) (Call, error) { return Call{}, errNotYet }

// Journey is one journey, or ErrNotFound.
func (s *Store) Journey(ctx context.Context, id uint64) (state.Journey, error) {
	return state.Journey{}, errNotYet
}

// CallsOf are the calls of a journey, oldest first.
func (s *Store) CallsOf(ctx context.Context, journey uint64) ([]Call, error) { return nil, errNotYet }

// Day are all journeys that began in the day of the zone in which a moment
// lies, by Start, then ID, for kpi.Of and kpi.Explain.
func (s *Store) Day(ctx context.Context, day time.Time) ([]state.Journey, error) {
	return nil, errNotYet
}

// Hours are the counters of the hours that began at from or later and before
// to, by Start, summed over the scope; hours in which nothing began are left
// out.
func (s *Store) Hours(ctx context.Context, from, to time.Time, scope Scope) ([]Hour, error) {
	return nil, errNotYet
}

// HoursByLine are the same for each line apart, by Start, then Line.
func (s *Store) HoursByLine(ctx context.Context, from, to time.Time) ([]Hour, error) {
	return nil, errNotYet
}

// Gaps are those that touch a stretch of time, oldest first.
func (s *Store) Gaps(ctx context.Context, from, to time.Time) ([]Gap, error) { return nil, errNotYet }

// Alarms are those that stood in a stretch of time, oldest first.
func (s *Store) Alarms(ctx context.Context, from, to time.Time) ([]Alarm, error) {
	return nil, errNotYet
}

// Names are the last known names of users and lines by oid.
func (s *Store) Names(ctx context.Context) (users, lines map[string]string, err error) {
	return nil, nil, errNotYet
}

// WriteCSV streams the rows that a filter chooses.
func (s *Store) WriteCSV(ctx context.Context, w io.Writer, f Filter) error { return errNotYet }

// WriteJSON streams the rows that a filter chooses.
func (s *Store) WriteJSON(ctx context.Context, w io.Writer, f Filter) error { return errNotYet }

// Erase takes one number out of all rows: those that match get a blank number
// and the name "erased", times and durations stay.
func (s *Store) Erase(ctx context.Context, match func(number string) bool) (Erased, error) {
	return Erased{}, errNotYet
}

// Retain deletes what is older than Options.Keep and returns how many rows.
func (s *Store) Retain(ctx context.Context, now time.Time) (rows int, err error) {
	return 0, errNotYet
}

// Backup writes a copy of the file into the folder backups, at most one a day,
// keeps the youngest seven, and returns the copy's path.
func (s *Store) Backup(ctx context.Context, now time.Time) (string, error) { return "", errNotYet }

// Run keeps house until ctx ends: backup and retention every night at three,
// at once if a night was missed.
func (s *Store) Run(ctx context.Context) error { <-ctx.Done(); return nil }

// DurationCheck says what the PBX's duration means, by calls that ended since.
func (s *Store) DurationCheck(ctx context.Context, since time.Time) (Check, error) {
	return Check{}, errNotYet
}

// Status is how the history is.
func (s *Store) Status(ctx context.Context) (Status, error) { return Status{}, errNotYet }
