package hub

import (
	"callboard/internal/state"
	"strconv"
	"time"
	"unicode/utf8"
)

// The frames are written by hand: rows are encoded once and appended to any
// number of frames, which encoding/json would do anew each time.

// appendString appends s as a JSON string on one line. Bytes that are no UTF-8
// become the replacement character.
func appendString[T string | []byte](b []byte, s T) []byte {
	const hexDigits = "0123456789abcdef"
	b = append(b, '"')
	clean := 0 // start of what is not appended yet
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		size, escape := 1, ""
		switch {
		case c == '"':
			escape = `\"`
		case c == '\\':
			escape = `\\`
		case c == '\n':
			escape = `\n`
		case c == '\r':
			escape = `\r`
		case c == '\t':
			escape = `\t`
		case c < 0x20:
			escape = `\u00` + hexDigits[c>>4:c>>4+1] + hexDigits[c&15:c&15+1]
		default:
			var r rune
			r, size = utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
			switch {
			case r == utf8.RuneError && size == 1:
				escape = `\ufffd`
			case r == '\u2028':
				escape = `\u2028`
			case r == '\u2029':
				escape = `\u2029`
			}
		}
		if escape != "" {
			b = append(b, s[clean:i]...)
			b = append(b, escape...)
			clean = i + size
		}
		i += size
	}
	b = append(b, s[clean:]...)
	return append(b, '"')
}

func appendKey(b []byte, key string) []byte {
	if last := b[len(b)-1]; last != '{' && last != '[' {
		b = append(b, ',')
	}
	b = append(b, '"')
	b = append(b, key...)
	return append(b, '"', ':')
}

func appendTextField(b []byte, key, value string) []byte {
	return appendString(appendKey(b, key), value)
}

func appendNumberField(b []byte, key string, value uint64) []byte {
	return strconv.AppendUint(appendKey(b, key), value, 10)
}

func appendTimeField(b []byte, key string, t time.Time) []byte {
	return strconv.AppendInt(appendKey(b, key), milliseconds(t), 10)
}

func appendParts(b []byte, parts []part, all bool) []byte {
	b = append(appendKey(b, "parts"), '{')
	for i := range parts {
		if all || parts[i].fresh {
			b = append(appendKey(b, parts[i].id), parts[i].json...)
		}
	}
	return append(b, '}')
}

// encodePatch is the data of a patch event.
func encodePatch(p *picture, prev uint64, gone []string, moves []move) []byte {
	size := 160 + 12*len(gone)
	for _, m := range moves {
		size += 48
		if m.fresh {
			size += len(m.item.json)
		}
	}
	for i := range p.parts {
		if p.parts[i].fresh {
			size += len(p.parts[i].json) + 24
		}
	}
	b := append(make([]byte, 0, size), '{')
	b = appendNumberField(b, "n", p.n)
	b = appendNumberField(b, "prev", prev)
	b = appendTimeField(b, "now", p.at)
	b = appendParts(b, p.parts, false)
	b = append(appendKey(b, "up"), '[')
	for i, m := range moves {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		b = appendTextField(b, "id", m.item.id)
		b = appendTextField(b, "rev", m.item.rev)
		b = appendTextField(b, "before", m.before)
		if m.fresh {
			b = append(appendKey(b, "html"), m.item.json...)
		}
		b = append(b, '}')
	}
	b = append(b, ']')
	b = append(appendKey(b, "rm"), '[')
	for i, id := range gone {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, id)
	}
	b = append(b, ']')
	b = appendProof(b, p)
	b = appendTextField(b, "hash", p.hash)
	return append(b, '}')
}

// encodeSnapshot is the data of a snapshot event: these parts and items, bytes
// only of those that the page does not hold. more says that the snapshot
// itself is still to come.
func encodeSnapshot(p *picture, has holding, parts []part, items []item, more bool) []byte {
	size := 160
	for i := range parts {
		size += len(parts[i].json) + len(parts[i].id) + 8
	}
	for i := range items {
		size += len(items[i].id) + len(items[i].rev) + 32
		if !has.has(&items[i]) {
			size += len(items[i].json)
		}
	}
	b := append(make([]byte, 0, size), '{')
	b = appendNumberField(b, "n", p.n)
	b = appendTimeField(b, "now", p.at)
	b = appendTextField(b, "live", p.live)
	b = appendParts(b, parts, true)
	b = append(appendKey(b, "rows"), '[')
	for i := range items {
		it := &items[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		b = appendTextField(b, "id", it.id)
		b = appendTextField(b, "rev", it.rev)
		if !has.has(it) {
			b = append(appendKey(b, "html"), it.json...)
		}
		b = append(b, '}')
	}
	b = append(b, ']')
	if more {
		return append(appendKey(b, "more"), "true}"...)
	}
	b = appendProof(b, p)
	b = appendTextField(b, "hash", p.hash)
	return append(b, '}')
}

// appendProof tells how fresh the picture is, so that a page need not wait for
// the next beat to know.
func appendProof(b []byte, p *picture) []byte {
	b = appendTimeField(b, "proof", p.proof)
	return appendTimeField(b, "event", p.event)
}

// A beat is what all beats of one moment have in common.
type beat struct {
	number uint64
	live   string
	feed   string
	proof  time.Time
	event  time.Time
	at     time.Time // when it was read

	skew     time.Duration // of the PBX's clock, for the strip; not sent
	skewOver state.Anomaly // what is wrong with it; empty if nothing is
}

// encodeBeat is the data of a beat event, with the time of its sending.
func encodeBeat(bt *beat, p *picture, now time.Time) []byte {
	b := append(make([]byte, 0, 160), '{')
	b = appendNumberField(b, "n", p.n)
	b = appendTimeField(b, "now", now)
	b = appendTextField(b, "live", bt.live)
	b = appendTextField(b, "feed", bt.feed)
	b = appendTimeField(b, "proof", bt.proof)
	b = appendTimeField(b, "event", bt.event)
	b = appendTextField(b, "hash", p.hash)
	return append(b, '}')
}

// milliseconds is how pages are told an instant; zero means unknown.
func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
