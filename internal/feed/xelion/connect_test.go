package xelion_test

import (
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/state"
)

var call1 = fakepbx.TrueCall{
	CallID: "SIP/trunk1-00000a41", State: "connected", Direction: "inbound",
	Caller:  fakepbx.TrueLeg{Party: fakepbx.Party{Number: "+31205550101", Name: "Bakery Noord"}},
	Callees: []fakepbx.TrueLeg{{Party: fakepbx.Party{Number: "201", User: "501", Name: "Anna"}, Connected: true}},
}

func TestConnectsSubscribesAndFetchesASnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		pbx.AddCall(call1)
		w := newWorld(t, pbx, nil)
		after(5 * time.Second)

		w.want("links", w.links(), []string{"up"})
		snapshots := facts[state.Snapshot](w.tape)
		if len(snapshots) != 1 || len(snapshots[0].Channels) < 2 {
			t.Fatalf("snapshots after connecting: %+v, want one with both channels of the call", snapshots)
		}
		for _, ch := range snapshots[0].Channels {
			if ch.CallID != call1.CallID || ch.FlowID == "" || ch.Created.IsZero() {
				t.Errorf("channel %+v: want the call's id, and flow id and time joined from the phone channels", ch)
			}
		}
		subs := pbx.Counters().Subscriptions
		for _, typ := range []string{"newCallEvent", "callConnectedEvent", "callHungUpEvent", "missedCallEvent", "channelHungUpEvent", "callTransferredEvent", "tenantStartedEvent", "tenantStoppedEvent", "tenantStatusEvent"} {
			if subs[typ] != 1 {
				t.Errorf("subscribed %d times to %s, want once", subs[typ], typ)
			}
		}
		pbx.Emit("newCallEvent", map[string]any{"callId": "X", "callerPhoneNumber": "0201"})
		at := time.Now()
		events := facts[state.Event](w.tape)
		if len(events) != 1 || events[0].Type != state.NewCall || events[0].CallID != "X" {
			t.Fatalf("events %+v, want the one new call", events)
		}
		all := w.tape.now()
		last := all[len(all)-1]
		if !last.At.Equal(at) {
			t.Errorf("event received at %v carries %v", at, last.At)
		}
		if len(facts[state.Proof](w.tape)) == 0 {
			t.Error("no proof of life although the PBX echoes the test message sent on connecting")
		}
	})
}
