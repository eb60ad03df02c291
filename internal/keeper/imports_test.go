package keeper

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the row of ARCHITECTURE.md's table.
var allowed = []string{"callboard/internal/eventlog", "callboard/internal/history", "callboard/internal/sqlitefile", "callboard/internal/state"}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	found := 0
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		if !strings.HasPrefix(name, "callboard/") {
			continue
		}
		found++
		if !slices.Contains(allowed, name) {
			t.Errorf("keeper imports %s: it keeps what the model is told, and knows neither who tells nor who looks", name)
		}
	}
	if found == 0 {
		t.Error("go list named no import of ours, so nothing was checked")
	}
}
