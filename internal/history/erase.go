package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// Erase takes one number out of all rows: parties whose number matches get a
// blank number, the name "erased" and no oids. Times and durations stay, so that
// every counter stays right. What was there is overwritten in the file. Entries,
// Frames and Backups of the answer are 0.
func (s *Store) Erase(ctx context.Context, match func(number string) bool) (Erased, error) {
	s.putting.Lock()
	defer s.putting.Unlock()
	defer func() { *s.mem = *newMemory() }()
	e, err := erase(ctx, s.db(), match)
	return e, s.failed(err)
}

func erase(ctx context.Context, file *sqlitefile.File, match func(number string) bool) (e Erased, err error) {
	// Old pages are overwritten from here on, also in a file that somebody else
	// has opened.
	if _, err := file.Write.ExecContext(ctx, `PRAGMA secure_delete=ON`); err != nil {
		return e, err
	}
	tx, err := file.Write.BeginTx(ctx, nil)
	if err != nil {
		return e, err
	}
	defer func() { _ = tx.Rollback() }()
	matching := func(query string) (ids []int64, err error) {
		rows, err := tx.QueryContext(ctx, query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var number string
			if err := rows.Scan(&id, &number); err != nil {
				return nil, err
			}
			if match(number) {
				ids = append(ids, id)
			}
		}
		return ids, rows.Err()
	}
	parties, err := matching(`SELECT id, number FROM party WHERE number<>''`)
	if err != nil {
		return e, err
	}
	persons, err := matching(`SELECT id, number FROM person WHERE number<>''`)
	if err != nil {
		return e, err
	}
	list := ints(parties)
	for _, q := range []struct {
		count *int
		text  string
	}{
		{&e.Calls, `SELECT count(*) FROM call WHERE caller IN (` + list + `) OR callee IN (` + list + `)`},
		{&e.Journeys, `SELECT count(*) FROM journey WHERE customer IN (` + list + `)`},
	} {
		if err := tx.QueryRowContext(ctx, q.text).Scan(q.count); err != nil {
			return e, err
		}
	}
	for _, q := range []string{
		`UPDATE party SET number='', name='` + erasedName + `', user='', more='', erased=id, norm='', digits='', fold='` + erasedName + `' WHERE id IN (` + list + `)`,
		`UPDATE call SET flows='' WHERE caller IN (` + list + `) OR callee IN (` + list + `)`,
		`UPDATE person SET number='', name='` + erasedName + `', fold='` + erasedName + `' WHERE id IN (` + ints(persons) + `)`,
	} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return e, err
		}
	}
	if err := eraseKeys(ctx, tx, match); err != nil {
		return e, err
	}
	if err := tx.Commit(); err != nil {
		return e, err
	}
	return e, settle(ctx, file)
}

// settle brings all that was written into the file itself. A former text stands
// in the log of writes until that begins anew, and in the file until then.
func settle(ctx context.Context, file *sqlitefile.File) error {
	_, err := file.Write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// CallsWith are the numbers of all calls of which a side has a telephone number
// that matches.
func (s *Store) CallsWith(ctx context.Context, match func(number string) bool) (map[uint64]bool, error) {
	var parties []int64
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var number string
		err := rows.Scan(&id, &number)
		if err == nil && match(number) {
			parties = append(parties, id)
		}
		return err
	}, `SELECT id, number FROM party WHERE number<>''`)
	if err != nil || len(parties) == 0 {
		return nil, err
	}
	calls := map[uint64]bool{}
	list := ints(parties)
	err = s.each(ctx, func(rows *sql.Rows) error {
		var seq int64
		err := rows.Scan(&seq)
		calls[uint64(seq)] = true
		return err
	}, `SELECT seq FROM call WHERE caller IN (`+list+`) OR callee IN (`+list+`)`)
	return calls, err
}

// eraseKeys erases the number where it stands for a colleague of whom no oid is
// known.
func eraseKeys(ctx context.Context, tx *sql.Tx, match func(number string) bool) error {
	type row struct {
		id  int64
		key string
	}
	list := func(query string, args ...any) (out []row, err error) {
		rows, err := tx.QueryContext(ctx, query, args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var r row
			if err := rows.Scan(&r.id, &r.key); err != nil {
				return nil, err
			}
			out = append(out, r)
		}
		return out, rows.Err()
	}
	persons, err := list(`SELECT id, key FROM person`)
	if err != nil {
		return err
	}
	for _, p := range persons {
		if !match(p.key) {
			continue
		}
		instead := fmt.Sprintf("%s-%d", erasedName, p.id)
		for _, column := range []string{"users", "rang"} {
			journeys, err := list(`SELECT id, `+column+` FROM journey WHERE id IN (SELECT id FROM journey_user WHERE person=?)`, p.id)
			if err != nil {
				return err
			}
			for _, j := range journeys {
				keys := decode[string](j.key)
				for i := range keys {
					if keys[i] == p.key {
						keys[i] = instead
					}
				}
				if _, err := tx.ExecContext(ctx, `UPDATE journey SET `+column+`=? WHERE id=?`, encode(keys), j.id); err != nil {
					return err
				}
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE person SET key=? WHERE id=?`, instead, p.id); err != nil {
			return err
		}
	}
	return nil
}

// NamedBy are the oids in the PBX's address book that stood with a telephone
// number that matches, of parties that are no colleagues.
func (s *Store) NamedBy(ctx context.Context, match func(number string) bool) (map[string]bool, error) {
	oids := map[string]bool{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var f face
		err := rows.Scan(&f.number, &f.more)
		if err == nil && match(f.number) {
			if p := f.party(); p.Addressable != "" {
				oids[p.Addressable] = true
			}
		}
		return err
	}, `SELECT number, more FROM party WHERE number<>'' AND user='' AND more<>''`)
	return oids, err
}

// EraseBackups erases a number from the copies in the folder backups, and
// returns how many had it. A copy that cannot be opened is deleted: nobody could
// tell what is in it.
func (s *Store) EraseBackups(ctx context.Context, match func(number string) bool) (files int, err error) {
	s.copying.Lock()
	defer s.copying.Unlock()
	return eraseBackups(ctx, s.backups(), func(file *sqlitefile.File) (Erased, error) {
		if err := unask(ctx, file); err != nil {
			return Erased{}, err
		}
		return erase(ctx, file, match)
	})
}

// unask takes requests out of a copy, which may have been made while one waited:
// they say whom it is about, and nobody answers them there.
func unask(ctx context.Context, file *sqlitefile.File) error {
	if _, err := file.Write.ExecContext(ctx, `PRAGMA secure_delete=ON`); err != nil {
		return err
	}
	_, err := file.Write.ExecContext(ctx, `DELETE FROM request`)
	return err
}

func eraseBackups(ctx context.Context, paths []string, erase func(*sqlitefile.File) (Erased, error)) (files int, err error) {
	for _, path := range paths {
		e, err := eraseFile(ctx, path, erase)
		if err != nil {
			return files, fmt.Errorf("history: erase from %s: %w", filepath.Base(path), err)
		}
		if e.Calls+e.Journeys > 0 {
			files++
		}
	}
	return files, nil
}

func eraseFile(ctx context.Context, path string, erase func(*sqlitefile.File) (Erased, error)) (e Erased, err error) {
	if info, err := os.Stat(path); err == nil { // the time of the copy is what it is a copy of
		defer func() { _ = os.Chtimes(path, info.ModTime(), info.ModTime()) }()
	}
	file, err := sqlitefile.Open(path, schema, sqlitefile.Options{Readers: 1, NoCopy: true})
	if err != nil {
		return e, err
	}
	if file.Report.Broken != "" { // what is in it is in no list that could be read
		return Erased{Calls: 1}, errors.Join(file.Close(), os.Remove(file.Report.Broken), os.Remove(path))
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if e, err = erase(file); err != nil || e == (Erased{}) {
		return e, err
	}
	// A copy is written once and read perhaps never: it is made anew, so that
	// nothing is left between its rows.
	_, err = file.Write.ExecContext(ctx, `VACUUM`)
	return e, err
}

// Kinds of requests: the text of the one is a number, of the other a
// state.ForgetColleague as JSON.
const (
	requestErase     = "erase"
	requestColleague = "erase colleague"
)

// A Request asks the running process for something only it can do.
type Request struct {
	ID        int64
	Number    string                // to erase, in the form in which numbers are compared; or
	Colleague state.ForgetColleague // to erase, where As is not empty
}

// RequestErase asks the process that has the data folder open to erase a
// number. It polls for requests, see Requests.
func (s *Store) RequestErase(ctx context.Context, number string) (id int64, err error) {
	return s.request(ctx, requestErase, s.normal(number))
}

// RequestEraseColleague asks the same for one of the company's own people.
func (s *Store) RequestEraseColleague(ctx context.Context, who state.ForgetColleague) (id int64, err error) {
	text, err := json.Marshal(who)
	if err != nil {
		return 0, err
	}
	return s.request(ctx, requestColleague, string(text))
}

func (s *Store) request(ctx context.Context, kind, text string) (id int64, err error) {
	res, err := s.db().Write.ExecContext(ctx, `INSERT INTO request(kind,number,asked,answer) VALUES(?,?,?,'')`, kind, text, time.Now().UnixNano())
	if err != nil {
		return 0, s.failed(err)
	}
	id, err = res.LastInsertId()
	return id, s.failed(err)
}

// Requests are those that nobody answered, oldest first. Whoever runs on the
// data folder asks every two seconds, does it everywhere, and calls Answer.
func (s *Store) Requests(ctx context.Context) (list []Request, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var r Request
		var kind, text string
		if err := rows.Scan(&r.ID, &kind, &text); err != nil {
			return err
		}
		if kind == requestErase {
			r.Number = text
		} else if json.Unmarshal([]byte(text), &r.Colleague) != nil || r.Colleague.As == "" {
			return nil // another build's; who asked waits, and is told that nobody answered
		}
		list = append(list, r)
		return nil
	}, `SELECT id, kind, number FROM request WHERE kind IN (?,?) AND answered IS NULL ORDER BY id`, requestErase, requestColleague)
	return list, err
}

// Answer says what a request came to, in words or as JSON, and forgets whom it
// was about. failure is empty if it was done.
func (s *Store) Answer(ctx context.Context, id int64, e Erased, failure string) error {
	s.copying.Lock()
	defer s.copying.Unlock()
	s.putting.Lock()
	defer s.putting.Unlock()
	if _, err := eraseBackups(ctx, s.backups(), withoutRequests(ctx)); err != nil {
		return err
	}
	text := encodeErased(e, failure)
	_, err := s.db().Write.ExecContext(ctx, `UPDATE request SET answered=?, answer=?, number='' WHERE id=?`, time.Now().UnixNano(), text, id)
	if err == nil {
		err = settle(ctx, s.db())
	}
	return s.failed(err)
}

// withoutRequests takes requests out of a copy that was made before they were
// answered: each names what is to be forgotten.
func withoutRequests(ctx context.Context) func(*sqlitefile.File) (Erased, error) {
	return func(file *sqlitefile.File) (Erased, error) {
		res, err := file.Write.ExecContext(ctx, `DELETE FROM request`)
		if err != nil {
			return Erased{}, err
		}
		n, err := res.RowsAffected()
		return Erased{Calls: int(n)}, err
	}
}

// Withdraw takes back a request that nobody answered.
func (s *Store) Withdraw(ctx context.Context, id int64) error {
	_, err := s.db().Write.ExecContext(ctx, `DELETE FROM request WHERE id=? AND answered IS NULL`, id)
	if err == nil {
		err = settle(ctx, s.db())
	}
	return s.failed(err)
}

// Answered is what a request came to; false while there is no answer yet.
func (s *Store) Answered(ctx context.Context, id int64) (e Erased, ok bool, err error) {
	var text string
	err = s.db().Read.QueryRowContext(ctx, `SELECT answer FROM request WHERE id=? AND answered IS NOT NULL`, id).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return e, false, nil
	}
	if err != nil {
		return e, false, s.failed(err)
	}
	e, err = decodeErased(text)
	return e, true, err
}

func encodeErased(e Erased, failure string) string {
	return fmt.Sprintf("%d %d %d %d %d %s", e.Calls, e.Journeys, e.Entries, e.Frames, e.Backups, failure)
}

func decodeErased(text string) (e Erased, err error) {
	if _, err := fmt.Sscanf(text, "%d %d %d %d %d", &e.Calls, &e.Journeys, &e.Entries, &e.Frames, &e.Backups); err != nil {
		return e, fmt.Errorf("history: answer: %w", err)
	}
	if parts := strings.SplitN(text, " ", 6); len(parts) == 6 && parts[5] != "" {
		return e, errors.New(parts[5])
	}
	return e, nil
}
