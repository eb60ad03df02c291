package hub

import (
	"testing"
)

// BenchmarkAsk is another query of a page of 1,000 calls, as somebody asks it
// who filters, sorts or searches: the view brought to life and its snapshot.
func BenchmarkAsk(b *testing.B) {
	for _, raw := range []string{"", "sort=caller", "sort=-caller", "line=1601", "q=555012"} {
		b.Run(raw, func(b *testing.B) {
			h := busyHub(b, 1000)
			first, err := h.Join(mustQuery(b, PageBoard, "dir=inbound"), "")
			if err != nil {
				b.Fatal(err)
			}
			defer first.Close()
			q := h.speaking(mustQuery(b, PageBoard, raw))
			size := 0
			b.ReportAllocs()
			for b.Loop() {
				v, err := h.Join(q, "")
				if err != nil {
					b.Fatal(err)
				}
				batch, err := v.Next(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				size = len(batch.Events[0].Data)
				v.Close()
				b.StopTimer()
				h.views.mu.Lock()
				delete(h.views.byKey, q.Key())
				h.views.mu.Unlock()
				b.StartTimer()
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
