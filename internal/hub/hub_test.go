package hub

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

func parseValues(t testing.TB, raw string) url.Values {
	t.Helper()
	v, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A call comes up, is answered and ends: the page follows by patches alone.
func TestCallComesAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{Build: "v1"})
		defer stop()
		feedIn(h, liveFacts()...)
		time.Sleep(time.Second)
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		if p.live != "live" || len(p.ids) != 0 || !strings.Contains(p.parts["p-empty"], "No calls") {
			t.Fatalf("quiet board: live %q, rows %v, empty %s", p.live, p.ids, p.parts["p-empty"])
		}

		feedIn(h, call(1).rings())
		synctest.Wait()
		rest(t, v, p)
		if want := []string{"g-ringing", "c2"}; fmt.Sprint(p.ids) != fmt.Sprint(want) {
			t.Fatalf("a ringing call: rows %v, want %v", p.ids, want)
		}
		if !strings.Contains(strings.ReplaceAll(p.html["c2"], " ", ""), "+31205550001") {
			t.Errorf("the caller's number is not in the row: %s", p.html["c2"])
		}
		time.Sleep(time.Second)
		feedIn(h, call(1).answers())
		synctest.Wait()
		rest(t, v, p)
		if want := []string{"g-talking", "c2"}; fmt.Sprint(p.ids) != fmt.Sprint(want) {
			t.Fatalf("an answered call: rows %v, want %v", p.ids, want)
		}
		time.Sleep(time.Second)
		feedIn(h, call(1).hangsUp())
		synctest.Wait()
		rest(t, v, p)
		if len(p.ids) != 0 {
			t.Fatalf("after the hangup: rows %v", p.ids)
		}
		if p.whole != 1 || len(p.frames) < 4 || len(p.frames) > 7 { // the hours of the day may come a frame later, each time
			t.Errorf("%d frames, %d of them snapshots, want one and a patch or two for each change", len(p.frames), p.whole)
		}
		pic, err := h.Picture(t.Context(), mustQuery(t, PageBoard, ""))
		if err != nil {
			t.Fatal(err)
		}
		if err := p.matches(pic); err != nil {
			t.Error(err)
		}
	})
}

// A call that rings past the limit moves to "Needs a person" by time alone.
func TestRingingPastTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		feedIn(h, call(1).rings())
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		for range 29 {
			feedIn(h, state.Proof{RoundTrip: time.Millisecond})
			time.Sleep(time.Second)
		}
		rest(t, v, p)
		if fmt.Sprint(p.ids) != "[g-ringing c2]" {
			t.Fatalf("before the limit: %v", p.ids)
		}
		time.Sleep(time.Second + 10*time.Millisecond)
		rest(t, v, p)
		if fmt.Sprint(p.ids) != "[g-needs c2]" {
			t.Fatalf("past the limit: %v", p.ids)
		}
		if !strings.Contains(p.parts["p-headlines"], "over limit") {
			t.Errorf("the headline does not say so: %s", p.parts["p-headlines"])
		}
	})
}

// The first change after a quiet moment goes out at once; in a storm a view
// gets at most four frames a second, each with all that changed.
func TestPacing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		time.Sleep(1500 * time.Millisecond) // between two ticks, not beside one
		p := newPage()
		rest(t, v, p)
		before := len(p.frames)
		feedIn(h, call(1).rings())
		synctest.Wait()
		rest(t, v, p)
		if len(p.frames) != before+1 {
			t.Fatal("the first change after a quiet moment waited")
		}
		time.Sleep(time.Second)
		before = len(p.frames)
		for i := range 200 { // one second of a storm
			feedIn(h, call(10+i).rings())
			time.Sleep(5 * time.Millisecond)
			rest(t, v, p)
		}
		if n := len(p.frames) - before; n < 4 || n > 5 {
			t.Errorf("%d frames in a second of storm, want 4 (or 5 with the one at once)", n)
		}
		time.Sleep(framePause)
		rest(t, v, p)
		if n := len(p.ids); n != 202 {
			t.Errorf("%d items, want 201 calls and a head", n)
		}
	})
}

// A row is rendered once for each change, however many look at it through
// however many views.
func TestRenderedOncePerChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		queries := []string{"", "dir=inbound", "q=555", "sort=caller", "state=ringing", "density=comfortable"}
		for _, raw := range queries {
			for range 10 {
				v, err := h.Join(mustQuery(t, PageBoard, raw), "")
				if err != nil {
					t.Fatal(err)
				}
				defer v.Close()
			}
		}
		time.Sleep(time.Second)
		start := h.Stats().RowRenders
		for i := range 20 {
			feedIn(h, call(i).rings())
			time.Sleep(300 * time.Millisecond)
		}
		if n := h.Stats().RowRenders - start; n != 20 {
			t.Errorf("%d rows rendered for 20 changes seen by 60 viewers in %d views", n, len(queries))
		}
	})
}

// A view goes 30 s after its last reader; there are never more than the cap,
// and the one too many is told so.
func TestViewCapAndRemoval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{MaxViews: 3})
		defer stop()
		var viewers []*Viewer
		for i := range 3 {
			v, err := h.Join(mustQuery(t, PageBoard, fmt.Sprintf("q=%d", i)), "")
			if err != nil {
				t.Fatal(err)
			}
			viewers = append(viewers, v)
		}
		if _, err := h.Join(mustQuery(t, PageBoard, "q=9"), ""); !errors.Is(err, ErrTooManyViews) {
			t.Fatalf("a fourth view: %v, want ErrTooManyViews", err)
		}
		if _, err := h.Join(mustQuery(t, PageBoard, "q=1"), ""); err != nil {
			t.Fatalf("a second reader of a view that lives: %v", err)
		}
		viewers[0].Close()
		viewers[0].Close()
		time.Sleep(29 * time.Second)
		if n := h.Stats().Views; n != 3 {
			t.Errorf("%d views 29 s after a reader left, want 3", n)
		}
		time.Sleep(2 * time.Second)
		if n := h.Stats().Views; n != 2 {
			t.Errorf("%d views 31 s after a reader left, want 2", n)
		}
		if n := h.Viewers()[PageBoard]; n != 3 {
			t.Errorf("%d viewers counted, want 3", n)
		}
		if _, err := h.Picture(t.Context(), mustQuery(t, PageBoard, "q=8")); err != nil {
			t.Errorf("a view in the place of the one that went: %v", err)
		}
	})
}

// A burst of queries that nobody reads on must not lock out readers.
func TestUnreadViewsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{MaxViews: 3})
		defer stop()
		for i := range 10 {
			if _, err := h.Picture(t.Context(), mustQuery(t, PageBoard, fmt.Sprintf("q=%d", i))); err != nil {
				t.Fatalf("picture %d: %v", i, err)
			}
		}
		if n := h.Stats().Views; n != 3 {
			t.Errorf("%d views alive, want 3", n)
		}
	})
}

// Shutdown: readers are told, pictures still work.
func TestStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := make(chan error, 1)
		go func() {
			_, err := v.Next(context.Background())
			got <- err
		}()
		synctest.Wait()
		stop()
		if err := <-got; !errors.Is(err, ErrStopped) {
			t.Errorf("Next at shutdown: %v, want ErrStopped", err)
		}
		if _, err := h.Join(mustQuery(t, PageBoard, ""), ""); !errors.Is(err, ErrStopped) {
			t.Errorf("Join after shutdown: %v, want ErrStopped", err)
		}
		if _, err := h.Picture(t.Context(), mustQuery(t, PageBoard, "")); err != nil {
			t.Errorf("Picture after shutdown: %v", err)
		}
	})
}

// The painter's mirror is fed with nothing but changes and equals the board.
func TestMirror(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for i := range 50 {
			feedIn(h, call(i).rings())
			if i%2 == 0 {
				feedIn(h, call(i).answers())
			}
			if i%3 == 0 {
				feedIn(h, call(i).hangsUp())
			}
			feedIn(h, state.Name{Kind: state.NameUser, OID: fmt.Sprintf("5%03d", i), Text: fmt.Sprintf("Person %d", i)})
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(time.Second)
		h.painter.mu.Lock()
		defer h.painter.mu.Unlock()
		seen := 0
		h.Read(func(b *state.Board, _ time.Time) {
			for c := range b.Calls() {
				seen++
				m := h.painter.calls[c.Seq]
				if m == nil || m.call.Rev != c.Rev || m.call.Phase != c.Phase || m.call.Callee.Name != c.Callee.Name {
					t.Errorf("call %d differs between mirror and board", c.Seq)
				}
			}
		})
		if seen == 0 || seen != len(h.painter.calls) {
			t.Errorf("%d calls on the board, %d in the mirror", seen, len(h.painter.calls))
		}
	})
}
