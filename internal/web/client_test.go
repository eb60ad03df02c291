package web

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
)

func prefixes(t *testing.T, list ...string) []netip.Prefix {
	t.Helper()
	var out []netip.Prefix
	for _, one := range list {
		p, err := netip.ParsePrefix(one)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// Whoever asks may write any header; only what a proxy of ours added counts.
func TestForgedForwardingHeaders(t *testing.T) {
	const proxy, second, stranger = "10.0.0.7:4711", "10.0.0.8", "203.0.113.66:4711"
	tests := []struct {
		name, peer string
		forwarded  []string // lines of X-Forwarded-For
		want       string
	}{
		{"no proxy at all", stranger, nil, "203.0.113.66"},
		{"a stranger claims an address", stranger, []string{"192.0.2.1"}, "203.0.113.66"},
		{"a stranger claims to be the proxy", stranger, []string{"10.0.0.7"}, "203.0.113.66"},
		{"a stranger claims loopback", stranger, []string{"127.0.0.1, ::1"}, "203.0.113.66"},
		{"through the proxy", proxy, []string{"192.0.2.1"}, "192.0.2.1"},
		{"a forged first one", proxy, []string{"127.0.0.1, 192.0.2.1"}, "192.0.2.1"},
		{"a forged line of its own", proxy, []string{"198.51.100.9", "192.0.2.1"}, "192.0.2.1"},
		{"a forged later part of a line", proxy, []string{"198.51.100.9,10.0.0.8", "192.0.2.1"}, "192.0.2.1"},
		{"two proxies", proxy, []string{"192.0.2.1, " + second}, "192.0.2.1"},
		{"two proxies on two lines", proxy, []string{"192.0.2.1", second}, "192.0.2.1"},
		{"a forged proxy in front of two", proxy, []string{"192.0.2.99, 10.0.0.99, 192.0.2.1, " + second}, "192.0.2.1"},
		{"a proxy that says nothing", proxy, nil, "10.0.0.7"},
		{"an empty header", proxy, []string{""}, "10.0.0.7"},
		{"empty parts", proxy, []string{" , ,192.0.2.1, ,"}, "192.0.2.1"},
		{"proxies only", proxy, []string{second}, "10.0.0.7"},
		{"a word", proxy, []string{"unknown"}, "10.0.0.7"},
		{"a word behind an address", proxy, []string{"192.0.2.1, unknown"}, "10.0.0.7"},
		{"a word before the one that counts", proxy, []string{"<script>, 192.0.2.1"}, "192.0.2.1"},
		{"a port", proxy, []string{"192.0.2.1:80"}, "10.0.0.7"},
		{"a leading zero", proxy, []string{"192.0.2.01"}, "10.0.0.7"},
		{"a prefix", proxy, []string{"192.0.2.0/24"}, "10.0.0.7"},
		{"a line end inside", proxy, []string{"192.0.2.1\r\nX-Evil: 1"}, "10.0.0.7"},
		{"very many", proxy, []string{strings.Repeat("10.0.0.9,", 5000) + "10.0.0.9"}, "10.0.0.7"},
		{"IPv4 in IPv6", proxy, []string{"::ffff:192.0.2.1"}, "192.0.2.1"},
		{"IPv4 in IPv6 that is a proxy", proxy, []string{"192.0.2.1, ::ffff:10.0.0.8"}, "192.0.2.1"},
		{"the proxy's connection as IPv4 in IPv6", "[::ffff:10.0.0.7]:4711", []string{"192.0.2.1"}, "192.0.2.1"},
		{"IPv6", proxy, []string{"2001:db8::1"}, "2001:db8::1"},
		{"a zone", proxy, []string{"fe80::1%eth0"}, "fe80::1"},
		{"a zone on a proxy", proxy, []string{"192.0.2.1, fd00::5%x"}, "192.0.2.1"},
		{"a connection with a zone", "[fe80::2%eth0]:4711", []string{"192.0.2.1"}, "fe80::2"},
		{"brackets", proxy, []string{"[2001:db8::1]"}, "10.0.0.7"},
		{"no address at all", "pipe", []string{"192.0.2.1"}, "invalid IP"},
	}
	s := &site{Config: Config{TrustedProxies: prefixes(t, "10.0.0.0/24", "fd00::/8")}}
	none := &site{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tt.peer
			r.Header["X-Forwarded-For"] = tt.forwarded
			for _, name := range []string{"X-Real-Ip", "True-Client-Ip", "Forwarded", "Cf-Connecting-Ip", "X-Client-Ip"} {
				r.Header.Set(name, "198.51.100.77")
			}
			var got netip.Addr
			s.located(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = s.client(r) })).ServeHTTP(nil, r)
			if got.String() != tt.want {
				t.Errorf("%v from %s is taken for %s, want %s", tt.forwarded, tt.peer, got, tt.want)
			}
			none.located(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = none.client(r) })).ServeHTTP(nil, r)
			if got != peer(r) {
				t.Errorf("without proxies %s is taken for %s", tt.peer, got)
			}
		})
	}
}

// The scheme of a person's own connection decides cookies and whether browsers
// are told to stay with https.
func TestSchemeOfThePerson(t *testing.T) {
	public := &url.URL{Scheme: "https", Host: "board.example"}
	tests := []struct {
		name, peer string
		tls        bool
		proto      []string
		public     *url.URL
		want       bool
	}{
		{"our own encryption", "203.0.113.66:1", true, nil, nil, true},
		{"our own, whatever is claimed", "203.0.113.66:1", true, []string{"http"}, nil, true},
		{"plain", "203.0.113.66:1", false, nil, nil, false},
		{"plain, claimed", "203.0.113.66:1", false, []string{"https"}, public, false},
		{"the proxy says https", "10.0.0.7:1", false, []string{"https"}, nil, true},
		{"the proxy shouts", "10.0.0.7:1", false, []string{"HTTPS"}, nil, true},
		{"the proxy says http", "10.0.0.7:1", false, []string{"http"}, public, false},
		{"two words", "10.0.0.7:1", false, []string{"https", "http"}, public, false},
		{"a list", "10.0.0.7:1", false, []string{"https, http"}, public, false},
		{"the proxy says nothing", "10.0.0.7:1", false, nil, nil, false},
		{"the proxy says nothing and people come by https", "10.0.0.7:1", false, nil, public, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &site{Config: Config{TrustedProxies: prefixes(t, "10.0.0.0/24"), PublicURL: tt.public}}
			r := httptest.NewRequest("GET", "http://board.example/", nil)
			r.RemoteAddr = tt.peer
			r.Header["X-Forwarded-Proto"] = tt.proto
			if tt.tls {
				r.TLS = &tls.ConnectionState{}
			}
			if got := s.secure(r); got != tt.want {
				t.Errorf("secure: %t", got)
			}
			w := httptest.NewRecorder()
			s.lasting(http.NotFoundHandler()).ServeHTTP(w, r)
			if got := w.Header().Get("Strict-Transport-Security"); (got == "max-age=31536000") != tt.want {
				t.Errorf("Strict-Transport-Security: %q", got)
			}
			scheme := "http"
			if tt.want || tt.public != nil {
				scheme = "https"
			}
			if got := s.base(r); got != scheme+"://board.example" {
				t.Errorf("links lead to %s", got)
			}
		})
	}
	r := httptest.NewRequest("GET", "https://localhost/", nil)
	for _, s := range []*site{{}, {Config: Config{NoHSTS: true}}} {
		if s.NoHSTS {
			r.Host = "board.example"
		}
		w := httptest.NewRecorder()
		s.lasting(http.NotFoundHandler()).ServeHTTP(w, r)
		if got := w.Header().Get("Strict-Transport-Security"); got != "" {
			t.Errorf("%s is told %q", r.Host, got)
		}
	}
}

// Which names a server answers to, and who may come past the proxy.
func TestWaysIn(t *testing.T) {
	public := &url.URL{Scheme: "https", Host: "board.example:8443"}
	proxies := prefixes(t, "10.0.0.0/24")
	tests := []struct {
		name             string
		config           Config
		peer, host, path string
		want             int
	}{
		{"loopback, its own name", Config{Loopback: true}, "127.0.0.1:1", "localhost:8080", "/status", 200},
		{"loopback, a foreign name", Config{Loopback: true}, "127.0.0.1:1", "evil.example", "/status", 421},
		{"loopback, no name", Config{Loopback: true}, "127.0.0.1:1", "", "/status", 421},
		{"loopback, the public name", Config{Loopback: true, PublicURL: public}, "127.0.0.1:1", "BOARD.example", "/status", 200},
		{"loopback, an address of the network", Config{Loopback: true, PublicURL: public}, "127.0.0.1:1", "192.0.2.1", "/status", 421},
		{"a network, any name", Config{}, "203.0.113.66:1", "any.example", "/status", 200},
		{"a network, the public name", Config{PublicURL: public}, "203.0.113.66:1", "board.example", "/status", 200},
		{"a network, an address", Config{PublicURL: public}, "203.0.113.66:1", "192.0.2.1:8080", "/status", 200},
		{"a network, another name", Config{PublicURL: public}, "203.0.113.66:1", "evil.example", "/status", 421},
		{"a network, a name that begins alike", Config{PublicURL: public}, "203.0.113.66:1", "board.example.evil.example", "/status", 421},
		{"past the proxy", Config{TrustedProxies: proxies}, "203.0.113.66:1", "board.example", "/status", 421},
		{"past the proxy, health", Config{TrustedProxies: proxies}, "203.0.113.66:1", "board.example", "/healthz", 200},
		{"past the proxy, told so in words", Config{TrustedProxies: proxies, Plain: true}, "203.0.113.66:1", "board.example", "/status", 200},
		{"by the proxy", Config{TrustedProxies: proxies}, "10.0.0.7:1", "board.example", "/status", 200},
		{"from this machine", Config{TrustedProxies: proxies}, "127.0.0.1:1", "board.example", "/status", 200},
	}
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range tests {
			h := open(t, func(c *Config) {
				c.Loopback, c.PublicURL, c.TrustedProxies, c.Plain = tt.config.Loopback, tt.config.PublicURL, tt.config.TrustedProxies, tt.config.Plain
			}, nil)
			r := httptest.NewRequest("GET", "http://x"+tt.path, nil)
			r.Host, r.RemoteAddr = tt.host, tt.peer
			r.Header.Set("X-Forwarded-Host", "board.example")
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			if w.Code != tt.want {
				t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.want)
			}
			h.stop()
		}
	})
}
