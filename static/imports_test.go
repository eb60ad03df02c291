package static

import (
	"os/exec"
	"strings"
	"testing"
)

// The files know nothing of what is shown with them.
func TestImportsNothingOfOurs(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "net/http") {
		t.Fatalf("imports were not listed: %s", out)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "callboard/") {
			t.Errorf("package static imports %s: it holds files and knows nothing of what is shown with them", name)
		}
	}
}
