package hub

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
	"callboard/views"
)

// fact finds a line of a panel by its label.
func fact(t *testing.T, facts []views.Fact, label string) string {
	t.Helper()
	for _, f := range facts {
		if strings.HasPrefix(f.Label, label) {
			return f.Value
		}
	}
	t.Errorf("no %q among %+v", label, facts)
	return ""
}

// A PBX whose clock is four minutes behind: measured from the third call on,
// told on every page with its limit, and the status page says when it jumped.
func TestClockOfThePBXIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Zone: time.UTC})
		defer stop()
		feedIn(h, liveFacts()...)
		rings := func(n int, behind time.Duration) {
			c := call(n)
			c.event.Date = time.Now().Add(-behind).Truncate(time.Second)
			feedIn(h, c.rings())
			time.Sleep(time.Second)
		}
		look := func() *views.Status {
			if p := picture1(t, h, PageStatus, ""); p.Status != nil {
				return p.Status
			}
			t.Fatal("no status")
			return nil
		}
		if got := fact(t, look().Clock, "PBX clock"); got != "not measured yet" {
			t.Errorf("before the first call: %q", got)
		}
		for n := range 4 {
			rings(n, 0)
		}
		if s := picture1(t, h, PageBoard, "").Strip; s.Clock != "" || s.LimitProof != "limit 20 s" || s.LimitFrame != "limit 12.5 s" {
			t.Errorf("in step: notice %q, limits %q and %q", s.Clock, s.LimitProof, s.LimitFrame)
		}
		if got := fact(t, look().Clock, "PBX clock"); got != "in step, limit 1:30" {
			t.Errorf("in step: %q", got)
		}
		for n := range 3 {
			rings(10+n, 4*time.Minute)
		}
		for _, page := range []string{PageBoard, PageWall, PagePeople, PageLines, PageMissed, PageStatus} {
			if s := picture1(t, h, page, "").Strip; s.Clock != "PBX clock 4:00 behind, limit 1:30" {
				t.Errorf("%s says %q of the PBX's clock", page, s.Clock)
			}
		}
		if got := picture1(t, h, PageBoard, "lang=de").Strip.Clock; got != "Uhr der Anlage 4:00 nach, Grenze 1:30" {
			t.Errorf("in German: %q", got)
		}
		s := look()
		if got := fact(t, s.Clock, "Last jump"); !strings.HasPrefix(got, "4:00 behind at ") {
			t.Errorf("the jump: %q", got)
		}
		if got := fact(t, s.Clock, "Changed since"); got != "0.0 s" {
			t.Errorf("drift since the jump: %q", got)
		}
	})
}

// The status page counts what came against what the vendor documents, and
// shows each hop with its limit.
func TestStatusOfTheContract(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{PBX: func() PBX { return PBX{Product: "Xelion", Messages: map[string]int{"test": 4, "newCallEvent": 1200}} }})
		defer stop()
		feedIn(h, liveFacts()...)
		s := picture1(t, h, PageStatus, "").Status
		if s.ContractNote != "all names known" {
			t.Errorf("nothing unknown came: %q", s.ContractNote)
		}
		feedIn(h, call(1).hangsUp(), call(2).answers(), state.Oddity{Kind: state.UnknownType, Sample: "quotaShapeEvent"})
		feedIn(h, call(3).rings(), call(3).answers(), call(3).hangsUp(), call(3).hangsUp())
		time.Sleep(2 * time.Second)
		s = picture1(t, h, PageStatus, "").Status
		for label, want := range map[string]string{"Unknown event names": "1 of 1", "News of a call never": "2 of 2", "Told twice": "1 of 1", "Unreadable": "0"} {
			if got := fact(t, s.Contract, label); got != want {
				t.Errorf("%s: %q, want %q", label, got, want)
			}
		}
		if s.ContractNote != "names unknown" || fact(t, s.Messages, "newCallEvent") != "1200" || s.Messages[0].Label != "newCallEvent" {
			t.Errorf("note %q, messages %+v", s.ContractNote, s.Messages)
		}
		if got := fmt.Sprint(s.Links[0].Text, " | ", s.Links[1].Text); !strings.HasSuffix(s.Links[0].Text, "limit 20 s") || s.Links[1].Text != "a beat every 5 s, limit 12.5 s" {
			t.Errorf("hops: %s", got)
		}
		if s.Links[0].Hop != "proof" || s.Links[1].Hop != "frame" {
			t.Errorf("the page keeps %q and %q going", s.Links[0].Hop, s.Links[1].Hop)
		}
	})
}
