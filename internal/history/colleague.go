package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"callboard/internal/plain"
	"callboard/internal/sqlitefile"
	"callboard/internal/state"
)

// Colleagues are the people of the company whom somebody means by an oid, a name
// or an extension, each once: what is known of them now. As is empty.
func (s *Store) Colleagues(ctx context.Context, text string) (list []state.ForgetColleague, err error) {
	ids, err := s.personsLike(ctx, text)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var c state.ForgetColleague
		if err := rows.Scan(&c.User, &c.Name, &c.Number); err != nil {
			return err
		}
		if strings.HasPrefix(c.User, state.Erased+"-") {
			return nil
		}
		if c.Number == "" && c.User == text && digits(c.User) == c.User { // one of whom no oid is known
			c.Number = c.User
		}
		list = append(list, c)
		return nil
	}, `SELECT key, name, number FROM person WHERE id IN (`+ints(ids)+`) ORDER BY last DESC`)
	if err != nil {
		return nil, err
	}
	for i := range list { // whom the record knows by the extension alone
		if c := &list[i]; c.User == c.Number {
			c.User = ""
			err = s.each(ctx, func(rows *sql.Rows) error { return rows.Scan(&c.User, &c.Name) },
				`SELECT key, name FROM person WHERE number=?1 AND key<>?1 ORDER BY last LIMIT 1`, c.Number)
		}
		if err != nil {
			return nil, err
		}
	}
	for i := range list {
		err = s.each(ctx, func(rows *sql.Rows) error {
			var text string
			var m more
			err := rows.Scan(&text)
			if err == nil && json.Unmarshal([]byte(text), &m) == nil && m.UserAddressable != "" {
				list[i].Address = m.UserAddressable
			}
			return err
		}, `SELECT more FROM party WHERE user<>'' AND user=? AND more<>'' ORDER BY last`, list[i].User)
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b state.ForgetColleague) int { return strings.Compare(a.User, b.User) })
	return slices.CompactFunc(list, func(a, b state.ForgetColleague) bool { return a.User != "" && a.User == b.User }), nil
}

// EraseColleague puts another name in the place of one of the company's own
// people in all rows: as a side of calls, whose telephone rang, who reviewed a
// gap, of whom an alarm was. One person stays one person, so that every count
// stays right. What was there is overwritten in the file.
func (s *Store) EraseColleague(ctx context.Context, who state.ForgetColleague) (Erased, error) {
	s.putting.Lock()
	defer s.putting.Unlock()
	defer func() { *s.mem = *newMemory() }()
	e, err := eraseColleague(ctx, s.db(), who)
	return e, s.failed(err)
}

// EraseColleagueFromBackups does so in the copies, see EraseBackups.
func (s *Store) EraseColleagueFromBackups(ctx context.Context, who state.ForgetColleague) (files int, err error) {
	s.copying.Lock()
	defer s.copying.Unlock()
	return eraseBackups(ctx, s.backups(), func(file *sqlitefile.File) (Erased, error) {
		if err := unask(ctx, file); err != nil {
			return Erased{}, err
		}
		return eraseColleague(ctx, file, who)
	})
}

func eraseColleague(ctx context.Context, file *sqlitefile.File, who state.ForgetColleague) (e Erased, err error) {
	if _, err := file.Write.ExecContext(ctx, `PRAGMA secure_delete=ON`); err != nil {
		return e, err
	}
	tx, err := file.Write.BeginTx(ctx, nil)
	if err != nil {
		return e, err
	}
	defer func() { _ = tx.Rollback() }()
	parties, persons, err := traces(ctx, tx, who)
	if err != nil {
		return e, err
	}
	of, people := ints(parties), ints(persons)
	calls := `SELECT seq FROM call WHERE caller IN (` + of + `) OR callee IN (` + of + `) OR former IN (` + of + `) UNION SELECT seq FROM call_user WHERE person IN (` + people + `)`
	journeys := `SELECT id FROM journey_user WHERE person IN (` + people + `) UNION SELECT id FROM journey WHERE customer IN (` + of + `)`
	for _, q := range []struct {
		count *int
		text  string
	}{{&e.Calls, calls}, {&e.Journeys, journeys}} {
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (`+q.text+`)`).Scan(q.count); err != nil {
			return e, err
		}
	}
	if err := renameJourneys(ctx, tx, people, who); err != nil {
		return e, err
	}
	do := func(query string, args ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, query, args...)
		}
	}
	do(`UPDATE call SET flows='' WHERE seq IN (` + calls + `)`)
	do(`UPDATE party SET number='', name=?1, user=iif(user<>'', ?1, ''), more='', erased=id, norm='', digits='', fold=?1 WHERE id IN (`+of+`)`, who.As)
	for i, id := range persons { // one row is enough for one person
		if i == 0 {
			do(`UPDATE person SET key=?1, name=?1, fold=?1, number='' WHERE id=?2`, who.As, id)
			continue
		}
		for _, table := range []string{"call_user", "journey_user"} {
			do(`UPDATE OR IGNORE `+table+` SET person=? WHERE person=?`, persons[0], id)
			do(`DELETE FROM `+table+` WHERE person=?`, id)
		}
		do(`DELETE FROM person WHERE id=?`, id)
	}
	if who.Name != "" {
		do(`UPDATE gap SET reviewer=? WHERE reviewer=? COLLATE NOCASE`, who.As, who.Name)
	}
	if who.User != "" {
		do(`UPDATE alarm SET key=replace(key, ?1, ?2), scope=?2 WHERE scope=?1`, "user:"+who.User, "user:"+who.As)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return e, err
	}
	return e, settle(ctx, file)
}

// traces are the rows in which somebody stands.
func traces(ctx context.Context, tx *sql.Tx, who state.ForgetColleague) (parties, persons []int64, err error) {
	fold := plain.Fold(who.Name)
	for _, q := range []struct {
		into *[]int64
		text string
		args []any
	}{
		{&parties, `SELECT id FROM party WHERE erased=0 AND (user<>'' AND user=?1 OR user='' AND number<>'' AND number=?2 OR user='' AND number='' AND more='' AND fold<>'' AND fold=?3)`, []any{who.User, who.Number, fold}},
		{&persons, `SELECT id FROM person WHERE key<>'' AND (key=?1 OR key=?2) ORDER BY key=?1 DESC`, []any{who.User, who.Number}},
	} {
		rows, err := tx.QueryContext(ctx, q.text, q.args...)
		if err != nil {
			return nil, nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return nil, nil, err
			}
			*q.into = append(*q.into, id)
		}
		if err := rows.Err(); err != nil {
			return nil, nil, err
		}
	}
	return parties, persons, nil
}

// renameJourneys puts the other name into the lists of who talked and was rung.
func renameJourneys(ctx context.Context, tx *sql.Tx, people string, who state.ForgetColleague) error {
	type row struct {
		id          int64
		users, rang string
	}
	var list []row
	rows, err := tx.QueryContext(ctx, `SELECT id, users, rang FROM journey WHERE id IN (SELECT id FROM journey_user WHERE person IN (`+people+`))`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.users, &r.rang); err != nil {
			return err
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	renamed := func(text string) string {
		keys := decode[string](text)
		for i := range keys {
			if keys[i] != "" && (keys[i] == who.User || keys[i] == who.Number) {
				keys[i] = who.As
			}
		}
		return encode(slices.Compact(keys))
	}
	for _, r := range list {
		if _, err := tx.ExecContext(ctx, `UPDATE journey SET users=?, rang=? WHERE id=?`, renamed(r.users), renamed(r.rang), r.id); err != nil {
			return err
		}
	}
	return nil
}

// AboutColleague is all that the history has of one of the company's own people,
// for the person whose it is.
type AboutColleague struct {
	Calls    []callJSON    // oldest first
	Journeys []journeyJSON // oldest first
	Reviewed []reviewJSON
	Alarms   []alarmJSON
}

type reviewJSON struct {
	Kind     string  `json:"kind"`
	From     instant `json:"from"`
	Reviewed instant `json:"reviewedAt"`
}

type alarmJSON struct {
	Kind  string  `json:"kind"`
	From  instant `json:"from"`
	To    instant `json:"to,omitzero"`
	Value float64 `json:"value"`
	Limit float64 `json:"limit"`
}

// AboutColleague gathers what the history has of somebody.
func (s *Store) AboutColleague(ctx context.Context, who state.ForgetColleague) (AboutColleague, error) {
	a := AboutColleague{Calls: []callJSON{}, Journeys: []journeyJSON{}, Reviewed: []reviewJSON{}, Alarms: []alarmJSON{}}
	tx, err := s.db().Read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return a, s.failed(err)
	}
	parties, persons, err := traces(ctx, tx, who)
	_ = tx.Rollback()
	if err != nil {
		return a, s.failed(err)
	}
	of, people := ints(parties), ints(persons)
	seqs, err := s.ids(ctx, `SELECT seq FROM call WHERE caller IN (`+of+`) OR callee IN (`+of+`) OR former IN (`+of+`) UNION SELECT seq FROM call_user WHERE person IN (`+people+`) ORDER BY 1`)
	if err != nil {
		return a, err
	}
	ids, err := s.ids(ctx, `SELECT id FROM journey_user WHERE person IN (`+people+`) UNION SELECT id FROM journey WHERE customer IN (`+of+`) ORDER BY 1`)
	if err != nil {
		return a, err
	}
	for part := range slices.Chunk(seqs, chunk) {
		calls, err := s.calls(ctx, `SELECT `+callColumns+` FROM call t WHERE t.seq IN (`+ints(part)+`) ORDER BY t.started, t.seq`)
		if err != nil {
			return a, err
		}
		for i := range calls {
			a.Calls = append(a.Calls, calls[i].json())
		}
	}
	for part := range slices.Chunk(ids, chunk) {
		journeys, err := s.journeyRows(ctx, faces{}, `SELECT `+journeyColumns+` FROM journey t WHERE t.id IN (`+ints(part)+`) ORDER BY t.started, t.id`)
		if err != nil {
			return a, err
		}
		for i := range journeys {
			a.Journeys = append(a.Journeys, journeyOf(&journeys[i]))
		}
	}
	all, forever := time.Unix(0, 0), time.Now().AddDate(1, 0, 0)
	gaps, err := s.Gaps(ctx, all, forever)
	if err != nil {
		return a, err
	}
	for _, g := range gaps {
		if who.Name != "" && strings.EqualFold(g.ReviewedBy, who.Name) {
			a.Reviewed = append(a.Reviewed, reviewJSON{g.Kind, instant(g.From), instant(g.ReviewedAt)})
		}
	}
	alarms, err := s.Alarms(ctx, all, forever)
	for _, l := range alarms {
		if who.User != "" && l.Scope == "user:"+who.User {
			a.Alarms = append(a.Alarms, alarmJSON{l.Kind, instant(l.From), instant(l.To), l.Value, l.Limit})
		}
	}
	return a, err
}
