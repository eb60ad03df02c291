package web

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The stories in testdata/http are what a client sees of every route:
//
//	given live         the state of the board: nothing, live (empty), calls, doubt (calls that went through a gap),
//	                   or missed (calls of which one gave up)
//	with storybook     an option of the server: storybook, or history (ten days of it, see pastOf)
//
//	> GET /wall        a request
//	> Host: localhost  and its headers
//	+ by=Eva           and its body; LONG and HUGE are 301 and 9,000 letters, EPOCH the present one
//	< 200              the status of its answer
//	< Vary: a|b        a header; "-" means that it is not there
//	= text             the body contains it
//	! text             the body does not
//
// A stream is read for six seconds. Words after # explain.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/http/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { tellStory(t, string(text)) })
		})
	}
}

func tellStory(t *testing.T, text string) {
	var h *house
	given, storybook, kept := "nothing", false, false
	var ends []func() error
	begin := func() {
		if h != nil {
			return
		}
		h = open(t, func(c *Config) {
			if kept {
				past := pastOf(t, time.Now(), time.FixedZone("CET", 3600))
				c.History = past
				ends = append(ends, past.Close)
			}
			if storybook {
				c.Storybook = Storybook
			}
		}, nil)
		if given != "nothing" {
			h.up()
		}
		if given == "calls" || given == "doubt" || given == "missed" {
			h.calls()
		}
		if given == "missed" {
			h.gaveUp()
		}
		if given == "doubt" {
			h.gap()
		}
		synctest.Wait()
	}
	var request []string
	var got *answer
	for n, line := range strings.Split(text, "\n") {
		n++
		mark, rest, _ := strings.Cut(line, " ")
		if mark != ">" && mark != "+" && request != nil {
			begin()
			got = h.ask(t, request)
			request = nil
		}
		switch mark {
		case "", "#":
		case "given":
			given = rest
		case "with":
			storybook, kept = storybook || rest == "storybook", kept || rest == "history"
		case ">":
			request = append(request, rest)
		case "+":
			request = append(request, "\n"+rest)
		case "<":
			name, want, isHeader := strings.Cut(rest, ": ")
			if !isHeader {
				if got.status != rest {
					t.Errorf("line %d: %s answered %s, want %s: %.300s", n, got.request, got.status, rest, got.body)
				}
				continue
			}
			value := got.header.Get(name)
			if want == "-" && value != "" || want != "-" && !strings.Contains(value, want) {
				t.Errorf("line %d: %s has %s: %q, want %q", n, got.request, name, value, want)
			}
		case "=":
			if !strings.Contains(got.body, rest) {
				t.Errorf("line %d: %s does not contain %q: %.2000s", n, got.request, rest, got.body)
			}
		case "!":
			if strings.Contains(got.body, rest) {
				t.Errorf("line %d: %s contains %q", n, got.request, rest)
			}
		default:
			t.Fatalf("line %d: a story has no %q", n, mark)
		}
	}
	if h == nil {
		t.Fatal("a story without a request")
	}
	h.stop()
	for _, end := range ends {
		if err := end(); err != nil {
			t.Error(err)
		}
	}
}

// answer is what came back, with what changes from run to run made constant.
type answer struct {
	request, status string
	header          http.Header
	body            string
}

var changing = regexp.MustCompile(`[0-9a-f]{16}`)

func (h *house) ask(t *testing.T, lines []string) *answer {
	t.Helper()
	method, path, _ := strings.Cut(lines[0], " ")
	ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, "http://localhost"+strings.ReplaceAll(path, "EPOCH", h.hub.Epoch()), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		if body, is := strings.CutPrefix(line, "\n"); is {
			body = strings.NewReplacer("LONG", strings.Repeat("x", 301), "HUGE", strings.Repeat("x", 9000), "EPOCH", h.hub.Epoch()).Replace(body)
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
			continue
		}
		name, value, _ := strings.Cut(line, ": ")
		value = strings.ReplaceAll(value, "EPOCH", h.hub.Epoch())
		if name == "Host" {
			r.Host = value
		}
		r.Header.Set(name, value)
	}
	res, err := h.client().Do(r)
	if err != nil {
		t.Fatalf("%s: %v", lines[0], err)
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil && ctx.Err() == nil {
		t.Fatalf("%s: %v", lines[0], err)
	}
	checkHeaders(t, lines[0], res)
	if method == http.MethodHead && len(body) > 0 {
		t.Errorf("%s has a body", lines[0])
	}
	return &answer{lines[0], res.Status[:3], res.Header, changing.ReplaceAllString(string(body), "EPOCH")}
}

// checkHeaders is the gate that every answer goes through.
func checkHeaders(t *testing.T, request string, res *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy":      policy,
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           permissions,
	} {
		if got := res.Header.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s (%d): %s is %q", request, res.StatusCode, name, got)
		}
	}
	cached := res.Header.Get("Cache-Control")
	if _, isFile := strings.CutPrefix(res.Request.URL.Path, "/static/"); isFile && res.StatusCode == http.StatusOK {
		if !strings.Contains(cached, "immutable") {
			t.Errorf("%s: Cache-Control is %q", request, cached)
		}
	} else if res.Request.URL.Path == "/sw.js" && res.StatusCode == http.StatusOK {
		if cached != "no-cache" { // asked for anew, but kept: it has to work when the server is away
			t.Errorf("%s: Cache-Control is %q", request, cached)
		}
	} else if !strings.Contains(cached, "no-store") {
		t.Errorf("%s (%d): Cache-Control is %q, may be kept", request, res.StatusCode, cached)
	}
	if res.StatusCode != http.StatusNotModified && res.Header.Get("Content-Type") == "" {
		t.Errorf("%s (%d): no Content-Type", request, res.StatusCode)
	}
}

// What a browser fetches to show the board for the first time.
func TestFirstPageOverTheWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		h.calls()
		for i := range 100 {
			h.ring(i, "+31205550101")
		}
		weigh := func(path string) int {
			r, err := http.NewRequest("GET", "http://localhost"+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", "gzip")
			res, err := h.client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != http.StatusOK {
				t.Fatalf("%s answered %s", path, res.Status)
			}
			return len(read(t, res))
		}
		res, err := h.client().Get("http://localhost/")
		if err != nil {
			t.Fatal(err)
		}
		page := read(t, res)
		total := weigh("/")
		files := regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1)
		if len(files) < 4 {
			t.Fatalf("the page refers to %v, want style, module, font and icon", files)
		}
		for _, f := range files {
			total += weigh(f[1])
		}
		if foreign := regexp.MustCompile(`(?:href|src)="(?:https?:)?//`).FindString(page); foreign != "" {
			t.Errorf("the page asks another server: %s", foreign)
		}
		t.Logf("first page with 100 calls: %d bytes over the wire", total)
		if total > 150_000 {
			t.Errorf("the first page takes %d bytes over the wire, budget 150,000", total)
		}
		h.stop()
	})
}
