package oidc

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestAddressesThatAreNotSafe(t *testing.T) {
	for address, want := range map[string]bool{
		"https://id.example": true, "https://id.example:8443/realms/x": true, "http://127.0.0.1:9998": true, "http://[::1]:80/": true, "http://localhost/x": true,
		"http://id.example": false, "http://10.0.0.7": false, "http://localhost.evil.example": false, "http://127.0.0.1.evil.example": false,
		"https://anna@id.example": false, "https://anna:secret@id.example": false, "https://id.example#x": false, "https://": false, "": false,
		"id.example": false, "//id.example": false, "ftp://id.example": false, "file:///etc/passwd": false, "javascript:alert(1)": false, "https://%zz": false,
	} {
		if Secure(address) != want {
			t.Errorf("%q is taken: %v", address, !want)
		}
		if _, err := New(Config{Client: "board", Issuer: address, Redirect: "https://board.example/back"}); (err == nil) != want {
			t.Errorf("as the issuer %q: %v", address, err)
		}
	}
}

// describe is a provider that says what it is told to.
type describe struct {
	*httptest.Server
	answer func(w http.ResponseWriter, own string)
	asked  atomic.Int32
}

func provider(t *testing.T, secure bool, answer func(w http.ResponseWriter, own string)) *describe {
	t.Helper()
	p := &describe{answer: answer}
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		w.Header().Set("Content-Type", "application/json")
		p.answer(w, p.URL)
	})
	if secure {
		p.Server = httptest.NewTLSServer(h)
	} else {
		p.Server = httptest.NewServer(h)
	}
	t.Cleanup(p.Close)
	return p
}

// says is the right description with some of it changed; nil takes it away.
func says(changes map[string]any) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, own string) {
		d := map[string]any{"issuer": own, "authorization_endpoint": own + "/authorize", "token_endpoint": own + "/token", "jwks_uri": own + "/keys"}
		for name, v := range changes {
			if d[name] = v; v == nil {
				delete(d, name)
			}
		}
		_ = json.NewEncoder(w).Encode(d)
	}
}

func beginAt(t *testing.T, issuer string, trust *httptest.Server) (string, error) {
	t.Helper()
	cfg := Config{Client: "board", Issuer: issuer, Redirect: "https://board.example/back"}
	if trust != nil {
		cfg.Roots = x509.NewCertPool()
		cfg.Roots.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: trust.Certificate().Raw}))
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	address, _, err := c.Begin(t.Context(), Way{To: "/"}, false)
	if c.Up() != (err == nil) {
		t.Errorf("up is %v after %v", c.Up(), err)
	}
	return address, err
}

func TestDescriptionsThatAreNotTaken(t *testing.T) {
	right := provider(t, false, says(nil))
	if address, err := beginAt(t, right.URL, nil); err != nil || !strings.HasPrefix(address, right.URL+"/authorize?") {
		t.Fatalf("the right one leads to %q, %v", address, err)
	}
	secure := provider(t, true, says(nil))
	if address, err := beginAt(t, secure.URL, secure.Server); err != nil || !strings.HasPrefix(address, secure.URL+"/authorize?") {
		t.Fatalf("over TLS the right one leads to %q, %v", address, err)
	}
	refused := func(name, issuer string, trust *httptest.Server, reason string) {
		t.Helper()
		_, err := beginAt(t, issuer, trust)
		r, ok := errors.AsType[*Refusal](err)
		if !ok || r.Kind != Down || r.Reason != reason {
			t.Errorf("%s: %v, want down: %s", name, err, reason)
		}
	}
	refused("a certificate that nobody trusts", secure.URL, nil, "its certificate is not trusted")
	refused("another's certificate", strings.Replace(secure.URL, "127.0.0.1", "localhost", 1), secure.Server, "its certificate is not trusted")
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter, string)
		reason string
	}{
		"another issuer":          {says(map[string]any{"issuer": "https://evil.example"}), "it calls itself by another name than the issuer that is set"},
		"the issuer with a slash": {func(w http.ResponseWriter, own string) { says(map[string]any{"issuer": own + "/"})(w, own) }, "it calls itself by another name than the issuer that is set"},
		"no issuer":               {says(map[string]any{"issuer": nil}), "it calls itself by another name than the issuer that is set"},
		"sign-in in the clear":    {says(map[string]any{"authorization_endpoint": "http://id.example/authorize"}), "one of its addresses is not https"},
		"tokens in the clear":     {says(map[string]any{"token_endpoint": "http://id.example/token"}), "one of its addresses is not https"},
		"keys in the clear":       {says(map[string]any{"jwks_uri": "http://id.example/keys"}), "one of its addresses is not https"},
		"people in the clear":     {says(map[string]any{"userinfo_endpoint": "http://id.example/me"}), "one of its addresses is not https"},
		"no keys":                 {says(map[string]any{"jwks_uri": nil}), "one of its addresses is not https"},
		"somewhere else": {func(w http.ResponseWriter, _ string) {
			w.Header().Set("Location", right.URL+"/.well-known/openid-configuration")
			w.WriteHeader(http.StatusFound)
		}, "it redirects instead of answering"},
		"without end": {func(w http.ResponseWriter, _ string) {
			_, _ = w.Write([]byte(`{"issuer":"` + strings.Repeat("x", 2<<20)))
		}, "its answer cannot be used"},
		"a page": {func(w http.ResponseWriter, _ string) { _, _ = w.Write([]byte("<html>4711")) }, "its answer cannot be used"},
		"an error": {func(w http.ResponseWriter, _ string) {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte("4711"))
		}, "its answer cannot be used"},
		"half an answer": {func(w http.ResponseWriter, _ string) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"issuer"`))
		}, "its answer cannot be used"},
	} {
		t.Run(name, func(t *testing.T) {
			p := provider(t, false, test.answer)
			refused(name, p.URL, nil, test.reason)
		})
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	refused("nobody there", gone.URL, nil, "it cannot be reached")
}

// Whoever asks for sign-ins as fast as they can does not make us ask the
// provider as fast.
func TestTheProviderIsNotFlooded(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, string){
		"up":   says(nil),
		"down": func(w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusBadGateway) },
	} {
		p := provider(t, false, answer)
		c, err := New(Config{Client: "board", Issuer: p.URL, Redirect: "https://board.example/back"})
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		for range 50 {
			go func() {
				defer func() { done <- struct{}{} }()
				for range 10 {
					_, _, _ = c.Begin(context.Background(), Way{To: "/"}, false)
				}
			}()
		}
		for range 50 {
			<-done
		}
		if n := p.asked.Load(); n != 1 {
			t.Errorf("while it is %s, 500 sign-ins ask it %d times", name, n)
		}
	}
}

// What comes back without a sign-in under way costs nobody anything.
func TestAnswersWithoutAQuestionAreNotExchanged(t *testing.T) {
	p := provider(t, false, says(nil))
	c, err := New(Config{Client: "board", Issuer: p.URL, Redirect: "https://board.example/back"})
	if err != nil {
		t.Fatal(err)
	}
	address, cookie, err := c.Begin(t.Context(), Way{To: "/"}, false)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	before := p.asked.Load()
	for _, test := range []struct {
		cookie string
		answer url.Values
	}{
		{"", url.Values{"state": {sent.Query().Get("state")}, "code": {"x"}}},
		{cookie + "x", url.Values{"state": {sent.Query().Get("state")}, "code": {"x"}}},
		{cookie, url.Values{"code": {"x"}}},
		{cookie, url.Values{"state": {"x"}, "code": {"x"}}},
	} {
		_, _, err := c.Finish(t.Context(), test.cookie, test.answer)
		if r, ok := errors.AsType[*Refusal](err); !ok || r.Kind != Stale || r.Exchanged {
			t.Errorf("%v: %v", test.answer, err)
		}
	}
	if n := p.asked.Load() - before; n != 0 {
		t.Errorf("the provider was asked %d times", n)
	}
}

// wire answers without a network.
type wire func(*http.Request) *http.Response

func (f wire) RoundTrip(r *http.Request) (*http.Response, error) { return f(r), nil }

// The client looks for a provider that is down ever more rarely, for one that
// is there every hour, and stops when it is told to.
func TestRunFindsTheProvider(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Config{Client: "board", Issuer: "https://id.example", Redirect: "https://board.example/back"})
		if err != nil {
			t.Fatal(err)
		}
		var up atomic.Bool
		var asked atomic.Int32
		c.http.Transport = wire(func(r *http.Request) *http.Response {
			asked.Add(1)
			w := httptest.NewRecorder()
			w.Header().Set("Content-Type", "application/json")
			if !up.Load() {
				w.WriteHeader(http.StatusBadGateway)
			} else {
				says(nil)(w, "https://id.example")
			}
			return w.Result()
		})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx) }()
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := asked.Load(); c.Up() || n < 60 || n > 70 {
			t.Errorf("in an hour a provider that is down was asked %d times and is up: %v", n, c.Up())
		}
		up.Store(true)
		time.Sleep(time.Minute)
		synctest.Wait()
		if !c.Up() {
			t.Error("a minute after it came back it is still down")
		}
		before := asked.Load()
		time.Sleep(10 * time.Hour)
		synctest.Wait()
		if n := asked.Load() - before; n != 10 {
			t.Errorf("in ten hours its keys were read %d times", n)
		}
		stop()
		if err := <-ended; err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
}
