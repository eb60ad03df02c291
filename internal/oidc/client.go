package oidc

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	gooidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"callboard/internal/redact"
)

const (
	answerTime = 10 * time.Second // for each answer of the provider
	answerSize = 1 << 20          // bytes of each
	keptFor    = time.Hour        // after which addresses and keys are read anew: a key that was withdrawn is worth nothing then
	knownUp    = 30 * time.Second // so long the provider is taken to be up
	knownDown  = 2 * time.Second  // and so long to be down
	atOnce     = 8                // exchanges of a code for tokens
	slotTime   = 5 * time.Second  // that somebody waits to be one of them
)

// DefaultScopes are asked for beside openid.
var DefaultScopes = []string{"profile", "email"}

// DefaultGroupsClaim is where most providers tell groups.
const DefaultGroupsClaim = "groups"

// Config is what the provider knows us by. Issuer, Client and Redirect must be
// set; https is required but for loopback hosts.
type Config struct {
	Issuer      string        // exactly as the provider spells itself
	Client      string        // our id there
	Secret      redact.Secret // empty: a public client, which PKCE alone protects
	Redirect    string        // our address that the provider sends people back to
	Scopes      []string
	GroupsClaim string
	ACR, AMR    []string       // one of each must be in the token; none demands nothing
	Roots       *x509.CertPool // nil: the machine's
	Groups      []Group
	Log         *slog.Logger // nil discards
}

// A Client signs people in. Safe for concurrent use.
type Client struct {
	cfg    Config
	http   *http.Client
	seals  sealer
	log    *slog.Logger
	groups atomic.Pointer[[]Group]
	slots  chan struct{}
	turn   chan struct{} // who holds it may ask for the provider's addresses

	mu     sync.Mutex
	found  *found
	seen   time.Time // when it was found
	failed time.Time // the last time that it could not be found; zero once it was
	why    string
}

// found is a provider with its addresses and keys.
type found struct {
	provider *gooidc.Provider
	oauth    oauth2.Config
	verifier *gooidc.IDTokenVerifier
	names    bool   // it names itself in what it sends back (RFC 9207)
	end      string // where people sign out of it; empty where it tells of no such place
}

// New returns a client; nothing is asked of the provider yet.
func New(cfg Config) (*Client, error) {
	if cfg.Client == "" {
		return nil, errors.New("oidc: no client id")
	}
	if !Secure(cfg.Issuer) || !Secure(cfg.Redirect) {
		return nil, errors.New("oidc: issuer and redirect need https, or http on loopback")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.GroupsClaim == "" {
		cfg.GroupsClaim = DefaultGroupsClaim
	}
	seals, err := newSealer()
	if err != nil {
		return nil, err
	}
	c := &Client{cfg: cfg, seals: seals, log: cfg.Log, slots: make(chan struct{}, atOnce), turn: make(chan struct{}, 1)}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: cfg.Roots}
	transport.MaxResponseHeaderBytes = 64 << 10
	c.http = &http.Client{
		Transport:     bounded{transport},
		Timeout:       answerTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirected },
	}
	c.Use(cfg.Groups)
	return c, nil
}

var errRedirected = errors.New("the provider answered with a redirection")

// Use puts other groups into effect, for sign-ins from now on.
func (c *Client) Use(groups []Group) {
	groups = slices.Clone(groups)
	c.groups.Store(&groups)
}

// Run looks for the provider until ctx ends, so that the sign-in page knows
// whether it is there, and reads its keys anew every hour. It returns nil.
func (c *Client) Run(ctx context.Context) error {
	wait := time.Second
	for {
		next := keptFor
		if _, err := c.find(ctx, 0); err != nil {
			next, wait = wait, min(2*wait, time.Minute)
		} else {
			wait = time.Second
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(next):
		}
	}
}

// Up reports whether the provider could be reached when it was last asked.
func (c *Client) Up() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.found != nil && c.failed.IsZero()
}

// Issuer is the host that people go to to sign in.
func (c *Client) Issuer() string {
	u, _ := url.Parse(c.cfg.Issuer) // New saw to it
	return u.Host
}

// SignOut is where somebody ends their session at the provider (OpenID Connect
// RP-Initiated Logout 1.0), which then leads back to an address that has to be
// registered there; state comes back with it, languages are those to speak
// meanwhile. No ID token is kept that could be a hint: the provider may ask the
// person. Empty while the provider is unknown, or if it tells of no such place.
func (c *Client) SignOut(back, state, languages string) string {
	c.mu.Lock()
	f := c.found
	c.mu.Unlock()
	if f == nil || f.end == "" {
		return ""
	}
	u, err := url.Parse(f.end)
	if err != nil {
		return ""
	}
	v := u.Query()
	v.Set("client_id", c.cfg.Client)
	v.Set("post_logout_redirect_uri", back)
	for name, value := range map[string]string{"state": state, "ui_locales": languages} {
		if value != "" {
			v.Set(name, value)
		}
	}
	u.RawQuery = v.Encode()
	return u.String()
}

// find returns the provider as of at most age ago, and asks for it otherwise.
func (c *Client) find(ctx context.Context, age time.Duration) (*found, error) {
	if f, err, ok := c.known(age); ok {
		return f, err
	}
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, refuse(Down, "gave up waiting")
	}
	if f, err, ok := c.known(age); ok { // another had the turn meanwhile
		return f, err
	}
	// One browser that goes away does not spoil it for the others.
	f, why := c.discover(context.WithoutCancel(ctx))
	c.mu.Lock()
	defer c.mu.Unlock()
	if f == nil {
		if c.why != why {
			c.log.Warn("company sign-in: the provider cannot be used", "reason", why)
		}
		c.failed, c.why = time.Now(), why
		return nil, refuse(Down, why)
	}
	if c.found == nil || !c.failed.IsZero() {
		c.log.Info("company sign-in: the provider is there", "issuer", c.Issuer())
	}
	c.found, c.seen, c.failed, c.why = f, time.Now(), time.Time{}, ""
	return f, nil
}

func (c *Client) known(age time.Duration) (_ *found, err error, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.failed.IsZero() && time.Since(c.failed) < knownDown:
		return nil, refuse(Down, c.why), true
	case c.failed.IsZero() && c.found != nil && time.Since(c.seen) < age:
		return c.found, nil, true
	}
	return nil, nil, false
}

// discover reads the provider's description of itself (OpenID Connect
// Discovery 1.0); without one it tells why.
func (c *Client) discover(ctx context.Context) (_ *found, why string) {
	p, err := gooidc.NewProvider(gooidc.ClientContext(ctx, c.http), c.cfg.Issuer)
	if err != nil {
		return nil, whyNot(err)
	}
	var meta struct {
		JWKS    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
		Names   bool     `json:"authorization_response_iss_parameter_supported"`
		End     string   `json:"end_session_endpoint"`
	}
	if err := p.Claims(&meta); err != nil {
		return nil, "its description cannot be read"
	}
	at := p.Endpoint()
	for _, address := range []string{at.AuthURL, at.TokenURL, meta.JWKS} {
		if !Secure(address) || encrypted(c.cfg.Issuer) && !encrypted(address) {
			return nil, "one of its addresses is not https"
		}
	}
	if info := p.UserInfoEndpoint(); info != "" && (!Secure(info) || encrypted(c.cfg.Issuer) && !encrypted(info)) {
		return nil, "one of its addresses is not https"
	}
	if !Secure(meta.End) || encrypted(c.cfg.Issuer) && !encrypted(meta.End) {
		meta.End = "" // signing in does without
	}
	// Decided here: left to the library it would try both, and a code is good for
	// one try.
	at.AuthStyle = oauth2.AuthStyleInHeader
	if c.cfg.Secret == "" || len(meta.Methods) > 0 && !slices.Contains(meta.Methods, "client_secret_basic") {
		at.AuthStyle = oauth2.AuthStyleInParams
	}
	scopes := c.cfg.Scopes
	if scopes == nil {
		scopes = DefaultScopes
	}
	scopes = append([]string{gooidc.ScopeOpenID}, slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return s == gooidc.ScopeOpenID })...)
	return &found{
		provider: p,
		oauth:    oauth2.Config{ClientID: c.cfg.Client, Endpoint: at, RedirectURL: c.cfg.Redirect, Scopes: scopes},
		verifier: p.Verifier(&gooidc.Config{
			ClientID:             c.cfg.Client,
			SupportedSigningAlgs: []string{gooidc.RS256, gooidc.ES256},
			SkipExpiryCheck:      true, // demand.check does it, with the skew that we allow
		}),
		names: meta.Names,
		end:   meta.End,
	}, ""
}

// whyNot is an error of the network in words that quote nothing the far end
// sent.
func whyNot(err error) string {
	if _, ok := errors.AsType[*gooidc.IssuerMismatchError](err); ok {
		return "it calls itself by another name than the issuer that is set"
	}
	if errors.Is(err, errRedirected) {
		return "it redirects instead of answering"
	}
	if errors.Is(err, errTooLong) {
		return "its answer is too long"
	}
	if e, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		_ = e // its text quotes the certificate
		return "its certificate is not trusted"
	}
	if e, ok := errors.AsType[net.Error](err); ok {
		if e.Timeout() {
			return "it does not answer in time"
		}
		return "it cannot be reached"
	}
	return "its answer cannot be used"
}

// Secure reports an absolute https address, or an http one of this machine,
// without account and fragment.
func Secure(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func encrypted(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https"
}

// bounded gives no more of an answer than answerSize.
type bounded struct{ http.RoundTripper }

var errTooLong = errors.New("the answer is too long")

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = &boundedBody{answer.Body, answerSize}
	}
	return answer, err
}

type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
