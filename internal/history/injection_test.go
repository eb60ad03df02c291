package history

import (
	"net/url"
	"testing"
	"time"
)

// What looks like SQL is text to look for, in every field of a query.
func TestSQLIsText(t *testing.T) {
	s := open(t, Options{Zone: amsterdam})
	c := newCompany(6)
	journeys, calls := c.stretch(noon, time.Hour, 50)
	put(t, s, Batch{Epoch: "e", Seq: 1, Calls: calls, Journeys: journeys})
	all := func() int {
		found, _, err := s.Calls(t.Context(), Filter{}, Cursor{}, MostRows)
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	before := all()
	if before == 0 {
		t.Fatal("there is nothing to spoil")
	}
	for _, hostile := range []string{
		"' OR '1'='1", "'; DROP TABLE call; --", `" OR ""="`, "%' OR 1=1 --", "1) OR (1=1", "x' UNION SELECT name FROM sqlite_master --", "\\' OR 1=1 --", "\x00' OR 1=1", "%", "_", "call", "*",
	} {
		for _, field := range []string{"q", "user", "line", "number"} {
			f, err := ParseFilter(url.Values{field: {hostile}}, amsterdam, noon)
			if err != nil {
				continue // refused is as good
			}
			found, _, err := s.Calls(t.Context(), f, Cursor{}, MostRows)
			if err != nil {
				t.Errorf("%s=%q: %v", field, hostile, err)
			} else if len(found) == before || field != "number" && len(found) != 0 { // of a number its digits count
				t.Errorf("%s=%q finds %d calls", field, hostile, len(found))
			}
		}
	}
	if after := all(); after != before {
		t.Errorf("there were %d calls, now %d", before, after)
	}
}
