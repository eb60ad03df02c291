package feed_test

import (
	"os/exec"
	"strings"
	"testing"
)

// A feed turns what a PBX says into inputs of the model and knows nothing of
// who shows them. So package feed may import the model alone; anything else
// would let a page's needs reach into the reading of the PBX.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, "callboard/internal/feed").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	imports := strings.Fields(string(out))
	if len(imports) == 0 {
		t.Fatal("go list names no imports at all")
	}
	for _, path := range imports {
		if strings.HasPrefix(path, "callboard/") && path != "callboard/internal/state" {
			t.Errorf("package feed imports %s: it may know the call model only, so that a feed can be read, tested and replaced without the rest", path)
		}
	}
}
