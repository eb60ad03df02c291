package eventlog

import (
	"context"
	"crypto/rand"
	"encoding/hex"
)

// A Memory is a Log that forgets with its process, and the oldest entries
// before. It is what a test or a replay needs.
type Memory struct {
	epoch string
	most  int
	order order
}

// NewMemory makes a log of at most so many entries, 65,536 if most is 0.
func NewMemory(most int) *Memory {
	if most <= 0 {
		most = 1 << 16
	}
	m := &Memory{epoch: newEpoch(), most: most}
	m.order.start(0, 0)
	return m
}

// newEpoch is a name that no other store has.
func newEpoch() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// Append is Log's.
func (m *Memory) Append(ctx context.Context, entries ...Entry) (uint64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	m.order.mu.Lock()
	defer m.order.mu.Unlock()
	if m.order.closed {
		return 0, ErrClosed
	}
	for i := range entries {
		m.order.push(&entries[i])
	}
	if n := m.order.last + 1 - m.order.first; n > uint64(m.most) {
		m.order.drop(m.order.first + n - uint64(m.most))
	}
	m.order.wake()
	return m.order.last, nil
}

// Follow is Log's.
func (m *Memory) Follow(ctx context.Context, after uint64, fn func(Entry) error) error {
	return m.order.follow(ctx, after, fn, func(_ context.Context, after, before uint64, _ func(Entry) error) (uint64, error) {
		return 0, &LostError{After: after, First: before}
	})
}

// Bounds is Log's.
func (m *Memory) Bounds(context.Context) (Bounds, error) {
	m.order.mu.Lock()
	defer m.order.mu.Unlock()
	if m.order.closed {
		return Bounds{}, ErrClosed
	}
	b := Bounds{Epoch: m.epoch, First: m.order.first, Last: m.order.last}
	if b.Last == 0 {
		b.First = 0
	}
	return b, nil
}

// Close is Log's. It always succeeds.
func (m *Memory) Close() error {
	m.order.close()
	return nil
}
