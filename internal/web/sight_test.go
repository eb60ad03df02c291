package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/hub"
	"callboard/internal/state"
	"callboard/internal/travel"
)

// keptBoard is a record of one board, as it was when it was kept.
type keptBoard struct {
	*travel.Engine // of which nothing is asked
	image          []byte
	cfg            state.Config
	from, to       time.Time
	ctx            context.Context
}

func (p *keptBoard) Span(context.Context) (from, to time.Time, err error) { return p.from, p.to, nil }

func (p *keptBoard) Marks(context.Context, time.Time, time.Time) ([]travel.Mark, error) {
	return nil, nil
}
func (p *keptBoard) Next(context.Context, string, time.Time) (m travel.Mark, ok bool, err error) {
	return m, false, nil
}
func (p *keptBoard) Prev(context.Context, string, time.Time) (m travel.Mark, ok bool, err error) {
	return m, false, nil
}

func (p *keptBoard) Hub(ctx context.Context, at time.Time, rate int) (*hub.Hub, func(), error) {
	if at.Before(p.from) || at.After(p.to) {
		return nil, nil, &travel.OutsideError{At: at, From: p.from, To: p.to, Later: at.After(p.to)}
	}
	board, err := state.FromImage(p.cfg, p.image)
	if err != nil {
		return nil, nil, err
	}
	h := hub.New(hub.Options{Build: "v1.2.3", Zone: p.cfg.Zone, State: p.cfg, Board: board, At: at, Rate: float64(rate)})
	run, stop := context.WithCancel(p.ctx)
	go h.Run(run)
	return h, stop, nil
}

// Every live page can be asked for at a moment: it is never called live, says
// so, leads on to its moment, and changes nothing.
func TestPagesOfAMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		record := &keptBoard{ctx: t.Context(), cfg: state.Config{Zone: time.FixedZone("CET", 3600)}}
		h := open(t, func(c *Config) { c.Travel = record }, nil)
		defer h.stop()
		h.up()
		h.calls()
		h.hub.Read(func(b *state.Board, now time.Time) {
			image, err := b.Image()
			if err != nil {
				t.Fatal(err)
			}
			record.image, record.from, record.to = image, now.Add(-time.Minute).Truncate(time.Second), now.Truncate(time.Second)
		})
		at := record.to.Format(time.RFC3339)
		ask := func(method, address string) (int, string) {
			t.Helper()
			r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost"+address, nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := h.client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			if kept := answer.Header.Get("Cache-Control"); kept != "no-store" {
				t.Errorf("%s: Cache-Control %q", address, kept)
			}
			return answer.StatusCode, string(body)
		}
		for _, path := range []string{"/", "/people", "/lines", "/missed", "/numbers", "/wall", "/status", "/calls/2"} {
			status, page := ask("GET", path+"?at="+at)
			if status != http.StatusOK {
				t.Errorf("%s: %d", path, status)
				continue
			}
			for _, want := range []string{`data-live="doubtful"`, `data-travel="live"`, `data-stream=""`, "Not live", "at=" + strings.ReplaceAll(at, ":", "%3A")} {
				if !strings.Contains(page, want) && !(path == "/wall" && strings.HasPrefix(want, "at=")) { // a wall has no links
					t.Errorf("%s has no %s", path, want)
				}
			}
			for _, never := range []string{`data-live="live"`, "data-fresh", `method="post"`} {
				if strings.Contains(page, never) {
					t.Errorf("%s has %s", path, never)
				}
			}
			if _, page = ask("GET", path+"?at="+at+"&play=10"); !strings.Contains(page, `data-play="10"`) || !strings.Contains(page, `data-stream="/events?at=`) {
				t.Errorf("%s does not play", path)
			}
		}
		if status, board := ask("GET", "/api/v1/board?at="+at); status != http.StatusOK || !strings.Contains(board, `"recorded":true`) || !strings.Contains(board, `"asOf":"`+strings.TrimSuffix(at, "Z")) {
			t.Errorf("the API answers %d %s", status, board)
		}
		for address, want := range map[string]int{
			"/?at=tomorrow": 400, "/?play=10": 400, "/?at=" + at + "&play=0.5": 400, "/?at=2099-01-01T00:00:00Z": 400, "/?at=1999-01-01T00:00:00Z": 404,
			"/api/v1/board?at=1999-01-01T00:00:00Z": 404, "/?at=00:30:00": 404, "/?at=00:59:30": 200,
		} {
			status, page := ask("GET", address)
			if status != want {
				t.Errorf("%s: %d, want %d", address, status, want)
			}
			if strings.Contains(address, "99-01") && !strings.Contains(page, "There is a record from") && !strings.Contains(page, "there is one from") {
				t.Errorf("%s does not say of when there is a record: %s", address, page)
			}
		}
		for _, path := range []string{"/calls/1/dismiss", "/notice", "/missed/1/claim", "/api/v1/missed/1/done"} {
			if status, _ := ask("POST", path+"?at="+at); status != http.StatusConflict {
				t.Errorf("POST %s: %d", path, status)
			}
		}
	})
}
