package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/hub"
)

func TestNoticeSurvivesARestart(t *testing.T) {
	dir, log := t.TempDir(), slog.New(slog.DiscardHandler)
	if n := readNotice(dir, log); n != (hub.Notice{}) {
		t.Fatalf("an empty folder holds %+v", n)
	}
	want := hub.Notice{Text: "Storing <b> “internet”", Since: time.Unix(100, 0).UTC(), Until: time.Unix(200, 0).UTC()}
	if err := keepNotice(dir, want); err != nil {
		t.Fatal(err)
	}
	if got := readNotice(dir, log); got != want {
		t.Errorf("read %+v, want %+v", got, want)
	}
	if err := keepNotice(dir, hub.Notice{}); err != nil {
		t.Fatal(err)
	}
	if got := readNotice(dir, log); got.Text != "" {
		t.Errorf("cleared, and read %+v", got)
	}
	if err := os.WriteFile(filepath.Join(dir, noticeFile), []byte("{torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := readNotice(dir, log); got != (hub.Notice{}) {
		t.Errorf("a torn file gives %+v", got)
	}
	if err := keepNotice(filepath.Join(dir, "none"), want); err == nil {
		t.Error("a folder that is not there takes a notice")
	}
}
