package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"reflect"
	"time"
	"unsafe"
)

// ErrImage says that an image cannot be used: it is broken, of another build,
// or of a board in another time zone. The board is then told again from the
// log.
var ErrImage = errors.New("this image of a board cannot be used")

// notInImages are the fields that an image leaves out, each with the reason why
// nothing is lost by it.
var notInImages = map[string]string{
	"Board.cfg":         "given anew",
	"Board.changes":     "the answer to the last input",
	"Board.dirty":       "empty between inputs",
	"Board.spare":       "an empty record to be used again",
	"journey.told":      "made again when it is asked for",
	"journey.toldNames": "goes with told",
	"journey.usersRoom": "room for users",
	"journey.rungRoom":  "room for rung",
	"journey.spansRoom": "room for spans",
	"journey.flowsRoom": "room for flows",
	"journey.seqsRoom":  "room for seqs",
}

// inImageAlone are lists of things nobody else points at: they are written in
// place.
var inImageAlone = map[string]bool{"Board.frozen": true}

const (
	imageMagic  = "callboard image 1\n"
	imageHeader = len(imageMagic) + 8 + 4 // and fingerprint, and checksum of the rest
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// boardPlan is how a Board is written and read, boardShape tells boards of
// another build from ours.
var (
	boardPlan  = (&planner{plans: make(map[reflect.Type]*plan)}).of(reflect.TypeFor[Board]())
	boardShape = fingerprint(reflect.TypeFor[Board]())
)

// Image is the whole board as bytes: FromImage makes one of them that behaves
// as this one does from now on. What was not asked for yet by Settled is in it.
// A board with a thousand live calls has some hundreds of kilobytes, a day of
// 50,000 journeys some megabytes; they compress well. Equal boards have equal
// images.
func (b *Board) Image() ([]byte, error) {
	b.tidy()
	w := &writer{
		out:     make([]byte, imageHeader, 64<<10+96*len(b.frozen)),
		texts:   make(map[string]uint64, 1024+2*len(b.frozen)),
		objects: make(map[object]uint64),
	}
	w.text(b.cfg.Zone.String())
	w.text(form(b.cfg))
	boardPlan.write(w, unsafe.Pointer(b))
	w.rest()
	copy(w.out, imageMagic)
	binary.LittleEndian.PutUint64(w.out[len(imageMagic):], boardShape)
	binary.LittleEndian.PutUint32(w.out[len(imageMagic)+8:], crc32.Checksum(w.out[imageHeader:], castagnoli))
	return w.out, nil
}

// FromImage is the board that an image was taken of, with another
// configuration but for its Zone and the way in which Normal writes numbers.
// The error wraps ErrImage and says why; such an image is no use to this build.
func FromImage(cfg Config, image []byte) (*Board, error) {
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	switch {
	case len(image) < imageHeader || string(image[:len(imageMagic)]) != imageMagic:
		return nil, fmt.Errorf("%w: it is none", ErrImage)
	case binary.LittleEndian.Uint32(image[len(imageMagic)+8:]) != crc32.Checksum(image[imageHeader:], castagnoli):
		return nil, fmt.Errorf("%w: it is damaged", ErrImage)
	case binary.LittleEndian.Uint64(image[len(imageMagic):]) != boardShape:
		return nil, fmt.Errorf("%w: another build took it", ErrImage)
	}
	r := &reader{in: image[imageHeader:]}
	zone, normal := r.text(), r.text()
	if r.err == nil && (zone != cfg.Zone.String() || normal != form(cfg)) {
		return nil, fmt.Errorf("%w: it was taken with another time zone or region", ErrImage)
	}
	b := new(Board)
	b.makeMaps()
	boardPlan.read(r, unsafe.Pointer(b))
	r.rest()
	if r.err == nil && len(r.in) > 0 {
		r.fail("something follows")
	}
	if r.err == nil {
		r.err = b.sound()
	}
	if r.err != nil {
		return nil, fmt.Errorf("%w: %w", ErrImage, r.err)
	}
	b.cfg = cfg
	if !cfg.Settle {
		for _, j := range b.unsettled.journeys {
			j.restless = false
		}
		b.unsettled = settlement{}
	}
	return b, nil
}

// form is a number in the normal form of a configuration: the form tells
// regions apart.
func form(cfg Config) string {
	if cfg.Normal == nil {
		return ""
	}
	return cfg.Normal("0201234567")
}

// tidy drops what is kept only for convenience, so that equal boards have equal
// images.
func (b *Board) tidy() {
	b.tidyDay()
	b.tombQueue.tidy()
	b.weak.tidy()
	b.oldJourneys.tidy()
	b.addrQueue.tidy()
	b.missedQueue.tidy()
}

// sound looks for what no board is like, in an image that somebody made up: it
// must not take the process down later.
func (b *Board) sound() error {
	bad := errors.New("it makes no sense")
	for _, list := range [...][]*record{b.order, b.inferred, b.ended} {
		for _, r := range list {
			if r == nil || r.journey == nil {
				return bad
			}
		}
	}
	for i := range b.timers {
		if r := b.timers[i].of; r == nil || r.journey == nil || r.heapPos != i || !r.live {
			return bad
		}
	}
	for seq, r := range b.bySeq {
		if r == nil || r.call.Seq != seq || r.journey == nil || !r.live && r.heapPos >= 0 {
			return bad
		}
	}
	for _, r := range b.order {
		if !r.live || b.bySeq[r.call.Seq] != r || r.heapPos < 0 || r.heapPos >= len(b.timers) || b.timers[r.heapPos].of != r {
			return bad
		}
	}
	if len(b.timers) != len(b.order) || len(b.ended) > endedCap || b.endedPos < 0 || b.endedPos >= max(len(b.ended), 1) {
		return bad
	}
	for _, m := range [...]map[string]*record{b.byID, b.talking} {
		for _, r := range m {
			if r == nil || r.journey == nil || b.bySeq[r.call.Seq] != r || !r.live {
				return bad
			}
		}
	}
	for _, t := range b.tombs {
		if t == nil || t.after != nil {
			return bad
		}
		for ; t.before != nil; t = t.before {
			if t.before.after != t {
				return bad
			}
		}
	}
	if b.tombQueue.head|b.weak.head|b.oldJourneys.head|b.addrQueue.head|b.missedQueue.head != 0 {
		return bad
	}
	for _, t := range b.tombQueue.items {
		if t == nil {
			return bad
		}
	}
	for _, t := range b.lastTomb {
		if t == nil {
			return bad
		}
	}
	for _, w := range b.weak.items {
		if w.x == nil || w.y == nil {
			return bad
		}
	}
	for _, list := range [...][]*journey{b.day, b.oldJourneys.items, b.unsettled.journeys} {
		for _, j := range list {
			if j == nil {
				return bad
			}
		}
	}
	for _, j := range b.journeys {
		if j == nil {
			return bad
		}
	}
	for key, c := range b.contacts {
		if c == nil || c.key != key || !c.sound() {
			return bad
		}
	}
	for _, c := range b.listed {
		if c == nil || !c.sound() {
			return bad
		}
	}
	for _, d := range b.userDays {
		if d == nil {
			return bad
		}
	}
	for _, i := range b.idle {
		if i == nil {
			return bad
		}
	}
	for _, s := range b.lineDays {
		if s == nil {
			return bad
		}
	}
	for _, t := range b.tallies {
		if t == nil {
			return bad
		}
	}
	if b.now.IsZero() != b.midnight.IsZero() || !b.now.IsZero() && !b.midnight.After(b.now) {
		return bad
	}
	return nil
}

func (c *contact) sound() bool {
	for i := range c.attempts {
		if j := c.attempts[i].journey; j == nil || len(j.seqs) == 0 {
			return false
		}
	}
	for i := range c.entries {
		if len(c.entries[i].Tries) == 0 {
			return false
		}
	}
	return true
}

// fingerprint is a digest of the shape of a type and all it is made of: an
// image of another shape is never read.
func fingerprint(t reflect.Type) uint64 {
	h := fnv.New64a()
	seen := make(map[reflect.Type]bool)
	var tell func(t reflect.Type)
	tell = func(t reflect.Type) {
		fmt.Fprintf(h, "%s %s;", t, t.Kind())
		if seen[t] || t == timeType {
			return
		}
		seen[t] = true
		switch t.Kind() {
		case reflect.Struct:
			for f := range t.Fields() {
				name := fieldName(t, f)
				_, out := notInImages[name]
				fmt.Fprintf(h, "%s %s %v %v;", name, f.Type, out, inImageAlone[name])
				if !out {
					tell(f.Type)
				}
			}
		case reflect.Map:
			tell(t.Key())
			tell(t.Elem())
		case reflect.Pointer, reflect.Slice:
			tell(t.Elem())
		case reflect.Array:
			fmt.Fprintf(h, "%d;", t.Len())
			tell(t.Elem())
		}
	}
	tell(t)
	fmt.Fprintln(h, imageMagic, Anomalies, endedCap)
	return h.Sum64()
}

// fieldName names a field as the lists above do.
func fieldName(t reflect.Type, f reflect.StructField) string { return t.Name() + "." + f.Name }
