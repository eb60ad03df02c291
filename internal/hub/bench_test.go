package hub

import (
	"fmt"
	"testing"

	"callboard/internal/state"
)

// busyHub is a live board with n calls up, half of them talking.
func busyHub(b *testing.B, n int) *Hub {
	b.Helper()
	h := New(Options{})
	feedIn(h, liveFacts()...)
	for i := range n {
		feedIn(h, call(i).rings())
		if i%2 == 0 {
			feedIn(h, call(i).answers())
		}
	}
	return h
}

// One change on a board of 1,000 calls: absorb, compose, diff, encode.
func BenchmarkPaintOneChange(b *testing.B) {
	for _, views := range []int{1, 8} {
		b.Run(fmt.Sprintf("calls=1000/views=%d", views), func(b *testing.B) {
			h := busyHub(b, 1000)
			for i := range views {
				v, err := h.Join(mustQuery(b, PageBoard, fmt.Sprintf("hide=%s", Columns[i%len(Columns)])+fmt.Sprintf("&sort=%s", []string{"", "line"}[i/len(Columns)])), "")
				if err != nil {
					b.Fatal(err)
				}
				defer v.Close()
			}
			h.painter.paint()
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				i++
				if i%2 == 1 {
					feedIn(h, call(5000+i/2).rings())
				} else {
					feedIn(h, call(5000+(i-1)/2).hangsUp())
				}
				h.painter.paint()
			}
		})
	}
}

// An event, as the feed's goroutine sees it.
func BenchmarkApply(b *testing.B) {
	h := busyHub(b, 1000)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		switch i % 3 {
		case 0:
			feedIn(h, call(2000+i/3).rings())
		case 1:
			feedIn(h, call(2000+i/3).answers())
		case 2:
			feedIn(h, call(2000+i/3).hangsUp())
		}
		if i%1000 == 0 {
			b.StopTimer()
			h.painter.paint()
			b.StartTimer()
		}
	}
}

// Two thousand readers that join and take their first snapshot.
func BenchmarkJoinHerd(b *testing.B) {
	h := busyHub(b, 500)
	q := mustQuery(b, PageBoard, "")
	b.ReportAllocs()
	for b.Loop() {
		for range 2000 {
			v, err := h.Join(q, "")
			if err != nil {
				b.Fatal(err)
			}
			if _, err := v.Next(b.Context()); err != nil {
				b.Fatal(err)
			}
			v.Close()
		}
	}
}

// A frame given to a reader that waits for it.
func BenchmarkNext(b *testing.B) {
	h := busyHub(b, 100)
	v, err := h.Join(mustQuery(b, PageBoard, ""), "")
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	if _, err := v.Next(b.Context()); err != nil {
		b.Fatal(err)
	}
	from := v.cursor
	feedIn(h, call(5000).rings())
	h.painter.paint()
	b.ReportAllocs()
	for b.Loop() {
		v.cursor = from
		if _, err := v.Next(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// A page rendered for a browser with 500 calls up: ages of the moment.
func BenchmarkPicture(b *testing.B) {
	h := busyHub(b, 500)
	q := mustQuery(b, PageBoard, "")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Picture(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPeople is one painting of a page of a thousand people after a dozen
// of them began or ended a call: a quarter of a second of fifty changes a second.
func BenchmarkPeople(b *testing.B) {
	h := New(Options{})
	feedIn(h, liveFacts()...)
	for i := range 1000 {
		feedIn(h, state.Name{Kind: state.NameUser, OID: fmt.Sprintf("5%03d", i), Text: fmt.Sprintf("Person %03d", i), Number: fmt.Sprintf("2%03d", i)})
	}
	v, err := h.Join(mustQuery(b, PagePeople, ""), "")
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		for range 12 {
			n++
			feedIn(h, call(n).rings())
			if n > 300 {
				feedIn(h, call(n-300).hangsUp())
			}
		}
		h.painter.paint()
	}
}

// BenchmarkFindPeople is the first picture of a search among a thousand people.
func BenchmarkFindPeople(b *testing.B) {
	h := New(Options{})
	feedIn(h, liveFacts()...)
	for i := range 1000 {
		feedIn(h, state.Name{Kind: state.NameUser, OID: fmt.Sprintf("5%03d", i), Text: fmt.Sprintf("Person %03d", i), Number: fmt.Sprintf("2%03d", i)})
	}
	n := 0
	for b.Loop() {
		n++
		if _, err := h.Picture(b.Context(), mustQuery(b, PagePeople, fmt.Sprintf("q=%d", n%1000))); err != nil {
			b.Fatal(err)
		}
	}
}
