package e2e

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"callboard/e2e/browser"
)

// The console tells of the icon that no test parent has, and of a frame that may
// not be there.
var framed = regexp.MustCompile(`favicon|frame-ancestors|Refused to frame|Framing 'http|Failed to load resource|net::ERR_BLOCKED_BY_RESPONSE`)

// A view of the board stands in the page it was given to, and in no other; taken
// back, it is gone within seconds. Parent and board are of different sites, so
// the frame's cookie is one of a third party.
func TestFrameInAnotherPage(t *testing.T) {
	needBrowser(t)
	var snippet string
	parent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<!doctype html><title>Intranet</title><script>heard=0; addEventListener('message', () => heard++)</script>`+snippet)
	}))
	t.Cleanup(parent.Close)
	chosen := strings.Replace(parent.URL, "127.0.0.1", "localhost", 1) // another site than the board's 127.0.0.1
	p := startPBX(t)
	data := filepath.Join(t.TempDir(), "data")
	b := start(t, "serve", "--listen", "127.0.0.1:0", "--data-dir", data, "--time-zone", "UTC", "--pbx-url", p.url, "--pbx-user", "api-board", "--embed-parents", chosen)
	p.subscribed(t)
	p.Ring(sales("0000e001", "+31205550101"))

	share := func(args ...string) string {
		out, err := exec.Command(binary, append([]string{"embed", "--data-dir", data, "--public-url", b.URL("")}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	said := share("--view", "calls", "--name", "Intranet")
	snippet = said[strings.Index(said, "<iframe"):]
	id := regexp.MustCompile(`frame=([a-z0-9]+)`).FindStringSubmatch(snippet)[1]

	for i, opt := range []browser.Options{{Together: true}, {Together: true, FirstParty: true}} {
		tab := open(t, chosen+"/", opt, framed)
		inside := func(want ...string) bool {
			html, err := tab.FrameHTML()
			for _, w := range want {
				if err != nil || !strings.Contains(html, w) {
					return false
				}
			}
			return true
		}
		eventually(t, soon, "the live, masked call in the frame", func() bool { return inside(`data-live="live"`, "+31 20 555 0···") })
		if inside("0101") {
			t.Error("the frame has the whole number")
		}
		another := sales("0000e00"+strconv.Itoa(2+i), "+31205557777") // an id of its own: one that is over does not ring again
		p.Ring(another)
		eventually(t, soon, "a new call in the frame", func() bool { return inside("+31 20 555 7···") })
		p.HangUp(another)
		if n := ask[int](tab, "heard"); n != 0 {
			t.Errorf("the frame told the page around it %d messages", n)
		}
		if !opt.FirstParty {
			continue
		}
		// In the page of a stranger the same frame is refused.
		other := open(t, parent.URL+"/", browser.Options{Together: true}, framed)
		eventually(t, soon, "a frame", func() bool { return ask[bool](other, "document.querySelector('iframe') !== null") })
		if html, err := other.FrameHTML(); err == nil && strings.Contains(html, "data-stream") {
			t.Errorf("the page of a stranger shows %.500s", html)
		}
		share("--revoke", id)
		eventually(t, soon, "a frame that was taken back", func() bool { return inside(`data-page="embed"`, `<p id="frame-closed">`) })
		if inside("555") {
			t.Error("what was taken back still shows a call")
		}
	}
}
