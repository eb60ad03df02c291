package fakepbx

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// mirror is a board of the simplest kind, right as long as nothing is lost,
// doubled out of order, or reported in a riddle.
type mirror map[string]string

func (m mirror) hear(t *testing.T, frame string) {
	e := parse(t, frame)
	id, _ := e.Notification["callId"].(string)
	who := func(side string) string {
		if u, _ := e.Notification[side+"User"].(string); u != "" {
			return u
		}
		n, _ := e.Notification[side+"PhoneNumber"].(string)
		return n
	}
	switch e.NotificationType {
	case NewCall:
		if _, known := m[id]; !known {
			m[id] = "ringing " + who("caller")
		}
	case CallConnected:
		m[id] = "connected " + who("caller") + " " + who("callee")
	case CallHungUp:
		delete(m, id)
	}
}

func truth(p *PBX) mirror {
	m := mirror{}
	for _, c := range p.Truth() {
		m[c.CallID] = c.State + " " + c.Caller.key()
		if c.State == "connected" {
			m[c.CallID] += " " + c.Callees[0].key()
		}
	}
	return m
}

func TestTruthIsWhatTheEventsSay(t *testing.T) {
	bubble(t, Options{Seed: 7, CallsPerMinute: 12, Speed: 4, Users: 60, Transfer: plainTransfer.String(), Queue: 1 << 16}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(coreTypes...)
		m, busiest := mirror{}, 0
		for i := range 120 {
			run(t, r.pbx, 30*second)
			for range 20 { // a transfer may be under way: it is told within 2 s
				for _, f := range w.got() {
					m.hear(t, f)
				}
				if maps.Equal(m, truth(r.pbx)) {
					break
				}
				run(t, r.pbx, second/10)
			}
			if !maps.Equal(m, truth(r.pbx)) {
				t.Fatalf("after %d half minutes the events say\n%v\nand the truth is\n%v", i+1, m, truth(r.pbx))
			}
			busiest = max(busiest, len(m))
		}
		if busiest < 8 {
			t.Errorf("never more than %d calls at once in an hour at 12 calls a minute", busiest)
		}
	})
}

func TestSnapshotIsTheTruth(t *testing.T) {
	o := DemoOptions()
	bubble(t, o, func(t *testing.T, r *rig) {
		r.login("one")
		var l listAnswer
		r.call("GET", "communications/active_channels", nil).json(&l)
		want, got := map[string]bool{}, map[string]bool{}
		for _, c := range r.pbx.Truth() {
			want[c.CallID+" CALLER "+c.Caller.Channel] = true
			for _, k := range c.Callees {
				want[c.CallID+" CALLEE "+k.Channel] = true
			}
		}
		for _, d := range l.Data {
			got[fmt.Sprint(d.Object["callId"], " ", d.Object["role"], " ", d.Object["channelId"])] = true
		}
		if !maps.Equal(got, want) || len(want) < 8 {
			t.Errorf("active channels\n%v\nand the truth\n%v", got, want)
		}
		flows := map[string]bool{}
		r.call("GET", "channels", nil).json(&l)
		for _, d := range l.Data {
			flows[fmt.Sprint(d.Object["channelName"], " ", d.Object["flowId"])] = true
		}
		for _, c := range r.pbx.Truth() {
			if !flows[c.Caller.Channel+" "+c.Caller.Flow] {
				t.Errorf("channels do not join name and flow of the caller of %s", c.CallID)
			}
		}
	})
}

func TestAWarmCompanyIsAtWorkAtOnce(t *testing.T) {
	for seed := range uint64(20) {
		o := DemoOptions()
		o.Seed = seed
		synctest.Test(t, func(t *testing.T) {
			p, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			calls := p.Truth()
			if len(calls) < 3 || len(calls) > 24 {
				t.Errorf("seed %d: %d calls up at the start of the demo", seed, len(calls))
			}
			for _, c := range calls {
				if c.Since.After(time.Now()) || c.Started.After(c.Since) {
					t.Errorf("seed %d: a call started %v and is %s since %v, now is %v", seed, c.Started, c.State, c.Since, time.Now())
				}
			}
			if j := p.Counters().Journeys; j != (Journeys{}) {
				t.Errorf("seed %d: counters begin at %+v", seed, j)
			}
		})
	}
}

// said plays a company for a while and returns all that was said.
func said(t *testing.T, o Options, d time.Duration) (frames []string, j Journeys) {
	synctest.Test(t, func(t *testing.T) {
		p, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		p.tap = func(_ string, data []byte) { frames = append(frames, string(data)) }
		run(t, p, d)
		j = p.Counters().Journeys
	})
	return frames, j
}

func TestTheSeedDecidesEverything(t *testing.T) {
	o := DemoOptions()
	o.CallsPerMinute, o.Duration, o.BlankStyle, o.ReorderWindow, o.UnknownTypes = 30, "mix", "mix", second, true
	o.Hunting, o.NewCalls = "mix", "mix"
	first, _ := said(t, o, time.Hour)
	again, _ := said(t, o, time.Hour)
	if len(first) < 1000 || !slices.Equal(first, again) {
		t.Errorf("the same seed said %d and %d events, not all the same", len(first), len(again))
	}
	o.Seed++
	if other, _ := said(t, o, time.Hour); slices.Equal(first, other) {
		t.Error("another seed said the same")
	}
}

func TestTheCompanyIsBelievable(t *testing.T) {
	o := Options{Seed: 3, CallsPerMinute: 6, Users: 90}
	frames, j := said(t, o, 8*time.Hour)
	all := j.Offered + j.Outbound + j.Internal
	if all < 2600 || all > 3150 {
		t.Errorf("%d journeys in eight hours at 6 a minute", all)
	}
	if share := float64(j.Unanswered) / float64(j.Offered); share < .06 || share > .16 {
		t.Errorf("%.3f of the incoming calls reached nobody, want about 0.10", share)
	}
	ids := map[string]int{}
	for _, f := range frames {
		m := parse(t, f)
		ids[m.NotificationType]++
		if n, _ := m.Notification["callerPhoneNumber"].(string); n == "anonymous" {
			ids["anonymous"]++
		} else if strings.HasPrefix(n, "+49") || strings.HasPrefix(n, "+32") || strings.HasPrefix(n, "+44") {
			ids["abroad"]++
		}
	}
	for _, kind := range append([]string{"anonymous", "abroad"}, coreTypes...) {
		if ids[kind] < 20 {
			t.Errorf("only %d of %s in eight hours", ids[kind], kind)
		}
	}
}

func TestOfficeHours(t *testing.T) {
	o := Options{Seed: 3, CallsPerMinute: 10, Users: 60, OfficeHours: true, Zone: time.UTC}
	var night, day int
	synctest.Test(t, func(t *testing.T) { // bubbles begin on Saturday 1 January 2000
		time.Sleep(48 * time.Hour)
		p, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		run(t, p, 6*time.Hour)
		night = p.Counters().Journeys.Offered
		run(t, p, 10*time.Hour)
		day = p.Counters().Journeys.Offered
	})
	if night != 0 || day < 1000 {
		t.Errorf("%d incoming calls from midnight to six and %d until four o'clock", night, day)
	}
}

func TestLoad(t *testing.T) {
	bubble(t, Options{Load: Load{LiveCalls: 500, EventsPerSecond: 200}, Users: 600, Queue: 1 << 16}, func(t *testing.T, r *rig) {
		if n := len(r.pbx.Truth()); n != 500 {
			t.Fatalf("%d calls up at the start, want 500", n)
		}
		r.login("one")
		w := r.connect(coreTypes...)
		run(t, r.pbx, 30*second)
		if n := len(w.got()); n < 5990 || n > 6001 {
			t.Errorf("%d events in 30 s at 200 a second", n)
		}
		users := map[string]int{}
		for _, c := range r.pbx.Truth() {
			users[c.Callees[0].User]++
		}
		if n := len(r.pbx.Truth()); n < 499 || n > 500 || len(users) != n {
			t.Errorf("%d calls up with %d users, want 500 and nobody twice", n, len(users))
		}
	})
}

func TestCallsCanBePutUpAndTakenOffWithoutAWord(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(coreTypes...)
		anna, _ := r.pbx.x.company.byUser["501"], 0
		r.pbx.SetCalls(
			TrueCall{CallID: "SIP/trunk1-0000ffff", Line: "1601", State: "connected", Caller: TrueLeg{Party: Party{Number: "+31205550101"}}, Callees: []TrueLeg{{Party: anna.Party}}},
			TrueCall{Caller: TrueLeg{Party: Party{Number: "anonymous"}}, Callees: []TrueLeg{{Party: anna.Party}}},
		)
		r.pbx.AddCall(TrueCall{CallID: "third", Caller: TrueLeg{Party: anna.Party}, Callees: []TrueLeg{{Party: Party{Number: "1"}}}})
		var l listAnswer
		r.call("GET", "communications/active_channels", nil).json(&l)
		if len(l.Data) != 6 || l.Data[0].Object["callId"] != "SIP/trunk1-0000ffff" || l.Data[0].Object["state"] != "CONNECTED" || l.Data[2].Object["state"] == "CONNECTED" {
			t.Errorf("active channels: %v", l.Data)
		}
		r.pbx.RemoveCall("third")
		if n := len(r.pbx.Truth()); n != 2 || len(w.got()) != 0 {
			t.Errorf("%d calls left, want 2, and not a word said", n)
		}
		r.pbx.SetCalls()
		if n := len(r.pbx.Truth()); n != 0 {
			t.Errorf("%d calls left after SetCalls()", n)
		}
	})
}
