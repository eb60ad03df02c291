package travel

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The record is read here and shown by hubs of its own: nothing of it reaches
// the feed, the process or a browser from here.
func TestImportsStayWithinTheHouse(t *testing.T) {
	allowed := []string{
		"callboard/internal/state", "callboard/internal/eventlog", "callboard/internal/history",
		"callboard/internal/hub", "callboard/internal/rules",
	}
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if strings.Contains(path, ".") && !strings.HasPrefix(path, "callboard/") || strings.HasPrefix(path, "callboard/") && !slices.Contains(allowed, path) {
			t.Errorf("imports %s; package travel may use only %s and the standard library", path, strings.Join(allowed, ", "))
		}
	}
}
