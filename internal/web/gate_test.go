package web

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// fakeListener gives connections that come from anywhere.
type fakeListener struct{ from []string }

func (l *fakeListener) Accept() (net.Conn, error) {
	if len(l.from) == 0 {
		return nil, errors.New("no more")
	}
	c := &fakeConn{addr: net.TCPAddrFromAddrPort(netip.MustParseAddrPort(l.from[0]))}
	l.from = l.from[1:]
	return c, nil
}
func (l *fakeListener) Close() error   { return nil }
func (l *fakeListener) Addr() net.Addr { return &net.TCPAddr{} }

type fakeConn struct {
	net.Conn
	addr   net.Addr
	closed bool
}

func (c *fakeConn) RemoteAddr() net.Addr { return c.addr }
func (c *fakeConn) Close() error         { c.closed = true; return nil }

// One address, or all of them, cannot take every connection; this machine still
// gets in, and who leaves makes room once.
func TestGate(t *testing.T) {
	l := &fakeListener{}
	g := &gate{Listener: l, trusted: prefixes(t, "10.0.0.0/24"), all: 20, each: 3, from: map[netip.Prefix]int{}}
	var open []net.Conn
	come := func(n int, from string) (in int) {
		for range n {
			l.from = append(l.from, from)
		}
		for {
			c, err := g.Accept()
			if err != nil {
				return in
			}
			open = append(open, c)
			in++
		}
	}
	for _, tt := range []struct {
		n    int
		from string
		want int
	}{
		{5, "203.0.113.1:1", 3},
		{5, "[::ffff:203.0.113.1]:2", 0},
		{5, "[2001:db8::1]:1", 3},
		{5, "[2001:db8::2]:1", 0}, // the same household
		{5, "[2001:db8:0:1::1]:1", 3},
		{5, "10.0.0.7:1", 5}, // the proxy, for many
		{9, "203.0.113.2:1", 3},
		{9, "203.0.113.3:1", 1}, // all but a tenth are in
		{9, "127.0.0.1:1", 2},   // which is kept for this machine
		{9, "10.0.0.7:1", 0},
	} {
		if got := come(tt.n, tt.from); got != tt.want {
			t.Errorf("%d of %d come in from %s, want %d", got, tt.n, tt.from, tt.want)
		}
	}
	for _, c := range open {
		c.Close()
		c.Close()
	}
	if g.open != 0 || len(g.from) != 0 {
		t.Errorf("when all have left %d are open, from %v", g.open, g.from)
	}
}

// Below TLS and the gate is the socket, whose buffer and end are ours to set.
func TestSocketOfAConnection(t *testing.T) {
	tcp := &net.TCPConn{}
	for name, c := range map[string]net.Conn{"bare": tcp, "behind the gate": &counted{Conn: tcp}, "with TLS": tls.Server(&counted{Conn: tcp}, anyone)} {
		if socket(c) != net.Conn(tcp) {
			t.Errorf("%s: %T", name, socket(c))
		}
	}
}

// served is a handler behind the real server on a loopback port, with TLS if
// asked for.
func served(t *testing.T, handler http.Handler, secure bool) (addr string) {
	t.Helper()
	server := Server(t.Context(), handler, discard)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	ln = Gate(ln, nil)
	if !secure {
		go server.Serve(ln)
		return ln.Addr().String()
	}
	server.TLSConfig = TLS(ownCertificate(t))
	go server.ServeTLS(ln, "", "")
	return ln.Addr().String()
}

// ownCertificate is one that nobody else trusts.
func ownCertificate(t *testing.T) func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: time.Unix(0, 0), NotAfter: time.Now().AddDate(50, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
	}
}

// anyone trusts whatever certificate there is.
var anyone = &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}} //nolint:gosec // of the test's own

// Half a request is gone after the five seconds that headers may take, however
// it drips in; others are served meanwhile.
func TestSlowHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		const many = 100
		begun := time.Now()
		gone := make(chan time.Duration, many)
		for range many {
			c, err := h.pipes.dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			go io.Copy(io.Discard, c)
			go func() {
				defer c.Close()
				for part := range strings.SplitSeq("GET / HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", 100), "") {
					if _, err := io.WriteString(c, part); err != nil {
						break
					}
					time.Sleep(200 * time.Millisecond)
				}
				gone <- time.Since(begun)
			}()
		}
		for range 10 {
			at := time.Now()
			res, err := h.client().Get("http://localhost/healthz")
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if took := time.Since(at); took > 0 {
				t.Errorf("beside slow ones an answer took %v", took)
			}
			time.Sleep(300 * time.Millisecond)
		}
		longest := time.Duration(0)
		for range many {
			longest = max(longest, <-gone)
		}
		t.Logf("%d half requests, the last one gone after %v", many, longest)
		if longest > 6*time.Second {
			t.Errorf("half a request stayed for %v", longest)
		}
		h.stop()
	})
}

// Headers beyond eight kilobytes (and what the server adds for its own sake) are
// refused before any handler sees them.
func TestLargeHeaders(t *testing.T) {
	t.Parallel()
	addr := served(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a handler saw it") }), false)
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", 20<<10)+"\r\n\r\n")
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("answered with %v, %v", res, err)
	}
}

// Old versions of TLS are refused, and so are ciphers without forward secrecy.
func TestHandshakes(t *testing.T) {
	t.Parallel()
	addr := served(t, http.NotFoundHandler(), true)
	for _, tt := range []struct {
		name    string
		version uint16
		ciphers []uint16
		want    bool
	}{
		{"1.0", tls.VersionTLS10, nil, false},
		{"1.1", tls.VersionTLS11, nil, false},
		{"1.2", tls.VersionTLS12, nil, true},
		{"1.3", tls.VersionTLS13, nil, true},
		{"1.2 without forward secrecy", tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_CBC_SHA}, false},
		{"1.2 with 3DES", tls.VersionTLS12, []uint16{tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA}, false},
		{"1.2 with RC4", tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA}, false},
	} {
		c, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true, MinVersion: tt.version, MaxVersion: tt.version, CipherSuites: tt.ciphers, NextProtos: []string{"h2"}})
		if (err == nil) != tt.want {
			t.Errorf("TLS %s: %v", tt.name, err)
			continue
		}
		if err == nil {
			if s := c.ConnectionState(); s.Version != tt.version || s.NegotiatedProtocol != "h2" {
				t.Errorf("TLS %s: %x %q", tt.name, s.Version, s.NegotiatedProtocol)
			}
			c.Close()
		}
	}
	if c, err := net.Dial("tcp", addr); err == nil {
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
		if res, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || res.StatusCode != http.StatusBadRequest {
			t.Errorf("plain http on the port of TLS: %v, %v", res, err)
		}
	}
}

// h2 makes a connection one that speaks HTTP/2 frame by frame.
func h2(t *testing.T, c net.Conn) *http2.Framer {
	t.Helper()
	io.WriteString(c, http2.ClientPreface)
	f := http2.NewFramer(c, c)
	f.WriteSettings()
	return f
}

func request() []byte {
	var block bytes.Buffer
	e := hpack.NewEncoder(&block)
	for _, h := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "localhost"}, {":path", "/"}} {
		e.WriteField(hpack.HeaderField{Name: h[0], Value: h[1]})
	}
	return block.Bytes()
}

// Streams that are opened and given up at once, again and again, do not pile up
// work: the server closes on such a peer, and others are served.
func TestRapidReset(t *testing.T) {
	t.Parallel()
	var running, most atomic.Int64
	addr := served(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := running.Add(1)
		for was := most.Load(); now > was && !most.CompareAndSwap(was, now); was = most.Load() {
		}
		defer running.Add(-1)
		if r.Header.Get("Well") == "" {
			<-r.Context().Done()
			time.Sleep(5 * time.Millisecond) // the work of a moment
		}
	}), true)
	c, err := tls.Dial("tcp", addr, anyone)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	f := h2(t, c)
	go io.Copy(io.Discard, c)
	block, sent := request(), 0
	for ; sent < 20_000; sent++ {
		id := uint32(2*sent + 1)
		if f.WriteHeaders(http2.HeadersFrameParam{StreamID: id, BlockFragment: block, EndStream: true, EndHeaders: true}) != nil || f.WriteRSTStream(id, http2.ErrCodeCancel) != nil {
			break
		}
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: anyone, ForceAttemptHTTP2: true}, Timeout: 5 * time.Second}
	defer client.CloseIdleConnections()
	r, _ := http.NewRequest("GET", "https://"+addr+"/", nil)
	r.Header.Set("Well", "1")
	res, err := client.Do(r)
	if err != nil {
		t.Fatalf("beside it nobody is served: %v", err)
	}
	res.Body.Close()
	t.Logf("%d streams opened and reset, at most %d handlers at once", sent, most.Load())
	if most.Load() > 65 {
		t.Errorf("%d handlers ran at once for one peer, want at most 64 and one of another", most.Load())
	}
}

// A peer that answers no ping is given up with its streams.
func TestStuckPeerOfHTTP2(t *testing.T) {
	config := TLS(ownCertificate(t))
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan time.Duration, 1)
		p := newPipes()
		stop := serve(t, tls.NewListener(p, config), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begun := time.Now()
			w.WriteHeader(http.StatusOK)
			http.NewResponseController(w).Flush()
			<-r.Context().Done()
			ended <- time.Since(begun)
		}), func(s *http.Server) { s.TLSConfig = config })
		raw, err := p.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		c := tls.Client(raw, anyone)
		if err := c.Handshake(); err != nil {
			t.Fatal(err)
		}
		go io.Copy(io.Discard, c) // it takes what comes, and answers nothing
		f := h2(t, c)
		f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: request(), EndStream: true, EndHeaders: true})
		if took := <-ended; took > 21*time.Second {
			t.Errorf("a peer that answers nothing keeps its stream for %v", took)
		} else {
			t.Logf("given up after %v", took)
		}
		raw.Close()
		stop()
	})
}
