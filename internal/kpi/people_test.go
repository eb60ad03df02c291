package kpi

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/state"
)

func TestByPersonAndLongestWaits(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 22, 9, minute, 0, 0, time.UTC) }
	journey := func(id uint64, kind state.Direction, start, wait int, users, rang []string) state.Journey {
		j := state.Journey{ID: id, Kind: kind, Counted: true, Start: at(start), StartKnown: true, Users: users, RangAt: rang, Ended: at(start + 10)}
		if len(users) > 0 {
			j.Answered, j.WaitKnown = at(start+wait), true
		}
		return j
	}
	lost := journey(6, state.Inbound, 6, 0, nil, []string{"anna"})
	lost.Lost = true
	before := journey(7, state.Inbound, 7, 5, []string{"anna"}, nil)
	before.Counted = false
	list := []state.Journey{
		journey(1, state.Inbound, 1, 2, []string{"anna", "bas"}, []string{"anna", "eva"}),
		journey(2, state.Inbound, 2, 0, nil, []string{"eva", "bas"}),
		journey(3, state.Outbound, 3, 1, []string{"bas"}, nil),
		journey(4, state.Internal, 4, 1, []string{"anna", "eva"}, nil),
		journey(5, state.Unknown, 5, 3, []string{"bas"}, nil),
		lost, before,
	}
	want := []Participant{
		{User: "bas", Answered: 2, LetRing: 1, Out: 1, First: at(1), Last: at(5)},
		{User: "anna", Answered: 1, Inside: 1, First: at(1), Last: at(4)},
		{User: "eva", LetRing: 1, Inside: 1, First: at(2), Last: at(4)},
	}
	if diff := cmp.Diff(want, ByPerson(list)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var ids []uint64
	for _, j := range LongestWaits(list, at(30), 3) {
		ids = append(ids, j.ID)
	}
	if diff := cmp.Diff([]uint64{2, 5, 1}, ids); diff != "" {
		t.Errorf("longest waits (-want +got):\n%s", diff)
	}
}
