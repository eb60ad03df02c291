package keeper

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"callboard/internal/eventlog"
	"callboard/internal/state"
)

// One of the company's own people goes out of every file of a process that runs:
// as who was called, as who calls, and as who wrote something. What is left of
// the journal makes the same board.
func TestEraseAColleague(t *testing.T) {
	dir := t.TempDir()
	l, err := start(t, Options{Dir: dir, Now: noon, NextCall: 1, Log: testLog(t), State: state.Config{}}, quick)
	if err != nil {
		t.Fatal(err)
	}
	at := noon
	l.up(at)
	tell := func(fact state.Fact) {
		at = at.Add(3 * time.Second)
		l.h.Apply(state.Input{At: at, Fact: fact})
	}
	tell(state.Name{Kind: state.NameUser, OID: "99501", Text: "Loes Klaver", Number: "47201", Addressable: "88701"})
	tell(state.Name{Kind: state.NameUser, OID: "99502", Text: "Bram", Number: "47202"})
	loes := state.Party{User: "99501", UserAddressable: "88701", Number: "47201", FlowID: "f1", CallLog: "log of 99501"}
	customer := func(n int) state.Party {
		return state.Party{Number: fmt.Sprintf("+3120555%04d", n), FlowID: fmt.Sprint("c", n)}
	}
	for n := 1; n <= 3; n++ {
		kinds := []state.EventType{state.NewCall, state.Connected, state.HungUp}
		ev := state.Event{CallID: fmt.Sprint(n), Date: at, Caller: customer(n), Callee: loes, Line: "1601", Duration: -1}
		switch n {
		case 2:
			ev.Callee = state.Party{Number: "47201", FlowID: "f2"}
			kinds = []state.EventType{state.NewCall, state.Missed, state.HungUp}
		case 3:
			ev.Caller, ev.Callee, ev.Line = loes, state.Party{User: "99502", Number: "47202", FlowID: "f3"}, ""
			ev.Caller.FlowID = "f4"
		}
		for _, kind := range kinds {
			ev.Type = kind
			tell(ev)
		}
	}
	var open []state.Callback
	l.board(func(b *state.Board) { open = b.Recovery().Open })
	if len(open) != 1 {
		t.Fatalf("%d customers wait", len(open))
	}
	tell(state.Word{Entry: open[0].ID, Kind: state.WordClaim, By: "Loes Klaver"})
	tell(state.Word{Entry: open[0].ID, Kind: state.WordNote, By: "Bram", Text: "loes klaver knows him"})
	for range 20 { // a snapshot is taken now and then
		at = at.Add(10 * time.Second)
		l.h.Apply(state.Input{At: at, Fact: state.Proof{}})
	}
	l.settle()
	if _, err := l.k.store.Backup(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	secrets := []string{"99501", "47201", "88701", "Loes Klaver", "loes klaver"}
	for _, s := range secrets {
		if !inFiles(t, dir, s) {
			t.Fatalf("%q is nowhere: this test would prove nothing", s)
		}
	}
	codes := replayed(t, dir)
	who := state.ForgetColleague{User: "99501", Number: "47201", Address: "88701", Name: "Loes Klaver", As: state.Pseudonym("qwxyz")}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	e, err := l.k.eraseOne(ctx, subject{colleague: who})
	if err != nil || e.Calls != 3 || e.Journeys != 3 || e.Entries < 9 || e.Backups != 1 {
		t.Errorf("%+v, %v", e, err)
	}
	l.end()
	for _, s := range secrets {
		if inFiles(t, dir, s) || inFiles(t, filepath.Join(dir, "backups"), s) {
			t.Errorf("%q is still there", s)
		}
	}
	for _, s := range []string{"+31205550001", "Bram", who.As} {
		if !inFiles(t, dir, s) {
			t.Errorf("%q is gone as well", s)
		}
	}
	after := replayed(t, dir)
	for seq, code := range codes {
		if after[seq] != code {
			t.Fatalf("the board of entry %d is another since", seq)
		}
	}
	again := begin(t, dir, at.Add(time.Minute))
	var people []state.Person
	again.board(func(b *state.Board) {
		open, people = b.Recovery().Open, b.People()
	})
	again.end()
	if len(open) != 1 || open[0].ClaimedBy != who.As || open[0].Note != who.As+" knows him" {
		t.Errorf("the next process has %+v", open)
	}
	named := 0
	for _, p := range people {
		if p.User == who.As && p.Answered == 1 && p.Missed == 1 {
			named++
		}
	}
	if named != 1 {
		t.Errorf("the next process has %+v", people)
	}
}

// replayed are the codes of a board that was told the journal, by entry.
func replayed(t *testing.T, dir string) map[uint64]uint64 {
	t.Helper()
	b, codes := state.New(state.Config{}), map[uint64]uint64{}
	err := eventlog.ReadEntries(t.Context(), filepath.Join(dir, "journal.db"), func(e eventlog.Entry) error {
		b.Apply(state.Input{At: e.At, Fact: e.Fact})
		codes[e.Seq] = b.Code()
		return nil
	})
	if err != nil || len(codes) < 10 {
		t.Fatalf("%d entries, %v", len(codes), err)
	}
	return codes
}
