package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/history"
	"callboard/internal/state"
)

// kept is a house whose past is kept in a file.
func kept(t *testing.T) *house {
	t.Helper()
	store, err := history.Open(t.TempDir(), history.Options{Zone: time.FixedZone("CET", 3600)})
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, func(c *Config) { c.History = store }, nil)
	h.past = store
	stop := h.stop
	h.stop = func() time.Duration {
		took := stop()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
		return took
	}
	return h
}

// post sends a form and gives the status.
func (h *house) post(t *testing.T, path string, form url.Values) (status int, body string) {
	t.Helper()
	res, err := h.client().PostForm("http://localhost"+path, form)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	return res.StatusCode, read(t, res)
}

// gapOf is the only interruption there is.
func (h *house) gapOf(t *testing.T) gapFactJSON {
	t.Helper()
	res, err := h.client().Get("http://localhost/api/v1/gaps")
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Gaps []struct{ ID string } }
	if err := json.Unmarshal([]byte(read(t, res)), &list); err != nil || len(list.Gaps) != 1 {
		t.Fatalf("%v, %+v", err, list)
	}
	return h.one(t, list.Gaps[0].ID)
}

func (h *house) one(t *testing.T, id string) gapFactJSON {
	t.Helper()
	res, err := h.client().Get("http://localhost/api/v1/gaps/" + id)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		ID         string
		InDoubt    int
		ReviewedBy string
		Calls      []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(read(t, res)), &told); err != nil {
		t.Fatal(err)
	}
	g := gapFactJSON{ID: told.ID, InDoubt: told.InDoubt, ReviewedBy: told.ReviewedBy}
	for _, c := range told.Calls {
		g.Calls = append(g.Calls, callJSON{ID: c.ID})
	}
	return g
}

// Two supervisors who press at once get what they wanted, and the first name
// stands.
func TestTwoSupervisorsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := kept(t)
		h.up()
		h.calls()
		h.gap()
		synctest.Wait()
		g := h.gapOf(t)
		if g.InDoubt != 2 || len(g.Calls) != 2 {
			t.Fatalf("%+v, want two calls in doubt", g)
		}
		epoch := h.hub.Epoch()
		var both sync.WaitGroup
		dismissed, reviewed := make([]int, 2), make([]int, 2)
		for i := range 2 {
			both.Go(func() {
				dismissed[i], _ = h.post(t, "/gaps/"+g.ID+"/dismiss", url.Values{"what": {"all"}, "epoch": {epoch}})
				reviewed[i], _ = h.post(t, "/gaps/"+g.ID+"/reviewed", url.Values{"by": {"Eva " + strconv.Itoa(i)}})
			})
		}
		both.Wait()
		if !slices.Equal(dismissed, []int{303, 303}) {
			t.Errorf("dismissing answered %v: a call that has ended is what was wanted", dismissed)
		}
		slices.Sort(reviewed)
		if !slices.Equal(reviewed, []int{303, 409}) {
			t.Errorf("marking answered %v, want one who was first", reviewed)
		}
		now := h.one(t, g.ID)
		if now.InDoubt != 0 || len(now.Calls) != 0 || !strings.HasPrefix(now.ReviewedBy, "Eva ") {
			t.Errorf("%+v is left", now)
		}
		h.hub.Read(func(b *state.Board, _ time.Time) {
			if b.Len() != 0 {
				t.Errorf("%d calls are on the board", b.Len())
			}
			for _, e := range b.RecentEnded(3) {
				if e.Outcome == state.EndedHungUp && e.Call.Seq != 1 {
					t.Errorf("call %d ended by %v", e.Call.Seq, e.Outcome)
				}
			}
		})
		h.stop()
	})
}

// What the feed stands behind by now stays, and with it all that was chosen: a
// person is to look again.
func TestAConfirmedCallIsNotDismissedWithOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		h.calls()
		h.gap()
		synctest.Wait()
		g := h.gapOf(t)
		both := url.Values{"epoch": {h.hub.Epoch()}}
		for _, c := range g.Calls {
			both.Add("call", c.ID)
		}
		h.apply(state.Event{
			Type: state.Connected, CallID: "SIP/trunk1-00000a41", Date: time.Now().UTC().Add(-20 * time.Second).Truncate(time.Second),
			Caller: bakery, Callee: anna, Line: "1601", Duration: -1,
		})
		synctest.Wait()
		if status, _ := h.post(t, "/gaps/"+g.ID+"/dismiss", both); status != http.StatusConflict {
			t.Errorf("both, one of them confirmed: %d", status)
		}
		left := h.one(t, g.ID)
		if len(left.Calls) != 1 {
			t.Fatalf("%+v, want the other one still in doubt", left)
		}
		for _, c := range []struct {
			name string
			form url.Values
			want int
		}{
			{"an id of another process", url.Values{"what": {"all"}, "epoch": {"0123456789abcdef"}}, http.StatusConflict},
			{"nothing chosen", url.Values{"epoch": {h.hub.Epoch()}}, http.StatusBadRequest},
			{"no number", url.Values{"call": {"x"}}, http.StatusBadRequest},
			{"a call nobody knows", url.Values{"call": {"99"}}, http.StatusNotFound},
			{"the one in doubt", url.Values{"call": {left.Calls[0].ID}}, http.StatusSeeOther},
			{"the same once more", url.Values{"call": {left.Calls[0].ID}}, http.StatusSeeOther},
			{"all, of which there is none", url.Values{"what": {"all"}}, http.StatusSeeOther},
		} {
			if status, _ := h.post(t, "/gaps/"+g.ID+"/dismiss", c.form); status != c.want {
				t.Errorf("%s: %d, want %d", c.name, status, c.want)
			}
		}
		if status, _ := h.post(t, "/gaps/"+g.ID+"/reviewed", url.Values{"by": {"Eva"}}); status != http.StatusServiceUnavailable {
			t.Errorf("a mark that nothing keeps: %d", status)
		}
		h.hub.Read(func(b *state.Board, _ time.Time) {
			if _, up := b.Call(2); !up || b.Len() != 1 {
				t.Errorf("%d calls are up, want the confirmed one", b.Len())
			}
		})
		h.stop()
	})
}

// While the feed is away nobody can judge a call.
func TestNothingIsDismissedWhileTheFeedIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		h.calls()
		h.apply(state.Link{State: state.LinkDown, Code: "closed", Reason: "The PBX closed the socket", Attempt: 1})
		synctest.Wait()
		g := h.gapOf(t)
		if status, body := h.post(t, "/api/v1/gaps/"+g.ID+"/dismiss", url.Values{"what": {"all"}}); status != http.StatusConflict {
			t.Errorf("%d %s", status, body)
		}
		res, err := h.client().Get("http://localhost/gaps/" + g.ID)
		if err != nil {
			t.Fatal(err)
		}
		if page := read(t, res); strings.Contains(page, `value="all"`) || !strings.Contains(page, "nobody can judge") {
			t.Error("the page offers to dismiss calls")
		}
		h.stop()
	})
}

// A clock that was set is a moment: /gaps says when, which way and how far, and
// neither lists it as time not seen nor as a reason for counts at least.
func TestTheClockWasSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := kept(t)
		h.up()
		time.Sleep(time.Hour)
		at := time.Now().UTC().Add(-10 * time.Minute)
		err := h.past.Put(t.Context(), history.Batch{Gaps: []history.Gap{{
			Kind: history.GapClock, From: at, To: at, Code: history.ClockBack, Reason: "This machine's clock was put back by 3h0m11s", Touched: 3*3600 + 11,
		}}})
		if err != nil {
			t.Fatal(err)
		}
		id := strconv.FormatInt(at.UnixMilli(), 10)
		for lang, want := range map[string]string{
			"en": "This machine&#39;s clock was put back, by 3:00:11", "nl": "De klok van deze machine is teruggezet, met 3:00:11", "de": "Die Uhr dieses Rechners wurde zurückgestellt, um 3:00:11",
		} {
			for _, path := range []string{"/gaps?kind=clock&lang=", "/gaps/" + id + "?lang="} {
				if page := h.page(t, path+lang); !strings.Contains(page, want) {
					t.Errorf("%s%s does not say %q", path, lang, want)
				}
			}
		}
		page := h.page(t, "/gaps")
		if !regexp.MustCompile(`Not seen today</p><p class="value"><span class="num big">0:00<`).MatchString(page) || !strings.Contains(page, `<p class="summary">1 gap<`) {
			t.Error("the page counts the moment as time not seen")
		}
		g := h.gapOf(t)
		if g.ID != id {
			t.Errorf("id %s, want %s", g.ID, id)
		}
		res, err := h.client().Get("http://localhost/api/v1/gaps/" + id)
		if err != nil {
			t.Fatal(err)
		}
		var told map[string]any
		if err := json.Unmarshal([]byte(read(t, res)), &told); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]any{"kind": "clock", "code": "clock-back", "seconds": 0.0, "unconfirmed": 0.0, "countsAtLeast": false} {
			if told[name] != want {
				t.Errorf("%s is %v, want %v", name, told[name], want)
			}
		}
		h.stop()
	})
}
