package hub

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/rules"
	"callboard/internal/state"
	"callboard/internal/teams"
	"callboard/views"
)

// told is what a view is told of alarms now, one sentence each.
func told(t *testing.T, h *Hub, page, query string) []string {
	t.Helper()
	var out []string
	for _, a := range toldWhole(t, h, page, query).List {
		out = append(out, a.Text)
	}
	return out
}

func toldWhole(t *testing.T, h *Hub, page, query string) views.Alarms {
	t.Helper()
	synctest.Wait()
	pic, err := h.Picture(t.Context(), mustQuery(t, page, query))
	if err != nil {
		t.Fatal(err)
	}
	return pic.Alarms
}

// proven lets time pass while the feed lives.
func proven(h *Hub, d time.Duration) {
	for ; d > 0; d -= min(d, 10*time.Second) {
		time.Sleep(min(d, 10*time.Second))
		feedIn(h, state.Proof{RoundTrip: time.Millisecond})
	}
}

// chats is an internal call of two colleagues.
func chats(n int, from, to string) testCall {
	c := call(n)
	c.event.Caller = state.Party{FlowID: c.event.Caller.FlowID, User: from, Number: from}
	c.event.Callee = state.Party{FlowID: c.event.Callee.FlowID, User: to, Number: to}
	c.event.Line = ""
	return c
}

func want(t *testing.T, when string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Fatalf("%s: told %q, want %q", when, got, want)
	}
}

// A call over its limit is told of at that moment, told again after a while
// with another time under the same name, and no more once it is answered.
func TestAlarmOfACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"}, call(1).rings())
		proven(h, 30*time.Second-time.Millisecond)
		want(t, "before the limit", told(t, h, PageBoard, ""))
		proven(h, 2*time.Millisecond)
		want(t, "at the limit", told(t, h, PageBoard, ""), "Sales: a customer rings for over 0:30")
		want(t, "in Dutch", told(t, h, PageBoard, "lang=nl"), "Sales: een klant belt al langer dan 0:30")
		want(t, "in German", told(t, h, PageStatus, "lang=de"), "Sales: ein Kunde klingelt länger als 0:30")
		want(t, "on another line's board", told(t, h, PageBoard, "line=1602"))
		want(t, "on its line's board", told(t, h, PageWall, "line=sales"), "Sales: a customer rings for over 0:30")

		first := toldWhole(t, h, PageBoard, "").List[0]
		proven(h, time.Minute)
		again := toldWhole(t, h, PageBoard, "").List[0]
		if first.ID != again.ID || again.At-first.At != 60_000 || !first.Sound || first.URL != "/calls/2" {
			t.Errorf("told as %+v and again as %+v", first, again)
		}
		if up, raised := h.Alarms(), h.AlarmsRaised(); len(up) != 1 || up[0].Kind != rules.RingingLong || up[0].Times != 2 || raised[rules.RingingLong] != 1 {
			t.Errorf("up %+v, raised %v", up, raised)
		}
		feedIn(h, call(1).answers())
		want(t, "answered", told(t, h, PageBoard, ""))
	})
}

// A talk over its limit goes to those who need a person, after who rings.
func TestAlarmOfATalk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rules.Default()
		r.Missed.Over = 0
		h, stop := run(t, Options{Zone: time.UTC, Setup: Setup{Rules: r}})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings(), call(1).answers())
		proven(h, 30*time.Minute)
		want(t, "at the limit", told(t, h, PageBoard, ""), "1601: a talk lasts over 30:00")
		feedIn(h, call(2).rings())
		proven(h, 31*time.Second)
		synctest.Wait()
		pic, err := h.Picture(t.Context(), mustQuery(t, PageBoard, ""))
		if err != nil {
			t.Fatal(err)
		}
		if ids := itemIDs(pic.Items); ids != "g-needs c3 c2" {
			t.Errorf("rows %s", ids)
		}
		heads := headline(t, pic.Board, "talking")
		if heads.Value != "1" {
			t.Errorf("%s talk, want the one that needs a person too", heads.Value)
		}
		if note := headline(t, pic.Board, "needs").Target; note != "ringing over 0:30, talk over 30:00" {
			t.Errorf("needs a person because of %q", note)
		}
	})
}

func itemIDs(items []views.Item) string {
	var ids []string
	for _, i := range items {
		ids = append(ids, i.ID)
	}
	return strings.Join(ids, " ")
}

func headline(t *testing.T, b *views.Board, id string) views.Headline {
	t.Helper()
	for _, h := range b.Headlines {
		if h.ID == id {
			return h
		}
	}
	t.Fatalf("no headline %s", id)
	return views.Headline{}
}

// Many at once are told of after the on-delay; a view of a line watches its
// own.
func TestAlarmOfMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...)
		told(t, h, PageBoard, "line=1601") // somebody looks at it
		for n := range 6 {
			feedIn(h, call(3*n+1).rings()) // all on line 1601
		}
		proven(h, 9*time.Second)
		want(t, "before the on-delay", told(t, h, PageBoard, ""))
		proven(h, 3*time.Second)
		want(t, "after it", told(t, h, PageBoard, ""), "6 customers ring at once, limit 4")
		want(t, "on the line", told(t, h, PageBoard, "line=1601"), "6 customers ring at once, limit 4")
		if h := headline(t, mustPicture(t, h, "").Board, "ringing"); h.Alarm == "" {
			t.Errorf("the headline is quiet: %+v", h)
		}
		if n := len(h.Alarms()); n != 1 {
			t.Errorf("%d alarms of the board, want its own one only", n)
		}
		feedIn(h, call(1).hangsUp(), call(4).hangsUp(), call(7).hangsUp())
		proven(h, 12*time.Second)
		want(t, "when three are gone", told(t, h, PageBoard, ""))
	})
}

func mustPicture(t *testing.T, h *Hub, query string) Picture {
	t.Helper()
	pic, err := h.Picture(t.Context(), mustQuery(t, PageBoard, query))
	if err != nil {
		t.Fatal(err)
	}
	return pic
}

// Customers ring while colleagues chat: told with first names, but not on
// displays. A consultation is no chat.
func TestAlarmOfChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rules.Default()
		r.Chat.Colleagues = 2
		h, stop := run(t, Options{Zone: time.UTC, Setup: Setup{Rules: r}})
		defer stop()
		feedIn(h, liveFacts()...)
		for oid, name := range map[string]string{"901": "Anna de Vries", "902": "Bas Jansen", "903": "Zoë Peters"} {
			feedIn(h, state.Name{Kind: state.NameUser, OID: oid, Text: name})
		}
		feedIn(h, chats(11, "901", "902").rings(), chats(11, "901", "902").answers())
		feedIn(h, call(1).rings(), call(2).rings())
		proven(h, 15*time.Second)
		want(t, "before the on-delay", told(t, h, PageBoard, ""))
		proven(h, 6*time.Second)
		want(t, "after it", told(t, h, PageBoard, ""), "2 customers ring while 2 colleagues talk internally (Anna, Bas)")
		want(t, "on a wall", told(t, h, PageWall, ""), "2 customers ring while 2 colleagues talk internally")
		// Anna's customer waits for what Bas says: nobody chats.
		served := call(5)
		served.event.Callee = state.Party{FlowID: "fa5", User: "901", Number: "901"}
		feedIn(h, served.rings(), served.answers())
		proven(h, 3*time.Second)
		want(t, "while it ends", told(t, h, PageBoard, ""), "2 customers ring while 2 colleagues talk internally (Anna, Bas)")
		proven(h, 5*time.Second)
		want(t, "while they serve a customer", told(t, h, PageBoard, ""))
	})
}

// While nobody can tell how things are an alarm is held and says as of when;
// nothing new is raised.
func TestAlarmsAreHeldInDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		proven(h, 25*time.Second)
		feedIn(h, call(2).rings())
		proven(h, 10*time.Second)
		want(t, "one is over", told(t, h, PageBoard, ""), "1601: a customer rings for over 0:30")
		id := toldWhole(t, h, PageBoard, "").List[0].ID
		feedIn(h, state.Link{State: state.LinkDown, Code: "lost", Reason: "gone"})
		time.Sleep(2 * time.Minute)
		got := told(t, h, PageBoard, "")
		if len(got) != 1 || !strings.Contains(got[0], ", as of 00:00:3") {
			t.Fatalf("in doubt: told %q, want the one alarm as of when it was known", got)
		}
		if a := toldWhole(t, h, PageBoard, "").List[0]; a.ID != id || !a.Doubt {
			t.Errorf("held as %+v, it was %s", a, id)
		}
		feedIn(h, state.Link{State: state.LinkUp}, state.Snapshot{RequestedAt: time.Now().UTC()})
		proven(h, time.Second)
		want(t, "the list shows neither call", told(t, h, PageBoard, ""))
	})
}

// Other rules work at once, on every page and row.
func TestUseOtherRules(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, state.Name{Kind: state.NameLine, OID: "1601", Text: "Sales"}, call(1).rings())
		proven(h, 12*time.Second)
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		was := p.revs["c2"]

		r := rules.Default()
		r.Ringing.Over = 10
		r.Company = "Bakery"
		r.Opening.Days[time.Now().UTC().Weekday()] = []rules.Hours{{From: 1439, To: 1440}}
		of, err := teams.Parse("t", []byte("teams: [{name: Desk, lines: [Sales]}]"))
		if err != nil {
			t.Fatal(err)
		}
		h.Use(Setup{Rules: r, Teams: of, RulesFile: "settings.yaml"})
		synctest.Wait()
		time.Sleep(framePause)
		rest(t, v, p)
		if p.revs["c2"] == was || !strings.Contains(p.html["c2"], `data-limit="10000"`) {
			t.Errorf("the row keeps its old limit: %s", p.html["c2"])
		}
		all := toldWhole(t, h, PageBoard, "")
		if len(all.List) != 1 || !all.Quiet {
			t.Errorf("told %+v, want one alarm that is quiet as nobody works now", all)
		}
		want(t, "of the new team", told(t, h, PageBoard, "team=desk"), "Sales: a customer rings for over 0:10")
		if h.Setup().Rules.Company != "Bakery" {
			t.Error("the company's name is not taken over")
		}
	})
}

// Calls at once against what the trunk carries.
func TestAlarmOfCapacity(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := rules.Default()
		r.Capacity.Lines = 10
		r.Waiting.Over = 0
		h, stop := run(t, Options{Zone: time.UTC, Setup: Setup{Rules: r}})
		defer stop()
		feedIn(h, liveFacts()...)
		for n := range 8 {
			feedIn(h, call(n+1).rings(), call(n+1).answers())
		}
		proven(h, 8*time.Second)
		want(t, "at 80 %", told(t, h, PageBoard, ""), "8 of 10 lines in use")
		feedIn(h, call(9).rings(), call(9).answers(), call(10).rings(), call(10).answers())
		proven(h, 8*time.Second)
		want(t, "full", told(t, h, PageBoard, ""), "10 of 10 lines in use")
	})
}
