package history

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"callboard/internal/state"
)

// A Mask takes out of a row what a reader may not see, before anything is made
// of it. It may be called from several goroutines at once.
type Mask interface {
	Call(*Call)
	Journey(*state.Journey)
}

// Has reports a row of the scope, unlike the zero value's "all": one without
// lines and users has none. A nil scope has everything.
func (s *Scope) Has(line string, users ...[]string) bool {
	if s == nil || line != "" && slices.Contains(s.Lines, line) {
		return true
	}
	return slices.ContainsFunc(users, func(list []string) bool {
		return slices.ContainsFunc(list, func(u string) bool { return slices.Contains(s.Users, u) })
	})
}

// Within reports whether a call is one of a scope: by its line, or by a
// colleague who had a part in it.
func (c *Call) Within(s *Scope) bool {
	if s.Has(c.Line) {
		return true
	}
	for key := range colleagues(&c.Call) {
		if slices.Contains(s.Users, key) {
			return true
		}
	}
	return false
}

// own are those of some colleagues by whom a reader may choose: where others
// than their own are not told apart, a choice would tell them.
func (q *query) own(ids []int64) []int64 {
	if q.narrow == nil {
		return ids
	}
	return slices.DeleteFunc(ids, func(id int64) bool { return !slices.Contains(q.people, id) })
}

// ours is the same for parties of calls, as a condition.
func (q *query) ours() string {
	if q.narrow == nil {
		return ""
	}
	mine := ` IN (SELECT key FROM person WHERE id IN (` + ints(q.people) + `))`
	return ` AND (user` + mine + ` OR user='' AND (number` + mine + ` OR number NOT IN (SELECT number FROM person WHERE id NOT IN (` + ints(q.people) + `) AND number<>'' UNION SELECT key FROM person WHERE id NOT IN (` + ints(q.people) + `))))`
}

// inScope is the scope of a query as one condition, for counting: every row of
// its people is looked up once.
func (q *query) inScope(f *Filter) (cond string, args []any) {
	in := f.Within
	span := ""
	var bounds []any
	if !f.From.IsZero() {
		span, bounds = span+" AND started>=?", append(bounds, nanos(f.From))
	}
	if !f.To.IsZero() {
		span, bounds = span+" AND started<?", append(bounds, nanos(f.To))
	}
	return "(t.line IN (" + marks(len(in.Lines)) + ") OR t." + q.id + " IN (SELECT " + q.id + " FROM " + q.persons +
		" WHERE person IN (" + ints(q.people) + ")" + span + "))", append(anys(in.Lines), bounds...)
}

// A spot is the place of a row.
type spot struct{ at, id int64 }

// nearest are the numbers of the first rows of a scope behind a place, or in
// front of it: those of each line and each colleague by their own index, merged.
// So the newest rows of a small scope are found without a look at anybody
// else's, however many there are.
func (q *query) nearest(ctx context.Context, place string, placed []any, up bool, limit int) ([]int64, error) {
	order, far := " DESC", ".started>=?"
	if up {
		order, far = "", ".started<=?"
	}
	compare := func(a, b spot) int {
		c := cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(b.id, a.id))
		if up {
			return -c
		}
		return c
	}
	var found []spot
	seen := map[int64]bool{}
	search := func(query string, keys []any) error {
		if len(keys) == 0 {
			return nil
		}
		stmt, err := q.s.db().Read.PrepareContext(ctx, query)
		if err != nil {
			return q.s.failed(err)
		}
		defer stmt.Close()
		for _, key := range keys {
			edge := int64(math.MinInt64)
			if up {
				edge = math.MaxInt64
			}
			if len(found) == limit { // what lies behind the last of them is of no use
				edge = found[limit-1].at
			}
			rows, err := stmt.QueryContext(ctx, append(append(append([]any{key, edge}, q.args...), placed...), limit)...)
			if err != nil {
				return q.s.failed(err)
			}
			for rows.Next() {
				var s spot
				if err := rows.Scan(&s.id, &s.at); err != nil {
					rows.Close()
					return q.s.failed(err)
				}
				if !seen[s.id] {
					seen[s.id] = true
					found = append(found, s)
				}
			}
			if err := cmp.Or(rows.Err(), rows.Close()); err != nil {
				return q.s.failed(err)
			}
			slices.SortFunc(found, compare)
			found = found[:min(len(found), limit)]
		}
		return nil
	}
	var conds strings.Builder
	for _, c := range append(slices.Clip(q.conds), place) {
		if c != "" {
			conds.WriteString(" AND " + c)
		}
	}
	line := "SELECT t." + q.id + ", t.started FROM " + q.table + " t WHERE t.line=? AND t" + far + conds.String() + " ORDER BY t.started" + order + ", t." + q.id + order + " LIMIT ?"
	if err := search(line, anys(q.within.Lines)); err != nil {
		return nil, err
	}
	person := "SELECT u." + q.id + ", u.started FROM " + q.persons + " u CROSS JOIN " + q.table + " t ON t." + q.id + "=u." + q.id + " WHERE u.person=? AND u" + far + conds.String() + " ORDER BY u.started" + order + ", u." + q.id + order + " LIMIT ?"
	if err := search(person, anys(q.people)); err != nil {
		return nil, err
	}
	ids := make([]int64, len(found))
	for i, s := range found {
		ids[i] = s.id
	}
	return ids, nil
}
