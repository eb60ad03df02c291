package history

import (
	"context"
	"database/sql"
	"slices"

	"callboard/internal/state"
)

// About is all that the history has of one number, for the person whose it is.
type About struct {
	Numbers  []string      // as they were told
	Names    []string      // that stood with them
	Calls    []callJSON    // oldest first
	Journeys []journeyJSON // oldest first
	Seqs     map[uint64]bool
}

// About gathers what the history has of the number that matches. match is given
// numbers as they were told.
func (s *Store) About(ctx context.Context, match func(number string) bool) (About, error) {
	a := About{Calls: []callJSON{}, Journeys: []journeyJSON{}}
	var parties []int64
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var number, name string
		err := rows.Scan(&id, &number, &name)
		if err != nil || !match(number) {
			return err
		}
		parties = append(parties, id)
		if !slices.Contains(a.Numbers, number) {
			a.Numbers = append(a.Numbers, number)
		}
		if name != "" && !slices.Contains(a.Names, name) {
			a.Names = append(a.Names, name)
		}
		return nil
	}, `SELECT id, number, name FROM party WHERE number<>''`)
	if err != nil {
		return a, err
	}
	if a.Seqs, err = s.CallsWith(ctx, match); err != nil || len(parties) == 0 {
		return a, err
	}
	seqs := make([]int64, 0, len(a.Seqs))
	for seq := range a.Seqs {
		seqs = append(seqs, int64(seq))
	}
	slices.Sort(seqs)
	for part := range slices.Chunk(seqs, chunk) {
		calls, err := s.calls(ctx, `SELECT `+callColumns+` FROM call t WHERE t.seq IN (`+ints(part)+`) ORDER BY t.started, t.seq`)
		if err != nil {
			return a, err
		}
		for i := range calls {
			a.Calls = append(a.Calls, calls[i].json())
		}
	}
	var journeys []state.Journey
	journeys, err = s.journeyRows(ctx, faces{}, `SELECT `+journeyColumns+` FROM journey t WHERE t.customer IN (`+ints(parties)+`) ORDER BY t.started, t.id`)
	for i := range journeys {
		a.Journeys = append(a.Journeys, journeyOf(&journeys[i]))
	}
	return a, err
}

// Words say what a filter chooses, for the audit log: without telephone numbers
// and without what was searched for.
func (f *Filter) Words() string {
	rows := f.Rows
	if rows == "" {
		rows = RowsCalls
	}
	said := rows
	add := func(name, value string) {
		if value != "" {
			said += ", " + name + " " + value
		}
	}
	v := f.Values()
	add("from", v.Get("from"))
	add("to", v.Get("to"))
	if f.Number != "" {
		said += ", of one number"
	}
	if f.Text != "" {
		said += ", with a text"
	}
	for _, name := range []string{"line", "team", "user", "direction", "outcome", "waited", "talked"} {
		add(name, v.Get(name))
	}
	return said
}
