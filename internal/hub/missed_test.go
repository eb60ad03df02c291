package hub

import (
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/privacy"
	"callboard/internal/state"
)

var markup = regexp.MustCompile(`<[^>]*>`)

// worklist is the list of the page as plain lines.
func worklist(t *testing.T, h *Hub, raw string) []string {
	t.Helper()
	var lines []string
	for _, it := range picture1(t, h, PageMissed, raw).Items {
		lines = append(lines, strings.Join(strings.Fields(markup.ReplaceAllString(string(it.HTML), " ")), " "))
	}
	return lines
}

// The worklist follows one customer who gives up at two telephones, is claimed,
// called back in vain, goes over the target and is reached at last.
func TestWorklist(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		anna, bas := state.Party{User: "501", Number: "201"}, state.Party{User: "502", Number: "202"}
		customer := state.Party{Number: "+31205550101"}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()},
			state.Name{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"},
			state.Name{Kind: state.NameUser, OID: "502", Text: "Bas Jansen", Number: "202"},
			state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"})
		if got := picture1(t, h, PageMissed, ""); got.Missed.Numbers[0].Value != "–" || got.Missed.Empty.Kind != "unproven" || got.Missed.Note != "" {
			t.Errorf("before any proof: %+v", got.Missed)
		}
		if _, _, known, _ := h.Callbacks(Query{Page: PageMissed}); known {
			t.Error("before any proof the file of customers counts as known")
		}
		event := func(typ state.EventType, id string, caller, callee state.Party) {
			caller.FlowID, callee.FlowID = "c"+id, "d"+id+callee.User
			feedIn(h, state.Event{Type: typ, CallID: id, Caller: caller, Callee: callee, Line: "1601", Duration: -1})
			time.Sleep(2 * time.Second)
		}
		event(state.NewCall, "X", customer, anna)
		event(state.NewCall, "X", customer, bas)
		event(state.HungUp, "X", customer, bas)
		want := func(when, raw string, lines ...string) {
			t.Helper()
			if got := worklist(t, h, raw); strings.Join(got, "\n") != strings.Join(lines, "\n") {
				t.Errorf("%s:\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(lines, "\n"))
			}
		}
		want("after the customer gave up", "", "0:02 +31 20 555 01 01 Sales 00:00:04 0:04 Anna, Bas 1 short ring Claim Note Mark done")
		want("of another line", "line=1602")
		if m := picture1(t, h, PageMissed, "").Missed; m.Numbers[0].Target != "each customer once, since 00:00" || !strings.HasPrefix(m.Note, "Callboard has watched since 00:00:") {
			t.Errorf("since when: %q, %q", m.Numbers[0].Target, m.Note)
		}
		if count := picture1(t, h, PageBoard, "").ToCallBack; count.Text != "1" {
			t.Errorf("the navigation says %+v", count)
		}

		// A page that was open when a word is said gets it at once, and whoever
		// comes back finds it there.
		v, err := h.Join(mustQuery(t, PageMissed, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		p := newPage()
		rest(t, v, p)
		if _, err := h.Say(privacy.Lens{}, state.Word{Entry: 1, Kind: state.WordClaim, By: "Eva"}); err != nil {
			t.Fatal(err)
		}
		rest(t, v, p)
		if !strings.Contains(p.html["m1"], "claimed by Eva") {
			t.Errorf("the row after the claim: %s", p.html["m1"])
		}
		want("claimed", "", "0:02 +31 20 555 01 01 Sales 00:00:04 0:04 Anna, Bas 1 claimed by Eva, short ring Give back Note Mark done")
		if _, err := h.Say(privacy.Lens{}, state.Word{Entry: 1, Kind: state.WordClaim, By: "Daan"}); err != state.ErrClaimed {
			t.Errorf("a second claim: %v", err)
		}
		mine := mustQuery(t, PageMissed, "state=mine")
		for _, who := range []string{"Eva", "Daan", ""} {
			mine.Who = who
			pic, err := h.Picture(t.Context(), mine)
			if err != nil {
				t.Fatal(err)
			}
			if got := len(pic.Items); got != map[string]int{"Eva": 1}[who] {
				t.Errorf("of %q: %d rows", who, got)
			}
		}

		event(state.NewCall, "O", bas, customer)
		event(state.HungUp, "O", bas, customer)
		want("called back in vain", "", "0:06 +31 20 555 01 01 Sales 00:00:04 0:04 Anna, Bas 1 claimed by Eva, called back by Bas 00:00, no answer, short ring Give back Note Mark done")
		for range 190 { // half an hour, with proofs of life
			time.Sleep(10 * time.Second)
			feedIn(h, state.Proof{})
		}
		time.Sleep(time.Second)
		rest(t, v, p)
		if pic := picture1(t, h, PageMissed, ""); !strings.Contains(string(pic.Items[0].HTML), `data-alarm="+31 20 555 01 01"`) || pic.Missed.Numbers[1].Alarm != "over target" {
			t.Errorf("over the target: %+v %s", pic.Missed.Numbers[1], pic.Items[0].HTML)
		}
		event(state.NewCall, "P", anna, customer)
		event(state.Connected, "P", anna, customer)
		time.Sleep(58 * time.Second)
		event(state.HungUp, "P", anna, customer)
		want("reached", "", "Nobody to call back", "Closed today 1, latest first", "31:49 +31 20 555 01 01 Sales 00:00:04 Called back by Anna de Vries, 1:00, after call-backs without answer Open again")
		page := picture1(t, h, PageMissed, "")
		if n := page.Missed.Numbers; n[0].Value != "0" || n[1].Value != "–" || n[2].Value != "0" || n[2].Target != "target 80 %, 0 of 1 today" {
			t.Errorf("numbers after that: %+v", n)
		}
		rest(t, v, p)
		if err := p.matches(page); err != nil {
			t.Error(err)
		}
		v.Close()
	})
}

// A gap of the feed is said where it matters: the customer may have been called
// back meanwhile.
func TestWorklistAfterAGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...) // one call that gave up
		time.Sleep(10 * time.Minute)
		feedIn(h, state.Proof{})
		feedIn(h, state.Link{State: state.LinkDown, Code: "half-open", Reason: "cut"})
		if got := picture1(t, h, PageMissed, ""); got.Live == "live" || len(got.Items) != 1 {
			t.Errorf("while the feed is lost: %s, %d rows", got.Live, len(got.Items))
		}
		time.Sleep(6 * time.Minute)
		blind := picture1(t, h, PageMissed, "")
		if blind.Live != "blind" || len(blind.Items) != 0 || blind.Missed.Numbers[0].Value != "–" || blind.Missed.Empty.Kind != "blind" || blind.ToCallBack.Text != "" {
			t.Errorf("blind: %d rows, %+v, navigation %+v", len(blind.Items), blind.Missed, blind.ToCallBack)
		}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: h.Now()})
		time.Sleep(2 * time.Second)
		back := picture1(t, h, PageMissed, "")
		if len(back.Items) != 1 || !strings.Contains(string(back.Items[0].HTML), "may have been called back in the gap 00:10–00:16") {
			t.Errorf("after the gap: %s", back.Items)
		}
		if n := back.Missed.Numbers; n[0].Target != "gap 00:10–00:16: some may be missing" || n[3].Value != "≥ 0" {
			t.Errorf("numbers after the gap: %+v", n)
		}
	})
}
