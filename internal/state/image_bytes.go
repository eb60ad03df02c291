package state

import (
	"encoding/binary"
	"errors"
	"time"
	"unsafe"
)

// An object is what a pointer points at.
type object struct {
	plan *plan
	at   unsafe.Pointer
}

// A writer makes an image.
type writer struct {
	out     []byte
	texts   map[string]uint64
	often   [1 << 10]oftenText // some of texts, found at once
	objects map[object]uint64
	queue   []object
	next    int
	last    int64 // time written last, ns since 1970
}

type oftenText struct {
	text string
	id   uint64
}

func (w *writer) uint(v uint64) { w.out = binary.AppendUvarint(w.out, v) }
func (w *writer) int(v int64)   { w.out = binary.AppendVarint(w.out, v) }

// text writes a text once, later only which one it was.
func (w *writer) text(s string) {
	if s == "" {
		w.out = append(w.out, 0)
		return
	}
	sum := uint(len(s))
	for i := max(len(s)-6, 0); i < len(s); i++ {
		sum = sum*31 + uint(s[i])
	}
	near := &w.often[sum%uint(len(w.often))]
	if near.text == s {
		w.uint(near.id)
		return
	}
	if id, known := w.texts[s]; known {
		*near = oftenText{s, id}
		w.uint(id)
		return
	}
	w.texts[s] = uint64(len(w.texts)) + 2
	w.out = append(w.out, 1)
	w.uint(uint64(len(s)))
	w.out = append(w.out, s...)
}

// farthest is how many seconds from 1970 a time may be to be written as the
// difference to the one before.
const farthest = 1 << 32

// time writes the zero time, the difference to the time before, or a time as
// it is.
func (w *writer) time(t time.Time) {
	switch sec := t.Unix(); {
	case t.IsZero():
		w.out = append(w.out, 0)
	case sec > farthest || sec < -farthest:
		w.out = append(w.out, 1)
		w.int(sec)
		w.uint(uint64(t.Nanosecond()))
	default:
		ns := t.UnixNano()
		d := ns - w.last
		w.last = ns
		w.uint(uint64(d)<<1 ^ uint64(d>>63) + 2)
	}
}

// ref writes who is meant.
func (w *writer) ref(p *plan, at unsafe.Pointer) {
	if at == nil {
		w.out = append(w.out, 0)
		return
	}
	o := object{p, at}
	id, known := w.objects[o]
	if !known {
		id = uint64(len(w.queue)) + 1
		w.objects[o] = id
		w.queue = append(w.queue, o)
	}
	w.uint(id)
}

// rest writes what pointers point at, in the order in which it was met.
func (w *writer) rest() {
	for ; w.next < len(w.queue); w.next++ {
		o := w.queue[w.next]
		o.plan.write(w, o.at)
	}
}

// A reader takes an image apart. After the first mistake it reads zeros.
type reader struct {
	in      []byte
	texts   []string
	objects []object
	chars   []byte // room for texts, filled from the front
	strings store[string]
	words   store[uint64]
	next    int // of objects, to be read
	owed    int // bytes that those take at least
	last    int64
	err     error
}

func (r *reader) fail(why string) {
	if r.err == nil {
		r.err = errors.New(why)
	}
	r.in = nil
}

func (r *reader) byte() byte {
	if len(r.in) == 0 {
		r.fail("it ends too early")
		return 0
	}
	v := r.in[0]
	r.in = r.in[1:]
	return v
}

func (r *reader) uint() uint64 {
	if len(r.in) > 0 && r.in[0] < 0x80 {
		v := r.in[0]
		r.in = r.in[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(r.in)
	if n <= 0 {
		r.fail("it ends too early")
		return 0
	}
	r.in = r.in[n:]
	return v
}

func (r *reader) int() int64 {
	v := r.uint()
	return int64(v>>1) ^ -int64(v&1)
}

// len reads how many elements follow, of which each takes so many bytes at
// least; false stands for none at all, or a mistake.
func (r *reader) len(least int) (int, bool) {
	n := r.uint()
	if n == 0 {
		return 0, false
	}
	if n--; n > uint64(len(r.in)/max(least, 1)) {
		r.fail("a list is longer than what follows")
		return 0, false
	}
	return int(n), true
}

func (r *reader) text() string {
	id := r.uint()
	switch {
	case id == 0:
		return ""
	case id == 1:
		n := r.uint()
		if n > uint64(len(r.in)) {
			r.fail("a text is longer than what follows")
			return ""
		}
		s := r.keep(r.in[:n])
		r.in = r.in[n:]
		r.texts = append(r.texts, s)
		return s
	case id-2 < uint64(len(r.texts)):
		return r.texts[id-2]
	}
	r.fail("a text is not there")
	return ""
}

// keep makes a text of bytes, many in one piece of memory.
func (r *reader) keep(text []byte) string {
	const piece = 4 << 10
	if len(text) == 0 || len(text) > piece/16 {
		return string(text)
	}
	if len(text) > cap(r.chars)-len(r.chars) {
		r.chars = make([]byte, 0, piece)
	}
	first := len(r.chars)
	r.chars = append(r.chars, text...)
	return unsafe.String(&r.chars[first], len(text)) // nobody writes there again
}

func (r *reader) time() time.Time {
	switch v := r.uint(); v {
	case 0:
		return time.Time{}
	case 1:
		sec, nsec := r.int(), r.uint()
		if nsec >= 1e9 {
			r.fail("a time is none")
			return time.Time{}
		}
		return time.Unix(sec, int64(nsec)).UTC()
	default:
		v -= 2
		r.last += int64(v>>1) ^ -int64(v&1)
		return time.Unix(0, r.last).UTC()
	}
}

// ref reads who is meant; make is asked for the memory of somebody new.
func (r *reader) ref(p *plan, make func() unsafe.Pointer) unsafe.Pointer {
	id := r.uint()
	switch {
	case id == 0:
		return nil
	case id <= uint64(len(r.objects)):
		if o := r.objects[id-1]; o.plan == p {
			return o.at
		}
		r.fail("something points at what it cannot point at")
		return nil
	case id == uint64(len(r.objects))+1 && r.owed+p.least <= len(r.in):
		r.owed += p.least
		o := object{p, make()}
		r.objects = append(r.objects, o)
		return o.at
	}
	r.fail("something points at what is not there")
	return nil
}

// rest reads what pointers point at.
func (r *reader) rest() {
	for ; r.next < len(r.objects) && r.err == nil; r.next++ {
		o := r.objects[r.next]
		r.owed -= o.plan.least
		o.plan.read(r, o.at)
	}
}
