package hub

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The hub knows the model, what is computed from it, and the templates: it must
// not reach for the feed (inputs come to it) or the web (readers come to it).
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	allowed := []string{
		"callboard/internal/state", "callboard/internal/kpi", "callboard/internal/rules",
		"callboard/internal/teams", "callboard/internal/plain", "callboard/internal/privacy", "callboard/views",
	}
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		if strings.HasPrefix(path, "callboard/") && !slices.Contains(allowed, path) {
			t.Errorf("internal/hub imports %s; it may import only %s: whoever feeds it or reads it depends on it, not the other way round",
				path, strings.Join(allowed, ", "))
		}
	}
}
