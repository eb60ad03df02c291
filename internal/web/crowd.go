package web

import (
	"cmp"
	"net/http"
	"net/netip"
	"sync"

	"callboard/internal/access"
)

// Streams say how many streams may be open at once. Each and FromOne do not
// bind where sign-in is off, on a machine of one's own.
type Streams struct {
	All     int // of all together; 0 means 2,000
	Each    int // of one person, display or program; 0 means 20
	FromOne int // from one address, of IPv6 from one /64; 0 means 100
}

func (s Streams) filled() Streams {
	return Streams{cmp.Or(max(s.All, 0), 2000), cmp.Or(max(s.Each, 0), 20), cmp.Or(max(s.FromOne, 0), 100)}
}

// crowd counts the streams that are open: in all, by party, and by the address
// they come from. Safe for concurrent use.
type crowd struct {
	mu      sync.Mutex
	all     int
	parties map[string]int
	origins map[netip.Prefix]int
}

// enter counts one stream in, unless that would be one too many; leave counts
// it out again. A party or origin without a name is only counted in all.
func (c *crowd) enter(party string, origin netip.Prefix, most Streams) (leave func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all >= most.All || party != "" && c.parties[party] >= most.Each || origin.IsValid() && c.origins[origin] >= most.FromOne {
		return nil, false
	}
	c.count(party, origin, 1)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.count(party, origin, -1)
	}, true
}

// count keeps nothing of who is gone.
func (c *crowd) count(party string, origin netip.Prefix, n int) {
	if c.parties == nil {
		c.parties, c.origins = map[string]int{}, map[netip.Prefix]int{}
	}
	c.all += n
	if party != "" {
		if c.parties[party] += n; c.parties[party] == 0 {
			delete(c.parties, party)
		}
	}
	if origin.IsValid() {
		if c.origins[origin] += n; c.origins[origin] == 0 {
			delete(c.origins, origin)
		}
	}
}

// join counts a stream in before anything is made for it. On a machine of one's
// own, where sign-in is off, only the whole is bounded.
func (s *site) join(r *http.Request) (leave func(), ok bool) {
	p := who(r)
	if p.Kind == access.Local {
		return s.crowd.enter("", netip.Prefix{}, s.Streams)
	}
	party := p.ID
	if isFrame(p) { // one frame stands in the pages of many
		party = ""
	}
	return s.crowd.enter(party, network(s.client(r)), s.Streams)
}

// network is what counts as one origin: an address, of IPv6 the 64 bits that a
// household has to itself. The zero value is an address that is none.
func network(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, _ := a.Prefix(bits) // an address that is none gives a prefix that is none
	return p
}
