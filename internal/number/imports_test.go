package number

import (
	"os/exec"
	"strings"
	"testing"
)

// Whoever compares numbers depends on this package, not the other way round.
func TestImportsNothingOfOurs(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "phonenumbers") {
		t.Fatalf("imports were not listed: %s", out)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "callboard/") {
			t.Errorf("package number imports %s: it knows numbers and nothing of ours", name)
		}
	}
}
