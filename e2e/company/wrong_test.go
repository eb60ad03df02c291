package company

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"callboard/e2e/company/provider"
)

// TestNoWrongAnswerSignsAnybodyIn has the provider, or whoever stands between,
// answer wrongly in every way, and browsers come back with what is not theirs.
func TestNoWrongAnswerSignsAnybodyIn(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	foreign, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ago := func(d time.Duration) int64 { return time.Now().Add(-d).Unix() }
	var another string // an ID token of somebody else's sign-in
	w.Mend(func(a *provider.Answer) { another = a.IDToken() })
	if b := w.browser(t); b.signIn("boss", "/").status != http.StatusOK || !b.in() || another == "" {
		t.Fatal("the right answer signs nobody in, so that wrong ones prove nothing")
	}

	says := func(changes map[string]any) func(*provider.Answer) {
		return func(a *provider.Answer) { a.Say(changes) }
	}
	tokens := map[string]func(*provider.Answer){
		"algorithm none": func(a *provider.Answer) { a.Unsigned("none") },
		"algorithm None": func(a *provider.Answer) { a.Unsigned("None") },
		"our secret as the key": func(a *provider.Answer) {
			a.Sign(nil, jose.HS256, []byte(w.secret + strings.Repeat("\x00", 32))[:32], a.KeyID())
		},
		"the public key as a secret":      func(a *provider.Answer) { a.Sign(nil, jose.HS256, public(t, a.Public()), a.KeyID()) },
		"a foreign key of the right name": func(a *provider.Answer) { a.Sign(nil, jose.RS256, foreign, a.KeyID()) },
		"a foreign key of no name":        func(a *provider.Answer) { a.Sign(nil, jose.RS256, foreign, "") },
		"a foreign key of another name":   func(a *provider.Answer) { a.Sign(nil, jose.RS256, foreign, "key-x") },
		"a foreign curve":                 func(a *provider.Answer) { a.Sign(nil, jose.ES256, curve, a.KeyID()) },
		"a foreign key inside":            func(a *provider.Answer) { a.Carry(foreign) },
		"RS512 by the right key":          func(a *provider.Answer) { a.SignAs(jose.RS512) },
		"PS256 by the right key":          func(a *provider.Answer) { a.SignAs(jose.PS256) },
		"another issuer":                  says(map[string]any{"iss": "https://evil.example"}),
		"the issuer with a slash":         says(map[string]any{"iss": w.Issuer + "/"}),
		"another audience":                says(map[string]any{"aud": "shop", "azp": nil}),
		"an audience beside us":           says(map[string]any{"aud": []string{"callboard", "shop"}, "azp": nil}),
		"another's party":                 says(map[string]any{"azp": "shop"}),
		"expired":                         says(map[string]any{"exp": ago(61 * time.Second)}),
		"without an end":                  says(map[string]any{"exp": nil}),
		"not valid yet":                   says(map[string]any{"nbf": ago(-90 * time.Second)}),
		"issued in the future":            says(map[string]any{"iat": ago(-90 * time.Second)}),
		"another nonce":                   says(map[string]any{"nonce": "n"}),
		"no nonce":                        says(map[string]any{"nonce": nil}),
		"nobody":                          says(map[string]any{"sub": ""}),
		"another access token's hash":     says(map[string]any{"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
		"changed, with the old signature": func(a *provider.Answer) { a.Change(map[string]any{"sub": "4713"}) },
		"without its signature":           func(a *provider.Answer) { a.Set("id_token", a.IDToken()[:strings.LastIndex(a.IDToken(), ".")+1]) },
		"cut off":                         func(a *provider.Answer) { a.Set("id_token", a.IDToken()[:len(a.IDToken())/2]) },
		"no token at all":                 func(a *provider.Answer) { a.Set("id_token", "") },
		"no ID token":                     func(a *provider.Answer) { a.Set("id_token", nil) },
		"another sign-in's token":         func(a *provider.Answer) { a.Set("id_token", another) },
		"an answer without end":           func(a *provider.Answer) { a.Set("more", strings.Repeat("x", 2<<20)) },
		"no answer but an error": func(a *provider.Answer) {
			a.Status, a.Body = http.StatusInternalServerError, []byte(`{"error":"canary"}`)
		},
		"a page instead": func(a *provider.Answer) { a.Body = []byte("<html>") },
	}
	for name, wrong := range tokens {
		t.Run(name, func(t *testing.T) {
			b := w.browser(t)
			next := b.toBack("anna", "/")
			w.Mend(wrong)
			a, _ := b.get(next.String(), nil)
			if a.status != http.StatusForbidden && a.status != http.StatusServiceUnavailable || b.in() {
				t.Errorf("the board answers %d: %s", a.status, text(a.body))
			}
			if strings.Contains(a.body, "eyJ") || strings.Contains(a.body, "canary") || strings.Contains(a.body, next.Query().Get("code")) {
				t.Errorf("the page tells what it should not: %s", a.body)
			}
		})
	}

	// What a browser brings back. Each may change the address that it was led to,
	// and who comes with it.
	with := func(u *url.URL, change func(url.Values)) *url.URL {
		q, to := u.Query(), *u
		change(q)
		to.RawQuery = q.Encode()
		return &to
	}
	answers := map[string]func(t *testing.T, b *browser, to *url.URL) (*browser, *url.URL){
		"another state": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Set("state", "x"+q.Get("state")[1:]) })
		},
		"no state": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Del("state") })
		},
		"two states": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Add("state", q.Get("state")) })
		},
		"two codes": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Add("code", "x") })
		},
		"no code": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Del("code") })
		},
		"a code nobody gave": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Set("code", "x") })
		},
		"an error beside a code": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Set("error", "canary") })
		},
		"another provider's name": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b, with(to, func(q url.Values) { q.Set("iss", "https://evil.example") })
		},
		"another browser's answer": func(t *testing.T, _ *browser, to *url.URL) (*browser, *url.URL) { // somebody is to be signed in as somebody else
			victim := w.browser(t)
			victim.toBack("anna", "/")
			return victim, to
		},
		"an answer without a question": func(t *testing.T, _ *browser, to *url.URL) (*browser, *url.URL) {
			return w.browser(t), to
		},
		"another sign-in's code": func(t *testing.T, b *browser, to *url.URL) (*browser, *url.URL) { // PKCE: the verifier is not that of the code
			stolen := w.browser(t).toBack("boss", "/").Query().Get("code")
			return b, with(to, func(q url.Values) { q.Set("code", stolen) })
		},
		"an answer that was used": func(t *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			b.get(to.String(), nil)
			if !b.in() {
				t.Fatal("it does not sign in the first time")
			}
			return b.without("callboard"), to
		},
		"a code that was used": func(t *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			used := to.Query().Get("code")
			b.get(to.String(), nil)
			other := w.browser(t)
			return other, with(other.toBack("anna", "/"), func(q url.Values) { q.Set("code", used) })
		},
		"a cookie that was changed": func(_ *testing.T, b *browser, to *url.URL) (*browser, *url.URL) {
			return b.spoil("callboard-company"), to
		},
	}
	for name, wrong := range answers {
		t.Run(name, func(t *testing.T) {
			b := w.browser(t)
			b, to := wrong(t, b, b.toBack("anna", "/"))
			a, _ := b.get(to.String(), nil)
			if a.status != http.StatusForbidden && a.status != http.StatusBadRequest || b.in() {
				t.Errorf("the board answers %d: %s", a.status, text(a.body))
			}
			if strings.Contains(a.body, "canary") {
				t.Errorf("the page repeats what was sent: %s", a.body)
			}
		})
	}
	if n := len(tokens) + len(answers); n < 40 {
		t.Errorf("only %d wrong answers", n)
	}
	w.Mend(nil)
	if b := w.browser(t); b.signIn("anna", "/").status != http.StatusOK || !b.in() {
		t.Error("after all that the right answer signs nobody in")
	}
	w.nothingInLog(t)
}

func TestAWeakSignInIsRefused(t *testing.T) {
	t.Parallel()
	w := begin(t, nil, "--oidc-amr", "otp,hwk")
	if b := w.browser(t); b.signIn("anna", "/").status != http.StatusOK || !b.in() {
		t.Error("a second factor is not enough")
	}
	b := w.browser(t)
	if a := b.signIn("boss", "/"); a.status != http.StatusForbidden || !strings.Contains(a.body, "second factor") || b.in() {
		t.Errorf("without a second factor the board answers %d: %s", a.status, text(a.body))
	}
}

// public is a public key as it is published.
func public(t *testing.T, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}
