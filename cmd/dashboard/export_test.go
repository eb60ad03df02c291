package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// pastOf makes a data folder with a few past calls, and leaves its history open
// as a service does.
func pastOf(t *testing.T) (dir string, store *history.Store) {
	t.Helper()
	dir = t.TempDir()
	store, err := history.Open(dir, history.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	b := history.Batch{Epoch: "e", Seq: 1}
	for i, number := range []string{"+31205550101", "+31205550199"} {
		caller, callee := state.Party{Number: number, Name: "Customer"}, state.Party{Number: "201", User: "501", Name: "Anna"}
		c := state.Call{Seq: uint64(i + 1), CallID: "x", Journey: uint64(i + 1), Direction: state.Inbound, Phase: state.Ringing, Line: "1601", LineName: "Sales",
			Caller: caller, Callee: callee, StartedAt: at.Add(time.Duration(i) * time.Hour),
			Legs: []state.Leg{{Party: caller, State: state.LegRinging}, {Side: state.CalleeSide, Party: callee, State: state.LegGone, Missed: true}}}
		b.Calls = append(b.Calls, state.SettledCall{Ended: state.Ended{Call: c, At: c.StartedAt.Add(20 * time.Second), Outcome: state.EndedHungUp, PBXDuration: -1}})
		b.Journeys = append(b.Journeys, state.Journey{ID: c.Journey, Kind: state.Inbound, Customer: caller, Line: "1601", Calls: []uint64{c.Seq}, Counted: true,
			Start: c.StartedAt, StartKnown: true, Ended: c.StartedAt.Add(20 * time.Second), RangAt: []string{"501"}, Rung: 1})
	}
	if err := store.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return dir, store
}

// tell runs a command and returns what it printed.
func tell(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, func(string) string { return "" }, &out, &errs)
	return code, out.String(), errs.String()
}

func TestExport(t *testing.T) {
	dir, _ := pastOf(t)
	code, out, errs := tell(t, "export", "--data-dir", dir, "--time-zone", "UTC")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if code != exitOK || err != nil || len(rows) != 3 || errs != "" {
		t.Fatalf("exit %d, %d rows, %v %s", code, len(rows), err, errs)
	}
	_, out, _ = tell(t, "export", "--data-dir", dir, "--time-zone", "UTC", "--format", "json", "--rows", "journeys", "--number", "020 555 0101", "--day", "2026-11-22")
	var got struct {
		Journeys []struct{ Journey, Result string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Journeys) != 1 || got.Journeys[0].Result != "unanswered" {
		t.Errorf("%v\n%s", err, out)
	}
	file := filepath.Join(t.TempDir(), "calls.csv")
	if code, out, errs := tell(t, "export", "--data-dir", dir, "--out", file, "--from", "2026-11-22T09:30:00Z"); code != exitOK || out != "" {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	text, err := os.ReadFile(file)
	if err != nil || strings.Count(string(text), "\n") != 2 {
		t.Errorf("%v\n%s", err, text)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a file with telephone numbers: %v", info.Mode())
	}
	t.Chdir(filepath.Dir(dir)) // a folder that is not named from the root
	if code, out, errs := tell(t, "export", "--data-dir", filepath.Base(dir), "--time-zone", "UTC"); code != exitOK || strings.Count(out, "\n") != 3 {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
}

// A team is who is in it by the teams file; without the file, or with a name
// that is not in it, the field is named.
func TestExportOfATeam(t *testing.T) {
	dir, _ := pastOf(t)
	file := filepath.Join(t.TempDir(), "teams.yaml")
	if err := os.WriteFile(file, []byte("teams:\n  - name: Sales\n    users: [501]\n  - name: Night\n    users: [599]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		rows int
		says string // instead, exit 2 with these words
	}{
		{[]string{"--team", "sales", "--teams", file}, 2, ""},
		{[]string{"--team", "Night", "--teams", file}, 0, ""},
		{[]string{"--team", "Sales"}, 0, "--teams"},
		{[]string{"--team", "Sails", "--teams", file}, 0, "Sales"},
	} {
		code, out, errs := tell(t, append([]string{"export", "--data-dir", dir, "--time-zone", "UTC"}, tt.args...)...)
		if tt.says != "" {
			if code != exitUsage || !strings.Contains(errs, tt.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("%v: exit %d, %q", tt.args, code, errs)
			}
			continue
		}
		if rows, err := csv.NewReader(strings.NewReader(out)).ReadAll(); code != exitOK || err != nil || len(rows) != tt.rows+1 {
			t.Errorf("%v: exit %d, %d rows, %v %s", tt.args, code, len(rows), err, errs)
		}
	}
}
