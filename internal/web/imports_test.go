package web

import (
	"os/exec"
	"strings"
	"testing"
)

// The web shows what the hub has; whatever else it reached for would let a
// browser touch the feed or the process.
func TestImportsStayWithinTheHouse(t *testing.T) {
	allowed := map[string]bool{
		"callboard/internal/access": true, "callboard/internal/embed": true, "callboard/internal/redact": true, "callboard/internal/hub": true, "callboard/internal/backtest": true, "callboard/internal/history": true, "callboard/internal/kpi": true, "callboard/internal/oidc": true, "callboard/internal/privacy": true, "callboard/internal/rules": true, "callboard/internal/travel": true, "callboard/internal/state": true, "callboard/views": true, "callboard/static": true,
	}
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for name := range strings.FieldsSeq(string(out)) {
		if !strings.HasPrefix(name, "callboard/") {
			continue
		}
		seen++
		if !allowed[name] {
			t.Errorf("package web imports %s: it may only show what the hub has (see ARCHITECTURE.md)", name)
		}
	}
	if seen == 0 {
		t.Error("no import of ours was listed, so nothing was checked")
	}
}
