package hub

import (
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Whatever the lists, the page that applies the patch shows the new one, and
// its own hash equals the frame's.
func TestDiffAnyLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(rapid.IntRange(0, 30), 0, 20, rapid.ID[int])
		items := func(label string) []item {
			var out []item
			for _, n := range list.Draw(t, label) {
				rev := fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "rev"))
				out = append(out, item{id: fmt.Sprint("c", n), rev: rev, json: fmt.Appendf(nil, "%q", fmt.Sprint(n, "/", rev))})
			}
			return out
		}
		v := newView(Query{Page: PageBoard})
		p := newPage()
		var prev *picture
		for step := range 6 {
			pic := &picture{n: uint64(step + 1), items: items("items"), live: "live"}
			pic.hash = stateHash(pic.items)
			v.publish(pic, fmt.Sprint("e-", pic.n))
			e := Event{Name: "snapshot", ID: "x", Data: encodeSnapshot(pic, nil, pic.parts, pic.items, false)}
			if prev != nil {
				frames, _, ok := v.ring.after(prev.n)
				if !ok || len(frames) != 1 {
					t.Fatalf("%d frames after %d", len(frames), prev.n)
				}
				e = Event{Name: "patch", ID: "x", Data: frames[0].data}
			}
			if err := p.take(Batch{[]Event{e}}); err != nil {
				t.Fatal(err)
			}
			for i, it := range pic.items {
				if i >= len(p.ids) || p.ids[i] != it.id || p.html[it.id] != string(it.json[1:len(it.json)-1]) {
					t.Fatalf("the page shows %v, want %v", p.ids, pic.items)
				}
			}
			prev = pic
		}
	})
}

// One row that goes to another place is one move, not a new list.
func TestDiffMovesLittle(t *testing.T) {
	var from []item
	for i := range 50 {
		from = append(from, item{id: fmt.Sprint("c", i), rev: "1"})
	}
	to := append(append([]item{from[49]}, from[:20]...), from[21:49]...)
	gone, moves := diff(from, to)
	if len(gone) != 1 || gone[0] != "c20" {
		t.Errorf("removed %v, want c20", gone)
	}
	if len(moves) != 1 || moves[0].item.id != "c49" || moves[0].before != "c0" || moves[0].fresh {
		t.Errorf("moves %v, want c49 before c0 without content", moves)
	}
}

// The hash is plain FNV-1a, so that the page's few lines can compute it too.
func TestStateHash(t *testing.T) {
	for _, c := range []struct {
		items []item
		want  string
	}{
		{nil, "811c9d"}, // the offset basis 0x811c9dc5
		{[]item{{id: "c1", rev: "1"}, {id: "c2", rev: "a"}}, "63e223"},
	} {
		if got := stateHash(c.items); got != c.want {
			t.Errorf("hash of %v is %s, want %s", c.items, got, c.want)
		}
	}
}

func TestRingBounds(t *testing.T) {
	var r ring
	for n := uint64(1); n <= 400; n++ {
		r.add(frame{n: n, prev: n - 1, data: make([]byte, 100)})
	}
	if len(r.frames) != ringFrames || r.bytes != ringFrames*100 {
		t.Errorf("%d frames with %d bytes, want %d", len(r.frames), r.bytes, ringFrames)
	}
	if _, _, ok := r.after(143); ok {
		t.Error("a cursor that fell out is still known")
	}
	if frames, bytes, ok := r.after(398); !ok || len(frames) != 2 || bytes != 200 {
		t.Errorf("after 398: %d frames, %d bytes, %t", len(frames), bytes, ok)
	}
	for n := uint64(401); n <= 410; n++ {
		r.add(frame{n: n, prev: n - 1, data: make([]byte, 300<<10)})
	}
	if r.bytes > ringBytes || len(r.frames) != 3 {
		t.Errorf("%d frames with %d bytes of 300 kB each, want 3 under 1 MB", len(r.frames), r.bytes)
	}
}

// Any text survives the hand-written JSON, on one line.
func FuzzAppendString(f *testing.F) {
	for _, s := range []string{"", `"\`, "a\nb\r\t\x00\x1f", "é€😀", "\xff\xfe", "\u2028\u2029", "</script>", "\xe2\x82"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := appendString(nil, s)
		var back string
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatalf("%q became %s: %v", s, out, err)
		}
		if utf8.ValidString(s) && back != s {
			t.Errorf("%q came back as %q", s, back)
		}
		for _, c := range out {
			if c < 0x20 {
				t.Fatalf("%q became %q: a control character", s, out)
			}
		}
		if string(appendString(nil, []byte(s))) != string(out) {
			t.Errorf("%q differs between text and bytes", s)
		}
	})
}
