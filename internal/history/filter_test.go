package history

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/state"
)

func parse(t *testing.T, query string) Filter {
	t.Helper()
	v, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	f, err := ParseFilter(v, amsterdam, noon)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return f
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestFiltersOfAQuery(t *testing.T) {
	for query, want := range map[string]Filter{
		"":                                   {},
		"from=&to=":                          {},
		"unknown=1":                          {},
		"limit=1000":                         {Limit: 1000},
		"limit=1":                            {Limit: 1},
		"rows=calls":                         {Rows: RowsCalls},
		"q=%20Anna%20":                       {Text: "Anna"},
		"from=2026-11-22":                    {From: at("2026-11-21T23:00:00Z")},
		"to=2026-11-22":                      {To: at("2026-11-22T23:00:00Z")}, // that day included
		"day=2026-11-22":                     {From: at("2026-11-21T23:00:00Z"), To: at("2026-11-22T23:00:00Z")},
		"day=2026-10-25":                     {From: at("2026-10-24T22:00:00Z"), To: at("2026-10-25T23:00:00Z")}, // 25 hours
		"day=2026-03-29":                     {From: at("2026-03-28T23:00:00Z"), To: at("2026-03-29T22:00:00Z")}, // 23 hours
		"day=today":                          {From: at("2026-11-21T23:00:00Z"), To: at("2026-11-22T23:00:00Z")},
		"day=yesterday":                      {From: at("2026-11-20T23:00:00Z"), To: at("2026-11-21T23:00:00Z")},
		"from=2026-11-22T08:30":              {From: at("2026-11-22T07:30:00Z")},
		"from=2026-11-22T08:30:15":           {From: at("2026-11-22T07:30:15Z")},
		"from=2026-11-22T10:00:00+02:00":     {From: at("2026-11-22T08:00:00Z")}, // a + that was not escaped
		"waited=30&talked=1m30s":             {Waited: 30 * time.Second, Talked: 90 * time.Second},
		"direction=inbound&outcome=answered": {Direction: "inbound", Outcome: "answered"},
		"outcome=superseded":                 {Outcome: "superseded"},
		"rows=journeys&outcome=lost":         {Rows: RowsJourneys, Outcome: "lost"},
		"number=%2B31205550101&user=501&line=1601&team=Sales": {Number: "+31205550101", User: "501", Line: "1601", Team: "Sales"},
	} {
		if diff := cmp.Diff(want, parse(t, query), cmp.AllowUnexported(Cursor{})); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	f := parse(t, "from=2026-11-22T12:00:00Z&to=2026-11-22T14:00:00.5%2B01:00")
	if !f.From.Equal(noon) || !f.To.Equal(noon.Add(time.Hour+500*time.Millisecond)) {
		t.Errorf("%v to %v", f.From, f.To)
	}
}

func TestWrongValuesNameTheirField(t *testing.T) {
	for query, field := range map[string]string{
		"from=now": "from", "to=2026-13-01": "to", "from=0001-01-01": "from", "to=9999-01-01T00:00:00Z": "to", "from=1700000000": "from",
		"from=2026-11-22&to=2026-11-21": "to", "from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:00Z": "to",
		"day=22-11-2026": "day", "day=2026-11-22&from=2026-11-22": "day", "day=2026-02-30": "day",
		"limit=0": "limit", "limit=1001": "limit", "limit=-5": "limit", "limit=many": "limit", "limit=10.5": "limit", "limit=99999999999999999999": "limit",
		"after=x": "after", "after=%00": "after", "after=MS5hLmI.x": "after",
		"rows=legs": "rows", "direction=in": "direction", "outcome=fine": "outcome", "rows=journeys&outcome=hungup": "outcome",
		"waited=-1s": "waited", "waited=soon": "waited", "talked=25h": "talked", "talked=1e3": "talked", "waited=1000000000": "waited",
		"number=Anna": "number", "number=%2B": "number",
		"q=" + strings.Repeat("x", 101): "q", "user=a%00b": "user", "line=%ff": "line", "team=a%0ab": "team",
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = ParseFilter(v, amsterdam, noon)
		fe, ok := errors.AsType[*FilterError](err)
		if !ok || fe.Field != field || fe.Value != v.Get(field) || fe.Want == "" || strings.Contains(fe.Error(), "\n") {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// The query that a filter makes reads as the same filter.
func TestFiltersMakeTheirQuery(t *testing.T) {
	for _, query := range []string{"", "day=2026-10-25&number=020+5550101&limit=50", "q=x&user=501&line=a&team=b&direction=unknown&outcome=missed&waited=1m&talked=3&rows=journeys"} {
		f := parse(t, query)
		f.After = Cursor{noon.UnixNano(), 17}
		again := parse(t, f.Values().Encode())
		if diff := cmp.Diff(f, again, cmp.AllowUnexported(Cursor{})); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
}

// A page ends where the next begins, also within rows of one instant and while
// new calls arrive. Whichever index leads, nobody is left out or told twice.
func TestPagesMissNothing(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine; make test runs it without the detector")
	}
	s := open(t, Options{})
	c := newCompany(5)
	var calls []state.SettledCall
	var journeys []state.Journey
	for i := range 120 {
		j, some := c.journey(noon.Add(time.Duration(i/25) * time.Second)) // 25 begin in the same instant
		j.Users, j.RangAt = []string{"501"}, nil
		some[0].Call.Callee = state.Party{User: "501", Number: "201", Name: "Anna"}
		some[0].Call.Line, j.Line = "1601", "1601"
		journeys, calls = append(journeys, j), append(calls, some...)
	}
	put(t, s, Batch{Epoch: "e", Seq: 1, Calls: calls[:100], Journeys: journeys[:100]})
	for _, query := range []string{"", "user=501", "user=Anna", "line=1601", "day=2026-11-22", "user=501&to=2026-11-23"} {
		f := parse(t, query)
		for _, limit := range []int{1, 7, 25, 100} {
			var got, of []uint64
			for at, more := (Cursor{}), true; more; {
				rows, next, err := s.Calls(t.Context(), f, at, limit)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, ids(rows)...)
				at, more = next, !next.IsZero()
				again, err := ParseCursor(at.String())
				if more && (err != nil || again != at) {
					t.Fatalf("cursor %q: %v %v", at, again, err)
				}
			}
			for at, more := (Cursor{}), true; more; {
				rows, next, err := s.Journeys(t.Context(), f, at, limit)
				if err != nil {
					t.Fatal(err)
				}
				for i := range rows {
					of = append(of, rows[i].ID)
				}
				at, more = next, !next.IsZero()
			}
			var want []uint64
			for i := range 100 {
				want = append(want, calls[99-i].Call.Seq)
			}
			if !slices.Equal(got, want) || !slices.Equal(of, want) {
				t.Fatalf("%s, pages of %d: calls %v\njourneys %v", query, limit, got, of)
			}
		}
	}
	// New calls arrive between two pages.
	first, next, _ := s.Calls(t.Context(), Filter{}, Cursor{}, 40)
	put(t, s, Batch{Epoch: "e", Seq: 2, Calls: calls[100:], Journeys: journeys[100:]})
	rest, next, err := s.Calls(t.Context(), Filter{}, next, 1000)
	if err != nil || !next.IsZero() || len(first)+len(rest) != 100 || rest[0].Seq != first[39].Seq-1 {
		t.Errorf("%d and %d rows, %v", len(first), len(rest), err)
	}
}

// Each filter chooses the rows that a walk over all of them chooses.
func TestFiltersChoose(t *testing.T) {
	s := open(t, Options{Zone: amsterdam, Normal: func(n string) string { return strings.Replace(n, "0205", "+31205", 1) }})
	c := newCompany(6)
	journeys, calls := c.stretch(noon, 2*time.Hour, 400)
	calls[7].Outcome = state.EndedReplaced
	put(t, s, Batch{Epoch: "e", Seq: 1, Calls: calls, Journeys: journeys})
	people := func(c *state.Call) (list []string) {
		for key := range colleagues(c) {
			list = append(list, key)
		}
		return list
	}
	name := func(c *state.Call, part string) bool {
		return strings.Contains(c.Caller.Name, part) || strings.Contains(c.Callee.Name, part)
	}
	number := func(c *state.Call, part string) bool {
		return strings.Contains(c.Caller.Number, part) || strings.Contains(c.Callee.Number, part)
	}
	for query, fits := range map[string]func(c *Call) bool{
		"":                          func(*Call) bool { return true },
		"direction=outbound":        func(c *Call) bool { return c.Direction == state.Outbound },
		"direction=unknown":         func(c *Call) bool { return c.Direction == state.Unknown },
		"outcome=answered":          func(c *Call) bool { return c.Answered() },
		"outcome=unanswered":        func(c *Call) bool { return !c.Answered() && c.Outcome == state.EndedHungUp },
		"outcome=lost":              func(c *Call) bool { return c.Outcome == state.EndedLost },
		"outcome=hungup":            func(c *Call) bool { return c.Outcome == state.EndedHungUp },
		"outcome=missed":            func(c *Call) bool { return slices.ContainsFunc(c.Legs, func(l state.Leg) bool { return l.Missed }) },
		"user=505":                  func(c *Call) bool { return slices.Contains(people(&c.Call), "505") },
		"user=205":                  func(c *Call) bool { return slices.Contains(people(&c.Call), "505") },
		"user=colleague+05":         func(c *Call) bool { return slices.Contains(people(&c.Call), "505") },
		"user=nobody":               func(*Call) bool { return false },
		"line=1602":                 func(c *Call) bool { return c.Line == "1602" },
		"line=Line+1602":            func(c *Call) bool { return c.Line == "1602" },
		"line=none":                 func(*Call) bool { return false },
		"number=0205550007":         func(c *Call) bool { return number(&c.Call, "+31205550007") },
		"number=%2B31205550007":     func(c *Call) bool { return number(&c.Call, "+31205550007") },
		"number=020+555+00":         func(c *Call) bool { return number(&c.Call, "2055500") },
		"number=55501":              func(c *Call) bool { return number(&c.Call, "55501") },
		"number=99999":              func(*Call) bool { return false },
		"q=COLLEAGUE+1":             func(c *Call) bool { return name(&c.Call, "Colleague 1") },
		"q=customer+12":             func(c *Call) bool { return name(&c.Call, "Customer 12") },
		"q=line+1603":               func(c *Call) bool { return c.Line == "1603" },
		"q=5550012":                 func(c *Call) bool { return number(&c.Call, "5550012") },
		"waited=30":                 func(c *Call) bool { w, ok := c.Wait(); return ok && w >= 30*time.Second },
		"talked=4m":                 func(c *Call) bool { return c.Talk >= 4*time.Minute },
		"from=2026-11-22T12:30:00Z": func(c *Call) bool { return !c.StartedAt.Before(noon.Add(30 * time.Minute)) },
		"to=2026-11-22T12:30:00Z&user=505": func(c *Call) bool {
			return c.StartedAt.Before(noon.Add(30*time.Minute)) && slices.Contains(people(&c.Call), "505")
		},
		"line=1601&outcome=answered&talked=1": func(c *Call) bool { return c.Line == "1601" && c.Answered() && c.Talk >= time.Second },
	} {
		f := parse(t, query)
		var want []uint64
		for i := range slices.Backward(calls) {
			row := Call{Call: calls[i].Call, EndedAt: calls[i].At, Outcome: calls[i].Outcome, Talk: calls[i].Talk}
			if i != 7 && fits(&row) {
				want = append(want, row.Seq)
			}
		}
		got, _, err := s.Calls(t.Context(), f, Cursor{}, 1000)
		if err != nil || !slices.Equal(ids(got), want) {
			t.Errorf("%s: %d calls, want %d (%v)", query, len(got), len(want), err)
		}
		if n, err := s.Count(t.Context(), f); n != len(want) || err != nil {
			t.Errorf("%s: counted %d, want %d (%v)", query, n, len(want), err)
		}
	}
	if got, _, _ := s.Calls(t.Context(), Filter{Outcome: "replaced"}, Cursor{}, 10); len(got) != 1 || got[0].Seq != calls[7].Call.Seq {
		t.Errorf("a row that turned out to be another call: %v", ids(got))
	}
	team := Filter{Team: "x", TeamUsers: []string{"503", "504"}, TeamLines: []string{"1604"}}
	involved := func(j *state.Journey) bool {
		return j.Line == "1604" || slices.ContainsFunc(append(slices.Clone(j.Users), j.RangAt...), func(u string) bool { return u == "503" || u == "504" })
	}
	for query, fits := range map[string]func(j *state.Journey) bool{
		"":                   func(*state.Journey) bool { return true },
		"direction=inbound":  func(j *state.Journey) bool { return j.Kind < state.Outbound },
		"direction=internal": func(j *state.Journey) bool { return j.Kind == state.Internal },
		"outcome=answered":   func(j *state.Journey) bool { return !j.Answered.IsZero() },
		"outcome=unanswered": func(j *state.Journey) bool { return j.Answered.IsZero() && !j.Lost },
		"outcome=lost":       func(j *state.Journey) bool { return j.Answered.IsZero() && j.Lost },
		"outcome=missed": func(j *state.Journey) bool {
			return j.Answered.IsZero() && !j.Lost && j.Rung > 0 && j.Kind < state.Outbound
		},
		"user=505": func(j *state.Journey) bool {
			return slices.Contains(j.Users, "505") || slices.Contains(j.RangAt, "505")
		},
		"number=5550012": func(j *state.Journey) bool { return strings.Contains(j.Customer.Number, "5550012") },
		"q=colleague+05": func(j *state.Journey) bool {
			return slices.Contains(j.Users, "505") || slices.Contains(j.RangAt, "505")
		},
		"q=customer+12": func(j *state.Journey) bool { return strings.Contains(j.Customer.Name, "Customer 12") },
		"waited=20":     func(j *state.Journey) bool { w, ok := j.Wait(j.Ended); return ok && w >= 20*time.Second },
		"team=x":        involved,
		"team=x&from=2026-11-22T12:30:00Z&to=2026-11-22T13:00:00Z": func(j *state.Journey) bool {
			return involved(j) && !j.Start.Before(noon.Add(30*time.Minute)) && j.Start.Before(noon.Add(time.Hour))
		},
	} {
		f := parse(t, "rows=journeys&"+query)
		if f.Team != "" {
			f.TeamUsers, f.TeamLines = team.TeamUsers, team.TeamLines
		}
		n, want := 0, 0
		for i := range journeys {
			if fits(&journeys[i]) {
				want++
			}
		}
		got, _, err := s.Journeys(t.Context(), f, Cursor{}, 1000)
		for i := range got {
			if fits(&got[i]) {
				n++
			}
		}
		if err != nil || n != want || len(got) != want {
			t.Errorf("%s: %d journeys, %d of them right, want %d (%v)", query, len(got), n, want, err)
		}
		if n, err := s.Count(t.Context(), f); n != want || err != nil {
			t.Errorf("%s: counted %d, want %d (%v)", query, n, want, err)
		}
	}
}

// A number that very many calls have is looked for along the time, a rare one
// by its index; both find the same.
func TestCommonNumbers(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine; make test runs it without the detector")
	}
	s := open(t, Options{})
	fill(t, s, 6000, noon)
	for _, n := range []string{"+3120", "3120000000"} {
		f := Filter{Number: n}
		count := must[int](t)(s.Count(t.Context(), f))
		rows, _, err := s.Calls(t.Context(), f, Cursor{}, 1000)
		if err != nil || len(rows) != min(count, 1000) || count == 0 {
			t.Errorf("%s: %d rows of %d, %v", n, len(rows), count, err)
		}
		for i := range rows {
			if i > 0 && rows[i].StartedAt.After(rows[i-1].StartedAt) {
				t.Fatal(fmt.Sprint("not newest first at ", i))
			}
		}
	}
}
