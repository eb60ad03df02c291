package e2e

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// A surfer is somebody with a browser without script: follows links and presses
// buttons by what stands on them, and keeps cookies.
type surfer struct {
	t    *testing.T
	http *http.Client
	at   *url.URL
	page string
	code int
}

func newSurfer(t *testing.T, base string) *surfer {
	t.Helper()
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil) // fails never without options
	return &surfer{t: t, http: &http.Client{Jar: jar}, at: at}
}

func (s *surfer) ask(method, address string, form url.Values) {
	s.t.Helper()
	to, err := s.at.Parse(address)
	if err != nil {
		s.t.Fatal(err)
	}
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(form.Encode())
	} else if form != nil {
		to.RawQuery = form.Encode()
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, to.String(), body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.at, s.page, s.code = answer.Request.URL, string(text), answer.StatusCode
}

// visit opens an address.
func (s *surfer) visit(address string) string {
	s.t.Helper()
	s.ask(http.MethodGet, address, nil)
	return s.page
}

// must is visit of a page that has to be there.
func (s *surfer) must(address string) string {
	s.t.Helper()
	if s.visit(address); s.code != http.StatusOK {
		s.t.Fatalf("%s: %d\n%.500s", address, s.code, s.text())
	}
	return s.page
}

var (
	anchors  = regexp.MustCompile(`(?s)<a\b([^>]*)>(.*?)</a>`)
	forms    = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	inputs   = regexp.MustCompile(`<(input)\b([^>]*)>()`)
	choosers = regexp.MustCompile(`(?s)<(select|textarea)\b([^>]*)>(.*?)</(?:select|textarea)>`)
	buttons  = regexp.MustCompile(`(?s)<button\b([^>]*)>(.*?)</button>`)
	options  = regexp.MustCompile(`(?s)<option\b([^>]*)>`)
	tags     = regexp.MustCompile(`(?s)<(?:script|style|template)\b.*?</(?:script|style|template)>|<[^>]*>`)
	blanks   = regexp.MustCompile(`\s+`)
)

// words is what stands between tags.
func wordsOf(markup string) string {
	return strings.TrimSpace(blanks.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(markup, " ")), " "))
}

// text is what the page says.
func (s *surfer) text() string { return wordsOf(s.page) }

func attribute(markup, name string) (string, bool) {
	m := regexp.MustCompile(`(?:^|\s)` + name + `(?:="([^"]*)")?(?:[\s/]|$)`).FindStringSubmatch(markup)
	if m == nil {
		return "", false
	}
	return html.UnescapeString(m[1]), true
}

// follow goes where the link with these words leads.
func (s *surfer) follow(words string) string {
	s.t.Helper()
	for _, a := range anchors.FindAllStringSubmatch(s.page, -1) {
		label, _ := attribute(a[1], "aria-label")
		if wordsOf(a[2]) != words && label != words {
			continue
		}
		href, _ := attribute(a[1], "href")
		return s.must(href)
	}
	s.t.Fatalf("%s has no link %q:\n%.2000s", s.at.Path, words, s.text())
	return ""
}

// press fills in the form of the button with these words and sends it: fields
// keep what stands in them unless said otherwise.
func (s *surfer) press(words string, fill url.Values) string {
	s.t.Helper()
	for _, f := range forms.FindAllStringSubmatch(s.page, -1) {
		pressed := false
		for _, b := range buttons.FindAllStringSubmatch(f[2], -1) {
			label, _ := attribute(b[1], "aria-label")
			pressed = pressed || wordsOf(b[2]) == words || label == words
		}
		if !pressed {
			continue
		}
		form, offered := s.filled(f[2]), map[string]bool{}
		for _, c := range controlsOf(f[2]) {
			name, _ := attribute(c[2], "name")
			offered[name] = true
		}
		for name, values := range fill {
			if !offered[name] {
				s.t.Fatalf("the form of %q has no field %q", words, name)
			}
			form[name] = values
		}
		action, _ := attribute(f[1], "action")
		method := http.MethodGet
		if m, _ := attribute(f[1], "method"); strings.EqualFold(m, "post") {
			method = http.MethodPost
		}
		s.ask(method, action, form)
		return s.page
	}
	s.t.Fatalf("%s has no button %q:\n%.2000s", s.at.Path, words, s.text())
	return ""
}

// controlsOf are the fields of a form: what they are, their attributes, what is
// between their tags.
func controlsOf(markup string) [][]string {
	return append(inputs.FindAllStringSubmatch(markup, -1), choosers.FindAllStringSubmatch(markup, -1)...)
}

// filled is what stands in the fields of a form.
func (s *surfer) filled(markup string) url.Values {
	form := url.Values{}
	for _, c := range controlsOf(markup) {
		name, named := attribute(c[2], "name")
		if !named {
			continue
		}
		value, _ := attribute(c[2], "value")
		kind, _ := attribute(c[2], "type")
		_, checked := attribute(c[2], "checked")
		switch {
		case c[1] == "textarea":
			form.Set(name, html.UnescapeString(c[3]))
		case c[1] == "select":
			for i, o := range options.FindAllStringSubmatch(c[3], -1) {
				value, _ := attribute(o[1], "value")
				if _, chosen := attribute(o[1], "selected"); chosen || i == 0 {
					form.Set(name, value)
				}
			}
		case kind == "checkbox" || kind == "radio":
			if checked {
				form.Add(name, value)
			}
		default:
			form.Add(name, value)
		}
	}
	return form
}
