package state

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the package to its promise: the call model is pure. It may
// import the standard library only, and of that nothing that reaches the
// world, waits, or tells the time.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	barred := map[string]string{
		"net": "reaches the network", "os": "reaches the machine", "io": "reads and writes", "log": "writes",
		"sync": "locks; the board's owner does that", "context": "waits and gives up", "runtime": "looks at the process",
		"math/rand": "is not the same in every replay", "testing": "belongs in tests",
	}
	imports := strings.Fields(string(out))
	if len(imports) == 0 {
		t.Fatal("go list names no import: this test would prove nothing")
	}
	for _, path := range imports {
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") || first == "callboard" {
			t.Errorf("the call model imports %s: it is pure, everything else depends on it, so it imports the standard library only", path)
		}
		for name, why := range barred {
			if path == name || strings.HasPrefix(path, name+"/") {
				t.Errorf("the call model imports %s, which %s: same inputs must give the same board, whenever it is done", path, why)
			}
		}
	}
}

// TestNoClock looks for calls that read the clock or sleep: time enters with
// inputs alone.
func TestNoClock(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"time.Now", "time.Since", "time.Until", "time.After", "time.Sleep", "time.Tick", "time.NewT", "time.Local"} {
			if i := strings.Index(string(text), word+"("); i >= 0 || word == "time.Local" && strings.Contains(string(text), word) {
				t.Errorf("%s uses %s: the board has no clock, time enters with each input", file, word)
			}
		}
	}
}

// TestFilesAreSmall keeps files readable.
func TestFilesAreSmall(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n > 500 {
			t.Errorf("%s has %d lines; split it by topic before it has more than 500", file, n)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly); err != nil {
			t.Error(err)
		}
	}
	if !slices.Contains(files, "board.go") {
		t.Fatal("board.go is not here: this test would prove nothing")
	}
}
