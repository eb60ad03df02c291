package fakepbx

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

func TestEventsComeOnlyToThoseWhoAsked(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		all, some, none := r.connect(coreTypes...), r.connect(CallHungUp), r.connect()
		play(t, r.pbx, "inbound answered")
		if g := types(t, all.got()); g != "newCall callConnected callHungUp" {
			t.Errorf("a socket subscribed to all call events got %q", g)
		}
		if g := types(t, some.got()); g != "callHungUp" {
			t.Errorf("a socket subscribed to hang-ups got %q", g)
		}
		if g := types(t, none.got()); g != "" {
			t.Errorf("a socket without subscription got %q", g)
		}
		some.send(map[string]any{"messageType": "notificationRequest", "notificationType": CallHungUp, "toggle": false})
		some.send(map[string]any{"messageType": "notificationRequest", "notificationType": NewCall, "toggle": "true"})
		synctest.Wait()
		play(t, r.pbx, "inbound answered")
		if g := types(t, some.got()); g != "newCall" {
			t.Errorf("after one toggle off and one on, as a string, a socket got %q", g)
		}
	})
}

func TestAnOrdinaryUserSilentlyGetsNoCallEvents(t *testing.T) {
	bubble(t, Options{NonAdmin: true}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(coreTypes...)
		play(t, r.pbx, "abandoned")
		if g := types(t, w.got()); g != "missedCall" {
			t.Errorf("an ordinary user got %q, only missedCallEvent is for him", g)
		}
		if w.lost() != nil {
			t.Errorf("his socket was refused: %v", w.lost())
		}
	})
}

func TestTogglesCanBeHeldToOneSpelling(t *testing.T) {
	for _, c := range []struct {
		knob  string
		value any
		want  bool
	}{
		{"any", true, true}, {"any", "true", true}, {"boolean", true, true}, {"boolean", "true", false}, {"string", true, false}, {"string", "true", true},
	} {
		bubble(t, Options{Toggle: c.knob}, func(t *testing.T, r *rig) {
			r.login("one")
			w := r.connect()
			w.send(map[string]any{"messageType": "notificationRequest", "notificationType": NewCall, "oid": nil, "toggle": c.value})
			synctest.Wait()
			play(t, r.pbx, "inbound answered")
			if got := len(w.got()) == 1; got != c.want {
				t.Errorf("--toggle %s, sent %#v: subscribed %v, want %v", c.knob, c.value, got, c.want)
			}
		})
	}
}

func TestATestMessageComesBackAsSent(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect()
		const sent = `{ "messageType" : "test", "odd":[1, 2.50] }`
		if err := w.conn.WriteMessage(websocket.TextMessage, []byte(sent)); err != nil {
			t.Fatal(err)
		}
		if g := w.got(); len(g) != 1 || g[0] != sent {
			t.Errorf("the echo is %q, want %q", g, sent)
		}
		for _, bad := range []string{"", "nonsense", `{"messageType":"dance"}`, `[1]`, `{"messageType":"notificationRequest","toggle":true}`} {
			w.conn.WriteMessage(websocket.TextMessage, []byte(bad))
		}
		w.conn.WriteMessage(websocket.BinaryMessage, []byte{0, 1})
		if g, n := w.got(), r.pbx.Counters().BadMessages; len(g) != 0 || n != 6 || w.lost() != nil {
			t.Errorf("bad messages: answered %q, counted %d, socket lost: %v; want no answer, 6, and the socket up", g, n, w.lost())
		}
	})
}

func TestASocketURLWorksOnce(t *testing.T) {
	for _, how := range []string{"status", "text", "close"} {
		bubble(t, Options{SocketRefusal: how}, func(t *testing.T, r *rig) {
			r.login("one")
			url := r.socketURL()
			if !strings.HasPrefix(url, "ws://pbx/websocket/") || strings.Count(url, "/") != 7 {
				t.Errorf("socket URL %q is not ws://host/websocket/a/b/c/secret", url)
			}
			first, _, err := r.dial(url)
			if err != nil {
				t.Fatalf("the first dial: %v", err)
			}
			defer first.Close()
			second, resp, err := r.dial(url)
			if how == "status" {
				if err == nil || resp.StatusCode != http.StatusForbidden {
					t.Errorf("the second dial got %v, %v; want 403", resp, err)
				}
				return
			}
			if err != nil {
				t.Fatalf("the second dial: %v; want a socket that is closed at once", err)
			}
			defer second.Close()
			_, data, err := second.ReadMessage()
			var ce *websocket.CloseError
			switch {
			case how == "text" && !strings.Contains(string(data), "no such websocket"):
				t.Errorf("the refused socket said %q, %v; want its reason as text", data, err)
			case how == "close" && (!errors.As(err, &ce) || ce.Code != websocket.ClosePolicyViolation || ce.Text == ""):
				t.Errorf("the refused socket ended with %v; want 1008 and a reason", err)
			}
		})
	}
}

func TestASocketURLGrowsOld(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		url := r.socketURL()
		time.Sleep(2 * ticketLife)
		if _, _, err := r.dial(url); err == nil {
			t.Error("a socket URL worked two lifetimes later")
		}
		url = r.socketURL()
		r.call("POST", "me/logout", nil)
		if _, _, err := r.dial(url); err == nil {
			t.Error("a socket URL worked after its session was logged out")
		}
	})
}

func TestWaysToLoseASocket(t *testing.T) {
	for _, how := range Cuts {
		bubble(t, Options{}, func(t *testing.T, r *rig) {
			r.login("one")
			w := r.connect(coreTypes...)
			pongs := 0
			w.conn.SetPongHandler(func(string) error { pongs++; return nil })
			r.pbx.CutSockets(how)
			synctest.Wait()
			alive := how == CutHalfOpen || how == CutSilent
			if lost := w.lost(); (lost == nil) != alive {
				t.Fatalf("%s: socket ended with %v", how, lost)
			} else if how == CutClean && !websocket.IsCloseError(lost, websocket.CloseGoingAway) {
				t.Errorf("a clean end is %v, want close code 1001", lost)
			} else if how == CutAbrupt && websocket.IsCloseError(lost, websocket.CloseGoingAway) {
				t.Errorf("an abrupt end came with a close frame")
			}
			if !alive {
				if n := r.pbx.Counters().Sockets; n != 0 {
					t.Errorf("%s: the PBX still counts %d sockets", how, n)
				}
				return
			}
			play(t, r.pbx, "inbound answered")
			w.send(map[string]any{"messageType": "test"})
			w.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(second))
			echoes := len(w.got())
			if want := map[Cut]int{CutSilent: 1}[how]; echoes != want || pongs != want {
				t.Errorf("%s: %d frames and %d pongs after the cut, want %d of each and no event", how, echoes, pongs, want)
			}
		})
	}
}

func TestAStuckClientDelaysNobody(t *testing.T) {
	bubble(t, Options{Load: Load{LiveCalls: 20, EventsPerSecond: 100}, Queue: 200}, func(t *testing.T, r *rig) {
		r.login("one")
		stuck, _, err := r.dial(r.socketURL())
		if err != nil {
			t.Fatal(err)
		}
		defer stuck.Close()
		stuck.WriteJSON(map[string]any{"messageType": "notificationRequest", "notificationType": NewCall, "toggle": true})
		well := r.connect(coreTypes...)
		run(t, r.pbx, 30*second)
		if n := len(well.got()); n < 2990 || n > 3001 {
			t.Errorf("the healthy client got %d events in 30 s at 100 a second", n)
		}
		if c := r.pbx.Counters(); c.Sockets != 1 || c.SocketsSlow != 1 {
			t.Errorf("%d sockets are left and %d were cut, the client that never reads should be", c.Sockets, c.SocketsSlow)
		}
	})
}

func TestExpiryAndRenewalMayCloseTheSocket(t *testing.T) {
	for _, c := range []struct {
		name          string
		o             Options
		expire, renew bool // lost by
	}{
		{"neither", Options{}, false, false},
		{"expiry", Options{ExpiryClosesSocket: true}, true, false},
		{"renewal", Options{RenewalClosesSocket: true}, false, true},
	} {
		c.o.TokenLifetime = time.Minute
		bubble(t, c.o, func(t *testing.T, r *rig) {
			a := r.login("one")
			w := r.connect(NewCall)
			time.Sleep(40 * second)
			r.call("POST", "me/renew", a.RenewalToken).json(&a)
			r.token = a.Authentication
			if lost := w.lost() != nil; lost != c.renew {
				t.Errorf("closing by %s: lost by renewal: %v", c.name, lost)
			}
			w = r.connect(NewCall)
			time.Sleep(50 * second)
			if w.lost() != nil {
				t.Errorf("closing by %s: the renewed token's socket was lost when the first token would have expired", c.name)
			}
			time.Sleep(20 * second)
			if lost := w.lost() != nil; lost != c.expire {
				t.Errorf("closing by %s: lost by expiry: %v", c.name, lost)
			}
		})
	}
}

func TestRawFramesReachTheWireUntouched(t *testing.T) {
	bubble(t, Options{DropPercent: 100}, func(t *testing.T, r *rig) {
		r.login("one")
		w, deaf := r.connect(NewCall), r.connect()
		hostile := "{\"notificationType\":\"newCallEvent\",\"notification\":{\"callerPhoneNumber\":\"\u202e<script>\"}}"
		r.pbx.Send([]byte(hostile))
		r.pbx.Send([]byte("not json"))
		r.pbx.SendBinary([]byte{0xff, 0})
		if g := w.got(); len(g) != 2 || g[0] != hostile || g[1] != "not json" || w.binary != 1 {
			t.Errorf("got %q and %d binary frames", g, w.binary)
		}
		if g := deaf.got(); len(g) != 0 {
			t.Errorf("a socket without any subscription got %q", g)
		}
	})
}

func TestEmitHonoursSubscriptions(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect("generalEvent")
		r.pbx.Emit("generalEvent", map[string]any{"text": "hello"})
		r.pbx.Emit(NewCall, map[string]any{"callId": 1})
		g := w.got()
		if len(g) != 1 || parse(t, g[0]).Notification["text"] != "hello" {
			t.Errorf("got %q, want the one notification subscribed to", g)
		}
	})
}

func TestDerivedFeeds(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, r *rig) {
		r.login("one")
		w := r.connect(ActiveChannel, PresenceList)
		w.send(map[string]any{"messageType": "notificationRequest", "notificationType": Wallboard, "oid": "1601", "toggle": true})
		synctest.Wait()
		play(t, r.pbx, "inbound answered")
		versions, last := map[string]float64{}, ""
		kinds := map[string]int{}
		for _, f := range w.got() {
			m := parse(t, f)
			kinds[m.NotificationType]++
			if v, ok := m.Notification["version"].(float64); ok {
				if v != versions[m.NotificationType]+1 {
					t.Errorf("%s has version %v after %v", m.NotificationType, v, versions[m.NotificationType])
				}
				versions[m.NotificationType] = v
			}
			if m.NotificationType == ActiveChannel {
				last = m.Notification["updateType"].(string)
			}
			if m.NotificationType == Wallboard && m.OID != "1601" {
				t.Errorf("a wallboard event is about %v, only 1601 was asked for", m.OID)
			}
		}
		if kinds[ActiveChannel] < 5 || kinds[PresenceList] < 2 || kinds[Wallboard] != 3 || last != "remove" {
			t.Errorf("told %v, the last channel news is %q; want both channels inserted, changed and removed, busy and free, 3 boards", kinds, last)
		}
	})
}
