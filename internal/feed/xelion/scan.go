package xelion

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// This reader of JSON exists because encoding/json gives up a whole message for
// one field of the wrong type, matches keys without regard to case and stops at
// a nesting of 10,000. Here structure must be right (brackets, commas, colons,
// quotes), but scalars are taken as they come: a bare word is a bad field, not
// a bad message. Nothing recurses.

type kind uint8

const (
	kindNone   kind = iota // absent
	kindNull               // null
	kindBool               // true, false
	kindNumber             // starts like a number; not checked further
	kindString             // raw includes the quotes
	kindObject
	kindArray
	kindWord // a bare word JSON does not know
)

// A value is one JSON value as it stands in the message.
type value struct {
	kind kind
	raw  []byte
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func skipSpace(b []byte, i int) int {
	for i < len(b) && space(b[i]) {
		i++
	}
	return i
}

// parse reads the value at the start of b, white space skipped, and returns
// what follows it. ok is false where the structure is broken or b is empty.
func parse(b []byte) (v value, rest []byte, ok bool) {
	i := skipSpace(b, 0)
	if i >= len(b) {
		return value{}, nil, false
	}
	var end int
	switch b[i] {
	case '{', '[':
		end, ok = composite(b, i)
	default:
		end, ok = scalar(b, i)
	}
	if !ok {
		return value{}, nil, false
	}
	raw := b[i:end]
	return value{kindOf(raw), raw}, b[end:], true
}

func kindOf(raw []byte) kind {
	switch c := raw[0]; {
	case c == '{':
		return kindObject
	case c == '[':
		return kindArray
	case c == '"':
		return kindString
	case c >= '0' && c <= '9', c == '-', c == '+', c == '.':
		return kindNumber
	}
	switch string(raw) {
	case "null":
		return kindNull
	case "true", "false":
		return kindBool
	}
	return kindWord
}

// scalar returns the end of the string, number or word at b[i].
func scalar(b []byte, i int) (end int, ok bool) {
	if b[i] == '"' {
		for j := i + 1; j < len(b); j++ {
			switch b[j] {
			case '\\':
				j++
			case '"':
				return j + 1, true
			}
		}
		return 0, false
	}
	j := i
	for j < len(b) && wordByte(b[j]) {
		j++
	}
	return j, j > i
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '.' || c == '_'
}

// composite returns the end of the object or array that opens at b[i].
func composite(b []byte, i int) (end int, ok bool) {
	var shallow [32]byte
	open := append(shallow[:0], b[i])
	fresh := true // nothing yet inside the innermost bracket
	for i++; ; {
		i = skipSpace(b, i)
		if i >= len(b) {
			return 0, false
		}
		in := open[len(open)-1]
		if fresh && b[i] == in+2 { // '{'+2 is '}', '['+2 is ']'
			i++
			goto closed
		}
		if in == '{' {
			if b[i] != '"' {
				return 0, false
			}
			if i, ok = scalar(b, i); !ok {
				return 0, false
			}
			if i = skipSpace(b, i); i >= len(b) || b[i] != ':' {
				return 0, false
			}
			if i = skipSpace(b, i+1); i >= len(b) {
				return 0, false
			}
		}
		if b[i] == '{' || b[i] == '[' {
			open = append(open, b[i])
			fresh = true
			i++
			continue
		}
		if i, ok = scalar(b, i); !ok {
			return 0, false
		}
		fresh = false
	after:
		if i = skipSpace(b, i); i >= len(b) {
			return 0, false
		}
		in = open[len(open)-1]
		switch b[i] {
		case ',':
			fresh = false
			i++
			continue
		case in + 2:
			i++
		default:
			return 0, false
		}
	closed:
		if open = open[:len(open)-1]; len(open) == 0 {
			return i, true
		}
		fresh = false
		goto after
	}
}

// members yields the keys and values of an object that parse has accepted.
// A key is only valid until the next one. Anything but an object has none.
func (v value) members(yield func(key []byte, v value) bool) {
	if v.kind != kindObject {
		return
	}
	for b := v.raw[1:]; ; {
		i := skipSpace(b, 0)
		if i >= len(b) || b[i] != '"' {
			return
		}
		end, ok := scalar(b, i)
		if !ok {
			return
		}
		key := b[i+1 : end-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			key, _ = unquote(b[i:end])
		}
		i = skipSpace(b, end)
		if i >= len(b) {
			return
		}
		item, rest, ok := parse(b[i+1:]) // past the colon
		if !ok || !yield(key, item) {
			return
		}
		i = skipSpace(rest, 0)
		if i >= len(rest) || rest[i] != ',' {
			return
		}
		b = rest[i+1:]
	}
}

// elements yields the items of an array that parse has accepted.
func (v value) elements(yield func(v value) bool) {
	if v.kind != kindArray {
		return
	}
	for b := v.raw[1:]; ; {
		item, rest, ok := parse(b)
		if !ok || !yield(item) {
			return
		}
		i := skipSpace(rest, 0)
		if i >= len(rest) || rest[i] != ',' {
			return
		}
		b = rest[i+1:]
	}
}

// member returns the last member called key, or a value of kindNone.
func (v value) member(key string) (found value) {
	for k, item := range v.members {
		if string(k) == key {
			found = item
		}
	}
	return found
}

// unquote returns the text between the quotes of raw. Bad UTF-8 and lone
// surrogates become U+FFFD; ok is false for an escape JSON does not know.
func unquote(raw []byte) (text []byte, ok bool) {
	in := raw[1 : len(raw)-1]
	if bytes.IndexByte(in, '\\') < 0 && utf8.Valid(in) {
		return in, true
	}
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); {
		c := in[i]
		if c != '\\' {
			r, n := utf8.DecodeRune(in[i:])
			out = utf8.AppendRune(out, r)
			i += n
			continue
		}
		if i+1 >= len(in) {
			return nil, false
		}
		i += 2
		switch in[i-1] {
		case '"', '\\', '/':
			out = append(out, in[i-1])
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, ok := hex4(in[i:])
			if !ok {
				return nil, false
			}
			i += 4
			if utf16.IsSurrogate(r) {
				low, ok := rune(0), false
				if i+1 < len(in) && in[i] == '\\' && in[i+1] == 'u' {
					low, ok = hex4(in[i+2:])
				}
				if r = utf16.DecodeRune(r, low); ok && r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			return nil, false
		}
	}
	return out, true
}

func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[:4]), 16, 16)
	return rune(n), err == nil
}
