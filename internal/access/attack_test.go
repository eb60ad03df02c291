package access

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// address is one of as many networks as one likes.
func address(i int) netip.Addr {
	return netip.AddrFrom4([4]byte{byte(11 + i>>16), byte(i >> 8), byte(i), 9})
}

// TestFiveTries: a person who mistypes has five tries from one place, then waits
// ever longer, and begins anew after a quarter of an hour or with the right one.
func TestFiveTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := running(t, Options{})
		defer stop()
		add(t, s, "anna", Viewer)
		try := func(login, password string) error {
			_, err := s.SignIn(context.Background(), Attempt{Login: login, Password: password, Addr: home})
			return err
		}
		for _, login := range []string{"anna", "nobody"} { // who is not there is treated alike
			for i := range freeTries {
				if err := try(login, "wrong wrong"); !errors.Is(err, ErrRefused) {
					t.Fatalf("%s, try %d: %v", login, i, err)
				}
			}
			var before time.Duration
			for range 4 {
				later, ok := errors.AsType[*LaterError](try(login, secret))
				if !ok || later.After <= before {
					t.Fatalf("%s: %v after %v", login, later, before)
				}
				before = later.After
				time.Sleep(later.After)
				if err := try(login, "wrong wrong"); !errors.Is(err, ErrRefused) {
					t.Fatalf("%s, after waiting: %v", login, err)
				}
			}
			time.Sleep(mostDelay)
		}
		time.Sleep(tryWindow)
		for range 3 {
			for range freeTries - 1 {
				if err := try("anna", "wrong wrong"); !errors.Is(err, ErrRefused) {
					t.Fatal(err)
				}
			}
			if err := try("anna", secret); err != nil {
				t.Fatalf("the right one after %d wrong ones: %v", freeTries-1, err)
			}
		}
	})
}

// TestAttackDoesNotKeepThePersonOut: 100,000 tries from 1,000 networks, on one
// account and on others that are or are not there; who owns the account comes in
// within three seconds: with a browser that was here before, from a network that
// was, and as a complete stranger, once the attackers' networks have shown
// themselves: until then nothing tells a stranger from them.
func TestAttackDoesNotKeepThePersonOut(t *testing.T) {
	networks, tries, workers, least := 1000, int64(100_000), 200, 10
	if raceOn || testing.Short() {
		tries, least = 22_000, 1
	}
	office := netip.MustParseAddr("203.0.113.4")
	for name, c := range map[string]struct {
		before func(t *testing.T, s *Service) string // what happened before; the browser's cookie
		from   netip.Addr
		after  time.Duration
	}{
		"a known browser": {func(t *testing.T, s *Service) string {
			var c client
			if _, err := c.signIn(t, s, "anna", secret); err != nil {
				t.Fatal(err)
			}
			return s.Device(c.request())
		}, address(17), 0}, // in the very network of an attacker
		"a known network": {func(t *testing.T, s *Service) string {
			a, err := s.AccountOf("anna")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Start(httptest.NewRecorder(), httptest.NewRequest("POST", "/signin", nil), a, office); err != nil {
				t.Fatal(err)
			}
			return ""
		}, office, 0},
		"a stranger": {func(*testing.T, *Service) string { return "" }, office, 8 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, stop := running(t, Options{})
				defer stop()
				add(t, s, "anna", Administrator)
				for i := range 20 {
					add(t, s, fmt.Sprintf("person%d", i), Viewer)
				}
				device := c.before(t, s)
				// In place of work that takes a core, one that takes as long.
				s.slow = func() { time.Sleep(150 * time.Millisecond) }
				var sent, hashed, in atomic.Int64
				var all sync.WaitGroup
				over := make(chan struct{})
				for w := range workers {
					all.Go(func() {
						rnd := rand.New(rand.NewPCG(1, uint64(w)))
						for sent.Add(1) <= tries {
							login := "anna"
							switch rnd.IntN(4) {
							case 0:
								login = fmt.Sprintf("person%d", rnd.IntN(20))
							case 1:
								login = fmt.Sprintf("nobody%d", rnd.IntN(100000))
							}
							_, err := s.SignIn(context.Background(), Attempt{Login: login, Password: "wrong wrong", Addr: address(rnd.IntN(networks))})
							if errors.Is(err, ErrRefused) {
								hashed.Add(1)
							} else if _, ok := errors.AsType[*LaterError](err); !ok {
								in.Add(1)
							}
							time.Sleep(time.Duration(rnd.IntN(200)) * time.Millisecond)
						}
					})
				}
				go func() { all.Wait(); close(over) }()
				time.Sleep(c.after)
				var took []time.Duration
				for k := 0; ; k++ {
					select {
					case <-over:
					case <-time.After(2 * time.Second):
						if sent.Load() < tries {
							began := time.Now()
							_, err := s.SignIn(context.Background(), Attempt{Login: "anna", Password: secret, Addr: c.from, Device: device})
							took = append(took, time.Since(began))
							if err != nil {
								t.Errorf("try %d of the right person, after %d of the others: %v", k, sent.Load(), err)
							}
							continue
						}
						<-over
					}
					break
				}
				slices.Sort(took)
				if len(took) < least {
					t.Fatalf("the attack was over after %d sign-ins", len(took))
				}
				worst := took[len(took)-1]
				if worst > 3*time.Second {
					t.Errorf("the right person waited %v", worst)
				}
				if in.Load() > 0 {
					t.Errorf("%d attackers are in", in.Load())
				}
				if s.hasher.most > hashSlots {
					t.Errorf("%d hashes at a time", s.hasher.most)
				}
				t.Logf("%d tries, %d of them hashed; %d sign-ins, worst %v", tries, hashed.Load(), len(took), worst)
				for what, n := range map[string]int{"pairs": len(s.limits.pairs.items), "networks": len(s.limits.asked.items), "accounts": len(s.limits.accounts.items)} {
					if n > placesKept {
						t.Errorf("%d %s are remembered", n, what)
					}
				}
			})
		})
	}
}
