package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"log/slog"
)

// Where one request ends and the next begins is never in doubt, whatever the
// headers claim: no second request hides in a first.
func TestFraming(t *testing.T) {
	var hidden atomic.Int32
	server := Server(t.Context(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hidden" {
			hidden.Add(1)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, "ok")
	}), slog.New(slog.DiscardHandler))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(ln)
	t.Cleanup(func() { server.Close() })
	const inside = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
	for name, test := range map[string]struct {
		head   string
		body   string
		status string
	}{
		"plain":                        {"Content-Length: 2\r\n", "hi", "200"},
		"chunked":                      {"Transfer-Encoding: chunked\r\n", "2\r\nhi\r\n0\r\n\r\n", "200"},
		"two lengths":                  {"Content-Length: 2\r\nContent-Length: 40\r\n", inside, "400"},
		"two lengths in one":           {"Content-Length: 2, 40\r\n", inside, "400"},
		"a length with a sign":         {"Content-Length: +2\r\n", inside, "400"},
		"an encoding nobody knows":     {"Transfer-Encoding: xchunked\r\n", inside, "501"},
		"an encoding beside another":   {"Transfer-Encoding: gzip, chunked\r\n", inside, "501"},
		"a space before the colon":     {"Transfer-Encoding : chunked\r\n", inside, "400"},
		"a header that is folded":      {"X: a\r\n b\r\nContent-Length : 2\r\n", inside, "400"},
		"a bare return in a header":    {"X: a\rGET /hidden HTTP/1.1\r\n", "", "400"},
		"a zero in a header":           {"X: a\x00b\r\n", "", "400"},
		"a chunk longer than it says":  {"Transfer-Encoding: chunked\r\n", "1\r\nhi\r\n" + inside, "200"},
		"no host":                      {"", "", "400"},
		"two hosts":                    {"Host: y\r\n", "", "400"},
		"a header longer than allowed": {"X: " + strings.Repeat("x", 20<<10) + "\r\n", "", "431"},
	} {
		t.Run(name, func(t *testing.T) {
			hidden.Store(0)
			c, err := net.Dial("tcp", ln.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			host := "Host: x\r\n"
			if name == "no host" {
				host = ""
			}
			if _, err := io.WriteString(c, "POST /first HTTP/1.1\r\n"+host+test.head+"\r\n"+test.body); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(c).ReadString('\n')
			if err != nil || !strings.HasPrefix(line, "HTTP/1.1 "+test.status) {
				t.Errorf("answered %q, %v, want %s", line, err, test.status)
			}
			if n := hidden.Load(); n != 0 {
				t.Errorf("a request that hid in the first was answered %d times", n)
			}
		})
	}
}
