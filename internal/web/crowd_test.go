package web

import (
	"fmt"
	"net/netip"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// A crowd never holds more than its limits, refuses nobody below them, and
// remembers nobody who is gone.
func TestACrowdKeepsItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c crowd
		most := Streams{rapid.IntRange(1, 12).Draw(t, "all"), rapid.IntRange(1, 5).Draw(t, "each"), rapid.IntRange(1, 7).Draw(t, "from one")}
		type stream struct {
			party  string
			origin netip.Prefix
			leave  func()
		}
		var open []stream
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			if len(open) > 0 && rapid.IntRange(0, 2).Draw(t, "step") == 0 {
				i := rapid.IntRange(0, len(open)-1).Draw(t, "who leaves")
				open[i].leave()
				open = append(open[:i], open[i+1:]...)
				continue
			}
			s := stream{party: rapid.SampledFrom([]string{"", "user:1", "user:2", "display:1"}).Draw(t, "party")}
			if n := rapid.IntRange(0, 3).Draw(t, "origin"); n > 0 {
				s.origin = network(netip.AddrFrom4([4]byte{192, 0, 2, byte(n)}))
			}
			party, origin := 0, 0
			for _, o := range open {
				if s.party != "" && o.party == s.party {
					party++
				}
				if s.origin.IsValid() && o.origin == s.origin {
					origin++
				}
			}
			room := len(open) < most.All && party < most.Each && origin < most.FromOne
			leave, ok := c.enter(s.party, s.origin, most)
			if ok != room {
				t.Fatalf("%+v with %d, %d, %d open of %+v: let in is %v", s, len(open), party, origin, most, ok)
			}
			if ok {
				s.leave = leave
				open = append(open, s)
			}
		}
		for _, o := range open {
			o.leave()
		}
		if c.all != 0 || len(c.parties) != 0 || len(c.origins) != 0 {
			t.Fatalf("an empty crowd remembers %d, %v, %v", c.all, c.parties, c.origins)
		}
	})
}

func TestACrowdAtTheDoorTogether(t *testing.T) {
	var c crowd
	var all sync.WaitGroup
	in := make(chan bool, 200)
	for n := range 200 {
		all.Go(func() {
			_, ok := c.enter(fmt.Sprint("user:", n%4), network(netip.MustParseAddr("192.0.2.1")), Streams{1000, 20, 60})
			in <- ok
		})
	}
	all.Wait()
	close(in)
	n := 0
	for ok := range in {
		if ok {
			n++
		}
	}
	if n != 60 {
		t.Errorf("%d of 200 came in, want the 60 that one address may have", n)
	}
}

func TestNetworks(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "::1": "::/64",
	} {
		if got := network(netip.MustParseAddr(addr)); got.String() != want {
			t.Errorf("%s counts as %v, want %s", addr, got, want)
		}
	}
	if network(netip.Addr{}).IsValid() {
		t.Error("no address counts as one")
	}
}
