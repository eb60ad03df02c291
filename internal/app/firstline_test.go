package app

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// Whatever the parts say while they are made, the address comes first.
func TestTheAddressIsTheFirstLine(t *testing.T) {
	var out bytes.Buffer
	first := newFirstLine(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	log := slog.New(first)
	log.With("part", "keeper").Info("restored")
	log.WithGroup("g").Warn("odd", "n", 1)
	log.Debug("unheard")
	if out.Len() > 0 {
		t.Errorf("written before the address: %s", out.String())
	}
	first.release(func(to slog.Handler) { slog.New(to).Info("listening") })
	log.Info("after")
	want := "level=INFO msg=listening\nlevel=INFO msg=restored part=keeper\nlevel=WARN msg=odd g.n=1\nlevel=INFO msg=after\n"
	if out.String() != want {
		t.Errorf("the log is\n%swant\n%s", out.String(), want)
	}
	if strings.Contains(out.String(), "unheard") {
		t.Error("a line below the level was written")
	}
}
