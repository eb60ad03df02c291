package browser

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// open skips, or with CI=true fails, where there is no Chromium.
func open(t *testing.T, opt Options) *Tab {
	t.Helper()
	tab, err := Open(t.Context(), opt)
	if errors.Is(err, ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tab.Close)
	return tab
}

// The tests of the board trust Problems: a browser that reports nothing would
// let every one of them pass.
func TestProblemsAreSeen(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-x'")
		w.Write([]byte(`<!doctype html><title>x</title><p style="color:red">styled
			<script nonce=x>console.error("said so"); setTimeout(() => { throw Error("thrown") })</script>
			<script>document.title = "never"</script><img src="/picture">`))
	}))
	defer server.Close()
	tab := open(t, Options{})
	if err := tab.Go(server.URL); err != nil {
		t.Fatal(err)
	}
	want := []string{"said so", "Error: thrown", "inline style", "inline script", "/picture"}
	deadline := time.Now().Add(5 * time.Second)
	for _, part := range want {
		for !strings.Contains(strings.Join(tab.Problems(), "\n"), part) {
			if time.Now().After(deadline) {
				t.Fatalf("nothing about %q among the problems:\n%s", part, strings.Join(tab.Problems(), "\n"))
			}
			if err := tab.Until("true", time.Second); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestNoScriptRunsNothing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`<!doctype html><title>still</title><script>document.title = "ran"</script>`))
	}))
	defer server.Close()
	tab := open(t, Options{NoScript: true})
	if err := tab.Go(server.URL); err != nil {
		t.Fatal(err)
	}
	title, err := Eval[string](tab, "document.title")
	if err != nil || title != "still" {
		t.Errorf("title is %q, %v; want that of the page without script", title, err)
	}
}
