package state

// A queue is first in, first out; taking from it costs no move of the rest.
type queue[T any] struct {
	items []T
	head  int
}

func (q *queue[T]) len() int { return len(q.items) - q.head }

func (q *queue[T]) push(v T) { q.items = append(q.items, v) }

// first is the oldest item of a queue that is not empty.
func (q *queue[T]) first() T { return q.items[q.head] }

func (q *queue[T]) pop() T {
	var none T
	v := q.items[q.head]
	q.items[q.head] = none
	q.head++
	if q.head > 64 && q.head > len(q.items)/2 {
		n := copy(q.items, q.items[q.head:])
		clear(q.items[n:])
		q.items, q.head = q.items[:n], 0
	}
	return v
}

// tidy drops the places of what was taken.
func (q *queue[T]) tidy() {
	q.items = append(q.items[:0:0], q.items[q.head:]...)
	q.head = 0
}
