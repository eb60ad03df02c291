package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/fakepbx"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/history"
	"callboard/internal/hub"
	"callboard/internal/kpi"
	"callboard/internal/state"
)

// A week of a simulated company, with cuts of its feed and the night in which
// clocks go forward, goes into a history. Every number of every day and hour is
// then computed from the exported file alone, by other code than ours, and must
// be what we say.
func TestWeekFromItsExport(t *testing.T) {
	if testing.Short() || raceOn {
		t.Skip("a week takes some seconds, and a minute under the race detector, without which make test runs it again")
	}
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2000, 3, 22, 22, 30, 0, 0, time.UTC))) // Wednesday night; clocks turn on Sunday
		store, err := history.Open(t.TempDir(), history.Options{Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		w := &witness{board: state.New(state.Config{Zone: zone, Settle: true})}
		w.company(t, zone, func(h *hub.Hub, goHome func()) {
			for hour := range 7*24 + 2 {
				if hour == 7*24 {
					goHome()
				}
				rest(time.Hour)
				if err := store.Put(t.Context(), w.batch()); err != nil {
					t.Fatal(err)
				}
			}
			h.Read(func(b *state.Board, _ time.Time) {
				says, kept := b.Today(), kpi.Of(dayOf(t, store, time.Now()), kpi.DefaultServiceLevel, time.Now(), nil)
				if says.Offered != kept.Offered || says.Answered != kept.Answered || says.Unanswered != kept.Unanswered || says.Outbound != kept.Outbound || says.Internal != kept.Internal {
					t.Errorf("the board counts %+v, the history %+v", says, kept)
				}
			})
		})
		checkWeek(t, store, zone)
	})
}

func dayOf(t *testing.T, store *history.Store, at time.Time) []state.Journey {
	t.Helper()
	journeys, err := store.Day(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	return journeys
}

// A witness follows all inputs with a board of its own.
type witness struct {
	mu    sync.Mutex
	board *state.Board
	seq   uint64
}

func (w *witness) input(in state.Input) uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.board.Apply(in)
	w.seq++
	return w.seq
}

func (w *witness) batch() history.Batch {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.board.Settled()
	b := history.Batch{Epoch: "week", Seq: w.seq, Calls: s.Calls, Journeys: s.Journeys, Gone: s.Gone, GoneGaps: s.GoneGaps}
	for _, g := range s.Gaps {
		b.Gaps = append(b.Gaps, history.GapOf(g))
	}
	return b
}

// company runs a PBX in office hours and a hub that watches it.
func (w *witness) company(t *testing.T, zone *time.Location, f func(h *hub.Hub, goHome func())) {
	pbx, err := fakepbx.New(fakepbx.Options{Seed: 11, CallsPerMinute: 2, OfficeHours: true, Zone: zone, CutEvery: 7 * time.Hour, CutHow: fakepbx.CutAbrupt, DropPercent: 1, User: "api-dash", Password: "canary"})
	if err != nil {
		t.Fatal(err)
	}
	wire := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{Handler: pbx}
	log := slog.New(slog.DiscardHandler)
	var client *xelion.Client
	h := hub.New(hub.Options{Log: log, Zone: zone, State: state.Config{Zone: zone}, OnInput: w.input,
		OnSnapshotWanted: func(why string) { client.RequestSnapshot(why) }, OnReconnectWanted: func(why string) { client.Reconnect(why) }})
	client, err = xelion.New(xelion.Config{URL: "http://127.0.0.1:8", User: "api-dash", Password: "canary", UserSpace: "week", DataDir: t.TempDir(), Dial: wire.dial, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	work, goHome := context.WithCancel(ctx)
	var parts sync.WaitGroup
	parts.Go(func() { server.Serve(wire) })
	parts.Go(func() { feed.Keep(ctx, client, h, log) })
	time.Sleep(time.Second)
	parts.Go(func() { pbx.Run(work) })
	f(h, goHome)
	goHome()
	stop()
	server.Close()
	parts.Wait()
	pbx.Close()
	time.Sleep(2 * time.Minute)
}

// A sum is what the numbers of a day or an hour are made of, in a form that
// shares nothing with package kpi.
type sum struct {
	Offered, Answered, Unanswered, Lost, Outbound, Internal int
	Waited, GaveUp, Talked                                  int64 // nanoseconds
	Waits, GaveUps, Talks                                   int
	InTime, Late, After, Early, Short                       int
}

// levels are the five service levels by their formulas, as part and whole.
func (s *sum) levels() [5][2]int {
	unanswered := s.After + s.Early + s.Short // of those measured
	answered := s.InTime + s.Late
	return [5][2]int{
		{s.InTime + s.Early + s.Short, answered + unanswered},
		{s.InTime, answered},
		{s.InTime, answered + unanswered},
		{s.InTime, answered + s.After},
		{s.InTime + s.Short, answered + unanswered},
	}
}

// nanosOf reads seconds of a file without a rounding.
func nanosOf(t *testing.T, text string) int64 {
	whole, part, _ := strings.Cut(text, ".")
	var n int64
	for _, c := range whole + (part + "000000000")[:9] {
		if c < '0' || c > '9' {
			t.Fatalf("seconds %q", text)
		}
		n = 10*n + int64(c-'0')
	}
	return n
}

// checkWeek computes everything from the file and compares.
func checkWeek(t *testing.T, store *history.Store, zone *time.Location) {
	var file bytes.Buffer
	if err := store.WriteCSV(t.Context(), &file, history.Filter{Rows: history.RowsJourneys}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil || len(rows) < 3000 {
		t.Fatalf("%d rows, %v: the company was asleep", len(rows), err)
	}
	days, hours := map[string]*sum{}, map[time.Time]*sum{}
	for _, cells := range rows[1:] {
		row := map[string]string{}
		for i, head := range rows[0] {
			row[head] = cells[i]
		}
		if row["counted"] != "true" {
			continue
		}
		seen, err := time.Parse(time.RFC3339Nano, row["seenAt"])
		if err != nil {
			t.Fatal(err)
		}
		day, hour := seen.In(zone).Format(time.DateOnly), seen.Truncate(time.Hour)
		if days[day] == nil {
			days[day] = &sum{}
		}
		if hours[hour] == nil {
			hours[hour] = &sum{}
		}
		for _, s := range []*sum{days[day], hours[hour]} {
			s.add(t, row)
		}
	}
	if len(days) < 7 {
		t.Errorf("%d days", len(days))
	}
	lost := 0
	for day, want := range days {
		at, err := time.ParseInLocation(time.DateOnly, day, zone)
		if err != nil {
			t.Fatal(err)
		}
		lost += want.Lost
		journeys := dayOf(t, store, at.Add(12*time.Hour))
		n := kpi.Of(journeys, kpi.DefaultServiceLevel, time.Now(), nil)
		got := sum{n.Offered, n.Answered, n.Unanswered, n.Undecided, n.Outbound, n.Internal, int64(n.Wait), int64(n.GaveUp), int64(n.Talk), n.Waits, n.GaveUps, n.Talks,
			n.Level.InTime, n.Level.Late, n.Level.GaveUpLate, n.Level.GaveUpEarly, n.Level.Short}
		if diff := cmp.Diff(*want, got); diff != "" {
			t.Errorf("%s (-from the file +of the day):\n%s", day, diff)
		}
		for v, level := range want.levels() {
			if r := n.Level.Others[v+1]; r.Part != level[0] || r.Of != level[1] {
				t.Errorf("%s: variant %d is %+v, from the file %v", day, v+1, r, level)
			}
		}
		if r := n.AnswerRate(); r.Part != want.Answered || r.Of != want.Answered+want.Unanswered {
			t.Errorf("%s: answer rate %+v", day, r)
		}
	}
	if lost == 0 {
		t.Error("no journey of unknown end: nothing was lost on the way")
	}
	checkHours(t, store, hours)
}

func checkHours(t *testing.T, store *history.Store, want map[time.Time]*sum) {
	got, err := store.Hours(t.Context(), time.Unix(0, 0), time.Now(), history.Scope{})
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d hours, %d in the file, %v", len(got), len(want), err)
	}
	for _, h := range got {
		w := want[h.Start]
		if w == nil {
			t.Errorf("%v: nothing in the file", h.Start)
			continue
		}
		w.InTime, w.Late, w.After, w.Early, w.Short = 0, 0, 0, 0, 0
		is := sum{Offered: h.Offered, Answered: h.Answered, Unanswered: h.Unanswered, Lost: h.Lost, Outbound: h.Outbound, Internal: h.Internal,
			Waited: int64(h.Wait), GaveUp: int64(h.GaveUp), Talked: int64(h.Talk), Waits: h.Waits, GaveUps: h.GaveUps, Talks: h.Talks}
		if diff := cmp.Diff(*w, is); diff != "" {
			t.Errorf("%v (-from the file +of the hour):\n%s", h.Start, diff)
		}
	}
}

// add counts one row of the file.
func (s *sum) add(t *testing.T, row map[string]string) {
	count := func(text string) (n int) {
		for _, c := range text {
			n = 10*n + int(c-'0')
		}
		return n
	}
	if row["direction"] != "internal" {
		s.Talked += nanosOf(t, row["talkedSeconds"])
		s.Talks += count(row["talks"])
	}
	switch row["direction"] {
	case "outbound":
		s.Outbound++
		return
	case "internal":
		s.Internal++
		return
	}
	s.Offered++
	const second = int64(time.Second)
	measured := row["waitedSeconds"] != ""
	wait := int64(0)
	if measured {
		wait = nanosOf(t, row["waitedSeconds"])
	}
	switch {
	case row["answeredAt"] != "":
		s.Answered++
		if measured {
			s.Waits++
			s.Waited += wait
			if wait <= 20*second {
				s.InTime++
			} else {
				s.Late++
			}
		}
	case row["endSeen"] == "false":
		s.Lost++
	default:
		s.Unanswered++
		if measured {
			s.GaveUps++
			s.GaveUp += wait
			switch {
			case wait < 5*second:
				s.Short++
			case wait <= 20*second:
				s.Early++
			default:
				s.After++
			}
		}
	}
}
