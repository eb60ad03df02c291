package xelion_test

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"callboard/internal/fakepbx"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/state"
)

func TestLostSocketsAreNoticedAndReplaced(t *testing.T) {
	rows := []struct {
		cut    fakepbx.Cut
		want   string
		within time.Duration
	}{
		{fakepbx.CutClean, "closed", 0},
		{fakepbx.CutAbrupt, "lost", 0},
		{fakepbx.CutHalfOpen, "half-open", 35 * time.Second},
	}
	for _, row := range rows {
		t.Run(string(row.cut), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := newPBX(t, fakepbx.Options{})
				w := newWorld(t, pbx, nil)
				after(3*time.Minute + 7*time.Second)
				w.want("links", w.links(), []string{"up"})
				cut := time.Now()
				pbx.CutSockets(row.cut)
				after(max(row.within, 5*time.Second))
				w.want("links", w.links(), []string{"up", row.want, "up"})
				for _, in := range w.tape.now() {
					if l, ok := in.Fact.(state.Link); ok && l.State == state.LinkDown {
						if took := in.At.Sub(cut); took > row.within {
							t.Errorf("noticed after %v, want within %v", took, row.within)
						}
						if l.Attempt != 1 || l.NextTry.Sub(in.At) > time.Second+time.Millisecond {
							t.Errorf("after a link of three minutes: attempt %d in %v; want the first, within a second", l.Attempt, l.NextTry.Sub(in.At))
						}
					}
				}
				w.want("reconnects", w.client.Info().Reconnects, 1)
				if n := len(facts[state.Snapshot](w.tape)); n != 2 {
					t.Errorf("%d snapshots over two connections, want 2", n)
				}
			})
		})
	}
}

func TestASilentNetworkIsNoticedWhileWriting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// The far end stops reading altogether: on a pipe even a ping blocks.
		pbx := &scripted{t: t, upgrade: func(w http.ResponseWriter, r *http.Request) {
			up := websocket.Upgrader{}
			conn, err := up.Upgrade(w, r, nil)
			if err != nil {
				return
			}
			defer conn.Close()
			conn.ReadMessage()
			time.Sleep(time.Minute)
		}}
		w := newWorld(t, pbx, nil)
		after(35 * time.Second)
		if links := w.links(); len(links) < 2 || links[1] != "half-open" {
			t.Errorf("links %v, want the silent one given up", links)
		}
	})
}

func TestEchoIsProof(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &scripted{t: t}, nil)
		after(time.Minute + time.Second)
		if n := len(facts[state.Proof](w.tape)); n != 5 {
			t.Errorf("%d proofs in the first minute, want the one after subscribing and one every 15 s: pongs of a PBX that echoes prove nothing", n)
		}
		if n := oddities(w.tape, state.NoEcho); n != 0 {
			t.Errorf("%d times no_echo", n)
		}
	})
}

func TestPongIsProofWhereThePBXNeverEchoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t, echo: func(int) bool { return false }}
		w := newWorld(t, pbx, nil)
		after(10*time.Minute + time.Second)
		w.want("links", w.links(), []string{"up"})
		if n := len(facts[state.Proof](w.tape)); n != 60 {
			t.Errorf("%d proofs in ten minutes, want one for each ping", n)
		}
		if n := oddities(w.tape, state.NoEcho); n != 1 {
			t.Errorf("no_echo counted %d times, want once", n)
		}
	})
}

func TestAnEchoThatStopsEndsTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t, echo: func(n int) bool { return n <= 4 }} // the last echo is that of 45 s
		w := newWorld(t, pbx, nil)
		after(104 * time.Second)
		w.want("links", w.links(), []string{"up"})
		after(2 * time.Second)
		if links := w.links(); len(links) < 2 || links[1] != "no-echo" {
			t.Errorf("links %v, want no-echo after three tests without an answer", links)
		}
	})
}

func TestEventsExcuseAMissingEcho(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := &scripted{t: t, echo: func(n int) bool { return n <= 4 }}
		w := newWorld(t, pbx, nil)
		for range 20 {
			after(14 * time.Second)
			pbx.send(`{"notificationType":"newCallEvent","notification":{"callId":"X"}}`)
		}
		w.want("links", w.links(), []string{"up"})
	})
}

func TestPingsOfThePBXAreAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pongs := make(chan string, 10)
		pbx := &scripted{t: t, greet: func(conn *websocket.Conn) {
			conn.SetPongHandler(func(s string) error { pongs <- s; return nil })
			conn.WriteControl(websocket.PingMessage, []byte("abc"), time.Now().Add(time.Second))
		}}
		w := newWorld(t, pbx, nil)
		after(time.Second)
		w.want("links", w.links(), []string{"up"})
		select {
		case s := <-pongs:
			w.want("pong", s, "abc")
		default:
			t.Error("no answer to a ping")
		}
	})
}

func TestSubscribes(t *testing.T) {
	for _, single := range []bool{false, true} {
		t.Run(fmt.Sprint("single=", single), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				pbx := &scripted{t: t}
				newWorld(t, pbx, func(c *xelion.Config) { c.SingleSubscriptions = single })
				after(time.Second)
				heard := pbx.heard()
				want := `{"messageType":"multiNotificationRequest","notifications":[{"notificationType":"newCallEvent","toggle":true},`
				n := 1
				if single {
					want, n = `{"messageType":"notificationRequest","notificationType":"newCallEvent","toggle":true}`, 10
				}
				if len(heard) != n+1 || !strings.HasPrefix(heard[0], want) || heard[n] != `{"messageType":"test"}` {
					t.Errorf("the PBX heard %q; want %d subscriptions and a test", heard, n)
				}
			})
		})
	}
}

func TestRubbishIsCountedAndTheSocketStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(time.Second)
		event := func(id string) {
			pbx.Send([]byte(`{"notificationType":"newCallEvent","notification":{"callId":"` + id + `"}}`))
		}
		big := bytes.Repeat([]byte("x"), 1<<20-2)
		rubbish := []struct {
			kind  state.Anomaly
			frame []byte
		}{
			{state.MalformedMessage, []byte("Jan Jansen 0612345678")},
			{state.MalformedMessage, nil},
			{state.MalformedMessage, []byte(`{"notificationType":"newCallEvent","notification":{"callerPhoneNumber":"06123456`)},
			{state.MalformedMessage, append(append([]byte{'"'}, big...), '"')},
			{state.UnknownMessage, []byte(`{"hello":"Jan Jansen"}`)},
			{state.UnknownType, []byte(`{"notificationType":"moonEvent","notification":{"who":"Jan Jansen"}}`)},
		}
		for i, r := range rubbish {
			before := oddities(w.tape, r.kind)
			pbx.Send(r.frame)
			event(fmt.Sprint("call", i))
			after(time.Second)
			if n := oddities(w.tape, r.kind) - before; n != 1 {
				t.Errorf("%.40q counted %d times as %s, want once", r.frame, n, r.kind)
			}
			events := facts[state.Event](w.tape)
			if len(events) != i+1 || events[i].CallID != fmt.Sprint("call", i) {
				t.Errorf("the event after %.40q is lost", r.frame)
			}
		}
		pbx.SendBinary([]byte{0, 1, 2, 'J', 'a', 'n', '0', '6'})
		pbx.SendBinary(bytes.Repeat([]byte("0612345678"), 50_000))
		event("last")
		after(time.Second)
		if n := oddities(w.tape, state.BinaryMessage); n != 2 {
			t.Errorf("%d binary messages counted, want 2", n)
		}
		events := facts[state.Event](w.tape)
		w.want("event after binary messages", events[len(events)-1].CallID, "last")
		w.want("links", w.links(), []string{"up"})
		for _, o := range facts[state.Oddity](w.tape) {
			if len(o.Sample) > 200 || strings.ContainsAny(o.Sample, "0123456789") || strings.Contains(o.Sample, "Jan") {
				t.Errorf("sample %q: want at most 200 bytes without digits and names", o.Sample)
			}
		}
		counts := w.client.Info().Messages
		if counts["newCallEvent"] != 7 || counts["binary"] != 2 || counts["unknown"] != 6 {
			t.Errorf("messages counted: %v", counts)
		}
	})
}

func TestAMessageTooLargeIsSkipped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(time.Second)
		event := func(id, number string) {
			pbx.Send([]byte(`{"notificationType":"newCallEvent","notification":{"callId":"` + id + `","callerPhoneNumber":"` + number + `"}}`))
		}
		event("a megabyte", strings.Repeat("Z", 1<<20))
		event("too much", strings.Repeat("Z", 4<<20))
		event("next", "201")
		after(time.Second)
		var ids []string
		for _, e := range facts[state.Event](w.tape) {
			ids = append(ids, e.CallID)
		}
		w.want("events", ids, []string{"a megabyte", "next"})
		w.want("links", w.links(), []string{"up"})
		if n := oddities(w.tape, state.OversizedMessage); n != 1 {
			t.Errorf("counted %d times, want once", n)
		}
	})
}

func TestAMessageWithoutEndEndsTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pbx := newPBX(t, fakepbx.Options{})
		w := newWorld(t, pbx, nil)
		after(time.Second)
		pbx.Send(bytes.Repeat([]byte(" "), 64<<20+1))
		after(5 * time.Second)
		w.want("links", w.links(), []string{"up", "oversized-message", "up"})
		if n := oddities(w.tape, state.OversizedMessage); n != 1 {
			t.Errorf("counted %d times, want once", n)
		}
	})
}

func TestSocketsThatAreNotWantedHere(t *testing.T) {
	redirect := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/websocket/elsewhere", http.StatusFound)
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Error(w, "canary-socket", code) }
	}
	greetAndGo := func(conn *websocket.Conn) {
		conn.WriteMessage(websocket.TextMessage, []byte("not acceptable"))
		conn.Close()
	}
	rows := map[string]struct {
		pbx  *scripted
		want string
	}{
		"plain to another host":   {&scripted{socketURL: "ws://other.example/canary-socket"}, "bad-socket-address"},
		"another scheme":          {&scripted{socketURL: "http://127.0.0.1:8/canary-socket"}, "bad-socket-address"},
		"with a password":         {&scripted{socketURL: "ws://u:canary-socket@127.0.0.1:8/"}, "bad-socket-address"},
		"unreadable":              {&scripted{socketURL: "ws://127.0.0.1:8/%zzcanary-socket"}, "bad-socket-address"},
		"redirect":                {&scripted{upgrade: redirect}, "redirect"},
		"forbidden":               {&scripted{upgrade: status(403)}, "socket-refused"},
		"gone":                    {&scripted{upgrade: status(404)}, "socket-refused"},
		"busy":                    {&scripted{upgrade: status(503)}, "pbx-unavailable"},
		"no WebSocket":            {&scripted{upgrade: status(200)}, "no-websocket"},
		"unasked compression":     {&scripted{upgrade: squeezing}, "compression"},
		"closed with a text":      {&scripted{greet: greetAndGo}, "socket-refused"},
		"closed with a word":      {&scripted{greet: func(c *websocket.Conn) { closeWith(c, 1008) }}, "socket-refused"},
		"closed going away":       {&scripted{greet: func(c *websocket.Conn) { closeWith(c, 1001) }}, "socket-refused"},
		"closed by application":   {&scripted{greet: func(c *websocket.Conn) { closeWith(c, 4403) }}, "socket-refused"},
		"handshake without end":   {&scripted{upgrade: func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }}, "timeout"},
		"handshake that hangs up": {&scripted{upgrade: func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }}, "lost"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				row.pbx.t = t
				row.pbx.echo = func(int) bool { return false }
				w := newWorld(t, row.pbx, nil)
				after(11 * time.Second)
				var down []string
				for _, code := range w.links() {
					if code != "up" {
						down = append(down, code)
					}
				}
				if len(down) == 0 || down[0] != row.want {
					t.Errorf("links %v, want %s", w.links(), row.want)
				}
				if strings.Contains(w.log.String(), "canary") {
					t.Errorf("the log tells a secret:\n%s", w.log)
				}
			})
		})
	}
}

func closeWith(conn *websocket.Conn, code int) {
	conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "canary-socket"), time.Now().Add(time.Second))
	conn.Close()
}

// squeezing accepts a socket with compression that nobody offered.
func squeezing(w http.ResponseWriter, r *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n"+
		"Sec-WebSocket-Accept: %s\r\n\r\n", base64.StdEncoding.EncodeToString(sum[:]))
	time.Sleep(time.Second)
}

// notes is a Sink for tests on real time.
type notes chan state.Fact

func (n notes) Apply(in state.Input) {
	select {
	case n <- in.Fact:
	default:
	}
}

// Over real TLS: a certificate nobody vouches for ends it, a known one carries
// REST and socket.
func TestTLSIsVerified(t *testing.T) {
	pbx := newPBX(t, fakepbx.Options{})
	server := httptest.NewTLSServer(pbx)
	defer server.Close()
	cfg := xelion.Config{URL: server.URL, User: user, Password: password}
	stranger, err := xelion.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if why, ok := stranger.Connect(ctx, make(notes, 1)).(*feed.Refusal); !ok || why.Code != "untrusted-certificate" {
		t.Errorf("unknown authority: %v, want untrusted-certificate", why)
	}
	cfg.HTTP = server.Client()
	known, err := xelion.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	sink, ended := make(notes, 100), make(chan error, 1)
	go func() { ended <- known.Connect(ctx, sink) }()
	for snapshot := false; !snapshot; {
		select {
		case f := <-sink:
			_, snapshot = f.(state.Snapshot)
		case err := <-ended:
			t.Fatalf("known authority: %v", err)
		}
	}
	cancel()
	if err := <-ended; err == nil {
		t.Error("Connect returned nil")
	}
}
