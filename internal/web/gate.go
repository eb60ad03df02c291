package web

import (
	"net"
	"net/netip"
	"sync"
)

// Connections that are open at once, before anything is read of them. A
// browser has one or six; streams have bounds of their own, see [Streams].
const (
	MaxConns        = 8000 // of all together
	MaxConnsFromOne = 1000 // from one address, of IPv6 from one /64: an office behind one
)

// Gate is a listener that closes at once what is one connection too many: of all
// together, or from one address. Proxies that are trusted, and this machine, are
// bounded only as a part of all. A tenth of all is kept for this machine, so that
// the service manager and a person at its console still get in.
func Gate(ln net.Listener, trusted []netip.Prefix) net.Listener {
	return &gate{Listener: ln, trusted: trusted, all: MaxConns, each: MaxConnsFromOne, from: map[netip.Prefix]int{}}
}

type gate struct {
	net.Listener
	trusted   []netip.Prefix
	all, each int

	mu   sync.Mutex // guards what follows
	open int
	from map[netip.Prefix]int
}

// Accept is net.Listener's.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		origin, near := g.origin(c)
		if g.enter(origin, near) {
			return &counted{Conn: c, leave: sync.OnceFunc(func() { g.leave(origin) })}, nil
		}
		c.Close() //nolint:errcheck // nobody is there to be told
	}
}

// origin is what a connection counts for; the zero value counts only in all.
func (g *gate) origin(c net.Conn) (origin netip.Prefix, near bool) {
	at, err := netip.ParseAddrPort(c.RemoteAddr().String())
	if err != nil {
		return netip.Prefix{}, false
	}
	addr := at.Addr().Unmap().WithZone("")
	if addr.IsLoopback() {
		return netip.Prefix{}, true
	}
	for _, p := range g.trusted {
		if p.Contains(addr) {
			return netip.Prefix{}, false
		}
	}
	return network(addr), false
}

func (g *gate) enter(origin netip.Prefix, near bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	most := g.all
	if !near {
		most -= g.all / 10
	}
	if g.open >= most || origin.IsValid() && g.from[origin] >= g.each {
		return false
	}
	g.open++
	if origin.IsValid() {
		g.from[origin]++
	}
	return true
}

func (g *gate) leave(origin netip.Prefix) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open--
	if !origin.IsValid() {
		return
	}
	if g.from[origin]--; g.from[origin] == 0 {
		delete(g.from, origin)
	}
}

// counted is a connection that is counted out when it is closed.
type counted struct {
	net.Conn
	leave func()
}

// Close is net.Conn's.
func (c *counted) Close() error {
	c.leave()
	return c.Conn.Close()
}

// NetConn is the connection itself.
func (c *counted) NetConn() net.Conn { return c.Conn }

// socket is what a connection is in the end, below TLS and the gate.
func socket(c net.Conn) net.Conn {
	for {
		over, ok := c.(interface{ NetConn() net.Conn })
		if !ok {
			return c
		}
		c = over.NetConn()
	}
}
