package oidc

import (
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// skew is how far the provider's clock and ours may differ.
const skew = time.Minute

// claims are what a token says, by the exact names: encoding/json would take
// "SUB" for "sub" in a struct.
type claims map[string]any

func readClaims(raw json.RawMessage) (claims, bool) {
	var c claims
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	return c, d.Decode(&c) == nil && c != nil
}

func (c claims) text(name string) string {
	s, _ := c[name].(string)
	return s
}

// list is a claim that may be one text or several.
func (c claims) list(name string) []string {
	switch v := c[name].(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, item := range v {
			s, ok := item.(string)
			if !ok {
				return nil
			}
			list = append(list, s)
		}
		return list
	}
	return nil
}

// moment is a claim of seconds since 1970; false if it is none.
func (c claims) moment(name string) (time.Time, bool) {
	n, ok := c[name].(json.Number)
	if !ok {
		return time.Time{}, false
	}
	seconds, err := n.Float64()
	if err != nil || seconds < 0 || seconds > 1<<40 {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}

// A demand is what a token must say, beside being signed by the provider.
type demand struct {
	issuer, client, nonce string
	acr, amr              []string // one of each at least; none demands nothing
}

// check goes through the claims of a token whose signature holds (OpenID
// Connect Core 1.0, section 3.1.3.7). It returns nil or a *Refusal.
func (d demand) check(c claims, now time.Time) error {
	wrong := func(reason string) error { return refuse(Untrusted, reason) }
	if c.text("iss") != d.issuer {
		return wrong("issuer")
	}
	audience := c.list("aud")
	if !slices.Contains(audience, d.client) {
		return wrong("audience")
	}
	if party, given := c["azp"]; given && party != d.client || !given && len(audience) > 1 {
		return wrong("authorized party")
	}
	if until, ok := c.moment("exp"); !ok || !now.Before(until.Add(skew)) {
		return wrong("expired")
	}
	if _, given := c["nbf"]; given {
		if from, ok := c.moment("nbf"); !ok || from.After(now.Add(skew)) {
			return wrong("not yet valid")
		}
	}
	if at, ok := c.moment("iat"); !ok || at.After(now.Add(skew)) {
		return wrong("issued in the future")
	}
	nonce := c.text("nonce")
	if nonce == "" || subtle.ConstantTimeCompare([]byte(nonce), []byte(d.nonce)) != 1 {
		return wrong("nonce")
	}
	if !subject(c.text("sub")) {
		return wrong("subject")
	}
	if len(d.acr) > 0 && !slices.Contains(d.acr, c.text("acr")) {
		return refuse(Weak, "acr")
	}
	if len(d.amr) > 0 && !slices.ContainsFunc(c.list("amr"), func(m string) bool { return slices.Contains(d.amr, m) }) {
		return refuse(Weak, "amr")
	}
	return nil
}

// subject reports whether a text can name somebody: at most 255 printable ASCII
// characters (Core 1.0, section 2).
func subject(s string) bool {
	const most = 255
	return s != "" && len(s) <= most && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// The claims of what somebody is called, the best first. None of them says who
// it is: people change them, and some providers let them.
var (
	names   = []string{"name", "preferred_username", "email"}
	handles = []string{"preferred_username", "upn", "email"}
)

// first is the first of some claims that has a text, in one line of at most 64
// characters, without what would change how the line around it reads.
func first(of []string, from ...claims) string {
	for _, name := range of {
		for _, c := range from {
			if clean := cleanName(c.text(name)); clean != "" {
				return clean
			}
		}
	}
	return ""
}

func cleanName(s string) string {
	const most = 64 // characters
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r): // directions, joiners, marks of order
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = strings.TrimSpace(string(r[:most]))
	}
	return s
}

// shortKey reports that a token, whose signature was found to be right, is of an
// RSA key below 2048 bits: a signature is as long as its key.
func shortKey(token string) bool {
	const least = 2048 / 8
	head, rest, _ := strings.Cut(token, ".")
	_, signature, _ := strings.Cut(rest, ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	var header struct {
		Alg string `json:"alg"`
	}
	if err != nil || json.Unmarshal(text, &header) != nil {
		return true
	}
	return strings.HasPrefix(header.Alg, "RS") && base64.RawURLEncoding.DecodedLen(len(signature)) < least
}
