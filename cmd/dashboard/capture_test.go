package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/feed/xelion"
)

// recorded makes a data folder with a journal in which a call was recorded, and
// leaves it open as a service does.
func recorded(t *testing.T) (dir string, at time.Time) {
	t.Helper()
	dir = t.TempDir()
	disk, err := eventlog.Open(filepath.Join(dir, journalName), eventlog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { disk.Close() })
	at = time.Now().Add(-time.Minute).UTC()
	frame := func(after time.Duration, kind, body string) {
		disk.RecordFrame(eventlog.Frame{At: at.Add(after), Kind: kind, Body: []byte(body)})
	}
	frame(0, xelion.FrameLink, `{"state":2}`)
	frame(time.Second, xelion.FrameGet+"communications/active_channels", `{"data":[]}`)
	frame(time.Second, xelion.FrameList, `{"asked":"`+at.Format(time.RFC3339Nano)+`"}`)
	frame(2*time.Second, xelion.FrameSocket, `{"notificationType":"newCallEvent","notification":{"callId":"SIP/canary-1","callerPhoneNumber":"+31205550101","calleeUser":"canary501","calleePhoneNumber":"201","calleePhoneLineOid":"1601"}}`)
	for range 200 { // so much that it reaches the disk at once
		frame(3*time.Second, xelion.FrameSocket, `{"notificationType":"wallboardEvent","notification":{"text":"`+strings.Repeat("canary ", 60)+`"}}`)
	}
	if err := disk.Close(); err != nil {
		t.Fatal(err)
	}
	if disk, err = eventlog.Open(filepath.Join(dir, journalName), eventlog.Options{}); err != nil { // the service runs
		t.Fatal(err)
	}
	t.Cleanup(func() { disk.Close() })
	return dir, at
}

// TestCaptureAndReplay goes the whole way: from a data folder to a file that
// gives nobody away, and from that to a board.
func TestCaptureAndReplay(t *testing.T) {
	dir, at := recorded(t)
	file := filepath.Join(t.TempDir(), "feed.ndjson")
	code, out, errs := tell(t, "capture", "--data-dir", dir, "--out", file, "--time-zone", "Europe/Amsterdam")
	if code != exitOK || !strings.Contains(out, "204 frames") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "canary") || strings.Contains(string(text), "5550101") {
		t.Errorf("somebody is given away: %.600s", text)
	}
	if code, _, errs := tell(t, "capture", "--data-dir", dir, "--out", file); code != exitUsage || !strings.Contains(errs, "not there yet") {
		t.Errorf("written over: %d %s", code, errs)
	}
	if code, _, errs := tell(t, "capture", "--data-dir", dir, "--out", file+"2", "--to", at.Add(-time.Hour).Format(time.RFC3339)); code != exitFailure || !strings.Contains(errs, "nothing was recorded") {
		t.Errorf("of no time: %d %s", code, errs)
	}
	for what, args := range map[string][]string{
		"no folder of a service": {"capture", "--data-dir", t.TempDir()}, "a wrong time": {"capture", "--data-dir", dir, "--from", "yesterday"},
		"no file": {"replay"}, "a wrong speed": {"replay", file, "--speed", "0"}, "an open address": {"replay", file, "--listen", "0.0.0.0:0"},
	} {
		if code, _, errs := tell(t, args...); code != exitUsage || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %s", what, code, errs)
		}
	}
	if code, _, errs := tell(t, "replay", filepath.Join(dir, journalName)); code != exitFailure || !strings.Contains(errs, "not a recording") {
		t.Errorf("a journal is played: %d %s", code, errs)
	}
	b := begin(t, "replay", file, "--listen", "127.0.0.1:0", "--speed", "max")
	defer b.end()
	for _, page := range []string{"", "people", "lines", "numbers", "missed", "history", "status", "wall"} {
		answer, err := http.Get(b.url + page)
		if err != nil {
			t.Fatal(err)
		}
		html, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || page == "" && !strings.Contains(string(html), "Recording of") {
			t.Errorf("/%s says %s, and nothing of a recording: %v", page, answer.Status, !strings.Contains(string(html), "Recording of"))
		}
	}
	for deadline := time.Now().Add(10 * time.Second); ; {
		answer, err := http.Get(b.url + "api/v1/board")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		board := string(body)
		if strings.Contains(board, `"callId":"SIP/id-`) && strings.Contains(board, `"offered":1`) && !strings.Contains(board, "canary") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the board shows %s", body)
		}
	}
}
