package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"callboard/internal/state"
)

// A reader that stands still delays nobody: the feed is taken at once, the
// reader beside it gets every frame in time, and when it wakes up one snapshot
// brings it to the newest state.
func TestStalledReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		q := mustQuery(t, PageBoard, "")
		stalled, err := h.Join(q, "")
		if err != nil {
			t.Fatal(err)
		}
		defer stalled.Close()
		healthy, err := h.Join(q, "")
		if err != nil {
			t.Fatal(err)
		}
		defer healthy.Close()
		behind, beside := newPage(), newPage()
		rest(t, stalled, behind)
		rest(t, healthy, beside)

		for i := range 400 { // 100 s of frames: more than the ring holds
			start := time.Now()
			feedIn(h, call(i).rings(), state.Proof{RoundTrip: time.Millisecond})
			if took := time.Since(start); took != 0 {
				t.Fatalf("Apply waited %s", took)
			}
			time.Sleep(250 * time.Millisecond)
			rest(t, healthy, beside)
			if i > 20 {
				feedIn(h, call(i-20).hangsUp())
			}
		}
		time.Sleep(1100 * time.Millisecond) // between two paintings that only time brings
		rest(t, healthy, beside)
		if len(beside.frames) < 350 {
			t.Errorf("the healthy reader got %d frames in 400 steps", len(beside.frames))
		}
		before := len(behind.frames)
		rest(t, stalled, behind)
		if n := len(behind.frames) - before; n != 1 {
			t.Errorf("the stalled reader needed %d frames to be up to date, want one snapshot", n)
		}
		pic, err := h.Picture(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if err := behind.matches(pic); err != nil {
			t.Error("stalled:", err)
		}
		if err := beside.matches(pic); err != nil {
			t.Error("healthy:", err)
		}
	})
}

// What a reader is behind decides what it gets: a few frames as they are, more
// than a snapshot as a snapshot.
func TestCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for i := range 30 {
			feedIn(h, call(i).rings())
		}
		time.Sleep(time.Second)
		q := mustQuery(t, PageBoard, "")
		pic, err := h.Picture(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		join := func(cursor string) Batch {
			t.Helper()
			v, err := h.Join(q, cursor)
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			b, err := v.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		names := func(b Batch) string {
			var s strings.Builder
			for _, e := range b.Events {
				s.WriteString(e.Name + " ")
			}
			return s.String()
		}
		if got := names(join(pic.Cursor)); got != "beat " {
			t.Errorf("with the newest cursor: %s", got)
		}
		for range 2 {
			feedIn(h, call(3).answers())
			time.Sleep(time.Second)
			feedIn(h, call(3).hangsUp())
			time.Sleep(time.Second)
		}
		if got := names(join(pic.Cursor)); strings.TrimSpace(strings.ReplaceAll(got, "patch ", "")) != "beat" || strings.Count(got, "patch ") < 2 {
			t.Errorf("two frames behind: %s", got)
		}
		for _, cursor := range []string{"", "nonsense", "-", h.Epoch(), h.Epoch() + "-", h.Epoch() + "-999999", "0000000000000000-1", h.Epoch() + "--1", pic.Cursor + "0"} {
			if got := names(join(cursor)); got != "snapshot beat " {
				t.Errorf("cursor %q: %s", cursor, got)
			}
		}
		// A cursor of another view is not one of this view.
		other, err := h.Picture(t.Context(), mustQuery(t, PageBoard, "dir=inbound"))
		if err != nil {
			t.Fatal(err)
		}
		if got := names(join(other.Cursor)); got != "snapshot beat " {
			t.Errorf("cursor of another view: %s", got)
		}
		// Many frames that together are larger than a snapshot.
		for i := range 60 {
			feedIn(h, call(100).rings(), state.Name{Kind: state.NameUser, OID: "5100", Text: fmt.Sprint("Person ", i)})
			time.Sleep(300 * time.Millisecond)
		}
		if got := names(join(pic.Cursor)); got != "snapshot beat " {
			t.Errorf("far behind: %s", got)
		}
	})
}

// Readers that join, leave and come back with their cursor in the middle of a
// burst miss nothing and see nothing twice: the page complains if a patch does
// not follow its own frame.
func TestJoinDuringBurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		q := mustQuery(t, PageBoard, "")
		ctx, cancel := context.WithCancel(t.Context())
		pages := make([]*page, 20)
		var readers sync.WaitGroup
		for i := range pages {
			pages[i] = newPage()
			readers.Go(func() {
				p := pages[i]
				time.Sleep(time.Duration(i) * 170 * time.Millisecond)
				if i%3 == 0 { // begins from a rendered page
					pic, err := h.Picture(ctx, q)
					if err != nil {
						t.Error(err)
						return
					}
					if err := p.take(Batch{[]Event{{Name: "snapshot", ID: pic.Cursor, Data: pic.Snapshot}}}); err != nil {
						t.Error(err)
						return
					}
					time.Sleep(time.Duration(i) * 130 * time.Millisecond)
				}
				for ctx.Err() == nil {
					v, err := h.Join(q, p.cursor)
					if err != nil {
						t.Error(err)
						return
					}
					for range 1 + i%7 { // then drops the line and comes back
						b, err := v.Next(ctx)
						if errors.Is(err, context.Canceled) {
							break
						}
						if err := errors.Join(err, p.take(b)); err != nil {
							t.Errorf("reader %d: %v", i, err)
							v.Close()
							return
						}
						if i%5 == 4 {
							time.Sleep(700 * time.Millisecond) // slow
						}
					}
					v.Close()
					time.Sleep(90 * time.Millisecond)
				}
			})
		}
		for i := range 1200 {
			n := i % 90
			switch i % 5 {
			case 0, 1:
				feedIn(h, call(n).rings())
			case 2:
				feedIn(h, call(n).answers())
			case 3:
				feedIn(h, call((n*7)%90).hangsUp())
			case 4:
				feedIn(h, state.Name{Kind: state.NameUser, OID: fmt.Sprintf("5%03d", n), Text: fmt.Sprintf("Person %d", i)})
			}
			time.Sleep(7 * time.Millisecond)
		}
		time.Sleep(6 * time.Second)
		cancel()
		readers.Wait()
		pic, err := h.Picture(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(pic.Items) < 10 {
			t.Fatalf("only %d items at the end: the burst proves nothing", len(pic.Items))
		}
		for i, p := range pages {
			if err := p.matches(pic); err != nil {
				t.Errorf("reader %d: %v", i, err)
			}
		}
	})
}

// Two thousand readers at once: one snapshot's bytes, one goroutine each of
// their own, none of the hub's, and none left behind (the bubble would not
// end).
func TestHerd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, stop := run(t, Options{})
		defer stop()
		feedIn(h, liveFacts()...)
		for i := range 50 {
			feedIn(h, call(i).rings())
		}
		time.Sleep(time.Second)
		q := mustQuery(t, PageBoard, "")
		data := make([]*byte, 2000)
		var herd sync.WaitGroup
		for i := range data {
			herd.Go(func() {
				v, err := h.Join(q, "")
				if err != nil {
					t.Error(err)
					return
				}
				defer v.Close()
				b, err := v.Next(t.Context())
				if err != nil || b.Events[0].Name != "snapshot" {
					t.Errorf("%v %v", b.Events, err)
					return
				}
				data[i] = &b.Events[0].Data[0]
			})
		}
		herd.Wait()
		for i := range data {
			if data[i] != data[0] {
				t.Fatal("a snapshot was encoded more than once for the same frame")
			}
		}
		if n := h.Viewers()[PageBoard]; n != 0 {
			t.Errorf("%d viewers left", n)
		}
	})
}

// Who joins before the painter has seen that the link is up hears no beat of the
// time before.
func TestTheFirstBeatIsOfTheBoardThatIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := New(Options{}) // its painter does not run yet
		feedIn(h, liveFacts()...)
		v, err := h.Join(mustQuery(t, PageBoard, ""), "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		p := newPage()
		rest(t, v, p)
		if p.live != "live" {
			t.Errorf("the first beat says %q", p.live)
		}
	})
}

// Beats come every five seconds, quiet or not, and at once when the feed's
// state changes.
func TestBeats(t *testing.T) {
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
		before := p.events
		for range 12 {
			feedIn(h, state.Proof{RoundTrip: time.Millisecond})
			time.Sleep(5 * time.Second)
			rest(t, v, p)
		}
		if n := p.events - before; n != 12 {
			t.Errorf("%d events in a quiet minute, want 12 beats", n)
		}
		feedIn(h, state.Link{State: state.LinkDown, Code: "refused", Reason: "the PBX refuses connections", Attempt: 1})
		time.Sleep(framePause)
		rest(t, v, p)
		if p.live == "live" {
			t.Error("the page still says live after the link went")
		}
		if got := p.parts["p-banner"]; !contained(got, "Not live", "PBX refuses connections") {
			t.Errorf("the banner does not say why: %s", got)
		}
	})
}
