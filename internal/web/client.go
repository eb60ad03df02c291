package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5/middleware"
)

// client is who asks, as an address without a zone; IPv4 inside IPv6 is IPv4.
// It is the address of the connection, unless that is one of the trusted
// proxies: then the rightmost of X-Forwarded-For that is not. Where that header
// is missing, cannot be read at the place that counts, or names proxies only, it
// is the connection's again. The zero value is a connection without an address.
func (s *site) client(r *http.Request) netip.Addr {
	if addr := middleware.GetClientIPAddr(r.Context()); addr.IsValid() {
		return addr.WithZone("")
	}
	return peer(r)
}

// peer is the address at the other end of the connection.
func peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// trusted reports that the connection comes from one of our proxies, so that
// what it says of the person behind it counts.
func (s *site) trusted(r *http.Request) bool {
	addr := peer(r)
	for _, p := range s.TrustedProxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// secure reports that the person's own connection is encrypted: ours is, or the
// trusted proxy in front of us says so, or it says nothing and people reach us
// by https.
func (s *site) secure(r *http.Request) bool {
	switch said := r.Header.Values("X-Forwarded-Proto"); {
	case r.TLS != nil:
		return true
	case !s.trusted(r):
		return false
	case len(said) == 0:
		return s.PublicURL != nil && s.PublicURL.Scheme == "https"
	default: // one value; a list tells of a proxy that handed on what a browser said
		return len(said) == 1 && strings.EqualFold(said[0], "https")
	}
}

// exposed reports that this request crossed the network in the clear, which only
// --plain-http=unprotected allows.
func (s *site) exposed(r *http.Request) bool {
	return s.Plain && !s.secure(r) && !s.client(r).IsLoopback()
}

// base is the scheme and host by which people reach this server, for links that
// leave the page: the configured one, else the one that was asked for.
func (s *site) base(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if s.secure(r) {
		u.Scheme = "https"
	}
	if s.PublicURL != nil {
		u = url.URL{Scheme: s.PublicURL.Scheme, Host: s.PublicURL.Host}
	}
	return u.String()
}

// located finds out who asks, once for each request.
func (s *site) located(next http.Handler) http.Handler {
	if len(s.TrustedProxies) == 0 {
		return next // forwarding headers are anybody's
	}
	prefixes := make([]string, len(s.TrustedProxies))
	for i, p := range s.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)(next)
}

// lasting makes browsers come back by https for a year. A name of this machine
// is left alone: it is shared with whatever else runs here.
func (s *site) lasting(next http.Handler) http.Handler {
	if s.NoHSTS {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.secure(r) && bareHost(r.Host) != "localhost" {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// viaProxy refuses who comes past the proxies, where they alone encrypt: a
// password must not cross the network in the clear because somebody typed the
// port of the board. Health may be asked for from everywhere.
func (s *site) viaProxy(next http.Handler) http.Handler {
	if s.Loopback || s.Plain || len(s.TrustedProxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		addr := peer(r)
		switch {
		case r.TLS != nil, s.trusted(r), addr.IsLoopback(), !addr.IsValid(),
			r.URL.Path == "/healthz", r.URL.Path == "/readyz":
			next.ServeHTTP(w, r)
		default:
			s.fail(w, r, failed(http.StatusMisdirectedRequest, pastProxy))
		}
	})
}

// bareHost is a Host header without its port and brackets, in lower case.
func bareHost(host string) string {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	name = strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(name), "["), "]")
	return strings.TrimSuffix(name, ".")
}

// knows reports a Host header that is ours: the configured one, a name of this
// machine, and where the network may come in any address, as an address cannot
// be pointed at us by a foreign page.
func (s *site) knows(host string) bool {
	name := bareHost(host)
	if name == "localhost" || s.PublicURL != nil && name == bareHost(s.PublicURL.Host) {
		return true
	}
	addr, err := netip.ParseAddr(name)
	return err == nil && (!s.Loopback || addr.Unmap().IsLoopback())
}

// addressed refuses names that are not ours, on a server that listens on
// loopback or knows its name: a foreign page whose name resolves to our address
// would otherwise read the board (DNS rebinding).
func (s *site) addressed(next http.Handler) http.Handler {
	if !s.Loopback && s.PublicURL == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.knows(r.Host) {
			s.fail(w, r, failed(http.StatusMisdirectedRequest, wrongHost))
			return
		}
		next.ServeHTTP(w, r)
	})
}
