package oidc

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestASealOpensForItsProcessWholeAndInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := newSealer()
		if err != nil {
			t.Fatal(err)
		}
		b := begun{State: "s", Nonce: "n", Verifier: "v", Way: Way{To: "/missed?team=Sales"}, Until: time.Now().Add(Patience)}
		sealed := s.seal(b)
		if len(sealed) > 600 {
			t.Errorf("a cookie of %d bytes for a short address", len(sealed))
		}
		if got, ok := s.open(sealed, time.Now()); !ok || got.Way.To != b.Way.To || got.Verifier != b.Verifier {
			t.Fatalf("it opens to %+v, %v", got, ok)
		}
		for i := range len(sealed) {
			changed := []byte(sealed)
			changed[i] ^= 1
			if _, ok := s.open(string(changed), time.Now()); ok {
				t.Fatalf("opens with its byte %d changed", i)
			}
		}
		for _, other := range []string{"", sealed[1:], sealed[:len(sealed)-1], sealed + "A", sealed + "="} {
			if _, ok := s.open(other, time.Now()); ok {
				t.Errorf("%.20q... opens", other)
			}
		}
		another, err := newSealer()
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := another.open(sealed, time.Now()); ok {
			t.Error("another process opens it")
		}
		if s.seal(b) == sealed {
			t.Error("sealing the same twice gives the same")
		}
		time.Sleep(Patience)
		if _, ok := s.open(sealed, time.Now()); ok {
			t.Error("it opens when its time is over")
		}
	})
}
