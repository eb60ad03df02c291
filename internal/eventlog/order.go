package eventlog

import (
	"context"
	"sync"
	"time"

	"callboard/internal/state"
)

// A slot is an entry in memory. While the disk takes nothing its fact gives
// way to its body, which is smaller.
type slot struct {
	seq  uint64
	at   int64 // the entry's own time, Unix nanoseconds
	mono int64 // the latest time so far: never runs back
	id   string
	fact state.Fact
	body []byte
}

func (s *slot) entry() (Entry, error) {
	fact := s.fact
	if fact == nil {
		var err error
		if fact, err = decode(s.body); err != nil {
			return Entry{}, err
		}
	}
	return Entry{Seq: s.seq, At: momentOf(s.at), ID: s.id, Fact: fact}, nil
}

// momentOf is the time of so many nanoseconds; followers get the same value
// whether memory or a disk tells them.
func momentOf(ns int64) time.Time { return time.Unix(0, ns).UTC() }

const chunkSlots = 256

// A chunk is a piece of the queue. The queue grows and shrinks by chunks, so
// that no append ever copies it.
type chunk [chunkSlots]slot

// order is what memory knows: the sequence, the youngest entries and who
// waits for more. It is the whole of a Memory and the front of a Disk.
type order struct {
	mu      sync.Mutex
	chunks  []*chunk
	base    uint64 // sequence of chunks[0][0]
	first   uint64 // oldest entry in memory; last+1 if there is none
	last    uint64 // newest sequence given
	mono    int64
	spare   *chunk
	repeats window
	dropped uint64 // repeats
	waiting []chan struct{}
	closed  bool
	done    chan struct{}
}

// start sets the sequence of the next entry to last+1.
func (o *order) start(last uint64, mono int64) {
	o.base, o.first, o.last, o.mono = last+1, last+1, last, mono
	o.chunks = nil
	if o.done == nil {
		o.done = make(chan struct{})
	}
}

// push takes an entry in, unless it is a repeat. The caller holds the lock.
func (o *order) push(e *Entry) {
	at := o.mono
	if !e.At.IsZero() {
		at = e.At.UnixNano()
	}
	if e.ID != "" && !o.repeats.first(e.ID, at) {
		o.dropped++
		return
	}
	o.mono = max(o.mono, at)
	o.last++
	i := o.last - o.base
	if int(i/chunkSlots) == len(o.chunks) {
		c := o.spare
		if o.spare = nil; c == nil {
			c = new(chunk)
		}
		o.chunks = append(o.chunks, c)
	}
	o.chunks[i/chunkSlots][i%chunkSlots] = slot{seq: o.last, at: at, mono: o.mono, id: e.ID, fact: e.Fact}
}

// slot gives the entry seq, which must be between first and last.
func (o *order) slot(seq uint64) *slot {
	i := seq - o.base
	return &o.chunks[i/chunkSlots][i%chunkSlots]
}

// drop forgets all entries before seq.
func (o *order) drop(seq uint64) {
	for ; o.first < seq && o.first <= o.last; o.first++ {
		*o.slot(o.first) = slot{} // let go of the fact
		if (o.first-o.base)%chunkSlots == chunkSlots-1 {
			o.spare = o.chunks[0]
			copy(o.chunks, o.chunks[1:])
			o.chunks[len(o.chunks)-1] = nil
			o.chunks = o.chunks[:len(o.chunks)-1]
			o.base += chunkSlots
		}
	}
}

// take copies slots from seq on into buf.
func (o *order) take(seq uint64, buf []slot) int {
	n := 0
	for ; n < len(buf) && seq+uint64(n) <= o.last; n++ {
		buf[n] = *o.slot(seq + uint64(n))
	}
	return n
}

// wake tells all who wait that something is new. The caller holds the lock.
func (o *order) wake() {
	for _, c := range o.waiting {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// wait registers one who waits until release is called.
func (o *order) wait() (news <-chan struct{}, release func()) {
	c := make(chan struct{}, 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = append(o.waiting, c)
	return c, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		for i, w := range o.waiting {
			if w == c {
				o.waiting[i] = o.waiting[len(o.waiting)-1]
				o.waiting[len(o.waiting)-1] = nil
				o.waiting = o.waiting[:len(o.waiting)-1]
				return
			}
		}
	}
}

// close ends the order: no more entries, followers get the rest and ErrClosed.
func (o *order) close() (already bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return true
	}
	o.closed = true
	close(o.done)
	o.wake()
	return false
}

// follow is Log.Follow. Entries that memory no longer has are asked of
// earlier: it calls fn with those after a sequence and before another and
// returns the last one given.
func (o *order) follow(ctx context.Context, after uint64, fn func(Entry) error,
	earlier func(ctx context.Context, after, before uint64, fn func(Entry) error) (uint64, error),
) error {
	news, release := o.wait()
	defer release()
	var buf [32]slot
	for next := after + 1; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		o.mu.Lock()
		first, last, closed := o.first, o.last, o.closed
		n := 0
		if next >= first && next <= last {
			n = o.take(next, buf[:])
		}
		o.mu.Unlock()
		switch {
		case next > last+1:
			return &LostError{After: next - 1, First: last + 1}
		case next < first:
			given, err := earlier(ctx, next-1, first, fn)
			if err != nil {
				return err
			}
			next = given + 1
		case n > 0:
			for i := range buf[:n] {
				e, err := buf[i].entry()
				if err == nil {
					err = fn(e)
				}
				if err != nil {
					return err
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				buf[i] = slot{}
				next++
			}
		case closed:
			return ErrClosed
		default:
			select {
			case <-news:
			case <-o.done:
			case <-ctx.Done():
			}
		}
	}
}

// A window knows the ids of the last two minutes.
type window struct {
	at    map[string]int64
	queue []told
}

type told struct {
	id string
	at int64
}

// mostTold bounds the window: 130 ids a second.
const mostTold = 16 << 10

// first reports whether an id was not told within the window before at, and
// remembers it. A clock that was set back finds ids ahead of it: those within
// the window's length count too.
func (w *window) first(id string, at int64) bool {
	for len(w.queue) > 0 && (at-w.queue[0].at > int64(repeatWindow) || len(w.queue) >= mostTold) {
		if t := w.queue[0]; w.at[t.id] == t.at {
			delete(w.at, t.id)
		}
		w.queue[0] = told{}
		w.queue = w.queue[1:]
	}
	if seen, ok := w.at[id]; ok && max(at-seen, seen-at) <= int64(repeatWindow) {
		return false
	}
	if w.at == nil {
		w.at = make(map[string]int64)
	}
	w.at[id] = at
	w.queue = append(w.queue, told{id, at})
	return true
}
