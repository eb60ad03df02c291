package web

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"callboard/internal/access"
	"callboard/internal/privacy"
)

// Who asks for what they may not have is written down, by number and route and
// without what stood in the address; strangers cannot fill the log.
func TestRefusedRightsAreLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := accounts(t)
		h := open(t, func(c *Config) {
			c.Access = s
			c.Log = slog.New(slog.NewTextHandler(&log, nil))
		}, nil)
		a := account(t, s, "viewer", access.Viewer, privacy.Lens{Level: privacy.LastThree})
		viewer, _ := signedIn(t, s, a)
		robot := tokened(t, s, "robot", access.Viewer, 1e9*3600)
		for _, test := range []struct {
			by           guest
			method, path string
			said         string // empty: nothing
		}{
			{viewer, "GET", "/backtest?x=0205550101", "party=user:1 method=GET route=/backtest"},
			{viewer, "POST", "/missed/7/claim", "party=user:1 method=POST route=/missed/{id}/"},
			{robot, "GET", "/", "party=token:1 method=GET route=/"},
			{viewer, "GET", "/", ""},
			{guest{0, nobody}, "GET", "/backtest", ""},
			{guest{0, bearing("cb_wrong")}, "GET", "/api/v1/board", ""},
		} {
			log.Reset()
			r := httptest.NewRequest(test.method, "http://localhost"+test.path, nil)
			test.by.bring(r)
			h.handler.ServeHTTP(httptest.NewRecorder(), r)
			got := log.String()
			if test.said == "" && strings.Contains(got, "refused") || !strings.Contains(got, test.said) || strings.Contains(got, "0205550101") {
				t.Errorf("%s %s: the log says %q, want %q", test.method, test.path, got, test.said)
			}
		}
		h.stop()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
