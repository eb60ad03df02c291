package state

import "time"

// A timer is when something is due for a live call. It lies in a heap beside
// its call's number, so that sorting does not reach into the calls.
type timer struct {
	due time.Time
	of  *record
}

// before is the order in which timers fire, the same in every replay.
func (t *timer) before(o *timer) bool {
	if t.due.Equal(o.due) {
		return t.of.call.Seq < o.of.call.Seq
	}
	return t.due.Before(o.due)
}

// A timerHeap orders live calls by their next deadline: the first is due
// first. Every call knows its place (record.heapPos); four branches keep the
// way to it short, since each step of it reaches into another call.
type timerHeap []timer

// set puts a call's timer where it belongs.
func (h *timerHeap) set(r *record, due time.Time) {
	i := r.heapPos
	if i < 0 {
		i = len(*h)
		*h = append(*h, timer{})
	} else if due.Equal((*h)[i].due) {
		return
	}
	h.place(i, timer{due, r})
}

// drop takes a call's timer away, if there is one.
func (h *timerHeap) drop(r *record) {
	i := r.heapPos
	if i < 0 {
		return
	}
	r.heapPos = -1
	last := len(*h) - 1
	moved := (*h)[last]
	(*h)[last] = timer{}
	*h = (*h)[:last]
	if i < last {
		h.place(i, moved)
	}
}

// place puts a timer into the heap, from a place that is free for it.
func (h *timerHeap) place(i int, t timer) {
	heap := *h
	for i > 0 {
		parent := (i - 1) / 4
		if !t.before(&heap[parent]) {
			break
		}
		heap[i] = heap[parent]
		heap[i].of.heapPos = i
		i = parent
	}
	for {
		child := 4*i + 1
		if child >= len(heap) {
			break
		}
		for next := child + 1; next < min(4*i+5, len(heap)); next++ {
			if heap[next].before(&heap[child]) {
				child = next
			}
		}
		if !heap[child].before(&t) {
			break
		}
		heap[i] = heap[child]
		heap[i].of.heapPos = i
		i = child
	}
	heap[i] = t
	t.of.heapPos = i
}
