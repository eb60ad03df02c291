package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// How long a stream may outlive its right.
const promised = 5 * time.Second

// An ending is how the right to a stream comes to its end.
type ending struct {
	name string
	to   string // where the page has to go, the beginning of it
	// open signs somebody in, to end for good at a moment that may be zero: only
	// end does it.
	open func(t *testing.T, m *mortals, name string) (guest, time.Time)
	end  func(m *mortals, g guest) error
}

// mortals are a house with accounts.
type mortals struct {
	*house
	access *access.Service
	random *rand.Rand
}

func (m *mortals) person(role access.Role, lens privacy.Lens) func(*testing.T, *mortals, string) (guest, time.Time) {
	return func(t *testing.T, m *mortals, name string) (guest, time.Time) {
		g, is := signedIn(t, m.access, account(t, m.access, name, role, lens))
		return g, is.Until
	}
}

func (m *mortals) change(g guest, edit func(*access.Account)) error {
	_, err := m.access.Change(context.Background(), operator, g.id, func(a *access.Account) error { edit(a); return nil })
	return err
}

// endings are all ways; Total and Reveal of the accounts are a few minutes.
func (m *mortals) endings() []ending {
	masked := privacy.Lens{Level: privacy.LastThree}
	viewer := m.person(access.Viewer, masked)
	return []ending{
		{"signs out", "/signin", viewer, func(m *mortals, g guest) error {
			r, err := http.NewRequest("POST", "http://localhost/signout", nil)
			if err != nil {
				return err
			}
			g.bring(r)
			res, err := m.client().Do(r)
			if err != nil {
				return err
			}
			if res.Body.Close(); res.StatusCode != http.StatusSeeOther {
				return fmt.Errorf("signing out answered %s", res.Status)
			}
			return nil
		}},
		{"is signed out", "/signin", viewer, func(m *mortals, g guest) error { return m.access.EndAll(context.Background(), operator, g.id) }},
		{"is disabled", "/signin", viewer, func(m *mortals, g guest) error { return m.change(g, func(a *access.Account) { a.Disabled = true }) }},
		{"is removed", "/signin", viewer, func(m *mortals, g guest) error { return m.access.Remove(context.Background(), operator, g.id) }},
		{"gets a password", "/signin", viewer, func(m *mortals, g guest) error {
			return m.access.SetPassword(context.Background(), operator, g.id, "seventeen blue horses")
		}},
		{"becomes a supervisor", "/?", viewer, func(m *mortals, g guest) error {
			return m.change(g, func(a *access.Account) { a.Role = access.Supervisor })
		}},
		{"becomes a viewer", "/?", m.person(access.Supervisor, privacy.Lens{}), func(m *mortals, g guest) error {
			return m.change(g, func(a *access.Account) { a.Role = access.Viewer })
		}},
		{"sees less", "/?", viewer, func(m *mortals, g guest) error {
			return m.change(g, func(a *access.Account) { a.OwnLevel, a.Level = true, privacy.Initials })
		}},
		{"sees one line", "/?", viewer, func(m *mortals, g guest) error {
			return m.change(g, func(a *access.Account) { a.Scope = privacy.NewScope(nil, []string{"1601"}) })
		}},
		{"stays too long", "/signin", viewer, nil},
		{"saw hidden numbers", "/?", func(t *testing.T, m *mortals, name string) (guest, time.Time) {
			g, is := signedIn(t, m.access, account(t, m.access, name, access.Supervisor, masked))
			until, err := m.access.Reveal(context.Background(), is, "a customer asks")
			if err != nil {
				t.Error(err)
			}
			return g, until
		}, nil},
		{"token is revoked", "/signin", func(t *testing.T, m *mortals, name string) (guest, time.Time) {
			return tokened(t, m.access, name, access.Viewer, time.Hour), time.Time{}
		}, func(m *mortals, g guest) error { return m.access.RevokeToken(context.Background(), operator, g.id) }},
		{"display is revoked", "/tv", func(t *testing.T, m *mortals, name string) (guest, time.Time) {
			g := pairedScreen(t, m.house, access.Settings{Name: name})
			return guest{g.id, func(r *http.Request) { g.bring(r); r.URL.RawQuery += "&display=1" }}, time.Time{}
		}, func(m *mortals, g guest) error {
			_, err := m.site.Displays.Revoke(context.Background(), g.id)
			return err
		}},
		{"token expires", "/signin", func(t *testing.T, m *mortals, name string) (guest, time.Time) {
			life := time.Minute + time.Duration(m.random.IntN(120_000))*time.Millisecond
			return tokened(t, m.access, name, access.Viewer, life), time.Now().Add(life)
		}, nil},
	}
}

// A thousand streams, each of which loses its right in one of all ways at a
// moment of its own: none outlives it by five seconds, every page is told where
// to go, and a browser that reads nothing is cut as well.
func TestNoStreamOutlivesItsRight(t *testing.T) {
	const batch = 100
	streams := 1000
	if testing.Short() || raceOn {
		streams = batch
	}
	seen := map[string]int{}
	var latest time.Duration
	for begin := 0; begin < streams; begin += batch {
		synctest.Test(t, func(t *testing.T) {
			s, err := access.New(access.Options{
				Dir: t.TempDir(), Total: 4 * time.Minute, Reveal: 2 * time.Minute, Hash: access.HashParams{Time: 1, Memory: 8, Threads: 1},
			})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			ran := make(chan error, 1)
			go func() { ran <- s.Run(ctx) }()
			h := open(t, func(c *Config) { c.Access, c.Streams = s, Streams{All: 1000, Each: 1000, FromOne: 1000} }, nil)
			h.up()
			h.calls()
			m := &mortals{h, s, rand.New(rand.NewPCG(uint64(begin), 5))}
			all := m.endings()
			var mu sync.Mutex // guards seen, latest
			var streams sync.WaitGroup
			for i := range batch {
				e := all[m.random.IntN(len(all))]
				reads := m.random.IntN(5) > 0
				wait := time.Duration(m.random.IntN(100_000)) * time.Millisecond
				g, until := e.open(t, m, fmt.Sprintf("guest%d", begin+i))
				streams.Go(func() {
					late := m.lose(t, e, g, until, wait, reads)
					mu.Lock()
					defer mu.Unlock()
					seen[e.name]++
					latest = max(latest, late)
				})
			}
			for i := range 60 { // calls go on all the while
				time.Sleep(2 * time.Second)
				h.ring(100+i, fmt.Sprintf("+3120555%04d", i))
			}
			streams.Wait()
			stop()
			h.stop()
			if err := <-ran; err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	t.Logf("%d streams, the latest ended %v after its right: %v", streams, latest, seen)
}

// lose opens a stream, takes the right to it away, and tells how much later it
// ended.
func (m *mortals) lose(t *testing.T, e ending, g guest, until time.Time, wait time.Duration, reads bool) (late time.Duration) {
	r, err := http.NewRequest("GET", "http://localhost/events?page=board&theme=dark", nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	g.bring(r)
	res, err := m.client().Do(r)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("%s: no stream: %v", e.name, err)
		return 0
	}
	defer res.Body.Close()
	var over time.Time
	var last event
	done := make(chan struct{})
	go func() {
		defer close(done)
		in := &reader{in: bufio.NewReader(res.Body)}
		for n := 0; reads || n < 2; n++ {
			ev, err := in.next()
			if err != nil {
				over = time.Now()
				return
			}
			last = ev
		}
	}()
	if e.end != nil {
		time.Sleep(wait)
		until = time.Now()
		if err := e.end(m, g); err != nil {
			t.Errorf("%s: %v", e.name, err)
		}
	}
	time.Sleep(time.Until(until) + promised)
	if !reads {
		<-done
		// What is in flight at most is a frame; behind it the connection is gone.
		began := time.Now()
		_, err := readAll(res)
		if took := time.Since(began); took > 0 {
			t.Errorf("%s: a stream that nobody read was open for %v after its time, %v", e.name, took, err)
		}
		return 0
	}
	select {
	case <-done:
	default:
		t.Errorf("%s: the stream goes on %v after its right, last with %s", e.name, promised, last.name)
		return promised
	}
	late = over.Sub(until)
	if late < 0 {
		t.Errorf("%s: the stream ended %v before its right, with %s", e.name, -late, last.name)
	}
	var said struct{ To string }
	if err := json.Unmarshal([]byte(last.data), &said); last.name != "ended" || err != nil || !strings.HasPrefix(said.To, e.to) {
		t.Errorf("%s: the last event is %s %s, want ended with an address that begins with %s", e.name, last.name, last.data, e.to)
	}
	return late
}

// The same over a real network, with a person who reads and one who stopped.
func TestAStreamEndsOverARealServer(t *testing.T) {
	t.Parallel()
	s := accounts(t)
	t.Cleanup(func() { s.Close() })
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go s.Run(ctx)
	th := realHouse(t, s)
	for _, reads := range []bool{true, false} {
		a := account(t, s, fmt.Sprintf("person-%v", reads), access.Viewer, privacy.Lens{Level: privacy.LastThree})
		g, _ := signedIn(t, s, a)
		r, err := http.NewRequest("GET", th+"/events?page=board", nil)
		if err != nil {
			t.Fatal(err)
		}
		g.bring(r)
		res, err := http.DefaultTransport.RoundTrip(r)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("no stream: %v %v", err, res)
		}
		in := &reader{in: bufio.NewReader(res.Body)}
		want(t, in, "snapshot")
		began := time.Now()
		if err := s.EndAll(t.Context(), operator, a.ID); err != nil {
			t.Fatal(err)
		}
		if !reads {
			time.Sleep(promised)
		}
		if e := want(t, in, "ended"); e.data != `{"to":"/signin"}` {
			t.Errorf("told to go to %s", e.data)
		}
		if _, err := in.next(); err == nil {
			t.Error("something came after the end")
		}
		if took := time.Since(began); reads && took > promised {
			t.Errorf("the stream went on for %v", took)
		}
		res.Body.Close()
		if again, err := http.DefaultTransport.RoundTrip(r); err != nil || again.StatusCode != http.StatusUnauthorized {
			t.Errorf("coming back was answered with %v, %v", again, err)
		} else {
			again.Body.Close()
		}
	}
}

// realHouse serves a board of two calls on loopback.
func realHouse(t *testing.T, s *access.Service) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, func(c *Config) { c.Access = s }, nil)
	stop := serve(t, l, h.handler, nil)
	t.Cleanup(func() { stop(); h.stop() })
	h.up()
	h.ring(1, "+31205550101")
	return "http://" + l.Addr().String()
}

// A file whose reader loses the right to it breaks off within five seconds and
// does not look whole; one whose reader keeps it arrives.
func TestAFileBreaksOffWithItsRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := accounts(t)
		ctx, stop := context.WithCancel(t.Context())
		ran := make(chan error, 1)
		go func() { ran <- s.Run(ctx) }()
		past := pastOf(t, time.Now(), time.FixedZone("CET", 3600))
		h := open(t, func(c *Config) { c.Access, c.History = s, past }, nil)
		h.up()
		for _, loses := range []bool{false, true} {
			a := account(t, s, fmt.Sprint("boss-", loses), access.Supervisor, privacy.Lens{})
			g, _ := signedIn(t, s, a)
			r, err := http.NewRequest("GET", "http://localhost/api/v1/history.csv?rows=journeys&from=1999-12-01T00:00:00Z", nil)
			if err != nil {
				t.Fatal(err)
			}
			g.bring(r)
			res, err := h.client().Do(r)
			if err != nil || res.StatusCode != http.StatusOK {
				t.Fatalf("%v %v", res, err)
			}
			if _, err := res.Body.Read(make([]byte, 100)); err != nil {
				t.Fatal(err)
			}
			if loses {
				if err := s.EndAll(t.Context(), operator, a.ID); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(promised)
			began := time.Now()
			if rest, err := readAll(res); (err == nil) == loses || time.Since(began) > 0 {
				t.Errorf("losing the right is %v: %d bytes more in %v, %v", loses, len(rest), time.Since(began), err)
			}
		}
		noted, err := s.Audit(t.Context(), access.AuditQuery{Event: access.Exported})
		if err != nil || len(noted) != 2 || noted[0].Party == "" {
			t.Errorf("the audit log has %+v, %v", noted, err)
		}
		h.stop()
		stop()
		if err := <-ran; err != nil {
			t.Error(err)
		}
		past.Close()
		s.Close()
	})
}
