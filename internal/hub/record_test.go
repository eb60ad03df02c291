package hub

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// Every address of a recorded page leads to its moment, but for those that
// have one, those that lead back to now, and files.
func TestAddressesCarryTheMoment(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 42, 0, 0, time.UTC)
	still, played := Query{Page: PageBoard, At: at}, Query{Page: PageBoard, At: at, Rate: 10}
	for _, c := range []struct {
		q          Query
		html, want string
	}{
		{still, `<a href="/">x</a>`, `<a href="/?at=2026-11-20T09%3A42%3A00Z">x</a>`},
		{still, `<a class="b" href="/calls/7?lang=nl#top">x</a>`, `<a class="b" href="/calls/7?lang=nl&amp;at=2026-11-20T09%3A42%3A00Z#top">x</a>`},
		{played, `<a href="/people?a=1&amp;b=2">x</a>`, `<a href="/people?a=1&amp;b=2&amp;at=2026-11-20T09%3A42%3A00Z&amp;play=10">x</a>`},
		{still, `<a href="/?dir=inbound&amp;at=">now</a>`, `<a href="/?dir=inbound">now</a>`},
		{still, `<a href="/?at=">now</a><a href="/x">y</a>`, `<a href="/">now</a><a href="/x?at=2026-11-20T09%3A42%3A00Z">y</a>`},
		{still, `<a href="/?at=2026-11-20T09%3A43%3A00Z">x</a>`, `<a href="/?at=2026-11-20T09%3A43%3A00Z">x</a>`},
		{still, `<link href="/static/app.css"/><a href="#main">x</a><a href="https://example.org/">y</a>`, `<link href="/static/app.css"/><a href="#main">x</a><a href="https://example.org/">y</a>`},
		{still, `<form action="/" method="get"><input name="q"/></form>`, `<form action="/?at=2026-11-20T09%3A42%3A00Z" method="get"><input type="hidden" name="at" value="2026-11-20T09:42:00Z"/><input name="q"/></form>`},
		{still, `<form action="/" method="get"><input name="at"/></form>`, `<form action="/?at=2026-11-20T09%3A42%3A00Z" method="get"><input name="at"/></form>`},
		{played, `<html data-stream="/events?page=board">`, `<html data-stream="/events?page=board&amp;at=2026-11-20T09%3A42%3A00Z&amp;play=10">`},
		{Query{Page: PageBoard}, `<a href="/">x</a>`, `<a href="/">x</a>`},
		{still, `<a href="/broken`, `<a href="/broken`},
	} {
		got := string(c.q.Carry([]byte(c.html)))
		if got != c.want {
			t.Errorf("%s\nbecame %s\nwant   %s", c.html, got, c.want)
		}
		if again := string(c.q.Carry([]byte(got))); !strings.Contains(c.html, `at="`) && !strings.Contains(c.html, "at=") && again != got {
			t.Errorf("carried twice: %s", again)
		}
	}
}

func TestMomentsAreReadInTheirZone(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"2026-11-20T09:42:00Z":      "2026-11-20T09:42:00Z",
		"2026-11-20T09:42:00.9Z":    "2026-11-20T09:42:00Z",
		"2026-11-20T10:42:00+01:00": "2026-11-20T09:42:00Z",
		"2026-11-20T10:42:00 01:00": "2026-11-20T09:42:00Z",
		"2026-11-20T10:42:00":       "2026-11-20T09:42:00Z",
		"2026-11-20 10:42":          "2026-11-20T09:42:00Z",
		"2026-07-20T10:42:00":       "2026-07-20T08:42:00Z",
		"10:42:07":                  "2026-11-22T09:42:07Z",
		" 10:42 ":                   "2026-11-22T09:42:00Z",
	} {
		got, err := ParseMoment(text, now, amsterdam)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q is %s, %v, want %s", text, got.Format(time.RFC3339), err, want)
		}
	}
	for _, text := range []string{"yesterday", "25:00:00", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00Z", "1", "2026-11-20"} {
		if got, err := ParseMoment(text, now, amsterdam); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
	for raw, field := range map[string]string{
		"at=nonsense": "at", "at=2026-11-20T09:42:00Z&play=61": "play", "at=2026-11-20T09:42:00Z&play=fast": "play", "play=10": "play", "at=2026-11-20T09:42:00Z&play=-1": "play",
	} {
		values, _ := url.ParseQuery(raw)
		for _, page := range Pages {
			if _, err := ParseQuery(page, values); err == nil || err.(*QueryError).Field != field {
				t.Errorf("%s?%s: %v", page, raw, err)
			}
		}
	}
	values, _ := url.ParseQuery("at=2026-11-20T09:42:00Z&play=60")
	for _, page := range Pages {
		q, err := ParseQuery(page, values)
		if err != nil || q.Rate != 60 || !strings.Contains(q.Values().Encode(), "at=2026-11-20T09%3A42%3A00Z&play=60") {
			t.Errorf("%s: %v, %v", page, q.Values(), err)
		}
	}
}

// A board that is shown again at the moment it was kept says the same, with
// the same code, whatever time it is by now; it stands still, and offers
// nothing that would change it.
func TestARecordedBoardIsThatOfItsMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(2).rings(), call(2).answers(), call(3).rings(), call(3).hangsUp())
		proven(h, 40*time.Second) // one rings too long
		synctest.Wait()
		at := h.Now()
		queries := []Query{mustQuery(t, PageBoard, ""), mustQuery(t, PagePeople, ""), mustQuery(t, PageMissed, ""), mustQuery(t, PageNumbers, ""), mustQuery(t, PageWall, "layout=people")}
		before := pictures(t, h, queries)
		board := h.board
		stop()
		time.Sleep(3 * time.Hour)

		r, stop := run(t, Options{Zone: time.UTC, Board: board, At: at})
		defer stop()
		for range 2 {
			after := pictures(t, r, queries)
			for i := range queries {
				if got, want := bare(after[i]), bare(before[i]); got != want {
					t.Errorf("%s was\n%s\nis\n%s", queries[i].Page, want, got)
				}
				if after[i].Hash != before[i].Hash || after[i].Strip.Code != before[i].Strip.Code {
					t.Errorf("%s: codes %s and %s were %s and %s", queries[i].Page, after[i].Hash, after[i].Strip.Code, before[i].Hash, before[i].Strip.Code)
				}
				if after[i].Record == nil || before[i].Record != nil {
					t.Errorf("%s does not know which of the two is recorded", queries[i].Page)
				}
			}
			time.Sleep(10 * time.Minute)
		}
		if !strings.Contains(string(pictures(t, r, queries)[0].Snapshot), "at=2000-01-01T00%3A00%3A40Z") {
			t.Error("rows do not lead to their moment")
		}
		missed := pictures(t, r, queries)[2]
		if len(missed.Items) == 0 || strings.Contains(string(missed.Items[0].HTML), "<form") {
			t.Errorf("the past can be changed: %s", missed.Items)
		}
	})
}

// A hub that is played shows its feeder's facts at the speed of its clock, and
// fires no timer by itself.
func TestAPlayedBoardRunsAtItsSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := time.Date(2026, 11, 20, 9, 42, 0, 0, time.UTC)
		board := state.New(state.Config{})
		for i, f := range liveFacts() {
			if s, ok := f.(state.Snapshot); ok {
				s.RequestedAt = at
				f = s
			}
			board.Apply(state.Input{At: at.Add(time.Duration(i) * time.Millisecond), Fact: f})
		}
		h, stop := run(t, Options{Zone: time.UTC, Board: board, At: at.Add(time.Second), Rate: 60})
		defer stop()
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		if wait := h.Until(at.Add(61 * time.Second)); wait < time.Second || wait > time.Second+time.Millisecond {
			t.Fatalf("a minute takes %v", wait)
		}
		time.Sleep(time.Second)
		h.Apply(state.Input{At: at.Add(61 * time.Second), Fact: call(1).rings()})
		synctest.Wait()
		time.Sleep(framePause)
		rest(t, v, p)
		if len(p.ids) != 2 || h.Now().Before(at.Add(61*time.Second)) {
			t.Fatalf("at %s the page shows %v", h.Now(), p.ids)
		}
		time.Sleep(10 * time.Second) // ten minutes without a proof, and nobody says so
		var feed state.Feed
		h.Read(func(b *state.Board, _ time.Time) { feed = b.Feed() })
		if feed.State != state.Live {
			t.Fatalf("a timer fired by itself: %v", feed.State)
		}
		h.Advance(h.Now())
		h.Reach(h.Now())
		end := h.Now()
		time.Sleep(time.Minute)
		rest(t, v, p)
		if !h.Now().Equal(end) || !strings.Contains(p.parts["p-reached"], "You have reached now") {
			t.Errorf("at the end it is %s, a minute later %s, and the page says %q", end, h.Now(), p.parts["p-reached"])
		}
	})
}

func pictures(t *testing.T, h *Hub, queries []Query) (list []Picture) {
	t.Helper()
	for _, q := range queries {
		p, err := h.Picture(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

// actions are what can be done with a row.
var actions = regexp.MustCompile(`<div class="acts" data-needs="act">.*?</div>| data-act="[^"]*"`)

// bare is what a picture's rows say, without what only one of the two pages
// has: what can be done, and the moment in addresses.
func bare(p Picture) string {
	var b strings.Builder
	for _, it := range p.Items {
		s := actions.ReplaceAllString(string(it.HTML), "")
		for _, and := range []string{"?", "&amp;"} {
			for rest := s; ; {
				_, from, ok := strings.Cut(rest, and+"at=")
				if !ok {
					break
				}
				field, _, _ := strings.Cut(from, `"`)
				s = strings.ReplaceAll(s, and+"at="+field, "")
				rest = from
			}
		}
		b.WriteString(it.ID + " " + it.Rev + "\n" + s + "\n")
	}
	return b.String()
}
