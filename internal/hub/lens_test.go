package hub

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

// every page, and walls, as somebody might ask for them.
var lensPages = []struct{ page, query string }{
	{PageBoard, ""}, {PageBoard, "sort=caller"}, {PageBoard, "team=Grunwick&density=comfortable"}, {PagePeople, ""}, {PageLines, ""}, {PageMissed, ""},
	{PageMissed, "state=closed"}, {PageNumbers, "n=offered"}, {PageNumbers, "n=talking"}, {PageStatus, ""}, {PageGaps, ""}, {PageHistory, ""},
	{PageWall, ""}, {PageWall, "layout=people"}, {PageWall, "rotate=calls,numbers,people,line"},
}

// Ten thousand frames, pictures and answers of a busy company, through every
// level: not one digit, name or text of the feed that the level hides.
func TestMaskedFramesTellNothing(t *testing.T) {
	if testing.Short() || raceOn {
		t.Skip("takes ten seconds, and a minute under the race detector, without which make test runs it again")
	}
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{MaxViews: 500, Zone: time.UTC, Setup: firmSetup(t, firmTeams), Build: "test"})
		f := newFirm(h, 7)
		h.painter.paint()
		found := map[privacy.Level]*leaks{privacy.LastThree: {}, privacy.Initials: {}, privacy.Counts: {}}
		for level, l := range found {
			for _, c := range f.customers {
				l.hides(c.Number, level > privacy.LastThree)
				l.texts = append(l.texts, c.SyncID)
			}
			l.texts = append(l.texts, "SIP/gate", "flow-", "log-", "DIALPLAN", "Ledgerhouse")
			if level > privacy.LastThree {
				for _, u := range f.staff {
					l.texts = append(l.texts, strings.Fields(u.name)...)
					l.texts = append(l.texts, ">"+u.number+"<", `"`+u.number+`"`)
				}
				l.texts = append(l.texts, "Bakkerij", "Zwaluwnest")
				for _, line := range f.lines {
					l.hides(line.Number, true)
				}
			}
		}
		type seat struct {
			v     *Viewer
			level privacy.Level
			name  string
		}
		var seats []seat
		for level := range found {
			for _, p := range lensPages {
				q := mustQuery(t, p.page, p.query)
				q.Lens.Level = level
				v, err := h.Join(q, "")
				if err != nil {
					t.Fatal(err)
				}
				seats = append(seats, seat{v, level, level.String() + " " + q.URL()})
			}
		}
		say := func(l privacy.Level, what string, v any) {
			b, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			found[l].look(t, l.String()+" "+what, b)
		}
		hits := map[string]int{}
		for n := range 200 {
			f.step()
			if n%40 == 39 { // the feed goes and comes back
				feedIn(h, state.Link{State: state.LinkDown, Code: "half-open", Reason: "The line is cut."})
				h.painter.paint()
				time.Sleep(25 * time.Second)
				feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now().UTC()})
				f.up = nil
			}
			if n%10 == 0 {
				for _, e := range h.Ledger(privacy.Lens{}).Ledger.Open {
					_, _ = h.Say(privacy.Lens{}, state.Word{Entry: e.ID, Kind: state.WordNote, By: f.staff[0].name, Text: "Zwaluwnest belt " + e.Customer.Number})
				}
				_ = h.SetNotice(Notice{Text: "Bel " + f.customers[n%20].Number})
			}
			h.painter.paint()
			for _, s := range seats {
				for {
					batch, _ := s.v.look()
					if len(batch.Events) == 0 {
						break
					}
					for _, e := range batch.Events {
						found[s.level].look(t, s.name, e.Data)
					}
				}
			}
			if n%8 != 0 {
				continue
			}
			for _, p := range lensPages { // the search itself finds what is there
				pic, err := h.Picture(t.Context(), mustQuery(t, p.page, p.query))
				if err != nil {
					t.Fatal(err)
				}
				if found[privacy.LastThree].find(string(pic.Snapshot)) != "" {
					hits[p.page]++
				}
			}
			for level := range found {
				lens := privacy.Lens{Level: level}
				for _, p := range append(lensPages[:len(lensPages):len(lensPages)], struct{ page, query string }{PageCall, fmt.Sprintf("call=%d", 1+f.rng.IntN(f.next))}) {
					q := mustQuery(t, p.page, p.query)
					q.Lens = lens
					pic, err := h.Picture(t.Context(), q)
					if err == ErrNotFound {
						continue
					} else if err != nil {
						t.Fatal(err)
					}
					found[level].look(t, lens.Level.String()+" "+q.URL(), pic.Snapshot)
					pic.Snapshot, pic.Beat = nil, nil
					say(level, q.URL(), pic)
				}
				look := h.Look(lens)
				say(level, "calls", look.Calls)
				say(level, "ledger", h.Ledger(lens).Ledger)
				say(level, "directory", h.Directory(lens))
				for seq := uint64(1); seq <= uint64(f.next); seq += 7 {
					if history, _, ok := h.History(lens, seq); ok {
						if level == privacy.Counts {
							t.Fatal("a call is told by itself where only counts are")
						}
						say(level, "history", history)
					}
				}
				day, err := h.Day(Query{Page: PageNumbers, Number: "offered", Lens: lens})
				if err != nil {
					t.Fatal(err)
				}
				say(level, "day", day)
				open, closed, _, err := h.Callbacks(Query{Page: PageMissed, Lens: lens})
				if err != nil {
					t.Fatal(err)
				}
				say(level, "callbacks", [][]state.Callback{open, closed})
				say(level, "notice", h.NoticeOf(lens))
			}
		}
		if hits[PageBoard] == 0 || hits[PageMissed] == 0 || hits[PageNumbers] == 0 || hits[PageWall] == 0 {
			t.Errorf("there was nothing to hide: found in clear pictures %v", hits)
		}
		frames, bytes := 0, 0
		for _, l := range found {
			frames, bytes = frames+l.frames, bytes+l.bytes
		}
		t.Logf("%d frames, pictures and answers searched, %d MB", frames, bytes>>20)
		if frames < 10_000 {
			t.Errorf("only %d frames were searched", frames)
		}
		if c := found[privacy.LastThree]; len(c.digits) != 60 {
			t.Errorf("%d runs of digits were searched for", len(c.digits))
		}
	})
}

// What somebody does not see they cannot find by asking either: a search, a
// filter and an order go by what is shown.
func TestNoOracle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{Zone: time.UTC, Setup: firmSetup(t, firmTeams)})
		f := newFirm(h, 1)
		for len(f.up) < 12 {
			f.rings()
			time.Sleep(time.Second)
		}
		rows := func(level privacy.Level, query string) (n int) {
			q := mustQuery(t, PageBoard, query)
			q.Lens.Level = level
			pic, err := h.Picture(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range pic.Items {
				if strings.HasPrefix(it.ID, "c") {
					n++
				}
			}
			return n
		}
		for _, c := range h.Look(privacy.Lens{}).Calls {
			number := c.Caller.Number
			if !strings.HasPrefix(number, "+3197") {
				continue
			}
			end := number[len(number)-4:]
			if rows(privacy.Full, "q="+end) == 0 {
				t.Fatalf("nothing is found by %s at all", end)
			}
			for _, query := range []string{"q=" + end, "q=" + url.QueryEscape(number), "user=" + url.QueryEscape(number)} {
				for _, level := range []privacy.Level{privacy.LastThree, privacy.Initials, privacy.Counts} {
					if n := rows(level, query); n > 0 {
						t.Errorf("%s finds %d calls by %s", level, n, query)
					}
				}
			}
			if shown := number[1 : len(number)-3]; rows(privacy.LastThree, "q="+shown) == 0 {
				t.Errorf("nothing is found by the digits that are shown, %s", shown)
			}
		}
		u := f.staff[0]
		if rows(privacy.Full, "user="+u.number) > 0 && rows(privacy.Initials, "user="+u.number) > 0 {
			t.Error("initials: an extension finds its calls")
		}
		for _, level := range []privacy.Level{privacy.LastThree, privacy.Initials} {
			q := mustQuery(t, PageBoard, "sort=caller")
			q.Lens.Level = level
			if _, err := h.Picture(t.Context(), q); err != nil {
				t.Fatal(err)
			}
			p := h.painter.lenses[q.Lens]
			c := p.composer(newView(q), h.clock.now())
			s := c.census()
			last, lastOf := "", -1
			for i := range s.rows {
				shown := fold(c.called(s.rows[i].m.call.Caller))
				if int(s.rows[i].group) == lastOf && shown < last {
					t.Errorf("%s: %q stands behind %q", level, shown, last)
				}
				last, lastOf = shown, int(s.rows[i].group)
			}
		}
	})
}

// Who sees a note with its numbers hidden, and saves it as it is, takes nothing
// away from it.
func TestANoteSavedMaskedStaysWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		time.Sleep(20 * time.Second)
		feedIn(h, call(1).hangsUp())
		open := h.Ledger(privacy.Lens{}).Ledger.Open
		e := open[len(open)-1]
		const text = "call +31612345678 instead"
		note := func(l privacy.Lens, text string) {
			t.Helper()
			if _, err := h.Say(l, state.Word{Entry: e.ID, Kind: state.WordNote, By: "Anna", Text: text}); err != nil {
				t.Fatal(err)
			}
		}
		is := func(l privacy.Lens, want string) {
			t.Helper()
			if e, _ := h.Callback(l, e.ID); e.Note != want {
				t.Errorf("the note is %q, want %q", e.Note, want)
			}
		}
		masked := privacy.Lens{Level: privacy.LastThree}
		note(privacy.Lens{}, text)
		is(masked, "call +31612345··· instead")
		note(masked, "call +31612345··· instead")
		is(privacy.Lens{}, text)
		if _, err := h.Say(masked, state.Word{Entry: e.ID, Kind: state.WordNote, By: "Anna", Text: "called"}); !errors.Is(err, ErrHidden) {
			t.Errorf("a number that was not seen is written over: %v", err)
		}
		is(privacy.Lens{}, text)
		note(privacy.Lens{}, "called")
		note(masked, "called twice")
		is(privacy.Lens{}, "called twice")
	})
}
