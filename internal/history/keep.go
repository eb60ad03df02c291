package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"callboard/internal/state"
)

const (
	backupFolder = "backups"
	backupsKept  = 7
	nightHour    = 3             // of the zone, when house is kept
	pruneSpan    = 6 * time.Hour // of one transaction
)

// Retain deletes what began longer than Options.Keep ago, and the names and
// numbers that nothing names any more. It returns how many calls and journeys
// went.
func (s *Store) Retain(ctx context.Context, now time.Time) (rows int, err error) {
	before := now.Add(-s.opt.Keep)
	for _, t := range [][2]string{{"call", "call_user"}, {"journey", "journey_user"}} {
		n, err := s.prune(ctx, t[0], t[1], before)
		rows += n
		if err != nil {
			return rows, s.failed(err)
		}
	}
	s.putting.Lock()
	defer s.putting.Unlock()
	hour := hourIn(before, s.opt.Zone)
	for _, q := range []struct {
		text string
		arg  int64
	}{
		{`DELETE FROM hour WHERE whole IN (0,1) AND start<?`, hour},
		{`DELETE FROM gap WHERE began<? AND ended IS NOT NULL`, nanos(before)},
		{`DELETE FROM alarm WHERE began<? AND ended IS NOT NULL`, nanos(before)},
		// What is named within a day of another row keeps the older mark.
		{`DELETE FROM party WHERE last<?`, nanos(before) - lastSlack},
		{`DELETE FROM person WHERE last<?`, nanos(before) - lastSlack},
		{`DELETE FROM request WHERE answered<?`, nanos(before)},
	} {
		if _, err := s.db().Write.ExecContext(ctx, q.text, q.arg); err != nil {
			return rows, s.failed(err)
		}
	}
	*s.mem = *newMemory()
	s.mu.Lock()
	s.retained = now
	s.mu.Unlock()
	return rows, nil
}

// prune deletes old rows of a table, a few hours of them at a time, so that
// nobody waits long for the file.
func (s *Store) prune(ctx context.Context, table, people string, before time.Time) (rows int, err error) {
	for {
		n, more, err := s.pruneSome(ctx, table, people, nanos(before))
		rows += n
		if err != nil || !more {
			return rows, err
		}
	}
}

func (s *Store) pruneSome(ctx context.Context, table, people string, before int64) (rows int, more bool, err error) {
	s.putting.Lock()
	defer s.putting.Unlock()
	tx, err := s.db().Write.BeginTx(ctx, nil)
	if err != nil {
		return 0, false, err
	}
	defer func() { _ = tx.Rollback() }()
	var oldest int64
	if err := tx.QueryRowContext(ctx, `SELECT ifnull(min(started), ?) FROM `+table, before).Scan(&oldest); err != nil || oldest >= before {
		return 0, false, err
	}
	cut := min(before, oldest+int64(pruneSpan))
	if _, err := tx.ExecContext(ctx, `DELETE FROM `+people+` WHERE person IN (SELECT id FROM person) AND started<?`, cut); err != nil {
		return 0, false, err
	}
	res, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE started<?`, cut)
	if err != nil {
		return 0, false, err
	}
	n, _ := res.RowsAffected()
	return int(n), cut < before, tx.Commit()
}

// backups are the paths of the copies, oldest first.
func (s *Store) backups() []string {
	entries, _ := os.ReadDir(filepath.Join(s.dir, backupFolder))
	var list []string
	for _, e := range entries {
		if _, ok := backupDay(e.Name()); ok {
			list = append(list, filepath.Join(s.dir, backupFolder, e.Name()))
		}
	}
	slices.Sort(list) // by day
	return list
}

// backupDay is the day in the name of a copy.
func backupDay(name string) (string, bool) {
	day, ok := strings.CutPrefix(name, "history-")
	day, db := strings.CutSuffix(day, ".db")
	_, err := time.Parse(time.DateOnly, day)
	return day, ok && db && err == nil
}

// Backup writes a copy of the file into the folder backups, named by the day of
// the zone, keeps the youngest seven, and returns the copy's path. A copy of
// that day that is there already is not made again.
func (s *Store) Backup(ctx context.Context, now time.Time) (path string, err error) {
	s.copying.Lock()
	defer s.copying.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.backupFailed = ""
		if err != nil {
			s.backupFailed = sentence(err)
		}
	}()
	dir := filepath.Join(s.dir, backupFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", s.failed(err)
	}
	path = filepath.Join(dir, "history-"+now.In(s.opt.Zone).Format(time.DateOnly)+".db")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := s.db().BackupInto(ctx, path); err != nil {
			return "", s.failed(err)
		}
	}
	list := s.backups()
	for len(list) > backupsKept {
		if err := os.Remove(list[0]); err != nil {
			return path, s.failed(err)
		}
		list = list[1:]
	}
	return path, nil
}

// Run keeps house until ctx ends, and returns nil then: a backup and the
// deletion of old rows every night at three, and at once if that was missed. What
// fails is logged and tried again after an hour.
func (s *Store) Run(ctx context.Context) error {
	for {
		now := time.Now()
		last, next := s.nights(now)
		wait := time.Until(next)
		if s.Away() != nil {
			wait = min(wait, time.Minute)
		} else if s.missed(last) {
			if err := s.keepHouse(ctx, now); err != nil && ctx.Err() == nil {
				s.log.Error("history not kept", "error", sentence(err))
				wait = min(wait, time.Hour)
			}
		}
		timer := time.NewTimer(max(wait, time.Second))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}

// nights are the last and the next moment at which house is kept.
func (s *Store) nights(now time.Time) (last, next time.Time) {
	y, m, d := now.In(s.opt.Zone).Date()
	at := func(day int) time.Time {
		night := state.Midnight(y, m, day, s.opt.Zone).Add(nightHour * time.Hour)
		if t := time.Date(y, m, day, nightHour, 0, 0, 0, s.opt.Zone); t.Hour() == nightHour { // nights when clocks turn have 2 or 4 hours to it
			night = t
		}
		return night
	}
	if last = at(d); last.After(now) {
		return at(d - 1), last
	}
	return last, at(d + 1)
}

// missed reports that there is no copy since a night. A history without rows
// needs none.
func (s *Store) missed(night time.Time) bool {
	list := s.backups()
	if len(list) == 0 {
		return true
	}
	day, _ := backupDay(filepath.Base(list[len(list)-1]))
	return day < night.In(s.opt.Zone).Format(time.DateOnly)
}

func (s *Store) keepHouse(ctx context.Context, now time.Time) error {
	began := time.Now()
	rows, err := s.Retain(ctx, now)
	if err != nil {
		return err
	}
	s.log.Info("history: old rows deleted", "rows", rows, "keep", s.opt.Keep.String(), "took", time.Since(began).Round(time.Millisecond).String())
	began = time.Now()
	path, err := s.Backup(ctx, now)
	if err != nil {
		return err
	}
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	s.log.Info("history: backup written", "file", filepath.Base(path), "bytes", size, "took", time.Since(began).Round(time.Millisecond).String())
	return nil
}

// sentence is an error on one line.
func sentence(err error) string { return strings.Join(strings.Fields(fmt.Sprint(err)), " ") }
