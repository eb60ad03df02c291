package fakepbx

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestEveryScenarioEndsWithNoCallUp(t *testing.T) {
	names := map[string]bool{}
	for _, s := range Scenarios() {
		if names[s.Name] || s.About == "" {
			t.Errorf("scenario %q: twice, or without a word about it", s.Name)
		}
		names[s.Name] = true
		synctest.Test(t, func(t *testing.T) {
			p, err := New(Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			most, script := 0, p.Begin(s)
			for {
				if _, ok := script.Step(); !ok {
					break
				}
				most = max(most, len(p.Truth()))
			}
			if left := p.Truth(); len(left) != 0 || most == 0 && s.Name != "late news" {
				t.Errorf("%s: %d calls up at the end, %d at most on the way", s.Name, len(left), most)
			}
		})
	}
	if len(names) != 252+2+22 {
		t.Errorf("%d scenarios", len(names))
	}
}

func TestWhatTheStoriesSay(t *testing.T) {
	for name, want := range map[string]string{
		"inbound answered":                    "newCall callConnected callHungUp",
		"outbound":                            "newCall callConnected callHungUp",
		"internal":                            "newCall callConnected callHungUp",
		"abandoned":                           "newCall callHungUp missedCall",
		"queued":                              "newCall newCall callConnected callHungUp",
		"hunting parallel":                    "newCall newCall newCall callConnected channelHungUp channelHungUp callHungUp",
		"hunting parallel, one newCall":       "newCall callConnected channelHungUp channelHungUp callHungUp",
		"hunting parallel, abandoned":         "newCall newCall newCall channelHungUp channelHungUp callHungUp missedCall missedCall missedCall",
		"hunting linear and missed":           "newCall channelHungUp missedCall newCall callConnected callHungUp",
		"hunting linear, one newCall":         "newCall channelHungUp missedCall callConnected callHungUp",
		"consult without transfer":            "newCall callConnected newCall callConnected callHungUp callHungUp",
		"caller gone first":                   "newCall callConnected channelHungUp callHungUp",
		"blind transfer":                      "newCall callConnected callHungUp newCall callConnected callHungUp",
		"PBX restart":                         "newCall callConnected newCall newCall callConnected callHungUp",
		"late news":                           "callHungUp callConnected newCall",
		"transfer z/r1/both/before/yyx":       "newCall callConnected newCall callConnected newCall callConnected callHungUp callHungUp callHungUp callHungUp",
		"transfer x/r2/none/after/xyy":        "newCall callConnected newCall callConnected callHungUp callHungUp callHungUp callHungUp",
		"transfer y/r1/connected/between/yxy": "newCall callConnected newCall callConnected callHungUp callConnected callHungUp callHungUp callHungUp",
	} {
		s, ok := ScenarioNamed(name)
		if !ok {
			t.Errorf("no scenario %q", name)
			continue
		}
		var said []string
		for _, f := range s.Frames(time.Date(2026, 11, 22, 13, 10, 2, 0, time.UTC)) {
			said = append(said, string(f.Data))
		}
		if got := types(t, said); got != want {
			t.Errorf("%s says\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestTheTransferGrid checks what distinguishes the variants: the signatures
// of the hang-ups and of the call that is left.
func TestTheTransferGrid(t *testing.T) {
	variants := TransferVariants()
	if len(variants) != 252 {
		t.Fatalf("%d variants, the dossier's grid has 252", len(variants))
	}
	for _, v := range variants {
		if back, err := ParseTransfer(v.String()); err != nil || back != v {
			t.Errorf("%s parses as %v, %v", v, back, err)
		}
		var news, hangUps []map[string]any
		for _, f := range AttendantTransfer(v).Frames(time.Now()) {
			m := parse(t, string(f.Data))
			switch m.NotificationType {
			case NewCall:
				news = append(news, m.Notification)
			case CallHungUp:
				hangUps = append(hangUps, m.Notification)
			}
		}
		x, y := news[0], news[1]
		if len(hangUps) != 4 {
			t.Fatalf("%s: %d hang-ups, want three at the transfer and one at the end", v, len(hangUps))
		}
		seenY := false
		for i, c := range v.Order {
			call := map[rune]map[string]any{'X': x, 'Y': y}[c]
			if hangUps[i]["callId"] != call["callId"] {
				t.Errorf("%s: hang-up %d is of %v, want %c", v, i+1, hangUps[i]["callId"], c)
			}
			blank := c == 'Y' && seenY && v.BlankCaller
			if got := hangUps[i]["callerFlowId"] == ""; got != blank {
				t.Errorf("%s: caller of hang-up %d blank: %v", v, i+1, got)
			}
			seenY = seenY || c == 'Y'
		}
		last := hangUps[3]
		wantID := map[string]any{"X": x["callId"], "Y": y["callId"]}[v.CallID]
		if v.CallID == "Z" && (last["callId"] == x["callId"] || last["callId"] == y["callId"]) || v.CallID != "Z" && last["callId"] != wantID {
			t.Errorf("%s: the last hang-up has callId %v; X is %v, Y is %v", v, last["callId"], x["callId"], y["callId"])
		}
		wantFlow := map[string]any{"R1": y["calleeFlowId"], "R2": x["calleeFlowId"]}[v.Flows]
		if last["callerFlowId"] != x["callerFlowId"] || last["calleeFlowId"] != wantFlow || last["calleeUser"] != y["calleeUser"] || last["callerPhoneNumber"] != x["callerPhoneNumber"] {
			t.Errorf("%s: the last hang-up joins %v and %v", v, last["callerFlowId"], last["calleeFlowId"])
		}
	}
}

func TestATransferIsOneJourney(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		for _, name := range []string{"transfer x/r2/none/after/xyy", "blind transfer", "consult without transfer", "inbound answered"} {
			play(t, r.pbx, name)
		}
		play(t, r.pbx, "hunting linear and missed")
		play(t, r.pbx, "hunting parallel, abandoned")
		play(t, r.pbx, "internal")
		play(t, r.pbx, "outbound")
		want := Journeys{Offered: 6, Answered: 5, Unanswered: 1, Missed: 4, Outbound: 1, Internal: 1,
			InTime: 5, GaveUpLate: 1, Waited: 42500 * time.Millisecond, GaveUp: 25 * time.Second}
		if got := r.pbx.Counters().Journeys; got != want {
			t.Errorf("counted %+v, want %+v", got, want)
		}
	})
}

func TestPlayTakesItsTime(t *testing.T) {
	for speed, want := range map[float64]time.Duration{1: 66 * second, 6: 11 * second} {
		bubble(t, Options{Speed: speed}, func(t *testing.T, r *rig) {
			start := time.Now()
			play(t, r.pbx, "inbound answered")
			if d := time.Since(start); d != want {
				t.Errorf("at speed %v the story took %v, want %v", speed, d, want)
			}
		})
	}
}

func TestARestartReusesIDs(t *testing.T) {
	s, _ := ScenarioNamed("callId reuse after restart")
	var ids, callers []string
	for _, f := range s.Frames(time.Now()) {
		if m := parse(t, string(f.Data)); m.NotificationType == NewCall {
			ids = append(ids, m.Notification["callId"].(string))
			callers = append(callers, m.Notification["callerPhoneNumber"].(string))
		}
	}
	if len(ids) != 2 || ids[0] != ids[1] || callers[0] == callers[1] {
		t.Errorf("ids %v of callers %v, want one id of two customers", ids, callers)
	}
}

func TestARestartIsAnnouncedToAdministrators(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(append(coreTypes, TenantStarted, TenantStopped)...)
		play(t, r.pbx, "PBX restart")
		if g := types(t, w.got()); !strings.Contains(g, "newCall tenantStopped tenantStarted newCall") {
			t.Errorf("a restart says %q; want no hang-up, and the tenant stopped and started", g)
		}
		if n := r.pbx.Counters().Journeys; n.Lost != 2 || n.Unanswered != 0 {
			t.Errorf("counted %+v, want two calls lost and none unanswered", n)
		}
	})
}

func TestReconnectInMidCall(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(coreTypes...)
		play(t, r.pbx, "reconnect in mid-call")
		if g := types(t, w.got()); g != "newCall callConnected newCall callConnected" || w.lost() == nil {
			t.Errorf("before the cut a client hears %q, and its socket ends with %v", g, w.lost())
		}
	})
}
