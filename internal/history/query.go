package history

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"callboard/internal/plain"
	"callboard/internal/state"
)

// A shape is what the queries of calls and those of journeys do not share.
type shape struct {
	table, id, persons string   // its table, number, and table of the people in it
	parties            []string // columns that name parties
}

var (
	ofCalls    = shape{"call", "seq", "call_user", []string{"caller", "callee"}}
	ofJourneys = shape{"journey", "id", "journey_user", []string{"customer"}}
)

// denseMost is how many rows an index may answer with before it is quicker to
// walk the list by time and look at each row.
const denseMost = 4000

// A query is a filter in SQL. t stands for the table of rows, u for that of
// people where one person is asked for: then it gives the order, and the newest
// rows of somebody are found without a look at anybody else's.
type query struct {
	shape
	s     *Store
	faces faces        // of the pages before
	room  []packedCall // of the page before, used again
	from  string
	conds []string
	args  []any
	order string // its prefix: "t" or "u"
	to    int64  // rows began before; 0 is open
	none  bool   // nothing can match

	mask   Mask
	within *Scope // of the filter; conds does not have it
	narrow *Scope // the same where it is Narrow
	scoped string // it as a condition, with its values
	values []any
	people []int64 // of the scope
}

func (q *query) where(cond string, args ...any) {
	q.conds = append(q.conds, cond)
	q.args = append(q.args, args...)
}

// compile turns a filter into SQL.
func (s *Store) compile(ctx context.Context, of shape, f *Filter) (*query, error) {
	q := &query{s: s, shape: of, faces: faces{}, from: of.table + " t", order: "t", mask: f.Mask}
	if q.within = f.Within; f.Within != nil {
		q.none = len(f.Within.Lines)+len(f.Within.Users) == 0
		var err error
		if q.people, err = s.ids(ctx, `SELECT id FROM person WHERE key IN (`+marks(len(f.Within.Users))+`)`, anys(f.Within.Users)...); err != nil {
			return nil, err
		}
		q.scoped, q.values = q.inScope(f)
		if f.Within.Narrow {
			q.narrow = f.Within
		}
	}
	if f.User != "" {
		ids, err := s.personsLike(ctx, f.User)
		if err != nil {
			return nil, err
		}
		ids = q.own(ids)
		if len(ids) > 0 && !slices.ContainsFunc(ids, func(id int64) bool { return !slices.Contains(q.people, id) }) {
			q.within, q.scoped = nil, "" // all rows of who is in the scope are
		}
		if q.within != nil && len(q.people) == 0 && len(ids) == 1 { // of lines alone: one person has fewer rows than a line
			q.where("t.line IN ("+marks(len(f.Within.Lines))+")", anys(f.Within.Lines)...)
			q.within, q.scoped = nil, ""
		}
		switch len(ids) {
		case 0:
			q.none = true
		case 1:
			if q.within != nil { // the scope gives the order
				q.where("EXISTS (SELECT 1 FROM "+of.persons+" w WHERE w.person=? AND w.started=t.started AND w."+of.id+"=t."+of.id+")", ids[0])
				break
			}
			q.from = of.persons + " u CROSS JOIN " + of.table + " t ON t." + of.id + "=u." + of.id
			q.order = "u"
			q.where("u.person=?", ids[0])
		default:
			q.where("t." + of.id + " IN (SELECT " + of.id + " FROM " + of.persons + " WHERE person IN (" + ints(ids) + "))")
		}
	}
	if !f.From.IsZero() {
		q.where(q.order+".started>=?", nanos(f.From))
	}
	if !f.To.IsZero() {
		q.to = nanos(f.To)
	}
	if err := q.place(ctx, f); err != nil {
		return nil, err
	}
	if err := q.numbers(ctx, f); err != nil {
		return nil, err
	}
	if err := q.text(ctx, f); err != nil {
		return nil, err
	}
	if of.table == "call" {
		q.callOutcome(f)
	} else {
		q.journeyOutcome(f)
	}
	if f.Waited > 0 {
		q.where("t.wait>=?", int64(f.Waited))
	}
	if f.Talked > 0 {
		q.where("t.talk>=?", int64(f.Talked))
	}
	return q, nil
}

// place chooses by line and team.
func (q *query) place(ctx context.Context, f *Filter) error {
	if f.Line != "" {
		oids, err := q.s.linesLike(ctx, f.Line, false)
		if err != nil {
			return err
		}
		if len(oids) == 1 {
			q.where("t.line=?", oids[0])
		} else {
			q.where("t.line IN ("+marks(len(oids))+")", anys(oids)...)
		}
	}
	if f.Team == "" && len(f.TeamLines)+len(f.TeamUsers) == 0 {
		return nil
	}
	span, args := "", []any(nil)
	if !f.From.IsZero() {
		span, args = span+" AND started>=?", append(args, nanos(f.From))
	}
	if !f.To.IsZero() {
		span, args = span+" AND started<?", append(args, nanos(f.To))
	}
	q.where("(t.line IN ("+marks(len(f.TeamLines))+") OR t."+q.id+" IN (SELECT "+q.id+" FROM "+q.persons+
		" WHERE person IN (SELECT id FROM person WHERE key IN ("+marks(len(f.TeamUsers))+"))"+span+"))",
		append(append(anys(f.TeamLines), anys(f.TeamUsers)...), args...)...)
	return nil
}

// numbers chooses by a telephone number, or some digits of one.
func (q *query) numbers(ctx context.Context, f *Filter) error {
	if f.Number == "" {
		return nil
	}
	norm := q.s.normal(f.Number)
	if strings.HasPrefix(norm, "+") && len(norm) > wholeNumber { // a whole one, so that no other has it as a part
		ids, err := q.s.ids(ctx, `SELECT id FROM party WHERE norm=?`+q.ours(), norm)
		if err != nil || len(ids) > 0 {
			return cmp.Or(err, q.ofParties(ctx, ids, ""))
		}
	}
	cond, args := "norm=? OR instr(digits,?)>0", []any{norm, digits(f.Number)}
	if d := digits(f.Number); len(d) >= 4 && d[0] == '0' { // written for inside the country, or with 00
		cond, args = cond+" OR instr(digits,?)>0", append(args, strings.TrimLeft(d, "0"))
	}
	ids, err := q.s.ids(ctx, `SELECT id FROM party WHERE (`+cond+`)`+q.ours(), args...)
	if err != nil {
		return err
	}
	return q.ofParties(ctx, ids, "")
}

// wholeNumber is how long the beginning of a number may be that is not taken
// for a whole one.
const wholeNumber = 9

// ofParties chooses rows that name one of some parties, or fit another
// condition.
func (q *query) ofParties(ctx context.Context, ids []int64, or string, args ...any) error {
	if len(ids) == 0 && or == "" {
		q.none = true
		return nil
	}
	list := ints(ids)
	dense := or != ""
	if !dense {
		n := 0
		for _, column := range q.parties {
			var some int
			err := q.s.db().Read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+q.table+` WHERE `+column+` IN (`+list+`) LIMIT `+strconv.Itoa(denseMost)+`)`).Scan(&some)
			if err != nil {
				return err
			}
			n += some
		}
		dense = n >= denseMost
	}
	var any []string
	for _, column := range q.parties {
		if dense {
			any = append(any, "+t."+column+" IN ("+list+")")
		} else {
			any = append(any, "t."+q.id+" IN (SELECT "+q.id+" FROM "+q.table+" WHERE "+column+" IN ("+list+"))")
		}
	}
	if or != "" {
		any = append(any, or)
	}
	q.where("("+strings.Join(any, " OR ")+")", args...)
	return nil
}

// text chooses by a part of a name or number.
func (q *query) text(ctx context.Context, f *Filter) error {
	if f.Text == "" {
		return nil
	}
	cond, args := "instr(fold,?)>0", []any{plain.Fold(f.Text)}
	if d := digits(f.Text); plain.Number(f.Text) != "" && strings.Trim(plain.Number(f.Text), "+0123456789") == "" {
		cond, args = cond+" OR norm=? OR instr(digits,?)>0", append(args, q.s.normal(f.Text), d)
	}
	ids, err := q.s.ids(ctx, `SELECT id FROM party WHERE (`+cond+`)`+q.ours(), args...)
	if err != nil {
		return err
	}
	lines, err := q.s.linesLike(ctx, f.Text, true)
	if err != nil {
		return err
	}
	var or []string
	var more []any
	if len(lines) > 0 {
		or, more = append(or, "t.line IN ("+marks(len(lines))+")"), anys(lines)
	}
	if q.table == "journey" { // its colleagues are no columns
		persons, err := q.s.ids(ctx, `SELECT id FROM person WHERE instr(fold,?1)>0 OR instr(number,?1)>0`, plain.Fold(f.Text))
		if err != nil {
			return err
		}
		if persons = q.own(persons); len(persons) > 0 {
			or = append(or, "t.id IN (SELECT id FROM journey_user WHERE person IN ("+ints(persons)+"))")
		}
	}
	return q.ofParties(ctx, ids, strings.Join(or, " OR "), more...)
}

// callOutcome chooses by what became of a call. Two rows that turned out to be
// one call were one call, so the row that went is no call of its own.
func (q *query) callOutcome(f *Filter) {
	if i := slices.Index(directionValues, f.Direction); i >= 0 {
		q.where("t.direction=?", directionOf[f.Direction])
	}
	switch f.Outcome {
	case ResultAnswered:
		q.where("t.phase=?", state.Talking)
	case ResultUnanswered:
		q.where("t.phase<>? AND t.outcome=?", state.Talking, state.EndedHungUp)
	case ResultMissed:
		q.where("t.missed")
	case "":
	default:
		for _, o := range state.Outcomes {
			if o.String() == f.Outcome {
				q.where("t.outcome=?", o)
				return
			}
		}
	}
	q.where("t.outcome<>?", state.EndedReplaced)
}

var directionOf = map[string]state.Direction{"inbound": state.Inbound, "outbound": state.Outbound, "internal": state.Internal, "unknown": state.Unknown}

// journeyOutcome chooses by what became of a journey. One that rang towards
// nobody known is a customer who waited: it is among those that came in.
func (q *query) journeyOutcome(f *Filter) {
	switch f.Direction {
	case "":
	case "inbound":
		q.where("t.kind IN (?,?)", state.Inbound, state.Unknown)
	default:
		q.where("t.kind=?", directionOf[f.Direction])
	}
	switch f.Outcome {
	case ResultAnswered:
		q.where("t.answered IS NOT NULL")
	case ResultUnanswered:
		q.where("t.answered IS NULL AND t.flags&? = 0", flagLost)
	case ResultMissed:
		q.where("t.answered IS NULL AND t.flags&? = 0 AND t.rung>0 AND t.kind<?", flagLost, state.Outbound)
	case ResultLost:
		q.where("t.answered IS NULL AND t.flags&? <> 0", flagLost)
	case "":
	default:
		q.none = true
	}
}

// page is a page after a cursor. Rows that began in the same instant are told
// apart by their number. There is one upper bound only: of two SQLite might walk
// down from the one that is further off.
func (q *query) page(ctx context.Context, columns string, after Cursor, limit int) (string, []any, error) {
	o := q.order
	place, args := "", []any(nil)
	switch {
	case !after.IsZero() && (q.to == 0 || after.at < q.to):
		place, args = o+".started<=? AND ("+o+".started<? OR "+o+"."+q.id+"<?)", []any{after.at, after.at, int64(after.id)}
	case q.to != 0:
		place, args = o+".started<?", []any{q.to}
	}
	return q.ordered(ctx, columns, place, args, false, limit)
}

// ordered are the first rows behind a place, or going up those in front of it.
func (q *query) ordered(ctx context.Context, columns, place string, args []any, up bool, limit int) (string, []any, error) {
	order := " DESC"
	if up {
		order = ""
	}
	if q.within != nil {
		ids, err := q.nearest(ctx, place, args, up, limit)
		return "SELECT " + columns + " FROM " + q.from + " WHERE t." + q.id + " IN (" + ints(ids) + ") ORDER BY t.started" + order + ", t." + q.id + order, nil, err
	}
	o, conds := q.order, q.conds
	if place != "" {
		conds = append(slices.Clip(conds), place)
	}
	return "SELECT " + columns + " FROM " + q.from + and(conds) + " ORDER BY " + o + ".started" + order + ", " + o + "." + q.id + order + " LIMIT ?",
		append(append(slices.Clip(q.args), args...), limit), nil
}

// whole are all conditions, with the end of the stretch of time and the scope.
func (q *query) whole() (conds []string, args []any) {
	conds, args = slices.Clip(q.conds), slices.Clip(q.args)
	if q.to != 0 {
		conds, args = append(conds, q.order+".started<?"), append(args, q.to)
	}
	if q.scoped != "" {
		conds, args = append(conds, q.scoped), append(args, q.values...)
	}
	return conds, args
}

func (q *query) count() (string, []any) {
	conds, args := q.whole()
	return "SELECT count(*) FROM " + q.from + and(conds), args
}

func and(conds []string) string {
	if len(conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(conds, " AND ")
}

// personsLike are the colleagues that somebody means by an oid, a name or an
// extension.
func (s *Store) personsLike(ctx context.Context, text string) ([]int64, error) {
	ids, err := s.ids(ctx, `SELECT id FROM person WHERE key=?`, text)
	if err != nil || len(ids) > 0 {
		return ids, err
	}
	return s.ids(ctx, `SELECT id FROM person WHERE number=? OR fold=?`, text, plain.Fold(text))
}

// linesLike are the lines that somebody means by an oid or a name, or a part of
// a name.
func (s *Store) linesLike(ctx context.Context, text string, part bool) (oids []string, err error) {
	query := `SELECT oid FROM line WHERE oid=?1 OR fold=?2`
	if part {
		query = `SELECT oid FROM line WHERE ?1<>'' AND instr(fold,?2)>0`
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var oid string
		err := rows.Scan(&oid)
		oids = append(oids, oid)
		return err
	}, query, text, plain.Fold(text))
	return oids, err
}

func (s *Store) ids(ctx context.Context, query string, args ...any) (ids []int64, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// ints is a list of numbers in SQL.
func ints(ids []int64) string {
	out := make([]byte, 0, 8*len(ids))
	for i, id := range ids {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, id, 10)
	}
	return string(out)
}
