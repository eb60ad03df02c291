package xelion_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"callboard/internal/fakepbx"
	"callboard/internal/feed/xelion"
	"callboard/internal/state"
)

func eventFrame(id string) string {
	return `{"notificationType":"newCallEvent","notification":{"callId":"` + id + `"}}`
}

// sequence names the inputs that matter for catching up, in order.
func (w *world) sequence() (out []string) {
	for _, in := range w.tape.now() {
		switch f := in.Fact.(type) {
		case state.Link:
			out = append(out, [...]string{"down", "dialing", "up"}[f.State])
		case state.Snapshot:
			out = append(out, "snapshot")
		case state.SnapshotFailed:
			out = append(out, "failed")
		case state.Event:
			out = append(out, f.CallID)
		}
	}
	return out
}

func TestEventsWaitForTheSnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t, active: func(w http.ResponseWriter) {
			time.Sleep(5 * time.Second)
			fmt.Fprint(w, `{"data":[]}`)
		}}
		w := newWorld(t, pbx, nil)
		begin := time.Now()
		for _, id := range []string{"A", "B", "C"} {
			after(time.Second)
			pbx.send(eventFrame(id))
		}
		after(time.Second)
		w.want("before the snapshot is there", w.sequence(), []string{"dialing", "up"})
		after(2 * time.Second)
		pbx.send(eventFrame("D"))
		w.want("after", w.sequence(), []string{"dialing", "up", "snapshot", "A", "B", "C", "D"})
		want := map[string]time.Duration{"A": 1, "B": 2, "C": 3, "D": 6}
		for _, in := range w.tape.now() {
			switch f := in.Fact.(type) {
			case state.Event:
				if at := in.At.Sub(begin); at != want[f.CallID]*time.Second {
					t.Errorf("event %s carries %v after the start, want the time at which it came, %ds", f.CallID, at, want[f.CallID])
				}
			case state.Snapshot:
				if asked := f.RequestedAt.Sub(begin); asked != 0 {
					t.Errorf("snapshot asked for at %v, want the time of the request", asked)
				}
			}
		}
	})
}

func TestTooManyEventsBeforeTheSnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := true
		pbx := &scripted{t: t, active: func(w http.ResponseWriter) {
			if slow {
				slow = false
				time.Sleep(9 * time.Second)
			}
			fmt.Fprint(w, `{"data":[]}`)
		}}
		w := newWorld(t, pbx, nil)
		after(time.Second)
		batch := "[" + strings.TrimSuffix(strings.Repeat(eventFrame("A")+",", 5000), ",") + "]"
		pbx.send(batch)
		pbx.send(batch)
		after(time.Second)
		w.want("10,000 events are held", w.links(), []string{"up"})
		pbx.send(eventFrame("one too many"))
		after(4 * time.Second)
		w.want("links", w.links(), []string{"up", "buffer-overflow", "up"})
		if n := oddities(w.tape, state.BufferOverflow); n != 1 {
			t.Errorf("buffer_overflow counted %d times, want once", n)
		}
		w.want("sequence", w.sequence(), []string{"dialing", "up", "down", "dialing", "up", "snapshot"})
	})
}

func TestASnapshotThatFailsIsTriedOnceMore(t *testing.T) {
	for _, row := range []struct {
		times int
		want  []string
	}{
		{1, []string{"dialing", "up", "failed", "A", "snapshot"}},
		{2, []string{"dialing", "up", "failed", "A", "failed"}},
	} {
		t.Run(fmt.Sprint(row.times), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := newPBX(t, fakepbx.Options{})
				pbx.SetRefusal(fakepbx.ActiveChannels, 500, 11000, row.times)
				w := newWorld(t, pbx, nil)
				after(time.Second)
				pbx.Send([]byte(eventFrame("A")))
				after(28 * time.Second)
				w.want("before half a minute", w.sequence(), row.want[:4])
				after(2 * time.Second)
				w.want("after", w.sequence(), row.want)
				after(time.Hour)
				w.want("an hour later", w.sequence(), row.want)
				if !strings.Contains(w.log.String(), "internal error") {
					t.Errorf("the log does not say why there was no snapshot:\n%s", w.log)
				}
			})
		})
	}
}

// An answer that is no list must never pass for a list without calls.
func TestWhatIsNoListIsNoSnapshot(t *testing.T) {
	for _, body := range []string{``, `{}`, `<html>login</html>`, `{"data":{}}`, `{"data":"none"}`, `42`, `{"data":[{"object":`} {
		t.Run(body, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, &scripted{t: t, active: func(w http.ResponseWriter) { fmt.Fprint(w, body) }}, nil)
				after(time.Second)
				w.want("sequence", w.sequence(), []string{"dialing", "up", "failed"})
			})
		})
	}
}

func TestSnapshotRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t, active: func(w http.ResponseWriter) {
			fmt.Fprint(w, `{"data":[
				{"object":{"callId":"A","channelId":"SIP/x-1","state":"connected","role":"Caller","name":"Bakery\u0000 Noord","organisationName":"Bakery","phone":"x","twinChannel":"true","parkingSlot":701,"new":{"a":[1]}}},
				{"callId":7,"channelId":8,"state":"RINGING","role":"CALLEE","phoneUser":{"oid":"501","commonName":"Anna"},"twinChannel":false},
				{"object":{"callId":"B","role":"LISTENING","name":["odd"]}},
				{"object":{"callId":null,"role":"CALLER"}}, null, 5, {"object":null}]}`)
		}, lists: map[string]http.HandlerFunc{"channels": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, `{"data":[{"object":{"channelId":"1795353002.2625","channelName":"SIP/x-1","flowId":"F","phoneNumber":31205550101,"addressable":{"oid":7001},"creationDate":"2026-11-22 13:10:02"}}]}`)
		}}}
		w := newWorld(t, pbx, nil)
		after(time.Second)
		s := facts[state.Snapshot](w.tape)
		if len(s) != 1 || len(s[0].Channels) != 3 {
			t.Fatalf("snapshots %+v, want one of three channels", s)
		}
		want := []state.Channel{
			{CallID: "A", ChannelID: "SIP/x-1", Up: true, Role: state.RoleCaller, Name: "Bakery Noord", Organisation: "Bakery", Phone: "x", Twin: true, ParkingSlot: "701",
				FlowID: "F", Number: "31205550101", Addressable: "7001", Created: time.Date(2026, 11, 22, 13, 10, 2, 0, time.UTC)},
			{CallID: "7", ChannelID: "8", Role: state.RoleCallee, PhoneUser: "Anna"},
			{CallID: "B"},
		}
		for i, ch := range s[0].Channels {
			if ch != want[i] {
				t.Errorf("row %d: %+v\nwant   %+v", i, ch, want[i])
			}
		}
		if n := oddities(w.tape, state.BadField); n != 1 {
			t.Errorf("bad_field counted %d times, want once for the name that is a list", n)
		}
	})
}

func TestPhoneChannelsAreNotNeeded(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"forbidden": func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, `{"errorCode":10101}`, http.StatusForbidden)
		},
		"broken": func(w http.ResponseWriter, r *http.Request) { http.Error(w, "", http.StatusInternalServerError) },
		"slow":   func(w http.ResponseWriter, r *http.Request) { time.Sleep(8 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := &scripted{t: t, lists: map[string]http.HandlerFunc{"channels": answer}}
				w := newWorld(t, pbx, nil)
				after(4 * time.Second)
				w.want("sequence", w.sequence(), []string{"dialing", "up", "snapshot"})
				if name == "forbidden" {
					w.client.RequestSnapshot("test")
					after(40 * time.Second)
					if n := len(pbx.times("channels")); n != 1 {
						t.Errorf("asked %d times for what is forbidden", n)
					}
				}
			})
		})
	}
}

func TestSnapshotsArePaged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := func(w http.ResponseWriter, ids []string, next string) {
			var rows []string
			for _, id := range ids {
				rows = append(rows, fmt.Sprintf(`{"object":{"callId":%q}}`, id))
			}
			fmt.Fprintf(w, `{"data":[%s],"meta":{"paging":{"nextId":%q}}}`, strings.Join(rows, ","), next)
		}
		n := 0
		pbx := &scripted{t: t, active: func(w http.ResponseWriter) {
			switch n++; n {
			case 1:
				page(w, []string{"A", "B"}, "2")
			case 2:
				page(w, []string{"C"}, "3")
			default:
				t.Error("a short page is the last")
			}
		}}
		w := newWorld(t, pbx, nil)
		after(time.Second)
		if s := facts[state.Snapshot](w.tape); len(s) != 1 || len(s[0].Channels) != 3 {
			t.Errorf("snapshots %+v, want one of both pages", s)
		}
	})
}

func TestRequestedSnapshotsAreJoinedAndApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t}
		w := newWorld(t, pbx, nil)
		after(time.Minute)
		for range 1000 {
			w.client.RequestSnapshot("test")
		}
		after(time.Second)
		w.want("snapshots", len(pbx.times("communications/active_channels")), 2)
		for range 600 { // someone asks all the time
			w.client.RequestSnapshot("test")
			after(time.Second)
		}
		times := pbx.times("communications/active_channels")
		for i := 2; i < len(times); i++ {
			if gap := times[i].Sub(times[i-1]); gap < 30*time.Second {
				t.Errorf("two snapshots %v apart", gap)
			}
		}
		if len(times) < 20 || len(times) > 23 {
			t.Errorf("%d snapshots in eleven minutes of asking, want one every half minute", len(times))
		}
	})
}

func TestATenantThatStartsIsLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(time.Minute)
		pbx.RestartEngine()
		after(time.Minute)
		if n := len(facts[state.Snapshot](w.tape)); n != 2 && n != 3 {
			t.Errorf("%d snapshots after a restart of the PBX, want a second", n)
		}
		w.want("links", w.links(), []string{"up"})
	})
}

func TestABlockedClientIsQuietAndKeepsItsSocket(t *testing.T) {
	for _, status := range []int{429, 403} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := newPBX(t, fakepbx.Options{})
				w := newWorld(t, pbx, nil)
				after(time.Minute)
				code := map[int]int{429: 10400, 403: 10101}[status]
				pbx.SetRefusal(fakepbx.ActiveChannels, status, code, 1)
				w.client.RequestSnapshot("test")
				after(time.Second)
				before := pbx.Counters().Requests
				for range 28 { // 280 s
					w.client.RequestSnapshot("test")
					pbx.Emit("newCallEvent", map[string]any{"callId": "X", "callerAddressable": fmt.Sprint(time.Now().Unix())})
					after(10 * time.Second)
				}
				now := pbx.Counters().Requests
				snapshots := now[fakepbx.ActiveChannels] - before[fakepbx.ActiveChannels]
				names := now[fakepbx.Addressables] - before[fakepbx.Addressables]
				if snapshots > 1 || names != 0 {
					t.Errorf("in the five minutes after a %d: %d snapshots, %d names; want the one retry at most and no names", status, snapshots, names)
				}
				w.want("links", w.links(), []string{"up"})
				after(time.Minute)
				if pbx.Counters().Requests[fakepbx.Addressables] == 0 {
					t.Error("names are not asked for any more after the pause")
				}
			})
		})
	}
}

// The reader never waits for REST: events pass while a snapshot hangs.
func TestEventsPassWhileALaterSnapshotHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := false
		pbx := &scripted{t: t, active: func(w http.ResponseWriter) {
			if hang {
				time.Sleep(9 * time.Second)
			}
			fmt.Fprint(w, `{"data":[]}`)
		}}
		w := newWorld(t, pbx, nil)
		after(time.Minute)
		hang = true
		w.client.RequestSnapshot("test")
		after(time.Second)
		pbx.send(eventFrame("A"))
		w.want("sequence", w.sequence(), []string{"dialing", "up", "snapshot", "A"})
		after(10 * time.Second)
		w.want("sequence", w.sequence(), []string{"dialing", "up", "snapshot", "A", "snapshot"})
	})
}

func TestASubscriptionThatBringsNothingIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{NonAdmin: true})
		pbx.AddCall(call1)
		w := newWorld(t, pbx, nil)
		after(2 * time.Hour)
		if n := oddities(w.tape, state.SubscriptionSilent); n != 1 {
			t.Errorf("subscription_silent counted %d times for an account without events, want once", n)
		}
	})
}

func TestAFlappingLinkDoesNotFloodThePBX(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t, greet: func(conn *websocket.Conn) {
			time.Sleep(3 * time.Second)
			conn.Close()
		}}
		w := newWorld(t, pbx, func(c *xelion.Config) {})
		after(time.Hour)
		times := pbx.times("communications/active_channels")
		for i := 3; i < len(times); i++ {
			if gap := times[i].Sub(times[i-3]); gap < 30*time.Second {
				t.Errorf("four snapshots within %v", gap)
			}
		}
		if n := len(pbx.times("me/login")); n != 1 {
			t.Errorf("%d logins, want one: the session outlives its sockets", n)
		}
		if n := w.client.Info().Reconnects; n < 60 || n > 200 {
			t.Errorf("%d reconnects in an hour of flapping", n)
		}
	})
}
