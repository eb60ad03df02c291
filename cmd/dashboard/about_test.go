package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/eventlog"
	"callboard/internal/state"
)

// Whoever asks what is kept of their number gets all of it and nothing of
// anybody else's: calls, journeys, and what was written about them.
func TestEverythingAboutANumber(t *testing.T) {
	dir, _ := pastOf(t)
	disk, err := eventlog.Open(filepath.Join(dir, journalName), eventlog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	told := func(f state.Fact) {
		t.Helper()
		if _, err := disk.Append(t.Context(), eventlog.Entry{At: at, Fact: f}); err != nil {
			t.Fatal(err)
		}
	}
	caller := state.Party{FlowID: "f1", Number: "020 555 0101"}
	told(state.Event{Type: state.NewCall, CallID: "x", Caller: caller, Duration: -1})
	told(state.Event{Type: state.NewCall, CallID: "y", Caller: state.Party{FlowID: "f2", Number: "+31205550199"}, Duration: -1})
	told(state.Word{Entry: 1, Kind: state.WordNote, By: "Vera", Text: "wants his money back"})
	told(state.Word{Entry: 2, Kind: state.WordNote, By: "Vera", Text: "somebody else's"})
	disk.RecordFrame(eventlog.Frame{At: at, Kind: "event", Body: []byte(`{"number":"+31205550101"}`)})
	disk.RecordFrame(eventlog.Frame{At: at, Kind: "event", Body: []byte(`{"number":"+31205550199"}`)})
	if err := disk.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := access.New(access.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	file := filepath.Join(t.TempDir(), "person.json")
	code, out, errs := tell(t, "export", "--data-dir", dir, "--time-zone", "Europe/Amsterdam", "--rows", "everything", "--number", "+31 20 555 01 01", "--out", file)
	if code != exitOK || out+errs != "" {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		NumbersAsTold, NamesAsTold     []string
		Calls                          []struct{ ID, CallID, Outcome string }
		Journeys                       []struct{ Journey string }
		Notes                          []writtenNote
		JournalEntries, RecordedFrames int
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.NumbersAsTold, []string{"+31205550101"}) || len(got.Calls) != 1 || got.Calls[0].ID != "1" || len(got.Journeys) != 1 ||
		len(got.Notes) != 1 || got.Notes[0].Text != "wants his money back" || got.Notes[0].Kind != "note" || got.JournalEntries != 2 || got.RecordedFrames != 1 {
		t.Errorf("%+v", got)
	}
	if strings.Contains(string(text), "0199") || strings.Contains(string(text), "somebody else") {
		t.Errorf("it tells of somebody else:\n%s", text)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a file with telephone numbers: %v", info.Mode())
	}
	if _, out, _ := tell(t, "export", "--data-dir", dir, "--time-zone", "UTC", "--rows", "everything", "--number", "1"); strings.Contains(out, "5550101") {
		t.Errorf("a digit of a number is not that number:\n%s", out)
	}
	for _, args := range [][]string{{"--rows", "everything"}, {"--rows", "everything", "--number", "+31205550101", "--line", "1601"}} {
		if code, _, errs := tell(t, append([]string{"export", "--data-dir", dir}, args...)...); code != exitUsage {
			t.Errorf("%q: exit %d, %s", args, code, errs)
		}
	}

	tell(t, "export", "--data-dir", dir, "--rows", "journeys", "--line", "Sales", "--number", "+31205550101")
	tell(t, "erase", "--data-dir", dir, "--time-zone", "Europe/Amsterdam", "--number", "+31205550101")
	log, err := s.Audit(t.Context(), access.AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range log {
		if e.Event == access.Exported || e.Event == access.Erased {
			said = append(said, string(e.Event)+": "+e.Reason)
			if e.Party != "local" || !strings.Contains(e.Name, "command line") {
				t.Errorf("done by %q, %q", e.Party, e.Name)
			}
		}
		if strings.Contains(e.Reason, "0101") {
			t.Errorf("the audit log has a number: %s", e.Reason)
		}
	}
	slices.Sort(said)
	want := []string{"erase: the number +3120···: 1 calls, 1 journeys", "export: everything about the number +31 20 ···", "export: everything about the number 1", "export: journeys, of one number, line Sales"}
	if !slices.Equal(said, want) {
		t.Errorf("%q, want %q", said, want)
	}
}
