package hub

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/kpi"
	"callboard/internal/state"
	"callboard/internal/teams"
	"callboard/views"
)

func (c testCall) at(line, user string) testCall {
	c.event.Line, c.event.Callee.User, c.event.Callee.Number = line, user, user
	return c
}

// played plays a call: it rings so long and is answered, or gives up.
func played(h *Hub, c testCall, rings time.Duration, answered bool) {
	feedIn(h, c.rings())
	time.Sleep(rings)
	if answered {
		feedIn(h, c.answers())
		time.Sleep(10 * time.Second)
	}
	feedIn(h, c.hangsUp(), state.Proof{RoundTrip: time.Millisecond})
}

func rowOf(t *testing.T, n *views.Numbers, id kpi.Name) views.NumberRow {
	t.Helper()
	i := slices.IndexFunc(n.Rows, func(r views.NumberRow) bool { return r.ID == string(id) })
	if i < 0 {
		t.Fatalf("no number %s", id)
	}
	return n.Rows[i]
}

// shownOf are some numbers of the page as a person reads them.
func shownOf(t *testing.T, n *views.Numbers, ids ...kpi.Name) string {
	t.Helper()
	var out []string
	for _, id := range ids {
		r := rowOf(t, n, id)
		value := strings.TrimSpace(r.Value + r.Age.Text + r.Part)
		out = append(out, value)
	}
	return strings.Join(out, " ")
}

// The page counts what happened, of the lines and people that the query names.
func TestNumbersOfAScope(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of, err := teams.Parse("teams.yaml", []byte("teams:\n  - name: Sales\n    lines: [\"1601\"]\n"))
		if err != nil {
			t.Fatal(err)
		}
		h, stop := run(t, Options{Setup: Setup{Teams: of}})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		played(h, call(1).at("1601", "501"), 10*time.Second, true)
		played(h, call(2).at("1601", "502"), 15*time.Second, true)
		played(h, call(3).at("1602", "501"), 15*time.Second, true)
		played(h, call(4).at("1602", "502"), 2*time.Second, false)
		feedIn(h, call(5).at("1601", "503").rings())
		time.Sleep(15 * time.Second)
		feedIn(h, state.Proof{})
		time.Sleep(6 * time.Second) // 21 s: past the threshold
		ids := []kpi.Name{kpi.NServiceLevel, kpi.NAnswerRate, kpi.NOffered, kpi.NAnswered, kpi.NUnanswered, kpi.NRinging, kpi.NLongest, kpi.NASA, kpi.NATT, kpi.NDepth, kpi.NPeak}
		for query, want := range map[string]string{
			"":                   "75% 75% 5 3 1 0:21 0:21 0:13 0:10 1.0 1",
			"line=1601":          "67% 100% 3 2 0 0:21 0:21 0:12 0:10 1.0 1",
			"line=1602":          "100% 50% 2 1 1 – 0:15 0:15 0:10 1.0 1",
			"user=501":           "100% 100% 2 2 0 – 0:15 0:12 0:10 1.0 1",
			"user=503":           "0% n/a 1 0 0 0:21 0:21 n/a n/a n/a 1",
			"team=Sales":         "67% 100% 3 2 0 0:21 0:21 0:12 0:10 1.0 1",
			"line=9999":          "n/a n/a 0 0 0 – – n/a n/a n/a 0",
			"user=501&line=1602": "100% 100% 1 1 0 – 0:15 0:15 0:10 1.0 1",
		} {
			if got := shownOf(t, picture1(t, h, PageNumbers, query).Numbers, ids...); got != want {
				t.Errorf("%q:\n got %s\nwant %s", query, got, want)
			}
		}
		// The strip of the board says the same, of the same lines.
		for query, want := range map[string]string{"": "75 %", "line=1601": "67 %", "line=9999": "n/a"} {
			hs := picture1(t, h, PageBoard, query).Board.Headlines
			if got := strings.TrimSpace(hs[4].Value + " " + hs[4].Part); got != want || hs[4].ID != "level" {
				t.Errorf("headline of %q: %s, want %s", query, got, want)
			}
		}
	})
}

// How long the longest has rung is one number, wherever it stands: at least,
// as soon as one of them rang before it was seen.
func TestLongestRingingIsTheSameEverywhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now(), Channels: []state.Channel{
			{CallID: "SIP/before", ChannelID: "SIP/before", Role: state.RoleCaller, Name: "Bakery"},
			{CallID: "SIP/before", ChannelID: "SIP/anna", Role: state.RoleCallee, Name: "Anna"},
		}})
		for _, want := range []string{"≥ 0:05", "≥ 0:15"} { // the one from before, then with another that was seen
			feedIn(h, call(1).rings())
			time.Sleep(5 * time.Second)
			feedIn(h, state.Proof{})
			board := picture1(t, h, PageBoard, "").Board.Headlines[1]
			lines := picture1(t, h, PageLines, "").Lines
			total := lines.Rows[len(lines.Rows)-1].Longest.Text
			wall := picture1(t, h, PageWall, "layout=numbers").Wall.Numbers[0].Age.Text
			number := shownOf(t, picture1(t, h, PageNumbers, "").Numbers, kpi.NRinging)
			if board.Age.Text != want || total != want || wall != want || number != want {
				t.Errorf("board %s, lines %s, wall %s, numbers %s; want %s", board.Age.Text, total, wall, number, want)
			}
			time.Sleep(5 * time.Second)
		}
	})
}

// The longest wait of today grows with a call that rings, once that is the
// longest, without any word of the feed.
func TestLongestWaitGrowsWhileItRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		played(h, call(1), 3*time.Second, false)
		feedIn(h, call(2).rings())
		for _, want := range []string{"0:03", "0:04", "0:06"} {
			time.Sleep(2 * time.Second)
			feedIn(h, state.Proof{})
			if got := shownOf(t, picture1(t, h, PageNumbers, "").Numbers, kpi.NLongest); got != want {
				t.Errorf("longest wait %s, want %s", got, want)
			}
		}
	})
}

// A call that rings past the threshold counts against at once, without any
// word of the feed.
func TestLevelFallsWhileItRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		played(h, call(1), time.Second, true)
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		feedIn(h, call(2).rings())
		time.Sleep(10 * time.Second)
		feedIn(h, state.Proof{})
		time.Sleep(9 * time.Second)
		rest(t, v, p)
		if !strings.Contains(p.parts["p-headlines"], ">100<") {
			t.Fatalf("before the threshold: %s", p.parts["p-headlines"])
		}
		time.Sleep(1500 * time.Millisecond)
		rest(t, v, p)
		if !strings.Contains(p.parts["p-headlines"], ">50<") || !strings.Contains(p.parts["p-headlines"], "n 2") {
			t.Errorf("past the threshold: %s", p.parts["p-headlines"])
		}
	})
}

// After a gap counts are a least, ratios stay what they are of what was seen;
// without proof nothing is known.
func TestNumbersAfterAGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		ids := []kpi.Name{kpi.NServiceLevel, kpi.NOffered, kpi.NMissed, kpi.NLongest, kpi.NASA, kpi.NPeak}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		if got := shownOf(t, picture1(t, h, PageNumbers, "").Numbers, ids...); got != "– – – – – –" {
			t.Errorf("connected, nothing seen: %s", got)
		}
		played(h, call(1), time.Second, true)
		feedIn(h, state.Link{State: state.LinkDown, Reason: "gone"})
		time.Sleep(time.Second)
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()}, state.Proof{})
		time.Sleep(2 * time.Second)
		page := picture1(t, h, PageNumbers, "").Numbers
		if got := shownOf(t, page, ids...); got != "100% ≥ 1 ≥ 0 ≥ 0:01 0:01 ≥ 1" {
			t.Errorf("after a gap: %s", got)
		}
		if !strings.Contains(page.Note, "at least") || rowOf(t, page, kpi.NServiceLevel).Sample != "n ≥ 1" {
			t.Errorf("note %q, sample %q", page.Note, rowOf(t, page, kpi.NServiceLevel).Sample)
		}
		time.Sleep(6 * time.Minute)
		if got := shownOf(t, picture1(t, h, PageNumbers, "").Numbers, ids...); got != "– – – – – –" {
			t.Errorf("blind: %s", got)
		}
	})
}

// Behind each number stand its calls, newest first, bounded, and one part of
// them on request.
func TestCallsBehindANumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		for i := range callsShown + 5 {
			feedIn(h, call(i).rings(), call(i).answers(), call(i).hangsUp())
			time.Sleep(time.Millisecond)
		}
		played(h, call(5000), 3*time.Second, false)
		time.Sleep(time.Second)
		page := picture1(t, h, PageNumbers, "n=offered").Numbers
		if n := len(page.Calls.Rows); n != callsShown || page.Calls.Note != fmt.Sprintf("the newest %d of %d", callsShown, callsShown+6) {
			t.Errorf("%d calls, %q", n, page.Calls.Note)
		}
		if first := page.Calls.Rows[0]; first.Outcome != "Unanswered" || first.Waited.Text != "0:03" || first.URL == "" {
			t.Errorf("the newest is %+v", first)
		}
		part := picture1(t, h, PageNumbers, "part=short").Numbers
		if len(part.Calls.Rows) != 1 || part.Calls.All == "" || !strings.Contains(part.Calls.Title, "less than 5 s") {
			t.Errorf("short ones: %d, %q", len(part.Calls.Rows), part.Calls.Title)
		}
		d, _ := h.Day(Query{Page: PageNumbers, Number: "offered"})
		if len(d.Calls) != callsShown+6 || !d.Known || !d.Complete {
			t.Errorf("%d calls for programs, known %v, complete %v", len(d.Calls), d.Known, d.Complete)
		}
	})
}

// However many look and however fast it goes, the day is read at most once a
// second, and not at all when nothing is new.
func TestDayIsReadOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for _, q := range []string{"", "line=1601", "user=5001"} {
			v, err := h.Join(mustQuery(t, PageBoard, q), "")
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
		}
		made := func() uint64 {
			h.painter.mu.Lock()
			defer h.painter.mu.Unlock()
			return h.painter.day.made
		}
		before := made()
		for i := range 100 {
			feedIn(h, call(i).rings(), call(i).answers())
			time.Sleep(100 * time.Millisecond)
		}
		if n := made() - before; n < 8 || n > 11 {
			t.Errorf("the day was read %d times in 10 s", n)
		}
		time.Sleep(5 * time.Second)
		before = made()
		for range 20 {
			feedIn(h, state.Proof{})
			time.Sleep(time.Second)
			h.painter.paint()
		}
		if n := made() - before; n > 1 {
			t.Errorf("the day was read %d times while nothing happened", n)
		}
	})
}

// Each headline opens its own explanation: the same figure, what it is made of,
// and the calls behind it.
func TestNumbersOfThisMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		feedIn(h, state.Name{Kind: state.NameUser, OID: "504", Text: "Eva", Number: "204"})
		feedIn(h, call(1).at("1601", "501").rings()) // past its limit
		time.Sleep(20 * time.Second)
		feedIn(h, state.Proof{}, call(2).at("1601", "502").rings())
		feedIn(h, call(3).at("1602", "503").rings(), call(3).at("1602", "503").answers())
		time.Sleep(11 * time.Second)
		feedIn(h, state.Proof{})
		time.Sleep(time.Second)

		strip := map[string]views.Headline{}
		for _, hl := range picture1(t, h, PageBoard, "").Board.Headlines {
			strip[hl.ID] = hl
		}
		for _, c := range []struct {
			headline string
			name     kpi.Name
			sum      string // of the parts, in their order
			calls    int
		}{
			{"needs", nowNeeds, "1 0", 1},
			{"ringing", nowRinging, "1 1 0", 2},
			{"talking", nowTalking, "1 0 0", 1},
			{"free", nowFree, "1 1 0 2", 0},
			{"missed", nowNotReturned, "", 0},
		} {
			hl := strip[c.headline]
			if want := "/numbers?n=" + string(c.name); hl.URL != want {
				t.Errorf("the headline %s leads to %s, want %s", c.headline, hl.URL, want)
			}
			n := picture1(t, h, PageNumbers, "n="+string(c.name)).Numbers
			if n.Open.ID != string(c.name) || n.Open.Value != hl.Value || n.Open.Formula == "" {
				t.Errorf("%s: the strip says %s, its page %+v", c.name, hl.Value, n.Open.NumberRow)
			}
			var parts []string
			for _, row := range n.Open.Sum {
				parts = append(parts, row.Value)
			}
			if got := strings.Join(parts, " "); got != c.sum || len(n.Calls.Rows) != c.calls {
				t.Errorf("%s: parts %q and %d calls, want %q and %d", c.name, got, len(n.Calls.Rows), c.sum, c.calls)
			}
			if n.Calls.All == "" {
				t.Errorf("%s: no way to where its calls or people are", c.name)
			}
		}
		of := picture1(t, h, PageNumbers, "n=ringing&line=1602").Numbers
		if of.Open.Value != "0" || len(of.Calls.Rows) != 0 || of.Calls.Empty == "" {
			t.Errorf("of another line: %+v", of)
		}
	})
}
