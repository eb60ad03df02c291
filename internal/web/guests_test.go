package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// operator stands for whoever may do anything.
var operator = access.Who{Kind: access.Local, ID: "local", Name: "operator"}

// elsewhere is the address from which guests come.
var elsewhere = netip.MustParseAddr("192.0.2.1")

// accounts opens a file of accounts, which a bubble's end closes.
func accounts(t *testing.T) *access.Service {
	t.Helper()
	s, err := access.New(access.Options{Dir: t.TempDir(), Hash: access.HashParams{Time: 1, Memory: 8, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A guest is somebody with what they bring.
type guest struct {
	id    int64 // of the account or token
	bring func(*http.Request)
}

func nobody(*http.Request) {}

// account makes one without a password: guests are signed in by hand.
func account(t *testing.T, s *access.Service, login string, role access.Role, lens privacy.Lens) access.Account {
	t.Helper()
	a, err := s.Add(context.Background(), operator, access.NewAccount{
		Login: login, Name: "Guest " + login, Role: role, OwnLevel: lens.Level != role.Level(), Level: lens.Level, Scope: lens.Scope,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// signedIn is a browser of an account, with the session it got.
func signedIn(t *testing.T, s *access.Service, a access.Account) (g guest, is access.Who) {
	t.Helper()
	w := httptest.NewRecorder()
	is, err := s.Start(w, httptest.NewRequest("GET", "http://localhost/", nil), a, elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	cookies := w.Result().Cookies()
	return guest{a.ID, func(r *http.Request) {
		for _, c := range cookies {
			r.AddCookie(c)
		}
	}}, is
}

// tokened is a program.
func tokened(t *testing.T, s *access.Service, name string, role access.Role, life time.Duration) guest {
	t.Helper()
	token, secret, err := s.AddToken(context.Background(), operator, access.NewToken{Name: name, Role: role, Expires: time.Now().Add(life)})
	if err != nil {
		t.Fatal(err)
	}
	return guest{token.ID, bearing(secret)}
}

func bearing(secret string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+secret) }
}

// pairedScreen is a screen with a view of its own, its page open.
func pairedScreen(t *testing.T, h *house, s access.Settings) guest {
	t.Helper()
	token, code, err := h.site.Displays.Wait(access.Sighting{Addr: elsewhere}, "")
	if err != nil {
		t.Fatal(err)
	}
	s.View, s.Level, s.Expires = "/wall?layout=numbers", privacy.LastThree, time.Now().Add(access.DisplayLife)
	d, err := h.site.Displays.Pair(t.Context(), operator, elsewhere, code.Text, s)
	if err != nil {
		t.Fatal(err)
	}
	return guest{d.ID, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: displayCookie, Value: token}) }}
}
