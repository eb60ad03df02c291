package capture

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A walker goes through JSON as it is written and replaces texts where they
// stand. What is no JSON goes through as well, with its letters and digits
// masked: structure, order, doubled keys and unknown fields survive.
type walker struct {
	a        *Anonymous
	in       []byte
	at       int
	out      []byte
	learning bool

	depth int      // of texts that hold JSON
	keys  []string // of the objects that are open; "" of an array
	key   string   // of the value that comes next
}

// all walks to the end.
func (w *walker) all() {
	if w.at == 0 && bytes.HasPrefix(w.in, []byte("\xef\xbb\xbf")) { // a byte order mark
		w.copy(3)
	}
	for w.at < len(w.in) {
		c := w.in[w.at]
		switch {
		case c == '"':
			w.string()
		case c == '{' || c == '[':
			w.keys = append(w.keys, w.key)
			w.copy(1)
		case c == '}' || c == ']':
			if n := len(w.keys); n > 0 {
				w.key, w.keys = w.keys[n-1], w.keys[:n-1]
			}
			w.copy(1)
		case c == '-' || c >= '0' && c <= '9':
			w.number()
		case wordByte(c):
			w.word()
		default: // space, comma, colon, and what should not be there
			w.copy(1)
		}
	}
}

func (w *walker) copy(n int) {
	w.out = append(w.out, w.in[w.at:w.at+n]...)
	w.at += n
}

// string replaces a text, or notes it as the key of what follows.
func (w *walker) string() {
	end := w.at + 1
	for end < len(w.in) && w.in[end] != '"' {
		if w.in[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(w.in) { // it never ends
		w.mask(len(w.in))
		return
	}
	raw := w.in[w.at : end+1]
	text, ok := unquote(raw)
	if !ok {
		w.mask(end + 1)
		return
	}
	next := end + 1
	for next < len(w.in) && (w.in[next] == ' ' || w.in[next] == '\t' || w.in[next] == '\n' || w.in[next] == '\r') {
		next++
	}
	class := classes[strings.ToLower(w.key)]
	if next < len(w.in) && w.in[next] == ':' { // a key: a name of the protocol, unless digits say otherwise
		w.key = text
		if digitCount(text) < 3 && len(text) <= 40 {
			w.copy(len(raw))
			return
		}
		class = unknown
	}
	w.at = end + 1
	if inner := strings.TrimSpace(text); strings.HasPrefix(inner, "{") || strings.HasPrefix(inner, "[") { // JSON in a text
		in := &walker{a: w.a, in: []byte(text), learning: w.learning, depth: w.depth + 1}
		if in.depth > 8 {
			in.mask(len(in.in))
		}
		in.all()
		w.out = append(w.out, quote(string(in.out))...)
		return
	}
	if now := w.a.text(class, text, w.learning); now == text {
		w.out = append(w.out, raw...)
	} else {
		w.out = append(w.out, quote(now)...)
	}
}

// number replaces a number that may stand for somebody.
func (w *walker) number() {
	end := w.at + 1
	for end < len(w.in) && strings.IndexByte("0123456789.eE+-", w.in[end]) >= 0 {
		end++
	}
	raw := string(w.in[w.at:end])
	class := classes[strings.ToLower(w.key)]
	if class == when && !pointInTime(raw) {
		class = unknown
	}
	if !digitsOnly(raw) || class == kept || class == when || len(raw) < 3 && class != identity && class != number {
		if !digitsOnly(raw) && class != kept && class != when && digitCount(raw) >= 5 {
			w.mask(end)
			return
		}
		w.copy(end - w.at)
		return
	}
	now := w.a.text(class, raw, w.learning)
	if !digitsOnly(now) && now != raw { // an id of leading zeros is no number in JSON anyway
		now = strconv.Itoa(len(w.a.names))
	}
	w.at = end
	w.out = append(w.out, now...)
}

// word keeps the words of JSON and masks all others.
func (w *walker) word() {
	end := w.at
	for end < len(w.in) && wordByte(w.in[end]) {
		end++
	}
	switch string(w.in[w.at:end]) {
	case "true", "false", "null":
		w.copy(end - w.at)
	default:
		w.mask(end)
	}
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= utf8.RuneSelf
}

// mask passes over what cannot be understood.
func (w *walker) mask(end int) {
	for _, c := range w.in[w.at:end] {
		switch {
		case c >= '0' && c <= '9':
			c = '0'
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf:
			c = 'x'
		}
		w.out = append(w.out, c)
	}
	w.at = end
}

func unquote(raw []byte) (string, bool) {
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil
}

func quote(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		return []byte(`""`) // a string: cannot be
	}
	return b
}
