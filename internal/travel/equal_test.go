package travel_test

import (
	"context"
	"testing"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/state"

	"github.com/google/go-cmp/cmp"
)

// What a page showed at a second is what it shows again of that second: rows,
// parts, state code, through lost feeds, over midnight, and on both sides of a
// time in which nothing ran.
func TestTheReplayedBoardIsTheOneThatWasShown(t *testing.T) {
	if raceOn {
		t.Skip("long: make test runs it once more, without the race detector")
	}
	watch(t, fakepbx.Options{Seed: 11, CallsPerMinute: 6, CutEvery: 3 * time.Minute, CutHow: fakepbx.CutHalfOpen}, func(t *testing.T, h *house) {
		type looked struct {
			at    time.Time
			pages []shown
		}
		var was []looked
		states := map[string]int{}
		look := func() {
			now := h.live().Now()
			rest(now.Truncate(time.Second).Add(time.Second).Sub(now)) // pages are of whole seconds
			for before := uint64(0); before != h.version(); {         // what is told once a second has been told
				before = h.version()
				rest(time.Second)
			}
			l := looked{at: h.live().Now()}
			for _, v := range viewed {
				l.pages = append(l.pages, v.of(t, h.live()))
			}
			states[l.pages[0].live]++
			was = append(was, l)
		}
		for i := range 40 {
			rest(time.Duration(71+i*13%67) * time.Second)
			for range 15 { // every third one is to be where the feed is lost, if that comes soon
				if i%3 > 0 || !h.linked() {
					break
				}
				rest(10 * time.Second)
			}
			look()
			if i%5 == 4 {
				h.keep()
			}
			if i == 20 { // it ends, and begins again three minutes later
				rest(time.Second) // a moment is as of its end
				h.live().Stop()
				h.stop()
				rest(3 * time.Minute)
				board, err := h.travel.Board(t.Context(), h.live().Now())
				if err != nil {
					t.Fatal(err)
				}
				h.begin(t.Context(), board.Board)
				rest(time.Second)
			}
		}
		if states["live"] < 20 || states["doubtful"] < 4 {
			t.Fatalf("the board was seen %v", states)
		}
		rest(time.Minute)
		differ := 0
		for _, l := range was {
			past, release, err := h.travel.Hub(context.Background(), l.at, 0)
			if err != nil {
				t.Fatalf("%s: %v", l.at, err)
			}
			for i, v := range viewed {
				if is := v.of(t, past); !cmp.Equal(is, l.pages[i], cmp.AllowUnexported(shown{})) {
					if differ++; differ <= 3 {
						t.Errorf("%s?%s at %s (live %s): %s", v.page, v.query, l.at.In(h.cfg.Zone).Format(time.DateTime), l.pages[i].live,
							cmp.Diff(l.pages[i], is, cmp.AllowUnexported(shown{})))
					}
				}
			}
			record := past.RecordNow()
			if record.Differ > 0 || !record.Checked.IsZero() && !record.Equal {
				t.Errorf("%s: %d codes differ", l.at, record.Differ)
			}
			release()
		}
		stats := h.travel.Stats()
		if differ > 0 || stats.Checks < 50 || stats.Differ != 0 || stats.Hubs > 8 {
			t.Errorf("%d pages differ; %+v", differ, stats)
		}
		rest(2 * time.Minute)
		if left := h.travel.Stats().Hubs; left != 0 {
			t.Errorf("%d private hubs outlive their use", left)
		}
		var journeys int
		h.live().Read(func(b *state.Board, _ time.Time) { journeys = len(b.Journeys()) })
		if journeys < 20 {
			t.Errorf("only %d journeys since midnight: the company was asleep", journeys)
		}
	})
}
