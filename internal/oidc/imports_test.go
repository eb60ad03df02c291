package oidc

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the row of ARCHITECTURE.md's table.
var allowed = []string{"callboard/internal/access", "callboard/internal/privacy", "callboard/internal/redact"}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	found := 0
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		if !strings.HasPrefix(path, "callboard/") {
			continue
		}
		found++
		if !slices.Contains(allowed, path) {
			t.Errorf("internal/oidc imports %s: it says who somebody is and nothing else", path)
		}
	}
	if found == 0 {
		t.Error("go list named no import of ours, so nothing was checked")
	}
}
