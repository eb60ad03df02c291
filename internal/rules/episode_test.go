package rules

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// An alarm is told twice, when it is raised and when it is over; what is said
// again in between, and what a part of the board raises, is not told.
func TestLedgerTellsRaiseAndEnd(t *testing.T) {
	start := time.Date(2026, 11, 20, 10, 30, 0, 0, time.UTC)
	ringing := Reading{Kind: RingingLong, Subject: 7, Limit: Limit{Over: 30, Again: time.Minute}, Since: start}
	part := Reading{Kind: ManyWaiting, Subject: Part | 1, Limit: Limit{Over: 1}, Value: 9}
	whole := Reading{Kind: ManyWaiting, Limit: Limit{Over: 1}, Value: 9}
	var e Engine
	var l Ledger
	var told []Episode
	for _, step := range []struct {
		after    time.Duration
		readings []Reading
	}{
		{29 * time.Second, []Reading{ringing}},
		{30 * time.Second, []Reading{ringing, part}},
		{91 * time.Second, []Reading{ringing, part, whole}},
		{95 * time.Second, []Reading{part}},
	} {
		alarms, _, _ := e.Step(start.Add(step.after), step.readings)
		told = append(told, l.Note(start.Add(step.after), alarms)...)
	}
	at := func(s int) time.Time { return start.Add(time.Duration(s) * time.Second) }
	want := []Episode{
		{Kind: RingingLong, Call: 7, From: at(30), Value: 30, Limit: 30},
		{Kind: ManyWaiting, From: at(91), Value: 9, Limit: 1},
		{Kind: RingingLong, Call: 7, From: at(30), To: at(95), Value: 30, Limit: 30},
		{Kind: ManyWaiting, From: at(91), To: at(95), Value: 9, Limit: 1},
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
	if a, b := told[0].ID(), told[2].ID(); a != b || a != (&Alarm{Kind: RingingLong, Subject: 7, Raised: at(30)}).ID() {
		t.Errorf("begun as %s, ended as %s", a, b)
	}
}

// An alarm that was up when a process ended is the same one in the next: not
// raised anew, held while nobody can tell, and ended under its own id.
func TestAnAlarmOutlivesARestart(t *testing.T) {
	start := time.Date(2026, 11, 20, 10, 30, 0, 0, time.UTC)
	up := []Episode{{Kind: RingingLong, Call: 7, From: start.Add(30 * time.Second)}, {Kind: ManyWaiting, From: start.Add(40 * time.Second)}}
	var e Engine
	var l Ledger
	e.Restore(up)
	l.Restore(up)
	ringing := Reading{Kind: RingingLong, Subject: 7, Limit: Limit{Over: 30}, Since: start, Unknown: true}
	alarms, _, _ := e.Step(start.Add(time.Minute), []Reading{ringing})
	want := []Episode{{Kind: ManyWaiting, From: start.Add(40 * time.Second), To: start.Add(time.Minute)}}
	if diff := cmp.Diff(want, l.Note(start.Add(time.Minute), alarms)); diff != "" {
		t.Errorf("what nobody reads any more must end at the first step: %s", diff)
	}
	ringing.Unknown = false
	alarms, _, _ = e.Step(start.Add(70*time.Second), []Reading{ringing})
	if told := l.Note(start.Add(70*time.Second), alarms); len(told) != 0 || len(alarms) != 1 {
		t.Errorf("told anew as %v, up are %v", told, alarms)
	}
	if n := e.Raised(RingingLong); n != 0 {
		t.Errorf("counted as raised %d times in this process", n)
	}
	alarms, _, _ = e.Step(start.Add(80*time.Second), nil)
	told := l.Note(start.Add(80*time.Second), alarms)
	if len(told) != 1 || told[0].ID() != up[0].ID() || !told[0].To.Equal(start.Add(80*time.Second)) {
		t.Errorf("ended as %v", told)
	}
}
