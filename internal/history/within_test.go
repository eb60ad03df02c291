package history

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"testing"
	"time"

	"callboard/internal/state"

	"github.com/google/go-cmp/cmp"
)

// Whatever somebody chooses, they get what a reader of everything would get, less
// what is not of their scope: in lists forwards and backwards, counts, charts and
// files.
func TestAScopeIsTheSameEverywhere(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine; make test runs it without the detector")
	}
	s := open(t, Options{Zone: amsterdam})
	journeys, calls := newCompany(11).stretch(noon.Add(-30*time.Hour), 30*time.Hour, 400)
	for i := 10; i < 14; i++ { // some began in the same instant
		journeys[i].Start = journeys[10].Start
	}
	put(t, s, Batch{Epoch: "a", Seq: 1, Journeys: journeys, Calls: calls})
	scopes := map[string]*Scope{
		"a line": {Lines: []string{"1602"}}, "lines": {Lines: []string{"1601", "1603"}}, "a team": {Lines: []string{"1604"}, Users: []string{"501", "502", "503", "511"}},
		"one colleague": {Users: []string{"507"}}, "nobody": {}, "strangers": {Lines: []string{"9"}, Users: []string{"nobody"}},
	}
	filters := map[string]Filter{
		"all": {}, "came in": {Direction: "inbound"}, "by a line": {Line: "1601"}, "of a colleague": {User: "505"}, "of another": {User: "Colleague 01"},
		"a name": {Text: "customer 1"}, "a number": {Number: "+31205550012"}, "some digits": {Number: "55501"}, "waited": {Waited: 20 * time.Second},
		"a team": {Team: "x", TeamLines: []string{"1602"}, TeamUsers: []string{"504", "505"}}, "answered, in some hours": {Outcome: ResultAnswered, From: noon.Add(-9 * time.Hour), To: noon.Add(-2 * time.Hour)},
	}
	some := 0
	for scopeName, scope := range scopes {
		for name, f := range filters {
			t.Run(scopeName+"/"+name, func(t *testing.T) {
				open := f
				open.Limit = MostRows
				all, _, err := s.Journeys(t.Context(), open, Cursor{}, MostRows)
				if err != nil {
					t.Fatal(err)
				}
				var want []uint64
				byHour := map[int64]int{}
				for i := range all {
					j := &all[i]
					mine := slices.Contains(scope.Lines, j.Line)
					for _, u := range append(slices.Clone(j.Users), j.RangAt...) {
						mine = mine || slices.Contains(scope.Users, u)
					}
					if mine != scope.Has(j.Line, j.Users, j.RangAt) {
						t.Fatalf("journey %d: by hand %v", j.ID, mine)
					}
					if mine {
						want = append(want, j.ID)
						byHour[s.hourOf(j.Start)]++
					}
				}
				some += len(want)
				f.Within, f.Rows = scope, RowsJourneys
				var got []uint64
				var firsts []state.Journey
				for after := (Cursor{}); ; {
					list, next, err := s.Journeys(t.Context(), f, after, 13)
					if err != nil {
						t.Fatal(err)
					}
					for i := range list {
						got = append(got, list[i].ID)
					}
					if len(list) > 0 {
						firsts = append(firsts, list[0])
					}
					if after = next; after.IsZero() {
						break
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("pages:\n%s", diff)
				}
				for i := 1; i < len(firsts); i++ {
					back := must[[]state.Journey](t)(s.Newer(t.Context(), f, CursorOf(&firsts[i]), 13))
					if len(back) != 13 || back[0].ID != firsts[i-1].ID {
						t.Fatalf("back from page %d: %d rows", i, len(back))
					}
				}
				if n := must[int](t)(s.Count(t.Context(), f)); n != len(want) {
					t.Errorf("%d counted, want %d", n, len(want))
				}
				for _, h := range must[[]Tally](t)(s.Tallies(t.Context(), f)) {
					if n := h.Answered + h.Unanswered + h.Lost; n != byHour[h.Start.Unix()] {
						t.Errorf("%v: %d, want %d", h.Start, n, byHour[h.Start.Unix()])
					}
					delete(byHour, h.Start.Unix())
				}
				if len(byHour) > 0 {
					t.Errorf("hours missing: %v", byHour)
				}
				if diff := cmp.Diff(want, inFiles(t, s, f)); diff != "" {
					t.Errorf("files:\n%s", diff)
				}
				oneByOne(t, s, f)
			})
		}
	}
	if some < 1500 {
		t.Errorf("%d rows: this test would prove little", some)
	}
}

// inFiles are the journeys of a file and of JSON, which are the same.
func inFiles(t *testing.T, s *Store, f Filter) (ids []uint64) {
	t.Helper()
	var file, text bytes.Buffer
	if err := s.WriteCSV(t.Context(), &file, f); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		id, _ := strconv.ParseUint(row[0], 10, 64)
		ids = append(ids, id)
	}
	if err := s.WriteJSON(t.Context(), &text, f); err != nil {
		t.Fatal(err)
	}
	var answer struct{ Journeys []struct{ Journey string } }
	if err := json.Unmarshal(text.Bytes(), &answer); err != nil || len(answer.Journeys) != len(ids) {
		t.Errorf("%v: %d in JSON, %d in the file", err, len(answer.Journeys), len(ids))
	}
	return ids
}

// oneByOne holds the list of calls against what each call says of itself.
func oneByOne(t *testing.T, s *Store, f Filter) {
	t.Helper()
	f.Rows = RowsCalls
	scope := f.Within
	mine, _, err := s.Calls(t.Context(), f, Cursor{}, MostRows)
	if err != nil {
		t.Fatal(err)
	}
	f.Within = nil
	all, _, err := s.Calls(t.Context(), f, Cursor{}, MostRows)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []uint64
	for i := range all {
		if all[i].Within(scope) {
			want = append(want, all[i].Seq)
		}
	}
	for i := range mine {
		got = append(got, mine[i].Seq)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("calls:\n%s", diff)
	}
}

// A mask sees every row before anything is made of it.
func TestAMaskComesFirst(t *testing.T) {
	s := open(t, Options{})
	journeys, calls := newCompany(3).stretch(noon.Add(-3*time.Hour), 3*time.Hour, 60)
	put(t, s, Batch{Epoch: "a", Seq: 1, Journeys: journeys, Calls: calls})
	for _, rows := range []string{RowsCalls, RowsJourneys} {
		for name, write := range map[string]func(*bytes.Buffer, Filter) error{
			"csv":  func(b *bytes.Buffer, f Filter) error { return s.WriteCSV(t.Context(), b, f) },
			"json": func(b *bytes.Buffer, f Filter) error { return s.WriteJSON(t.Context(), b, f) },
		} {
			var open, shut bytes.Buffer
			f := Filter{Rows: rows}
			if err := write(&open, f); err != nil {
				t.Fatal(err)
			}
			f.Mask = blank{}
			if err := write(&shut, f); err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(open.Bytes(), []byte("+3120555")) || bytes.Contains(shut.Bytes(), []byte("+3120555")) {
				t.Errorf("%s of %s: the mask was not asked", name, rows)
			}
			if bytes.Count(open.Bytes(), []byte("\n")) != bytes.Count(shut.Bytes(), []byte("\n")) {
				t.Errorf("%s of %s: rows are missing behind a mask", name, rows)
			}
		}
	}
	list, _, err := s.Journeys(t.Context(), Filter{Mask: blank{}}, Cursor{}, 10)
	if err != nil || len(list) != 10 || list[3].Customer.Number != "" {
		t.Errorf("%v: %d journeys, %q", err, len(list), list[3].Customer.Number)
	}
	back := must[[]state.Journey](t)(s.Newer(t.Context(), Filter{Mask: blank{}}, CursorOf(&list[9]), 5))
	if len(back) != 5 || back[0].Customer.Number != "" {
		t.Errorf("%d journeys in front", len(back))
	}
}

// blank takes all numbers away.
type blank struct{}

func (blank) Call(c *Call) {
	c.Caller, c.Callee, c.Former = state.Party{}, state.Party{}, state.Party{}
	for i := range c.Legs {
		c.Legs[i].Party = state.Party{}
	}
}

func (blank) Journey(j *state.Journey) { j.Customer = state.Party{} }
