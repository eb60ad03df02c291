package web

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// What the duration means is said by how many calls, and that there are too few
// where there are.
func TestWhatTheDurationMeans(t *testing.T) {
	for _, c := range []struct {
		name  string
		calls int
		pbx   func(ring, talk time.Duration) time.Duration
		page  string
		api   string
	}{
		{"none", 0, nil, "Too few calls yet: 0 can tell the talk from ring and talk, 20 are needed.", `"verdict":"unknown"`},
		{"the talk", 30, func(_, talk time.Duration) time.Duration { return talk }, "Counts from the answer, not from the first ring: agrees within 2 s on 30 of 30", `"verdict":"talk"`},
		{"ring and talk", 30, func(ring, talk time.Duration) time.Duration { return ring + talk }, "Counts from the first ring, not from the answer: agrees within 2 s on 30 of 30", `"verdict":"total"`},
		{"neither", 30, func(ring, talk time.Duration) time.Duration { return 10 * talk }, "Not the same for all calls: the talk on 0 of 30", `"verdict":"unclear"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store, err := history.Open(t.TempDir(), history.Options{})
				if err != nil {
					t.Fatal(err)
				}
				var calls []state.SettledCall
				for i := range c.calls {
					start := time.Now().UTC().Add(-time.Hour).Add(time.Duration(i) * time.Minute)
					ring, talk := 15*time.Second, time.Duration(40+i)*time.Second
					calls = append(calls, state.SettledCall{Ended: state.Ended{
						Call: state.Call{
							Seq: uint64(1000 + i), CallID: strconv.Itoa(i), Phase: state.Talking, Direction: state.Inbound, Caller: bakery, Callee: anna,
							StartedAt: start, ConnectedAt: start.Add(ring), PairSince: start.Add(ring), Journey: uint64(1000 + i),
						},
						At: start.Add(ring + talk), Outcome: state.EndedHungUp, Answered: true, Talk: talk, PBXDuration: c.pbx(ring, talk),
					}})
				}
				if err := store.Put(context.Background(), history.Batch{Epoch: "e", Seq: 1, Calls: calls}); err != nil {
					t.Fatal(err)
				}
				h := open(t, func(c *Config) { c.History = store }, nil)
				h.up()
				synctest.Wait()
				for path, want := range map[string]string{"/status": c.page, "/api/v1/duration": c.api} {
					time.Sleep(2 * time.Second)
					res, err := h.client().Get("http://localhost" + path)
					if err != nil {
						t.Fatal(err)
					}
					if body := read(t, res); !strings.Contains(body, want) {
						t.Errorf("%s does not say %q: %.300s", path, want, body)
					}
				}
				h.stop()
				if err := store.Close(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
