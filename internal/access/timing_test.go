package access

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"
)

// TestRefusalsAreAlike: who is not there, who is disabled, who has no password
// and who has another get the same words after the same work, and so do names
// that nobody could have.
func TestRefusalsAreAlike(t *testing.T) {
	s := open(t, Options{})
	ctx := context.Background()
	add(t, s, "anna", Administrator)
	b := add(t, s, "bob", Viewer)
	if _, err := s.Change(ctx, operator, b.ID, func(a *Account) error { a.Disabled = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(ctx, operator, NewAccount{Login: "carl"}); err != nil {
		t.Fatal(err)
	}
	var hashes int
	s.slow = func() { hashes++ }
	n := 0
	for name, try := range map[string]Attempt{
		"wrong": {Login: "anna", Password: "wrong wrong"}, "unknown": {Login: "nobody", Password: secret}, "disabled": {Login: "bob", Password: secret},
		"without a password": {Login: "carl", Password: secret}, "empty": {}, "no password": {Login: "anna"},
		"too long": {Login: "anna", Password: string(make([]byte, 300))}, "not text": {Login: "\xff", Password: "\xff"},
	} {
		hashes = 0
		n++
		try.Addr = netip.AddrFrom4([4]byte{100, 64, byte(n), 1})
		a, err := s.SignIn(ctx, try)
		if !errors.Is(err, ErrRefused) || err.Error() != ErrRefused.Error() || a != (Account{}) || hashes != 1 {
			t.Errorf("%s: %+v, %v after %d hashes", name, a, err, hashes)
		}
	}
}

// TestRefusalsTakeAsLong measures it with the hash that is in use. What counts
// hashes is the exact test; this one would notice work beside them, and says
// nothing less coarse on a machine that does other things as well.
func TestRefusalsTakeAsLong(t *testing.T) {
	if raceOn || testing.Short() {
		t.Skip("takes three seconds of hashing")
	}
	s := open(t, Options{Hash: StandardHash})
	ctx := context.Background()
	add(t, s, "anna", Administrator)
	took := map[string][]time.Duration{}
	for i := range 12 {
		for _, login := range []string{"anna", "nobody"} { // in turn, so that noise meets both
			s.limits = newLimits()
			began := time.Now()
			if _, err := s.SignIn(ctx, Attempt{Login: login, Password: "wrong wrong", Addr: address(i)}); !errors.Is(err, ErrRefused) {
				t.Fatal(err)
			}
			took[login] = append(took[login], time.Since(began))
		}
	}
	// The fastest of each is what noise disturbed least.
	known, unknown := slices.Min(took["anna"]), slices.Min(took["nobody"])
	if ratio := float64(known) / float64(unknown); ratio < 0.7 || ratio > 1.4 {
		t.Errorf("a wrong password takes %v, an unknown name %v", known, unknown)
	} else {
		t.Logf("a wrong password takes %v, an unknown name %v: a ratio of %.2f", known, unknown, ratio)
	}
}
