package web

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
)

// callsOver are calls for a history: of a customer who wants to be a formula, to
// Anna on Sales, each some seconds after the one before.
func callsOver(n int) (b history.Batch) {
	start := time.Date(1999, 12, 31, 12, 0, 0, 0, time.UTC)
	b.Epoch, b.Seq = "e", 1
	for i := range n {
		at := start.Add(time.Duration(i) * 10 * time.Second)
		caller := state.Party{Number: "+31205550101", Name: "=1+1", FlowID: "f1"}
		c := state.Call{
			Seq: uint64(i + 1), CallID: "SIP/trunk1-1", Journey: uint64(i + 1), Direction: state.Inbound, Phase: state.Talking,
			Line: "1601", LineName: "Sales", Caller: caller, Callee: anna, StartedAt: at, ConnectedAt: at.Add(4500 * time.Millisecond),
			Legs: []state.Leg{{Side: state.CallerSide, Party: caller, State: state.LegConnected, Since: at}, {Side: state.CalleeSide, Party: anna, State: state.LegConnected, Since: at, Answered: at.Add(4500 * time.Millisecond)}},
		}
		b.Calls = append(b.Calls, state.SettledCall{Ended: state.Ended{Call: c, At: at.Add(time.Minute), Outcome: state.EndedHungUp, Answered: true, Talk: 55500 * time.Millisecond, PBXDuration: -1}})
		b.Journeys = append(b.Journeys, state.Journey{ID: c.Journey, Kind: state.Inbound, Customer: caller, Line: "1601", Users: []string{"501"}, Calls: []uint64{c.Seq},
			Counted: true, Start: at, StartKnown: true, Answered: c.ConnectedAt, WaitKnown: true, Ended: at.Add(time.Minute), Talk: 55500 * time.Millisecond, Talks: 1})
	}
	return b
}

// withHistory runs f with a house whose history has n calls.
func withHistory(t *testing.T, n int, f func(h *house, get func(path string, headers ...string) (*http.Response, string))) {
	synctest.Test(t, func(t *testing.T) {
		store, err := history.Open(t.TempDir(), history.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		if err := store.Put(t.Context(), callsOver(n)); err != nil {
			t.Fatal(err)
		}
		h := open(t, func(c *Config) { c.History = store }, nil)
		defer h.stop()
		f(h, func(path string, headers ...string) (*http.Response, string) {
			t.Helper()
			req, _ := http.NewRequest(http.MethodGet, "http://localhost"+path, nil)
			for i := 0; i+1 < len(headers); i += 2 {
				req.Header.Set(headers[i], headers[i+1])
			}
			res, err := h.client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			return res, read(t, res)
		})
	})
}

// A program walks through all calls with "next", which is only there when there
// are more.
func TestHistoryInPages(t *testing.T) {
	withHistory(t, 230, func(_ *house, get func(string, ...string) (*http.Response, string)) {
		type answer struct {
			Calls []struct {
				ID, CallID, Direction, Outcome, Result, StartedAt, EndedAt, State string
				WaitedSeconds, TalkedSeconds, PBXDurationSeconds                  *float64
				Caller                                                            struct{ Number, FlowID string }
				Line                                                              struct{ OID, Name string }
				Legs, Rung                                                        []any
			}
			Next *string
		}
		seen, after, pages := map[string]bool{}, "", 0
		for {
			res, body := get("/api/v1/history?from=1999-12-31T00:00:00Z" + after)
			var a answer
			if err := json.Unmarshal([]byte(body), &a); err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/json" {
				t.Fatalf("%d %s %v\n%s", res.StatusCode, res.Header.Get("Content-Type"), err, body)
			}
			pages++
			for _, c := range a.Calls {
				seen[c.ID] = true
			}
			if c := a.Calls[0]; pages == 1 && (c.ID != "230" || c.State != "ended" || c.Outcome != "hungup" || c.Result != "answered" || c.Direction != "inbound" || *c.WaitedSeconds != 4.5 ||
				*c.TalkedSeconds != 55.5 || c.PBXDurationSeconds != nil || c.Caller.Number != "+31205550101" || c.Caller.FlowID != "f1" || c.Line.Name != "Sales" || len(c.Legs) != 2 || len(c.Rung) != 1 ||
				c.StartedAt != "1999-12-31T12:38:10Z" || c.EndedAt != "1999-12-31T12:39:10Z") {
				t.Errorf("%+v", c)
			}
			if a.Next == nil {
				break
			}
			after = "&after=" + *a.Next
		}
		if len(seen) != 230 || pages != 3 {
			t.Errorf("%d calls in %d pages", len(seen), pages)
		}
		_, body := get("/api/v1/history?rows=journeys&limit=2&user=501")
		var j struct {
			Journeys []struct {
				Journey string
				Calls   []string
				Users   []string
			}
			Next string
		}
		if err := json.Unmarshal([]byte(body), &j); err != nil || len(j.Journeys) != 2 || j.Next == "" || !slices.Equal(j.Journeys[0].Users, []string{"501"}) || j.Journeys[0].Calls[0] != "230" {
			t.Errorf("%v\n%s", err, body)
		}
		if _, body := get("/api/v1/history?number=99999"); strings.TrimSpace(body) != `{"calls":[]}` {
			t.Errorf("nothing found: %s", body)
		}
	})
}

// The file is RFC 4180 and safe in a spreadsheet, with all rows however many.
func TestHistoryFile(t *testing.T) {
	withHistory(t, 1300, func(_ *house, get func(string, ...string) (*http.Response, string)) {
		for _, accept := range []string{"", "gzip"} {
			res, body := get("/api/v1/history.csv?line=Sales", "Accept-Encoding", accept)
			if accept != "" {
				z, err := gzip.NewReader(strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				plain, err := io.ReadAll(z)
				if err != nil {
					t.Fatal(err)
				}
				body = string(plain)
			}
			rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
			if err != nil || len(rows) != 1301 || res.Header.Get("Content-Type") != "text/csv; charset=utf-8; header=present" {
				t.Fatalf("%d rows, %v, %s", len(rows), err, res.Header.Get("Content-Type"))
			}
			if d := res.Header.Get("Content-Disposition"); d != `attachment; filename="callboard-calls-2000-01-01.csv"` {
				t.Error(d)
			}
			at := func(name string) string { return rows[1][slices.Index(rows[0], name)] }
			if at("callerName") != "'=1+1" || at("callerNumber") != "+31205550101" || at("waitedSeconds") != "4.5" || at("pbxDurationSeconds") != "" || at("startedAt") != "1999-12-31T15:36:30.000Z" {
				t.Errorf("%q", rows[1])
			}
			if !strings.Contains(body, "\r\n") {
				t.Error("lines end with CR LF")
			}
		}
		if _, body := get("/api/v1/history.csv?rows=journeys&limit=3"); strings.Count(body, "\n") != 4 {
			t.Errorf("three journeys:\n%s", body)
		}
	})
}

// What cannot be answered is a problem that names its field, and nothing of a
// file.
func TestHistoryProblems(t *testing.T) {
	withHistory(t, 1, func(h *house, get func(string, ...string) (*http.Response, string)) {
		for query, field := range map[string]string{"from=x": "from", "limit=0": "limit", "after=!": "after", "team=Sales": "team", "outcome=eaten": "outcome", "day=1": "day"} {
			for _, path := range []string{"/api/v1/history?", "/api/v1/history.csv?"} {
				res, body := get(path + query)
				var p struct {
					Field, Detail string
					Status        int
				}
				err := json.Unmarshal([]byte(body), &p)
				if err != nil || res.StatusCode != 400 || p.Status != 400 || p.Field != field || !strings.Contains(p.Detail, field+"=") ||
					res.Header.Get("Content-Type") != "application/problem+json" || res.Header.Get("Content-Disposition") != "" {
					t.Errorf("%s%s: %d %v\n%s", path, query, res.StatusCode, err, body)
				}
			}
		}
		list, err := teams.Parse("teams.yaml", []byte("teams:\n  - name: Front\n    users: [\"201\"]\n"))
		if err != nil {
			t.Fatal(err)
		}
		h.hub.Use(hub.Setup{Rules: rules.Default(), Teams: list})
		if res, body := get("/api/v1/history?team=front"); res.StatusCode != 200 || !strings.Contains(body, `"id":"1"`) {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		defer h.stop()
		res, err := h.client().Get("http://localhost/api/v1/history")
		if err != nil {
			t.Fatal(err)
		}
		if body := read(t, res); res.StatusCode != 503 || !strings.Contains(body, "History is off") || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%d %s", res.StatusCode, body)
		}
	})
}

// failing writes some rows and then fails.
type failing struct {
	History
	first string
}

func (b failing) WriteCSV(_ context.Context, w io.Writer, _ history.Filter) error {
	io.WriteString(w, b.first)
	return errors.New("disk I/O error")
}

// Half a file must not look whole; a failure before the first row is a problem
// like any other.
func TestHistoryBrokenOff(t *testing.T) {
	for first, want := range map[string]int{"id\r\n": 0, "": http.StatusInternalServerError} {
		synctest.Test(t, func(t *testing.T) {
			h := open(t, func(c *Config) { c.History = failing{first: first} }, nil)
			defer h.stop()
			res, err := h.client().Get("http://localhost/api/v1/history.csv")
			status := 0
			if err == nil {
				if _, err = readAll(res); err == nil {
					status = res.StatusCode
				}
			}
			if status != want {
				t.Errorf("after %q: %d %v", first, status, err)
			}
		})
	}
}
