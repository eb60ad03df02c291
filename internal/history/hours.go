package history

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"callboard/internal/state"
)

// hourOf is the beginning of the hour of the zone in which a moment lies, in
// seconds since 1970. The clock of a zone may be off the hour of UTC.
func (s *Store) hourOf(t time.Time) int64 { return hourIn(t, s.opt.Zone) }

func hourIn(t time.Time, zone *time.Location) int64 {
	_, offset := t.In(zone).Zone()
	local := t.Unix() + int64(offset)
	return local - floor(local, 3600) - int64(offset)
}

// floor is the rest of a division that is never negative.
func floor(n, by int64) int64 { return (n%by + by) % by }

// tally counts the journeys of one hour: the same rules as package kpi. Kinds
// 0 and 1 are customers who came in, flag 1 is Counted, 8 Lost.
const tally = `
	sum(kind<2), sum(kind<2 AND answered IS NOT NULL), sum(kind<2 AND answered IS NULL AND flags&8=0), sum(kind<2 AND answered IS NULL AND flags&8<>0),
	sum(kind=2), sum(kind=3),
	sum(kind<2 AND answered IS NOT NULL AND wait IS NOT NULL), sum(iif(kind<2 AND answered IS NOT NULL, ifnull(wait,0), 0)),
	sum(kind<2 AND answered IS NULL AND flags&8=0 AND wait IS NOT NULL), sum(iif(kind<2 AND answered IS NULL AND flags&8=0, ifnull(wait,0), 0)),
	sum(iif(kind<>3, talks, 0)), sum(iif(kind<>3, talk, 0)),
	sum(iif(kind<2 AND answered IS NOT NULL, rung, 0)), sum(kind<2 AND answered IS NOT NULL AND rung>0),
	max(iif(kind<2, ifnull(wait,0), 0))`

// sums add counted hours up.
const sums = `sum(offered), sum(answered), sum(unanswered), sum(lost), sum(outbound), sum(internal), sum(waits), sum(wait), sum(gaveups), sum(gaveup), sum(talks), sum(talk), sum(rung), sum(hunted), max(longest)`

// count counts an hour anew from its journeys.
func (w *writer) count(ctx context.Context, hour int64) error {
	if _, err := w.tx.ExecContext(ctx, `DELETE FROM hour WHERE whole IN (0,1) AND start=?`, hour); err != nil {
		return err
	}
	// An hour of the zone is one of UTC but for zones that turn their clocks by
	// less; the index narrows it down, the column decides.
	const day = 3600 * int64(time.Second)
	_, err := w.tx.ExecContext(ctx, `INSERT INTO hour SELECT 0, hour, line, `+tally+` FROM journey INDEXED BY journey_started
		WHERE started>=?2 AND started<?3 AND hour=?1 AND flags&1 GROUP BY line`, hour, hour*int64(time.Second)-day, hour*int64(time.Second)+2*day)
	if err != nil {
		return err
	}
	_, err = w.tx.ExecContext(ctx, `INSERT INTO hour SELECT 1, start, '', `+sums+` FROM hour WHERE whole=0 AND start=? GROUP BY start`, hour)
	return err
}

// recount counts all hours anew, after the zone was changed.
func (s *Store) recount(ctx context.Context) error {
	tx, err := s.db().Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	w := &writer{s: s, tx: tx, days: map[int64]bool{}}
	if _, err := tx.ExecContext(ctx, `DELETE FROM hour`); err != nil {
		return err
	}
	for after := int64(-1 << 62); ; {
		rows, err := tx.QueryContext(ctx, `SELECT id, started FROM journey WHERE id>? ORDER BY id LIMIT 5000`, after)
		if err != nil {
			return err
		}
		type row struct{ id, started int64 }
		var batch []row
		for rows.Next() {
			var r row
			if err := rows.Scan(&r.id, &r.started); err != nil {
				rows.Close()
				return err
			}
			batch = append(batch, r)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return err
		}
		if len(batch) == 0 {
			break
		}
		for _, r := range batch {
			hour := s.hourOf(time.Unix(0, r.started))
			w.days[hour] = true
			if _, err := tx.ExecContext(ctx, `UPDATE journey SET hour=? WHERE id=? AND hour<>?`, hour, r.id, hour); err != nil {
				return err
			}
		}
		after = batch[len(batch)-1].id
	}
	for hour := range w.days {
		if err := w.count(ctx, hour); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO meta VALUES('zone', ?)`, s.opt.Zone.String()); err != nil {
		return err
	}
	return tx.Commit()
}

// Hours are the counters of the hours that began at from or later and before
// to, by Start, summed over the scope; hours in which nothing began are left
// out. A journey of several users or lines of the scope counts once.
func (s *Store) Hours(ctx context.Context, from, to time.Time, scope Scope) ([]Hour, error) {
	if len(scope.Users) > 0 {
		return s.hoursOfPeople(ctx, from, to, scope)
	}
	query, args := `SELECT start, '', offered, answered, unanswered, lost, outbound, internal, waits, wait, gaveups, gaveup, talks, talk, rung, hunted, longest
		FROM hour WHERE whole=1 AND start>=? AND start<? ORDER BY start`, []any{from.Unix(), to.Unix()}
	if len(scope.Lines) > 0 {
		query = `SELECT start, '', ` + sums + ` FROM hour WHERE whole=0 AND start>=? AND start<? AND line IN (` + marks(len(scope.Lines)) + `) GROUP BY start ORDER BY start`
		args = append(args, anys(scope.Lines)...)
	}
	return s.hours(ctx, query, args...)
}

// hoursOfPeople counts them from the journeys.
func (s *Store) hoursOfPeople(ctx context.Context, from, to time.Time, scope Scope) ([]Hour, error) {
	args := append(anys(scope.Users), nanos(from), nanos(to))
	query := `SELECT u.id FROM journey_user u WHERE u.person IN (SELECT id FROM person WHERE key IN (` + marks(len(scope.Users)) + `)) AND u.started>=? AND u.started<?`
	if len(scope.Lines) > 0 {
		query += ` UNION SELECT id FROM journey WHERE line IN (` + marks(len(scope.Lines)) + `) AND started>=? AND started<?`
		args = append(append(args, anys(scope.Lines)...), nanos(from), nanos(to))
	}
	return s.hours(ctx, `SELECT hour, '', `+tally+` FROM journey WHERE id IN (`+query+`) AND flags&1 GROUP BY hour ORDER BY hour`, args...)
}

// HoursByLine are the counters of each line apart, by Start, then Line.
func (s *Store) HoursByLine(ctx context.Context, from, to time.Time) ([]Hour, error) {
	return s.hours(ctx, `SELECT start, line, offered, answered, unanswered, lost, outbound, internal, waits, wait, gaveups, gaveup, talks, talk, rung, hunted, longest
		FROM hour WHERE whole=0 AND start>=? AND start<? ORDER BY start, line`, from.Unix(), to.Unix())
}

func (s *Store) hours(ctx context.Context, query string, args ...any) (hours []Hour, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var h Hour
		var start int64
		err := rows.Scan(&start, &h.Line, &h.Offered, &h.Answered, &h.Unanswered, &h.Lost, &h.Outbound, &h.Internal,
			&h.Waits, (*int64)(&h.Wait), &h.GaveUps, (*int64)(&h.GaveUp), &h.Talks, (*int64)(&h.Talk), &h.Rung, &h.Hunted, (*int64)(&h.LongestWait))
		h.Start = time.Unix(start, 0).UTC()
		hours = append(hours, h)
		return err
	}, query, args...)
	return hours, err
}

// Day are all journeys that began in the day of the zone in which a moment
// lies, by Start, then ID, for kpi.Of and kpi.Explain. At most dayMost.
func (s *Store) Day(ctx context.Context, day time.Time) ([]state.Journey, error) {
	from, to := DayOf(day, s.opt.Zone)
	return s.journeyRows(ctx, faces{}, `SELECT `+journeyColumns+` FROM journey t WHERE t.started>=? AND t.started<? ORDER BY t.started, t.id LIMIT ?`, nanos(from), nanos(to), dayMost)
}

// dayMost bounds the journeys of one day, as package state does.
const dayMost = 50_000

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// each reads rows one by one.
func (s *Store) each(ctx context.Context, fn func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.db().Read.QueryContext(ctx, query, args...)
	if err != nil {
		return s.failed(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return s.failed(err)
		}
	}
	return s.failed(rows.Err())
}
