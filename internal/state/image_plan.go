package state

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"time"
	"unsafe"
)

// A plan is how values of one type are written and read where they lie in
// memory. Plans are made from the types themselves, so that no field can be
// forgotten.
type plan struct {
	write func(w *writer, p unsafe.Pointer)
	read  func(r *reader, p unsafe.Pointer)
	least int // bytes that a value takes in an image
}

// A planner makes plans, one for each type.
type planner struct{ plans map[reflect.Type]*plan }

// of is the plan of a type. A kind for which there is none is a mistake in the
// board's types, which a test finds.
func (m *planner) of(t reflect.Type) *plan {
	if p := m.plans[t]; p != nil {
		return p
	}
	p := new(plan)
	m.plans[t] = p // a type may hold itself, behind a pointer
	switch t.Kind() {
	case reflect.Bool, reflect.Uint8:
		p.least = 1
		p.write = func(w *writer, at unsafe.Pointer) { w.out = append(w.out, *(*byte)(at)) }
		p.read = func(r *reader, at unsafe.Pointer) { *(*byte)(at) = r.byte() }
		if t.Kind() == reflect.Bool { // nothing but 0 and 1 is one
			p.read = func(r *reader, at unsafe.Pointer) { *(*bool)(at) = r.byte() == 1 }
		}
	case reflect.Int, reflect.Int64:
		p.least = 1
		p.write = func(w *writer, at unsafe.Pointer) { w.int(*(*int64)(at)) }
		p.read = func(r *reader, at unsafe.Pointer) { *(*int64)(at) = r.int() }
	case reflect.Uint64:
		p.least = 1
		p.write = func(w *writer, at unsafe.Pointer) { w.uint(*(*uint64)(at)) }
		p.read = func(r *reader, at unsafe.Pointer) { *(*uint64)(at) = r.uint() }
	case reflect.String:
		p.least = 1
		p.write = func(w *writer, at unsafe.Pointer) { w.text(*(*string)(at)) }
		p.read = func(r *reader, at unsafe.Pointer) { *(*string)(at) = r.text() }
	case reflect.Struct:
		if t == timeType {
			p.least = 1
			p.write = func(w *writer, at unsafe.Pointer) { w.time(*(*time.Time)(at)) }
			p.read = func(r *reader, at unsafe.Pointer) { *(*time.Time)(at) = r.time() }
			break
		}
		m.structure(t, p)
	case reflect.Array:
		m.array(t, p)
	case reflect.Slice:
		m.slice(t, p)
	case reflect.Pointer:
		m.pointer(t, p)
	case reflect.Map:
		m.mapping(t, p)
	default:
		panic(fmt.Sprintf("state: no image of a %s (%s)", t.Kind(), t))
	}
	return p
}

func (m *planner) structure(t reflect.Type, p *plan) {
	var fields []fieldPlan
	for f := range t.Fields() {
		name := fieldName(t, f)
		if _, out := notInImages[name]; out {
			continue
		}
		plan := m.of(f.Type)
		if inImageAlone[name] {
			plan = m.alone(f.Type)
		}
		fields = append(fields, fieldPlan{f.Offset, f.Type.Size(), plan})
	}
	// Most fields of most things are zero: a bit for each says which ones follow.
	marks := (len(fields) + 7) / 8
	p.least = marks
	p.write = func(w *writer, at unsafe.Pointer) {
		first := len(w.out)
		for range marks {
			w.out = append(w.out, 0)
		}
		for i := range fields {
			f := &fields[i]
			if isZero(unsafe.Add(at, f.off), f.size) {
				continue
			}
			start := len(w.out)
			f.plan.write(w, unsafe.Add(at, f.off))
			if w.out[start] == 0 && len(w.out)-start == f.plan.least && allZero(w.out[start:]) { // an empty text may lie somewhere
				w.out = w.out[:start]
				continue
			}
			w.out[first+i/8] |= 1 << (i % 8)
		}
	}
	p.read = func(r *reader, at unsafe.Pointer) { // what is there is zero
		if len(r.in) < marks {
			r.fail("it ends too early")
			return
		}
		set := r.in[:marks]
		r.in = r.in[marks:]
		for i := range fields {
			if set[i/8]&(1<<(i%8)) != 0 {
				fields[i].plan.read(r, unsafe.Add(at, fields[i].off))
			}
		}
	}
}

// A fieldPlan is where in a structure a field lies, and how it is written.
type fieldPlan struct {
	off, size uintptr
	plan      *plan
}

func allZero(bytes []byte) bool {
	for _, b := range bytes {
		if b != 0 {
			return false
		}
	}
	return true
}

// isZero reports that so many bytes are zero. It never makes a pointer to the
// byte behind them, which may be another's or nobody's.
func isZero(at unsafe.Pointer, size uintptr) bool {
	i := uintptr(0)
	for ; i+8 <= size; i += 8 {
		if *(*uint64)(unsafe.Add(at, i)) != 0 {
			return false
		}
	}
	for ; i < size; i++ {
		if *(*byte)(unsafe.Add(at, i)) != 0 {
			return false
		}
	}
	return true
}

func (m *planner) array(t reflect.Type, p *plan) {
	elem, n, size := m.of(t.Elem()), t.Len(), t.Elem().Size()
	p.least = n * elem.least
	p.write = func(w *writer, at unsafe.Pointer) {
		for i := range n {
			elem.write(w, unsafe.Add(at, uintptr(i)*size))
		}
	}
	p.read = func(r *reader, at unsafe.Pointer) {
		for i := range n {
			elem.read(r, unsafe.Add(at, uintptr(i)*size))
		}
	}
}

// sliceHeader is how a slice lies in memory.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

func (m *planner) slice(t reflect.Type, p *plan) {
	elem, size := m.of(t.Elem()), t.Elem().Size()
	p.least = 1
	p.write = func(w *writer, at unsafe.Pointer) {
		s := (*sliceHeader)(at)
		if s.data == nil {
			w.uint(0)
			return
		}
		w.uint(uint64(s.len) + 1)
		for i := range s.len {
			elem.write(w, unsafe.Add(s.data, uintptr(i)*size))
		}
	}
	p.read = func(r *reader, at unsafe.Pointer) {
		n, ok := r.len(elem.least)
		if !ok {
			return
		}
		s := (*sliceHeader)(at)
		switch kind := t.Elem().Kind(); {
		case kind == reflect.String:
			*(*[]string)(at) = r.strings.take(n)
		case kind == reflect.Uint64:
			*(*[]uint64)(at) = r.words.take(n)
		case kind == reflect.Pointer:
			*(*[]unsafe.Pointer)(at) = make([]unsafe.Pointer, n)
		default:
			reflect.NewAt(t, at).Elem().Set(reflect.MakeSlice(t, n, n))
		}
		for i := range n {
			elem.read(r, unsafe.Add(s.data, uintptr(i)*size))
		}
	}
}

// A store gives out short lists from larger pieces of memory: a day has a
// hundred thousand of them.
type store[T any] struct{ rest []T }

func (s *store[T]) take(n int) []T {
	const piece = 256
	if n == 0 || n > piece/8 {
		return make([]T, n)
	}
	if n > len(s.rest) {
		s.rest = make([]T, piece)
	}
	out := s.rest[:n:n]
	s.rest = s.rest[n:]
	return out
}

// alone is the plan of a list of pointers to what nobody else points at.
func (m *planner) alone(t reflect.Type) *plan {
	elem, of := m.of(t.Elem().Elem()), t.Elem().Elem()
	size := of.Size()
	const chunk = 64 // made at once: a page of the heap, and little is kept for the sake of one
	return &plan{
		least: 1,
		write: func(w *writer, at unsafe.Pointer) {
			s := *(*[]unsafe.Pointer)(at)
			if s == nil {
				w.uint(0)
				return
			}
			w.uint(uint64(len(s)) + 1)
			for _, p := range s {
				elem.write(w, p)
			}
		},
		read: func(r *reader, at unsafe.Pointer) {
			n, ok := r.len(elem.least)
			if !ok {
				return
			}
			list := reflect.MakeSlice(t, n, n)
			reflect.NewAt(t, at).Elem().Set(list)
			out := *(*[]unsafe.Pointer)(at)
			for i := 0; i < n; i += chunk {
				room := reflect.MakeSlice(reflect.SliceOf(of), min(chunk, n-i), min(chunk, n-i)).UnsafePointer()
				for k := range min(chunk, n-i) {
					out[i+k] = unsafe.Add(room, uintptr(k)*size)
					elem.read(r, out[i+k])
				}
			}
		},
	}
}

// pointer writes who is meant; what it points at follows behind everything
// else, once.
func (m *planner) pointer(t reflect.Type, p *plan) {
	of, elem := t.Elem(), m.of(t.Elem())
	p.least = 1
	p.write = func(w *writer, at unsafe.Pointer) { w.ref(elem, *(*unsafe.Pointer)(at)) }
	p.read = func(r *reader, at unsafe.Pointer) {
		*(*unsafe.Pointer)(at) = r.ref(elem, func() unsafe.Pointer { return reflect.New(of).UnsafePointer() })
	}
}

func (m *planner) mapping(t reflect.Type, p *plan) {
	key, elem := m.of(t.Key()), m.of(t.Elem())
	p.least = 1
	p.write = func(w *writer, at unsafe.Pointer) {
		v := reflect.NewAt(t, at).Elem()
		if v.IsNil() {
			w.uint(0)
			return
		}
		w.uint(uint64(v.Len()) + 1)
		k, e := reflect.New(t.Key()), reflect.New(t.Elem())
		keys := v.MapKeys()
		slices.SortFunc(keys, compareKeys)
		for _, one := range keys {
			k.Elem().Set(one)
			e.Elem().Set(v.MapIndex(one))
			key.write(w, k.UnsafePointer())
			elem.write(w, e.UnsafePointer())
		}
	}
	p.read = func(r *reader, at unsafe.Pointer) {
		n, ok := r.len(max(key.least+elem.least, 1))
		if !ok { // what is there stays: a board has all its maps
			return
		}
		v := reflect.MakeMapWithSize(t, n)
		reflect.NewAt(t, at).Elem().Set(v)
		k, e := reflect.New(t.Key()), reflect.New(t.Elem())
		for range n {
			k.Elem().SetZero()
			e.Elem().SetZero()
			key.read(r, k.UnsafePointer())
			elem.read(r, e.UnsafePointer())
			v.SetMapIndex(k.Elem(), e.Elem())
		}
	}
}

// compareKeys is an order of keys, so that equal maps are written alike.
func compareKeys(x, y reflect.Value) int {
	switch x.Kind() {
	case reflect.String:
		return cmp.Compare(x.String(), y.String())
	case reflect.Uint64:
		return cmp.Compare(x.Uint(), y.Uint())
	case reflect.Struct:
		for i := range x.NumField() {
			if c := compareKeys(x.Field(i), y.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	}
	panic(fmt.Sprintf("state: no order of keys of the kind %s", x.Kind()))
}
