package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"callboard/internal/state"
)

// Calls are ended calls, newest first, and the cursor of the next page; zero if
// there is none. A limit of 0 is DefaultLimit, more than MostRows is MostRows.
func (s *Store) Calls(ctx context.Context, f Filter, after Cursor, limit int) ([]Call, Cursor, error) {
	q, err := s.compile(ctx, ofCalls, &f)
	if err != nil {
		return nil, Cursor{}, s.failed(err)
	}
	return s.pageOfCalls(ctx, q, after, bound(limit))
}

func bound(limit int) int {
	if limit <= 0 {
		return DefaultLimit
	}
	return min(limit, MostRows)
}

func (s *Store) pageOfCalls(ctx context.Context, q *query, after Cursor, limit int) ([]Call, Cursor, error) {
	if q.none {
		return nil, Cursor{}, nil
	}
	query, args, err := q.page(ctx, callColumns, after, limit+1)
	if err != nil {
		return nil, Cursor{}, err
	}
	calls, err := s.callRows(ctx, q.faces, &q.room, query, args...)
	if q.mask != nil {
		for i := range calls {
			q.mask.Call(&calls[i])
		}
	}
	if err != nil || len(calls) <= limit {
		return calls, Cursor{}, err
	}
	last := calls[limit-1]
	return calls[:limit], Cursor{nanos(last.sortAt()), last.Seq}, nil
}

// sortAt is what a call is sorted by.
func (c *Call) sortAt() time.Time {
	if c.StartedAt.IsZero() {
		return c.EndedAt
	}
	return c.StartedAt
}

const callColumns = `t.seq, t.callid, t.journey, t.direction, t.phase, t.confidence, t.outcome, t.flags, t.started, t.connected, t.paired, t.ended,
	t.talk, t.pbx, t.line, (SELECT name FROM line l WHERE l.oid=t.line), t.caller, t.callee, t.former, t.flows, t.legs, t.transfers, t.at`

// A packedCall is a call whose parties are rows yet to be read.
type packedCall struct {
	Call
	caller, callee, former int64
	flows                  string
	packed                 []packedLeg
}

// calls reads rows of callColumns.
func (s *Store) calls(ctx context.Context, query string, args ...any) ([]Call, error) {
	return s.callRows(ctx, faces{}, new([]packedCall), query, args...)
}

// callRows is calls for several pages one after the other, which share what they
// know and their room.
func (s *Store) callRows(ctx context.Context, ids faces, room *[]packedCall, query string, args ...any) ([]Call, error) {
	list := (*room)[:0]
	ids.bound()
	err := s.each(ctx, func(rows *sql.Rows) error {
		list = append(list, packedCall{})
		c := &list[len(list)-1]
		var flags int
		var started, ended int64
		var connected, paired, pbx sql.NullInt64
		var line sql.NullString
		var legs string
		err := rows.Scan(&c.Seq, &c.CallID, &c.Journey, &c.Direction, &c.Phase, &c.Confidence, &c.Outcome, &flags, &started, &connected, &paired, &ended,
			(*int64)(&c.Talk), &pbx, &c.Line, &line, &c.caller, &c.callee, &c.former, &c.flows, &legs, &c.Transfers, &c.LogSeq)
		if err != nil {
			return err
		}
		c.Inferred, c.Transferred, c.FromSnapshot = flags&flagInferred != 0, flags&flagTransferred != 0, flags&flagSnapshot != 0
		c.StartAtLeast, c.TalkAtLeast = flags&flagStartAtLeast != 0, flags&flagTalkAtLeast != 0
		c.StartedAt, c.EndedAt = time.Unix(0, started).UTC(), time.Unix(0, ended).UTC()
		c.ConnectedAt, c.PairSince, c.LineName, c.PBX = moment(connected), moment(paired), line.String, -1
		if pbx.Valid {
			c.PBX = time.Duration(pbx.Int64)
		}
		c.packed = decodeLegs(legs, c.StartedAt, make([]packedLeg, 0, 3))
		ids.want(c.caller, c.callee, c.former)
		for i := range c.packed {
			ids.want(c.packed[i].party)
		}
		return nil
	}, query, args...)
	*room = list
	if err != nil {
		return nil, err
	}
	if err := s.parties(ctx, ids); err != nil {
		return nil, s.failed(err)
	}
	out := make([]Call, len(list))
	for i := range list {
		out[i] = list[i].unpack(ids)
	}
	return out, nil
}

func (c *packedCall) unpack(ids faces) Call {
	party := ids.party
	c.Caller, c.Callee, c.Former = party(c.caller), party(c.callee), party(c.former)
	if f := strings.Split(c.flows, flowSeparator); len(f) == 4 {
		c.Caller.FlowID, c.Callee.FlowID, c.Caller.CallLog, c.Callee.CallLog = f[0], f[1], f[2], f[3]
	}
	if len(c.packed) > 0 {
		c.Legs = make([]state.Leg, len(c.packed))
	}
	for i := range c.packed {
		c.Legs[i] = c.packed[i].Leg
		c.Legs[i].Party = party(c.packed[i].party)
	}
	return c.Call
}

// Call is one ended call, or ErrNotFound.
func (s *Store) Call(ctx context.Context, seq uint64) (Call, error) {
	calls, err := s.calls(ctx, `SELECT `+callColumns+` FROM call t WHERE t.seq=?`, int64(seq))
	if err != nil || len(calls) == 0 {
		return Call{}, missing(err)
	}
	return calls[0], nil
}

func missing(err error) error {
	if err == nil {
		return ErrNotFound
	}
	return err
}

// CallsOf are the calls of a journey, oldest first.
func (s *Store) CallsOf(ctx context.Context, journey uint64) ([]Call, error) {
	return s.calls(ctx, `SELECT `+callColumns+` FROM call t WHERE t.journey=? ORDER BY t.started, t.seq LIMIT ?`, int64(journey), MostRows)
}

// Journeys are journeys that are over, newest first, as Calls.
func (s *Store) Journeys(ctx context.Context, f Filter, after Cursor, limit int) ([]state.Journey, Cursor, error) {
	q, err := s.compile(ctx, ofJourneys, &f)
	if err != nil {
		return nil, Cursor{}, s.failed(err)
	}
	return s.pageOfJourneys(ctx, q, after, bound(limit))
}

func (s *Store) pageOfJourneys(ctx context.Context, q *query, after Cursor, limit int) ([]state.Journey, Cursor, error) {
	if q.none {
		return nil, Cursor{}, nil
	}
	query, args, err := q.page(ctx, journeyColumns, after, limit+1)
	if err != nil {
		return nil, Cursor{}, err
	}
	list, err := q.journeys(ctx, query, args...)
	if err != nil || len(list) <= limit {
		return list, Cursor{}, err
	}
	last := list[limit-1]
	return list[:limit], Cursor{nanos(last.Start), last.ID}, nil
}

// journeys reads rows and shows of them what may be seen.
func (q *query) journeys(ctx context.Context, query string, args ...any) ([]state.Journey, error) {
	list, err := q.s.journeyRows(ctx, q.faces, query, args...)
	if q.mask != nil {
		for i := range list {
			q.mask.Journey(&list[i])
		}
	}
	return list, err
}

const journeyColumns = `t.id, t.kind, t.flags, t.customer, t.line, (SELECT name FROM line l WHERE l.oid=t.line), t.users, t.rang, t.calls,
	t.started, t.answered, t.ended, t.talk, t.talks, t.rung`

// journeyRows reads rows of journeyColumns.
func (s *Store) journeyRows(ctx context.Context, ids faces, query string, args ...any) ([]state.Journey, error) {
	var list []state.Journey
	var customers []int64
	ids.bound()
	err := s.each(ctx, func(rows *sql.Rows) error {
		var j state.Journey
		var flags int
		var customer, started int64
		var answered, ended sql.NullInt64
		var line sql.NullString
		var users, rang, calls string
		err := rows.Scan(&j.ID, &j.Kind, &flags, &customer, &j.Line, &line, &users, &rang, &calls, &started, &answered, &ended, (*int64)(&j.Talk), &j.Talks, &j.Rung)
		if err != nil {
			return err
		}
		j.Counted, j.StartKnown, j.WaitKnown = flags&flagCounted != 0, flags&flagStartKnown != 0, flags&flagWaitKnown != 0
		j.Lost, j.Doubt = flags&flagLost != 0, flags&flagDoubt != 0
		j.LineName, j.Answered, j.Ended = line.String, moment(answered), moment(ended)
		if started != 0 {
			j.Start = time.Unix(0, started).UTC()
		}
		j.Users, j.RangAt, j.Calls = decode[string](users), decode[string](rang), decode[uint64](calls)
		ids.want(customer)
		customers = append(customers, customer)
		list = append(list, j)
		return nil
	}, query, args...)
	if err != nil {
		return nil, err
	}
	if err := s.parties(ctx, ids); err != nil {
		return nil, s.failed(err)
	}
	for i, id := range customers {
		list[i].Customer = ids.party(id)
	}
	return list, nil
}

// decode reads a list; a broken one is none.
func decode[T any](text string) (list []T) {
	if text != "[]" {
		_ = json.Unmarshal([]byte(text), &list)
	}
	return list
}

// Journey is one journey, or ErrNotFound.
func (s *Store) Journey(ctx context.Context, id uint64) (state.Journey, error) {
	list, err := s.journeyRows(ctx, faces{}, `SELECT `+journeyColumns+` FROM journey t WHERE t.id=?`, int64(id))
	if err != nil || len(list) == 0 {
		return state.Journey{}, missing(err)
	}
	return list[0], nil
}

// Count is how many rows of f.Rows a filter chooses; Limit and After do not
// matter.
func (s *Store) Count(ctx context.Context, f Filter) (n int, err error) {
	of := ofCalls
	if f.Rows == RowsJourneys {
		of = ofJourneys
	}
	q, err := s.compile(ctx, of, &f)
	if err != nil || q.none {
		return 0, s.failed(err)
	}
	query, args := q.count()
	return n, s.failed(s.db().Read.QueryRowContext(ctx, query, args...).Scan(&n))
}

// Gaps are those that touch a stretch of time, oldest first; a zero to is open.
func (s *Store) Gaps(ctx context.Context, from, to time.Time) (gaps []Gap, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var g Gap
		var began int64
		var ended, reviewed sql.NullInt64
		err := rows.Scan(&g.Kind, &began, &ended, &g.Code, &g.Reason, &g.Touched, &g.Lost, &g.ReviewedBy, &reviewed)
		if began != 0 {
			g.From = time.Unix(0, began).UTC()
		}
		g.To, g.ReviewedAt = moment(ended), moment(reviewed)
		gaps = append(gaps, g)
		return err
	}, `SELECT kind, began, ended, code, reason, touched, lost, reviewer, reviewed FROM gap WHERE (ended IS NULL OR ended>=?) AND began<? ORDER BY began, kind`, nanos(from), until(to))
	return gaps, err
}

// until is an open end as a number.
func until(t time.Time) int64 {
	if t.IsZero() {
		return 1<<63 - 1
	}
	return t.UnixNano()
}

// Alarms are those that stood in a stretch of time, oldest first; a zero to is
// open.
func (s *Store) Alarms(ctx context.Context, from, to time.Time) (alarms []Alarm, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var a Alarm
		var began int64
		var ended sql.NullInt64
		err := rows.Scan(&a.Key, &a.Kind, &a.Scope, &a.Call, &began, &ended, &a.Value, &a.Limit)
		a.From, a.To = time.Unix(0, began).UTC(), moment(ended)
		alarms = append(alarms, a)
		return err
	}, `SELECT key, kind, scope, call, began, ended, value, bound FROM alarm WHERE (ended IS NULL OR ended>=?) AND began<? ORDER BY began, key`, nanos(from), until(to))
	return alarms, err
}

// Names are the last known names of users and lines by oid; of a user without a
// name the extension.
func (s *Store) Names(ctx context.Context) (users, lines map[string]string, err error) {
	users, lines = map[string]string{}, map[string]string{}
	read := func(into map[string]string) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var key, name string
			err := rows.Scan(&key, &name)
			into[key] = name
			return err
		}
	}
	if err = s.each(ctx, read(users), `SELECT key, iif(name<>'', name, number) FROM person WHERE name<>'' OR number<>''`); err == nil {
		err = s.each(ctx, read(lines), `SELECT oid, name FROM line WHERE name<>''`)
	}
	return users, lines, err
}

// Members are the users and lines among those ever seen for which the functions
// hold, by oid or extension: who a team is today.
func (s *Store) Members(ctx context.Context, user func(oid, name, number string) bool, line func(oid, name string) bool) (users, lines []string, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var key, name, number string
		err := rows.Scan(&key, &name, &number)
		if user(key, name, number) {
			users = append(users, key)
		}
		return err
	}, `SELECT key, name, number FROM person`)
	if err != nil {
		return nil, nil, err
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var oid, name string
		err := rows.Scan(&oid, &name)
		if line(oid, name) {
			lines = append(lines, oid)
		}
		return err
	}, `SELECT oid, name FROM line`)
	return users, lines, err
}
