package keeper

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"callboard/internal/state"
)

// What operators wrote about a customer goes with the customer's number, from
// the board and from every file; what they wrote about others stays, but for the
// number in it.
func TestEraseWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	normal := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	l, err := start(t, Options{Dir: dir, Now: noon, NextCall: 1, Log: testLog(t), State: state.Config{Normal: normal}}, quick)
	if err != nil {
		t.Fatal(err)
	}
	at := noon
	l.up(at)
	for n := 1; n <= 2; n++ {
		for _, kind := range []state.EventType{state.NewCall, state.HungUp} {
			at = at.Add(5 * time.Second)
			l.tell(at, kind, n)
		}
	}
	var open []state.Callback
	l.board(func(b *state.Board) { open = b.Recovery().Open })
	if len(open) != 2 {
		t.Fatalf("%d customers wait", len(open))
	}
	for _, e := range open {
		text := "brother of +31 20 555 0001"
		if e.Customer.Number == "+31205550001" {
			text = "lives in the blue house"
		}
		at = at.Add(time.Second)
		l.h.Apply(state.Input{At: at, Fact: state.Word{Entry: e.ID, Kind: state.WordNote, By: "Vera", Text: text}})
	}
	for range 20 { // a snapshot is taken now and then
		at = at.Add(10 * time.Second)
		l.h.Apply(state.Input{At: at, Fact: state.Proof{}})
	}
	l.settle()
	secrets := []string{"blue house", "+31205550001", "555 0001"}
	for _, s := range secrets {
		if !inFiles(t, dir, s) {
			t.Fatalf("%q is nowhere: this test would prove nothing", s)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	e, err := l.k.eraseNumber(ctx, "+31205550001")
	if err != nil || e.Calls != 1 || e.Journeys != 1 || e.Entries < 4 {
		t.Errorf("%+v, %v", e, err)
	}
	l.end()
	for _, s := range secrets {
		if inFiles(t, dir, s) {
			t.Errorf("%q is still there", s)
		}
	}
	for _, s := range []string{"brother of erased", "+31205550002"} {
		if !inFiles(t, dir, s) {
			t.Errorf("%q is gone as well", s)
		}
	}
	again := begin(t, dir, at.Add(time.Minute))
	again.board(func(b *state.Board) { open = b.Recovery().Open })
	again.end()
	if len(open) != 1 || open[0].Customer.Number != "+31205550002" {
		t.Errorf("the next process has %+v", open)
	}
}

// inFiles reports whether a text stands in any file of a folder.
func inFiles(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil {
			found = found || bytes.Contains(data, []byte(text))
		}
	}
	return found
}

// The name that the address book told of a customer goes with the number: from
// the journal, whose entry of it has no number, and from the snapshots.
func TestEraseTheNameInTheAddressBook(t *testing.T) {
	dir := t.TempDir()
	l := begin(t, dir, noon)
	at := noon
	l.up(at)
	names := []string{"Bakkerij Noord", "Slagerij Zuid"}
	for n, name := range names {
		ring, end := callEvent(state.NewCall, n), callEvent(state.HungUp, n)
		ring.Caller.Addressable = "700" + strconv.Itoa(n)
		for _, f := range []state.Fact{ring, state.Name{Kind: state.NameAddressable, OID: ring.Caller.Addressable, Text: name}, end} {
			at = at.Add(5 * time.Second)
			l.h.Apply(state.Input{At: at, Fact: f})
		}
	}
	for range 20 { // a snapshot is taken now and then
		at = at.Add(10 * time.Second)
		l.h.Apply(state.Input{At: at, Fact: state.Proof{}})
	}
	l.settle()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if !inFiles(t, dir, names[0]) {
		t.Fatal("the name is nowhere: this test would prove nothing")
	}
	if _, err := l.k.eraseNumber(ctx, callEvent(state.NewCall, 0).Caller.Number); err != nil {
		t.Error(err)
	}
	l.settle()
	l.end()
	if inFiles(t, dir, names[0]) {
		t.Error("the name is still there")
	}
	if !inFiles(t, dir, names[1]) {
		t.Error("another customer's name is gone as well")
	}
}
