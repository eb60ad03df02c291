package deploy

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The check of known weaknesses finds one that is called, is content with one
// that is not, and says it when it cannot look.
func TestKnownWeaknesses(t *testing.T) {
	check := func(db string, env ...string) (string, error) {
		cmd := exec.Command("../tools/vuln.sh", "./internal/strictyaml")
		cmd.Env = append(append(os.Environ(), "GOVULNDB="+db), env...)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	const none = "https://127.0.0.1:1"
	if out, err := check(none); err != nil || !strings.HasPrefix(out, "left out: ") {
		t.Errorf("without a database: %v, %s", err, out)
	}
	if out, err := check(none, "VULN=required"); err == nil {
		t.Errorf("without the database that is required: %s", out)
	}
	for _, tt := range []struct{ symbol, want string }{
		{"NewDecoder", "GO-2026-9999"},
		{"NobodyCallsThis", ""},
	} {
		out, err := check("file://" + database(t, tt.symbol))
		if tt.want == "" && (err != nil || !strings.HasPrefix(out, "no known weakness")) || tt.want != "" && (err == nil || !strings.Contains(out, tt.want)) {
			t.Errorf("a weakness in %s: %v, %s", tt.symbol, err, out)
		}
	}
}

// database is one with a single invented weakness, in a function of the package that reads YAML.
func database(t *testing.T, symbol string) string {
	t.Helper()
	dir := t.TempDir()
	const at = "2026-01-01T00:00:00Z"
	for name, text := range map[string]string{
		"index/db.json":      `{"modified":"` + at + `"}`,
		"index/modules.json": `[{"path":"go.yaml.in/yaml/v3","vulns":[{"id":"GO-2026-9999","modified":"` + at + `","fixed":"99.0.0"}]}]`,
		"index/vulns.json":   `[{"id":"GO-2026-9999","modified":"` + at + `","aliases":[]}]`,
		"ID/GO-2026-9999.json": `{"schema_version":"1.3.1","id":"GO-2026-9999","modified":"` + at + `","published":"` + at + `","summary":"invented","details":"invented",
			"affected":[{"package":{"name":"go.yaml.in/yaml/v3","ecosystem":"Go"},
			"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"99.0.0"}]}],
			"ecosystem_specific":{"imports":[{"path":"go.yaml.in/yaml/v3","symbols":["` + symbol + `"]}]}}],
			"database_specific":{"url":"https://pkg.go.dev/vuln/GO-2026-9999","review_status":"REVIEWED"}}`,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
