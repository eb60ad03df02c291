package backtest

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the row of ARCHITECTURE.md's table.
var allowed = []string{"callboard/internal/hub", "callboard/internal/rules", "callboard/internal/state", "callboard/internal/strictyaml"}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	found := 0
	for name := range strings.FieldsSeq(string(out)) {
		if !strings.HasPrefix(name, "callboard/") {
			continue
		}
		found++
		if !slices.Contains(allowed, name) {
			t.Errorf("backtest imports %s: it replays a record through the hub's own readings, wherever the record lies", name)
		}
	}
	if found == 0 {
		t.Error("go list named no import of ours, so nothing was checked")
	}
}
