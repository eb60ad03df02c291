package fakepbx

import (
	"os/exec"
	"strings"
	"testing"
)

func TestImportsNothingOfOurs(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if path == "callboard" || strings.HasPrefix(path, "callboard/") {
			t.Errorf("fakepbx imports %s: a simulated PBX that shares code with the product would share its mistakes", path)
		}
	}
}
