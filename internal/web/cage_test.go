package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/hub"
)

// pipes is a network in memory: a listener whose connections are net.Pipes,
// which hold nothing, so that a reader that does not read stalls its writer.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func (p *pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "127.0.0.1:80" }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// serve runs the product's server until the returned function is
// called, which reports how long Shutdown took.
func serve(t *testing.T, p net.Listener, h http.Handler, change func(*http.Server)) (stop func() time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	srv := Server(ctx, h, discard)
	if change != nil {
		change(srv)
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(p) }()
	return func() time.Duration {
		began := time.Now()
		cancel()
		limit, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		if err := srv.Shutdown(limit); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serve: %v", err)
		}
		return time.Since(began)
	}
}

// ended is what the handler saw of each stream's end.
type ended struct {
	at  time.Duration
	err error
}

// caged serves one source per request through the cage.
func caged(c *cage, ends chan<- ended, from func(r *http.Request) source) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		err := c.Serve(w, r, from(r))
		if ends != nil {
			ends <- ended{time.Since(began), err}
		}
		if errors.Is(err, errSlow) {
			panic(http.ErrAbortHandler)
		}
	})
}

// counting gives an event with its number every so often.
func counting(every time.Duration, size int) source {
	n := 0
	return func(ctx context.Context) ([]hub.Event, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(every):
		}
		n++
		return []hub.Event{{Name: "patch", ID: fmt.Sprint("e-", n), Data: []byte(strings.Repeat("x", size))}}, nil
	}
}

// event is one event as a strict reader of the format understands it.
type event struct{ name, id, data, retry string }

// reader reads a stream as the HTML standard says, and nothing more lenient.
type reader struct {
	in *bufio.Reader
	id string
}

func (r *reader) next() (event, error) {
	var e event
	var data []string
	for {
		line, err := r.in.ReadString('\n')
		if err != nil {
			return e, err
		}
		line = line[:len(line)-1]
		if strings.ContainsAny(line, "\r\x00") {
			return e, fmt.Errorf("a line holds CR or NUL: %q", line)
		}
		if line == "" {
			if data == nil {
				return e, errors.New("an event without data")
			}
			e.data, e.id = strings.Join(data, "\n"), r.id
			return e, nil
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "event":
			e.name = value
		case "data":
			data = append(data, value)
		case "id":
			r.id = value
		case "retry":
			e.retry = value
		default:
			return e, fmt.Errorf("a line that is no field: %q", line)
		}
	}
}

func client(p *pipes) *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: p.dial, DisableCompression: true}}
}

// subscribe opens a stream; its response must be closed.
func subscribe(t *testing.T, c *http.Client, path string, header ...string) (*http.Response, *reader) {
	t.Helper()
	r, err := http.NewRequest("GET", "http://localhost"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("stream answered %d %s", res.StatusCode, res.Header.Get("Content-Type"))
	}
	return res, &reader{in: bufio.NewReader(res.Body)}
}

func TestAViewerThatDoesNotReadIsCutAndDelaysNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, ends := newPipes(), make(chan ended, 1)
		var began atomic.Int64
		stop := serve(t, p, caged(newCage(), ends, func(*http.Request) source {
			began.Add(1)
			return counting(100*time.Millisecond, 3000)
		}), nil)

		// Asks, and reads nothing ever after.
		stuck, err := p.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer stuck.Close()
		io.WriteString(stuck, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")

		c := client(p)
		res, healthy := subscribe(t, c, "/events")
		last := time.Now()
		for range 200 { // 20 s
			if _, err := healthy.next(); err != nil {
				t.Fatalf("the healthy viewer: %v", err)
			}
			if silent := time.Since(last); silent > 150*time.Millisecond {
				t.Fatalf("the healthy viewer heard nothing for %v", silent)
			}
			last = time.Now()
		}
		select {
		case end := <-ends:
			if !errors.Is(end.err, errSlow) || end.at > 6*time.Second {
				t.Errorf("the stuck viewer left after %v with %v, want to be cut as slow within 6 s", end.at, end.err)
			}
		default:
			t.Error("the stuck viewer is still there after 20 s")
		}
		stuck.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := io.Copy(io.Discard, stuck); err != nil && !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("the connection of the stuck viewer lives on: %v", err)
		}
		res.Body.Close()
		<-ends
		c.CloseIdleConnections()
		stop()
	})
}

// On a real socket: what the kernel still holds for the viewer goes with it.
func TestTheSocketOfACutViewerIsReset(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ends := make(chan ended, 1)
	stop := serve(t, listener, caged(newCage(), ends, func(*http.Request) source { return counting(10*time.Millisecond, 20_000) }), nil)
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.(*net.TCPConn).SetReadBuffer(4096)
	io.WriteString(conn, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if end := <-ends; !errors.Is(end.err, errSlow) {
		t.Errorf("ended with %v, want to be cut as slow", end.err)
	}
	stop()
	held, err := io.Copy(io.Discard, conn)
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the socket ended with %v, want a reset", err)
	}
	if held > 256<<10 {
		t.Errorf("the viewer had %d bytes on the way", held)
	}
}

func TestASlowViewerThatReadsIsNotCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, ends := newPipes(), make(chan ended, 1)
		stop := serve(t, p, caged(newCage(), ends, func(*http.Request) source {
			return counting(time.Second, 200<<10) // takes 40 s to read at 5 kB/s
		}), nil)
		c := client(p)
		res, _ := subscribe(t, c, "/events")
		buf := make([]byte, 5000)
		for range 60 {
			if _, err := io.ReadFull(res.Body, buf); err != nil {
				t.Fatalf("cut although it reads: %v", err)
			}
			time.Sleep(time.Second)
		}
		res.Body.Close()
		<-ends
		c.CloseIdleConnections()
		stop()
	})
}

func TestHostileTextKeepsTheFraming(t *testing.T) {
	hostile := []string{"a\rb", "a\nb", "a\r\nb", "\n\n", "a\x00b", "id: 7", ":comment", "data: x\r\rdata: y", "\u2028\u2029", "event: reload\n\ndata: {}"}
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		stop := serve(t, p, caged(newCage(), nil, func(*http.Request) source {
			sent := false
			return func(context.Context) ([]hub.Event, error) {
				if sent {
					return nil, io.EOF
				}
				sent = true
				var events []hub.Event
				for _, s := range hostile {
					events = append(events,
						hub.Event{Name: "patch", ID: "e-1", Data: fmt.Appendf(nil, "%q", s)}, // as the hub writes it
						hub.Event{Name: "patch", ID: "e-1", Data: []byte("\r")},              // nothing is left of it
						hub.Event{Name: "patch", ID: "e-1"},
						hub.Event{Name: "pa\ntch", ID: "e\r\n-1", Data: []byte(strings.ReplaceAll(s, "\x00", "") + ".")})
				}
				return events, nil
			}
		}), nil)
		c := client(p)
		res, in := subscribe(t, c, "/events")
		for i, s := range hostile {
			e, err := in.next()
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			if want := fmt.Sprintf("%q", s); e.data != want || e.name != "patch" || e.id != "e-1" {
				t.Errorf("%q arrived as %+v", s, e)
			}
			if (e.retry != "") != (i == 0) {
				t.Errorf("event %d: retry %q", i, e.retry)
			}
			e, err = in.next()
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
			want := strings.NewReplacer("\r", "", "\x00", "").Replace(s) + "."
			if e.data != want || e.name != "patch" || e.id != "e-1" {
				t.Errorf("%q raw arrived as %+v, want data %q", s, e, want)
			}
		}
		if _, err := in.next(); !errors.Is(err, io.EOF) {
			t.Errorf("after the last event: %v, want the end", err)
		}
		res.Body.Close()
		stop()
	})
}

func TestShutdownWithHealthyAndStalledViewersIsInstant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, ends := newPipes(), make(chan ended, 25)
		stop := serve(t, p, caged(newCage(), ends, func(*http.Request) source {
			return counting(50*time.Millisecond, 2000)
		}), nil)
		var conns []net.Conn
		for i := range 25 {
			conn, err := p.dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(conn, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
			if i >= 5 {
				go io.Copy(io.Discard, conn)
			}
			conns = append(conns, conn)
		}
		time.Sleep(2 * time.Second) // the five are stalled in a write, but not cut yet
		if took := stop(); took > 100*time.Millisecond {
			t.Errorf("shutdown took %v", took)
		}
		if len(ends) != 25 {
			t.Errorf("%d of 25 streams ended", len(ends))
		}
		for _, c := range conns {
			c.Close()
		}
	})
}

// In a bubble every goroutine must end, or the test does not.
func TestViewersThatComeAndGoLeaveNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, c := newPipes(), newCage()
		stop := serve(t, p, caged(c, nil, func(*http.Request) source { return counting(10*time.Millisecond, 100) }), nil)
		var all sync.WaitGroup
		for i := range 2000 {
			all.Go(func() {
				time.Sleep(time.Duration(i) * time.Millisecond)
				conn, err := p.dial(t.Context(), "", "")
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				io.WriteString(conn, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
				conn.SetReadDeadline(time.Now().Add(time.Duration(i%50) * time.Millisecond))
				io.Copy(io.Discard, conn) // until the deadline
			})
		}
		all.Wait()
		stop()
		time.Sleep(10 * time.Second)
	})
}

func TestOverHTTP2AStalledViewerGoesAndItsSiblingStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, ends := newPipes(), make(chan ended, 2)
		stop := serve(t, p, caged(newCage(), ends, func(r *http.Request) source {
			if r.URL.Query().Has("idle") {
				return counting(20*time.Second, 10) // longer than the write deadline
			}
			return counting(50*time.Millisecond, 8000)
		}), func(s *http.Server) {
			s.Protocols = new(http.Protocols)
			s.Protocols.SetUnencryptedHTTP2(true)
		})
		protocols := new(http.Protocols)
		protocols.SetUnencryptedHTTP2(true)
		transport := &http.Transport{DialContext: p.dial, Protocols: protocols, DisableCompression: true}
		c := &http.Client{Transport: transport}
		idle, sibling := subscribe(t, c, "/events?idle")
		stuck, _ := subscribe(t, c, "/events") // same connection, never read
		if stuck.ProtoMajor != 2 {
			t.Fatalf("spoke %s", stuck.Proto)
		}
		end := <-ends
		if !errors.Is(end.err, errSlow) {
			t.Errorf("the stalled stream ended with %v, want to be cut as slow", end.err)
		}
		for range 3 {
			if _, err := sibling.next(); err != nil {
				t.Fatalf("the sibling on the same connection: %v", err)
			}
		}
		stuck.Body.Close()
		idle.Body.Close()
		<-ends
		transport.CloseIdleConnections()
		stop()
	})
}

// deaf is a connection whose near end takes nothing more once now is closed.
type deaf struct {
	net.Conn
	now, closed chan struct{}
	once        sync.Once
}

func (d *deaf) Read(p []byte) (int, error) {
	select {
	case <-d.now:
		<-d.closed
		return 0, net.ErrClosed
	default:
		return d.Conn.Read(p)
	}
}

func (d *deaf) Close() error {
	d.once.Do(func() { close(d.closed) })
	return d.Conn.Close()
}

func TestOverHTTP2AConnectionThatIsNotReadGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, ends := newPipes(), make(chan ended, 1)
		stop := serve(t, p, caged(newCage(), ends, func(*http.Request) source {
			return counting(50*time.Millisecond, 1000)
		}), func(s *http.Server) {
			s.Protocols = new(http.Protocols)
			s.Protocols.SetUnencryptedHTTP2(true)
		})
		protocols := new(http.Protocols)
		protocols.SetUnencryptedHTTP2(true)
		conn := &deaf{now: make(chan struct{}), closed: make(chan struct{})}
		transport := &http.Transport{Protocols: protocols, DisableCompression: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var err error
			conn.Conn, err = p.dial(ctx, "", "")
			return conn, err
		}}
		res, in := subscribe(t, &http.Client{Transport: transport}, "/events")
		for range 10 {
			if _, err := in.next(); err != nil {
				t.Fatal(err)
			}
		}
		close(conn.now)
		began := time.Now()
		<-ends
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("the handler was held for %v by a connection that is not read", took)
		}
		conn.Close()
		res.Body.Close()
		transport.CloseIdleConnections()
		stop()
	})
}
