package redact

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// However a value is printed, it is not in what is printed.
func TestNothingPrintsTheValue(t *testing.T) {
	const secret, phone, name = "hunter2-hunter2", "+31205550101", "Bakkerij Noord"
	all := struct {
		Password Secret
		Number   Phone
		Caller   Name
		List     []Phone
		ByName   map[string]Name
	}{secret, phone, name, []Phone{phone}, map[string]Name{"x": name}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T%v", "%10.3v"} {
		for _, v := range []any{all, &all, all.Password, all.Number, all.Caller, all.List, all.ByName, &all.Password} {
			if strings.Count(verb, "%") == 2 {
				fmt.Fprintf(&out, verb+"\n", v, v)
			} else {
				fmt.Fprintf(&out, verb+"\n", v)
			}
		}
	}
	fmt.Fprintln(&out, all, all.Password, all.Number, all.Caller)
	fmt.Fprintln(&out, fmt.Errorf("sign in as %s with %s", all.Caller, all.Password))
	if err := json.NewEncoder(&out).Encode(all); err != nil {
		t.Fatal(err)
	}
	for _, log := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, nil)), slog.New(slog.NewJSONHandler(&out, nil))} {
		log.With("first", all.Password).WithGroup("g").Info("all", "one", all.Password, "two", all.Number, "three", all.Caller, "all", all, "pointer", &all)
	}
	for _, value := range []string{secret, phone, name, "hunter2", "5550101", "Noord", fmt.Sprintf("%x", secret), fmt.Sprintf("%x", phone), fmt.Sprintf("%X", name)} {
		if strings.Contains(out.String(), value) {
			t.Errorf("%q was printed: %.300q", value, out.String()[max(strings.Index(out.String(), value)-100, 0):])
		}
	}
	if all.Password.Reveal() != secret {
		t.Error("the value is lost")
	}
}

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"no call of +31205550101 is up", "no call of (number) is up"},
		{"no call of +31 20 555 01 01", "no call of (number)"},
		{"(020) 555-0101 rang", "(number) rang"},
		{"06-25550138: busy", "(number): busy"},
		{`constraint failed: "31205550101"`, `constraint failed: "(number)"`},
		{"202 called 501", "202 called 501"},
		{"2026-11-22T13:10:07Z", "2026-11-22T13:10:07Z"},
		{"history-2026-11-23.db", "history-2026-11-23.db"},
		{"listening on 127.0.0.1:8080", "listening on 127.0.0.1:8080"},
		{"dial tcp 192.168.100.100:65535: refused", "dial tcp 192.168.100.100:65535: refused"},
		{"commit 5634d9ae0415ffff00001234567", "commit 5634d9ae0415ffff00001234567"},
		{"head 0000000000000000000000000000000000000000000000000000000000000000", "head 0000000000000000000000000000000000000000000000000000000000000000"},
		{"Authorization: Bearer abcdefghijkl", "Authorization: (secret)"},
		{"token cb_ABCDEFGHIJKLMNOP refused", "token (secret) refused"},
		{"token cbe_ABCDEFGH.IJKLMNOP refused", "token (secret) refused"},
		{`Get "https://pbx.example/api/v1/master/users?token=hunter2&x=1": EOF`, `Get "https://pbx.example/api/v1/master/users?(hidden)": EOF`},
		{"", ""},
	} {
		if got := Text(tt.text); got != tt.want {
			t.Errorf("%q becomes %q, want %q", tt.text, got, tt.want)
		}
	}
}

// What slips into a message or an error does not come out of the log.
func TestNetBelowTheLog(t *testing.T) {
	type call struct{ Caller string }
	for name, make := range map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var out bytes.Buffer
		log := slog.New(Handler(make(&out)))
		const phone = "+31205550101"
		log.With("early", phone).WithGroup("group").Warn("call of "+phone,
			"number", phone, "error", errors.New("no "+phone), "call", call{phone}, "calls", []call{{phone}}, slog.Group("inner", "number", phone),
			"typed", Phone(phone), "stringer", slog.AnyValue(&call{phone}), "count", 31205550, "took", time.Minute, "at", time.Date(2026, 11, 22, 13, 10, 7, 0, time.UTC), "addr", "127.0.0.1:8080")
		if strings.Contains(out.String(), "5550101") {
			t.Errorf("%s: a number is in %s", name, out.String())
		}
		log.Info("set-up link", "url", Public("http://127.0.0.1:8080/setup?code=ABCDEFGH"), "other", "http://127.0.0.1:8080/setup?code=ZYXWVUTS")
		if !strings.Contains(out.String(), "setup?code=ABCDEFGH") || strings.Contains(out.String(), "ZYXWVUTS") {
			t.Errorf("%s: what is said on purpose is not said, or more is: %s", name, out.String())
		}
		for _, kept := range []string{"127.0.0.1:8080", "31205550", "2026-11-22T13:10:07"} {
			if !strings.Contains(out.String(), kept) {
				t.Errorf("%s: %s is not in %s", name, kept, out.String())
			}
		}
	}
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "callboard/") || strings.Contains(string(out), ".") {
		t.Errorf("redact imports more than the standard library:\n%s", out)
	}
}

func BenchmarkText(b *testing.B) {
	for b.Loop() {
		Text("history: backup written to history-2026-11-23.db, 122880 bytes")
	}
}
