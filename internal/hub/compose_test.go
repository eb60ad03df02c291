package hub

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
	"callboard/views"
)

func picture1(t *testing.T, h *Hub, page, raw string) Picture {
	t.Helper()
	pic, err := h.Picture(t.Context(), mustQuery(t, page, raw))
	if err != nil {
		t.Fatal(err)
	}
	return pic
}

// values are the headlines' numbers in order.
func values(hs []views.Headline) string {
	var out []string
	for _, h := range hs {
		out = append(out, strings.TrimSpace(h.Value+" "+h.Part))
	}
	return strings.Join(out, " | ")
}

// Unknown is never painted as zero: numbers appear with the first proof, and
// go when the view is lost.
func TestNumbersNeedProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		const none = "– | – | – | – | – | –"
		blind := picture1(t, h, PageBoard, "")
		if got := values(blind.Board.Headlines); got != none || blind.Live != "blind" || blind.Strip.Code != "–" || blind.Board.Empty.Kind != "blind" {
			t.Errorf("before the first connection: %s, live %s, code %s, %q", got, blind.Live, blind.Strip.Code, blind.Board.Empty.Kind)
		}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now()})
		h.painter.paint()
		quiet := picture1(t, h, PageBoard, "")
		if got := values(quiet.Board.Headlines); got != none || quiet.Live != "doubtful" || quiet.Board.Empty.Kind != "unproven" {
			t.Errorf("connected, nothing seen: %s, live %s, %q", got, quiet.Live, quiet.Board.Empty.Kind)
		}
		if !strings.Contains(quiet.Strip.Reason, "Connected, no call seen yet") || quiet.Strip.Words != "Not live" {
			t.Errorf("the strip says %q, %q", quiet.Strip.Words, quiet.Strip.Reason)
		}
		feedIn(h, call(1).rings())
		h.painter.paint()
		live := picture1(t, h, PageBoard, "")
		if got := values(live.Board.Headlines); !strings.HasPrefix(got, "0 | 1 | 0 | ") || live.Live != "live" || live.Strip.Reason != "" {
			t.Errorf("after the first call: %s, live %s, reason %q", got, live.Live, live.Strip.Reason)
		}
	})
}

// A transfer as the feed tells it: the customer's row shows who handed over,
// and its page tells the whole journey.
func TestTransferOnItsPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Zone: time.UTC})
		feedIn(h, liveFacts()...)
		for _, n := range []state.Name{
			{Kind: state.NameUser, OID: "501", Text: "Anna de Vries"}, {Kind: state.NameUser, OID: "502", Text: "Bas Jansen"},
			{Kind: state.NameLine, OID: "1601", Text: "Verkoop"},
		} {
			feedIn(h, n)
		}
		customer := state.Party{FlowID: "fC", Number: "+31205550101"}
		anna := state.Party{FlowID: "fA1", User: "501", Number: "201"}
		consult := state.Party{FlowID: "fA2", User: "501", Number: "201"}
		bas := state.Party{FlowID: "fB", User: "502", Number: "202"}
		x := testCall{state.Event{CallID: "X", Caller: customer, Callee: anna, Line: "1601", Duration: -1}}
		y := testCall{state.Event{CallID: "Y", Caller: consult, Callee: bas, Duration: -1}}
		for _, e := range []state.Event{x.rings(), x.answers(), y.rings(), y.answers(), x.hangsUp(), y.hangsUp(), y.hangsUp()} {
			time.Sleep(2 * time.Second)
			if e.Type == state.HungUp {
				time.Sleep(-2*time.Second + 100*time.Millisecond)
			}
			feedIn(h, e)
		}
		time.Sleep(time.Second)
		h.painter.paint()
		board := picture1(t, h, PageBoard, "")
		if len(board.Items) != 2 || board.Items[0].ID != "g-talking" {
			t.Fatalf("board: %d items", len(board.Items))
		}
		row := string(board.Items[1].HTML)
		if !contained(row, "Bas Jansen", "Anna", "Inferred", "transfer ", "Verkoop") {
			t.Errorf("the row does not tell of the transfer: %s", row)
		}
		var seq uint64
		h.Read(func(b *state.Board, _ time.Time) {
			for c := range b.Calls() {
				seq = c.Seq
			}
		})
		pic, err := h.Picture(t.Context(), Query{Page: PageCall, Call: seq})
		if err != nil {
			t.Fatal(err)
		}
		d := pic.Call
		if d.Word != "Inferred" || !strings.Contains(d.Why, "does not announce the talk after a transfer") || d.Arrow != views.ArrowDashed {
			t.Errorf("confidence %q, %q, arrow %q", d.Word, d.Why, d.Arrow)
		}
		if len(d.Journey.Lanes.Rows) != 3 || d.Journey.Lanes.Now < 900 {
			t.Errorf("%d lanes, now at %d", len(d.Journey.Lanes.Rows), d.Journey.Lanes.Now)
		}
		kinds := map[string]bool{}
		for _, l := range d.Journey.Lanes.Rows {
			for _, b := range l.Bars {
				kinds[b.Kind] = true
				if b.From > b.To || b.To > 1003 {
					t.Errorf("bar from %d to %d", b.From, b.To)
				}
			}
		}
		if !kinds["talk"] || !kinds["consult"] || !kinds["inferred"] {
			t.Errorf("bars of kinds %v, want talk, consult and inferred", kinds)
		}
		if len(d.Entries) < 6 || len(d.Raw) < 6 || !strings.Contains(d.EntryNote, "received") {
			t.Errorf("%d lines, %d raw events, note %q", len(d.Entries), len(d.Raw), d.EntryNote)
		}
		if len(d.Legs) < 2 {
			t.Errorf("%d legs", len(d.Legs))
		}
		if testing.Verbose() {
			for _, e := range d.Entries {
				t.Logf("%+v", e)
			}
			t.Logf("%+v\n%+v\n%+v\n%+v", d.Facts, d.Legs, d.Journey, d.Others)
		}
	})
}

// A call that ended stays readable; one nobody knows is not found.
func TestCallPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		q := Query{Page: PageCall, Call: 2}
		v, err := h.Join(q, "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		for _, e := range []state.Event{call(1).answers(), call(1).answers(), call(1).hangsUp()} {
			time.Sleep(time.Second)
			feedIn(h, e, state.Proof{RoundTrip: time.Millisecond})
			time.Sleep(300 * time.Millisecond)
			rest(t, v, p)
		}
		if !contained(p.parts["p-detail"], "Ended", "hung up", "New call", "Connected", "×2") {
			t.Errorf("the page of the ended call: %s", p.parts["p-detail"])
		}
		pic, err := h.Picture(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, leg := range pic.Call.Legs {
			if leg.State != "Gone" || leg.Until == "–" {
				t.Errorf("a leg of the ended call: %+v, want it gone with its end", leg)
			}
		}
		for _, seq := range []uint64{0, 77, 1 << 60} {
			if _, err := h.Picture(t.Context(), Query{Page: PageCall, Call: seq}); !errors.Is(err, ErrNotFound) {
				t.Errorf("call %d: %v, want ErrNotFound", seq, err)
			}
			if _, err := h.Join(Query{Page: PageCall, Call: seq}, ""); !errors.Is(err, ErrNotFound) {
				t.Errorf("stream of call %d: %v, want ErrNotFound", seq, err)
			}
		}
	})
}

// A loss of the feed: the page is the picture of the last proof and says so,
// ages stop there. When the feed is back, calls that nobody has confirmed are
// in doubt, totals say so, and the gap is on the status page.
func TestLostFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(2).rings(), call(2).answers())
		time.Sleep(5 * time.Second)
		feedIn(h, state.Proof{RoundTrip: 11 * time.Millisecond})
		time.Sleep(time.Second)
		feedIn(h, state.Link{State: state.LinkDown, Code: "closed", Reason: "the PBX closed the socket", Attempt: 1})
		time.Sleep(40 * time.Second)
		pic := picture1(t, h, PageBoard, "")
		if pic.Live == "live" || pic.Strip.AsOf == "" || !strings.Contains(pic.Strip.Reason, "closed the socket") {
			t.Fatalf("live %s, strip %+v", pic.Live, pic.Strip)
		}
		found := false
		for _, it := range pic.Items {
			if it.ID == "c2" {
				found = true
				if !contained(string(it.HTML), ">0:05<") || contained(string(it.HTML), "Ringing?") {
					t.Errorf("not the call as it was at the last proof: %s", it.HTML)
				}
			}
			if it.ID == "g-needs" {
				t.Error("a call that nobody can prove raises an alarm")
			}
		}
		if !found {
			t.Errorf("the call is gone with the feed: %d items", len(pic.Items))
		}
		feedIn(h, state.Link{State: state.LinkUp}, state.SnapshotFailed{})
		time.Sleep(time.Second)
		pic = picture1(t, h, PageBoard, "")
		if got := values(pic.Board.Headlines); !strings.Contains(got, "0 + 1?") {
			t.Errorf("totals after the gap: %s", got)
		}
		if i := slices.IndexFunc(pic.Items, func(it views.Item) bool { return it.ID == "c2" }); i < 0 || !contained(string(pic.Items[i].HTML), "Ringing?") {
			t.Error("after the gap the call rings on as if proven")
		}
		v, err := h.Join(Query{Page: PageStatus}, "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		time.Sleep(2 * time.Second)
		status := picture1(t, h, PageStatus, "").Status
		if len(status.Gaps) == 0 || !strings.Contains(status.Gaps[0].Cause, "closed the socket") || status.Gaps[0].Length == "–" {
			t.Errorf("gaps: %+v", status.Gaps)
		}
		if len(status.Hops) != 3 || len(status.Links) != 2 || len(status.Events) != len(state.EventTypes) {
			t.Errorf("%d hops, %d links, %d kinds of events", len(status.Hops), len(status.Links), len(status.Events))
		}
	})
}

// Names are hostile: nothing in them leaves its cell.
func TestHostileNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		feedIn(h, liveFacts()...)
		nasty := "<script>alert(1)</script>\r\ndata: x\x00\u202e\uE000\uE001" + strings.Repeat("A", 1<<20)
		feedIn(h, call(1).rings(), state.Name{Kind: state.NameUser, OID: "5001", Text: nasty}, state.Name{Kind: state.NameLine, OID: "1601", Text: nasty})
		h.painter.paint()
		pic := picture1(t, h, PageBoard, "")
		if len(pic.Snapshot) > 64<<10 {
			t.Errorf("a name of a megabyte made a snapshot of %d bytes", len(pic.Snapshot))
		}
		for _, it := range pic.Items {
			if strings.Contains(string(it.HTML), "<script") || strings.ContainsAny(string(it.HTML), "\x00\u202e\uE000\uE001") {
				t.Errorf("%s", it.HTML)
			}
		}
		if strings.ContainsAny(string(pic.Snapshot), "\r\n") {
			t.Error("the snapshot is not one line")
		}
	})
}

// The wall: no heads, first names, the band in words, a scale that says when
// it cannot be read.
func TestWall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), state.Name{Kind: state.NameUser, OID: "5001", Text: "Anna de Vries"}, state.Name{Kind: state.NameLine, OID: "1601", Text: "Verkoop"})
		for range 31 {
			time.Sleep(time.Second)
			feedIn(h, state.Proof{RoundTrip: time.Millisecond})
		}
		h.painter.paint()
		pic := picture1(t, h, PageWall, "rotate=20")
		w := pic.Wall
		if len(pic.Items) != 1 || w.Band.Text != "Verkoop rings {age}" || w.Band.Note != "limit 0:30" || w.PageTime != 20*time.Second || w.Rows < 8 || w.Layouts[0].TooSmall != "" {
			t.Errorf("%d items, band %q, a page stays %s, %d rows, %q", len(pic.Items), w.Band.Text, w.PageTime, w.Rows, w.Layouts[0].TooSmall)
		}
		if row := string(pic.Items[0].HTML); !strings.Contains(row, ">Anna<") {
			t.Errorf("no first name in %s", row)
		}
		if far := picture1(t, h, PageWall, "inches=24&metres=20"); far.Wall.Layouts[0].TooSmall == "" {
			t.Error("24 inch at 20 m is said to be readable")
		}
		masked, err := h.Picture(t.Context(), Query{Page: PageWall, Lens: privacy.Lens{Level: privacy.LastThree}})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(string(masked.Items[0].HTML), " ", ""); strings.Contains(got, "5550001") {
			t.Errorf("a masked wall shows the number: %s", got)
		}
	})
}

// A page without script shows the ages of the moment it was asked for, though
// its rows were rendered long before.
func TestStillPictureHasTrueAges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(1).answers())
		time.Sleep(time.Second)
		start := h.Stats().RowRenders
		for range 65 {
			time.Sleep(time.Second)
			feedIn(h, state.Proof{RoundTrip: time.Millisecond})
			picture1(t, h, PageBoard, "")
		}
		pic := picture1(t, h, PageBoard, "")
		if row := string(pic.Items[1].HTML); !strings.Contains(row, "1:06<") {
			t.Errorf("no age of 1:06 in %s", row)
		}
		if n := h.Stats().RowRenders - start; n > 1 {
			t.Errorf("%d rows rendered for pictures of one call", n)
		}
	})
}

// Rows that stay in their group keep their order for two seconds after the
// list was turned round.
func TestResortPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for i := range 3 {
			feedIn(h, call(i).rings())
		}
		v, err := h.Join(mustQuery(t, PageBoard, "sort=callee"), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		name := func(i int, text string) {
			feedIn(h, state.Name{Kind: state.NameUser, OID: fmt.Sprintf("5%03d", i), Text: text}, state.Proof{RoundTrip: time.Millisecond})
			time.Sleep(300 * time.Millisecond)
			rest(t, v, p)
		}
		name(0, "Cor")
		name(1, "Bob")
		name(2, "Ada")
		first := fmt.Sprint(p.ids)
		time.Sleep(3 * time.Second)
		rest(t, v, p)
		if want := "[g-ringing c4 c3 c2]"; fmt.Sprint(p.ids) != want {
			t.Fatalf("sorted by callee: %v, want %s", p.ids, want)
		}
		if first == "[g-ringing c4 c3 c2]" {
			t.Error("the list was turned round more than once within two seconds")
		}
	})
}

// The status page counts the screens that look at it, at most once a second,
// and is not painted while nobody does.
func TestStatusCountsScreens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{PBX: func() PBX { return PBX{Product: "Xelion", Version: "8", Host: "pbx.example"} }})
		defer stop()
		feedIn(h, liveFacts()...)
		picture1(t, h, PageStatus, "")
		v, err := h.Join(Query{Page: PageStatus}, "")
		if err != nil {
			t.Fatal(err)
		}
		p := newPage()
		time.Sleep(1500 * time.Millisecond)
		rest(t, v, p)
		if !contained(p.parts["p-status"], "1 connected", "Xelion 8", "pbx.example") {
			t.Errorf("a second after a screen came: %s", p.parts["p-status"])
		}
		before := h.Stats().Frames[PageStatus]
		for range 40 {
			feedIn(h, call(1).rings(), call(1).hangsUp())
			time.Sleep(250 * time.Millisecond)
		}
		if n := h.Stats().Frames[PageStatus] - before; n < 5 || n > 11 {
			t.Errorf("%d frames in 10 s, want about one a second", n)
		}
		v.Close()
		time.Sleep(time.Second)
		before = h.Stats().Frames[PageStatus]
		for range 10 {
			feedIn(h, call(2).rings(), call(2).hangsUp())
			time.Sleep(time.Second)
		}
		if n := h.Stats().Frames[PageStatus] - before; n != 0 {
			t.Errorf("%d frames for nobody", n)
		}
	})
}

// A number that the PBX gives as a name is a number.
func TestNumberAsName(t *testing.T) {
	c := &composer{}
	for _, p := range []state.Party{{Name: "+493023125018"}, {Name: "+49 30 23125018", Number: "+493023125018"}, {Number: "+493023125018"}} {
		if got := c.party(p); got.Name != "" || strings.ReplaceAll(got.Number, " ", "") != "+493023125018" {
			t.Errorf("%+v is shown as %+v", p, got)
		}
	}
	if got := c.party(state.Party{Name: "Taxi 4711", Number: "201"}); got.Name != "Taxi 4711" || got.Number != "201" {
		t.Errorf("a name with digits became %+v", got)
	}
}

// The hub's clock goes on by the monotonic one from its anchor; times read
// elsewhere by time.Now come onto it, recorded ones stay.
func TestClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClock(time.Time{}, 0)
		start := c.now()
		read := time.Now()
		time.Sleep(90 * time.Second)
		if d := c.now().Sub(start); d != 90*time.Second {
			t.Errorf("%s passed, want 90 s", d)
		}
		anchor := c.at.Load()
		if got := c.of(read); !got.Equal(start) || got != got.Round(0) || got.Location() != time.UTC {
			t.Errorf("a reading of the monotonic clock became %v, want %v", got, start)
		}
		old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
		if got := c.of(old); !got.Equal(old) {
			t.Errorf("a recorded time became %v", got)
		}
		if got := c.of(time.Time{}); !got.Equal(c.now()) {
			t.Errorf("no time became %v", got)
		}
		if c.at.Load() != anchor {
			t.Error("reading the clock moved its anchor")
		}
	})
}
