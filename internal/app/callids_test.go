package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/internal/statefile"
)

// An id once given out never comes back: not after a clean stop, not after a
// crash, not with a damaged file.
func TestCallIDsAreNeverUsedAgain(t *testing.T) {
	dir := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	if ids := newCallIDs(dir, log); ids.first != 1 {
		t.Fatalf("the first process begins at %d", ids.first)
	}
	crashed := newCallIDs(dir, log) // the first one never gave anything back
	if crashed.first != 1+callIDBlock {
		t.Errorf("after a crash ids begin at %d, want past the whole block", crashed.first)
	}
	crashed.reserve(crashed.first + 7)
	if ids := newCallIDs(dir, log); ids.first != crashed.first+7 {
		t.Errorf("after a clean stop ids begin at %d, want %d", ids.first, crashed.first+7)
	}
	if err := os.WriteFile(filepath.Join(dir, callIDFile), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if ids := newCallIDs(dir, log); ids.first < 100_000_000 {
		t.Errorf("with a damaged file ids begin at %d, which may have been used", ids.first)
	}
}

// A busy process reserves before it runs out.
func TestCallIDsAreReservedAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		ids := newCallIDs(dir, slog.New(slog.DiscardHandler))
		h := hub.New(hub.Options{State: state.Config{FirstCall: ids.first}})
		ctx, stop := context.WithCancel(t.Context())
		var keeping sync.WaitGroup
		keeping.Go(func() { ids.keep(ctx, h) })
		for i := range 3 * callIDBlock {
			id := "SIP/" + time.Duration(i).String()
			h.Apply(state.Input{Fact: state.Event{Type: state.NewCall, CallID: id}})
			h.Apply(state.Input{Fact: state.Event{Type: state.HungUp, CallID: id}})
			time.Sleep(5 * time.Millisecond) // 200 calls a second
			if i%200 != 0 {
				continue
			}
			raw, err := statefile.Read(filepath.Join(dir, callIDFile))
			if err != nil {
				t.Fatal(err)
			}
			if reserved, _ := strconv.ParseUint(string(raw), 10, 64); uint64(i+2) > reserved {
				t.Fatalf("id %d is given out, only %d are reserved", i+1, reserved)
			}
		}
		stop()
		keeping.Wait()
		if again := newCallIDs(dir, slog.New(slog.DiscardHandler)); again.first != 3*callIDBlock+1 {
			t.Errorf("after a clean stop ids begin at %d, want %d", again.first, 3*callIDBlock+1)
		}
	})
}
