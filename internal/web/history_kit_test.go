package web

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// pastOf fills a history with the days before a moment and what of its own day
// is over: more calls on working days around noon, the same for the same moment.
// Ten days before it nothing was kept. Two days before, the feed was away for
// ten minutes at half past eleven; three days before, the clock was put back an
// hour at twenty past nine, of which nothing is missing.
func pastOf(t testing.TB, now time.Time, zone *time.Location) *history.Store {
	t.Helper()
	s, err := history.Open(t.TempDir(), history.Options{Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 8))
	customers := []state.Party{
		{Name: "Praktijk Zuiderlicht", Number: "+31305550147"}, {Number: "+31205550193"}, {Name: "Bouwmaat Oost", Number: "+31535550116"},
		{Name: "Slagerij Bos", Number: "+31625550128"}, {Number: "+31625550112"}, {Name: "Camping De Duinen", Number: "+31715550158"},
	}
	b := history.Batch{Epoch: "past", Seq: 1}
	midnight, _ := history.DayOf(now, zone)
	id := uint64(0)
	for day := range 10 {
		from := midnight.AddDate(0, 0, day-9)
		for hour := 8; hour < 18; hour++ {
			n := 4 + random.IntN(6) - max(hour-13, 11-hour, 0)
			if wd := from.In(zone).Weekday(); wd == time.Saturday || wd == time.Sunday {
				n /= 4
			}
			for range max(n, 1) {
				at := from.Add(time.Duration(hour)*time.Hour + time.Duration(random.IntN(3500))*time.Second)
				id++
				j := state.Journey{
					ID: id, Kind: state.Inbound, Customer: customers[random.IntN(len(customers))], Line: fmt.Sprint(1601 + id%2), Calls: []uint64{1_000_000 + id},
					LineName: []string{"Sales", "Support"}[id%2], Counted: true, Start: at, StartKnown: true, RangAt: []string{"501"}, Rung: 1,
				}
				ring := time.Duration(3+random.IntN(30)) * time.Second
				j.Ended = at.Add(ring)
				switch {
				case id%17 == 0:
					j.Kind, j.Line, j.LineName, j.RangAt, j.Rung = state.Outbound, "", "", nil, 0
					fallthrough
				case id%9 != 0:
					j.Answered, j.WaitKnown, j.Users = at.Add(ring), true, []string{"501"}
					j.Talk, j.Talks = time.Duration(20+random.IntN(400))*time.Second, 1
					j.Ended = j.Answered.Add(j.Talk)
					if id%13 == 0 {
						j.Users = append(j.Users, "503")
					}
				}
				if j.Ended.After(now) {
					continue
				}
				b.Journeys = append(b.Journeys, j)
			}
		}
	}
	away := midnight.AddDate(0, 0, -2).Add(11*time.Hour + 30*time.Minute)
	b.Gaps = []history.Gap{{Kind: history.GapFeed, From: away, To: away.Add(10 * time.Minute), Code: "closed", Reason: "The PBX closed the socket", Touched: 2, Lost: 1}}
	set := midnight.AddDate(0, 0, -3).Add(9*time.Hour + 20*time.Minute)
	b.Gaps = append(b.Gaps, history.Gap{Kind: history.GapClock, From: set, To: set, Code: history.ClockBack, Reason: "This machine's clock was put back by 1h0m0s", Touched: 3600})
	if err := s.Put(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return s
}
