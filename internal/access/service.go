package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"callboard/internal/sqlitefile"
)

// How long things stand unless Options say otherwise.
const (
	DefaultIdle      = 8 * time.Hour
	DefaultTotal     = 24 * time.Hour
	DefaultReveal    = 15 * time.Minute
	DefaultAuditKeep = 400 * 24 * time.Hour
	MinAuditKeep     = 30 * 24 * time.Hour
)

// Options of the service. Only Dir must be set.
type Options struct {
	Dir       string        // the data folder
	Idle      time.Duration // a session ends when nobody used it for so long; 0 means DefaultIdle
	Total     time.Duration // and so long after sign-in at the latest; 0 means DefaultTotal
	Reveal    time.Duration // hidden numbers are shown for so long; 0 means DefaultReveal
	AuditKeep time.Duration // of entries of the audit log; 0 means DefaultAuditKeep
	Words     []string      // that make a password guessable: the company's name
	// OnSetup hears of every new set-up code, to print its link. May be nil.
	OnSetup func(code string)
	Log     *slog.Logger // nil discards
	// Hash are the parameters of password hashes, for tests; zero means those
	// that are fit for use.
	Hash HashParams
}

// A Service is the file of accounts and everything that follows from it.
type Service struct {
	opt  Options
	log  *slog.Logger
	path string // path of the file

	plain, secure *scs.SessionManager
	isSecure      func(*http.Request) bool
	hasher        *hasher
	limits        *limits
	refused       refusals
	displays      *Displays
	slow          func() // beside each hash, for tests in a bubble's time; nil

	doing   sync.Mutex // held while something is changed, before mu; guards file, seen, trimmed
	file    *sqlitefile.File
	seen    int64     // the file's data version
	trimmed time.Time // day up to which the audit log was looked at

	mu        sync.Mutex // guards what follows
	shut      error      // why the file cannot be used; nil while it can
	people    map[int64]Account
	sessions  map[string]*session // by hash of the token
	byID      map[string]*session
	former    map[string]former // hashes of tokens that were replaced a moment ago
	dead      map[string]bool   // ids of sessions that ended while the file still has them
	tokens    map[[32]byte]Token
	tokenByID map[int64]Token
	places    map[int64]map[string]time.Time // networks from which somebody signed in, and when
	key       []byte                         // signs cookies of known browsers
	holds     map[*hold]struct{}
	held      map[string]int // streams of each session, by id
	setup     setup
}

// New opens the file of accounts. A file that cannot be written to (the disk
// is full, the folder is read-only) is no error: nobody can sign in, Trouble
// says why, and Run goes on trying. A broken one is put aside and said loudly
// in the log: nobody can sign in but by a new set-up link. The error is a
// *sqlitefile.NewerError, or one nobody foresaw.
func New(o Options) (*Service, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	for value, standard := range map[*time.Duration]time.Duration{
		&o.Idle: DefaultIdle, &o.Total: DefaultTotal, &o.Reveal: DefaultReveal, &o.AuditKeep: DefaultAuditKeep,
	} {
		if *value <= 0 {
			*value = standard
		}
	}
	o.AuditKeep = max(o.AuditKeep, MinAuditKeep)
	if o.Hash == (HashParams{}) {
		o.Hash = StandardHash
	}
	s := &Service{
		opt: o, log: o.Log, path: filepath.Join(o.Dir, FileName),
		hasher: newHasher(), limits: newLimits(),
		people: map[int64]Account{}, sessions: map[string]*session{}, byID: map[string]*session{}, former: map[string]former{}, dead: map[string]bool{},
		tokens: map[[32]byte]Token{}, tokenByID: map[int64]Token{},
		holds: map[*hold]struct{}{}, held: map[string]int{},
		isSecure: func(r *http.Request) bool { return r.TLS != nil },
	}
	s.displays = NewDisplays(DisplayOptions{Stolen: s.theft, Log: s.log})
	s.plain, s.secure = s.manager(false), s.manager(true)
	s.shut = ErrShut
	err := s.open(context.Background())
	if err != nil && !passing(err) {
		s.Close()
		return nil, err
	}
	if err != nil {
		s.log.Error("nobody can sign in: the file of accounts cannot be used", "file", FileName, "cause", sqlitefile.Plain(err), "error", err)
	}
	return s, nil
}

// SecureBy says how to tell that a request came over TLS, a proxy's included, so
// that its cookies may say so. It is to be called before the first request.
func (s *Service) SecureBy(f func(*http.Request) bool) { s.isSecure = f }

// passing reports an error of the disk that may go away.
func passing(err error) bool {
	return sqlitefile.IsFull(err) || sqlitefile.IsReadOnly(err) || sqlitefile.IsBusy(err)
}

// open opens the file and reads all of it.
func (s *Service) open(ctx context.Context) error {
	s.doing.Lock()
	defer s.doing.Unlock()
	f, err := sqlitefile.Open(s.path, schema, sqlitefile.Options{})
	if err != nil {
		s.troubled(err)
		return err
	}
	s.file = f
	if f.Report.Broken != "" {
		s.log.Error("THE FILE OF ACCOUNTS WAS BROKEN AND IS BEGUN ANEW: all accounts, sessions, programs, displays and the audit log are gone from it; make a new administrator by the set-up link, or put a copy back",
			"file", FileName, "report", f.Report.String())
	} else if f.Report.Notable() {
		s.log.Warn("the file of accounts was looked after", "file", FileName, "report", f.Report.String())
	}
	if err := s.begin(ctx); err != nil {
		s.file = nil
		s.troubled(err)
		return errors.Join(err, f.Close())
	}
	return nil
}

// begin makes what a new file lacks and reads what an old one has.
func (s *Service) begin(ctx context.Context) error {
	if err := s.makeKey(ctx); err != nil {
		return err
	}
	if why := s.file.Report.Why; why != "" {
		tx, err := s.file.Write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		if err := s.note(ctx, tx, Entry{Event: FileBroken, Reason: why}); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	if err := s.displays.keepIn(ctx, s.file); err != nil {
		return err
	}
	if _, err := s.changedOutside(ctx); err != nil {
		return err
	}
	return s.read(ctx)
}

// troubled keeps why nobody can sign in.
func (s *Service) troubled(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = fmt.Errorf("%w: %s", ErrShut, sqlitefile.Plain(err))
}

// Trouble says why nobody can sign in; nil while people can.
func (s *Service) Trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shut
}

// Close closes the file and ends what is held.
func (s *Service) Close() error {
	s.doing.Lock()
	defer s.doing.Unlock()
	var err error
	if s.file != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		s.displays.file.Store(nil)
		err = errors.Join(s.keepSeen(ctx, true), s.keepRefused(ctx), s.file.Close())
		s.file = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = ErrShut
	for h := range s.holds {
		s.drop(h, ErrEnded)
	}
	return err
}

// change does something in one transaction, then takes over what is in the
// file and ends what nobody has a right to any more.
func (s *Service) change(ctx context.Context, do func(tx *sql.Tx) error) error {
	s.doing.Lock()
	defer s.doing.Unlock()
	if s.file == nil {
		return s.Trouble()
	}
	tx, err := s.file.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return s.read(context.WithoutCancel(ctx)) // it is done, whoever asked may go
}

// changedOutside reports that another process changed the file since the last
// time: its data version, as seen by the one connection that writes, moves with
// commits of others only.
func (s *Service) changedOutside(ctx context.Context) (bool, error) {
	var version int64
	if err := s.file.Write.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return false, err
	}
	changed := version != s.seen
	s.seen = version
	return changed, nil
}

// read takes over all of the file but passwords and the audit log.
func (s *Service) read(ctx context.Context) error {
	tx, err := s.file.Read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	people := map[int64]Account{}
	if err := each(ctx, tx, "SELECT "+accountColumns+" FROM person", func(row scanner) error {
		a, err := scanAccount(row)
		people[a.ID] = a
		return err
	}); err != nil {
		return err
	}
	var sessions []*session
	if err := each(ctx, tx, "SELECT "+sessionColumns+" FROM session", func(row scanner) error {
		e, err := scanSession(row)
		sessions = append(sessions, e)
		return err
	}); err != nil {
		return err
	}
	var tokens []Token
	if err := each(ctx, tx, "SELECT "+tokenColumns+" FROM token", func(row scanner) error {
		t, err := scanToken(row)
		tokens = append(tokens, t)
		return err
	}); err != nil {
		return err
	}
	places := map[int64]map[string]time.Time{}
	if err := each(ctx, tx, "SELECT person, network, seen FROM place", func(row scanner) error {
		var person, seen int64
		var near string
		err := row.Scan(&person, &near, &seen)
		if places[person] == nil {
			places[person] = map[string]time.Time{}
		}
		places[person][near] = fromMillis(seen)
		return err
	}); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people, s.places, s.shut = people, places, nil
	s.takeSessions(sessions)
	s.takeTokens(tokens)
	s.recheck(time.Now())
	return nil
}

// each goes through the rows of a query.
func each(ctx context.Context, tx *sql.Tx, query string, do func(scanner) error) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Run looks after the file and after what is held until ctx ends: changes by
// other processes, sessions that end by themselves, the log's oldest days.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	tended := time.Time{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		s.look(ctx)
		s.mu.Lock()
		s.recheck(time.Now())
		s.mu.Unlock()
		if now := time.Now(); now.Sub(tended) >= time.Minute {
			tended = now
			s.tend(ctx)
		}
	}
}

// look takes over what another process did, or tries the file again.
func (s *Service) look(ctx context.Context) {
	s.doing.Lock()
	if s.file == nil {
		s.doing.Unlock()
		if err := s.open(ctx); err == nil {
			s.log.Info("people can sign in again: the file of accounts can be used", "file", FileName)
		}
		return
	}
	defer s.doing.Unlock()
	changed, err := s.changedOutside(ctx)
	if err == nil && changed {
		err = s.read(ctx)
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the file of accounts cannot be read", "file", FileName, "error", err)
	}
}

// tend does what is due once a minute.
func (s *Service) tend(ctx context.Context) {
	s.doing.Lock()
	defer s.doing.Unlock()
	if s.file == nil {
		return
	}
	if err := errors.Join(s.keepSeen(ctx, false), s.keepRefused(ctx), s.trim(ctx, time.Now())); err != nil && ctx.Err() == nil {
		s.log.Warn("the file of accounts takes nothing", "file", FileName, "cause", sqlitefile.Plain(err))
	}
}
