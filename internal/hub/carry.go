package hub

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Recorded pages are rendered by the same composers and templates as live
// ones, which know nothing of the record: what they show, and the codes made
// of it, is the same at the same moment. The moment is put into addresses
// afterwards, in this one place, so that no link can forget it.

// addressed are the attributes that hold an address of ours.
var addressed = [][]byte{[]byte(` href="/`), []byte(` action="/`), []byte(` formaction="/`), []byte(` data-url="/`), []byte(` data-stream="/`)}

// unmoved are paths that are the same at every moment.
var unmoved = append([]string{"/history", "/gaps", "/handover"}, unaddressed...)

// unaddressed are those that are also the same for everybody, or no pages.
var unaddressed = []string{"/static/", "/sw.js", "/manifest", "/favicon", "/storybook", "/api/"}

// The level of masking that somebody asked for goes along in the same way, on
// live pages too.

// timeless are fields that also pages without a moment have.
var timeless = []string{"mask"}

// carry adds fields to the addresses in html.
func carry(html []byte, fields map[string]string) []byte {
	if len(fields) == 0 {
		return html
	}
	out := make([]byte, 0, len(html)+len(html)/8)
	for {
		at, of := -1, 0
		for _, attribute := range addressed {
			if i := bytes.Index(html, attribute); i >= 0 && (at < 0 || i < at) {
				at, of = i, len(attribute)-1
			}
		}
		if at < 0 {
			return append(out, html...)
		}
		out = append(out, html[:at+of]...)
		html = html[at+of:]
		end := bytes.IndexByte(html, '"')
		if end < 0 {
			return append(out, html...)
		}
		out = append(out, moved(string(html[:end]), fields)...)
		html = html[end:]
		if tag := bytes.LastIndexByte(out, '<'); tag >= 0 && bytes.HasPrefix(out[tag:], []byte("<form")) {
			out, html = carryForm(out, html, tag, fields)
		}
	}
}

// carryForm adds hidden fields to a form that asks for a page: a browser drops
// the query of its action. out ends inside its tag, which begins at tag.
func carryForm(out, html []byte, tag int, fields map[string]string) ([]byte, []byte) {
	end := bytes.IndexByte(html, '>')
	if end < 0 {
		return out, html
	}
	out = append(out, html[:end+1]...)
	html = html[end+1:]
	if bytes.Contains(bytes.ToLower(out[tag:]), []byte(`method="post"`)) {
		return out, html
	}
	body := html
	if close := bytes.Index(body, []byte("</form")); close >= 0 {
		body = body[:close]
	}
	moment := bytes.Contains(body, []byte(`name="at"`)) || bytes.Contains(body, []byte(`data-moment`))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if moment && !slices.Contains(timeless, name) || bytes.Contains(body, []byte(`name="`+name+`"`)) {
			continue
		}
		out = append(out, `<input type="hidden" name="`+name+`" value="`+fields[name]+`"/>`...)
	}
	return out, html
}

// moved is an address, escaped for HTML, at the moment of a record.
func moved(address string, fields map[string]string) string {
	path, query, _ := strings.Cut(address, "?")
	query, fragment, _ := strings.Cut(query, "#")
	if path, of, found := strings.Cut(path, "#"); found {
		return moved(path, fields) + "#" + of
	}
	if slices.ContainsFunc(unaddressed, func(start string) bool { return strings.HasPrefix(path, start) }) {
		return address
	}
	var kept []string
	has := map[string]bool{}
	back := slices.ContainsFunc(unmoved, func(start string) bool { return strings.HasPrefix(path, start) })
	if query != "" {
		for field := range strings.SplitSeq(strings.ReplaceAll(query, "&amp;", "&"), "&") {
			name, _, _ := strings.Cut(field, "=")
			has[name] = true
			switch {
			case field == "at=":
				back = true
				continue
			case name == "at":
				back = true // it has a moment of its own
			}
			kept = append(kept, field)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if (!back || slices.Contains(timeless, name)) && (!has[name] || !slices.Contains(timeless, name)) {
			kept = append(kept, name+"="+url.QueryEscape(fields[name]))
		}
	}
	out := path
	if len(kept) > 0 {
		out += "?" + strings.Join(kept, "&amp;")
	}
	if fragment != "" {
		out += "#" + fragment
	}
	return out
}
