package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"callboard/internal/hub"
	"callboard/views"
)

// query reads the query of a page; where it asks for no language it gets the
// viewer's own.
func (s *site) query(r *http.Request, page string) (hub.Query, error) {
	q, err := hub.ParseQuery(page, r.URL.Query())
	q.Speaks = cmp.Or(q.Lang, s.viewers(r))
	q.Lens = who(r).Lens
	if page == hub.PageWall {
		q.Lens = s.unrevealed(who(r))
	}
	q.Lens = q.Sees() // a stricter level may be asked for
	if page == hub.PageMissed {
		q.Who = s.viewerName(r)
	}
	return q, err
}

// viewers is the language of a viewer who asks for none: that of the setting,
// else the browser's, else English.
func (s *site) viewers(r *http.Request) string {
	return cmp.Or(s.Hub.Language(), accepted(r.Header.Values("Accept-Language")), views.Languages[0].Code)
}

// house is the language of a viewer of whom nothing is known.
func (s *site) house() string { return cmp.Or(s.Hub.Language(), views.Languages[0].Code) }

// spoken reports a language that the product speaks.
func spoken(code string) bool {
	for _, l := range views.Languages {
		if l.Code == code {
			return true
		}
	}
	return false
}

// accepted is the spoken language that a browser wants most, empty for none
// (RFC 9110, section 12.5.4). Of equals the first counts; a variant ("de-AT")
// is its language; "*" asks for nothing in particular.
func accepted(headers []string) string {
	best, weight := "", 0.0
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		tag, rest, _ := strings.Cut(part, ";")
		code, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		q := 1.0
		if name, value, ok := strings.Cut(strings.TrimSpace(rest), "="); ok && strings.EqualFold(strings.TrimSpace(name), "q") {
			var err error
			if q, err = strconv.ParseFloat(strings.TrimSpace(value), 64); err != nil {
				continue
			}
		}
		if spoken(code) && q > weight {
			best, weight = code, q
		}
	}
	return best
}

// tongue puts the words of a page's language into the context it is rendered
// with, and says in the headers what it depends on.
func (s *site) tongue(w http.ResponseWriter, r *http.Request, lang string) *http.Request {
	w.Header().Set("Content-Language", lang)
	if s.Hub.Language() == "" {
		vary(w.Header(), "Accept-Language")
	}
	return r.WithContext(views.WithRights(views.WithWords(r.Context(), views.WordsOf(lang)), rightsOf(r)))
}

// look is what an error page takes over from the address it stands at: language
// and theme, where they can be used.
func (s *site) look(r *http.Request) hub.Query {
	v := r.URL.Query()
	q := hub.Query{Page: "error", Speaks: s.viewers(r)}
	if lang := strings.ToLower(v.Get("lang")); spoken(lang) {
		q.Lang, q.Speaks = lang, lang
	}
	if theme, err := hub.ParseQuery(hub.PageStatus, url.Values{"theme": v["theme"]}); err == nil {
		q.Theme = theme.Theme
	}
	return q
}

// choices is the menu of languages: this very page in each.
func choices(q hub.Query, address func(hub.Query) string) []views.LangItem {
	items := make([]views.LangItem, len(views.Languages))
	for i, l := range views.Languages {
		of := q
		of.Lang = l.Code
		items[i] = views.LangItem{Code: l.Code, Name: l.Name, URL: address(of), Current: l.Code == q.Speaks}
	}
	return items
}

// here is the address of a request in another language. One that could be read
// as another host's is not repeated.
func here(r *http.Request) func(hub.Query) string {
	return func(q hub.Query) string {
		if r.Method != http.MethodGet && r.Method != http.MethodHead || !strings.HasPrefix(r.URL.Path, "/") ||
			strings.HasPrefix(r.URL.Path, "//") || strings.Contains(r.URL.Path, `\`) {
			return hub.Query{Page: hub.PageBoard, Lang: q.Lang, Theme: q.Theme}.URL()
		}
		v := r.URL.Query()
		v.Set("lang", q.Lang)
		return (&url.URL{Path: r.URL.Path, RawQuery: v.Encode()}).String()
	}
}
