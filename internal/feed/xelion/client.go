package xelion

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"callboard/internal/feed"
	"callboard/internal/state"
)

// Config says which PBX to speak to and as whom.
type Config struct {
	URL       string // https://host[:port]; http is accepted for loopback hosts only
	Tenant    string // in the API path; empty means "master"
	User      string // an administrator made for this program, without a second factor
	Password  string
	UserSpace string         // name of our session at the PBX; empty means dashboard-<hostname>
	DataDir   string         // where the session's token survives a crash; empty keeps it nowhere
	Zone      *time.Location // of dates in the feed; nil means UTC

	SingleSubscriptions bool // one request for each notification instead of one for all

	// HTTP speaks REST and lends its TLS settings to the socket; Dial opens the
	// connections of the socket and, if HTTP is nil, of REST. Both may be nil.
	HTTP *http.Client
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	Log  *slog.Logger // nil logs nothing

	// OnFrame hears what the PBX sent, as it came: see the kinds of frames. It
	// must neither block nor keep body, and is called from several goroutines.
	OnFrame func(at time.Time, kind string, body []byte)
}

// LogValue keeps the password out of logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String names the PBX and the account, not the password.
func (c Config) String() string {
	return fmt.Sprintf("xelion PBX %s tenant %s user %s", c.URL, c.Tenant, c.User)
}

// GoString is String, so that no verb of package fmt shows the password.
func (c Config) GoString() string { return c.String() }

// A Client speaks to one PBX. Connect may run once at a time; all other methods
// are safe at any time.
type Client struct {
	cfg       Config
	host      string
	plain     bool // REST over http, so the socket may be ws
	log       *slog.Logger
	rest      *rest
	session   *session
	names     *names
	presences *presences
	tls       *tls.Config
	proxy     func(*http.Request) (*url.URL, error)
	wanted    chan struct{} // holds one token while a snapshot is wanted
	anew      chan string   // holds the reason while the link is to be made anew

	mu             sync.Mutex // guards all that follows
	why            string     // of the snapshot wanted
	lastSnapshots  [3]time.Time
	noChannelsTill time.Time // the list of phone channels was refused
	connected      time.Time
	connections    int
	counts         map[string]int
	echoed         bool // this PBX has returned a test message
	noEchoTold     bool
}

// New checks cfg. An error names the setting that is wrong and what is expected.
func New(cfg Config) (*Client, error) {
	u, err := url.Parse(strings.TrimRight(strings.TrimSpace(cfg.URL), "/"))
	switch {
	case err != nil, u.Host == "", u.Hostname() == "":
		return nil, errors.New("PBX address: expected https://host[:port]")
	case u.User != nil:
		return nil, errors.New("PBX address: must not hold a user name or password")
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("PBX address %q: expected https://host[:port] without a path", u.Redacted())
	case u.Scheme == "https":
	case u.Scheme == "http" && loopback(u.Hostname()):
	case u.Scheme == "http":
		return nil, fmt.Errorf("PBX address %q: http is accepted for loopback hosts only, expected https", u.Redacted())
	default:
		return nil, fmt.Errorf("PBX address %q: expected https://host[:port]", u.Redacted())
	}
	if cfg.User == "" {
		return nil, errors.New("PBX user: must not be empty")
	}
	if cfg.Password == "" {
		return nil, errors.New("PBX password: must not be empty")
	}
	if cfg.Tenant == "" {
		cfg.Tenant = "master"
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	hostname, _ := os.Hostname()
	cfg.UserSpace = userSpace(cfg.UserSpace, hostname)

	c := &Client{
		cfg: cfg, host: u.Host, plain: u.Scheme == "http", log: cfg.Log,
		tls: &tls.Config{MinVersion: tls.VersionTLS12}, wanted: make(chan struct{}, 1), anew: make(chan string, 1), counts: map[string]int{},
	}
	var client http.Client
	if cfg.HTTP != nil {
		client = *cfg.HTTP
		if t, ok := client.Transport.(*http.Transport); ok && t.TLSClientConfig != nil {
			c.tls = t.TLSClientConfig.Clone()
			c.tls.NextProtos = nil // the socket speaks HTTP/1.1
		}
	} else {
		t := &http.Transport{
			DialContext: cfg.Dial, TLSClientConfig: c.tls.Clone(), TLSHandshakeTimeout: requestTime,
			MaxIdleConns: 4, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		}
		if cfg.Dial == nil {
			t.DialContext = (&net.Dialer{Timeout: requestTime}).DialContext
			t.Proxy, c.proxy = http.ProxyFromEnvironment, http.ProxyFromEnvironment
		}
		client.Transport = t
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client.Jar = nil
	c.rest = &rest{
		client: &client, base: u.String() + "/api/v1/" + url.PathEscape(cfg.Tenant) + "/",
		slots: make(chan struct{}, mostFlight), log: c.log, worked: map[string]bool{},
	}
	c.session = newSession(c.rest, cfg, c.log)
	c.names = newNames(c.rest, c.session, c.log)
	c.presences = newPresences(c, c.log)
	return c, nil
}

// loopback reports a host on this machine.
func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Connect implements [feed.Connector]: login if need be, a fresh socket address,
// the socket, the subscriptions, LinkUp, and then, side by side, reading,
// writing, the snapshot, the token and the names, until the first of them fails.
// Its error is a *feed.Refusal, or ctx's own when ctx has ended.
func (c *Client) Connect(ctx context.Context, sink feed.Sink) error {
	err := c.connect(ctx, sink)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return refuse(err)
}

func (c *Client) connect(ctx context.Context, sink feed.Sink) error {
	addr, err := c.socketURL(ctx)
	if err != nil {
		return err
	}
	conn, err := c.dial(ctx, addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	l := newLink(c, conn, sink)
	if err := l.subscribe(); err != nil {
		return err
	}
	c.up()
	defer c.down()
	opened := time.Now()
	l.gate.pass(now(), state.Link{State: state.LinkUp})

	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	var parts sync.WaitGroup
	for _, part := range []func(context.Context) error{
		l.read, l.write, l.snapshots, c.restarts,
		func(ctx context.Context) error { c.session.keepFresh(ctx); return nil },
		func(ctx context.Context) error { c.names.run(ctx, l); return nil },
		func(ctx context.Context) error { c.presences.run(ctx, l); return nil },
	} {
		parts.Go(func() {
			if err := part(ctx); err != nil {
				fail(err) // before the close, whose echo in other parts is no cause
				conn.Close()
			}
		})
	}
	parts.Wait()
	return l.early(context.Cause(ctx), time.Since(opened))
}

func (c *Client) up() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.connected = now()
	c.connections++
	info := c.session.info()
	c.log.Info("connected to the PBX", "host", c.host, "tenant", c.cfg.Tenant, "userSpace", info.UserSpace, "version", info.Version, "connection", c.connections)
}

func (c *Client) down() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.connected = time.Time{}
	select { // a wish about this connection is no wish about the next
	case <-c.anew:
	default:
	}
}

// Leave implements [feed.Leaver]: it logs out, so that the next start finds the
// user space free.
func (c *Client) Leave(ctx context.Context) {
	c.session.leave(ctx)
	c.rest.client.CloseIdleConnections()
}

// RequestSnapshot asks for a snapshot because of reason. It never blocks.
// Requests are joined, and obeyed at least 30 s after the last snapshot; without
// a connection the next one brings a snapshot anyway.
func (c *Client) RequestSnapshot(reason string) {
	c.mu.Lock()
	c.why = reason
	c.mu.Unlock()
	select {
	case c.wanted <- struct{}{}:
	default:
	}
}

// Reconnect gives up the present connection because of reason, for instance
// because the PBX has stopped to send call events over it. It never blocks;
// without a connection it does nothing.
func (c *Client) Reconnect(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.connected.IsZero() {
		return
	}
	select {
	case c.anew <- reason:
	default:
	}
}

// restarts ends the connection when it is told to.
func (c *Client) restarts(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case reason := <-c.anew:
		if reason == state.Suspended {
			return &feed.Refusal{Code: "suspended", Reason: "This machine was suspended for a while; Callboard connects anew"}
		}
		c.log.Warn("subscribing anew on a new socket", "reason", reason)
		return &feed.Refusal{Code: "silent", Reason: "Call events stopped coming although the PBX answers; Callboard subscribes anew"}
	}
}

// Info says what is known of the PBX and the connection.
func (c *Client) Info() feed.Info {
	info := c.session.info()
	info.Host, info.Tenant, info.Product = c.host, c.cfg.Tenant, "Xelion"
	c.mu.Lock()
	defer c.mu.Unlock()
	info.ConnectedSince = c.connected
	info.Reconnects = max(c.connections-1, 0)
	info.Messages = make(map[string]int, len(c.counts))
	maps.Copy(info.Messages, c.counts)
	return info
}

// count notes a message of a kind the client knows; others share one count.
func (c *Client) count(kind string) {
	if kind == "" {
		kind = "unknown"
	}
	c.mu.Lock()
	c.counts[kind]++
	c.mu.Unlock()
}
