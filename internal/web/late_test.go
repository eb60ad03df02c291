package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/history"
)

// A history whose file is not there yet is none for now: its pages say so, and
// are the pages of any history once it is.
func TestAHistoryThatComesLate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "late")
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(12 * time.Hour)
		s, err := history.Open(dir, history.Options{Late: true})
		if err != nil || s.Away() == nil {
			t.Fatalf("opened in a folder that is not there: %v, %v", err, s.Away())
		}
		defer s.Close()
		h := open(t, func(c *Config) { c.History = s }, nil)
		defer h.stop()
		h.up()
		status := func(path string) string { return h.ask(t, []string{"GET " + path}).status }
		want := map[string]string{
			"/history": "200", "/gaps": "200", "/handover": "200", "/numbers?day=1999-12-31": "200", "/status": "200",
			"/calls/7": "404", "/api/v1/history": "503", "/api/v1/history.csv": "503", "/api/v1/gaps": "200",
		}
		for path, code := range want {
			if got := status(path); got != code {
				t.Errorf("without its file %s answered %s, want %s", path, got, code)
			}
		}
		if page := h.page(t, "/history"); !strings.Contains(page, `href="/status"`) {
			t.Error("the page does not lead to why there is no history")
		}
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := s.Reopen(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for _, path := range []string{"/history", "/api/v1/history", "/api/v1/history.csv"} {
			if got := status(path); got != "200" {
				t.Errorf("with its file %s answered %s", path, got)
			}
		}
	})
}
