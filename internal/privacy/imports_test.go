package privacy

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// What somebody may see is decided on values alone: this package reaches for
// nothing but the model.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		ours := strings.HasPrefix(path, "callboard/")
		if ours && path != "callboard/internal/state" {
			t.Errorf("internal/privacy imports %s; of ours it may import only internal/state", path)
		}
		if !ours && slices.Contains([]string{"os", "net", "net/http", "time/tzdata", "log/slog", "sync"}, path) {
			t.Errorf("internal/privacy imports %s: it is pure", path)
		}
	}
}
