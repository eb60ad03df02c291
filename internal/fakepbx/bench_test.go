package fakepbx

import (
	"testing"
	"time"
)

// BenchmarkEvent is one event of the load with 500 calls up, encoded and
// delivered to nobody.
func BenchmarkEvent(b *testing.B) {
	p, err := New(Options{Users: 600, Load: Load{LiveCalls: 500, EventsPerSecond: 200}})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	now := time.Now()
	for b.Loop() {
		now = now.Add(5 * time.Millisecond)
		p.mu.Lock()
		p.traffic.load.fire(p, now)
		p.mu.Unlock()
	}
}
