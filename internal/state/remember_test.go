package state

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestRemember plays a day, keeps what settled as a history would, and makes a
// board of that: counters, journeys, lines and gaps are those of the day, as
// far as calls were over, and it goes on with ids never used.
func TestRemember(t *testing.T) {
	cfg := Config{Zone: amsterdam(t), Settle: true}
	checks(t, 200, func(rt *rapid.T) {
		b := New(cfg)
		kept := map[uint64]Journey{}
		gaps := map[time.Time]Gap{}
		for _, in := range day(rt) {
			b.Apply(Input{in.at, in.fact})
			s := b.Settled()
			for _, id := range s.Gone {
				if _, told := kept[id]; !told {
					rt.Fatalf("journey %d is gone and was never told", id)
				}
				delete(kept, id)
			}
			for _, j := range s.Journeys {
				kept[j.ID] = j
			}
			for _, from := range s.GoneGaps {
				delete(gaps, from)
			}
			for _, g := range s.Gaps {
				gaps[g.From] = g
			}
		}
		var history []Journey
		for _, j := range kept {
			history = append(history, j)
		}
		var ledger []Gap
		for _, g := range gaps {
			ledger = append(ledger, g)
		}
		m := Remember(cfg, b.Now(), history, ledger)
		if s := m.Settled(); !s.Empty() {
			rt.Fatalf("what the history knows is told again: %+v", s)
		}
		var want []Journey
		for _, j := range b.Journeys() {
			if !j.Up() && j.Counted {
				want = append(want, j)
			}
		}
		got := m.Journeys()
		if len(got) != len(want) {
			rt.Fatalf("%d journeys are remembered of %d", len(got), len(want))
		}
		sum := Today{}
		for i := range got {
			if !sameJourney(got[i], want[i]) {
				rt.Fatalf("remembered\n%+v\nwas\n%+v", got[i], want[i])
			}
			switch j := got[i]; j.Kind {
			case Internal:
				sum.Internal++
			case Outbound:
				sum.Outbound++
			default:
				sum.Offered++
				if !j.Answered.IsZero() {
					sum.Answered++
				} else if !j.Lost {
					sum.Unanswered++
				}
			}
		}
		d := m.Today()
		if d.Complete || d.Offered != sum.Offered || d.Answered != sum.Answered || d.Unanswered != sum.Unanswered || d.Outbound != sum.Outbound || d.Internal != sum.Internal {
			rt.Fatalf("counters %+v, journeys come to %+v", d, sum)
		}
		live := 0
		for _, j := range b.Journeys() {
			if j.Up() {
				live++
			}
		}
		if was := b.Today(); live == 0 && (d.Offered != was.Offered || d.WaitCount != was.WaitCount || d.WaitTotal != was.WaitTotal) {
			rt.Fatalf("remembered %+v, was %+v", d, was)
		}
		if !reflect.DeepEqual(m.Gaps(), b.Gaps()) {
			rt.Fatalf("gaps\n%+v\nwere\n%+v", m.Gaps(), b.Gaps())
		}
		for _, j := range history {
			for _, seq := range j.Calls {
				if seq >= m.NextCall() {
					rt.Fatalf("call %d could be given out again: next is %d", seq, m.NextCall())
				}
			}
		}
		if m.Feed().State != Blind {
			rt.Fatalf("it claims to be %v", m.Feed().State)
		}
	})
}
