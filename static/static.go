// Package static holds the browser's files inside the binary and serves them
// under names that carry a hash of their content, so that a browser may keep
// them for ever and never mixes two builds.
//
// The order at the start: files that refer to nothing (fonts, icons, the page's
// modules) get their names first, then the style sheet and the manifest are
// rewritten to refer to those names and get their own. Text is compressed once. A [Files] is safe for
// concurrent use.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

//go:embed app.css app.js tv.js ended.js wall.js kept.js sw.js desk.js alerts.js copy.js print.js missed.js play.js travel.js backtest.js access.js history.js frame.js favicon.svg manifest.webmanifest fonts/*.woff2 icons/*.png
var embedded embed.FS

// Prefix is the path under which the files are served.
const Prefix = "/static/"

// ErrUnknown is the error for a name that no file has.
var ErrUnknown = errors.New("no such file among the browser's files")

// Files are the browser's files, ready to serve.
type Files struct {
	urls   map[string]string // name in this folder to URL
	served map[string]file   // name under Prefix to content
	disk   *os.Root          // not nil: read from here at every request
}

type file struct {
	kind string // content type
	etag string
	body []byte
	gzip []byte // nil where compressing does not pay
}

// New prepares the files of the binary. It fails when the style sheet refers
// to a file that is not there.
func New() (*Files, error) { return build(embedded) }

// Dev serves the files of a folder as they are on disk at each request, under
// their plain names and never cached, for work on them. The folder stays open
// until the process ends.
func Dev(folder string) (*Files, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("browser files: %w", err)
	}
	return &Files{disk: root}, nil
}

func build(from fs.FS) (*Files, error) {
	f := &Files{urls: map[string]string{}, served: map[string]file{}}
	var sheets []string
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := path.Ext(name); ext == ".css" || ext == ".webmanifest" { // refers to the others
			sheets = append(sheets, name)
			return nil
		}
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		return f.add(name, body)
	})
	if err != nil {
		return nil, fmt.Errorf("browser files: %w", err)
	}
	for _, name := range sheets {
		body, err := fs.ReadFile(from, name)
		if err == nil {
			body, err = f.rewrite(name, body)
		}
		if err == nil {
			err = f.add(name, body)
		}
		if err != nil {
			return nil, fmt.Errorf("browser files: %s: %w", name, err)
		}
	}
	return f, nil
}

var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".woff2": "font/woff2",

	".webmanifest": "application/manifest+json",
}

func (f *Files) add(name string, body []byte) error {
	ext := path.Ext(name)
	kind, ok := kinds[ext]
	if !ok {
		return fmt.Errorf("%s: no content type for %q", name, ext)
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	hashed := strings.TrimSuffix(name, ext) + "." + hash + ext
	file := file{kind: kind, etag: hash, body: body}
	if packed := compress(body); len(packed) < len(body)*9/10 {
		file.gzip = packed
	}
	f.urls[name] = Prefix + hashed
	f.served[hashed] = file
	return nil
}

func compress(body []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is valid
	z.Write(body)
	z.Close()
	return out.Bytes()
}

var (
	reference = regexp.MustCompile(`url\(\s*["']?([^"')]+)["']?\s*\)`)
	source    = regexp.MustCompile(`"src":\s*"([^"]+)"`) // of a manifest's icon
)

// rewrite puts hashed URLs in place of a file's own references. Data URLs and
// fragments stay; anything else must be one of our files.
func (f *Files) rewrite(file string, body []byte) ([]byte, error) {
	pattern, format := reference, `url("%s")`
	if path.Ext(file) == ".webmanifest" {
		pattern, format = source, `"src": "%s"`
	}
	var bad error
	out := pattern.ReplaceAllFunc(body, func(m []byte) []byte {
		to := string(pattern.FindSubmatch(m)[1])
		if strings.HasPrefix(to, "data:") || strings.HasPrefix(to, "#") {
			return m
		}
		name, rooted := strings.CutPrefix(to, Prefix)
		if !rooted {
			name = path.Join(path.Dir(file), to)
		}
		u, ok := f.urls[name]
		if !ok {
			bad = fmt.Errorf("refers to %s: %w", to, ErrUnknown)
			return m
		}
		return fmt.Appendf(nil, format, u)
	})
	return out, bad
}

// URL is the address of a file, such as "/static/app.0123456789ab.css" for
// "app.css". The error wraps ErrUnknown.
func (f *Files) URL(name string) (string, error) {
	if f.disk != nil {
		if _, err := f.disk.Stat(name); err != nil {
			return "", fmt.Errorf("%s: %w", name, ErrUnknown)
		}
		return Prefix + name, nil
	}
	u, ok := f.urls[name]
	if !ok {
		return "", fmt.Errorf("%s: %w", name, ErrUnknown)
	}
	return u, nil
}

// ServeWorker answers with a service worker, which has an address of its own and
// is asked for at each start: browsers compare it byte by byte. The error wraps
// ErrUnknown.
func (f *Files) ServeWorker(w http.ResponseWriter, r *http.Request, name string) error {
	if f.disk != nil {
		return f.serveDisk(w, r, name)
	}
	file, ok := f.served[strings.TrimPrefix(f.urls[name], Prefix)]
	if !ok {
		return fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+file.etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.body))
	return nil
}

// Serve answers with the file of that name under Prefix. The error wraps
// ErrUnknown and is given before anything is written.
func (f *Files) Serve(w http.ResponseWriter, r *http.Request, name string) error {
	if f.disk != nil {
		return f.serveDisk(w, r, name)
	}
	file, ok := f.served[name]
	if !ok {
		return fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	h := w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	body, etag := file.body, file.etag
	if file.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if AcceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body, etag = file.gzip, etag+"-gzip"
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

func (f *Files) serveDisk(w http.ResponseWriter, r *http.Request, name string) error {
	kind, ok := kinds[path.Ext(name)]
	if !ok {
		return fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	file, err := f.disk.Open(name) // the root keeps the name inside its folder
	if err != nil {
		return fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	defer file.Close()
	body, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("%q: %w", name, ErrUnknown)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// AcceptsGzip tells whether an Accept-Encoding header allows gzip.
func AcceptsGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if coding = strings.TrimSpace(coding); !strings.EqualFold(coding, "gzip") && coding != "*" {
			continue
		}
		weight, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(params)), "q=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(weight, 64)
		return err == nil && q > 0
	}
	return false
}
