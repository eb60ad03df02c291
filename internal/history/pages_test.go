package history

import (
	"slices"
	"testing"
	"time"

	"callboard/internal/state"

	"github.com/google/go-cmp/cmp"
)

// Whoever goes back to newer pages sees the pages they came by, and what was
// added meanwhile only in front of them; the counts of the hours are those of
// the rows, whatever was chosen.
func TestPagesLeadBothWays(t *testing.T) {
	s := open(t, Options{Zone: amsterdam})
	journeys, calls := newCompany(7).stretch(noon.Add(-30*time.Hour), 30*time.Hour, 400)
	for i := 10; i < 14; i++ { // some began in the same instant
		journeys[i].Start = journeys[10].Start
	}
	put(t, s, Batch{Epoch: "a", Seq: 1, Journeys: journeys, Calls: calls})
	number := func(list []state.Journey) (ids []uint64) {
		for i := range list {
			ids = append(ids, list[i].ID)
		}
		return ids
	}
	for name, f := range map[string]Filter{
		"all": {}, "a line": {Line: "1601"}, "came in": {Direction: "inbound"}, "a colleague": {User: "505"}, "waited": {Waited: 20 * time.Second},
		"answered, in some hours": {Outcome: ResultAnswered, From: noon.Add(-9 * time.Hour), To: noon.Add(-2 * time.Hour)}, "nobody": {User: "nobody"},
	} {
		t.Run(name, func(t *testing.T) {
			var pages [][]state.Journey
			var all []state.Journey
			for after := (Cursor{}); ; {
				list, next, err := s.Journeys(t.Context(), f, after, 15)
				if err != nil {
					t.Fatal(err)
				}
				pages, all = append(pages, list), append(all, list...)
				if after = next; after.IsZero() {
					break
				}
			}
			for i := len(pages) - 1; i > 0; i-- {
				back := must[[]state.Journey](t)(s.Newer(t.Context(), f, CursorOf(&pages[i][0]), 15))
				if diff := cmp.Diff(number(pages[i-1]), number(back)); diff != "" {
					t.Fatalf("back from page %d:\n%s", i, diff)
				}
			}
			if len(all) > 0 {
				if front := must[[]state.Journey](t)(s.Newer(t.Context(), f, CursorOf(&all[0]), 15)); len(front) > 0 {
					t.Errorf("in front of the newest stand %v", number(front))
				}
			}
			want := map[int64]Tally{}
			for i := range all {
				at := s.hourOf(all[i].Start)
				n := want[at]
				n.Start = time.Unix(at, 0).UTC()
				switch ResultOf(&all[i]) {
				case ResultAnswered:
					n.Answered++
				case ResultUnanswered:
					n.Unanswered++
				default:
					n.Lost++
				}
				want[at] = n
			}
			got := must[[]Tally](t)(s.Tallies(t.Context(), f))
			if !slices.IsSortedFunc(got, func(a, b Tally) int { return a.Start.Compare(b.Start) }) || len(got) != len(want) {
				t.Fatalf("%d hours, want %d in their order", len(got), len(want))
			}
			for _, n := range got {
				if diff := cmp.Diff(want[n.Start.Unix()], n); diff != "" {
					t.Errorf("%s:\n%s", n.Start, diff)
				}
			}
		})
	}
}
