package hub

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
	"callboard/views/wordstest"
)

// marked is the language of TestNoWordEscapesTranslation.
const marked = "xx"

func init() { spoken[marked] = wordstest.Marked() }

// fieldName is a field of the PBX's messages, or an id of this test.
var fieldName = regexp.MustCompile(`^[a-z]+[A-Z]`)

// theData are the names that the test's company and the process bring along.
func theData(w string) bool {
	return fieldName.MatchString(w) || slices.Contains([]string{"Anna", "Bas", "de", "Vries", "Jansen", "Verkoop", "Bakery", "Noord", "xelion", "example", "Xelion", "Socket", "SIP", "trunk1", "Go"}, w)
}

// Every page in every state of the feed, in a language whose words are marked:
// what is outside the marks and no data was written where no translator finds
// it. The message names page and part.
func TestNoWordEscapesTranslation(t *testing.T) {
	if raceOn {
		t.Skip("asks for every page, one after the other; make test runs it without the detector")
	}
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{MaxViews: 500, Zone: time.UTC, Build: "v1.2.3", PBX: func() PBX {
			return PBX{Host: "xelion.example", Product: "Xelion", Version: "9.2", ConnectedSince: time.Now(), TokenUntil: time.Now().Add(time.Hour), Reconnects: 2}
		}})
		defer stop()
		found := map[string][]string{}
		look := func(when string) {
			t.Helper()
			time.Sleep(3 * time.Second) // pages that are made anew as a whole wait a little
			h.painter.paint()
			for page, queries := range everyPage(t, h) {
				for _, q := range queries {
					pic, err := h.Picture(t.Context(), q)
					if err != nil {
						t.Errorf("%s, %s: %v", when, q.Key(), err)
						continue
					}
					var shown frameData
					if err := json.Unmarshal(pic.Snapshot, &shown); err != nil {
						t.Fatal(err)
					}
					for _, r := range shown.Rows {
						shown.Parts["#list"] += r.HTML
					}
					for id, html := range shown.Parts {
						for _, text := range wordstest.Escaped(html, theData) {
							if at := page + " " + id; !slices.Contains(found[at], text) {
								found[at] = append(found[at], text)
							}
						}
					}
				}
			}
		}
		look("never connected")
		feedIn(h, state.Link{State: state.LinkDialing, Attempt: 2, Code: "refused", Reason: "Nothing listens there"})
		look("refused")
		feedIn(h, state.Link{State: state.LinkUp})
		look("catching up")
		feedIn(h, state.Snapshot{RequestedAt: time.Now()})
		look("quiet")
		aDay(h)
		look("live")
		feedIn(h, state.Link{State: state.LinkDown, Code: "timeout", Reason: "No answer", Attempt: 1, NextTry: time.Now().Add(time.Second)})
		look("doubtful")
		feedIn(h, state.Link{State: state.LinkUp})
		feedIn(h, state.Snapshot{RequestedAt: time.Now()})
		look("after a gap")
		time.Sleep(10 * time.Minute)
		look("blind")
		for _, at := range slices.Sorted(maps.Keys(found)) {
			t.Errorf("%s: words that are not in the catalogue (views/words_*.go):\n\t%s", at, strings.Join(found[at], "\n\t"))
		}
	})
}

// everyPage is each page with queries that show its kinds of words.
func everyPage(t *testing.T, h *Hub) map[string][]Query {
	all := map[string][]Query{}
	add := func(page string, raws ...string) {
		for _, raw := range raws {
			q, err := ParseQuery(page, parseValues(t, raw))
			if err != nil {
				continue // an option that this build does not have
			}
			q.Speaks = marked
			all[page] = append(all[page], q)
		}
	}
	for _, page := range Pages {
		if page == PageCall {
			continue
		}
		add(page, "", "team=Verkoop")
	}
	add(PageBoard, "state=ringing&dir=inbound&q=Jansen", "sort=-line&hide=legs", "sort=caller", "user=501", "line=1601&density=comfortable", "sort=-age", "state=doubt")
	add(PageWall, "inches=24&metres=10", "user=501&state=ringing&dir=inbound&q=Bakery", "layout=numbers", "layout=people", "layout=line&line=1601", "rotate=calls,numbers")
	h.Read(func(b *state.Board, _ time.Time) {
		for c := range b.Calls() {
			all[PageCall] = append(all[PageCall], Query{Page: PageCall, Call: c.Seq, Speaks: marked})
		}
		for _, e := range b.RecentEnded(20) {
			all[PageCall] = append(all[PageCall], Query{Page: PageCall, Call: e.Call.Seq, Speaks: marked})
		}
	})
	return all
}

// aDay is calls of every kind: ringing too long, out, inside, answered, missed,
// handed over, contradicted, ended in all ways, and some oddities.
func aDay(h *Hub) {
	for _, n := range []state.Name{
		{Kind: state.NameUser, OID: "501", Text: "Anna de Vries", Number: "201"}, {Kind: state.NameUser, OID: "502", Text: "Bas Jansen", Number: "202"},
		{Kind: state.NameLine, OID: "1601", Text: "Verkoop"},
	} {
		feedIn(h, n)
	}
	anna, bas := state.Party{FlowID: "fA1", User: "501", Number: "201"}, state.Party{FlowID: "fB", User: "502", Number: "202"}
	outside := func(flow string) state.Party {
		return state.Party{FlowID: flow, Number: "+31205550101", Name: "Bakery Noord"}
	}
	of := func(id string, caller, callee state.Party) testCall {
		return testCall{state.Event{CallID: id, Caller: caller, Callee: callee, Line: "1601", Duration: -1}}
	}
	long := of("L", outside("fL"), anna)
	feedIn(h, long.rings(), call(7).rings(), call(7).answers())
	time.Sleep(40 * time.Second)
	x, y := of("X", outside("fC"), anna), of("Y", state.Party{FlowID: "fA2", User: "501", Number: "201"}, bas)
	for _, e := range []state.Event{x.rings(), x.answers(), y.rings(), y.answers(), x.hangsUp(), y.hangsUp(), y.hangsUp()} {
		feedIn(h, e)
	}
	gone := of("M", outside("fM"), anna)
	feedIn(h, gone.rings(), gone.as(state.Missed), gone.hangsUp(), gone.hangsUp())
	out := of("O", anna, outside("fO"))
	inside := of("I", bas, anna)
	feedIn(h, out.rings(), inside.rings(), inside.answers(), of("U", outside("fU"), bas).answers(), of("V", outside("fV"), bas).as(state.ChannelHungUp))
	second := of("S", outside("fS"), state.Party{FlowID: "fA9", User: "501", Number: "201"})
	third := of("T", outside("fT"), state.Party{FlowID: "fA8", User: "501", Number: "201"})
	feedIn(h, second.rings(), second.answers(), third.rings(), third.answers())
	time.Sleep(70 * time.Second)
	feedIn(h, state.Proof{RoundTrip: 11 * time.Millisecond})
}
