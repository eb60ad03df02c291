package history

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/kpi"
	"callboard/internal/state"
)

// dump is all that a store says, so that two can be compared.
func dump(t *testing.T, s *Store) string {
	t.Helper()
	var out bytes.Buffer
	for _, rows := range rowValues {
		if err := s.WriteJSON(t.Context(), &out, Filter{Rows: rows}); err != nil {
			t.Fatal(err)
		}
	}
	for _, h := range must[[]Hour](t)(s.HoursByLine(t.Context(), time.Unix(0, 0), noon.AddDate(1, 0, 0))) {
		out.WriteString(cmp.Diff(Hour{}, h))
	}
	return out.String()
}

// What was stored is what was told, to the nanosecond.
func TestJourneysComeBackAsTheyWere(t *testing.T) {
	s := open(t, Options{Zone: amsterdam})
	c := newCompany(1)
	journeys, calls := c.stretch(noon, 3*time.Hour, 300)
	put(t, s, Batch{Epoch: "e", Seq: 10, Calls: calls, Journeys: journeys})
	got := must[[]state.Journey](t)(s.Day(t.Context(), noon))
	want := slices.Clone(journeys)
	for i := range want {
		want[i].Customer.FlowID = "" // is the call's
	}
	slices.SortFunc(want, func(x, y state.Journey) int { return x.Start.Compare(y.Start) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	now := noon.Add(12 * time.Hour)
	for v := kpi.InTimeOrGaveUpOfAll; v <= kpi.InTimeOrShortOfAll; v++ {
		sl := kpi.DefaultServiceLevel
		sl.Variant = v
		if diff := cmp.Diff(kpi.Of(want, sl, now, nil), kpi.Of(got, sl, now, nil)); diff != "" {
			t.Errorf("variant %d: %s", v, diff)
		}
	}
	for i := range calls {
		got, err := s.Call(t.Context(), calls[i].Call.Seq)
		if err != nil {
			t.Fatal(err)
		}
		want := Call{Call: calls[i].Call, EndedAt: calls[i].At, Outcome: calls[i].Outcome, Talk: calls[i].Talk, PBX: calls[i].PBXDuration, LogSeq: 10}
		for k := range want.Legs {
			want.Legs[k].Party.FlowID = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
	if _, err := s.Call(t.Context(), 99999); err != ErrNotFound {
		t.Errorf("a call that never was: %v", err)
	}
}

// A batch that comes again, whole, late or in another cut, changes nothing.
func TestTwiceIsOnce(t *testing.T) {
	s := open(t, Options{Zone: amsterdam})
	c := newCompany(2)
	journeys, calls := c.stretch(noon, 5*time.Hour, 200)
	var batches []Batch
	for i := 0; i < len(journeys); i += 20 {
		batches = append(batches, Batch{Epoch: "e", Seq: uint64(i + 20), Journeys: journeys[i : i+20], Calls: calls[i : i+20]})
	}
	for _, b := range batches {
		put(t, s, b)
	}
	once := dump(t, s)
	for _, b := range slices.Backward(batches) {
		put(t, s, b)
	}
	if again := dump(t, s); again != once {
		t.Error("old batches changed something")
	}
	put(t, s, Batch{Epoch: "e", Seq: 1000, Journeys: journeys, Calls: calls}) // as a replay that settles at other moments
	if again := dump(t, s); again != once {
		t.Error("a replay changed something")
	}
	if epoch, seq, err := s.Applied(t.Context()); epoch != "e" || seq != 1000 || err != nil {
		t.Errorf("applied up to %s %d (%v)", epoch, seq, err)
	}
}

// Late news of a journey moves it between hours and lines; the hours it left
// are counted anew.
func TestHoursFollowTheirJourneys(t *testing.T) {
	s := open(t, Options{Zone: amsterdam})
	c := newCompany(3)
	j, calls := c.journey(noon)
	j.Kind, j.Line, j.Counted, j.StartKnown, j.Answered, j.Lost = state.Inbound, "1601", true, true, time.Time{}, false
	put(t, s, Batch{Epoch: "e", Seq: 1, Journeys: []state.Journey{j}, Calls: calls})
	all := func() (list []Hour) {
		return must[[]Hour](t)(s.HoursByLine(t.Context(), noon.Add(-24*time.Hour), noon.Add(24*time.Hour)))
	}
	if h := all(); len(h) != 1 || h[0].Unanswered != 1 || h[0].Line != "1601" || !h[0].Start.Equal(noon) {
		t.Fatalf("%+v", h)
	}
	j.Start, j.Line, j.Answered, j.WaitKnown = noon.Add(-2*time.Hour), "1602", noon, true
	put(t, s, Batch{Epoch: "e", Seq: 2, Journeys: []state.Journey{j}})
	h := all()
	if len(h) != 1 || h[0].Answered != 1 || h[0].Unanswered != 0 || h[0].Line != "1602" || !h[0].Start.Equal(noon.Add(-2*time.Hour)) || h[0].Wait != 2*time.Hour {
		t.Fatalf("%+v", h)
	}
	put(t, s, Batch{Epoch: "e", Seq: 3, Gone: []uint64{j.ID}})
	if h := all(); len(h) != 0 {
		t.Errorf("the journey is gone: %+v", h)
	}
	if _, err := s.Journey(t.Context(), j.ID); err != ErrNotFound {
		t.Errorf("the journey is gone: %v", err)
	}
}

// Numbers of journeys may come again when a board has lost its memory. Neither
// of the two is lost; a journey that a new board remembers stays one.
func TestAnotherEpoch(t *testing.T) {
	s := open(t, Options{})
	c := newCompany(4)
	first, calls := c.journey(noon)
	put(t, s, Batch{Epoch: "one", Seq: 900, Journeys: []state.Journey{first}, Calls: calls})
	second, more := c.journey(noon.Add(time.Hour))
	second.ID, more[0].Call.Journey = first.ID, first.ID
	put(t, s, Batch{Epoch: "two", Seq: 5, Journeys: []state.Journey{second}, Calls: more})
	day := must[[]state.Journey](t)(s.Day(t.Context(), noon))
	if len(day) != 2 || day[0].Calls[0] != first.Calls[0] || day[1].ID != second.ID {
		t.Fatalf("journeys %+v", day)
	}
	if of := must[[]Call](t)(s.CallsOf(t.Context(), day[0].ID)); len(of) != 1 || of[0].Seq != first.Calls[0] {
		t.Errorf("calls of the first: %+v", of)
	}
	second.Talks = 7
	put(t, s, Batch{Epoch: "three", Seq: 1, Journeys: []state.Journey{second}})
	put(t, s, Batch{Epoch: "one", Seq: 901, Journeys: []state.Journey{first}}) // of an epoch that is over
	if day := must[[]state.Journey](t)(s.Day(t.Context(), noon)); len(day) != 2 || day[1].Talks != 7 {
		t.Errorf("journeys %+v", day)
	}
	if epoch, seq, _ := s.Applied(t.Context()); epoch != "three" || seq != 1 {
		t.Errorf("applied %s %d", epoch, seq)
	}
}

func TestGapsAndAlarms(t *testing.T) {
	s := open(t, Options{})
	g := GapOf(state.Gap{From: noon, Code: "refused", Reason: "x", Touched: 2})
	put(t, s, Batch{Epoch: "e", Seq: 1, Gaps: []Gap{g}, Alarms: []Alarm{{Key: "a", Kind: "ringing", Scope: "call", Call: 4, From: noon}}})
	g.To, g.Lost = noon.Add(time.Minute), 1
	put(t, s, Batch{Epoch: "e", Seq: 2, Gaps: []Gap{g}})
	put(t, s, Batch{Alarms: []Alarm{{Key: "a", Kind: "ringing", Scope: "call", Call: 4, From: noon, To: noon.Add(time.Hour)}}})
	put(t, s, Batch{Alarms: []Alarm{{Key: "a", Kind: "ringing", Scope: "call", Call: 4, From: noon}}}) // told late
	gaps := must[[]Gap](t)(s.Gaps(t.Context(), noon.Add(30*time.Second), time.Time{}))
	if diff := cmp.Diff([]Gap{g}, gaps); diff != "" {
		t.Error(diff)
	}
	if err := s.Review(t.Context(), g, "Vera", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Review(t.Context(), g, "Max", noon.Add(time.Hour)); !errors.Is(err, ErrReviewed) {
		t.Errorf("a second name: %v", err)
	}
	put(t, s, Batch{Epoch: "e", Seq: 20, Gaps: []Gap{g}})
	other := Gap{Kind: GapDisk, From: noon, Code: "full"}
	if err := s.Review(t.Context(), other, "Max", noon); err != nil { // told by the board, not written yet
		t.Fatal(err)
	}
	for _, g := range must[[]Gap](t)(s.Gaps(t.Context(), time.Time{}, time.Time{})) {
		if want := map[string]string{GapFeed: "Vera", GapDisk: "Max"}[g.Kind]; g.ReviewedBy != want || g.ReviewedAt.IsZero() {
			t.Errorf("%s reviewed by %q at %v", g.Kind, g.ReviewedBy, g.ReviewedAt)
		}
	}
	if gaps := must[[]Gap](t)(s.Gaps(t.Context(), noon.Add(2*time.Minute), noon.Add(time.Hour))); len(gaps) != 1 {
		t.Errorf("one was over, one stands: %+v", gaps)
	}
	alarms := must[[]Alarm](t)(s.Alarms(t.Context(), noon, noon.Add(time.Second)))
	if len(alarms) != 1 || !alarms[0].To.Equal(noon.Add(time.Hour)) || alarms[0].Call != 4 {
		t.Errorf("%+v", alarms)
	}
	moved := g
	moved.From = noon.Add(time.Hour)
	moved.To = noon.Add(2 * time.Hour)
	set := Gap{Kind: GapClock, From: noon, To: noon, Code: ClockForward, Touched: 3600} // at the very moment the gap began
	put(t, s, Batch{Epoch: "e", Seq: 30, Gaps: []Gap{moved, set}, GoneGaps: []time.Time{noon}})
	put(t, s, Batch{Epoch: "e", Seq: 31, GoneGaps: []time.Time{noon}})
	gaps = must[[]Gap](t)(s.Gaps(t.Context(), time.Time{}, time.Time{}))
	if len(gaps) != 3 || gaps[0].Kind != GapClock || gaps[1].Kind != GapDisk || !gaps[2].From.Equal(moved.From) {
		t.Errorf("the clock was set: %+v", gaps)
	}
}

// Who was rung are colleagues: not the customer of a call that went out, nor a
// line at which nobody's telephone rang.
func TestRungAreColleagues(t *testing.T) {
	legs := []state.Leg{
		{Side: state.CallerSide, Party: state.Party{Number: "+31205550101"}},
		{Side: state.CalleeSide, Party: state.Party{Number: "201", User: "501"}},
		{Side: state.CalleeSide, Party: state.Party{Number: "202"}, Missed: true},
		{Side: state.CalleeSide},
	}
	for direction, want := range map[state.Direction]int{state.Inbound: 2, state.Internal: 2, state.Outbound: 0, state.Unknown: 0} {
		c := Call{Call: state.Call{Direction: direction, Legs: legs}}
		if got := c.Rung(); len(got) != want {
			t.Errorf("%v: %+v", direction, got)
		}
	}
}
