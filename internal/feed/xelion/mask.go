package xelion

import (
	"log/slog"
	"unicode"
	"unicode/utf8"
)

// A Secret is text that must not be shown: it prints as stars wherever it goes.
type Secret string

const stars = "***"

func (Secret) String() string               { return stars }
func (Secret) GoString() string             { return stars }
func (Secret) LogValue() slog.Value         { return slog.StringValue(stars) }
func (Secret) MarshalText() ([]byte, error) { return []byte(stars), nil }

// longestSample bounds what is kept of an odd message, in bytes.
const longestSample = 200

// sample shows the build of an odd message without what it says: every digit
// is '#', every letter 'x', but for names of fields and kinds of message.
func sample(frame []byte) string {
	const ahead = 4 * longestSample // masking never lengthens by more
	if len(frame) > ahead {
		frame = frame[:ahead]
	}
	out := make([]byte, 0, longestSample+utf8.UTFMax)
	for i := 0; i < len(frame) && len(out) < longestSample; {
		if frame[i] != '"' {
			r, n := utf8.DecodeRune(frame[i:])
			out = utf8.AppendRune(out, maskRune(r))
			i += n
			continue
		}
		end, ok := scalar(frame, i)
		if !ok {
			end = len(frame)
		}
		text := frame[i:end]
		if next := skipSpace(frame, end); ok && next < len(frame) && frame[next] == ':' {
			out = append(out, '"')
			out = append(out, maskName(text[1:len(text)-1])...)
			out = append(out, '"')
			if key := string(text); key == `"notificationType"` || key == `"messageType"` {
				out, end = appendKind(out, frame, end)
			}
		} else {
			out = append(out, '"')
			out = append(out, maskText(text[1:])...)
		}
		i = end
	}
	return cut(out, longestSample)
}

// appendKind adds the colon after a key at end and, where the value is a
// plain word, that word.
func appendKind(out, frame []byte, end int) ([]byte, int) {
	colon := skipSpace(frame, end)
	at := skipSpace(frame, colon+1)
	if at >= len(frame) || frame[at] != '"' {
		return out, end
	}
	stop, ok := scalar(frame, at)
	if !ok {
		return out, end
	}
	out = append(out, ':', '"')
	out = append(out, maskName(frame[at+1:stop-1])...)
	return append(out, '"'), stop
}

// maskName keeps a name of a field or kind, digits masked, if it looks like
// one; anything else is masked like all text.
func maskName(name []byte) string {
	if len(name) > 64 {
		return maskText(name[:64])
	}
	out := make([]byte, len(name))
	for i, c := range name {
		switch {
		case c >= '0' && c <= '9':
			c = '#'
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == '-', c == '.':
		default:
			return maskText(name)
		}
		out[i] = c
	}
	return string(out)
}

func maskText(text []byte) string {
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		out = utf8.AppendRune(out, maskRune(r))
		text = text[n:]
	}
	return string(out)
}

func maskRune(r rune) rune {
	switch {
	case unicode.IsNumber(r):
		return '#'
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return 'x'
	case r >= ' ' && r <= '~':
		return r
	}
	return '.'
}

func cut(b []byte, most int) string {
	if len(b) > most {
		b = b[:most]
		for len(b) > 0 && !utf8.Valid(b) {
			b = b[:len(b)-1]
		}
	}
	return string(b)
}
