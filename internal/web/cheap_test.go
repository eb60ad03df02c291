package web

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Under an attack on sign-in nearly all answers tell somebody to come later:
// packing them took more of the machine than the hashes did.
func TestWhoComesLaterIsAnsweredUnpacked(t *testing.T) {
	for status, packed := range map[int]string{http.StatusOK: "gzip", http.StatusForbidden: "gzip", http.StatusTooManyRequests: ""} {
		r := httptest.NewRequest("POST", "/signin", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		body := bytes.Repeat([]byte("<p>later</p>"), 500)
		new(site).send(w, r, status, "text/html; charset=utf-8", body)
		if got := w.Header().Get("Content-Encoding"); got != packed {
			t.Errorf("an answer of %d is packed as %q, want %q", status, got, packed)
		}
		if packed == "" && !bytes.Equal(w.Body.Bytes(), body) {
			t.Errorf("an answer of %d has %d bytes, want %d", status, w.Body.Len(), len(body))
		}
	}
}
