package hub

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
)

// countersOf are the counts of the day that pages print, by where they stand.
func countersOf(t *testing.T, h *Hub) map[string]string {
	t.Helper()
	out := map[string]string{}
	board := picture1(t, h, PageBoard, "").Board
	for _, n := range board.Headlines {
		switch n.ID {
		case "level":
			_, out["board: sample of the level"], _ = strings.Cut(n.Target, ", n ")
		case "missed":
			out["board: missed"] = n.Value
		}
	}
	out["side: missed"] = board.Side.Missed.Count
	out["side: this hour"] = board.Side.Hours.Bars[len(board.Side.Hours.Bars)-1].Value
	for _, n := range picture1(t, h, PageWall, "layout=numbers").Wall.Numbers {
		switch n.ID {
		case "unanswered", "callback":
			out["wall: "+n.ID] = n.Value
		}
	}
	lines := picture1(t, h, PageLines, "").Lines
	for _, r := range lines.Rows {
		if r.Offered.Value != "" {
			out["lines: offered"], out["lines: answered"], out["lines: unanswered"] = r.Offered.Value, r.Answered.Value, r.Unanswered.Value
		}
	}
	for _, r := range picture1(t, h, PageNumbers, "").Numbers.Rows {
		switch kpi.Name(r.ID) {
		case kpi.NOffered, kpi.NAnswered, kpi.NUnanswered, kpi.NMissed, kpi.NPeak, kpi.NOutbound, kpi.NInternal:
			out["numbers: "+r.ID] = r.Value
		}
	}
	for _, n := range picture1(t, h, PageMissed, "").Missed.Numbers {
		switch n.ID {
		case "open", "twice":
			out["missed: "+n.ID] = n.Value
		}
	}
	out["navigation: missed"] = picture1(t, h, PageBoard, "").ToCallBack.Text
	for _, item := range picture1(t, h, PagePeople, "").People.Items {
		if html := string(item.HTML); strings.Contains(html, "Anna") {
			_, rest, _ := strings.Cut(html, `class="num counts"`)
			_, rest, _ = strings.Cut(rest, "<span>")
			out["people: answered"] = rest[:min(len(rest), 20)]
		}
	}
	return out
}

// Every count of the day says "at least" exactly while a gap touches the day:
// not before, from the gap on, after a restart with the board as it was, and
// not on the next day.
func TestCountsAreALeastExactlyWhereAGapIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := state.Config{Zone: time.UTC}
		h, stop := run(t, Options{State: cfg, Zone: time.UTC})
		names := []state.Fact{state.Name{Kind: state.NameUser, OID: "501", Text: "Anna", Number: "201"}, state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"}}
		busy := func(h *Hub, from int) {
			played(h, call(from).at("1601", "501"), 5*time.Second, true)
			played(h, call(from+1).at("1601", "501"), 9*time.Second, false)
			feedIn(h, state.Proof{})
			time.Sleep(3 * time.Second)
			synctest.Wait()
		}
		begin := func(h *Hub) {
			feedIn(h, names...)
			feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		}
		check := func(when string, h *Hub, least bool) {
			t.Helper()
			got := countersOf(t, h)
			if len(got) < 18 {
				t.Fatalf("%s: only %d counters were found: %v", when, len(got), got)
			}
			for _, at := range slices.Sorted(maps.Keys(got)) {
				if strings.HasPrefix(got[at], "≥ ") != least || got[at] == "" || got[at] == "–" {
					t.Errorf("%s: %s is %q", when, at, got[at])
				}
			}
			h.Read(func(b *state.Board, _ time.Time) {
				if b.Today().Complete == least {
					t.Errorf("%s: the board says complete=%v", when, b.Today().Complete)
				}
			})
			if d, _ := h.Day(Query{Page: PageNumbers}); d.Complete == least {
				t.Errorf("%s: the API says complete=%v", when, d.Complete)
			}
		}
		begin(h)
		busy(h, 1)
		check("before any gap", h, false)
		feedIn(h, state.Link{State: state.LinkDown, Code: "closed", Reason: "closed", Attempt: 1})
		time.Sleep(30 * time.Second)
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		busy(h, 11)
		check("after a gap", h, true)

		var image []byte
		var err error
		h.Read(func(b *state.Board, _ time.Time) { image, err = b.Image() })
		stop()
		if err != nil {
			t.Fatal(err)
		}
		next := func(code string) (*Hub, func()) {
			board, err := state.FromImage(cfg, image)
			if err != nil {
				t.Fatal(err)
			}
			h, stop := run(t, Options{State: cfg, Zone: time.UTC, Board: board})
			feedIn(h, state.Link{State: state.LinkDown, Code: code, Reason: "was not there"})
			time.Sleep(10 * time.Second)
			begin(h)
			busy(h, 21)
			return h, stop
		}
		h, stop = next("crashed")
		check("after a restart", h, true)
		time.Sleep(24 * time.Hour)
		begin(h)
		feedIn(h, state.Link{State: state.LinkDown, Code: "closed"})
		time.Sleep(24 * time.Hour) // the gap goes on over midnight
		begin(h)
		busy(h, 31)
		check("a gap that began the day before", h, true)
		for left := 48; left > 0; left-- { // a day that was watched from its midnight on
			time.Sleep(time.Hour)
			for range 240 {
				feedIn(h, state.Proof{})
				time.Sleep(15 * time.Second)
			}
		}
		busy(h, 41)
		check("the day after", h, false)
		stop()
	})
}
