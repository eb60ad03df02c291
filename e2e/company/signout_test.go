package company

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"callboard/e2e/company/provider"
)

// signOut signs out of the board.
func (b *browser) signOut(query string) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.w.board.URL("/signout"+query), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	_, next := b.step(r)
	if next == nil {
		b.t.Fatal("signing out leads nowhere")
	}
	a, _ := b.get(next.String(), nil)
	return a
}

// Who signed out is told that the company's sign-in goes on, and led to its end
// there and back again, in the language they read.
func TestSignOutAtTheCompany(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	anna := w.browser(t)
	anna.signIn("anna", "/")
	a := anna.signOut("?lang=nl&theme=dark")
	link := regexp.MustCompile(`href="([^"]*/end_session[^"]*)"`).FindStringSubmatch(a.body)
	if a.status != http.StatusOK || anna.in() || link == nil || !strings.Contains(a.body, "Ook daar uitloggen") {
		t.Fatalf("after signing out there is %s with %d: %s", a.url, a.status, text(a.body))
	}
	address, err := url.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
	if err != nil || address.Host != strings.TrimPrefix(w.Issuer, "http://") {
		t.Fatalf("the link leads to %s", link[1])
	}
	for name, want := range map[string]string{"client_id": "callboard", "post_logout_redirect_uri": w.board.URL("/signedout"), "ui_locales": "nl", "id_token_hint": ""} {
		if got := address.Query().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if a, _ = anna.get(address.String(), nil); a.status != http.StatusOK || a.url.Path != "/signedout" || !strings.Contains(a.body, "Uitgelogd") || strings.Contains(a.body, "end_session") || !strings.Contains(a.body, "/signin?lang=nl&amp;theme=dark") {
		t.Errorf("signing out there leads to %s with %d: %s", a.url, a.status, text(a.body))
	}
	if w.Asked("/end_session") != 1 {
		t.Errorf("the provider was asked %d times to end its session", w.Asked("/end_session"))
	}
	w.nothingInLog(t)
}

// A provider that tells of no such place is named instead.
func TestSignOutWhereTheProviderHasNoPlaceForIt(t *testing.T) {
	t.Parallel()
	w := begin(t, func(o *provider.Options) { o.NoEnd = true })
	anna := w.browser(t)
	anna.signIn("anna", "/")
	if a := anna.signOut(""); a.status != http.StatusOK || strings.Contains(a.body, "end_session") || !strings.Contains(a.body, "sign out at "+strings.TrimPrefix(w.Issuer, "http://")) {
		t.Errorf("after signing out there is %d: %s", a.status, text(a.body))
	}
}

// What went wrong is said in the language that was chosen before, whatever the
// browser likes: the provider leads back without it.
func TestARefusalSpeaksTheChosenLanguage(t *testing.T) {
	t.Parallel()
	w := begin(t, nil)
	b := w.browser(t)
	form, _ := b.get(w.board.URL("/signin/company?lang=nl&theme=dark"), nil)
	if form.url.Path != "/login" {
		t.Fatalf("%s with %d", form.url, form.status)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.Issuer+"/login", strings.NewReader(url.Values{"id": {form.url.Query().Get("id")}, "user": {"cook"}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, next := b.step(r)
	a, _ := b.get(next.String(), nil)
	if a.status != http.StatusForbidden || !strings.Contains(a.body, "Geen toegang tot Callboard") || !strings.Contains(a.body, "/signin?lang=nl&amp;theme=dark") {
		t.Errorf("it says %d: %s", a.status, text(a.body))
	}
}

// A token of a key that is too short is not believed, though its signature is
// right.
func TestAShortKeyIsRefused(t *testing.T) {
	t.Parallel()
	w := begin(t, func(o *provider.Options) { o.RSABits = 1024 })
	b := w.browser(t)
	if a := b.signIn("anna", "/"); a.status != http.StatusForbidden || !strings.Contains(a.body, "Sign-in not confirmed") || b.in() {
		t.Errorf("the board answers %d: %s", a.status, text(a.body))
	}
	if !strings.Contains(w.board.Log(), "2048 bits") {
		t.Error("the log does not say why")
	}
}
