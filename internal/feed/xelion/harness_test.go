package xelion_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/fakepbx"
	"callboard/internal/feed"
	"callboard/internal/feed/xelion"
	"callboard/internal/state"
)

// The whole path runs in fake time: the real client of net/http and gorilla
// against the real server of net/http over net.Pipe, in a synctest bubble.

const (
	pbxURL   = "http://127.0.0.1:8"
	user     = "api-dash"
	password = "canary-Passw0rd"
)

// pipeNet is a network of one host. It may be cut off.
type pipeNet struct {
	conns chan net.Conn
	done  chan struct{}

	mu   sync.Mutex // guards err and all
	err  error      // what dialling gives, if not a connection
	all  []net.Conn // client's ends
	made int
}

func newPipeNet() *pipeNet {
	return &pipeNet{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (p *pipeNet) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	p.mu.Lock()
	err := p.err
	p.mu.Unlock()
	if err != nil {
		return nil, err
	}
	client, server := net.Pipe()
	select {
	case p.conns <- server:
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	p.all = append(p.all, client)
	p.made++
	p.mu.Unlock()
	return client, nil
}

// fail lets every further dial fail with err; nil mends the network.
func (p *pipeNet) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

func (p *pipeNet) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipeNet) Close() error   { close(p.done); return nil }
func (p *pipeNet) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8} }

// tape is a Sink that remembers. It does not wait for its lock: a feed promises
// to call a Sink from one place at a time, and the test fails if it does not.
type tape struct {
	t *testing.T

	during sync.Mutex // guards inputs, held during every call
	inputs []state.Input
}

func (s *tape) Apply(in state.Input) {
	if !s.during.TryLock() {
		s.t.Error("two inputs at the same time: a Sink is to be called by one at a time")
		return
	}
	defer s.during.Unlock()
	if in.At.IsZero() {
		s.t.Errorf("%T does not say when it came", in.Fact)
	}
	s.inputs = append(s.inputs, in)
}

// now returns a copy of what was taken, once everything in the bubble is at rest.
func (s *tape) now() []state.Input {
	synctest.Wait()
	s.during.Lock()
	defer s.during.Unlock()
	return append([]state.Input(nil), s.inputs...)
}

func facts[F state.Fact](s *tape) []F {
	var out []F
	for _, in := range s.now() {
		if f, ok := in.Fact.(F); ok {
			out = append(out, f)
		}
	}
	return out
}

func oddities(s *tape, kind state.Anomaly) (n int) {
	for _, o := range facts[state.Oddity](s) {
		if o.Kind == kind {
			n++
		}
	}
	return n
}

// world is a bubble's PBX, network and client.
type world struct {
	t      *testing.T
	net    *pipeNet
	client *xelion.Client
	tape   *tape
	log    *bytes.Buffer
	stop   func()
	ctx    context.Context
	cancel context.CancelFunc
	dir    string
}

// lockedBuffer is a log that several goroutines write.
type lockedBuffer struct {
	mu sync.Mutex
	b  *bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// newWorld serves handler on a network of its own and makes a client for it.
// It must be called inside a bubble; everything ends with the test.
func newWorld(t *testing.T, handler http.Handler, change func(*xelion.Config)) *world {
	w := &world{t: t, net: newPipeNet(), tape: &tape{t: t}, log: &bytes.Buffer{}, dir: t.TempDir()}
	server := &http.Server{Handler: handler}
	go server.Serve(w.net)
	logs := &lockedBuffer{b: w.log}
	cfg := xelion.Config{
		URL: pbxURL, User: user, Password: password, UserSpace: "wall", DataDir: w.dir, Dial: w.net.Dial,
		Log: slog.New(slog.NewTextHandler(logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&cfg)
	}
	client, err := xelion.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.client = client
	w.ctx, w.cancel = context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := feed.Keep(w.ctx, client, w.tape, cfg.Log); err == nil {
			t.Error("Keep returned nil; it runs until its context ends and returns that context's error")
		}
	})
	w.stop = sync.OnceFunc(func() {
		w.cancel()
		running.Wait()
		server.Close()
		time.Sleep(2 * time.Minute) // let the last timers of net/http go by
	})
	t.Cleanup(w.stop)
	return w
}

// links are the codes of all LinkDown, "up" for LinkUp.
func (w *world) links() (out []string) {
	for _, l := range facts[state.Link](w.tape) {
		switch l.State {
		case state.LinkUp:
			out = append(out, "up")
		case state.LinkDown:
			out = append(out, l.Code)
			if l.Reason == "" || strings.HasSuffix(l.Reason, ".") || !l.NextTry.After(time.Time{}) {
				w.t.Errorf("LinkDown %q says %q, next try %v: expected a sentence without full stop and a time", l.Code, l.Reason, l.NextTry)
			}
		}
	}
	return out
}

func newPBX(t *testing.T, o fakepbx.Options) *fakepbx.PBX {
	o.User, o.Password = user, password
	p, err := fakepbx.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// after lets d of fake time pass and everything come to rest.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (w *world) want(what string, got, want any) {
	w.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
