package hub

import (
	"fmt"
	"runtime"
	"testing"

	"callboard/internal/privacy"
)

// lenses are so many different ones: masks of all, then of half the lines.
func lenses(n int) []privacy.Lens {
	out := make([]privacy.Lens, n)
	for i := range out {
		out[i].Level = privacy.Level(i % 3)
		if i > 2 {
			out[i].Scope = privacy.NewScope(nil, []string{fmt.Sprintf("160%d", i%3), fmt.Sprint(i)})
		}
	}
	return out
}

// From an event to the frames of all who look, with one lens and with eight.
func BenchmarkEventToFrame(b *testing.B) {
	for _, n := range []int{1, 8} {
		b.Run(fmt.Sprintf("calls=500/lenses=%d", n), func(b *testing.B) {
			h := busyHub(b, 500)
			for _, l := range lenses(n) {
				v, err := h.Join(Query{Page: PageBoard, Lens: l}, "")
				if err != nil {
					b.Fatal(err)
				}
				defer v.Close()
			}
			h.painter.paint()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%2 == 0 {
					feedIn(h, call(5000+i/2).rings())
				} else {
					feedIn(h, call(5000+(i-1)/2).hangsUp())
				}
				h.painter.paint()
			}
		})
	}
}

// What the mirrors take over, without the painting: the live path waits for it.
func BenchmarkAbsorb(b *testing.B) {
	for _, n := range []int{1, 8} {
		b.Run(fmt.Sprintf("calls=500/lenses=%d", n), func(b *testing.B) {
			h := busyHub(b, 500)
			p := &h.painter
			p.mu.Lock()
			defer p.mu.Unlock()
			p.absorb()
			for _, l := range lenses(n) {
				if _, err := p.through(l, h.start); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%2 == 0 {
					feedIn(h, call(5000+i/2).rings())
				} else {
					feedIn(h, call(5000+(i-1)/2).hangsUp())
				}
				p.absorb()
			}
		})
	}
}

// What a lens costs while somebody looks through it at a board of 500 calls.
func TestMemoryOfALens(t *testing.T) {
	if testing.Short() {
		t.Skip("measures the heap")
	}
	h := New(Options{MaxViews: 500})
	feedIn(h, liveFacts()...)
	for i := range 500 {
		feedIn(h, call(i).rings())
	}
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	look := func(l privacy.Lens) {
		v, err := h.Join(Query{Page: PageBoard, Lens: l}, "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(v.Close)
	}
	look(privacy.Lens{})
	before := heap()
	const n = 8
	for i := range n {
		look(privacy.Lens{Level: privacy.LastThree, Scope: privacy.NewScope(nil, []string{"1600", "1601", "1602", fmt.Sprint(i)})})
	}
	each := (heap() - before) / n
	t.Logf("a lens with one view of 500 calls takes %d kB", each>>10)
	if each > 6<<20 {
		t.Errorf("a lens with one view of 500 calls takes %d kB", each>>10)
	}
	runtime.KeepAlive(h)
}

// Painters of lenses come with their first view and go with their last, and
// there is an end to them.
func TestLensesAreBounded(t *testing.T) {
	h := New(Options{MaxViews: 500})
	feedIn(h, liveFacts()...)
	lens := func(i int) privacy.Lens {
		return privacy.Lens{Scope: privacy.NewScope(nil, []string{fmt.Sprintf("l%d", i)})}
	}
	for i := range mostLenses {
		v, err := h.Join(Query{Page: PageBoard, Lens: lens(i)}, "")
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
	}
	if _, err := h.Join(Query{Page: PageBoard, Lens: lens(100)}, ""); err != ErrTooManyViews {
		t.Errorf("one lens too many: %v", err)
	}
	if _, _, _, err := h.Callbacks(Query{Page: PageMissed, Lens: lens(100)}); err != ErrTooManyViews {
		t.Errorf("one lens too many for an answer: %v", err)
	}
	if _, err := h.Picture(t.Context(), Query{Page: PageStatus}); err != nil {
		t.Errorf("who sees everything is shown nothing: %v", err)
	}
}
