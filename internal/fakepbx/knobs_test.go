package fakepbx

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// heard is what a client with all subscriptions gets of a scenario.
func heard(t *testing.T, o Options, names ...string) (frames []string) {
	t.Helper()
	bubble(t, o, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(append(coreTypes, CallTransferred)...)
		for _, name := range names {
			play(t, r.pbx, name)
		}
		time.Sleep(2 * time.Minute) // whatever was held back
		frames = w.got()
	})
	return frames
}

func field(t *testing.T, frame, name string) string {
	t.Helper()
	var m struct{ Notification map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(frame), &m); err != nil {
		t.Fatal(err)
	}
	if v, ok := m.Notification[name]; ok {
		return string(v)
	}
	return "absent"
}

func TestDurationSpellings(t *testing.T) {
	for knob, want := range map[string]string{"": `"60"`, "string": `"60"`, "number": "60", "decimal": `"60.0"`, "clock": `"00:01:00"`, "missing": "absent"} {
		f := heard(t, Options{Duration: knob}, "inbound answered")
		if got := field(t, f[2], "duration"); got != want {
			t.Errorf("--duration %q says %s, want %s", knob, got, want)
		}
		if got := field(t, f[1], "duration"); got != "absent" {
			t.Errorf("duration %s in a callConnectedEvent, it belongs to hang-ups only", got)
		}
	}
	seen := map[string]bool{}
	for range 12 {
		for seed := range uint64(12) {
			f := heard(t, Options{Duration: "mix", Seed: seed}, "inbound answered")
			seen[field(t, f[2], "duration")] = true
		}
		if len(seen) == 5 {
			return
		}
	}
	t.Errorf("--duration mix spells only %v", seen)
}

func TestBlankSpellings(t *testing.T) {
	for knob, want := range map[string][2]string{"empty": {`""`, `""`}, "null": {"null", "null"}, "absent": {"absent", "absent"}, "": {`""`, "null"}} {
		f := heard(t, Options{BlankStyle: knob}, "hunting linear and missed")
		loser := f[1]
		if parse(t, loser).NotificationType != ChannelHungUp {
			t.Fatalf("the second event is %s", loser)
		}
		got := [2]string{field(t, loser, "callerFlowId"), field(t, loser, "callerPhoneNumber")}
		if got != want {
			t.Errorf("--blank-style %q: flow and number of the blank side are %v, want %v", knob, got, want)
		}
		if user := field(t, loser, "calleeUser"); user == `""` || user == "null" || user == "absent" {
			t.Errorf("both sides of a channelHungUpEvent are blank")
		}
	}
}

func TestNotNullFieldsCanBeBlanked(t *testing.T) {
	o := Options{BlankFields: []string{"date", "callerFlowId", "calleeFlowId", "callId"}}
	for style, want := range map[string]string{"empty": `""`, "null": "null", "absent": "absent"} {
		o.BlankStyle = style
		for _, frame := range heard(t, o, "inbound answered") {
			for _, name := range o.BlankFields {
				if got := field(t, frame, name); got != want {
					t.Errorf("%s is %s under --blank-style %s", name, got, style)
				}
			}
		}
	}
}

func TestAllFieldsOfACallEvent(t *testing.T) {
	f := heard(t, Options{}, "inbound answered")
	var m struct{ Notification map[string]any }
	json.Unmarshal([]byte(f[2]), &m)
	for _, name := range callEventFields {
		if _, ok := m.Notification[name]; !ok {
			t.Errorf("a callHungUpEvent lacks %s", name)
		}
	}
	if len(m.Notification) != 21 {
		t.Errorf("a callHungUpEvent has %d fields, documented are 21", len(m.Notification))
	}
}

func TestOIDsAsNumbers(t *testing.T) {
	for numeric, want := range map[bool]string{false: `"501"`, true: "501"} {
		f := heard(t, Options{NumericOIDs: numeric}, "inbound answered")
		if got := field(t, f[0], "calleeUser"); got != want {
			t.Errorf("--numeric-oids=%v: calleeUser is %s", numeric, got)
		}
		if got := field(t, f[0], "calleePhoneNumber"); got != `"201"` {
			t.Errorf("--numeric-oids=%v: an extension is no oid, it is %s", numeric, got)
		}
	}
}

func TestExtraKeysAndUnknownTypes(t *testing.T) {
	f := heard(t, Options{ExtraKeys: true}, "inbound answered")
	if field(t, f[0], "trace") == "absent" || !strings.Contains(f[0], `"messageType":"notification"`) {
		t.Errorf("no extra keys in %s", f[0])
	}
	unknown := 0
	for _, frame := range heard(t, Options{UnknownTypes: true}, "duplicates storm", "hunting parallel", "hunting parallel, abandoned", "call waiting") {
		if typ := parse(t, frame).NotificationType; typ != MissedCall && !slices.Contains(coreTypes, typ) {
			unknown++
		}
	}
	if unknown == 0 {
		t.Error("no unknown type among 25 events")
	}
}

func TestDatesInUTCOrLocal(t *testing.T) {
	zone := time.FixedZone("summer", 2*3600)
	for local, want := range map[bool]string{false: `"2000-01-01 00:00:00"`, true: `"2000-01-01 02:00:00"`} {
		f := heard(t, Options{Zone: zone, LocalDates: local}, "inbound answered")
		for _, frame := range f { // of the initiation, not of the event
			if got := field(t, frame, "date"); got != want {
				t.Errorf("--local-dates=%v: date %s, want %s", local, got, want)
			}
		}
		if flow := field(t, f[0], "callerFlowId"); !strings.HasPrefix(flow, `"2000-01-01-02:00:00-`) {
			t.Errorf("a flow id embeds local time always, it is %s", flow)
		}
	}
}

func TestDropDuplicateReorder(t *testing.T) {
	if f := heard(t, Options{DropPercent: 100}, "inbound answered"); len(f) != 0 {
		t.Errorf("with all events dropped %d came", len(f))
	}
	if f := heard(t, Options{DuplicatePercent: 100}, "inbound answered"); types(t, f) != "newCall newCall callConnected callConnected callHungUp callHungUp" || f[0] != f[1] {
		t.Errorf("with all events doubled came %s", types(t, f))
	}
	plain := heard(t, Options{}, "inbound answered", "hunting parallel")
	shuffled := heard(t, Options{ReorderWindow: 30 * second, Seed: 5}, "inbound answered", "hunting parallel")
	if slices.Equal(typesOf(t, plain), typesOf(t, shuffled)) {
		t.Error("a reorder window of 30s changed nothing in the order")
	}
	if a, b := typesOf(t, plain), typesOf(t, shuffled); !slices.Equal(sorted(a), sorted(b)) {
		t.Errorf("reordering lost or made events: %v, %v", a, b)
	}
	some := heard(t, Options{DropPercent: 30, Seed: 2}, "duplicates storm")
	if all := heard(t, Options{}, "duplicates storm"); len(some) == 0 || len(some) >= len(all) {
		t.Errorf("with 30 %% dropped %d of %d came", len(some), len(all))
	}
}

func typesOf(t *testing.T, f []string) []string { return strings.Fields(types(t, f)) }
func sorted(s []string) []string                { s = slices.Clone(s); slices.Sort(s); return s }

func TestMissedAndTransferNotices(t *testing.T) {
	if f := heard(t, Options{MuteMissed: true}, "abandoned"); types(t, f) != "newCall callHungUp" {
		t.Errorf("with missed calls muted came %s", types(t, f))
	}
	v := "transfer z/r1/none/after/xyy"
	if f := heard(t, Options{TransferHint: true}, v); !strings.Contains(types(t, f), "callConnected callTransferred callHungUp") {
		t.Errorf("with the transfer hint came %s", types(t, f))
	}
	if f := heard(t, Options{}, v); strings.Contains(types(t, f), "callTransferred") {
		t.Errorf("without the transfer hint came %s", types(t, f))
	}
}

// TestKnobsOfTheCompany looks at what the traffic says under knobs that
// scenarios do not heed.
func TestKnobsOfTheCompany(t *testing.T) {
	base := Options{Seed: 9, CallsPerMinute: 6, Users: 60}
	news := func(change func(*Options)) (perCall float64, ids int, hangUps map[string]int) {
		o := base
		change(&o)
		frames, _ := said(t, o, 90*time.Minute)
		calls, all, byID := map[string]bool{}, 0, map[string]bool{}
		hangUps = map[string]int{}
		for _, f := range frames {
			m := parse(t, f)
			switch m.NotificationType {
			case NewCall:
				if m.Notification["calleePhoneLineOid"] != nil {
					all++
					calls[fmt.Sprint(m.Notification["callerFlowId"])] = true
				}
				byID[m.Notification["callId"].(string)] = true
			case CallHungUp:
				k := fmt.Sprint(m.Notification["callId"], m.Notification["callerFlowId"], m.Notification["calleeFlowId"])
				hangUps[k]++
			}
		}
		return float64(all) / float64(len(calls)), len(byID), hangUps
	}
	perPhone, manyIDs, _ := news(func(o *Options) { o.Hunting = "parallel"; o.NewCalls = "phone" })
	once, _, _ := news(func(o *Options) { o.Hunting = "parallel"; o.NewCalls = "call" })
	mixed, _, _ := news(func(o *Options) { o.Hunting = "parallel"; o.NewCalls = "mix" })
	linear, _, _ := news(func(o *Options) { o.Hunting = "linear" })
	if !(perPhone > 2.2 && once < 1.3 && mixed > 1.5 && mixed < perPhone-.5) {
		t.Errorf("newCallEvents a call of a line: %.2f per phone, %.2f per call, %.2f mixed", perPhone, once, mixed)
	}
	if linear > perPhone-.4 {
		t.Errorf("linear hunting announces %.2f telephones a call, parallel %.2f", linear, perPhone)
	}
	if _, few, _ := news(func(o *Options) { o.ReuseIDs = 64 }); few > manyIDs*2/3 {
		t.Errorf("%d different call ids with --reuse-ids 64, %d without", few, manyIDs)
	}
	doubled := 0
	_, _, hangUps := news(func(o *Options) { o.Transfer = "z/r1/none/after/xyy" })
	for _, n := range hangUps {
		if n == 2 {
			doubled++
		}
	}
	if doubled < 3 {
		t.Errorf("%d doubled hang-ups in 90 minutes with transfers, want the mark of each", doubled)
	}
}

func TestSocketsAreCutAgainAndAgain(t *testing.T) {
	bubble(t, Options{CutEvery: time.Minute, CutHow: CutAbrupt, CallsPerMinute: 1}, func(t *testing.T, r *rig) {
		r.login("one")
		for range 3 {
			w := r.connect(coreTypes...)
			run(t, r.pbx, 59*second)
			if w.lost() != nil {
				t.Fatal("cut before its time")
			}
			run(t, r.pbx, 2*time.Minute)
			if w.lost() == nil {
				t.Fatal("not cut")
			}
		}
		synctest.Wait()
	})
}
