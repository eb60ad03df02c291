package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/e2e/board"
	"callboard/e2e/browser"
	"callboard/e2e/scripted"
)

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// answer is what this test reads of GET /api/v1/board.
type answer struct {
	Epoch   string
	Version uint64
	Feed    struct{ State, Reason string }
	Calls   []struct{ ID, CallID, State string }
}

func boardOf(t *testing.T, b *board.Process) answer {
	t.Helper()
	var a answer
	status, body := get(t, b.URL("/api/v1/board"))
	if err := json.Unmarshal([]byte(body), &a); err != nil || status != 200 {
		t.Fatalf("GET /api/v1/board: %d, %v: %s", status, err, body)
	}
	return a
}

func TestStopWithOpenStreams(t *testing.T) {
	t.Parallel()
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.subscribed(t)
	address, err := b.Stream("/")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range 5 {
		request, err := http.NewRequestWithContext(ctx, "GET", address, nil)
		if err != nil {
			t.Fatal(err)
		}
		stream, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		defer stream.Body.Close()
		if line, err := bufio.NewReader(stream.Body).ReadString('\n'); err != nil || stream.StatusCode != 200 {
			t.Fatalf("a stream began with %d %q, %v", stream.StatusCode, line, err)
		}
	}
	// One more that never reads its answer.
	conn, err := net.Dial("tcp", b.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", strings.TrimPrefix(address, "http://"+b.Addr), b.Addr); err != nil {
		t.Fatal(err)
	}
	code, took, err := b.Stop(10 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if code != 0 || took > 3*time.Second {
		t.Errorf("SIGTERM with open streams: exit %d after %v, want 0 within 3 s", code, took)
	}
}

func TestDemoIsAliveAtOnceAndLeavesNothing(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	temp := t.TempDir()
	b, err := board.Start(t.Context(), binary, []string{"TMPDIR=" + temp}, "demo", "--listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Kill)
	first, _, _ := strings.Cut(b.Log(), "\n")
	if !strings.Contains(first, "addr="+b.Addr) {
		t.Errorf("the first line of the log has no addr=: %s", first)
	}
	p := open(t, b.URL("/"), browser.Options{}, lostServer)
	p.until(soon, "the demo is live", isLive)
	p.until(soon, "and has calls", calls+`.length >= 3`)
	p.until(soon, "it says that its PBX is simulated", `/simulated/i.test(document.body.innerText)`)
	rows := ask[string](p, `document.getElementById('list').innerText`)
	p.until(60*time.Second, "it changes by itself", `document.getElementById('list').innerText !== `+quoteJS(rows))

	code, took, err := b.Stop(10 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if code != 0 || took > 3*time.Second {
		t.Errorf("SIGTERM: exit %d after %v, want 0 within 3 s", code, took)
	}
	left, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		t.Errorf("the demo left %s in the temporary folder", entry.Name())
	}
}

func TestServeAgainstTheSimulatorAsAProcessOfItsOwn(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	sim := start(t, "fakepbx", "--listen", "127.0.0.1:0", "--user", scripted.User, "--password", scripted.Password, "--calls-per-minute", "60")
	data := filepath.Join(t.TempDir(), "made", "by", "the", "board")
	args := []string{
		"serve", "--listen", "127.0.0.1:0", "--login", "off", "--data-dir", data,
		"--pbx-url", sim.URL(""), "--pbx-user", scripted.User,
	}
	b := start(t, args...)
	p := open(t, b.URL("/"), browser.Options{}, lostServer)
	p.until(back, "the board of the simulator is live", isLive)
	p.until(back, "calls come", calls+`.length > 0`)
	epoch := boardOf(t, b).Epoch

	// A crash leaves a session at the PBX, which refuses a second one by the
	// same name: the token kept in the data folder must get us in.
	b.Kill()
	p.until(admitted, "the page admits the crash", notLive)
	args[2] = b.Addr
	b = start(t, args...)
	p.until(back, "the board is live again after the crash", isLive)
	if again := boardOf(t, b).Epoch; again == epoch {
		t.Error("the epoch outlived its process")
	}
	info, err := os.Stat(data)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the data folder has mode %v, %v; want 0700", info.Mode(), err)
	}
}

func TestBoardOverTheAPI(t *testing.T) {
	t.Parallel()
	pbx := startPBX(t)
	b := serve(t, pbx)
	pbx.subscribed(t)
	call := sales("00000a41", "+31205550101")
	pbx.Ring(call)
	eventually(t, soon, "the call is in the API's answer", func() bool { return len(boardOf(t, b).Calls) == 1 })
	got := boardOf(t, b)
	if c := got.Calls[0]; c.CallID != call.ID || c.State != "ringing" {
		t.Errorf("the API says %+v, want %s ringing", c, call.ID)
	}
	if status, _ := get(t, b.URL("/api/v1/calls/"+got.Calls[0].ID)); status != 200 {
		t.Errorf("GET /api/v1/calls/%s: %d", got.Calls[0].ID, status)
	}
	eventually(t, soon, "/readyz says 200", func() bool { status, _ := get(t, b.URL("/readyz")); return status == 200 })
	if _, metrics := get(t, b.URL("/metrics")); !strings.Contains(metrics, `dashboard_calls{state="ringing"} 1`) || !strings.Contains(metrics, "dashboard_feed_up 1") {
		t.Errorf("the metrics lack the call or the feed:\n%.2000s", metrics)
	}
}

// A PBX in the cellar has a certificate that no public authority signed.
func TestPBXWithACertificateOfItsOwn(t *testing.T) {
	t.Parallel()
	p := &pbx{PBX: scripted.New()}
	server := httptest.NewUnstartedServer(p.PBX)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are the point
	server.StartTLS()
	t.Cleanup(func() { p.Cut(); server.CloseClientConnections(); server.Close() })
	p.url = server.URL
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}

	stranger := serve(t, p)
	eventually(t, soon, "without the certificate the PBX is not trusted, and the reason says so", func() bool {
		status, reason := get(t, stranger.URL("/readyz"))
		return status == 503 && containsFold(reason, "certificate")
	})
	if p.Logins() != 0 {
		t.Error("a password went to a PBX that is not trusted")
	}

	b := serve(t, p, "--pbx-ca-file", ca)
	p.subscribed(t)
	eventually(t, soon, "with it the board is live", func() bool { status, _ := get(t, b.URL("/readyz")); return status == 200 })
}

func TestPortThatIsTaken(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, err = board.Start(t.Context(), binary, []string{"TMPDIR=" + t.TempDir()}, "demo", "--listen", ln.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "exit status 1") || !strings.Contains(err.Error(), ln.Addr().String()) || !strings.Contains(err.Error(), "another program") {
		t.Errorf("a taken port ended with %v, want exit 1 and words about the other program", err)
	}
}
