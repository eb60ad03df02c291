package xelion

import (
	"os/exec"
	"strings"
	"testing"
)

// The client speaks to the PBX and to the model. It may import the model and
// what a feed is, nothing else of ours: the simulated PBX above all, which must
// stay a stranger at the other end of a wire.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, "callboard/internal/feed/xelion").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	imports := strings.Fields(string(out))
	if len(imports) == 0 {
		t.Fatal("go list names no imports at all")
	}
	allowed := map[string]bool{"callboard/internal/state": true, "callboard/internal/feed": true, "callboard/internal/statefile": true}
	for _, path := range imports {
		if strings.HasPrefix(path, "callboard/") && !allowed[path] {
			t.Errorf("package xelion imports %s: it may know the call model and what a feed is, so that nothing but the protocol ties it to a PBX", path)
		}
	}
}
