package hub

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// asks joins another query with a page that shows something, and gives the
// bytes of the rows that it was sent.
func asks(t *testing.T, h *Hub, p *page, q Query, had string) (events []string, sent map[string]bool) {
	t.Helper()
	v, err := h.Join(q, "")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	v.Holds(had)
	b, err := v.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sent = map[string]bool{}
	for _, e := range b.Events {
		events = append(events, e.Name)
		var f frameData
		if err := json.Unmarshal(e.Data, &f); err != nil {
			t.Fatal(err)
		}
		for _, r := range f.Rows {
			if r.HTML != "" {
				if sent[r.ID] {
					t.Errorf("%s was sent twice", r.ID)
				}
				sent[r.ID] = true
			}
		}
	}
	if err := p.take(b); err != nil {
		t.Fatal(err)
	}
	return events, sent
}

// A page that changes its query is not sent the rows it has: it says which
// frame it shows. What changed in between is sent.
func TestHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for i := range 30 {
			feedIn(h, call(i).rings())
		}
		time.Sleep(time.Second)
		all, some, turned := mustQuery(t, PageBoard, ""), mustQuery(t, PageBoard, "line=1601"), mustQuery(t, PageBoard, "sort=-caller")
		look := func(q Query) *page {
			t.Helper()
			pic, err := h.Picture(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			p := newPage()
			if err := p.take(Batch{[]Event{{Name: "snapshot", ID: pic.Cursor, Data: pic.Snapshot}}}); err != nil {
				t.Fatal(err)
			}
			return p
		}
		same := func(p *page, q Query) {
			t.Helper()
			pic, err := h.Picture(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.matches(pic); err != nil {
				t.Error(err)
			}
		}

		p := look(all)
		if _, sent := asks(t, h, p, turned, p.cursor); len(sent) != 0 {
			t.Errorf("another order sends the rows %v again", sent)
		}
		same(p, turned)

		p = look(all)
		if _, sent := asks(t, h, p, some, p.cursor); len(sent) != 1 || !sent["g-ringing"] {
			t.Errorf("a filter sends %v, want the head alone, whose count is another", sent)
		}
		same(p, some)
		if _, sent := asks(t, h, p, all, p.cursor); len(sent) != 21 {
			t.Errorf("without the filter %d rows are sent, want 20 and their head", len(sent))
		}
		same(p, all)

		// What changes between the frame and the question is sent, as long as the
		// frame is the last but one; then everything is.
		p = look(all)
		had := p.cursor
		feedIn(h, call(3).answers())
		time.Sleep(300 * time.Millisecond)
		if _, sent := asks(t, h, p, turned, had); len(sent) != 3 {
			t.Errorf("after one change %v are sent, want the call and both heads", sent)
		}
		same(p, turned)
		feedIn(h, call(4).answers())
		time.Sleep(300 * time.Millisecond)
		feedIn(h, call(5).answers())
		time.Sleep(300 * time.Millisecond)
		for _, cursor := range []string{had, "", "nonsense", h.Epoch(), h.Epoch() + "-0", "0000000000000000-1", look(mustQuery(t, PageWall, "")).cursor} {
			p = newPage()
			if _, sent := asks(t, h, p, turned, cursor); len(sent) != 32 {
				t.Errorf("with %q %d rows are sent, want all", cursor, len(sent))
			}
			same(p, turned)
		}
		// In another language the same rows are others.
		p = look(all)
		dutch := mustQuery(t, PageBoard, "lang=nl")
		if _, sent := asks(t, h, newPage(), dutch, p.cursor); len(sent) != 32 {
			t.Errorf("in Dutch %d rows are sent, want all", len(sent))
		}
	})
}

// A long answer comes as what is in sight, then as everything.
func TestScreenFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for i := range 300 {
			feedIn(h, call(i).rings())
		}
		time.Sleep(time.Second)
		some, all := mustQuery(t, PageBoard, "q=5550007"), mustQuery(t, PageBoard, "")
		pic, err := h.Picture(t.Context(), some)
		if err != nil {
			t.Fatal(err)
		}
		p := newPage()
		if err := p.take(Batch{[]Event{{Name: "snapshot", ID: pic.Cursor, Data: pic.Snapshot}}}); err != nil {
			t.Fatal(err)
		}
		events, sent := asks(t, h, p, all, p.cursor)
		if got := strings.Join(events, " "); got != "snapshot snapshot beat" {
			t.Errorf("300 calls come as %s", got)
		}
		if len(sent) != 300 {
			t.Errorf("%d rows are sent, want 299 calls and their head", len(sent))
		}
		pic, err = h.Picture(t.Context(), all)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.matches(pic); err != nil {
			t.Error(err)
		}
	})
}
