package deploy

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const unitFile = "callboard.service"

// unit is the lines of the file, by name.
type unit map[string][]string

func (u unit) all(name string) []string { return u[name] }
func (u unit) is(name string) bool      { return slices.Equal(u[name], []string{"yes"}) }

func readUnit(t *testing.T) unit {
	t.Helper()
	f, err := os.Open(unitFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	u := unit{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok && !strings.HasPrefix(name, "#") {
			u[name] = append(u[name], value)
		}
	}
	return u
}

func needs(t *testing.T, tool, why string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("left out: %s is missing, %s", tool, why)
	}
}

// The service can do little harm: 1.5 of 10 at most on systemd's own scale.
func TestExposure(t *testing.T) {
	needs(t, "systemd-analyze", "which scores the unit")
	out, err := exec.Command("systemd-analyze", "--no-pager", "security", "--offline=yes", "--threshold=15", unitFile).CombinedOutput()
	if strings.Contains(string(out), "nrecognized option") {
		t.Skipf("left out: this systemd is older than 250: %s", out)
	}
	m := regexp.MustCompile(`exposure level for \S+: ([0-9.]+)`).FindStringSubmatch(string(out))
	if m == nil {
		t.Fatalf("no score, %v:\n%s", err, out)
	}
	score, _ := strconv.ParseFloat(m[1], 64)
	t.Logf("exposure %s of 10", m[1])
	if err != nil || score > 1.5 {
		t.Errorf("exposure %v, want at most 1.5, %v:\n%s", score, err, out)
	}
}

// Every line of the unit is one that systemd knows.
func TestUnitIsUnderstood(t *testing.T) {
	needs(t, "systemd-analyze", "which reads the unit")
	u := readUnit(t)
	dir := t.TempDir()
	text, _ := os.ReadFile(unitFile)
	copied := filepath.Join(dir, unitFile)
	program := strings.Fields(u.all("ExecStart")[0])[0]
	if err := os.WriteFile(copied, []byte(strings.ReplaceAll(string(text), program, "/bin/true")), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("systemd-analyze", "--no-pager", "verify", copied).CombinedOutput()
	if err != nil || strings.Contains(string(out), unitFile) {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

// The program works as the unit starts it: under the same filters, without
// privileges, as somebody who owns one folder, its password from the service
// manager's folder; it says when it is ready and that it lives.
func TestRunsAsTheUnitSays(t *testing.T) {
	needs(t, "systemd-analyze", "which has the lists of system calls")
	u := readUnit(t)
	code := filter(t, u)
	dir, err := os.MkdirTemp("", "callboard-unit-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	state, credentials := filepath.Join(dir, "state"), filepath.Join(dir, "credentials")
	for _, d := range []string{filepath.Join(state, "callboard"), credentials} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	cage := filepath.Join(dir, "filter")
	for file, text := range map[string][]byte{cage: code, filepath.Join(credentials, "pbx-password"): []byte(secret + "\n")} {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	socket := filepath.Join(dir, "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var ready, alive, stopping atomic.Int32
	go func() {
		buf := make([]byte, 256)
		for {
			n, err := l.Read(buf)
			if err != nil {
				return
			}
			switch string(buf[:n]) {
			case "READY=1":
				ready.Add(1)
			case "WATCHDOG=1":
				alive.Add(1)
			case "STOPPING=1":
				stopping.Add(1)
			}
		}
	}()

	words := strings.Fields(strings.ReplaceAll(u.all("ExecStart")[0], "%S", state))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, append([]string{program(t)}, words[1:]...)...)
	cmd.Env = []string{
		caged + "=" + cage, "CREDENTIALS_DIRECTORY=" + credentials, "NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=600000",
		"DASHBOARD_LISTEN=127.0.0.1:0", "DASHBOARD_LOGIN=off", "DASHBOARD_PBX_USER=api-dash", "DASHBOARD_PBX_URL=" + strings.TrimSuffix(pbx(t), "/"),
	}
	if os.Getuid() == 0 {
		const somebody = 65532
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: somebody, Gid: somebody}}
		open := filepath.Join(dir, "cage.test") // the test binary lies where only its owner looks
		copyFile(t, self, open)
		cmd.Path, cmd.Args[0] = open, open
		for _, file := range []string{dir, state, filepath.Join(state, "callboard"), credentials, filepath.Join(credentials, "pbx-password"), cage, socket} {
			if err := os.Chown(file, somebody, somebody); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := start(t, cmd)
	defer func() {
		if log := p.log.String(); strings.Contains(log, "cage:") {
			t.Logf("the filter could not be put on: %s", log)
		}
	}()
	url := p.url()
	p.connected(url)
	p.until("READY=1 and some WATCHDOG=1", func() bool { return ready.Load() == 1 && alive.Load() >= 3 })

	// It really is in the cage: nothing else has both of these.
	status, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	if err != nil || !strings.Contains(string(status), "Seccomp:\t2") || !strings.Contains(string(status), "NoNewPrivs:\t1") {
		t.Errorf("the program runs without its filter, %v:\n%s", err, status)
	}
	stream(t, url)
	if _, err := os.Stat(filepath.Join(state, "callboard", "history.db")); err != nil {
		t.Errorf("nothing was kept: %v", err)
	}
	p.stop()
	p.until("STOPPING=1", func() bool { return stopping.Load() == 1 })
	for _, word := range []string{"level=ERROR", "operation not permitted", secret} {
		if log := p.log.String(); strings.Contains(log, word) {
			t.Errorf("the log has %q:\n%s", word, log)
		}
	}
}

// stream wants the first event of a page's stream.
func stream(t *testing.T, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, url+"events?page=board", nil)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if lines.Text() == "event: hello" {
			return
		}
	}
	t.Errorf("the stream ended without its first event: %v", lines.Err())
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}
