package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"callboard/internal/sqlitefile"
)

// FileName is the file in the data folder.
const FileName = "history.db"

// DefaultKeep is how long rows are kept unless the settings say otherwise.
const DefaultKeep = 400 * 24 * time.Hour

// Options of a Store. The zero value is fit for tests.
type Options struct {
	Zone   *time.Location             // of days and hours; nil means UTC
	Normal func(number string) string // form in which numbers are compared; nil compares them as given. Safe for concurrent use
	Keep   time.Duration              // how long rows are kept; 0 means DefaultKeep
	Log    *slog.Logger               // nil discards; never told a number or a name
	// Late lets a history begin whose file cannot be opened now, whatever the
	// reason but a newer build: until Reopen succeeds every method that asks the
	// file fails with that reason, and Away tells it.
	Late bool
	// Guest opens the file beside a running service: it must be there, nothing
	// is mended or moved aside, and Run is not for guests.
	Guest bool
}

// A Store is an open history. It is safe for concurrent use; writers wait for
// each other, readers wait for nobody. Methods block on the disk; their
// contexts end the waiting.
type Store struct {
	opt  Options
	dir  string
	file atomic.Pointer[sqlitefile.File]
	log  *slog.Logger

	putting sync.Mutex // one transaction at a time; guards mem
	mem     *memory
	written atomic.Int64

	copying sync.Mutex // guards the folder of copies: one that is being made has what is erased meanwhile

	mu           sync.Mutex // guards what follows
	away         error      // why there is no file yet
	backupFailed string
	retained     time.Time
	tallied      tallied
}

// tallied are rows as they were counted last: counting a large file takes a
// tenth of a second, and pages ask often.
type tallied struct {
	at              time.Time
	took            time.Duration
	calls, journeys int
}

const (
	tallyQuick = 5 * time.Millisecond // what takes no longer is counted every time
	tallyKept  = time.Minute
)

// Open opens the history in a folder, or makes it. A newer file is an error
// (*sqlitefile.NewerError), a broken one is moved aside (see Report).
func Open(dir string, opt Options) (*Store, error) {
	if opt.Zone == nil {
		opt.Zone = time.UTC
	}
	if opt.Keep <= 0 {
		opt.Keep = DefaultKeep
	}
	s := &Store{opt: opt, dir: dir, mem: newMemory(), log: opt.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	err := s.open()
	if _, newer := errors.AsType[*sqlitefile.NewerError](err); err != nil && (newer || !opt.Late) {
		return nil, fmt.Errorf("history: %w", err)
	}
	if err != nil {
		s.away = err
		s.file.Store(sqlitefile.Absent(filepath.Join(dir, FileName), err))
	}
	return s, nil
}

// open opens the file and puts it in the place of the one before.
func (s *Store) open() error {
	path := filepath.Join(s.dir, FileName)
	if s.opt.Guest {
		file, err := visit(path)
		if err != nil {
			return err
		}
		s.file.Store(file)
		return s.settle(context.Background())
	}
	if s.opt.Late {
		if err := sqlitefile.Held(path); err != nil {
			return err
		}
	}
	file, err := sqlitefile.Open(path, schema, sqlitefile.Options{})
	if err != nil {
		return err
	}
	was := s.file.Swap(file)
	if err := s.settle(context.Background()); err != nil {
		s.file.Store(was)
		_ = file.Close()
		return err
	}
	if was != nil {
		_ = was.Close()
	}
	if r := file.Report; r.Notable() {
		s.log.Warn("history file", "report", r.String())
	}
	return nil
}

// Away is why the file of a history that began without it cannot be used yet;
// nil once it can.
func (s *Store) Away() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.away
}

// Reopen tries to open the file of a history that began without it. The error
// is why that cannot be done; it is nil as well where the file is open. It
// waits some seconds for a file that another process holds.
func (s *Store) Reopen() error {
	s.putting.Lock()
	defer s.putting.Unlock()
	if s.Away() == nil {
		return nil
	}
	err := s.open()
	s.mu.Lock()
	s.away = err
	s.mu.Unlock()
	return err
}

// db is the file.
func (s *Store) db() *sqlitefile.File { return s.file.Load() }

// settle prepares what opening alone does not: what is deleted must be gone
// from the file, and hours must be those of the zone.
func (s *Store) settle(ctx context.Context) error {
	if _, err := s.db().Write.ExecContext(ctx, `PRAGMA secure_delete=ON`); err != nil {
		return err
	}
	if s.opt.Guest {
		return nil
	}
	var zone string
	err := s.db().Read.QueryRowContext(ctx, `SELECT value FROM meta WHERE key='zone'`).Scan(&zone)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && zone != s.opt.Zone.String():
		return s.recount(ctx)
	}
	return err
}

// visit opens the file beside the process that keeps it, and does nothing to it
// on the way in or out.
func visit(path string) (*sqlitefile.File, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	dsn := (&url.URL{Scheme: "file", Path: path}).String() + "?mode=rw&_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=cache_size(-2048)"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	var version int
	if err = db.QueryRow(`PRAGMA user_version`).Scan(&version); err == nil && version != len(schema.Migrations) {
		err = fmt.Errorf("%s has schema %d and this build knows %d: use the build that serves it", FileName, version, len(schema.Migrations))
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &sqlitefile.File{Path: path, Write: db, Read: db}, nil
}

// Close ends it. What was Put is kept already.
func (s *Store) Close() error {
	if s.opt.Guest {
		return s.db().Read.Close()
	}
	return s.db().Close()
}

// Report says what opening the file did.
func (s *Store) Report() sqlitefile.Report { return s.db().Report }

// Zone is that of days and hours.
func (s *Store) Zone() *time.Location { return s.opt.Zone }

// Dir is the folder that holds the file.
func (s *Store) Dir() string { return s.dir }

// Normal is a number in the form in which numbers are compared.
func (s *Store) Normal(number string) string { return s.normal(number) }

func (s *Store) normal(number string) string {
	if s.opt.Normal == nil {
		return number
	}
	return s.opt.Normal(number)
}

// failed marks an error as the history's.
func (s *Store) failed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("history: %w", err)
}

// Applied is up to where the log was applied, of the epoch that was met last;
// empty and 0 in a new file.
func (s *Store) Applied(ctx context.Context) (epoch string, seq uint64, err error) {
	err = s.db().Read.QueryRowContext(ctx, `SELECT epoch, seq FROM applied ORDER BY gen DESC LIMIT 1`).Scan(&epoch, &seq)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	return epoch, seq, s.failed(err)
}

// Status is how the history is. In a large file the numbers of rows may be a
// minute old.
func (s *Store) Status(ctx context.Context) (Status, error) {
	st := Status{Path: s.db().Path, Bytes: s.db().Bytes(), Zone: s.opt.Zone.String(), Keep: s.opt.Keep, RowsSinceStart: int(s.written.Load())}
	if b := s.db().Report.Broken; b != "" {
		st.SetAside = filepath.Base(b)
	}
	s.mu.Lock()
	st.BackupFailed, st.Retained = s.backupFailed, s.retained
	s.mu.Unlock()
	if list := s.backups(); len(list) > 0 {
		if info, err := os.Stat(list[len(list)-1]); err == nil {
			st.Backup = info.ModTime()
		}
	}
	var err error
	if st.Epoch, st.Seq, err = s.Applied(ctx); err != nil {
		return st, err
	}
	if st.First, st.Last, err = s.Span(ctx); err != nil {
		return st, err
	}
	st.Calls, st.Journeys, err = s.tally(ctx)
	return st, err
}

// tally counts rows, or remembers the last count.
func (s *Store) tally(ctx context.Context) (calls, journeys int, err error) {
	s.mu.Lock()
	t := s.tallied
	s.mu.Unlock()
	if !t.at.IsZero() && t.took > tallyQuick && time.Since(t.at) < tallyKept {
		return t.calls, t.journeys, nil
	}
	began := time.Now()
	err = s.db().Read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM call), (SELECT count(*) FROM journey)`).Scan(&t.calls, &t.journeys)
	if err != nil {
		return 0, 0, s.failed(err)
	}
	t.at, t.took = time.Now(), time.Since(began)
	s.mu.Lock()
	s.tallied = t
	s.mu.Unlock()
	return t.calls, t.journeys, nil
}

// Last is the highest id that a call or a journey has; 0 if there are none.
func (s *Store) Last(ctx context.Context) (id uint64, err error) {
	err = s.db().Read.QueryRowContext(ctx, `SELECT max(ifnull((SELECT max(seq) FROM call), 0), ifnull((SELECT max(id) FROM journey), 0))`).Scan(&id)
	return id, s.failed(err)
}

// Span is the time of which there are journeys; zero times if there are none.
func (s *Store) Span(ctx context.Context) (first, last time.Time, err error) {
	var from, to sql.NullInt64
	err = s.db().Read.QueryRowContext(ctx, `SELECT (SELECT min(started) FROM journey), (SELECT max(started) FROM journey)`).Scan(&from, &to)
	return moment(from), moment(to), s.failed(err)
}

// moment is a stored time.
func moment(n sql.NullInt64) time.Time {
	if !n.Valid || n.Int64 == 0 {
		return time.Time{}
	}
	return time.Unix(0, n.Int64).UTC()
}
