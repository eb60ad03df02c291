package app

import (
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// The week before is told by the hours of the zone, only of whole days that are
// kept, and as a least where a gap touched it.
func TestPastHours(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	s, err := history.Open(t.TempDir(), history.Options{Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	day := time.Date(2026, 11, 17, 0, 0, 0, 0, zone)
	var b history.Batch
	b.Epoch, b.Seq = "a", 1
	for i, at := range []time.Time{day.Add(-time.Hour), day.Add(8 * time.Hour), day.Add(8*time.Hour + 59*time.Minute), day.Add(9 * time.Hour), day.Add(24 * time.Hour)} {
		j := state.Journey{ID: uint64(i + 1), Kind: state.Inbound, Line: "1601", Counted: true, Start: at, StartKnown: true, Ended: at.Add(time.Minute), Calls: []uint64{uint64(i + 1)}}
		if i == 3 {
			j.Line, j.RangAt, j.Rung = "1602", []string{"501"}, 1
		}
		b.Journeys = append(b.Journeys, j)
	}
	b.Gaps = []history.Gap{{Kind: history.GapFeed, From: day.Add(30 * time.Hour), To: day.Add(31 * time.Hour)}}
	if err := s.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	ask := pastHours(s, zone)
	for _, want := range []struct {
		name         string
		day          time.Time
		lines, users []string
		eight, nine  int
		known, least bool
	}{
		{"all", day, nil, nil, 2, 1, true, false},
		{"a line", day, []string{"1601"}, nil, 2, 0, true, false},
		{"a team of a line and a person", day, []string{"1601"}, []string{"501"}, 2, 1, true, false},
		{"a day with a gap", day.AddDate(0, 0, 1), nil, nil, 0, 0, true, true},
		{"a day of which a part is kept", day.AddDate(0, 0, -1), nil, nil, 0, 0, false, false},
		{"a day of which nothing is kept", day.AddDate(0, 0, -2), nil, nil, 0, 0, false, false},
	} {
		got, err := ask(t.Context(), want.day, want.lines, want.users)
		if err != nil || got.Counts[8] != want.eight || got.Counts[9] != want.nine || got.Known != want.known || got.Least != want.least {
			t.Errorf("%s: %+v, %v", want.name, got, err)
		}
	}
	if pastHours(nil, zone) != nil {
		t.Error("nothing is kept, and something is asked")
	}
}
