// Package provider runs a certified OpenID Connect provider (zitadel/oidc) on
// loopback, with keys, people and groups, and can be made to answer wrongly in
// every way that a sign-in must survive.
package provider

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// A Person has an account at the provider.
type Person struct {
	Subject, Name, Email string
	Groups               []string
	ACR                  string
	AMR                  []string
}

// Options are what differs between providers of this world.
type Options struct {
	Client, Secret, Redirect string
	InUserInfo               bool   // groups and names are told by the user info endpoint only
	ES256                    bool   // signs with an elliptic curve
	RSABits                  int    // of its keys; 0 is 2048
	SignedOut                string // where it leads back to from signing out
	NoEnd                    bool   // it tells of no place for signing out
}

// A Provider is up until Close, with an interval for Down. Safe for concurrent use.
type Provider struct {
	Issuer string

	server *httptest.Server
	store  *store

	mu      sync.Mutex
	down    bool
	people  map[string]Person // by login name
	mend    func(*Answer)     // of the next answer of the token endpoint
	asked   map[string]int    // requests by path
	handler http.Handler
}

// Start runs a provider.
func Start(opt Options) (*Provider, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Provider{Issuer: "http://" + ln.Addr().String(), people: map[string]Person{}, asked: map[string]int{}}
	if p.store, err = newStore(p, opt); err != nil {
		return nil, err
	}
	logger := slog.New(slog.DiscardHandler)
	o, err := op.NewProvider(&op.Config{CryptoKey: sha256.Sum256([]byte("of these tests")), CryptoKeyId: "1", CodeMethodS256: true, AuthMethodPost: true},
		p.store, op.StaticIssuer(p.Issuer), op.WithAllowInsecure(), op.WithLogger(logger))
	if err != nil {
		return nil, err
	}
	back := op.AuthCallbackURL(o)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<form method="post" action="/login"><input name="id" value="%s"><input name="user"></form>`, r.FormValue("id"))
	})
	mux.HandleFunc("POST /login", op.NewIssuerInterceptor(o.IssuerFromRequest).HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.FormValue("id")
		if !p.store.signIn(id, r.FormValue("user")) {
			http.Error(w, "who?", http.StatusForbidden)
			return
		}
		http.Redirect(w, r, back(r.Context(), id), http.StatusFound)
	}))
	mux.Handle("/", o)
	p.handler = mux
	p.server = &httptest.Server{Listener: ln, Config: &http.Server{Handler: p, ReadHeaderTimeout: 5 * time.Second}}
	p.server.Start()
	return p, nil
}

// Close ends it.
func (p *Provider) Close() { p.server.Close() }

// Add gives somebody an account, or changes it.
func (p *Provider) Add(login string, who Person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.people[login] = who
}

func (p *Provider) person(login string) (Person, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.people[login]
	return who, ok
}

func (p *Provider) bySubject(sub string) Person {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, who := range p.people {
		if who.Subject == sub {
			return who
		}
	}
	return Person{}
}

// Down makes it drop every connection, or answer again.
func (p *Provider) Down(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

// Rotate replaces its key; the old one is published no more.
func (p *Provider) Rotate() error { return p.store.rotate() }

// Asked is how often a path was asked for.
func (p *Provider) Asked(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// Mend lets f change the next answer of the token endpoint.
func (p *Provider) Mend(f func(*Answer)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mend = f
}

// ServeHTTP is the provider behind its faults.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked[r.URL.Path]++
	down, mend := p.down, p.mend
	token := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/oauth/token")
	if token {
		p.mend = nil
	}
	p.mu.Unlock()
	if down {
		panic(http.ErrAbortHandler)
	}
	if p.store.opt.NoEnd && strings.HasSuffix(r.URL.Path, "/openid-configuration") {
		answer := httptest.NewRecorder()
		p.handler.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte(`"end_session_endpoint"`), []byte(`"none"`)))
		return
	}
	if !token || mend == nil {
		p.handler.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	p.handler.ServeHTTP(answer, r)
	a := &Answer{Status: answer.Code, Body: answer.Body.Bytes(), store: p.store}
	mend(a)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.Status)
	w.Write(a.Body)
	_, _ = io.Copy(io.Discard, r.Body)
}
