package web

import (
	"encoding/json"
	"testing"
	"testing/synctest"
)

// A page that changes its query says which frame it shows and is sent what it
// lacks.
func TestAnotherQuerySendsWhatThePageLacks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		h.calls()
		c := h.client()
		ask := func(path string) (e event, html map[string]bool) {
			t.Helper()
			res, in := subscribe(t, c, path)
			defer res.Body.Close()
			e = want(t, in, "snapshot")
			var shown struct {
				Rows []struct{ ID, HTML string }
			}
			if err := json.Unmarshal([]byte(e.data), &shown); err != nil {
				t.Fatal(err)
			}
			html = map[string]bool{}
			for _, r := range shown.Rows {
				html[r.ID] = r.HTML != ""
			}
			return e, html
		}
		whole, rows := ask("/events?page=board")
		for id, sent := range rows {
			if !sent {
				t.Errorf("a fresh page is not sent %s", id)
			}
		}
		if len(rows) != 4 { // two calls and the heads of their groups
			t.Fatalf("the board has %d rows", len(rows))
		}
		_, rows = ask("/events?page=board&sort=caller&had=" + whole.id)
		for id, sent := range rows {
			if sent {
				t.Errorf("%s is sent to a page that has it", id)
			}
		}
		if len(rows) != 4 {
			t.Errorf("in another order the board has %d rows", len(rows))
		}
		_, rows = ask("/events?page=board&sort=caller&had=0123456789abcdef-1")
		for id, sent := range rows {
			if !sent {
				t.Errorf("%s is not sent to a page of another process", id)
			}
		}
		h.stop()
	})
}
