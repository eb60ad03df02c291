package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/internal/keeper"
	"callboard/internal/state"
)

// holds reports whether anything in a folder holds a text.
func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	return holdsBut(t, dir, text, "-")
}

// holdsBut leaves out files whose name begins in a way.
func holdsBut(t *testing.T, dir, text, but string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), but) {
			var data []byte
			if data, err = os.ReadFile(path); err == nil {
				found = found || strings.Contains(string(data), text)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A number goes out of a folder that nobody uses, and asks who uses it where
// somebody does.
func TestEraseANumber(t *testing.T) {
	dir, store := pastOf(t)
	if _, err := store.Backup(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	store.Close()
	if !holds(t, dir, "31205550101") {
		t.Fatal("the number is nowhere: this test would prove nothing")
	}
	aside := filepath.Join(dir, "journal.db.broken-20261101-000000.000000")
	if err := os.WriteFile(aside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := tell(t, "erase", "--data-dir", dir, "--time-zone", "UTC", "--number", "020-555 0101")
	if code != exitOK || !strings.HasPrefix(out, "erased from 1 calls, 1 journeys, 0 entries") || !strings.Contains(out, " 1 backups") || !strings.Contains(errs, aside) {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if holds(t, dir, "31205550101") || strings.Contains(out+errs, "5550101") {
		t.Error("the number is still there")
	}

	k, err := keeper.Open(keeper.Options{Dir: dir, State: state.Config{}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error, 1)
	go func() { ran <- k.Run(ctx) }()
	code, out, errs = tell(t, "erase", "--data-dir", dir, "--time-zone", "UTC", "--number", "+31205550199")
	if code != exitOK || !strings.HasPrefix(out, "erased from 1 calls, 1 journeys, ") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	stop()
	<-ran
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	if holds(t, dir, "31205550199") {
		t.Error("the number is still there")
	}
}
