// Command image writes a container image with nothing in it but the program,
// the certificates of the public authorities and a user: an OCI image layout in
// a tar file, which docker load, podman load and skopeo read. It needs no
// container engine, and equal inputs give equal bytes.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"
)

// nonroot is the user that the program runs as; nothing else is in the image
// that it could be.
const nonroot = 65532

func main() {
	binary := flag.String("binary", "../bin/dashboard", "the program, built without cgo")
	roots := flag.String("roots", "/etc/ssl/certs/ca-certificates.crt", "certificates (PEM) of the public authorities, for https to the PBX")
	out := flag.String("out", "../bin/callboard-image.tar", "file to write")
	name := flag.String("name", "callboard:latest", "name and tag")
	revision := flag.String("revision", "", "commit the program was built from")
	arch := flag.String("arch", runtime.GOARCH, "of the program, as Go calls it")
	flag.Parse()
	if err := run(*binary, *roots, *out, *name, *revision, *arch); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

// entry is a file or folder of an archive.
type entry struct {
	name  string
	mode  int64
	owner int
	data  []byte // nil: a folder
}

func run(binary, roots, out, name, revision, arch string) error {
	program, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	certificates, err := os.ReadFile(roots)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: install ca-certificates, or name another file with -roots", err)
	} else if err != nil {
		return err
	}
	plain, err := archive([]entry{
		{"dashboard", 0o755, 0, program},
		{"data/", 0o700, nonroot, nil},
		{"etc/", 0o755, 0, nil},
		{"etc/group", 0o644, 0, []byte("callboard:x:65532:\n")},
		{"etc/passwd", 0o644, 0, []byte("callboard:x:65532:65532::/data:/dashboard\n")},
		{"etc/ssl/", 0o755, 0, nil},
		{"etc/ssl/certs/", 0o755, 0, nil},
		{"etc/ssl/certs/ca-certificates.crt", 0o644, 0, certificates},
	})
	if err != nil {
		return err
	}
	var layer bytes.Buffer
	z, _ := gzip.NewWriterLevel(&layer, gzip.BestCompression) // the level is valid
	z.Write(plain)                                            // into memory, cannot fail
	z.Close()

	config := encode(map[string]any{
		"architecture": arch, "os": "linux",
		"config": map[string]any{
			"User":         fmt.Sprintf("%d:%d", nonroot, nonroot),
			"Env":          []string{"DASHBOARD_DATA_DIR=/data", "DASHBOARD_LISTEN=0.0.0.0:8080", "HOME=/data", "TMPDIR=/data"},
			"Entrypoint":   []string{"/dashboard"},
			"Cmd":          []string{"serve"},
			"ExposedPorts": map[string]any{"8080/tcp": struct{}{}},
			"Volumes":      map[string]any{"/data": struct{}{}},
			"WorkingDir":   "/data",
			"StopSignal":   "SIGTERM",
			"Healthcheck": map[string]any{
				"Test": []string{"CMD", "/dashboard", "check"}, "Interval": 10 * time.Second, "Timeout": 3 * time.Second, "StartPeriod": 10 * time.Second, "Retries": 3,
			},
			"Labels": map[string]string{"org.opencontainers.image.title": "Callboard", "org.opencontainers.image.revision": revision},
		},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{digest(plain)}},
	})
	type blob struct {
		MediaType   string            `json:"mediaType"`
		Digest      string            `json:"digest"`
		Size        int               `json:"size"`
		Annotations map[string]string `json:"annotations,omitempty"`
	}
	describe := func(kind string, data []byte) blob {
		return blob{"application/vnd.oci.image." + kind, digest(data), len(data), nil}
	}
	manifest := encode(map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
		"config": describe("config.v1+json", config),
		"layers": []blob{describe("layer.v1.tar+gzip", layer.Bytes())},
	})
	named := describe("manifest.v1+json", manifest)
	named.Annotations = map[string]string{"org.opencontainers.image.ref.name": name, "io.containerd.image.name": "docker.io/library/" + name}
	index := encode(map[string]any{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []blob{named}})
	// Engines from before OCI layouts look for this one.
	older := encode([]any{map[string]any{"Config": path(config), "RepoTags": []string{name}, "Layers": []string{path(layer.Bytes())}}})

	whole, err := archive([]entry{
		{"blobs/", 0o755, 0, nil},
		{"blobs/sha256/", 0o755, 0, nil},
		{path(config), 0o644, 0, config},
		{path(layer.Bytes()), 0o644, 0, layer.Bytes()},
		{path(manifest), 0o644, 0, manifest},
		{"index.json", 0o644, 0, index},
		{"manifest.json", 0o644, 0, older},
		{"oci-layout", 0o644, 0, []byte(`{"imageLayoutVersion":"1.0.0"}`)},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(out, whole, 0o644)
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps and strings always encode
	}
	return b
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// path is where a blob lies in the layout.
func path(data []byte) string { return "blobs/sha256/" + digest(data)[len("sha256:"):] }

// archive packs files without anything that differs from one day or machine to
// the next.
func archive(files []entry) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range files {
		h := &tar.Header{Name: f.name, Mode: f.mode, Uid: f.owner, Gid: f.owner, Size: int64(len(f.data)), Typeflag: tar.TypeReg, ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
		if f.data == nil {
			h.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(h); err != nil {
			return nil, err
		}
		if _, err := io.Copy(w, bytes.NewReader(f.data)); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}
