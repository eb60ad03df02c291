package history

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"callboard/internal/state"
)

// CursorOf is the place of a journey in the list.
func CursorOf(j *state.Journey) Cursor { return Cursor{nanos(j.Start), j.ID} }

// Newer are the journeys right in front of a place, newest first, as Journeys
// gives those behind it; fewer than limit reach the beginning of the list.
func (s *Store) Newer(ctx context.Context, f Filter, before Cursor, limit int) ([]state.Journey, error) {
	q, err := s.compile(ctx, ofJourneys, &f)
	if err != nil || q.none {
		return nil, s.failed(err)
	}
	o := q.order
	place, args := o+".started>=? AND ("+o+".started>? OR "+o+"."+q.id+">?)", []any{before.at, before.at, int64(before.id)}
	if q.to != 0 {
		place, args = place+" AND "+o+".started<?", append(args, q.to)
	}
	query, args, err := q.ordered(ctx, journeyColumns, place, args, true, bound(limit))
	if err != nil {
		return nil, err
	}
	list, err := q.journeys(ctx, query, args...)
	slices.Reverse(list)
	return list, err
}

// A Tally counts the journeys of any direction that began in an hour of the
// zone, by what became of them.
type Tally struct {
	Start                      time.Time // UTC
	Answered, Unanswered, Lost int
}

// Tallies are the journeys that a filter chooses, by hour: what Journeys lists,
// counted, whatever the filter; hours without any are left out. Limit and After
// do not matter. Lines and teams alone are quicker by Hours.
func (s *Store) Tallies(ctx context.Context, f Filter) (list []Tally, err error) {
	q, err := s.compile(ctx, ofJourneys, &f)
	if err != nil || q.none {
		return nil, s.failed(err)
	}
	conds, args := q.whole()
	err = s.each(ctx, func(rows *sql.Rows) error {
		var t Tally
		var start int64
		err := rows.Scan(&start, &t.Answered, &t.Unanswered, &t.Lost)
		t.Start = time.Unix(start, 0).UTC()
		list = append(list, t)
		return err
	}, `SELECT t.hour, sum(t.answered IS NOT NULL), sum(t.answered IS NULL AND t.flags&8=0), sum(t.answered IS NULL AND t.flags&8<>0) FROM `+q.from+and(conds)+` GROUP BY t.hour ORDER BY t.hour`, args...)
	return list, err
}
