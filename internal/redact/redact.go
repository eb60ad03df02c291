// Package redact keeps what nobody may read out of logs and errors: secrets,
// telephone numbers, names. Its types print themselves without their value,
// whatever way they are printed; [Handler] is the net below, for texts that
// quote what they should not.
package redact

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
)

// A Secret is a password, a token or a key. Reveal is the one way to its value.
type Secret string

// Reveal is the value itself, for where it is needed.
func (s Secret) Reveal() string { return string(s) }

// A Phone is a telephone number. Printed, it has its length only.
type Phone string

// A Name is what somebody is called.
type Name string

// Public is a text that is said on purpose, though it looks like something else:
// the set-up link, with its code.
type Public string

func (s Secret) hidden() string {
	if s == "" {
		return "(no secret)"
	}
	return "(secret)"
}

func (p Phone) hidden() string {
	digits := 0
	for _, r := range p {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return fmt.Sprintf("(number of %d digits)", digits)
}

func (n Name) hidden() string {
	if n == "" {
		return "(no name)"
	}
	return "(name)"
}

// Ways of printing: slog, fmt with every verb, encoding/json and other texts.

func (s Secret) LogValue() slog.Value         { return slog.StringValue(s.hidden()) }
func (s Secret) String() string               { return s.hidden() }
func (s Secret) Format(f fmt.State, _ rune)   { io.WriteString(f, s.hidden()) }
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.hidden()), nil }

func (p Phone) LogValue() slog.Value         { return slog.StringValue(p.hidden()) }
func (p Phone) String() string               { return p.hidden() }
func (p Phone) Format(f fmt.State, _ rune)   { io.WriteString(f, p.hidden()) }
func (p Phone) MarshalText() ([]byte, error) { return []byte(p.hidden()), nil }

func (n Name) LogValue() slog.Value         { return slog.StringValue(n.hidden()) }
func (n Name) String() string               { return n.hidden() }
func (n Name) Format(f fmt.State, _ rune)   { io.WriteString(f, n.hidden()) }
func (n Name) MarshalText() ([]byte, error) { return []byte(n.hidden()), nil }

// number is what may be somebody's telephone number: seven digits and more, also
// with one space, dot, slash or hyphen between them, or with brackets. Dates and
// times of day are not meant, see dated.
var number = regexp.MustCompile(`\+?\(?[0-9](?:[ ./()-]{0,2}[0-9]){6,}`)

// dated is a date, which begins like one and is no number of anybody.
var dated = regexp.MustCompile(`^(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:$|[^0-9])`)

// marked is a token of ours, or a header with somebody's.
var marked = regexp.MustCompile(`cb[a-z]?_[A-Za-z0-9_.-]{8,}|(?i:bearer|basic|xelion)\s+[A-Za-z0-9+/=_.-]{8,}`)

// query is what an address may carry behind its question mark.
var query = regexp.MustCompile(`(https?|wss?)://[^\s"'?]+\?[^\s"']*`)

// Text is a text without what looks like a telephone number, a token, or the
// query of an address.
func Text(text string) string {
	const shortest, longest = 7, 32 // of what is looked for; a longer one is a sum
	if len(text) < shortest {
		return text
	}
	if strings.Contains(text, "://") {
		text = query.ReplaceAllStringFunc(text, func(u string) string { return u[:strings.IndexByte(u, '?')] + "?(hidden)" })
	}
	if strings.ContainsAny(text, "_ ") {
		text = marked.ReplaceAllString(text, "(secret)")
	}
	digits := 0
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			digits++
		}
	}
	if digits < shortest {
		return text
	}
	var out strings.Builder
	last := 0
	for _, at := range number.FindAllStringIndex(text, -1) {
		from, to := at[0], at[1]
		if to-from > longest || dated.MatchString(text[from:]) || word(text, from-1) || word(text, to) || address(text[from:to]) {
			continue
		}
		out.WriteString(text[last:from])
		out.WriteString("(number)")
		last = to
	}
	out.WriteString(text[last:])
	return out.String()
}

// address reports an IPv4 address, whose groups are short.
func address(text string) bool {
	groups := strings.Split(text, ".")
	if len(groups) != 4 {
		return false
	}
	for _, g := range groups {
		if len(g) == 0 || len(g) > 3 || strings.Trim(g, "0123456789") != "" {
			return false
		}
	}
	return true
}

// word reports a letter beside the digits: they are part of a hash or an id.
func word(text string, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	c := text[i]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

// Handler is one whose texts have gone through [Text]: messages, strings, and
// whatever is printed as text because it is no number, time or length of time.
// Attributes that are known to be safe, such as an address to listen on, are not
// changed by that either.
func Handler(h slog.Handler) slog.Handler { return handler{h} }

type handler struct{ slog.Handler }

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Text(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(attr(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = attr(a)
	}
	return handler{h.Handler.WithAttrs(clean)}
}

func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }

func attr(a slog.Attr) slog.Attr {
	if said, ok := a.Value.Any().(Public); ok {
		return slog.String(a.Key, string(said))
	}
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		v = slog.StringValue(Text(v.String()))
	case slog.KindGroup:
		group := make([]slog.Attr, len(v.Group()))
		for i, in := range v.Group() {
			group[i] = attr(in)
		}
		v = slog.GroupValue(group...)
	case slog.KindAny:
		switch any := v.Any().(type) {
		case nil, slog.Level, *slog.Source:
		case error:
			v = slog.StringValue(Text(any.Error()))
		default:
			v = slog.StringValue(Text(fmt.Sprintf("%+v", any)))
		}
	}
	return slog.Attr{Key: a.Key, Value: v}
}
