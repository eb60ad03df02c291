package sqlitefile

import (
	"os/exec"
	"strings"
	"testing"
)

// Files know nothing of telephone calls: the journal and the history both
// stand on this package.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	if !strings.Contains(string(out), "modernc.org/sqlite") {
		t.Fatal("go list does not name the driver: this test would prove nothing")
	}
	for path := range strings.Lines(string(out)) {
		if path = strings.TrimSpace(path); strings.HasPrefix(path, "callboard/") {
			t.Errorf("internal/sqlitefile imports %s; it imports nothing of ours", path)
		}
	}
}
