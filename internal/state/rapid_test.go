package state

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestBusyDay plays arbitrary mixtures: several calls at a time, events lost,
// doubled and out of order, the link going down and up, lists that are true or
// were refused, names, dismissals, oddities, and time. After every step the
// watch and the sums must hold; in the end nothing is left.
func TestBusyDay(t *testing.T) {
	checks(t, 400, func(rt *rapid.T) {
		s := &stream{draw: rt}
		b := New(Config{Zone: amsterdam(t), NoInference: s.lot(8, "inference off") == 7})
		w := newWatch(b)
		at := taleDay.Add(time.Duration(s.lot(24, "hour")) * time.Hour)
		step := func(f Fact) {
			w.step(rt, b.Apply(Input{at, f}))
			mustAddUp(rt, b)
		}
		step(Link{State: LinkUp})
		step(Snapshot{RequestedAt: at})
		var events []Event
		for range s.lot(6, "calls") + 1 {
			events = append(events, s.add()...)
		}
		if s.lot(2, "interleaved") == 1 {
			events = s.spoil(events, 12, 12, len(events))
		} else {
			events = s.spoil(events, 12, 12, 3)
		}
		for _, ev := range events {
			at = at.Add(time.Duration(s.lot(4000, "pace")) * time.Millisecond)
			switch s.lot(30, "also") {
			case 0:
				step(Link{State: LinkDown, Code: "refused", Reason: "The PBX refuses the connection"})
				at = at.Add(time.Duration(s.lot(400, "away")) * time.Second)
				step(Link{State: LinkUp})
			case 1:
				step(truth(b, at, s))
			case 2:
				step(SnapshotFailed{})
			case 3:
				n := s.lot(20, "user")
				step(Name{Kind: NameUser, OID: fmt.Sprint(5000 + n), Text: fmt.Sprintf("User %d", n), Number: fmt.Sprint(2000 + n)})
			case 4:
				step(Dismissal{Seq: uint64(s.lot(20, "dismissed"))})
			case 5:
				step(Oddity{Kind: BadField, Sample: "…"})
			case 6:
				step(Proof{RoundTrip: time.Millisecond})
			case 7:
				w.step(rt, b.Advance(at.Add(time.Duration(s.lot(4000, "idle"))*time.Second)))
				at = b.now
			case 8: // something the PBX should not send
				ev.CallID = ""
			case 9:
				ev.Caller, ev.Date = Party{}, time.Time{}
			}
			step(ev)
		}
		w.step(rt, b.Advance(at.Add(13*time.Hour)))
		mustAddUp(rt, b)
		if b.Len() > 0 {
			rt.Fatalf("left over after 13 h of silence: %s\n%s", ghosts(b), titles(events))
		}
	})
}

// truth is a list of most of what the board shows, as a PBX that agrees with
// the board would give it.
func truth(b *Board, at time.Time, s *stream) Snapshot {
	snap := Snapshot{RequestedAt: at.Add(-time.Duration(s.lot(3000, "list age")) * time.Millisecond)}
	for c := range b.Calls() {
		if c.CallID == "" || s.lot(4, "not listed") == 3 {
			continue
		}
		up := c.Phase == Talking
		snap.Channels = append(snap.Channels,
			Channel{CallID: c.CallID, Role: RoleCaller, Up: true, Name: "Caller"},
			Channel{CallID: c.CallID, Role: RoleCallee, Up: up, Name: "Callee", FlowID: c.Callee.FlowID})
	}
	if s.lot(6, "unknown call") == 5 {
		snap.Channels = append(snap.Channels,
			Channel{CallID: "SIP/unseen", Role: RoleCaller, Up: true, Name: "Vera"},
			Channel{CallID: "SIP/unseen", Role: RoleCallee, Up: true, Name: "Piet"})
	}
	return snap
}

// mustAddUp checks today's counters against the journeys behind them: offered
// are those answered, unanswered, still open and of unsure end.
func mustAddUp(t failer, b *Board) {
	t.Helper()
	seen := map[*journey]bool{}
	var sum share
	open, unsure := 0, 0
	for _, r := range b.bySeq {
		j := r.journey.root()
		if j == nil {
			t.Fatalf("call %d belongs to no journey", r.call.Seq)
		}
		if seen[j] {
			continue
		}
		seen[j] = true
		if j.day != b.today.Day {
			continue
		}
		live := 0
		for _, seq := range j.seqs {
			if o := b.bySeq[seq]; o != nil && o.live {
				live++
			}
		}
		if live != j.live {
			t.Fatalf("journey %d has %d calls up and counts %d", j.id, live, j.live)
		}
		sum.offered += j.share.offered
		sum.answered += j.share.answered
		sum.unanswered += j.share.unanswered
		sum.outbound += j.share.outbound
		sum.internal += j.share.internal
		if j.share.offered == 1 && j.share.answered+j.share.unanswered == 0 {
			if j.live > 0 {
				open++
			} else {
				unsure++
				if !j.unsure {
					t.Fatalf("journey %d is neither answered nor unanswered, and nothing says why: %+v", j.id, j)
				}
			}
		}
	}
	d := b.Today()
	got := share{offered: d.Offered, answered: d.Answered, unanswered: d.Unanswered, outbound: d.Outbound, internal: d.Internal}
	if got != sum {
		t.Fatalf("today's counters %+v are not those of the journeys %+v", got, sum)
	}
	if d.Offered != d.Answered+d.Unanswered+open+unsure {
		t.Fatalf("offered %d is not answered %d + unanswered %d + open %d + unsure %d", d.Offered, d.Answered, d.Unanswered, open, unsure)
	}
}

func amsterdam(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
