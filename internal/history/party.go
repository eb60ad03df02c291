package history

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"callboard/internal/plain"
	"callboard/internal/state"
)

// flowSeparator stands between the flow ids and call logs of a call.
const flowSeparator = "\x1f"

// erasedName stands in the place of a name whose number was erased.
const erasedName = "erased"

// A face is what a row of the table party tells apart.
type face struct{ number, name, user, more string }

// more are the oids that few parties have.
type more struct {
	UserAddressable string `json:"ua,omitempty"`
	Addressable     string `json:"a,omitempty"`
	SyncID          string `json:"s,omitempty"`
	SyncSource      string `json:"ss,omitempty"`
}

func faceOf(p *state.Party) face {
	f := face{number: p.Number, name: p.Name, user: p.User}
	if m := (more{p.UserAddressable, p.Addressable, p.SyncID, p.SyncSource}); m != (more{}) {
		text, _ := json.Marshal(m) // strings always encode
		f.more = string(text)
	}
	return f
}

// party makes a party of a row again; flow and call log are the call's.
func (f *face) party() state.Party {
	p := state.Party{Number: f.number, Name: f.name, User: f.user}
	if f.more != "" {
		var m more
		if json.Unmarshal([]byte(f.more), &m) == nil {
			p.UserAddressable, p.Addressable, p.SyncID, p.SyncSource = m.UserAddressable, m.Addressable, m.SyncID, m.SyncSource
		}
	}
	return p
}

// A met party or person was written, or read, by this process. Last is
// written anew only when it is a day old: most parties are met over and over.
type met struct{ id, last int64 }

const (
	metMost   = 4096
	lastSlack = int64(24 * time.Hour)
)

// memory are the ids that Put has met lately. It goes with every error, since
// the transaction that made some of them was rolled back.
type memory struct {
	parties map[face]met
	persons map[string]person
	lines   map[string]string
}

type person struct {
	met
	name, number string
}

func newMemory() *memory {
	return &memory{map[face]met{}, map[string]person{}, map[string]string{}}
}

// bound forgets all when it has become too much; what is needed is soon there
// again.
func (m *memory) bound() {
	if len(m.parties) > metMost || len(m.persons) > metMost || len(m.lines) > metMost {
		*m = *newMemory()
	}
}

// partyID is the row of a party, made if there is none; 0 is a blank one.
func (w *writer) partyID(ctx context.Context, p *state.Party, at int64) (int64, error) {
	f := faceOf(p)
	if f == (face{}) {
		return 0, nil
	}
	k, ok := w.mem.parties[f]
	if !ok {
		err := w.tx.QueryRowContext(ctx, `SELECT id, last FROM party WHERE number=? AND name=? AND user=? AND more=? AND erased=0`, f.number, f.name, f.user, f.more).Scan(&k.id, &k.last)
		if err == sql.ErrNoRows {
			norm := w.s.normal(f.number)
			res, err := w.tx.ExecContext(ctx, `INSERT INTO party(number,name,user,more,erased,norm,digits,fold,last) VALUES(?,?,?,?,0,?,?,?,?)`,
				f.number, f.name, f.user, f.more, norm, digitsOf(f.number, norm), plain.Fold(f.name), at)
			if err != nil {
				return 0, err
			}
			k.id, _ = res.LastInsertId()
			k.last = at
		} else if err != nil {
			return 0, err
		}
	}
	if at > k.last+lastSlack {
		if _, err := w.tx.ExecContext(ctx, `UPDATE party SET last=? WHERE id=?`, at, k.id); err != nil {
			return 0, err
		}
		k.last = at
	}
	w.mem.parties[f] = k
	return k.id, nil
}

// personID is the row of a colleague by oid or extension. Name and number that
// are told later take the place of those before.
func (w *writer) personID(ctx context.Context, key, name, number string, at int64) (int64, error) {
	p, ok := w.mem.persons[key]
	if !ok {
		err := w.tx.QueryRowContext(ctx, `SELECT id, last, name, number FROM person WHERE key=?`, key).Scan(&p.id, &p.last, &p.name, &p.number)
		if err == sql.ErrNoRows {
			res, err := w.tx.ExecContext(ctx, `INSERT INTO person(key,name,fold,number,last) VALUES(?,?,?,?,?)`, key, name, plain.Fold(name), number, at)
			if err != nil {
				return 0, err
			}
			p.id, _ = res.LastInsertId()
			p.last, p.name, p.number = at, name, number
		} else if err != nil {
			return 0, err
		}
	}
	name, number = cmp.Or(name, p.name), cmp.Or(number, p.number)
	if at > p.last+lastSlack || at >= p.last && (name != p.name || number != p.number) {
		if _, err := w.tx.ExecContext(ctx, `UPDATE person SET name=?, fold=?, number=?, last=max(last,?) WHERE id=?`, name, plain.Fold(name), number, at, p.id); err != nil {
			return 0, err
		}
		p.last, p.name, p.number = max(p.last, at), name, number
	}
	w.mem.persons[key] = p
	return p.id, nil
}

// line keeps the last known name of a line.
func (w *writer) line(ctx context.Context, oid, name string) error {
	if was, ok := w.mem.lines[oid]; oid == "" || ok && (name == "" || name == was) {
		return nil
	}
	_, err := w.tx.ExecContext(ctx, `INSERT INTO line VALUES(?1,?2,?3) ON CONFLICT DO UPDATE SET name=?2, fold=?3 WHERE ?2<>''`, oid, name, plain.Fold(name))
	w.mem.lines[oid] = name
	return err
}

// digitsOf are the digits by which a part of a number finds it: as given, and
// in the form in which numbers are compared.
func digitsOf(number, norm string) string {
	given, compared := digits(number), digits(norm)
	if strings.Contains(given, compared) {
		return given
	}
	return given + " " + compared
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// encodeLegs writes legs with times after a start.
func (w *writer) encodeLegs(ctx context.Context, legs []state.Leg, start time.Time) (string, error) {
	out := make([]byte, 0, 64)
	out = append(out, '[')
	for i := range legs {
		l := &legs[i]
		id, err := w.partyID(ctx, &l.Party, start.UnixNano())
		if err != nil {
			return "", err
		}
		flags := int64(l.State)
		if l.Missed {
			flags |= flagLegMissed
		}
		if l.Inferred {
			flags |= flagLegInferred
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, '[')
		for k, n := range []int64{int64(l.Side), id, flags} {
			if k > 0 {
				out = append(out, ',')
			}
			out = strconv.AppendInt(out, n, 10)
		}
		for _, t := range []time.Time{l.Since, l.Answered, l.Until} {
			if t.IsZero() {
				out = append(out, ",null"...)
				continue
			}
			out = strconv.AppendInt(append(out, ','), int64(t.Sub(start)), 10)
		}
		out = append(out, ']')
	}
	return string(append(out, ']')), nil
}

// A packedLeg is a leg whose party is a row yet to be read.
type packedLeg struct {
	state.Leg
	party int64
}

// decodeLegs reads what encodeLegs wrote, into room; a broken end is left out.
// Exports read hundreds of thousands of them, hence by hand.
func decodeLegs(text string, start time.Time, room []packedLeg) []packedLeg {
	var n [6]int64
	var some [6]bool
	field, digits, negative := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '[':
			n, some, field, digits, negative = [6]int64{}, [6]bool{}, 0, false, false
		case c >= '0' && c <= '9':
			n[field], digits = 10*n[field]+int64(c-'0'), true
		case c == '-':
			negative = true
		case (c == ',' || c == ']') && field < 6:
			if negative {
				n[field] = -n[field]
			}
			some[field] = digits
			digits, negative = false, false
			if field++; c == ',' && field < 6 {
				continue
			}
			if field == 6 && c == ']' {
				at := func(i int) time.Time {
					if !some[i] {
						return time.Time{}
					}
					return start.Add(time.Duration(n[i]))
				}
				room = append(room, packedLeg{party: n[1], Leg: state.Leg{
					Side: state.Side(n[0]), State: state.LegState(n[2] & 3), Missed: n[2]&flagLegMissed != 0, Inferred: n[2]&flagLegInferred != 0,
					Since: at(3), Answered: at(4), Until: at(5),
				}})
			}
			field = 0
		}
	}
	return room
}

// faces are rows of the table party by id; nil is one that is wanted.
type faces map[int64]*face

const facesMost = 20_000

// bound forgets all when it has become too much.
func (m faces) bound() {
	if len(m) > facesMost {
		clear(m)
	}
}

func (m faces) want(ids ...int64) {
	for _, id := range ids {
		if _, ok := m[id]; !ok && id != 0 {
			m[id] = nil
		}
	}
}

func (m faces) party(id int64) state.Party {
	if f := m[id]; f != nil {
		return f.party()
	}
	return state.Party{}
}

// parties reads the rows of the parties that are wanted.
func (s *Store) parties(ctx context.Context, ids faces) error {
	var wanted []int64
	for id, f := range ids {
		if f == nil {
			wanted = append(wanted, id)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	rows, err := s.db().Read.QueryContext(ctx, `SELECT id, number, name, user, more FROM party WHERE id IN (`+ints(wanted)+`)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var f face
		if err := rows.Scan(&id, &f.number, &f.name, &f.user, &f.more); err != nil {
			return err
		}
		ids[id] = &f
	}
	return rows.Err()
}
