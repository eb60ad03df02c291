package deploy

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// image makes one from the built program and returns its files by name.
func image(t *testing.T) map[string][]byte {
	t.Helper()
	const roots = "/etc/ssl/certs/ca-certificates.crt"
	if _, err := os.Stat(roots); err != nil {
		t.Skipf("left out: %v", err)
	}
	out := filepath.Join(t.TempDir(), "image.tar")
	cmd := exec.Command("go", "run", "./image", "-binary", program(t), "-out", out, "-revision", "abc123")
	cmd.Dir = "../tools"
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return unpacked(t, data)
}

func unpacked(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
}

type reference struct {
	MediaType, Digest string
	Size              int
}

// The layout is whole: every reference leads to a blob of that size and sum,
// and what is described is what the recipe beside it says.
func TestImage(t *testing.T) {
	files := image(t)
	blob := func(r reference) []byte {
		data, ok := files["blobs/"+strings.Replace(r.Digest, ":", "/", 1)]
		if !ok || len(data) != r.Size || "sha256:"+sum(data) != r.Digest {
			t.Fatalf("no blob of %s with %d bytes", r.Digest, r.Size)
		}
		return data
	}
	read := func(data []byte, into any) {
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatal(err)
		}
	}
	var index struct{ Manifests []reference }
	var manifest struct {
		Config reference
		Layers []reference
	}
	var config struct {
		Config struct {
			User, WorkingDir, StopSignal string
			Env, Entrypoint, Cmd         []string
			Healthcheck                  struct{ Test []string }
		}
		RootFS struct {
			IDs []string `json:"diff_ids"`
		}
	}
	read(files["index.json"], &index)
	read(blob(index.Manifests[0]), &manifest)
	read(blob(manifest.Config), &config)
	recipe, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"USER " + config.Config.User, "WORKDIR " + config.Config.WorkingDir, "STOPSIGNAL " + config.Config.StopSignal,
		`ENTRYPOINT ["` + strings.Join(config.Config.Entrypoint, `", "`) + `"]`, `CMD ["` + strings.Join(config.Config.Cmd, `", "`) + `"]`,
		"ENV " + strings.Join(config.Config.Env, " "),
		`CMD ["` + strings.Join(config.Config.Healthcheck.Test[1:], `", "`) + `"]`,
	} {
		if !strings.Contains(string(recipe), line+"\n") {
			t.Errorf("the image has %q, the Dockerfile does not", line)
		}
	}
	z, err := gzip.NewReader(bytes.NewReader(blob(manifest.Layers[0])))
	if err != nil {
		t.Fatal(err)
	}
	layer, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if config.RootFS.IDs[0] != "sha256:"+sum(layer) {
		t.Error("the layer is not the one of the configuration")
	}
	var got []string
	for name := range unpacked(t, layer) {
		got = append(got, name)
	}
	slices.Sort(got)
	want := []string{"dashboard", "data/", "etc/", "etc/group", "etc/passwd", "etc/ssl/", "etc/ssl/certs/", "etc/ssl/certs/ca-certificates.crt"}
	if !slices.Equal(got, want) {
		t.Errorf("the image has %q, want %q", got, want)
	}
}

// The program works with nothing around it but what the image has: no shell, no
// libraries, a root that cannot be written to, as somebody without rights.
func TestRunsFromScratch(t *testing.T) {
	needs(t, "unshare", "which gives it a root of its own")
	if out, err := exec.Command("unshare", "--mount", "true").CombinedOutput(); err != nil {
		t.Skipf("left out: no mount namespace may be made here: %s", out)
	}
	files := image(t)
	root, err := os.MkdirTemp("", "callboard-root-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	for _, data := range files {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			continue // not the layer
		}
		layer, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		extract(t, layer, root)
	}
	if err := os.Mkdir(filepath.Join(root, "dev"), 0o755); err != nil { // every engine gives one
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "dev", "null"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	url := "http://127.0.0.1:" + freePort(t)
	script := `set -e
mount --bind "$1" "$1"
mount --bind "$1/data" "$1/data"
mount --bind /dev/null "$1/dev/null"
mount -o remount,ro,bind "$1"
shift
exec "$@"`
	inside := func(words ...string) *exec.Cmd {
		chroot := []string{"--mount", "sh", "-c", script, "sh", root, "chroot", "--userspec=65532:65532", root, "/dashboard"}
		cmd := exec.Command("unshare", append(chroot, words...)...)
		cmd.Env = []string{
			"PATH=" + os.Getenv("PATH"), "HOME=/data", "TMPDIR=/data", "DASHBOARD_DATA_DIR=/data", "DASHBOARD_LISTEN=" + strings.TrimPrefix(url, "http://"),
			"DASHBOARD_LOGIN=off", "DASHBOARD_PBX_USER=api-dash", "DASHBOARD_PBX_PASSWORD=" + secret, "DASHBOARD_TIME_ZONE=Europe/Amsterdam",
		}
		return cmd
	}
	cmd := inside("serve", "--pbx-url", strings.TrimSuffix(pbx(t), "/"))
	p := start(t, cmd)
	p.connected(p.url())
	stream(t, p.url())
	if out, err := inside("check").CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("the health check says %v: %s", err, out)
	}
	p.stop()
	if out, err := inside("check").CombinedOutput(); err == nil {
		t.Errorf("the health check of a stopped service is content: %s", out)
	}
	if log := p.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") {
		t.Errorf("the log complains:\n%s", log)
	}
	kept, _ := filepath.Glob(filepath.Join(root, "data", "history.db"))
	if len(kept) != 1 {
		t.Error("nothing was kept in /data")
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if in, _ := filepath.Rel(root, path); err == nil && !strings.HasPrefix(in, "data") && !d.IsDir() && !strings.HasPrefix(in, "etc/") && in != "dev/null" && in != "dashboard" {
			t.Errorf("%s was written outside of /data", in)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func extract(t *testing.T, layer []byte, root string) {
	t.Helper()
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(bytes.NewReader(layer)); ; {
		h, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(root, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir {
			err = os.Mkdir(to, 0o700)
		} else {
			var data []byte
			if data, err = io.ReadAll(r); err == nil {
				err = os.WriteFile(to, data, 0o600)
			}
		}
		if err == nil {
			err = os.Chmod(to, h.FileInfo().Mode().Perm())
		}
		if err == nil && os.Getuid() == 0 {
			err = os.Chown(to, h.Uid, h.Gid)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
