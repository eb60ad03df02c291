package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// ring puts one more call on the board.
func (h *house) ring(i int, from string) {
	h.apply(state.Event{
		Type: state.NewCall, CallID: fmt.Sprint("SIP/", i), Date: time.Now().UTC().Truncate(time.Second), Duration: -1, Line: "1601",
		Caller: state.Party{FlowID: fmt.Sprint("fa", i), Number: from}, Callee: state.Party{FlowID: fmt.Sprint("fb", i), Number: "201", User: "501"},
	})
}

// want reads events until one of that name comes.
func want(t *testing.T, in *reader, name string) event {
	t.Helper()
	for range 100 {
		e, err := in.next()
		if err != nil {
			t.Fatalf("waiting for %s: %v", name, err)
		}
		if e.name == name {
			return e
		}
	}
	t.Fatalf("no %s among 100 events", name)
	return event{}
}

func TestAViewerResumesWhereItWas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		h.calls()
		c := h.client()
		res, in := subscribe(t, c, "/events?page=board")
		if hello := want(t, in, "hello"); hello.id == "" || hello.retry == "" {
			t.Errorf("hello came as %+v", hello)
		}
		first := want(t, in, "snapshot")
		if beat := want(t, in, "beat"); beat.id != first.id {
			t.Errorf("a beat moved the cursor from %s to %q", first.id, beat.id)
		}
		// A watcher keeps the view alive while the first is away.
		watcher, _ := subscribe(t, c, "/events?page=board")
		res.Body.Close()
		h.ring(50, "+31205550150")
		time.Sleep(time.Second)

		for _, how := range []string{"header", "query", "both"} {
			path, header := "/events?page=board", []string{"Last-Event-ID", first.id}
			switch how {
			case "query":
				path, header = path+"&last="+first.id, nil
			case "both": // the header is newer than the address
				path += "&last=EPOCH-1"
			}
			res, in := subscribe(t, c, path, header...)
			want(t, in, "hello")
			e, err := in.next()
			if err != nil {
				t.Fatal(err)
			}
			if e.name != "patch" {
				t.Errorf("resumed by %s: got %s, want the patch that was missed", how, e.name)
			}
			var patch struct{ Prev, N uint64 }
			if err := json.Unmarshal([]byte(e.data), &patch); err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(first.id, fmt.Sprint("-", patch.Prev)) {
				t.Errorf("resumed by %s: patch follows frame %d, the viewer had %s", how, patch.Prev, first.id)
			}
			res.Body.Close()
		}
		watcher.Body.Close()
		h.stop()
	})
}

func TestEveryEventCarriesTheCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		res, in := subscribe(t, h.client(), "/events?page=board")
		for i := range 30 {
			h.ring(i, "+31205550101")
			e, err := in.next()
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(e.id, h.hub.Epoch()+"-") {
				t.Errorf("%s has the id %q: a browser would forget where it is", e.name, e.id)
			}
		}
		res.Body.Close()
		h.stop()
	})
}

// Names come from strangers' telephones.
func TestHostileNamesKeepTheStream(t *testing.T) {
	names := []string{
		"a\rb", "a\nb", "a\r\n\r\nb", "event: reload\ndata: {}\n\n", "\x00nul", "\u2028\u2029", "</script><script>alert(1)</script>",
		"\u202eevil", "\xff\xfe broken", strings.Repeat("long ", 200_000), `"},"hash":"`, "</tr></table>",
	}
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		res, in := subscribe(t, h.client(), "/events?page=board")
		want(t, in, "snapshot")
		for i, name := range names {
			h.apply(state.Name{Kind: state.NameUser, OID: "501", Text: name, Number: "201"})
			h.ring(i, "+31205550101"+name[:min(20, len(name))])
			e := want(t, in, "patch")
			if !json.Valid([]byte(e.data)) {
				t.Errorf("%.40q: data is not JSON", name)
			}
			if strings.Contains(e.data, "<script") {
				t.Errorf("%.40q: markup came through", name)
			}
		}
		res.Body.Close()
		h.stop()
	})
}

func TestStreamsAreEndedOnPurpose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		began := time.Now()
		res, in := subscribe(t, h.client(), "/events?page=status")
		var last event
		for {
			e, err := in.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("after %v: %v", time.Since(began), err)
			}
			last = e
		}
		if lived := time.Since(began); lived < shortestStream || lived > longestStream+time.Second {
			t.Errorf("a stream lived %v", lived)
		}
		if last.name != "bye" || !strings.HasPrefix(last.data, `{"after":`) || last.id == "" {
			t.Errorf("the last event was %+v, want bye", last)
		}
		res.Body.Close()
		h.stop()
	})
}

func TestOneStreamTooMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, func(c *Config) { c.Streams.All = 2 }, nil)
		h.up()
		c := h.client()
		first, _ := subscribe(t, c, "/events?page=board")
		second, _ := subscribe(t, c, "/events?page=wall")
		third, in := subscribe(t, c, "/events?page=board")
		e, err := in.next()
		if err != nil || e.name != "bye" {
			t.Fatalf("the third viewer of two got %+v, %v", e, err)
		}
		var bye struct{ After int64 }
		if json.Unmarshal([]byte(e.data), &bye); bye.After < 15_000 || bye.After > 30_000 {
			t.Errorf("asked to come back after %d ms", bye.After)
		}
		if _, err := in.next(); !errors.Is(err, io.EOF) {
			t.Errorf("then: %v, want the end", err)
		}
		third.Body.Close()
		second.Body.Close()
		synctest.Wait()
		fourth, in := subscribe(t, c, "/events?page=board")
		want(t, in, "snapshot")
		res, err := c.Get("http://localhost/metrics")
		if err != nil {
			t.Fatal(err)
		}
		if body := read(t, res); !strings.Contains(body, `dashboard_viewers_cut_total{reason="full"} 1`) {
			t.Error("the refused viewer was not counted")
		}
		first.Body.Close()
		fourth.Body.Close()
		h.stop()
	})
}

// The whole way: a storm on the board, one viewer that reads, one that never does.
func TestTheStuckViewerOfAStormIsCountedAndGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		stuck, err := h.pipes.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer stuck.Close()
		io.WriteString(stuck, "GET /events?page=board HTTP/1.1\r\nHost: localhost\r\n\r\n")
		c := h.client()
		res, in := subscribe(t, c, "/events?page=board")
		want(t, in, "beat") // the picture before the storm is there
		for i := range 12 {
			h.ring(i, "+31205550101")
			began := time.Now()
			want(t, in, "patch")
			if took := time.Since(began); took > 300*time.Millisecond {
				t.Errorf("the healthy viewer waited %v", took)
			}
			time.Sleep(500*time.Millisecond - time.Since(began)%(500*time.Millisecond))
		}
		metrics, err := c.Get("http://localhost/metrics")
		if err != nil {
			t.Fatal(err)
		}
		body := read(t, metrics)
		if !strings.Contains(body, `dashboard_viewers_cut_total{reason="slow"} 1`) || !strings.Contains(body, `dashboard_viewers{view="board"} 1`) {
			t.Error("after 6 s the stuck viewer is not counted as cut and gone")
		}
		res.Body.Close()
		h.stop()
	})
}

func TestShutdownOfALivingHouseIsInstant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil, nil)
		h.up()
		c := h.client()
		var open []*http.Response
		for range 20 {
			res, _ := subscribe(t, c, "/events?page=board")
			go io.Copy(io.Discard, res.Body)
			open = append(open, res)
		}
		for i := range 5 {
			conn, err := h.pipes.dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			io.WriteString(conn, "GET /events?page=board HTTP/1.1\r\nHost: localhost\r\n\r\n")
			h.ring(i, "+31205550101")
		}
		time.Sleep(time.Second)
		if took := h.stop(); took > 100*time.Millisecond {
			t.Errorf("shutdown with 20 healthy and 5 stalled viewers took %v", took)
		}
		for _, res := range open {
			res.Body.Close()
		}
	})
}
