package web

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

// The file of who waits is refused while nobody can vouch for it, in the
// reader's language, and lists the customer once the feed is proven.
func TestMissedCSVOnlyOfWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		defer h.stop()
		get := func() (int, string) {
			res, err := h.client().Get("http://localhost/missed.csv?lang=nl")
			if err != nil {
				t.Fatal(err)
			}
			return res.StatusCode, read(t, res)
		}
		if status, body := get(); status != http.StatusServiceUnavailable || !strings.Contains(body, "Lijst niet bekend") {
			t.Errorf("before any connection: %d\n%s", status, body)
		}
		h.up()
		h.calls()
		h.gaveUp()
		if status, body := get(); status != http.StatusOK || !strings.Contains(body, "'+4930123456") {
			t.Errorf("once it is known: %d\n%s", status, body)
		}
	})
}
