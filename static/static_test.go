package static

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func get(t *testing.T, f *Files, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", url, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	if err := f.Serve(w, r, strings.TrimPrefix(url, Prefix)); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	return w.Result()
}

func text(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func must(t *testing.T, f *Files, name string) string {
	t.Helper()
	u, err := f.URL(name)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestNamesCarryTheirContent(t *testing.T) {
	tree := fstest.MapFS{
		"app.css":       {Data: []byte(`@font-face{src:url(fonts/a.woff2)} b{background:url("data:image/png;base64,AA")} c{src:url('/static/fonts/a.woff2')}`)},
		"fonts/a.woff2": {Data: []byte("one")},
	}
	first, err := build(tree)
	if err != nil {
		t.Fatal(err)
	}
	tree["fonts/a.woff2"] = &fstest.MapFile{Data: []byte("two")}
	second, err := build(tree)
	if err != nil {
		t.Fatal(err)
	}
	if must(t, first, "fonts/a.woff2") == must(t, second, "fonts/a.woff2") {
		t.Error("another font has the same name")
	}
	if must(t, first, "app.css") == must(t, second, "app.css") {
		t.Error("a style sheet that refers to another font has the same name")
	}
	css := text(t, get(t, first, must(t, first, "app.css")).Body)
	if n := strings.Count(css, `url("`+must(t, first, "fonts/a.woff2")+`")`); n != 2 {
		t.Errorf("font referred to %d times under its served name, want 2: %s", n, css)
	}
	if !strings.Contains(css, `url("data:image/png;base64,AA")`) {
		t.Errorf("data URL was changed: %s", css)
	}
}

func TestAReferenceToNothingFailsAtTheStart(t *testing.T) {
	_, err := build(fstest.MapFS{"app.css": {Data: []byte(`a{src:url(gone.woff2)}`)}})
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}
	f, err := build(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.URL("app.css"); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}
}

func TestServe(t *testing.T) {
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	js := must(t, f, "app.js")
	if !regexp.MustCompile(`^/static/app\.[0-9a-f]{12}\.js$`).MatchString(js) {
		t.Errorf("the page module is at %s", js)
	}
	plain := get(t, f, js)
	if got := plain.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control %q", got)
	}
	packed := get(t, f, js, "Accept-Encoding", "br, gzip;q=0.5")
	if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("not compressed: %v", packed.Header)
	}
	if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Error("both encodings have the same ETag")
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text(t, z) != text(t, plain.Body) {
		t.Error("compressed file differs from the plain one")
	}
	again := get(t, f, js, "If-None-Match", plain.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("known file answered with %d", again.StatusCode)
	}
	for _, name := range []string{"app.js", "nothing.css", "../static.go", "app.000000000000.js"} {
		if err := f.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", Prefix, nil), name); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: got %v, want ErrUnknown", name, err)
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br": false, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.000": false,
		"gzip;q=0.1": true, "*": true, "identity": false, "gzip;q=1.0": true,
	} {
		if got := AcceptsGzip(header); got != want {
			t.Errorf("Accept-Encoding %q: got %v", header, got)
		}
	}
}

func TestDevReadsTheDiskAtEachRequest(t *testing.T) {
	dir := t.TempDir()
	js := filepath.Join(dir, "app.js")
	for _, content := range []string{"one", "two"} {
		if err := os.WriteFile(js, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Dev(dir)
		if err != nil {
			t.Fatal(err)
		}
		res := get(t, f, must(t, f, "app.js"))
		if got := text(t, res.Body); got != content {
			t.Errorf("got %q, want %q", got, content)
		}
		if res.Header.Get("Cache-Control") != "no-store" {
			t.Error("may be cached")
		}
		for _, name := range []string{"../app.js", "/etc/passwd", "gone.js", "secret.txt"} {
			if err := f.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", Prefix, nil), name); !errors.Is(err, ErrUnknown) {
				t.Errorf("%s: got %v, want ErrUnknown", name, err)
			}
		}
	}
}

// The budget is 8 kB minified; whoever minifies also shortens names, which
// this rough measure (comments, indentation and line breaks gone) does not.
func TestThePageModuleStaysSmall(t *testing.T) {
	src, err := embedded.ReadFile("app.js")
	if err != nil {
		t.Fatal(err)
	}
	var size int
	for line := range strings.Lines(string(src)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "//") {
			continue
		}
		line, _, _ = strings.Cut(line, " // ")
		size += len(line)
	}
	if size > 12000 {
		t.Errorf("page module has %d bytes without comments and indentation", size)
	}
	for _, word := range []string{"eval(", "Function(", "document.write", "http://", "https://"} {
		if strings.Contains(string(src), word) {
			t.Errorf("page module contains %q", word)
		}
	}
}

// First paint: page, style, module and font must stay within 150 kB; the page
// itself is measured by package web.
func TestFirstPageBudget(t *testing.T) {
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range []string{"wall.js", "kept.js", "sw.js", "missed.js", "copy.js", "print.js", "history.js", "play.js"} {
		if _, err := f.URL(name); err != nil && name != "sw.js" {
			t.Errorf("%s is left out of the sum and is not there: %v", name, err)
		}
	}
	elsewhere := regexp.MustCompile(`^(wall|kept|sw|missed|copy|print|history|play)\.`) // modules that the board does not load
	for name, file := range f.served {
		if elsewhere.MatchString(name) {
			continue
		}
		if n := len(file.gzip); n > 0 {
			total += n
		} else {
			total += len(file.body)
		}
	}
	if total > 125_000 {
		t.Errorf("browser files take %d bytes over the wire", total)
	}
}

// The core of every page stays small; the weight that counts is without the
// comments, which is nearly what a minifier makes of it.
func TestCoreIsSmall(t *testing.T) {
	source, err := os.ReadFile("app.js")
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?m)^\s*//.*$|\s//[^'"\x60]*$|^\s+`).ReplaceAllString(string(source), "")
	bare = regexp.MustCompile(`\s*([=+\-*/<>?:;,{}()&|!]+)\s*`).ReplaceAllString(bare, "$1")
	if n := len(bare); n > 9800 {
		t.Errorf("app.js without comments and blanks has %d bytes: over the budget of 8000 minified", n)
	}
}

// A row that comes must not make the browser match the rest of the page anew:
// with ":has" on a frame around all rows, or with a sibling that may be
// anything, it does, and a filter takes half as long again.
func TestARowComesWithoutRestylingThePage(t *testing.T) {
	sheet, err := embedded.ReadFile("app.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, costly := range []string{
		`(?::root|[\s,{}>+~](?:html|body|main)|\.shell|\.wall|\.narrow|\.listing|\.calls|\.calltable)(?:[.\[:][^ >+~{},]*)?:has\(`,
		`[+~]\s*(?:\*|:not)`,
	} {
		if found := regexp.MustCompile(costly).FindAll(sheet, -1); found != nil {
			t.Errorf("selectors that every new row makes the browser look at again: %q", found)
		}
	}
}
