package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"callboard/internal/state"
)

// A writer is a transaction that applies one batch.
type writer struct {
	s    *Store
	tx   *sql.Tx
	mem  *memory
	gen  int64 // of the batch's epoch: in which order epochs were first met
	seq  int64
	rows int
	days map[int64]bool // hours to be counted anew
}

// Put applies a batch in one transaction: all of it, or nothing and an error,
// after which the same batch can be tried again. A batch that was applied
// before changes nothing, nor does an older one. Of two tellings of a call or a
// journey the later one stays: the higher entry of one epoch of the log, the
// later epoch of two.
func (s *Store) Put(ctx context.Context, b Batch) (err error) {
	s.putting.Lock()
	defer s.putting.Unlock()
	tx, err := s.db().Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	w := &writer{s: s, tx: tx, mem: s.mem, seq: int64(b.Seq), days: map[int64]bool{}}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
			*s.mem = *newMemory()
			err = fmt.Errorf("history: %w", err)
		}
	}()
	fresh := true
	if b.Epoch != "" {
		if fresh, err = w.order(ctx, b.Epoch); err != nil {
			return err
		}
	}
	if fresh {
		if err = w.apply(ctx, &b); err != nil {
			return err
		}
	}
	if err = tx.Commit(); err != nil {
		return err
	}
	s.mem.bound()
	s.written.Add(int64(w.rows))
	return nil
}

// order finds out whether a batch is news, and notes up to where it goes.
func (w *writer) order(ctx context.Context, epoch string) (fresh bool, err error) {
	var applied int64
	err = w.tx.QueryRowContext(ctx, `SELECT gen, seq FROM applied WHERE epoch=?`, epoch).Scan(&w.gen, &applied)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if err = w.tx.QueryRowContext(ctx, `SELECT ifnull(max(gen),0)+1 FROM applied`).Scan(&w.gen); err != nil {
			return false, err
		}
	case err != nil:
		return false, err
	case w.seq <= applied:
		return false, nil
	}
	_, err = w.tx.ExecContext(ctx, `INSERT INTO applied VALUES(?1,?2,?3) ON CONFLICT DO UPDATE SET seq=?3`, epoch, w.gen, w.seq)
	return true, err
}

func (w *writer) apply(ctx context.Context, b *Batch) error {
	for i := range b.Calls {
		if err := w.call(ctx, &b.Calls[i]); err != nil {
			return err
		}
	}
	for _, id := range b.Gone {
		if err := w.gone(ctx, int64(id)); err != nil {
			return err
		}
	}
	for i := range b.Journeys {
		if err := w.journey(ctx, &b.Journeys[i]); err != nil {
			return err
		}
	}
	for _, from := range b.GoneGaps {
		if _, err := w.tx.ExecContext(ctx, `DELETE FROM gap WHERE began=? AND kind IN (?,?) AND (gen,at)<=(?,?)`, nanos(from), GapFeed, GapProcess, w.gen, w.seq); err != nil {
			return err
		}
	}
	for i := range b.Gaps {
		if err := w.gap(ctx, &b.Gaps[i]); err != nil {
			return err
		}
	}
	for i := range b.Alarms {
		if err := w.alarm(ctx, &b.Alarms[i]); err != nil {
			return err
		}
	}
	for _, hour := range slices.Sorted(maps.Keys(w.days)) {
		if err := w.count(ctx, hour); err != nil {
			return err
		}
	}
	return nil
}

// older reports that a stored row is a later telling than the batch's.
func (w *writer) older(gen, at int64) bool { return gen > w.gen || gen == w.gen && at > w.seq }

// stored looks for a telling of a row: its version, and one value of it.
func (w *writer) stored(ctx context.Context, query string, id int64, value any) (gen, at int64, there bool, err error) {
	err = w.tx.QueryRowContext(ctx, query, id).Scan(&gen, &at, value)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, false, nil
	}
	return gen, at, err == nil, err
}

// call writes one ended call.
func (w *writer) call(ctx context.Context, e *state.SettledCall) error {
	c := &e.Call
	seq, started := int64(c.Seq), nanos(c.StartedAt)
	if c.StartedAt.IsZero() {
		started = nanos(e.At)
	}
	var was int64
	gen, at, there, err := w.stored(ctx, `SELECT gen, at, started FROM call WHERE seq=?`, seq, &was)
	if err != nil || there && w.older(gen, at) {
		return err
	}
	if there {
		if _, err := w.tx.ExecContext(ctx, `DELETE FROM call_user WHERE seq=?2 AND started=?1 AND person IN (SELECT id FROM person)`, was, seq); err != nil {
			return err
		}
	}
	var ids [3]int64
	for i, p := range []*state.Party{&c.Caller, &c.Callee, &c.Former} {
		if ids[i], err = w.partyID(ctx, p, started); err != nil {
			return err
		}
	}
	legs, err := w.encodeLegs(ctx, c.Legs, time.Unix(0, started))
	if err != nil {
		return err
	}
	if err := w.line(ctx, c.Line, c.LineName); err != nil {
		return err
	}
	row := Call{Call: *c, EndedAt: e.At, Outcome: e.Outcome}
	var wait any
	if d, ok := row.Wait(); ok && d >= 0 {
		wait = int64(d)
	}
	var pbx any
	if e.PBXDuration >= 0 {
		pbx = int64(e.PBXDuration)
	}
	missed := slices.ContainsFunc(c.Legs, func(l state.Leg) bool { return l.Missed })
	flows := strings.Join([]string{c.Caller.FlowID, c.Callee.FlowID, c.Caller.CallLog, c.Callee.CallLog}, flowSeparator)
	_, err = w.tx.ExecContext(ctx, `INSERT OR REPLACE INTO call VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		seq, c.CallID, int64(c.Journey), c.Direction, c.Phase, c.Confidence, e.Outcome, callFlags(c),
		started, maybe(c.ConnectedAt), maybe(c.PairSince), nanos(e.At), wait, int64(e.Talk), pbx,
		c.Line, ids[0], ids[1], ids[2], flows, legs, e.Transfers, missed, w.gen, w.seq)
	if err != nil {
		return err
	}
	w.rows++
	for key, p := range colleagues(c) {
		id, err := w.personID(ctx, key, p.Name, p.Number, started)
		if err != nil {
			return err
		}
		if _, err := w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO call_user VALUES(?,?,?)`, id, started, seq); err != nil {
			return err
		}
	}
	return nil
}

// colleagues are the people inside who had a part in a call, by oid, else by
// extension where it is the side of the company.
func colleagues(c *state.Call) map[string]state.Party {
	keys := map[string]state.Party{}
	add := func(p state.Party, inside bool) {
		key := p.User
		if key == "" && inside {
			key = p.Number
		}
		if key != "" {
			keys[key] = p
		}
	}
	callers := c.Direction == state.Internal || c.Direction == state.Outbound
	callees := c.Direction == state.Internal || c.Direction == state.Inbound
	add(c.Caller, callers)
	add(c.Callee, callees)
	for i := range c.Legs {
		l := &c.Legs[i]
		add(l.Party, l.Side == state.CallerSide && callers || l.Side == state.CalleeSide && callees)
	}
	return keys
}

func callFlags(c *state.Call) (flags int) {
	for flag, on := range map[int]bool{
		flagInferred: c.Inferred, flagTransferred: c.Transferred, flagSnapshot: c.FromSnapshot, flagStartAtLeast: c.StartAtLeast, flagTalkAtLeast: c.TalkAtLeast,
	} {
		if on {
			flags |= flag
		}
	}
	return flags
}

// gone takes a journey away that turned out to be part of another.
func (w *writer) gone(ctx context.Context, id int64) error {
	var hour int64
	gen, at, there, err := w.stored(ctx, `SELECT gen, at, hour FROM journey WHERE id=?`, id, &hour)
	if err != nil || !there || gen < w.gen || w.older(gen, at) { // an id of another epoch is another journey
		return err
	}
	w.days[hour] = true
	return w.drop(ctx, id)
}

func (w *writer) drop(ctx context.Context, id int64) error {
	_, err := w.tx.ExecContext(ctx, `DELETE FROM journey_user WHERE id=?1 AND started=(SELECT started FROM journey WHERE id=?1) AND person IN (SELECT id FROM person)`, id)
	if err == nil {
		_, err = w.tx.ExecContext(ctx, `DELETE FROM journey WHERE id=?`, id)
	}
	return err
}

// otherIDs is where journeys go whose id came up again: a board that lost its
// memory counts from one.
const otherIDs = int64(1) << 62

// journey writes one journey that is over.
func (w *writer) journey(ctx context.Context, j *state.Journey) error {
	id := int64(j.ID)
	var was struct {
		hour  int64
		calls string
	}
	gen, at, there, err := w.stored(ctx, `SELECT gen, at, hour FROM journey WHERE id=?`, id, &was.hour)
	if err == nil && there {
		err = w.tx.QueryRowContext(ctx, `SELECT calls FROM journey WHERE id=?`, id).Scan(&was.calls)
	}
	if err != nil {
		return err
	}
	if there && gen != w.gen && !shares(was.calls, j.Calls) {
		if gen > w.gen { // late news of an epoch that is over
			return nil
		}
		if err := w.move(ctx, id); err != nil {
			return err
		}
		there = false
	}
	if there {
		if w.older(gen, at) {
			return nil
		}
		w.days[was.hour] = true
		if err := w.drop(ctx, id); err != nil {
			return err
		}
	}
	started := nanos(j.Start)
	customer, err := w.partyID(ctx, &j.Customer, started)
	if err != nil {
		return err
	}
	if err := w.line(ctx, j.Line, j.LineName); err != nil {
		return err
	}
	var wait any
	if d, ok := j.Wait(j.Ended); ok && d >= 0 {
		wait = int64(d)
	}
	hour := w.s.hourOf(j.Start)
	w.days[hour] = true
	users, rang, calls := encode(j.Users), encode(j.RangAt), encode(j.Calls)
	_, err = w.tx.ExecContext(ctx, `INSERT INTO journey VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		id, j.Kind, journeyFlags(j), customer, j.Line, users, rang, calls, started, maybe(j.Answered), maybe(j.Ended),
		wait, int64(j.Talk), j.Talks, j.Rung, hour, w.gen, w.seq)
	if err != nil {
		return err
	}
	w.rows++
	for _, keys := range [][]string{j.Users, j.RangAt} {
		for _, key := range keys {
			person, err := w.personID(ctx, key, "", "", started)
			if err != nil {
				return err
			}
			if _, err := w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO journey_user VALUES(?,?,?)`, person, started, id); err != nil {
				return err
			}
		}
	}
	for _, seq := range j.Calls { // those that came to it from another journey
		if _, err := w.tx.ExecContext(ctx, `UPDATE call SET journey=? WHERE seq=? AND journey<>?`, id, int64(seq), id); err != nil {
			return err
		}
	}
	return nil
}

// move gives a journey of a former epoch another id.
func (w *writer) move(ctx context.Context, id int64) error {
	var to int64
	if err := w.tx.QueryRowContext(ctx, `SELECT ifnull(max(id),?1)+1 FROM journey WHERE id>?1`, otherIDs).Scan(&to); err != nil {
		return err
	}
	for _, query := range []string{
		`UPDATE journey_user SET id=?2 WHERE id=?1 AND started=(SELECT started FROM journey WHERE id=?1) AND person IN (SELECT id FROM person)`,
		`UPDATE call SET journey=?2 WHERE journey=?1`, `UPDATE journey SET id=?2 WHERE id=?1`,
	} {
		if _, err := w.tx.ExecContext(ctx, query, id, to); err != nil {
			return err
		}
	}
	return nil
}

// shares reports that a stored list of calls has one of the others: the same
// journey, told by another epoch.
func shares(stored string, calls []uint64) bool {
	var have []uint64
	return json.Unmarshal([]byte(stored), &have) == nil && slices.ContainsFunc(have, func(seq uint64) bool { return slices.Contains(calls, seq) })
}

func journeyFlags(j *state.Journey) (flags int) {
	for flag, on := range map[int]bool{
		flagCounted: j.Counted, flagStartKnown: j.StartKnown, flagWaitKnown: j.WaitKnown, flagLost: j.Lost, flagDoubt: j.Doubt,
	} {
		if on {
			flags |= flag
		}
	}
	return flags
}

// gap writes one gap; a later telling takes the place of an earlier one.
func (w *writer) gap(ctx context.Context, g *Gap) error {
	_, err := w.tx.ExecContext(ctx, `INSERT INTO gap(kind, began, ended, code, reason, touched, lost, gen, at) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT DO UPDATE SET
		ended=?3, code=?4, reason=?5, touched=?6, lost=?7, gen=?8, at=?9 WHERE (?8,?9)>=(gen,at)`,
		g.Kind, nanos(g.From), maybe(g.To), g.Code, g.Reason, g.Touched, g.Lost, w.gen, w.seq)
	return err
}

// Review notes that a person has looked at a gap, once: the first name stands.
// A gap that the board told and the history does not have yet is written with
// it. Of a name that is there already it is ErrReviewed.
func (s *Store) Review(ctx context.Context, g Gap, by string, at time.Time) error {
	s.putting.Lock()
	defer s.putting.Unlock()
	tx, err := s.db().Write.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(err)
	}
	defer func() { _ = tx.Rollback() }()
	_, err = tx.ExecContext(ctx, `INSERT OR IGNORE INTO gap(kind, began, ended, code, reason, touched, lost, gen, at) VALUES(?,?,?,?,?,?,?,0,0)`,
		g.Kind, nanos(g.From), maybe(g.To), g.Code, g.Reason, g.Touched, g.Lost)
	if err != nil {
		return s.failed(err)
	}
	res, err := tx.ExecContext(ctx, `UPDATE gap SET reviewer=?, reviewed=? WHERE began=? AND kind=? AND reviewer=''`, by, nanos(at), nanos(g.From), g.Kind)
	if err != nil {
		return s.failed(err)
	}
	if n, _ := res.RowsAffected(); n == 0 {
		return ErrReviewed
	}
	return s.failed(tx.Commit())
}

// alarm writes one alarm; one that is over does not stand again.
func (w *writer) alarm(ctx context.Context, a *Alarm) error {
	_, err := w.tx.ExecContext(ctx, `INSERT INTO alarm VALUES(?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT DO UPDATE SET
		ended=?6, value=?7, bound=?8 WHERE ended IS NULL`,
		a.Key, a.Kind, a.Scope, int64(a.Call), nanos(a.From), maybe(a.To), a.Value, a.Limit)
	return err
}

// nanos is a time as it is stored.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// maybe is a time that may be absent.
func maybe(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixNano()
}

func encode[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(list) // strings and numbers always encode
	return string(text)
}
