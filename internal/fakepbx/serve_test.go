package fakepbx

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// over logs in to a PBX at base and returns a subscribed socket.
func over(t *testing.T, client *http.Client, base string, d *websocket.Dialer) (url string, conn *websocket.Conn) {
	t.Helper()
	post := func(path, auth string, body, out any) {
		b, _ := json.Marshal(body)
		req, _ := http.NewRequest("POST", base+"/api/v1/master/"+path, bytes.NewReader(b))
		req.Header.Set("Authorization", auth)
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, _ := io.ReadAll(resp.Body)
		if err := json.Unmarshal(data, out); err != nil || resp.StatusCode != 200 {
			t.Fatalf("%s: %d %s", path, resp.StatusCode, data)
		}
	}
	var a loginAnswer
	post("me/login", "", credentials("one"), &a)
	var o struct{ Object string }
	post("me/websocket/", "xelion "+a.Authentication, nil, &o)
	conn, _, err := d.Dial(o.Object, nil)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.WriteJSON(map[string]any{"messageType": "notificationRequest", "notificationType": CallHungUp, "toggle": true}); err != nil {
		t.Fatal(err)
	}
	return o.Object, conn
}

func TestListenAndServeOnLoopback(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	addr, done := make(chan string, 1), make(chan error, 1)
	o := Options{Load: Load{LiveCalls: 10, EventsPerSecond: 300}}
	go func() { done <- ListenAndServe(ctx, "127.0.0.1:0", o, func(_ *PBX, a string) { addr <- a }) }()
	at := <-addr
	url, conn := over(t, http.DefaultClient, "http://"+at, websocket.DefaultDialer)
	if !strings.HasPrefix(url, "ws://"+at+"/websocket/") {
		t.Errorf("the socket URL on %s begins as %s", at, url[:min(len(url), 30)])
	}
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, data, err := conn.ReadMessage(); err != nil || parse(t, string(data)).NotificationType != CallHungUp {
		t.Errorf("no event over a real connection: %s %v", data, err)
	}
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("stopped with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("did not stop within 5 s of its context")
	}
	if err := ListenAndServe(t.Context(), "127.0.0.1:70000", o, nil); err == nil {
		t.Error("listened on an address that cannot be")
	}
	if err := ListenAndServe(t.Context(), "127.0.0.1:0", Options{Users: -1}, nil); err == nil {
		t.Error("took settings that cannot be")
	}
}

func TestOverTLSTheSocketIsSecureToo(t *testing.T) {
	p, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewTLSServer(p)
	defer srv.Close()
	defer p.Close()
	d := &websocket.Dialer{TLSClientConfig: srv.Client().Transport.(*http.Transport).TLSClientConfig}
	url, conn := over(t, srv.Client(), srv.URL, d)
	if !strings.HasPrefix(url, "wss://") {
		t.Errorf("the socket URL over TLS begins as %s", url[:6])
	}
	conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	conn.WriteJSON(map[string]any{"messageType": "test"})
	if _, _, err := conn.ReadMessage(); err != nil { // the echo proves that the PBX has the socket
		t.Fatal(err)
	}
	p.CutSockets(CutAbrupt)
	if _, _, err := conn.ReadMessage(); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("an abrupt cut over TLS left the connection up")
	}
}
