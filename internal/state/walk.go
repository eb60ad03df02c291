package state

import (
	"reflect"
	"time"
	"unsafe"
)

// A walker visits all that a board remembers, unexported fields included, so
// that no field can be forgotten when times move or a number is erased.
// Everything is visited once, whoever points at it. Legs are handed out to
// readers, who may hold them for ever: they are copied before anything in them
// changes.
type walker struct {
	time  func(t *time.Time)
	party func(p *Party) // before the texts in it
	text  func(s string) string
	at    string          // "type.field" that a text, or what holds it, stands in
	skip  map[string]bool // "type.field"

	seen map[unsafe.Pointer]bool
	legs map[unsafe.Pointer][]Leg // copies by the original
	busy map[reflect.Type]bool    // whether there is anything to visit in a type
}

var (
	timeType  = reflect.TypeFor[time.Time]()
	partyType = reflect.TypeFor[Party]()
	legType   = reflect.TypeFor[Leg]()
)

// walk visits what p points at.
func (w *walker) walk(p any) {
	w.seen = make(map[unsafe.Pointer]bool)
	w.legs = make(map[unsafe.Pointer][]Leg)
	w.busy = make(map[reflect.Type]bool)
	w.value(reflect.ValueOf(p).Elem())
}

func (w *walker) value(v reflect.Value) {
	t := v.Type()
	if !w.holds(t) {
		return
	}
	switch t.Kind() {
	case reflect.String:
		if was := v.String(); was != "" {
			if now := w.text(was); now != was {
				v.SetString(now)
			}
		}
	case reflect.Struct:
		switch {
		case t == timeType:
			w.time((*time.Time)(v.Addr().UnsafePointer()))
			return
		case t == partyType && w.party != nil:
			w.party((*Party)(v.Addr().UnsafePointer()))
		}
		for i := range t.NumField() {
			if w.skip[t.Name()+"."+t.Field(i).Name] {
				continue
			}
			f := v.Field(i)
			if w.text != nil {
				w.at = t.Name() + "." + t.Field(i).Name
			}
			w.value(reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem()) // unexported fields, too
		}
	case reflect.Pointer:
		if p := v.UnsafePointer(); p != nil && !w.seen[p] {
			w.seen[p] = true
			w.value(v.Elem())
		}
	case reflect.Slice:
		if t.Elem() == legType {
			w.copyLegs(v)
			return
		}
		if t.Elem().Kind() == reflect.String {
			w.copyTexts(v)
			return
		}
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			w.value(v.Index(i))
		}
	case reflect.Map:
		w.entries(v)
	}
}

// entries visits the values of a map, which are not addressable. Keys are the
// business of whoever changes texts.
func (w *walker) entries(v reflect.Value) {
	if !w.holds(v.Type().Elem()) {
		return
	}
	if v.Type().Elem().Kind() == reflect.Pointer {
		for it := v.MapRange(); it.Next(); {
			if p := it.Value(); !p.IsNil() && !w.seen[p.UnsafePointer()] {
				w.seen[p.UnsafePointer()] = true
				w.value(p.Elem())
			}
		}
		return
	}
	for _, key := range v.MapKeys() {
		value := reflect.New(v.Type().Elem()).Elem()
		value.Set(v.MapIndex(key))
		w.value(value)
		v.SetMapIndex(key, value)
	}
}

// copyTexts puts a copy in place of a list of texts of which one changes:
// readers may hold it.
func (w *walker) copyTexts(v reflect.Value) {
	for i := range v.Len() {
		was := v.Index(i).String()
		if was == "" {
			continue
		}
		if now := w.text(was); now != was {
			texts := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(texts, v)
			v.Set(texts)
			v.Index(i).SetString(now)
		}
	}
}

// copyLegs visits a copy and puts it in place of the original.
func (w *walker) copyLegs(v reflect.Value) {
	if v.Len() == 0 {
		return
	}
	legs := (*[]Leg)(v.Addr().UnsafePointer())
	key := unsafe.Pointer(unsafe.SliceData(*legs))
	copied, ok := w.legs[key]
	if !ok || len(copied) < len(*legs) {
		copied = append([]Leg(nil), *legs...)
		for i := range copied {
			w.value(reflect.ValueOf(&copied[i]).Elem())
		}
		w.legs[key] = copied
	}
	*legs = copied[:len(*legs):len(*legs)]
}

// holds reports that there may be something to visit in a value of a type.
func (w *walker) holds(t reflect.Type) bool {
	if is, known := w.busy[t]; known {
		return is
	}
	w.busy[t] = true // of a type that holds itself
	is := false
	switch t.Kind() {
	case reflect.String:
		is = w.text != nil
	case reflect.Struct:
		is = t == timeType && w.time != nil || t == partyType && w.party != nil
		for field := range t.Fields() {
			is = is || t != timeType && !w.skip[t.Name()+"."+field.Name] && w.holds(field.Type)
		}
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		is = w.holds(t.Elem())
	}
	w.busy[t] = is
	return is
}
