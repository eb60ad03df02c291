package access

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// An Event names what an entry of the audit log is about.
type Event string

// The events. Their words are stable: files of the audit log have them.
const (
	SignedIn        Event = "sign-in"
	SignInRefused   Event = "sign-in refused" // counted by minute and network
	SignedOut       Event = "sign-out"
	SessionEnded    Event = "session ended"
	SetUpDone       Event = "set-up"
	PersonAdded     Event = "person added"
	PersonChanged   Event = "person changed"
	PersonRemoved   Event = "person removed"
	PersonInvited   Event = "password link made"
	PasswordChanged Event = "password changed"
	TokenMade       Event = "token made"
	TokenUsed       Event = "token used first"
	TokenRevoked    Event = "token revoked"
	NumbersShown    Event = "numbers shown"
	NumbersHidden   Event = "numbers hidden"
	Exported        Event = "export"
	Erased          Event = "erase"
	DisplayPaired   Event = "display paired"
	DisplayChanged  Event = "display changed"
	DisplayRevoked  Event = "display revoked"
	DisplayTheft    Event = "display token used twice"
	EmbedAllowed    Event = "embed allowed"
	EmbedRevoked    Event = "embed revoked"
	SettingsTaken   Event = "settings taken"
	AuditExported   Event = "audit exported"
	AuditTrimmed    Event = "audit trimmed"
	FileBroken      Event = "accounts begun anew"
)

// An Entry is one line of the audit log.
type Entry struct {
	ID      int64     // in order, without gaps; given by the log
	At      time.Time // of Note where it is zero; to the millisecond
	Event   Event
	Party   string // who did it: "user:3", "token:2", "display:7", "local"; empty for nobody known
	Name    string // of the party, as of then
	Address string // from where, as an address or network
	Subject string // to whom or what it was done: "user:4"
	Reason  string // why, or what about it, in words
}

// maxText bounds each text of an entry, in bytes.
const maxText = 400

// Note writes an entry. When it returns without an error the entry is on the
// disk. Telephone numbers in Subject and Reason lose their last digits.
func (s *Service) Note(ctx context.Context, e Entry) error {
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
	if err := s.note(ctx, tx, e); err != nil {
		return err
	}
	return tx.Commit()
}

// note writes an entry in a transaction, with which it stands or falls.
func (s *Service) note(ctx context.Context, tx *sql.Tx, e Entry) error {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.At = fromMillis(millis(e.At))
	e.Party, e.Name, e.Address = text(e.Party), text(e.Name), text(e.Address)
	e.Subject, e.Reason = text(maskNumbers(e.Subject)), text(maskNumbers(e.Reason))
	last, hash, err := lastOf(ctx, tx)
	if err != nil {
		return err
	}
	e.ID = last + 1
	_, err = tx.ExecContext(ctx, "INSERT INTO audit(id, at, event, party, name, address, subject, reason, hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.ID, millis(e.At), string(e.Event), e.Party, e.Name, e.Address, e.Subject, e.Reason, e.chained(hash))
	return err
}

// text bounds a text and makes it one line of UTF-8.
func text(t string) string {
	t = strings.Join(strings.Fields(strings.ToValidUTF8(t, "\uFFFD")), " ")
	if len(t) <= maxText {
		return t
	}
	t = t[:maxText]
	for !utf8.ValidString(t) {
		t = t[:len(t)-1]
	}
	return t
}

// queryer is a transaction or a pool.
type queryer interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

// lastOf is the entry that the next one follows: the log's last, or the anchor
// where all that was before it went.
func lastOf(ctx context.Context, q queryer) (id int64, hash []byte, err error) {
	err = q.QueryRowContext(ctx, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").Scan(&id, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = q.QueryRowContext(ctx, "SELECT upto, hash FROM audit_anchor ORDER BY upto DESC LIMIT 1").Scan(&id, &hash)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, make([]byte, sha256.Size), nil
	}
	return id, hash, err
}

// chained is the hash of an entry behind the one before it. Lengths stand
// before texts, so that no two entries read the same.
func (e Entry) chained(before []byte) []byte {
	h := sha256.New()
	h.Write(before)
	var n [8]byte
	number := func(v int64) {
		binary.BigEndian.PutUint64(n[:], uint64(v))
		h.Write(n[:])
	}
	number(e.ID)
	number(millis(e.At))
	for _, t := range []string{string(e.Event), e.Party, e.Name, e.Address, e.Subject, e.Reason} {
		number(int64(len(t)))
		h.Write([]byte(t))
	}
	return h.Sum(nil)
}

// A Proof says how far the audit log is what it was when it was written.
type Proof struct {
	Entries     int64
	First, Last int64     // ids; 0 without entries
	From        time.Time // of the first entry
	Head        string    // hash of the last entry, to be compared with one that was noted elsewhere
	Trimmed     int64     // entries that went with their days
}

// A ChainError says where the audit log is not what was written.
type ChainError struct {
	ID  int64
	Why string
}

func (e *ChainError) Error() string { return fmt.Sprintf("audit log, entry %d: %s", e.ID, e.Why) }

const entryColumns = "id, at, event, party, name, address, subject, reason"

// Verify reads the whole audit log and checks that nothing was changed, taken
// out or put in between: the error is a *ChainError. Entries cut off at the end,
// or a log that was written anew from the first entry on, show only against a
// Head that was noted elsewhere: the service's own log has one a day.
func (s *Service) Verify(ctx context.Context) (Proof, error) {
	db, err := s.reader()
	if err != nil {
		return Proof{}, err
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Proof{}, err
	}
	defer func() { _ = tx.Rollback() }()
	var p Proof
	before, last := make([]byte, sha256.Size), int64(0)
	err = tx.QueryRowContext(ctx, "SELECT upto, hash FROM audit_anchor ORDER BY upto DESC LIMIT 1").Scan(&last, &before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	p.Trimmed = last
	err = each(ctx, tx, "SELECT "+entryColumns+", hash FROM audit ORDER BY id", func(row scanner) error {
		var hash []byte
		e, err := scanEntry(row, &hash)
		switch {
		case err != nil:
			return err
		case e.ID != last+1:
			return &ChainError{last + 1, "is not there"}
		case subtle.ConstantTimeCompare(e.chained(before), hash) != 1:
			return &ChainError{e.ID, "is not what was written, or the one before it is not"}
		}
		if p.Entries == 0 {
			p.First, p.From = e.ID, e.At
		}
		p.Entries++
		p.Last, last, before = e.ID, e.ID, hash
		return nil
	})
	p.Head = fmt.Sprintf("%x", before)
	return p, err
}

func scanEntry(row scanner, more ...any) (e Entry, err error) {
	var at int64
	err = row.Scan(append([]any{&e.ID, &at, &e.Event, &e.Party, &e.Name, &e.Address, &e.Subject, &e.Reason}, more...)...)
	e.At = fromMillis(at)
	return e, err
}

// reader is the pool for reading.
func (s *Service) reader() (*sql.DB, error) {
	s.doing.Lock()
	defer s.doing.Unlock()
	if s.file == nil {
		return nil, s.Trouble()
	}
	return s.file.Read, nil
}

// An AuditQuery chooses entries; zero fields choose all.
type AuditQuery struct {
	From, To time.Time // To is exclusive
	Event    Event
	Party    string // "user:3": what it did and what was done to it
	Before   int64  // entries with a smaller id: the next page
	Limit    int    // 0 means 100, at most 1,000
}

// Audit lists entries, the latest first.
func (s *Service) Audit(ctx context.Context, q AuditQuery) ([]Entry, error) {
	db, err := s.reader()
	if err != nil {
		return nil, err
	}
	where, args := q.where()
	limit := min(q.Limit, 1000)
	if limit <= 0 {
		limit = 100
	}
	rows, err := db.QueryContext(ctx, "SELECT "+entryColumns+" FROM audit WHERE "+where+" ORDER BY id DESC LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Entry
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

func (q AuditQuery) where() (string, []any) {
	parts, args := []string{"1"}, []any{}
	add := func(part string, values ...any) {
		parts, args = append(parts, part), append(args, values...)
	}
	if !q.From.IsZero() {
		add("at>=?", millis(q.From))
	}
	if !q.To.IsZero() {
		add("at<?", millis(q.To))
	}
	if q.Event != "" {
		add("event=?", string(q.Event))
	}
	if q.Party != "" {
		add("(party=? OR subject=?)", q.Party, q.Party)
	}
	if q.Before > 0 {
		add("id<?", q.Before)
	}
	return strings.Join(parts, " AND "), args
}
