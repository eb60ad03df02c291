package fakepbx

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// pipes is a listener whose connections are net.Pipes, so that a bubble's
// clock rules them.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}
func (l *pipes) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

func (l *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// A rig is a PBX behind a real HTTP server, and a client with a token.
type rig struct {
	t     *testing.T
	pbx   *PBX
	ln    *pipes
	http  *http.Client
	token string
}

func newRig(t *testing.T, o Options) *rig {
	t.Helper()
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, pbx: p, ln: &pipes{conns: make(chan net.Conn), done: make(chan struct{})}}
	transport := &http.Transport{DialContext: r.ln.dial}
	r.http = &http.Client{Transport: transport}
	srv := &http.Server{Handler: p}
	go srv.Serve(r.ln)
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		srv.Close()
		p.Close()
	})
	return r
}

// bubble runs f with a PBX in a synctest bubble.
func bubble(t *testing.T, o Options, f func(*testing.T, *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, newRig(t, o)) })
}

type reply struct {
	status int
	header http.Header
	body   []byte
	t      *testing.T
}

func (r reply) json(v any) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		r.t.Fatalf("answer %d is not the JSON wanted: %v: %s", r.status, err, r.body)
	}
}

func (r reply) code() int {
	var e struct{ ErrorCode int }
	json.Unmarshal(r.body, &e)
	return e.ErrorCode
}

// call makes a request with the rig's token, if it has one.
func (r *rig) call(method, path string, body any) reply {
	r.t.Helper()
	return r.callAs(r.auth(), method, path, body)
}

func (r *rig) auth() string {
	if r.token == "" {
		return ""
	}
	return "xelion " + r.token
}

func (r *rig) callAs(auth, method, path string, body any) reply {
	r.t.Helper()
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			r.t.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	if !strings.HasPrefix(path, "/") {
		path = "/api/v1/master/" + path
	}
	req, err := http.NewRequest(method, "http://pbx"+path, in)
	if err != nil {
		r.t.Fatal(err)
	}
	if auth != "" {
		req.Header.Set("Authorization", auth)
	}
	resp, err := r.http.Do(req)
	if err != nil {
		r.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, b, r.t}
}

func credentials(space string) map[string]any {
	return map[string]any{"userName": "api-dash", "password": "callboard", "userSpace": space}
}

type loginAnswer struct{ Authentication, RenewalToken, ValidUntil string }

func (r *rig) login(space string) loginAnswer {
	r.t.Helper()
	resp := r.call("POST", "me/login", credentials(space))
	if resp.status != 200 {
		r.t.Fatalf("login: %d %s", resp.status, resp.body)
	}
	var a loginAnswer
	resp.json(&a)
	r.token = a.Authentication
	return a
}

func (r *rig) socketURL() string {
	r.t.Helper()
	resp := r.call("POST", "me/websocket", nil)
	var o struct{ Object string }
	resp.json(&o)
	if resp.status != 200 || o.Object == "" {
		r.t.Fatalf("no socket URL: %d %s", resp.status, resp.body)
	}
	return o.Object
}

// A wire is one client socket and all it got.
type wire struct {
	t      *testing.T
	conn   *websocket.Conn
	closed chan struct{}

	mu     sync.Mutex
	frames []string // text frames, in order
	binary int
	err    error
}

func (r *rig) dial(url string) (*websocket.Conn, *http.Response, error) {
	d := websocket.Dialer{NetDialContext: r.ln.dial}
	return d.Dial(url, nil)
}

// connect dials a fresh URL and subscribes to the types.
func (r *rig) connect(types ...string) *wire {
	r.t.Helper()
	conn, _, err := r.dial(r.socketURL())
	if err != nil {
		r.t.Fatalf("dial: %v", err)
	}
	w := &wire{t: r.t, conn: conn, closed: make(chan struct{})}
	r.t.Cleanup(func() { conn.Close(); <-w.closed })
	go w.read()
	if len(types) > 0 {
		var all []map[string]any
		for _, typ := range types {
			all = append(all, map[string]any{"notificationType": typ, "toggle": true})
		}
		w.send(map[string]any{"messageType": "multiNotificationRequest", "notifications": all})
	}
	synctest.Wait()
	return w
}

var coreTypes = []string{NewCall, CallConnected, CallHungUp, ChannelHungUp, MissedCall}

func (w *wire) read() {
	defer close(w.closed)
	for {
		kind, data, err := w.conn.ReadMessage()
		w.mu.Lock()
		switch {
		case err != nil:
			w.err = err
		case kind == websocket.BinaryMessage:
			w.binary++
		default:
			w.frames = append(w.frames, string(data))
		}
		w.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (w *wire) send(v any) {
	w.t.Helper()
	if err := w.conn.WriteJSON(v); err != nil {
		w.t.Fatalf("send: %v", err)
	}
}

// got returns and forgets what has come so far.
func (w *wire) got() []string {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.frames
	w.frames = nil
	return f
}

func (w *wire) lost() error {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

type told struct {
	NotificationType string
	OID              any
	Notification     map[string]any
}

func parse(t *testing.T, frame string) told {
	t.Helper()
	var m told
	if err := json.Unmarshal([]byte(frame), &m); err != nil {
		t.Fatalf("a frame is not JSON: %v: %s", err, frame)
	}
	return m
}

func types(t *testing.T, frames []string) string {
	t.Helper()
	var s []string
	for _, f := range frames {
		s = append(s, strings.TrimSuffix(parse(t, f).NotificationType, "Event"))
	}
	return strings.Join(s, " ")
}

func play(t *testing.T, p *PBX, name string) {
	t.Helper()
	s, ok := ScenarioNamed(name)
	if !ok {
		t.Fatalf("no scenario %q", name)
	}
	if err := p.Play(t.Context(), s); err != nil {
		t.Fatalf("playing %q: %v", name, err)
	}
}

const second = time.Second
