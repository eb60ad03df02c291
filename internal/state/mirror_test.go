package state_test

import (
	"reflect"
	"testing"
	"time"

	"callboard/internal/state"
)

// A mirror is what a reader of changes knows: a plain map and the two values.
type mirror struct {
	calls map[uint64]state.Call
	feed  state.Feed
	today state.Today
	waits state.Waiting
	last  uint64
}

func newMirror(b *state.Board) *mirror {
	return &mirror{calls: map[uint64]state.Call{}, feed: b.Feed(), today: b.Today(), waits: b.Waiting()}
}

func (m *mirror) take(t *testing.T, changes []state.Change) {
	t.Helper()
	for _, c := range changes {
		if c.Version != m.last+1 {
			t.Fatalf("version %d follows %d: a reader would not know what it missed", c.Version, m.last)
		}
		m.last = c.Version
		switch c.Kind {
		case state.CallUpsert:
			m.calls[c.Call.Seq] = c.Call
		case state.CallRemoved:
			delete(m.calls, c.Call.Seq)
		case state.TodayChanged:
			m.today = c.Today
		case state.FeedChanged:
			m.feed = c.Feed
		case state.RecoveryChanged:
			m.waits = c.Waiting
		default:
			t.Fatalf("change %d has no kind", c.Version)
		}
	}
}

func (m *mirror) mustEqual(t *testing.T, b *state.Board) {
	t.Helper()
	if b.Version() != m.last {
		t.Fatalf("the board is at version %d, its changes end at %d", b.Version(), m.last)
	}
	n := 0
	for c := range b.Calls() {
		n++
		if got, ok := m.calls[c.Seq]; !ok || !reflect.DeepEqual(got, c) {
			t.Fatalf("call %d on the board is not what the changes said:\nboard  %+v\nmirror %+v", c.Seq, c, got)
		}
	}
	if n != len(m.calls) || n != b.Len() {
		t.Fatalf("%d calls on the board, Len says %d, the changes leave %d", n, b.Len(), len(m.calls))
	}
	if r := b.Recovery(); len(r.Open) != b.Waiting().Open {
		t.Fatalf("the ledger has %d open entries and says %d", len(r.Open), b.Waiting().Open)
	}
	if m.waits != b.Waiting() {
		t.Fatalf("the ledger differs from its changes: board %+v, mirror %+v", b.Waiting(), m.waits)
	}
	if m.feed != b.Feed() || m.today != b.Today() {
		t.Fatalf("feed or counters differ from their changes:\nboard  %+v %+v\nmirror %+v %+v", b.Feed(), b.Today(), m.feed, m.today)
	}
}

// FuzzMirror is law 2: whatever comes in, in whatever order, a map fed with
// nothing but the changes equals the board after every step. The bytes are
// read as a script of inputs over few ids, flows and parties, so that they
// meet often.
func FuzzMirror(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
	f.Add([]byte("XA1new XA1con YB2new YB2con XA1hup YB2hup YB2hup and some more of it"))
	f.Add([]byte{250, 0, 0, 0, 251, 9, 9, 9, 252, 1, 2, 3, 0, 1, 1, 1, 253, 0, 0, 0, 254, 7, 7, 7})
	f.Fuzz(func(t *testing.T, script []byte) {
		b := state.New(state.Config{})
		m := newMirror(b)
		at := time.Date(2026, 10, 24, 23, 0, 0, 0, time.UTC)
		for len(script) >= 4 {
			var in state.Input
			in, script = inputFrom(script, &at)
			m.take(t, b.Apply(in))
			m.mustEqual(t, b)
			if due, ok := b.NextDeadline(); ok && !due.After(at) {
				t.Fatalf("a timer due at %v was not fired at %v", due, at)
			}
			b.SnapshotWanted()
		}
		// Everything ends by itself in the end.
		at = at.Add(48 * time.Hour)
		m.take(t, b.Advance(at))
		m.mustEqual(t, b)
		if b.Len() != 0 {
			t.Fatalf("%d calls outlive two days of silence", b.Len())
		}
	})
}

var (
	fuzzIDs     = []string{"SIP/a-1", "SIP/a-2", "SIP/b-3", ""}
	fuzzFlows   = []string{"", "f1", "f2", "f3", "f4", "f5"}
	fuzzParties = []state.Party{{}, {Number: "+31205550101"}, {User: "501", Number: "201"}, {User: "502"}, {Number: "203"}, {Addressable: "7001"}}
)

func inputFrom(s []byte, at *time.Time) (state.Input, []byte) {
	a, b, c, d := s[0], s[1], s[2], s[3]
	*at = at.Add(time.Duration(d%64) * time.Duration(d%64) * 50 * time.Millisecond)
	if d == 255 {
		*at = at.Add(time.Hour)
	}
	var f state.Fact
	switch {
	case a >= 246:
		switch a {
		case 246:
			f = state.Oddity{Kind: state.BadField}
		case 247:
			f = state.SnapshotFailed{}
		case 248:
			if f = (state.Dismissal{Seq: uint64(b % 8)}); c%2 == 0 {
				f = state.Word{Entry: uint64(b % 8), Kind: state.WordKind(1 + d%4), By: []string{"Eva", "Bas", ""}[c/2%3], Text: "t"}
			}
		case 249:
			f = state.Name{Kind: state.NameKind(1 + b%3), OID: []string{"501", "502", "7001"}[c%3], Text: []string{"Anna", "Bas", ""}[d%3], Number: []string{"", "201", "203"}[b%3]}
		case 250, 251:
			f = state.Link{State: state.LinkUp}
		case 252:
			f = state.Link{State: state.LinkDown, Code: "cut", Reason: "cut"}
		case 253:
			f = state.Proof{}
		default:
			snap := state.Snapshot{RequestedAt: at.Add(-time.Duration(b%5) * time.Second)}
			for i := range int(c % 5) {
				snap.Channels = append(snap.Channels, state.Channel{
					CallID: fuzzIDs[(int(b)+i/2)%3], Role: state.Role(1 + (int(d)+i)%2), Up: (int(b)>>i)&1 == 0,
					FlowID: fuzzFlows[(int(c)+i)%len(fuzzFlows)], Name: "n", Twin: d%7 == 0,
				})
			}
			f = snap
		}
	default:
		party := func(n byte) state.Party {
			p := fuzzParties[int(n)%len(fuzzParties)]
			p.FlowID = fuzzFlows[int(n/8)%len(fuzzFlows)]
			return p
		}
		ev := state.Event{
			Type: state.EventType(1 + a%6), CallID: fuzzIDs[int(a/8)%len(fuzzIDs)],
			Caller: party(b), Callee: party(c), Duration: -1,
		}
		if a%5 != 0 {
			ev.Date = time.Date(2026, 10, 24, 23, 0, int(a%3)*30, 0, time.UTC)
		}
		if a%4 == 0 {
			ev.Line = "1601"
		}
		f = ev
	}
	return state.Input{At: *at, Fact: f}, s[4:]
}
