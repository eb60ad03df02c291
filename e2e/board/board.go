// Package board runs the built dashboard as a person would: as a process of
// its own, with flags, environment and signals.
package board

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Ready is how long a start may take on a busy machine.
const Ready = 20 * time.Second

// A Process is one run of the binary. Safe for concurrent use.
type Process struct {
	Addr string // host:port, from the first line of the log

	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
	err  error         // of the wait; readable after done

	mu  sync.Mutex // guards log
	log strings.Builder
}

var addr = regexp.MustCompile(`\baddr"?[=:]"?([^\s",]+)`)

// Start runs the binary and waits until it says where it listens. env is added
// to a bare environment, so that settings of the caller do not leak in. Stop
// or Kill it.
func Start(ctx context.Context, binary string, env []string, args ...string) (*Process, error) {
	p := &Process{cmd: exec.Command(binary, args...), done: make(chan struct{})}
	p.cmd.Env = append([]string{"HOME=" + os.TempDir(), "PATH=" + os.Getenv("PATH")}, env...)
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	found := make(chan string, 1)
	read := make(chan struct{})
	go func() { defer close(read); p.read(stderr, found) }()
	go func() {
		<-read // Wait closes the pipe: nothing may be left in it
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	ctx, cancel := context.WithTimeout(ctx, Ready)
	defer cancel()
	select {
	case p.Addr = <-found:
		return p, nil
	case <-p.done:
		return nil, fmt.Errorf("dashboard %s ended at once: %w\n%s", strings.Join(args, " "), p.err, p.Log())
	case <-ctx.Done():
		p.Kill()
		return nil, fmt.Errorf("dashboard %s did not say its addr= in time\n%s", strings.Join(args, " "), p.Log())
	}
}

// read keeps the log and picks the address out of it.
func (p *Process) read(from io.Reader, found chan<- string) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.mu.Lock()
		fmt.Fprintln(&p.log, lines.Text())
		p.mu.Unlock()
		if m := addr.FindStringSubmatch(lines.Text()); m != nil {
			select {
			case found <- m[1]:
			default:
			}
		}
	}
}

// URL is the address of a page.
func (p *Process) URL(path string) string { return "http://" + p.Addr + path }

// PID is the process's number.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Log is what the process wrote to standard error so far.
func (p *Process) Log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// Stop sends SIGTERM and returns the exit code and how long the end took. A
// process that does not end within limit is killed, which is an error.
func (p *Process) Stop(limit time.Duration) (code int, took time.Duration, err error) {
	start := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return 0, 0, err
	}
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode(), time.Since(start), nil
	case <-time.After(limit):
		p.Kill()
		return 0, limit, fmt.Errorf("the process did not end within %v of SIGTERM", limit)
	}
}

// Kill ends the process without a word and waits for its end.
func (p *Process) Kill() {
	p.cmd.Process.Kill()
	<-p.done
}

// Freeze stops the process as a machine without time would, or lets it go on.
func (p *Process) Freeze(on bool) error {
	if on {
		return p.cmd.Process.Signal(syscall.SIGSTOP)
	}
	return p.cmd.Process.Signal(syscall.SIGCONT)
}

// Resident is the process's resident memory in bytes.
func (p *Process) Resident() (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		var kB int64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kB); n == 1 {
			return kB << 10, nil
		}
	}
	return 0, errors.New("no VmRSS in the process's status")
}

var stream = regexp.MustCompile(`data-stream="([^"]+)"`)

// Stream is the address of a page's live stream, as the page itself says it.
func (p *Process) Stream(path string) (string, error) {
	client := http.Client{Timeout: Ready}
	answer, err := client.Get(p.URL(path))
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 16<<20))
	if err != nil {
		return "", err
	}
	m := stream.FindSubmatch(body)
	if m == nil {
		return "", fmt.Errorf("the page %s names no stream", path)
	}
	return p.URL(html.UnescapeString(string(m[1]))), nil
}
