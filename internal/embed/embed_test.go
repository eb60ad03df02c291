package embed

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/internal/privacy"
)

var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func given(t *testing.T, b *Book) (Frame, string) {
	t.Helper()
	f, token, err := b.Add(Frame{Name: "Intranet", View: "/wall?layout=numbers", Level: privacy.LastThree, Until: morning.Add(24 * time.Hour)}, morning)
	if err != nil {
		t.Fatal(err)
	}
	return f, token
}

func TestTokenOpensItsFrameUntilItsEnd(t *testing.T) {
	dir := t.TempDir()
	b := Open(dir)
	if _, err := b.Check("cbe_e30.AAAA", morning); !errors.Is(err, ErrToken) {
		t.Errorf("a folder without a file says %v", err)
	}
	f, token := given(t, b)
	for name, book := range map[string]*Book{"the same": b, "another process": Open(dir)} {
		if got, err := book.Check(token, morning.Add(time.Hour)); err != nil || got != f {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if _, err := book.Check(token, f.Until); !errors.Is(err, ErrOver) {
			t.Errorf("%s, at its end: %v", name, err)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || strings.Contains(string(raw), token[len(mark):]) {
		t.Errorf("the token is in the file, or it cannot be read: %v", err)
	}
	if info, _ := os.Stat(filepath.Join(dir, FileName)); info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file has mode %v", info.Mode())
	}
	if _, err := Open(t.TempDir()).Check(token, morning); !errors.Is(err, ErrToken) {
		t.Errorf("another installation says %v", err)
	}
}

// What a command strikes from the list ends in the running server within a
// second.
func TestRevokedElsewhere(t *testing.T) {
	dir := t.TempDir()
	server, command := Open(dir), Open(dir)
	f, token := given(t, command)
	if _, err := server.Check(token, morning); err != nil || !server.Stands(f.ID, morning) {
		t.Fatal(err)
	}
	if got, err := command.Revoke(f.ID, morning); err != nil || got != f {
		t.Fatalf("%+v, %v", got, err)
	}
	later := morning.Add(time.Second)
	if _, err := server.Check(token, later); !errors.Is(err, ErrOver) || server.Stands(f.ID, later) {
		t.Errorf("a second later the server says %v", err)
	}
	if _, err := command.Revoke(f.ID, morning); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoked again: %v", err)
	}
	if list, err := server.Frames(later); err != nil || len(list) != 0 {
		t.Errorf("listed: %v, %v", list, err)
	}
}

// No change of a token opens anything, be it small, clever or a mere shuffle.
func TestForgedTokens(t *testing.T) {
	b := Open(t.TempDir())
	_, token := given(t, b)
	other := Open(t.TempDir())
	_, foreign := given(t, other)
	body, seal, _ := strings.Cut(token[len(mark):], ".")
	raw, _ := encoding.DecodeString(body)
	resealed := func(change func(map[string]any)) string {
		var v map[string]any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		change(v)
		out, _ := json.Marshal(v)
		return mark + encoding.EncodeToString(out) + "." + seal
	}
	tokens := []string{
		"", mark, mark + ".", mark + body, mark + body + ".", mark + "." + seal, body + "." + seal, token + "A", token + ".", token + "=", " " + token, token + "\n",
		strings.ToUpper(token), foreign, mark + body + "." + foreign[strings.LastIndex(foreign, ".")+1:], strings.Repeat(token, 20),
		resealed(func(v map[string]any) { v["v"] = "/wall?layout=people" }),
		resealed(func(v map[string]any) { v["e"] = 1 << 40 }),
		resealed(func(v map[string]any) { v["l"] = 0 }),
		resealed(func(v map[string]any) { v["k"] = "none" }),
	}
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.="
	for len(tokens) < 10_000 {
		changed := []byte(token)
		for range 1 + random.IntN(4) {
			at := random.IntN(len(changed))
			switch random.IntN(3) {
			case 0:
				changed[at] = letters[random.IntN(len(letters))]
			case 1:
				changed = append(changed[:at], changed[at+1:]...)
			default:
				changed[at] ^= 1 << random.IntN(8)
			}
		}
		if string(changed) != token {
			tokens = append(tokens, string(changed))
		}
	}
	opened := 0
	for _, forged := range tokens {
		if f, err := b.Check(forged, morning); err == nil {
			opened++
			t.Errorf("%q opens %+v", forged, f)
		}
	}
	t.Logf("%d forged tokens, %d accepted", len(tokens), opened)
}

// A file that somebody spoilt ends all frames and is kept to be looked at; what
// comes after it has another key.
func TestSpoiltFile(t *testing.T) {
	dir := t.TempDir()
	b := Open(dir)
	_, token := given(t, b)
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(`{"key":"","frames":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	later := morning.Add(time.Minute)
	if _, err := b.Check(token, later); err == nil {
		t.Error("the token of a list that is gone opens something")
	}
	_, fresh, err := b.Add(Frame{View: "/wall", Until: later.Add(time.Hour)}, later)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Check(fresh, later); err != nil {
		t.Error(err)
	}
	if _, err := b.Check(token, later); err == nil {
		t.Error("an old token opens something of the new list")
	}
	if kept, _ := filepath.Glob(filepath.Join(dir, FileName+".broken-*")); len(kept) != 1 {
		t.Errorf("%d files were kept to be looked at", len(kept))
	}
}

func TestBounds(t *testing.T) {
	b := Open(t.TempDir())
	for _, f := range []Frame{
		{View: "", Until: morning.Add(time.Hour)},
		{View: "/wall", Until: morning},
		{View: "/" + strings.Repeat("x", MaxView), Until: morning.Add(time.Hour)},
		{View: "/wall", Name: strings.Repeat("x", MaxName+1), Until: morning.Add(time.Hour)},
	} {
		if _, _, err := b.Add(f, morning); err == nil {
			t.Errorf("%.40v was taken", f)
		}
	}
	for range Most {
		given(t, b)
	}
	if _, _, err := b.Add(Frame{View: "/wall", Until: morning.Add(time.Hour)}, morning); !errors.Is(err, ErrFull) {
		t.Errorf("one too many: %v", err)
	}
	if _, _, err := b.Add(Frame{View: "/wall", Until: morning.Add(99 * time.Hour)}, morning.Add(48*time.Hour)); err != nil {
		t.Errorf("when all have ended: %v", err)
	}
}

// It knows the disk and levels of privacy, nothing of calls.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "callboard/") && name != "callboard/internal/privacy" && name != "callboard/internal/statefile" {
			t.Errorf("embed imports %s", name)
		}
	}
}
