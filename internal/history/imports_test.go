package history

import (
	"os/exec"
	"strings"
	"testing"
)

// The history keeps what the model told; it knows neither the log that told it
// nor the pages that show it.
func TestImportsStayWithinTheHouse(t *testing.T) {
	allowed := map[string]bool{"callboard/internal/state": true, "callboard/internal/plain": true, "callboard/internal/sqlitefile": true}
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for name := range strings.FieldsSeq(string(out)) {
		first, _, _ := strings.Cut(name, "/")
		if strings.Contains(first, ".") {
			t.Errorf("package history imports %s: SQLite is behind package sqlitefile", name)
		}
		if !strings.HasPrefix(name, "callboard/") {
			continue
		}
		seen++
		if !allowed[name] {
			t.Errorf("package history imports %s: it knows the model, what is plain, and its file (see ARCHITECTURE.md)", name)
		}
	}
	if seen == 0 {
		t.Error("no import of ours was listed, so nothing was checked")
	}
}
