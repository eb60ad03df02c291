package state

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"encoding/binary"

	"pgregory.net/rapid"
)

// twin is a board beside another one: made from its image now and then, and
// told the same from there on.
type twin struct {
	board  *Board
	images int
}

// renew makes the twin anew from an image of the board.
func (w *twin) renew(t failer, b *Board) {
	t.Helper()
	image, err := b.Image()
	if err != nil {
		t.Fatalf("no image: %v", err)
	}
	if w.board, err = FromImage(b.cfg, image); err != nil {
		t.Fatalf("the image cannot be read: %v", err)
	}
	w.images++
	again, _ := w.board.Image()
	if !bytes.Equal(image, again) {
		t.Fatalf("the image of the board made from an image is another one: %d bytes and %d", len(image), len(again))
	}
}

// mustBe holds the twin to the board after a step of both.
func (w *twin) mustBe(t failer, b *Board, changes, mine []Change) {
	t.Helper()
	if len(changes)+len(mine) > 0 && !reflect.DeepEqual(changes, mine) {
		t.Fatalf("image %d: the board made from it changes otherwise:\n%s", w.images, differ(changes, mine))
	}
	if b.Code() != w.board.Code() {
		t.Fatalf("image %d: the board made from it has another code", w.images)
	}
}

// mustTellTheSame compares all that can be asked of two boards.
func mustTellTheSame(t failer, one, two *Board) {
	t.Helper()
	for what, pair := range map[string][2]any{
		"journeys": {one.Journeys(), two.Journeys()}, "people": {one.People(), two.People()}, "lines": {one.LineDays(), two.LineDays()},
		"phone lines": {one.PhoneLines(), two.PhoneLines()}, "recovery": {one.Recovery(), two.Recovery()}, "gaps": {one.Gaps(), two.Gaps()},
		"tallies": {one.Tallies(), two.Tallies()}, "pulse": {one.Pulse(), two.Pulse()}, "feed": {one.Feed(), two.Feed()},
		"today": {one.Today(), two.Today()}, "ended": {one.RecentEnded(endedCap), two.RecentEnded(endedCap)}, "counts": {one.EventCounts(), two.EventCounts()},
		"waiting": {one.Waiting(), two.Waiting()}, "versions": {one.DayVersion() + one.Version() + one.Company(), two.DayVersion() + two.Version() + two.Company()},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Fatalf("%s differ:\n%+v\n%+v", what, pair[0], pair[1])
		}
	}
	for seq := range one.bySeq {
		h1, _ := one.History(seq)
		h2, ok := two.History(seq)
		if !ok || !reflect.DeepEqual(h1, h2) {
			t.Fatalf("history of call %d differs:\n%+v\n%+v", seq, h1, h2)
		}
	}
	if due1, ok1 := one.NextDeadline(); true {
		if due2, ok2 := two.NextDeadline(); ok1 != ok2 || !due1.Equal(due2) {
			t.Fatalf("the next timers are due %v and %v", due1, due2)
		}
	}
}

// TestImagesInStories plays every story with a board at its side that is made
// anew from an image every few steps.
func TestImagesInStories(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine and long: make test runs it once more, without the race detector")
	}
	files, _ := filepath.Glob("testdata/stories/*.txt")
	images, first, least := 0, 0, 1000
	if testing.Short() {
		t.Log("thinned out: an image at every third step alone, because of -short")
		first, least = 2, 250
	}
	for i, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var inputs []timed
			cfg := recordStory(t, string(text), func(at time.Time, f Fact) { inputs = append(inputs, timed{at, f}) })
			cfg.Settle = true
			for every := first; every < 3; every++ {
				b, w, steps := New(cfg), &twin{}, 0
				for k, in := range inputs {
					if k%(every+1) == i%(every+1) {
						w.renew(t, b)
					}
					if w.board == nil {
						stepOf(b, in)
						continue
					}
					changes := slices.Clone(stepOf(b, in))
					w.mustBe(t, b, changes, stepOf(w.board, in))
					steps++
				}
				if w.board != nil {
					mustTellTheSame(t, b, w.board)
					if s, o := b.Settled(), w.board.Settled(); w.images == 1 && !reflect.DeepEqual(s, o) {
						t.Fatalf("settled:\n%+v\n%+v", s, o)
					}
				}
				images += w.images
			}
		})
	}
	if images < least {
		t.Fatalf("only %d images were taken", images)
	}
}

// stepOf lets time pass where there is no fact.
func stepOf(b *Board, in timed) []Change {
	if in.fact == nil {
		return b.Advance(in.at)
	}
	return b.Apply(Input{in.at, in.fact})
}

// TestImagesOfBusyDays does the same with arbitrary days.
func TestImagesOfBusyDays(t *testing.T) {
	checks(t, 300, func(rt *rapid.T) {
		s := &stream{draw: rt}
		b, w := New(Config{Zone: amsterdam(t), Settle: true, Normal: dutch}), &twin{}
		w.renew(rt, b)
		inputs := day(rt)
		for i, in := range inputs {
			if s.lot(4, "image") == 0 {
				w.renew(rt, b)
			}
			if s.lot(10, "asked") == 0 { // reading changes nothing
				b.Journeys()
				b.Recovery()
				b.Settled()
				w.board.Settled()
			}
			if i > 0 && s.lot(12, "more") == 0 {
				extra := []Fact{
					Name{Kind: NameUser, OID: fmt.Sprint(5000 + i), Text: "U", Number: fmt.Sprint(2000 + i)},
					Name{Kind: NameLine, OID: "1601", Text: "Sales", Number: "+31205550100"},
					Presence{ID: fmt.Sprint(i % 3), Name: "U", Status: "available"}, Dismissal{Seq: uint64(i)},
					Word{Entry: uint64(i), Kind: WordClaim, By: "Eva"}, Oddity{Kind: BadField, Sample: "x"}, Tick{}, ClockSet{By: time.Duration(i-5) * time.Minute},
					Numbering{Next: uint64(i * 3)},
				}[s.lot(9, "which")]
				at := in.at
				changes := slices.Clone(b.Apply(Input{at, extra}))
				w.mustBe(rt, b, changes, w.board.Apply(Input{at, extra}))
			}
			changes := slices.Clone(b.Apply(Input{in.at, in.fact}))
			w.mustBe(rt, b, changes, w.board.Apply(Input{in.at, in.fact}))
		}
		mustTellTheSame(rt, b, w.board)
		end := b.now.Add(30 * time.Hour)
		changes := slices.Clone(b.Advance(end))
		w.mustBe(rt, b, changes, w.board.Advance(end))
		mustTellTheSame(rt, b, w.board)
	})
}

// TestImagesOfBusyMinutes does it with many calls, beyond the life of
// tombstones and the ring of ended calls.
func TestImagesOfBusyMinutes(t *testing.T) {
	if raceOn {
		t.Skip("one goroutine and long: make test runs it once more, without the race detector")
	}
	b, w := New(Config{Settle: true}), &twin{}
	at := connectBoth(b)
	for i := range 12 {
		at = crowd(b, at, 400*i, 400)
		w.renew(t, b)
		crowd(b, at, 400*(i+20), 50)
		at = crowd(w.board, at, 400*(i+20), 50)
		w.mustBe(t, b, nil, nil)
		if i%4 == 3 {
			mustTellTheSame(t, b, w.board)
		}
	}
	if len(b.frozen) < 1000 || len(b.ended) < endedCap {
		t.Fatalf("%d journeys frozen, %d calls in the ring: this test would prove little", len(b.frozen), len(b.ended))
	}
}

// TestNoFieldIsLeftOut changes every field of everything a board is made of and
// looks whether its image brings the change back: a new field is either in the
// image or on the list of those left out, with a reason.
func TestNoFieldIsLeftOut(t *testing.T) {
	seen := map[string]bool{}
	checkType := func(t2 reflect.Type) {
		for field := range t2.Fields() {
			seen[fieldName(t2, field)] = true
		}
	}
	var walk func(reflect.Type, map[reflect.Type]bool)
	walk = func(typ reflect.Type, been map[reflect.Type]bool) {
		if been[typ] || typ == timeType {
			return
		}
		been[typ] = true
		switch typ.Kind() {
		case reflect.Struct:
			checkType(typ)
			for field := range typ.Fields() {
				if _, out := notInImages[fieldName(typ, field)]; !out {
					walk(field.Type, been)
				}
			}
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(typ.Elem(), been)
		case reflect.Map:
			walk(typ.Key(), been)
			walk(typ.Elem(), been)
		}
	}
	types := map[reflect.Type]bool{}
	walk(reflect.TypeFor[Board](), types)
	for name, why := range notInImages {
		if !seen[name] || why == "" {
			t.Errorf("%q is on the list of what images leave out, and no such field is there, or no reason is given", name)
		}
	}
	m := &planner{plans: map[reflect.Type]*plan{}}
	m.of(reflect.TypeFor[Board]())
	fields := 0
	for typ := range types {
		if typ.Kind() != reflect.Struct {
			continue
		}
		for i := range typ.NumField() {
			name := fieldName(typ, typ.Field(i))
			if _, out := notInImages[name]; out {
				continue
			}
			fields++
			x := reflect.New(typ)
			scribble(t, reflect.NewAt(typ.Field(i).Type, x.Elem().Field(i).Addr().UnsafePointer()).Elem(), 0)
			w := &writer{texts: map[string]uint64{}, objects: map[object]uint64{}}
			m.of(typ).write(w, x.UnsafePointer())
			w.rest()
			r := &reader{in: w.out}
			y := reflect.New(typ)
			m.of(typ).read(r, y.UnsafePointer())
			r.rest()
			if r.err != nil || !reflect.DeepEqual(x.Interface(), y.Interface()) {
				t.Errorf("%s is not what it was after it was written and read (%v):\n%+v\n%+v", name, r.err, x.Elem().Field(i), y.Elem().Field(i))
			}
			if reflect.DeepEqual(x.Interface(), reflect.New(typ).Interface()) {
				t.Errorf("%s could not be changed: this would prove nothing", name)
			}
		}
	}
	if fields < 200 {
		t.Errorf("only %d fields were looked at", fields)
	}
}

// scribble puts something that is not zero into a value.
func scribble(t *testing.T, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(-7)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(201)
	case reflect.String:
		v.SetString("scribble")
	case reflect.Struct:
		if v.Type() == timeType {
			v.Set(reflect.ValueOf(taleDay.Add(12345 * time.Microsecond)))
			return
		}
		for i := range v.NumField() {
			if _, out := notInImages[fieldName(v.Type(), v.Type().Field(i))]; !out {
				f := v.Field(i)
				scribble(t, reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem(), depth)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			scribble(t, v.Index(i), depth)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		if depth < 2 {
			scribble(t, v.Elem(), depth+1)
		}
	case reflect.Slice:
		if depth < 2 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			scribble(t, v.Index(0), depth+1)
			scribble(t, v.Index(1), depth+1)
		} else {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		if depth < 2 {
			key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			scribble(t, key, depth+1)
			scribble(t, elem, depth+1)
			v.SetMapIndex(key, elem)
		}
	default:
		t.Fatalf("no scribble for a %s", v.Kind())
	}
}

// smallImage is of a board with a bit of everything.
func smallImage(t failer) (*Board, []byte) {
	t.Helper()
	b := New(Config{Settle: true})
	at := connectBoth(b)
	at = feedAll(b, at, facts(shortTales[0].events)...)
	at = feedAll(b, at, facts(about("V", 0, custE, annaX, "1601", NewCall, HungUp))...)
	at = feedAll(b, at, facts(about("W", 0, custE, bramY, "1601", NewCall, Connected))...)
	feedAll(b, at, Name{Kind: NameUser, OID: "501", Text: "Anna", Number: "201"}, Link{State: LinkDown, Code: "cut"})
	image, err := b.Image()
	if err != nil {
		t.Fatalf("no image: %v", err)
	}
	return b, image
}

// TestDamagedImages spoils each byte of an image in turn, cuts it short
// everywhere and adds to it: none is taken.
func TestDamagedImages(t *testing.T) {
	b, image := smallImage(t)
	refused := func(what string, damaged []byte) {
		if _, err := FromImage(b.cfg, damaged); !errors.Is(err, ErrImage) {
			t.Fatalf("%s: %v", what, err)
		}
	}
	for i := range image {
		for _, flip := range []byte{1, 0x80, 0xff} {
			damaged := slices.Clone(image)
			damaged[i] ^= flip
			refused(fmt.Sprintf("byte %d of %d", i, len(image)), damaged)
		}
		refused(fmt.Sprintf("cut at %d", i), image[:i])
	}
	refused("a byte more", append(slices.Clone(image), 0))
	if _, err := FromImage(Config{Zone: amsterdam(t)}, image); !errors.Is(err, ErrImage) {
		t.Errorf("in another zone: %v", err)
	}
	if _, err := FromImage(Config{Normal: dutch}, image); !errors.Is(err, ErrImage) {
		t.Errorf("in another region: %v", err)
	}
}

// FuzzImage damages images and gives them a right checksum: whoever made them
// up, they take neither the process down nor its memory.
func FuzzImage(f *testing.F) {
	_, image := smallImage(f)
	f.Add(image[imageHeader:], 0, byte(1))
	f.Add([]byte{}, 0, byte(0))
	f.Fuzz(func(t *testing.T, body []byte, at int, flip byte) {
		spoilt := append(slices.Clone(image[:imageHeader]), body...)
		if n := len(body); n > 0 {
			spoilt[imageHeader+(at%n+n)%n] ^= flip
		}
		binary.LittleEndian.PutUint32(spoilt[len(imageMagic)+8:], crc32.Checksum(spoilt[imageHeader:], castagnoli))
		b, err := FromImage(Config{Settle: true}, spoilt)
		if err != nil {
			if !errors.Is(err, ErrImage) || b != nil {
				t.Fatalf("%v, %v", b, err)
			}
			return
		}
		b.Journeys()
		b.Settled()
		b.Recovery()
		b.Code()
	})
}
