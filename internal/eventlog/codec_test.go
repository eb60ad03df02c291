package eventlog

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/state"
)

// facts are all kinds, empty.
var facts = []state.Fact{
	state.Event{}, state.Snapshot{}, state.SnapshotFailed{}, state.Link{}, state.Proof{}, state.Name{}, state.Oddity{}, state.Dismissal{},
	state.Presence{}, state.PresenceList{}, state.Word{}, state.Tick{}, state.ClockSet{}, state.Forget{}, state.ForgetColleague{}, state.Numbering{},
}

// Every kind of fact that the model knows has a body.
func TestEveryFactHasABody(t *testing.T) {
	var known []string
	for _, f := range facts {
		known = append(known, reflect.TypeOf(f).Name())
	}
	files, err := filepath.Glob("../state/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func \((?:\w+ )?(\w+)\) fact\(\)`).FindAllSubmatch(text, -1) {
			found++
			if !slices.Contains(known, string(m[1])) {
				t.Errorf("%s tells of a fact %s that the journal cannot hold: give it a kind and a body in codec.go", filepath.Base(file), m[1])
			}
		}
	}
	if found != len(facts) {
		t.Errorf("%d kinds of fact found, %d known here", found, len(facts))
	}
}

// fill sets every field to something that is not its zero value.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("text ü " + string(rune('a'+*n%26)) + "\xff")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(-int64(*n) * 1234567891)
	case reflect.Uint8:
		v.SetUint(uint64(*n%200 + 1))
	case reflect.Uint64:
		v.SetUint(1<<63 + uint64(*n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(1795353007+int64(*n), 123456789).UTC()))
			return
		}
		for _, field := range v.Fields() {
			fill(field, n)
		}
	default:
		panic("no filling for " + v.Type().String())
	}
}

func filled(f state.Fact) state.Fact {
	n := 0
	v := reflect.New(reflect.TypeOf(f)).Elem()
	fill(v, &n)
	return v.Interface().(state.Fact)
}

func body(t testing.TB, f state.Fact) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := encode(&buf, f); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// What is written comes back, each field of it, empty or full.
func TestBodies(t *testing.T) {
	seen := map[byte]bool{}
	for _, empty := range facts {
		for _, f := range []state.Fact{empty, filled(empty)} {
			b := body(t, f)
			got, err := decode(b)
			if err != nil {
				t.Errorf("%T: %v", f, err)
			}
			if diff := cmp.Diff(f, got); diff != "" {
				t.Errorf("%T comes back changed (-written +read):\n%s", f, diff)
			}
			seen[b[0]] = true
		}
	}
	if len(seen) != len(facts) {
		t.Errorf("%d kinds share %d numbers", len(facts), len(seen))
	}
	for _, at := range []time.Time{time.Unix(0, 0).UTC(), time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 5, time.UTC)} {
		if got, err := decode(body(t, state.Event{Date: at})); err != nil || !got.(state.Event).Date.Equal(at) {
			t.Errorf("%v comes back as %v, %v", at, got, err)
		}
	}
}

// A number once given keeps its meaning: this body was written by the first
// build that kept a journal.
func TestBodiesOfOldBuilds(t *testing.T) {
	for name, old := range map[string]struct {
		body []byte
		want state.Fact
	}{
		"hang-up": {
			[]byte("\x01\xa4\x01\x03\x02\x63a/1\x03\x82\x1a\x6b\x02\xea\xef\x00\x05\xa1\x04\x63201"),
			state.Event{Type: state.HungUp, CallID: "a/1", Date: time.Unix(0x6b02eaef, 0).UTC(), Caller: state.Party{Number: "201"}},
		},
		"field of a newer build": {[]byte("\x05\xa2\x01\x05\x18\x63\x61x"), state.Proof{RoundTrip: 5}},
	} {
		if got, err := decode(old.body); err != nil || !cmp.Equal(got, old.want) {
			t.Errorf("%s is read as %+v, %v; want %+v", name, got, err, old.want)
		}
	}
	if _, err := decode([]byte{99, 0xa0}); !errors.Is(err, errKind) {
		t.Errorf("a kind of a newer build: %v", err)
	}
}

// FuzzDecode: whatever lies on the disk is read or refused, and what is read
// can be written and is the same again.
func FuzzDecode(f *testing.F) {
	for _, fact := range facts {
		f.Add(body(f, filled(fact)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decode(b)
		if err != nil {
			return
		}
		again, err := decode(body(t, got))
		if err != nil || !cmp.Equal(got, again) {
			t.Errorf("%+v is read back as %+v, %v", got, again, err)
		}
	})
}
