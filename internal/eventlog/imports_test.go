package eventlog

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The log knows what facts are and how a file is opened, nothing else: the
// model, the history and the pages all follow it.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	allowed := []string{"callboard/internal/state", "callboard/internal/sqlitefile"}
	if !strings.Contains(string(out), allowed[0]) {
		t.Fatal("go list does not name the model: this test would prove nothing")
	}
	for path := range strings.Lines(string(out)) {
		if path = strings.TrimSpace(path); strings.HasPrefix(path, "callboard/") && !slices.Contains(allowed, path) {
			t.Errorf("internal/eventlog imports %s; it may import only %s", path, strings.Join(allowed, ", "))
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
	}
	if !slices.Contains(files, "disk.go") {
		t.Fatal("disk.go is not here: this test would prove nothing")
	}
}
