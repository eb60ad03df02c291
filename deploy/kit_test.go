package deploy

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// built is the program as it is given away; made once for all tests.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "callboard-deploy-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // whoever runs it is somebody else
		return "", err
	}
	file := filepath.Join(dir, "dashboard")
	return file, build("..", file)
})

// build does what "make build" does, in a source tree.
func build(tree, out string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, "./cmd/dashboard")
	cmd.Dir = tree
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, text)
	}
	return nil
}

func TestMain(m *testing.M) {
	if os.Getenv(caged) != "" {
		enter() // and becomes the program
	}
	code := m.Run()
	if file, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

func program(t *testing.T) string {
	t.Helper()
	file, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// A process is a running program with what it said so far.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	log *said
}

type said struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

func start(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t, cmd, &said{}}
	cmd.Stdout, cmd.Stderr = p.log, p.log
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	return p
}

// stop ends it as a service manager does and wants a clean end.
func (p *process) stop() {
	p.t.Helper()
	begun := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Error(err)
	}
	if err := p.cmd.Wait(); err != nil || time.Since(begun) > 3*time.Second {
		p.t.Errorf("a stop took %v: %v\n%s", time.Since(begun), err, p.log)
	}
}

// until waits for something that a process brings about.
func (p *process) until(what string, done func() bool) {
	p.t.Helper()
	limit := time.Now().Add(30 * time.Second)
	for !done() {
		if time.Now().After(limit) {
			p.t.Fatalf("%s did not come:\n%s", what, p.log)
		}
		time.Sleep(50 * time.Millisecond) // another process cannot wake us
	}
}

var urlIn = regexp.MustCompile(`\burl=(\S+)`)

// url waits for the address that it says.
func (p *process) url() string {
	p.t.Helper()
	var found string
	p.until("its address", func() bool {
		if m := urlIn.FindStringSubmatch(p.log.String()); m != nil {
			found = m[1]
		}
		return found != ""
	})
	return found
}

// answers waits until the board is connected to its PBX.
func (p *process) connected(url string) {
	p.t.Helper()
	p.until("a board that is connected", func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, url+"readyz", nil)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			return false
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return res.StatusCode == http.StatusOK || strings.HasPrefix(string(body), "quiet")
	})
}

// pbx runs a simulated one and returns its address.
func pbx(t *testing.T) string {
	t.Helper()
	cmd := exec.Command(program(t), "fakepbx", "--listen", "127.0.0.1:0", "--password", secret)
	return start(t, cmd).url()
}

// secret opens the simulated PBX.
const secret = "unit-Secret-4711"

// freePort is one that nobody listens on right now.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}
