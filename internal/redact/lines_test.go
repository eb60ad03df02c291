package redact

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// Whatever a value holds, a record stays one line: nobody writes records of
// their own into the log.
func TestARecordIsOneLine(t *testing.T) {
	for _, hostile := range []string{
		"x\nlevel=ERROR msg=forged", "x\r\nlevel=ERROR", "x\rlevel=ERROR", "\x1b[2J\x1b[31m", "x\u2028level=ERROR", "\x00\x07", `" level=ERROR msg="forged`, "x\\nlevel=ERROR",
	} {
		for name, make := range map[string]func(*bytes.Buffer) slog.Handler{
			"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
			"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
		} {
			var out bytes.Buffer
			log := slog.New(Handler(make(&out)))
			log.With("party", hostile).WithGroup("g").Error(hostile, "value", hostile, "error", errors.New(hostile))
			got := out.String()
			if strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "\n") || strings.ContainsAny(strings.TrimSuffix(got, "\n"), "\r\x00\x07\x1b") {
				t.Errorf("%s: %q is written as %q", name, hostile, got)
			}
			if name == "text" && strings.Contains(got, ` msg=forged`) && !strings.Contains(got, `\nlevel=ERROR`) && !strings.Contains(got, `\"`) {
				t.Errorf("%s: %q forges a field: %q", name, hostile, got)
			}
		}
	}
}
