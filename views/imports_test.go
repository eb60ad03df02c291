package views

import (
	"os/exec"
	"strings"
	"testing"
)

// Views turn models into HTML and nothing else: what a page may show is the
// hub's to decide, so that no template can reach for a call by itself.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for path := range strings.Lines(string(out)) {
		path = strings.TrimSpace(path)
		if strings.HasPrefix(path, "callboard/") && path != "callboard/internal/state" {
			t.Errorf("views imports %s: templates only know models, and at most the words of internal/state", path)
		}
	}
}
