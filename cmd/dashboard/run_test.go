package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A running is a command under way in this process.
type running struct {
	t    *testing.T
	url  string
	stop context.CancelFunc
	code chan int
	log  func() string // what it wrote; waits for its end
}

var urlOfLog = regexp.MustCompile(`\burl=(\S+)`)

// begin runs a command until it says its address.
func begin(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r, w := io.Pipe()
	log := make(chan string, 1)
	b := &running{t: t, stop: stop, code: make(chan int, 1), log: sync.OnceValue(func() string { return <-log })}
	go func() {
		code := run(ctx, args, func(string) string { return "" }, io.Discard, w)
		w.Close()
		b.code <- code
	}()
	found := make(chan string, 1)
	go func() {
		var all bytes.Buffer
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			all.WriteString(lines.Text() + "\n")
			if m := urlOfLog.FindStringSubmatch(lines.Text()); m != nil {
				select {
				case found <- m[1]:
				default:
				}
			}
		}
		log <- all.String()
	}()
	t.Cleanup(stop)
	select {
	case b.url = <-found:
	case code := <-b.code:
		t.Fatalf("dashboard %s ended with %d:\n%s", strings.Join(args, " "), code, b.log())
	case <-time.After(10 * time.Second):
		t.Fatalf("dashboard %s did not say its address", strings.Join(args, " "))
	}
	return b
}

// end cancels the command, as a signal does, and wants a clean stop.
func (b *running) end() {
	b.t.Helper()
	start := time.Now()
	b.stop()
	select {
	case code := <-b.code:
		if took := time.Since(start); code != exitOK || took > 3*time.Second {
			b.t.Errorf("exit %d after %v, want 0 within 3 s:\n%s", code, took, b.log())
		}
	case <-time.After(10 * time.Second):
		b.t.Error("the command did not end")
	}
}

func TestDemoRunsStopsAndLeavesNothing(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	b := begin(t, "demo", "--listen", "127.0.0.1:0", "--users", "10")
	answer, err := http.Get(b.url + "healthz")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("/healthz says %s", answer.Status)
	}
	if entries, _ := os.ReadDir(temp); len(entries) != 1 {
		t.Errorf("the demo keeps its data in %d folders, want one", len(entries))
	}
	b.end()
	if entries, _ := os.ReadDir(temp); len(entries) != 0 {
		t.Errorf("the demo left %d entries behind", len(entries))
	}
}

func TestStreamOverTLSAndHTTP2(t *testing.T) {
	cert, key, pool := selfSigned(t)
	b := begin(t, "demo", "--listen", "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key, "--data-dir", t.TempDir())
	if !strings.HasPrefix(b.url, "https://") {
		t.Fatalf("the log says %s, want https", b.url)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	stream, err := client.Get(b.url + "events?page=board")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	if stream.ProtoMajor != 2 || stream.StatusCode != http.StatusOK {
		t.Fatalf("the stream came as %s %s, want HTTP/2.0 200", stream.Proto, stream.Status)
	}
	first := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stream.Body)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				first <- name
				break
			}
		}
		io.Copy(io.Discard, stream.Body)
	}()
	select {
	case name := <-first:
		if name != "hello" {
			t.Errorf("the stream begins with %q, want hello", name)
		}
	case <-time.After(10 * time.Second):
		t.Error("the stream said nothing")
	}
	b.end()
}

// The token of the session must not be readable by others, nor must the
// session stay open at the PBX after a clean stop.
func TestServeGivesItsSessionBack(t *testing.T) {
	sim := begin(t, "fakepbx", "--listen", "127.0.0.1:0")
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("callboard\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	loose := 0
	data := filepath.Join(t.TempDir(), "data")
	for range 2 { // the second time the PBX must not know the session any more
		b := begin(t, "serve", "--listen", "127.0.0.1:0", "--login", "off", "--data-dir", data,
			"--pbx-url", sim.url, "--pbx-user", "api-dash", "--pbx-password-file", secret)
		limit := time.Now().Add(10 * time.Second)
		for ready := false; !ready; {
			answer, err := http.Get(b.url + "readyz")
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			// Until the first call event a connected board is quiet, not ready.
			ready = answer.StatusCode == http.StatusOK || strings.HasPrefix(string(body), "quiet")
			if !ready && time.Now().After(limit) {
				t.Fatalf("not connected in time: %s", body)
			}
		}
		b.end()
		if warned := strings.Contains(b.log(), "can be read by everybody"); warned != (loose == 1) {
			t.Errorf("warned of the mode of the password's file: %t", warned)
		}
		if loose++; loose == 1 {
			if err := os.Chmod(secret, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if log := b.log(); strings.Contains(log, "could not log out") || strings.Contains(log, "callboard\"") {
			t.Errorf("the log of a clean stop:\n%s", log)
		}
	}
	sim.end()
	if log := sim.log(); strings.Count(log, "msg=login") != 2 {
		t.Errorf("the simulator's log does not show two logins:\n%s", log)
	}
}

// selfSigned makes a certificate for 127.0.0.1.
func selfSigned(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool = x509.NewCertPool()
	pool.AddCert(cert)
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile, pool
}
