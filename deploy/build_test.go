package deploy

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// Whoever has the sources can check what was given away: another folder, on
// another day, makes the same bytes.
func TestTwoBuildsAreEqual(t *testing.T) {
	first, err := os.ReadFile(program(t))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	for _, part := range []string{"go.mod", "go.sum", "cmd", "internal", "views", "static"} {
		if out, err := exec.Command("cp", "-r", filepath.Join("..", part), elsewhere).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	file := filepath.Join(elsewhere, "dashboard")
	if err := build(elsewhere, file); err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Errorf("two builds differ: %d bytes %s, %d bytes %s", len(first), sum(first), len(second), sum(second))
	}
	here, _ := filepath.Abs("..")
	for _, path := range []string{here, elsewhere, os.Getenv("HOME") + "/go"} {
		if bytes.Contains(first, []byte(path)) {
			t.Errorf("the binary names the folder %s", path)
		}
	}
	t.Logf("%.1f MB, sha256 %s", float64(len(first))/1e6, sum(first))
}

// The list of parts is what the binary is made of, neither less nor more, and
// the same every time.
func TestListOfParts(t *testing.T) {
	out, err := exec.Command(program(t), "version", "--sbom").Output()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := exec.Command(program(t), "version", "--sbom").Output()
	if !bytes.Equal(out, again) {
		t.Error("two lists differ")
	}
	type part struct {
		Type, Name, Version, PURL string
		Ref                       string `json:"bom-ref"`
		Properties                []struct{ Name, Value string }
	}
	var list struct {
		BomFormat, SpecVersion, SerialNumber string
		Components                           []part
		Dependencies                         []struct {
			Ref       string
			DependsOn []string
		}
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	if list.BomFormat != "CycloneDX" || list.SpecVersion != "1.6" || !strings.HasPrefix(list.SerialNumber, "urn:uuid:") {
		t.Errorf("not CycloneDX 1.6: %.200s", out)
	}
	info, err := buildinfo.ReadFile(program(t))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"std@" + strings.TrimPrefix(info.GoVersion, "go"): ""}
	for _, d := range info.Deps {
		want[d.Path+"@"+d.Version] = d.Sum
	}
	if len(list.Components) != len(want) || len(list.Dependencies) != 1 || len(list.Dependencies[0].DependsOn) != len(want) {
		t.Errorf("%d parts, the binary has %d modules", len(list.Components), len(want))
	}
	for _, p := range list.Components {
		sum, ok := want[p.Name+"@"+p.Version]
		if !ok || p.PURL != "pkg:golang/"+p.Name+"@"+p.Version || p.Type != "library" {
			t.Errorf("%+v is no module of the binary", p)
		}
		if sum != "" && (len(p.Properties) != 1 || p.Properties[0].Value != sum) {
			t.Errorf("%s has the sum %v, want %s", p.Name, p.Properties, sum)
		}
	}
	t.Logf("%d parts", len(list.Components))

	out, err = exec.Command(program(t), "version", "--json").Output()
	var made struct {
		Version, Go string
		Modules     []struct{ Path string }
		Settings    map[string]string
	}
	if err != nil || json.Unmarshal(out, &made) != nil || made.Go != info.GoVersion || len(made.Modules) != len(info.Deps) || made.Settings["CGO_ENABLED"] != "0" {
		t.Errorf("version --json says %.300s, %v", out, err)
	}
}
