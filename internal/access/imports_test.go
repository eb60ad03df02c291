package access

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Who may what knows nothing of the board, its pages or its PBX.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	allowed := []string{"callboard/internal/privacy", "callboard/internal/sqlitefile", "callboard/internal/state"}
	if !strings.Contains(string(out), allowed[0]) {
		t.Fatal("go list does not name what is imported: this test would prove nothing")
	}
	for path := range strings.Lines(string(out)) {
		if path = strings.TrimSpace(path); strings.HasPrefix(path, "callboard/") && !slices.Contains(allowed, path) {
			t.Errorf("internal/access imports %s; of ours it may import %v", path, allowed)
		}
	}
}
