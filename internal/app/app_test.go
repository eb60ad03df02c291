package app

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// nowhere is a board whose PBX answers nothing, as at many a start.
func nowhere(t *testing.T, listen string) (*App, error) {
	t.Helper()
	return New(Options{
		Listen: listen, DataDir: t.TempDir(), Zone: time.UTC, Version: "v1.2.3",
		PBX: PBX{URL: "http://127.0.0.1:1", Tenant: "master", User: "board", Password: "open sesame", UserSpace: "test"},
	})
}

// run runs the app until the returned function is called, which returns Run's
// error.
func run(t *testing.T, a *App) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(cancel)
	return func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(5 * time.Second):
			t.Fatal("the app did not end")
			return nil
		}
	}
}

func TestPagesComeUpWithoutAPBX(t *testing.T) {
	a, err := nowhere(t, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stop := run(t, a)
	for path, want := range map[string]int{"/": 200, "/healthz": 200, "/readyz": 503, "/status": 200, "/metrics": 200} {
		answer, err := http.Get("http://" + a.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, answer.StatusCode, want)
		}
		if path == "/" && !strings.Contains(string(body), "Not live") {
			t.Error("a board that knows nothing does not say that it is not live")
		}
	}
	if err := stop(); err != nil {
		t.Errorf("a clean stop returned %v", err)
	}
	if _, err := net.Dial("tcp", a.Addr().String()); err == nil {
		t.Error("the address is still open after the end")
	}
}

func TestFirstFailureEndsEverything(t *testing.T) {
	a, err := nowhere(t, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(t.Context()) }()
	a.ln.Close() // as when the machine takes the socket away
	select {
	case err := <-ended:
		if !errors.Is(err, net.ErrClosed) || !strings.HasPrefix(err.Error(), "http: ") {
			t.Errorf("Run returned %v, want the failure of the part http", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the other parts went on")
	}
}

func TestTakenAddressIsToldApart(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if a, err := nowhere(t, ln.Addr().String()); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("New on a taken address: %v, %v; want EADDRINUSE", a, err)
	}
}

func TestBuildName(t *testing.T) {
	for _, c := range []struct {
		version, commit, want string
	}{
		{"v1.4.0", "0123456789abcdef0123", "v1.4.0"},
		{"devel", "0123456789abcdef0123", "0123456789ab"},
		{"devel", "", "devel"},
	} {
		if got := buildName(Options{Version: c.version, Commit: c.commit}); got != c.want {
			t.Errorf("version %q, commit %q: build %q, want %q", c.version, c.commit, got, c.want)
		}
	}
}
