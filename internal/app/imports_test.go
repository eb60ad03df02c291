package app

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the row of ARCHITECTURE.md's table.
var allowed = []string{
	"callboard/internal/access",
	"callboard/internal/privacy",
	"callboard/internal/capture",
	"callboard/internal/embed",
	"callboard/internal/privacy",
	"callboard/internal/eventlog",
	"callboard/internal/backtest",
	"callboard/internal/eventlog",
	"callboard/internal/feed",
	"callboard/internal/feed/xelion",
	"callboard/internal/history",
	"callboard/internal/hub",
	"callboard/internal/keeper",
	"callboard/internal/number",
	"callboard/internal/oidc",
	"callboard/internal/redact",
	"callboard/internal/rules",
	"callboard/internal/sqlitefile",
	"callboard/internal/state",
	"callboard/internal/statefile",
	"callboard/internal/travel",
	"callboard/internal/web",
	"callboard/static",
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	found := 0
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSpace(name)
		if !strings.HasPrefix(name, "callboard/") {
			continue
		}
		found++
		if !slices.Contains(allowed, name) {
			t.Errorf("app imports %s: it joins the product's parts and must work the same with any PBX, so it knows neither the simulator nor the templates", name)
		}
	}
	if found == 0 {
		t.Error("go list named no import of ours, so nothing was checked")
	}
}
